"""Text becomes rows of modules, "1" dark and "0" light: one row for bars, many for a matrix.

Bars are encoded by python-barcode, QR Code (ISO/IEC 18004) and Data Matrix (ISO/IEC 16022) by zxing-cpp. Each
function raises ValueError for a text that its symbology has no characters for; KnownError where it can say more.
"""

from typing import Any

from barcode.charsets import code39 as _code39_set
from barcode.codex import Code39, Code128
from barcode.ean import EuropeanArticleNumber13
from barcode.itf import ITF
from barcode.upc import UniversalProductCodeA

from models.fields.problem import KnownError
from models.labels.gs1 import SEPARATOR, plain

Rows = tuple[str, ...]

#: python-barcode makes an SVG writer for each symbol unless it is given one; none is used here.
_NO_WRITER = object()

#: What Code 39 has: digits, capitals and a few marks.
_CODE39 = frozenset(_code39_set.REF)

#: What python-barcode takes for FNC1.
_FNC1 = "\xf1"


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

    def _is_char_fnc1_char(self, char: str) -> bool:
        return char == _FNC1


def code128(text: str) -> Rows:
    """Code 128 (ISO/IEC 15417) of printable ASCII."""
    if not text.isascii() or not text.isprintable():
        # Subset A has the control characters, but a scanner that acts as a keyboard cannot type them.
        raise ValueError(text)
    return (_Code128(text, writer=_NO_WRITER).build()[0],)


def gs1_128(text: str) -> Rows:
    """Code 128 of a GS1 element string: FNC1 at the start, and after each element of open length but the last."""
    return (_Code128(_FNC1 + plain(text).replace(SEPARATOR, _FNC1), writer=_NO_WRITER).build()[0],)


def code39(text: str) -> Rows:
    """Code 39 (ISO/IEC 16388)."""
    if not set(text) <= _CODE39:
        # Lower-case letters too: python-barcode would print capitals, which is another text.
        raise ValueError(text)
    return (Code39(text, writer=_NO_WRITER, add_checksum=False).build()[0],)


def itf(text: str) -> Rows:
    """Interleaved 2 of 5 (ISO/IEC 16390), wide bars three times as wide as narrow ones."""
    digits = _digits(text)
    if len(digits) % 2:
        # python-barcode would put a 0 before it, which is another text.
        raise KnownError("label.itf-odd", text)
    return (ITF(digits, writer=_NO_WRITER, narrow=1, wide=3).build()[0],)


def ean13(text: str) -> Rows:
    """EAN-13 (ISO/IEC 15420)."""
    return (EuropeanArticleNumber13(text[:12], writer=_NO_WRITER).build()[0],)


def upca(text: str) -> Rows:
    """UPC-A (ISO/IEC 15420)."""
    return (UniversalProductCodeA(text[:11], writer=_NO_WRITER).build()[0],)


def ean13_number(text: str) -> str:
    """The number with its check digit, which may be left out. Raises KnownError("label.check-digit"), ValueError."""
    return _checked(text, 13)


def upca_number(text: str) -> str:
    """The number with its check digit, which may be left out. Raises KnownError("label.check-digit"), ValueError."""
    return _checked(text, 12)


def qr(text: str) -> Rows:
    """QR Code, level M."""
    return _matrix("QRCode", text, ec_level="M")


def datamatrix(text: str) -> Rows:
    """Data Matrix ECC 200, always square: the oblong ones are long and few scanners know all of them."""
    return _matrix("DataMatrix", text, force_square=True)


def gs1_datamatrix(text: str) -> Rows:
    """A square Data Matrix of a GS1 element string."""
    plain(text)
    return _matrix("DataMatrix", text, gs1=True, force_square=True)


def _checked(text: str, length: int) -> str:
    """Digits with a check digit, by weights 1 and 3 from the right (GS1 General Specifications, 7.9)."""
    digits = _digits(text)
    if len(digits) not in (length - 1, length):
        raise KnownError("label.wrong-length", text, length=str(length), without=str(length - 1))
    total = sum(int(digit) * (1 if at % 2 else 3) for at, digit in enumerate(reversed(digits[: length - 1])))
    check = str(-total % 10)
    if len(digits) == length and digits[-1] != check:
        raise KnownError("label.check-digit", text, check=check)
    return digits[: length - 1] + check


def _digits(text: str) -> str:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return text


def _matrix(name: str, text: str, **options: str | bool) -> Rows:
    import zxingcpp  # a native library that most runs do without

    if not text.isprintable():
        raise ValueError(text)
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat[name], **options)
    image: Any = barcode.to_image(scale=1, add_quiet_zones=False)
    width = image.shape[1]
    modules = "".join("0" if light else "1" for light in bytes(image))
    return tuple(modules[start : start + width] for start in range(0, len(modules), width))
