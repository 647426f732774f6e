"""Choosing, field by field, what two records that become one keep."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QGridLayout, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.phrases import count
from desktop.reviewing.merging import Choice, Pair
from desktop.theme import STEP
from desktop.widgets import button, clear, frame, label, row, stack
from models.fields.field import Merge
from models.schema.records import RECORDS, TABLES
from models.services.merging import Pick

_WIDE, _HIGH = 720, 560
_LONG = 120
"""So much of a long text is shown beside its button; the rest is in the tip."""
_SWAPPED = {Pick.FIRST: Pick.SECOND, Pick.SECOND: Pick.FIRST, Pick.BOTH: Pick.BOTH}


class MergeDialog(QDialog):
    """Shows where the two differ; `first`, `second` and `picks` are what `merge_records` takes."""

    def __init__(self, desk: Desk, pair: Pair, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pair = pair
        self._desk = desk
        self._choices = list(pair.choices)
        self._swapped = False
        self._groups: dict[str, QButtonGroup] = {}
        kind = RECORDS[pair.plan.word]
        self.setWindowTitle(f"Merge two {kind.plural.lower()}")
        self.resize(_WIDE, _HIGH)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(4 * STEP)
        self._grid.setVerticalSpacing(2 * STEP)
        self._merge = button("Merge", self.accept, role="primary")
        self._merge.setDefault(True)
        self._assemble()
        self._show()

    @property
    def first(self) -> str:
        """The id of the record at the left."""
        return self._pair.plan.second if self._swapped else self._pair.plan.first

    @property
    def second(self) -> str:
        """The id of the record at the right."""
        return self._pair.plan.first if self._swapped else self._pair.plan.second

    def picks(self) -> dict[str, Pick]:
        """What each field keeps in which the two differ."""
        return {key: list(Pick)[group.checkedId()] for key, group in self._groups.items()}

    def pick(self, key: str, which: Pick) -> None:
        """Choose what a field keeps."""
        self._groups[key].button(list(Pick).index(which)).setChecked(True)

    def swap(self) -> None:
        """The other record becomes the left one; each field keeps the value that it would have kept."""
        chosen = self.picks()
        self._swapped = not self._swapped
        self._choices = [
            Choice(each.field, each.right, each.left, _SWAPPED[chosen[each.field.key]]) for each in self._choices
        ]
        self._show()

    def take_all(self, which: Pick) -> None:
        """All fields keep the value of one side."""
        for key in self._groups:
            self.pick(key, which)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Ctrl+Enter merges, wherever the keyboard is."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.accept()
            return
        super().keyPressEvent(event)

    def _assemble(self) -> None:
        said = label(self._told(), wrap=True)
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setLayout(stack(self._grid, None, margin=4))
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName("Fields in which the two differ")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = stack(said, gap=2, margin=4)
        layout.addWidget(frame("pagehead", head))
        layout.addWidget(scroll, 1)
        undo = label("One Ctrl+Z brings both back.", "muted")
        layout.addWidget(frame("foot", row(undo, None, button("Cancel", self.reject), self._merge, gap=2, margin=3)))

    def _told(self) -> str:
        plan = self._pair.plan
        follow = {
            TABLES[table].plural.lower(): number for table, number in plan.references.items() if table != "review"
        }
        parts = ["They become one record, and the histories of both stay."]
        if follow:
            where = ", ".join(sorted(follow))
            parts.append(f"{count(sum(follow.values()), 'reference')} to them will follow (in {where}).")
        if plan.hidden:
            named = ", ".join(plan.hidden)
            parts.append(f"Fields that your role does not see ({named}) stay as the older record has them.")
        return " ".join(parts)

    def _show(self) -> None:
        clear(self._grid)
        old, self._groups = self._groups, {}
        for group in old.values():
            group.deleteLater()
        grid = self._grid
        left, right = (self._pair.right, self._pair.left) if self._swapped else (self._pair.left, self._pair.right)
        for at, (name, which) in enumerate(((left, Pick.FIRST), (right, Pick.SECOND)), start=1):
            head = label(name, "heading", wrap=True)
            every = button("Keep all of these", partial(self.take_all, which), role="link")
            every.setAccessibleName(f"Keep all of {name}")
            every.setVisible(len(self._choices) > 1)
            grid.addLayout(stack(head, row(every, None), gap=0), 0, at, Qt.AlignmentFlag.AlignTop)
        swap = button("Swap", self.swap)
        swap.setToolTip("The other record becomes the left one")
        grid.addLayout(stack(row(swap, None), gap=0), 0, 0, Qt.AlignmentFlag.AlignTop)
        for at, choice in enumerate(self._choices, start=1):
            self._line(2 * at, choice)
        if not self._choices:
            same = label("The two are the same in every field.", "muted", wrap=True)
            grid.addWidget(same, 1, 0, 1, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)

    def _line(self, at: int, choice: Choice) -> None:
        name = label(choice.field.label, "muted")
        self._grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
        group = QButtonGroup(self)
        self._groups[choice.field.key] = group
        mono = choice.field.kind.mono
        for column, (text, which) in enumerate(((choice.left, Pick.FIRST), (choice.right, Pick.SECOND)), start=1):
            made = QRadioButton()
            words = label(text if len(text) <= _LONG else text[: _LONG - 1] + "…", wrap=True)
            words.setToolTip(text)
            words.setBuddy(made)
            if mono:
                words.setFont(self._desk.look.mono)
            made.setAccessibleName(f"{choice.field.label}: {text}")
            made.setChecked(choice.pick is which)
            group.addButton(made, list(Pick).index(which))
            beside = row(made, words, gap=2)
            beside.setStretch(1, 1)
            beside.setAlignment(made, Qt.AlignmentFlag.AlignTop)
            self._grid.addLayout(beside, at, column)
        if choice.field.merge is Merge.APPEND:
            both = QRadioButton("Keep both, one after the other")
            both.setChecked(choice.pick is Pick.BOTH)
            both.setAccessibleName(f"{choice.field.label}: keep both")
            group.addButton(both, list(Pick).index(Pick.BOTH))
            self._grid.addWidget(both, at + 1, 1, 1, 2)
