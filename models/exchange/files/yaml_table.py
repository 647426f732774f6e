"""YAML that describes things, such as NetBox's device types, as a table: a row for each mapping.

Columns are the keys whose values are plain; of a list its length is told, as "interfaces (count)", and a mapping inside
is left out. Values are the text as it is written, so that a part number 0012 stays one. Nothing is constructed from the
file, and an alias is never followed.
"""

from collections.abc import Iterator
from pathlib import Path

import yaml

from models.exchange.files.text_encoding import detect
from models.progress import Progress

#: A larger file is not read (bytes): a device type takes a thousandth of it.
LARGEST = 2 * 2**20
#: Fewer plain values than that, and it is the configuration of a program.
_FEWEST = 2
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))


class NoTable(ValueError):
    """The YAML is something else than mappings with plain values."""


def yaml_table(path: Path) -> list[list[str | int | None]]:
    """The headings and the rows. Raises NoTable, yaml.YAMLError, InputError (no text), MemoryError, RecursionError."""
    if path.stat().st_size > LARGEST:
        raise MemoryError(path.name)
    text = path.read_text(encoding=detect(path, Progress()).encoding)
    rows: list[dict[str, str | int | None]] = []
    for document in yaml.compose_all(text, yaml.SafeLoader):
        things = document.value if isinstance(document, yaml.SequenceNode) else [document]
        for thing in things:
            if not isinstance(thing, yaml.MappingNode):
                raise NoTable
            rows.append(dict(_cells(thing)))
    if not rows or any(sum(isinstance(cell, str) for cell in row.values()) < _FEWEST for row in rows):
        raise NoTable
    headings = list(dict.fromkeys(key for row in rows for key in row))
    return [list(headings), *([row.get(heading) for heading in headings] for row in rows)]


def _cells(mapping: yaml.MappingNode) -> Iterator[tuple[str, str | int | None]]:
    for key, value in mapping.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        if isinstance(value, yaml.ScalarNode):
            plain = value.style in (None, "") and value.value in _NOTHING
            yield str(key.value), None if plain else str(value.value)
        elif isinstance(value, yaml.SequenceNode):
            yield f"{key.value} (count)", len(value.value)
