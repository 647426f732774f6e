"""Where the demo city's devices are and who has them: what rows of all kinds of asset have in common."""

import datetime as dt
import random

from models.services.demo import data
from models.services.demo.city import City
from models.services.demo.identities import Macs, Mixed, Serials, row_ids
from models.services.demo.people import People
from models.services.demo.places import Places, Vehicle
from models.services.demo.purchases import Buyer, Lot
from models.services.demo.tags import WIDTH, prefix

Row = dict[str, str | None]
_WORDS = {"in_repair": "Waiting for parts.", "broken": "Does not start.", "lost": "Reported lost by its holder."}
_SOLD = ("Auction", "Auction", "Recycled", "Recycled", "Traded in", "Destroyed")


class Placer:
    """Gives each device a tag, a serial number, a state, a place and a holder."""

    def __init__(
        self, city: City, places: Places, people: People, buyer: Buyer, today: dt.date, rng: random.Random
    ) -> None:
        self.city = city
        self.places = places
        self.people = people
        self.buyer = buyer
        self.today = today
        self.rng = rng
        self.ids = row_ids()
        self.serials = Serials(rng)
        self.macs = Macs()
        self.ouis: dict[str, str] = {each["name"]: each.get("oui", "") for each in data.read("models")["makers"]}
        self.tags = {"hardware": 0, "mobile": 0, "radio": 0}
        """How many tags each kind of asset has so far."""
        self._holders: dict[str, Mixed] = {}
        self._ids = {code: department.id for code, department in city.departments.items()}
        self._rooms = Mixed(rng, len(places.all_rooms))
        self._vehicles: dict[str, list[Vehicle]] = {}
        moments = [
            dt.datetime.combine(today, dt.time(13)) - dt.timedelta(minutes=rng.randrange(5, 4300)) for _ in range(900)
        ]
        stale = [
            dt.datetime.combine(today, dt.time(13)) - dt.timedelta(minutes=rng.randrange(130_000, 600_000))
            for _ in range(50)
        ]
        self._seen = [f"{moment.isoformat()}Z" for moment in (*moments, *stale)]
        self._counted = [(today - dt.timedelta(days=days)).isoformat() for days in (48, 49, 50, 51, 228, 229, 415)]

    def tag(self, kind: str) -> str:
        """The next asset tag of a kind: "R-004471"."""
        self.tags[kind] += 1
        return f"{prefix(kind)}{self.tags[kind]:0{WIDTH}}"

    def row(self, lot: Lot, state: str = "") -> Row:
        """A device of a lot: what all kinds have in common. The state is drawn unless it is given."""
        state = state or self.buyer.state(lot)
        row = lot.common.copy()
        row["tag"] = self.tag(lot.model.kind)
        row["serial"] = self.serials.next(lot.model.serial)
        if lot.old_tags:
            # What was tagged before Muster came has its old label, too.
            row["other_barcode"] = f"COL{lot.day.year % 100:02}{self.tags[lot.model.kind]:06}"
        row["condition"] = self._condition(lot.age, state)
        row["status"] = state
        if state == "in_service":
            self._serve(lot, row)
        else:
            self._rest(lot, row, state)
        return row

    def mark_seen(self, row: Row) -> None:
        """When the network last saw a device that is in service: within days, but for a few."""
        if row["status"] == "in_service":
            row["last_seen"] = self._seen[int(self.rng.random() * len(self._seen))]

    def mac(self, maker: str) -> str:
        """The next hardware address of a maker."""
        return self.macs.next(self.ouis[maker])

    def person(self, pool: str, ranks: range) -> int:
        """Somebody of a range of people who still works here. Each `pool` goes round among all before it repeats."""
        order = self._holders.get(pool)
        if order is None:
            order = self._holders[pool] = Mixed(self.rng, len(ranks))
        rank = ranks[next(order)]
        while not self.people.active[rank]:
            rank = ranks[next(order)]
        return rank

    def give(self, row: Row, rank: int, day: dt.date) -> None:
        """Issue a device to a person, some days after `day`."""
        people = self.people
        row["department"] = self._ids[people.departments[rank]]
        row["location"] = people.places[rank]
        row["custodian"] = people.ids[rank]
        row["assigned_on"] = self._soon(day)

    def mount(self, row: Row, category: str, departments: tuple[str, ...]) -> bool:
        """Put a device into the next vehicle that has none of its category; False when all have one."""
        if category not in self._vehicles:
            wanted = [
                each
                for each in self.places.vehicles
                if each.type != "crew" and (not departments or each.department in departments)
            ]
            self._vehicles[category] = wanted[::-1]
        if not self._vehicles[category]:
            return False
        vehicle = self._vehicles[category].pop()
        row["department"], row["location"] = self._ids[vehicle.department], vehicle.id
        return True

    def rest(self, row: Row, department: str, place: str) -> None:
        """Lay a device down somewhere."""
        row["department"], row["location"] = self._ids[department], self.places.special[place]

    def _serve(self, lot: Lot, row: Row) -> None:
        mix, places = lot.mix, self.places
        if self.rng.random() < 0.9:
            row["last_counted"] = max(self._counted[int(self.rng.random() * 7)], row["acquired_on"] or "")
        if mix.held_by == "person":
            pool = mix.departments[0] if mix.departments else ""
            ranks = self.people.of[pool] if pool else range(len(self.people.ids))
            self.give(row, self.person(mix.category, ranks), lot.day)
        elif mix.held_by == "vehicle":
            if not self.mount(row, mix.category, mix.departments):
                row["status"] = "in_stock"
                self.rest(row, "IT", "stock")
        elif mix.held_by == "rack":
            self.rest(row, "IT", "data_center" if self.rng.random() < 0.75 else "second_center")
        elif mix.held_by == "closet":
            row["department"] = self._ids["IT"]
            row["location"] = places.closets[int(self.rng.random() * len(places.closets))]
        elif mix.held_by == "floor":
            row["location"], owner = places.floors[int(self.rng.random() * len(places.floors))]
            row["department"] = self._ids["IT" if mix.departments else owner]
        else:
            row["location"], owner = self._room(mix.departments)
            row["department"] = self._ids[owner]

    def _room(self, departments: tuple[str, ...]) -> tuple[str, str]:
        if departments:
            owner = departments[int(self.rng.random() * len(departments))]
            rooms = self.places.rooms[owner]
            return rooms[int(self.rng.random() * len(rooms))], owner
        return self.places.all_rooms[next(self._rooms)]

    def _rest(self, lot: Lot, row: Row, state: str) -> None:
        owner = lot.mix.departments[0] if lot.mix.departments else "IT"
        row["department"] = self._ids[owner]
        row["notes"] = _WORDS.get(state)
        if state == "disposed":
            gone = min(
                self.today, lot.day + dt.timedelta(days=int(lot.model.life * 31 * (0.9 + 0.2 * self.rng.random())))
            )
            row["disposed_on"] = gone.isoformat()
            row["disposal_method"] = method = _SOLD[int(self.rng.random() * len(_SOLD))]
            if method == "Auction":
                row["sale_price"] = f"{1 + int(lot.model.cost[0] * 0.06 * self.rng.random())}.00"
        elif state in ("lost", "stolen"):
            ranks = self.people.of[owner] if lot.mix.departments else range(len(self.people.ids))
            self.give(row, self.person(f"{state} {lot.mix.category} {owner}", ranks), lot.day)
            row["location"] = None
        elif state == "retired":
            row["location"] = self.places.special["surplus"]
        elif lot.model.kind == "radio":
            row["location"] = self.places.special["radio_shop"]
        else:
            row["location"] = self.places.special["bench" if state in ("in_repair", "broken") else "stock"]

    def _soon(self, day: dt.date) -> str:
        return min(self.today, day + dt.timedelta(days=2 + int(45 * self.rng.random()))).isoformat()

    def _condition(self, age: float, state: str) -> str:
        if state in ("broken", "in_repair"):
            return "broken"
        if state == "in_stock" and age < 0.4:
            return "new"
        if age < 0.6:
            return "good"
        return "fair" if age < 1.1 or self.rng.random() < 0.6 else "poor"
