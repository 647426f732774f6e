"""What may be said of an import on the command line, and the options that it means."""

import argparse
import re
from collections.abc import Callable, Iterable, Mapping

from desktop.console.profiles import profile_name
from desktop.console.session import Session
from models.exchange.fixes import Fix
from models.exchange.options import ImportOptions, NewField
from models.fields.problem import UsageError
from models.schema.catalogue import Catalogue
from models.schema.records import RECORDS, TABLES, record_type
from models.services.custom import key_for

_TYPES = ("text", "number", "date", "choice", "yesno")
_CELL = re.compile(r"(?P<heading>.+?):(?P<row>[0-9]{1,7})=(?P<text>.*)", re.DOTALL)


def add_import_arguments(bring: argparse.ArgumentParser, whole: Callable[[str], int]) -> None:
    """The arguments of `muster import`, in groups. `whole` reads a whole number from 0."""
    bring.usage = "muster import FILE… [OPTION]…"
    bring.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help=".xlsx, .xls, .xlsb, .ods, .csv, .tsv or other delimited text; a folder of them; - reads what is piped in",
    )
    _which(bring.add_argument_group("which table"), whole)
    _meaning(bring.add_argument_group("what it means"))
    _reading(bring.add_argument_group("how cells are read"))
    _records(bring.add_argument_group("which records are meant"))
    done = bring.add_argument_group("what is done")
    done.add_argument("--dry-run", action="store_true", help="show the plan and write nothing")
    done.add_argument(
        "--errors", metavar="OUT.xlsx", help="write the refused rows there, in their own layout, with what to mend"
    )
    done.add_argument("--save-profile", metavar="NAME", help="read sheets with these headings so from now on")


def read_import_options(session: Session, asked: argparse.Namespace) -> ImportOptions:
    """The options that the arguments mean. Raises UsageError."""
    if asked.kind:
        record_type(asked.kind)
    mapping = _pairs("--map", "import.mapping", asked.map)
    new_fields = [_new_field(session.catalogue, asked.kind, each) for each in asked.new_field]
    mapping |= {field.label: field.key for field in new_fields}
    return ImportOptions(
        kind=asked.kind,
        sheet=asked.sheet,
        area=asked.range,
        header=asked.header,
        mapping=mapping,
        match=asked.match,
        profile=profile_name(asked.profile),
        new_fields=tuple(field for field in new_fields if not _is_there(session.catalogue, field)),
        constants=_constants(asked.constant),
        kind_column=asked.kind_column,
        kinds={name: record_type(word).word for name, word in _pairs("--kinds", "import.option", asked.kinds).items()},
        readings=_pairs("--read", "import.option", asked.read),
        clear=frozenset(asked.clear),
        keep=frozenset(asked.keep),
        cells=_cells(asked.cell),
        names=_names(asked.name),
        create=_tables(asked.create),
        remember=not asked.no_remember,
    )


def _which(group: "argparse._ArgumentGroup", whole: Callable[[str], int]) -> None:
    group.add_argument("--sheet", metavar="NAME", help="the sheet, by its name or its number")
    group.add_argument("--all-sheets", action="store_true", help="every sheet that holds a table, each on its own")
    group.add_argument("--range", metavar="A5:H90", help="the part of the sheet")
    group.add_argument("--header", metavar="ROW", type=whole, help="the row of the headings; 0: there are none")


def _meaning(group: "argparse._ArgumentGroup") -> None:
    group.add_argument("--as", dest="kind", metavar="KIND", help="the kind of record (else it is guessed)")
    group.add_argument("--profile", metavar="NAME", help="read it as this profile says (none: as no profile says)")
    _many(group, "--map", "HEADING=FIELD", "what a column means; “HEADING=” leaves it out")
    _many(group, "--constant", "FIELD=VALUE", "what a field is where the row does not say it")
    _many(group, "--new-field", "HEADING=TYPE", f"make a custom field of it: {', '.join(_TYPES)}; choice:A|B|C")
    group.add_argument("--kind-column", metavar="HEADING", help="the column that says which kind of asset a row is")
    _many(group, "--kinds", "WORD=KIND", "what a word of that column means: Laptop=hardware")


def _reading(group: "argparse._ArgumentGroup") -> None:
    about = "dmy or mdy (days), . or , (decimal mark), fraction or percent, text (words like “none” count)"
    _many(group, "--read", "HEADING=HOW", about)
    _many(group, "--clear", "HEADING", "an empty cell of this column clears the field; else it leaves it alone")
    _many(group, "--keep", "HEADING", "an empty cell of this column leaves the field alone, whatever the profile says")
    _many(group, "--cell", "HEADING:ROW=TEXT", "the text that a cell should have")
    _many(group, "--fix", "HEADING:OLD=NEW", "the text that all cells of a column should have that say OLD")


def _records(group: "argparse._ArgumentGroup") -> None:
    group.add_argument("--match", metavar="FIELD", help="the field by which known records are found (several: with +)")
    _many(
        group,
        "--name",
        "[KIND:]NAME=MEANS",
        "what an unknown name means: a record's name or id; + makes it, - leaves the cell empty, ! refuses the row",
    )
    group.add_argument(
        "--create",
        metavar="KIND,…",
        help="make unknown names of these kinds without asking; all or none (else those that are like no known one)",
    )
    group.add_argument("--no-remember", action="store_true", help="do not keep what names mean for the next import")


def _many(group: "argparse._ArgumentGroup", name: str, metavar: str, about: str) -> None:
    group.add_argument(name, metavar=metavar, action="append", default=[], help=about)


def _pairs(option: str, code: str, texts: Iterable[str]) -> dict[str, str]:
    """`HEADING=WORD` as pairs; a heading may hold a =, the word cannot. Raises UsageError."""
    found = {}
    for text in texts:
        heading, sign, word = text.rpartition("=")
        if not sign or not heading.strip():
            raise UsageError(code, text, option=option)
        found[heading.strip()] = word.strip()
    return found


def _constants(texts: Iterable[str]) -> dict[str, str]:
    """`FIELD=VALUE` as pairs; a value may hold a =. Raises UsageError."""
    found = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise UsageError("import.option", text, option="--constant")
        found[name.strip()] = value
    return found


def _new_field(catalogue: Catalogue, kind: str | None, text: str) -> NewField:
    """`HEADING=TYPE[:A|B|C]`, under the key of the field that is called so already, or a new one. Raises UsageError."""
    heading, sign, said = text.rpartition("=")
    value_type, _, listed = said.strip().partition(":")
    choices = tuple(filter(None, map(str.strip, listed.split("|"))))
    heading = heading.strip()
    if not sign or not heading or value_type not in _TYPES or (value_type == "choice") != bool(choices):
        raise UsageError("import.new-field", text)
    fields = [field for word in ([kind] if kind else RECORDS) for field in catalogue.fields(word) if field.custom]
    known = next((field.key for field in fields if field.label.casefold() == heading.casefold()), "")
    taken = {field.key for word in RECORDS for field in catalogue.fields(word)}
    return NewField(known or key_for(heading, taken), heading, value_type, choices)


def _is_there(catalogue: Catalogue, field: NewField) -> bool:
    return any(field.key in catalogue.keys(word) for word in RECORDS)


def _cells(texts: Iterable[str]) -> Mapping[str, Mapping[int, str]]:
    found: dict[str, dict[int, str]] = {}
    for text in texts:
        read = _CELL.fullmatch(text)
        if not read:
            raise UsageError("import.cell", text)
        found.setdefault(read["heading"].strip(), {})[int(read["row"])] = read["text"]
    return found


def read_fixes(texts: Iterable[str]) -> tuple[Fix, ...]:
    """`HEADING:OLD=NEW` as what it mends. Raises UsageError."""
    found = []
    for text in texts:
        heading, colon, rest = text.partition(":")
        old, sign, new = rest.rpartition("=")
        if not colon or not sign or not heading.strip() or not old.strip():
            raise UsageError("import.option", text, option="--fix")
        found.append(Fix(heading.strip(), old, new))
    return tuple(found)


def _names(texts: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
    """What names mean, by table: of the kind that is said before a colon, else of all that a cell may name."""
    found: dict[str, dict[str, str]] = {}
    for text in texts:
        said, sign, meaning = text.rpartition("=")
        if not sign or not said.strip() or not meaning.strip():
            raise UsageError("import.option", text, option="--name")
        word, colon, name = said.partition(":")
        one = colon and word.strip() in RECORDS and name.strip()
        for table in [record_type(word.strip()).table] if one else TABLES:
            found.setdefault(table, {})[(name if one else said).strip()] = meaning.strip()
    return found


def _tables(text: str | None) -> frozenset[str] | None:
    """The tables of which new names are made. Raises UsageError("kind.unknown")."""
    if text is None:
        return None
    words = [word.strip() for word in text.split(",") if word.strip()]
    if words in (["all"], ["none"]):
        return frozenset(TABLES if words == ["all"] else ())
    return frozenset(record_type(word).table for word in words)
