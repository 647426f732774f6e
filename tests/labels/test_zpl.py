"""What a ZPL printer is told draws what was laid out, decodes to what was put in, and cannot be made to obey a tag."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from models.fields.problem import KnownError
from models.labels.boxes import RuleBox, SymbolBox, TextBox
from models.labels.designs import Design, Template, designs_for, find_design
from models.labels.layout import Nudge, Sheets, compose, lay_out
from models.labels.shapes import Align, Barcode, Label, TextRun
from models.labels.stocks import Stock, find_stock, stocks
from models.labels.symbols import encode
from models.labels.zpl import ZplSettings
from models.labels.zpl_text import fit_text
from tests.labels.reading import WHITE
from tests.labels.zpl import Command, commands, drawn, formats, texts_of

_TAGS = st.text("ABCDEFGHKLMNPRSTUVWXYZ0123456789-./", min_size=4, max_size=8)
_STOCK = find_stock("Avery 5163")
_LONG = "Département de la sécurité publique, City of Springfield " * 3
#: Each command that may be told, and what may stand behind it.
_GRAMMAR = {
    "~SD": r"[0-2]\d|30",
    "^XA": "",
    "^CI": "28",
    "^PO": "N",
    "^LH": "0,0",
    "^LS": "0",
    "^PW": r"\d{2,5}",
    "^LL": r"\d{2,5}",
    "^PR": r"[1-9]|1[0-4]",
    "^FO": r"\d{1,5},\d{1,5}",
    "^BY": r"([1-9]|10),3\.0,\d{1,5}",
    "^BC": r"[NR],\d{1,5},N,N,N,N",
    "^B2": r"[NR],\d{1,5},N,N,N",
    "^B3": r"[NR],N,\d{1,5},N,N",
    "^BE": r"[NR],\d{1,5},N,N",
    "^BU": r"[NR],\d{1,5},N,N,N",
    "^BQ": r"N,2,([1-9]|10)",
    "^BX": r"[NR],\d{1,2},200,\d{1,3},\d{1,3},6,[|#@!]",
    "^A": r"0[NR],\d{2,4}",
    "^FB": r"\d{1,5},1,0,[CR]",
    "^FH": "",
    "^FD": r"(MA,)?([A-Za-z0-9 ./-]|_[0-9A-F]{2}|>[0-9:;<=])+",
    "^GB": r"\d{1,5},\d{1,5},\d{1,5}",
    "^GF": r"A,\d+,\d+,\d+,[0-9A-F:]+",
    "^FS": "",
    "^PQ": r"[1-9]\d*",
    "^XZ": "",
}


#: All but pages of paper: no ZPL printer takes them, and the renderer draws none so large.
_LABELS = [stock for stock in stocks() if stock.roll or stock.per_sheet > 1]


def design(*boxes: RuleBox | SymbolBox | TextBox) -> Design:
    return Design("Tried", "", 100, 50, boxes)


def text(template: str, y: float = 30, align: Align = Align.CENTRE) -> TextBox:
    return TextBox(2, y, 90, 8, Template(template), 14, 6, align, bold=True, mono=False)


def symbol(word: str = "code128", *, height: float = 15) -> SymbolBox:
    return SymbolBox(2, 2, 96, height, Template("{tag}"), word)


def one(of: Design, tag: str, *, dpi: int = 203, stock: Stock = _STOCK, nudge: Nudge | None = None) -> Sheets:
    """One label; a tag that its symbol cannot have is passed over."""
    try:
        label = compose(of, stock, {"tag": tag, "model": tag}, dpi=dpi)
    except KnownError:
        assume(False)
        raise
    return Sheets(stock.cut_to(of), dpi, (label,), nudge=nudge or Nudge())


def obeys(found: list[Command]) -> bool:
    return all(re.fullmatch(_GRAMMAR[each.name], each.data, re.ASCII) for each in found)


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("stock", _LABELS, ids=lambda stock: stock.name)
@settings(max_examples=1, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_design_decodes_from_what_a_printer_draws(stock: Stock, dpi: int, data: st.DataObject) -> None:
    for each in designs_for(stock):
        tag = data.draw(_TAGS)
        record = dict.fromkeys(("tag", "code", "employee_number"), tag) | {"name": "Engine 7", "model": _LONG}
        label = compose(each, stock, record, dpi=dpi)
        sheets = Sheets(stock.cut_to(each), dpi, (label,))
        (told,) = formats(sheets)
        assert obeys(commands(told))
        symbols = sum(isinstance(shape, Barcode) for shape in label.shapes)
        assert texts_of(drawn(told, sheets)) == [tag] * symbols, each.name


_SYMBOLS = {
    "code128": st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=14),
    "gs1-128": st.from_regex(r"\(8004\)[0-9]{7}[A-Z0-9]{1,8}", fullmatch=True),
    "code39": st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-. $/+%", min_size=1, max_size=8),
    "itf": st.from_regex(r"([0-9]{2}){1,8}", fullmatch=True),
    "ean13": st.from_regex(r"[0-9]{12}", fullmatch=True),
    "upca": st.from_regex(r"[0-9]{11}", fullmatch=True),
}


@pytest.mark.parametrize("word", _SYMBOLS)
@settings(max_examples=25)
@given(data=st.data(), dpi=st.sampled_from([203, 300, 600]))
def test_bars_are_dot_for_dot_those_that_were_laid_out(word: str, data: st.DataObject, dpi: int) -> None:
    sheets = one(design(symbol(word)), data.draw(_SYMBOLS[word]), dpi=dpi)
    (barcode,) = sheets.labels[0].shapes
    assert isinstance(barcode, Barcode)
    picture = drawn(formats(sheets)[0], sheets)
    dots = dpi / 25.4
    module, left = round(barcode.module * dots), round(barcode.x * dots)
    wanted = bytes(0 if dark == "1" else 255 for dark in barcode.symbol.rows[0] for _ in range(module))
    # A GS1 symbol's FNC1 and an EAN's guards are among the modules; the quiet zones are blank.
    for y in (round(barcode.y * dots), round((barcode.y + barcode.height) * dots) - 1):
        row = picture.rows[y]
        assert row[left : left + len(wanted)] == wanted
        assert min(row[:left]) >= WHITE
        assert min(row[left + len(wanted) :]) >= WHITE


@pytest.mark.parametrize("word", ["qr", "datamatrix"])
@settings(max_examples=40)
@given(
    tag=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40),
    dpi=st.sampled_from([203, 600]),
)
def test_matrices_take_no_more_room_than_was_laid_out(word: str, tag: str, dpi: int) -> None:
    sheets = one(design(symbol(word, height=46)), tag, dpi=dpi)
    (barcode,) = sheets.labels[0].shapes
    assert isinstance(barcode, Barcode)
    picture = drawn(formats(sheets)[0], sheets)
    assert texts_of(picture) == [tag]
    dots = dpi / 25.4
    left, top, side = round(barcode.x * dots), round(barcode.y * dots), round(barcode.width * dots)
    assert picture.blank(0, 0, left, picture.height)
    assert picture.blank(left + side, 0, picture.width, picture.height)
    assert picture.blank(0, 0, picture.width, top)
    assert picture.blank(0, top + side, picture.width, picture.height)


def test_a_gs1_data_matrix_says_its_element_string() -> None:
    sheets = one(design(symbol("gs1-datamatrix", height=46)), "(01)09506000134352(10)A_C(21)12")
    assert drawn(formats(sheets)[0], sheets).texts("DataMatrix") == ["(01)09506000134352(10)A_C(21)12"]


_HOSTILE = st.lists(
    st.sampled_from(
        [
            "^XZ",
            "^XA",
            "~JR",
            "~JA",
            "^FS",
            "^FD",
            "^CC!",
            "~CT",
            "_5E",
            "_7E",
            ">:",
            ">8",
            "\\&",
            "\x02",
            "\n",
            "\x10",
            "^",
            "~",
            "é",
        ]
    )
    | st.text(max_size=8),
    min_size=1,
    max_size=30,
).map("".join)


@settings(max_examples=150)
@given(_HOSTILE)
def test_no_text_becomes_a_command(hostile: str) -> None:
    harmless = design(text("{tag}"), text("{model}", 40, Align.LEFT))
    (told,) = formats(one(harmless, hostile))
    wanted = [each.name for each in commands(formats(one(harmless, "R-1"))[0])]
    found = commands(told)
    assert obeys(found)
    assert set(told) <= set(range(32, 127))
    field = {"^FO", "^A", "^FB", "^FH", "^FD", "^FS"}
    assert [each.name for each in found if each.name not in field] == [name for name in wanted if name not in field]
    assert sum(each.name == "^FD" for each in found) <= 2


@settings(max_examples=150)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=20))
def test_no_barcode_becomes_a_command(hostile: str) -> None:
    (told,) = formats(one(design(symbol()), hostile))
    assert [each.name for each in commands(told)][-6:] == ["^BY", "^BC", "^FH", "^FD", "^FS", "^XZ"]
    assert obeys(commands(told))


@settings(max_examples=60)
@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters="\\"), min_size=1, max_size=60),
    st.sampled_from(Align),
    st.sampled_from([203, 300, 600]),
)
def test_a_text_stays_in_its_box(shown: str, align: Align, dpi: int) -> None:
    sheets = one(design(text("{tag}", align=align)), shown, dpi=dpi)
    picture = drawn(formats(sheets)[0], sheets)
    dots = dpi / 25.4
    # The renderer has font 0 in some sizes only and puts letters of others up to a millimetre to the right.
    assert picture.blank(0, 0, 2 * dots - 1, picture.height)
    assert picture.blank(93.2 * dots, 0, picture.width, picture.height)
    assert picture.blank(0, 0, picture.width, 30 * dots - 1)


def test_a_text_shrinks_and_is_cut_then() -> None:
    box = TextRun(0, 0, 40, 8, "R-004471", 20, 8)
    short, long, longer = (fit_text(replace(box, text="R-004471" * times), 8) for times in (1, 2, 9))
    assert (short.shown, long.shown) == ("R-004471", "R-004471" * 2)
    assert short.height > long.height >= longer.height
    assert longer.shown.startswith("R-004471R-0")
    assert longer.shown.endswith("...")
    assert fit_text(replace(box, text="\x00 \n"), 8).shown == ""


def test_a_backslash_is_no_command_of_a_text_block() -> None:
    found = commands(formats(one(design(text("{tag}")), "a\\&b"))[0])
    assert [each.data for each in found if each.name == "^FD"] == ["a_5C_26b"]
    assert not any(each.name == "^FB" for each in found)


def test_a_turned_label_is_the_same_turned_clockwise() -> None:
    plain = find_stock("Avery 5163")
    turned = replace(plain, turned=True, roll=True, page_width=plain.width, page_height=plain.height)
    bars = design(symbol(), symbol("datamatrix", height=20), RuleBox(3, 45, 90, 0.5))
    nudge = Nudge(1.5, -0.5)
    upright, lying = (one(bars, "R-004471", stock=stock, nudge=nudge) for stock in (plain, turned))
    rows = drawn(formats(upright)[0], upright).rows
    assert drawn(formats(lying)[0], lying).rows == [bytes(column) for column in zip(*reversed(rows), strict=True)]


def test_a_nudge_moves_all_and_scales_only_the_ways() -> None:
    bars = design(symbol(), text("{tag}"))
    before = formats(one(bars, "R-1"))[0]
    after = formats(one(bars, "R-1", nudge=Nudge(2, -1, 1.02)))[0]
    places = [
        [tuple(map(int, each.data.split(","))) for each in commands(told) if each.name == "^FO"]
        for told in (before, after)
    ]
    for (x, y), (moved_x, moved_y) in zip(*places, strict=True):
        assert moved_x == pytest.approx(x * 1.02 + 16, abs=1.1)
        assert moved_y == pytest.approx(y * 1.02 - 8, abs=1.1)
    assert re.sub(rb"\^FO\d+,\d+", b"", before) == re.sub(rb"\^FO\d+,\d+", b"", after)
    far = formats(one(bars, "R-1", nudge=Nudge(-90, -90)))[0]
    assert obeys(commands(far))


def test_copies_and_what_is_set_on_the_printer() -> None:
    sheets = lay_out(find_design("Tag", _STOCK), _STOCK, [{"tag": "R-1"}, {"tag": "R-2"}], copies=3, dpi=203)
    told = formats(sheets, ZplSettings(darkness=35, speed=4))
    assert len(told) == 2
    for each in told:
        found = {command.name: command.data for command in commands(each)}
        assert (found["~SD"], found["^PR"], found["^PQ"]) == ("30", "4", "3")
        assert each.endswith(b"^XZ")
        assert obeys(commands(each))
    assert not any(name in formats(replace(sheets, copies=1))[0] for name in (b"~SD", b"^PR", b"^PQ"))


def test_a_picture_is_drawn_in_dots() -> None:
    from models.labels.shapes import Picture

    label = Label((Picture(5, 5, 10, 4, b"any"),), 50, 20)
    sheets = Sheets(replace(_STOCK, width=50, height=20), 203, (label,))
    picture = drawn(formats(sheets)[0], sheets)
    dots = 203 / 25.4
    inside = [
        row[round(5 * dots) : round(15 * dots) - 1] for row in picture.rows[round(5 * dots) : round(9 * dots) - 1]
    ]
    assert max(map(max, inside)) == 0
    assert picture.blank(0, 0, 5 * dots - 1, picture.height)


def test_what_a_printer_cannot_do_by_itself_is_a_picture_of_whole_dots() -> None:
    long = "https://muster.example/" + "x" * 120
    sheets = one(design(symbol("qr", height=46)), long, dpi=600)
    (told,) = formats(sheets)
    assert b"^GFA" in told
    assert b"^BQ" not in told
    assert drawn(told, sheets).texts("QRCode") == [long]
    assert encode("qr", long).modules > 21
