"""Scan to act: what a sequence of scans does, and that undoing takes all of it back."""

import datetime as dt
import re
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.phrases import codes
from models.journal.undo import undo
from models.journal.writer import Journal
from models.scanning.answer import Outcome
from models.scanning.listed import Listed, ScannedList
from models.scanning.modes import Mode, mode_after
from models.scanning.scan import Command, Scan, command_of
from models.scanning.session import ScanSession
from models.services.registry import create_record, find_record, set_fields
from models.settings import Settings
from models.store.database import Database
from models.store.home import Home

MODELS = Path(__file__).resolve().parents[2] / "models"
THINGS = ("R-000001", "R-000002", "L-0001")


class Bench:
    """A small register, a session over it, and short words for scanning."""

    def __init__(self, folder):
        self.database = Database.open(Home(folder))
        self.journal = Journal(self.database, "J. Ruiz")
        self.preferences = Settings(Home(folder).settings)
        self.add("person", name="T. Nakagawa", badge="B-17")
        self.add("person", name="A. Soto", badge="B-18")
        self.add("location", name="City Hall", code="CH")
        self.add("location", name="204", parent="City Hall", code="CH-204")
        self.rows = {
            "R-000001": self.add("radio", tag="R-000001", status="In stock", serial="SN1").row,
            "R-000002": self.add("radio", tag="R-000002", status="Lost").row,
            "L-0001": self.add("hardware", tag="L-0001", status="In service", custodian="A. Soto").row,
        }
        self.add("model", name="APX 8000")
        self.scanned = ScannedList()
        self.session = ScanSession(self.journal, scanned=self.scanned, clock=self._clock())

    @staticmethod
    def _clock():
        ticks = count()
        return lambda: dt.datetime(2026, 11, 25, 14, tzinfo=dt.UTC) + dt.timedelta(seconds=next(ticks))

    def add(self, word, **texts):
        return create_record(self.journal, word, texts, self.preferences)

    def scan(self, *texts):
        taken = None
        for text in texts:
            taken = self.session.take(Scan(text, text, readings=(text,), command=command_of(text)))
        return taken

    def values(self, tag):
        with self.database.reading() as connection:
            row = find_record(connection, self.database.catalogue(), "asset", self.rows.get(tag, tag))
        return row.values

    def where(self, tag):
        values = self.values(tag)
        with self.database.reading() as connection:
            catalogue = self.database.catalogue()
            names = {
                find_record(connection, catalogue, word, text).id: text
                for word, text in (("person", "T. Nakagawa"), ("person", "A. Soto"), ("location", "City Hall / 204"))
            }
        return names.get(values["custodian"]), names.get(values["location"]), values["status"]

    def state(self):
        """All values of the things but when they were last seen."""
        return [{key: value for key, value in self.values(tag).items() if key != "last_seen"} for tag in THINGS]


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path / "home")
    yield made
    made.database.close()


def told(taken):
    return taken.answer.outcome, taken.answer.code


def test_show_says_what_it_is_and_writes_nothing(bench):
    taken = bench.scan("sn1")
    assert told(taken) == (Outcome.OK, "custody.shown")
    assert [each.label for each in taken.records] == ["R-000001"]
    assert bench.values("R-000001")["last_seen"] is None
    assert told(bench.scan("nothing like it")) == (Outcome.UNKNOWN, "custody.unknown")


def test_person_then_things(bench):
    assert told(bench.scan("MUSTER ISSUE")) == (Outcome.STICKS, "custody.mode-issue")
    assert told(bench.scan("B-17")) == (Outcome.STICKS, "custody.target-issue")
    taken = bench.scan("R-000001")
    assert (told(taken), taken.target.name) == ((Outcome.OK, "custody.issued"), "T. Nakagawa")
    assert bench.where("R-000001") == ("T. Nakagawa", None, "in_service")
    taken = bench.scan("L-0001")
    assert (taken.answer.code, taken.answer.details["before"]) == ("custody.issued-from", "A. Soto")
    assert told(bench.scan("R-000001")) == (Outcome.KNOWN, "custody.has-it")
    bench.scan("B-18", "R-000001")
    assert bench.where("R-000001")[0] == "A. Soto"


def test_things_then_person_are_one_deed(bench):
    taken = bench.scan("MUSTER ISSUE", "R-000001", "L-0001")
    assert (told(taken), taken.waiting) == ((Outcome.STICKS, "custody.waits-issue"), 2)
    assert told(bench.scan("L-0001"))[0] is Outcome.KNOWN
    taken = bench.scan("B-17")
    assert (told(taken), taken.waiting) == ((Outcome.OK, "custody.issued-several"), 0)
    assert taken.changes.title == "Issue 2 assets to T. Nakagawa"
    undo(bench.journal)
    assert bench.where("L-0001")[0] == "A. Soto"


def test_a_thing_that_waits_is_let_go_by_the_undo_card(bench):
    taken = bench.scan("MUSTER MOVE", "R-000001", "L-0001", "MUSTER UNDO")
    assert (told(taken), taken.answer.details["name"]) == ((Outcome.UNDONE, "custody.not-waiting"), "L-0001")
    taken = bench.scan("CH-204")
    assert taken.changes.title == "Move R-000001 to City Hall / 204"


def test_what_is_lost_takes_a_further_word(bench):
    bench.session.switch(Mode.ISSUE)
    taken = bench.scan("B-17", "R-000002")
    assert told(taken) == (Outcome.REFUSED, "custody.missing")
    bench.scan("B-18")
    done = bench.session.anyway(taken)
    assert told(done) == (Outcome.OK, "custody.issued")
    assert [note.code for note in done.notes] == ["custody.gone"]
    assert bench.where("R-000002") == ("T. Nakagawa", None, "lost")
    assert told(bench.session.anyway(done)) == (Outcome.WRONG, "custody.nothing-refused")


def test_move_and_return_to_a_place(bench):
    bench.scan("MUSTER MOVE", "CH-204")
    assert told(bench.scan("L-0001")) == (Outcome.OK, "custody.moved")
    assert told(bench.scan("L-0001")) == (Outcome.KNOWN, "custody.there-already")
    assert bench.values("L-0001")["last_seen"] == "2026-11-25T14:00:01Z"
    assert told(bench.scan("CH", "L-0001")) == (Outcome.OK, "custody.moved-from")
    assert told(bench.scan("MUSTER RETURN", "L-0001")) == (Outcome.OK, "custody.returned-from")
    assert bench.where("L-0001")[::2] == (None, "in_stock")
    bench.scan("MUSTER ISSUE", "B-17", "L-0001", "MUSTER RETURN", "CH-204")
    assert told(bench.scan("L-0001")) == (Outcome.OK, "custody.returned-from-to")
    assert bench.where("L-0001") == (None, "City Hall / 204", "in_stock")


@pytest.mark.parametrize(
    ("mode", "text"),
    [
        (Mode.ISSUE, "CH"),
        (Mode.MOVE, "B-17"),
        (Mode.RETURN, "B-17"),
        (Mode.PRINT, "APX 8000"),
        (Mode.ISSUE, "APX 8000"),
    ],
)
def test_the_wrong_kind_of_thing_is_said_to_be_one(bench, mode, text):
    bench.session.switch(mode)
    before = bench.state()
    assert told(bench.scan(text)) == (Outcome.WRONG, f"custody.not-for-{mode.value}")
    assert bench.state() == before


@pytest.mark.parametrize("mode", list(Mode))
def test_of_several_records_with_a_code_none_is_touched(bench, mode):
    bench.add("hardware", tag="R-000001")
    bench.session.switch(mode)
    bench.scan("CH", "B-17")
    before = bench.state()
    taken = bench.scan("R-000001")
    assert (told(taken), len(taken.records)) == ((Outcome.WRONG, "custody.several"), 2)
    assert (bench.state(), taken.waiting) == (before, 0)
    assert {each.row for each in bench.scanned.rows()}.isdisjoint(bench.rows.values())


def test_one_that_is_chosen_of_several_is_acted_on(bench):
    twin = bench.add("hardware", tag="R-000001").row
    bench.scan("MUSTER ISSUE", "B-17")
    taken = bench.scan("R-000001")
    done = bench.session.take_record(next(each for each in taken.records if each.row == twin))
    assert told(done) == (Outcome.OK, "custody.issued")
    assert bench.values(twin)["status"] == "in_service"


def test_the_list_takes_each_once(bench):
    bench.scan("MUSTER LIST")
    assert told(bench.scan("R-000001")) == (Outcome.OK, "custody.listed")
    assert told(bench.scan("SN1")) == (Outcome.KNOWN, "custody.listed-already")
    assert told(bench.scan("CH-204")) == (Outcome.OK, "custody.listed")
    assert [each.word for each in bench.scanned.rows()] == ["radio", "location"]
    assert told(bench.scan("MUSTER UNDO")) == (Outcome.UNDONE, "custody.unlisted")
    assert [each.at for each in ScannedList.from_data(bench.scanned.data()).rows()] == ["2026-11-25T14:00:00Z"]


def test_a_kept_list_of_another_form_is_an_empty_one():
    assert ScannedList.from_data("nonsense").rows() == []
    assert ScannedList.from_data([1, {"word": "none"}, {"word": "radio", "row": "1"}]).rows() == [
        Listed("radio", "1", "")
    ]


def test_a_label_that_is_printed_is_not_taken_back(bench):
    assert told(bench.scan("MUSTER PRINT", "CH-204")) == (Outcome.OK, "custody.to-print")
    assert told(bench.scan("MUSTER UNDO")) == (Outcome.WRONG, "custody.printed")
    assert told(bench.scan("MUSTER UNDO")) == (Outcome.WRONG, "custody.nothing-to-undo")


def test_undo_goes_past_what_was_undone_elsewhere(bench):
    before = bench.state()
    bench.scan("MUSTER MOVE", "CH-204", "R-000001", "L-0001")
    undo(bench.journal)  # Ctrl+Z in the window
    taken = bench.scan("MUSTER UNDO")
    assert (told(taken), taken.answer.details["title"]) == (
        (Outcome.UNDONE, "custody.undone"),
        "Move R-000001 to City Hall / 204",
    )
    assert bench.state() == before


def test_what_was_changed_since_stays_and_is_told(bench):
    bench.scan("MUSTER ISSUE", "B-17", "R-000001")
    set_fields(bench.journal, "asset", "R-000001", {"custodian": "A. Soto"}, bench.preferences)
    taken = bench.scan("MUSTER UNDO")
    assert [note.code for note in taken.notes] == ["custody.undo-kept"]
    assert bench.where("R-000001")[0] == "A. Soto"


def test_a_target_that_was_deleted_is_let_go(bench):
    bench.scan("MUSTER ISSUE", "B-17")
    with bench.database.reading() as connection:
        person = find_record(connection, bench.database.catalogue(), "person", "T. Nakagawa")
    from models.services.bulk import delete_records

    delete_records(bench.journal, "person", [person.nr], "Delete")
    taken = bench.scan("R-000001")
    assert (told(taken), taken.target) == ((Outcome.WRONG, "custody.target-gone"), None)


def test_commands_of_a_tag_run_are_not_ours(bench):
    for command in Command:
        taken = bench.scan(command.code)
        if mode_after(Mode.SHOW, command):
            assert taken.answer.code == f"custody.mode-{taken.mode.value}"
        elif command is not Command.UNDO:
            assert told(taken) == (Outcome.WRONG, "custody.of-a-run")
    bench.scan("MUSTER RETURN", "CH")
    taken = bench.scan("MUSTER LOCATION")
    assert (taken.mode, taken.target) == (Mode.RETURN, None)


def test_each_code_of_an_answer_has_a_sentence():
    modes = [mode.value for mode in Mode]
    found = set()
    for path in MODELS.rglob("*.py"):
        for code in re.findall(r"\"(custody\.[a-z{}._-]+)\"", path.read_text("utf-8")):
            found.add(code)
    plain = {code for code in found if "{" not in code}
    assert plain <= set(codes())
    assert {f"custody.mode-{mode}" for mode in modes} <= set(codes())
    verbs = ("issued", "returned", "moved")
    assert {f"custody.{verb}{end}" for verb in verbs for end in ("", "-from", "-several", "-some")} <= set(codes())


def test_several_are_answered_together(bench):
    taken = bench.scan("MUSTER ISSUE", "R-000001", "R-000002", "B-17")
    assert told(taken) == (Outcome.REFUSED, "custody.issued-some")
    assert (taken.answer.details["count"], taken.answer.details["refused"], len(taken.missing)) == ("1", "1", 1)
    bench.scan("MUSTER MOVE", "CH", "R-000001", "L-0001", "MUSTER MOVE", "R-000001", "L-0001")
    assert told(bench.scan("CH")) == (Outcome.KNOWN, "custody.known-several")


SCANS = st.lists(
    st.sampled_from(
        [*THINGS, "SN1", "B-17", "B-18", "CH", "CH-204", "APX 8000", "unknown"]
        + [command.code for command in Command if command is not Command.PRINT]
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    made = Bench(tmp_path_factory.mktemp("scans") / "home")
    yield made
    made.database.close()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SCANS)
def test_undo_takes_back_whatever_was_scanned(ground, texts):
    ground.session = ScanSession(ground.journal, scanned=ground.scanned, clock=ground._clock())
    before = ground.state()
    for text in texts:
        ground.scan(text)
    for _ in range(len(texts) + 1):
        if ground.scan("MUSTER UNDO").answer.code == "custody.nothing-to-undo":
            break
    assert ground.state() == before
    assert ground.scanned.rows() == []
    assert ground.scan("MUSTER UNDO").answer.code == "custody.nothing-to-undo"
