"""Tag numbers: written, read, given once, void for ever."""

import json
import subprocess
import sys
import tempfile
import textwrap
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.fields.ids import new_id
from models.fields.problem import Problem, UsageError
from models.journal.entry import Edit
from models.journal.undo import undo
from models.journal.writer import Journal
from models.rules.tag_book import tag_book
from models.rules.tag_forms import CHECK_SYSTEMS, Scheme, read_tag, write_tag
from models.services.bulk import delete_records
from models.services.check import check
from models.services.registry import BadFields, create_record, find_record, set_fields
from models.services.tag_overview import overview
from models.services.tag_ranges import Usage, next_of_roll, ranges, register_roll, roll_of
from models.services.tags import next_tags, peek_tag, scheme_for, tag_problem, void_tag
from models.settings import Settings
from models.store.database import Database
from models.store.home import Home

PURE = ("mod_11_2", "mod_37_2", "mod_97_10")
prefixes = st.sampled_from(("", "R-", "fd-", "PD/", "2026-", "X"))
schemes = st.builds(
    Scheme,
    st.just("id"),
    st.just("Radios"),
    prefixes,
    st.integers(4, 9),
    st.sampled_from(("none", *CHECK_SYSTEMS)),
)


class City:
    """A register and short words for what the tests do to it."""

    def __init__(self, folder):
        self.home = Home(folder)
        self.database = Database.open(self.home)
        self.settings = Settings(self.home.settings)
        self.journal = Journal(self.database, "J. Ruiz")

    def add(self, word, **texts):
        return create_record(self.journal, word, texts, self.settings)

    def set(self, word, record, **texts):
        return set_fields(self.journal, word, record, texts, self.settings)

    def scheme(self, name="Radios", **texts):
        return self.add("tag_scheme", **({"name": name, "prefix": "R-", "width": "6"} | texts)).row

    def next(self, count=1, word="radio", department=None):
        return next_tags(self.journal, word, department, count)

    def read(self, ask, *rest):
        with self.database.reading() as connection:
            return ask(connection, *rest)

    def ranges(self, word="radio"):
        return self.read(lambda connection: ranges(connection, scheme_for(connection, word)))


@pytest.fixture
def city(tmp_path):
    city = City(tmp_path / "home")
    yield city
    city.database.close()


# Written and read


@given(schemes, st.integers(0, 9999))
def test_what_is_written_is_read(scheme, number):
    tag = write_tag(scheme, number)
    assert read_tag(scheme, tag) == number
    assert read_tag(scheme, f" {tag.lower()} ") == number
    assert len(tag) == scheme.length


@given(schemes.filter(lambda scheme: scheme.check in PURE), st.integers(0, 9999), st.data())
def test_one_mistyped_character_is_noticed(scheme, number, data):
    tag = write_tag(scheme, number)
    at = data.draw(st.integers(len(scheme.prefix), len(tag) - 1))
    sign = data.draw(st.sampled_from("0123456789ABCXZ*").filter(lambda sign: sign != tag[at]))
    read = read_tag(scheme, tag[:at] + sign + tag[at + 1 :])
    assert isinstance(read, Problem)


@given(schemes.filter(lambda scheme: scheme.check in PURE), st.integers(0, 9999), st.data())
def test_two_characters_swapped_are_noticed(scheme, number, data):
    tag = write_tag(scheme, number)
    at = data.draw(st.integers(len(scheme.prefix), len(tag) - 2))
    swapped = tag[:at] + tag[at + 1] + tag[at] + tag[at + 2 :]
    assert swapped == tag or isinstance(read_tag(scheme, swapped), Problem)


@given(schemes.filter(lambda scheme: scheme.check in PURE), st.integers(0, 9999), st.data())
def test_what_is_offered_instead_is_a_tag_of_the_scheme(scheme, number, data):
    tag = write_tag(scheme, number)
    at = data.draw(st.integers(len(scheme.prefix), len(scheme.prefix) + scheme.width - 2))
    read = read_tag(scheme, tag[:at] + tag[at + 1] + tag[at] + tag[at + 2 :])
    if isinstance(read, Problem):
        assert read.code == "tag.check-character"
        near = read.details["near"].split(", ")
        assert tag in near
        assert all(isinstance(read_tag(scheme, each), int) for each in near)


@given(schemes, st.text(max_size=20))
def test_anything_may_be_scanned(scheme, text):
    read = read_tag(scheme, text)
    assert isinstance(read, Problem) or write_tag(scheme, read).casefold() == text.strip().casefold()


@pytest.mark.parametrize(
    ("check", "tag"),
    [
        # The examples of ISO/IEC 7064 itself are the digits 0794 and 794.
        ("mod_11_2", "07940"),
        ("mod_11_10", "07945"),
        ("mod_97_10", "079444"),
    ],
)
def test_the_check_characters_are_those_of_the_standard(check, tag):
    scheme = Scheme("id", "Plain", "", 4, check)
    assert write_tag(scheme, 794) == tag


def test_a_scheme_ends_where_its_digits_do():
    scheme = Scheme("id", "Radios", "R-", 3)
    assert write_tag(scheme, 999) == "R-999"
    with pytest.raises(UsageError) as error:
        write_tag(scheme, 1000)
    assert error.value.problem.code == "tag.scheme-full"


# Given


def test_tags_are_given_once(city):
    city.scheme()
    assert city.read(peek_tag, "radio") == "R-000001"
    assert city.next(3) == ["R-000001", "R-000002", "R-000003"]
    assert city.read(peek_tag, "radio") == "R-000004"
    assert city.next() == ["R-000004"]
    assert [(each.use, each.first, each.last) for each in city.ranges()] == [("block", 1, 500)]


def test_an_undo_gives_no_number_back(city):
    city.scheme()
    (tag,) = city.next()
    city.add("radio", tag=tag)
    undo(city.journal)
    assert city.next() == ["R-000002"]
    undo(city.journal)  # the block itself
    assert city.ranges() == []
    assert city.next() == ["R-000501"]


def test_a_restart_gives_no_number_again(city, tmp_path):
    city.scheme()
    city.next(2)
    city.database.close()
    again = City(tmp_path / "home")
    assert again.next() == ["R-000003"]
    again.database.close()


def test_numbers_in_use_void_or_on_a_roll_are_stepped_over(city):
    city.scheme(first="10")
    register_roll(city.journal, "radios", "R-000014", "r-000015")
    city.next()  # 16: above the roll
    assert [(each.use, each.first) for each in city.ranges()] == [("roll", 14), ("block", 16)]
    used = city.add("radio", tag="r-000017").row
    city.add("radio", tag="R-000018")
    void_tag(city.journal, "R-000019", "Torn")
    delete_records(
        city.journal, "radio", [city.read(find_record, city.database.catalogue(), "radio", used).nr], "Delete"
    )
    assert city.next(2) == ["R-000020", "R-000021"]


def test_a_block_begins_above_all_tags_there_are(city):
    city.add("radio", tag="R-004471")
    city.add("radio", tag="R-0099999")  # longer: no tag of the scheme
    city.scheme()
    assert city.next() == ["R-004472"]


def test_a_number_without_its_check_character_is_not_given_with_one(city):
    city.add("radio", tag="R-000002")
    city.scheme(check_character="mod_37_36")
    (tag,) = city.next()
    assert tag.startswith("R-000003")
    city.add("radio", tag="R-000004")
    assert city.next()[0].startswith("R-000005")


def test_a_high_tag_does_not_end_a_scheme(city):
    city.add("radio", tag="R-999999")
    city.add("radio", tag="R-000001")
    city.scheme()
    assert city.next(2) == ["R-000002", "R-000003"]


def test_a_full_scheme_says_so(city):
    city.scheme(width="1")
    assert city.next(9) == [f"R-{number}" for number in range(1, 10)]
    assert city.read(peek_tag, "radio") is None
    with pytest.raises(UsageError) as error:
        city.next()
    assert error.value.problem.code == "tag.scheme-full"


def test_a_block_is_followed_before_it_runs_out(city):
    city.settings["tag_block"] = "20"
    city.scheme()
    city.next(18)
    assert [each.last for each in city.ranges()] == [20]
    city.next()
    assert [each.last for each in city.ranges()] == [20, 40]
    assert city.next(3) == ["R-000020", "R-000021", "R-000022"]


def test_many_are_given_at_once(city):
    city.settings["tag_block"] = "20"
    city.scheme()
    tags = city.next(120)
    assert tags == [f"R-{number:06}" for number in range(1, 121)]
    with pytest.raises(UsageError) as error:
        city.next(0)
    assert error.value.problem.code == "tag.no-such-count"


def test_schemes_that_write_alike_share_their_numbers(city):
    city.add("department", name="Fire")
    city.add("department", name="Police")
    city.scheme("Fire", department="Fire")
    city.scheme("Police", department="Police", prefix="r-")
    fire = city.read(find_record, city.database.catalogue(), "department", "Fire").id
    police = city.read(find_record, city.database.catalogue(), "department", "Police").id
    assert city.next(department=fire) == ["R-000001"]
    assert city.next(department=police) == ["r-000501"]


def test_the_most_particular_scheme_is_taken(city):
    city.add("department", name="Fire")
    engine = city.add("department", name="Station 7", parent="Fire").row
    city.scheme("All", prefix="A-")
    city.scheme("Fire", prefix="F-", department="Fire")
    assert city.next(word="hardware") == ["A-000001"]
    assert city.next(word="hardware", department=engine) == ["F-000001"]
    city.scheme("Radios", record="radio")
    assert city.next(word="radio", department=engine) == ["R-000001"]
    city.scheme("Fire radios", prefix="FR-", record="radio", department="Fire")
    assert city.next(word="radio", department=engine) == ["FR-000001"]
    assert city.next(word="mobile") == ["A-000002"]


def test_without_a_scheme_no_tag_is_made_up(city):
    city.scheme(record="radio")
    assert city.read(peek_tag, "hardware") is None
    with pytest.raises(UsageError) as error:
        city.next(word="hardware")
    assert error.value.problem.code == "tag.no-scheme"


@settings(max_examples=12)
@given(steps=st.lists(st.sampled_from(("next", "add", "delete", "undo", "void", "roll", "reopen")), max_size=14))
def test_whatever_is_done_no_tag_is_given_twice(steps):
    with tempfile.TemporaryDirectory() as place:
        city = City(Path(place))
        city.settings["tag_block"] = "10"
        city.scheme(width="4")
        taken: list[str] = []
        for step in steps:
            last = taken[-1] if taken else "R-0001"
            if step == "next":
                taken += city.next(3)
            elif step == "reopen":
                city.database.close()
                city = City(Path(place))
            else:
                with suppress(UsageError):
                    _STEPS[step](city, last)
        taken += city.next(2)
        void = city.read(tag_book).void
        city.database.close()
    assert len(taken) == len(set(taken))
    assert void.keys().isdisjoint(tag.casefold() for tag in taken[-2:])


def _undo(city, _tag):
    """Take the last deed back, but never the one that made the scheme: without it no tag is given at all."""
    with city.database.reading() as connection:
        standing = connection.exec_driver_sql(
            "SELECT count(*) FROM action a WHERE undoes IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM action u WHERE u.undoes = a.id)"
        ).scalar_one()
    if standing > 1:
        undo(city.journal)


def _delete(city, tag):
    record = city.read(find_record, city.database.catalogue(), "radio", tag)
    delete_records(city.journal, "radio", [record.nr], f"Delete {tag}")


def _roll(city, _tag):
    top = max((each.last for each in city.ranges()), default=0)
    register_roll(city.journal, "Radios", f"R-{top + 3:04}", f"R-{top + 7:04}")


_STEPS = {
    "add": lambda city, tag: city.add("radio", tag=tag),
    "delete": _delete,
    "undo": _undo,
    "void": lambda city, tag: void_tag(city.journal, tag, "Spoilt"),
    "roll": _roll,
}


_CHILD = textwrap.dedent(
    """
    import json, sys
    from pathlib import Path
    from models.journal.writer import Journal
    from models.services.tags import next_tags
    from models.store.database import Database
    from models.store.home import Home

    database = Database.open(Home(Path(sys.argv[1])))
    journal = Journal(database, sys.argv[2])
    print(json.dumps([tag for _ in range(15) for tag in next_tags(journal, "radio", None, 2)]))
    database.close()
    """
)


def test_two_programs_on_one_home_never_give_the_same(city):
    city.settings["tag_block"] = "20"
    city.scheme(check_character="mod_37_2")
    children = [
        subprocess.Popen([sys.executable, "-c", _CHILD, city.home.path, name], stdout=subprocess.PIPE, text=True)
        for name in ("Ana", "Ben")
    ]
    given_out = [json.loads(child.communicate(timeout=120)[0]) for child in children]
    mine = city.next(5)
    tags = [*mine, *given_out[0], *given_out[1]]
    assert len(tags) == len(set(tags)) == 65
    assert all(child.returncode == 0 for child in children)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there")
def test_a_crash_gives_no_number_again(city):
    city.scheme()
    child = _CHILD.replace(
        "database.close()", "sys.stdout.flush(); import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", child, city.home.path, "Ana"], check=False, capture_output=True, text=True
    )
    assert done.returncode == -9
    assert json.loads(done.stdout)[-1] == "R-000030"
    assert city.next() == ["R-000031"]


# Rolls


def test_a_roll_is_known_by_its_stickers(city):
    city.scheme(check_character="mod_37_2")
    scheme = city.read(scheme_for, "radio")
    first, last = write_tag(scheme, 100), write_tag(scheme, 104)
    register_roll(city.journal, "Radios", first, last, "Van 2")
    _, roll = city.read(roll_of, write_tag(scheme, 102))
    assert (roll.holder, roll.size) == ("Van 2", 5)
    assert city.read(roll_of, write_tag(scheme, 105)) is None
    city.add("radio", tag=first)
    void_tag(city.journal, write_tag(scheme, 101), "Printed askew")
    assert city.read(next_of_roll, scheme, roll) == write_tag(scheme, 102)
    found = city.read(lambda connection: Usage(connection, scheme).of(roll))
    assert (found.used, found.void, found.given, found.free) == (1, 1, 0, 3)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("R-000003", "R-000002", "tag.range-backwards"),
        ("R-2", "R-000002", "tag.not-of-scheme"),
        ("R-000020", "R-000030", "tag.range-overlaps"),
        ("R-000001", "R-001000", "tag.range-overlaps"),
    ],
)
def test_a_roll_that_cannot_be_is_refused(city, first, last, code):
    city.scheme()
    register_roll(city.journal, "Radios", "R-000010", "R-000020", "Van 1")
    with pytest.raises(UsageError) as error:
        register_roll(city.journal, "Radios", first, last)
    assert error.value.problem.code == code
    assert len(city.ranges()) == 1


def test_a_roll_over_numbers_set_aside_is_refused(city):
    city.scheme()
    city.next()
    with pytest.raises(UsageError) as error:
        register_roll(city.journal, "Radios", "R-000400", "R-000600")
    assert error.value.problem.code == "tag.range-overlaps-block"


def test_what_a_block_gave_and_nobody_used_is_told(city):
    city.scheme()
    tags = city.next(5)
    city.add("radio", tag=tags[0])
    scheme, (block,) = city.read(scheme_for, "radio"), city.ranges()
    found = city.read(lambda connection: Usage(connection, scheme).of(block))
    assert (found.used, found.void, found.given, found.free) == (1, 0, 4, 495)


@pytest.mark.parametrize(
    ("first", "last", "width", "given"),
    [
        ("999990", "99999999999", "6", "R-000001"),
        ("1", "900000000000000000", "", "R-900000000000000001"),
        ("7", "2", "6", "R-000001"),
        ("1", "9", "50", "R-000000000000000010"),
    ],
)
def test_ranges_that_make_no_sense_stop_nothing(city, first, last, width, given):
    scheme = city.scheme(width=width)
    for use in ("roll", "block"):
        made = {"scheme": scheme, "use": use, "first": first, "last": last, "device": "another"}
        city.journal.write("Import", [Edit("tag_block", new_id(), made, new=True)])
    (state,) = city.read(overview).schemes
    assert all(each.first and each.last for each in state.ranges)
    assert city.next(3)[0] == given


def test_a_scheme_may_say_nothing_at_all(city):
    city.add("tag_scheme", name="Bare", width="", check_character="mod_11_2")
    bare = Scheme("", "Bare", check="mod_11_2")
    assert city.next(3) == [write_tag(bare, number) for number in (1, 2, 3)]
    assert city.read(peek_tag, "radio") == write_tag(bare, 4)


# Void


def test_a_void_tag_goes_on_no_record(city):
    radio = city.add("radio", tag="R-000001", serial="672CYX1").row
    void_tag(city.journal, "r-000001", "Peeled  off")
    found = city.read(find_record, city.database.catalogue(), "radio", "672CYX1")
    assert found.values["tag"] is None
    ledger = city.read(find_record, city.database.catalogue(), "void_tag", "R-000001")
    assert (ledger.values["reason"], ledger.values["asset"]) == ("Peeled off", radio)
    for act in (lambda: city.add("radio", tag="r-000001"), lambda: city.set("radio", radio, tag="R-000001")):
        with pytest.raises(BadFields) as error:
            act()
        assert error.value.problem.code == "tag.voided"
        assert error.value.problem.details["reason"] == "Peeled off"
    with pytest.raises(UsageError) as again:
        void_tag(city.journal, "R-000001", "Again")
    assert again.value.problem.code == "tag.voided"
    assert check(city.database).sound


def test_voiding_is_one_deed_and_is_undone_as_one(city):
    city.add("radio", tag="R-1", serial="1A")
    void_tag(city.journal, "R-1", "Mistake")
    undo(city.journal)
    assert city.read(find_record, city.database.catalogue(), "radio", "1A").values["tag"] == "R-1"
    assert city.read(tag_problem, "R-1") is None


def test_a_record_whose_tag_was_voided_can_go(city):
    radio = city.add("radio", tag="R-1", serial="1A")
    void_tag(city.journal, "R-1", "Broken up")
    nr = city.read(find_record, city.database.catalogue(), "radio", "1A").nr
    assert delete_records(city.journal, "radio", [nr], "Delete").kept == {}
    assert check(city.database).sound
    assert radio.row == city.read(find_record, city.database.catalogue(), "void_tag", "R-1").values["asset"]


def test_a_tag_of_a_deleted_record_is_warned_of(city):
    city.add("radio", tag="R-1", alias="ENG 7")
    nr = city.read(find_record, city.database.catalogue(), "radio", "R-1").nr
    delete_records(city.journal, "radio", [nr], "Delete")
    (told,) = city.add("radio", tag="R-1").warnings
    assert told.code == "tag.reused"
    assert city.read(tag_problem, "R-1") is None


def test_a_check_character_that_does_not_fit_is_warned_of(city):
    city.scheme(check_character="mod_37_2")
    scheme = city.read(scheme_for, "radio")
    right = write_tag(scheme, 4471)
    wrong = right.replace("44", "45")
    (told,) = city.add("radio", tag=wrong).warnings
    assert told.code == "tag.check-character"
    assert right in told.details["near"]
    assert city.add("radio", tag="OLD-17").warnings == ()


@pytest.mark.parametrize(("tag", "code"), [("", "tag.empty"), ("R^1", "tag.character")])
def test_what_is_no_tag_is_not_voided(city, tag, code):
    with pytest.raises(UsageError) as error:
        void_tag(city.journal, tag, "Why not")
    assert error.value.problem.code == code
