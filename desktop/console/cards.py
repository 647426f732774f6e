"""The command that makes a sheet of command cards, as PDF."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from desktop.console.session import DONE, SOME_REFUSED, Session, problem_json
from desktop.phrases import count, say
from desktop.phrases.cards import ABOUT, command_cards
from models.fields.problem import UsageError
from models.labels.cards import card_sheets, paper, record_cards
from models.labels.own import all_stocks
from models.labels.stocks import find_stock
from models.query.window import find_ids


def describe_cards(parser: ArgumentParser) -> None:
    """The arguments of the command command-sheet."""
    parser.add_argument("--out", metavar="FILE.pdf", required=True, help="the file to write")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--paper", choices=("letter", "a4"), default="letter", help="plain paper to cut (letter)")
    where.add_argument("--stock", metavar="NAME", help="labels, one for each card")
    parser.add_argument("--locations", metavar="QUERY", help="cards of the places that it finds, too")
    parser.add_argument("--people", metavar="QUERY", help="cards of the people that it finds, too")
    parser.add_argument("--models", metavar="QUERY", help="cards of the models that it finds, too")
    parser.add_argument("--no-commands", action="store_true", help="only the cards of records")


def command_sheet(session: Session, asked: Namespace) -> int:
    """Write a sheet of cards that steer Muster when they are scanned."""
    from desktop.printing.pdf import write_pdf  # Qt takes a while to load

    path = Path(asked.out)
    if path.suffix.lower() != ".pdf":
        raise UsageError("label.format", asked.out, known=".pdf")
    cards = [] if asked.no_commands else command_cards()
    queries = {"location": asked.locations, "person": asked.people, "model": asked.models}
    with session.database.reading() as connection:
        stock = find_stock(asked.stock, all_stocks(connection)) if asked.stock else paper(asked.paper)
        for word, query in queries.items():
            if query is not None:
                numbers = find_ids(connection, session.catalogue, word, query, ("name", False))
                cards += record_cards(connection, session.catalogue, word, numbers, ABOUT[word])
    sheets = card_sheets(cards, stock)
    for each in sheets.refused:
        session.tell(f"{cards[each.index].title}: {say(each.problem)}")
    write_pdf(path, sheets, session.progress)
    session.result(
        {
            "file": str(path),
            "cards": [{"code": card.text, "title": card.title} for card in cards],
            "sheets": sheets.page_count,
            "refused": [{"code": cards[each.index].text, **problem_json(each.problem)} for each in sheets.refused],
        }
    )
    session.tell(f"{count(sheets.count, 'card')} on {count(sheets.page_count, 'sheet')}: {path}.")
    return SOME_REFUSED if sheets.refused else DONE
