"""Barcode symbols: text becomes dark and light modules, and modules become whole printer dots.

Code 128 (ISO/IEC 15417) and Code 39 (ISO/IEC 16388) are encoded by python-barcode, QR Code (ISO/IEC 18004) and
Data Matrix (ISO/IEC 16022) by zxing-cpp.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from barcode.charsets import code39
from barcode.codex import Code39, Code128

from models.fields.problem import KnownError, UsageError

MM_PER_INCH = 25.4

#: python-barcode makes an SVG writer for each symbol unless it is given one; none is used here.
_NO_WRITER = object()

#: What Code 39 has: digits, capitals and a few marks.
_CODE39 = frozenset(code39.REF)

_DARK = re.compile("1+")


@dataclass(frozen=True, slots=True)
class Symbology:
    """A sort of symbol and its sizes.

    `quiet` is the empty zone on each side, in modules. `least` and `most` bound the width of one module in
    millimetres: below the least, common hand scanners fail; above the most, the symbol only takes room.
    """

    word: str
    label: str
    rows: Callable[[str], tuple[str, ...]]
    quiet: int
    least: float
    most: float


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


class _Code128(Code128):  # type: ignore[misc]  # python-barcode has no types
    """Code 128 as python-barcode encodes it, but with digits "99" at the start kept.

    python-barcode 0.16 begins in subset C and drops a switch of subset that follows at once; the digits 99 have
    the same code word as the switch to C and were dropped as well, so that "9912" became a symbol for "12".
    """

    def _try_to_optimize(self, encoded: list[int]) -> list[int]:
        if self.code.startswith("99"):
            return encoded
        shorter: list[int] = super()._try_to_optimize(encoded)
        return shorter


def _code128(text: str) -> tuple[str, ...]:
    if not text.isascii() or not text.isprintable():
        # Subset A has the control characters, but a scanner that acts as a keyboard cannot type them.
        raise ValueError(text)
    return (_Code128(text, writer=_NO_WRITER).build()[0],)


def _code39(text: str) -> tuple[str, ...]:
    if not set(text) <= _CODE39:
        # Lower-case letters too: python-barcode would print capitals, which is another text.
        raise ValueError(text)
    return (Code39(text, writer=_NO_WRITER, add_checksum=False).build()[0],)


def _qr(text: str) -> tuple[str, ...]:
    return _matrix("QRCode", text, ec_level="M")


def _datamatrix(text: str) -> tuple[str, ...]:
    return _matrix("DataMatrix", text)


def _matrix(name: str, text: str, **options: str) -> tuple[str, ...]:
    import zxingcpp  # a native library that most runs do without

    if not text.isprintable():
        raise ValueError(text)
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat[name], **options)
    image: Any = barcode.to_image(scale=1, add_quiet_zones=False)
    width = image.shape[1]
    modules = "".join("0" if light else "1" for light in bytes(image))
    return tuple(modules[start : start + width] for start in range(0, len(modules), width))


SYMBOLOGIES = {
    symbology.word: symbology
    for symbology in (
        Symbology("code128", "Code 128", _code128, quiet=10, least=0.165, most=0.34),
        Symbology("code39", "Code 39", _code39, quiet=10, least=0.165, most=0.34),
        Symbology("qr", "QR Code", _qr, quiet=4, least=0.24, most=0.64),
        Symbology("datamatrix", "Data Matrix", _datamatrix, quiet=1, least=0.19, most=0.64),
    )
}
"""The sorts of symbols by their word. 0.165 mm (6.5 mil) is two dots at 300 dpi."""


def encode(word: str, text: str) -> Symbol:
    """The symbol of `text`.

    Raises UsageError for an unknown symbology, KnownError when there is no text or the symbology has no
    characters for it.
    """
    symbology = SYMBOLOGIES.get(word)
    if symbology is None:
        raise UsageError("label.unknown-symbol", word, known=", ".join(SYMBOLOGIES))
    if not text:
        raise KnownError("label.nothing-to-encode")
    try:
        rows = symbology.rows(text)
    except ValueError as error:
        raise KnownError("label.cannot-encode", text, symbol=symbology.label) from error
    return Symbol(symbology, text, rows)


def module_dots(symbol: Symbol, width: float, height: float, dpi: int) -> int:
    """How many printer dots one module takes, so that the symbol with its quiet zones fits `width` × `height` mm.

    As large as fits, within the symbology's bounds, always whole: a bar of a fraction of a dot would come out
    wider or narrower than its equals. Raises KnownError with the size that would fit.
    """
    per_mm = dpi / MM_PER_INCH
    least = math.ceil(symbol.symbology.least * per_mm)
    most = max(least, math.floor(symbol.symbology.most * per_mm))
    room = width if symbol.linear else min(width, height)
    fitting = math.floor(room * per_mm / symbol.modules_with_quiet + 1e-9)
    if fitting < least:
        needs = math.ceil(symbol.modules_with_quiet * least / per_mm * 10 - 1e-9) / 10
        raise KnownError("label.symbol-too-wide", symbol.text, needs=f"{needs:.1f} mm", room=f"{room:.1f} mm")
    return min(fitting, most)
