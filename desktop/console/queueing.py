"""The print queue on the command line."""

import time
from argparse import ArgumentParser, Namespace

from desktop.console.session import DONE, SOME_REFUSED, Session, problem_json
from desktop.phrases import say
from desktop.phrases.labelling import STATES, progress
from models.fields.problem import UsageError
from models.printers.painting import Painting
from models.printers.queue import PrintQueue
from models.printers.request import JobState, QueuedJob

_PAUSE = 0.5
"""Seconds between two looks while another program prints."""
_UNDER_WAY = (JobState.WAITING, JobState.PRINTING)


def describe_queue(parser: ArgumentParser) -> None:
    """The arguments of `queue`."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--run", dest="run_now", action="store_true", help="print what is due, and wait for it")
    what.add_argument("--retry", metavar="JOB", type=int, help="try a waiting job again now")
    what.add_argument("--cancel", metavar="JOB", type=int, help="send no more of a job")
    what.add_argument(
        "--settle", metavar=("JOB", "yes|no"), nargs=2, help="say whether the label of a held job came out"
    )


def queue(session: Session, asked: Namespace) -> int:
    """List the jobs of the print queue, or say something about one. 1 where labels have not come out yet."""
    jobs = print_queue(session)
    if asked.retry is not None:
        jobs.retry(asked.retry)
        jobs.work(session.progress)
    elif asked.cancel is not None:
        jobs.cancel(asked.cancel)
    elif asked.settle is not None:
        number, came_out = asked.settle
        jobs.settle(_number(number), came_out=_yes(came_out))
        jobs.work(session.progress)
    elif asked.run_now:
        jobs.work(session.progress)
    known = jobs.jobs()
    session.result({"jobs": [job_json(job) for job in known]})
    session.table(
        ("Job", "What", "Printer", "Asked by", "State", "Printed"),
        ((str(job.id), job.title, job.printer, job.author, STATES[job.state][0], progress(job)) for job in known),
    )
    left = [job for job in known if job.state in (*_UNDER_WAY, JobState.HELD)]
    session.tell(*(f"{job.id}: {say(job.problem)}" for job in left if job.problem))
    return SOME_REFUSED if left else DONE


def print_queue(session: Session) -> PrintQueue:
    """The queue of the home, as this person uses it."""
    return PrintQueue(session.database, session.settings, session.settings.author, painting())


def painting() -> Painting:
    """What paints for printers."""
    # Qt takes a while to load, and only what prints needs it.
    from desktop.printing.painting import QtPainting

    return QtPainting()


def finish_job(session: Session, jobs: PrintQueue, number: int) -> QueuedJob:
    """Print until a job is over, held, or waits for its printer; also where another program prints it."""
    while True:
        elsewhere = jobs.work(session.progress).elsewhere
        job = next(each for each in jobs.jobs() if each.id == number)
        if job.state not in _UNDER_WAY or job.problem is not None:
            return job
        if elsewhere:
            time.sleep(_PAUSE)


def tell_job(session: Session, job: QueuedJob) -> None:
    """Say what became of a job."""
    session.tell(f"{progress(job)} printed on {job.printer or 'the default printer'}.")
    if job.problem is not None:
        session.tell(say(job.problem))
    if job.state is JobState.HELD:
        session.tell(f"Look whether the label came out, then say “muster queue --settle {job.id} yes” or “… no”.")
    elif job.state is JobState.WAITING:
        session.tell(f"Job {job.id} waits. “muster queue --retry {job.id}” tries again; so does the window by itself.")


def job_json(job: QueuedJob) -> dict[str, object]:
    """A job as JSON."""
    return {
        "id": job.id,
        "title": job.title,
        "printer": job.printer,
        "made": job.made,
        "author": job.author,
        "state": job.state.value,
        "labels": job.labels,
        "printed": job.printed,
        "unsure": job.unsure,
        "attempts": job.attempts,
        "due": job.due or None,
        "problem": problem_json(job.problem) if job.problem else None,
    }


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise UsageError("queue.unknown", text)
    return int(text)


def _yes(text: str) -> bool:
    if text.casefold() not in ("yes", "no"):
        raise UsageError("queue.yes-or-no", text)
    return text.casefold() == "yes"
