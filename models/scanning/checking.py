"""Print and verify: each label is scanned back on its device, and with it, where wanted, the device's own barcode.

A session decides what each scan means; who holds it writes what is right and plays the answer. What is left can be
worked out from the records at any time, so that a session survives its window.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from models.rules.tag_book import find_voided, void_problem
from models.scanning.answer import Answer, Outcome
from models.scanning.check_list import Checkable
from models.scanning.named import named
from models.scanning.scan import Scan
from models.schema.catalogue import Catalogue

#: A scan shorter than this is not looked for inside of codes: many would have it.
_LEAST = 3
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Checked:
    """What a scan comes to. `record` is set where its label is right, and is to be stamped."""

    answer: Answer
    record: Checkable | None = None


class CheckSession:
    """The labels that are to be checked, and those that are."""

    def __init__(self, records: Iterable[Checkable], *, with_device: bool = False) -> None:
        """`with_device`: after each label the device's own serial number is scanned."""
        self.with_device = with_device
        self._swapped: dict[str, str] = {}
        self._pending: Checkable | None = None
        self.renew(records)

    def renew(self, records: Iterable[Checkable], checked: Collection[str] = ()) -> None:
        """Go on with the records as they are now; `checked` are the ids of those whose stamps are under way.

        What was swapped and what is half scanned stays.
        """
        self._records = {each.row: each for each in records}
        self._codes: dict[str, list[str]] = {}
        self._serials: dict[str, list[str]] = {}
        for each in self._records.values():
            self._codes.setdefault(_form(each.code), []).append(each.row)
            if each.serial:
                self._serials.setdefault(_form(each.serial), []).append(each.row)
        known = sorted(self._records.values(), key=lambda each: each.checked)
        self._done = {each.row: None for each in known if each.done or each.row in checked}
        self._swapped = {
            row: other
            for row, other in self._swapped.items()
            if row in self._records and other in self._records and row not in self._done
        }
        self._pending = self._records.get(self._pending.row) if self._pending else None

    @property
    def left(self) -> list[Checkable]:
        """What is not checked yet, by place and code."""
        waiting = (each for row, each in self._records.items() if row not in self._done)
        return sorted(waiting, key=lambda each: (not each.place, each.place.casefold(), each.code.casefold()))

    @property
    def checked(self) -> list[Checkable]:
        """What is checked, the latest first."""
        return [self._records[row] for row in reversed(self._done)]

    @property
    def pending(self) -> Checkable | None:
        """The record whose label was scanned and whose device is to be scanned now."""
        return self._pending

    def swapped_with(self, row: str) -> Checkable | None:
        """The record on whose device the label of this one was found."""
        other = self._swapped.get(row)
        return self._records.get(other) if other else None

    def swapped(self) -> list[Checkable]:
        """The records whose labels were found on other devices."""
        return [self._records[row] for row in self._swapped]

    def take(self, connection: Connection, catalogue: Catalogue, scan: Scan) -> Checked:
        """What a scan means; a label that is right counts as checked from now on."""
        pending = self._pending
        label = self._find(self._codes, scan)
        serial = self._find(self._serials, scan)
        # While a device is awaited a code that is its serial number is that, also where some label says the same.
        if pending and serial and (pending in serial or not label):
            return self._compare(pending, serial)
        if label:
            return self._take_label(label[0])
        if pending and not label and (told := self._other_device(connection, catalogue, scan, pending)):
            return told
        if serial:
            return _told(Outcome.WRONG, "label-check.no-label", scan.text, name=serial[0].name)
        return Checked(self._unknown(connection, catalogue, scan))

    def unmark(self, row: str) -> Answer:
        """A stamp was taken back: the record is left again."""
        self._done.pop(row, None)
        self._pending = None
        record = self._records[row]
        return Answer(Outcome.UNDONE, "label-check.undone", record.code, {"name": record.name})

    def nothing_to_undo(self) -> Answer:
        """Something was to be taken back, and nothing was checked."""
        return Answer(Outcome.WRONG, "label-check.nothing-to-undo", "", {})

    def _take_label(self, record: Checkable) -> Checked:
        self._pending = None
        if record.row in self._done:
            return _told(Outcome.KNOWN, "label-check.again", record.code, name=record.name)
        if self.with_device and record.serial:
            self._pending = record
            return _told(Outcome.STICKS, "label-check.now-device", record.code, name=record.name, serial=record.serial)
        return self._right(record)

    def _right(self, record: Checkable) -> Checked:
        self._pending = None
        self._swapped.pop(record.row, None)
        self._done[record.row] = None
        left = len(self._records) - len(self._done)
        code = "label-check.ok" if left else "label-check.last"
        return replace(_told(Outcome.OK, code, record.code, name=record.name, left=f"{left:,}"), record=record)

    def _compare(self, pending: Checkable, found: list[Checkable]) -> Checked:
        if pending in found:
            return self._right(pending)
        self._pending = None
        other = found[0]
        self._swapped[pending.row] = other.row
        both = self._swapped.get(other.row) == pending.row
        code = "label-check.swapped-both" if both else "label-check.swapped"
        return _told(Outcome.WRONG, code, pending.code, name=pending.name, other=other.name)

    def _other_device(
        self, connection: Connection, catalogue: Catalogue, scan: Scan, pending: Checkable
    ) -> Checked | None:
        """The device's barcode was awaited: this is another device's, or none that Muster knows."""
        if find_voided(connection, scan.text) or any(
            each.field == "tag" for each in named(connection, catalogue, scan)
        ):
            return None
        self._pending = None
        return _told(Outcome.WRONG, "label-check.other-device", scan.text, name=pending.name, serial=pending.serial)

    def _unknown(self, connection: Connection, catalogue: Catalogue, scan: Scan) -> Answer:
        """Why a code is none of the labels that are to be checked."""
        self._pending = None
        for reading in scan.readings:
            if voided := find_voided(connection, reading):
                problem = void_problem(voided, reading)
                return Answer(Outcome.WRONG, "label-check.void", reading, dict(problem.details))
        if known := named(connection, catalogue, scan):
            if record := self._records.get(known[0].row):
                return Answer(Outcome.WRONG, "label-check.no-label", scan.text, {"name": record.name})
            return Answer(Outcome.WRONG, "label-check.not-one", scan.text, {"name": known[0].label or scan.text})
        part = _form(scan.text)
        if len(part) >= _LEAST:
            near = [self._records[rows[0]].code for code, rows in self._codes.items() if part in code]
            if near:
                more = ", ".join(near[:_NAMED]) + (" …" if len(near) > _NAMED else "")
                return Answer(Outcome.WRONG, "label-check.part", scan.text, {"near": more})
        return Answer(Outcome.UNKNOWN, "label-check.unknown", scan.text, {})

    def _find(self, forms: dict[str, list[str]], scan: Scan) -> list[Checkable]:
        """The records that the best reading names; those not yet checked first."""
        for reading in scan.readings:
            if rows := forms.get(_form(reading)):
                return [self._records[row] for row in sorted(rows, key=lambda row: row in self._done)]
        return []


def _form(text: str) -> str:
    return text.casefold().replace(" ", "")


def _told(outcome: Outcome, code: str, text: str, **details: str) -> Checked:
    return Checked(Answer(outcome, code, text, details))
