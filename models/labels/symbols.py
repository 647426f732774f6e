"""Barcode symbols: text becomes dark and light modules (`encoding`), and modules become whole printer dots."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from models.fields.problem import KnownError, UsageError
from models.labels import encoding

MM_PER_INCH = 25.4

_DARK = re.compile("1+")


@dataclass(frozen=True, slots=True)
class Symbology:
    """A sort of symbol and its sizes.

    `quiet` is the empty zone on each side, in modules. `least` and `most` bound the width of one module in
    millimetres: below the least, common hand scanners fail; above the most, the symbol only takes room. `written`
    gives the text that a scanner reads of it (with the check digit). `gs1`: the text is a GS1 element string.
    """

    word: str
    label: str
    rows: Callable[[str], tuple[str, ...]]
    quiet: int
    least: float
    most: float
    written: Callable[[str], str] = str
    gs1: bool = False


@dataclass(frozen=True, slots=True)
class Symbol:
    """An encoded text. `rows` has one row of modules ("1" dark, "0" light) for bars, more for a matrix."""

    symbology: Symbology
    text: str
    rows: tuple[str, ...]

    @property
    def linear(self) -> bool:
        """It is made of bars, which may have any height."""
        return len(self.rows) == 1

    @property
    def modules(self) -> int:
        """How many modules wide it is, without its quiet zones."""
        return len(self.rows[0])

    @property
    def modules_with_quiet(self) -> int:
        """How many modules wide it is, with the quiet zone on both sides."""
        return self.modules + 2 * self.symbology.quiet

    def dark(self) -> tuple[tuple[int, int, int], ...]:
        """Its dark parts as (row, first module, modules)."""
        return _dark(self.rows)


@lru_cache(maxsize=256)
def _dark(rows: tuple[str, ...]) -> tuple[tuple[int, int, int], ...]:
    return tuple(
        (number, run.start(), run.end() - run.start()) for number, row in enumerate(rows) for run in _DARK.finditer(row)
    )


SYMBOLOGIES = {
    symbology.word: symbology
    for symbology in (
        Symbology("code128", "Code 128", encoding.code128, quiet=10, least=0.165, most=0.34),
        Symbology("gs1-128", "GS1-128", encoding.gs1_128, quiet=10, least=0.165, most=0.34, gs1=True),
        Symbology("code39", "Code 39", encoding.code39, quiet=10, least=0.165, most=0.34),
        Symbology("itf", "Interleaved 2 of 5", encoding.itf, quiet=10, least=0.165, most=0.5),
        Symbology("ean13", "EAN-13", encoding.ean13, 11, 0.25, 0.5, encoding.ean13_number),
        Symbology("upca", "UPC-A", encoding.upca, 9, 0.25, 0.5, encoding.upca_number),
        Symbology("qr", "QR Code", encoding.qr, quiet=4, least=0.24, most=2.0),
        Symbology("datamatrix", "Data Matrix", encoding.datamatrix, quiet=1, least=0.19, most=1.0),
        Symbology("gs1-datamatrix", "GS1 Data Matrix", encoding.gs1_datamatrix, 1, 0.19, 1.0, gs1=True),
    )
}
"""The sorts of symbols by their word. 0.165 mm (6.5 mil) is two dots at 300 dpi; EAN's 0.25 mm two dots at 203 dpi."""

_OTHERS = ("code128", "datamatrix")
"""What is offered where another symbol does not fit: the narrowest bars, and the smallest matrix."""


def encode(word: str, text: str) -> Symbol:
    """The symbol of `text`.

    Raises UsageError for an unknown symbology, KnownError when there is no text, the symbology has no characters
    for it, or it is no number or element string as the symbology wants it.
    """
    symbology = SYMBOLOGIES.get(word)
    if symbology is None:
        raise UsageError("label.unknown-symbol", word, known=", ".join(SYMBOLOGIES))
    if not text:
        raise KnownError("label.nothing-to-encode")
    try:
        text = symbology.written(text)
        rows = symbology.rows(text)
    except ValueError as error:
        raise KnownError("label.cannot-encode", text, symbol=symbology.label) from error
    return Symbol(symbology, text, rows)


def module_dots(symbol: Symbol, width: float, height: float, dpi: int) -> int:
    """How many printer dots one module takes, so that the symbol with its quiet zones fits `width` × `height` mm.

    As large as fits, within the symbology's bounds, always whole: a bar of a fraction of a dot would come out
    wider or narrower than its equals. Raises KnownError with the size that would fit, and with another symbology
    that fits here where there is one.
    """
    per_mm = dpi / MM_PER_INCH
    least = _least_dots(symbol, dpi)
    most = max(least, math.floor(symbol.symbology.most * per_mm))
    room = width if symbol.linear else min(width, height)
    fitting = math.floor(room * per_mm / symbol.modules_with_quiet + 1e-9)
    if fitting >= least:
        return min(fitting, most)
    needs = math.ceil(symbol.modules_with_quiet * least / per_mm * 10 - 1e-9) / 10
    sizes = {"needs": f"{needs:.1f} mm", "room": f"{room:.1f} mm", "symbol": symbol.symbology.label}
    other = next(_others_that_fit(symbol, width, height, dpi), None)
    if other is None:
        raise KnownError("label.symbol-too-wide", symbol.text, **sizes)
    raise KnownError("label.other-symbol-fits", symbol.text, **sizes, other=other.label, word=other.word)


def _least_dots(symbol: Symbol, dpi: int) -> int:
    return math.ceil(symbol.symbology.least * dpi / MM_PER_INCH - 1e-9)


def _others_that_fit(symbol: Symbol, width: float, height: float, dpi: int) -> Iterator[Symbology]:
    """Symbologies that have room for the same text where this one has not."""
    for word in ("gs1-datamatrix",) if symbol.symbology.gs1 else _OTHERS:
        try:
            other = encode(word, symbol.text)
        except KnownError:
            continue
        room = width if other.linear else min(width, height)
        if other.modules_with_quiet * _least_dots(other, dpi) * MM_PER_INCH / dpi <= room:
            yield other.symbology
