"""What the page of labels says of printers, stocks and jobs."""

import datetime as dt
from collections.abc import Sequence

from desktop.phrases.labelled import moment
from desktop.phrases.say import count, say
from models.fields.problem import Problem
from models.labels.layout import Nudge
from models.labels.stocks import Stock
from models.printers.printer import LabelPrinter, Language
from models.printers.request import JobState, QueuedJob
from models.printers.status import PrinterIdentity, PrinterStatus

_SHOWN = 6

LANGUAGES = {
    Language.ZPL: "Zebra and compatible (ZPL)",
    Language.BROTHER: "Brother QL",
    Language.SYSTEM: "Any printer of this computer",
}
"""What people call the languages of printers."""

STATES = {
    JobState.WAITING: ("Waiting", "warn"),
    JobState.PRINTING: ("Printing", "ok"),
    JobState.HELD: ("Asks you", "bad"),
    JobState.DONE: ("Printed", "muted"),
    JobState.CANCELLED: ("Cancelled", "muted"),
}
"""The word and the tone of a job's state."""


def reached(printer: LabelPrinter) -> str:
    """How a printer is reached: "network, 10.0.0.9", "raw through Zebra_ZD421", "the queue Office"."""
    address = printer.address
    if address.startswith("tcp://"):
        return f"network, {address.removeprefix('tcp://')}"
    if address.startswith("raw:"):
        return f"as it is through {address.removeprefix('raw:')}"
    return f"through {address}" if address else "the computer's default printer"


def printer_line(printer: LabelPrinter) -> str:
    """All that matters of a printer in one line."""
    what = printer.model or LANGUAGES[printer.language].removesuffix(" (ZPL)")
    return " · ".join((what, reached(printer), f"{printer.dpi} dpi"))


def nudged(nudge: Nudge) -> str:
    """What a printer's nudge does, in words."""
    parts = []
    if nudge.x:
        parts.append(f"{abs(nudge.x):.1f} mm to the {'right' if nudge.x > 0 else 'left'}")
    if nudge.y:
        parts.append(f"{abs(nudge.y):.1f} mm {'down' if nudge.y > 0 else 'up'}")
    if nudge.scale != 1:
        parts.append(f"{nudge.scale:.2%} of the size")
    return "Moved " + ", ".join(parts) + "." if parts else "Printed where it is drawn: not moved."


def size(width: float, height: float, *, inches: bool = False) -> str:
    """The size of a label: "2.625 × 1 in", "38.1 × 21.2 mm"."""
    if inches:
        return f"{width / 25.4:.4g} × {height / 25.4:.4g} in"
    return f"{width:.5g} × {height:.5g} mm"


def stock_line(stock: Stock) -> str:
    """What a stock is, in one line."""
    return stock.about or f"{count(stock.per_sheet, 'label')}, {size(stock.width, stock.height)}"


def unsuitable(printer: LabelPrinter | None, stock: Stock) -> str:
    """Why a printer cannot print on a stock, in a sentence; empty when it can."""
    if printer is None:
        return "There is no printer yet. Add one, or save the labels as PDF."
    if printer.language is not Language.SYSTEM and not stock.roll:
        return f"{printer.name} prints on rolls, and {stock.name} are sheets. Choose a roll or another printer."
    if printer.language is Language.BROTHER and not stock.media:
        return say(Problem("printer.brother-stock", stock.name))
    return ""


def progress(job: QueuedJob) -> str:
    """How far a job is: "7 of 12 labels"."""
    return f"{job.printed:,} of {count(job.labels, 'label')}"


def job_line(job: QueuedJob) -> str:
    """Where a job is printed, how far it is, and who asked for it when."""
    return " · ".join((job.printer, progress(job), job.author, moment(job.made)))


def due(seconds: float, now: float) -> str:
    """When a job is tried again: "now", "in 20 seconds", "at 17:40"."""
    rest = seconds - now
    if rest <= 1:
        return "now"
    if rest < 90:
        return f"in {count(round(rest), 'second')}"
    return f"at {dt.datetime.fromtimestamp(seconds, dt.UTC).astimezone():%H:%M}"


def question(job: QueuedJob, names: Sequence[str]) -> str:
    """What a person must say of a job that is held. `names` are those of the labels, as far as they are known."""
    if len(names) == 1:
        return f"{job.printer} did not say whether it has the label {names[0]}. Look there: did it come out?"
    some = f", from {names[0]} to {names[-1]}" if names else ""
    them = "it" if job.unsure == 1 else "they all"
    return f"{job.printer} did not say whether it has {count(job.unsure, 'label')}{some}. Did {them} come out?"


def status_told(status: PrinterStatus, identity: PrinterIdentity | None, name: str) -> str:
    """What a printer answered, in sentences."""
    problem = status.problem(name)
    parts = [say(problem) if problem is not None else "Ready to print."]
    if status.too_cold:
        parts.append("It is cold and will print more slowly.")
    if status.formats:
        parts.append(f"{count(status.formats, 'label waits', 'labels wait')} in its memory.")
    if identity is not None:
        dots = f", {identity.dpi} dots per inch" if identity.dpi else ""
        parts.append(f"It is a {identity.model}, firmware {identity.firmware}{dots}.")
    return " ".join(parts)


def fitting(names: Sequence[str]) -> str:
    """Which stocks a design fits."""
    if not names:
        return "It fits no labels that are known here. Make a stock of its size."
    shown = ", ".join(names[:_SHOWN])
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return f"Fits {shown}{more}."


def waiting_why(jobs: Sequence[QueuedJob]) -> str:
    """Why they wait, a sentence for each reason."""
    stuck = (job.problem for job in jobs if job.state in (JobState.WAITING, JobState.HELD))
    return "\n".join(dict.fromkeys(say(problem) for problem in stuck if problem is not None))


def waiting(jobs: Sequence[QueuedJob]) -> str:
    """What the status line says of jobs that need somebody or wait; empty when none does."""
    held = sum(job.unsure for job in jobs if job.state is JobState.HELD)
    if held:
        return f"{count(held, 'label')} to be looked at"
    stuck = [job for job in jobs if job.state is JobState.WAITING and job.problem is not None]
    if not stuck:
        return ""
    number = sum(job.labels - job.printed for job in stuck)
    names = list(dict.fromkeys(job.printer for job in stuck))
    return f"{count(number, 'label waits', 'labels wait')} for {names[0] if len(names) == 1 else 'printers'}"
