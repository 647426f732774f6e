"""Counted stock in the window: its place, table, filters, page, and the search over everything."""

import pytest
from sqlalchemy import select

from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.writer import Journal
from models.schema.records import record_type


@pytest.fixture
def shelves(window, desk, qtbot):
    """Two things on a shelf, and the window's table of stock."""
    with desk.database.reading() as connection:
        places = record_type("location").sql
        shop = connection.execute(select(places.c.id).where(places.c.name == "Radio shop")).scalar_one()
    rows = [
        {"name": "IMPRES battery", "stock_type": "accessory", "quantity": "4", "minimum": "10", "location": shop},
        {"name": "Toner, black", "stock_type": "consumable", "quantity": "12"},
    ]
    changes = Journal(desk.database, "J. Ruiz").write("Count", [Edit("stock", new_id(), row, new=True) for row in rows])
    desk.announce(changes)
    window.show_place("stock")
    qtbot.waitUntil(lambda: window.table is not None and window.table.word == "stock" and window.table.found == 2)
    return window.table


def test_a_query_and_a_chip_narrow_the_shelves(shelves, qtbot):
    for terms in (['location:"Radio shop"'], ["quantity<10"], ["stock_type:accessory"]):
        shelves.show_query(terms)
        qtbot.waitUntil(lambda: shelves.found == 1)
    shelves.show_query([], "toner")
    qtbot.waitUntil(lambda: shelves.found == 1)


def test_the_search_over_everything_finds_stock(shelves, window, qtbot):
    window.search.setText("IMPRES")
    window._look("IMPRES")
    qtbot.waitUntil(lambda: any(hit.word == "stock" for hit in window.results.hits))


def test_a_count_is_changed_on_its_page(shelves, window, desk, qtbot):
    shelves.view.select_row(0)
    qtbot.waitUntil(lambda: window.panel.record is not None and window.panel.record.word == "stock")
    line = window.panel.form.editor("quantity").line
    line.setText("7")
    line.textEdited.emit("7")
    window.commands.run("record.save")
    rows = record_type("stock").sql

    def kept():
        with desk.database.reading() as connection:
            return connection.execute(select(rows.c.quantity).where(rows.c.id == window.panel.record.id)).scalar_one()

    qtbot.waitUntil(lambda: kept() == 7)
