"""Errors of an .xlsb, read from the records of its sheets (MS-XLSB). See `shown` for why."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

from models.exchange.files.shown import ERRORS, MOST_CORRECTIONS, UNKNOWN_ERROR, Correction

#: A larger part (bytes) is left to calamine.
_LARGEST = 256 * 2**20
_ROW, _ERROR, _ERROR_FORMULA, _SHEET = 0, 3, 11, 156
_BROKEN = (struct.error, ValueError, IndexError, KeyError, StopIteration, OSError, EOFError, RuntimeError,
           ET.ParseError, zipfile.BadZipFile, zlib.error)  # fmt: skip


def corrections(path: Path, index: int) -> list[Correction]:
    """The errors of the sheet with that number."""
    try:
        with zipfile.ZipFile(path) as archive:
            part = _sheets(archive)[index]
            found: list[Correction] = []
            for correction in _errors(_read(archive, part)):
                found.append(correction)
                if len(found) > MOST_CORRECTIONS:
                    return []
            return found
    except _BROKEN:
        return []


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _LARGEST:
        raise ValueError(name)
    return archive.read(name)


def _sheets(archive: zipfile.ZipFile) -> list[str]:
    """The parts of the sheets, in the workbook's order."""
    book = PurePosixPath(next(name for name in archive.namelist() if name.endswith("workbook.bin")))
    relations = ET.fromstring(_read(archive, str(book.parent / "_rels" / f"{book.name}.rels")))  # noqa: S314 - see guards
    targets = {relation.get("Id", ""): relation.get("Target", "") for relation in relations}
    found = []
    for number, body in _records(_read(archive, str(book))):
        if number == _SHEET:  # state, number, then the relation and the name, each as a length and UTF-16
            (letters,) = struct.unpack_from("<I", body, 8)
            target = targets[body[12 : 12 + 2 * letters].decode("utf-16-le")]
            found.append(target.lstrip("/") if target.startswith("/") else str(book.parent / target))
    return found


def _errors(sheet: bytes) -> Iterator[Correction]:
    row = 0
    for number, body in _records(sheet):
        if number == _ROW:
            (row,) = struct.unpack_from("<I", body)
        elif number in (_ERROR, _ERROR_FORMULA):
            (column,) = struct.unpack_from("<I", body)
            yield row, column, ERRORS.get(body[8], UNKNOWN_ERROR)


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """The number and the body of each record; both number and length are written in seven bits a byte."""
    at, end = 0, len(part)
    while at < end:
        number = part[at]
        at += 1
        if number & 0x80:
            number = number & 0x7F | part[at] << 7
            at += 1
        length = shift = 0
        while shift < 28:
            byte = part[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield number, part[at : at + length]
        at += length
