"""The main window: navigation, search, pages, the record panel and the status line, put together."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from desktop import geometry
from desktop.commands import Commands
from desktop.desk import Desk
from desktop.drop import FileDrop
from desktop.forms.panel import RecordPanel
from desktop.grid.actions import TableActions
from desktop.grid.table import RecordsTable
from desktop.navigation import Navigation
from desktop.pages.own import OwnPage
from desktop.pages.places import PLACES, place_of
from desktop.pages.stack import PageStack
from desktop.scanning.modes import ScanModes
from desktop.scanning.strip import ModeStrip
from desktop.statusline import StatusLine
from desktop.toast import Toast
from desktop.topbar import TopBar
from desktop.widgets import row, stack


class MainWindow(QMainWindow):
    """One window over one home. `ready` is sent once, after the first paint.

    `dropped` carries the paths of files let fall on the window, `page_made` a page that is no table of records, when it
    is first shown; `settled` follows when another page or record came to be shown.
    """

    ready = Signal()
    dropped = Signal(object)
    page_made = Signal(object)
    settled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._told_ready = False
        self._panel_wanted = True
        self._full = False
        self.setWindowTitle("Muster")
        self._drop = FileDrop(self)
        self._drop.dropped.connect(self.dropped)

        self.commands = Commands(self)
        self.top = TopBar()
        self.search = self.top.search
        self.modes = ScanModes(desk, self)
        self.strip = ModeStrip(self.modes, desk.look)
        self.navigation = Navigation()
        self._stack = PageStack(desk, self.commands.action)
        self.home, self.results = self._stack.home, self._stack.results
        self.panel = RecordPanel(desk)
        self.status = StatusLine()
        self._inside = QWidget()
        self._split = geometry.side_by_side(self._stack, self.panel)

        self._assemble()
        self.toast = Toast(self._inside)
        self._connect()
        geometry.recall(self, self._split, desk.memory)
        self.panel.hide()
        self.show_place("home")
        self.search.setFocus()

    # Where the person is

    @property
    def place(self) -> str:
        """The name of the place that is shown: one of the navigation, or "search"."""
        return self._stack.place

    @property
    def table(self) -> RecordsTable | None:
        """The table that is shown, if one is."""
        return self._stack.table

    @property
    def actions_here(self) -> TableActions | None:
        """What can be done to the rows of the table that is shown."""
        return self._stack.actions_here

    def show_place(self, name: str) -> None:
        """Show a place of the navigation."""
        if not self.panel.leave():
            self.navigation.show_place(self.place)
            return
        self._full = False
        self.search.answer("")
        self._stack.show_place(next(each for each in PLACES if each.name == name))
        self.navigation.show_place(name)
        self._settle()

    def show_kind(self, word: str, terms: Sequence[str] = (), text: str = "") -> RecordsTable:
        """Show the table of a kind of record, with filters as chips and a text in its box."""
        place = place_of(word)
        assert place is not None  # noqa: S101 (for the type checker)
        self.show_place(place.name)
        table = self._stack.page(place).show_kind(word)
        table.show_query(terms, text)
        self._settle()
        return table

    def own_page(self, name: str) -> OwnPage:
        """The page of a place that is no table of records. KeyError when there is none."""
        return self._stack.own_page(name)

    def show_record(self, word: str, nr: int) -> None:
        """Show a record in the panel, wherever the person is."""
        self._panel_wanted = True
        self.panel.show_record(word, nr)
        self._settle()

    def open_record(self, word: str, nr: int) -> None:
        """Show a record beside what is there, and put the keyboard into it."""
        self.show_record(word, nr)
        self.panel.enter()

    def open_full(self, word: str, nr: int) -> None:
        """Show a record over the whole page; Esc goes back to the table."""
        self._full = True
        self.open_record(word, nr)

    def toggle_panel(self) -> None:
        """Close the record panel, or open it again."""
        if self._full:
            self._leave_full()
            return
        self._panel_wanted = not self.panel.isVisible()
        if not self._panel_wanted and not self.panel.leave():
            self._panel_wanted = True
        self._settle()
        table = self.table
        if self._panel_wanted and table is not None and table.current() >= 0:
            self.panel.show_record(table.word, table.current())
        elif table is not None:
            table.view.setFocus()

    def next_pane(self, step: int = 1) -> None:
        """Put the keyboard into the next part of the window: search, navigation, page, record."""
        shown = [self.panel] if self.panel.isVisible() else []
        panes: list[QWidget] = [self.search, self.navigation, self._stack, *shown]
        now = self.focusWidget()
        inside = (at for at, pane in enumerate(panes) if now is not None and (now is pane or pane.isAncestorOf(now)))
        self._enter(panes[(next(inside, 0) + step) % len(panes)])

    def ask_search(self) -> None:
        """Put the keyboard into the search box."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_scan(self, raw: str) -> None:
        """Do with what a scanner sent, or with what was typed in its place, what the mode of the scan box says."""
        self.modes.take(raw)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """The keys that mean something here."""
        if event.key() == Qt.Key.Key_Escape:
            self._back()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint it."""
        super().paintEvent(event)
        if not self._told_ready:
            self._told_ready = True
            # After this paint: the window is on the screen and takes keys, the figures of its page are on their way.
            QTimer.singleShot(0, self.ready.emit)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Remember the window; stay when the person goes on editing."""
        if not self.panel.leave():
            event.ignore()
            return
        geometry.keep(self, self._split, self.panel, self._desk.memory)
        super().closeEvent(event)

    # Inside

    def _assemble(self) -> None:
        right = stack(self.top, self.strip, self._split, self.status, gap=0)
        right.setStretch(2, 1)
        self._inside.setLayout(row(self.navigation, right, gap=0))
        self.setCentralWidget(self._inside)

    def _connect(self) -> None:
        # While scans act, they do so whatever field of the record beside has the keyboard.
        self._desk.scans.claim(self, self.take_scan, lambda: self.modes.acting)
        self.navigation.chosen.connect(self.show_place)
        self.home.place_asked.connect(self.show_kind)
        for part in (self.top, self.strip, self._stack):
            part.asked.connect(self.commands.run)
        self._stack.followed.connect(self._follow)
        self._stack.row_changed.connect(self._row)
        self._stack.opened.connect(self.open_full)
        self._stack.own_made.connect(self.page_made)
        self.home.counted.connect(self.navigation.show_counts)
        self.search.typed.connect(self._look)
        self.search.entered.connect(self.take_scan)
        self.modes.show_asked.connect(self._look_and_open)
        self.search.left.connect(self._leave_search)
        self.search.down.connect(self.results.enter)
        self.results.opened.connect(self.open_record)
        self.results.scanned.connect(self._show_scanned)
        self.results.all_asked.connect(lambda word, text: self.show_kind(word, text=text))
        self.panel.close_asked.connect(self.toggle_panel)
        self.panel.acted.connect(self.commands.run)
        self.status.undo_asked.connect(lambda: self.commands.run("edit.undo"))
        self._desk.jobs.begun.connect(self.status.begin)
        self._desk.jobs.finished.connect(self.status.end)
        self._desk.said.connect(self.toast.say)
        self._desk.offer.connect(self.toast.say)

    def _follow(self, table: RecordsTable) -> None:
        """The panel shows the record that the person is on in that table."""
        if self.table is table:
            self.panel.show_record(table.word, table.current())
            self._settle()

    def _row(self, word: str, nr: int) -> None:
        if self.panel.isVisible() and nr >= 0:
            self.panel.show_record(word, nr)

    def _look(self, text: str, raw: str = "") -> None:
        if not text or self.modes.acting:
            return
        self._full = False
        self._stack.show_results()
        self.navigation.show_place("")
        self.results.look_for(text, raw)
        self._settle()

    def _show_scanned(self, word: str, nr: int) -> None:
        """Show the record beside the results; the keyboard stays in the box, for the next scan."""
        self.search.answer("" if word else "warn" if self.results.hits else "bad")
        if word:
            self.show_record(word, nr)
        else:
            self.panel.show_record("asset", -1)

    def _look_and_open(self, text: str, raw: str) -> None:
        self.search.show_text(text)
        self._look(text, raw)
        self.results.take()

    def _leave_search(self) -> None:
        if self.place == "search":
            self.show_place(self._stack.before_search)
        elif self.modes.leave():
            return
        self._enter(self._stack)

    def _back(self) -> None:
        """One step back: out of the panel, out of the search, out of a filter."""
        table = self.table
        if self.toast.isVisible():
            self.toast.hide()
        elif self._full:
            self._leave_full()
        elif self.place == "search" or self.modes.acting:
            self._leave_search()
        elif table is not None and table.query:
            table.show_all()
        elif self.panel.isVisible():
            self.toggle_panel()

    def _leave_full(self) -> None:
        if self.panel.leave():
            self._full = False
            self._settle()
            self._enter(self._stack)

    def _enter(self, pane: QWidget) -> None:
        if pane is self.navigation:
            self.navigation.focus()
        elif pane is self._stack:
            self._stack.enter()
        else:
            pane.setFocus()

    def _settle(self) -> None:
        """The panel is beside tables and results, when it is wanted, and over any page that opens a record."""
        shown = (self._full or self._stack.has_records) and self._panel_wanted
        if shown and not self.panel.isVisible():
            self.panel.show()
            if self._split.sizes()[1] == 0:
                self._split.setSizes([self.width() - geometry.PANEL, geometry.PANEL])
        elif not shown:
            self.panel.hide()
            self._full = False
        self._stack.setVisible(not self._full)
        self.settled.emit()
