"""What a tag run did, at its end, and the ways on from there."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.phrases.tagrun import summary_sentences
from desktop.theme import STEP
from desktop.widgets import button, label, row, stack
from models.fields.field import Field
from models.scanning.standing import Summary

_DOORS = (
    ("print", "Print the labels", "label"),
    ("check", "Check the labels", "check"),
    ("show", "Show in the table", "panel"),
    ("export", "Export…", "export"),
)


class SummaryCard(QFrame):
    """`asked` carries the word of the way that was chosen: print, check, show, export."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._head = label("", "heading", wrap=True)
        self._rest = label("", "muted", wrap=True)
        self.doors = {name: button(title, drawing=drawing) for name, title, drawing in _DOORS}
        for name, door in self.doors.items():
            door.clicked.connect(lambda _on, name=name: self.asked.emit(name))
        layout = stack(self._head, self._rest, row(*self.doors.values(), None, gap=2), gap=2)
        layout.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 3 * STEP)
        self.setLayout(layout)

    def show_summary(self, summary: Summary, fields: Mapping[str, Field]) -> None:
        """Tell what the run did."""
        first, *rest = summary_sentences(summary, {key: field.label for key, field in fields.items()})
        self._head.setText(f"The run is over. {first}")
        self._rest.setText(" ".join(rest))
        self._rest.setVisible(bool(rest))
        for door in self.doors.values():
            door.setEnabled(bool(summary.new + summary.updated + summary.known))
        self.show()

    def sentences(self) -> str:
        """What it tells, for tests and screen readers."""
        return f"{self._head.text()} {self._rest.text()}".strip()
