"""The command of a tag run: scans from standard input, line by line, each answered with a word."""

import sys
from argparse import ArgumentParser, Namespace

from desktop.console.changing import assignment
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


def tag_run(session: Session, asked: Namespace) -> int:
    """Make records of things by scans from standard input."""
    wants = tuple(filter(None, map(str.strip, asked.wants.split(",")))) or (WANTED[1:] if asked.next_tags else WANTED)
    texts = dict(assignment(each) for each in asked.fields)
    try:
        run = TagRun(session.journal, session.settings, asked.kind, texts, wants, give_tags=asked.next_tags)
    except BadFields as error:
        session.tell(*(labelled(session.catalogue, asked.kind, problem) for problem in error.problems))
        return MISUSED
    answers = _scan(session, run)
    summary, fields = run.summary, session.catalogue.keys(asked.kind)
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
        }
    )
    session.tell(*summary_sentences(summary, {key: each.label for key, each in fields.items()}))
    return SOME_REFUSED if summary.refused or summary.unfinished else DONE


def _scan(session: Session, run: TagRun) -> list[tuple[str, Answer]]:
    """Take scans until there are none left, or the card of the end comes."""
    rules = scan_rules(session.settings)
    answers: list[tuple[str, Answer]] = []
    for line in sys.stdin:
        raw = line.strip("\r\n")
        if not raw.strip():
            continue
        answer = run.take(read_scan(raw, rules))
        answers.append((raw, answer))
        session.show(f"{WORDS[answer.outcome]}: {_sentence(answer)}")
        sys.stdout.flush()
        if run.standing.ended or session.progress.cancelled:
            break
    return answers


def _sentence(answer: Answer) -> str:
    return say(Problem(answer.code, answer.text, details=answer.details))
