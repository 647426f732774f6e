"""Cards to scan: a barcode with what it does, or what it names, in words. On plain paper to cut, or on labels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from models.fields.problem import UsageError
from models.labels.boxes import Box, FrameBox, SymbolBox, Template, TextBox
from models.labels.designs import Design
from models.labels.layout import DPI, Sheets, lay_out
from models.labels.shapes import Align
from models.labels.stocks import Stock
from models.query.names import Names
from models.query.window import page
from models.schema.catalogue import Catalogue
from models.schema.records import record_type

LEAST_WIDTH, LEAST_HEIGHT = 50.0, 19.0
"""The smallest label in millimetres that has room for the longest command's barcode and its words."""
_MARGIN = 3.0
_TALL = 34.0
"""From this height on a card says below its barcode what it does."""
_BAR = 16.0

#: The fields whose value a card bears, best first, by kind of record: what a scan finds the record by.
_CODES = {
    "location": ("code", "unit_number", "name"),
    "person": ("badge", "employee_number", "username", "email", "name"),
    "model": ("number", "name"),
}
_PLACES = {"letter": ("Letter", 215.9, 279.4), "a4": ("A4", 210.0, 297.0)}
_COLUMNS, _ROWS, _WIDTH, _HEIGHT = 2, 6, 92.0, 43.0


@dataclass(frozen=True, slots=True)
class Card:
    """One card: the text of its barcode, its title, and what it does or names."""

    text: str
    title: str
    about: str = ""


def paper(name: str) -> Stock:
    """Plain paper for cards to cut: "letter" or "a4". Raises UsageError("cards.unknown-paper")."""
    try:
        title, width, height = _PLACES[name.strip().casefold()]
    except KeyError:
        raise UsageError("cards.unknown-paper", name, known=", ".join(_PLACES)) from None
    left, top = (width - _COLUMNS * _WIDTH) / 2, (height - _ROWS * _HEIGHT) / 2
    about = f"{_COLUMNS * _ROWS} cards to cut."
    return Stock(title, about, (), width, height, _WIDTH, _HEIGHT, _COLUMNS, _ROWS, left, top, _WIDTH, _HEIGHT)


def holds_cards(stock: Stock) -> bool:
    """Whether the labels of a stock are large enough for cards."""
    if stock.continuous:
        return stock.tape - 2 * max(stock.margin_x, stock.margin_y) >= LEAST_WIDTH
    return stock.width - 2 * stock.margin_x >= LEAST_WIDTH and stock.height - 2 * stock.margin_y >= LEAST_HEIGHT


def card_design(stock: Stock) -> Design:
    """How cards look on a stock. Its fields are `title`, `code` and `about`. Raises UsageError("cards.too-small")."""
    if not holds_cards(stock):
        needs = f"{LEAST_WIDTH:g} × {LEAST_HEIGHT:g} mm"
        raise UsageError("cards.too-small", stock.name, needs=needs)
    width, height = (stock.tape, 30.0) if stock.continuous else (stock.width, stock.height)
    side, above = max(_MARGIN, stock.margin_x), max(_MARGIN / 2, stock.margin_y)
    inner, tall = width - 2 * side, height >= _TALL
    title = 6.0 if tall else 4.5
    foot = 8.5 if tall else 3.5
    bar = min(_BAR, height - 2 * above - title - foot)
    top = above + title
    boxes: list[Box] = [
        TextBox(side, above, inner, title, Template("{title}"), 13 if tall else 9, 6, Align.CENTRE, bold=True),
        SymbolBox(side / 2, top, width - side, bar, Template("{code}"), "code128"),
        TextBox(side, top + bar, inner, 3.5, Template("{code}"), 8, 5, Align.CENTRE, mono=True),
    ]
    if tall:
        boxes.append(TextBox(side, top + bar + 4, inner, 4.5, Template("{about}"), 9, 5, Align.CENTRE))
    if stock.per_sheet > 1 and stock.pitch_x <= stock.width:  # plain paper: where to cut
        boxes.append(FrameBox(0, 0, width, height, 0.1))
    return Design("Command card", "A barcode, and what it does.", width, height, tuple(boxes))


def card_texts(card: Card) -> dict[str, str]:
    """A card as what a design reads."""
    return {"title": card.title, "code": card.text, "about": card.about}


def card_sheets(cards: Sequence[Card], stock: Stock, *, dpi: int = DPI, start: int = 1) -> Sheets:
    """The sheets of these cards; see `lay_out`. Raises UsageError("cards.too-small", "label.start-not-on-sheet")."""
    return lay_out(card_design(stock), stock, [card_texts(card) for card in cards], dpi=dpi, start=start)


def record_cards(
    connection: Connection, catalogue: Catalogue, word: str, numbers: Sequence[int], about: str
) -> Iterator[Card]:
    """Cards that name places, people or models: each with the shortest code that a scan finds just this record by.

    `about` says what the card does. Raises UsageError("cards.no-such-kind").
    """
    if word not in _CODES:
        raise UsageError("cards.no-such-kind", word, known=", ".join(_CODES))
    names, table = Names(connection), record_type(word).table
    for row in page(connection, catalogue, word, numbers, _CODES[word]):
        way = names.path(table, row.id)
        yield Card(_code(names, table, row.id, _CODES[word], row.values), names.label(table, row.id) or way, about)


def _code(names: Names, table: str, row: str, keys: Sequence[str], values: Mapping[str, str | None]) -> str:
    for key in keys:
        value = values.get(key)
        # A badge is no name that people type, yet a scan finds it.
        if value and value.isascii() and (key == "badge" or names.meant(table, value) == [row]):
            return value
    written = names.written(table, row)
    return written if written.isascii() else row
