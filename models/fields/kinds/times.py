"""Days and moments.

Texts come as ISO ("2024-03-14", "20240314"), with slashes or dots in either order ("1/23/23", "24.11.2008") and with
English month names ("Jan 5, 2024"). Where the order of day and month is open, the column's other values decide; a
column that leaves it open is read in the home order, and its values are warned of.
"""

import copy
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple, Self

from models.fields.kind import Cell, ColumnRead, Kind, Notes, one_line, warning
from models.fields.problem import BadValue

_EPOCH = dt.date(1899, 12, 30)
"""Day 0 of a spreadsheet's day numbers (1900 system), as they count from March 1900 on."""
_FIRST_SERIAL, _LAST_SERIAL = (dt.date(1950, 1, 1) - _EPOCH).days, (dt.date(2100, 12, 31) - _EPOCH).days
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_AHEAD = 20
"""A year of two digits lies at most so many years ahead."""

_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_LONG = "january february march april may june july august september october november december"
_MONTHS = {name: number for names in (_NAMES, _LONG) for number, name in enumerate(names.split(), start=1)} | {
    "sept": 9
}
_ISO = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})")
_NUMERIC = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2\s?([0-9]{4}|[0-9]{2})")
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_DAY_MONTH = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?[ .-]{1,2}(?:of )?([a-z]{3,9})\.?[ ,-]{1,2}([0-9]{4}|[0-9]{2})", re.IGNORECASE
)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?[ -]([0-9]{1,2})(?:st|nd|rd|th)?[ ,-]{1,2}([0-9]{4}|[0-9]{2})", re.IGNORECASE)
_MONTH_ONLY = re.compile(
    r"(?:[0-9]{1,2}[-/.])?[0-9]{4}|[0-9]{4}[-/.][0-9]{1,2}|[a-z]{3,9}\.?[ -,]{1,2}(?:[0-9]{4}|[0-9]{2})", re.IGNORECASE
)
_CLOCK = re.compile(
    r"(?:T|,?\s+(?:at\s+)?)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?\s*([AP])?(?:\.?M\.?)?"
    r"\s*(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)
_START = re.compile(r"(.{6,}?)((?:T|,?\s+(?:at\s+)?)[0-9]{1,2}:[0-9]{2}.*)?", re.IGNORECASE | re.DOTALL)
_WMI = re.compile(r"([0-9]{8})([0-9]{2})([0-9]{2})([0-9]{2})\.[0-9]{6}([+-])([0-9]{3})")
"""A moment as Windows Management Instrumentation writes it; the minutes of its zone come last."""


class _Parts(NamedTuple):
    """A date as it is written, with or without a known order."""

    first: int
    second: int
    year: str


def _year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    now = dt.datetime.now(tz=dt.UTC).year
    year = 2000 + int(text)
    return year if year <= now + _AHEAD else year - 100


def _date(year: int, month: int, day: int, text: str) -> dt.date:
    if not _FIRST_YEAR <= year <= _LAST_YEAR or (year == _FIRST_YEAR and day == 0):
        raise BadValue("day.out-of-range", text)
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise BadValue("day.not-a-day", text) from None


class _Dated(Kind):
    """Reading dates, and letting a column decide their order."""

    def __init__(self, *, day_first: bool = False) -> None:
        """`day_first` is the home order where a text leaves it open: false in the United States."""
        self.day_first = day_first
        self.column = ""
        """What the column shows of the order: "" (not a column), "decided", "open", "mixed", "beside" or "said"."""
        self.evidence: dict[str, str] = {}

    def for_column(self, cells: Iterable[Cell]) -> Self:
        """The kind with the order that the column's texts show: by its values over 12, the more frequent order."""
        days, months, either = 0, 0, 0
        example = {True: "", False: ""}
        for cell in cells:
            if isinstance(cell, str) and (found := _NUMERIC.match(cell.strip())):
                first, second = int(found[1]), int(found[3])
                if first > 12 >= second:
                    days += 1
                    example[True] = cell.strip()
                elif second > 12 >= first:
                    months += 1
                    example[False] = cell.strip()
                elif first != second:
                    either += 1
        if not (days or months or either):
            return self
        kind = copy.copy(self)
        if days != months:
            kind.day_first = days > months
        kind.column = "mixed" if days and months else "decided" if days or months else "open"
        kind.evidence = {
            "for": str(days if kind.day_first else months),
            "against": str(months if kind.day_first else days),
            "either": str(either),
            "example": example[kind.day_first],
        }
        return kind

    def beside(self, others: Mapping[str, Kind]) -> Self:
        """The kind with the order of the sheet's other columns, where its own shows none and they agree."""
        shown = {
            heading: other.day_first
            for heading, other in others.items()
            if isinstance(other, _Dated) and other.column in ("decided", "said")
        }
        if self.column != "open" or len(set(shown.values())) != 1:
            return self
        kind = copy.copy(self)
        heading, kind.day_first = next(iter(shown.items()))
        kind.column, kind.evidence = "beside", {"heading": heading, "for": "0"}
        return kind

    def read_as(self, said: str) -> Self:
        """The kind with the order "dmy" or "mdy", whatever its column shows."""
        if said not in _SAID:
            return self
        kind = copy.copy(self)
        kind.day_first, kind.column = _SAID[said], "said"
        return kind

    def column_read(self) -> ColumnRead | None:
        """reading.day-decided, -open, -mixed, -beside, -said: the order, and how many cells speak for and against."""
        if not self.column:
            return None
        chosen = "dmy" if self.day_first else "mdy"
        details = {"order": _ORDERS[self.day_first], **self.evidence}
        return ColumnRead(f"reading.day-{self.column}", chosen, tuple(_SAID), details)

    def _read_date(self, text: str, whole_text: str, notes: Notes) -> dt.date:
        if found := _ISO.fullmatch(text):
            year, month, day = (found[1], found[3], found[4]) if found[1] else (found[5], found[6], found[7])
            return _date(int(year), int(month), int(day), whole_text)
        if found := _NUMERIC.fullmatch(text):
            return self._by_order(_Parts(int(found[1]), int(found[3]), found[4]), whole_text, notes)
        text = _WEEKDAY.sub("", text, count=1)
        if found := _DAY_MONTH.fullmatch(text):
            day, name, year = found.groups()
        elif found := _MONTH_DAY.fullmatch(text):
            name, day, year = found.groups()
        else:
            raise BadValue("day.incomplete" if _MONTH_ONLY.fullmatch(text) else "day.not-a-day", whole_text)
        month_number = _MONTHS.get(name.casefold())
        if month_number is None:
            raise BadValue("day.not-a-day", whole_text)
        return _date(_year(year), month_number, int(day), whole_text)

    def _by_order(self, parts: _Parts, text: str, notes: Notes) -> dt.date:
        first, second, year = parts
        day_first = self.day_first
        if first > 12 >= second or second > 12 >= first:
            if self.column in ("decided", "mixed", "said") and day_first != (first > 12):
                raise BadValue("day.order", text, order=_ORDERS[day_first])
            day_first = first > 12
        day, month = (first, second) if day_first else (second, first)
        date = _date(_year(year), month, day, text)
        if self.column in ("open", "mixed") and first != second and first <= 12 and second <= 12:
            notes.append(warning("day.ambiguous", text, read=date.isoformat(), order=_ORDERS[day_first]))
        return date

    def describe(self) -> dict[str, object]:
        """The home order of day and month."""
        return {"name": self.name, "order": _ORDERS[self.day_first]}


_SAID = {"mdy": False, "dmy": True}
_ORDERS = {True: "day/month/year", False: "month/day/year"}


class Day(_Dated):
    """A day of the calendar, from 1900 to 2200: "2024-03-14"."""

    name = "day"

    def parse(self, text: str, notes: Notes) -> str | None:
        """The day in ISO form; a time after it is dropped.

        Raises BadValue "day.not-a-day", "day.incomplete" (no day, no year), "day.order" (against its column),
        "day.out-of-range".
        """
        if len(text) == 10 and text[4] == text[7] == "-" and "1900" <= text < "2201":
            with suppress(ValueError):
                return dt.date.fromisoformat(text).isoformat()
        text = one_line(text)
        if not text:
            return None
        date, clock = _split(text)
        if clock and not _CLOCK.fullmatch(clock):
            raise BadValue("day.not-a-day", text)
        return self._read_date(date, text, notes).isoformat()

    def from_cell(self, cell: Cell, notes: Notes) -> str | None:
        """Also a date cell, and a number that can only be a spreadsheet's day number ("day.serial-number" warns)."""
        if isinstance(cell, dt.date):
            date = cell.date() if isinstance(cell, dt.datetime) else cell
            if not _FIRST_YEAR <= date.year <= _LAST_YEAR:
                raise BadValue("day.out-of-range", str(date))
            return date.isoformat()
        if isinstance(cell, (int, float)) and not isinstance(cell, bool) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
            date = _EPOCH + dt.timedelta(int(cell))
            notes.append(warning("day.serial-number", f"{cell:.15g}", read=date.isoformat()))
            return date.isoformat()
        return super().from_cell(cell, notes)

    def value(self, canonical: str) -> dt.date:
        """A date."""
        return dt.date.fromisoformat(canonical)

    def cell(self, canonical: str) -> Cell:
        """A date; text before March 1900, where spreadsheets count a day that never was."""
        return dt.date.fromisoformat(canonical) if canonical >= "1900-03-01" else canonical


def _split(text: str) -> tuple[str, str]:
    """The date and the time of day with what follows it; the time is empty if there is none."""
    if wmi := _WMI.fullmatch(text):
        date, hour, minute, second, sign, zone = wmi.groups()
        return date, f"T{hour}:{minute}:{second}{sign}{int(zone) // 60:02}:{int(zone) % 60:02}"
    if ":" not in text:
        return text, ""
    found = _START.fullmatch(text)
    return (found[1], found[2] or "") if found else (text, "")


_CANONICAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


class Moment(_Dated):
    """A point in time, to the second: "2024-03-14T10:02:00Z". Shown and typed in local time."""

    name = "moment"

    def __init__(self, *, day_first: bool = False, zone: dt.tzinfo | None = None) -> None:
        """`zone` is the zone of texts that name none, and of what is shown; this machine's if None."""
        super().__init__(day_first=day_first)
        self.zone = zone

    def parse(self, text: str, notes: Notes) -> str | None:
        """The moment in UTC; without a zone it is local time, without a time of day midnight.

        Raises BadValue "moment.not-a-time", and what Day raises.
        """
        if _CANONICAL.fullmatch(text) and "1900" <= text < "2201":
            with suppress(ValueError):
                dt.datetime.fromisoformat(text)
                return text
        text = one_line(text)
        if not text:
            return None
        date_text, clock = _split(text)
        date = self._read_date(date_text, text, notes)
        if not clock:
            return self._canonical(dt.datetime.combine(date, dt.time()), text)
        found = _CLOCK.fullmatch(clock)
        if found is None:
            raise BadValue("moment.not-a-time", text)
        hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
        if found[4]:
            if not 1 <= hour <= 12:
                raise BadValue("moment.not-a-time", text)
            hour = hour % 12 + (12 if found[4] in "Pp" else 0)
        try:
            moment = dt.datetime.combine(date, dt.time(hour, minute, second))
        except ValueError:
            raise BadValue("moment.not-a-time", text) from None
        return self._canonical(moment.replace(tzinfo=_zone(found[5], text)), text)

    def from_cell(self, cell: Cell, notes: Notes) -> str | None:
        """Also a date cell (local time), and a spreadsheet's day number with a warning."""
        if isinstance(cell, dt.datetime):
            return self._canonical(cell, str(cell))
        if isinstance(cell, dt.date):
            return self._canonical(dt.datetime.combine(cell, dt.time()), str(cell))
        if isinstance(cell, (int, float)) and not isinstance(cell, bool) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
            seconds = round((cell - int(cell)) * 86400)
            moment = dt.datetime.combine(_EPOCH, dt.time()) + dt.timedelta(int(cell), seconds)
            notes.append(warning("day.serial-number", f"{cell:.15g}", read=moment.isoformat(" ", "minutes")))
            return self._canonical(moment, str(cell))
        return super().from_cell(cell, notes)

    def _canonical(self, moment: dt.datetime, text: str) -> str:
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise BadValue("day.out-of-range", text)
        moment = moment.replace(microsecond=0)
        try:
            if moment.tzinfo is None and self.zone is not None:
                moment = moment.replace(tzinfo=self.zone)
            moment = moment.astimezone(dt.UTC).replace(tzinfo=None)
        except (OSError, OverflowError):  # Windows knows local time from 1970 on only
            moment = moment.replace(tzinfo=None)
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise BadValue("day.out-of-range", text)
        return moment.isoformat(timespec="seconds") + "Z"

    def _local(self, canonical: str) -> dt.datetime | None:
        """Local time without a zone; None where that would not say which moment it is (the hour that comes twice)."""
        try:
            local = self.value(canonical).astimezone(self.zone).replace(tzinfo=None, fold=0)
            return local if self._canonical(local, canonical) == canonical else None
        except (OSError, OverflowError, BadValue):
            return None

    def format(self, canonical: str) -> str:
        """Local date and time; with "UTC" where local time does not say which moment it is."""
        local = self._local(canonical)
        if local is None:
            return canonical.replace("T", " ").replace("Z", " UTC")
        return local.isoformat(" ", "seconds" if local.second else "minutes")

    def value(self, canonical: str) -> dt.datetime:
        """A datetime in UTC."""
        return dt.datetime.fromisoformat(canonical)

    def cell(self, canonical: str) -> Cell:
        """Local time without a zone, as spreadsheets have it; text where that is not lossless."""
        local = self._local(canonical)
        return local if local is not None and local.year > _FIRST_YEAR else self.format(canonical)


def _zone(text: str | None, whole_text: str) -> dt.tzinfo | None:
    if text is None:
        return None
    if text[0] not in "+-":
        return dt.UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    if minutes > 15 * 60:
        raise BadValue("moment.not-a-time", whole_text)
    return dt.timezone(dt.timedelta(minutes=-minutes if text[0] == "-" else minutes))
