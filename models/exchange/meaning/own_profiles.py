"""The profiles that people save: records like any other, so listed, replaced, removed and undone."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from models.exchange.meaning.profile import Profile, Signature, digest
from models.exchange.meaning.profiles import NO_PROFILE, find_profile
from models.exchange.meaning.shipped_profiles import shipped
from models.exchange.options import ImportOptions, NewField
from models.exchange.plan import Plan
from models.fields.ids import new_id
from models.fields.problem import UsageError
from models.journal.entry import Changes, Edit
from models.journal.writer import Journal
from models.query.parse import squeeze
from models.schema.records import RECORDS, record_type

_TABLE = record_type("import_profile").sql


def own_profiles(connection: Connection) -> list[Profile]:
    """The profiles that were saved, the newest first."""
    live = select(_TABLE).where(_TABLE.c.deleted.is_(None)).order_by(_TABLE.c.nr.desc())
    return [_profile(row) for row in connection.execute(live).mappings()]


def save_profile(journal: Journal, name: str, plan: Plan) -> Changes:
    """Keep how a plan reads its sheet, under a name; one of that name that was saved before is replaced.

    The sheet's cells, and what names of records were said to mean, are no part of it. Raises UsageError
    ("profile.no-name"; "profile.taken": a shipped one has that name); DatabaseError.
    """
    name = " ".join(name.split())
    if not name:
        raise UsageError("profile.no-name")
    if name.casefold() in (NO_PROFILE, *(profile.name.casefold() for profile in shipped())):
        raise UsageError("profile.taken", name)
    patch = {
        "name": name,
        "record": plan.kind,
        "signature": digest(plan.headings) if plan.header_row is not None else "",
        "settings": json.dumps(_settings(plan), ensure_ascii=False),
    }

    def edits(connection: Connection) -> list[Edit]:
        # The newest of several that know the same headings is used: so a new row, and not a changed one.
        made = Edit(_TABLE.name, new_id(), {key: text for key, text in patch.items() if text}, new=True)
        return [*_deletions(connection, name), made]

    return journal.write(f"Save import profile {name}", edits)


def remove_profile(journal: Journal, name: str) -> Changes:
    """Delete a saved profile. Raises UsageError("profile.unknown", "profile.shipped"); DatabaseError."""
    with journal.database.reading() as connection:
        profile = find_profile(own_profiles(connection), name)
    if not profile.own:
        raise UsageError("profile.shipped", profile.name)
    return journal.write(
        f"Delete import profile {profile.name}", lambda connection: _deletions(connection, profile.name)
    )


def _deletions(connection: Connection, name: str) -> list[Edit]:
    """The edits that delete all profiles of a name, in any case of its letters."""
    same = [profile for profile in own_profiles(connection) if profile.name.casefold() == name.casefold()]
    names = {profile.name for profile in same}
    rows = select(_TABLE.c.id).where(_TABLE.c.deleted.is_(None), _TABLE.c.name.in_(names))
    return [Edit(_TABLE.name, row, {"deleted": "yes"}) for row in connection.execute(rows).scalars()]


def _settings(plan: Plan) -> dict[str, object]:
    """What a profile keeps of a plan: how its columns are understood and read."""
    options = plan.options
    left_out = {squeeze(heading) for heading, key in options.mapping.items() if not key}
    secret = {each.heading for each in plan.left_out if each.code.startswith("secret.")}
    mapping = {
        heading: key or ""
        for heading, key in plan.mapping.items()
        if heading not in secret and (key or squeeze(heading) in left_out)
    }
    return {
        "mapping": mapping,
        "new_fields": [
            {"key": each.key, "label": each.label, "type": each.type, "choices": list(each.choices)}
            for each in options.new_fields
        ],
        "constants": dict(options.constants),
        "match": options.match or "",
        "readings": dict(options.readings),
        "words": {heading: dict(words) for heading, words in options.words.items()},
        "clear": sorted(options.clear),
        "kind_column": options.kind_column or "",
        "kinds": dict(options.kinds),
        "create": None if options.create is None else sorted(options.create),
    }


def _profile(row: RowMapping) -> Profile:
    """A saved profile. What cannot be read of its settings says nothing: people may change records as they like."""
    try:
        said = json.loads(row["settings"] or "{}")
    except ValueError:
        said = {}
    said = said if isinstance(said, dict) else {}
    create = said.get("create")
    options = ImportOptions(
        kind=row["record"] if row["record"] in RECORDS else None,
        mapping=_texts(said.get("mapping")),
        match=_text(said.get("match")) or None,
        new_fields=tuple(_new_field(each) for each in _list(said.get("new_fields")) if isinstance(each, dict)),
        constants=_texts(said.get("constants")),
        kind_column=_text(said.get("kind_column")) or None,
        kinds=_texts(said.get("kinds")),
        readings=_texts(said.get("readings")),
        words={heading: _texts(words) for heading, words in _dict(said.get("words")).items()},
        clear=frozenset(map(_text, _list(said.get("clear")))),
        create=frozenset(map(_text, create)) if isinstance(create, list) else None,
    )
    name = row["name"] or ""
    return Profile(name, name, options, (Signature(digest=row["signature"] or ""),), own=True)


def _new_field(said: Mapping[str, Any]) -> NewField:
    choices = tuple(map(_text, _list(said.get("choices"))))
    return NewField(_text(said.get("key")), _text(said.get("label")), _text(said.get("type")) or "text", choices)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> dict[str, str]:
    return {key: _text(text) for key, text in _dict(value).items()}


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
