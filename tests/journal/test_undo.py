"""Undo and redo: what people expect of Ctrl+Z, and what is spared."""

import pytest

from models.fields.ids import new_ids
from models.fields.problem import UsageError
from models.journal.entry import Edit
from models.journal.history import deeds, last_redoable, last_undoable
from models.journal.undo import Kept, redo, undo
from models.journal.writer import Journal
from models.progress import Cancelled, Progress
from tests.journal.ground import assert_sound, changed, made, opened, rows_of, text, values


@pytest.fixture
def journal(tmp_path, fresh):
    journal = opened(tmp_path, fresh)
    yield journal
    assert_sound(journal)
    journal.database.close()


def reopened(journal):
    journal.database.close()
    return Journal(type(journal.database).open(journal.database.home), journal.author)


def tag(journal, row):
    return values(journal, "asset", row).get("tag")


def live(journal):
    with journal.database.reading() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM asset WHERE deleted IS NULL").scalar_one()


def radios(count, **more):
    patch = {"kind": "radio", "notes": "from the import", **more}
    return [Edit("asset", row, {**patch, "tag": f"R-{n:05}"}, new=True) for n, row in enumerate(new_ids(count))]


def next_titles(journal):
    with journal.database.reading() as connection:
        undoable, redoable = last_undoable(connection), last_redoable(connection)
    return undoable and undoable.title, redoable and redoable.title


def test_one_edit(journal):
    row = made(journal, "asset", kind="radio", tag="R-1", x_vlan="7")
    changed(journal, "asset", row, tag="R-2", x_vlan=None, notes="n")
    report = undo(journal)
    assert values(journal, "asset", row) == {"kind": "radio", "tag": "R-1", "x_vlan": "7"}
    assert report.title == "Change asset"
    assert report.kept == ()
    assert report.changes.title == "Undo: Change asset"
    assert report.changes.fields == {"asset": {"tag", "x_vlan", "notes"}}


def test_an_import_of_many_rows_after_a_restart(journal):
    place = made(journal, "location", name="Station 7")
    existing = made(journal, "asset", kind="radio", tag="OLD")
    edits = [*radios(4200, location=place), Edit("asset", existing, {"tag": "NEW"})]
    action = journal.write("Import radios.xlsx", edits).action
    journal = reopened(journal)
    report = undo(journal)
    assert report.action == action
    assert report.changes.count == 4201
    assert report.kept == ()
    assert live(journal) == 1
    assert tag(journal, existing) == "OLD"
    assert_sound(journal)
    journal = reopened(journal)
    redo(journal)
    assert live(journal) == 4201
    assert tag(journal, existing) == "NEW"
    assert rows_of(journal, "asset") == 4201
    assert_sound(journal)
    report = undo(journal)  # and once more: each row was changed twice since
    assert report.kept == ()
    assert live(journal) == 1
    journal.database.close()


def test_step_by_step_back_and_forth(journal):
    row = made(journal, "asset", kind="radio", tag="0")
    for number in "123":
        journal.write(f"Set {number}", [Edit("asset", row, {"tag": number})])
    seen = []
    for step in (undo, undo, redo, undo, undo, redo, redo, redo):
        step(journal)
        seen.append(tag(journal, row))
    assert seen == ["2", "1", "2", "1", "0", "1", "2", "3"]
    assert next_titles(journal) == ("Set 3", None)
    with pytest.raises(UsageError, match=r"redo\.nothing"):
        redo(journal)


def test_titles_say_undo_and_redo(journal):
    row = made(journal, "asset", kind="radio", tag="0")
    journal.write("Set: 1", [Edit("asset", row, {"tag": "1"})])
    undo(journal)
    assert next_titles(journal) == ("New asset", "Undo: Set: 1")
    redo(journal)
    assert next_titles(journal) == ("Set: 1", None)
    undo(journal)
    with journal.database.reading() as connection:
        titles = [deed.title for deed in deeds(connection)]
    assert titles == ["Undo: Set: 1", "Redo: Set: 1", "Undo: Set: 1", "Set: 1", "New asset"]


def test_something_new_ends_redo(journal):
    row = made(journal, "asset", kind="radio", tag="0")
    changed(journal, "asset", row, tag="1")
    undo(journal)
    changed(journal, "asset", row, tag="2")
    with pytest.raises(UsageError, match=r"redo\.nothing"):
        redo(journal)
    undo(journal)
    assert tag(journal, row) == "0"
    redo(journal)
    assert tag(journal, row) == "2"
    undo(journal)
    undo(journal)
    assert live(journal) == 0
    with pytest.raises(UsageError, match=r"undo\.nothing"):
        undo(journal)


def test_the_chain_survives_restarts(journal):
    row = made(journal, "asset", kind="radio", tag="0")
    for number in "12":
        changed(journal, "asset", row, tag=number)
        journal = reopened(journal)
    seen = []
    for step in (undo, undo, redo, redo):
        step(journal)
        journal = reopened(journal)
        seen.append(tag(journal, row))
    assert seen == ["1", "0", "1", "2"]
    journal.database.close()


def test_an_older_deed_by_its_name_spares_what_was_changed_since(journal):
    row, other = (made(journal, "asset", kind="radio", tag=each) for each in ("A", "B"))
    deed = journal.write(
        "Both", [Edit("asset", row, {"tag": "A1", "notes": "x"}), Edit("asset", other, {"tag": "B1"})]
    ).action
    changed(journal, "asset", row, tag="A2", cost="5.00")
    report = undo(journal, deed)
    assert values(journal, "asset", row) == {"kind": "radio", "tag": "A2", "cost": "5.00"}
    assert tag(journal, other) == "B"
    assert report.kept == (Kept("asset", row, "tag", "changed"),)
    with pytest.raises(UsageError, match=r"undo\.already"):
        undo(journal, deed)
    with pytest.raises(UsageError, match=r"undo\.unknown"):
        undo(journal, "nothing")


def test_what_was_changed_and_set_back_since_is_taken_back(journal):
    row = made(journal, "asset", kind="radio", tag="A")
    deed = changed(journal, "asset", row, tag="B").action
    changed(journal, "asset", row, tag="C")
    changed(journal, "asset", row, tag="B")
    assert undo(journal, deed).kept == ()
    assert tag(journal, row) == "A"


def test_an_import_spares_the_rows_that_were_changed_since(journal):
    edits = radios(5)
    deed = journal.write("Import", edits).action
    changed(journal, "asset", edits[1].row, notes="mine now")
    changed(journal, "asset", edits[2].row, x_vlan="7")
    changed(journal, "asset", edits[3].row, deleted="yes")
    report = undo(journal, deed)
    assert set(report.kept) == {Kept("asset", edits[n].row, "", "changed") for n in (1, 2)}
    assert live(journal) == 2


def test_made_rows_that_are_in_use_are_kept_with_all_they_refer_to(journal):
    hall, room, maker, model, unused = new_ids(5)
    first, second = radios(2, location=room, model=model)
    deed = journal.write(
        "Import",
        [
            Edit("location", hall, {"name": "City Hall"}, new=True),
            Edit("location", room, {"name": "204", "parent": hall}, new=True),
            Edit("location", unused, {"name": "Cellar"}, new=True),
            Edit("manufacturer", maker, {"name": "Motorola"}, new=True),
            Edit("model", model, {"name": "APX", "manufacturer": maker}, new=True),
            first,
            second,
        ],
    ).action
    mine = made(journal, "asset", kind="hardware", tag="CT-1", location=room)  # somebody uses the room
    changed(journal, "asset", first.row, notes="changed")  # and has changed a radio
    report = undo(journal, deed)
    assert set(report.kept) == {
        Kept("asset", first.row, "", "changed"),
        Kept("location", room, "", "in-use"),
        Kept("location", hall, "", "in-use"),
        Kept("model", model, "", "in-use"),
        Kept("manufacturer", maker, "", "in-use"),
    }
    assert "deleted" in values(journal, "location", unused)
    assert "deleted" in values(journal, "asset", second.row)
    assert "204" in text(journal, "asset", mine)


def test_what_the_undo_itself_frees_is_not_in_use(journal):
    radio = made(journal, "asset", kind="radio", tag="R-1")
    place = new_ids(1)[0]
    journal.write(
        "Import",
        [Edit("location", place, {"name": "Station 7"}, new=True), Edit("asset", radio, {"location": place})],
    )
    assert undo(journal).kept == ()
    assert "deleted" in values(journal, "location", place)
    assert values(journal, "asset", radio) == {"kind": "radio", "tag": "R-1"}
    redo(journal)
    assert values(journal, "asset", radio)["location"] == place
    assert "deleted" not in values(journal, "location", place)


def test_a_row_made_and_changed_in_one_action(journal):
    (row,) = new_ids(1)
    deed = journal.write(
        "Twice", [Edit("asset", row, {"kind": "radio", "tag": "A"}, new=True), Edit("asset", row, {"tag": "B"})]
    ).action
    undo(journal)
    assert live(journal) == 0
    redo(journal)
    assert values(journal, "asset", row) == {"kind": "radio", "tag": "B"}
    changed(journal, "asset", row, notes="x")
    assert undo(journal, deed).kept == (Kept("asset", row, "", "changed"),)


def test_a_row_changed_twice_in_one_action(journal):
    row = made(journal, "asset", kind="radio", tag="A")
    journal.write("Twice", [Edit("asset", row, {"tag": "B"}), Edit("asset", row, {"tag": "C", "notes": "n"})])
    undo(journal)
    assert values(journal, "asset", row) == {"kind": "radio", "tag": "A"}
    redo(journal)
    assert values(journal, "asset", row) == {"kind": "radio", "tag": "C", "notes": "n"}


def test_a_deletion_comes_back(journal):
    row = made(journal, "asset", kind="radio", tag="A")
    changed(journal, "asset", row, deleted="yes")
    undo(journal)
    assert "A\n" in text(journal, "asset", row)


def test_a_cancelled_undo_leaves_all_as_it_was(journal):
    journal.write("Import", radios(3000))
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        undo(journal, progress=progress)
    assert live(journal) == 3000
    assert next_titles(journal) == ("Import", None)


def test_undoing_a_redo_from_the_list_of_deeds(journal):
    row = made(journal, "asset", kind="radio", tag="A")
    changed(journal, "asset", row, tag="B")
    undo(journal)
    again = redo(journal).changes.action
    undo(journal, again)
    assert tag(journal, row) == "A"
    assert next_titles(journal)[0] == "New asset"
    redo(journal)
    assert tag(journal, row) == "B"
    undo(journal)
    assert tag(journal, row) == "A"
