"""Symbols: they decode to what was put in, in whole dots, with their quiet zones, or are refused in words."""

import pytest
import stdnum.ean
from hypothesis import example, given
from hypothesis import strategies as st

from models.fields.problem import KnownError, UsageError
from models.labels.gs1 import giai
from models.labels.symbols import MM_PER_INCH, encode, module_dots
from tests.labels.reading import Grey

#: Plain Code 39: read as "full ASCII", pairs such as "+A" would mean something else.
READ_AS = {
    "code128": "Code128",
    "gs1-128": "Code128",
    "code39": "Code39Std",
    "itf": "ITF",
    "ean13": "EAN13",
    "upca": "UPCA",
    "qr": "QRCode",
    "datamatrix": "DataMatrix",
    "gs1-datamatrix": "DataMatrix",
}
_SET82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
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
        ("itf", "12a4"),
        ("ean13", "123456789O12"),
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
    st.one_of(
        st.tuples(
            st.sampled_from(["code128", "code39", "qr", "datamatrix"]), st.text(_CODE39, min_size=1, max_size=30)
        ),
        st.tuples(st.sampled_from(["gs1-128", "gs1-datamatrix"]), st.just("(8004)0614141R-004471")),
        st.tuples(st.just("itf"), st.text("0123456789", min_size=4, max_size=4)),
        st.tuples(st.sampled_from(["ean13", "upca"]), st.just("12345678901")),
    ).filter(lambda known: known != ("ean13", "12345678901")),
    st.floats(5, 150),
    st.floats(4, 60),
    st.sampled_from([96, 180, 203, 300, 600, 1200]),
)
def test_a_symbol_fits_with_its_quiet_zones_or_says_what_would(
    asked: tuple[str, str], width: float, height: float, dpi: int
) -> None:
    symbol = encode(*asked)
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
    other = error.value.problem.details.get("word")
    assert error.value.problem.code == ("label.other-symbol-fits" if other else "label.symbol-too-wide")
    if other:
        assert module_dots(encode(other, symbol.text), width, height, dpi) > 0
    needs = float(error.value.problem.details["needs"].removesuffix(" mm"))
    assert needs > room
    assert module_dots(symbol, needs, needs, dpi) == least


@pytest.mark.parametrize(("dpi", "dots"), [(203, 2), (300, 4), (600, 8)])
def test_a_usual_tag_has_bars_that_scanners_like(dpi: int, dots: int) -> None:
    symbol = encode("code128", "R-004471")
    assert symbol.modules == 101
    assert module_dots(symbol, 62.6, 13, dpi) == dots
    assert 0.19 < dots * MM_PER_INCH / dpi < 0.35


@given(st.text(_SET82.replace("(", ""), min_size=1, max_size=23))
@example("R-004471")
@example("99")
@example("9912")
@example("1")
@example("%&")
def test_a_giai_decodes_as_gs1(reference: str) -> None:
    text = giai(reference, "0614141")
    for word, identifier in (("gs1-128", "]C1"), ("gs1-datamatrix", "]d2")):
        symbol = encode(word, text)
        (found,) = Grey.of_symbol(symbol.rows, symbol.symbology.quiet).barcodes(READ_AS[word])
        assert found.symbology_identifier == identifier
        assert found.bytes.decode() == "80040614141" + reference


def test_gs1_elements_of_open_length_are_ended_but_for_the_last() -> None:
    symbol = encode("gs1-128", "(01)09501101530003(8004)0614141R-1(21)99")
    (found,) = Grey.of_symbol(symbol.rows, symbol.symbology.quiet).barcodes()
    assert found.symbology_identifier == "]C1"
    assert found.bytes.decode() == "010950110153000380040614141R-1\x1d2199"


def test_an_element_string_stays_what_it_is() -> None:
    assert giai("(8004)95011011", "") == "(8004)95011011"
    assert giai("", "0614141") == ""


@pytest.mark.parametrize(
    ("reference", "prefix", "code"),
    [
        ("R-1", "", "label.no-gs1-prefix"),
        ("R-1", "123", "label.bad-gs1-prefix"),
        ("R-1", "٠٦١٤١٤١", "label.bad-gs1-prefix"),
        ("R 1", "0614141", "label.bad-gs1"),
        ("Ñ", "0614141", "label.bad-gs1"),
        ("X" * 24, "0614141", "label.giai-too-long"),
        ("(8004)", "", "label.bad-gs1"),
    ],
)
def test_what_is_no_giai_is_refused(reference: str, prefix: str, code: str) -> None:
    for word in ("gs1-128", "gs1-datamatrix"):
        with pytest.raises(KnownError) as error:
            encode(word, giai(reference, prefix))
        assert error.value.problem.code == code


@given(st.text("0123456789", min_size=2, max_size=20).filter(lambda text: len(text) % 2 == 0))
def test_interleaved_2_of_5_decodes(text: str) -> None:
    # Short ones are read by chance in other bars; the decoder's own least is 6 digits.
    if len(text) >= 6:
        assert read_back("itf", text) == [text]
    with pytest.raises(KnownError) as error:
        encode("itf", text + "1")
    assert error.value.problem.code == "label.itf-odd"


@given(st.sampled_from([("ean13", 12), ("upca", 11)]), st.data())
def test_trade_numbers_get_their_check_digit_or_are_verified(kind: tuple[str, int], data: st.DataObject) -> None:
    word, length = kind
    # An EAN-13 that begins with 0 is a UPC-A.
    number = data.draw(st.text("0123456789", min_size=length, max_size=length).filter(lambda text: text[0] != "0"))
    whole = encode(word, number).text
    assert whole[:-1] == number
    assert stdnum.ean.is_valid(whole)
    assert read_back(word, number) == [whole.zfill(13)]
    assert encode(word, whole) == encode(word, number)
    wrong = number + str((int(whole[-1]) + 1) % 10)
    for text, code in ((wrong, "label.check-digit"), (number[1:], "label.wrong-length")):
        with pytest.raises(KnownError) as error:
            encode(word, text)
        assert error.value.problem.code == code
    with pytest.raises(KnownError) as error:
        encode(word, wrong)
    assert error.value.problem.details["check"] == whole[-1]


@given(st.text(_ASCII, min_size=1, max_size=80).filter(str.strip))
def test_a_data_matrix_is_square(text: str) -> None:
    rows = encode("datamatrix", text).rows
    assert {len(row) for row in rows} == {len(rows)}
