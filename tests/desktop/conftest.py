"""A small city to look at, and the window over it."""

import io
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from desktop.app import Application
from desktop.cli import main
from desktop.importing.wizard import ImportWizard
from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.writer import Journal
from models.store.database import Database
from models.store.home import Home
from tests.desktop.wizards import RADIOS as RADIO_LIST

RADIOS = [
    # tag, unit ID, alias, model, serial, custodian, location, status
    ("R-004468", "4776", "ENG 7 CPT", "APX 8000", "672CYX0116", "D. Oyelaran", "Engine 7", "in_service"),
    ("R-004469", "4777", "ENG 7 OFC", "APX 8000", "672CYX0117", "M. Sandoval", "Engine 7", "in_service"),
    ("R-004470", "4778", "ENG 7 FF1", "APX 8000", "672CYX0118", "P. Whitcomb", "Engine 7", "in_repair"),
    ("R-004471", "4779", "ENG 7 DRV", "APX 8000", "672CYX0119", "T. Nakagawa", "Engine 7", "in_service"),
    ("R-004472", "4780", None, "APX 6000", "481CRP2204", None, "Radio shop", "in_stock"),
    ("R-004473", "4781", "BN 2 AIDE", "APX 6000", "481CRP2207", "A. Castellanos", "Battalion 2", "in_service"),
    ("R-004474", "4782", "MED 25 A", "APX 6000", "481CRP2210", "K. Brandt", "Medic 25", "reserved"),
    ("R-004479", "4787", None, "XTL 5000", "500CGT0912", None, "Surplus", "retired"),
    ("R-004485", "4793", "PD 115", "APX 8000", "672CYX0152", "N. Petrov", "District 1", "lost"),
]
LAPTOPS = 40


def small_city(journal: Journal) -> None:
    """Nine radios, forty laptops, and the people, places and models that they refer to."""
    ids: dict[tuple[str, str], str] = {}
    edits: list[Edit] = []

    def named(table: str, name: str | None, **more: str) -> str | None:
        if name is None:
            return None
        if (table, name) not in ids:
            ids[table, name] = new_id()
            edits.append(Edit(table, ids[table, name], {"name": name, **more}, new=True))
        return ids[table, name]

    maker = named("manufacturer", "Motorola") or ""
    dell = named("manufacturer", "Dell") or ""
    fire, it = named("department", "Fire"), named("department", "Information Technology")
    for tag, unit, alias, model, serial, custodian, location, status in RADIOS:
        patch = {
            "kind": "radio", "tag": tag, "unit_id": unit, "alias": alias, "serial": serial, "status": status,
            "manufacturer": maker, "model": named("model", model, manufacturer=maker),
            "custodian": named("person", custodian), "location": named("location", location), "department": fire,
            "warranty_end": "2027-01-15", "cost": "5200.00", "replace_by": "2028-06-30",
        }  # fmt: skip
        edits.append(Edit("asset", new_id(), {key: value for key, value in patch.items() if value}, new=True))
    for number in range(LAPTOPS):
        patch = {
            "kind": "hardware", "tag": f"A-{10000 + number}", "serial": f"5CG{number:07d}",
            "hostname": f"LT-{number:04d}",
            "manufacturer": dell, "model": named("model", "Latitude 5450", manufacturer=dell), "department": it,
            "location": named("location", "City Hall 204"), "status": "in_service", "cost": "1184.50",
            "replace_by": f"{2026 + number % 5}-09-30", "memory_gb": "16",
        }  # fmt: skip
        edits.append(Edit("asset", new_id(), {key: value for key, value in patch.items() if value}, new=True))
    journal.write("Import city.xlsx", edits, source="import city.xlsx")


@pytest.fixture(scope="session")
def patterns(tmp_path_factory) -> dict[str, Path]:
    """An empty home and one with the small city, made once and copied by each test."""
    made = {name: tmp_path_factory.mktemp("patterns") / name for name in ("empty", "city")}
    for name, path in made.items():
        database = Database.open(Home(path))
        if name == "city":
            small_city(Journal(database, "J. Ruiz"))
        database.close()
    return made


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path / "home")


def _copied(pattern: Path, home: Home) -> Iterator[Database]:
    shutil.copytree(pattern, home.path)
    made = Database.open(home)
    yield made
    made.close()


@pytest.fixture
def database(patterns, home) -> Iterator[Database]:
    yield from _copied(patterns["empty"], home)


@pytest.fixture
def city(patterns, home) -> Iterator[Database]:
    yield from _copied(patterns["city"], home)


@pytest.fixture
def application(qapp, qtbot, city) -> Iterator[Application]:
    yield from _open(qapp, qtbot, city)


@pytest.fixture
def empty_application(qapp, qtbot, database) -> Iterator[Application]:
    yield from _open(qapp, qtbot, database)


def _open(qapp, qtbot, database) -> Iterator[Application]:
    made = Application(qapp, database.home, database)
    made.settings["person"] = "J. Ruiz"
    made.look.use("light")
    faults: list[BaseException] = []
    made.jobs.broke.disconnect()
    made.jobs.broke.connect(faults.append)
    made.window.show()
    qtbot.waitUntil(lambda: made.window.home.shown)
    yield made
    qtbot.waitUntil(lambda: not made.jobs.busy)
    made.window.panel.show_record("radio", -1)
    made.window.close()
    made.close()
    made.window.deleteLater()
    made.look.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if faults:
        raise faults[0]


@pytest.fixture
def window(application):
    return application.window


@pytest.fixture
def desk(application):
    return application.desk


@pytest.fixture
def radios(tmp_path):
    """A list of radios: one new, one changed, one the same, one with a destroyed number."""
    path = tmp_path / "radios.csv"
    path.write_text(RADIO_LIST, "utf-8")
    return path


@pytest.fixture
def wizards(window, desk):
    """Opens the import wizard over files."""
    made = []

    def open_files(paths):
        wizard = ImportWizard(desk, paths, window)
        made.append(wizard)
        wizard.show()
        return wizard

    yield open_files
    for wizard in made:
        wizard.run.drop()
        wizard.deleteLater()


@pytest.fixture
def opened(wizards, qtbot):
    """Opens the import wizard over files and waits until it knows what to show first."""

    def open_files(*paths):
        wizard = wizards(list(paths))
        qtbot.waitUntil(lambda: not wizard.busy and not wizard._desk.jobs.busy, timeout=20000)
        return wizard

    return open_files


class Ran(NamedTuple):
    """What a command gave: its status, its output and what it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def muster(home, capsys, monkeypatch):
    """Runs a command on the home of this test, with lines on its standard input."""

    def run(*arguments, lines=()):
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        status = main(["--home", str(home.path), *map(str, arguments)])
        return Ran(status, *capsys.readouterr())

    return run
