"""Stocks, designs and layout: every label where the sheet has it, and nothing beside it."""

import dataclasses
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.fields.problem import KnownError, UsageError
from models.labels.designs import Template, designs, designs_for, find_design
from models.labels.job import label_pages
from models.labels.layout import Nudge
from models.labels.shapes import Align, Barcode, Label, Line, Shape, TextRun
from models.labels.stocks import Stock, find_stock, stocks
from models.progress import Cancelled, Progress

INCH = 25.4
RECORD = {
    "tag": "R-004471",
    "alias": "ENG 7 OFC",
    "unit_id": "4779",
    "manufacturer": "Motorola Solutions",
    "model": "APX 8000",
    "serial": "579CXF1234",
    "organisation": "City of Springfield",
    "department": "Fire",
    "location": "Station 7",
    "code": "ST-7",
    "employee_number": "104471",
}


def tags(count: int) -> list[dict[str, str]]:
    return [{**RECORD, "tag": f"R-{number:06}"} for number in range(count)]


def text_of(label: Label) -> str:
    return next(shape.symbol.text for shape in label.shapes if isinstance(shape, Barcode))


def test_avery_5160_is_where_avery_has_it() -> None:
    sheets = label_pages(tags(31), "Avery 5160", "Tag")
    assert sheets.page_count == 2
    first = sheets.page(0)
    assert len(first) == 30
    for number, placed in enumerate(first):
        row, column = divmod(number, 3)
        assert placed.x == pytest.approx((0.156 + column * 2.781) * INCH, abs=0.1)
        assert placed.y == pytest.approx((0.5 + row) * INCH, abs=0.1)
        assert (placed.label.width, placed.label.height) == pytest.approx((2.625 * INCH, INCH))
    assert len(sheets.page(1)) == 1


@pytest.mark.parametrize("stock", stocks(), ids=lambda stock: stock.name)
def test_a_sheet_holds_all_its_labels_and_none_overlap(stock: Stock) -> None:
    places = [stock.position(number) for number in range(1, stock.per_sheet + 1)]
    for x, y in places:
        assert x >= 0
        assert y >= 0
        assert x + stock.width <= stock.page_width
        assert y + stock.height <= stock.page_height
    assert stock.pitch_x >= stock.width
    assert stock.pitch_y >= stock.height
    for number, (x, y) in enumerate(places, 1):
        assert stock.label_at(x + stock.width / 2, y + stock.height / 2) == number
    if stock.per_sheet > 1:
        assert stock.label_at(0.1, 0.1) is None
        assert stock.label_at(stock.page_width - 0.1, stock.page_height - 0.1) is None
    else:
        assert (stock.width, stock.height) == (stock.page_width, stock.page_height)


@pytest.mark.parametrize("name", ["5160", "avery 5160", "Avery-5160", "8160", "Avery 5260"])
def test_a_stock_is_known_by_its_numbers(name: str) -> None:
    assert find_stock(name).name == "Avery 5160"


@pytest.mark.parametrize("name", ["Zebra 2 × 1 in", "zebra 2x1", "zebra-2x1-in", "2 x 1 in"])
def test_a_roll_is_called_by_its_size_as_keyboards_have_it(name):
    assert find_stock(name).name == "Zebra 2 × 1 in"


@pytest.mark.parametrize("name", ["", "516", "Brother 5160", "x"])
def test_an_unknown_stock_is_refused_with_what_there_is(name: str) -> None:
    with pytest.raises(UsageError) as error:
        find_stock(name)
    assert error.value.problem.code == "label.unknown-stock"
    assert "Avery 5160" in error.value.problem.details["known"]


@pytest.mark.parametrize("stock", stocks(), ids=lambda stock: stock.name)
def test_every_design_stays_on_every_label_that_it_fits(stock: Stock) -> None:
    assert designs_for(stock), "each stock has a design"
    for design in designs_for(stock):
        for dpi in (203, 300, 600):
            label = label_pages([RECORD], stock, design, dpi=dpi).labels[0]
            for shape in label.shapes:
                left, top, right, bottom = edges(shape)
                assert min(left, top) >= 0.9
                assert max(right - label.width, bottom - label.height) <= -0.9


def edges(shape: Shape) -> tuple[float, float, float, float]:
    """What a shape takes up, with its quiet zones."""
    if isinstance(shape, Line):
        return shape.x1, shape.y1 - shape.width, shape.x2, shape.y2 + shape.width
    if isinstance(shape, Barcode):
        return shape.x - shape.quiet, shape.y, shape.x + shape.width + shape.quiet, shape.y + shape.height
    return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height


@pytest.mark.parametrize("design", designs(), ids=lambda design: design.name)
def test_the_boxes_of_a_design_do_not_overlap(design: object) -> None:
    boxes = design.boxes  # type: ignore[attr-defined]
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = (
                one.x + one.width <= other.x + 1e-9
                or other.x + other.width <= one.x + 1e-9
                or one.y + one.height <= other.y + 1e-9
                or other.y + other.height <= one.y + 1e-9
            )
            assert apart, (one, other)


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_bars_stand_on_whole_dots(dpi: int) -> None:
    for placed in label_pages(tags(30), "5160", "Tag and model", dpi=dpi).page(0):
        barcode = next(shape for shape in placed.label.shapes if isinstance(shape, Barcode))
        rects = list(barcode.rects())
        assert len(rects) > 20
        for rect in rects:
            for edge in (placed.x + rect.x, placed.y + rect.y, rect.width, rect.height):
                dots = edge * dpi / INCH
                assert dots == pytest.approx(round(dots), abs=1e-6)
        for one, other in pairwise(rects):
            assert one.x + one.width < other.x


@given(st.integers(0, 95), st.integers(1, 30), st.integers(1, 4))
def test_labels_keep_their_order_from_the_first_free_one(count: int, start: int, copies: int) -> None:
    sheets = label_pages(tags(count), "5160", "Tag", start, copies)
    found = [(page, placed) for page in range(sheets.page_count) for placed in sheets.page(page)]
    expected = [record["tag"] for record in tags(count) for _ in range(copies)]
    assert [text_of(placed.label) for _, placed in found] == expected
    assert sheets.count == count * copies
    for number, (page, placed) in enumerate(found, start - 1):
        assert page == number // 30
        x, y = sheets.stock.position(number % 30 + 1)
        assert (placed.x, placed.y) == pytest.approx((x, y), abs=0.05)


@pytest.mark.parametrize("start", [0, 31, -1])
def test_a_start_beside_the_sheet_is_refused(start: int) -> None:
    with pytest.raises(UsageError) as error:
        label_pages(tags(1), "5160", "Tag", start)
    assert error.value.problem.code == "label.start-not-on-sheet"
    assert error.value.problem.details["last"] == "30"


def test_no_copies_are_refused() -> None:
    with pytest.raises(UsageError) as error:
        label_pages(tags(1), "5160", "Tag", 1, 0)
    assert error.value.problem.code == "label.no-copies"


def test_records_that_get_no_label_are_named_and_leave_no_gap() -> None:
    records = tags(5)
    records[1] = {"name": "no tag"}
    records[2]["tag"] = "X" * 60
    records[3]["tag"] = "Ñ"
    sheets = label_pages(records, "5160", "Tag")
    assert [text_of(label) for label in sheets.labels] == ["R-000000", "R-000004"]
    assert [(refused.index, refused.problem.code) for refused in sheets.refused] == [
        (1, "label.nothing-to-encode"),
        (2, "label.other-symbol-fits"),
        (3, "label.cannot-encode"),
    ]
    told = sheets.refused[1].problem.details
    assert (told["needs"], told["room"], told["other"]) == ("121.1 mm", "62.6 mm", "Data Matrix")


def test_the_symbol_can_be_another_than_the_designs() -> None:
    sheets = label_pages([RECORD], "5160", "Tag", symbology="qr")
    barcode = sheets.labels[0].shapes[0]
    assert isinstance(barcode, Barcode)
    assert barcode.height == pytest.approx(barcode.width, abs=0.1)
    with pytest.raises(UsageError):
        label_pages([RECORD], "5160", "Tag", symbology="code9")


def test_designs_are_found_by_name_if_they_fit() -> None:
    stock = find_stock("5167")
    assert find_design("", stock).name == "Small tag"
    assert find_design("small TAG", stock).name == "Small tag"
    assert find_design("", find_stock("5160")).name == "Tag"
    with pytest.raises(UsageError) as error:
        find_design("Radio", stock)
    assert error.value.problem.code == "label.design-too-large"
    with pytest.raises(UsageError) as unknown:
        find_design("Nice", stock)
    assert unknown.value.problem.code == "label.unknown-design"
    assert {"tag", "alias", "unit_id"} <= set(find_design("Radio", find_stock("5160")).keys())


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{tag}", "R-004471"),
        ("{nothing|alias|tag}", "ENG 7 OFC"),
        ("S/N {serial}", "S/N 579CXF1234"),
        ("S/N {nothing}", ""),
        ("{nothing} {model}", "APX 8000"),
        ("Handle with care", "Handle with care"),
        ("{nothing}", ""),
    ],
)
def test_templates(template: str, text: str) -> None:
    assert Template(template).fill(RECORD) == text


def test_a_value_with_braces_is_only_text() -> None:
    assert Template("{tag}").fill({"tag": "{serial}", "serial": "x"}) == "{serial}"


def test_a_radio_is_known_by_its_alias_and_unit_id() -> None:
    label = label_pages([RECORD], "5160", "Radio").labels[0]
    texts = {shape.text: shape.align for shape in label.shapes if isinstance(shape, TextRun)}
    assert texts["ENG 7 OFC"] is Align.LEFT
    assert texts["ID 4779"] is Align.RIGHT


def test_long_work_tells_where_it_is_and_can_be_cancelled() -> None:
    progress = Progress()
    label_pages(tags(600), "5160", "Tag", progress=progress)
    assert (progress.stage, progress.done, progress.total) == ("labels", 512, 600)
    progress.cancel()
    with pytest.raises(Cancelled):
        label_pages(tags(600), "5160", "Tag", progress=progress)


def test_sheets_can_begin_elsewhere_without_a_new_layout() -> None:
    sheets = label_pages(tags(30), "5160", "Tag")
    moved = dataclasses.replace(sheets, start=30)
    assert moved.labels is sheets.labels
    assert [len(page) for page in moved.pages()] == [1, 29]
    with pytest.raises(KnownError):
        dataclasses.replace(sheets, start=31)


def test_designs_for_a_kind_come_first_then_those_for_any_asset() -> None:
    stock = find_stock("5160")
    assert find_design("", stock, word="radio").name == "Radio"
    assert find_design("", stock, word="location").name == "Room"
    assert find_design("", stock, word="hardware").name == "Tag"
    ranks = [bool(design.kinds) for design in designs_for(stock)]
    assert ranks == sorted(ranks)
    with pytest.raises(UsageError) as error:
        find_design("", dataclasses.replace(stock, width=6.0, height=6.0))
    assert error.value.problem.code == "label.no-design-fits"


def test_a_nudge_moves_labels_by_itself_and_by_their_way_from_the_edge() -> None:
    plain, moved = (label_pages(tags(30), "5160", "Tag", nudge=nudge) for nudge in (Nudge(), Nudge(1, -2, 1.01)))
    for one, other in zip(plain.page(0), moved.page(0), strict=True):
        assert other.x == pytest.approx(one.x * 1.01 + 1, abs=0.1)
        assert other.y == pytest.approx(one.y * 1.01 - 2, abs=0.1)
        assert one.label == other.label
