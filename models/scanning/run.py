"""The tag run: thing after thing gets a record by scans alone, while all that the things have in common sticks."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from models.fields.ids import new_id
from models.fields.problem import BadValue, Problem, UsageError
from models.journal.entry import Changes
from models.journal.writer import Journal
from models.scanning.answer import Answer, Outcome, answer
from models.scanning.box import Sorted
from models.scanning.entering import NAMING, Entering, Words
from models.scanning.rules import scan_rules
from models.scanning.scan import Command, Scan
from models.scanning.sorting import Sorter, check_wants, scannable
from models.scanning.standing import Standing, Summary
from models.scanning.sticking import BY_CARD, Sticker
from models.scanning.taking_back import take_back
from models.scanning.things import Holder, Line, Register, State, label_of, lines_of, run_details
from models.scanning.trail import Trail
from models.schema.records import record_type
from models.services.registry import Texts
from models.services.tags import next_tags, peek_tag
from models.settings import Settings

WANTED = ("tag", "serial")
"""What is scanned of each thing unless told, in this order where the codes themselves do not tell."""


class TagRun:
    """One run, on one thread at a time. It writes through the journal, a deed for each thing, and asks nobody else."""

    def __init__(
        self,
        journal: Journal,
        settings: Settings,
        word: str,
        sticky: Texts,
        wants: Sequence[str] = WANTED,
        *,
        give_tags: bool = False,
        run: str = "",
    ) -> None:
        """`word` is the kind of the things, `wants` the fields that are scanned of each.

        `sticky` are texts as people type them. `give_tags`: a thing without a tag is given the next one of its scheme,
        where tags are not scanned. `run` is the id of a run to go on with.

        Raises UsageError (kind.unknown, field.unknown, tagrun.wants-nothing, tagrun.cannot-scan); BadFields;
        DatabaseError.
        """
        self.run = run or new_id()
        self.changes = Changes()  # what the last scan changed in the records
        self._journal = journal
        self._word = word
        self._give_tags = give_tags
        catalogue, wants = journal.database.catalogue(), tuple(dict.fromkeys(wants))
        check_wants(catalogue, word, wants)
        fields, codes = catalogue.keys(word), [each.key for each in scannable(catalogue, word)]
        self._words = Words(fields, tuple(dict.fromkeys((*NAMING, *codes, *wants))), record_type(word).label.lower())
        self._sticker = Sticker(catalogue, word, settings)
        self._register = Register(catalogue, word, fields)
        self._asked = ""
        self._ended = False
        self._refused = 0
        self._times: list[dt.datetime] = []
        with journal.database.reading() as connection:
            self._sticky = self._sticker.read(connection, sticky, self._words.keys)
            sorter = Sorter(connection, catalogue, word, wants)
            self._trail = Trail(lines_of(connection, self.run, self._words.keys) if run else ())
        rules = scan_rules(settings)
        self._entering = Entering(self._register, sorter, fields, self._words, wants, rules)

    # What people do

    def take(self, scan: Scan) -> Answer:
        """Take a scan and say what became of it. Nothing is left half written. Raises DatabaseError."""
        self._times = [*self._times[:1], dt.datetime.now(dt.UTC)]
        self.changes = Changes()
        try:
            found = self._command(scan.command) if scan.command else self._code(scan)
        except BadValue as error:
            found = answer(Outcome.WRONG, error.problem.code, scan.text, **error.problem.details)
        except UsageError as error:  # there is no tag left to give
            found = answer(Outcome.WRONG, error.problem.code, error.problem.value, **error.problem.details)
        self._refused += found.outcome in (Outcome.WRONG, Outcome.UNKNOWN)
        return found

    def stick(self, texts: Texts) -> None:
        """Let these values stick from now on, and no others, as people type them. Raises BadFields."""
        with self._journal.database.reading() as connection:
            self._sticky = self._sticker.read(connection, texts, self._words.keys)
        self._trail.stuck_anew()

    def look_again(self) -> None:
        """What the run wrote may have been taken back elsewhere, or done again: what stands counts."""
        with self._journal.database.reading() as connection:
            self._trail.look_again(lines_of(connection, self.run, self._words.keys))

    @property
    def standing(self) -> Standing:
        """Where the run stands."""
        thing = self._entering.thing
        return Standing(
            {key: self._words.shown(key, value) for key, value in thing.codes.items()},
            tuple(self._entering.lacking),
            self._asked,
            dict(self._sticky.values),
            dict(self._sticky.shown),
            tuple(self._trail.lines),
            self._next_tag(),
            self._ended,
        )

    @property
    def summary(self) -> Summary:
        """What the run did so far."""
        lines = self._trail.lines
        states = Counter(line.state for line in lines)
        models = Counter(line.model for line in lines)
        return Summary(
            states[State.NEW],
            states[State.UPDATED],
            states[State.KNOWN],
            self._refused,
            (self._times[-1] - self._times[0]).total_seconds() if self._times else 0.0,
            dict(models.most_common()),
            self.standing.codes,
        )

    # Command cards

    def _command(self, command: Command) -> Answer:
        asked, self._asked = self._asked, BY_CARD.get(command, "")
        if self._asked:
            return answer(Outcome.STICKS, "tagrun.asked", field=self._words.label(self._asked))
        match command:
            case Command.UNDO:
                return answer(Outcome.UNDONE, "tagrun.asked-no-more") if asked else self._undo()
            case Command.NEXT:
                if not self._entering.thing.codes:
                    return answer(Outcome.KNOWN, "tagrun.nothing-begun")
                return self._finish()
            case Command.PRINT:
                last = self._trail.last
                if last is None:
                    return answer(Outcome.UNKNOWN, "tagrun.nothing-to-print")
                return answer(Outcome.OK, "tagrun.print", self._words.name(last.codes))
            case Command.END:
                self._ended = True
                return answer(Outcome.OK, "tagrun.ended", count=str(len(self._trail.lines)))
        return answer(Outcome.WRONG, "tagrun.other-card", command.value)

    def _undo(self) -> Answer:
        step = self._trail.back()
        if step is None:
            return answer(Outcome.KNOWN, "tagrun.nothing-to-undo")
        if step.sticky is not None:
            self._sticky = step.sticky
            return answer(Outcome.UNDONE, "tagrun.undone-sticky", field=self._words.label(step.key))
        if step.line is None:
            value = self._entering.thing.codes.pop(step.key)
            self._entering.thing.holder = step.holder
            label = self._words.label(step.key)
            return answer(Outcome.UNDONE, "tagrun.undone-code", self._words.shown(step.key, value), field=label)
        name = self._words.name(step.line.codes)
        if not step.line.action:
            return answer(Outcome.UNDONE, "tagrun.undone-known", name)
        self.changes, gone = take_back(self._journal, step.line)
        if not gone:
            self._trail.stays(step)
            return answer(Outcome.WRONG, "tagrun.undo-kept", name)
        return answer(Outcome.UNDONE, "tagrun.undone", name)

    # Codes

    def _code(self, scan: Scan) -> Answer:
        texts = scan.readings or ((scan.text,) if scan.text else ())
        if not texts:
            return answer(Outcome.WRONG, "tagrun.nothing-scanned")
        with self._journal.database.reading() as connection:
            if self._asked:
                return self._stick_asked(connection, scan.text, texts)
            if len(box := self._entering.box(scan.raw)) > 1:
                return self._take_box(connection, box)
            place = self._entering.known(connection, texts, self._beside())
            if place is None:
                if (named := self._sticker.by_itself(connection, texts)) is not None:
                    return self._stick(connection, *named)
                found = self._entering.placed(scan)
                if isinstance(found, Answer):
                    return found
                place = found
            refused = self._add(connection, *place)
        return refused or self._go_on(place[0])

    def _take_box(self, connection: Connection, box: Sequence[Sorted]) -> Answer:
        """Several codes in one scan, as a phone's box has them: all that are codes of the thing."""
        taken = [each for each in box if each.outcome is Outcome.OK]
        if not taken:
            problem = box[0].problem
            return answer(box[0].outcome, problem.code, problem.value, **problem.details)
        for each in taken:
            if (refused := self._add(connection, each.key, each.value)) is not None:
                return refused
        return self._go_on(taken[-1].key)

    def _go_on(self, key: str) -> Answer:
        """A code was taken: write the thing where nothing is lacking, else say what comes next."""
        return self._taken(key) if self._entering.lacking else self._finish()

    def _add(self, connection: Connection, key: str, text: str) -> Answer | None:
        value, before = self._entering.parse(key, text), self._entering.thing.holder
        found = self._entering.add(connection, key, value, self._beside())
        if isinstance(found, Holder):
            return self._there_already(connection, found)
        if found is None:
            self._trail.took(key, before)
        return found

    def _taken(self, key: str) -> Answer:
        thing = self._entering.thing
        code = "tagrun.taken" if thing.holder is None else "tagrun.lacks"
        shown = self._words.shown(key, thing.codes[key])
        return answer(Outcome.BEGUN, code, shown, field=self._words.label(key), wanted=self._entering.wanted())

    def _stick_asked(self, connection: Connection, text: str, texts: Sequence[str]) -> Answer:
        key = self._asked
        value = self._sticker.by_card(connection, key, texts)
        if isinstance(value, Problem):
            return answer(Outcome.UNKNOWN, "tagrun.unknown-name", text, field=self._words.label(key))
        self._asked = ""
        return self._stick(connection, key, value)

    def _stick(self, connection: Connection, key: str, value: str) -> Answer:
        self._trail.stuck(key, self._sticky)
        self._sticker.put(connection, self._sticky, key, value)
        return answer(Outcome.STICKS, "tagrun.sticks", self._sticky.shown[key], field=self._words.label(key))

    def _there_already(self, connection: Connection, holder: Holder) -> Answer:
        """The record has all that is wanted: nothing is written, and the thing is done."""
        self._begin_next()
        return self._know(holder.row, holder.values, label_of(connection, "model", holder.values.get("model", "")))

    def _know(self, row: str, values: Mapping[str, str], model: str) -> Answer:
        codes = self._words.codes(values)
        self._trail.knew(Line(row, State.KNOWN, codes, model, self._times[-1]))
        return answer(Outcome.KNOWN, "tagrun.known", self._words.name(codes), what=self._words.about(model, codes))

    def _finish(self) -> Answer:
        """Write the thing, as one deed."""
        thing, sticky = self._entering.thing, self._sticky.values
        if self._give_tags and not thing.has("tag"):
            thing.codes["tag"] = next_tags(self._journal, self._word, sticky.get("department"))[0]
        state = State.NEW if thing.holder is None else State.UPDATED
        known = thing.known()
        codes = self._words.codes(known)
        name = self._words.name(codes)
        edit = self._register.edit(thing, sticky)
        try:
            self.changes = self._journal.write(
                f"Tag {name}",
                lambda connection: self._register.checked(connection, thing, sticky, edit),
                source="tag run",
                details=run_details(self.run, state),
            )
        except UsageError as error:
            self._begin_next()
            return answer(Outcome.WRONG, error.problem.code, error.problem.value)
        self._begin_next()
        model = self._model(known.get("model") or sticky.get("model", ""))
        if not self.changes.action:
            return self._know(edit.row, known, model)
        self._trail.wrote(Line(edit.row, state, codes, model, self._times[-1], self.changes.action))
        code = "tagrun.added" if state is State.NEW else "tagrun.updated"
        return answer(Outcome.OK, code, name, what=self._words.about(model, codes))

    def _model(self, model: str) -> str:
        if model == self._sticky.values.get("model", ""):
            return self._sticky.shown.get("model", "")
        with self._journal.database.reading() as connection:
            return label_of(connection, "model", model)

    def _next_tag(self) -> str:
        if not self._give_tags:
            return ""
        with self._journal.database.reading() as connection:
            return peek_tag(connection, self._word, self._sticky.values.get("department")) or ""

    def _begin_next(self) -> None:
        """Nothing is unfinished any more; what stuck meanwhile can still be taken back."""
        self._entering.begin()
        self._trail.finished()

    def _beside(self) -> dict[str, str]:
        return {**self._sticky.values, **self._entering.thing.codes}
