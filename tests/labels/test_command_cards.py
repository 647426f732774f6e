"""Command cards, read back from the PDF by an independent decoder."""

import pypdfium2
import pytest
import zxingcpp

from desktop.cli import main
from desktop.phrases.cards import ABOUT, command_cards
from desktop.printing.pdf import write_pdf
from models.fields.problem import UsageError
from models.labels.cards import Card, card_sheets, holds_cards, paper, record_cards
from models.labels.stocks import find_stock, stocks
from models.query.window import find_ids
from models.scanning.reading import read_scan
from models.scanning.rules import shipped_rules
from models.scanning.scan import Command, command_of


def read_back(path):
    """The barcodes of all pages."""
    found = []
    pdf = pypdfium2.PdfDocument(path)
    for page in pdf:
        found += [each.text for each in zxingcpp.read_barcodes(page.render(scale=300 / 72).to_pil())]
    pdf.close()
    return found


@pytest.mark.parametrize("name", ["letter", "a4"])
def test_the_cards_of_all_commands_are_read_back(tmp_path, name):
    sheets = card_sheets(command_cards(), paper(name))
    assert (sheets.count, sheets.page_count, sheets.refused) == (len(Command), 2, ())
    write_pdf(tmp_path / "cards.pdf", sheets)
    found = read_back(tmp_path / "cards.pdf")
    assert sorted(found) == sorted(command.code for command in Command)
    assert {command_of(text) for text in found} == set(Command)
    assert {read_scan(text.lower(), shipped_rules()).command for text in found} == set(Command)


@pytest.mark.parametrize("stock", [stock for stock in stocks() if holds_cards(stock)], ids=lambda stock: stock.name)
def test_cards_fit_each_stock_that_says_it_holds_them(tmp_path, stock):
    sheets = card_sheets(command_cards(), stock)
    assert sheets.refused == ()
    write_pdf(tmp_path / "cards.pdf", sheets)
    assert sorted(read_back(tmp_path / "cards.pdf")) == sorted(command.code for command in Command)


def test_small_labels_and_unknown_paper_are_refused():
    with pytest.raises(UsageError, match=r"cards\.too-small"):
        card_sheets(command_cards(), find_stock("5167"))
    with pytest.raises(UsageError, match=r"cards\.unknown-paper"):
        paper("a5")


def test_the_longest_code_of_a_card_fits_the_paper(tmp_path):
    identity = "0190f3a4-7b1c-7def-8a3b-0123456789ab"
    sheets = card_sheets([Card(identity, "Ünter den Linden")], paper("letter"))
    write_pdf(tmp_path / "cards.pdf", sheets)
    assert read_back(tmp_path / "cards.pdf") == [identity]


def test_cards_from_the_command_line(tmp_path, capsys):
    home, out = tmp_path / "home", tmp_path / "cards.pdf"
    assert main(["--home", str(home), "demo", "--assets", "500"]) == 0
    assert main(["--home", str(home), "command-sheet", "--out", str(out), "--paper", "a4", "--locations", "city"]) == 0
    assert "cards on" in capsys.readouterr().err
    found = read_back(out)
    assert {command.code for command in Command} < set(found)
    assert main(["--home", str(home), "command-sheet", "--out", "cards.png"]) == 2


def test_a_card_names_just_its_record(tmp_path):
    from models.fields.ids import new_id
    from models.journal.entry import Edit
    from models.journal.writer import Journal
    from models.store.database import Database
    from models.store.home import Home

    database = Database.open(Home(tmp_path / "home"))
    hall, annex = new_id(), new_id()
    rooms = {(hall, "CH-204"): new_id(), (annex, None): new_id()}
    edits = [Edit("location", hall, {"name": "City Hall"}, new=True)]
    edits.append(Edit("location", annex, {"name": "Annex"}, new=True))
    for (parent, code), row in rooms.items():
        more = {"code": code} if code else {}
        edits.append(Edit("location", row, {"name": "204", "parent": parent, **more}, new=True))
    Journal(database, "J. Ruiz").write("Places", edits)
    with database.reading() as connection:
        numbers = find_ids(connection, database.catalogue(), "location", "204")
        cards = list(record_cards(connection, database.catalogue(), "location", numbers, ABOUT["location"]))
        with pytest.raises(UsageError, match=r"cards\.no-such-kind"):
            list(record_cards(connection, database.catalogue(), "radio", numbers, ""))
    database.close()
    assert [(card.text, card.title) for card in cards] == [("CH-204", "204"), ("Annex / 204", "204")]
