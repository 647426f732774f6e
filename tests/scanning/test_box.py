"""The codes of a phone's box find their fields by what they are; none is guessed into the wrong one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from models.scanning.answer import Outcome
from models.scanning.box import sort_codes
from models.scanning.rules import shipped_rules
from models.schema.records import RECORDS

IMEI, IMEI2, EID, ICCID = (
    "353918052107063",
    "353918052107071",
    "89049032123451234512345678901235",
    "8901410321111851072",
)
MAC, SERIAL = "3C:52:82:AA:BB:CC", "F2LXK1ABCD"
IMEIS = st.integers(10**13, 10**14 - 1).map(lambda body: f"{body}{luhn.calc_check_digit(str(body))}")


def _sorted(raw, word="mobile", values=None, **more):
    return sort_codes(raw, RECORDS[word].fields, values or {}, shipped_rules(), **more)


def _filled(raws, word="mobile", **more):
    """What a new record has after these scans."""
    values = {}
    for raw in raws:
        for each in _sorted(raw, word, values, **more):
            if each.outcome is Outcome.OK:
                values[each.key] = each.value
    return values


def test_a_phones_box_code_by_code():
    scans = [f"S{SERIAL}", f"]C0{IMEI}", IMEI2, EID, ICCID, "3c5282aabbcc", "1PMQ8X3LL/A", "4006381333931"]
    assert _filled(scans) == {
        "serial": SERIAL, "imei": IMEI, "imei2": IMEI2, "eid": EID, "sim": ICCID, "wifi_mac": MAC,
    }  # fmt: skip


@pytest.mark.parametrize("mark", ["\t", "\r\n", ";", "|", ",", "\x1d"])
def test_a_box_in_one_scan(mark):
    raw = mark.join((f"IMEI1: {IMEI}", f"IMEI2:{IMEI2}", f"EID:{EID}", f"SN:{SERIAL}"))
    assert _filled([raw]) == {"imei": IMEI, "imei2": IMEI2, "eid": EID, "serial": SERIAL}
    assert _filled([mark.join((IMEI, EID, SERIAL))]) == {"imei": IMEI, "eid": EID, "serial": SERIAL}


def test_a_trade_number_with_a_serial_gives_the_serial():
    assert _filled(["]d20100190199881238\x1d21F2LXK1ABCD"]) == {"serial": SERIAL}


@pytest.mark.parametrize(
    ("raw", "values", "outcome", "code"),
    [
        (IMEI, {"imei": IMEI}, Outcome.KNOWN, "box.same"),
        (IMEI, {"imei2": IMEI}, Outcome.KNOWN, "box.same"),
        (IMEI, {"imei": IMEI2, "imei2": IMEI2}, Outcome.WRONG, "box.full"),
        ("353918052107064", {}, Outcome.WRONG, "imei.check-digit"),
        (EID[:-1] + "6", {}, Outcome.WRONG, "eid.check-digit"),
        ("1PMQ8X3LL/A", {}, Outcome.WRONG, "box.no-identity"),
        ("Q1", {}, Outcome.WRONG, "box.no-identity"),
        ("4006381333931", {}, Outcome.WRONG, "box.no-identity"),
        (SERIAL, {"serial": SERIAL.lower()}, Outcome.KNOWN, "box.same"),
        (SERIAL, {"serial": "A", "tag": "B", "other_barcode": "C"}, Outcome.WRONG, "box.full"),
    ],
)
def test_what_does_not_fit_is_told_and_changes_nothing(raw, values, outcome, code):
    (found,) = _sorted(raw, values=values)
    assert (found.outcome, found.problem.code) == (outcome, code)


def test_hardware_and_radios_and_lines_have_other_fields():
    assert _filled([MAC, "3C5282AABBCD", SERIAL, "A-10001"], "hardware") == {
        "mac": MAC, "wifi_mac": "3C:52:82:AA:BB:CD", "serial": SERIAL, "tag": "A-10001",
    }  # fmt: skip
    assert _filled([IMEI], "radio") == {"serial": IMEI}
    assert _filled([ICCID], "line") == {"iccid": ICCID}
    (nowhere,) = _sorted(SERIAL, "line")
    assert (nowhere.key, nowhere.outcome, nowhere.problem.code) == ("", Outcome.WRONG, "box.no-field")


def test_a_tag_of_a_scheme_is_the_tag():
    assert _filled(["R-004471", SERIAL], "radio", is_tag=lambda text: text.startswith("R-")) == {
        "tag": "R-004471", "serial": SERIAL,
    }  # fmt: skip


def test_what_could_be_anything_goes_where_the_person_is():
    assert _filled(["PO-2026-17"], at="po_number") == {"po_number": "PO-2026-17"}
    assert _filled([IMEI], at="po_number") == {"imei": IMEI}
    assert _filled([SERIAL], at="notes") == {"serial": SERIAL}
    assert _filled([SERIAL], at="eid") == {"serial": SERIAL}


def test_what_was_left_out_in_front_is_told():
    (found,) = _sorted(f"S{SERIAL}")
    assert (found.problem.code, found.problem.details["prefix"]) == ("box.filled-without", "S")
    (lenovo,) = _sorted("1S20XW004AUSPF2ABCDE")
    assert (lenovo.value, lenovo.problem.details["prefix"]) == ("PF2ABCDE", "1S20XW004AUS")
    (plain,) = _sorted("PF2ABCDE")
    assert (plain.value, plain.problem.code) == ("PF2ABCDE", "box.filled")


@pytest.mark.parametrize("raw", ["", "  ", "MUSTER NEXT", "\t\t"])
def test_nothing_and_commands_fill_nothing(raw):
    assert _sorted(raw) == []


@given(st.lists(IMEIS, min_size=1, max_size=2, unique=True), st.permutations([EID, ICCID, MAC, f"S{SERIAL}"]))
def test_the_order_of_the_codes_does_not_matter(imeis, others):
    first = _filled([*imeis, *others])
    assert first == _filled([*others, *imeis])
    assert [first["imei"], first.get("imei2")] == [*imeis, None][:2]


@given(st.text(max_size=300))
def test_no_scan_breaks_it_and_none_fills_a_field_with_what_it_does_not_take(raw):
    fields = {field.key: field for field in RECORDS["mobile"].fields}
    for each in _sorted(raw):
        if each.outcome is Outcome.OK:
            assert fields[each.key].kind.parse(each.value, []) == each.value
