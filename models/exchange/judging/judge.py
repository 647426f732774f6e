"""Judges the rows of a sheet: which records they name, which record each is about, and what would become of it."""

from dataclasses import dataclass

from sqlalchemy import Connection

from models.exchange.judging.comparing import compare
from models.exchange.judging.draft import Draft
from models.exchange.judging.identities import warn_of_shared
from models.exchange.judging.pairing import Pairing
from models.exchange.judging.resolving import Resolver
from models.exchange.options import ImportOptions
from models.exchange.plan import Made, MatchUse, Unknown
from models.progress import Progress
from models.schema.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found out besides what the draft holds.

    `keys` are the sets of fields that rows were matched by, `uses` what came of each; `made` the records that rows
    name and that are new, `unknown` the names that no record has, `aliases` those to be remembered.
    """

    keys: list[tuple[str, ...]]
    uses: list[MatchUse]
    made: list[Made]
    unknown: list[Unknown]
    aliases: list[tuple[str, str, str]]


def judge(
    draft: Draft, connection: Connection, catalogue: Catalogue, options: ImportOptions, progress: Progress
) -> Judgement:
    """Judge all rows of a draft against one state of the database, as the person says.

    Raises UsageError("match.…"), Cancelled.
    """
    progress.at("match", 0, draft.rows)
    _compose_names(draft)
    resolver = Resolver(draft, connection, options)
    resolver.resolve(progress)
    pairing = Pairing(draft, connection, catalogue, resolver, options.match)
    pairing.pair(progress)
    resolver.refuse_rings()
    resolver.settle_rows()
    compare(draft, connection, catalogue, progress)
    warn_of_shared(draft, connection, catalogue, resolver.names, progress)
    made = resolver.made(progress)
    there = {each.row for each in made}
    aliases = [
        each for each in resolver.references.aliases() if each[2] in there or each[2] not in resolver.references.made
    ]
    progress.at("match", draft.rows, draft.rows)
    return Judgement(
        pairing.keys, pairing.uses(progress), made, resolver.references.unknown(), aliases if options.remember else []
    )


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
