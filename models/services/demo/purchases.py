"""What the demo city bought, lot by lot: the day, the price, the order, the grant, and what became of it since."""

import datetime as dt
import random
from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate

from models.services.demo import data
from models.services.demo.city import City

#: States in the order in which one draw decides, with their thousandths while a thing is within its life; the rest
#: is in service.
_YOUNG = {"in_stock": 42, "reserved": 4, "in_repair": 13, "broken": 7, "lost": 6, "stolen": 2, "retired": 3}
#: The same past it, when "gone" is that much of a lot, in parts of what is not in service any more.
_GONE = {"retired": 0.42, "disposed": 0.58}


@dataclass(frozen=True, slots=True)
class Lot:
    """Some devices of one model, bought on one day. `common` is what all their rows have."""

    model: data.ModelSeed
    mix: data.Mix
    day: dt.date
    size: int
    common: dict[str, str | None]
    age: float
    """In lives of the model: 1 is the day on which it is due to be replaced."""
    old_tags: bool
    """Whether they also have the labels that the city used before."""
    odds: tuple[float, ...]
    """Where each state's share of the draws ends, in the order of `STATES`."""


STATES = ("in_stock", "reserved", "in_repair", "broken", "lost", "stolen", "retired", "disposed", "in_service")


class Buyer:
    """Buys lots. One buyer serves all kinds, so that order numbers are the city's."""

    def __init__(self, city: City, today: dt.date, rng: random.Random) -> None:
        self._city = city
        self._today = today
        self._rng = rng
        self._orders: dict[int, int] = defaultdict(lambda: 1000)
        self._grants = {year: self._grants_of(year) for year in range(2004, today.year + 1)}
        self._models: dict[str, list[data.ModelSeed]] = defaultdict(list)
        for model in data.models():
            self._models[model.category].append(model)
        self._sellers: dict[str, list[str]] = defaultdict(list)
        for vendor in data.read("models")["vendors"]:
            for maker in vendor["makers"]:
                self._sellers[maker].append(vendor["name"])

    def lots(self, mix: tuple[data.Mix, ...], quota: int) -> list[Lot]:
        """Lots of all categories that together have `quota` devices, the oldest first.

        A vehicle computer comes with its dock and counts as two.
        """
        wanted: list[tuple[dt.date, data.Mix, int]] = []
        shares = [round(quota * each.share / sum(other.share for other in mix)) for each in mix]
        for each, share in zip(mix, shares, strict=True):
            left = share // 2 if each.category == "Vehicle computer" else share
            if each is mix[0]:  # the most frequent takes what the rounding leaves
                left = quota - sum(
                    other // 2 * 2 if one.category == "Vehicle computer" else other
                    for one, other in zip(mix[1:], shares[1:], strict=True)
                )
            life = self._models[each.category][0].life
            while left > 0:
                size = min(left, 1 + int(2 * each.lot * self._rng.random()))
                wanted.append((self._day(life), each, size))
                left -= size
        wanted.sort(key=lambda found: found[0])
        return [self.lot(self.choose(each.category, day.year), each, day, size) for day, each, size in wanted]

    def choose(self, category: str, year: int, use: str = "") -> data.ModelSeed:
        """A model of the category that was sold in that year, or else the one closest to it."""
        models = [each for each in self._models[category] if not use or use in each.use]
        sold = [each for each in models if each.years[0] <= year <= (each.years[1] or 9999)]
        if not sold:
            sold = [min(models, key=lambda each: abs(each.years[0] - year))]
        return self._rng.choices(sold, [each.weight for each in sold])[0]

    def named(self, name: str) -> data.ModelSeed:
        """The model of that name."""
        return next(each for each in data.models() if each.name == name)

    def lot(self, model: data.ModelSeed, mix: data.Mix, day: dt.date, size: int, grants: float = 0.07) -> Lot:
        """A lot of one model; a part of `grants` of them is paid for by a federal award."""
        low, high = model.cost
        rng = self._rng
        fiscal = day.year + (day.month >= 7)
        self._orders[fiscal] += rng.randrange(1, 4)
        fund = (
            self._city.departments[mix.departments[0]].seed.fund if len(mix.departments) == 1 else "IT replacement fund"
        )
        common: dict[str, str | None] = {
            "kind": model.kind,
            "manufacturer": self._city.makers[model.maker],
            "model": self._city.models[model.number],
            "category": model.category,
            "po_number": f"PO{fiscal % 100:02}-{self._orders[fiscal]:05}",
            "invoice_number": f"{rng.randrange(10**7, 10**8)}",
            "vendor": self._city.vendors[rng.choice(self._sellers[model.maker])],
            "acquired_on": day.isoformat(),
            "cost": f"{rng.randrange(low, high + 1)}.{rng.choice(('00', '00', '00', '50', '99'))}",
            "warranty_end": later(day, model.warranty).isoformat(),
            "replace_by": later(day, model.life).isoformat(),
            "ownership": "owned",
            "funding_source": fund,
        }
        if model.lease:
            common |= {"ownership": "leased", "lease_end": later(day, model.lease).isoformat()}
        elif rng.random() < grants:
            name, award, share = rng.choice(self._grants[min(max(day.year, 2004), self._today.year)])
            common |= {
                "funding_source": name,
                "funding_award": award,
                "federal_share": share,
                "title_holder": f"City of {self._city.name}",
            }
        age = (self._today - day).days / 30.44 / model.life
        old_tags = (self._today - day).days > 6 * 365
        return Lot(model, mix, day, size, common, age, old_tags, _odds(age))

    def state(self, lot: Lot) -> str:
        """What has become of one device of a lot."""
        return STATES[bisect(lot.odds, self._rng.random())]

    def _day(self, life: int) -> dt.date:
        """A working day within the last life and a bit."""
        day = self._today - dt.timedelta(days=3 + int(life * 30.44 * 1.28 * self._rng.random()))
        return day - dt.timedelta(days=max(0, day.weekday() - 4))

    def _grants_of(self, year: int) -> tuple[tuple[str, str, str], ...]:
        """The federal awards of a year, numbered as FEMA and the Department of Justice number theirs."""
        number = self._rng.randrange
        return (
            (f"UASI {year}", f"EMW-{year}-SS-{number(100, 99999):05}", "100"),
            (f"SHSP {year}", f"EMW-{year}-SS-{number(100, 99999):05}", "100"),
            (f"AFG {year}", f"EMW-{year}-FG-{number(100, 99999):05}", "90"),
            (f"JAG {year}", f"{year}-DJ-BX-{number(100, 9999):04}", "100"),
            (f"EMPG {year}", f"EMC-{year}-EP-{number(100, 99999):05}", "50"),
        )


def later(day: dt.date, months: int) -> dt.date:
    """The day so many months later; the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    last = 31 if month == 12 else (dt.date(year, month + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month, min(day.day, last))


def _odds(age: float) -> tuple[float, ...]:
    gone = 0.0 if age < 0.9 else 0.2 if age < 1.05 else 0.55 if age < 1.15 else 0.8
    shares = {state: share / 1000 * (1 - gone) for state, share in _YOUNG.items()}
    for state, share in _GONE.items():
        shares[state] = shares.get(state, 0.0) + gone * share
    return tuple(accumulate(shares.get(state, 0.0) for state in STATES[:-1]))
