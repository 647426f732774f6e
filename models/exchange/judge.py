"""Judges the rows of a sheet: which records they name, which record each is about, and what would become of it."""

from sqlalchemy import Connection

from models.exchange.draft import Draft
from models.exchange.fields import KIND, MUSTER_ID
from models.exchange.identities import warn_of_shared
from models.exchange.pairing import Pairing, compare
from models.exchange.references import Made
from models.exchange.resolving import Resolver
from models.fields.problem import Problem, Severity
from models.progress import Progress
from models.schema.catalogue import Catalogue


class Judgement:
    """What was found out of a draft besides what the draft holds."""

    def __init__(self, keys: list[tuple[str, ...]], made: list[Made]) -> None:
        """`keys`: the sets of fields that rows were matched by; `made`: the records that they name and that are new."""
        self.keys = keys
        self.made = made


def judge(
    draft: Draft, connection: Connection, catalogue: Catalogue, match: str | None, progress: Progress
) -> Judgement:
    """Judge all rows of a draft against one state of the database.

    `match`: the key that the person wants. Raises UsageError("match.…"), Cancelled.
    """
    _compose_names(draft)
    resolver = Resolver(draft, connection)
    resolver.resolve()
    pairing = Pairing(draft, connection, catalogue, resolver, match)
    pairing.pair(progress)
    _leave_out_foreign(draft, catalogue, resolver)
    resolver.refuse_rings()
    resolver.settle_rows()
    compare(draft, connection, catalogue, progress)
    warn_of_shared(draft, connection, catalogue, resolver.names)
    made = resolver.made()
    progress.at("match", draft.rows, draft.rows)
    return Judgement(pairing.keys, made)


def _compose_names(draft: Draft) -> None:
    """A person's name of its parts, where no column has the whole."""
    if draft.kind.word != "person" or "name" in draft.columns:
        return
    for row in range(draft.rows):
        name = _joined(draft, row, "given_name", "family_name") or draft.value(row, "email")
        name = name or draft.value(row, "username")
        if name:
            draft.extra[row] = {"name": name}


def _joined(draft: Draft, row: int, *keys: str) -> str:
    return " ".join(value for key in keys if (value := draft.value(row, key)))


def _leave_out_foreign(draft: Draft, catalogue: Catalogue, resolver: Resolver) -> None:
    """In a list of all kinds of asset: leave out values of fields that a row's own kind has not, and say so."""
    if draft.kind.word != "asset":
        return
    common = catalogue.keys("asset").keys() | {KIND, MUSTER_ID.key}
    for key, column in draft.columns.items():
        if key in common:
            continue
        for row, value in enumerate(column):
            if value is not None and not draft.refused(row):
                kind = draft.found_kinds.get(row) or draft.asset_kind(row) or ""
                if key not in catalogue.keys(kind):
                    shown = resolver.shown(key, value)
                    draft.note(row, key, Problem("field.other-kind", shown, "", Severity.WARNING, {"kind": kind}))
                    column[row] = None
