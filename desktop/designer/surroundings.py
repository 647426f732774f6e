"""What stands around the label: the tool bar, the records to step through, the list of what is wrong."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QMenu, QSizePolicy, QToolButton, QWidget

from desktop.designer.actions import DesignActions
from desktop.designer.canvas import Canvas, told
from desktop.designer.session import DesignSession
from desktop.icons import icon
from desktop.phrases import count, say
from desktop.theme import STEP
from desktop.widgets import label, row, stack
from models.labels.faults import Fault

_FAULTS_HIGH = 88


class ToolBar(QFrame):
    """Buttons for what is done most; menus for the rest. `last` is the one at the right end."""

    def __init__(self, actions: DesignActions) -> None:
        super().__init__()
        self.setObjectName("pagehead")
        adding = [_tool(actions[name], words=True) for name in actions.ADDING]
        changing = [_tool(actions[name]) for name in ("duplicate", "delete")]
        self.arrange = QToolButton()
        self.arrange.setObjectName("button")
        self.arrange.setProperty("opens", "menu")
        self.arrange.setText("Arrange")
        self.arrange.setIcon(icon("arrange"))
        self.arrange.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.arrange.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.arrange.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.arrange.setMenu(actions.fill(QMenu(self.arrange), (*actions.ARRANGING, "", "forward", "back")))
        ways = [_tool(actions[name]) for name in ("undo", "redo")]
        zooms = [_tool(actions[name]) for name in ("smaller", "larger")]
        self.last = _tool(actions["fit"], words=True)
        layout = row(*adding, *changing, self.arrange, None, *ways, *zooms, self.last, gap=1)
        layout.setContentsMargins(3 * STEP, 2 * STEP, 3 * STEP, 2 * STEP)
        self.setLayout(layout)


class RecordBar(QWidget):
    """What is chosen on the left, the record that the label is shown with on the right."""

    def __init__(self, session: DesignSession) -> None:
        super().__init__()
        self._session = session
        self._words = ""
        self._told = label("", "muted")
        self._told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._record = label("")
        self.back, self.forward = QToolButton(), QToolButton()
        for made, arrow, name, step in (
            (self.back, Qt.ArrowType.LeftArrow, "Previous record", -1),
            (self.forward, Qt.ArrowType.RightArrow, "Next record", 1),
        ):
            made.setArrowType(arrow)
            made.setAutoRaise(True)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            made.setAccessibleName(name)
            made.setToolTip(name)
            made.clicked.connect(lambda _on, step=step: session.show_record(session.at + step))
        layout = row(self._told, self.back, self._record, self.forward, gap=2)
        layout.setContentsMargins(4 * STEP, STEP, 4 * STEP, STEP)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        session.changed.connect(self._settle)
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """End in "…" what has no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._told.setText(
            self._told.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideMiddle, self._told.width())
        )

    def _settle(self) -> None:
        session, number = self._session, len(self._session.records)
        words = told(session)
        self._words = words
        self._told.setToolTip(words)
        self._fit()
        place = f" · {session.at + 1:,} of {number:,}" if number > 1 else ""
        self._record.setText(f"{session.record_name}{place}")
        self.back.setEnabled(session.at > 0)
        self.forward.setEnabled(session.at + 1 < number)


class Faults(QWidget):
    """All that is wrong, in words. Enter or a click chooses the part that it is about."""

    def __init__(self, session: DesignSession, canvas: Canvas) -> None:
        super().__init__()
        self._session = session
        self._canvas = canvas
        self._head = label("", "muted")
        self.list = QListWidget()
        self.list.setAccessibleName("What is wrong with the design")
        self.list.setWordWrap(True)
        self.list.setTabKeyNavigation(False)
        self.list.setMaximumHeight(_FAULTS_HIGH)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = stack(self._head, self.list, gap=1)
        layout.setContentsMargins(4 * STEP, STEP, 4 * STEP, 2 * STEP)
        self.setLayout(layout)
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        session.changed.connect(self._settle)
        self._settle()

    def _settle(self) -> None:
        session, faults = self._session, self._session.draft.faults
        self._head.setText(
            f"{count(len(faults), 'thing')} to mend for {session.record_name}:"
            if faults
            else "Nothing is wrong. This is what is printed."
            if session.shown.design.boxes
            else "The label is empty."
        )
        lines = [(fault.index, self._line(fault)) for fault in faults]
        if [self.list.item(at).text() for at in range(self.list.count())] != [text for _, text in lines]:
            self.list.clear()
            for index, text in lines:
                item = QListWidgetItem(icon("warning"), text, self.list)
                item.setData(Qt.ItemDataRole.UserRole, index)
        self.list.setVisible(bool(faults))

    def _line(self, fault: Fault) -> str:
        sentence = say(fault.problem)
        return sentence if fault.index is None else f"{self._session.name(fault.index)}: {sentence}"

    def _choose(self, item: QListWidgetItem) -> None:
        index = item.data(Qt.ItemDataRole.UserRole)
        if index is not None and index < len(self._session.shown.design.boxes):
            self._session.choose(index)
            self._canvas.setFocus()


def _tool(action: QAction, *, words: bool = False) -> QToolButton:
    made = QToolButton()
    made.setObjectName("button")
    made.setDefaultAction(action)
    made.setIconSize(QSize(16, 16))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setToolButtonStyle(
        Qt.ToolButtonStyle.ToolButtonTextBesideIcon if words else Qt.ToolButtonStyle.ToolButtonIconOnly
    )
    made.setAccessibleName(action.text())
    return made
