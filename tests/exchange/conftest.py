"""Files made by hand, as programs and people make them: no file of anybody else is kept here."""

from pathlib import Path

import pytest

from models.exchange.files.sheet import open_source
from models.progress import Progress
from tests.exchange import handmade
from tests.exchange.register import Register, write_csv


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
        path.write_bytes(handmade.xlsx(rows, **parts))
        return path

    return write


@pytest.fixture
def compound_file(tmp_path):
    """A compound file with one stream, as .xls and encrypted workbooks are."""

    def write(name: str, stream_name: str, stream: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(handmade.compound(stream_name, stream))
        return path

    return write


@pytest.fixture
def old_xls(tmp_path):
    """An .xls with one sheet of text and number cells."""

    def write(rows: list[list[str | float | None]], name: str = "old.xls") -> Path:
        path = tmp_path / name
        path.write_bytes(handmade.xls(rows))
        return path

    return write


@pytest.fixture
def ods(tmp_path):
    """An .ods whose table is the given XML."""

    def write(table: str, name: str = "sheet.ods") -> Path:
        path = tmp_path / name
        path.write_bytes(handmade.ods(table))
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
