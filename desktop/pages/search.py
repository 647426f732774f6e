"""What the search box finds in everything: a few of each kind, exact identities first."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.grid.model import Index, fetch
from desktop.grid.pills import paint_pill, pill_width, tone
from desktop.jobs import Job, Task
from desktop.pages.places import PLACES
from desktop.phrases import say
from desktop.theme import STEP, Look
from desktop.widgets import frame, label, restyle, row
from models.fields.problem import KnownError, Problem
from models.query.parse import quote
from models.query.window import COUNT_CAP, count, first_ids
from models.scanning.named import named
from models.scanning.reading import read_scan
from models.scanning.rules import scan_rules
from models.schema.records import RECORDS
from models.services.tags import tag_problem

#: The kinds of all places. A seat is found by its entitlement.
_WORDS = tuple(word for place in PLACES for word in place.words if word != "seat")
_EACH = 8
_ROW = 44
_HEAD = 36
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Hit:
    """One line of the results: a record, or with `nr` -1 the head of a kind."""

    word: str
    nr: int
    name: str
    detail: str = ""
    status: str = ""
    status_code: str = ""


@dataclass(frozen=True)
class Answer:
    """What a text finds. `named`: the records that it names whole, by kind and number; see `models.scanning`."""

    hits: tuple[Hit, ...] = ()
    named: tuple[tuple[str, int], ...] = ()
    problem: Problem | None = None

    @property
    def records(self) -> list[Hit]:
        """The lines that are records."""
        return [hit for hit in self.hits if hit.nr >= 0]


def search(connection: Connection, task: Task, desk: Desk, raw: str) -> Answer:
    """What a text that was typed or scanned finds in each kind, for a reader's thread. Raises UsageError, Cancelled.

    A text that names nothing itself may do so without its maker's prefix, or by the end of an address: then that is
    what is looked for.
    """
    hits: list[Hit] = []
    scan = read_scan(raw, scan_rules(desk.settings))
    whole = named(connection, desk.catalogue, scan, _WORDS)
    text = scan.text
    if whole and whole[0].reading != text:
        text = quote(whole[0].reading)
    elif scan.elements or text.lower().startswith(("http://", "https://")):  # its marks are no words of a query
        text = quote(text)
    for word in _WORDS:
        task.at("find")
        numbers = first_ids(connection, desk.catalogue, word, text, _EACH)
        if not numbers:
            continue
        number = len(numbers) if len(numbers) < _EACH else count(connection, desk.catalogue, word, text)
        shown = f"{COUNT_CAP - 1:,}+" if number >= COUNT_CAP else f"{number:,}"
        hits.append(Hit(word, -1, RECORDS[word].plural, shown))
        hits.extend(hits_of(connection, desk, word, list(numbers)))
    problem = tag_problem(connection, scan.text) if scan.text and not hits else None
    return Answer(tuple(hits), tuple((each.word, each.nr) for each in whole), problem)


def hits_of(connection: Connection, desk: Desk, word: str, numbers: list[int]) -> list[Hit]:
    """The lines that records of a kind, by their local numbers, make among the results."""
    kind = RECORDS[word]
    fields = [field for field in desk.catalogue.fields(word) if field.shown]
    labels = desk.labels.reading(connection)
    made = []
    for found in fetch(connection, desk, word, numbers, fields):
        if found is not None:
            said = [found.texts[field.key] for field in fields if field.key in found.texts and field.key != "status"]
            name = labels.label(kind.table, found.id)
            detail = " · ".join(text for text in said if text != name)
            status = found.texts.get("status", "")
            made.append(Hit(word, found.nr, name, detail, status, found.values.get("status") or ""))
    return made


class _Hits(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.hits: list[Hit] = []

    def show(self, hits: list[Hit]) -> None:
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = 0) -> object:
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            hit = self.hits[index.row()]
            return ", ".join(filter(None, (hit.name, hit.detail, hit.status)))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.hits[index.row()].nr < 0:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)


class _HitDelegate(QStyledItemDelegate):
    def __init__(self, model: _Hits, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(200, _HEAD if self._model.hits[index.row()].nr < 0 else _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit, look = self._model.hits[index.row()], self._look
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, look.colour("sel" if chosen else "surface" if hit.nr >= 0 else "bg"))
        room = rect.adjusted(4 * STEP, 0, -4 * STEP, 0)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        if hit.nr < 0:
            painter.setFont(bold)
            painter.setPen(look.colour("text"))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), hit.name)
            width = painter.fontMetrics().horizontalAdvance(hit.name)
            painter.setFont(option.font)
            painter.setPen(look.colour("muted"))
            painter.drawText(room.adjusted(width + 2 * STEP, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), hit.detail)
        else:
            self._record(painter, room, hit, bold, option.font)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
        painter.restore()

    def _record(self, painter: QPainter, room: QRect, hit: Hit, bold: QFont, font: QFont) -> None:
        look = self._look
        if hit.status:
            width = pill_width(hit.status, font)
            paint_pill(painter, QRect(room.right() - width, room.top(), width, room.height()), hit.status,
                       tone(hit.status_code), look, font)  # fmt: skip
            room = room.adjusted(0, 0, -width - 2 * STEP, 0)
        half = room.height() // 2
        if RECORDS[hit.word].table == "asset":  # called by a tag
            bold = QFont(look.mono)
            bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(look.colour("text"))
        cut = Qt.TextElideMode.ElideRight
        name = painter.fontMetrics().elidedText(hit.name, cut, room.width())
        upper = room.adjusted(0, 3, 0, -half) if hit.detail else room
        painter.drawText(upper, int(Qt.AlignmentFlag.AlignVCenter), name)
        painter.setFont(font)
        painter.setPen(look.colour("muted"))
        detail = painter.fontMetrics().elidedText(hit.detail, cut, room.width())
        painter.drawText(room.adjusted(0, half - 2, 0, -3), int(Qt.AlignmentFlag.AlignVCenter), detail)


class SearchPage(QWidget):
    """`opened` asks for a record to be shown, `all_asked` for all of a kind that the text finds.

    `scanned` tells what became of a text that was entered: the kind and number of the record that it names, or "".
    `unknown` carries an entered text that finds nothing at all.
    """

    opened = Signal(str, object)
    scanned = Signal(str, object)
    unknown = Signal(str)
    all_asked = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._text = ""
        self._entered = False
        self._answer = Answer()
        self._job: Job | None = None
        self._title = label("Search", "title")
        self._note = label("", "muted")
        self._model = _Hits()
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(_HitDelegate(self._model, desk.look, self._list))
        self._list.setAccessibleName("Found")
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        head = row(self._title, self._note, None, gap=2)
        head.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 3 * STEP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(frame("pagehead", head))
        layout.addWidget(self._list, 1)
        self._list.activated.connect(self._open)
        self._list.clicked.connect(self._open)
        desk.look.changed.connect(self._list.viewport().update)

    @property
    def hits(self) -> list[Hit]:
        """What is shown."""
        return self._model.hits

    def look_for(self, text: str, raw: str = "") -> None:
        """Find the text in everything; the answer to an earlier text is dropped.

        `raw` is the text as a scanner sent it, with what says how it is to be read.
        """
        self._text = text
        self._entered = False
        if self._job is not None:
            self._job.cancel()
        desk = self._desk

        def done(answer: Answer) -> None:
            if text == self._text:
                self._job = None
                self._show(text, answer)

        def failed(error: BaseException) -> None:
            if text == self._text:
                self._job = None
                self._answer = Answer()
                self._model.show([])
                self._note.setText(say(error.problem) if isinstance(error, KnownError) else "")
                if not isinstance(error, KnownError):
                    desk.fail(error)

        self._job = desk.read(
            lambda connection, task: search(connection, task, desk, raw or text), done, owner=self, failed=failed
        )

    def enter(self) -> None:
        """Put the keyboard into what was found."""
        self._list.setFocus()
        if not self._list.currentIndex().isValid() and len(self.hits) > 1:
            self._list.setCurrentIndex(self._model.index(1, 0))

    def take(self) -> None:
        """Enter was pressed, or a scanner did: as soon as the answer is there, show the one record that is named.

        One that is found alone counts as named; of several none is guessed.
        """
        self._entered = True
        if self._job is None:
            self._take()

    def _take(self) -> None:
        self._entered = False
        answer, records = self._answer, self._answer.records
        named = answer.named or [(hit.word, hit.nr) for hit in records if len(records) == 1]
        if len(named) == 1:
            self.scanned.emit(*named[0])
            return
        if named:
            self._note.setText(f"{len(named)} records have exactly this. Choose one of them.")
        elif records:
            self._note.setText("Nothing is exactly this. Press Down to choose from what is like it.")
        self.scanned.emit("", -1)
        if not records:
            self.unknown.emit(self._text)

    def _show(self, text: str, answer: Answer) -> None:
        self._answer = answer
        self._model.show(list(answer.hits))
        self._title.setText(f"“{text}”")
        unknown = "" if answer.hits else "Unknown: nothing has this. Look for a part of it."
        if answer.problem is not None:
            unknown = say(answer.problem)
        self._note.setText(unknown)
        restyle(self._note, "role", "problem" if unknown else "muted")
        if self._entered:
            self._take()

    def _open(self, index: QModelIndex) -> None:
        hit = self.hits[index.row()]
        if hit.nr >= 0:
            self.opened.emit(hit.word, hit.nr)
        else:
            self.all_asked.emit(hit.word, self._text)
