"""One profile: how the lists of one program, or of one person, are read, and the headings by which they are known."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from models.exchange.options import ImportOptions, NewField
from models.exchange.tables.grid import shown_cell
from models.exchange.tables.table import Column
from models.query.parse import squeeze
from models.schema.records import ASSET_KINDS

#: How the types of custom fields are called in the headings of other programs.
_TYPES = {"option": "choice", "boolean": "yesno", "date": "date", "number": "number", "amount": "number"}


@dataclass(frozen=True, slots=True)
class Signature:
    """The headings, squeezed, by which a list is known: all of `all`, `least` of `any`, none of `none`.

    `digest` stands for all headings together, and no other. `shapes` are for lists without headings: a pattern for
    the cells of each column, from the left.
    """

    all: frozenset[str] = frozenset()
    any: frozenset[str] = frozenset()
    least: int = 0
    none: frozenset[str] = frozenset()
    digest: str = ""
    shapes: tuple[re.Pattern[str], ...] = ()

    def fits(self, headings: frozenset[str]) -> int:
        """How many of its headings are there; 0 where the list is another one."""
        some = len(self.any & headings)
        if not self.all <= headings or some < self.least or self.none & headings:
            return 0
        return len(self.all) + some

    def looks_like(self, columns: Sequence[Column]) -> bool:
        """Whether the cells of a list without headings have the shapes. Columns further right are not looked at."""
        if not self.shapes or len(columns) < len(self.shapes):
            return False
        pairs = zip(self.shapes, columns, strict=False)
        return all(form.fullmatch(shown_cell(cell).strip()) for form, column in pairs for cell in column.samples)


@dataclass(frozen=True, slots=True)
class Concealed:
    """What a program writes under a heading in the place of what it hides: a list of that is refused."""

    heading: str
    cells: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile. `name` is its word on the command line, `title` and `note` are for people.

    `settings` are what it says; the headings of its mapping are compared without case, blanks and punctuation.
    `why` tells of a heading that it leaves out for what reason. `refusal` is the code of a list that is not taken
    unless the profile is asked for by name, and not even then where it maps nothing. `new_fields` matches headings
    that declare a custom field (groups `name` and `type`). `own`: made by the people who use Muster.
    """

    name: str
    title: str
    settings: ImportOptions
    signatures: tuple[Signature, ...]
    why: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""
    concealed: Concealed | None = None
    note: str = ""
    new_fields: re.Pattern[str] | None = None
    own: bool = False

    @property
    def kind(self) -> str:
        """The kind of record that its lists are about; empty for those that are refused."""
        return self.settings.kind or ""

    def fits(self, headings: frozenset[str]) -> int:
        """How well it knows a row of headings, squeezed; 0: not at all."""
        return max((signature.fits(headings) for signature in self.signatures), default=0)

    def meaning(self, heading: str) -> str | None:
        """The key of the field that a heading means; "" where it is left out on purpose, None where nothing is said."""
        return self._forms().get(squeeze(heading))

    def says(self, heading: str) -> str | None:
        """As `meaning`, and the key of the custom field that a heading declares."""
        known = self.meaning(heading)
        declared = declared_field(self, heading) if known is None else None
        return declared.key if declared else known

    def reason(self, heading: str) -> str:
        """Why a heading is left out, where the profile says it."""
        wanted = squeeze(heading)
        return next((why for each, why in self.why.items() if squeeze(each) == wanted), "")

    def fits_kind(self, asked: str | None) -> bool:
        """Whether its lists are of the kind that a person says a list is of."""
        return asked in (None, self.kind) or (
            "asset" in (asked, self.kind) and {asked, self.kind} <= {*ASSET_KINDS, "asset"}
        )

    def _forms(self) -> Mapping[str, str]:
        return {squeeze(heading): key for heading, key in self.settings.mapping.items()}


def squeezed(headings: Iterable[str]) -> frozenset[str]:
    """Headings without case, blanks, punctuation and order."""
    return frozenset(filter(None, map(squeeze, headings)))


def digest(headings: Iterable[str]) -> str:
    """What stands for a row of headings, in any order, case and punctuation."""
    return hashlib.sha256("\n".join(sorted(squeezed(headings))).encode()).hexdigest()[:32]


def declared_field(profile: Profile, heading: str) -> NewField | None:
    """The custom field that a heading declares: "cf:rack height, type:number"."""
    found = profile.new_fields.fullmatch(heading.strip()) if profile.new_fields else None
    if found is None:
        return None
    label = found["name"].strip()
    key = "x_" + re.sub(r"[\W_]+", "_", label.casefold()).strip("_")
    return NewField(key, label[:1].upper() + label[1:], _TYPES.get((found["type"] or "").strip().casefold(), "text"))
