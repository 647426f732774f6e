"""Stocks in the order that people look for them: own ones first, then sheets and rolls by their maker."""

from collections.abc import Sequence

from models.labels.stocks import Stock, stocks

OWN = "Own"


def is_own(stock: Stock) -> bool:
    """Whether people made it, and not Muster's makers."""
    return stock not in stocks()


def _head(stock: Stock) -> str:
    if is_own(stock):
        return OWN
    if stock.per_sheet == 1 and not stock.roll:
        return "Whole pages"
    return f"{stock.name.split()[0]} {'rolls' if stock.roll else 'sheets'}"


def grouped(known: Sequence[Stock]) -> list[tuple[str, list[Stock]]]:
    """The stocks under headings: "Own", "Avery sheets", "Brother rolls"; each as they come."""
    groups: dict[str, list[Stock]] = {OWN: []}
    for stock in known:
        groups.setdefault(_head(stock), []).append(stock)
    return [(head, each) for head, each in groups.items() if each]
