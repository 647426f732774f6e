"""Files made by hand, as programs and people make them: no file of anybody else is kept here."""

import struct
import zipfile
from pathlib import Path

import pytest

from models.exchange.sheet import open_source
from models.progress import Progress
from tests.exchange.register import Register, write_csv

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = f"""<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{_MAIN}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_MAIN}.worksheet+xml"/></Types>"""
_RELS = f"""<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/{{}}" Target="{{}}"/></Relationships>"""
_BOOK = """<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"""
_SHEET = """<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<sheetData>{}</sheetData></worksheet>"""


@pytest.fixture
def write_bytes(tmp_path):
    """Writes bytes or text to a file and gives its path."""

    def write(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write


@pytest.fixture
def raw_xlsx(tmp_path):
    """An .xlsx with just the given rows of XML; further or other parts by name."""

    def write(rows: str, name: str = "raw.xlsx", **parts: str | bytes) -> Path:
        path = tmp_path / name
        all_parts: dict[str, str | bytes] = {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELS.format("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": _BOOK,
            "xl/_rels/workbook.xml.rels": _RELS.format("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": _SHEET.format(rows),
        }
        all_parts |= {key.replace("__", "/"): value for key, value in parts.items()}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in all_parts.items():
                archive.writestr(part, content)
        return path

    return write


@pytest.fixture
def compound_file(tmp_path):
    """A compound file (MS-CFB, version 3) with one stream, as .xls and encrypted workbooks are."""

    def write(name: str, stream_name: str, stream: bytes) -> Path:
        stream = stream.ljust(4096, b"\0")
        stream += b"\0" * (-len(stream) % 512)
        sectors = len(stream) // 512
        header = struct.pack(
            "<8s16sHHHHH6sIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
            0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
        )  # fmt: skip
        header += struct.pack("<I", 0) + b"\xff" * (512 - len(header) - 4)
        chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
        fat = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")

        def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
            text = (name + "\0").encode("utf-16-le")
            return struct.pack(
                "<64sHBBIII16sI8s8sIQ",
                text,
                len(text),
                kind,
                1,
                0xFFFFFFFF,
                0xFFFFFFFF,
                child,
                b"",
                0,
                b"",
                b"",
                start,
                size,
            )

        folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(stream_name, 2, 0xFFFFFFFF, 2, len(stream))
        path = tmp_path / name
        path.write_bytes(header + fat + folder.ljust(512, b"\0") + stream)
        return path

    return write


def _records(*records: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", number, len(body)) + body for number, body in records)


@pytest.fixture
def old_xls(compound_file):
    """An .xls (BIFF8) with one sheet of text and number cells."""

    def write(rows: list[list[str | float | None]], name: str = "old.xls") -> Path:
        begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
        sheet_name = b"Radios"
        globals_length = 4 + len(begin) + 4 + 8 + len(sheet_name) + 4
        place = struct.pack("<IBBBB", globals_length, 0, 0, len(sheet_name), 0) + sheet_name
        stream = _records((0x0809, begin), (0x0085, place), (0x000A, b""))
        cells = []
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, str):
                    text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                    cells.append((0x0204, struct.pack("<HHH", row, column, 0) + text))
                elif value is not None:
                    cells.append((0x0203, struct.pack("<HHHd", row, column, 0, value)))
        size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
        stream += _records(
            (0x0809, begin[:2] + b"\x10\x00" + begin[4:]), (0x0200, size), *cells, (0x000A, b"")
        )  # fmt: skip
        return compound_file(name, "Workbook", stream)

    return write


@pytest.fixture
def ods(tmp_path):
    """An .ods whose table is the given XML."""

    def write(table: str, name: str = "sheet.ods") -> Path:
        spaces = " ".join(
            f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
            for short, long in [("office", "office"), ("table", "table"), ("text", "text")]
        )
        content = f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>{table}'
        content += "</office:spreadsheet></office:body></office:document-content>"
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("META-INF/manifest.xml", "<manifest/>")
            archive.writestr("content.xml", content)
        return path

    return write


@pytest.fixture
def cells_of():
    """All rows of a file's sheet as {row number: cells}, by the door that the importer uses."""

    def read(path: Path, sheet: int = 0) -> dict[int, tuple[object, ...]]:
        progress = Progress()
        with open_source(path, progress) as source:
            return {
                number: (None,) * chunk.first_column + row
                for chunk in source.chunks(source.sheets[sheet], progress)
                for number, row in enumerate(chunk.rows(), chunk.first_row)
            }

    return read


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory):
    """A folder with an empty database that nobody has open."""
    folder = tmp_path_factory.mktemp("empty")
    Register(folder).close()
    return folder


@pytest.fixture
def register(tmp_path, empty_home):
    register = Register(tmp_path / "home", empty_home)
    yield register
    register.close()


@pytest.fixture
def sheet(tmp_path):
    """Writes rows to a csv file."""

    def write(*rows, name="sheet.csv"):
        return write_csv(tmp_path / name, *rows)

    return write
