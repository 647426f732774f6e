"""The queue's two tables: what each step of a job changes in them. Each function works within one transaction."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, true, update

from models.fields.problem import Problem
from models.printers.pieces import Piece, Printed
from models.printers.request import JobState, PieceState, QueuedJob
from models.schema.printing import PrintJob, PrintPiece

_JOB, _PIECE = PrintJob.__table__.c, PrintPiece.__table__.c
_UNDER_WAY = (JobState.WAITING, JobState.PRINTING)
_OVER = (JobState.DONE, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Head:
    """A job as whoever prints it sees it."""

    id: int
    printer: str
    author: str
    request: str


@dataclass(frozen=True, slots=True)
class Next:
    """A piece that is to be sent. `payload` is None where it is painted when it is printed."""

    nr: int
    payload: bytes | None


def add_job(
    connection: Connection, made: str, title: str, author: str, printer: str, request: str, pieces: Sequence[Piece]
) -> int:
    """Put a job at the end of the queue; its id. The printer's other jobs are tried again at once, in their order."""
    job = connection.execute(
        insert(PrintJob).values(
            made=made,
            title=title,
            author=author,
            printer=printer,
            request=request,
            state=JobState.WAITING,
            attempts=0,
            due=0.0,
        )
    ).inserted_primary_key
    assert job is not None  # noqa: S101 (for the type checker: an insert has a key)
    connection.execute(
        insert(PrintPiece),
        [
            {
                "job": job[0],
                "nr": nr,
                "labels": json.dumps([[each.table, each.row, each.copies] for each in piece.labels]),
                "payload": piece.payload,
                "state": PieceState.WAITING,
                "stamped": 0,
            }
            for nr, piece in enumerate(pieces)
        ],
    )
    connection.execute(update(PrintJob).where(_JOB.printer == printer, _JOB.state == JobState.WAITING).values(due=0.0))
    return int(job[0])


def due_jobs(connection: Connection, now: float) -> list[Head]:
    """The first waiting job of each printer, where it is due: a printer's jobs are printed in their order."""
    first = select(func.min(_JOB.id)).where(_JOB.state.in_(_UNDER_WAY)).group_by(_JOB.printer)
    found = connection.execute(select(PrintJob.__table__).where(_JOB.id.in_(first), _JOB.due <= now).order_by(_JOB.id))
    return [Head(row["id"], row["printer"], row["author"], row["request"]) for row in found.mappings()]


def next_due(connection: Connection) -> float | None:
    """When the next job is to be tried; None when none waits."""
    first = select(func.min(_JOB.id)).where(_JOB.state.in_(_UNDER_WAY)).group_by(_JOB.printer)
    found: float | None = connection.execute(select(func.min(_JOB.due)).where(_JOB.id.in_(first))).scalar_one_or_none()
    return found


def next_piece(connection: Connection, job: int) -> Next | None:
    """The first piece of a waiting job that is to be sent."""
    wanted = (
        select(_PIECE.nr, _PIECE.payload)
        .join(PrintJob, _JOB.id == _PIECE.job)
        .where(_PIECE.job == job, _PIECE.state == PieceState.WAITING)
        .where(_JOB.state.in_(_UNDER_WAY))
        .order_by(_PIECE.nr)
        .limit(1)
    )
    row = connection.execute(wanted).first()
    return Next(row[0], row[1]) if row else None


def begin_piece(connection: Connection, job: int, nr: int) -> bool:
    """A piece is sent from now on; False where it is no longer to be (cancelled meanwhile)."""
    waiting = update(PrintPiece).where(_PIECE.job == job, _PIECE.nr == nr, _PIECE.state == PieceState.WAITING)
    if not connection.execute(waiting.values(state=PieceState.SENDING)).rowcount:
        return False
    set_job(connection, job, JobState.PRINTING, only=(JobState.WAITING,))
    return True


def set_pieces(connection: Connection, job: int, old: PieceState, new: PieceState) -> int:
    """All pieces of a job that are in one state come into another; how many."""
    wanted = update(PrintPiece).where(_PIECE.job == job, _PIECE.state == old)
    return connection.execute(wanted.values(state=new)).rowcount


def labels_of(connection: Connection, job: int, state: PieceState) -> list[Printed]:
    """The labels of a job's pieces that are in one state, in their order."""
    wanted = select(_PIECE.labels).where(_PIECE.job == job, _PIECE.state == state).order_by(_PIECE.nr)
    return [label for text in connection.execute(wanted).scalars() for label in _labels(text)]


def has_pieces(connection: Connection, job: int, state: PieceState) -> bool:
    """Whether any piece of a job is in that state."""
    wanted = select(func.count()).select_from(PrintPiece).where(_PIECE.job == job, _PIECE.state == state)
    return bool(connection.execute(wanted).scalar_one())


def set_job(
    connection: Connection,
    job: int,
    state: JobState,
    *,
    only: Iterable[JobState],
    problem: Problem | None = None,
    attempts: int = 0,
    due: float = 0.0,
) -> bool:
    """A job comes into a state, with its problem and when it is tried again; not unless it is in one of `only`."""
    wanted = update(PrintJob).where(_JOB.id == job, _JOB.state.in_(tuple(only)))
    values = {"state": state, "problem": _problem_json(problem), "attempts": attempts, "due": due}
    return bool(connection.execute(wanted.values(values)).rowcount)


def job_state(connection: Connection, job: int) -> JobState | None:
    """The state of a job; None where there is none of that number."""
    found = connection.execute(select(_JOB.state).where(_JOB.id == job)).scalar_one_or_none()
    return JobState(found) if found is not None else None


def attempts_of(connection: Connection, job: int) -> int:
    """How often in a row a job could not be printed."""
    return int(connection.execute(select(_JOB.attempts).where(_JOB.id == job)).scalar_one())


def interrupted(connection: Connection) -> list[int]:
    """The jobs of which something was being sent when their program ended."""
    wanted = select(_PIECE.job).where(_PIECE.state == PieceState.SENDING).distinct().order_by(_PIECE.job)
    return list(connection.execute(wanted).scalars())


def unstamped_jobs(connection: Connection) -> list[Head]:
    """The jobs of which labels came out that are not stamped yet."""
    some = select(_PIECE.job).where(_PIECE.state == PieceState.PRINTED, _PIECE.stamped == 0)
    found = connection.execute(select(PrintJob.__table__).where(_JOB.id.in_(some)).order_by(_JOB.id)).mappings()
    return [Head(row["id"], row["printer"], row["author"], row["request"]) for row in found]


def take_unstamped(connection: Connection, job: int) -> list[Printed]:
    """The labels of a job that came out and were not stamped; they count as stamped from now on."""
    wanted = (_PIECE.job == job, _PIECE.state == PieceState.PRINTED, _PIECE.stamped == 0)
    found = connection.execute(select(_PIECE.labels).where(*wanted)).scalars().all()
    connection.execute(update(PrintPiece).where(*wanted).values(stamped=1))
    return [label for text in found for label in _labels(text)]


def unstamped(connection: Connection, job: int) -> int:
    """How many labels of a job came out and were not stamped yet, copies too."""
    wanted = (_PIECE.job == job, _PIECE.state == PieceState.PRINTED, _PIECE.stamped == 0)
    found = connection.execute(select(_PIECE.labels).where(*wanted)).scalars()
    return sum(label.copies for text in found for label in _labels(text))


def forget_old(connection: Connection, before: str) -> None:
    """Forget the jobs that are over and were made before a moment."""
    old = select(_JOB.id).where(_JOB.state.in_(_OVER), _JOB.made < before)
    connection.execute(delete(PrintPiece).where(_PIECE.job.in_(old)))
    connection.execute(delete(PrintJob).where(_JOB.state.in_(_OVER), _JOB.made < before))


def queued_jobs(connection: Connection) -> list[QueuedJob]:
    """All jobs, those added last first."""
    # Counted by SQLite: a window asks several times a second while labels are printed, and jobs are kept for a month.
    label = func.json_each(_PIECE.labels).table_valued("value")
    copies = func.sum(func.json_extract(label.c.value, "$[2]"))
    by_state = select(_PIECE.job, _PIECE.state, copies).join(label, true()).group_by(_PIECE.job, _PIECE.state)
    counts: dict[int, dict[PieceState, int]] = {}
    for job, state, count in connection.execute(by_state):
        counts.setdefault(job, {})[PieceState(state)] = int(count)
    found = connection.execute(select(PrintJob.__table__).order_by(_JOB.id.desc())).mappings()
    return [_queued(row, counts.get(row["id"], {})) for row in found]


def _queued(row: RowMapping, counts: Mapping[PieceState, int]) -> QueuedJob:
    return QueuedJob(
        id=row["id"],
        title=row["title"],
        printer=row["printer"],
        made=row["made"],
        author=row["author"],
        state=JobState(row["state"]),
        labels=sum(counts.values()),
        printed=counts.get(PieceState.PRINTED, 0),
        unsure=counts.get(PieceState.UNSURE, 0),
        attempts=row["attempts"],
        problem=_problem(row["problem"]),
        due=row["due"],
    )


def _labels(text: str) -> list[Printed]:
    return [Printed(table, row, copies) for table, row, copies in json.loads(text)]


def _problem_json(problem: Problem | None) -> str | None:
    if problem is None:
        return None
    return json.dumps({"code": problem.code, "value": problem.value, "details": dict(problem.details)})


def _problem(text: str | None) -> Problem | None:
    if text is None:
        return None
    kept = json.loads(text)
    return Problem(kept["code"], kept["value"], details=kept["details"])
