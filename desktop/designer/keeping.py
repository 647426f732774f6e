"""Keeping a design: as a record, under a name that is not another one's by mistake; and as a JSON file, both ways."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from sqlalchemy import Connection

from desktop.designer.pictures import picture_data
from desktop.desk import Desk
from desktop.dialogs.ask import LineDialog, confirm
from desktop.jobs import Task
from models.fields.problem import KnownError, UsageError
from models.labels.data import LONGEST_JSON, json_of
from models.labels.designs import Design, design_data, design_from, designs
from models.labels.own import keep_design, own_designs

_JSON = "Label designs (*.json)"
_PICTURES = "Pictures (*.png *.jpg *.jpeg)"
_FOLDER = "designs.folder"


class Keeper:
    """Keeps designs for a window. `formerly` is the own design that the one at hand was kept as; empty for none.

    What goes wrong is told through `failed`.
    """

    def __init__(self, desk: Desk, window: QWidget, formerly: str, failed: Callable[[BaseException], None]) -> None:
        self._desk = desk
        self._window = window
        self._failed = failed
        self.formerly = formerly

    def is_shipped(self, design: Design) -> bool:
        """Muster ships a design of this name: it stays as it is, and changes are kept under another name."""
        name = design.name.strip().casefold()
        return name != self.formerly.casefold() and name in {each.name.casefold() for each in designs()}

    def keep(self, design: Design, done: Callable[[Design], None]) -> None:
        """Keep the design where it was; one that is shipped, or has no name, under a new name."""
        if self.is_shipped(design) or not design.name.strip():
            self.keep_as(design, done)
        else:
            self._ask_and_write(design, self.formerly, done)

    def keep_as(self, design: Design, done: Callable[[Design], None]) -> None:
        """Ask for a name and keep the design under it, beside the one that it was made of."""
        title = "Save the design as"
        question = "Name of the design"
        if self.is_shipped(design):
            question = f"“{design.name}” comes with Muster and stays as it is. Name of your own design"
        dialog = LineDialog(title, question, "Save", self._window, f"My {design.name}".strip())
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        named = replace(design, name=dialog.text)
        if self.is_shipped(named):
            self.keep_as(named, done)
        else:
            self._ask_and_write(named, "", done)

    def _ask_and_write(self, design: Design, formerly: str, done: Callable[[Design], None]) -> None:
        """Ask before another own design of the same name is replaced."""

        def taken(names: set[str]) -> None:
            name = design.name.casefold()
            if name in names and name != formerly.casefold():
                text = f"There is a design “{design.name}” already. Replace it?"
                if not confirm(self._window, "Save the design", text, "Replace"):
                    return
            self._write(design, formerly, done)

        def names(connection: Connection, _task: Task) -> set[str]:
            return {each.name.casefold() for each in own_designs(connection)}

        self._desk.read(names, taken, owner=self._window, failed=self._failed)

    def _write(self, design: Design, formerly: str, done: Callable[[Design], None]) -> None:
        def written(_changes: object) -> None:
            self.formerly = design.name
            done(design)

        self._desk.write(
            f"Save the label design {design.name}",
            lambda journal, _task: keep_design(journal, design, formerly),
            written,
            owner=self._window,
            failed=self._failed,
        )

    # Files

    def export(self, design: Design, done: Callable[[str], None]) -> None:
        """Ask for a file and write the design to it as JSON. `done` gets the name of the file."""
        start = str(Path(self._folder()) / f"{_file_name(design.name)}.json")
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Export the design", start, _JSON)
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(chosen).with_suffix(".json")
        self._remember(path)

        def write(_task: Task) -> str:
            text = json.dumps(design_data(design), ensure_ascii=False, indent=1)
            try:
                path.write_text(text + "\n", "utf-8")
            except OSError as error:
                raise KnownError("label.cannot-write", path.name, reason=error.strerror or "") from error
            return path.name

        self._desk.jobs.read(write, done, owner=self._window, failed=self._failed)

    def import_file(self, done: Callable[[Design], None]) -> None:
        """Ask for a JSON file and read the design in it."""
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Import a design", self._folder(), _JSON)
        if chosen:
            path = Path(chosen)
            self._remember(path)
            self._desk.jobs.read(lambda _task: _read(path), done, owner=self._window, failed=self._failed)

    def picture(self, done: Callable[[bytes], None]) -> None:
        """Ask for a picture and read it."""
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Choose a picture", self._folder(), _PICTURES)
        if chosen:
            path = Path(chosen)
            self._remember(path)
            self._desk.jobs.read(lambda _task: picture_data(path), done, owner=self._window, failed=self._failed)

    def _folder(self) -> str:
        return str(self._desk.memory.get(_FOLDER) or "")

    def _remember(self, path: Path) -> None:
        self._desk.memory.put(_FOLDER, str(path.parent))


def _read(path: Path) -> Design:
    """The design in a JSON file. Raises UsageError."""
    try:
        with path.open("rb") as file:
            text = file.read(LONGEST_JSON + 1).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("label.not-json", path.name) from error
    return design_from(json_of(text, path.name))


def _file_name(name: str) -> str:
    """A name without what file systems forbid."""
    return "".join(each if each.isalnum() or each in " -_" else "-" for each in name).strip() or "design"
