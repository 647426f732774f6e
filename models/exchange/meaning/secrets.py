"""Columns that may not come in: PINs, passwords and keys. Muster has no place for them, and no use.

They are known by their headings. What stands in them is neither read into a plan nor shown, kept or written.
"""

import re

from models.exchange.tables.grid import shown_cell
from models.exchange.tables.table import Column
from models.fields.kind import Cell
from models.fields.secrets import looks_like_key

_SECRET = re.compile(
    r"\b(pin[12]?|puk[12]?|sim ?pin|sim ?puk|unlock(ing)? (code|pin|key)|pass ?words?|passwd|pwd|pass ?phrases?|"
    r"pass ?codes?|pre ?shared key|psk|secrets?|private key|recovery key|bit ?locker (recovery )?key|"
    r"file ?vault (recovery )?key|bypass code|(security|lock) code|credentials?|token secret|"
    r"(encryption|traffic|aes|des|adp|rc4|wep|wpa2?) key( data| material| value| hex)?|key (material|data|value|hex)|"
    r"(tek|kek|ckek))\b"
)
#: About a password, and no password: when it was changed, whether one is required.
_ABOUT = re.compile(
    r"\b(changed?|expir\w*|never|required?|last|age|policy|set|reset|date|length|strong|status|enabled|complexity|"
    r"compliant|time ?stamp|property|parcel|identification|attempts?|block|"
    r"ids?|name|type|reference|number of|rotated?|escrowed)\b"
)
#: Columns in which a run of hex digits is a key, and not a number of something.
_OF_KEYS = re.compile(r"encrypt|\bkeys?\b|\bckr|\bkid\b|\bsln\b|\bkmf|\balg|secure", re.IGNORECASE)
#: What forms say of their columns, and not of what stands in them: "Password [Required]".
_FORM = re.compile(
    r"[\[(]\s*(required|optional|mandatory|upload only|read only)\s*[\])]|\[\w+\]\s*(required)?", re.IGNORECASE
)
_WORD_ENDS = re.compile(r"(?<=[a-z])(?=[A-Z])|[\W_]+")
_SAMPLES = 5


def is_secret(heading: str) -> bool:
    """Whether a column of that heading holds secrets: "SIM PIN", "PUK 1", "adminPassword", "Activation secret"."""
    words = " ".join(_WORD_ENDS.sub(" ", _FORM.sub(" ", heading)).casefold().split())
    found = _SECRET.search(words)
    return found is not None and not _ABOUT.search(words[: found.start()] + " " + words[found.end() :])


def is_hidden(heading: str, cell: Cell) -> bool:
    """Whether a cell may not be shown or handed on: it is of a column of secrets, or a key in a column about keys."""
    if is_secret(heading):
        return True
    return is_about_keys(heading) and looks_like_key(shown_cell(cell))


def is_about_keys(heading: str) -> bool:
    """Whether a run of hex digits in a column of that heading is a key, and not a number of something."""
    return _OF_KEYS.search(heading) is not None


def shown_samples(column: Column) -> list[str]:
    """Some cells of a column as people read them; none of a column of secrets, and no key."""
    if is_secret(column.heading):
        return []
    return ["" if is_hidden(column.heading, cell) else shown_cell(cell) for cell in column.samples[:_SAMPLES]]
