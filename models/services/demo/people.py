"""The people of the demo city. All are invented: no name of the lists is chosen after a person."""

import datetime as dt
import random
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterator

from models.fields.ids import new_ids
from models.journal.entry import Edit
from models.services.demo import data
from models.services.demo.city import City
from models.services.demo.identities import Mixed, phone
from models.services.demo.places import Places

#: Of a thousand people so many have left, and still stand in the list.
_LEFT = 25


class People:
    """Everybody who works for the city, by rank in one list, department after department, each by job title."""

    def __init__(self, city: City, places: Places, today: dt.date, rng: random.Random) -> None:
        """`places` must hold what people can work in."""
        self.ids: list[str] = []
        self.usernames: list[str] = []
        self.departments: list[str] = []
        """Codes of their departments."""
        self.places: list[str] = []
        self.active = bytearray()
        self.titles: dict[tuple[str, str], range] = {}
        """Who has a job title in a department."""
        self.of: dict[str, range] = {}
        """Who is in a department."""
        self._city = city
        self._today = today
        self._rng = rng
        self._titles: list[str] = []
        self._names = array("L")
        self._given: list[str] = data.read("names")["given"]
        self._family: list[str] = data.read("names")["family"]
        self._plain_given = [_plain(name) for name in self._given]
        self._plain_family = [_plain(name) for name in self._family]
        shares = _parts(city.sizes.people, [each.seed.share for each in city.departments.values()])
        for (code, department), count in zip(city.departments.items(), shares, strict=True):
            self._hire(code, department.seed, max(count, 2))
        self._name_them()
        self._seat_them(places)

    @property
    def heads(self) -> dict[str, str]:
        """Who leads each department."""
        return {code: self.ids[ranks[0]] for code, ranks in self.of.items()}

    def edits(self) -> Iterator[Edit]:
        """Their rows."""
        rng = self._rng
        numbers = Mixed(rng, len(self.ids))
        badges = Mixed(rng, len(self.ids))
        heads = self.heads
        for rank, row in enumerate(self.ids):
            code = self.departments[rank]
            given, family = self._name(rank)
            start = self._today - dt.timedelta(days=60 + int(9000 * rng.random()))
            end = None if self.active[rank] else self._today - dt.timedelta(days=1 + int(59 * rng.random()))
            uniformed = code in ("PD", "FD")
            patch = {
                "name": f"{self._given[given]} {self._family[family]}",
                "given_name": self._given[given],
                "family_name": self._family[family],
                "email": f"{self._plain_given[given]}.{self._plain_family[family]}@{self._city.domain}",
                "username": self.usernames[rank],
                "employee_number": f"{10001 + next(numbers)}",
                "badge": f"{code[0]}{1001 + next(badges)}" if uniformed else None,
                "title": self._titles[rank],
                "department": self._city.departments[code].id,
                "location": self.places[rank],
                "manager": heads[code] if heads[code] != row else None,
                "phone": f"{phone(list(self.of).index(code))};ext={20001 + rank}",
                "active": "yes" if self.active[rank] else "no",
                "starts_on": start.isoformat(),
                "ends_on": end.isoformat() if end else None,
            }
            yield Edit("person", row, patch, new=True)

    def _hire(self, code: str, seed: data.DepartmentSeed, count: int) -> None:
        first = len(self.ids)
        titles = [seed.head]
        for (title, _), number in zip(seed.titles, _parts(count - 1, [each for _, each in seed.titles]), strict=True):
            self.titles[code, title] = range(first + len(titles), first + len(titles) + number)
            titles += [title] * number
        self.of[code] = range(first, first + len(titles))
        self.titles[code, seed.head] = range(first, first + 1)
        self._titles += titles
        self.ids += new_ids(len(titles))
        self.departments += [code] * len(titles)
        # Heads of departments do not leave: the tree of managers ends with them.
        self.active += bytes([1, *(self._rng.randrange(1000) >= _LEFT for _ in titles[1:])])

    def _name_them(self) -> None:
        order = Mixed(self._rng, len(self._given) * len(self._family))
        taken: Counter[str] = Counter()
        for rank in range(len(self.ids)):
            self._names.append(next(order))
            given, family = self._name(rank)
            login = (self._plain_given[given][0] + self._plain_family[family])[:16]
            taken[login] += 1
            self.usernames.append(login if taken[login] == 1 else f"{login}{taken[login]}")

    def _name(self, rank: int) -> tuple[int, int]:
        return divmod(self._names[rank], len(self._family))

    def _seat_them(self, places: Places) -> None:
        for code, ranks in self.of.items():
            rooms = places.rooms[code] or places.rooms["IT"]
            for rank in ranks:
                self.places.append(rooms[rank % len(rooms)])
        # Crews work at the stations in turn, title by title, so that each station has all titles.
        for title in ("Captain", "Lieutenant", "Driver/Engineer", "Firefighter", "Paramedic", "Battalion Chief"):
            for turn, rank in enumerate(self.titles["FD", title]):
                self.places[rank] = places.stations[turn % len(places.stations)]
        for title in ("Sergeant", "Officer"):
            for turn, rank in enumerate(self.titles["PD", title]):
                self.places[rank] = places.districts[turn % len(places.districts)]


def _plain(name: str) -> str:
    """The name in the letters of an address: "Zoë" is "zoe"."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if sign.isascii() and sign.isalpha()).lower()


def _parts(total: int, weights: list[int]) -> list[int]:
    """The total in parts by weight, which add up to it."""
    whole, done, parts, seen = sum(weights), 0, [], 0
    for weight in weights:
        seen += weight
        parts.append(round(total * seen / whole) - done)
        done += parts[-1]
    return parts
