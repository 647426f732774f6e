"""The test page: what it shows can be measured, and lies where the nudge moves it."""

import pytest
from PySide6.QtGui import QGuiApplication

from desktop.printing.image import page_image
from models.labels.layout import NO_NUDGE, Nudge
from models.labels.ruler import ruler_sheets
from models.labels.shapes import Barcode, Line, TextRun
from models.labels.stocks import Stock, find_stock, stocks
from tests.labels.reading import Grey

INCH = 25.4


@pytest.mark.parametrize("stock", stocks(), ids=lambda stock: stock.name)
def test_each_stock_has_a_page_with_rulers_outlines_and_a_symbol(stock: Stock, qapp: QGuiApplication) -> None:
    sheets = ruler_sheets(stock, 203)
    assert sheets.page_count == 1
    assert sheets.stock.fed == stock.fed
    (label,) = sheets.labels
    lines = [shape for shape in label.shapes if isinstance(shape, Line)]
    ticks = [line for line in lines if line.x1 == line.x2 and line.y1 == 0 and line.y2 <= 3]
    assert [round(line.x1) for line in ticks] == list(range(1, int(stock.page_width) + 1))
    assert len(lines) - len(ticks) - int(stock.page_height) in (4 * stock.per_sheet, 8 * stock.per_sheet)
    (symbol,) = (shape for shape in label.shapes if isinstance(shape, Barcode))
    assert symbol.symbol.text == "TEST"
    if stock.page_width < 160:
        assert Grey.of_image(page_image(sheets, 0)).all_texts("Code128", "DataMatrix") == ["TEST"]


def test_the_nudge_moves_the_page_and_stretches_the_rulers(qapp: QGuiApplication) -> None:
    stock, dpi = find_stock("Zebra 4x6"), 300
    for nudge in (NO_NUDGE, Nudge(1.5, -0.5, 1.02)):
        sheets = ruler_sheets(stock, dpi, nudge)
        ((placed),) = sheets.page(0)
        ticks = [
            shape for shape in placed.label.shapes if isinstance(shape, Line) and shape.x1 == shape.x2 and not shape.y1
        ]
        ninety = placed.x + ticks[89].x1
        assert ninety == pytest.approx(nudge.x + 90 * nudge.scale, abs=INCH / dpi)
        drawn = Grey.of_image(page_image(sheets, 0))
        at = round(ninety * dpi / INCH)
        assert min(drawn.rows[round(max(0, nudge.y) + 0.5 * dpi / INCH)][at - 1 : at + 2]) < 128
    numbers = [shape.text for shape in ruler_sheets(stock, dpi).labels[0].shapes if isinstance(shape, TextRun)]
    assert "90" in numbers
    assert "Zebra 4 × 6 in" in numbers
