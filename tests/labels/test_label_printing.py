"""What is printed decodes, lies where it should, and is whole or not there."""

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrinter

from desktop.printing.gui import ensure_gui
from desktop.printing.image import page_image, write_png
from desktop.printing.painter import UNITS_PER_MM, fit_text
from desktop.printing.pdf import write_pdf
from desktop.printing.printer import dots_for, open_printer, print_sheets, printer_names
from models.fields.problem import KnownError, UsageError
from models.labels.designs import Design, PictureBox
from models.labels.job import label_pages
from models.labels.layout import Sheets
from models.labels.shapes import Barcode, TextRun
from models.labels.stocks import find_stock
from models.progress import Cancelled, Progress
from tests.labels.pictures import png
from tests.labels.reading import WHITE, Grey, pdf_pages

INCH = 25.4


@pytest.fixture(autouse=True)
def _gui(qapp: QGuiApplication) -> None:
    """Fonts need an application."""


def radios(count: int) -> list[dict[str, str]]:
    return [
        {
            "tag": f"R-{number:06}",
            "alias": f"ENG {number} OFC",
            "unit_id": str(4779 + number),
            "manufacturer": "Motorola Solutions",
            "model": "APX 8000 All-Band Portable With A Name That Is Too Long For Any Label",
            "serial": f"579CXF{number:04}",
            "organisation": "City of Springfield, Département de la sécurité ↔ 消防",
        }
        for number in range(count)
    ]


@pytest.mark.parametrize("dpi", [300, 600])
@pytest.mark.parametrize(("design", "start"), [("Tag", 1), ("Tag and model", 7), ("Radio", 30)])
def test_a_pdf_decodes_in_order(tmp_path: Path, design: str, start: int, dpi: int) -> None:
    records = radios(34)
    path = tmp_path / "labels.pdf"
    write_pdf(path, label_pages(records, "Avery 5160", design, start))
    pages = pdf_pages(path, dpi)
    assert [text for page in pages for text in page.texts()] == [record["tag"] for record in records]
    assert len(pages[0].texts()) == min(34, 31 - start)


def test_a_pdf_has_true_size_and_draws_nothing_beside_a_label(tmp_path: Path) -> None:
    dpi = 300
    sheets = label_pages(radios(60), "5160", "Radio")
    write_pdf(tmp_path / "labels.pdf", sheets)
    page = pdf_pages(tmp_path / "labels.pdf", dpi)[0]
    assert (page.width, page.height) == pytest.approx((8.5 * dpi, 11 * dpi), abs=1)
    assert page.blank(0, 0, page.width, 0.5 * dpi)
    assert page.blank(0, 10.5 * dpi, page.width, page.height)
    gutters = [(0, 0.156), (0.156 + 2.625, 2.937), (2.937 + 2.625, 5.718), (5.718 + 2.625, 8.5)]
    for left, right in gutters:
        assert page.blank(left * dpi, 0, right * dpi, page.height)
    for row in range(11):
        edge = (0.5 + row) * dpi
        assert page.blank(0, edge - 0.04 * dpi, page.width, edge + 0.04 * dpi)


def test_the_bars_lie_where_the_layout_says(tmp_path: Path) -> None:
    dpi = 600
    sheets = label_pages(radios(30), "5160", "Tag")
    write_pdf(tmp_path / "labels.pdf", sheets)
    page = pdf_pages(tmp_path / "labels.pdf", dpi)[0]
    for placed, found in zip(sheets.page(0), page.barcodes(), strict=True):
        barcode = placed.label.shapes[0]
        assert isinstance(barcode, Barcode)
        row = page.rows[round((placed.y + barcode.y + barcode.height / 2) * dpi / INCH)]
        left, right = (placed.x + barcode.x) * dpi / INCH, (placed.x + barcode.x + barcode.width) * dpi / INCH
        quiet = round(barcode.quiet * dpi / INCH)
        assert min(row[round(left) - quiet : round(left)]) >= WHITE
        assert row[round(left)] < 255 - WHITE
        assert row[round(right) - 1] < 255 - WHITE
        assert min(row[round(right) : round(right) + quiet]) >= WHITE
        assert found.position.top_left.x == pytest.approx(left, abs=0.1 * dpi / INCH)


@pytest.mark.parametrize(
    "stock", ["Avery 5160", "Avery 5163", "Avery 5167", "Avery 8195", "Avery 6570", "Avery 6871", "Avery L7651"]
)
def test_each_stock_decodes_with_its_first_design(tmp_path: Path, stock: str) -> None:
    records = radios(find_stock(stock).per_sheet)
    write_pdf(tmp_path / "labels.pdf", label_pages(records, stock))
    assert pdf_pages(tmp_path / "labels.pdf", 600)[0].texts() == [record["tag"] for record in records]


@pytest.mark.parametrize(
    ("symbology", "kind"), [("code39", "Code39Std"), ("qr", "QRCode"), ("datamatrix", "DataMatrix")]
)
def test_other_symbols_decode_too(tmp_path: Path, symbology: str, kind: str) -> None:
    records = radios(30)
    write_pdf(tmp_path / "labels.pdf", label_pages(records, "5160", "Tag", symbology=symbology))
    page = pdf_pages(tmp_path / "labels.pdf", 600)[0]
    assert sorted(page.texts(kind)) == [record["tag"] for record in records]


@pytest.mark.parametrize("dpi", [203, 300])
def test_a_picture_decodes_and_its_bars_are_whole_dots(dpi: int) -> None:
    sheets = label_pages(radios(30), "5160", "Tag and model", dpi=dpi)
    page = Grey.of_image(page_image(sheets, 0))
    assert page.texts() == [f"R-{number:06}" for number in range(30)]
    placed = sheets.page(0)[4]
    barcode = next(shape for shape in placed.label.shapes if isinstance(shape, Barcode))
    row = page.rows[round((placed.y + barcode.y + barcode.height / 2) * dpi / INCH)]
    left = round((placed.x + barcode.x) * dpi / INCH)
    module = round(barcode.module * dpi / INCH)
    assert module >= 2
    drawn = row[left : left + barcode.symbol.modules * module]
    assert set(drawn) == {0, 255}
    assert "".join("1" if drawn[dot] == 0 else "0" for dot in range(0, len(drawn), module)) == barcode.symbol.rows[0]
    assert all(len(set(drawn[dot : dot + module])) == 1 for dot in range(0, len(drawn), module))


def test_pictures_are_numbered_when_there_are_many(tmp_path: Path) -> None:
    sheets = label_pages(radios(31), "5160", "Tag", dpi=203)
    written = write_png(tmp_path / "labels.png", sheets)
    assert [path.name for path in written] == ["labels-1.png", "labels-2.png"]
    image = QImage(str(written[1]))
    assert image.dotsPerMeterX() == round(203 / 0.0254)
    assert Grey.of_image(image.convertToFormat(QImage.Format.Format_Grayscale8)).texts() == ["R-000030"]
    assert write_png(tmp_path / "one.png", label_pages(radios(1), "5160", "Tag")) == [tmp_path / "one.png"]


def test_a_printer_gets_the_same(tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    records = radios(40)
    print_sheets(printer, label_pages(records, "5160", "Radio", 7, dpi=dots_for(printer)))
    pages = pdf_pages(tmp_path / "printed.pdf", 600)
    assert [text for page in pages for text in page.texts()] == [record["tag"] for record in records]
    assert (pages[0].width, pages[0].height) == pytest.approx((5100, 6600), abs=1)


@pytest.mark.parametrize(
    ("stock", "size"), [("DK-11201", (90, 29)), ("Zebra 4x6", (101.6, 152.4)), ("DK-22210", (72.5, 29))]
)
def test_rolls_are_pages_as_they_are_read(tmp_path: Path, stock: str, size: tuple[float, float]) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    sheets = label_pages(radios(2), find_stock(stock), "Tag")
    print_sheets(printer, sheets)
    write_pdf(tmp_path / "written.pdf", sheets)
    for name in ("printed.pdf", "written.pdf"):
        pages = pdf_pages(tmp_path / name, 300)
        assert [page.texts() for page in pages] == [["R-000000"], ["R-000001"]]
        assert (pages[0].width, pages[0].height) == pytest.approx([side * 300 / INCH for side in size], abs=3)
    lying = printer.pageLayout().orientation().name == "Landscape"
    assert lying == sheets.stock.turned


def test_a_printer_that_is_not_there_is_told() -> None:
    with pytest.raises(UsageError) as error:
        open_printer(find_stock("5160"), "No such printer 4711")
    assert error.value.problem.code == "label.unknown-printer"
    if not printer_names():
        with pytest.raises(KnownError) as none:
            open_printer(find_stock("5160"))
        assert none.value.problem.code == "label.no-printer"


def test_text_shrinks_and_then_ends_in_dots() -> None:
    box = TextRun(0, 0, 30, 4, "APX 8000", size=10, least=6)
    assert fit_text(box)[0] == "APX 8000"
    shown, size, width = fit_text(TextRun(0, 0, 30, 4, "Motorola Solutions APX", size=10, least=6))
    assert shown == "Motorola Solutions APX"
    assert 6 * UNITS_PER_MM * INCH / 72 <= size < 10 * UNITS_PER_MM * INCH / 72
    assert width <= 30 * UNITS_PER_MM
    shown, _, width = fit_text(TextRun(0, 0, 30, 4, "Motorola Solutions APX 8000 All-Band Portable", size=10, least=6))
    assert shown.endswith("…")
    assert shown.startswith("Motorola")
    assert width <= 30 * UNITS_PER_MM


def _write_both(path: Path, sheets: Sheets) -> list[KnownError]:
    errors = []
    for write in (write_pdf, write_png):
        with pytest.raises(KnownError) as error:
            write(path, sheets)
        errors.append(error.value)
    return errors


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    for error in _write_both(tmp_path / "no such folder" / "labels", label_pages(radios(1), "5160", "Tag")):
        assert error.problem.code == "label.cannot-write"
        assert error.problem.details["reason"]


def test_nothing_to_print_is_told(tmp_path: Path) -> None:
    for error in _write_both(tmp_path / "labels", label_pages([], "5160", "Tag")):
        assert error.problem.code == "label.nothing-to-print"
    assert list(tmp_path.iterdir()) == []


def test_cancelling_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    path.write_bytes(b"before")
    progress = Progress(cancelled=True)
    with pytest.raises(Cancelled):
        write_pdf(path, label_pages(radios(60), "5160", "Tag"), progress)
    assert path.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["labels.pdf"]


def test_an_application_that_is_there_is_kept(qapp: QGuiApplication) -> None:
    ensure_gui()
    assert QGuiApplication.instance() is qapp


def test_a_picture_is_drawn_in_its_place_and_what_it_lets_through_is_paper() -> None:
    half = QImage(40, 20, QImage.Format.Format_ARGB32)
    half.fill(0)
    for x in range(20):
        for y in range(20):
            half.setPixel(x, y, 0xFF000000)
    kept = QBuffer()
    half.save(kept, "PNG")
    box = PictureBox(10, 5, 20, 10, bytes(kept.data().data()))
    design, stock = Design("Picture", "", 60, 30, (box,)), find_stock("Zebra 3x2")
    page = Grey.of_image(page_image(label_pages([{}], stock, design), 0))
    left, top = ((stock.width - 60) / 2 + 10) * 300 / INCH, ((stock.height - 30) / 2 + 5) * 300 / INCH
    dots = 300 / INCH
    assert max(row[round(left) + 2] for row in page.rows[round(top) + 2 : round(top + 10 * dots) - 2]) == 0
    assert page.rows[round(top + 5 * dots)][round(left + 8 * dots)] == 0
    assert page.blank(left + 11 * dots, 0, page.width, page.height)
    assert page.blank(0, 0, page.width, top - 2)


def test_a_picture_that_cannot_be_drawn_leaves_its_place_empty() -> None:
    broken = png(9, 9)[:50]
    design = Design("Picture", "", 60, 30, (PictureBox(10, 5, 20, 10, broken),))
    page = Grey.of_image(page_image(label_pages([{}], find_stock("Zebra 3x2"), design), 0))
    assert page.blank(0, 0, page.width, page.height)


def test_gs1_takes_the_tag_and_the_prefix_of_the_house(tmp_path: Path) -> None:
    records = [{**record, "gs1_prefix": "0614141"} for record in radios(3)]
    write_pdf(tmp_path / "labels.pdf", label_pages(records, "5160", "Tag", symbology="gs1-128"))
    found = pdf_pages(tmp_path / "labels.pdf", 600)[0].barcodes()
    assert [code.bytes.decode() for code in found] == [f"80040614141{record['tag']}" for record in records]
    assert {code.symbology_identifier for code in found} == {"]C1"}
    (refused,) = label_pages(radios(1), "5160", "Tag", symbology="gs1-128").refused
    assert refused.problem.code == "label.no-gs1-prefix"
