"""Days and moments: in what order, of which century, in which zone."""

import datetime as dt

import pytest

from models.fields.kinds import Day, Moment
from models.fields.problem import BadValue

MARCH, NOVEMBER = dt.datetime(2024, 3, 10, 2), dt.datetime(2024, 11, 3, 1)  # noqa: DTZ001 (local time)
HOUR = dt.timedelta(hours=1)


class Chicago(dt.tzinfo):
    """Chicago in 2024, written out, since not every system has the zones' database."""

    def utcoffset(self, when: dt.datetime | None) -> dt.timedelta:
        assert when
        local = when.replace(tzinfo=None)
        twice = NOVEMBER <= local.replace(fold=0) < NOVEMBER + HOUR
        summer = (not when.fold) if twice else MARCH <= local < NOVEMBER
        return -5 * HOUR if summer else -6 * HOUR

    def dst(self, when: dt.datetime | None) -> dt.timedelta:
        return self.utcoffset(when) + 6 * HOUR

    def tzname(self, when: dt.datetime | None) -> str:
        return "Central"

    def fromutc(self, when: dt.datetime) -> dt.datetime:
        utc = when.replace(tzinfo=None)
        summer = MARCH + 6 * HOUR <= utc < NOVEMBER + 6 * HOUR
        again = NOVEMBER + 6 * HOUR <= utc < NOVEMBER + 7 * HOUR
        return (when - (5 if summer else 6) * HOUR).replace(fold=int(again))


CHICAGO = Chicago()


def refused(kind, cell) -> str:
    with pytest.raises(BadValue) as bad:
        kind.from_cell(cell, [])
    return bad.value.problem.code


def read(kind, cell) -> tuple[str | None, list[str]]:
    notes = []
    return kind.from_cell(cell, notes), [note.code for note in notes]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-03-14", "2024-03-14"),
        ("2024/3/4", "2024-03-04"),
        ("2024.03.04", "2024-03-04"),
        ("20240105", "2024-01-05"),
        (20240105.0, "2024-01-05"),
        ("2024-03-14T23:59:00Z", "2024-03-14"),
        ("2024-03-14 10:02:33.123", "2024-03-14"),
        ("1/23/23", "2023-01-23"),  # Snipe-IT's assets sample
        ("11/24/2008", "2008-11-24"),
        ("1/23/2023 10:00 AM", "2023-01-23"),
        ("1/23/23 0:00", "2023-01-23"),
        ("2026-11-20 at 10:11 AM", "2026-11-20"),  # Jamf
        ("20230104000000.000000+000", "2023-01-04"),  # Windows Management Instrumentation
        ("24.11.2008", "2008-11-24"),
        ("24-11-2008", "2008-11-24"),
        ("Jan 5 2024", "2024-01-05"),
        ("Jan. 5, 2024", "2024-01-05"),
        ("January 5th, 2024", "2024-01-05"),
        ("5 January 2024", "2024-01-05"),
        ("5-Jan-24", "2024-01-05"),
        ("Friday, January 5, 2024", "2024-01-05"),
        ("Fri 5 Jan 2024", "2024-01-05"),
        ("2 May 2024", "2024-05-02"),
        ("1 Sept 2024", "2024-09-01"),
        ("29 Feb 2024", "2024-02-29"),
        (dt.date(2024, 3, 14), "2024-03-14"),
        (dt.datetime(2024, 3, 14, 10, 2), "2024-03-14"),  # noqa: DTZ001 (a sheet's date)
    ],
)
def test_days(cell: object, day: str) -> None:
    assert read(Day(), cell) == (day, [])


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("45000", "day.not-a-day"),
        ("2023-02-29", "day.not-a-day"),
        ("13/13/2024", "day.not-a-day"),
        ("soon", "day.not-a-day"),
        ("5 Foo 2024", "day.not-a-day"),
        ("2024-03-14 25 o'clock: no", "day.not-a-day"),
        ("1/2/3", "day.not-a-day"),
        (dt.time(10, 2), "day.not-a-day"),
        (12.5, "day.not-a-day"),
        ("2024", "day.incomplete"),
        (2024.0, "day.incomplete"),
        ("Jan 2024", "day.incomplete"),
        ("06/2027", "day.incomplete"),
        ("2027-06", "day.incomplete"),
        ("1900-01-00", "day.out-of-range"),
        ("1/0/1900", "day.out-of-range"),
        ("1899-12-31", "day.out-of-range"),
        ("2201-01-01", "day.out-of-range"),
        (dt.date(1899, 12, 30), "day.out-of-range"),
        (dt.date(1, 1, 1), "day.out-of-range"),
    ],
)
def test_no_days(cell: object, code: str) -> None:
    assert refused(Day(), cell) == code


def test_years_of_two_digits_end_twenty_years_ahead() -> None:
    year = dt.datetime.now(tz=dt.UTC).year
    ahead, past = (year + 20) % 100, (year + 21) % 100
    assert Day().parse(f"1/2/{ahead:02d}", []) == f"{year + 20}-01-02"
    assert Day().parse(f"1/2/{past:02d}", []) == f"{year - 79}-01-02"


def test_a_day_number_is_taken_with_a_warning() -> None:
    # 45000 is 2023-03-15 in every spreadsheet of the 1900 system
    assert read(Day(), 45000.0) == ("2023-03-15", ["day.serial-number"])
    assert read(Day(), 45000) == ("2023-03-15", ["day.serial-number"])
    assert read(Moment(zone=dt.UTC), 45000.5) == ("2023-03-15T12:00:00Z", ["day.serial-number"])


def test_the_column_decides_the_order() -> None:
    british = Day().for_column(["01/02/2024", "23/02/2024", None, dt.date(2024, 1, 1)])
    assert read(british, "01/02/2024") == ("2024-02-01", [])
    assert refused(british, "02/23/2024") == "day.order"
    american = Day(day_first=True).for_column(["01/02/2024", "02/23/2024"])
    assert read(american, "01/02/2024") == ("2024-01-02", [])


def test_a_column_that_leaves_the_order_open_is_warned_of() -> None:
    open_column = Day().for_column(["01/02/2024", "03/04/2024", "05/05/2024"])
    assert read(open_column, "01/02/2024") == ("2024-01-02", ["day.ambiguous"])
    assert read(open_column, "05/05/2024") == ("2024-05-05", [])
    assert read(open_column, "2024-01-02") == ("2024-01-02", [])


def test_a_column_of_both_orders_follows_the_more_frequent() -> None:
    mixed = Day().for_column(["23/01/2024", "24/01/2024", "01/25/2024", "01/02/2024"])
    assert read(mixed, "23/01/2024") == ("2024-01-23", [])
    assert read(mixed, "01/02/2024") == ("2024-02-01", ["day.ambiguous"])
    assert refused(mixed, "01/25/2024") == "day.order"


def test_a_typed_day_is_taken_in_the_home_order_without_ado() -> None:
    assert read(Day(), "1/2/2024") == ("2024-01-02", [])
    assert read(Day(day_first=True), "1/2/2024") == ("2024-02-01", [])


def test_days_as_cells() -> None:
    assert Day().cell("2024-03-14") == dt.date(2024, 3, 14)
    assert Day().cell("1900-02-01") == "1900-02-01"


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2024-03-14T10:02:00Z", "2024-03-14T10:02:00Z"),
        ("2024-03-14T10:02:00.1234567Z", "2024-03-14T10:02:00Z"),
        ("2024-03-14T10:02:00+02:00", "2024-03-14T08:02:00Z"),
        ("2024-03-14 10:02:00 UTC", "2024-03-14T10:02:00Z"),
        ("2024-03-14 10:02", "2024-03-14T15:02:00Z"),
        ("3/14/2024 1:02 PM", "2024-03-14T18:02:00Z"),
        ("3/14/2024 12:02 a.m.", "2024-03-14T05:02:00Z"),
        ("3/14/2024, 1:02:03 PM", "2024-03-14T18:02:03Z"),
        ("2024-03-14", "2024-03-14T05:00:00Z"),
        (dt.datetime(2024, 3, 14, 10, 2), "2024-03-14T15:02:00Z"),  # noqa: DTZ001 (a sheet's date)
        (dt.date(2024, 3, 14), "2024-03-14T05:00:00Z"),
    ],
)
def test_moments(cell: object, moment: str) -> None:
    assert read(Moment(zone=CHICAGO), cell) == (moment, [])


@pytest.mark.parametrize(
    "text", ["2024-03-14 25:00", "2024-03-14 13:00 PM", "2024-03-14 10:02 +99:00", "2024-03-14 10:61"]
)
def test_no_moments(text: str) -> None:
    assert refused(Moment(), text) == "moment.not-a-time"


def test_moments_are_shown_in_local_time() -> None:
    local = Moment(zone=CHICAGO)
    assert local.format("2024-03-14T15:02:00Z") == "2024-03-14 10:02"
    assert local.format("2024-03-14T15:02:09Z") == "2024-03-14 10:02:09"
    assert local.cell("2024-03-14T15:02:00Z") == dt.datetime(2024, 3, 14, 10, 2)  # noqa: DTZ001 (a sheet's date)


def test_the_hour_that_comes_twice_is_shown_with_its_zone() -> None:
    local = Moment(zone=CHICAGO)
    first, second = "2024-11-03T06:30:00Z", "2024-11-03T07:30:00Z"
    assert local.format(first) == "2024-11-03 01:30"
    assert local.format(second) == "2024-11-03 07:30:00 UTC"
    for moment in (first, second):
        assert local.parse(local.format(moment), []) == moment
        assert local.from_cell(local.cell(moment), []) == moment
