"""Undo among many people: one's own deeds by Ctrl+Z, those of others only by name and by a role that may."""

import pytest

from models.fields.ids import new_id
from models.fields.problem import UsageError
from models.journal.entry import Edit, NewRows
from models.journal.history import COPIED, deeds, history, last_redoable, last_undoable
from models.journal.undo import redo, undo
from models.store.local import LOGIN, ROLE, set_local
from tests.journal.ground import assert_sound, changed, made, opened, rows_of, values


@pytest.fixture
def journal(tmp_path, fresh):
    journal = opened(tmp_path, fresh)
    yield journal
    assert_sound(journal)
    journal.database.close()


def connected(journal, role="technician", login="jruiz"):
    with journal.database.writing() as connection:
        set_local(connection, ROLE, role)
        set_local(connection, LOGIN, login)


def told(journal, action, login, device="5f0c", position=None, lost=None, refused=None):
    """What the shared database tells of an action: who sent it and from where, as a pull keeps it."""
    with journal.database.writing() as connection:
        run = connection.exec_driver_sql
        run("UPDATE action SET login = ?, device_id = ? WHERE id = ?", (login, device, action))
        sql = "UPDATE entry SET position = ? WHERE action = (SELECT nr FROM action WHERE id = ?)"
        run(sql, (position, action))
        sql = "UPDATE entry SET lost = ?, refused = ? WHERE action = (SELECT nr FROM action WHERE id = ?)"
        run(sql, (lost, refused, action))


def shared(journal, role="technician"):
    """A radio that the shared database has, in a home that is connected to it."""
    row = made(journal, "asset", kind="radio", tag="R-1")
    told(journal, last(journal), None, None, position=1)
    connected(journal, role)
    return row


def last(journal):
    with journal.database.reading() as connection:
        return deeds(connection, 1)[0].action


def titles(journal):
    with journal.database.reading() as connection:
        undoable, redoable = last_undoable(connection), last_redoable(connection)
    return undoable and undoable.title, redoable and redoable.title


def test_ctrl_z_passes_by_what_came_from_others(journal):
    row = shared(journal)
    changed(journal, "asset", row, notes="mine")
    mine = last(journal)
    changed(journal, "asset", row, tag="R-2")
    told(journal, last(journal), "nkhan", position=2)
    with journal.database.reading() as connection:
        assert [deed.own for deed in deeds(connection, 2)] == [False, True]
        assert last_undoable(connection).action == mine
    undo(journal)
    assert values(journal, "asset", row) == {"kind": "radio", "tag": "R-2"}
    changed(journal, "asset", row, tag="R-3")
    told(journal, last(journal), "nkhan", position=3)
    redo(journal)  # the other's deed since is not one's own
    assert values(journal, "asset", row)["notes"] == "mine"


def test_what_the_login_did_on_another_computer_is_its_own(journal):
    row = shared(journal)
    changed(journal, "asset", row, tag="R-2")
    told(journal, last(journal), "jruiz", position=2)
    undo(journal)
    assert values(journal, "asset", row)["tag"] == "R-1"


@pytest.mark.parametrize(("role", "may"), [("technician", False), ("radio_manager", False), ("administrator", True)])
def test_others_deeds_are_taken_back_by_an_administrator(journal, role, may):
    row = shared(journal, role)
    changed(journal, "asset", row, tag="R-2")
    action = last(journal)
    told(journal, action, "nkhan", position=2)
    if may:
        undo(journal, action)
        assert values(journal, "asset", row)["tag"] == "R-1"
        return
    with pytest.raises(UsageError) as refused:
        undo(journal, action)
    assert refused.value.problem.code == "hub.not-yours"
    assert values(journal, "asset", row)["tag"] == "R-2"


def test_an_own_change_that_is_not_sent_stands_over_what_is_taken_back(journal):
    row = shared(journal, "administrator")
    changed(journal, "asset", row, tag="R-2", notes="theirs")
    theirs = last(journal)
    changed(journal, "asset", row, tag="R-9")
    with journal.database.writing() as connection:  # pulled after the own change was made, and before it in order
        run = connection.exec_driver_sql
        run("UPDATE action SET nr = -nr WHERE nr >= 2")
        run("UPDATE entry SET action = -(5 - action) WHERE action >= 2")
        run("UPDATE action SET nr = 5 + nr WHERE nr < 0")
        run("UPDATE entry SET action = -action WHERE action < 0")
    told(journal, theirs, "nkhan", position=2)
    report = undo(journal, theirs)
    assert [each.field for each in report.kept] == ["tag"]
    assert values(journal, "asset", row) == {"kind": "radio", "tag": "R-9"}


def test_what_was_refused_or_lost_is_not_taken_back(journal):
    row = shared(journal)
    changed(journal, "asset", row, tag="R-2", notes="b")
    first = last(journal)
    changed(journal, "asset", row, tag="R-7")
    told(journal, last(journal), "nkhan", position=2)
    told(journal, first, None, None, position=3, lost='["tag"]')
    undo(journal, first)
    assert values(journal, "asset", row) == {"kind": "radio", "tag": "R-7"}
    told(journal, last(journal), None, None, position=4)

    changed(journal, "asset", row, notes="c")
    told(journal, last(journal), None, None, refused="hub.may-not")
    changed(journal, "asset", row, notes=None)
    told(journal, last(journal), "nkhan", position=5)
    assert titles(journal)[0] == "New asset"
    with journal.database.reading() as connection:
        assert [each.refused for each in history(connection, "asset", row)][:3] == [None, "hub.may-not", None]


def test_a_role_changes_only_what_it_may(journal):
    row = shared(journal, "viewer")
    for deed in (lambda: changed(journal, "asset", row, tag="R-2"), lambda: made(journal, "person", name="A. Moss")):
        with pytest.raises(UsageError) as refused:
            deed()
        assert refused.value.problem.code == "hub.may-not"
    connected(journal, "licence_manager")
    made(journal, "person", name="A. Moss")
    both = [Edit("person", new_id(), {"name": "N. Quill"}, new=True), Edit("asset", row, {"tag": "R-3"})]
    with pytest.raises(UsageError):
        journal.write("Both", both)
    with pytest.raises(UsageError):
        journal.write("Many", [NewRows("location", [new_id()], {"name": ["Attic"]})])
    assert values(journal, "asset", row) == {"kind": "radio", "tag": "R-1"}
    assert rows_of(journal, "person") == 1


def test_the_first_copy_is_nobodys_deed(journal):
    row = made(journal, "asset", kind="radio", tag="R-1")
    with journal.database.writing() as connection:
        connection.exec_driver_sql("UPDATE action SET details = ?", (f'{{"{COPIED}": true}}',))
    connected(journal, "administrator")
    assert titles(journal) == (None, None)
    with pytest.raises(UsageError) as refused:
        undo(journal, last(journal))
    assert refused.value.problem.code == "undo.copied"
    with journal.database.reading() as connection:
        assert history(connection, "asset", row)[0].copied
