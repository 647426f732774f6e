"""Each operator on each kind of field against a small register, and against a slow reading of it in Python."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from models.fields.problem import UsageError
from models.journal.entry import Edit
from models.query import sql
from models.query.parse import quote
from models.query.window import count, find_ids, first_ids, page
from tests.query.register import search_text, small_city


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    city = small_city(tmp_path_factory.mktemp("city"))
    yield city
    city.database.close()


def found(city, query, word="asset"):
    names = city.numbers("asset" if word in ("radio", "hardware", "mobile") else word)
    with city.database.reading() as connection:
        catalogue = city.database.catalogue()
        numbers = find_ids(connection, catalogue, word, query)
        assert count(connection, catalogue, word, query) == len(numbers)
        assert sorted(first_ids(connection, catalogue, word, query)) == sorted(numbers)
    return {names[number] for number in numbers}


ALL = {"r1", "r2", "r3", "h1", "h2", "m1", "bare"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ALL),
        ("kind:radio", {"r1", "r2", "r3"}),
        ("kind:Radios", {"r1", "r2", "r3"}),
        ("-kind:radio", {"h1", "h2", "m1", "bare"}),
        ("kind:line", set()),
        # text: contains, is, is not, without, with
        ("tag:r-00", {"r1", "r2", "r3"}),
        ("tag:2", {"r2", "h2"}),
        ("tag=r-0001", {"r1"}),
        ("tag=R-000", set()),
        ("tag!=R-0001", ALL - {"r1"}),
        ("tag:none", {"bare"}),
        ("tag:any kind:hardware", {"h1", "h2"}),
        ("tag:-r-00", {"h1", "h2", "m1", "bare"}),
        ("-tag:r-00", {"h1", "h2", "m1", "bare"}),
        ("-tag:-r-00", {"r1", "r2", "r3"}),
        ("tag>=CT-2 tag<R-0002", {"h2", "m1", "r1"}),
        ('"Asset tag":CT-1', {"h1"}),
        ("firmware:30.00", {"r1"}),
        ('notes:"50% off_"', {"r3"}),
        ("notes:%", {"r3"}),
        ("notes:\\", {"r3"}),
        ("notes:x_ or notes:5_%", set()),
        # letters beyond A to Z in any case
        ("alias:über", {"r3"}),
        ("alias:ÜBER", {"r3"}),
        ("ÜBER", {"r3"}),
        ("alias:straße", {"r3"}),
        ("custodian:NÚÑEZ", {"h2", "m1"}),
        # choice
        ("status:retired", {"r2"}),
        ("status:decommissioned", {"r2"}),
        ("status:-retired", ALL - {"r2"}),
        ('status:"In service"', {"r1", "h1"}),
        ("status:in_service", {"r1", "h1"}),
        ('status:"on the truck"', {"h2"}),
        ("secure:yes", {"r2"}),
        # days
        ("acquired_on:2024", {"r2", "h1"}),
        ("acquired_on:2024-02", {"h1"}),
        ("acquired_on:2/29/2024", {"h1"}),
        ("acquired_on<2024", {"r1"}),
        ("acquired_on<=2024", {"r1", "r2", "h1"}),
        ("acquired_on>2023", {"r2", "h1"}),
        ("acquired_on>=2024-01", {"r2", "h1"}),
        ("acquired_on>2024-01", {"h1"}),
        ("acquired_on!=2024", ALL - {"r2", "h1"}),
        ("acquired_on:none", {"r3", "h2", "m1", "bare"}),
        # money and numbers
        ("cost>899.99", {"r1", "r2"}),
        ("cost>=899.99", {"r1", "r2", "h1"}),
        ("cost:1200", {"r2"}),
        ("cost=$4,120.50", {"r1"}),
        ("cost:0", {"h2"}),
        ("cost<1", {"h2"}),
        ("federal_share:80%", {"h1"}),
        ("federal_share>79.5", {"h1"}),
        ("unit_id:4779", {"r1"}),
        ("unit_id>12", {"r1", "r2"}),
        ("unit_id<=12", {"r3"}),
        ("memory_gb>8", {"h1"}),
        ("memory_gb:8", {"h2"}),
        # references: by name, by part of it, places with all that is inside
        ("model:apx", {"r1", "r2"}),
        ('model="APX 8000"', {"r1", "r2"}),
        ("model=APX", set()),
        ("model:5400", {"h1", "h2"}),
        ('location:"City Hall"', {"h1", "m1"}),
        ("location:hall", {"h1", "m1"}),
        ("location:library", {"h2"}),
        ('location:"Station 7"', {"r1", "r2"}),
        ('location="engine 7"', {"r1"}),
        ("location:101", {"h1", "h2"}),
        ('location:"Station 7" -location:"Engine 7"', {"r2"}),
        ("location:ring", set()),
        ("location:none", {"r3", "bare"}),
        ("department:fire", {"r1"}),
        ("vendor:100%", {"h1"}),
        ("vendor:supply_co", {"h1"}),
        ("vendor:supplyxco", set()),
        ("parent:CT-1", {"h2"}),
        ("custodian:ruiz", {"r1", "h1"}),
        ("location:hall location:hall", {"h1", "m1"}),
        # custom fields
        ("x_vlan:12", {"h1"}),
        ('"Port VLAN":1', {"h1"}),
        ("shelf:top", {"h1"}),
        ("shelf:BOTTOM", {"h2"}),
        ("x_count>2.5", {"h2"}),
        ("x_count:2.50", {"h1"}),
        ("x_due<2027", {"h1"}),
        ("x_ups:y", {"h1"}),
        ("x_shelf:none kind:hardware", {"bare"}),
        # structure
        ("kind:radio status:retired", {"r2"}),
        ("tag:R-0001 or tag:CT-1", {"r1", "h1"}),
        ("(tag:R-0001 | tag:CT-1) kind:radio", {"r1"}),
        ("-(kind:radio or kind:hardware)", {"m1"}),
        ("kind:radio -(status:retired or unit_id:12)", {"r1"}),
        ("a or", ALL),
    ],
)
def test_each_operator(city, query, expected):
    assert found(city, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("672cyx", {"r1", "r2"}),
        ("0001", {"r1"}),
        ("APX 8000", {"r1", "r2"}),
        ("apx engine", {"r1"}),
        ("motorola", {"r1"}),  # what it refers to directly
        ("station", {"r1", "r2"}),  # the place around its place
        ("county", {"r1"}),
        ("en", {"r1"}),
        ("lib", {"h2"}),
        ("zn", set()),
        ("Zoë", {"h2", "m1"}),
        ("m", {"m1", "r1"}),  # a word of one letter begins with it
        ("4779", {"r1"}),
        ("35-209900-176148-1", {"m1"}),
        ("00:11:22:aa:bb:cc", {"h1"}),
        ("00:11:22", {"h1"}),
        ("001122AABBCC", {"h1"}),
        ("00-11-22-AA-BB-CC", {"h1"}),
        ("0011.22aa.bbcc", {"h1"}),
        ("-00:11:22:aa:bb:cc", ALL - {"h1"}),
        ('"eng 7 officer"', {"r1"}),
        ('"officer eng"', set()),
        ("-officer", ALL - {"r1"}),
        ("officer or 5CG1", {"r1", "h1"}),
        ("off_", {"r3"}),
        ('"% off"', {"r3"}),
        ("bottom", {"h2"}),
        ("R-0099", set()),
        ('"', ALL),
        ('""', ALL),
    ],
)
def test_words_are_found_in_any_search_field(city, query, expected):
    assert found(city, query) == expected


def test_telephone_numbers_are_found_as_people_write_them(city):
    for query in ("(512) 555-0143", "512-555-0143", "512 555 0143", "+15125550143", "+1 512 555 0143", "555-0143"):
        assert found(city, query, "person") == {"nunez"}, query
    assert found(city, 'phone:"(512) 555-0143"', "person") == {"nunez"}


def test_a_mac_address_in_another_form_is_found_in_its_field(city):
    assert found(city, "mac:00-11-22-AA-BB-CC", "hardware") == {"h1"}
    assert found(city, "mac:001122aabbcc", "hardware") == {"h1"}


def test_each_part_of_each_search_field_finds_its_record(city):
    for short in ("r1", "h1", "h2", "m1"):
        for line in search_text(city, short).splitlines():
            for length in (2, 3, 5):
                for start in range(0, max(len(line) - length, 0) + 1, 3):
                    part = line[start : start + length]
                    if len(part.strip()) == length:
                        assert short in found(city, quote(part)), part


def test_kinds_have_a_scope_of_their_own(city):
    assert found(city, "", "radio") == {"r1", "r2", "r3"}
    assert found(city, "memory_gb:16", "radio") == set()  # a field of other kinds
    assert found(city, "apx", "radio") == {"r1", "r2"}
    assert found(city, "5400", "radio") == found(city, "apx", "mobile") == set()
    assert found(city, "apx or 5400", "hardware") == {"h1", "h2"}
    assert found(city, "-apx", "radio") == {"r3"}
    assert found(city, "101", "location") >= {"hall-101", "library-101", "annex-101"}


def test_days_from_today(city, monkeypatch):
    monkeypatch.setattr(sql, "_today", lambda: dt.date(2026, 11, 22))
    assert found(city, "warranty_end:today") == {"r1"}
    assert found(city, "warranty_end<today") == set()
    assert found(city, "warranty_end<=today") == {"r1"}
    assert found(city, "warranty_end<today+1d") == {"r1"}
    assert found(city, "x_due<=TODAY+9d", "hardware") == {"h1"}
    assert found(city, "x_due<=today+8d", "hardware") == set()
    assert found(city, "acquired_on>=today-3y") == {"r1", "r2", "h1"}
    assert found(city, "acquired_on>=today-33m") == {"h1"}
    assert found(city, "acquired_on>today-2w") == set()


@pytest.mark.parametrize(
    ("today", "query", "bound"),
    [
        (dt.date(2024, 2, 29), "today+1y", "2025-02-28"),
        (dt.date(2026, 1, 31), "today+1m", "2026-02-28"),
        (dt.date(2026, 12, 31), "today+2m", "2027-02-28"),
        (dt.date(2026, 1, 1), "today-1m", "2025-12-01"),
        (dt.date(2026, 3, 31), "today-13m", "2025-02-28"),
    ],
)
def test_months_that_are_shorter(today, query, bound, monkeypatch):
    monkeypatch.setattr(sql, "_today", lambda: today)
    amount, unit = int(query[5:-1]), query[-1]
    assert sql._shifted(amount, unit).isoformat() == bound


def test_moments_are_days_of_this_machine(city, monkeypatch):
    local = dt.datetime(2026, 11, 22, 10, 2, tzinfo=dt.UTC).astimezone()
    assert found(city, f"last_seen:{local.date()}") == {"r1"}
    assert found(city, f'last_seen:"{local:%Y-%m-%d %H:%M}"') == {"r1"}
    assert found(city, f'last_seen>"{local:%Y-%m-%d %H:%M}"') == set()
    assert found(city, f"last_seen>{local.date()}") == set()
    assert found(city, f"last_seen>={local.date()} last_seen<=2026") == {"r1"}
    assert found(city, f"last_seen<{local.date()}") == set()


@pytest.mark.parametrize(
    ("query", "code", "position"),
    [
        ("tag:x cost:much", "query.bad-value", "7"),
        ("acquired_on<soon", "query.bad-value", "1"),
        ("acquired_on<today+99999y", "query.bad-value", "1"),
        ("unit_id>x", "query.bad-value", "1"),
        ("x location<5", "query.not-ordered", "3"),
    ],
)
def test_what_a_field_cannot_be(city, query, code, position):
    with city.database.reading() as connection, pytest.raises(UsageError) as caught:
        find_ids(connection, city.database.catalogue(), "radio", query)
    assert caught.value.problem.code == code
    assert caught.value.problem.details["position"] == position


_FIELDS = ("tag", "serial", "cost", "acquired_on", "unit_id", "status", "firmware", "x_shelf")
_OPS = (":", "=", "!=", "<", "<=", ">", ">=")
_VALUES = ("R-0001", "r-00", "2024", "2024-01-01", "12", "4779", "0", "retired", "Top", "1200", "none", "CT", "67")


@given(
    st.recursive(
        st.tuples(st.sampled_from(_FIELDS), st.sampled_from(_OPS), st.sampled_from(_VALUES)),
        lambda inner: st.tuples(st.just("not"), inner) | st.tuples(st.sampled_from(("and", "or")), inner, inner),
        max_leaves=5,
    )
)
def test_any_tree_finds_what_a_slow_reading_finds(city, tree):
    try:
        expected = {short for short in ALL if _holds(tree, city.values[short])}
    except _CannotBe:
        with city.database.reading() as connection, pytest.raises(UsageError):
            find_ids(connection, city.database.catalogue(), "asset", _text(tree))
        return
    assert found(city, _text(tree), "asset") == expected, _text(tree)


class _CannotBe(Exception):
    pass


def _text(tree):
    if tree[0] == "not":
        return f"-({_text(tree[1])})"
    if tree[0] in ("and", "or"):
        return f"({_text(tree[1])}{' or ' if tree[0] == 'or' else ' '}{_text(tree[2])})"
    return "".join(tree)


def _holds(tree, values):
    if tree[0] == "not":
        return not _holds(tree[1], values)
    if tree[0] in ("and", "or"):
        sides = _holds(tree[1], values), _holds(tree[2], values)
        return all(sides) if tree[0] == "and" else any(sides)
    key, op, value = tree
    if op == "!=":
        return not _holds((key, "=", value), values)
    now = values.get(key)
    if value == "none" and op in (":", "="):
        return now is None
    held = _compared(key, op, value)
    return now is not None and held(now)


def _compared(key, op, value):
    orders = {
        "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
        ":": lambda a, b: a == b, "=": lambda a, b: a == b,
    }  # fmt: skip
    order = orders[op]
    if key == "cost":
        amount = Decimal(_parsed(key, value))
        return lambda now: order(Decimal(now.split()[0]), amount)
    if key == "unit_id":
        number = int(_parsed(key, value))
        return lambda now: order(int(now), number)
    if key == "acquired_on":
        if value == "2024":
            # A year is the span of its days.
            return lambda now: order(int(now[:4]), 2024)
        day = _parsed(key, value)
        return lambda now: order(now, day)
    if op == ":" and key not in ("status", "x_shelf"):
        return lambda now: value.lower() in now.lower()
    if op in (":", "="):
        wanted = _parsed(key, value, strict=key != "x_shelf" and op == "=")
        if wanted is None:
            return lambda now: value.lower() in now.lower()
        return lambda now: now.lower() == wanted.lower()
    return lambda now: order(now.lower(), value.lower())


def _parsed(key, value, *, strict=True):
    from models.fields.problem import BadValue
    from models.schema.records import RECORDS

    kinds = {field.key: field.kind for word in ("asset", "radio") for field in RECORDS[word].fields}
    if key == "x_shelf":
        return {"top": "Top"}.get(value.lower())
    try:
        return kinds[key].parse(value, [])
    except BadValue:
        if strict:
            raise _CannotBe from None
        return None


@pytest.fixture
def statements():
    """What was sent to the database, from here on."""
    sent = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith(("PRAGMA", "BEGIN", "ROLLBACK")):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


def test_a_page_is_one_select_in_the_order_asked_for(city, statements):
    names = city.numbers("asset")
    numbers = [number for number, short in names.items() if short in ("h1", "r1", "bare")]
    wanted = [numbers[2], 999_999, numbers[0], numbers[1]]
    statements.clear()
    with city.database.reading() as connection:
        rows = page(connection, city.database.catalogue(), "hardware", wanted, ("tag", "memory_gb", "cost", "x_vlan"))
    assert len(statements) == 1
    assert [row.nr for row in rows] == [numbers[2], numbers[0], numbers[1]]
    h1 = next(row for row in rows if names[row.nr] == "h1")
    assert h1.id == city.ids["h1"]
    assert h1.kind == "hardware"
    assert h1.values == {"tag": "CT-1", "memory_gb": "16", "cost": "899.99", "x_vlan": "12"}
    bare = next(row for row in rows if names[row.nr] == "bare")
    assert bare.values == {"tag": None, "memory_gb": None, "cost": None, "x_vlan": None}


def test_a_page_of_nothing(city):
    with city.database.reading() as connection:
        assert page(connection, city.database.catalogue(), "radio", [], ("tag",)) == []


def ordered(city, key, *, descending=False, word="asset"):
    names = city.numbers("asset")
    with city.database.reading() as connection:
        numbers = find_ids(connection, city.database.catalogue(), word, "", (key, descending))
    return [names[number] for number in numbers]


def test_orders_with_empty_values_last(city):
    assert ordered(city, "tag") == ["h1", "h2", "m1", "r1", "r2", "r3", "bare"]  # in any case of the letters
    assert ordered(city, "tag", descending=True) == ["r3", "r2", "r1", "m1", "h2", "h1", "bare"]
    assert ordered(city, "cost") == ["h2", "h1", "r2", "r1", "r3", "m1", "bare"]
    assert ordered(city, "unit_id", word="radio") == ["r3", "r1", "r2"]  # 12 before 4779
    assert ordered(city, "x_count", word="hardware") == ["h1", "h2", "bare"]
    assert ordered(city, "acquired_on", descending=True)[:3] == ["h1", "r2", "r1"]
    assert ordered(city, "model")[:2] == ["h1", "h2"]  # by names, then in the order in which they were made
    assert ordered(city, "location")[:2] == ["h1", "h2"]
    assert ordered(city, "parent")[0] == "h2"
    assert ordered(city, "kind")[0] in ("h1", "h2", "bare")


def test_an_exact_identity_comes_first(city):
    names = city.numbers("asset")
    more = [city.add(f"n{number}", "asset", kind="hardware", notes="see 4780 and R-0002") for number in range(3)]
    city.journal.write("More", more)
    try:
        names = city.numbers("asset")
        with city.database.reading() as connection:
            catalogue = city.database.catalogue()
            assert names[first_ids(connection, catalogue, "radio", "4780")[0]] == "r2"
            assert names[first_ids(connection, catalogue, "asset", "r-0002")[0]] == "r2"
            assert names[first_ids(connection, catalogue, "asset", " R-0002 ", limit=1)[0]] == "r2"
            assert len(first_ids(connection, catalogue, "asset", "R-0002", limit=2)) == 2
    finally:
        city.journal.write("Gone", [Edit("asset", edit.row, {"deleted": "yes"}) for edit in more])
        for number in range(3):
            del city.values[f"n{number}"]


def test_a_count_stops_at_its_cap(city):
    with city.database.reading() as connection:
        assert count(connection, city.database.catalogue(), "asset", "", cap=3) == 3
        assert count(connection, city.database.catalogue(), "asset", "r-00", cap=2) == 2
        assert count(connection, city.database.catalogue(), "asset", "", cap=None) == len(ALL)


def test_an_unknown_kind_is_said(city):
    with city.database.reading() as connection, pytest.raises(UsageError):
        find_ids(connection, city.database.catalogue(), "spoon", "")
