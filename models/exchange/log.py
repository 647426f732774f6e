"""The log of imports: what the journal knows of those that wrote something. An import is told by its fingerprint."""

import datetime as dt
from dataclasses import dataclass
from pathlib import PurePath

from sqlalchemy import Connection

from models.exchange.plan import Before
from models.journal.history import Deed, deeds_with

#: What the details of an import's action have, and no other action's (see `apply`).
_FINGERPRINT = "sha256"
_EVERY = 100_000
_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}


@dataclass(frozen=True, slots=True)
class Imported:
    """One import: its action, who and on which device, when (UTC), from which file and sheet, and its rows.

    `sha256` is the file's fingerprint, `profile` the name of the one that was used. `undone_by` is the action that took
    it back, where one stands. `login` and `own` as in `Deed`.
    """

    action: str
    author: str
    device: str
    when: dt.datetime
    file: str
    sheet: str
    kind: str
    sha256: str
    rows: int
    new: int
    changed: int
    same: int
    refused: int
    profile: str
    undone_by: str | None
    login: str | None = None
    own: bool = True


def imports(connection: Connection, limit: int = 200) -> list[Imported]:
    """The last imports that wrote something, latest first; those undone too."""
    return [_imported(deed) for deed in deeds_with(connection, _FINGERPRINT, limit=limit)]


def imported_before(connection: Connection, sha256: str, sheet: str) -> Before | None:
    """The last import of the same file and sheet, one that was not undone before those that were."""
    found = [_imported(deed) for deed in deeds_with(connection, _FINGERPRINT, sha256, _EVERY)]
    mine = [each for each in found if each.sheet == sheet or _is_text(each)]
    if not mine:
        return None
    last = next((each for each in mine if each.undone_by is None), mine[0])
    return Before(last.action, last.author, last.when.isoformat(), last.undone_by is not None)


def _is_text(each: Imported) -> bool:
    """Whether it was a text file: that has one sheet, whose name changes with the file's."""
    path = PurePath(each.file)
    return each.sheet == path.stem and path.suffix.lower() not in _WORKBOOKS


def _imported(deed: Deed) -> Imported:
    def text(key: str) -> str:
        return str(deed.details.get(key) or "")

    def number(key: str) -> int:
        value = deed.details.get(key)
        return value if isinstance(value, int) else 0

    return Imported(
        action=deed.action,
        author=deed.author,
        device=deed.device,
        when=deed.when,
        file=text("file"),
        sheet=text("sheet"),
        kind=text("kind"),
        sha256=text(_FINGERPRINT),
        rows=number("rows"),
        new=number("new"),
        changed=number("changed"),
        same=number("same"),
        refused=number("refused"),
        profile=text("profile"),
        undone_by=deed.undone_by,
        login=deed.login,
        own=deed.own,
    )
