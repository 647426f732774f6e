"""The plan of the records here: how many of each kind, and those that differ, to choose whose values stand."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QTreeWidget, QTreeWidgetItem, QWidget

from desktop.phrases import count
from desktop.phrases.joining import EMPTY, differing_title, kind_row, summary, warnings
from desktop.theme import STEP
from desktop.widgets import button, label, row, stack
from models.sync.adopting import AdoptPlan
from models.sync.told import Told

#: Differing records that are listed one by one; "all" speaks of the others, too.
LISTED = 2000
_ROW = 30
_KINDS_SHOWN = 6
_KINDS = ("Records", "New there", "Same", "Differ", "Stay here")
_DIFFERING = ("Send mine", "Here", "In the shared database")


class PlanView(QWidget):
    """Shows an `AdoptPlan`; `send_mine` are the ids of the records whose values here are to stand."""

    def __init__(self, plan: AdoptPlan, differing: Sequence[Told], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._differing = differing
        self._all = False
        words = [label(summary(plan), "heading", wrap=True)]
        words += [label(text, "warning", wrap=True) for text in warnings(plan)]
        body = stack(*words, self._kinds(plan), gap=3)
        self._tree = self._list()
        if differing:
            more = len(differing) - LISTED
            asked = label(
                "Tick a record to send its values from here. Else those of the shared database stand.", wrap=True
            )
            body.addWidget(asked)
            body.addLayout(
                row(
                    button("Tick all", lambda: self._tick(on=True)),
                    button("Tick none", lambda: self._tick(on=False)),
                    None,
                )
            )
            body.addWidget(self._tree, 1)
            if more > 0:
                body.addWidget(label(f"And {count(more, 'record')} more, which “Tick all” means too.", "muted"))
        else:
            body.addStretch(1)
        body.setContentsMargins(0, 0, 0, 0)
        self.setLayout(body)

    def enter(self) -> None:
        """Put the keyboard into the list."""
        self._tree.setFocus()

    @property
    def send_mine(self) -> frozenset[str]:
        """The ids (here) of the records whose values here are to stand."""
        tops = [self._tree.topLevelItem(at) for at in range(self._tree.topLevelItemCount())]
        ticked = {
            each.row
            for each, item in zip(self._differing, tops, strict=False)
            if item is not None and item.checkState(0) is Qt.CheckState.Checked
        }
        return frozenset(ticked | ({each.row for each in self._differing[LISTED:]} if self._all else set()))

    def _kinds(self, plan: AdoptPlan) -> QTableWidget:
        heads = _KINDS if plan.total("kept") else _KINDS[:-1]
        table = QTableWidget(len(plan.counts), len(heads))
        table.setObjectName("spaced")
        table.setAccessibleName("Records by kind")
        table.setHorizontalHeaderLabels(heads)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus if len(plan.counts) <= _KINDS_SHOWN else Qt.FocusPolicy.StrongFocus)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for at, each in enumerate(plan.counts):
            for column, text in enumerate(kind_row(each)[: len(heads)]):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(right)
                table.setItem(at, column, item)
            table.setRowHeight(at, _ROW)
        for column in range(1, len(heads)):
            if (head := table.horizontalHeaderItem(column)) is not None:
                head.setTextAlignment(right)
        if (head := table.horizontalHeaderItem(0)) is not None:
            head.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.setMaximumHeight(min(len(plan.counts), _KINDS_SHOWN) * _ROW + 10 * STEP)
        return table

    def _list(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setObjectName("spaced")
        tree.setAccessibleName("Records that differ")
        tree.setHeaderLabels(_DIFFERING)
        tree.setUniformRowHeights(True)
        for each in self._differing[:LISTED]:
            item = QTreeWidgetItem([differing_title(each)])
            item.setCheckState(0, Qt.CheckState.Unchecked)
            item.setSizeHint(0, QSize(0, _ROW))  # the first one's height is that of all
            item.addChildren(
                [QTreeWidgetItem([field.label, field.mine or EMPTY, field.shared or EMPTY]) for field in each.fields]
            )
            tree.addTopLevelItem(item)
        tree.expandAll()
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        tree.header().setStretchLastSection(False)
        return tree

    def _tick(self, *, on: bool) -> None:
        self._all = on
        for at in range(self._tree.topLevelItemCount()):
            if (item := self._tree.topLevelItem(at)) is not None:
                item.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
