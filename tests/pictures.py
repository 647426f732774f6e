"""Pictures of every page and dialog, light and dark, at 1280 × 800 and at 200 %, into `pictures/`.

    python tests/pictures.py [FOLDER [PART…]]

So that anyone can look at what changed. Nothing here is checked by itself. A PART is one of `window` (all that is in
this file) or the name of a module of `tests/shown`, which has `take(photographer)`; without one all are taken.
"""

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZE = (1280, 800)
RADIOS = """Radio inventory 2026
Tag,Radio ID,Alias,Model,Serial No.,Assigned To,Location,Status
R-005101,4801,ENG 7 SPR,APX 8000,672CZA0007,T. Nakagawa,Engine 7,Active
R-004470,4778,ENG 7 FF1,APX 8000,672CYX0118,R. Quill,Engine 7,In repair
R-004471,4779,ENG 7 DRV,APX 8000,672CYX0119,T. Nakagawa,Engine 7,In service
R-005102,4802,,APX 8000,6.72E+14,M. Sandoval,Engine 7,Active
R-004473,4781,BN 2 AIDE,APX 6000,481CRP2207,A. Castellanos,Battalion 3,In service
R-005103,4779,,APX8000,672CZA0009,S. Iyer,Medic 25,Active
R-005104,not known,,APX 8000,672CZA0010,,Radio shop,Spare
"""


def main() -> int:
    """Take the pictures in one process for each scale."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "pictures")
    folder.mkdir(parents=True, exist_ok=True)
    if "MUSTER_PICTURES_SCALE" in os.environ:
        take_all(folder, os.environ["MUSTER_PICTURES_SCALE"], sys.argv[2:])
        return 0
    for scale in ("1", "2"):
        surroundings = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": scale,
            "MUSTER_PICTURES_SCALE": scale,
            "PYTHONPATH": str(ROOT),
        }
        subprocess.run([sys.executable, __file__, str(folder), *sys.argv[2:]], check=True, env=surroundings)
    return 0


def take_all(folder: Path, scale: str, parts: list[str]) -> None:
    """Every page and dialog in each theme; at 200 % the light ones only."""
    from PySide6.QtGui import QFont, QFontDatabase
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    if "Inter" in QFontDatabase.families():
        app.setFont(QFont("Inter"))
    font = app.font()
    font.setPixelSize(13)
    app.setFont(font)
    with tempfile.TemporaryDirectory() as place:
        for theme in ("light", "dark", "contrast") if scale == "1" else ("light",):
            suffix = f"{theme}{'' if scale == '1' else '-200'}"
            Photographer(app, Path(place), theme, folder, suffix).all(parts)


class Photographer:
    """Opens a window over a small city and takes pictures of it."""

    def __init__(self, app, place, theme, folder, suffix):
        from desktop.app import Application
        from models.journal.writer import Journal
        from models.settings import Settings
        from models.store.database import Database
        from models.store.home import Home

        self.app, self.folder, self.suffix = app, folder, suffix
        homes = place / suffix
        self.empty = Application(app, Home(homes / "empty"), Database.open(Home(homes / "empty")))
        home = Home(homes / "city")
        database = Database.open(home)
        _small_city()(Journal(database, "J. Ruiz"))
        Settings(home.settings)["person"] = "J. Ruiz"
        self.application = Application(app, home, database)
        self.application.look.use(theme)
        self.window = self.application.window

    def all(self, parts):
        """Take those parts, or all, and close."""
        shown = sorted(path.stem for path in (ROOT / "tests" / "shown").glob("[!_]*.py"))
        for part in parts or ["window", *shown]:
            if part == "window":
                self.doors()
            self.window.resize(*SIZE)
            self.window.show()
            if part == "window":
                self.take(self.window, "home")
                self.radios()
                self.dialogs()
            else:
                importlib.import_module(f"tests.shown.{part}").take(self)
        for one in (self.application, self.empty):
            self.settle()
            one.window.close()
            one.close()

    def doors(self):
        window = self.empty.window
        window.resize(*SIZE)
        window.show()
        self.take(window, "first-run")
        window.show_kind("radio")
        self.take(window, "nothing-yet")
        window.hide()

    def radios(self):
        window = self.window
        table = window.show_kind("radio")
        table.show_query(["department:Fire"])
        self.settle()
        table.view.select_row(3)
        self.take(window, "radios")
        window.panel._tabs.setCurrentIndex(1)
        self.take(window, "history")
        window.panel._tabs.setCurrentIndex(0)
        window.open_full("radio", table.current())
        self.take(window, "record-full")
        window._leave_full()
        table.show_query(["alias:nobody"])
        self.take(window, "nothing-found")
        window.show_kind("hardware")
        self.take(window, "hardware")
        window.show_place("software")
        self.take(window, "software")
        window.search.setText("eng 7")
        window._look("eng 7")
        self.take(window, "search")
        table = window.show_kind("radio")
        self.settle()
        table.view.select_row(2)
        self.settle()
        line = window.panel.form.editor("serial").line
        line.setFocus()
        line.setText("3.56E+14")
        line.textEdited.emit(line.text())
        self.take(window, "form-problem")
        window.panel._show_again()
        window.toast.say("Delete 37 radios.", "Undo", lambda: None)
        self.take(window, "toast")
        window.toast.hide()

    def dialogs(self):
        from array import array

        from desktop.dialogs.about import AboutDialog
        from desktop.dialogs.bulk_edit import BulkEditDialog
        from desktop.dialogs.crash import CrashDialog
        from desktop.dialogs.new_record import NewRecordDialog
        from desktop.dialogs.palette import CommandPalette
        from desktop.dialogs.settings import SettingsDialog
        from desktop.dialogs.shortcuts import ShortcutsDialog
        from desktop.dialogs.upkeep import CheckDialog
        from desktop.grid.columns import ColumnDialog
        from desktop.grid.filters import FilterDialog

        window, desk = self.window, self.application.desk
        table = window.table
        fields = [field for field in table.fields if not field.kept and field.key != "kind"]
        bulk = BulkEditDialog(desk, "radio", array("q", table.model.ids), fields, window)
        self.settle()
        bulk.tick("alias")
        self.take_dialog(bulk, "bulk-edit")
        self.importing()
        for name, dialog in {
            "about": AboutDialog(desk, window),
            "check": CheckDialog(desk, window),
            "columns": ColumnDialog(table.fields, table.model.columns, window),
            "commands": CommandPalette(window.commands, window),
            "crash": CrashDialog(ValueError("x"), self.folder / "crash.txt", window),
            "filter": FilterDialog(table.fields, window),
            "new-record": NewRecordDialog(desk, "radio", window),
            "settings": SettingsDialog(desk, window),
            "shortcuts": ShortcutsDialog(window.commands, window),
        }.items():
            self.take_dialog(dialog, name)

    def importing(self):
        from desktop.dialogs.custom_fields import CustomFieldsDialog
        from desktop.dialogs.export import ExportDialog
        from desktop.dialogs.import_log import ImportLogDialog
        from desktop.dialogs.template import TemplateDialog
        from models.exchange.writing.saved import SavedExport

        window, desk = self.window, self.application.desk
        self.wizard()
        saved = [SavedExport("Radios for the county", "radio", file="/srv/radios {date}.xlsx")]
        self.take_dialog(ExportDialog(window.table, saved, window), "export")
        self.take_dialog(TemplateDialog(window.table, window), "template")
        self.take_dialog(CustomFieldsDialog(desk, window), "custom-fields")
        self.take_dialog(ImportLogDialog(desk, window), "import-log")

    def wizard(self):
        """Every step of an import: of a list that needs nothing, of one that needs much, and of what is no list."""
        from desktop.importing.mapping_more import ConstantDialog
        from desktop.importing.new_field import NewFieldDialog
        from desktop.importing.steps import Step
        from desktop.importing.wizard import ImportWizard
        from models.exchange.plan import State

        window, desk = self.window, self.application.desk
        place = self.application.database.home.path
        radios, prose, mixed = place / "radios-2026.csv", place / "report.xlsx", place / "inventory.xlsx"
        radios.write_text(RADIOS, "utf-8")
        prose.write_bytes(b"%PDF-1.7 no spreadsheet at all")
        _workbook(mixed)
        wizard = ImportWizard(desk, [radios, mixed, prose], window)
        wizard.show()
        self.settle()
        for step, name in (
            (Step.NAMES, "names"), (Step.SHEET, "sheet"), (Step.MAPPING, "mapping"), (Step.FILE, "files"),
            (Step.PLAN, "plan"),
        ):  # fmt: skip
            wizard.go(step)
            self.take(wizard, f"import-{name}")
        wizard.pages.rows.tiles.tile(State.REFUSED).click()
        wizard.pages.rows.show_problem(wizard.pages.rows._groups[0].key)
        self.take(wizard, "import-problem")
        wizard.pages.rows.show_problem(None)
        wizard.pages.rows.show_state(None)
        model = wizard.pages.rows.model
        index = model.index(3, next(at for at, each in enumerate(model.columns) if each.field.key == "serial") + 2)
        wizard.pages.rows.view.setCurrentIndex(index)
        model.setData(index, "672CZA0008", 2)
        self.take(wizard, "import-edited")
        wizard.go_on()
        self.take(wizard, "import-done")
        wizard.go_on()
        self.settle()
        wizard.go(Step.SHEET)
        self.take(wizard, "import-workbook")
        columns = wizard.run.plan.sheet_columns if wizard.run.plan else []
        wizard.queue.end("done", "")
        wizard.begin(wizard.queue.entries[2])
        self.take(wizard, "import-trouble")
        wizard.hide()
        wizard.deleteLater()
        for column in columns[:1]:
            self.take_dialog(NewFieldDialog(column, set(), window), "import-new-field")
        self.take_dialog(ConstantDialog(list(desk.catalogue.fields("radio")), window), "import-constant")

    def take_dialog(self, dialog, name, keep=False):
        dialog.show()
        self.take(dialog, name)
        dialog.hide()
        if not keep:
            dialog.deleteLater()

    def take(self, widget, name):
        """Wait until nothing is under way, and keep what is to be seen."""
        self.settle()
        widget.grab().save(str(self.folder / f"{name}-{self.suffix}.png"))

    def settle(self):
        end = time.monotonic() + 20
        calm = 0
        while calm < 4 and time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.04)
            busy = self.application.jobs.busy or self.empty.jobs.busy
            calm = 0 if busy else calm + 1


def _workbook(path):
    """A workbook as they are: titles, totals, a second table, hidden and chart sheets."""
    from openpyxl import Workbook

    book = Workbook()
    fire = book.active
    fire.title = "Fire"
    fire.append(["Radio inventory of the Fire Department, 2026"])
    fire.append([])
    fire.append(["Asset #", "Serial Number", "Model", "Assigned To", "Station", "SIM PIN", None, "Tag", "Serial"])
    for at in range(40):
        radio = [f"R-0052{at:02}", f"672CZB{at:04}", "APX 8000", f"FF {at}", f"Engine {at % 9}", 1234 + at, None]
        fire.append([*radio, *([f"A-{at}", f"S-{at}"] if at < 6 else [])])
    fire.append(["Total", 40])
    police = book.create_sheet("Police")
    police.append(["Tag", "Serial", "Model"])
    for at in range(12):
        police.append([f"P-{at:04}", f"481CRP{at:04}", "APX 6000"])
    book.create_sheet("Old").sheet_state = "hidden"
    book.create_chartsheet("By year")
    book.save(path)


def _small_city():
    spec = importlib.util.spec_from_file_location("city", ROOT / "tests" / "desktop" / "conftest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.small_city


if __name__ == "__main__":
    sys.exit(main())
