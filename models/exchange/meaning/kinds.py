"""Which kind of asset a row is, by a word in one of its columns: "Laptop" is hardware, "iPhone" a mobile device."""

from collections.abc import Mapping

from models.exchange.tables.choose import Choice
from models.fields.kind import Notes, clean, warning
from models.fields.kinds import Choice as ChoiceKind
from models.fields.problem import BadValue, UsageError
from models.query.parse import squeeze
from models.schema.choices import ASSET_KIND
from models.schema.records import ASSET_KINDS

#: Words for things, by the kind of asset that they are; a plural counts as well.
_WORDS = {
    "hardware": "laptop; notebook; desktop; desktop computer; computer; pc; workstation; server; printer; monitor; "
    "display; docking station; dock; switch; firewall; access point; camera; body camera; scanner; "
    "projector; ups; plotter; nas; mdc; mdt; vehicle computer; rugged laptop; chromebook; thin client; macbook; tv",
    "mobile": "phone; smartphone; cell phone; cellphone; mobile phone; tablet; ipad; iphone; hotspot; mifi; "
    "android phone; cellular modem; mobile hotspot",
    "radio": "radio; portable radio; two-way radio; two way radio; handheld radio; mobile radio; base radio; "
    "subscriber radio; consolette; control station; p25 radio; dmr radio",
}
_KINDS = {squeeze(word): kind for kind, words in _WORDS.items() for word in words.split(";")}
#: Headings of columns that say what a thing is.
_SAYING = frozenset(map(squeeze, (
    "kind", "type", "asset type", "device type", "category", "asset category", "device category", "equipment type",
    "item type", "class", "asset class", "kind of asset", "asset kind", "device class",
)))  # fmt: skip


class KindWords(ChoiceKind):
    """The kind of asset that a word stands for. A word that says nothing of it leaves the row of the usual kind."""

    def __init__(self, said: Mapping[str, str], usual: str) -> None:
        """`said`: word -> asset kind, as the person says. Raises UsageError("kind.not-an-asset")."""
        super().__init__({code: (label,) for code, label in ASSET_KIND.options.items()})
        self._usual = usual
        self._said: dict[str, str] = {}
        for word, kind in said.items():
            if kind not in ASSET_KINDS:
                raise UsageError("kind.not-an-asset", kind, kinds=", ".join(ASSET_KINDS))
            self._said[squeeze(word)] = kind

    def parse(self, text: str, notes: Notes) -> str | None:
        """The kind's word; the usual one, with the warning "kind.usual", for a word that is not known."""
        kind = self._said.get(squeeze(text)) or kind_of(text)
        if kind is None and clean(text):
            notes.append(warning("kind.usual", clean(text), kind=self._usual))
            return self._usual
        return kind


def kind_of(text: str) -> str | None:
    """The kind of asset that a word stands for, by itself or in the plural; None where it stands for none."""
    form = squeeze(text)
    for each in (form, form.removesuffix("s"), form.removesuffix("es")):
        if each in _KINDS:
            return _KINDS[each]
    try:
        return ASSET_KIND.parse(text, [])
    except BadValue:
        return None


def kind_column(choice: Choice) -> str | None:
    """The heading of the column that says which kind of asset each row is.

    All its cells, as far as the table was looked at, stand for a kind, and for more than one; a column "Kind" may
    name just one, and so may the few rows of a file of refused ones.
    """
    if choice.table.header_row is None:
        return None
    for column in choice.table.columns:
        form = squeeze(column.heading)
        if form not in _SAYING:
            continue
        kinds = [kind_of(str(cell)) for cell in choice.head.below(column.index, choice.table.first_row)]
        if kinds and None not in kinds and (len(set(kinds)) > 1 or form == "kind" or choice.mended is not None):
            return column.heading
    return None
