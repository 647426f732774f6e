"""The dialog in which the shared database is administered: sign on, prepare or upgrade it, give and take access."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtWidgets import QDialog, QProgressBar, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.administering.overview import Overview
from desktop.administering.preparing import PreparePage
from desktop.administering.seen import Seen, SignOn, look
from desktop.desk import Desk
from desktop.jobs import Job, Task
from desktop.joining.address_form import AddressForm
from desktop.phrases import say
from desktop.phrases.hub import added, missing_lines, removed
from desktop.widgets import button, frame, label, row, stack
from models.fields.problem import KnownError
from models.progress import Cancelled
from models.sync.address import Address, kept_address
from models.sync.hub.members import Login, Removed, add_member, made_password, remove_member, set_role
from models.sync.hub.preparing import RightsMissing, prepare, upgrade

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[tuple[Any, ...]]

T = TypeVar("T")
_FORM, _WORK, _PREPARE, _OVERVIEW = range(4)
_TITLE = "Administer the shared database"


class AdministerDialog(QDialog):
    """Each deed signs on, does it off the window's thread, and looks at all anew."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_TITLE)
        self.resize(920, 640)
        self._desk = desk
        self._job: Job | None = None
        self._sign_on: SignOn | None = None
        self._back = _FORM
        self.form = AddressForm()
        self.form.keep.setChecked(False)
        self.form.keep.hide()
        self.prepare_page = PreparePage()
        self.overview = Overview()
        self._head = label(_TITLE, "title", wrap=True)
        self._words = label("", "muted", wrap=True)
        self._problem = label("", "problem", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self._bar.setRange(0, 0)
        self._pages = QStackedWidget()
        self._cancel = button("Cancel", self.reject)
        self._go = button("Sign on", self.go, role="primary")
        self._go.setDefault(True)
        self._build()
        self._fill()
        self._show(_FORM)

    @property
    def text(self) -> str:
        """What is said, for those who look."""
        return " ".join(filter(None, (part.text() for part in (self._head, self._words, self._problem))))

    @property
    def under_way(self) -> bool:
        """Whether something is being done."""
        return self._job is not None

    def go(self) -> None:
        """Sign on, or prepare, or close."""
        page = self._pages.currentIndex()
        if page == _FORM and self.form.complete:
            self._sign_on = SignOn(self.form.address, self.form.password.text())
            self._do(look, self._seen)
        elif page == _PREPARE:
            city = self.prepare_page.city.text().strip()
            self._do(lambda connection: prepare(connection, city), lambda _roles: self._look_again("It is prepared."))
        elif page == _OVERVIEW:
            self.accept()

    def reject(self) -> None:
        """One step back: what is under way is left to end; from the database to the address; else close."""
        if self._job is not None:
            return
        if self._pages.currentIndex() in (_PREPARE, _OVERVIEW):
            self._show(_FORM)
        else:
            super().reject()

    # What the overview asks for

    def upgrade(self) -> None:
        """Bring it up to this Muster."""
        self._do(upgrade, lambda _roles: self._look_again("It is upgraded."))

    def add(self, login: str, role: str, password: str | None) -> None:
        """Give access. `password` is empty where Muster makes one."""
        new = made_password() if password == "" else password

        def done(what: Login) -> None:
            shown = new if password == "" and what is not Login.THERE else None
            self._look_again(added(login, role, what), secret=shown or "")

        self._do(lambda connection: add_member(connection, login, role, new), done)

    def change(self, login: str, role: str) -> None:
        """Give another role."""
        self._do(
            lambda connection: set_role(connection, login, role),
            lambda _none: self._look_again(f"{login} has another role now."),
        )

    def remove(self, login: str) -> None:
        """Take access away."""

        def done(what: Removed) -> None:
            self._look_again(" ".join(removed(login, what)))

        self._do(lambda connection: remove_member(connection, login), done)

    # Inside

    def _do(self, deed: "Callable[[Connection], T]", done: Callable[[T], None]) -> None:
        """Do something there. Where it fails, that is said on the page that it was asked for on."""
        sign_on = self._sign_on
        assert sign_on is not None  # noqa: S101 (signed on before)
        self._back = self._pages.currentIndex()
        self._show(_WORK)
        self._words.setText("Signing on" if self._back == _FORM else "Working")

        def work(_task: Task) -> T:
            return sign_on.run(deed)

        def ended(found: T) -> None:
            self._job = None
            done(found)

        self._job = self._desk.jobs.work(_TITLE, work, ended, owner=self, failed=self._fail)

    def _look_again(self, words: str, *, secret: str = "") -> None:
        def done(seen: Seen) -> None:
            self._seen(seen)
            self.overview.say(words, secret)

        self._do(look, done)

    def _seen(self, seen: Seen) -> None:
        if seen.status is None:
            self.prepare_page.show_missing(seen.missing)
            self._show(_PREPARE)
            (self._cancel if seen.missing else self.prepare_page.city).setFocus()
            return
        self.overview.show_seen(seen)
        self._show(_OVERVIEW)
        self.overview.enter()

    def _fail(self, error: BaseException) -> None:
        self._job = None
        self._show(self._back)
        if isinstance(error, KnownError):
            lines = [say(error.problem)]
            if isinstance(error, RightsMissing):
                lines += missing_lines(error.missing)
            self._problem.setText(" ".join(lines))
            self._problem.show()
            if error.problem.code in ("hub.password-missing", "hub.password-wrong"):
                self.form.password.setFocus()
        elif not isinstance(error, Cancelled):
            super().reject()
            self._desk.fail(error)

    def _fill(self) -> None:
        """The address that this home is connected to, where it is to one."""

        def done(kept: Address | None) -> None:
            if kept is not None and not self.form.host.text():
                self.form.show_address(kept)
                self.form.password.setFocus()

        self._desk.read(lambda connection, _task: kept_address(connection), done, owner=self)

    def _build(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.form)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        work = QWidget()
        work.setLayout(stack(self._bar, None))
        for page in (scroll, work, self.prepare_page, self.overview):
            self._pages.addWidget(page)
        body = stack(self._head, self._words, self._problem, self._pages, gap=3, margin=4)
        body.setStretch(3, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(body, 1)
        layout.addWidget(frame("foot", row(None, self._cancel, self._go, margin=3)))
        self.form.changed.connect(self._settle)
        self.prepare_page.changed.connect(self._settle)
        self.overview.upgrade_asked.connect(self.upgrade)
        self.overview.add_asked.connect(self.add)
        self.overview.change_asked.connect(self.change)
        self.overview.remove_asked.connect(self.remove)
        self.form.host.setFocus()

    def _show(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self._problem.hide()
        address = self._sign_on.address if self._sign_on else None
        where = f"{address.database} on {address.host}" if address else ""
        self._head.setText(where if page == _OVERVIEW else _TITLE)
        self._words.setText(
            {
                _FORM: "Sign on as the login that prepares the database, or as one with the role administrator. "
                "Nothing is changed by signing on.",
                _PREPARE: f"{where} is no shared database of Muster yet.",
            }.get(page, "")
        )
        self._words.setVisible(page != _OVERVIEW)
        self._cancel.setEnabled(page != _WORK)
        self._cancel.setText("Cancel" if page in (_FORM, _WORK) else "Back")
        self._go.setText({_PREPARE: "Prepare it", _OVERVIEW: "Close"}.get(page, "Sign on"))
        self._settle()

    def _settle(self) -> None:
        page = self._pages.currentIndex()
        ready = {_FORM: self.form.complete, _PREPARE: self.prepare_page.complete, _OVERVIEW: True}
        self._go.setEnabled(ready.get(page, False))
