"""What workbooks for people say: the page to read first, and the notes on headings."""

import datetime as dt
import socket

from desktop.phrases.say import within
from models.exchange.writing.books import Wording
from models.fields.field import Field
from models.fields.kinds import Choice, Day, Moment, Money, Ref, YesNo
from models.schema.records import TABLES, RecordType
from models.settings import Settings

_LIST = (
    "Cells of many columns offer words to choose from. Where the choice is fixed, others are refused; names that are "
    "not in the list may be written after a question."
)
_HEADINGS = "Headings in orange need a value in each row. Point at a heading to read what belongs below it."
_IMPORT = (
    "To bring it into Muster: choose “Import a spreadsheet” in the window, or write “muster import FILE.xlsx” on the "
    "command line. Nothing is written before you have seen what would change."
)


def whole_register(settings: Settings, now: dt.datetime) -> Wording:
    """For the workbook of everything."""
    about = (
        f"All records, written {_moment(now)} by {settings.author} on {socket.gethostname()}.",
        "Each sheet below holds one kind of record. What was deleted is not here, nor is the history.",
        "",
        _IMPORT,
        "Sheets are imported one after another. What is as it was stays as it is; an empty cell changes nothing.",
        _HEADINGS,
        _LIST,
        "",
        "Leave this page, the names of the sheets and the headings as they are: by them Muster knows what is what.",
    )
    return Wording(about, note)


def template(kind: RecordType, settings: Settings, now: dt.datetime) -> Wording:
    """For a workbook to fill in."""
    about = (
        f"A sheet to fill in with {within(kind.plural)}, made {_moment(now)} by {settings.author}.",
        "Write one record in each row below the headings. Columns that you do not need may stay empty or go.",
        "",
        _HEADINGS,
        _LIST,
        _IMPORT,
        "",
        "Leave this page, the name of the sheet and the headings as they are: by them Muster knows what is what.",
    )
    return Wording(about, note)


def note(field: Field) -> str:
    """What the note on a field's heading says: whether it is needed, what it is, how it is written."""
    parts = ["Each row needs it." if field.required else "", field.help, _how(field)]
    return "\n".join(filter(None, parts))


def _how(field: Field) -> str:
    kind = field.kind
    if isinstance(kind, Ref):
        known = TABLES.get(kind.table)
        return f"The name of a {within(known.label)}." if known else ""
    if isinstance(kind, YesNo):
        return "Yes or no."
    if isinstance(kind, Choice):
        words = ", ".join(kind.options.values())
        return f"{'Mostly one of' if kind.open else 'One of'}: {words}." if words else ""
    if isinstance(kind, Moment):
        return "A day and a time, as 2026-11-25 14:30."
    if isinstance(kind, Day):
        return "A day, as 2026-11-25."
    if isinstance(kind, Money):
        return "A sum of money, as 1200.00. Another currency goes behind it: 1200.00 EUR."
    if kind.name in ("number", "whole", "percent"):
        return "A number."
    return ""


def _moment(now: dt.datetime) -> str:
    return f"{now:%Y-%m-%d} at {now:%H:%M}"
