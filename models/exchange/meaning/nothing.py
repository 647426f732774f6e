"""Words for nothing: what people write where there is nothing to write, and where such a word may mean something."""

from models.fields.field import Field
from models.fields.kind import Cell
from models.fields.kinds import Ref

#: What people write where there is nothing to write.
_EMPTY = frozenset(
    ("-", "--", "---", "—", "–", "n/a", "n.a.", "null", "(blank)", "(none)", "<none>", "[null]", "#n/a n/a")
)
#: Words that mean nothing where an identifier or a name is wanted, and may mean something in a free text.
_NO_NAME = frozenset(("none", "na", "nil", "unassigned", "not assigned", "unknown", "tbd", "?", "0000000000"))
#: All of these: what a record must not be called that is to be found again by its name.
WORDS_FOR_NOTHING = _EMPTY | _NO_NAME
#: What is longer says something, if it is not blank.
_LONGEST_EMPTY = max(map(len, WORDS_FOR_NOTHING)) + 2


def is_empty(cell: Cell, field: Field) -> bool:
    """Whether a cell says that there is nothing. A number or a date always says something."""
    if cell is None:
        return True
    if not isinstance(cell, str) or (len(cell) > _LONGEST_EMPTY and not cell.isspace()):
        return False
    text = cell.strip().casefold()
    if not text or text in _EMPTY:
        return True
    return text in _NO_NAME and (isinstance(field.kind, Ref) or field.kind.identifier)


def says_nothing(cell: Cell) -> bool:
    """Whether a cell that its field cannot take is a word for nothing: "none" where a day is wanted."""
    return isinstance(cell, str) and cell.strip().casefold() in _NO_NAME
