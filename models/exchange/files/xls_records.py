"""Errors and telling number formats of an .xls, read from its records (MS-XLS) in a stream of a compound file (MS-CFB).

See `shown` for why.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from models.exchange.files.shown import ERRORS, MOST_CORRECTIONS, UNKNOWN_ERROR, Correction, form_of

_FREE = 0xFFFFFFFA  # sector numbers from here on are marks
_SMALL = 4096
_PLACE = struct.Struct("<HHH")
_HEAD = struct.Struct("<HH")
_FORMULA, _EOF, _SHEET, _MULTIPLE, _XF = 0x0006, 0x000A, 0x0085, 0x00BD, 0x00E0
_NUMBER, _BOOL_OR_ERROR, _SHORT_NUMBER, _FORMAT, _BEGIN = 0x0203, 0x0205, 0x027E, 0x041E, 0x0809
_BIFF8 = b"\x00\x06"
#: Formats 0 to 163 are built in, and none of them is told.
_FIRST_OWN_FORMAT = 164


def corrections(path: Path, index: int) -> list[Correction]:
    """The cells of the sheet with that number whose text is not what calamine gives."""
    try:
        stream = _workbook(path.read_bytes())
        begin, forms = _globals(stream, index)
        found: list[Correction] = []
        for correction in _cells(stream, begin, forms):
            found.append(correction)
            if len(found) > MOST_CORRECTIONS:
                return []
    except (struct.error, IndexError, ValueError, OSError):
        return []
    return found


def _workbook(data: bytes) -> bytes:
    """The stream that holds the workbook. Raises ValueError, IndexError, struct.error."""
    (shift, small_shift) = struct.unpack_from("<HH", data, 30)
    (fat_count, first_directory) = struct.unpack_from("<II", data, 44)
    (first_small, _, first_more) = struct.unpack_from("<III", data, 60)
    size = 1 << shift
    if shift not in (9, 12) or small_shift != 6:
        raise ValueError("not the sectors of a compound file")

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    def numbers(block: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])

    fat_count = min(fat_count, len(data) // size)
    places = list(numbers(data[76:512]))
    while first_more < _FREE and len(places) < fat_count:
        more = numbers(sector(first_more))
        places += more[:-1]
        first_more = more[-1]
    table = [number for place in places[:fat_count] if place < _FREE for number in numbers(sector(place))]

    def chain(first: int, following: list[int]) -> Iterator[int]:
        for _ in range(len(following)):
            if first >= _FREE:
                return
            yield first
            first = following[first]

    directory = b"".join(map(sector, chain(first_directory, table)))
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    for entry in entries:
        (length,) = struct.unpack_from("<H", entry, 64)
        if entry[: max(length - 2, 0)].decode("utf-16-le", "replace") in ("Workbook", "Book"):
            first, total = struct.unpack_from("<II", entry, 116)
            if total >= _SMALL:
                return b"".join(map(sector, chain(first, table)))[:total]
            small = b"".join(map(sector, chain(struct.unpack_from("<I", entries[0], 116)[0], table)))
            smaller = [n for place in chain(first_small, table) for n in numbers(sector(place))]
            return b"".join(small[at * 64 : at * 64 + 64] for at in chain(first, smaller))[:total]
    raise ValueError("no workbook in the compound file")


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """The records of a substream, as (number, where its body begins, length), without those of charts inside it."""
    depth, end = 0, len(stream) - 4
    while at <= end:
        number, length = _HEAD.unpack_from(stream, at)
        at += 4
        if number == _BEGIN:
            depth += 1
        elif number == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield number, at, length
        at += length


def _globals(stream: bytes, index: int) -> tuple[int, dict[int, str]]:
    """Where the sheet begins, and the forms of the cell styles that have one."""
    sheets: list[int] = []
    codes: dict[int, str] = {}
    styles: list[int] = []
    new = stream[4:6] == _BIFF8  # older ones write the codes of formats in another way
    for number, at, length in _records(stream, 0):
        if number == _SHEET:
            sheets.append(struct.unpack_from("<I", stream, at)[0])
        elif number == _FORMAT and new:
            key, letters, wide = struct.unpack_from("<HHB", stream, at)
            text = stream[at + 5 : at + length]
            codes[key] = (text.decode("utf-16-le", "replace") if wide & 1 else text.decode("latin-1"))[:letters]
        elif number == _XF:
            styles.append(struct.unpack_from("<H", stream, at + 2)[0])
    forms = {
        style: form
        for style, key in enumerate(styles)
        if key >= _FIRST_OWN_FORMAT and (form := form_of(codes.get(key, "")))
    }
    return sheets[index], forms


def _cells(stream: bytes, begin: int, forms: dict[int, str]) -> Iterator[Correction]:
    wanted = {_FORMULA, _BOOL_OR_ERROR}
    if forms:
        wanted |= {_NUMBER, _SHORT_NUMBER, _MULTIPLE}
    for number, at, length in _records(stream, begin):
        if number not in wanted:
            continue
        row, column, style = _PLACE.unpack_from(stream, at)
        if number == _MULTIPLE:  # row, first column, then (style, number) for each cell
            for place in range((length - 6) // 6):
                form = forms.get(struct.unpack_from("<H", stream, at + 4 + 6 * place)[0])
                if form:
                    yield row, column + place, form
        elif number == _BOOL_OR_ERROR and stream[at + 7]:
            yield row, column, ERRORS.get(stream[at + 6], UNKNOWN_ERROR)
        elif number == _FORMULA and stream[at + 12 : at + 14] == b"\xff\xff":
            if stream[at + 6] == 2:
                yield row, column, ERRORS.get(stream[at + 8], UNKNOWN_ERROR)
        elif style in forms and number != _BOOL_OR_ERROR:
            yield row, column, forms[style]
