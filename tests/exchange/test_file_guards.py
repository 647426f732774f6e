"""What is no spreadsheet, or would harm who opens it, is refused by name; nothing takes Muster down."""

import io
import os
import random
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import psutil
import pytest

from models.exchange.files import workbook as workbook_module
from models.exchange.files.guards import Format
from models.exchange.files.sheet import open_source
from models.exchange.files.workbook import CHILD_ARGUMENT, Workbook, child_command
from models.fields.problem import InputError, KnownError
from models.progress import Cancelled, Progress
from tests.exchange import handmade


def read_all(path):
    with open_source(path, Progress()) as source:
        for sheet in source.sheets:
            source.head(sheet, Progress())
            for _ in source.chunks(sheet, Progress()):
                pass


def refusal(path):
    """The code by which a file is refused when it is opened and read, and what it is said to be."""
    with pytest.raises(InputError) as error:
        read_all(path)
    return error.value.problem.code, error.value.problem.details.get("what")


def code_of(path):
    """The code of a refusal, "" when the file was read; any other error is a fault of ours."""
    try:
        read_all(path)
    except KnownError as error:
        return error.problem.code
    return ""


def test_files_that_are_not_there_or_not_files(tmp_path):
    assert refusal(tmp_path / "none.xlsx")[0] == "file.missing"
    assert refusal(tmp_path)[0] == "file.folder"


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
def test_a_file_that_may_not_be_read(write_bytes):
    path = write_bytes("secret.csv", "a,b\n")
    path.chmod(0)
    assert refusal(path)[0] == "file.no-permission"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n1 0 obj", "pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"SQLite format 3\0", "database"),
        (b"{\\rtf1 hello}", "document"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (bytes(range(256)) * 4, "binary"),
        (b"a,b\n" + bytes([1, 2, 3, 4, 5, 6, 7]) * 20, "binary"),
        (b"a,b\n1,2\n" * 100 + b"\0\0\0\0", "binary"),
        (b'{"assets": [{"tag": "1", "name": "x"}]}', "code"),
        (b"---\nmanufacturer: Apple\nmodel: A1427\ninterfaces:\n  - name: eth\n", "code"),
        (b"[radio]\nid=5\nname=Engine\n", "code"),
        (b"<?xml version='1.0'?><assets><asset/></assets>", "code"),
        (
            b"# set up\nID: 2621370\nDigital Name   Receive    Power\n1   DB0LDS   439.5\n2   DB0X   430.1\n",
            "prose",
        ),
        ("\n".join(["This memorandum is about the laptops that were bought last year. " * 3] * 9).encode(), "prose"),
    ],
)
def test_what_is_not_a_spreadsheet_is_named(write_bytes, content, what):
    assert refusal(write_bytes("list.xlsx", content)) == ("file.not-spreadsheet", what)


def test_web_pages_without_a_table_and_old_xml_under_a_false_name(write_bytes):
    page = "<!DOCTYPE html><html><frameset><frame src='sheet001.htm'></frameset></html>"
    archive = 'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"\n\n<table><tr><td>Tag</table>'
    old = "<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>"
    old += "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>"

    assert refusal(write_bytes("report.xls", page))[0] == "file.web-page"
    assert refusal(write_bytes("saved.mht", archive))[0] == "file.web-page"
    assert refusal(write_bytes("old.xls", old))[0] == "file.old-xml"


def test_an_empty_file(write_bytes):
    assert refusal(write_bytes("nothing.xlsx", b""))[0] == "file.empty"


def test_archives_that_are_no_workbook(tmp_path):
    for name, parts, expected in [
        ("empty.xlsx", {}, ("file.empty", None)),
        ("word.xlsx", {"word/document.xml": "<d/>"}, ("file.not-spreadsheet", "document")),
        ("numbers.xlsx", {"Index/Document.iwa": "x"}, ("file.not-spreadsheet", "numbers")),
        ("zip.xlsx", {"assets.csv": "a,b"}, ("file.not-spreadsheet", "archive")),
        ("text.ods", {"mimetype": "application/vnd.oasis.opendocument.text"}, ("file.not-spreadsheet", "document")),
    ]:
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for part, content in parts.items():
                archive.writestr(part, content)
        assert refusal(tmp_path / name) == expected


def test_a_workbook_with_a_password(compound_file):
    path = compound_file("secret.xlsx", "EncryptedPackage", b"\x10\0\0\0\0\0\0\0" + bytes(200))
    assert refusal(path)[0] == "file.encrypted"


def test_an_old_workbook_with_a_password(old_xls):
    """FILEPASS (0x2F) says that what follows is scrambled; here the sheet's first record is made one."""
    path = old_xls([["Tag"]])
    whole = path.read_bytes()
    sheet = whole.index(b"\x85\x00")
    scrambled = b"\x2f\x00" + len(whole[sheet + 4 : sheet + 18]).to_bytes(2, "little") + whole[sheet + 4 : sheet + 18]
    path.write_bytes(whole[:sheet] + scrambled + whole[sheet + len(scrambled) :])

    assert refusal(path)[0] == "file.encrypted"


def test_a_compound_file_that_is_no_workbook(compound_file):
    assert refusal(compound_file("mail.xls", "__properties_version1.0", b"hello")) == (
        "file.not-spreadsheet",
        "document",
    )
    assert refusal(compound_file("other.xls", "Contents", b"hello"))[0] == "file.damaged"


def test_a_workbook_that_was_cut_off(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Tag"])
    book.save(tmp_path / "whole.xlsx")
    whole = (tmp_path / "whole.xlsx").read_bytes()
    (tmp_path / "part.xlsx").write_bytes(whole[: len(whole) // 2])

    assert refusal(tmp_path / "part.xlsx")[0] == "file.damaged"


def test_a_small_file_that_unpacks_to_much(raw_xlsx):
    path = raw_xlsx("", **{"xl/sharedStrings.xml": bytes(80_000_000)})
    assert path.stat().st_size < 200_000
    assert refusal(path)[0] == "file.hostile"


def test_parts_that_are_too_big_together(raw_xlsx, monkeypatch):
    monkeypatch.setattr("models.exchange.files.guards.LARGEST_UNPACKED", 1000)
    assert refusal(raw_xlsx("<row/>" * 500))[0] == "file.too-big"


def test_an_archive_in_an_archive_is_no_workbook(tmp_path):
    """A bomb of bombs: what is packed twice is not unpacked."""
    inner = handmade.zipped({"0.dll": bytes(4_000_000)})
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(handmade.zipped({f"lib {n}.zip": inner for n in range(16)}))
    assert refusal(path) == ("file.not-spreadsheet", "archive")


def test_parts_that_are_one_and_the_same_bytes(raw_xlsx):
    """Many names for one packed part (the bombs that overlap): each would be unpacked anew."""
    whole = raw_xlsx("<row/>" * 500).read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        sheet = archive.getinfo("xl/worksheets/sheet1.xml")
        central = whole.index(b"PK\x01\x02")
        entry_at = whole.rindex(b"PK\x01\x02", 0, whole.rindex(sheet.filename.encode()))
        entry = whole[entry_at : entry_at + 46 + len(sheet.filename)]
        end = whole.rindex(b"PK\x05\x06")
        copies = b"".join(entry[:46] + f"xl/worksheets/sheet{n}.xml".encode() for n in range(2, 10))
    count = len(archive.infolist()) + 8
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, end - central + len(copies), central, 0)
    path = raw_xlsx("", name="overlapping.xlsx")
    path.write_bytes(whole[:end] + copies + tail)
    assert refusal(path)[0] == "file.damaged"


def test_a_part_that_unpacks_to_more_than_it_says(raw_xlsx):
    path = raw_xlsx(handmade.row_xml(1, "Tag") + " " * 3_000_000)
    whole = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = struct.pack("<I", archive.getinfo("xl/worksheets/sheet1.xml").file_size)
    assert whole.count(size) == 2
    path.write_bytes(whole.replace(size, struct.pack("<I", 60)))
    assert code_of(path) in {"", "file.damaged"}


DECLARATION = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    "part", ["xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels", "docProps/core.xml", "xl/odd.bin"]
)
@pytest.mark.parametrize(
    "bomb",
    [
        ('<?xml version="1.0"?>' + DECLARATION).encode(),
        ('<?xml version="1.0" encoding="UTF-16"?>' + DECLARATION).encode("utf-16"),
        ('\n<?xml version="1.0"?><!--' + "x" * 9_000 + "--> <?a b?>" + DECLARATION).encode("utf-8-sig"),
        ("<!--" + "x" * 2_000_000).encode(),
    ],
    ids=["plain", "utf-16", "behind a comment", "endless comment"],
)
def test_entities_are_refused(raw_xlsx, part, bomb):
    assert refusal(raw_xlsx("", **{part: bomb}))[0] == "file.hostile"


def test_comments_before_the_root_do_no_harm(raw_xlsx, cells_of):
    sheet = handmade.xlsx_parts(handmade.row_xml(1, "Tag"))["xl/worksheets/sheet1.xml"]
    told = sheet.replace("<worksheet", "<!-- made by a program that talks -->\n" * 400 + "<worksheet")
    assert cells_of(raw_xlsx("", **{"xl/worksheets/sheet1.xml": told})) == {1: ("Tag",)}


def test_two_cells_that_ask_for_the_memory_of_a_city(raw_xlsx):
    """17 billion cells: calamine aborts its process, which is not ours."""
    path = raw_xlsx('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')
    assert refusal(path)[0] == "file.too-big"


def test_an_ods_that_repeats_rows_without_end(ods):
    path = ods(
        '<table:table table:name="x"><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )
    assert refusal(path)[0] == "file.too-big"


def test_counts_in_a_binary_workbook_that_ask_for_too_much(tmp_path):
    """A table of texts that says it has four billion; rows that say they are the last there can be."""
    old = handmade.xls([[("shared", 0)]], shared=["Tag"], shared_said=(2**32 - 1, 2**32 - 1))
    new = handmade.xlsb([["Tag"]])
    far = handmade.xlsb_cells([["Tag"]]).replace(struct.pack("<II", 0, 0) + b"\0\0\0\0", struct.pack("<I", 2**31) * 3)
    for name, content in [("old.xls", old), ("new.xlsb", new), ("far.xlsb", _with_part(new, "sheet1.bin", far))]:
        (tmp_path / name).write_bytes(content)
        assert code_of(tmp_path / name) in {"", "file.damaged", "file.too-big"}


def _with_part(data, ending, content):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return handmade.zipped(
            {name: content if name.endswith(ending) else archive.read(name) for name in archive.namelist()}
        )


@pytest.mark.parametrize("repeat", ["rows", "columns"])
def test_an_ods_that_repeats_a_cell_to_the_edge_of_the_sheet(ods, repeat):
    many = {"rows": 1_048_576, "columns": 16_384}[repeat]
    row = 'table:number-rows-repeated="1048576"' if repeat == "rows" else ""
    cell = 'table:number-columns-repeated="16384"' if repeat == "columns" else ""
    path = ods(
        f'<table:table table:name="x"><table:table-row {row}><table:table-cell office:value-type="string" {cell}>'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    )
    with open_source(path, Progress()) as source:
        chunks = list(source.chunks(source.sheets[0], Progress()))
    assert sum(chunk.height * len(chunk.columns) for chunk in chunks) == many


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX has them")
def test_pipes_and_devices_are_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    assert refusal(tmp_path / "pipe.csv") == ("file.not-spreadsheet", "device")
    assert refusal(Path("/dev/zero")) == ("file.not-spreadsheet", "device")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_links_lead_to_their_file_or_nowhere(tmp_path, write_bytes, cells_of):
    (tmp_path / "link.csv").symlink_to(write_bytes("list.csv", "Tag,Name\n1,x\n"))
    (tmp_path / "broken.csv").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round.csv").symlink_to(tmp_path / "round.csv")
    assert cells_of(tmp_path / "link.csv")[2] == ("1", "x")
    assert refusal(tmp_path / "broken.csv")[0] == "file.missing"
    assert refusal(tmp_path / "round.csv")[0] in {"file.missing", "file.cannot-read"}


def test_a_name_that_no_file_can_have(tmp_path):
    assert refusal(tmp_path / "a\0b.csv")[0] in {"file.missing", "file.cannot-read"}
    assert refusal(tmp_path / ("x" * 5_000))[0] in {"file.missing", "file.cannot-read"}


def test_text_that_goes_on_without_end(write_bytes, monkeypatch):
    monkeypatch.setattr("models.exchange.files.delimited.LONGEST_ROW", 50_000)
    table = "Tag,Name\n" + "".join(f"{n},x\n" for n in range(400))
    for name, text, row in [
        ("line.csv", table + "x" * 60_000 + "\n", "402"),
        ("row.csv", table + '"a\nb",' * 10_000, "402"),
        ("feeds.csv", ("Tag,Name\n" + "\u0a0a" * 60_000).encode("utf-16"), "2"),
    ]:
        with pytest.raises(InputError) as error:
            read_all(write_bytes(name, text))
        assert (error.value.problem.code, error.value.problem.details["row"]) == ("text.long-row", row)


def test_a_quote_without_end_in_one_cell(write_bytes):
    assert refusal(write_bytes("quote.csv", 'Tag,Name\n1,"' + "x\n" * 200_000))[0] == "text.open-quote"


def test_more_columns_and_rows_than_a_list_has(write_bytes, monkeypatch):
    assert refusal(write_bytes("wide.csv", "Tag,Name\n" + "," * 100_000))[0] == "text.too-wide"
    monkeypatch.setattr("models.exchange.files.delimited.MOST_ROWS", 1_000)
    assert refusal(write_bytes("long.csv", "Tag,Name\n" + "1,x\n" * 1_000))[0] == "text.too-many-rows"
    monkeypatch.setattr("models.exchange.files.text_encoding.LARGEST_TEXT", 1_000)
    assert refusal(write_bytes("big.csv", "Tag,Name\n" + "1,x\n" * 1_000))[0] == "text.too-big"


def test_one_wide_row_among_many_is_not_padded_into_all(write_bytes):
    path = write_bytes("ragged.csv", "Tag,Name\n" + "1,x\n" * 1_900 + "," * 16_000 + "\n" + "2,y\n" * 50)
    with open_source(path, Progress()) as source:
        chunks = list(source.chunks(source.sheets[0], Progress()))
    assert sum(chunk.height for chunk in chunks) == 1_952
    assert max(chunk.height * len(chunk.columns) for chunk in chunks) <= 200_000


def test_a_line_of_blanks_is_judged_at_once(write_bytes):
    begun = time.perf_counter()
    assert code_of(write_bytes("blanks.csv", "a" + " " * 200_000 + "b\n" + "c\n" * 20)) == "text.long-row"
    assert time.perf_counter() - begun < 5


def test_cancelling_while_a_long_text_is_looked_through(write_bytes):
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        open_source(write_bytes("list.csv", "Tag,Name\n1,x\n"), progress)


@pytest.fixture
def stuck_reader(monkeypatch):
    """A reader process that takes what it is told and never answers."""
    monkeypatch.setattr(
        workbook_module, "child_command", lambda: [sys.executable, "-c", "import sys; sys.stdin.read()"]
    )


def test_a_reader_that_says_nothing_is_stopped(stuck_reader, tmp_path):
    reader = Workbook(tmp_path / "slow.xlsx", Format.XLSX, silence=0.05)

    with pytest.raises(InputError) as error:
        reader.sheets(Progress())

    assert error.value.problem.code == "file.too-slow"
    assert not psutil.Process().children()


def test_cancelling_stops_the_reader_at_once(stuck_reader, tmp_path):
    progress = Progress("open")
    progress.cancel()

    with pytest.raises(Cancelled):
        Workbook(tmp_path / "slow.xlsx", Format.XLSX).sheets(progress)

    assert not psutil.Process().children()


def test_cancelling_between_chunks(tmp_path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(5000):
        sheet.append([number])
    book.save(tmp_path / "long.xlsx")
    progress = Progress()

    with open_source(tmp_path / "long.xlsx", progress) as source:
        chunks = source.chunks(source.sheets[0], progress)
        next(chunks)
        progress.cancel()
        with pytest.raises(Cancelled):
            next(chunks)

    assert not psutil.Process().children()


def test_the_reader_goes_when_nobody_listens_any_more():
    with subprocess.Popen(child_command(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as reader:
        assert reader.stdin
        reader.stdin.close()
        assert reader.wait(20) == 0


def test_the_reader_is_not_misled_by_the_folder_it_starts_in(tmp_path, monkeypatch, raw_xlsx, cells_of):
    (tmp_path / "queue.py").write_text("raise SystemExit(7)")
    monkeypatch.chdir(tmp_path)
    assert cells_of(raw_xlsx('<row r="1"><c r="A1"><v>1</v></c></row>')) == {1: (1.0,)}


def test_a_frozen_program_starts_itself(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child_command() == [sys.executable, CHILD_ARGUMENT]


#: What a workbook with changed bytes may come to; an offset that now points into another part looks like a bomb.
_REFUSED = {"", "file.damaged", "file.encrypted", "file.too-big", "file.not-spreadsheet", "file.hostile"}


def test_damaged_workbooks_never_take_muster_down(tmp_path):
    """A workbook with some bytes changed: read or refused, by a known error and nothing else."""
    book = openpyxl.Workbook()
    for row in range(30):
        book.active.append([f"T{row}", row, None, "Engine 7"])
    book.active.merge_cells("D2:D9")
    book.save(tmp_path / "whole.xlsx")
    whole = (tmp_path / "whole.xlsx").read_bytes()
    chance = random.Random(4779)  # noqa: S311 - the same damage in every run
    for number in range(25):
        damaged = bytearray(whole)
        for _ in range(chance.choice([1, 4, 40])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path = tmp_path / f"damaged{number}.xlsx"
        path.write_bytes(damaged)
        assert code_of(path) in _REFUSED


def test_damage_in_the_xml_itself(raw_xlsx):
    """Well packed, badly written: rows out of order, cells without a place, numbers that are none, tags left open."""
    for rows in [
        '<row r="9"><c r="A9"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>',
        "<row><c><v>1</v></c><c><v>2</v></c></row>",
        '<row r="1"><c r="A1"><v>many</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99999</v></c></row>',
        '<row r="1"><c r="A1" t="e"><v>#REF!</v></c>',
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="99999999"><c r="ZZZZZ99999999"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="e"' + " " * 2000 + "><v>#REF!</v></c></row>",
    ]:
        assert code_of(raw_xlsx(rows)) in {"", "file.damaged", "file.too-big"}
