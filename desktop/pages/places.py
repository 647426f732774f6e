"""The places of the navigation, as data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """One place. `words` are the kinds of record that it shows, the first one counted in the navigation.

    `writes` are tables of which one's role must change one at least, where the place is of use to no others.
    """

    name: str
    title: str
    icon: str
    words: tuple[str, ...] = ()
    after_gap: bool = False
    writes: tuple[str, ...] = ()


LABELLED = ("asset", "location", "person")
"""The tables whose records bear labels."""

PLACES: tuple[Place, ...] = (
    Place("home", "Home", "home"),
    Place("hardware", "Hardware", "hardware", ("hardware",)),
    Place("mobile", "Mobile", "mobile", ("mobile", "line")),
    Place("radio", "Radios", "radio", ("radio", "system")),
    Place("software", "Software", "software", ("product", "entitlement", "seat", "installation")),
    Place("person", "People", "people", ("person", "department"), after_gap=True),
    Place("location", "Places", "place", ("location",)),
    Place("model", "Models", "model", ("model", "manufacturer")),
    Place("vendor", "Vendors", "vendor", ("vendor",)),
    Place("stock", "Stock", "stock", ("stock",)),
    Place("tagging", "Tagging", "scan", after_gap=True, writes=("asset",)),
    Place("printing", "Labels", "label", writes=LABELLED),
    Place("tags", "Tag numbers", "tag", ("tag_scheme", "tag_block", "void_tag")),
    Place("review", "Review", "review", after_gap=True),
)
"""The navigation from top to bottom. A place appears once what it shows exists."""


def place_of(word: str) -> Place | None:
    """The place that shows a kind of record."""
    return next((place for place in PLACES if word in place.words), None)
