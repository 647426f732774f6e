"""Short questions: yes or no with plain words on the buttons, or one line of text."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QMessageBox, QVBoxLayout, QWidget

from desktop.widgets import label


def confirm(parent: QWidget, title: str, text: str, yes: str, detail: str = "") -> bool:
    """Ask before a deed. `yes` is the word on the button that does it."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle(title)
    box.setText(text)
    box.setInformativeText(detail)
    done = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(done)
    box.exec()
    return box.clickedButton() is done


class LineDialog(QDialog):
    """Asks for one line of text that is not empty."""

    def __init__(self, title: str, question: str, yes: str, parent: QWidget | None = None, text: str = "") -> None:
        """`text` stands there to begin with."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(360)
        self._line = QLineEdit()
        words = label(question)
        words.setBuddy(self._line)
        self._line.setAccessibleName(question)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(yes)
        self._ok.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.addWidget(words)
        layout.addWidget(self._line)
        layout.addWidget(buttons)
        self._line.textChanged.connect(lambda text: self._ok.setEnabled(bool(text.strip())))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._line.setText(text)

    @property
    def text(self) -> str:
        """What was typed."""
        return self._line.text().strip()
