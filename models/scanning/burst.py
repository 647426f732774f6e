"""Telling a scanner's keys from a person's: by what the scanner types first, else by its speed.

Pure: it is given the texts of keys and when they were pressed, and says which are held back, which were typing after
all, and what was scanned. Who holds the keys themselves is `desktop/scanning/wedge`.
"""

from typing import NamedTuple

from models.scanning.reading import LIMIT
from models.scanning.scanner import End, Scanner

_PREFIXED_GAP = 250
"""After a prefix nobody else types: a slow scanner has so many milliseconds for the next character."""


class Step(NamedTuple):
    """What becomes of the keys that were held back, and then of the one that was pressed.

    Those held back: with `free` they were typing and go their way, with `scan` they are a code and go nowhere. The one
    that was pressed: `hold` keeps it back, `eat` drops it (it ended the scan), else it goes its way.
    """

    free: bool = False
    scan: str | None = None
    hold: bool = False
    eat: bool = False


class Burst:
    """Follows the keys. Times are in milliseconds, of any clock that goes forward."""

    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner
        self._run = ""
        self._last = 0.0
        self._ended: float | None = None

    @property
    def gap(self) -> int:
        """For how long a key is held back while nothing follows."""
        prefixed = bool(self.scanner.prefix) and self._run.startswith(self.scanner.prefix)
        return max(self.scanner.gap, _PREFIXED_GAP) if prefixed else self.scanner.gap

    def press(self, text: str, at: float) -> Step:
        """A key that makes a text was pressed."""
        if not self.scanner.on:
            return Step()
        before = self.lapse() if self._run and at - self._last > self.gap else Step()
        step = self._end(at) if text in self.scanner.end.texts else self._further(text, at)
        return step._replace(free=before.free or step.free, scan=before.scan or step.scan)

    def follows(self, text: str, at: float) -> bool:
        """Whether such a key would be a further one of those that are held back. Asking changes nothing."""
        if not self._run:  # a prefix of control characters is a shortcut to everybody else
            return not text.isprintable() and self._begins(text)
        if at - self._last > self.gap:
            return False
        return self._is_code(self._run) if text in self.scanner.end.texts else self._fits(self._run + text)

    def lapse(self) -> Step:
        """Nothing more came in time: a code that ends with a pause is complete, all else was typing."""
        run, self._run = self._run, ""
        if run and self.scanner.end is End.PAUSE and self._is_code(run):
            return Step(scan=self._code(run))
        return Step(free=bool(run))

    def stop(self) -> Step:
        """Something that no scanner types came in between: what is held was typing."""
        free, self._run = bool(self._run), ""
        return Step(free=free)

    def _end(self, at: float) -> Step:
        if self._run and self._is_code(self._run):
            code, self._run, self._ended = self._code(self._run), "", at
            return Step(scan=code, eat=True)
        if not self._run and self._ended is not None and 0 <= at - self._ended <= self.scanner.gap:
            return Step(eat=True)  # the line feed after a carriage return: of the scan that was, too
        self._ended = None
        return self.stop()

    def _further(self, text: str, at: float) -> Step:
        self._ended = None
        free = False
        if not self._fits(self._run + text):
            free = self.stop().free
        if not (self._run or self._begins(text)):
            return Step(free=free)
        self._run += text
        self._last = at
        return Step(free=free, hold=True)

    def _begins(self, text: str) -> bool:
        """Whether a scan may begin so. Control characters are of people's shortcuts, unless they are the prefix."""
        return self._fits(text) and (text.isprintable() or bool(self.scanner.prefix))

    def _fits(self, run: str) -> bool:
        """Whether a scan may begin so."""
        prefix = self.scanner.prefix
        return len(run) <= LIMIT + len(prefix) and (run.startswith(prefix) or prefix.startswith(run))

    def _is_code(self, run: str) -> bool:
        if self.scanner.prefix:
            return run.startswith(self.scanner.prefix) and self._code(run) != ""
        return len(self._code(run)) >= self.scanner.least

    def _code(self, run: str) -> str:
        code = run.removeprefix(self.scanner.prefix)
        return code.removesuffix(self.scanner.suffix) if self.scanner.suffix else code
