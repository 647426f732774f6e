"""Stocks and designs as JSON that anybody may have written: each value is read with its bounds or refused in words."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from models.fields.problem import InputError, UsageError

LONGEST_JSON = 2_000_000
"""Characters of the JSON of one design with its pictures, at most."""
LONGEST_TEXT, LONGEST_NAME = 500, 80
"""Characters of a text and of a name, at most."""
_MOST_ENTRIES = 200


def json_of(text: str, name: str) -> object:
    """The value that a JSON text has. Raises UsageError("label.not-json"); `name` is what the sentence calls it."""
    if len(text) > LONGEST_JSON:
        raise UsageError("label.not-json", name)
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError("label.not-json", name) from error
    return found


def json_file(path: Path) -> object:
    """The value that a JSON file has. Raises InputError("label.cannot-read", "label.not-json")."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            return json_of(file.read(LONGEST_JSON + 1), path.name)
    except OSError as error:
        raise InputError("label.cannot-read", str(path), reason=error.strerror or str(error)) from error
    except (UnicodeDecodeError, UsageError) as error:
        raise InputError("label.not-json", path.name) from error


class Entry:
    """One JSON object. Each reader raises UsageError with the name of the whole, the key, and what belongs there."""

    def __init__(self, data: object, name: str = "") -> None:
        """`data`: what JSON gave; `name` of the whole, for what is told (else its own "name")."""
        if not isinstance(data, Mapping):
            raise UsageError("label.data-object", name)
        self.data: Mapping[str, Any] = data
        own = data.get("name")
        self.name = name or (own if isinstance(own, str) else "")

    def __contains__(self, key: str) -> bool:
        """The object has this key."""
        return key in self.data

    def text(self, key: str, default: str | None = None, longest: int = LONGEST_TEXT) -> str:
        """A text in one line; without a default it must be there and not be empty."""
        found = self.data.get(key, default)
        if not isinstance(found, str) or len(found) > longest or not (found.strip() or default is not None):
            raise self._wrong("label.data-text", key, most=f"{longest:,}")
        return found if default is not None and found == default else " ".join(found.split())

    def exact(self, key: str, longest: int) -> str:
        """A text as it stands."""
        found = self.data.get(key)
        if not isinstance(found, str) or len(found) > longest:
            raise self._wrong("label.data-text", key, most=f"{longest:,}")
        return found

    def word(self, key: str, known: Sequence[str], default: str) -> str:
        """One of some words."""
        found = self.data.get(key, default)
        if not isinstance(found, str) or found not in known:
            raise self._wrong("label.data-word", key, known=", ".join(known))
        return found

    def flag(self, key: str) -> bool:
        """True or false; false when it is not there."""
        found = self.data.get(key, False)
        if not isinstance(found, bool):
            raise self._wrong("label.data-word", key, known="true, false")
        return found

    def number(self, key: str, least: float, most: float, default: float | None = None) -> float:
        """A number within bounds."""
        found = self.data.get(key, default)
        if not _is_number(found, least, most):
            raise self._wrong("label.data-number", key, least=f"{least:g}", most=f"{most:g}")
        return float(found)

    def numbers(self, key: str, count: int, least: float, most: float) -> tuple[float, ...]:
        """So many numbers, each within bounds."""
        found = self.data.get(key)
        if (
            not isinstance(found, list)
            or len(found) != count
            or not all(_is_number(each, least, most) for each in found)
        ):
            raise self._wrong("label.data-numbers", key, count=str(count), least=f"{least:g}", most=f"{most:g}")
        return tuple(map(float, found))

    def texts(self, key: str) -> tuple[str, ...]:
        """Some short texts; none when the key is not there."""
        found = self.data.get(key, [])
        if (
            not isinstance(found, list)
            or len(found) > _MOST_ENTRIES
            or not all(isinstance(each, str) and 0 < len(each) <= LONGEST_TEXT for each in found)
        ):
            raise self._wrong("label.data-list", key, most=str(_MOST_ENTRIES))
        return tuple(found)

    def entries(self, key: str) -> tuple["Entry", ...]:
        """Some objects, called by the name of the whole."""
        found = self.data.get(key)
        if not isinstance(found, list) or len(found) > _MOST_ENTRIES:
            raise self._wrong("label.data-list", key, most=str(_MOST_ENTRIES))
        return tuple(Entry(each, self.name) for each in found)

    def _wrong(self, code: str, key: str, **details: str) -> UsageError:
        return UsageError(code, self.name, key=key, **details)


def _is_number(found: object, least: float, most: float) -> bool:
    # True and false are whole numbers to Python.
    return isinstance(found, int | float) and not isinstance(found, bool) and _within(found, least, most)


def _within(found: float, least: float, most: float) -> bool:
    return math.isfinite(found) and least <= found <= most
