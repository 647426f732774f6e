"""Symbols: they decode to what was put in, in whole dots, with their quiet zones, or are refused in words."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.fields.problem import KnownError, UsageError
from models.labels.symbols import MM_PER_INCH, SYMBOLOGIES, encode, module_dots
from tests.labels.reading import Grey

#: Plain Code 39: read as "full ASCII", pairs such as "+A" would mean something else.
READ_AS = {"code128": "Code128", "code39": "Code39Std", "qr": "QRCode", "datamatrix": "DataMatrix"}
_ASCII = st.characters(min_codepoint=32, max_codepoint=126)
_CODE39 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"


def read_back(word: str, text: str) -> list[str]:
    symbol = encode(word, text)
    return Grey.of_symbol(symbol.rows, symbol.symbology.quiet).texts(READ_AS[word])


@given(st.text(_ASCII, min_size=1, max_size=24))
@example("R-004471")
@example("99")
@example("9912")
@example("999999")
@example("99-A")
@example("1234567")
@example("A9999B12345")
@example("0100")
def test_code_128_decodes_to_the_same_text(text: str) -> None:
    assert read_back("code128", text) == [text]


@given(st.text("0123456789", min_size=1, max_size=20))
def test_code_128_of_digits_decodes_and_is_dense(text: str) -> None:
    assert read_back("code128", text) == [text]
    if len(text) % 2 == 0:
        assert encode("code128", text).modules == 11 * (len(text) // 2 + 2) + 13


@given(st.text(_CODE39, min_size=1, max_size=16).filter(lambda text: text == text.strip()))
def test_code_39_decodes_to_the_same_text(text: str) -> None:
    assert read_back("code39", text) == [text]


@pytest.mark.parametrize("word", ["qr", "datamatrix"])
@pytest.mark.parametrize("text", ["R-004471", "99", "https://assets.example.gov/a/R-004471", "Ñ-4471", "lower case"])
def test_matrix_symbols_decode_to_the_same_text(word: str, text: str) -> None:
    assert read_back(word, text) == [text]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("code128", "Ñ1"),
        ("code128", "ñ"),
        ("code128", "a\tb"),
        ("code128", "٣"),
        ("code39", "r-1"),
        ("code39", "A_1"),
        ("qr", "\n"),
    ],
)
def test_text_that_cannot_be_encoded_is_refused(word: str, text: str) -> None:
    with pytest.raises(KnownError) as error:
        encode(word, text)
    assert error.value.problem.code == "label.cannot-encode"
    assert error.value.problem.value == text


def test_nothing_to_encode_and_unknown_symbols_are_told() -> None:
    with pytest.raises(KnownError) as error:
        encode("code128", "")
    assert error.value.problem.code == "label.nothing-to-encode"
    with pytest.raises(UsageError) as usage:
        encode("code129", "A")
    assert usage.value.problem.code == "label.unknown-symbol"
    assert "code128" in usage.value.problem.details["known"]


@given(
    st.sampled_from(sorted(SYMBOLOGIES)),
    st.text(_CODE39, min_size=1, max_size=30),
    st.floats(5, 150),
    st.floats(4, 60),
    st.sampled_from([96, 180, 203, 300, 600, 1200]),
)
def test_a_symbol_fits_with_its_quiet_zones_or_says_what_would(
    word: str, text: str, width: float, height: float, dpi: int
) -> None:
    symbol = encode(word, text)
    total = symbol.modules + 2 * symbol.symbology.quiet
    room = width if symbol.linear else min(width, height)
    least = -(-symbol.symbology.least * dpi // MM_PER_INCH)
    if total * least * MM_PER_INCH / dpi <= room:
        dots = module_dots(symbol, width, height, dpi)
        assert dots >= least
        assert total * dots * MM_PER_INCH / dpi <= room + 1e-6
        return
    with pytest.raises(KnownError) as error:
        module_dots(symbol, width, height, dpi)
    assert error.value.problem.code == "label.symbol-too-wide"
    needs = float(error.value.problem.details["needs"].removesuffix(" mm"))
    assert needs > room
    assert module_dots(symbol, needs, needs, dpi) == least


@pytest.mark.parametrize(("dpi", "dots"), [(203, 2), (300, 4), (600, 8)])
def test_a_usual_tag_has_bars_that_scanners_like(dpi: int, dots: int) -> None:
    symbol = encode("code128", "R-004471")
    assert symbol.modules == 101
    assert module_dots(symbol, 62.6, 13, dpi) == dots
    assert 0.19 < dots * MM_PER_INCH / dpi < 0.35
