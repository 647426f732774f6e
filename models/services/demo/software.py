"""The demo city's software: products, what was bought, who has a seat, what was found on computers."""

import datetime as dt
import random
from collections.abc import Iterator

from models.journal.entry import Edit
from models.services.demo import data
from models.services.demo.city import City
from models.services.demo.identities import Mixed, row_ids
from models.services.demo.people import People
from models.services.demo.purchases import later

#: More seats and installations than these tell nothing new.
_MOST_SEATS = 60_000
_MOST_FOUND = 60_000

Computers = list[tuple[str, str, str, str]]
"""Id, host name, user and system of computers in service."""


class SoftwareMaker:
    """Makes the rows of products, entitlements, seats and installations."""

    def __init__(self, city: City, people: People, today: dt.date, rng: random.Random) -> None:
        self._city = city
        self._people = people
        self._today = today
        self._rng = rng
        self._ids = row_ids()
        seats = sum(each.coverage for each in data.products()) * city.sizes.people
        self._scale = min(1.0, _MOST_SEATS / max(seats, 1))
        self._rows = {each: next(self._ids) for each in data.products()}

    def edits(self, computers: Computers) -> Iterator[Edit]:
        """All rows. `computers` are those that have programs on them."""
        for rank, (seed, row) in enumerate(self._rows.items()):
            yield Edit("product", row, self._product(seed), new=True)
            yield from self._bought(rank, seed, row, computers)
        yield from self._found(computers)

    def _product(self, seed: data.ProductSeed) -> dict[str, str | None]:
        return {
            "name": seed.name,
            "publisher": self._city.makers[seed.publisher],
            "edition": seed.edition or None,
            "version": seed.version or None,
            "category": seed.category,
            "metric": seed.metric,
        }

    def _bought(self, rank: int, seed: data.ProductSeed, product: str, computers: Computers) -> Iterator[Edit]:
        """One or two entitlements, the last one with the seats: now and then a few too many, often some too few."""
        rng = self._rng
        of_devices = seed.metric == "device" and bool(computers)
        everybody = len(computers) if of_devices else len(self._people.ids)
        seats = max(1, round(everybody * seed.coverage * self._scale)) if seed.coverage else 0
        seats = min(seats, everybody)
        quantity = seats or rng.randrange(1, 25)
        if seats:
            quantity = max(1, seats - 2) if rank % 9 == 4 else round(seats * (1.02 + 0.25 * rng.random())) + 1
        if seed.metric == "core":
            quantity = 16 * max(1, self._city.sizes.hardware // 400)
        start = self._today - dt.timedelta(days=rng.randrange(15, 350))
        years = 3 if rank % 4 == 0 else 1
        for before in (True, False) if rank % 3 == 0 else (False,):
            first = later(start, -12 * years) if before else start
            entitlement = next(self._ids)
            yield Edit("entitlement", entitlement, self._entitlement(seed, product, first, years, quantity), new=True)
        if seats:
            yield from self._seats(entitlement, seats, start, computers if of_devices else None)

    def _entitlement(
        self, seed: data.ProductSeed, product: str, start: dt.date, years: int, quantity: int
    ) -> dict[str, str | None]:
        rng = self._rng
        end = later(start, 12 * years) - dt.timedelta(days=1)
        owner = "PD" if seed.category == "Public safety" else "IT"
        name = " ".join(filter(None, (seed.name, seed.edition, seed.version)))
        return {
            "name": f"{name}, {start.year}",
            "product": product,
            "metric": seed.metric,
            "quantity": str(quantity),
            "starts_on": start.isoformat(),
            "ends_on": end.isoformat(),
            "cost": f"{quantity * seed.unit_cost * years}.00",
            "po_number": f"PO{(start.year + (start.month >= 7)) % 100:02}-{rng.randrange(90_000, 99_999)}",
            "agreement": f"A-{rng.randrange(10**5, 10**6)}",
            "vendor": self._city.vendors[seed.vendor],
            "owner": self._people.ids[self._people.of[owner][0]],
            "department": self._city.departments[owner].id,
            "licensed_to": f"City of {self._city.name}",
            "funding_source": self._city.departments[owner].seed.fund,
            "maintained": "yes",
            "maintenance_end": end.isoformat(),
            "reassignable": "yes" if seed.metric != "oem" else "no",
        }

    def _seats(self, entitlement: str, count: int, start: dt.date, computers: Computers | None) -> Iterator[Edit]:
        rng = self._rng
        order = Mixed(rng, len(computers) if computers else len(self._people.ids))
        for _ in range(count):
            rank = next(order)
            given = min(self._today, start + dt.timedelta(days=rng.randrange(60)))
            # One seat in twelve has not been used for months: what a reclamation run looks for.
            idle = rng.randrange(95, 400) if rng.random() < 0.08 else rng.randrange(14)
            holder = ("device", computers[rank][0]) if computers else ("person", self._people.ids[rank])
            patch = {
                "entitlement": entitlement,
                holder[0]: holder[1],
                "assigned_on": given.isoformat(),
                "last_used": (self._today - dt.timedelta(days=idle)).isoformat(),
            }
            yield Edit("seat", next(self._ids), patch, new=True)

    def _found(self, computers: Computers) -> Iterator[Edit]:
        """What an inventory agent found on computers: products that need a licence, and programs that need none."""
        rng = self._rng
        windows = [each for each in computers if each[3].startswith("Windows")]
        licensed = [
            (each.found, each.publisher, each.found_version, row, each.coverage or 0.02)
            for each, row in self._rows.items()
            if each.found
        ]
        free = [
            (each["name"], each["publisher"], each["version"], None, 0.3)
            for each in data.read("software")["unlicensed"]
        ]
        quota = min(_MOST_FOUND, self._city.sizes.assets * 3 // 10)
        shares = [share for *_, share in (*licensed, *free)]
        for name, publisher, version, product, share in (*licensed, *free):
            order = Mixed(rng, len(windows))
            for _ in range(min(len(windows), max(1, round(quota * share / sum(shares))))):
                device, host, user, system = windows[next(order)]
                installed = self._today - dt.timedelta(days=rng.randrange(10, 900))
                patch = {
                    "raw_name": name,
                    "raw_publisher": publisher,
                    "raw_version": version,
                    "product": product,
                    "device": device,
                    "device_name": host,
                    "user": user or None,
                    "platform": system,
                    "installed_on": installed.isoformat(),
                    "last_used": (self._today - dt.timedelta(days=rng.randrange(200))).isoformat(),
                    "source": "Intune",
                }
                yield Edit("installation", next(self._ids), patch, new=True)
