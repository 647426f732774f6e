"""In which encoding a text file is: by its mark, by being valid UTF-8, else by what its letters would be."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from models.fields.problem import InputError
from models.progress import Progress

#: A larger text file is not read (bytes): two million rows of 25 cells are about 500 MB.
LARGEST_TEXT = 2 * 2**30

_BLOCK = 2**20
#: A line that goes on for so many blocks is no table.
_LONGEST_LINE = 16
#: Lines with letters beyond ASCII are collected up to so many bytes, to judge an encoding by.
_SAMPLE = 64 * 1024

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Bytes that text does not have: control characters but tab, line ends, form feed, end of file and escape.
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27} | {127})
#: What cp1252 has beyond letters and people do type: quotes, dashes, bullets, euro, degree, fractions, section …
_TYPED = frozenset("‘’“”‚„–—•…€™©®°±²³·º¼½¾×÷§¶¿¡«»‹›£¥¢µ´ª†‡\xa0\xad")


@dataclass(frozen=True, slots=True)
class TextFile:
    """The encoding of a file and the number of its lines."""

    encoding: str
    lines: int


def detect(path: Path, progress: Progress) -> TextFile:
    """The encoding and the number of lines, reading the file once in bounded memory.

    Raises InputError: file.not-spreadsheet when it is no text, text.too-big, file.cannot-read; Cancelled.
    """
    try:
        if path.stat().st_size > LARGEST_TEXT:
            raise InputError("text.too-big", path.name, most=f"{LARGEST_TEXT / 2**30:.0f}")
        with path.open("rb") as stream:
            head = stream.read(_BLOCK)
            encoding = next((name for mark, name in _MARKS if head.startswith(mark)), "") or _without_mark(path, head)
            stream.seek(0)
            scan = _Scan(utf8=not encoding)
            while block := stream.read(_BLOCK):
                progress.at("open")
                scan.take(block)
                if scan.long_line > _LONGEST_LINE or (scan.nul and not encoding):
                    raise InputError("file.not-spreadsheet", path.name, what="binary")
            scan.end()
    except OSError as error:
        raise InputError("file.cannot-read", path.name, reason=str(error.strerror)) from error
    return TextFile(encoding or ("utf-8" if scan.utf8 else _eight_bit(scan)), scan.lines)


class _Scan:
    """One reading of the file: is it UTF-8, how many lines, which end, and a sample of its other letters."""

    def __init__(self, *, utf8: bool) -> None:
        self.utf8 = utf8
        self.lines = 1
        self.long_line = 0
        self.nul = False
        self.feeds = 0
        self.sample = bytearray()
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def take(self, block: bytes) -> None:
        """The next block of the file."""
        feeds, returns = block.count(b"\n"), block.count(b"\r")
        self.feeds += feeds
        self.lines += max(feeds, returns)
        self.long_line = 0 if feeds or returns else self.long_line + 1
        self.nul = self.nul or b"\x00" in block
        if self.utf8:
            self._decode(block, final=False)
        if len(self.sample) < _SAMPLE and not block.isascii():
            lines = block.replace(b"\r", b"\n").split(b"\n")
            self.sample += b"\n".join(line for line in lines if not line.isascii())[:_SAMPLE]

    def end(self) -> None:
        """The file is over."""
        if self.utf8:
            self._decode(b"", final=True)

    def _decode(self, block: bytes, *, final: bool) -> None:
        try:
            self._decoder.decode(block, final)
        except UnicodeDecodeError:
            self.utf8 = False


def _without_mark(path: Path, head: bytes) -> str:
    """UTF-16 that says so only by its NULs; nothing for one byte or UTF-8. Raises InputError when it is no text."""
    nuls = head.count(b"\x00")
    if nuls:
        even, odd = head[::2].count(b"\x00"), head[1::2].count(b"\x00")
        if odd > 0.3 * len(head) / 2 and even < 0.02 * len(head):
            return "utf-16-le"
        if even > 0.3 * len(head) / 2 and odd < 0.02 * len(head):
            return "utf-16-be"
        raise InputError("file.not-spreadsheet", path.name, what="binary")
    if len(head) - len(head.translate(None, _CONTROLS)) > 0.005 * len(head):
        raise InputError("file.not-spreadsheet", path.name, what="binary")
    return ""


def _eight_bit(scan: _Scan) -> str:
    """The one-byte encoding whose letters make sense.

    Old Macintosh programs ended lines by CR alone and wrote Mac Roman. Else cp1252, what Windows in this country
    writes, when all it gives are letters and marks that people type; else the best guess of charset-normalizer.
    """
    sample = bytes(scan.sample)
    if not scan.feeds and scan.lines > 1:
        return "mac_roman"
    try:
        odd = [letter for letter in sample.decode("cp1252") if not letter.isascii() and not _usual(letter)]
    except UnicodeDecodeError:
        odd = ["?"]
    if not odd:
        return "cp1252"
    from charset_normalizer import from_bytes

    guess = from_bytes(sample, cp_isolation=["mac_roman", "cp1250", "cp1251", "cp437", "cp850", "shift_jis", "gb18030"])
    best = guess.best()
    return best.encoding if best else "latin-1"


def _usual(letter: str) -> bool:
    return letter in _TYPED or (letter.isalpha() and letter not in "ƒˆþðÞÐªº")
