"""A scan names records by what they have, whole: at once, tags before other names, other kinds too."""

import pytest

from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.writer import Journal
from models.scanning.named import named
from models.scanning.reading import read_scan
from models.scanning.rules import shipped_rules
from models.store.database import Database
from models.store.home import Home

RECORDS = {
    "radio": (
        "asset",
        {"kind": "radio", "tag": "R-004471", "serial": "672CYX0119", "unit_id": "4779", "alias": "E7 DRV"},
    ),
    "laptop": (
        "asset",
        {"kind": "hardware", "tag": "A-10001", "serial": "5CG1234567", "hostname": "LT-0042"}
        | {"mac": "3C:52:82:AA:BB:CC", "other_barcode": "OLD-77"},
    ),
    "dell": ("asset", {"kind": "hardware", "serial": "5RFDP01"}),
    "phone": ("asset", {"kind": "mobile", "tag": "M-1", "imei": "353918052107063", "sim": "8901410321111851072"}),
    "confused": ("asset", {"kind": "hardware", "tag": "M-0002", "serial": "A-10001"}),
    "line": ("line", {"number": "+15035550100", "iccid": "8901410321111851072"}),
    "room": ("location", {"name": "Room 204", "code": "CH-204"}),
    "person": (
        "person",
        {"name": "T. Nakagawa", "email": "tom@city.example", "employee_number": "E1077", "username": "tnak"}
        | {"badge": "B-19"},
    ),
    "model": ("model", {"name": "Latitude 5450", "number": "MR-5450"}),
    "department": ("department", {"name": "Fire", "code": "FD"}),
    "product": ("product", {"name": "Acrobat", "sku": "65304521BC"}),
    "void": ("void_tag", {"tag": "R-009999", "reason": "Spoilt"}),
}


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    database = Database.open(Home(tmp_path_factory.mktemp("named") / "home"))
    ids = {name: new_id() for name in RECORDS}
    edits = [Edit(table, ids[name], patch, new=True) for name, (table, patch) in RECORDS.items()]
    Journal(database, "x").write("x", edits)
    yield database, {row: name for name, row in ids.items()}
    database.close()


def _named(register, raw):
    database, names = register
    with database.reading() as connection:
        found = named(connection, database.catalogue(), read_scan(raw, shipped_rules()))
    return [(names[each.row], each.field) for each in found], found


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("R-004471", [("radio", "tag")]),
        ("]C0r-004471", [("radio", "tag")]),
        ("672CYX0119", [("radio", "serial")]),
        ("4779", [("radio", "unit_id")]),
        ("e7 drv", [("radio", "alias")]),
        ("S5CG1234567", [("laptop", "serial")]),
        ("OLD-77", [("laptop", "other_barcode")]),
        ("LT-0042", [("laptop", "hostname")]),
        ("lt-0042", [("laptop", "hostname")]),
        ("3C52.82AA.BBCC", [("laptop", "mac")]),
        ("3c5282aabbcc", [("laptop", "mac")]),
        ("12542331601", [("dell", "serial")]),
        ("353918052107063", [("phone", "imei")]),
        ("35391805210706", [("phone", "imei")]),
        ("3539180521070601", [("phone", "imei")]),
        ("8901410321111851072", [("phone", "sim"), ("line", "iccid")]),
        ("(503) 555-0100", [("line", "number")]),
        ("CH-204", [("room", "code")]),
        ("room 204", [("room", "name")]),
        ("TOM@city.example", [("person", "email")]),
        ("E1077", [("person", "employee_number")]),
        ("tnak", [("person", "username")]),
        ("B-19", [("person", "badge")]),
        ("Latitude 5450", [("model", "name")]),
        ("1PMR-5450", [("model", "number")]),
        ("FD", [("department", "code")]),
        ("65304521BC", [("product", "sku")]),
        ("R-009999", [("void", "tag")]),
        ("https://city.example/a/R-004471", [("radio", "tag")]),
        ("]C18004950600013R-004471", [("radio", "tag")]),
        ("A-10001", [("laptop", "tag"), ("confused", "serial")]),
        ("A-1000", []),
        ("Latitude", []),
        ("MUSTER UNDO", []),
        ("", []),
    ],
)  # fmt: skip
def test_what_a_code_names(register, raw, found):
    assert _named(register, raw)[0] == found


def test_the_first_reading_that_names_anything_counts(register):
    _, found = _named(register, "]C18004950600013R-004471\x1d215CG1234567")
    assert [(each.label, each.reading) for each in found] == [("R-004471", "R-004471")]


def test_what_is_named_is_told_by_its_kind_and_what_it_is_called(register):
    _, found = _named(register, "+1 503 555 0100")
    assert [(each.word, each.label) for each in found] == [("line", "(503) 555-0100")]
    _, found = _named(register, "12542331601")
    assert [(each.word, each.label) for each in found] == [("hardware", "5RFDP01")]


def test_deleted_records_are_named_no_more(register):
    database, _ = register
    row = new_id()
    journal = Journal(database, "x")
    journal.write("x", [Edit("asset", row, {"kind": "radio", "tag": "GONE-1"}, new=True)])
    with database.reading() as connection:
        assert len(named(connection, database.catalogue(), read_scan("GONE-1", shipped_rules()))) == 1
    journal.write("x", [Edit("asset", row, {"deleted": "yes"})])
    assert _named(register, "GONE-1")[0] == []
