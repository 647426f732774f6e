"""The designs: how each looks with an example, which labels it fits, and the way into the designer."""

import dataclasses
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from sqlalchemy import Connection

from desktop.designer import open_designer
from desktop.designer.keeping import Keeper
from desktop.desk import Desk
from desktop.dialogs.ask import confirm
from desktop.jobs import Task
from desktop.labelling.grouping import OWN
from desktop.labelling.label_picture import DesignPicture, draw_label
from desktop.labelling.shelf import Item
from desktop.labelling.tab import Tab
from desktop.phrases.labelling import fitting, size
from desktop.widgets import button, label, row
from models.journal.entry import Changes
from models.labels.designs import Design
from models.labels.own import all_designs, all_stocks, keep_design, kept_designs, own_designs, remove_design
from models.labels.stocks import Stock, stock_from

_NEW = Design("New design", "", 66.6, 25.4, ())


class _Found(NamedTuple):
    designs: Sequence[Design]
    kept: Sequence[Design]
    own: Sequence[Design]
    stocks: Sequence[Stock]


class DesignsTab(Tab):
    """Lists all designs; own ones can be changed, shipped ones copied."""

    writes = "label_design"

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            "Label designs",
            "No designs",
            "Make the first with New design.",
            button("New design…", self.add, drawing="add"),
            button("Import…", self.import_file, drawing="import"),
        )
        self._designs: Sequence[Design] = ()
        self._kept_as: Sequence[Design] = ()
        self._own: dict[str, Design] = {}
        self._stocks: Sequence[Stock] = ()
        self._wanted = ""
        self._keeper = Keeper(desk, self, "", desk.fail)
        self.name, self.about = label("", "title", wrap=True), label("", "muted", wrap=True)
        self.fits = label("", "muted", wrap=True)
        self.picture = DesignPicture()
        self.edit_it = button("Edit…", self.edit, drawing="edit")
        self.duplicate_it = button("Duplicate…", self.duplicate, drawing="copy")
        self.delete_it = button("Delete", self.delete, drawing="delete")
        self.export_it = button("Export…", self.export, drawing="export")
        self.side.addWidget(self.name)
        self.side.addWidget(self.about)
        self.side.addLayout(row(self.edit_it, self.duplicate_it, None))
        self.side.addLayout(row(self.export_it, self.delete_it, None))
        self.side.addWidget(self.picture, 1)
        self.side.addWidget(self.fits)
        self.side.addStretch(1)
        self.shelf.opened.connect(self.edit)
        desk.changed.connect(self._hear)

    @property
    def design(self) -> Design | None:
        """The design that is chosen."""
        return next((design for design in self._designs if design.name == self.shelf.key), None)

    def refresh(self) -> None:
        """Ask anew for the designs, and for the stocks that they may fit."""

        def work(connection: Connection, _task: Task) -> _Found:
            return _Found(
                all_designs(connection), kept_designs(connection), own_designs(connection), all_stocks(connection)
            )

        self.desk.read(work, self._show, owner=self)

    def settle(self) -> None:
        """Show the chosen one."""
        design = self.design
        self.picture.show_design(design)
        if design is None:
            return
        self.name.setText(design.name)
        self.about.setText(f"{design.about or 'A design of your own'}. {size(design.width, design.height)}.")
        self.fits.setText(fitting([stock.name for stock in self._stocks if design.fits(stock)]))
        may = self.may
        self.edit_it.setVisible(may)
        self.duplicate_it.setVisible(may)
        self.delete_it.setVisible(may and design.name in self._own)

    def add(self) -> None:
        """Make a design in the designer."""
        self._open(dataclasses.replace(_NEW, name=self._free(_NEW.name)))

    def edit(self) -> None:
        """Change the chosen one in the designer; of one that Muster ships, a copy."""
        design = self.design
        if design is not None and self.may:
            self._open(self._own.get(design.name) or self._copy(design))

    def duplicate(self) -> None:
        """Change a copy of the chosen one in the designer."""
        if (design := self.design) is not None:
            self._open(self._copy(design))

    def delete(self) -> None:
        """Delete the chosen one."""
        design = self.design
        if design is not None and confirm(
            self, "Delete", f"Delete the design {design.name}?", "Delete", "Undo brings it back."
        ):
            name = design.name
            self.desk.write(f"Delete {name}", lambda journal, _task: remove_design(journal, name), owner=self)

    def export(self) -> None:
        """Write the chosen one to a file, for another Muster."""
        if (design := self.design) is not None:
            self._keeper.export(self._plain(design), lambda file: self.desk.said.emit(f"{design.name} is in {file}."))

    def import_file(self) -> None:
        """Take in a design from a file, under a name that is free."""
        self._keeper.import_file(self._take_in)

    # Inside

    def _take_in(self, design: Design) -> None:
        kept = dataclasses.replace(design, name=self._free(design.name))
        self._wanted = kept.name
        self.desk.write(f"Import {kept.name}", lambda journal, _task: keep_design(journal, kept), owner=self)

    def _open(self, design: Design) -> None:
        stock = next((each for each in self._stocks if design.fits(each)), _blank(design))
        open_designer(self.desk, design, stock, self.window(), self._kept)

    def _kept(self, design: Design) -> None:
        self._wanted = design.name
        self.refresh()

    def _copy(self, design: Design) -> Design:
        return dataclasses.replace(self._plain(design), name=self._free(f"{design.name} copy"))

    def _plain(self, design: Design) -> Design:
        """The design as it was made: without the logo that stands in its place on the picture."""
        return next(each for each in self._kept_as if each.name == design.name)

    def _free(self, name: str) -> str:
        """The name, with a number after it where it is taken."""
        taken = {design.name.casefold() for design in self._designs}
        numbered = (name if number == 1 else f"{name} {number}" for number in range(1, len(taken) + 2))
        return next(each for each in numbered if each.casefold() not in taken)

    def _show(self, found: "_Found") -> None:
        self._designs, self._stocks = found.designs, found.stocks
        self._kept_as = found.kept
        self._own = {design.name: design for design in found.own}
        own = [design for design in self._designs if design.name in self._own]
        shipped = [design for design in self._designs if design.name not in self._own]
        items = [Item("", OWN), *map(self._item, own), Item("", "From Muster")] if own else []
        wanted, self._wanted = self._wanted, ""
        self.show_items([*items, *map(self._item, shipped)], wanted)

    def _item(self, design: Design) -> Item:
        told = " · ".join(filter(None, (size(design.width, design.height), design.about)))
        return Item(design.name, design.name, told, draw=partial(self._draw, design))

    def _draw(self, design: Design, painter: QPainter, room: QRectF) -> None:
        draw_label(painter, room, design, self.desk.look.colour("muted"))

    def _hear(self, changes: Changes) -> None:
        if changes.touches("label_design") or changes.touches("label_stock"):
            self.refresh()


def _blank(design: Design) -> Stock:
    """A roll of labels as large as the design."""
    return stock_from({"name": design.name, "label": [design.width, design.height]})
