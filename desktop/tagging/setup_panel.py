"""What a tag run is of: the kind of the things, what is scanned of each, and the values that stick."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QMenu, QWidget

from desktop.desk import Desk
from desktop.forms.record_form import RecordForm
from desktop.tagging.wants import Wants, choices
from desktop.theme import STEP
from desktop.widgets import button, label, row, stack
from models.fields.field import Field
from models.fields.kinds import LongText
from models.scanning.sorting import scannable
from models.schema.records import ASSET_KINDS, RECORDS

_USUAL = ("model", "location", "custodian", "department", "status", "po_number", "funding_source")
_OF_MODEL = ("manufacturer", "category")
"""What a model brings with it, unless it is said otherwise."""
_MEMORY = "tagging"


class SetupPanel(QWidget):
    """Remembers all of it. `changed`: another kind or other codes were chosen; `stuck`: values were changed by hand."""

    changed = Signal()
    stuck = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        kept = desk.memory.get(_MEMORY)
        self._kept: dict[str, Any] = dict(kept) if isinstance(kept, dict) else {}
        self._shown: dict[str, str] = {}
        self.kind = QComboBox()
        self.wants = QComboBox()
        self.form = RecordForm(desk)
        self._choose = button("Fields")
        self._menu = QMenu(self)
        self._lay_out()
        for word in ASSET_KINDS:
            self.kind.addItem(RECORDS[word].plural, word)
        self.kind.setCurrentIndex(max(0, self.kind.findData(self._kept.get("kind"))))
        self._show_kind()
        self.kind.currentIndexChanged.connect(lambda _at: self._take_kind())
        self.wants.currentIndexChanged.connect(lambda _at: self._take_wants())
        self.form.committed.connect(self._take_values)

    @property
    def word(self) -> str:
        """The kind of the things."""
        return str(self.kind.currentData())

    @property
    def chosen(self) -> Wants:
        """What is scanned of each."""
        return choices(self.word)[max(0, self.wants.currentIndex())]

    @property
    def sticky(self) -> dict[str, str]:
        """The values that stick, canonical, by field."""
        return {key: value for key, value in self.form.patch().items() if value}

    def lock(self, locked: bool) -> None:
        """While a run goes on, its kind and codes stay."""
        self.kind.setEnabled(not locked)
        self.wants.setEnabled(not locked)

    def show_sticky(self, values: Mapping[str, str], shown: Mapping[str, str]) -> None:
        """Show what sticks now, after a scan changed it."""
        if dict(values) == self._shown:
            return
        self._shown = dict(values)
        there = {field.key for field in self.form.fields}
        if not {key for key in values if key not in _OF_MODEL} <= there:  # a scan made a field stick that is not shown
            self._show_fields([*there, *(key for key in values if key not in _OF_MODEL)])
        self._put(values, shown)
        self._keep_values()

    def _put(self, values: Mapping[str, str], shown: Mapping[str, str]) -> None:
        self.form.show_values({}, {})
        self.form.offer(values, shown)

    def _lay_out(self) -> None:
        kind_label, wants_label = label("Kind", "muted"), label("Scan of each", "muted")
        for words, box in ((kind_label, self.kind), (wants_label, self.wants)):
            words.setBuddy(box)
            box.setAccessibleName(words.text())
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._choose.setAccessibleName("Choose the fields that stick")
        self._choose.setMenu(self._menu)
        head = row(label("The same for all", "heading"), None, self._choose)
        head.setContentsMargins(4 * STEP, 2 * STEP, 4 * STEP, 0)
        top = stack(kind_label, self.kind, wants_label, self.wants, gap=1)
        top.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 2 * STEP)
        whole = stack(top, head, self.form, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _show_kind(self) -> None:
        self.wants.blockSignals(True)
        self.wants.clear()
        for each in choices(self.word):
            self.wants.addItem(each.title, each.name)
        self.wants.setCurrentIndex(max(0, self.wants.findData(self._kept.get(f"wants {self.word}"))))
        self.wants.blockSignals(False)
        self._show_fields(self._kept.get(f"fields {self.word}", _USUAL))
        values, shown = (self._kept.get(f"{what} {self.word}", {}) for what in ("values", "shown"))
        self._put(values, shown)
        self._shown = dict(self.sticky)

    def _offered(self) -> list[Field]:
        """The fields that may stick: not the codes of one thing, nor its notes."""
        codes = {each.key for each in scannable(self._desk.catalogue, self.word)}
        return [
            field
            for field in self._desk.catalogue.fields(self.word)
            if not (field.kept or field.key in codes or field.group == "Label" or isinstance(field.kind, LongText))
        ]

    def _show_fields(self, keys: object) -> None:
        wanted = set(keys) if isinstance(keys, (list, tuple, set)) else set(_USUAL)
        offered = self._offered()
        self.form.build([field for field in offered if field.key in wanted])
        self._menu.clear()
        groups = {group: self._menu.addMenu(group) for group in dict.fromkeys(field.group for field in offered)}
        for field in offered:
            action = groups[field.group].addAction(field.label)
            action.setCheckable(True)
            action.setChecked(field.key in wanted)
            action.triggered.connect(partial(self._toggle, field.key))

    def _toggle(self, key: str, on: bool) -> None:
        keys = {field.key for field in self.form.fields} ^ {key}
        values = {each: value for each, value in self.sticky.items() if each in keys}
        shown = {each: self.form.text(each) for each in values}
        self._show_fields(keys)
        self._put(values, shown)
        if on:
            self.form.focus(key)
        self._keep(f"fields {self.word}", [field.key for field in self.form.fields])
        self._take_values()

    def _take_kind(self) -> None:
        self._keep("kind", self.word)
        self._show_kind()
        self.changed.emit()

    def _take_wants(self) -> None:
        self._keep(f"wants {self.word}", self.chosen.name)
        self.changed.emit()

    def _take_values(self) -> None:
        now = self.sticky
        if now.get("model") != self._shown.get("model"):
            # Another model has another maker: what the last one brought does not stay.
            brought = {key: self._shown.get(key) for key in _OF_MODEL if now.get(key) == self._shown.get(key)}
            if any(brought.values()):
                rest = {key: value for key, value in now.items() if key not in brought}
                self._put(rest, {key: self.form.text(key) for key in rest})
        self._shown = self.sticky
        self._keep_values()
        self.stuck.emit()

    def _keep_values(self) -> None:
        values = self.sticky
        self._keep(f"values {self.word}", values)
        self._keep(f"shown {self.word}", {key: self.form.text(key) for key in values})

    def _keep(self, key: str, value: object) -> None:
        self._kept = {**self._kept, key: value}
        self._desk.memory.put(_MEMORY, self._kept)
