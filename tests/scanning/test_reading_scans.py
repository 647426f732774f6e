"""What a scanner sends is read as what it is, whatever stands around it; nothing that it sends can do harm."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.scanning.reading import LIMIT, read_scan
from models.scanning.rules import ScanRules, shipped_rules
from models.scanning.scan import Command

TAGS = st.text("ABCDEFGHJKLMNPRTUVWXYZ0123456789-", min_size=2, max_size=20).filter(lambda text: text.strip() == text)


def _read(raw, rules=None):
    return read_scan(raw, rules or shipped_rules())


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("]C0R-004471", "Code 128"),
        ("]A0R-004471", "Code 39"),
        ("]Q1R-004471", "QR Code"),
        ("]d1R-004471", "Data Matrix"),
        ("]L0R-004471", "PDF417"),
        ("]z0R-004471", "Aztec"),
        ("\x02]C0R-004471\r\n", "Code 128"),
        (" R-004471\t", ""),
        ("R-004471\x04", ""),
    ],
)
def test_the_code_is_without_identifier_blanks_and_controls(raw, name):
    scan = _read(raw)
    assert (scan.text, scan.symbology, scan.readings[0]) == ("R-004471", name, "R-004471")
    assert scan.raw == raw


@pytest.mark.parametrize("raw", ["]", "]C", "]C1", "]??R-1", "]C#12", "[]C1"])
def test_a_bracket_alone_is_no_identifier(raw):
    assert _read(raw).symbology == ""
    assert _read(raw).text == raw


@pytest.mark.parametrize(("raw", "name"), [("]E00012345678905", "EAN-13"), ("]E496385074", "EAN-8")])
def test_the_modifier_names_the_symbology_more_closely(raw, name):
    assert _read(raw).symbology == name


def test_the_vendors_prefix_is_a_reading_and_never_a_replacement():
    scan = _read("S5CG1234567")
    assert (scan.text, scan.readings) == ("S5CG1234567", ("S5CG1234567", "5CG1234567"))
    lenovo = _read("1S20XW004AUSPF2ABCDE")
    assert lenovo.readings == ("1S20XW004AUSPF2ABCDE", "PF2ABCDE", "20XW004AUSPF2ABCDE")
    assert _read("1PMR-33").readings == ("1PMR-33", "MR-33")
    assert _read("Q12").readings == ("Q12",)


def test_an_express_code_is_also_read_as_the_service_tag():
    assert _read("12542331601").readings == ("12542331601", "5RFDP01")
    assert _read("1254233160123").readings == ("1254233160123",)


@pytest.mark.parametrize(
    "raw", ["https://city.example/a/R-004471", "HTTPS://CITY.EXAMPLE/R-004471/", "https://x.example/?tag=R-004471&v=2"]
)
def test_an_address_on_a_label_names_its_tag(raw):
    assert _read(raw).readings == (raw, "R-004471")


@pytest.mark.parametrize("separator", ["\x1d", "<GS>", "␝", "^]"])
def test_element_strings_are_taken_apart_by_any_separator(separator):
    scan = _read(f"]C18004950600013R-004471{separator}21ABC123")
    assert [(each.ai, each.value, each.title) for each in scan.elements] == [
        ("8004", "950600013R-004471", "GIAI"),
        ("21", "ABC123", "SERIAL"),
    ]
    assert scan.symbology == "GS1-128"
    assert {"950600013R-004471", "R-004471", "ABC123"} < set(scan.readings)


def test_the_citys_own_company_prefix_settles_where_the_reference_begins():
    rules = ScanRules(shipped_rules().rules, shipped_rules().stand_ins, "9506000")
    assert _read("]C18004950600000471", rules).readings[1:] == ("950600000471", "00471")
    assert len(_read("]C18004950600000471").readings) > 5


@pytest.mark.parametrize("raw", ["(01)07032069804988(21)AB12", "010703206980498821AB12", "]Q3010703206980498821AB12"])
def test_a_trade_number_with_its_serial(raw):
    scan = _read(raw)
    assert [(each.ai, each.value) for each in scan.elements] == [("01", "07032069804988"), ("21", "AB12")]
    assert scan.readings[1:] == ("AB12", "07032069804988", "7032069804988")


@pytest.mark.parametrize("raw", ["0107032069804989", "R-004471", "80041", "353918052107063", "89014103211118510720"])
def test_other_numbers_are_no_element_strings(raw):
    assert _read(raw).elements == ()


def test_a_digital_link_is_an_element_string():
    scan = _read("https://id.gs1.org/01/614141123452/21/AB12")
    assert [each.ai for each in scan.elements] == ["01", "21"]
    assert "AB12" in scan.readings


def test_the_parts_of_a_vendors_envelope():
    scan = _read("[)>\x1e06\x1d1PC9200L-24P\x1dSFOC2413X0AB\x1dQ1\x1e\x04")
    assert scan.readings[1:] == ("FOC2413X0AB", "C9200L-24P")


@pytest.mark.parametrize("raw", ["MUSTER UNDO", "muster undo", "]C0MUSTER UNDO\r", " MUSTER  UNDO"])
def test_command_barcodes(raw):
    assert _read(raw).command is Command.UNDO


def test_what_is_too_long_is_cut_and_names_nothing():
    scan = _read("R-004471" * 10_000)
    assert (len(scan.text), scan.readings) == (LIMIT, ())


@given(TAGS)
def test_any_tag_comes_through_all_that_scanners_put_around_it(tag):
    for raw in (tag, f"]C0{tag}\r", f"\x02{tag}\x03", f"{tag}\x04"):
        assert _read(raw).text == " ".join(tag.split())
        assert _read(raw).readings[0] == tag


@given(st.text(max_size=400))
def test_nothing_breaks_the_reading(raw):
    scan = _read(raw)
    assert scan.text == scan.text.strip()
    assert scan.text.isprintable() or not scan.text.isascii()
    assert all(0 < len(each) <= 200 for each in scan.readings)
    assert len(set(scan.readings)) == len(scan.readings)


@given(st.text("0123456789()\x1d<GS>]C1d2Q3", max_size=200))
def test_nothing_that_looks_like_an_element_string_breaks_it(raw):
    for raised in (raw, f"]C1{raw}", f"https://id.gs1.org/{raw}"):
        assert len(_read(raised).readings) < 40


def test_hostile_texts_are_read_at_once():
    begun = time.perf_counter()
    for raw in ("(01)" * 1000, "]C1" + "\x1d" * 4000, "S" * 4000, "https://x.example/" + "?a=b&" * 800, "8004" * 1000):
        _read(raw)
    assert time.perf_counter() - begun < 2
