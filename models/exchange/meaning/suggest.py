"""What a column that no heading tells may mean, by its cells. Only ever a suggestion: nobody takes it unasked."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from models.exchange.meaning.fields import sheet_fields
from models.exchange.meaning.nothing import is_empty
from models.exchange.meaning.secrets import is_secret
from models.exchange.tables.grid import shown_cell
from models.fields.field import Field
from models.fields.kind import Cell, Kind, Notes
from models.fields.kinds import Day, Eid, Email, Iccid, Imei, Ip, Mac, Number, P25UnitId, Phone, Text
from models.fields.problem import BadValue
from models.fields.secrets import looks_like_key
from models.schema.catalogue import Catalogue

#: The share of the cells that must be what is suggested.
_NEARLY_ALL = 0.9
#: A choice: so many different words at the most, of so many letters, each so often on average.
_MOST_CHOICES, _LONGEST_CHOICE, _OFTEN = 12, 40, 3
_FEWEST_CELLS = 8
#: A telephone number as it is written, and not just ten digits, which may be anything.
_WRITTEN_PHONE = re.compile(r"\+[\d ().-]{9,}|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}.*")
_MARKED_MAC = re.compile(r".*[:.-].*")
_OF_RADIOS = re.compile(r"\b(r?id|unit|radio|subscriber|suid)\b", re.IGNORECASE)
_TEXT = Field("", "", Text())
_YES_NO = frozenset(("yes", "no", "y", "n", "true", "false", "ja", "nein", "x"))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The key of a field that cells look like, or nothing; and the type of custom field that would hold them.

    `choices` are the words of a custom field of type "choice".
    """

    field: str = ""
    new_type: str = "text"
    choices: tuple[str, ...] = ()


def suggest(
    catalogue: Catalogue, word: str, heading: str, cells: Sequence[Cell], taken: AbstractSet[str]
) -> Suggestion:
    """What a column of a list of some kind of record may be.

    `cells` are some of its cells, `taken` the keys of the fields that other columns mean. A column of secrets is
    nothing. Raises UsageError("kind.unknown").
    """
    filled = [cell for cell in cells if not is_empty(cell, _TEXT)]
    if not filled or is_secret(heading):
        return Suggestion()
    new_type, choices = _new_field(filled)
    return Suggestion(_field(catalogue, word, heading, filled, taken), new_type, choices)


def _field(catalogue: Catalogue, word: str, heading: str, cells: Sequence[Cell], taken: AbstractSet[str]) -> str:
    """The key of the first free field whose numbers or addresses the cells can hardly fail to be."""
    # The plainest field first: IMEI before IMEI 2, MAC address before Wi-Fi MAC.
    for field in sorted(sheet_fields(catalogue, word).values(), key=lambda field: len(field.key)):
        looks = _LOOKS.get(type(field.kind))
        if looks is None or field.key in taken:
            continue
        if type(field.kind) is P25UnitId and not (_OF_RADIOS.search(heading) and len(set(cells)) == len(cells)):
            continue
        good = sum(looks(shown_cell(cell)) and _takes(field.kind, cell) for cell in cells)
        if good >= _NEARLY_ALL * len(cells):
            return field.key
    return ""


def _takes(kind: Kind, cell: Cell) -> bool:
    """Whether a value may be this without a doubt: no error, and no warning of check digits or unlikely numbers."""
    try:
        notes: Notes = []
        return kind.from_cell(cell, notes) is not None and not notes
    except BadValue:
        return False


def _new_field(cells: Sequence[Cell]) -> tuple[str, tuple[str, ...]]:
    """The type of custom field that holds all these cells, and its choices."""
    texts = [shown_cell(cell) for cell in cells]
    pairs = list(zip(cells, texts, strict=True))
    if all(isinstance(cell, bool) for cell in cells) or {text.casefold() for text in texts} <= _YES_NO:
        return "yesno", ()
    dated = all(isinstance(cell, dt.date) or re.search(r"\d[/. -]|[a-z]", text, re.IGNORECASE) for cell, text in pairs)
    if dated and _all(Day(), cells):
        return "date", ()
    if not any(map(_is_code, texts)) and _all(Number(), cells):
        return "number", ()
    words = dict.fromkeys(texts)
    few = len(words) <= _MOST_CHOICES and len(cells) >= max(_FEWEST_CELLS, _OFTEN * len(words))
    plain = all(len(text) <= _LONGEST_CHOICE and "\n" not in text and not looks_like_key(text) for text in words)
    if len(words) > 1 and few and plain:
        return "choice", tuple(words)
    return "text", ()


def _is_code(text: str) -> bool:
    """Whether digits are a name: leading zeros, or more of them than numbers have."""
    digits = text.lstrip("+-")
    return bool(re.match(r"0\d", digits)) or len(digits) > 15


def _all(kind: Kind, cells: Sequence[Cell]) -> bool:
    """Whether a kind takes all cells as one column."""
    whole = kind.for_column(cells)
    for cell in cells:
        try:
            if whole.from_cell(cell, []) is None:
                return False
        except BadValue:
            return False
    return True


def _any(_text: str) -> bool:
    return True


_LOOKS: Mapping[type[Kind], Callable[[str], bool]] = {
    Imei: lambda text: len(re.sub(r"\D", "", text)) == 15,
    Iccid: lambda text: text.startswith("89") and len(re.sub(r"\D", "", text)) in (19, 20),
    Eid: _any,
    Mac: lambda text: bool(_MARKED_MAC.fullmatch(text)),
    Ip: lambda text: text.count(".") == 3 or text.count(":") > 1,
    Email: lambda text: "@" in text,
    Phone: lambda text: bool(_WRITTEN_PHONE.fullmatch(text)),
    P25UnitId: lambda text: text.isdigit() and len(text) > 3,
}
