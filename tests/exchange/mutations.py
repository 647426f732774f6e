"""Spreadsheets spoilt on purpose: sound ones, and the ways in which a file is changed. A seed makes the same file."""

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.exchange import handmade

HEADINGS = ("Asset Tag", "Serial Number", "Model", "Cost", "Location")
#: A sound file: the ending of its name, and its bytes.
Sound = tuple[str, bytes]


def _rows(count: int) -> list[list[object]]:
    rows = [[f"T{n:03}", f"5CG{n:05}", "Latitude 5430", 900 + n, f"Engine {n % 4}"] for n in range(count)]
    return [list(HEADINGS), *rows]


def _xlsx_shared() -> bytes:
    texts: list[str] = []
    rows = []
    for number, cells in enumerate(_rows(12), 1):
        told = []
        for letter, cell in zip("ABCDE", cells, strict=True):
            if isinstance(cell, str):
                if cell not in texts:
                    texts.append(cell)
                told.append(f'<c r="{letter}{number}" t="s" s="1"><v>{texts.index(cell)}</v></c>')
            else:
                told.append(f'<c r="{letter}{number}"><f>1+{number}</f><v>{cell}</v></c>')
        rows.append(f'<row r="{number}">{"".join(told)}</row>')
    shared = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return handmade.xlsx(
        "".join(rows),
        shared=shared,
        styles=handmade.number_formats("00000", "yyyy-mm-dd"),
        after='<mergeCells count="1"><mergeCell ref="E2:E4"/></mergeCells>',
    )


def sound_files() -> list[Sound]:
    """One sound file of each format and dialect."""
    rows = _rows(12)
    plain = "\r\n".join(",".join(map(str, row)) for row in rows)
    quoted = "\n".join(";".join(f'"{cell}"' for cell in row) for row in rows)
    inline = "".join(handmade.row_xml(number, *cells) for number, cells in enumerate(rows, 1))
    page = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)
    people = "Name\tE-mail\tPhone\nAnn Lee\tann@example.com\t212-555-0123\nBo Díaz\tbo@example.com\t\n"
    return [
        ("xlsx", _xlsx_shared()),
        ("xlsx", handmade.xlsx(inline, handmade.row_xml(1, "Note"), names=["Assets", "Notes"])),
        ("xls", handmade.xls(rows, formats=["yyyy-mm-dd"], styles={3: 1})),
        ("ods", handmade.ods(handmade.ods_table(*rows))),
        ("xlsb", handmade.xlsb(rows)),
        ("csv", plain.encode()),
        ("csv", quoted.encode("utf-8-sig")),
        ("txt", people.encode("utf-16")),
        ("tsv", people.encode("cp1252")),
        ("yaml", b"manufacturer: Cisco\nmodel: C9300\npart_number: 0012\nu_height: 1\ninterfaces:\n  - name: eth\n"),
        ("html", f"<html><table>{page}</table></html>".encode()),
    ]


# --- Any bytes ------------------------------------------------------------------------------------------------------


def _flip(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.choice([1, 2, 8, 60])):
        spoilt[chance.randrange(len(spoilt))] = chance.choice([0, 255, 34, 60, chance.randrange(256)])
    return bytes(spoilt)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    return data[:end] + data[start:end] * chance.choice([1, 3, 50]) + data[end:]


def _drop(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.choice([1, 4, 30, 300]) :]


def _big_number(data: bytes, chance: random.Random) -> bytes:
    """Four bytes become a count that asks for too much."""
    at = chance.randrange(max(len(data) - 4, 1))
    value = chance.choice([0xFFFFFFFF, 0x7FFFFFFF, 0x10000000, 0x00FFFFFF, 65536])
    return data[:at] + struct.pack("<I", value) + data[at + 4 :]


# --- Text -----------------------------------------------------------------------------------------------------------

_PIECES = [
    '"',
    '""',
    '"\n',
    "\0",
    "\r",
    "\ufeff",
    "sep=\t\n",
    "sep=x\n",
    "'=",
    '="',
    "\x1a",
    "#",
    ";",
    "\u2028",
    "\x85",
]
_HUGE: list[Callable[[random.Random], str]] = [
    lambda chance: "," * 100_000,
    lambda chance: "x" * chance.choice([140_000, 2_000_000]),
    lambda chance: " " * 300_000,
    lambda chance: "a " * 100_000,
    lambda chance: '"a\n",' * 20_000,
    lambda chance: '"' + "x\n" * 50_000,
    lambda chance: "\n" * 100_000,
    lambda chance: ",".join(f"h{n}" for n in range(16_384)),
    lambda chance: ",,".join("h" for n in range(8_000)) + "\n" + ",,".join("1" for n in range(8_000)) + "\n",
    lambda chance: ",".join(["Tag"] * 3_000) + "\n",
    lambda chance: "".join(f"{n}\n" for n in range(30_000)),
    lambda chance: "[" * 20_000,
    lambda chance: "<!" * 50_000 + "<table><tr>" * 5_000,
    lambda chance: "<td colspan=1000 rowspan=1000>" * 3_000,
    lambda chance: "a: &a [*a]\n" + "- " * 10_000,
]


def _text_piece(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    piece = chance.choice(_PIECES) * chance.choice([1, 1, 3])
    return data[:at] + piece.encode(chance.choice(["utf-8", "utf-16-le", "cp1252"]), "replace") + data[at:]


def _text_huge(data: bytes, chance: random.Random) -> bytes:
    at = chance.choice([0, len(data), chance.randrange(len(data) + 1)])
    return data[:at] + chance.choice(_HUGE)(chance).encode() + data[at:]


def _text_encoding(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(
        chance.choice(["utf-16", "utf-16-be", "utf-32", "utf-7", "cp037", "shift_jis", "utf-8-sig"]), "replace"
    )


def _text_cells(data: bytes, chance: random.Random) -> bytes:
    """Some cells become what hurts."""
    evil = ["=1+1", "-", "1E+999", "9" * 400, "#REF!", "\u202e", "𝄞" * 50, "31/31/3131", "0x10", "nan", "inf", "1e5",
            "None", "T" * 5000, "(((((", "'" * 40, "\\", "%s{0}$x", "2000000-01-01", "٣", "½", "1" + "," * 30,
            ]  # fmt: skip
    cells = re.split(rb"([,;\t\n])", data)
    for _ in range(chance.choice([1, 5, 30])):
        cells[chance.randrange(len(cells))] = chance.choice(evil).encode()
    return b"".join(cells)


# --- Parts of a zip -------------------------------------------------------------------------------------------------


def _repacked(data: bytes, change: Callable[[list[tuple[str, bytes]]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    change(parts)
    return handmade.zipped(parts)


def _zip_members(data: bytes, chance: random.Random) -> bytes:
    """A part goes, comes twice, or is called otherwise."""

    def change(parts: list[tuple[str, bytes]]) -> None:
        at = chance.randrange(len(parts))
        name, content = parts[at]
        kind = chance.randrange(5)
        if kind == 0:
            del parts[at]
        elif kind == 1:
            parts.append((name, chance.choice([content, b"", chance.choice(parts)[1]])))
        elif kind == 2:
            parts[at] = (
                chance.choice(["../" + name, "/" + name, name.upper(), name.replace("/", "\\"), "é" + name]),
                content,
            )
        elif kind == 3:
            parts[at] = (name, chance.choice(parts)[1])
        else:
            parts[at] = (name, chance.choice([b"", b"\0" * 60_000_000, bytes(range(256)), b"<a>" * 50_000]))

    return _repacked(data, change)


def _zip_numbers(data: bytes, chance: random.Random) -> bytes:
    """A size, a checksum, an offset in a header of the archive becomes another one."""
    places = [found.start() for found in re.finditer(rb"PK(\x01\x02|\x03\x04|\x05\x06)", data)]
    at = chance.choice(places) + chance.choice([6, 8, 10, 14, 16, 18, 20, 22, 24, 26, 28, 42])
    value = struct.pack("<I", chance.choice([0, 1, 9, 0xFFFFFFFF, 0x7FFFFFFF, 0x20000000, 100_000]))
    return data[:at] + value[: chance.choice([2, 4])] + data[at + 4 :]


def _edit(pattern: bytes, *others: bytes) -> tuple[re.Pattern[bytes], tuple[bytes, ...]]:
    return re.compile(pattern), others


#: What in the XML of a spreadsheet becomes what.
_XML_EDITS = [
    _edit(rb'r="[A-Z]+\d+"', b'r="XFD1048576"', b'r="A99999999"', b'r="ZZZZ9"', b'r=""', b'r="1"', b'r="A0"', b""),
    _edit(
        rb'<row r="\d+"', b'<row r="1048576"', b'<row r="4294967297"', b'<row r="-1"', b'<row r="x"', b"<row"
    ),
    _edit(rb'\bt="\w+"', b't="e"', b't="b"', b't="d"', b't="s"', b't="str"', b't="zzz"', b""),
    _edit(rb'\bs="\d+"', b's="99999999"', b's=""', b's="-1"', b's="2"'),
    _edit(
        rb"<v>[^<]*</v>", b"<v>99999999</v>", b"<v>-1</v>", b"<v></v>", b"<v>1e999</v>", b"<v>NaN</v>", b"<v/>",
        b"<v>2958466</v>",
    ),
    _edit(rb"</c>", b"", b"</c></row>", b"<c><c><c>", b"]]>", b"<![CDATA["),
    _edit(rb"<si>", b"<si><rPh><t>x</t></rPh>", b"<si><si>", b"", b"<si><r><t>x</t></r>"),
    _edit(rb'ref="[^"]*"', b'ref="A1:XFD1048576"', b'ref="A9:A1"', b'ref="B2:E1048576"', b'ref="x"'),
    _edit(rb"<t[ >]", b"<t><t", b"<x>", b"<t" + b" " * 5000 + b">"),
    _edit(
        rb'formatCode="[^"]*"', b'formatCode="' + b"0" * 5000 + b'"', b'formatCode="&quot;0"', b'formatCode=""',
        b'formatCode="[h]:mm"',
    ),
    _edit(rb'encoding="[^"]*"', b'encoding="UTF-16"', b'encoding="x"', b'encoding="ISO-8859-1"'),
    _edit(
        rb"\?>", b"?><!DOCTYPE x [<!ENTITY a 'aaaa'>]>", b"?>" + b"<a>" * 100_000,
        b"?><!--" + b"x" * 9000 + b"--><!DOCTYPE x>",
    ),
    _edit(
        rb'Target="[^"]*"', b'Target="../../../../etc/passwd"', b'Target=""', b'Target="/xl/workbook.xml"',
        b'Target="http://x/y"',
    ),
    _edit(rb'number-columns-repeated="\d+"', b'number-columns-repeated="99999999"'),
    _edit(
        rb"<table:table-row>", b'<table:table-row table:number-rows-repeated="1048576">',
        b'<table:table-row table:number-rows-repeated="x">',
    ),
    _edit(
        rb"<table:table-cell/?", b'<table:table-cell table:number-columns-repeated="16384"',
        b'<table:table-cell office:value-type="date" office:date-value="x"',
    ),
    _edit(rb'office:value="[^"]*"', b'office:value="x"', b'office:value="1e999"', b'office:value="NaN"'),
    _edit(rb"<table:table ", b"<table:table><table:table ", b"<table:shapes><table:table "),
]  # fmt: skip


def _xml(data: bytes, chance: random.Random) -> bytes:
    """The XML, or what stands where XML should, is changed in a well packed archive."""

    def change(parts: list[tuple[str, bytes]]) -> None:
        for _ in range(chance.choice([1, 1, 2, 5])):
            at = chance.randrange(len(parts))
            name, content = parts[at]
            fitting = [edit for edit in _XML_EDITS if edit[0].search(content)]
            if not fitting:
                content = _flip(content, chance) if content else b""
            else:
                pattern, others = chance.choice(fitting)
                found = chance.choice(list(pattern.finditer(content)))
                content = content[: found.start()] + chance.choice(others) + content[found.end() :]
            parts[at] = (name, content)

    return _repacked(data, change)


def _inside(data: bytes, chance: random.Random) -> bytes:
    """Bytes of one part are spoilt, and the archive is sound."""

    def change(parts: list[tuple[str, bytes]]) -> None:
        full = [at for at, (_, content) in enumerate(parts) if content]
        at = chance.choice(full)
        name, content = parts[at]
        parts[at] = (name, chance.choice([_flip, _cut, _repeat, _drop, _big_number])(content, chance))

    return _repacked(data, change)


_ANY = [_flip, _cut, _repeat, _drop, _big_number]
_TEXT = [*_ANY, _text_piece, _text_piece, _text_huge, _text_encoding, _text_cells, _text_cells, _text_cells]
_ZIP = [_flip, _cut, _zip_members, _zip_numbers, _inside, _inside, _inside, _xml, _xml, _xml, _xml]
_WAYS = {"xlsx": _ZIP, "ods": _ZIP, "xlsb": [*_ZIP, _inside], "xls": [*_ANY, _flip, _big_number]}


def mutated(sound: Sound, seed: int) -> bytes:
    """A sound file spoilt, in the way that the seed says."""
    ending, data = sound
    chance = random.Random(seed)  # noqa: S311 - the same file for the same seed
    for _ in range(chance.choice([1, 1, 1, 2])):
        try:
            data = chance.choice(_WAYS.get(ending, _TEXT))(data, chance) or b"\0"
        except (zipfile.BadZipFile, zlib.error, IndexError, ValueError, NotImplementedError, RuntimeError, EOFError):
            data = _flip(data, chance)
    return data
