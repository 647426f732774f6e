"""The plan: what would become of each row, filters by state and by problem, and cells typed anew in place."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from desktop.desk import Desk
from desktop.importing.mending import AllBar, OthersBar, with_cells
from desktop.importing.parts import ShortBox, Tiles
from desktop.importing.plan_model import PlanModel
from desktop.importing.plan_view import PlanView
from desktop.importing.run import ImportRun
from desktop.importing.steps import StepPage
from desktop.phrases import count, say
from desktop.phrases.importing import beside
from desktop.theme import STEP
from desktop.widgets import label, row, stack
from models.exchange.plan import MappedColumn, Plan, State
from models.exchange.problem_groups import ProblemGroup, value_at

_FILTER = 340


class PlanPage(StepPage):
    """Shows the plan of a run."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._run: ImportRun | None = None
        self._model: PlanModel | None = None
        self._groups: tuple[ProblemGroup, ...] = ()
        self._state: State | None = None
        self._group: tuple[str, str] | None = None
        self.tiles = Tiles()
        self._filter = ShortBox()
        self._filter.setFixedWidth(_FILTER)
        self._filter.view().setMinimumWidth(2 * _FILTER)
        self._filter.setAccessibleName("Rows with this problem")
        self._notes = label("", "muted", wrap=True)
        self.view = PlanView(desk)
        self._told = label("", wrap=True)
        self._told.setAccessibleName("What to know of the chosen row")
        self._all = AllBar()
        self._others = OthersBar()
        beneath = row(self._notes, self._filter, gap=3)
        beneath.setStretch(0, 1)
        beneath.setContentsMargins(4 * STEP, 0, 4 * STEP, 0)
        self._told.setContentsMargins(4 * STEP, 0, 4 * STEP, 2 * STEP)
        inside = stack(self.tiles, beneath, self._all, self.view, self._told, self._others, gap=2)
        inside.setStretch(3, 1)
        inside.setContentsMargins(0, 3 * STEP, 0, 0)
        self.setLayout(inside)
        self.tiles.chosen.connect(self.show_state)
        self._filter.activated.connect(lambda at: self.show_problem(self._filter.itemData(at)))
        self._all.typed.connect(self._type_all)
        self._others.wanted.connect(self._type_into)

    @property
    def model(self) -> PlanModel | None:
        """The rows that are shown."""
        return self._model

    def show_run(self, run: ImportRun) -> None:
        """Show the plan, with what was in sight still there."""
        plan, outcome = run.plan, run.outcome
        if plan is None or outcome is None:
            return
        self._run = run
        self._groups = outcome.groups
        sight = self.view.where()
        model = self._model = PlanModel(plan, outcome, run.options)
        model.typed.connect(self._typed)
        if self._state is not None and not plan.count(self._state):
            self._state = None
        self._offer_problems(plan)
        self.tiles.show_plan(plan)
        self.tiles.tile(self._state).setChecked(True)
        self._notes.setText(beside(plan))
        self._filter_rows()
        self.view.show_model(model)
        self.view.selectionModel().currentRowChanged.connect(lambda now, _before: self._tell_row(now.row()))
        model.modelReset.connect(lambda: self._tell_row(-1))
        self.view.go_to(sight)
        self._tell_row(self.view.currentIndex().row())

    def enter(self) -> None:
        """The keyboard goes to the rows."""
        if self._model is not None and self._model.rowCount() and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self._model.index(0, 0))
        self.view.setFocus()

    def show_state(self, state: State | None) -> None:
        """Show only the rows of that state."""
        self._state = state
        self.tiles.tile(state).setChecked(True)
        self._filter_again()

    def show_problem(self, key: tuple[str, str] | None) -> None:
        """Show only the rows with that kind of problem (code and heading)."""
        self._group = key
        self._filter.setCurrentIndex(
            next((at for at in range(self._filter.count()) if self._filter.itemData(at) == key), 0)
        )
        self._filter_again()

    # Inside

    def _offer_problems(self, plan: Plan) -> None:
        cells = sum(len(group.rows) for group in self._groups)
        self._filter.clear()
        self._filter.addItem(f"Any row ({count(cells, 'problem')})", None)
        for group in self._groups:
            said = say(group.first.problem)
            told = f"{group.heading}: {said}" if group.heading else said
            self._filter.addItem(f"{len(group.rows):,} × {told}", group.key)
            self._filter.setItemData(self._filter.count() - 1, told, Qt.ItemDataRole.ToolTipRole)
        if all(group.key != self._group for group in self._groups):
            self._group = None
        at = next((at for at, group in enumerate(self._groups, 1) if group.key == self._group), 0)
        self._filter.setCurrentIndex(at)
        self._filter.setVisible(bool(self._groups))

    def _chosen_group(self) -> ProblemGroup | None:
        return next((group for group in self._groups if group.key == self._group), None)

    def _filter_rows(self) -> None:
        if self._model is not None:
            group = self._chosen_group()
            self._model.show_rows(self._state, group)
            self._all.offer(group if group is not None and group.heading in self._model.plan.headings else None)

    def _filter_again(self) -> None:
        self._filter_rows()
        if self._model is not None and self._model.rowCount() and (self._state is not None or self._group is not None):
            self.view.setCurrentIndex(self._model.index(0, 0))

    def _tell_row(self, row_: int) -> None:
        """Say under the table what there is to know of the row that the person is on."""
        model = self._model
        told = model.told(row_) if model is not None and 0 <= row_ < model.rowCount() else ""
        self._told.setText(told)
        self._told.setVisible(bool(told))

    def _typed(self, place: int, column: MappedColumn, text: str) -> None:
        """A cell was typed anew: plan with it, and offer the same for those that are wrong in the same way."""
        model = self._model
        assert model is not None  # noqa: S101 (for the type checker)
        number, problem = model.number(place), model.problem(place, column)
        key = (problem.problem.code, problem.heading) if problem is not None else None
        group = next((each for each in self._groups if each.key == key), None)
        self._others.close_bar()
        if group is not None and problem is not None:
            others = [at for at in group.rows if model.plan.numbers[at] != number]
            alike = [at for at in others if value_at(model.plan, at, group) == problem.problem.value]
            numbers = [[model.plan.numbers[at] for at in some] for some in (alike, others)]
            self._others.offer(column.heading, problem.problem.value, text, *numbers)
        words = f"the edit of {column.letter}{number}"
        self._put(column.heading, [number], text, words)

    def _type_all(self, group: ProblemGroup, text: str) -> None:
        if self._model is not None:
            numbers = [self._model.plan.numbers[at] for at in group.rows]
            self._type_into(group.heading, numbers, text)

    def _type_into(self, heading: str, numbers: list[int], text: str) -> None:
        words = f"the edit of {count(len(numbers), 'cell')} in “{heading}”"
        self._put(heading, numbers, text, words)

    def _put(self, heading: str, numbers: Sequence[int], text: str, words: str) -> None:
        if self._run is not None:
            self.said.emit(with_cells(self._run.options, heading, numbers, text), words)
