"""The demo city before it owns anything: how large it is, its departments, makers, vendors and radio systems."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from models.fields.ids import new_id
from models.journal.entry import Edit
from models.services.demo import data
from models.services.demo.identities import phone


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of what a city has that owns so many assets."""

    assets: int
    hardware: int
    mobile: int
    radios: int
    people: int
    fire_radios: int
    police_radios: int
    crew_radios: int
    stations: int
    patrol: int

    @classmethod
    def of(cls, assets: int) -> "Sizes":
        """The sizes for a number of assets: 13 % mobile devices, 6 % radios, a person for five or six assets."""
        radios = max(round(assets * 0.06), 20)
        mobile = round(assets * 0.13)
        hardware = assets - radios - mobile
        fire = round(radios * 0.5)
        stations = max(2, round(fire / 8))
        return cls(
            assets,
            hardware,
            mobile,
            radios,
            round(assets * 0.18),
            fire,
            round(radios * 0.3),
            round(radios * 0.08),
            stations,
            # As many cars as there are computers for them, after the fire engines have theirs.
            max(4, round(hardware * 0.024) - round(stations * 2.3)),
        )

    @property
    def rows(self) -> int:
        """About how many rows the city has altogether: places, lines, seats and installations, too."""
        software = min(round(self.assets * 0.6), 60_000) + min(round(self.assets * 0.3), 60_000)
        return 500 + round(self.assets * 1.05) + self.people + min(round(self.assets * 0.1), 30_000) + software


@dataclass(slots=True)
class Department:
    """A department of the city."""

    id: str
    seed: data.DepartmentSeed


@dataclass(slots=True)
class City:
    """What all parts of the demo refer to: ids by name, as they are given to the rows."""

    sizes: Sizes
    departments: dict[str, Department] = field(default_factory=dict)
    """By code."""
    makers: dict[str, str] = field(default_factory=dict)
    models: dict[str, str] = field(default_factory=dict)
    """By the model's number."""
    vendors: dict[str, str] = field(default_factory=dict)
    systems: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The city's name."""
        return str(data.read("departments")["city"])

    @property
    def domain(self) -> str:
        """Its domain: under .example, which belongs to nobody (RFC 2606)."""
        return str(data.read("departments")["domain"])


def found_city(assets: int) -> City:
    """A city of that size, with ids for what it is made of."""
    city = City(Sizes.of(assets))
    for seed in data.departments():
        city.departments[seed.code] = Department(new_id(), seed)
    publishers = (each.publisher for each in data.products())
    for name in dict.fromkeys([*(each["name"] for each in data.read("models")["makers"]), *publishers]):
        city.makers[name] = new_id()
    city.models.update((each.number, new_id()) for each in data.models())
    city.vendors.update((each["name"], new_id()) for each in data.read("models")["vendors"])
    city.systems.update((each["name"], new_id()) for each in data.read("radio")["systems"])
    return city


def city_edits(city: City, heads: dict[str, str], rng: random.Random) -> Iterator[Edit]:
    """The rows of departments, makers, models, vendors and radio systems. `heads`: who leads each department."""
    for code, department in city.departments.items():
        seed = department.seed
        patch = {
            "name": seed.name,
            "code": code,
            "cost_center": seed.cost_center,
            "manager": heads[code],
            "parent": next((each.id for each in city.departments.values() if each.seed.name == seed.parent), None),
        }
        yield Edit("department", department.id, patch, new=True)
    websites = {each["name"]: each["website"] for each in data.read("models")["makers"]}
    for name, row in city.makers.items():
        yield Edit("manufacturer", row, {"name": name, "website": websites.get(name)}, new=True)
    for model in data.models():
        yield Edit("model", city.models[model.number], _model(city, model), new=True)
    names = data.read("names")
    for rank, (name, row) in enumerate(city.vendors.items()):
        site = f"{''.join(sign for sign in name.lower() if sign.isascii() and sign.isalnum())}.example"
        patch = {
            "name": name,
            "number": f"V-{1204 + 17 * rank:05}",
            "account": f"{rng.randrange(10**7, 10**8)}",
            "contact": f"{rng.choice(names['given'])} {rng.choice(names['family'])}",
            "phone": phone(60 + rank),
            "email": f"public.sector@{site}",
        }
        yield Edit("vendor", row, patch, new=True)
    for system in data.read("radio")["systems"]:
        yield Edit("system", city.systems[system["name"]], system, new=True)


def _model(city: City, model: data.ModelSeed) -> dict[str, str | None]:
    return {
        "name": model.name,
        "manufacturer": city.makers[model.maker],
        "number": model.number,
        "category": model.category,
        "asset_kind": model.kind,
        "life_months": str(model.life),
        "rack_units": str(model.height) if model.height else None,
    }
