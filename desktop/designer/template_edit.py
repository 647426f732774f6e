"""A template to be written: fields are put in by their labels, another one for when the first is empty."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.designer.inputs import Line
from desktop.designer.session import DesignSession
from desktop.widgets import button, label, row, stack
from models.labels.boxes import Template
from models.labels.wording import Typed, field_at, insert_field, or_else

_HINT = "Type what shall stand there. Insert field puts in what a record has."


class TemplateEdit(QWidget):
    """`written` carries the template as it is typed, `inserted` after a field was put in."""

    written = Signal(str)
    inserted = Signal(str)

    def __init__(self, session: DesignSession) -> None:
        super().__init__()
        self._session = session
        self.line = Line("Text with fields")
        self.insert = button("Insert field")
        self.other = button("Or else")
        self.other.setToolTip("Another field, for records where the first one is empty")
        self._words = label(_HINT, "muted", wrap=True)
        for made, call in ((self.insert, insert_field), (self.other, or_else)):
            made.setProperty("opens", "menu")
            self._offer(made, call)
        self.setLayout(stack(self.line, row(self.insert, self.other, None), self._words, gap=1))
        self.setFocusProxy(self.line)
        self.line.typed.connect(self._type)
        self.line.cursorPositionChanged.connect(lambda _old, _new: self._tell())

    def put(self, template: Template) -> None:
        """Show that template."""
        if template.text != self.line.text():
            self.line.setText(template.text)  # the cursor is then at the end, where a field goes in
        self._tell()

    def _type(self, text: str) -> None:
        self._tell()
        self.written.emit(text)

    def _offer(self, made: QPushButton, call: Callable[[Typed, str], Typed]) -> None:
        menu = QMenu(made)
        menu.aboutToShow.connect(partial(self._fill, menu, call))
        made.setMenu(menu)

    def _fill(self, menu: QMenu, call: Callable[[Typed, str], Typed]) -> None:
        """The fields as they are now: another kind of record has others."""
        menu.clear()
        for title, fields in self._session.fields.groups:
            part = menu.addMenu(title.replace("&", "&&"))
            for key, name in fields:
                part.addAction(name.replace("&", "&&")).triggered.connect(partial(self._put, call, key))

    def _put(self, call: Callable[[Typed, str], Typed], key: str, _on: bool = False) -> None:
        made = call(Typed(self.line.text(), self.line.cursorPosition()), key)
        self.line.setText(made.text)
        self.line.setCursorPosition(made.cursor)
        self.line.setFocus()
        self.inserted.emit(made.text)

    def _tell(self) -> None:
        """Say in words what is shown, and what “Or else” would add to."""
        text = self.line.text()
        template, fields = Template(text), self._session.fields
        self._words.setText(f"Shows: {fields.words(template)}" if template.fields() else _HINT)
        at = field_at(Typed(text, self.line.cursorPosition()))
        self.other.setEnabled(bool(at))
        first = at.partition("|")[0]
        self.other.setAccessibleName(f"Or else, when {fields.labels.get(first, first)} is empty" if at else "")
