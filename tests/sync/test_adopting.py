"""Records of a home brought into a copy of the shared database: what is new, the same, or differs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.fields.ids import new_id
from models.fields.problem import UsageError
from models.journal.carrying import FROM_ELSEWHERE
from models.journal.entry import Edit
from models.journal.history import deeds, history
from models.journal.proof import differences
from models.journal.replica import COPY_TITLE
from models.journal.undo import undo
from models.journal.writer import Journal
from models.progress import Progress
from models.rules.rights import restricted_fields
from models.schema.records import RECORDS
from models.services.demo import fill_demo
from models.store.backup import replace_by
from models.store.database import Database
from models.store.home import Home
from models.store.local import set_local
from models.sync.adopting import bring_in, has_records, live_rows, plan_adopting
from models.sync.matching import match


@pytest.fixture
def homes(tmp_path):
    """This home, and a copy of the shared database aside."""
    mine, shared = (Database.open(Home(tmp_path / name)) for name in ("mine", "shared"))
    yield Journal(mine, "Ann"), Journal(shared, "Bob")
    mine.close()
    shared.close()


def make(journal, table, **values):
    row = new_id()
    journal.write(f"Add {table}", [Edit(table, row, values, new=True)])
    return row


def change(journal, table, row, **values):
    return journal.write("Change", [Edit(table, row, values)])


def plan(mine, shared):
    with mine.database.reading() as here, shared.database.reading() as there:
        return plan_adopting(here, there)


def adopt(mine, shared, send_mine=()):
    planned = plan(mine, shared)
    with mine.database.reading() as here:
        bring_in(planned, here, shared.database, "Ann", send_mine, Progress())
    with shared.database.reading() as there:
        assert list(differences(there)) == []
    return planned


def rows(journal, table):
    with journal.database.reading() as connection:
        return live_rows(connection, table)


def counted(planned):
    return {each.word: (each.new, each.same, each.differs, each.kept) for each in planned.counts}


def unsent(journal):
    sql = "SELECT count(*) FROM entry e JOIN action a ON a.nr = e.action WHERE e.position IS NULL AND a.author = 'Ann'"
    with journal.database.reading() as connection:
        return connection.exec_driver_sql(sql).scalar_one()


def test_same_new_and_differing_are_told_apart_and_references_follow(homes):
    mine, shared = homes
    theirs = make(shared, "person", name="T. Nakagawa", email="tn@city.example")
    radio = make(shared, "asset", kind="radio", tag="R-1", custodian=theirs, alias="ENG 7")
    me = make(mine, "person", name="Nakagawa", email="TN@city.example")
    make(mine, "asset", kind="radio", tag="r-1", custodian=me, alias="ENG 9")
    make(mine, "asset", kind="radio", tag="R-2", custodian=me)
    planned = adopt(mine, shared)
    assert counted(planned) == {"person": (0, 0, 1, 0), "radio": (1, 0, 1, 0)}
    told = {each.word: dict(each.fields) for each in planned.differing}
    assert told["radio"] == {"tag": ("r-1", "R-1"), "alias": ("ENG 9", "ENG 7")}
    assert told["person"]["name"] == ("Nakagawa", "T. Nakagawa")
    now = rows(shared, "asset")
    assert now[radio]["alias"] == "ENG 7"
    assert sorted((each["tag"], each["custodian"]) for each in now.values()) == [("R-1", theirs), ("R-2", theirs)]
    assert len(rows(shared, "person")) == 1


def test_values_of_this_computer_are_sent_as_edits_where_that_is_chosen(homes):
    mine, shared = homes
    place = make(shared, "location", name="Engine 7", code="E7")
    here = make(mine, "location", name="Engine Seven", code="E7")
    make(mine, "location", name="Bay", parent=here)
    adopt(mine, shared, {here})
    now = rows(shared, "location")
    assert now[place] == {"name": "Engine Seven", "code": "E7"}
    assert [each["parent"] for each in now.values() if each["name"] == "Bay"] == [place]
    with shared.database.reading() as connection:
        event = history(connection, "location", place)[0]
    assert (event.author, event.fields["name"]) == ("Ann", ("Engine 7", "Engine Seven"))


def test_new_records_come_with_their_whole_history(homes):
    mine, shared = homes
    make(shared, "location", name="Elsewhere")
    row = make(mine, "location", name="Shop")
    changed = change(mine, "location", row, name="Radio shop")
    undo(mine, changed.action)
    with mine.database.reading() as connection:
        before = history(connection, "location", row)
    adopt(mine, shared)
    with shared.database.reading() as connection:
        assert history(connection, "location", row) == before
    assert unsent(shared) == 3


def test_deleted_records_stay_and_references_to_them_are_left_out(homes):
    mine, shared = homes
    gone = make(mine, "person", name="Gone")
    radio = make(mine, "asset", kind="radio", tag="R-1", custodian=gone)
    change(mine, "asset", radio, custodian=None)
    change(mine, "person", gone, deleted="yes")
    planned = adopt(mine, shared)
    assert counted(planned) == {"radio": (1, 0, 0, 0)}
    assert rows(shared, "person") == {}
    assert rows(shared, "asset")[radio] == {"kind": "radio", "tag": "R-1"}


def test_two_of_the_same_key_are_never_guessed(homes):
    mine, shared = homes
    for _ in range(2):
        make(shared, "asset", kind="hardware", serial="S1")
    make(mine, "asset", kind="hardware", serial="s1")
    make(mine, "asset", kind="mobile", tag="X-1")
    make(shared, "asset", kind="radio", tag="X-1")
    assert counted(plan(mine, shared)) == {"hardware": (1, 0, 0, 0), "mobile": (1, 0, 0, 0)}


def test_two_things_with_one_tag_both_stand(homes):
    mine, shared = homes
    make(shared, "asset", kind="radio", tag="R-1", serial="S1")
    make(mine, "asset", kind="radio", tag="r-1", serial="S2")
    make(mine, "asset", kind="mobile", tag="R-7", imei="490154203237518")
    make(shared, "asset", kind="mobile", tag="R-7", serial="Q")
    planned = adopt(mine, shared)
    assert counted(planned) == {"mobile": (0, 0, 1, 0), "radio": (1, 0, 0, 0)}
    assert planned.total("doubled") == 1
    assert sorted(row["serial"] for row in rows(shared, "asset").values() if row["kind"] == "radio") == ["S1", "S2"]


def test_what_the_login_may_not_see_is_not_sent(homes):
    mine, shared = homes
    with shared.database.writing() as connection:
        set_local(connection, "hub_role", "technician")
        set_local(connection, "hub_reads", "")
    (table, key), _ = next(iter(restricted_fields().items()))
    known = make(shared, table, kind="radio", tag="R-1")
    make(mine, table, **{"kind": "radio", "tag": "R-1", key: "K-1"})
    new = make(mine, table, **{"kind": "radio", "tag": "R-2", key: "K-2"})
    adopt(mine, shared)
    assert rows(shared, table) == {known: {"kind": "radio", "tag": "R-1"}, new: {"kind": "radio", "tag": "R-2"}}


def test_what_was_a_copy_of_another_shared_database_is_no_copy_of_this_one(homes):
    mine, shared = homes
    mine.write(COPY_TITLE, [Edit("location", new_id(), {"name": "Engine 7"}, new=True)])
    adopt(mine, shared)
    with shared.database.reading() as connection:
        assert [deed.title for deed in deeds(connection)] == [FROM_ELSEWHERE]


def test_a_better_key_speaks_against_a_weaker_one(homes):
    mine, shared = homes
    make(shared, "person", name="J. Ruiz", email="juan@city.example")
    make(mine, "person", name="J. Ruiz", email="jose@city.example")
    make(mine, "person", name="j. ruiz")
    assert counted(plan(mine, shared)) == {"person": (1, 0, 1, 0)}


def test_what_the_role_may_not_write_stays_here(homes):
    mine, shared = homes
    with shared.database.writing() as connection:
        set_local(connection, "hub_role", "licence_manager")
        set_local(connection, "hub_reads", "")
    who = make(mine, "person", name="A")
    make(mine, "asset", kind="radio", tag="R-1", custodian=who)
    planned = adopt(mine, shared)
    assert counted(planned) == {"person": (1, 0, 0, 0), "radio": (0, 0, 0, 1)}
    assert rows(shared, "asset") == {}


def test_a_plan_that_is_out_of_date_is_refused(homes):
    mine, shared = homes
    make(mine, "location", name="A")
    planned = plan(mine, shared)
    make(mine, "location", name="B")
    with mine.database.reading() as here, pytest.raises(UsageError) as met:
        bring_in(planned, here, shared.database, "Ann", (), Progress())
    assert met.value.problem.code == "adopt.changed"
    assert rows(shared, "location") == {}


def test_a_home_that_was_a_copy_before_is_known_again_by_its_ids(homes):
    mine, shared = homes
    row = make(shared, "location", name="Engine 7")
    with shared.database.reading() as connection:
        entry = connection.exec_driver_sql("SELECT id FROM entry").scalar_one()
    assert entry == row
    mine.write("Copy", [Edit("location", row, {"name": "Engine 7 (old)"}, new=True)])
    assert counted(adopt(mine, shared)) == {"location": (0, 0, 1, 0)}


def test_the_copy_takes_the_place_in_one_step_and_search_finds_what_is_there(homes, tmp_path):
    mine, shared = homes
    make(mine, "location", name="Workshop")
    make(shared, "location", name="Engine 7")
    adopt(mine, shared)
    shared.database.close()
    kept = replace_by(mine.database.home, shared.database.home.database, "before-connect", Progress())
    assert {each["name"] for each in rows(mine, "location").values()} == {"Workshop", "Engine 7"}
    with mine.database.reading() as connection:
        assert has_records(connection)
        found = connection.exec_driver_sql("SELECT rowid FROM find_location WHERE text MATCH 'orksho'").all()
        names = connection.exec_driver_sql("SELECT nr FROM location WHERE name = 'Workshop'").all()
    assert found == names
    assert kept.exists()


KEYS = st.fixed_dictionaries(
    {"name": st.sampled_from("ab")},
    optional={"email": st.sampled_from("xyz"), "username": st.sampled_from("pq")},
)


@settings(max_examples=60)
@given(st.lists(KEYS, max_size=5), st.lists(KEYS, max_size=5))
def test_no_two_records_become_one(here, there):
    mine = {f"m{at}": values for at, values in enumerate(here)}
    theirs = {f"t{at}": values for at, values in enumerate(there)}
    known: dict[str, str] = {}
    match(RECORDS["person"], mine, theirs, known)
    assert len(set(known.values())) == len(known)
    for row, other in known.items():
        shared_by = [key for key in ("email", "username", "name") if key in mine[row] and key in theirs[other]]
        assert mine[row][shared_by[0]] == theirs[other][shared_by[0]]


def test_a_demo_city_is_told(homes):
    mine, shared = homes
    make(mine, "location", name="A")
    assert not plan(mine, shared).demo
    fill_demo(mine, assets=500)
    assert plan(mine, shared).demo
