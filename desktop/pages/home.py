"""The first page: what there is and what needs somebody; in an empty home, the doors in."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.icons import icon
from desktop.jobs import Task
from desktop.pages.bars import YearBars
from desktop.pages.places import place_of
from desktop.phrases.filters import IN_USE
from desktop.phrases.history import who
from desktop.theme import STEP
from desktop.widgets import button, clear, frame, label, row, rule, stack
from models.journal.entry import Changes
from models.schema.records import ASSET_KINDS, RECORDS
from models.services.overview import Overview, overview

_WARRANTY_DAYS = 90
_DOORS, _FIGURES = range(2)
DEMO_ASSETS = 2000
"""How many assets the demo city has when it is asked for here."""


class HomePage(QScrollArea):
    """`place_asked` names a kind of record and filters for it; `asked` names a command; `counted` carries the counts.

    `shown` turns true when the first figures are there; `demo` tells whether the demo city is.
    """

    place_asked = Signal(str, object)
    asked = Signal(str)
    counted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = False
        self.shown = False
        self.demo = False
        self._greeting = label("", "title")
        self._sum = label("", "muted")
        self._remove = button("Remove the demo city", lambda: self.asked.emit("file.remove-demo"))
        self._welcome, self._about = label("", "title"), label("", "muted", wrap=True)
        self._ways: dict[str, QPushButton] = {}
        self._kinds = QVBoxLayout()
        self._warranty = label("", "figure")
        self._warranty_words = label("", "muted", wrap=True)
        self._ending = QVBoxLayout()
        self._bars = YearBars(desk.look)
        self._peak = label("", "muted", wrap=True)
        self._latest = QVBoxLayout()
        self._pages = QStackedWidget()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._pages)
        self._pages.addWidget(self._doors())
        self._pages.addWidget(self._figures())
        desk.changed.connect(self._hear)
        self._greet()
        self._pages.setCurrentIndex(_FIGURES if self._used() else _DOORS)
        self.refresh()

    @property
    def empty(self) -> bool:
        """Whether the doors are shown."""
        return self._pages.currentIndex() == _DOORS

    def wake(self) -> None:
        """The page is shown: catch up with what changed while it was not."""
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Ask for the figures anew."""
        self._stale = False
        today = dt.datetime.now().astimezone().date()

        def work(connection: Connection, _task: Task) -> tuple[Overview, bool]:
            from models.services.demo import has_demo  # here, lest the start wait for the makers of the city

            return overview(connection, today, _WARRANTY_DAYS), has_demo(connection)

        self._desk.read(work, self._take, owner=self)

    def _hear(self, changes: Changes) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _used(self) -> bool:
        """Whether anything was ever done here: told at once, while the figures take their time."""
        with self._desk.database.reading() as connection:
            return connection.exec_driver_sql("SELECT 1 FROM action LIMIT 1").first() is not None

    def _greet(self) -> dt.datetime:
        now = dt.datetime.now().astimezone()
        part = "morning" if now.hour < 12 else "afternoon" if now.hour < 18 else "evening"
        self._greeting.setText(f"Good {part}, {self._desk.settings.author}")
        return now

    # The doors of an empty home

    def _doors(self) -> QWidget:
        head, words = self._welcome, self._about
        self._ways = {
            "file.demo": _door(
                "city", "Try a demo city", "An invented city. One click removes it again.",
                lambda: self.asked.emit("file.demo"),
            ),
            "file.import": _door(
                "import", "Import a spreadsheet", "Excel, OpenDocument or CSV. You see all rows before it is done.",
                lambda: self.asked.emit("file.import"),
            ),
            "file.connect": _door(
                "system", "Connect to the shared database", "Your city has one already. You get all that is in it.",
                lambda: self.asked.emit("file.connect"),
            ),
        }  # fmt: skip
        doors = row(*self._ways.values(), gap=4)
        page = QWidget()
        inner = stack(head, words, gap=2)
        inner.addSpacing(4 * STEP)
        inner.addLayout(doors)
        page.setLayout(stack(None, row(None, inner, None), None, None, margin=8))
        head.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.offer(lambda _command: True)
        return page

    def offer(self, can: Callable[[str], bool]) -> None:
        """Show the doors of the commands that can be done; in a shared database that is still empty, say so."""
        for command, each in self._ways.items():
            each.setVisible(can(command))
        alone = self._desk.role is None
        self._welcome.setText("Welcome to Muster" if alone else "The shared database is empty")
        self._about.setText(
            "Keep what your city owns: computers, phones, radios, licences, and who has them."
            if alone
            else "What somebody adds to it appears here."
        )

    # The figures

    def _figures(self) -> QWidget:
        page = QWidget()
        page.setObjectName("scrolled")
        grid = QGridLayout()
        grid.setSpacing(3 * STEP)
        grid.addWidget(_card("What there is", self._kinds), 0, 0)
        warranty = stack(self._warranty, self._warranty_words, gap=1)
        warranty.addLayout(self._ending)
        warranty.addStretch(1)
        grid.addWidget(_card("Warranty ends soon", warranty), 0, 1)
        grid.addWidget(_card("Replace by year", stack(self._bars, self._peak, None, gap=2)), 0, 2)
        grid.addWidget(_card("Done last", self._latest), 1, 0, 1, 3)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        head = row(self._greeting, self._sum, None, self._remove, gap=3)
        page.setLayout(stack(head, grid, None, gap=4, margin=4))
        return page

    def _take(self, found: tuple[Overview, bool]) -> None:
        self.demo = found[1]
        self._remove.setVisible(self.demo and self._desk.may())
        self._show(found[0])

    def _show(self, found: Overview) -> None:
        self.shown = True
        self.counted.emit(found.counts)
        if not any(found.counts.values()):
            self._pages.setCurrentIndex(_DOORS)
            return
        self._pages.setCurrentIndex(_FIGURES)
        now = self._greet()
        worth = [money(amount, code or self._desk.settings.currency) for code, amount in found.value.items() if amount]
        parts = [f"{now:%A} {now.day} {now:%B}", f"{found.assets:,} assets"]
        self._sum.setText(" · ".join([*parts, *(f"{sum_} at cost" for sum_ in worth[:2])]))
        self._show_kinds(found)
        self._show_warranties(found)
        self._bars.show_years(found.replace)
        self._bars.setVisible(bool(found.replace))
        peak = max(found.replace, key=lambda year: found.replace[year], default=None)
        self._peak.setText(
            f"Most in {peak}: {found.replace[peak]:,}." if peak else "No asset says by when it is to be replaced."
        )
        self._show_latest(found)

    def _show_kinds(self, found: Overview) -> None:
        clear(self._kinds)
        for word in (*ASSET_KINDS, "line", "entitlement", "person", "location"):
            number = label(f"{found.counts.get(word, 0):,}")
            self._kinds.addLayout(row(self._link(word, []), None, number))
        self._kinds.addStretch(1)

    def _show_latest(self, found: Overview) -> None:
        clear(self._latest)
        for deed in found.latest:
            when = deed.when.astimezone()
            said = f"{who(deed.author, deed.login)} · {when.day} {when:%b %H:%M}"
            title = label(deed.title)
            self._latest.addLayout(row(title, None, label(f"{deed.count:,}", "muted"), label(said, "muted"), gap=3))
            self._latest.addWidget(rule())
        if not found.latest:
            self._latest.addWidget(label("Nothing yet.", "muted"))
        self._latest.addStretch(1)

    def _show_warranties(self, found: Overview) -> None:
        total = sum(found.warranties.values())
        self._warranty.setText(f"{total:,}")
        noun = "asset loses its" if total == 1 else "assets lose their"
        self._warranty_words.setText(f"{noun} warranty in the next {_WARRANTY_DAYS} days.")
        clear(self._ending)
        terms = ["warranty_end>=today", f"warranty_end<=today+{_WARRANTY_DAYS}d", IN_USE]
        for word in ASSET_KINDS:
            if number := found.warranties.get(word, 0):
                self._ending.addLayout(row(self._link(word, terms), None, label(f"{number:,}")))

    def _link(self, word: str, terms: list[str]) -> QPushButton:
        """A way to the records of a kind, by the name of their place where that is theirs alone."""
        place = place_of(word)
        name = place.title if place is not None and len(place.words) == 1 else RECORDS[word].plural
        return button(name, partial(self.place_asked.emit, word, terms), role="link")


def money(amount: Decimal, currency: str) -> str:
    """A sum as a headline says it: "$41.8 M", "12,300 EUR"."""
    for size, word in ((Decimal(10) ** 9, " bn"), (Decimal(10) ** 6, " M")):
        if amount >= size:
            said = f"{amount / size:,.1f}{word}"
            break
    else:
        said = f"{amount:,.0f}"
    return f"${said}" if currency == "USD" else f"{said} {currency}"


def _card(title: str, inside: QVBoxLayout) -> QFrame:
    inside.setSpacing(2 * STEP)
    layout = stack(label(title, "heading"), rule(), gap=2, margin=4)
    layout.addLayout(inside, 1)
    return frame("card", layout)


def _door(drawing: str, title: str, words: str, call: object) -> QPushButton:
    made = QPushButton()
    made.setProperty("role", "door")
    made.setAccessibleName(title)
    made.setAccessibleDescription(words)
    made.setFixedSize(QSize(288, 152))
    picture = QToolButton()  # a label's picture would keep the colour of the theme that it was made in
    picture.setIcon(icon(drawing))
    picture.setIconSize(QSize(28, 28))
    picture.setAutoRaise(True)
    picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    parts = (picture, label(title, "heading"), label(words, "muted", wrap=True))
    for part in parts:
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    layout = stack(*parts, None, gap=2, margin=4)
    made.setLayout(layout)
    made.clicked.connect(call)
    return made
