"""The dialog that connects this home to a shared database: address, progress, plan, done."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QProgressBar, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.jobs import Job, Task
from desktop.joining.address_form import AddressForm
from desktop.joining.plan_view import PlanView
from desktop.phrases import say, stage
from desktop.phrases.joining import joined
from desktop.widgets import button, frame, label, row, stack
from models.fields.problem import HubError, KnownError
from models.progress import Cancelled
from models.rules.rights import role_label
from models.sync.adopting import AdoptPlan
from models.sync.joining import Joined, Joining, Welcome, greet
from models.sync.passwords import keep_password, kept_password
from models.sync.told import Told

T = TypeVar("T")
_FORM, _WORK, _PLAN, _DONE = range(4)
_TITLE = "Connect to the shared database"
_FROM_NOW_ON = (
    "From now on changes go there and come from there by themselves; the foot of the window tells how it stands."
)


class ConnectDialog(QDialog):
    """Nothing changes here or there before the plan was seen, where this home has records of its own."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_TITLE)
        self.resize(720, 560)
        self._desk = desk
        self._job: Job | None = None
        self._joining: Joining | None = None
        self._welcome: Welcome | None = None
        self.form = AddressForm()
        self.plan: PlanView | None = None
        self._head = label(_TITLE, "title", wrap=True)
        self._words = label("", "muted", wrap=True)
        self._problem = label("", "problem", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self._bar.setRange(0, 0)
        self._pages = QStackedWidget()
        self._place = QVBoxLayout()
        self._cancel = button("Cancel", self.reject)
        self._go = button("Connect", self.go, role="primary")
        self._go.setDefault(True)
        self._build()
        self.form.changed.connect(self._settle)
        self._show(_FORM)
        self.form.host.setFocus()

    @property
    def text(self) -> str:
        """What is said, for those who look."""
        return " ".join(filter(None, (part.text() for part in (self._head, self._words, self._problem))))

    @property
    def connected(self) -> bool:
        """Whether the home is connected now."""
        return self._pages.currentIndex() == _DONE

    def go(self) -> None:
        """The next step: sign on and compare, then bring in."""
        page = self._pages.currentIndex()
        if page == _FORM and self.form.complete:
            self._prepare()
        elif page == _PLAN:
            self._finish()
        elif page == _DONE:
            self.accept()

    def reject(self) -> None:
        """One step back: stop what is under way, from the plan to the address, else close."""
        if self._job is not None:
            self._cancel.setEnabled(False)
            self._words.setText("Stopping …")
            self._job.cancel()
        elif self._pages.currentIndex() == _PLAN:
            self._drop()
            self._show(_FORM)
        else:
            self._drop()
            super().reject()

    # Steps

    def _prepare(self) -> None:
        address = self.form.address
        typed = self.form.password.text() or None
        database = self._desk.database

        def work(task: Task) -> tuple[Joining, Welcome, AdoptPlan | None, list[Told]]:
            task.at("connect")
            password = typed if typed is not None or not address.login else kept_password(address)
            welcome = greet(address, password)
            joining = Joining(database, address, password)
            try:
                plan = joining.prepare(task)
                return joining, welcome, plan, joining.told(database.catalogue())
            except BaseException:
                joining.close()
                raise

        self._start(self._desk.jobs.work, work, self._prepared)

    def _prepared(self, found: tuple[Joining, Welcome, AdoptPlan | None, list[Told]]) -> None:
        self._joining, self._welcome, plan, differing = found
        if plan is None:
            self._finish()
            return
        self.show_plan(plan, differing)

    def show_plan(self, plan: AdoptPlan, differing: list[Told]) -> None:
        """Show what would become of the records here."""
        if self.plan is not None:
            self._place.removeWidget(self.plan)
            self.plan.deleteLater()
        self.plan = PlanView(plan, differing)
        self._place.addWidget(self.plan)
        self._show(_PLAN)
        self.resize(max(self.width(), 880), max(self.height(), 720))
        if differing:
            self.plan.enter()
        else:
            self._go.setFocus()

    def _finish(self) -> None:
        joining, author = self._joining, self._desk.settings.author
        assert joining is not None  # noqa: S101 (prepared before)
        mine = self.plan.send_mine if self.plan is not None else frozenset()

        def work(task: Task) -> tuple[Joined, str]:
            done = joining.finish(author, mine, task)
            return done, self._kept_words()

        self._start(self._desk.jobs.write, work, self._finished)

    def _kept_words(self) -> str:
        """Have the password kept; a sentence where that cannot be."""
        typed = self.form.password.text()
        if not typed or not self.form.keep.isChecked():
            return ""
        try:
            keep_password(self.form.address, typed)
        except HubError as error:
            return say(error.problem)
        return ""

    def _finished(self, found: tuple[Joined, str]) -> None:
        done, more = found
        self._drop()
        welcome = self._welcome
        assert welcome is not None  # noqa: S101 (greeted before)
        self._show(_DONE)
        self._head.setText("Connected")
        role = f"Your role is {role_label(welcome.role).lower()}."
        self._words.setText(" ".join(filter(None, (joined(welcome.city, done.kept), role, _FROM_NOW_ON, more))))
        # Whether or not the system keeps it: it need not be typed again before the program ends.
        self._desk.sharing.sign_on(self.form.password.text() or None)
        self._desk.look_again()

    # Inside

    def _start(self, run: Callable[..., Job], work: Callable[[Task], T], done: Callable[[T], None]) -> None:
        self._show(_WORK)
        self._words.setText("Signing on")
        self._job = run(_TITLE, work, lambda found: self._ended(done, found), owner=self, failed=self._fail)
        self._job.progressed.connect(self._tell)

    def _ended(self, done: Callable[[T], None], found: T) -> None:
        self._job = None
        done(found)

    def _fail(self, error: BaseException) -> None:
        self._job = None
        self._drop()
        self._show(_FORM)
        if isinstance(error, KnownError):
            self._problem.setText(say(error.problem))
            self._problem.show()
            if error.problem.code in ("hub.password-missing", "hub.password-wrong"):
                self.form.password.setFocus()
        elif not isinstance(error, Cancelled):
            super().reject()
            self._desk.fail(error)

    def _tell(self) -> None:
        if self._job is not None and not self._job.task.cancelled:
            task = self._job.task
            counted = f", {task.done:,} of {task.total:,}" if task.total else f", {task.done:,}" if task.done else ""
            self._words.setText(f"{stage(task.stage)}{counted}")
            self._bar.setRange(0, task.total)
            self._bar.setValue(task.done)

    def _drop(self) -> None:
        if self._joining is not None:
            self._joining.close()
            self._joining = None

    def _build(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.form)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        plan = QWidget()
        plan.setLayout(self._place)
        self._place.setContentsMargins(0, 0, 0, 0)
        work = QWidget()
        work.setLayout(stack(self._bar, None))
        for page in (scroll, work, plan, QWidget()):
            self._pages.addWidget(page)
        body = stack(self._head, self._words, self._problem, self._pages, gap=3, margin=4)
        body.setStretch(3, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(body, 1)
        layout.addWidget(frame("foot", row(None, self._cancel, self._go, margin=3)))

    def _show(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self._problem.hide()
        self._head.setText(_TITLE)
        self._words.setText(
            {
                _FORM: "Whoever looks after the database tells you the address. Records that are here already are "
                "compared first; nothing is sent before you have seen the plan.",
                _PLAN: "What would become of the records here. A copy of them is kept as a backup first.",
            }.get(page, "")
        )
        self._cancel.setEnabled(True)
        self._cancel.setText("Back" if page == _PLAN else "Cancel")
        self._cancel.setVisible(page != _DONE)
        self._go.setText({_DONE: "Close", _PLAN: "Bring in and connect"}.get(page, "Connect"))
        self._settle()

    def _settle(self) -> None:
        page = self._pages.currentIndex()
        self._go.setEnabled(page in (_PLAN, _DONE) or (page == _FORM and self.form.complete))
