"""The demo city's radios: who has which, unit IDs in department blocks, aliases, programming, keys by reference.

Two radios of each few hundred are on the air with one unit ID, as in every real fleet: a fault to be found.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from models.journal.entry import Edit
from models.services.demo import data
from models.services.demo.assets import Placer, Row
from models.services.demo.purchases import Lot

_METRO, _DMR, _LEGACY = "Metro P25", "City Operations DMR", "Legacy 800"
_OPTIONS = "0123456789ABCDEF"
#: Of so many radios, those at these places have a unit ID that another one has.
_CLONED, _CLONES = 400, (12, 90)
_ANTENNA = {"portable": "Whip", "mobile": "Roof, 3 dB", "control": "Roof mast", "repeater": "Tower"}


@dataclass(frozen=True, slots=True)
class Post:
    """A place in the radio plan: the department whose block the unit ID is of, the alias, the model's use.

    `title` is the job title of who carries it, none for what is built in; `turn` which of those people; `place` the
    location; `state` is drawn if it is empty.
    """

    department: str
    alias: str
    use: str
    category: str
    place: str
    title: str = ""
    turn: int = 0
    state: str = ""
    system: str = _METRO


class RadioMaker:
    """Makes the rows of radios, unit after unit, so that the radios of an engine follow each other."""

    def __init__(self, placer: Placer) -> None:
        self._placer = placer
        self._rng = placer.rng
        self._sizes = placer.city.sizes
        self._plan: dict[str, Any] = data.read("radio")
        self._lots: dict[tuple[str, str], tuple[Lot, int]] = {}
        self._mix = {code: data.Mix("Radio", 0, "", "post", 1, (code,)) for code in placer.city.departments}
        # A block is as wide as the next power of ten that the largest department fits into, with a tenth to spare.
        width = 1000
        while width < self._sizes.fire_radios * 1.1:
            width *= 10
        self._next = {code: rank * width + width + 1 for rank, code in enumerate(self._plan["blocks"])}
        self._dmr = 4_100_000
        self._on_air: list[str] = []  # IDs of the last radios in service
        self._made = 0
        self._flashcodes: dict[str, str] = {}
        self._turns: dict[tuple[str, str, int], int] = {}
        signs = placer.rng.randrange(200, 900)
        self._signs = {
            code: f"WQ{'ABCDEFGH'[rank]}{'KLMNPRST'[rank]}{signs + 11 * rank}" for rank, code in enumerate(self._next)
        }

    def edits(self, quota: int) -> Iterator[Edit]:
        """So many radios."""
        for post in islice(self._posts(quota), quota):
            self._made += 1
            yield Edit("asset", next(self._placer.ids), self._radio(post), new=True)

    def _posts(self, quota: int) -> Iterator[Post]:
        """The radio plan. It does not end."""
        sizes = self._sizes
        yield from islice(self._fire(), sizes.fire_radios)
        yield from self._operations()
        yield from islice(self._police(), sizes.police_radios)
        yield from islice(self._crews(), sizes.crew_radios)
        special = self._placer.places.special
        for _ in range(max(2, quota // 60)):
            yield Post("RS", "", "old", "", special["surplus"], state="retired", system=_LEGACY)
        for number in range(1, 2 + quota // 300):
            yield Post("RS", f"SITE {number}", "site", "Repeater", special["second_center"], state="in_service")
        number = 0
        while True:
            number += 1
            if number % 3 == 0:
                yield Post(
                    "RS", f"CACHE {number // 3}", "cache", "Portable radio", special["radio_cache"], state="reserved"
                )
            else:
                yield Post("RS", "", "cache", "Portable radio", special["radio_shop"], state="in_stock")

    def _fire(self) -> Iterator[Post]:
        places = self._placer.places
        # Command cars first, so that no city is too small for them; then station after station.
        apparatus = [each for each in places.vehicles if each.department == "FD"]
        for vehicle in sorted(apparatus, key=lambda each: each.type != "command"):
            for suffix, title in self._plan["crews"][vehicle.type]:
                built_in = not title
                yield Post(
                    "FD",
                    f"{vehicle.short} {suffix}".strip(),
                    ("command" if vehicle.type == "command" else "mobile") if built_in else "fire",
                    "Mobile radio" if built_in else "Portable radio",
                    vehicle.id,
                    title,
                    vehicle.station,
                )
        number = 0
        while True:
            number += 1
            station = places.stations[number % len(places.stations)]
            yield Post("FD", f"FIRE SPARE {number}", "fire", "Portable radio", station, state="in_stock")

    def _operations(self) -> Iterator[Post]:
        special = self._placer.places.special
        for number in range(1, 3 + self._sizes.radios // 120):
            yield Post("EM", f"EOC DESK {number}", "control", "Control station", special["eoc"], state="in_service")
        yield Post("EM", "EOC PORT 1", "em", "Portable radio", special["eoc"], "Emergency Planner", 0, "in_service")

    def _police(self) -> Iterator[Post]:
        places = self._placer.places
        cars = [each for each in places.vehicles if each.type == "patrol"]
        districts = len(places.districts)
        for rank, car in enumerate(cars):
            yield Post("PD", car.short, "police", "Portable radio", places.districts[rank % districts], "Officer", rank)
        for car in cars:
            yield Post("PD", f"{car.short} MOB", "mobile", "Mobile radio", car.id)
        number = 0
        while True:
            number += 1
            yield Post("PD", f"PD SPARE {number}", "police", "Portable radio", places.districts[0], state="in_stock")

    def _crews(self) -> Iterator[Post]:
        for rank, car in enumerate(each for each in self._placer.places.vehicles if each.type == "crew"):
            if rank % 3 == 0:
                yield Post(car.department, car.short, "dmr-mobile", "Mobile radio", car.id, system=_DMR)
            else:
                yield Post(car.department, car.short, "dmr", "Portable radio", car.id, "*", rank, system=_DMR)

    def _lot(self, post: Post) -> Lot:
        """Radios are bought for a department and a use, some dozens at a time."""
        key = (post.department, post.use)
        lot, left = self._lots.get(key, (None, 0))
        if lot is None or not left:
            # What is in the plan is nine years old at most; the radios of the old system are from before it.
            back, span = (16, 3) if post.use == "old" else (9, 9)
            year = self._placer.today.year - back + self._rng.randrange(span)
            day = dt.date(year, 1 + self._rng.randrange(12), 1 + self._rng.randrange(28))
            buyer = self._placer.buyer
            category = post.category or ("Mobile radio" if self._rng.random() < 0.5 else "Portable radio")
            model = buyer.choose(category, year, post.use)
            left = 1 if post.use == "old" else 12 + self._rng.randrange(40)
            lot = buyer.lot(model, self._mix[post.department], day, left, grants=0.45)
        self._lots[key] = lot, left - 1
        return lot

    def _radio(self, post: Post) -> Row:
        lot = self._lot(post)
        state = post.state or self._placer.buyer.state(lot)
        # A post in the plan is manned: what is worn out there was replaced, and its successor is what is listed.
        if not post.state and state in ("retired", "disposed", "in_stock", "reserved"):
            state = "in_service"
        row = self._placer.row(lot, state)
        self._hand_out(post, lot, row, state)
        self._program(post, lot, row)
        if lot.model.secure and post.system == _METRO:
            self._secure(post, row)
        return row

    def _hand_out(self, post: Post, lot: Lot, row: Row, state: str) -> None:
        people = self._placer.people
        row["department"] = self._placer.city.departments[post.department].id
        row["custodian"] = row["assigned_on"] = None
        if state in ("in_service", "in_stock", "reserved", "retired"):
            row["location"] = post.place
        if post.title and state in ("in_service", "lost", "stolen"):
            ranks = people.of[post.department] if post.title == "*" else people.titles[post.department, post.title]
            rank = self._carrier(ranks, post)
            if rank is not None:
                place = row.get("location")
                self._placer.give(row, rank, max(lot.day, self._placer.today - dt.timedelta(days=900)))
                row["location"] = place
        if state in ("in_service", "reserved"):
            self._placer.mark_seen(row)

    def _carrier(self, ranks: range, post: Post) -> int | None:
        """Who carries it: of a station's crews one who works there, if somebody is left."""
        people = self._placer.people
        crews = len(self._placer.places.stations) if post.department == "FD" else 1
        key = (post.department, post.title, post.turn % crews)
        while True:
            turn = self._turns[key] = self._turns.get(key, -1) + 1
            at = post.turn % crews + turn * crews
            if at >= len(ranks):
                return None
            if people.active[ranks[at]]:
                return ranks[at]

    def _program(self, post: Post, lot: Lot, row: Row) -> None:
        model, rng = lot.model, self._rng
        row["radio_type"] = model.type
        row["bands"] = model.bands
        row["system"] = self._placer.city.systems[post.system]
        row["antenna"] = _ANTENNA[model.type]
        if post.alias:
            row["alias"] = post.alias
        if post.system == _DMR:
            self._dmr += 1
            row["dmr_id"] = str(self._dmr)
        else:
            row["unit_id"] = self._unit_id(post, row)
        if post.system == _LEGACY:
            row["mdc_id"] = f"{1 + self._made % 9}{self._made % 1000:03}"
        if model.type in ("control", "repeater"):
            row["call_sign"] = self._signs[post.department]
        if model.maker == "Motorola Solutions" and model.secure:
            row["flashcode"] = self._flashcode(lot)
        words = next(each for start, each in self._plan["firmware"].items() if model.name.startswith(start))
        row["firmware"] = words["now"] if rng.random() < 0.78 else rng.choice(words["before"])
        plugs = self._plan["codeplugs"]["old" if post.system == _LEGACY else post.department]
        row["codeplug"] = plugs.get(model.type) or plugs["portable"]
        row["codeplug_version"] = plugs["version"] if rng.random() < 0.86 else rng.choice(plugs["before"])
        written = self._placer.today - dt.timedelta(days=20 + rng.randrange(500))
        if post.system == _LEGACY:
            written = lot.day + dt.timedelta(days=1900)
        row["last_programmed"] = max(lot.day, written).isoformat()

    def _unit_id(self, post: Post, row: Row) -> str:
        """The next ID of the department's block; for the second of two clones the ID of a radio made before."""
        if self._made % _CLONED in _CLONES and row["status"] == "in_service" and self._on_air:
            return self._on_air.pop(len(self._on_air) // 2)
        number = str(self._next[post.department])
        self._next[post.department] += 1
        if row["status"] == "in_service":
            self._on_air = [*self._on_air[-60:], number]
        return number

    def _secure(self, post: Post, row: Row) -> None:
        rng = self._rng
        row["secure"] = "yes"
        row["algorithm"] = "aes-256"
        row["key_reference"] = {"FD": "CKR 12, 13", "PD": "CKR 21, 22, 23", "EM": "CKR 12, 31"}.get(
            post.department, "CKR 31"
        )
        row["kmf"] = "METRO-KMF-1"
        row["otar"] = "yes" if rng.random() < 0.8 else "no"
        rekeyed = self._placer.today - dt.timedelta(days=5 + rng.randrange(380))
        row["last_rekey"] = rekeyed.isoformat()
        row["next_rekey"] = (rekeyed + dt.timedelta(days=365)).isoformat()

    def _flashcode(self, lot: Lot) -> str:
        """The options that the radios of one order were sold with."""
        order = lot.common["po_number"] or ""
        if order not in self._flashcodes:
            signs = "".join(_OPTIONS[self._rng.randrange(16)] for _ in range(12))
            self._flashcodes[order] = f"{signs[:6]}-{signs[6:]}-{self._rng.randrange(10)}"
        return self._flashcodes[order]
