"""The references: each name that no record has, once, and what becomes of it. Nothing is made by a typo unseen."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHeaderView, QPushButton, QTableView, QVBoxLayout

from desktop.desk import Desk
from desktop.grid.delegate import ROW_HEIGHT
from desktop.importing.choosing import RecordSearch
from desktop.importing.names_model import KIND, NAME, NEAR, ROWS, STATE, NamesDelegate, NamesModel
from desktop.importing.run import ImportRun
from desktop.importing.steps import StepPage
from desktop.phrases import count
from desktop.theme import STEP
from desktop.widgets import button, clear, frame, label, row, stack
from models.exchange.options import Decide, ImportOptions
from models.exchange.plan import Unknown
from models.schema.records import TABLES

_WIDE = 310


class NamesPage(StepPage):
    """Shows the names of a run that are not known; decisions go into the run's options and show at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._run: ImportRun | None = None
        self.model = NamesModel()
        self.view = QTableView()
        self._words = label("", wrap=True)
        self.make_all = button("Make all that are like no known one", self._make_all)
        self.take_all = button("Take the first suggestion for all chosen", lambda: self._each(_first_near))
        self.remember = QCheckBox("&Remember what is chosen here for the next import")
        self._name = label("", "heading", wrap=True)
        self._where = label("", "muted", wrap=True)
        self._near = QVBoxLayout()
        self._near.setSpacing(2 * STEP)
        self.search = RecordSearch(desk)
        self.make = button("Make a new one", lambda: self.decide(Decide.MAKE))
        self.empty = button("Leave the cells empty", lambda: self.decide(Decide.EMPTY))
        self.refuse = button("Refuse its rows", lambda: self.decide(Decide.REFUSE))
        self._assemble()

    def show_run(self, run: ImportRun) -> None:
        """Show the names, those chosen still chosen."""
        self._run = run
        if run.plan is None:
            return
        chosen, at = {(each.table, each.name) for each in self.chosen()}, self.view.currentIndex().row()
        self.model.show_names(run.plan.unknown, run.options)
        self.remember.setChecked(run.options.remember)
        if self.view.currentIndex().row() != at and self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(min(at, self.model.rowCount() - 1), NAME))
        self._choose(chosen)
        self._settle()

    def enter(self) -> None:
        """The keyboard goes to the first name that is open."""
        first = next((at for at in range(self.model.rowCount()) if not self.model.decision(at)), 0)
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(first, NAME))
        self.view.setFocus()

    def chosen(self) -> list[Unknown]:
        """The names that are chosen."""
        return [self.model.names[index.row()] for index in self.view.selectionModel().selectedRows()]

    def decide(self, meaning: str, label_: str = "") -> None:
        """Say what becomes of the chosen names: a `Decide`, or the id of a record and what that is called."""
        if label_:
            self.model.know(meaning, label_)
        self._each(lambda _unknown: meaning)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Keys in the list: 1 to 3 take a suggestion, N makes, E empties, R refuses, F finds another record."""
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            done = self._by_key(event)
            if done:
                return True
        return super().eventFilter(watched, event)

    # Inside

    def _assemble(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(NamesDelegate(self.model, self._desk.look, self.font(), view))
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setAccessibleName("Names that no record has")
        view.setAccessibleDescription("1 to 3 take a suggestion, N makes a new one, E leaves empty, R refuses, F finds")
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = view.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(NEAR, QHeaderView.ResizeMode.Stretch)
        for section, wide in ((STATE, 170), (NAME, 170), (KIND, 100), (ROWS, 64)):
            view.setColumnWidth(section, wide)
        view.installEventFilter(self)
        self._desk.look.changed.connect(view.viewport().update)
        bulk = row(self.make_all, self.take_all, None, self.remember, gap=2)
        head = stack(self._words, bulk, gap=2)
        head.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 0)
        other = label("&Another record")
        other.setBuddy(self.search)
        self.search.setPlaceholderText("Part of its name")
        self.search.setAccessibleName("Another record")
        parts = stack(
            self._name, self._where, self._near, other, self.search, self.make, self.empty, self.refuse, None,
            gap=2, margin=4,
        )  # fmt: skip
        panel = frame("panel", parts)
        panel.setFixedWidth(_WIDE)
        middle = row(view, panel, gap=0)
        middle.setStretch(0, 1)
        inside = stack(head, middle, gap=3)
        inside.setStretch(1, 1)
        self.setLayout(inside)
        self.search.picked.connect(self.decide)
        view.selectionModel().selectionChanged.connect(lambda _new, _old: self._show_chosen())
        self.remember.clicked.connect(
            lambda on: self.said.emit(replace(self._options(), remember=on), "what is remembered")
        )

    def _by_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = event.key()
        single = {Qt.Key.Key_N: self.make, Qt.Key.Key_E: self.empty, Qt.Key.Key_R: self.refuse}
        if key in single:
            single[Qt.Key(key)].click()
            return True
        if key == Qt.Key.Key_F:
            self.search.setFocus()
            return True
        at = key - Qt.Key.Key_1
        buttons = self.suggestions()
        if 0 <= at < len(buttons):
            buttons[at].click()
            return True
        return False

    def suggestions(self) -> list[QPushButton]:
        """The buttons of the near names of the one that is chosen."""
        items = (self._near.itemAt(at) for at in range(self._near.count()))
        found = (item.widget() for item in items if item is not None)
        return [each for each in found if isinstance(each, QPushButton)]

    def _each(self, meaning: Callable[[Unknown], str]) -> None:
        """Say something of each chosen name; nothing of those for which nothing is meant."""
        self._decide({(each.table, each.name): said for each in self.chosen() if (said := meaning(each))})

    def _make_all(self) -> None:
        names = self.model.names
        self._decide({
            (each.table, each.name): Decide.MAKE.value
            for at, each in enumerate(names) if not each.near and not self.model.decision(at)
        })  # fmt: skip

    def _decide(self, decisions: Mapping[tuple[str, str], str]) -> None:
        if not decisions:
            return
        options = self._options()
        names = {table: dict(said) for table, said in options.names.items()}
        for (table, name), meaning in decisions.items():
            names.setdefault(table, {})[name] = str(meaning)
        options = replace(options, names=names)
        self.model.say(options)
        self._settle()
        self.said.emit(options, f"the decision on {count(len(decisions), 'name')}")

    def _options(self) -> ImportOptions:
        """What is said up to now, also where no plan follows from it yet."""
        return self._run.options if self._run is not None else ImportOptions()

    def _settle(self) -> None:
        """Tell how many are open."""
        model = self.model
        undecided = sum(not model.decision(at) for at in range(model.rowCount()))
        names = count(model.rowCount(), "name is", "names are")
        told = f"{names} not known yet."
        if undecided:
            which = "One needs" if undecided == 1 else f"{undecided:,} need"
            told += f" {which} a decision, since a known name is much like it: until then the rows are refused."
        self._words.setText(told if model.rowCount() else "All names are known.")
        self.make_all.setEnabled(any(not each.near and not model.decision(at) for at, each in enumerate(model.names)))
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.chosen()
        clear(self._near)
        tables = {each.table for each in chosen}
        alone = chosen[0] if len(chosen) == 1 else None
        self._name.setText(f"“{alone.name}”" if alone else count(len(chosen), "name") + " chosen")
        self._where.setText(_where(alone) if alone else "What is decided here holds for all of them.")
        for each in alone.near if alone else ():
            made = button(f"It is “{each.name}”", partial(self.decide, each.row or each.name, each.name))
            self._near.addWidget(made)
        self.search.setEnabled(len(tables) == 1)
        if len(tables) == 1:
            self.search.look_in(next(iter(tables)))
        for part in (self.make, self.empty, self.refuse):
            part.setEnabled(bool(chosen))
        self.take_all.setEnabled(any(each.near for each in chosen))

    def _choose(self, wanted: set[tuple[str, str]]) -> None:
        """Choose those names again, those that stand together as one: thousands of single ones take minutes."""
        flags, selection, start = QItemSelectionModel.SelectionFlag, QItemSelection(), -1
        for at in range(len(self.model.names) + 1):
            each = self.model.names[at] if at < len(self.model.names) else None
            inside = each is not None and (each.table, each.name) in wanted
            if inside and start < 0:
                start = at
            elif not inside and start >= 0:
                selection.select(self.model.index(start, 0), self.model.index(at - 1, NEAR))
                start = -1
        self.view.selectionModel().select(selection, flags.ClearAndSelect)


def _first_near(unknown: Unknown) -> str:
    return (unknown.near[0].row or unknown.near[0].name) if unknown.near else ""


def _where(unknown: Unknown) -> str:
    kind = TABLES[unknown.table].label
    return f"{kind}, in {count(unknown.rows, 'row')}, first in row {unknown.first:,}."
