"""What sticks in a tag run: values that each thing gets until they are changed, by typing or by a scan."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from models.fields.kinds import Ref
from models.fields.problem import Problem
from models.query.names import PATH, Names
from models.query.scan import named_whole
from models.scanning.scan import Command
from models.scanning.things import label_of
from models.schema.catalogue import Catalogue
from models.schema.records import TABLES
from models.services.registry import BadFields, Read, Texts, read_texts
from models.settings import Settings

BY_CARD: Mapping[Command, str] = {
    Command.MODEL: "model",
    Command.LOCATION: "location",
    Command.CUSTODIAN: "custodian",
    Command.PURCHASE: "po_number",
}
"""The field that sticks with the next scan, by the command card before it."""

#: Kinds of record that a scan may name by itself, without a card before it, and the field that then sticks.
_BY_ITSELF = {"location": "location", "person": "custodian", "model": "model"}
#: The length of a record's id.
_ID = 36


@dataclass(slots=True)
class Sticky:
    """The values that stick, canonical, by field; `shown` is what people read of them."""

    values: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)

    def copy(self) -> "Sticky":
        """The same again, to go back to."""
        return Sticky(dict(self.values), dict(self.shown))


class Sticker:
    """Reads what is to stick, for things of one kind."""

    def __init__(self, catalogue: Catalogue, word: str, settings: Settings) -> None:
        """`settings` say how people here write days and sums."""
        self._catalogue = catalogue
        self._fields = catalogue.keys(word)
        self._word = word
        self._settings = settings

    def read(self, connection: Connection, texts: Texts, scanned: Iterable[str] = ()) -> Sticky:
        """What typed texts make stick. Raises BadFields: also for required fields that are neither here nor scanned."""
        found = read_texts(connection, self._catalogue, self._word, texts, self._settings)
        problems = [*found.errors, *self._missing(found, set(scanned))]
        if problems:
            raise BadFields(problems)
        made = Sticky()
        for key, value in found.patch.items():
            if value is not None:
                self.put(connection, made, key, value)
        return made

    def put(self, connection: Connection, sticky: Sticky, key: str, value: str) -> None:
        """Let a canonical value stick. With a model stick its maker and its category, unless others were said."""
        before = sticky.values.get("model")
        sticky.values[key] = value
        sticky.shown[key] = self._shown(connection, key, value)
        if key == "model":
            own = self._of_model(connection, before) if before else {}
            for beside, told in self._of_model(connection, value).items():
                if sticky.values.get(beside) in (None, own.get(beside)) and beside in self._fields:
                    sticky.values[beside] = told
                    sticky.shown[beside] = self._shown(connection, beside, told)

    def by_card(self, connection: Connection, key: str, texts: Sequence[str]) -> str | Problem:
        """The value of a field that the scan after its card names; the problem where it names none, or several."""
        kind = self._fields[key].kind
        if isinstance(kind, Ref) and (row := self._one(connection, (TABLES[kind.table].word,), texts)):
            return row[1]
        problem: Problem | None = None
        for text in texts if isinstance(kind, Ref) else texts[:1]:
            found = read_texts(connection, self._catalogue, self._word, {key: text}, self._settings)
            if not found.errors and (value := found.patch.get(key)):
                return value
            problem = problem or next(iter(found.errors), None)
        return problem or Problem("field.required", field=key)

    def by_itself(self, connection: Connection, texts: Sequence[str]) -> tuple[str, str] | None:
        """The field and the value that a scan names without a card: where it names just one place, person or model."""
        words = tuple(word for word, key in _BY_ITSELF.items() if key in self._fields)
        found = self._one(connection, words, texts)
        return (_BY_ITSELF[found[0]], found[1]) if found else None

    def _one(self, connection: Connection, words: tuple[str, ...], texts: Sequence[str]) -> tuple[str, str] | None:
        """The kind and the id of the one record that the best reading names; also by its id or the way to a place."""
        whole = named_whole(connection, self._catalogue, words, texts)
        named = {(each.word, each.row) for each in whole if each.text == whole[0].text}
        for text in texts if not named else ():
            if "location" in words and PATH in text:  # a place that has no code
                named |= {("location", row) for row in Names(connection).meant("location", text)}
            elif len(text) == _ID:
                named |= {(word, text.lower()) for word in words if label_of(connection, word, text.lower())}
        return next(iter(named)) if len(named) == 1 else None

    def _missing(self, found: Read, scanned: set[str]) -> Iterator[Problem]:
        spared = {problem.field for problem in found.problems} | set(self._catalogue.categories) | scanned
        for each in self._fields.values():
            if each.required and each.key not in spared and found.patch.get(each.key) is None:
                yield Problem("field.required", field=each.key)

    def _of_model(self, connection: Connection, model: str) -> dict[str, str]:
        rows = TABLES["model"].sql
        maker, category = connection.execute(
            select(rows.c.manufacturer, rows.c.category).where(rows.c.id == model)
        ).one_or_none() or (None, None)
        return {key: value for key, value in (("manufacturer", maker), ("category", category)) if value}

    def _shown(self, connection: Connection, key: str, value: str) -> str:
        kind = self._fields[key].kind
        return label_of(connection, kind.table, value) if isinstance(kind, Ref) else kind.format(value)
