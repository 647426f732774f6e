"""Which code of a thing a scanned text is: by its form where that is sure, else by the order that was chosen."""

import re
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection, select

from models.fields.field import Field
from models.fields.kind import Kind, Notes
from models.fields.kinds import Choice, Eid, Iccid, Imei, LongText, Mac, Meid, P25UnitId, Ref, YesNo
from models.fields.problem import BadValue, Problem, UsageError
from models.rules.tag_book import TagBook, all_schemes, find_voided, void_problem
from models.rules.tag_forms import read_tag
from models.schema.catalogue import Catalogue
from models.schema.records import TABLES

#: So many of the latest assets tell how tags look here.
_LATEST = 2000
#: So many tags, or serial numbers, of one shape make it theirs.
_ENOUGH = 3
_UNIT_ID = re.compile(r"[0-9]{1,8}")
#: Codes that are known by their form alone, by kind: what the text must look like before its check digit is asked.
_FORMS: tuple[tuple[type[Kind], re.Pattern[str]], ...] = (
    (Eid, re.compile(r"[0-9]{32}")),
    (Iccid, re.compile(r"89[0-9]{17,18}[Ff]?")),
    (Imei, re.compile(r"[0-9]{15}")),
)
_BY_FORM = (Eid, Iccid, Imei, Meid, Mac)


def scannable(catalogue: Catalogue, word: str) -> list[Field]:
    """The fields of a kind whose values stand in barcodes on the things: its identities, and other numbers of them."""
    return [
        each
        for each in catalogue.fields(word)
        if (each.identity or isinstance(each.kind, (*_BY_FORM, P25UnitId)) or each.key in ("hostname", "other_barcode"))
        and not (each.custom or each.kept)
    ]


def check_wants(catalogue: Catalogue, word: str, wants: Sequence[str]) -> None:
    """Raises UsageError("tagrun.wants-nothing", "field.unknown", "tagrun.cannot-scan": a field that no code fills)."""
    if not wants:
        raise UsageError("tagrun.wants-nothing")
    known = catalogue.keys(word)
    for key in wants:
        if key not in known:
            raise UsageError("field.unknown", key, kind=word)
        kind = known[key].kind
        if known[key].custom or known[key].kept or isinstance(kind, (Ref, Choice, YesNo, LongText)):
            raise UsageError("tagrun.cannot-scan", known[key].label)


class Sorter:
    """Sorts the codes of one kind of thing. `wants` are the fields that are scanned of each, in the order chosen."""

    def __init__(self, connection: Connection, catalogue: Catalogue, word: str, wants: Sequence[str]) -> None:
        """The connection is used here only: to see how tags and serial numbers look in this register."""
        self._fields = {each.key: each for each in scannable(catalogue, word)}
        self._wants = tuple(wants)
        self._fields.update({key: catalogue.keys(word)[key] for key in wants})
        rows = TABLES["asset"].sql
        latest = select(rows.c.tag, rows.c.serial).where(rows.c.deleted.is_(None)).order_by(rows.c.nr.desc())
        tags: Counter[str] = Counter()
        serials: Counter[str] = Counter()
        for tag, serial in connection.execute(latest.limit(_LATEST)):
            tags[shape(tag or "")] += 1
            serials[shape(serial or "")] += 1
        self._tags = {each for each, times in tags.items() if times >= _ENOUGH} - serials.keys() - {""}
        self._serials = {each for each, times in serials.items() if times >= _ENOUGH} - tags.keys() - {""}
        self._book = TagBook(all_schemes(connection))
        self._schemes = [each for each in self._book.schemes if each.record in ("", word)]
        self._word = word

    @property
    def fields(self) -> list[Field]:
        """The fields that codes of the thing may be for."""
        return list(self._fields.values())

    def sure(self, text: str) -> Field | None:
        """The field of this kind that the text is by its form alone: an IMEI, an EID, a SIM's number, a MAC address."""
        for each in self._fields.values():
            if is_formed(each.kind, text) and (not isinstance(each.kind, Mac) or each.key in self._wants):
                return each
        return None

    def foreign(self, text: str) -> str:
        """What sort of code the text is that a thing of this kind has none of ("IMEI"), empty where it may be one."""
        return next((kind.name.upper() for kind, _ in _FORMS if is_formed(kind(), text)), "")

    def is_tag(self, text: str) -> bool:
        """Whether a scheme wrote the text as a tag. Bare digits are none for sure."""
        scheme = self._book.scheme_of(text)
        return scheme is not None and bool(scheme.prefix or scheme.system)

    def like_a_tag(self, text: str) -> bool:
        """Whether the text looks like the tags of this register, and not like its serial numbers."""
        return shape(text) in self._tags or self._book.scheme_of(text) is not None

    def tag_fault(self, connection: Connection, tag: str) -> Problem | None:
        """What is wrong with giving this tag to a thing of this kind.

        "tag.voided", "tag.check-character"; "tagrun.other-scheme": it is for things of another kind;
        "tag.not-of-scheme": there are schemes for this kind, and it looks like no tag that is in use.
        """
        if voided := find_voided(connection, tag):
            return void_problem(voided, tag)
        scheme = self._book.scheme_of(tag)
        if scheme is not None:
            other = scheme.record not in ("", self._word)
            details = {"scheme": scheme.name}
            return Problem("tagrun.other-scheme", tag, "tag", details=details) if other else None
        if judged := self._book.judge(tag):
            return judged
        if self._schemes and not self.like_a_tag(tag):
            wrong = read_tag(self._schemes[0], tag)
            return wrong if isinstance(wrong, Problem) else None
        return None

    def place(self, text: str, lacking: Sequence[str]) -> str:
        """The field for a text whose form tells nothing for sure: the next that is lacking and that it may be.

        Empty where nothing is lacking.
        """
        if "tag" in lacking and (self.like_a_tag(text) or self._book.judge(text) is not None):
            return "tag"
        if "serial" in lacking and shape(text) in self._serials:
            return "serial"
        if "unit_id" in lacking and _UNIT_ID.fullmatch(text):
            return "unit_id"
        by_order = [key for key in lacking if not isinstance(self._fields[key].kind, (*_BY_FORM, P25UnitId))]
        if self._schemes and len(by_order) > 1 and by_order[0] == "tag":
            by_order.pop(0)  # no scheme wrote it: it is the other one
        return (by_order or list(lacking) or [""])[0]


def is_formed(kind: Kind, text: str) -> bool:
    """Whether a text is sure to be of that kind: of its form, with a check digit that fits."""
    form = next((form for each, form in _FORMS if isinstance(kind, each)), None)
    if form is not None and not form.fullmatch(text):
        return False
    if form is None and not (isinstance(kind, Mac) and len(text) in (12, 17)):
        return False
    notes: Notes = []
    try:
        return kind.parse(text, notes) is not None and not notes
    except BadValue:
        return False


def shape(text: str) -> str:
    """How a text is built: its first letters as they are, then 9 for each digit and A for each letter.

    R-004471 is R-999999; so are all tags of that scheme, and hardly a serial number is.
    """
    head = re.match(r"[^0-9]*", text)
    front = head[0].upper() if head else ""
    return front + "".join("9" if c.isdigit() else "A" if c.isalpha() else c for c in text[len(front) :])
