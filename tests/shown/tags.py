"""Tag numbers, and the check of printed labels."""

from desktop.dialogs.new_record import NewRecordDialog
from desktop.tagging.check_view import CheckLabelsView
from desktop.tagging.numbers_dialog import TagNumbersDialog
from desktop.tagging.tag_dialogs import RollDialog, VoidDialog
from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.writer import Journal
from models.query.names import Names
from models.rules.tag_book import all_schemes
from models.services.tag_ranges import register_roll
from models.services.tags import next_tags, void_tag


def take(photographer):
    _numbers(photographer)
    _checks(photographer)


def _numbers(photographer):
    desk, window = photographer.application.desk, photographer.window
    photographer.take_dialog(TagNumbersDialog(desk, window), "tag-numbers-none")
    journal = Journal(desk.database, "J. Ruiz")
    fire = find_id(desk, "department", "Fire")
    for name, prefix, record, department, check in (
        ("Radios", "R-", "radio", None, "none"),
        ("Computers", "A-", "hardware", None, "none"),
        ("Fire's phones", "FD-", "mobile", fire, "mod_37_36"),
    ):
        patch = {"name": name, "prefix": prefix, "width": "6", "check_character": check, "record": record}
        patch |= {"department": department} if department else {}
        journal.write(f"Add {name}", [Edit("tag_scheme", new_id(), patch, new=True)])
    next_tags(journal, "radio", None, 12)
    next_tags(journal, "hardware", None, 3)
    register_roll(journal, "Radios", "R-006000", "R-006499", "Radio van 2")
    void_tag(journal, "R-006003", "Spoilt while printing")
    desk.look_again()
    photographer.take_dialog(TagNumbersDialog(desk, window), "tag-numbers")
    with desk.database.reading() as connection:
        schemes = all_schemes(connection)
    roll = RollDialog(desk, schemes, window)
    roll.first.setText("R-007000")
    roll.last.setText("R-007499")
    photographer.take_dialog(roll, "tag-roll")
    wrong = RollDialog(desk, schemes, window)
    wrong.first.setText("X-1")
    photographer.take_dialog(wrong, "tag-roll-wrong")
    photographer.take_dialog(VoidDialog(desk, "R-004471", window), "tag-void")
    photographer.take_dialog(VoidDialog(desk, "R-006003", window), "tag-void-again")
    new = NewRecordDialog(desk, "radio", window)
    photographer.settle()
    photographer.take_dialog(new, "tag-offered")
    bad = NewRecordDialog(desk, "radio", window)
    line = bad.form.editor("tag").line
    line.setText("R-006003")
    line.textEdited.emit(line.text())
    photographer.take_dialog(bad, "tag-refused")
    window.show_place("tags")
    photographer.take(window, "tag-place")


def find_id(desk, table, name):
    with desk.database.reading() as connection:
        return Names(connection).meant(table, name)[0]


def _checks(photographer):
    desk = photographer.application.desk
    view = CheckLabelsView(desk)
    view.resize(1040, 700)
    view.show()
    photographer.settle()
    photographer.take(view, "check-labels-none")
    with desk.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT id FROM asset WHERE kind = 'radio' ORDER BY tag").scalars().all()
    stamp = {"label_printed": "2026-11-20T08:00:00Z"}
    desk.announce(Journal(desk.database, "J. Ruiz").write("Print", [Edit("asset", row, stamp) for row in rows]))
    view.reload()
    photographer.settle()
    for raw in ("R-004468", "R-004469"):
        view.take_scan(raw)
    photographer.settle()
    photographer.take(view, "check-labels")
    view.device.setChecked(True)
    for raw in ("R-004470", "672CYX0119"):
        view.take_scan(raw)
    photographer.settle()
    photographer.take(view, "check-labels-swapped")
    view.close()
