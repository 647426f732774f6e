"""The command of a tag run: scans from standard input, line by line, each answered with a word."""

import sys
from argparse import ArgumentParser, Namespace

from desktop.console.changing import assignment
from desktop.console.label_run import LabelRun
from desktop.console.scanning import scan_lines
from desktop.console.session import DONE, MISUSED, SOME_REFUSED, Session, labelled
from desktop.phrases import say
from desktop.phrases.scanning import WORDS
from desktop.phrases.tagrun import summary_sentences
from models.fields.problem import Problem
from models.scanning.answer import Answer
from models.scanning.reading import read_scan
from models.scanning.rules import scan_rules
from models.scanning.run import WANTED, TagRun
from models.services.registry import BadFields


def describe_tag_run(parser: ArgumentParser) -> None:
    """The arguments of the command tag-run."""
    parser.add_argument("--as", dest="kind", metavar="KIND", required=True, help="the kind of the things, as hardware")
    parser.add_argument(
        "--set", dest="fields", metavar="field=value", action="append", default=[], help="what each of the things gets"
    )
    parser.add_argument(
        "--wants", metavar="A,B…", default="", help=f"the codes of each thing, in this order ({','.join(WANTED)})"
    )
    parser.add_argument("--next-tags", action="store_true", help="give each thing the next tag of its scheme")
    parser.add_argument("--printer", metavar="NAME", help="print each label at once, on this printer")
    parser.add_argument("--stock", metavar="NAME", help="the labels in the printer")
    parser.add_argument("--design", metavar="NAME", default="", help="the label's design (else the first that fits)")


def tag_run(session: Session, asked: Namespace) -> int:
    """Make records of things by scans from standard input."""
    wants = tuple(filter(None, map(str.strip, asked.wants.split(",")))) or (WANTED[1:] if asked.next_tags else WANTED)
    texts = dict(assignment(each) for each in asked.fields)
    try:
        run = TagRun(session.journal, session.settings, asked.kind, texts, wants, give_tags=asked.next_tags)
    except BadFields as error:
        session.tell(*(labelled(session.catalogue, asked.kind, problem) for problem in error.problems))
        return MISUSED
    printing = None
    if asked.printer is not None or asked.stock:
        printing = LabelRun(session, asked.printer or "", asked.stock or "", asked.design, asked.kind)
    answers = _scan(session, run, printing)
    if printing is not None:
        printing.finish()
    summary, labels = run.summary, {each.key: each.label for each in session.catalogue.fields(asked.kind)}
    session.result(
        {
            "run": run.run,
            "answers": [
                {"scan": raw, "outcome": each.outcome.value, "code": each.code, "message": _sentence(each)}
                for raw, each in answers
            ],
            "new": summary.new,
            "updated": summary.updated,
            "known": summary.known,
            "refused": summary.refused,
            "seconds": round(summary.seconds, 3),
            "models": dict(summary.by_model),
            "unfinished": dict(summary.unfinished),
            "things": [{"id": line.row, "state": line.state.value, **line.codes} for line in run.standing.lines],
            "labels": printing.labels if printing is not None else 0,
        }
    )
    session.tell(*summary_sentences(summary, labels))
    return SOME_REFUSED if summary.refused or summary.unfinished else DONE


def _scan(session: Session, run: TagRun, printing: LabelRun | None) -> list[tuple[str, Answer]]:
    """Take scans until there are none left, or the card of the end comes."""
    rules = scan_rules(session.settings)
    answers: list[tuple[str, Answer]] = []
    for raw in scan_lines():
        if not raw.strip():
            continue
        answer = run.take(read_scan(raw, rules))
        answers.append((raw, answer))
        session.show(f"{WORDS[answer.outcome]}: {_sentence(answer)}")
        sys.stdout.flush()
        written = bool(run.changes.count) and answer.code in ("tagrun.added", "tagrun.updated")
        if printing is not None and (written or answer.code == "tagrun.print"):
            printing.print_label("asset", run.standing.lines[-1].row)
        if run.standing.ended or session.progress.cancelled:
            break
    return answers


def _sentence(answer: Answer) -> str:
    return say(Problem(answer.code, answer.text, details=answer.details))
