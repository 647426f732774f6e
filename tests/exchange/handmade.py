"""Spreadsheets made by hand, byte by byte: small, with exactly the trouble that a test is about.

Each function gives the bytes of a file. Nothing here is read by the program itself.
"""

import io
import struct
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_RELS = f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{{}}</Relationships>"""
_SHEET = f"""{_XML}<worksheet xmlns="{MAIN}"><sheetData>{{}}</sheetData>{{}}</worksheet>"""

Parts = dict[str, str | bytes]


def zipped(parts: Mapping[str, str | bytes] | Iterable[tuple[str, str | bytes]]) -> bytes:
    """A zip archive of some parts; the same name may come twice."""
    kept = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # of a name that comes twice
        for name, content in parts.items() if isinstance(parts, Mapping) else parts:
            archive.writestr(name, content)
    return kept.getvalue()


def relations(*targets: tuple[str, str]) -> str:
    """A part of relations: rId1, rId2 … as (type's last word, target)."""
    rows = (
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return _RELS.format("".join(rows))


def xlsx_parts(*sheets: str, names: Sequence[str] = (), after: str = "", **more: str | bytes) -> Parts:
    """The parts of an .xlsx whose sheets have the given rows of XML.

    `after` follows the rows in each sheet (merged cells …); `more` are further or other parts, `__` for `/`, or
    `shared` and `styles` for the contents of those two parts.
    """
    shared, styles = more.pop("shared", None), more.pop("styles", None)
    names = names or [f"Sheet{n}" for n in range(1, len(sheets) + 1)]
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    overrides = "".join(
        f'<Override PartName="/xl/{target}" ContentType="{SHEET_TYPE}.worksheet+xml"/>' for _, target in targets
    )
    if shared is not None:
        targets.append(("sharedStrings", "sharedStrings.xml"))
        more["xl/sharedStrings.xml"] = (
            f'{_XML}<sst xmlns="{MAIN}">{shared}</sst>' if isinstance(shared, str) else shared
        )
    if styles is not None:
        targets.append(("styles", "styles.xml"))
        more["xl/styles.xml"] = f'{_XML}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    book = f"""{_XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>"""
    parts: Parts = {
        "[Content_Types].xml": f"""{_XML}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>{overrides}</Types>""",
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": relations(*targets),
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": _SHEET.format(rows, after) for n, rows in enumerate(sheets, 1)}
    return parts | {name.replace("__", "/"): content for name, content in more.items()}


def xlsx(*sheets: str, **more: str | bytes) -> bytes:
    """An .xlsx of `xlsx_parts`."""
    return zipped(xlsx_parts(*sheets, **more))  # type: ignore[arg-type]


def row_xml(number: int, *cells: object, first: str = "A") -> str:
    """A row of inline texts and numbers, from a column on; None leaves a cell out."""
    told = []
    for index, cell in enumerate(cells):
        place = f"{chr(ord(first) + index)}{number}"
        if isinstance(cell, (int, float)):
            told.append(f'<c r="{place}"><v>{cell}</v></c>')
        elif cell is not None:
            told.append(f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>')
    return f'<row r="{number}">{"".join(told)}</row>'


def number_formats(*codes: str) -> str:
    """The content of a part of styles: style 1 has the first of the number formats, style 2 the second …"""
    formats = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>'
        for n, code in enumerate(code.replace("&", "&amp;").replace('"', "&quot;") for code in codes)
    )
    used = "".join(f'<xf numFmtId="{200 + n}" applyNumberFormat="1"/>' for n in range(len(codes)))
    return (
        f'<numFmts count="{len(codes)}">{formats}</numFmts><cellXfs count="{len(codes) + 1}"><xf numFmtId="0"/>'
        f"{used}</cellXfs>"
    )


def compound(stream_name: str, stream: bytes) -> bytes:
    """A compound file (MS-CFB, version 3) with one stream, as .xls and encrypted workbooks are."""
    stream = stream.ljust(4096, b"\0")
    stream += b"\0" * (-len(stream) % 512)
    sectors = len(stream) // 512
    chain_sectors = 1
    while (sectors + 1 + chain_sectors) > 128 * chain_sectors:
        chain_sectors += 1
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, chain_sectors, chain_sectors, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    header += struct.pack(f"<{chain_sectors}I", *range(chain_sectors))
    header += b"\xff" * (512 - len(header))
    first = chain_sectors + 1
    chain = [0xFFFFFFFD] * chain_sectors + [0xFFFFFFFE, *range(first + 1, first + sectors), 0xFFFFFFFE]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(512 * chain_sectors, b"\xff")

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text, none = (name + "\0").encode("utf-16-le"), 0xFFFFFFFF
        return struct.pack(
            "<64sHBBIII16sI8s8sIQ", text, len(text), kind, 1, none, none, child, b"", 0, b"", b"", start, size
        )

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(stream_name, 2, 0xFFFFFFFF, first, len(stream))
    return header + fat + folder.ljust(512, b"\0") + stream


def biff(*records: tuple[int, bytes]) -> bytes:
    """Records of an .xls, each a number and its body."""
    return b"".join(struct.pack("<HH", number, len(body)) + body for number, body in records)


class XlsError(int):
    """An error cell by its code: 0x17 is #REF!, 0x2A is #N/A."""


class XlsFormula(float):
    """The cached number of a formula."""


class XlsErrorFormula(XlsError):
    """The cached error of a formula."""


def _xls_cell(row: int, column: int, style: int, value: object) -> tuple[int, bytes]:
    place = struct.pack("<HHH", row, column, style)
    if isinstance(value, str):
        return 0x0204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
    if isinstance(value, XlsErrorFormula):
        return 0x0006, place + bytes([2, 0, value, 0, 0, 0, 0xFF, 0xFF]) + bytes(6) + b"\x03\0\x1e\x01\0"
    if isinstance(value, XlsError):
        return 0x0205, place + bytes([value, 1])
    if isinstance(value, bool):
        return 0x0205, place + bytes([value, 0])
    if isinstance(value, XlsFormula):
        return 0x0006, place + struct.pack("<d", value) + bytes(6) + b"\x03\0\x1e\x01\0"
    return 0x0203, place + struct.pack("<d", float(value))  # type: ignore[arg-type]


def xls(
    rows: Sequence[Sequence[object]],
    *,
    date_1904: bool = False,
    formats: Sequence[str] = (),
    styles: Mapping[int, int] | None = None,
    sheet: str = "Radios",
    shared: Sequence[str] = (),
    shared_said: tuple[int, int] | None = None,
) -> bytes:
    """An .xls (BIFF8) with one sheet. `styles` gives a column the format of that number (from 1).

    `shared` is a table of texts, which says of itself that it has `shared_said` (uses, texts); a cell ("shared", n)
    is its text n.
    """
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    extra: list[tuple[int, bytes]] = []
    if date_1904:
        extra.append((0x0022, b"\x01\0"))
    for number, code in enumerate(formats):
        extra.append((0x041E, struct.pack("<HHB", 200 + number, len(code), 0) + code.encode("latin-1")))
    extra.extend((0x00E0, struct.pack("<HH16x", 0, 200 + n - 1 if n else 0)) for n in range(len(formats) + 1))
    if shared:
        said = shared_said or (len(shared), len(shared))
        texts = b"".join(struct.pack("<HB", len(text), 1) + text.encode("utf-16-le") for text in shared)
        extra.append((0x00FC, struct.pack("<II", *said) + texts))
    name = sheet.encode("utf-16-le")
    length = len(biff((0x0809, begin), *extra)) + 4 + 8 + len(name) + 4
    place = struct.pack("<IBBBB", length, 0, 0, len(sheet), 1) + name
    stream = biff((0x0809, begin), *extra, (0x0085, place), (0x000A, b""))
    cells = []
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if isinstance(value, tuple):
                style = (styles or {}).get(column, 0)
                cells.append((0x00FD, struct.pack("<HHHI", row, column, style, value[1])))
            elif value is not None:
                cells.append(_xls_cell(row, column, (styles or {}).get(column, 0), value))
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    stream += biff((0x0809, begin[:2] + b"\x10\0" + begin[4:]), (0x0200, size), *cells, (0x000A, b""))
    return compound("Workbook", stream)


def ods(*tables: str) -> bytes:
    """An .ods whose tables are the given XML."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in [("office", "office"), ("table", "table"), ("text", "text"), ("style", "style")]
    )
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = f"{_XML}<office:document-content {spaces}><office:body><office:spreadsheet>{''.join(tables)}"
    content += "</office:spreadsheet></office:body></office:document-content>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": content,
        }
    )


def ods_table(*rows: Sequence[object], name: str = "Sheet1") -> str:
    """The XML of a table of texts and numbers."""
    told = []
    for cells in rows:
        told.append("<table:table-row>")
        for cell in cells:
            if cell is None:
                told.append("<table:table-cell/>")
            elif isinstance(cell, (int, float)):
                told.append(f'<table:table-cell office:value-type="float" office:value="{cell}"/>')
            else:
                told.append(f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>')
        told.append("</table:table-row>")
    return f'<table:table table:name="{name}">{"".join(told)}</table:table>'


def _biff12(number: int, body: bytes = b"") -> bytes:
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size, length = b"", len(body)
    while length > 127:
        size += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + size + bytes([length]) + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb_cells(rows: Sequence[Sequence[object]]) -> bytes:
    """The records of an .xlsb sheet."""
    records = [_biff12(129), _biff12(148, struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1))]
    records.append(_biff12(145))
    for number, cells in enumerate(rows):
        records.append(_biff12(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0)))
        for column, cell in enumerate(cells):
            place = struct.pack("<II", column, 0)
            if isinstance(cell, XlsErrorFormula):
                records.append(_biff12(11, place + bytes([cell]) + bytes(10)))
            elif isinstance(cell, XlsError):
                records.append(_biff12(3, place + bytes([cell])))
            elif isinstance(cell, str):
                records.append(_biff12(6, place + _wide(cell)))
            elif cell is not None:
                records.append(_biff12(5, place + struct.pack("<d", float(cell))))  # type: ignore[arg-type]
    return b"".join([*records, _biff12(146), _biff12(130)])


def xlsb(rows: Sequence[Sequence[object]], sheet: str = "Sheet1") -> bytes:
    """An .xlsb (MS-XLSB) with one sheet of texts, numbers and errors."""
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide(sheet)
    book = b"".join([_biff12(131), _biff12(143), _biff12(156, bundle), _biff12(144), _biff12(132)])
    kind = "application/vnd.ms-excel"
    types = f"""{_XML}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="bin" ContentType="{kind}.sheet.binary.macroEnabled.main"/>
<Override PartName="/xl/worksheets/sheet1.bin" ContentType="{kind}.worksheet"/></Types>"""
    return zipped(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": relations(("officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": relations(("worksheet", "worksheets/sheet1.bin")),
            "xl/worksheets/sheet1.bin": xlsb_cells(rows),
        }
    )
