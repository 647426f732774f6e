"""Which known names a name may be meant for: "Dell Inc." is Dell, "Eng 7" is Engine 7, "APX8000" is APX 8000.

Numbers are never near each other: Engine 7 is not Engine 17, and Latitude 5440 not Latitude 5450.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

#: What companies add to their names.
_ADDED = "inc incorporated llc llp ltd limited corp corporation co company gmbh ag plc sa srl bv nv oy ab the and"
_LEGAL = frozenset(_ADDED.split())
#: What people shorten, as cities write it.
_SHORT = {
    "dept": "department",
    "dpt": "department",
    "div": "division",
    "eng": "engine",
    "engr": "engineering",
    "batt": "battalion",
    "bn": "battalion",
    "med": "medic",
    "amb": "ambulance",
    "trk": "truck",
    "lad": "ladder",
    "resc": "rescue",
    "sta": "station",
    "stn": "station",
    "bldg": "building",
    "fl": "floor",
    "flr": "floor",
    "rm": "room",
    "ste": "suite",
    "hq": "headquarters",
    "pd": "police department",
    "fd": "fire department",
    "pw": "public works",
    "dpw": "department public works",
    "hr": "human resources",
    "veh": "vehicle",
    "whse": "warehouse",
    "ctr": "center",
    "centre": "center",
    "ave": "avenue",
    "mt": "mount",
    "intl": "international",
    "tech": "technologies",
    "sys": "systems",
    "comm": "communications",
    "comms": "communications",
    "mgmt": "management",
    "svc": "services",
    "svcs": "services",
    "admin": "administration",
}
_Words = tuple[str, ...]
_PARTS = re.compile(r"[a-z]+|\d+")
#: How alike names must be, of 100, to be offered; people's names differ by less.
ALIKE, ALIKE_PEOPLE = 86, 93
#: Fewer letters than that say too little.
_SHORTEST = 4
#: More letters than that are no name, and cost much to compare.
_LONGEST = 250


@lru_cache(maxsize=50_000)
def _parts(name: str) -> tuple[_Words, _Words]:
    """The words of a name, written out, without what companies add; and its numbers, without leading zeros."""
    text = unicodedata.normalize("NFKD", name.casefold())
    text = "".join(mark for mark in text if not unicodedata.combining(mark))
    words: list[str] = []
    numbers: list[str] = []
    for part in _PARTS.findall(text.replace("'", "").replace(".", " ")):
        if part.isdigit():
            numbers.append(part.lstrip("0") or "0")
        else:
            words.extend(_SHORT.get(part, part).split())
    kept = [word for word in words if word not in _LEGAL] or words
    return tuple(kept), tuple(numbers)


class NearNames:
    """Known names, to find those that another one is much like."""

    def __init__(self, names: Iterable[str], *, people: bool = False) -> None:
        """`people`: the names are those of persons, of whom many are called nearly the same."""
        self._least = ALIKE_PEOPLE if people else ALIKE
        self._by_numbers: dict[_Words, dict[str, list[str]]] = defaultdict(dict)
        self._squeezed: dict[tuple[_Words, str], list[str]] = defaultdict(list)
        self._by_word: dict[tuple[_Words, int, int, str], list[_Words]] = defaultdict(list)
        for name in names:
            if len(name) > _LONGEST:
                continue
            words, numbers = _parts(name)
            form = " ".join(words)
            known = self._by_numbers[numbers]
            if form not in known:
                self._squeezed[numbers, form.replace(" ", "")].append(form)
                for at, word in enumerate(words):
                    self._by_word[numbers, len(words), at, word].append(words)
            known.setdefault(form, []).append(name)

    def find(self, name: str, most: int = 3, least: int | None = None) -> list[str]:
        """The names that this one is much like, the likeliest first; `least` of 100. Never the name itself."""
        from rapidfuzz import fuzz, process  # needed for unknown names only, and not at each start

        words, numbers = _parts(name) if len(name) <= _LONGEST else ((), ())
        known = self._by_numbers.get(numbers)
        if not known or not words:
            return []
        form = " ".join(words)
        scored = dict.fromkeys(self._squeezed.get((numbers, form.replace(" ", "")), ()), 99.0)
        scored.update({form: 100.0} if form in known else {})
        scored.update(dict.fromkeys(self._shortened(words, numbers), 95.0))
        found = process.extract(
            form, known.keys(), scorer=fuzz.ratio, score_cutoff=least or self._least, limit=most + 1
        )
        for other, score, _ in found:
            if min(len(form), len(other)) >= _SHORTEST:
                scored.setdefault(other, score)
        best = sorted(scored, key=lambda other: -scored[other])
        return [each for other in best for each in known[other] if each != name][:most]

    def _shortened(self, words: _Words, numbers: _Words) -> Iterator[str]:
        """Names of which each word begins the other's in its place, one word being the same: J Ruiz, Juan Ruiz."""
        for at, word in enumerate(words):
            for others in self._by_word.get((numbers, len(words), at, word), ()):
                pairs = zip(words, others, strict=True)
                if all(mine.startswith(theirs) or theirs.startswith(mine) for mine, theirs in pairs):
                    yield " ".join(others)
