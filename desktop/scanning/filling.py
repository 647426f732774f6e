"""Scans fill in a form: the codes on a device's box go into the fields that they are for."""

from collections import deque
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.forms.record_form import RecordForm
from desktop.phrases import say
from desktop.scanning.sounds import play
from models.fields.field import Field
from models.fields.kinds import Mac, Ref
from models.fields.problem import Problem
from models.query.scan import named_whole
from models.rules.tag_book import tag_book
from models.scanning.answer import Answer, Outcome
from models.scanning.box import Sorted, sort_codes
from models.scanning.named import named
from models.scanning.reading import read_scan
from models.scanning.rules import ScanRules, scan_rules
from models.schema.catalogue import Catalogue
from models.schema.records import ASSET_KINDS, RECORDS

_ON_DEVICES = frozenset(("tag", "serial", "other_barcode", "imei", "imei2", "eid"))
_SHOWN = 80
"""So much is said of a long code."""


def can_be_filled(word: str) -> bool:
    """Whether records of that kind carry codes that are scanned into their fields."""
    return RECORDS[word].table in ("asset", "line")


class FormFilling(QObject):
    """Takes the scans for a form, one after the other, and answers each.

    `row` gives the id of the record that is shown, empty for a new one. What another record has is not filled in, and
    it is said who has it. `elsewhere` is for a form beside a table: it takes scans only while somebody is in one of its
    fields, and the code of another asset goes there.
    """

    def __init__(
        self,
        desk: Desk,
        form: RecordForm,
        owner: QWidget,
        answer: Callable[[Answer], None],
        *,
        row: Callable[[], str] = str,
        elsewhere: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(owner)
        self._desk = desk
        self._form = form
        self._answer = answer
        self._row = row
        self._elsewhere = elsewhere
        self._waiting: deque[str] = deque()
        self._busy = False
        desk.scans.claim(owner, self.take, self._wanted)

    def take(self, raw: str) -> None:
        """Take a scan; those that come while one is looked up wait for their turn."""
        if self._elsewhere is not None and read_scan(raw, scan_rules(self._desk.settings)).command is not None:
            self._elsewhere(raw)
            return
        self._waiting.append(raw)
        self._next()

    def _wanted(self) -> bool:
        now = QApplication.focusWidget()
        return self._elsewhere is None or (now is not None and self._form.isAncestorOf(now))

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        raw, row = self._waiting.popleft(), self._row()
        fields, values, at = self._form.fields, self._form.values(), self._form.focused
        rules, catalogue = scan_rules(self._desk.settings), self._desk.catalogue

        def work(connection: Connection, _task: object) -> list[Sorted] | None:
            if (
                self._elsewhere is not None
                and not _refers(fields, at)
                and _of_other(connection, catalogue, raw, rules, row)
            ):
                return None
            book = tag_book(connection)
            found = sort_codes(raw, fields, values, rules, at=at, is_tag=lambda text: book.scheme_of(text) is not None)
            return [_of_another(connection, catalogue, row, fields, each) for each in found]

        def done(found: list[Sorted] | None) -> None:
            self._busy = False
            if found is None and self._elsewhere is not None:
                self._elsewhere(raw)
            elif found is not None and row == self._row():
                self._fill(raw, found)
            self._next()

        def failed(error: BaseException) -> None:
            self._busy = False
            self._desk.fail(error)
            self._next()

        self._desk.read(work, done, owner=self, failed=failed)

    def _fill(self, raw: str, found: list[Sorted]) -> None:
        known = {field.key: field for field in self._form.fields}
        for each in found:
            if each.outcome is Outcome.OK:
                self._form.fill(each.key, known[each.key].kind.format(each.value))
        answer = answer_to(raw, found)
        self._answer(answer)
        play(answer.outcome, self._desk.settings)


def _of_another(
    connection: Connection, catalogue: Catalogue, row: str, fields: Sequence[Field], found: Sorted
) -> Sorted:
    """The same, or that another record of the sort has this identity already."""
    field = next((field for field in fields if field.key == found.key), None)
    if found.outcome is not Outcome.OK or field is None or not (field.identity or isinstance(field.kind, Mac)):
        return found
    words = ASSET_KINDS if any(each.key == "serial" for each in fields) else ("line",)
    others = [each for each in named_whole(connection, catalogue, words, (found.value,)) if each.row != row]
    if not others:
        return found
    known = Problem("box.known", found.value, found.key, details={"record": others[0].label, "field": field.label})
    return found._replace(outcome=Outcome.KNOWN, problem=known)


def _refers(fields: Sequence[Field], at: str) -> bool:
    """Whether that field names another record: its code is then wanted there."""
    return any(field.key == at and isinstance(field.kind, Ref) for field in fields)


def _of_other(connection: Connection, catalogue: Catalogue, raw: str, rules: ScanRules, row: str) -> bool:
    """Whether the scan is the label, the serial number or the like of another asset than this one."""
    found = named(connection, catalogue, read_scan(raw, rules), ASSET_KINDS)
    return bool(found) and found[0].field in _ON_DEVICES and all(each.row != row for each in found)


def answer_to(raw: str, found: list[Sorted]) -> Answer:
    """What is said of a scan of one code or of several; a command barcode means nothing here."""
    if not found:
        return Answer(Outcome.WRONG, "box.no-field", raw.strip()[:_SHOWN], {})
    if len(found) == 1:
        problem = found[0].problem
        return Answer(found[0].outcome, problem.code, problem.value[:_SHOWN], dict(problem.details))
    filled = [each.problem.details["field"] for each in found if each.outcome is Outcome.OK]
    left = [each for each in found if each.outcome is not Outcome.OK]
    worst = Outcome.WRONG if any(each.outcome is Outcome.WRONG for each in left) else Outcome.KNOWN
    details = {"fields": ", ".join(filled) or "nothing", "left": say(left[0].problem) if left else ""}
    return Answer(worst if left else Outcome.OK, "box.several-left" if left else "box.several", raw[:_SHOWN], details)
