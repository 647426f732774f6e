"""One record: finding it by what people call it, making it, changing it. For the window and the command line alike."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import ColumnElement, Connection, select

from models.fields.field import Field
from models.fields.ids import new_id
from models.fields.kinds import Ref
from models.fields.problem import BadValue, Problem, Severity, UsageError
from models.journal.entry import Changes, Edit
from models.journal.writer import Journal
from models.query.names import Names
from models.query.parse import find_field
from models.query.window import Row, page
from models.rules.identities import sharing
from models.rules.in_use import is_inside
from models.rules.tag_book import names_assets
from models.schema.catalogue import Catalogue
from models.schema.records import ASSET_KINDS, RECORDS, TABLES, RecordType, record_type
from models.services.tags import tag_problem
from models.settings import Settings, localised

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
#: How many of several records, or of similar names, a message names.
_NAMED = 5

Texts = Mapping[str, str]
"""What people typed, by field: its key, label or any heading it is known by. An empty text clears."""


class BadFields(UsageError):
    """Texts that cannot be kept. `problems` has one for each, with the key of its field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        first = problems[0]
        super().__init__(first.code, first.value, **first.details)
        self.problem = first


@dataclass(frozen=True, slots=True)
class Read:
    """Typed texts as a patch, and what was wrong or odd about them: errors refuse, warnings do not."""

    patch: dict[str, str | None]
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """The problems that refuse."""
        return [each for each in self.problems if each.severity is Severity.ERROR]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the changes, the record's id, and warnings to tell."""

    changes: Changes
    row: str
    warnings: tuple[Problem, ...]


def find_record(connection: Connection, catalogue: Catalogue, word: str, text: str, *, deleted: bool = False) -> Row:
    """The record that people mean: by its id, its name, or any value that identifies it; all its fields with it.

    With `deleted` one that was deleted counts where no live one is meant. Raises UsageError("kind.unknown",
    "record.none", "record.several").
    """
    kind = record_type(word)
    found = _meant(connection, catalogue, kind, text.strip())
    if not found and deleted:
        found = _meant(connection, catalogue, kind, text.strip(), live=False)
    if not found:
        raise UsageError("record.none", text, kind=kind.label)
    if len(found) > 1:
        names = Names(connection)
        rows = page(connection, catalogue, word, found[:_NAMED], [])
        told = ", ".join(f"{names.label(kind.table, row.id)} ({row.id})" for row in rows)
        raise UsageError("record.several", text, kind=kind.label, count=str(len(found)), records=told)
    return whole_record(connection, catalogue, word, found[0])


def whole_record(connection: Connection, catalogue: Catalogue, word: str, number: int) -> Row:
    """One record by its local number, with all fields of its own kind (a radio's, where `word` is just "asset").

    Raises UsageError("record.none").
    """
    rows = page(connection, catalogue, word, [number], [])
    if not rows:
        raise UsageError("record.none", str(number), kind=record_type(word).label)
    own = rows[0].kind if rows[0].kind in RECORDS else word
    return page(connection, catalogue, own, [number], [each.key for each in catalogue.fields(own)])[0]


def read_texts(
    connection: Connection,
    catalogue: Catalogue,
    word: str,
    texts: Texts,
    settings: Settings,
    row: str = "",
    names: Names | None = None,
) -> Read:
    """What typed texts mean for a record of a kind: each through its field's kind, names of records as their ids.

    `row` is the id of the record that they are for, empty for a new one; `settings` say how people here write days,
    sums and telephone numbers; `names` spares many records of one state of the database from asking for the names anew.
    Nothing is raised for a text; the problems say it (field.unknown, field.twice, field.kept, field.required,
    reference.unknown, reference.several, reference.ring, those of the kinds and of `tag_problem`).
    """
    names = names or Names(connection)
    read = Read({})
    for name, text in texts.items():
        known = catalogue.keys(word).get(name) or find_field(name, catalogue, word)
        if known is None:
            near = _near(name, [form for each in catalogue.fields(word) for form in (each.key, each.label)])
            read.problems.append(Problem("field.unknown", name, name, details={"kind": word, "near": near}))
        elif known.kept:
            read.problems.append(Problem("field.kept", text, known.key))
        elif known.key in read.patch:
            read.problems.append(Problem("field.twice", text, known.key))
        else:
            local = replace(known, kind=localised(known.kind, settings))
            read.patch[known.key] = _canonical(connection, names, local, text, row, read.problems)
    return read


def set_fields(journal: Journal, word: str, row: str, texts: Texts, settings: Settings, title: str = "") -> Written:
    """Change fields of one record, by its id or what people call it. Nothing is written where nothing changes.

    `title` is what the history calls the deed. Raises BadFields; UsageError("record.none" …); DatabaseError.
    """
    catalogue = journal.database.catalogue()
    with journal.database.reading() as connection:
        now = find_record(connection, catalogue, word, row)
        read = read_texts(connection, catalogue, now.kind, texts, settings, now.id)
        if read.errors:
            raise BadFields(read.errors)
        kind = record_type(now.kind)
        warnings = [*read.problems, *_shared(connection, catalogue, kind, read.patch, now.values | read.patch, now.id)]
        name = Names(connection).label(kind.table, now.id)
    changes = journal.write(title or f"Change {name or kind.label.lower()}", [Edit(kind.table, now.id, read.patch)])
    return Written(changes, now.id, tuple(warnings))


def create_record(journal: Journal, word: str, texts: Texts, settings: Settings, title: str = "") -> Written:
    """Make one record. Raises BadFields; UsageError("record.needs-kind") for an asset of no kind; DatabaseError."""
    kind = record_type(word)
    if kind.table == "asset" and kind.asset_kind is None:
        raise UsageError("record.needs-kind", word, kinds=", ".join(ASSET_KINDS))
    catalogue = journal.database.catalogue()
    with journal.database.reading() as connection:
        read = read_texts(connection, catalogue, word, texts, settings)
        # What is wrong with a field is told once; a custom field of one category is not asked of the others.
        spared = {problem.field for problem in read.problems} | set(catalogue.categories)
        for each in catalogue.fields(word):
            if each.required and each.key not in spared and read.patch.get(each.key) is None:
                read.problems.append(Problem("field.required", field=each.key))
        if read.errors:
            raise BadFields(read.errors)
        warnings = [*read.problems, *_shared(connection, catalogue, kind, read.patch, read.patch)]
        name = read.patch.get(kind.naming) or ""
        shown = Names(connection).shown(catalogue.field(word, kind.naming), name) if name else ""
    patch = {key: value for key, value in read.patch.items() if value is not None}
    if kind.asset_kind:
        patch["kind"] = kind.asset_kind
    row = new_id()
    title = title or f"Add {kind.label.lower()} {shown}".strip()
    changes = journal.write(title, [Edit(kind.table, row, patch, new=True)])
    return Written(changes, row, tuple(warnings))


def _meant(
    connection: Connection, catalogue: Catalogue, kind: RecordType, text: str, *, live: bool = True
) -> list[int]:
    """The numbers of the records that a text means: the first way of reading it that finds any."""
    rows = kind.sql
    scope: list[ColumnElement[bool]] = [rows.c.deleted.is_(None) if live else rows.c.deleted.is_not(None)]
    if kind.asset_kind:
        scope.append(rows.c.kind == kind.asset_kind)

    def numbers(*where: ColumnElement[bool]) -> list[int]:
        found = select(rows.c.nr).where(*scope, *where).order_by(rows.c.nr).limit(100)
        return list(connection.execute(found).scalars())

    if not text:
        return []
    if _UUID.fullmatch(text):
        return numbers(rows.c.id == text.lower())
    for known, value in _readings(catalogue, kind, text):
        column = rows.c[known.key]
        if found := numbers(column == int(value) if known.kind.whole else column.collate("NOCASE") == value):
            return found
    names = Names(connection)
    naming = catalogue.field(kind.word, kind.naming)
    if isinstance(naming.kind, Ref):  # a seat is called by its entitlement
        named = names.meant(naming.kind.table, text)
        return numbers(rows.c[naming.key].in_(named)) if named else []
    meant = names.meant(kind.table, text) if live else []
    return numbers(rows.c.id.in_(meant)) if meant else []


def _readings(catalogue: Catalogue, kind: RecordType, text: str) -> Iterator[tuple[Field, str]]:
    """The text as a value of each field that may identify a record of the kind, the telling ones first."""
    kinds = [RECORDS[word] for word in ASSET_KINDS] if kind.word == "asset" else [kind]
    keys = [each.naming for each in kinds]
    keys += [match[0] for each in kinds for match in each.match_keys if len(match) == 1]
    known = catalogue.table_keys(kind.table) if len(kinds) > 1 else dict(catalogue.keys(kind.word))
    keys += [key for key, each in known.items() if each.identity]
    for key in dict.fromkeys(keys):
        if not isinstance(known[key].kind, Ref) and not known[key].custom:
            try:
                value = known[key].kind.parse(text, [])
            except BadValue:
                continue
            if value is not None:
                yield known[key], value


def _canonical(
    connection: Connection, names: Names, known: Field, text: str, row: str, problems: list[Problem]
) -> str | None:
    """A typed text as the field's canonical value; problems are added for what is wrong with it."""
    notes: list[Problem] = []
    try:
        value = known.kind.parse(text, notes)
    except BadValue as error:
        problems.append(replace(error.problem, field=known.key))
        return None
    problems.extend(replace(note, field=known.key) for note in notes)
    if value is None:
        if known.required:
            problems.append(Problem("field.required", field=known.key))
        return None
    if names_assets(known) and not _has(connection, row, value):
        judged = tag_problem(connection, value)
        problems.extend([judged] if judged else [])
        return None if judged and judged.severity is Severity.ERROR else value
    if not isinstance(known.kind, Ref):
        return value
    table = known.kind.table
    meant = names.meant(table, value)
    label = TABLES[table].label.lower()
    if not meant:
        near = ", ".join(names.near(table, value))
        problems.append(Problem("reference.unknown", value, known.key, details={"kind": label, "near": near}))
        return None
    if len(meant) > 1:
        told = ", ".join(f"{names.path(table, each)} ({each})" for each in meant[:_NAMED])
        problems.append(Problem("reference.several", value, known.key, details={"kind": label, "records": told}))
        return None
    if row and known.key == "parent" and is_inside(connection, table, row, meant[0]):
        problems.append(Problem("reference.ring", value, known.key, details={"kind": label}))
        return None
    return meant[0]


def _has(connection: Connection, row: str, tag: str) -> bool:
    """Whether the record has that tag already."""
    return bool(row and connection.exec_driver_sql("SELECT 1 FROM asset WHERE id = ? AND tag = ?", (row, tag)).first())


def _shared(
    connection: Connection,
    catalogue: Catalogue,
    kind: RecordType,
    patch: Mapping[str, str | None],
    values: Mapping[str, str | None],
    row: str = "",
) -> Iterator[Problem]:
    """A warning for each identity that the patch touches and another record has too."""
    names = Names(connection)
    for found in sharing(connection, catalogue, kind.word, values, row):
        if found.field in patch:
            told = ", ".join(names.label(found.table, each) or each for each in found.rows[:_NAMED])
            shown = catalogue.field(kind.word, found.field).kind.format(found.value)
            yield Problem("identity.shared", shown, found.field, Severity.WARNING, {"records": told})


def _near(name: str, known: Sequence[str]) -> str:
    """Up to three of the known names that are much like this one, for a message; empty where there is none."""
    forms = {form.casefold(): form for form in known}
    return ", ".join(forms[near] for near in difflib.get_close_matches(name.casefold(), forms, 3, 0.6))
