"""What a deed of custody says to whom scanned: one answer for a thing or for several, and what is odd besides."""

from models.fields.problem import Problem
from models.scanning.answer import Outcome
from models.scanning.modes import Mode
from models.services.custody import Act, Custody, Fate

_VERBS = {Mode.ISSUE: "issued", Mode.RETURN: "returned", Mode.MOVE: "moved"}


def told_of(mode: Mode, custody: Custody) -> tuple[Outcome, Problem, tuple[Problem, ...]]:
    """The sort of answer, its sentence as a problem, and warnings to tell with it."""
    if len(custody.acts) == 1:
        outcome, problem, notes = _one(_VERBS[mode], custody.acts[0], custody.target)
        return outcome, problem, (*custody.notes, *notes)
    done, refused = len(custody.of(Fate.DONE)), len(custody.of(Fate.REFUSED))
    details = {"count": f"{done:,}", "refused": f"{refused:,}", "target": custody.target}
    notes = tuple(note for act in custody.acts if act.fate is not Fate.KNOWN for note in act.notes)
    if not done and not refused:
        known = {"count": f"{len(custody.acts):,}"}
        return Outcome.KNOWN, Problem("custody.known-several", details=known), custody.notes
    code = f"custody.{_VERBS[mode]}-{'some' if refused else 'several'}"
    return Outcome.REFUSED if refused else Outcome.OK, Problem(code, details=details), (*custody.notes, *notes)


def _one(verb: str, act: Act, target: str) -> tuple[Outcome, Problem, tuple[Problem, ...]]:
    if act.fate is not Fate.DONE:
        return Outcome.REFUSED if act.fate is Fate.REFUSED else Outcome.KNOWN, act.notes[0], ()
    code = f"custody.{verb}"
    if act.before:
        code += "-from"
    if verb == "returned" and target:
        code += "-to"
    # Who had it is in the sentence itself.
    notes = tuple(note for note in act.notes if note.code != "custody.had-it")
    return Outcome.OK, Problem(code, details={"name": act.name, "before": act.before, "target": target}), notes
