"""The pages, one over the other: home, what a search finds, and a page of records for each place."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget

from desktop.desk import Desk
from desktop.grid.actions import TableActions
from desktop.grid.table import RecordsTable
from desktop.pages.home import HomePage
from desktop.pages.own import OwnPage
from desktop.pages.owned import OWN_PAGES
from desktop.pages.places import Place
from desktop.pages.records import RecordsPage
from desktop.pages.search import SearchPage


class PageStack(QStackedWidget):
    """Makes each page when it is first shown. `asked` names a command that a page's button stands for.

    `followed` carries a table that came to be shown, `row_changed` and `opened` a record's kind and number, `own_made`
    a page that is no table, when it is made.
    """

    asked = Signal(str)
    followed = Signal(object)
    row_changed = Signal(str, object)
    opened = Signal(str, object)
    own_made = Signal(object)

    def __init__(self, desk: Desk, action: Callable[[str], QAction]) -> None:
        super().__init__()
        self._desk = desk
        self._action = action
        self._pages: dict[str, RecordsPage] = {}
        self._own: dict[str, OwnPage] = {}
        self._table_actions: dict[RecordsTable, TableActions] = {}
        self.before_search = "home"
        self.home = HomePage(desk)
        self.results = SearchPage(desk)
        self.addWidget(self.home)
        self.addWidget(self.results)
        self.home.asked.connect(self.asked)

    @property
    def place(self) -> str:
        """The name of the place that is shown: one of the navigation, or "search"."""
        shown = self.currentWidget()
        if shown is self.results:
            return "search"
        if isinstance(shown, OwnPage):
            return next(name for name, page in self._own.items() if page is shown)
        return shown.place.name if isinstance(shown, RecordsPage) else "home"

    @property
    def has_records(self) -> bool:
        """Whether what is shown lists records, which the panel shows beside it."""
        return isinstance(self.currentWidget(), (RecordsPage, SearchPage))

    @property
    def table(self) -> RecordsTable | None:
        """The table that is shown, if one is."""
        shown = self.currentWidget()
        return shown.table if isinstance(shown, RecordsPage) else None

    @property
    def actions_here(self) -> TableActions | None:
        """What can be done to the rows of the table that is shown."""
        table = self.table
        return self._table_actions.get(table) if table is not None else None

    def show_place(self, place: Place) -> None:
        """Show that place, and have it catch up with what changed."""
        if place.words:
            page = self.page(place)
            self.setCurrentWidget(page)
            page.table.wake()
            self.followed.emit(page.table)
        elif place.name in OWN_PAGES:
            own = self.own_page(place.name)
            self.setCurrentWidget(own)
            own.wake()
        else:
            self.setCurrentWidget(self.home)
            self.home.wake()

    def show_results(self) -> None:
        """Show what a search finds; `before_search` is where the person was."""
        if self.place != "search":
            self.before_search = self.place
        self.setCurrentWidget(self.results)

    def page(self, place: Place) -> RecordsPage:
        """The page of a place of records."""
        page = self._pages.get(place.name)
        if page is None:
            page = self._pages[place.name] = RecordsPage(self._desk, place)
            page.asked.connect(self.asked)
            page.table_made.connect(self._take_table)
            page.table_changed.connect(self.followed)
            self.addWidget(page)
            page.show_kind(place.words[0])
        return page

    def own_page(self, name: str) -> OwnPage:
        """The page of a place that is no table of records. KeyError when there is none."""
        page = self._own.get(name)
        if page is None:
            page = self._own[name] = OWN_PAGES[name](self._desk)
            page.asked.connect(self.asked)
            page.opened.connect(self.opened)
            self.addWidget(page)
            self.own_made.emit(page)
        return page

    def enter(self) -> None:
        """Put the keyboard into the page that is shown."""
        shown = self.currentWidget()
        if isinstance(shown, RecordsPage):
            shown.table.view.setFocus()
        elif shown is self.results:
            self.results.enter()
        elif isinstance(shown, OwnPage):
            shown.enter()
        else:
            self.home.setFocus()

    def _take_table(self, table: RecordsTable) -> None:
        self._table_actions[table] = TableActions(self._desk, table, self._action)
        table.row_changed.connect(self.row_changed)
        table.opened.connect(self.opened)
        table.new_asked.connect(lambda: self.asked.emit("record.new"))
        table.import_asked.connect(lambda: self.asked.emit("file.import"))
