"""At the top of a record: what waits for somebody's decision about it, and the way there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from desktop.phrases import count
from desktop.widgets import button, label, row


class ReviewBanner(QFrame):
    """`asked` carries the id of the first matter."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("review")
        self._matter = ""
        self._words = label("", wrap=True)
        self._open = button("Review…", lambda: self.asked.emit(self._matter))
        inside = row(self._words, self._open, gap=3, margin=2)
        inside.setStretch(0, 1)
        inside.setAlignment(self._open, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inside)
        self.hide()

    def show_matters(self, matters: Sequence[tuple[str, str]]) -> None:
        """Show what happened, by id and words; nothing where nothing waits."""
        self.setVisible(bool(matters))
        if matters:
            self._matter, told = matters[0]
            more = f" And {count(len(matters) - 1, 'matter')} more." if len(matters) > 1 else ""
            self._words.setText(f"◆ {told}{more}")

    @property
    def words(self) -> str:
        """What it says; empty while it is hidden."""
        return self._words.text() if not self.isHidden() else ""

    def press(self) -> None:
        """As if the button was pressed."""
        self._open.click()
