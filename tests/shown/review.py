"""Review: nothing to do, a fork, a duplicate, what was refused, what was settled; the banner; a merge."""

import time

from models.fields.ids import new_id
from models.journal.entry import Edit
from models.services.registry import set_fields
from models.services.settling import Way, settle

SIDES = {
    "standing_by": "A. Soto (asoto)", "standing_at": "2026-11-24T10:02:00Z", "standing_device": "FIRE-LT-07",
    "other_by": "J. Ruiz (jruiz)", "other_at": "2026-11-24T09:14:00Z", "other_device": "ENG7-TABLET",
}  # fmt: skip


def take(photographer):
    """Take the pictures."""
    window, desk = photographer.window, photographer.application.desk
    window.show_place("review")
    _settle(photographer)
    photographer.take(window, "review-empty")
    journal = _journal(desk)
    matters = _write(desk, journal)
    desk.look_again()
    page = window.own_page("review")
    page.refresh()
    _settle(photographer)
    for name in ("fork", "custody", "refused"):
        page.list.choose(matters[name])
        _settle(photographer)
        photographer.take(window, f"review-{name}")
    page.list.choose(next(item.key for item in page.list.items if item.key not in matters.values()))
    _settle(photographer)
    photographer.take(window, "review-duplicate")
    settle(journal, matters["seats"], Way.STANDS)
    desk.look_again()
    page.tabs.setCurrentIndex(1)
    _settle(photographer)
    photographer.take(window, "review-settled")
    with desk.database.reading() as connection:
        number = connection.exec_driver_sql("SELECT nr FROM asset WHERE tag = 'R-004471'").scalar_one()
    window.show_kind("radio")
    window.show_record("radio", number)
    _settle(photographer)
    photographer.take(window, "review-banner")
    _merge(photographer, desk)


def _merge(photographer, desk):
    from desktop.reviewing.merge_dialog import MergeDialog
    from desktop.reviewing.merging import read_pair

    with desk.database.reading() as connection:
        sql = "SELECT id FROM asset WHERE tag IN ('R-004471', 'R-004473') ORDER BY tag"
        pair = read_pair(connection, desk, "asset", *connection.exec_driver_sql(sql).scalars())
    dialog = MergeDialog(desk, pair, photographer.window)
    dialog.show()
    photographer.settle()
    photographer.take(dialog, "merge")
    dialog.hide()
    dialog.deleteLater()


def _journal(desk):
    from models.journal.writer import Journal

    return Journal(desk.database, "J. Ruiz")


def _write(desk, journal):
    """Matters as the shared database writes them, and two radios with one serial number."""
    with desk.database.reading() as connection:
        ids = dict(connection.exec_driver_sql("SELECT tag, id FROM asset").all())
        people = dict(connection.exec_driver_sql("SELECT name, id FROM person").all())
    about = {"record": "asset"}
    radio = {**about, "target": ids["R-004471"], "name": "R-004471"}
    found = {
        "fork": {**radio, **SIDES, "matter": "fork", "field": "status", "standing": "in_service", "other": "in_repair"},
        "custody": {
            **about, **SIDES, "target": ids["R-004473"], "name": "R-004473", "matter": "custody", "field": "custodian",
            "standing": people["K. Brandt"], "other": people["T. Nakagawa"],
        },
        "refused": {
            **radio, "matter": "refused", "reason": "hub.no-right", "other": '{"alias": "ENG 7", "cost": "4900.00"}',
            "other_by": "P. Whitcomb", "other_at": "2026-11-24T08:00:00Z", "other_device": "PD-LT-2",
        },
        "seats": {**radio, "matter": "seats"},
    }  # fmt: skip
    made = {name: new_id() for name in found}
    journal.write("Found while sending", [Edit("review", made[name], found[name], new=True) for name in found])
    maker = {"notes": "Battery replaced in March."}
    set_fields(journal, "radio", "R-004471", maker, desk.settings)
    set_fields(journal, "radio", "R-004473", {"serial": "672CYX0119", "notes": "Antenna bent."}, desk.settings)
    return made


def _settle(photographer):
    for _ in range(4):
        photographer.settle()
        time.sleep(0.12)
    photographer.settle()
