"""Symbols that a ZPL printer draws by itself, told so that they come out exactly as they were laid out."""

import re

from barcode.charsets.code128 import CODES

from models.labels.gs1 import SEPARATOR, plain
from models.labels.symbols import Symbol

_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 ./-")

_WORDS: dict[str, int] = {pattern: word for word, pattern in enumerate(CODES)}
_WORD = 11
"""Modules of a code word of Code 128; the stop has 13."""
_STARTS = {103: ">9", 104: ">:", 105: ">;"}
#: Code words that ZPL invokes by ">" and a character, in all subsets that have them.
_INVOKED = {30: ">0", 62: "><", 94: ">=", 95: ">1", 96: ">2", 97: ">3", 98: ">4"}
_SWITCH = {"A": {99: "C", 100: "B"}, "B": {99: "C", 101: "A"}, "C": {100: "B", 101: "A"}}
_TO = {"A": ">7", "B": ">6", "C": ">5"}
_FNC1, _FNC1_TOLD = 102, ">8"

#: Data codewords of QR Code versions 1 to 10 at error level M (ISO/IEC 18004, table 7).
_QR_M = (16, 28, 44, 64, 86, 108, 124, 154, 182, 216)
_LARGEST_MODULE = 10
"""Dots that a module of bars or of QR Code may have (^BY, ^BQ)."""
#: Data codewords of square Data Matrix symbols by their modules on a side (ISO/IEC 16022, table 7).
_MATRIX = {10: 3, 12: 5, 14: 8, 16: 12, 18: 18, 20: 22, 22: 30, 24: 36, 26: 44, 32: 62, 36: 86, 40: 114, 44: 144}
_PAIRS = re.compile("[0-9]{2}|.", re.DOTALL)


def field_data(text: str) -> str:
    """^FD with a text as data, for use behind ^FH: all but plain characters in hexadecimal, as UTF-8."""
    return "^FD" + "".join(c if c in _PLAIN else "".join(f"_{byte:02X}" for byte in c.encode()) for c in text)


def native_symbol(symbol: Symbol, module: int, height: int, way: str) -> str | None:
    """The field of a symbol (from ^BY to ^FS), or None where it must be drawn as a picture.

    `module` is the width of a module in dots, `height` that of the bars, `way` the orientation.
    """
    if module > _LARGEST_MODULE and (symbol.linear or symbol.symbology.word == "qr"):
        return None
    match symbol.symbology.word:
        case "code128" | "gs1-128":
            return _code128(symbol, module, height, way)
        case "code39":
            return f"^BY{module},3.0,{height}^B3{way},N,{height},N,N^FH{field_data(symbol.text)}^FS"
        case "itf":
            return f"^BY{module},3.0,{height}^B2{way},{height},N,N,N^FD{symbol.text}^FS"
        case "ean13":
            return f"^BY{module},3.0,{height}^BE{way},{height},N,N^FD{symbol.text[:-1]}^FS"
        case "upca":
            return f"^BY{module},3.0,{height}^BU{way},{height},N,N,N^FD{symbol.text[:-1]}^FS"
        case "qr":
            return _qr(symbol, module)
        case "datamatrix" | "gs1-datamatrix":
            return _data_matrix(symbol, module, way)
    return None


def _code128(symbol: Symbol, module: int, height: int, way: str) -> str:
    """The very code words that were laid out, invoked one by one, so that no printer chooses wider ones."""
    told = code128_data(symbol.rows[0])
    return f"^BY{module},3.0,{height}^BC{way},{height},N,N,N,N^FH{told}^FS"


def code128_data(row: str) -> str:
    """^FD with the code words that the modules of a Code 128 symbol stand for, the check word left to the printer."""
    words = [_WORDS[row[at : at + _WORD]] for at in range(0, len(row) - 13, _WORD)][:-1]
    subset = {103: "A", 104: "B", 105: "C"}[words[0]]
    told = [_STARTS[words[0]]]
    for word in words[1:]:
        if word == _FNC1:
            told.append(_FNC1_TOLD)
        elif into := _SWITCH[subset].get(word):
            subset = into
            told.append(_TO[into])
        elif subset == "C":
            told.append(f"{word:02}")
        else:
            told.append(_INVOKED.get(word) or field_data(chr(32 + word)).removeprefix("^FD"))
    return "^FD" + "".join(told)


def _qr(symbol: Symbol, module: int) -> str | None:
    """The printer chooses mode and version: its own where even the widest mode, bytes, has the version laid out.

    Printers put the symbol lower by the height of ^BY, so that is one dot.
    """
    version = (symbol.modules - 17) // 4
    if version > 9 or not symbol.text.isascii():
        return None
    if len(symbol.text) + 2 > _QR_M[version - 1]:
        return None
    if version > 1 and _least_qr_bits(symbol.text) <= _QR_M[version - 2] * 8:
        return None
    return f"^BY{module},3.0,1^BQN,2,{module}^FH^FDMA,{field_data(symbol.text).removeprefix('^FD')}^FS"


def _least_qr_bits(text: str) -> int:
    """The fewest bits that a text takes in one mode; a printer could choose a smaller version from fewer."""
    if text.isdigit():
        return 14 + (len(text) * 10 + 2) // 3
    if set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"):
        return 13 + (len(text) * 11 + 1) // 2
    return 12 + len(text) * 8


def _data_matrix(symbol: Symbol, module: int, way: str) -> str | None:
    """Its size is told; where plain ASCII encodation fits it, whatever a printer chooses does.

    The escape character is one that the text has not, so that nothing of it is taken for an escape; with it, FNC1 of
    a GS1 element string is told.
    """
    gs1 = symbol.symbology.gs1
    text = SEPARATOR + plain(symbol.text) if gs1 else symbol.text
    capacity = _MATRIX.get(symbol.modules, 0) if symbol.modules == len(symbol.rows) else 0
    escape = next((c for c in "|#@!" if c not in text), None)
    if not text.isascii() or _ascii_words(text) > capacity or escape is None:
        return None
    told = field_data(text.replace(SEPARATOR, f"{escape}1"))
    return f"^BX{way},{module},200,{symbol.modules},{symbol.modules},6,{escape}^FH{told}^FS"


def _ascii_words(text: str) -> int:
    """Code words of ASCII encodation: one for two digits or for another character (ISO/IEC 16022, 5.2.3)."""
    return len(_PAIRS.findall(text))
