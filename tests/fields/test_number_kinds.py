"""Whole numbers, numbers, percentages and money, in the marks of any country."""

from decimal import Decimal

import pytest

from models.fields.kinds import Money, Number, Percent, Whole
from models.fields.problem import BadValue


def refused(kind, text) -> str:
    with pytest.raises(BadValue) as bad:
        kind.from_cell(text, [])
    return bad.value.problem.code


def read(kind, cell) -> tuple[str | None, list[str]]:
    notes = []
    return kind.from_cell(cell, notes), [note.code for note in notes]


@pytest.mark.parametrize(
    ("cell", "whole"),
    [
        ("1,024", "1024"),
        ("1.024.000", "1024000"),
        ("1 024", "1024"),
        ("1\u00a0024", "1024"),
        ("1’024", "1024"),
        ("1,024,000", "1024000"),
        ("007", "7"),
        ("16.00", "16"),
        ("16,0", "16"),
        (16.0, "16"),
        ("+3", "3"),
        ("-0", "0"),
    ],
)
def test_whole_numbers(cell: object, whole: str) -> None:
    assert read(Whole(), cell) == (whole, [])


def test_whole_numbers_with_units() -> None:
    memory = Whole(unit="GB")
    for text in ("16", "16 GB", "16GB", "16 gb", "16.0 GB"):
        assert read(memory, text) == ("16", [])
    assert memory.format("16") == "16 GB"
    assert read(memory, "1 TB") == ("1024", ["whole.converted"])
    assert read(memory, "16,384 MB") == ("16", ["whole.converted"])
    assert refused(memory, "16 kg") == "whole.unit"
    assert refused(memory, "15.9 GB") == "whole.fraction"
    life = Whole(unit="months")
    assert read(life, "3 years") == ("36", [])
    assert read(life, "36 months") == ("36", [])


def test_a_point_is_no_thousands_mark_unless_the_column_shows_it() -> None:
    assert refused(Whole(), "1.024") == "whole.fraction"
    assert read(Whole(), "16.000") == ("16", [])
    assert read(Whole().for_column(["1.024", "16,0"]), "1.024") == ("1024", [])
    assert read(Whole().for_column(["1.024", "1.024.000"]), "1.024") == ("1024", [])


def test_whole_numbers_have_bounds() -> None:
    assert refused(Whole(), "-1") == "whole.too-small"
    assert refused(Whole(max=10), 11.0) == "whole.too-large"
    assert refused(Whole(), "9" * 19) == "whole.too-large"
    assert read(Whole(min=None), "-5")[0] == "-5"


@pytest.mark.parametrize("cell", ["abc", "1.2.3", "1,2,3", "--1", "12-34", "1e3", "½", "²", "٣", True, "16 GB"])
def test_no_whole_numbers(cell: object) -> None:
    assert refused(Whole(), cell) == "number.not-a-number"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,234.50", "1234.5"),
        ("1.234,50", "1234.5"),
        ("1'234.5", "1234.5"),
        ("12,5", "12.5"),
        (".5", "0.5"),
        ("0,125", "0.125"),
        ("5.", "5"),
        ("-0.0", "0"),
        ("1,00,000", "100000"),
        ("1e-07", "0.0000001"),
        (1e-07, "0.0000001"),
        (0.1 + 0.2, "0.3"),
        ("12-", "-12"),
        ("−3", "-3"),
        ("00.10", "0.1"),
    ],
)
def test_numbers(cell: object, number: str) -> None:
    assert read(Number(), cell) == (number, [])


@pytest.mark.parametrize("text", ["1e999999999", "1e-999", "9" * 40])
def test_numbers_have_an_end(text: str) -> None:
    assert refused(Number(), text) in ("number.out-of-range", "number.not-a-number")


def test_a_number_is_a_cell_only_without_loss() -> None:
    assert Number().cell("0.1") == 0.1
    assert Number().cell("1234567890.123456") == "1234567890.123456"


def test_the_column_decides_the_marks() -> None:
    german = Number().for_column(["1.024", None, "12,5", 7.0])
    assert read(german, "1.024") == ("1024", [])
    american = Number().for_column(["1.024", "12.5", "1,000.5"])
    assert read(american, "1.024") == ("1.024", [])
    assert read(american, "1,024") == ("1024", [])
    mixed = Number().for_column(["1,5", "1.5"])
    assert read(mixed, "1,024") == ("1024", ["number.ambiguous"])


def test_percent() -> None:
    for text in ("80", "80%", "80 %", "80.0", 80.0):
        assert read(Percent(), text) == ("80", [])
    assert Percent().format("80") == "80%"
    assert read(Percent(), 0.8) == ("0.8", ["percent.fraction"])
    assert read(Percent(), "0.8%") == ("0.8", [])
    assert refused(Percent(), "180") == "percent.out-of-range"
    assert refused(Percent(), "%") == "number.not-a-number"


@pytest.mark.parametrize(
    ("cell", "money"),
    [
        ("$12.58", "12.58"),
        ("$1,234", "1234.00"),
        ("$ 1,234.5", "1234.50"),
        ("1234", "1234.00"),
        ("0012", "12.00"),
        (12.58, "12.58"),
        (1199.9999999999998, "1200.00"),
        (0, "0.00"),
        ("-0.00", "0.00"),
        ("($1,200.00)", "-1200.00"),
        ("$(12.50)", "-12.50"),
        ("-$12.50", "-12.50"),
        ("$-12.50", "-12.50"),
        ("12.50-", "-12.50"),
        ("USD 5", "5.00"),
        ("5 usd", "5.00"),
        ("$5 USD", "5.00"),
        ("US$5", "5.00"),
        ("€1.234,50", "1234.50 EUR"),
        ("1.234,50 €", "1234.50 EUR"),
        ("1 234,50\u00a0€", "1234.50 EUR"),
        ("£10", "10.00 GBP"),
        ("¥5,000", "5000.00 JPY"),
        ("CHF 1'200.–", "1200.00 CHF"),
        ("Fr.12", "12.00 CHF"),
        ("C$10.99", "10.99 CAD"),
        ("$10.99 CAD", "10.99 CAD"),
        ("0.0125", "0.0125"),
        ("$.50", "0.50"),
        ("1,234.50", "1234.50"),
    ],
)
def test_money(cell: object, money: str) -> None:
    assert read(Money(), cell) == (money, [])


@pytest.mark.parametrize(
    "cell", ["free", "TBD", "-", "$", "12 apples", "1.2.3,4", "12 34", "$5 €", "--5", "5 / 6", "1..5"]
)
def test_no_money(cell: str) -> None:
    assert refused(Money(), cell) in ("money.not-a-sum", "money.currency")


def test_money_doubts_and_rounds_aloud() -> None:
    assert read(Money(), "1.024") == ("1.024", ["money.ambiguous"])
    assert read(Money(), "0.12345") == ("0.1234", ["money.rounded"])
    assert refused(Money(), "12 XQZ") == "money.currency"
    assert refused(Money(), 1e15) == "cell.destroyed-number"


def test_money_by_its_column() -> None:
    german = Money("EUR").for_column(["1.024 €", "12,50 €"])
    assert read(german, "1.024") == ("1024.00", [])
    assert read(german, "1.024,50") == ("1024.50", [])


def test_money_is_shown_in_its_currency() -> None:
    assert Money().format("1234.50") == "$1,234.50"
    assert Money().format("-5.00") == "-$5.00"
    assert Money().format("1234.50 EUR") == "1,234.50 EUR"
    assert Money("CAD").format("5.00") == "$5.00"
    assert Money("CHF").format("5.00") == "5.00 CHF"
    assert read(Money("CAD"), "$5") == ("5.00", [])
    assert read(Money("EUR"), "$5") == ("5.00 USD", [])


def test_money_as_python_and_cell() -> None:
    assert Money().value("1234.50 EUR") == Decimal("1234.50")
    assert Money().currency_of("1234.50 EUR") == "EUR"
    assert Money().cell("1234.50") == 1234.5
    assert Money().cell("1234.50 EUR") == "1234.50 EUR"
    assert Money().cell("123456789012345.67") == "123456789012345.67"
