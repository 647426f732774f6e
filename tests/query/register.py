"""A small, messy register that the tests of the query room share, and a slow reading of it in plain Python."""

from pathlib import Path

from sqlalchemy import select

from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.writer import Journal
from models.query.index import index_of
from models.schema.records import TABLES
from models.store.database import Database
from models.store.home import Home


class Register:
    """Records by short names, written through the journal. `ids`: short name -> id; `values`: the same -> patch."""

    def __init__(self, folder: Path) -> None:
        self.database = Database.open(Home(folder))
        self.journal = Journal(self.database, "Test")
        self.ids: dict[str, str] = {}
        self.values: dict[str, dict[str, str]] = {}
        self.table: dict[str, str] = {}

    def add(self, short: str, table: str, **values: str) -> Edit:
        """The edit that makes a record; `@other` refers to another one."""
        self.ids[short] = new_id()
        patch = {key: self.ids[value[1:]] if value.startswith("@") else value for key, value in values.items()}
        self.values[short], self.table[short] = patch, table
        return Edit(table, self.ids[short], patch, new=True)

    def short(self, row: str) -> str:
        return next(name for name, known in self.ids.items() if known == row)

    def numbers(self, table: str) -> dict[int, str]:
        """Row number -> short name."""
        with self.database.reading() as connection:
            rows = connection.execute(select(TABLES[table].sql.c.nr, TABLES[table].sql.c.id)).all()
        return {number: self.short(row) for number, row in rows}


def small_city(folder: Path) -> Register:
    """Two buildings with rooms of one name, two people of one name, models of one name by two makers."""
    city = Register(folder)
    add = city.add
    places = [
        add("hall", "location", name="City Hall", place_type="building", code="CH"),
        add("hall-101", "location", name="101", parent="@hall"),
        add("hall-204", "location", name="204", parent="@hall"),
        add("library", "location", name="Library"),
        add("library-101", "location", name="101", parent="@library"),
        add("annex", "location", name="Annex", parent="@library"),
        add("annex-101", "location", name="101", parent="@annex"),
        add("station", "location", name="Station 7"),
        add("engine", "location", name="Engine 7", parent="@station", unit_number="E7"),
        add("slash", "location", name="City Hall / 204"),
        add("ring-a", "location", name="Ring A"),
        add("ring-b", "location", name="Ring B", parent="@ring-a"),
    ]
    people = [
        add("fire", "department", name="Fire Department", code="FD"),
        add("police", "department", name="Police Department"),
        add("ruiz", "person", name="J. Ruiz", given_name="Juana", family_name="Ruiz", email="jruiz@ci.example.gov"),
        add("ruiz2", "person", name="J. Ruiz", given_name="Jorge", family_name="Ruiz", employee_number="0042"),
        add("ruiz3", "person", name="J. Ruiz"),
        add("nunez", "person", name="Núñez, Zoë", username="znunez", phone="+15125550143"),
    ]
    makers = [
        add("motorola", "manufacturer", name="Motorola Solutions"),
        add("dell", "manufacturer", name="Dell"),
        add("acme", "manufacturer", name="ACME"),
        add("apx", "model", name="APX 8000", manufacturer="@motorola", number="H91TGD9PW6AN"),
        add("5400-dell", "model", name="5400", manufacturer="@dell"),
        add("5400-acme", "model", name="5400", manufacturer="@acme"),
        add("p25", "system", name="County P25", system_type="p25"),
        add("staples", "vendor", name="100% Supply_Co"),
    ]
    assets = [
        add("r1", "asset", kind="radio", tag="R-0001", serial="672CYX0001", model="@apx", manufacturer="@motorola",
            location="@engine", department="@fire", unit_id="4779", alias="ENG 7 OFFICER", status="in_service",
            cost="4120.50", acquired_on="2023-12-31", warranty_end="2026-11-22", system="@p25",
            last_seen="2026-11-22T10:02:00Z", custodian="@ruiz", firmware="R30.00.01"),
        add("r2", "asset", kind="radio", tag="R-0002", serial="672CYX0002", model="@apx", location="@station",
            unit_id="4780", status="retired", cost="1200.00 EUR", acquired_on="2024-01-01", secure="yes"),
        add("r3", "asset", kind="radio", tag="r-0010", unit_id="12", alias="Über Straße", notes="50% off_ \\ back"),
        add("h1", "asset", kind="hardware", tag="CT-1", serial="5CG1", hostname="ch-pc-01", mac="00:11:22:aa:bb:cc",
            model="@5400-dell", manufacturer="@dell", location="@hall-101", custodian="@ruiz2", status="in_service",
            memory_gb="16", cost="899.99", acquired_on="2024-02-29", vendor="@staples", federal_share="80",
            x_vlan="12", x_shelf="Top", x_count="2.5", x_due="2026-12-01", x_ups="yes"),
        add("h2", "asset", kind="hardware", tag="CT-2", hostname="lib-pc-02", model="@5400-acme",
            location="@annex-101", custodian="@nunez", memory_gb="8", cost="0.00", status="on the truck",
            x_shelf="bottom", x_count="10", parent="@h1"),
        add("m1", "asset", kind="mobile", tag="M-1", imei="352099001761481", custodian="@nunez", location="@hall"),
        add("bare", "asset", kind="hardware"),
        add("gone", "asset", kind="radio", tag="R-0099", location="@engine"),
    ]  # fmt: skip
    customs = [
        add("c1", "custom_field", key="x_vlan", label="Port VLAN", record="hardware", value_type="text"),
        add("c2", "custom_field", key="x_shelf", label="Shelf", record="asset", value_type="choice",
            options="Top\nBottom"),
        add("c3", "custom_field", key="x_count", label="Count", record="hardware", value_type="number"),
        add("c4", "custom_field", key="x_due", label="Due", record="hardware", value_type="date"),
        add("c5", "custom_field", key="x_ups", label="On UPS", record="hardware", value_type="yesno"),
    ]  # fmt: skip
    city.journal.write("Make", [*places, *people, *makers, *assets, *customs])
    city.journal.write("Ring", [Edit("location", city.ids["ring-a"], {"parent": city.ids["ring-b"]})])
    city.journal.write("Delete", [Edit("asset", city.ids["gone"], {"deleted": "yes"})])
    del city.values["gone"]
    return city


def search_text(city: Register, short: str) -> str:
    """What the index should hold of a record, by its own words."""
    rows, index = TABLES[city.table[short]].sql, index_of(city.table[short])
    text = select(index.c.text).where(index.c.rowid == rows.c.nr, rows.c.id == city.ids[short])
    with city.database.reading() as connection:
        return str(connection.execute(text).scalar_one())
