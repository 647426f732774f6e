"""What a file really is, by its content and never by its ending, and whether it is safe to open.

Nothing here unpacks more than what stands before the root element of each part.
"""

import os
import re
import struct
import zipfile
import zlib
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import IO

from models.fields.problem import InputError

#: A packed workbook larger than this is not opened (bytes). Excel's own largest are well below.
LARGEST_WORKBOOK = 512 * 2**20
#: All parts of a workbook unpacked (bytes): 1,048,576 rows of 20 filled columns are about 1.3 GB.
LARGEST_UNPACKED = 1_500_000_000
#: Unpacked to packed. A workbook is 5 to 20; repeated empty cells reach 100. Small parts may be anything.
STRANGE_RATIO = 250
_RATIO_COUNTS_FROM = 50_000_000
_MOST_PARTS = 20_000

#: How much of a part is looked through for its root element (bytes), and how much of it at once.
_LONGEST_PREFACE = 2**20
_BLOCK = 8 * 1024
_PREFACE = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 64 * 1024

#: The beginnings of what people pick by mistake, and the word that phrases knows it by.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"SQLite format 3\x00", "database"),
    (b"\x00\x01\x00\x00Standard", "database"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "document"),
)


#: Streams of compound files and what the file is that has them; none: a workbook.
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("Workbook", ""),
    ("Book", ""),
    ("WordDocument", "document"),
    ("PowerPoint Document", "document"),
    ("VisioDocument", "document"),
    ("__properties_version1.0", "document"),
)


class Format(StrEnum):
    """The formats that are read."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    HTML = "html"
    YAML = "yaml"
    TEXT = "text"


def identify(path: Path) -> Format:
    """The format of a file, after the checks that need no unpacking.

    Raises InputError: file.missing, file.folder, file.no-permission, file.empty, file.not-spreadsheet (detail
    `what`: pdf, image, document, archive, program, database, web, code, binary), file.web-page, file.old-xml,
    file.encrypted, file.damaged, file.too-big, file.hostile.
    """
    head = _head(path)
    if head.startswith(b"PK") and head[2:4] in {b"\x03\x04", b"\x05\x06", b"\x07\x08"}:
        return _identify_zip(path)
    if head.startswith(_OLE):
        return _identify_compound(path, head)
    for beginning, what in _OTHERS:
        # Two letters may begin a heading as well ("BMC address"); the files they stand for hold NULs.
        if head.startswith(beginning) and (len(beginning) > 2 or b"\x00" in head):
            raise InputError("file.not-spreadsheet", path.name, what=what)
    if _is_web_page(path, head):
        return Format.HTML
    # YAML does not tell by its content that it is YAML.
    return Format.YAML if path.suffix.lower() in (".yaml", ".yml") else Format.TEXT


def _head(path: Path) -> bytes:
    """The first bytes of a file that is there, is a file and may be read."""
    try:
        if path.is_dir():
            raise InputError("file.folder", path.name)
        if path.exists() and not path.is_file():
            raise InputError("file.not-spreadsheet", path.name, what="device")
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except FileNotFoundError as error:
        raise InputError("file.missing", path.name) from error
    except PermissionError as error:
        raise InputError("file.no-permission", path.name) from error
    except (OSError, ValueError) as error:
        raise InputError(
            "file.cannot-read", path.name, reason=os.strerror(getattr(error, "errno", None) or 5)
        ) from error
    if not head:
        raise InputError("file.empty", path.name)
    return head


def _identify_compound(path: Path, head: bytes) -> Format:
    """A compound file (MS-CFB): an old workbook, an encrypted new one, or another program's, by its streams' names.

    The directory begins in the sector that byte 48 of the header names; what is not seen there, calamine judges.
    """
    if path.stat().st_size > LARGEST_WORKBOOK:
        raise InputError("file.too-big", path.name)
    if len(head) < 512:
        raise InputError("file.damaged", path.name)
    (shift,), (sector,) = struct.unpack_from("<H", head, 30), struct.unpack_from("<I", head, 48)
    with path.open("rb") as stream:
        stream.seek((sector + 1) << min(shift, 12))
        directory = stream.read(4096)
    for name, what in _STREAMS:
        if name.encode("utf-16-le") in directory:
            if not what:
                break
            code = "file.encrypted" if what == "encrypted" else "file.not-spreadsheet"
            raise InputError(code, path.name, **({"what": what} if code == "file.not-spreadsheet" else {}))
    return Format.XLS


def _identify_zip(path: Path) -> Format:
    if path.stat().st_size > LARGEST_WORKBOOK:
        raise InputError("file.too-big", path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {part.filename.replace("\\", "/").lstrip("/").lower(): part for part in archive.infolist()}
            _check_sizes(path, archive.infolist())
            found = _format_of(path, archive, parts)
            _refuse_entities(path, archive)
            return found
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError, OverflowError) as error:
        raise InputError("file.damaged", path.name) from error
    except RuntimeError as error:  # zipfile's word for a part that needs a password
        raise InputError("file.encrypted", path.name) from error
    except OSError as error:
        raise InputError("file.damaged", path.name) from error


def _check_sizes(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > LARGEST_UNPACKED:
        raise InputError("file.too-big", path.name)
    places = sorted((part.header_offset, part.header_offset + part.compress_size) for part in parts)
    if any(start < end for (_, end), (start, _) in pairwise(places)):
        # A bomb that unpacks the same bytes again and again, or a place that was spoilt.
        raise InputError("file.damaged", path.name)
    if len(parts) > _MOST_PARTS or (unpacked > _RATIO_COUNTS_FROM and unpacked > STRANGE_RATIO * max(packed, 1)):
        raise InputError("file.hostile", path.name)


def _format_of(path: Path, archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> Format:
    """The format by the parts inside; the names of Microsoft's formats are theirs by convention and by all programs."""
    if any(part.flag_bits & 1 for part in parts.values()):
        raise InputError("file.encrypted", path.name)
    if "mimetype" in parts:
        kind = archive.read(parts["mimetype"])[:200] if parts["mimetype"].file_size < 1000 else b""
        if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return Format.ODS
        if b"opendocument" in kind or b"epub" in kind:
            raise InputError("file.not-spreadsheet", path.name, what="document")
    if any(name.endswith("workbook.bin") for name in parts):
        return Format.XLSB
    if any(name.endswith("workbook.xml") or re.fullmatch(r"xl/workbook\d*\.xml", name) for name in parts):
        return Format.XLSX
    if not parts:
        raise InputError("file.empty", path.name)
    if any(name.startswith(("word/", "ppt/", "visio/")) for name in parts):
        raise InputError("file.not-spreadsheet", path.name, what="document")
    if any(name.endswith(".iwa") for name in parts):
        raise InputError("file.not-spreadsheet", path.name, what="numbers")
    raise InputError("file.not-spreadsheet", path.name, what="archive")


def _refuse_entities(path: Path, archive: zipfile.ZipFile) -> None:
    """No spreadsheet program writes a document type declaration; those who do want entities expanded."""
    for part in archive.infolist():
        if part.file_size:
            with archive.open(part) as stream:
                if _declares_type(stream):
                    raise InputError("file.hostile", path.name)


def _declares_type(stream: IO[bytes]) -> bool:
    """Whether XML has a document type, or so long a preface that it seems to hide one.

    A declaration stands before the root element, and only declarations, comments, instructions and blanks stand
    before it. NULs are left out of what is looked at, so that UTF-16 reads like ASCII.
    """
    text, seen = b"", 0
    while seen < _LONGEST_PREFACE:
        block = stream.read(max(seen, _BLOCK))
        seen += len(block)
        text += block.replace(b"\x00", b"")
        preface = _PREFACE.match(text)
        rest = text[preface.end() if preface else 0 :][:10]
        if not block or (rest and not rest.startswith(b"<")):
            return False
        if len(rest) == 10 and not rest.startswith((b"<!--", b"<?")):
            return rest.startswith(b"<!")
    return bool(text)


def _is_web_page(path: Path, head: bytes) -> bool:
    """Whether it is a web page, as programs export them under the name of a spreadsheet; other markup is refused."""
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(b"mime-version:") and b"text/html" in start:
        raise InputError("file.web-page", path.name)
    if not start.startswith(b"<"):
        return False
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start and b"<html" not in start:
        raise InputError("file.old-xml", path.name)
    if re.match(rb"<(!doctype html|html|head|body|table|meta|style|div)\b", start) or b"<table" in start:
        return True
    raise InputError("file.not-spreadsheet", path.name, what="code")
