"""The stocks: what Muster knows of sheets and rolls, and those that people measured themselves."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDialog
from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.dialogs.ask import confirm
from desktop.jobs import Task
from desktop.labelling.grouping import grouped, is_own
from desktop.labelling.shelf import Item
from desktop.labelling.stock_dialog import StockDialog
from desktop.labelling.stock_picture import StockPicture, described, draw_stock
from desktop.labelling.tab import Tab
from desktop.phrases.labelling import stock_line
from desktop.widgets import button, label, row
from models.journal.entry import Changes
from models.labels.own import all_stocks, keep_stock, remove_stock
from models.labels.stocks import Stock


class StocksTab(Tab):
    """Lists all stocks; own ones can be changed, shipped ones copied."""

    writes = "label_stock"

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            "Stocks",
            "No stocks",
            "Add the first with New stock.",
            button("New stock…", self.add, drawing="add"),
        )
        self._stocks: Sequence[Stock] = ()
        self._wanted = ""
        self.name, self.about = label("", "title", wrap=True), label("", "muted", wrap=True)
        self.picture = StockPicture(desk.look)
        self.duplicate_it = button("Duplicate…", self.duplicate, drawing="copy")
        self.edit_it = button("Edit…", self.edit, drawing="edit")
        self.delete_it = button("Delete", self.delete, drawing="delete")
        self.side.addWidget(self.name)
        self.side.addWidget(self.about)
        self.side.addLayout(row(self.edit_it, self.duplicate_it, self.delete_it, None))
        self.side.addWidget(self.picture, 1)
        self.shelf.opened.connect(self.edit)
        desk.changed.connect(self._hear)

    @property
    def stock(self) -> Stock | None:
        """The stock that is chosen."""
        return next((stock for stock in self._stocks if stock.name == self.shelf.key), None)

    def refresh(self) -> None:
        """Ask anew for the stocks."""

        def work(connection: Connection, _task: Task) -> Sequence[Stock]:
            return all_stocks(connection)

        self.desk.read(work, self._show, owner=self)

    def settle(self) -> None:
        """Show the chosen one."""
        stock = self.stock
        self.picture.show_stock(stock)
        if stock is None:
            return
        self.name.setText(stock.name)
        also = f" Also {', '.join(stock.also)}." if stock.also else ""
        about = f"{stock.about}. " if stock.about else ""
        self.about.setText(f"{about}{described(stock)}{also}")
        self.duplicate_it.setVisible(self.may)
        for deed in (self.edit_it, self.delete_it):
            deed.setVisible(self.may and is_own(stock))

    def add(self) -> None:
        """Make a stock."""
        self._ask(None, "")

    def duplicate(self) -> None:
        """Make a stock like the chosen one."""
        if (stock := self.stock) is not None:
            self._ask(stock, "", copy=True)

    def edit(self) -> None:
        """Change the chosen one; of one that Muster ships, a copy."""
        stock = self.stock
        if stock is not None and self.may:
            self._ask(stock, stock.name if is_own(stock) else "", copy=not is_own(stock))

    def delete(self) -> None:
        """Delete the chosen one."""
        stock = self.stock
        if stock is not None and confirm(
            self, "Delete", f"Delete the stock {stock.name}?", "Delete", "Undo brings it back."
        ):
            self.desk.write(
                f"Delete {stock.name}", lambda journal, _task: remove_stock(journal, stock.name), owner=self
            )

    def _ask(self, stock: Stock | None, formerly: str, *, copy: bool = False) -> None:
        taken = {each.name for each in self._stocks} - {formerly}
        dialog = StockDialog(self.desk.look, stock, taken, self)
        if copy and stock is not None:
            dialog.name.setText(f"{stock.name} copy")
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.stock is not None:
            self._keep(dialog.stock, formerly)

    def _keep(self, stock: Stock, formerly: str) -> None:
        self._wanted = stock.name
        self.desk.write(
            f"Keep the stock {stock.name}",
            lambda journal, _task: keep_stock(journal, stock, formerly),
            owner=self,
        )

    def _show(self, found: Sequence[Stock]) -> None:
        self._stocks = found
        items = []
        for head, stocks in grouped(found):
            items.append(Item("", head))
            items += [Item(each.name, each.name, stock_line(each), draw=partial(self._draw, each)) for each in stocks]
        wanted, self._wanted = self._wanted, ""
        self.show_items(items, wanted)

    def _draw(self, stock: Stock, painter: QPainter, room: QRectF) -> None:
        draw_stock(painter, room, stock, self.desk.look)

    def _hear(self, changes: Changes) -> None:
        if changes.touches("label_stock"):
            self.refresh()
