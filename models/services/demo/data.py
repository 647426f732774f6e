"""The lists that the demo city is made of, as they stand in `resources/demo`."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class DepartmentSeed:
    """A department. `share` is its part of the people, in percent; `titles` are job titles with their weights."""

    name: str
    code: str
    cost_center: str
    share: int
    head: str
    fund: str
    titles: tuple[tuple[str, int], ...]
    parent: str = ""


@dataclass(frozen=True, slots=True)
class ModelSeed:
    """A model of device. `life` and `warranty` in months, `cost` in dollars from and to, sold from one year to another.

    A last year of 0 means: still sold. `serial` is a pattern (see `identities.Serials`), `tac` the first eight digits
    of its IMEIs, `use` the places in the radio plan that it is bought for, `lease` the months of a lease.
    """

    maker: str
    name: str
    number: str
    category: str
    kind: str
    life: int
    warranty: int
    cost: tuple[int, int]
    years: tuple[int, int]
    serial: str
    weight: int
    processor: str = ""
    memory: tuple[int, ...] = ()
    storage: tuple[int, ...] = ()
    os: str = ""
    height: int = 0
    dock: str = ""
    lease: int = 0
    tac: str = ""
    sim2: int = 0
    use: tuple[str, ...] = ()
    type: str = ""
    bands: str = ""
    secure: int = 0


@dataclass(frozen=True, slots=True)
class Mix:
    """One category's part of the assets of its kind: `held_by` says where such a thing is, `lot` how many are bought
    at a time, `host` how its host names begin, `departments` whose it is (empty: anyone's).
    """

    category: str
    share: float
    host: str
    held_by: str
    lot: int
    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProductSeed:
    """A software product: dollars a unit and year, and the part of the people who have a seat."""

    name: str
    publisher: str
    category: str
    metric: str
    unit_cost: int
    coverage: float
    vendor: str
    edition: str = ""
    version: str = ""
    found: str = ""
    found_version: str = ""


@dataclass(frozen=True, slots=True)
class StockSeed:
    """A thing that is counted: dollars from and to, how many a thousand assets need, and where it is kept.

    Places are keys of places.json, `floors` and `stations`.
    """

    name: str
    type: str
    category: str
    maker: str
    number: str
    cost: tuple[int, int]
    per_thousand: int
    places: tuple[str, ...]


@cache
def read(name: str) -> Any:
    """One file of `resources/demo`."""
    return json.loads(files("resources").joinpath("demo", f"{name}.json").read_text("utf-8"))


@cache
def departments() -> tuple[DepartmentSeed, ...]:
    """The departments; a part of another comes after it."""
    return tuple(
        DepartmentSeed(**{**each, "titles": tuple((str(title), int(weight)) for title, weight in each["titles"])})
        for each in read("departments")["departments"]
    )


@cache
def models() -> tuple[ModelSeed, ...]:
    """All models of devices."""
    return tuple(ModelSeed(**_frozen(each)) for each in read("models")["models"])


@cache
def mix(kind: str) -> tuple[Mix, ...]:
    """The categories of hardware or of mobile devices."""
    return tuple(Mix(**_frozen(each)) for each in read("mix")[kind])


@cache
def products() -> tuple[ProductSeed, ...]:
    """The software products."""
    return tuple(ProductSeed(**each) for each in read("software")["products"])


@cache
def stock() -> tuple[StockSeed, ...]:
    """The things that are counted."""
    return tuple(StockSeed(**_frozen(each)) for each in read("stock")["stock"])


def _frozen(values: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
