"""The print queue: labels on their way to paper, none lost and none doubled, whatever breaks.

What becomes of a label is written down before it is sent (`sending`) and after (`printed`, or `waiting` where the
printer cannot have it whole). What lies between is not known after a crash or a broken connection: the label is
`unsure` and its job held until a person has looked (`settle`). A label that came out is stamped on its record by one
deed of the journal for a run of its job; that it is stamped is written in the deed's own transaction.
"""

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass

from sqlalchemy import Connection

from models.fields.problem import DatabaseError, KnownError, Problem, UsageError
from models.journal.entry import Changes, Edit
from models.journal.writer import Journal
from models.labels.layout import Refused
from models.printers import table
from models.printers.address import printer_named
from models.printers.delivery import Delivery, delivery_to
from models.printers.endings import Unsure
from models.printers.link import Patience
from models.printers.painting import Painting
from models.printers.pieces import Printed, make_pieces, sheets_of
from models.printers.printer import LabelPrinter, Language, find_printer
from models.printers.request import JobState, PieceState, PrintRequest, QueuedJob
from models.printers.stamps import stamp_edits, stamp_title
from models.progress import Cancelled, Progress
from models.settings import Settings
from models.store.database import Database
from models.store.turn import turn

PAUSES = (5.0, 15.0, 60.0, 300.0)
"""Seconds before a job is tried again, after its first failure, its second …; the last for all that follow."""
KEPT_DAYS = 30
"""So long jobs are remembered that are over."""
_AT_ONCE = 10
"""Labels of a job that are sent before another printer's job has its turn."""
_UNDER_WAY = (JobState.WAITING, JobState.PRINTING)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a request: its job, or None where no record gets a label; how many labels; who gets none."""

    job: int | None
    labels: int
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Worked:
    """What a run of the queue did. `changes` stamped records; `due` is when there is more to do, None for never.

    `elsewhere`: another program was printing, and nothing was done.
    """

    changes: tuple[Changes, ...]
    due: float | None
    elsewhere: bool = False


class PrintQueue:
    """The queue of one home. Every method may be called from any thread; one program at a time prints."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        author: str,
        painting: Painting,
        *,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.time,
        told: Callable[[], None] = lambda: None,
    ) -> None:
        """`author` is whoever asks for labels; `told` is called after each step of a job, on the thread that works."""
        self._database = database
        self._settings = settings
        self._author = author
        self._painting = painting
        self._patience = patience or Patience()
        self._clock = clock
        self._told = told

    def add(self, printer: str, request: PrintRequest, progress: Progress | None = None) -> Added:
        """Lay labels out and put them into the queue; `work` prints them.

        `printer` is the name of one that was set up, an address (tcp://HOST, raw:QUEUE) or a printer of the system's
        ("" is its default). Raises UsageError for a name or number that cannot be, KnownError where the printer cannot
        take the stock at all; DatabaseError; Cancelled.
        """
        to = printer_named(self._settings, printer)
        with self._database.reading() as connection:
            made = make_pieces(connection, to, request, self._painting, progress or Progress())
        if not made.pieces:
            return Added(None, 0, made.refused)
        title = f"{made.count:,} {'label' if made.count == 1 else 'labels'}, {request.design.name} on {request.stock}"
        now = dt.datetime.now(dt.UTC)
        with self._database.writing() as connection:
            table.forget_old(connection, _text(now - dt.timedelta(days=KEPT_DAYS)))
            job = table.add_job(connection, _text(now), title, self._author, to.name, made.kept, made.pieces)
        return Added(job, made.count, made.refused)

    def jobs(self) -> list[QueuedJob]:
        """All jobs, those added last first; those that are over for 30 days."""
        with self._database.reading() as connection:
            return table.queued_jobs(connection)

    def unsure(self, job: int) -> list[Printed]:
        """The labels of a held job that may or may not have come out."""
        with self._database.reading() as connection:
            return table.labels_of(connection, job, PieceState.UNSURE)

    def retry(self, job: int) -> None:
        """Try a waiting job again now. Raises UsageError where there is none such, or a person must settle it first."""
        with self._database.writing() as connection:
            _require(job, table.job_state(connection, job), *_UNDER_WAY)
            table.set_job(connection, job, JobState.WAITING, only=(JobState.WAITING,))

    def cancel(self, job: int) -> None:
        """Send no more of a job; what came out, came out. Raises UsageError where there is none such."""
        with self._database.writing() as connection:
            state = table.job_state(connection, job)
            _require(job, state, *JobState)
            for piece in (PieceState.WAITING, PieceState.UNSURE):
                table.set_pieces(connection, job, piece, PieceState.CANCELLED)
            table.set_job(connection, job, JobState.CANCELLED, only=(*_UNDER_WAY, JobState.HELD))

    def settle(self, job: int, *, came_out: bool) -> list[Changes]:
        """A person has looked: the label that nobody was sure of came out, or it did not and is printed again.

        Gives what was stamped. Raises UsageError where there is no such job, or none that is held.
        """
        with self._database.writing() as connection:
            _require(job, table.job_state(connection, job), JobState.HELD)
            new = PieceState.PRINTED if came_out else PieceState.WAITING
            table.set_pieces(connection, job, PieceState.UNSURE, new)
            _go_on(connection, job, JobState.WAITING, JobState.HELD)
        return self._stamp_all()

    def work(self, progress: Progress | None = None) -> Worked:
        """Print what is due, until nothing is. Raises Cancelled between two labels; DatabaseError."""
        progress = progress or Progress()
        with turn(self._database.home.path / "printing.lock") as mine:
            if not mine:
                return Worked((), self._clock() + PAUSES[0], elsewhere=True)
            self._recover()
            changes = self._stamp_all()
            while due := self._due():
                for job in due:
                    self._print_some(job, progress)
                changes += self._stamp_all(but=self._due())
            with self._database.reading() as connection:
                return Worked(tuple(changes), table.next_due(connection))

    def _recover(self) -> None:
        """What was being sent when its program ended may or may not have come out."""
        with self._database.reading() as connection:
            jobs = table.interrupted(connection)
        for job in jobs:
            with self._database.writing() as connection:
                _hold(connection, job, Problem("printer.ended-midway"))

    def _due(self) -> list[table.Head]:
        with self._database.reading() as connection:
            return table.due_jobs(connection, self._clock())

    def _print_some(self, job: table.Head, progress: Progress) -> None:
        """Print some of a job's labels, and write down how that ended."""
        try:
            self._send_some(job, progress)
        except DatabaseError:
            # What became of the label cannot be written down: it stays as it is there, and is asked for later.
            raise
        except Unsure as error:
            with self._database.writing() as connection:
                _hold(connection, job.id, error.problem)
        except KnownError as error:
            self._put_off(job, error.problem)
        except Cancelled:
            with self._database.writing() as connection:
                table.set_job(connection, job.id, JobState.WAITING, only=(JobState.PRINTING,))
            self._stamp_all()
            raise
        self._told()

    def _send_some(self, job: table.Head, progress: Progress) -> None:
        """Raises Unsure; KnownError (NotTaken among them) where the next label has not come out; Cancelled."""
        with ExitStack() as held:
            delivery: Delivery | None = None
            for _ in range(_AT_ONCE):
                progress.at("print")
                with self._database.reading() as connection:
                    piece = table.next_piece(connection, job.id)
                if piece is None:
                    with self._database.writing() as connection:
                        _go_on(connection, job.id, JobState.WAITING, *_UNDER_WAY)
                    return
                if piece.payload is None:
                    self._print_sheets(job, piece.nr)
                    continue
                if delivery is None:
                    printer = self._printer_of_bytes(job.printer)
                    delivery = held.enter_context(closing(delivery_to(printer, self._patience)))
                delivery.ready()
                if self._begin(job.id, piece.nr):
                    delivery.deliver(piece.payload)
                    self._write_end(job.id)

    def _print_sheets(self, job: table.Head, nr: int) -> None:
        printer = printer_named(self._settings, job.printer)
        sheets = sheets_of(job.request, printer, self._painting)
        if self._begin(job.id, nr):
            self._painting.print_sheets(printer, sheets)
            self._write_end(job.id)

    def _printer_of_bytes(self, name: str) -> LabelPrinter:
        """The printer that bytes were made for. Raises UsageError where it is no longer set up."""
        printer = printer_named(self._settings, name)
        return find_printer(self._settings, name) if printer.language is Language.SYSTEM else printer

    def _begin(self, job: int, nr: int) -> bool:
        with self._database.writing() as connection:
            begun = table.begin_piece(connection, job, nr)
        self._told()
        return begun

    def _write_end(self, job: int) -> None:
        """What was being sent came out; the job goes on, or is done."""
        with self._database.writing() as connection:
            table.set_pieces(connection, job, PieceState.SENDING, PieceState.PRINTED)
            _go_on(connection, job, JobState.PRINTING, *_UNDER_WAY)

    def _put_off(self, job: table.Head, problem: Problem) -> None:
        """The label under way has not come out; the job is tried again after a pause that grows."""
        with self._database.writing() as connection:
            table.set_pieces(connection, job.id, PieceState.SENDING, PieceState.WAITING)
            tried = table.attempts_of(connection, job.id)
            due = self._clock() + PAUSES[min(tried, len(PAUSES) - 1)]
            table.set_job(
                connection, job.id, JobState.WAITING, only=_UNDER_WAY, problem=problem, attempts=tried + 1, due=due
            )

    def _stamp_all(self, but: Iterable[table.Head] = ()) -> list[Changes]:
        """Stamp the labels that came out, a deed for each job; those of `but` later, with what comes of them still."""
        with self._database.reading() as connection:
            jobs = [job for job in table.unstamped_jobs(connection) if job not in but]
        return [self._stamp(job) for job in jobs]

    def _stamp(self, job: table.Head) -> Changes:
        def edits(connection: Connection) -> Iterator[Edit]:
            # In the transaction of the deed: whatever breaks, the two are written both or neither.
            labels = table.take_unstamped(connection, job.id)
            return stamp_edits(connection, labels, job.printer, job.author)

        with self._database.reading() as connection:
            count = table.unstamped(connection, job.id)
        return Journal(self._database, job.author).write(stamp_title(count, job.printer), edits, source="printing")


def _go_on(connection: Connection, job: int, state: JobState, *only: JobState) -> None:
    """A job is done where nothing of it is left to send, else it comes into this state."""
    left = table.has_pieces(connection, job, PieceState.WAITING)
    table.set_job(connection, job, state if left else JobState.DONE, only=only)


def _hold(connection: Connection, job: int, problem: Problem) -> None:
    """A person must say whether the label under way came out; of a job that was cancelled nobody asks."""
    unsure = table.set_pieces(connection, job, PieceState.SENDING, PieceState.UNSURE)
    if unsure and not table.set_job(connection, job, JobState.HELD, only=_UNDER_WAY, problem=problem):
        table.set_pieces(connection, job, PieceState.UNSURE, PieceState.CANCELLED)


def _require(job: int, state: JobState | None, *wanted: JobState) -> None:
    """Raises UsageError where there is no such job, or it is in another state."""
    if state is None:
        raise UsageError("queue.unknown", str(job))
    if state not in wanted:
        raise UsageError(f"queue.is-{state.value}", str(job))


def _text(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
