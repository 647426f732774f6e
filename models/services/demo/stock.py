"""The demo city's stock: chargers, cables, toner, batteries, spare parts; how many of each are where."""

import datetime as dt
import random
from collections.abc import Iterator

from models.journal.entry import Edit
from models.services.demo import data
from models.services.demo.city import City
from models.services.demo.identities import row_ids
from models.services.demo.places import Places

#: A store keeps so much of what it has when it is full: some shelves are low.
_FULLNESS = (0.1, 0.3, 0.5, 0.7, 0.9, 1.0, 1.1)
#: Of all floors and stations, so many have a shelf of their own; more tell nothing new.
_MOST_SHELVES = 40


class StockMaker:
    """Makes the rows of stock: one for each thing and place."""

    def __init__(self, city: City, places: Places, today: dt.date, rng: random.Random) -> None:
        self._city = city
        self._places = places
        self._today = today
        self._rng = rng
        self._ids = row_ids()
        self._sellers: dict[str, list[str]] = {}
        for vendor in data.read("models")["vendors"]:
            for maker in vendor["makers"]:
                self._sellers.setdefault(maker, []).append(vendor["name"])

    def edits(self) -> Iterator[Edit]:
        """All rows."""
        for rank, seed in enumerate(data.stock()):
            price = f"{self._rng.randrange(*seed.cost)}.{self._rng.choice(('00', '50', '95', '99'))}"
            for place, department, share in self._shelves(seed):
                yield Edit("stock", next(self._ids), self._row(rank, seed, price, place, department, share), new=True)

    def _shelves(self, seed: data.StockSeed) -> Iterator[tuple[str, str, float]]:
        """Where a thing is kept: the place, the department whose it is, and its share of the city's need."""
        for name in seed.places:
            if name in ("floors", "stations"):
                shelves = self._places.floors if name == "floors" else [(site, "FD") for site in self._places.stations]
                shelves = shelves[:_MOST_SHELVES]
                yield from ((place, department, 0.5 / len(shelves)) for place, department in shelves)
            else:
                department = "RS" if name.startswith("radio") else "IT"
                yield self._places.special[name], department, 1 / len(seed.places)

    def _row(
        self, rank: int, seed: data.StockSeed, price: str, place: str, department: str, share: float
    ) -> dict[str, str | None]:
        full = max(2, round(seed.per_thousand * self._city.sizes.assets / 1000 * share))
        bought = self._today - dt.timedelta(days=self._rng.randrange(10, 500))
        counted = bought + dt.timedelta(days=self._rng.randrange((self._today - bought).days + 1))
        fiscal = bought.year + (bought.month >= 7)
        return {
            "name": seed.name,
            "stock_type": seed.type,
            "category": seed.category,
            "manufacturer": self._city.makers[seed.maker],
            "model_number": seed.number,
            "item_number": f"ST-{1001 + rank}",
            "quantity": str(round(full * self._rng.choice(_FULLNESS))),
            "minimum": str(max(1, round(full * 0.3))),
            "counted_on": counted.isoformat(),
            "location": place,
            "department": self._city.departments[department].id,
            "vendor": self._city.vendors[self._rng.choice(self._sellers[seed.maker])],
            "acquired_on": bought.isoformat(),
            "cost": price,
            "po_number": f"PO{fiscal % 100:02}-{self._rng.randrange(20000, 30000)}",
        }
