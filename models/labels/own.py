"""The stocks and designs that people made, beside those that Muster ships: records, so kept, shared and undone."""

import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Connection, RowMapping, select

from models.fields.ids import new_id
from models.fields.problem import Problem, UsageError
from models.journal.entry import Changes, Edit
from models.journal.writer import Journal
from models.labels.boxes import Box, PictureBox
from models.labels.data import Entry, json_of
from models.labels.designs import Design, design_data, design_from, designs, designs_for, find_design
from models.labels.picture import picture_size
from models.labels.stocks import LEAST, Stock, stock_data, stock_from, stocks
from models.schema.records import ASSET_KINDS, record_type

T = TypeVar("T", Stock, Design)
LOGO = "Logo"
"""The name of the own design whose picture shipped designs show."""
_STOCK, _DESIGN = "label_stock", "label_design"


def all_stocks(connection: Connection) -> tuple[Stock, ...]:
    """The shipped stocks, then the own ones; an own one of a shipped name stands in its place."""
    return _merged(stocks(), own_stocks(connection))


def all_designs(connection: Connection) -> tuple[Design, ...]:
    """The shipped designs, then the own ones; an own one of a shipped name stands in its place.

    Where a design has a place for the picture of an own design (a logo), the picture is in it.
    """
    own = own_designs(connection)
    pictures = {design.name.casefold(): _picture_of(design) for design in own}
    return tuple(_with_pictures(design, pictures) for design in _merged(designs(), own))


def kept_designs(connection: Connection) -> tuple[Design, ...]:
    """As `all_designs`, but as they were made: a place for another design's picture is empty. To be changed."""
    return _merged(designs(), own_designs(connection))


def design_for(connection: Connection, stock: Stock, name: str, word: str) -> Design:
    """The design of this name; where it is not made for the kind of record `word`, the best one that is.

    For labels of mixed kinds, printed one by one. Raises UsageError as `find_design` does.
    """
    known = all_designs(connection)
    design = find_design(name, stock, known, word)
    if word in design.kinds or (not design.kinds and word in ASSET_KINDS):
        return design
    return designs_for(stock, known, word)[0]


def own_stocks(connection: Connection) -> tuple[Stock, ...]:
    """The stocks that people made. Records that cannot be read are passed over; `unreadable` tells of them."""
    return tuple(found for found in _read(connection, _STOCK, stock_from) if isinstance(found, Stock))


def own_designs(connection: Connection) -> tuple[Design, ...]:
    """The designs that people made, as they were kept. What cannot be read is passed over, see `unreadable`."""
    return tuple(found for found in _read(connection, _DESIGN, design_from) if isinstance(found, Design))


def unreadable(connection: Connection) -> tuple[Problem, ...]:
    """What is wrong with the own stocks and designs that cannot be used: records may be changed by any hand."""
    found = [*_read(connection, _STOCK, stock_from), *_read(connection, _DESIGN, design_from)]
    return tuple(each for each in found if isinstance(each, Problem))


def keep_stock(journal: Journal, stock: Stock, formerly: str = "") -> Changes:
    """Keep an own stock, in the place of the own one that is named `formerly` or the same.

    Raises UsageError when `stock_from` would not read it again; DatabaseError.
    """
    stock_from(stock_data(stock))
    return _keep(journal, _STOCK, stock, stock_data(stock), formerly, f"Save the labels {stock.name}")


def keep_design(journal: Journal, design: Design, formerly: str = "") -> Changes:
    """Keep an own design, in the place of the own one that is named `formerly` or the same.

    Raises UsageError when `design_from` would not read it again; DatabaseError.
    """
    design_from(design_data(design))
    return _keep(journal, _DESIGN, design, design_data(design), formerly, f"Save the label design {design.name}")


def logo_design(data: bytes) -> Design:
    """The own design whose picture stands where shipped designs have a place for a logo. Raises UsageError."""
    wide, high = picture_size(data, LOGO)
    scale = 30 / max(wide, high)
    width, height = max(LEAST, wide * scale), max(LEAST, high * scale)
    return Design(LOGO, "The picture for the place of a logo", width, height, (PictureBox(0, 0, width, height, data),))


def remove_stock(journal: Journal, name: str) -> Changes:
    """Delete an own stock. Raises UsageError("label.not-own-stock"); DatabaseError."""
    return _remove(journal, _STOCK, name, "label.not-own-stock", "Remove the labels")


def remove_design(journal: Journal, name: str) -> Changes:
    """Delete an own design. Raises UsageError("label.not-own-design"); DatabaseError."""
    return _remove(journal, _DESIGN, name, "label.not-own-design", "Remove the label design")


def _merged(shipped: Sequence[T], own: Sequence[T]) -> tuple[T, ...]:
    by_name = {each.name.casefold(): each for each in shipped}
    by_name.update({each.name.casefold(): each for each in own})
    return tuple(by_name.values())


def _picture_of(design: Design) -> bytes:
    """The first picture on a design; empty when there is none."""
    return next((box.data for box in design.boxes if isinstance(box, PictureBox) and box.data), b"")


def _with_pictures(design: Design, pictures: Mapping[str, bytes]) -> Design:
    def filled(box: Box) -> Box:
        if isinstance(box, PictureBox) and box.of:
            return dataclasses.replace(box, data=pictures.get(box.of.casefold(), b""))
        return box

    return dataclasses.replace(design, boxes=tuple(map(filled, design.boxes)))


def _rows(connection: Connection, word: str) -> Sequence[RowMapping]:
    table = record_type(word).sql
    live = select(table.c.id, table.c.name, table.c.data).where(table.c.deleted.is_(None)).order_by(table.c.nr)
    return connection.execute(live).mappings().all()


def _read(connection: Connection, word: str, reader: Callable[[object], T]) -> Iterator[T | Problem]:
    for row in _rows(connection, word):
        name = row["name"] or ""
        try:
            # The record's own name counts: that is what people see and change.
            yield reader({**Entry(json_of(row["data"] or "", name), name).data, "name": name})
        except UsageError as error:
            yield error.problem


def _keep(
    journal: Journal, word: str, kept: Stock | Design, data: Mapping[str, object], formerly: str, title: str
) -> Changes:
    texts = {"name": kept.name, "about": kept.about, "data": json.dumps(data, ensure_ascii=False)}
    patch: dict[str, str | None] = {key: text or None for key, text in texts.items()}
    names = {kept.name.casefold(), formerly.casefold()}

    def edits(connection: Connection) -> list[Edit]:
        same = [row["id"] for row in _rows(connection, word) if (row["name"] or "").casefold() in names]
        if not same:
            return [Edit(word, new_id(), {key: text for key, text in patch.items() if text}, new=True)]
        return [Edit(word, same[0], patch), *(Edit(word, row, {"deleted": "yes"}) for row in same[1:])]

    return journal.write(title, edits)


def _remove(journal: Journal, word: str, name: str, unknown: str, title: str) -> Changes:
    with journal.database.reading() as connection:
        rows = _rows(connection, word)
    known = [row["name"] or "" for row in rows]
    wanted = name.strip().casefold()
    gone = [Edit(word, row["id"], {"deleted": "yes"}) for row in rows if (row["name"] or "").casefold() == wanted]
    if not gone:
        raise UsageError(unknown, name, known=", ".join(known) or "—")
    return journal.write(f"{title} {name.strip()}", gone)
