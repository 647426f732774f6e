"""What this program is, where its data is, and a button that copies what a maintainer needs to know."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop.crash import diagnostics
from desktop.desk import Desk
from desktop.theme import STEP
from desktop.version import version
from desktop.widgets import button, label, row


class AboutDialog(QDialog):
    """Version, licence, place of the data."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Muster")
        self.setMinimumWidth(420)
        place = label(str(desk.database.home.path), "muted", wrap=True)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(2 * STEP)
        layout.addWidget(label("Muster", "title"))
        layout.addWidget(label(f"Version {version()}. Keeps what a city's IT department owns.", wrap=True))
        layout.addWidget(
            label("Free software under the MIT licence. Your records are kept on this computer, in", wrap=True)
        )
        layout.addWidget(place)
        copy = button("Copy diagnostics", lambda: QGuiApplication.clipboard().setText(diagnostics()), drawing="copy")
        layout.addLayout(row(copy, None, buttons))
