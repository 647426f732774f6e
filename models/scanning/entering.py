"""The thing that a tag run is entering: which of its codes a scan is, and whether a record has it already."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from models.fields.field import Field
from models.fields.kind import Notes
from models.fields.problem import BadValue
from models.scanning.answer import Answer, Outcome, answer
from models.scanning.box import Sorted, sort_codes
from models.scanning.reading import by_rules
from models.scanning.rules import Means, ScanRules
from models.scanning.scan import Scan
from models.scanning.sorting import Sorter
from models.scanning.things import Holder, Register, Thing, label_of
from models.schema.records import record_type

NAMING = ("tag", "serial")
"""The codes that name a thing to people, best first."""
_TRADE = ("EAN", "UPC")
"""Symbologies of trade numbers: the same on each box of its sort."""


class Words:
    """Codes as people read them."""

    def __init__(self, fields: Mapping[str, Field], keys: Sequence[str], noun: str) -> None:
        """`keys` are the codes in the order in which they name a thing, `noun` is what a thing without a model is."""
        self._fields = fields
        self.keys = tuple(keys)
        self._noun = noun

    def label(self, key: str) -> str:
        """What the field is called."""
        return self._fields[key].label

    def shown(self, key: str, value: str) -> str:
        """A code as people read it."""
        return self._fields[key].kind.format(value)

    def codes(self, values: Mapping[str, str]) -> dict[str, str]:
        """Those of a thing's values that are its codes, the telling ones first."""
        return {key: values[key] for key in self.keys if key in values}

    def name(self, codes: Mapping[str, str]) -> str:
        """What a thing with these codes is called."""
        return next((self.shown(key, codes[key]) for key in self.keys if key in codes), "")

    def about(self, model: str, codes: Mapping[str, str]) -> str:
        """The rest of what tells a thing: its model and its serial number."""
        name = self.name(codes)
        parts = [model, *(self.shown(key, codes[key]) for key in NAMING if key in codes)]
        return ", ".join(part for part in parts if part and part != name) or self._noun


class Entering:
    """One thing after the other. Codes of a thing are canonical; nothing is written here."""

    def __init__(
        self,
        register: Register,
        sorter: Sorter,
        fields: Mapping[str, Field],
        words: Words,
        wants: Sequence[str],
        rules: ScanRules,
    ) -> None:
        """`wants` are the fields that are scanned of each thing."""
        self.thing = Thing()
        self._register = register
        self._sorter = sorter
        self._fields = fields
        self._words = words
        self._wants = wants
        self._rules = rules

    def begin(self) -> None:
        """Begin the next thing."""
        self.thing = Thing()

    @property
    def lacking(self) -> list[str]:
        """The fields whose codes are still to be scanned."""
        return self.thing.lacking(self._wants)

    def known(self, connection: Connection, texts: Sequence[str], beside: Mapping[str, str]) -> tuple[str, str] | None:
        """The field that a scan is a value of by its form or by the records, and which reading of it is the value."""
        for text in texts:
            if (sure := self._sorter.sure(text)) is not None:
                taken = sure.more and sure.key in self.thing.codes and not self._is(sure.key, text)
                return (sure.more if taken else sure.key), text
        if (tag := next(filter(self._sorter.is_tag, texts), None)) is not None:
            return "tag", tag
        for key in NAMING:
            for text in texts:
                if self._register.holders(connection, key, text, beside):
                    return key, text
        return None

    def box(self, raw: str) -> list[Sorted]:
        """The codes of a scan that holds several, each with its field."""
        return sort_codes(raw, self._sorter.fields, self.thing.codes, self._rules, is_tag=self._sorter.is_tag)

    def placed(self, scan: Scan) -> tuple[str, str] | Answer:
        """The field of a code that only its look and the order tell, or the answer where it is the wrong code."""
        text, bare = scan.text, self._bare(scan.text)
        for key, value in self.thing.codes.items():
            if value.casefold() in (text.casefold(), bare.casefold()):
                return key, value
        if scan.symbology.startswith(_TRADE):
            return answer(Outcome.WRONG, "box.no-identity", text)
        key = self._sorter.place(text, self.lacking)
        if not key:
            return answer(Outcome.WRONG, "tagrun.too-many", text)
        if key in NAMING and (foreign := self._sorter.foreign(text)):
            return answer(Outcome.WRONG, "tagrun.foreign", text, sort=foreign, wanted=self._words.label(key))
        return key, bare if key == "serial" else text

    def _bare(self, text: str) -> str:
        """The code without what a maker puts before a serial number. A lone letter may be the number's own first."""
        marked = replace(self._rules, rules=tuple(each for each in self._rules.rules if not each.prefix.isalpha()))
        return next(by_rules(text, marked, Means.SERIAL), text)

    def parse(self, key: str, text: str) -> str:
        """The canonical value. Raises BadValue: also for what makers leave in a serial number's place."""
        notes: Notes = []
        value = self._fields[key].kind.parse(text, notes)
        for note in notes:
            if note.code == "serial.placeholder":
                raise BadValue(note.code, text)
        if value is None:
            raise BadValue("tagrun.nothing-scanned", text)
        return value

    def add(self, connection: Connection, key: str, value: str, beside: Mapping[str, str]) -> Answer | Holder | None:
        """Take a code into the thing.

        None: it was taken. A Holder: that record has all that is wanted, and the thing is this record. An answer: it
        was not taken.
        """
        thing, shown, label = self.thing, self._words.shown(key, value), self._words.label(key)
        if key in thing.codes:
            if thing.codes[key].casefold() == value.casefold():
                return answer(Outcome.KNOWN, "tagrun.twice", shown, wanted=self.wanted())
            there = self._words.shown(key, thing.codes[key])
            return answer(Outcome.WRONG, "tagrun.second", shown, field=label, there=there)
        found = self._register.holders(connection, key, value, {**beside, key: value})
        if len(found) > 1:
            return answer(Outcome.WRONG, "tagrun.several", shown, field=label)
        if key == "tag" and not found and (fault := self._sorter.tag_fault(connection, value)):
            return answer(Outcome.WRONG, fault.code, shown, **fault.details)
        holder = found[0] if found else thing.holder
        if holder is not None:
            if refused := self._conflict(connection, key, value, holder):
                return refused
            if holder is not thing.holder and not Thing(holder=holder).lacking(self._wants):
                return holder
        thing.codes[key], thing.holder = value, holder
        return None

    def wanted(self) -> str:
        """What is to be scanned next, as people call it."""
        return self._words.label(self.lacking[0]) if self.lacking else ""

    def _conflict(self, connection: Connection, key: str, value: str, holder: Holder) -> Answer | None:
        """The answer where the codes of the thing are not those of one record."""
        shown, label = self._words.shown(key, value), self._words.label(key)
        name = label_of(connection, "asset", holder.row)
        if not self._register.is_ours(holder):
            kind = record_type(holder.kind).label.lower()
            return answer(Outcome.WRONG, "tagrun.other-kind", shown, field=label, name=name, kind=kind)
        before = self.thing.holder
        if before is not None and before.row != holder.row:
            other = label_of(connection, "asset", before.row)
            return answer(Outcome.WRONG, "tagrun.two-records", shown, field=label, name=name, other=other)
        for each, code in {**self.thing.codes, key: value}.items():
            there = holder.values.get(each)
            if there is not None and there.casefold() != code.casefold():
                return answer(
                    Outcome.KNOWN,
                    "tagrun.on-another",
                    shown,
                    field=label,
                    name=name,
                    other=self._words.label(each),
                    there=self._words.shown(each, there),
                    scanned=self._words.shown(each, code),
                )
        return None

    def _is(self, key: str, text: str) -> bool:
        """Whether the thing has that code already."""
        try:
            return self.thing.codes[key].casefold() == self.parse(key, text).casefold()
        except BadValue:
            return False
