"""What every kind must hold, for any text and any cell: tried on all of them."""

import datetime as dt
import json
import pickle
import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from models.fields.kind import Kind
from models.fields.kinds import (
    CallSign,
    Choice,
    Code,
    Day,
    DmrId,
    Eid,
    Email,
    Flashcode,
    Hostname,
    Iccid,
    Imei,
    Ip,
    KeyName,
    LongText,
    Mac,
    MdcId,
    Meid,
    Moment,
    Money,
    Nac,
    Number,
    NxdnUnit,
    P25Talkgroup,
    P25UnitId,
    Percent,
    Phone,
    Ref,
    Serial,
    SystemId,
    Tag,
    Text,
    Url,
    Wacn,
    Whole,
    YesNo,
)
from models.fields.problem import BadValue, Severity

NEW_YORK = dt.timezone(dt.timedelta(hours=-5))
STATUS = {"in_stock": ("In stock", "spare"), "retired": ("Retired",), "1": "One"}

digits = st.from_regex(r"[0-9]{1,24}", fullmatch=True)
sums = st.from_regex(
    r"(USD |\$|€|)-?[0-9]{1,3}([,.' ][0-9]{3}){0,3}([.,][0-9]{1,5})?( EUR| CHF|%| GB|)", fullmatch=True
)
dates = st.from_regex(
    r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}"
    r"([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AP]M|Z|[+-]0[0-9]:?[0-9]{2})?)?",
    fullmatch=True,
)
names = st.from_regex(r"[0-9]{1,2}(th)?[ -](Jan|february|Mar\.|Dec),?[ -][0-9]{2,4}", fullmatch=True)
hexes = st.from_regex(r"(0x|\$)?[0-9A-Fa-f]{1,20}h?", fullmatch=True)
macs = st.from_regex(r"[0-9A-F]{2}([:. -]?[0-9a-f]{2}){5}", fullmatch=True)
imeis = st.from_regex(r"[0-9]{14}", fullmatch=True).map(lambda text: text + luhn.calc_check_digit(text))
eids = st.from_regex(r"89[0-9]{28}", fullmatch=True).map(lambda text: f"{text}{98 - int(text + '00') % 97:02d}")
phones = st.from_regex(
    r"(\+|00|011|1|)[ -]?\(?[2-9][0-9]{1,3}\)?[ -./]?[0-9]{2,4}[ -]?[0-9]{2,6}( ?(x|ext\.?|;ext=) ?[0-9]{1,5})?",
    fullmatch=True,
)
places = st.from_regex(r"([a-zA-Z]{2,8}:/{0,3})?[a-z.\[:@?#\\0-9]{1,12}\.[a-z]{2,4}(/.{0,5})?", fullmatch=True)
addresses = st.emails() | st.ip_addresses().map(str)
ODD = """#N/A|###|3.56E+14|\x00|a\r\nb|\u00a0|(|-|()|$|%|1e9999|'|½|٣|²|é|e\u0301|\ud800|\u2000|İ|0|-0|(0)|Err:502"""
odd = st.sampled_from(ODD.split("|"))
texts = (
    odd
    | digits
    | sums
    | dates
    | names
    | hexes
    | macs
    | imeis
    | eids
    | phones
    | places
    | addresses
    | st.text(max_size=40)
)

KINDS: list[Kind] = [
    Text(), Text(max_length=5, mono=True), LongText(), Tag(), Serial(), Code(), Hostname(), KeyName(),
    Whole(), Whole(min=None, unit="GB"), Whole(unit="months"), Whole(min=3, max=9), Number(), Percent(),
    Money(), Money("EUR"), Money("CHF"), Money("CAD"), Day(), Day(day_first=True), Moment(), Moment(zone=NEW_YORK),
    YesNo(), Choice(STATUS), Choice(STATUS, open=True), Email(), Phone(), Phone("DE"), Phone("IT"), Url(), Mac(),
    Ip(), Imei(), Iccid(), Eid(), Meid(), P25UnitId(), P25Talkgroup(), Nac(), Wacn(), SystemId(), DmrId(), NxdnUnit(),
    MdcId(), Flashcode(), CallSign(), Ref("location"), Kind(),
]  # fmt: skip
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.name}{KINDS.index(kind)}")


def parsed(kind: Kind, text: str) -> str | None:
    with suppress(BadValue):
        return kind.parse(text, [])
    return None


@each_kind
@settings(max_examples=120, deadline=None)
@given(text=texts)
def test_every_form_of_a_value_gives_it_again(kind: Kind, text: str) -> None:
    canonical = parsed(kind, text)
    if canonical is None:
        return
    assert canonical
    assert canonical == canonical.strip()
    assert "\x00" not in canonical
    assert unicodedata.is_normalized("NFC", canonical)
    canonical.encode()
    assert kind.parse(canonical, []) == canonical
    assert kind.parse(kind.format(canonical), []) == canonical
    assert kind.from_cell(kind.cell(canonical), []) == canonical
    assert kind.match(canonical)
    assert kind.barcode(canonical)
    kind.value(canonical)
    if kind.whole:
        assert str(int(canonical)) == canonical
        assert -(2**63) <= int(canonical) < 2**63


cells = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.floats(0, 80_000)
    | st.datetimes()
    | st.dates()
    | st.times()
    | st.timedeltas()
)


@each_kind
@settings(max_examples=60, deadline=None)
@given(cell=cells)
def test_any_cell_is_taken_or_refused(kind: Kind, cell: object) -> None:
    try:
        canonical = kind.from_cell(cell, [])  # type: ignore[arg-type]
    except BadValue:
        return
    if canonical is not None:
        assert kind.parse(canonical, []) == canonical
        if kind.identifier:
            assert not isinstance(cell, (bool, dt.date, dt.time, dt.timedelta))
            assert abs(cell) < 1e15  # type: ignore[arg-type]


@each_kind
@settings(max_examples=20, deadline=None)
@given(column=st.lists(texts | cells, max_size=8))
def test_a_kind_fits_itself_to_any_column(kind: Kind, column: list[object]) -> None:
    fitted = kind.for_column(column)  # type: ignore[arg-type]
    assert type(fitted) is type(kind)
    for cell in column:
        try:
            canonical = fitted.from_cell(cell, [])  # type: ignore[arg-type]
        except BadValue:
            continue
        assert canonical is None or kind.parse(canonical, []) == canonical


@each_kind
@pytest.mark.parametrize(
    "error", ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", " #n/a ", "#######"]
)
def test_a_spreadsheets_error_is_no_value(kind: Kind, error: str) -> None:
    with pytest.raises(BadValue) as bad:
        kind.from_cell(error, [])
    assert bad.value.problem.code == "cell.error"


@each_kind
@pytest.mark.parametrize("nothing", [None, "", "  ", "\u00a0\t\r\n", "\ufeff", "\u200b"])
def test_nothing_is_no_value(kind: Kind, nothing: str | None) -> None:
    assert kind.from_cell(nothing, []) is None


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.identifier], ids=lambda kind: kind.name)
@pytest.mark.parametrize("destroyed", [3.56e15, 8.901410321111851e18, 10**15, 1e-07])
def test_a_destroyed_number_is_no_identifier(kind: Kind, destroyed: float) -> None:
    with pytest.raises(BadValue) as bad:
        kind.from_cell(destroyed, [])
    assert bad.value.problem.code == "cell.destroyed-number"


NAMED = [kind for kind in KINDS if kind.identifier or isinstance(kind, (Whole, Money))]


@pytest.mark.parametrize("kind", NAMED, ids=lambda kind: kind.name)
@pytest.mark.parametrize("destroyed", ["3.56E+14", "6,37702e+15", "1E+19", " 3.01043E+13 "])
def test_the_remains_of_a_number_are_never_guessed(kind: Kind, destroyed: str) -> None:
    with pytest.raises(BadValue) as bad:
        kind.parse(destroyed, [])
    assert bad.value.problem.code == "cell.destroyed-number"


@each_kind
def test_a_kind_can_be_described_and_sent(kind: Kind) -> None:
    described = json.loads(json.dumps(kind.describe()))
    assert described["name"] == kind.name
    assert pickle.loads(pickle.dumps(kind)).describe() == kind.describe()  # noqa: S301 (our own bytes)


def test_warnings_do_not_refuse() -> None:
    notes = []
    assert P25UnitId().parse("10000000", notes) == "10000000"
    assert [(note.code, note.severity) for note in notes] == [("p25-unit.high", Severity.WARNING)]
