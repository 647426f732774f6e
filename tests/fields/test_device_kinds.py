"""Identities of phones, SIMs and radios, by published examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from models.fields.kinds import (
    CallSign,
    DmrId,
    Eid,
    Flashcode,
    Iccid,
    Imei,
    MdcId,
    Meid,
    Nac,
    NxdnUnit,
    P25Talkgroup,
    P25UnitId,
    SystemId,
    Wacn,
)
from models.fields.kinds.mobile import has_check_digit
from models.fields.problem import BadValue


def refused(kind, text) -> str:
    with pytest.raises(BadValue) as bad:
        kind.from_cell(text, [])
    return bad.value.problem.code


def read(kind, cell) -> tuple[str | None, list[str]]:
    notes = []
    return kind.from_cell(cell, notes), [note.code for note in notes]


@given(st.from_regex("[0-9]{2,25}", fullmatch=True))
def test_the_check_digit_is_stdnums(digits: str) -> None:
    assert has_check_digit(digits) == luhn.is_valid(digits)


def test_imeis() -> None:
    # python-stdnum's own examples
    assert read(Imei(), "35-417803-685978-9") == ("354178036859789", [])
    assert read(Imei(), 354178036859789.0) == ("354178036859789", [])
    assert refused(Imei(), "35-417803-685978-1") == "imei.check-digit"
    assert read(Imei(), "35686800-004141") == ("35686800004141", ["imei.no-check-digit"])
    assert read(Imei(), "35686800-004141-20") == ("3568680000414120", ["imei.software-version"])


def test_one_device_has_one_match() -> None:
    match = Imei().match
    assert match("35686800004141") == match("356868000041418") == match("3568680000414120")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("000000000000000", "imei.nobody"),
        ("3541780368597", "imei.length"),
        ("A5417803685978", "imei.not-digits"),
        ("354178036859789 354178036859797", "imei.length"),
        ("٣٥٤١٧٨٠٣٦٨٥٩٧٨٩", "imei.not-digits"),
    ],
)
def test_no_imeis(cell: str, code: str) -> None:
    assert refused(Imei(), cell) == code


def test_iccids() -> None:
    iccid = "8929901012345678905"  # a test profile of the GSMA's
    for text in (iccid, f"{iccid}F", f"{iccid[:4]} {iccid[4:8]}-{iccid[8:]}"):
        assert read(Iccid(), text) == (iccid, [])
    # an example in the help of Devart's data generator: not all issuers reckon a check digit
    assert read(Iccid(), "8938605388545996967") == ("8938605388545996967", ["iccid.check-digit"])
    assert read(Iccid(), "893860538854599696") == ("893860538854599696", ["iccid.unusual-length"])
    assert read(Iccid(), "1234567890123456789")[1] == ["iccid.not-89"]
    assert refused(Iccid(), "89012") == "iccid.length"
    assert refused(Iccid(), "8901260862291477A14") == "iccid.not-digits"
    assert refused(Iccid(), 8.90126086229148e18) == "cell.destroyed-number"


@pytest.mark.parametrize(
    "eid", ["89049032123451234512345678901235", "89086030202200000022000023022943", "89044045116727494800000004479366"]
)
def test_eids(eid: str) -> None:
    # #EID1 of GSMA SGP.23, annex A, and pySim's test of its checksum
    assert read(Eid(), eid) == (eid, [])
    assert read(Eid(), " ".join(eid[at : at + 4] for at in range(0, 32, 4))) == (eid, [])
    assert refused(Eid(), eid[:-1] + str((int(eid[-1]) + 1) % 10)) == "eid.check-digit"
    assert refused(Eid(), eid[:-1]) == "eid.length"


def test_meids() -> None:
    # python-stdnum's own examples
    assert read(Meid(), "AF 01 23 45 0A BC DE C") == ("AF0123450ABCDE", [])
    assert read(Meid(), "29360 87365 0070 3710 0") == ("AF0123450ABCDE", [])
    assert refused(Meid(), "29360 87365 0070 3710 1") == "meid.check-digit"
    assert refused(Meid(), "AF0123") == "meid.not-a-meid"


@pytest.mark.parametrize(
    "cell", ["4779", "4779.0", 4779.0, "0x12AB", "0X12ab", "12ABh", "$12AB", "00004779", "4,779", "#4779", " 4779 "]
)
def test_unit_ids(cell: object) -> None:
    assert read(P25UnitId(), cell) == ("4779", [])


def test_unit_ids_leave_leading_zeros_to_the_alias() -> None:
    # Butler County's plan: 00942391 is shown as "09 MED 25"
    assert read(P25UnitId(), "00942391") == ("942391", [])
    assert P25UnitId().hex("942391") == "0E6137"


def test_unit_ids_that_are_not_a_radios() -> None:
    for text in ("0", "16777212", "16777214", "16777215", "0xFFFFFC"):
        assert refused(P25UnitId(), text) == "p25-unit.reserved"
    assert read(P25UnitId(), "16777213")[1] == ["p25-unit.maybe-reserved"]
    assert read(P25UnitId(), "9999999")[1] == []
    assert read(P25UnitId(), "10000000")[1] == ["p25-unit.high"]
    assert refused(P25UnitId(), "16777216") == "radio.out-of-range"
    for text in ("Engine 7", "12AB", "4779.5", "-1", "٣"):
        assert refused(P25UnitId(), text) == "radio.not-a-number"


def test_talkgroups() -> None:
    assert read(P25Talkgroup(), "65534") == ("65534", [])
    assert refused(P25Talkgroup(), "65535") == "p25-talkgroup.everyone"
    assert read(P25Talkgroup(), "0")[1] == ["p25-talkgroup.none"]
    assert P25Talkgroup().hex("10") == "000A"


def test_dmr_and_nxdn() -> None:
    assert read(DmrId(), "3106927.0") == ("3106927", [])
    assert read(DmrId(), "16776415") == ("16776415", [])
    for text in ("0", "16776416", "16777215"):
        assert refused(DmrId(), text) == "dmr-id.reserved"
    assert read(NxdnUnit(), "65519") == ("65519", [])
    assert read(NxdnUnit(), "65520")[1] == ["nxdn-unit.unusual"]
    assert refused(NxdnUnit(), "65536") == "radio.out-of-range"


def test_access_codes() -> None:
    assert read(Nac(), "293") == ("293", [])
    assert read(Nac(), 293.0) == ("293", [])
    assert read(Nac(), "$f7f") == ("F7F", [])
    assert read(Nac(), 12.0) == ("012", [])
    assert read(Nac(), "0x0F7E")[1] == ["nac.receive-only"]
    assert read(Nac(), "FFF")[1] == ["nac.high"]
    assert refused(Nac(), "1293") == "radio.not-hex"
    assert refused(Nac(), "G12") == "radio.not-hex"


def test_system_numbers() -> None:
    assert read(Wacn(), "bee00") == ("BEE00", [])
    assert refused(Wacn(), "FFFFF") == "wacn.reserved"
    assert read(SystemId(), "2D1") == ("2D1", [])
    for text in ("0", "FFF"):
        assert refused(SystemId(), text) == "system-id.reserved"


def test_mdc_ids() -> None:
    assert read(MdcId(), "1a2b") == ("1A2B", [])
    assert read(MdcId(), 12.0) == ("0012", [])
    for text in ("0000", "E123", "1F23", "FFFF"):
        assert refused(MdcId(), text) == "mdc-id.not-one-radio"


def test_flashcodes() -> None:
    assert read(Flashcode(), "500008-000480-2") == ("500008-000480-2", [])
    assert read(Flashcode(), "5hgk08 000480 2") == ("5HGK08-000480-2", [])
    assert read(Flashcode(), "5000080004802") == ("500008-000480-2", [])
    for text in ("50000I-000480-2", "500008-000480", "500008-000480-A"):
        assert refused(Flashcode(), text) == "flashcode.format"


def test_call_signs() -> None:
    assert read(CallSign(), "knef 123") == ("KNEF123", [])
    assert read(CallSign(), "KAA200") == ("KAA200", [])
    assert read(CallSign(), "W9CR")[1] == ["call-sign.unusual"]
    assert refused(CallSign(), "Engine #7") == "call-sign.not-a-call-sign"
