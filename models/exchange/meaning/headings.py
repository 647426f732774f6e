"""Which field a heading means, and which kind of record a row of headings speaks of."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from models.exchange.meaning.fields import MUSTER_ID, key_sets, sheet_fields
from models.exchange.meaning.heading_forms import exact_form, loose_forms
from models.exchange.meaning.secrets import is_secret
from models.fields.field import Field
from models.fields.kinds import Ref
from models.fields.problem import InputError
from models.query.parse import squeeze
from models.schema.catalogue import Catalogue
from models.schema.records import OWN_KINDS, RECORDS

#: Kinds that a file can be guessed to be about; seats and custom fields are asked for by name.
_GUESSED = tuple(word for word in RECORDS if word not in ("asset", *OWN_KINDS))
#: Where two kinds fit equally well, the more usual one.
_USUAL = {"hardware": 0.3, "person": 0.2, "mobile": 0.15, "radio": 0.15, "entitlement": 0.1, "location": 0.05}
#: Fields that hardly any other kind has: their headings say much. By kind.
_TELLING = {
    "hardware": {
        "tag",
        "serial",
        "hostname",
        "memory_gb",
        "processor",
        "mac",
        "bios_version",
        "warranty_end",
        "category",
    },
    "mobile": {"imei", "imei2", "eid", "meid", "sim", "phone"},
    "radio": {
        "unit_id",
        "alias",
        "flashcode",
        "codeplug",
        "codeplug_version",
        "mdc_id",
        "dmr_id",
        "system",
        "bands",
        "last_programmed",
    },
    "line": {"number", "plan", "monthly_cost", "iccid", "account"},
    "person": {"email", "username", "employee_number", "given_name", "family_name", "title", "manager"},
    "entitlement": {"quantity", "ends_on", "agreement", "reassignable", "maintained", "licensed_to", "metric"},
    "installation": {"raw_name", "raw_version", "raw_publisher", "installed_on"},
    "product": {"sku", "sku_name", "publisher", "edition"},
    "location": {"address", "city", "postal_code", "parent", "vin", "plate"},
    "model": {"life_months", "number", "rack_units"},
    "system": {"wacn", "system_id"},
    "stock": {"quantity", "minimum", "item_number"},
    "seat": {"entitlement"},
}
#: Headings that any list may have; alone they say nothing of its kind.
_ANYBODYS = frozenset(
    ("name", "type", "description", "notes", "status", "category", "id", "date", "title", "number", "item", "code")
)
#: The share of the headings that a kind must know.
_ENOUGH = 0.3
#: The same where one of them is an identity: a tag, a serial number, an e-mail address.
_ENOUGH_WITH_IDENTITY = 0.15
#: Words in a file's or a sheet's name that tell its kind.
_NAMED = {
    "radio": "radio; radios; subscriber; subscribers",
    "mobile": "phone; phones; mobile; mobiles; tablet; tablets; ipad; ipads; cell",
    "hardware": "hardware; laptop; laptops; computer; computers; pc; pcs; server; servers; asset; assets; inventory",
    "line": "line; lines; wireless; verizon; firstnet",
    "person": "user; users; people; person; employee; employees; staff; roster; members",
    "entitlement": "licence; licences; license; licenses; entitlement; entitlements; contract; contracts; "
    "subscriptions",
    "installation": "installation; installations; installed; apps; discovered",
    "location": "location; locations; places; sites; buildings; rooms; warehouse; warehouses; vehicles; apparatus",
    "department": "department; departments; divisions",
    "model": "model; models",
    "manufacturer": "manufacturer; manufacturers; makers",
    "vendor": "vendor; vendors; supplier; suppliers",
    "product": "product; products; sku; skus",
    "stock": "stock; stocks; stockroom; supplies; consumables; accessories; toner; parts; spares",
    "system": "",
}

_COUNTED = "stock"
#: Headings of how many there are.
_QUANTITIES = frozenset(("qty", "quantity", "count", "onhand", "instock", "minqty", "minamount", "stocklevel"))
#: A column of such a name makes a list of quantities one of what came and went.
_MOVEMENTS = re.compile(r"transaction|movement|\bin ?/ ?out\b|(received|issued) by", re.IGNORECASE)
#: So many columns about frequencies and tones make a list of channels.
_FREQUENCIES = re.compile(r"freq|ctcss|dcs|tone|squelch|dtcs", re.IGNORECASE)
_FREQUENCY_COLUMNS = 3


def refuse_other_lists(headings: Sequence[str], name: str) -> None:
    """Refuse what is about no records, and no profile knows: channels, and what came and went. Raises InputError."""
    if any(map(_MOVEMENTS.search, headings)) and not _QUANTITIES.isdisjoint(map(squeeze, headings)):
        raise InputError("file.movements", name)
    if sum(bool(_FREQUENCIES.search(heading)) for heading in headings) >= _FREQUENCY_COLUMNS:
        raise InputError("file.channel-list", name)


def counts_things(catalogue: Catalogue, word: str, headings: Sequence[str]) -> bool:
    """Whether rows say how many there are of something, and nothing of each: such a row is no asset."""
    identities = {field.key for field in sheet_fields(catalogue, word).values() if field.identity}
    single = identities.intersection(filter(None, map_headings(catalogue, word, headings).values()))
    return not single and not _QUANTITIES.isdisjoint(map(squeeze, headings))


def names_what_it_counts(catalogue: Catalogue, headings: Sequence[str]) -> bool:
    """Whether rows name the thing of which they say how many there are: such a row is stock."""
    return {"name", "quantity"} <= set(map_headings(catalogue, _COUNTED, headings).values())


def heading_map(catalogue: Catalogue, word: str) -> Mapping[str, str]:
    """`exact_form` of a heading -> key, for a kind of record: keys and labels before what fields are also known by."""
    return {form: place.key for form, place in _places(catalogue, word).items() if place.tier < _LOOSE}


def map_headings(catalogue: Catalogue, word: str, headings: Sequence[str]) -> dict[str, str | None]:
    """Heading -> key of the field that it means, or None. No field is meant twice: the better heading has it.

    The better one is the field's own name, then what stands first among the headings that it is known by, then what is
    only like one of these. A column of secrets means nothing.
    """
    places = _places(catalogue, word)
    candidates: list[tuple[int, int, int, str, str]] = []
    for at, heading in enumerate(headings):
        exact = places.get(exact_form(heading))
        if exact is not None and exact.tier < _LOOSE:
            candidates.append((exact.tier, exact.rank, at, heading, exact.key))
            continue
        near = [places[form] for form in loose_forms(heading) if form in places] or _numbers(places, heading)
        candidates.extend((_LOOSE, place.rank, at, heading, place.key) for place in near[:1])
    found: dict[str, str | None] = dict.fromkeys(headings)
    taken: set[str] = set()
    for _tier, _rank, _at, heading, key in sorted(candidates):
        if key not in taken and not is_secret(heading):
            found[heading] = key
            taken.add(key)
    return found


def known_heading(catalogue: Catalogue, asked: str | None = None) -> Mapping[str, float]:
    """`exact_form` of a heading -> how much it says that a row is one of headings (1: some kind of record knows it).

    `asked`: the kind that the rows are said to be, which may be one that is never guessed.
    """
    found: dict[str, float] = {}
    for word in dict.fromkeys((*_GUESSED, *filter(None, (asked,)))):
        found.update(dict.fromkeys(heading_map(catalogue, word), 1.0))
    return found


def guess_kind(catalogue: Catalogue, headings: Sequence[str], names: Iterable[str] = ()) -> str:
    """The kind of record that these headings, and the names of the file and the sheet, speak of.

    Raises InputError("import.unclear") where they say too little: a list of telephone models is no list of people
    because it has a column "name".
    """
    spoken = {part for name in names for part in re.split(r"[\W_\d]+", name.casefold()) if part}
    best, most = "", 0.0
    for word in _GUESSED:
        mapping = map_headings(catalogue, word, headings)
        keys = {key for key in mapping.values() if key}
        named = bool(spoken & _names_of(word))
        if not keys or not (named or _says_enough(word, mapping)):
            continue
        if word == _COUNTED and not {"name", "quantity"} <= keys:
            continue  # how many of what
        score = len(keys) + 1.5 * len(keys & _TELLING.get(word, set())) + _USUAL.get(word, 0.0) + 2.5 * named
        if not any(set(match) <= keys | {"manufacturer"} for match in key_sets(word)):
            score -= 3
        if score > most:
            best, most = word, score
    if not best:
        raise InputError("import.unclear", headings="; ".join(headings[:12]))
    return best


def _says_enough(word: str, mapping: Mapping[str, str | None]) -> bool:
    """Whether the headings that a kind knows are many enough, and one of them is not just anybody's."""
    known = {heading: key for heading, key in mapping.items() if key}
    identities = {field.key for field in RECORDS[word].fields if field.identity and field.key != "name"}
    own = [key for heading, key in known.items() if squeeze(heading) not in _ANYBODYS]
    share = len(known) / len(mapping)
    telling = len(known) > 1 and share >= _ENOUGH_WITH_IDENTITY and any(key in identities for key in own)
    return bool(own) and (share >= _ENOUGH or telling)


@cache
def _names_of(word: str) -> frozenset[str]:
    return frozenset(name.strip() for name in _NAMED.get(word, word).split(";"))


@dataclass(frozen=True, slots=True)
class _Place:
    """What a form means: the field, how it knows it (its own name, a heading it is known by, like one of these)."""

    key: str
    tier: int
    rank: int
    identifier: bool = False


_OWN, _ALSO, _LOOSE = 0, 1, 2
_LAST = 1000


def _places(catalogue: Catalogue, word: str) -> Mapping[str, _Place]:
    """Every form of the headings that the fields of a kind are known by, the surer meaning of each."""
    found: dict[str, _Place] = {}
    fields = [*sheet_fields(catalogue, word).values(), MUSTER_ID]
    for tier in (_OWN, _ALSO):
        for field in fields:
            for rank, form in enumerate((field.key, field.label) if tier == _OWN else field.headings):
                # "id" alone is anything's.
                if field is not MUSTER_ID or form != field.key:
                    found.setdefault(exact_form(form), _placed(field, tier, rank))
    loose: dict[str, _Place | None] = {}
    for field in fields:
        for rank, form in enumerate((field.label, *field.headings)):
            for like in _like(field, form):
                place = loose.setdefault(like, _placed(field, _LOOSE, rank))
                if place and place.key != field.key:
                    loose[like] = None  # what two fields may mean, neither does
    for like, place in loose.items():
        if place:
            found.setdefault(like, place)
    found.pop("", None)
    return found


def _placed(field: Field, tier: int, rank: int) -> _Place:
    if tier == _OWN and isinstance(field.kind, Ref) and field.kind.table == "asset":
        # "Device" is a device's name more often than what names it here.
        tier, rank = _ALSO, _LAST
    return _Place(field.key, tier, rank, field.kind.identifier)


def _numbers(places: Mapping[str, _Place], heading: str) -> list[_Place]:
    """The identifier that a heading means with a number behind it: "Property Tag #", and not "Vendor #"."""
    forms = [form.removesuffix("number") for form in loose_forms(heading)[:1] if form.endswith("number")]
    return [places[form] for form in forms if form in places and places[form].identifier]


def _like(field: Field, form: str) -> Iterator[str]:
    """What is like a heading: with the unit of the field's numbers behind it, too."""
    unit = squeeze(getattr(field.kind, "unit", ""))
    for like in loose_forms(form)[:1]:
        yield like
        if unit and not like.endswith(unit):
            yield like + unit
