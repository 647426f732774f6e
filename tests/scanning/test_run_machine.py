"""Any row of scans and undos leaves the register as a plain model of it says, and nothing is ever doubled."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings as hypothesis_settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.strategies import integers

from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.proof import differences
from models.journal.writer import Journal
from models.scanning.answer import Outcome
from models.scanning.reading import read_scan
from models.scanning.rules import shipped_rules
from models.scanning.run import TagRun
from models.scanning.scan import Command
from models.settings import Settings
from models.store.database import Database
from models.store.home import Home

_NUMBERS = integers(1, 4)


class TagRuns(RuleBasedStateMachine):
    """The model: who has which codes, the codes of the thing in hand, and what each undo gives back."""

    _pattern: Path | None = None

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        if TagRuns._pattern is None:
            TagRuns._pattern = Path(tempfile.mkdtemp()) / "fresh"
            Database.open(Home(TagRuns._pattern)).close()
        shutil.copytree(TagRuns._pattern, self.folder / "home")
        self.journal = Journal(Database.open(Home(self.folder / "home")), "J. Ruiz")
        scheme = {"name": "Laptops", "prefix": "A-", "width": "1"}
        there = [{"tag": "A-1", "serial": "S-1"}, {"serial": "S-2"}, {"tag": "A-3"}]
        edits = [Edit("asset", new_id(), {"kind": "hardware", **codes}, new=True) for codes in there]
        self.journal.write("Base", [Edit("tag_scheme", new_id(), scheme, new=True), *edits])
        self.run = TagRun(self.journal, Settings(self.folder / "settings.json"), "hardware", {})
        self.records = there
        self.hand: dict[str, str] = {}
        self.undone: list[tuple[str, object]] = []

    def teardown(self):
        with self.journal.database.reading() as connection:
            assert list(differences(connection)) == []
        self.journal.database.close()
        shutil.rmtree(self.folder)

    def scan(self, raw):
        return self.run.take(read_scan(raw, shipped_rules()))

    @rule(number=_NUMBERS)
    def scan_a_tag(self, number):
        self._scan("tag", f"A-{number}")

    @rule(number=_NUMBERS)
    def scan_a_serial_number(self, number):
        self._scan("serial", f"S-{number}")

    def _scan(self, key, value):
        answer = self.scan(value)
        owner = next((each for each in self.records if each.get(key) == value), None)
        mine = next((each for each in self.records if any(each.get(k) == v for k, v in self.hand.items())), None)
        if key in self.hand:
            assert answer.outcome is (Outcome.KNOWN if self.hand[key] == value else Outcome.WRONG)
        elif owner is not None and mine is not None and owner is not mine:
            assert answer.outcome is Outcome.WRONG
        elif any(k in (owner or mine or {}) and (owner or mine)[k] != v for k, v in {**self.hand, key: value}.items()):
            assert answer.outcome is Outcome.KNOWN
        elif owner is not None and len(owner) == 2 and owner is not mine:
            assert answer.code == "tagrun.known"
            self._know(owner)
        else:
            self.hand[key] = value
            self.undone.append(("code", key))
            if len({*self.hand, *(owner or mine or {})}) == 2:
                self._write(owner or mine, answer)
            else:
                assert answer.outcome is Outcome.BEGUN

    @precondition(lambda self: self.hand)
    @rule()
    def keep_what_there_is(self):
        mine = next((each for each in self.records if any(each.get(k) == v for k, v in self.hand.items())), None)
        answer = self.scan(Command.NEXT.code)
        if mine is None:
            self._write(None, answer)
        else:
            # It has no code that its record lacks.
            assert answer.code == "tagrun.known"
            self._know(mine)

    def _know(self, record):
        """It is done without a deed, and stands in the list once."""
        self.undone = [each for each in self.undone if each[0] != "code"]
        if not any(item is record or (kind == "wrote" and item[0] is record) for kind, item in self.undone):
            self.undone.append(("line", record))
        self.hand = {}

    def _write(self, record, answer):
        assert answer.code == ("tagrun.added" if record is None else "tagrun.updated")
        before = None if record is None else dict(record)
        if record is None:
            record = dict(self.hand)
            self.records.append(record)
        else:
            record.update(self.hand)
        self.undone = [each for each in self.undone if each[0] != "code"]
        self.undone.append(("wrote", (record, before)))
        self.hand = {}

    @rule()
    def undo(self):
        answer = self.scan(Command.UNDO.code)
        if not self.undone:
            assert answer.code == "tagrun.nothing-to-undo"
            return
        kind, item = self.undone.pop()
        assert answer.outcome is Outcome.UNDONE, answer
        if kind == "code":
            del self.hand[item]
        elif kind == "wrote":
            record, before = item
            if before is None:
                self.records = [each for each in self.records if each is not record]
            else:
                record.clear()
                record.update(before)

    @invariant()
    def the_register_is_the_model(self):
        with self.journal.database.reading() as connection:
            sql = "SELECT tag, serial FROM asset WHERE deleted IS NULL"
            there = [{"tag": tag, "serial": serial} for tag, serial in connection.exec_driver_sql(sql)]
        wanted = [{"tag": each.get("tag"), "serial": each.get("serial")} for each in self.records]
        assert sorted(map(str, there)) == sorted(map(str, wanted))
        for key in ("tag", "serial"):
            codes = [each[key] for each in there if each[key]]
            assert len(codes) == len(set(codes)), "doubled"
        assert dict(self.run.standing.codes) == self.hand


TestTagRuns = TagRuns.TestCase
TestTagRuns.settings = hypothesis_settings(max_examples=40, stateful_step_count=25)
