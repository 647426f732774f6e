"""Errors and telling number formats of an .xlsx, and its pivot tables, from the package's parts (ECMA-376).

See `shown` for why.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

from models.exchange.files.shown import MOST_CORRECTIONS, UNKNOWN_ERROR, Correction, form_of
from models.exchange.files.wire import column_index

#: A part that describes (workbook, styles, relations) and is larger than this is not looked at (bytes).
_LARGEST_DESCRIPTION = 32 * 2**20
_BLOCK = 2**20
_XML_ERRORS = (ET.ParseError, KeyError, ValueError, OSError, EOFError, zipfile.BadZipFile, RuntimeError, zlib.error)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """Where a sheet lies in the package, and whether a pivot table is on it."""

    part: str
    pivot: bool


def sheet_parts(path: Path) -> list[SheetPart | None]:
    """The parts of a workbook's sheets, in the workbook's order; an empty list when they cannot be found."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.lower(): name for name in archive.namelist()}
            book = next(name for name in names if re.fullmatch(r"(.*/)?workbook\d*\.xml", name))
            folder = PurePosixPath(names[book]).parent
            targets = {
                relation.get("Id", ""): _resolve(folder, relation.get("Target", ""))
                for relation in _relations(archive, names, names[book])
            }
            parts: list[SheetPart | None] = []
            for sheet in _tree(archive, names[book]).iter():
                if _local(sheet.tag) == "sheet":
                    key = next((value for name, value in sheet.attrib.items() if _local(name) == "id"), "")
                    part = names.get(targets.get(key, "").lower())
                    parts.append((part and SheetPart(part, _has_pivot(archive, names, part))) or None)
            return parts
    except (StopIteration, *_XML_ERRORS):
        return []


def corrections(path: Path, part: str) -> list[Correction]:
    """The cells of a sheet whose text is not what calamine gives: errors, and numbers whose format says more."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.lower(): name for name in archive.namelist()}
            forms = _telling_styles(archive, names, part)
            found: list[Correction] = []
            for correction in _scan(archive, part, forms):
                found.append(correction)
                if len(found) > MOST_CORRECTIONS:
                    return []
            return found
    except _XML_ERRORS:
        return []


def _tree(archive: zipfile.ZipFile, name: str) -> ET.Element:
    if archive.getinfo(name).file_size > _LARGEST_DESCRIPTION:
        raise ValueError(name)
    return ET.fromstring(archive.read(name))  # noqa: S314 - types with entities were refused by guards


def _local(tag: object) -> str:
    return str(tag).rsplit("}", 1)[-1]


def _relations(archive: zipfile.ZipFile, names: dict[str, str], part: str) -> list[ET.Element]:
    where = PurePosixPath(part)
    name = names.get(str(where.parent / "_rels" / f"{where.name}.rels").lower())
    return list(_tree(archive, name)) if name else []


def _resolve(folder: PurePosixPath, target: str) -> str:
    """A relation's target as a name in the archive."""
    if target.startswith("/"):
        return target.lstrip("/")
    parts: list[str] = []
    for piece in (folder / target).parts:
        if piece == "..":
            parts = parts[:-1]
        elif piece != ".":
            parts.append(piece)
    return "/".join(parts)


def _has_pivot(archive: zipfile.ZipFile, names: dict[str, str], part: str) -> bool:
    return any(relation.get("Type", "").endswith("/pivotTable") for relation in _relations(archive, names, part))


def _telling_styles(archive: zipfile.ZipFile, names: dict[str, str], part: str) -> dict[str, str]:
    """The forms of the cell styles (the `s` of a cell) whose number format says more."""
    root = part.rsplit("/", 2)[0]
    name = names.get(f"{root}/styles.xml".lower())
    if not name:
        return {}
    codes: dict[str, str] = {}
    forms: dict[str, str] = {}
    for group in _tree(archive, name):
        if _local(group.tag) == "numFmts":
            codes = {item.get("numFmtId", ""): item.get("formatCode", "") for item in group}
        elif _local(group.tag) == "cellXfs":
            for number, style in enumerate(group):
                form = form_of(codes.get(style.get("numFmtId", ""), ""))
                if form:
                    forms[str(number)] = form
    return forms


_CELL = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?c\s([^<>]{1,400})>")
_ATTRIBUTE = re.compile(rb"""\b([rst])\s*=\s*["']([^"']*)["']""")
_VALUE = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?v(?:\s[^<>]*)?>([^<]{1,40})</")
_CLOSING = re.compile(rb"</(?:[A-Za-z_][\w.-]*:)?c>")
_REFERENCE = re.compile(rb"([A-Za-z]{1,3})(\d{1,7})")


def _scan(archive: zipfile.ZipFile, part: str, forms: dict[str, str]) -> Iterator[Correction]:
    """The corrections of a sheet, its XML read in blocks that end between two cells."""
    styled = {key.encode(): value for key, value in forms.items()}
    rest = b""
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            text = rest + block
            cut = _last_cell(text)
            # A cell that is longer than some blocks holds no error.
            text, rest = (text[:cut], text[cut:]) if cut >= 0 and len(text) - cut < 4 * _BLOCK else (text, b"")
            if styled or b'"e"' in text or b"'e'" in text:
                yield from _scan_block(text, styled)
        yield from _scan_block(rest, styled)


def _last_cell(text: bytes) -> int:
    """Where the last cell begins, which may go on in the next block; -1 when none does."""
    prefixed = text.rfind(b":c ")
    return max(text.rfind(b"<c "), text.rfind(b"<", 0, prefixed) if prefixed >= 0 else -1)


def _scan_block(text: bytes, styled: dict[bytes, str]) -> Iterator[Correction]:
    for cell in _CELL.finditer(text):
        attributes = dict(_ATTRIBUTE.findall(cell[1]))
        kind = attributes.get(b"t", b"n")
        form = styled.get(attributes.get(b"s", b"")) if kind == b"n" else None
        if kind != b"e" and not form:
            continue
        place = _REFERENCE.fullmatch(attributes.get(b"r", b""))
        if not place:
            continue
        shown = form or ""
        if kind == b"e":
            end = _CLOSING.search(text, cell.end(), cell.end() + 10_000)
            value = _VALUE.search(text, cell.end(), end.end()) if end else None
            shown = value[1].decode("ascii", "replace") if value else UNKNOWN_ERROR
        yield int(place[2]) - 1, column_index(place[1].decode()), shown
