"""Tag numbers at a glance: each scheme with its next tag, its blocks and rolls with how much of them is used."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHeaderView, QStackedWidget, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.phrases import count
from desktop.phrases.tags import CHECKS, next_words, range_words
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row, stack
from models.journal.entry import Changes
from models.schema.records import RECORDS
from models.services.tag_overview import Overview, RangeState, SchemeState, overview

_TITLES = ("Scheme", "From", "To", "Next tag", "Used", "Void", "Given", "Free")
_WIDTHS = (120, 120, 120, 72, 64, 72, 72)
_NUMBERS = range(4, 8)
_MONO = range(1, 4)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEASED = "The shared database gives this computer its numbers; a sync fetches more before they run out. "
_TABLES = ("tag_scheme", "tag_block", "void_tag", "asset")


class TagNumbersDialog(QDialog):
    """Shows the schemes and their ranges. `asked` names a command that a button stands for."""

    asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Tag numbers")
        self.resize(1080, 520)
        self._desk = desk
        self.tree = QTreeWidget()
        self._words = label("", "muted", wrap=True)
        self._more = QWidget()
        self._scheme_first = button("New scheme…", lambda: self.asked.emit("record.new-scheme"), role="primary")
        self._deeds = {
            "tag_scheme": button("New scheme…", lambda: self.asked.emit("record.new-scheme"), drawing="add"),
            "tag_block": button("Register a roll…", lambda: self.asked.emit("record.new-roll"), drawing="tag"),
            "void_tag": button("Void a tag…", lambda: self.asked.emit("record.void-tag"), drawing="delete"),
        }
        self._scheme_first.setVisible(desk.may("tag_scheme"))
        for table, each in self._deeds.items():
            each.setVisible(desk.may(table))
        self._pages = QStackedWidget()
        self._assemble()
        desk.changed.connect(self._hear)
        self._ask()

    def _assemble(self) -> None:
        tree = self.tree
        tree.setObjectName("spaced")
        tree.setAccessibleName("Schemes and their ranges")
        tree.setHeaderLabels(list(_TITLES))
        tree.setRootIsDecorated(False)
        tree.setItemsExpandable(False)
        tree.setUniformRowHeights(True)
        tree.setIndentation(4 * STEP)
        head = tree.header()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(_WIDTHS, start=1):
            head.resizeSection(column, width)
        for column in _NUMBERS:
            tree.headerItem().setTextAlignment(column, _RIGHT)
        none = QWidget()
        none.setLayout(
            stack(
                None,
                label("There is no tag scheme yet", "title"),
                label(
                    "A scheme says how your asset tags are written, such as R- and six digits. Each new record is then "
                    "offered the next tag, and none is ever given twice.",
                    "muted",
                    wrap=True,
                ),
                row(self._scheme_first, None),
                None,
                gap=3,
                margin=6,
            )
        )
        self._pages.addWidget(none)
        self._pages.addWidget(tree)
        self._more.setLayout(
            row(
                *(each for table, each in self._deeds.items() if table != "void_tag"),
            )
        )
        foot = row(
            self._more,
            self._deeds["void_tag"],
            None,
            button("Close", self.accept),
            margin=3,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._pages, 1)
        layout.addLayout(row(self._words, margin=3))
        layout.addWidget(frame("foot", foot))

    def _hear(self, changes: Changes) -> None:
        if any(map(changes.touches, _TABLES)):
            self._ask()

    def _ask(self) -> None:
        self._desk.read(lambda connection, _task: overview(connection), self._show, owner=self)

    def _show(self, found: Overview) -> None:
        self.tree.clear()
        for state in found.schemes:
            head = self._scheme(state)
            self.tree.addTopLevelItem(head)
            for each in state.ranges:
                head.addChild(self._range(each))
        self.tree.expandAll()
        self._pages.setCurrentIndex(1 if found.schemes else 0)
        self._more.setVisible(bool(found.schemes))
        self._words.setVisible(bool(found.schemes))
        void = count(found.void, "tag")
        lent = any(state.leased for state in found.schemes)
        self._words.setText(
            f"{_LEASED if lent else ''}Given: taken by this computer and on no record. "
            f"{void} {'is' if found.void == 1 else 'are'} void. "
            "The tables of schemes, ranges and void tags are under Tag numbers at the left."
        )

    def _scheme(self, state: SchemeState) -> QTreeWidgetItem:
        scheme = state.scheme
        whom = RECORDS[scheme.record].plural if scheme.record in RECORDS else "all assets"
        told = [scheme.name, whom.lower() if whom != scheme.name else "", state.department]
        told.append(CHECKS.get(scheme.check, "") if scheme.check != "none" else "")
        made = self._item([" · ".join(filter(None, told)), "", "", next_words(state)])
        font = self.font()
        font.setBold(True)
        made.setFont(0, font)
        return made

    def _range(self, each: RangeState) -> QTreeWidgetItem:
        told = each.progress
        numbers = [f"{number:,}" for number in (told.used, told.void, told.given, told.free)]
        return self._item([range_words(each), each.first, each.last, each.next, *numbers])

    def _item(self, texts: list[str]) -> QTreeWidgetItem:
        made = QTreeWidgetItem(texts)
        for column in _MONO:
            made.setFont(column, self._desk.look.mono)
        for column in _NUMBERS:
            made.setTextAlignment(column, _RIGHT)
        made.setToolTip(0, texts[0])
        return made
