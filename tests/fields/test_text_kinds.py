"""Text, tags, serial numbers, host names, and the guard against keys."""

import pytest

from models.fields.kind import clean
from models.fields.kinds import Code, Hostname, KeyName, LongText, Ref, Serial, Tag, Text, express_code
from models.fields.problem import BadValue
from models.fields.secrets import looks_like_key


def refused(kind, text) -> str:
    with pytest.raises(BadValue) as bad:
        kind.parse(text, [])
    return bad.value.problem.code


def warned(kind, text) -> list[str]:
    notes = []
    assert kind.parse(text, notes)
    return [note.code for note in notes]


def test_text_is_one_line_and_visible() -> None:
    assert Text().parse(" City\u00a0Hall,\r\n  2nd\tfloor\ufeff ", []) == "City Hall, 2nd floor"
    assert Text().parse("Caf\u0065\u0301\u200b", []) == "Café"
    assert Text().parse("Spill, aisle E", []) == "Spill, aisle E"


def test_clean_leaves_inner_blanks_and_lines() -> None:
    assert clean("\u2003a  b\u2028c\x07 ") == "a  b\nc"


def test_text_may_have_a_limit() -> None:
    assert refused(Text(max_length=3), "four") == "text.too-long"


def test_notes_keep_their_lines() -> None:
    assert LongText().parse("first\r\n  second\rthird\n", []) == "first\n  second\nthird"


def test_text_takes_number_and_date_cells_as_they_read() -> None:
    import datetime as dt

    assert Text().from_cell(204.0, []) == "204"
    assert Text().from_cell(0.1 + 0.2, []) == "0.3"
    assert Text().from_cell(dt.datetime(2024, 3, 14), []) == "2024-03-14"  # noqa: DTZ001 (a sheet's date)


@pytest.mark.parametrize("tag", ["000-002", "A 12", "12E4", "COT-00417", "1001"])
def test_a_tag_is_kept_as_it_is(tag: str) -> None:
    assert Tag().parse(f"  {tag} ", []) == tag


@pytest.mark.parametrize("text", ["A^B", "A~B", "A\x1dB", "A\x00"])
def test_a_tag_has_nothing_that_steers_a_printer(text: str) -> None:
    assert refused(Tag(), text) == "tag.character"


def test_a_scanner_may_end_a_tag_with_a_line_break() -> None:
    assert Tag().parse("COT-00417\r\n", []) == "COT-00417"


def test_a_tag_is_short() -> None:
    assert refused(Tag(), "x" * 65) == "text.too-long"


def test_a_number_cell_is_a_tag_without_its_point() -> None:
    assert Tag().from_cell(1001.0, []) == "1001"


def test_a_truth_or_a_day_is_no_identifier() -> None:
    import datetime as dt

    for cell, code in ((True, "cell.yes-no-in-identifier"), (dt.date(2024, 3, 1), "cell.date-in-identifier")):
        with pytest.raises(BadValue) as bad:
            Serial().from_cell(cell, [])
        assert bad.value.problem.code == code


def test_serials_match_without_case_and_blanks_only() -> None:
    match = Serial().match
    assert match("5rfdp01") == match("5RFD P01")
    assert match("AB-12") != match("AB12")
    assert match("0012") != match("12")


@pytest.mark.parametrize("text", ["To Be Filled By O.E.M.", "System Serial Number", "Default string", "N/A", "0"])
def test_a_makers_leftover_is_no_serial(text: str) -> None:
    assert warned(Serial(), text) == ["serial.placeholder"]


def test_long_digit_strings_stay() -> None:
    # 20 digits, as model numbers in Snipe-IT's consumables sample have
    assert Code().parse("30104310000000000001", []) == "30104310000000000001"


def test_hostnames() -> None:
    assert Hostname().parse("pd-mdc-012.city.gov.", []) == "pd-mdc-012.city.gov"
    assert warned(Hostname(), "PD_MDC_012") == []
    assert warned(Hostname(), "Ann's iPad") == ["hostname.unusual"]


def test_dell_express_code() -> None:
    # creativyst.com's table of Dell service tags
    assert express_code("5RFDP01") == "12542331601"
    assert express_code("5rfdp01") == "12542331601"
    assert express_code("5RFDP0") is None
    assert express_code("5RFDP0É") is None


@pytest.mark.parametrize(
    "key",
    [
        "0123456789",
        "A1B2C3D4E5",
        "0123456789ABCDEF",
        "0x0123456789abcdef",
        "01 23 45 67 89",
        "AB" * 32,
        "key AB:CD:EF:01:23",
    ],
)
def test_key_material_is_known(key: str) -> None:
    assert looks_like_key(key)


@pytest.mark.parametrize(
    "name",
    [
        "CKR 12",
        "SLN 0061440",
        "KID 1F2A",
        "Patrol TEK",
        "2026-01-05",
        "2026-01-05 10",
        "00:1B:44:11:3A:B7",
        "",
        "1 2 3",
    ],
)
def test_names_of_keys_are_not_keys(name: str) -> None:
    assert not looks_like_key(name)


def test_a_refused_key_is_not_repeated() -> None:
    with pytest.raises(BadValue) as bad:
        KeyName().parse("0123456789ABCDEF", [])
    assert bad.value.problem.code == "secret.key-material"
    assert bad.value.problem.value == ""


def test_a_reference_gives_the_name_that_was_typed() -> None:
    assert Ref("location").parse(" Engine\u00a0 7 ", []) == "Engine 7"
    assert Ref("person", "custodian").name == "custodian"
    assert Ref("location").from_cell(204.0, []) == "204"
    assert refused(Ref("asset"), "3.56E+14") == "cell.destroyed-number"
