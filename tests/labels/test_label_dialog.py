"""The dialog: what it shows is what is printed, by mouse and by keyboard, and it remembers the sheet."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.print_labels import PrintLabelsDialog
from desktop.jobs import Jobs
from desktop.memory import Memory
from desktop.phrases import codes
from desktop.printing.preview import SheetPreview
from models.labels.job import label_pages
from tests.labels.reading import Grey, pdf_pages

Open = Callable[[list[dict[str, str]]], PrintLabelsDialog]


def tags(count: int) -> list[dict[str, str]]:
    return [{"tag": f"L-{number:05}", "model": "Latitude 5440", "serial": f"S{number}"} for number in range(count)]


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def memory(qapp: object, tmp_path: Path) -> Memory:
    return Memory(tmp_path / "memory.json")


@pytest.fixture
def opened(qtbot: QtBot, jobs: Jobs, memory: Memory) -> Open:
    def show(records: list[dict[str, str]]) -> PrintLabelsDialog:
        dialog = PrintLabelsDialog(records, jobs, memory)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: bool(dialog.summary.text()))
        return dialog

    return show


def test_it_says_how_many_labels_and_sheets(opened: Open) -> None:
    dialog = opened(tags(31))
    assert dialog.summary.text() == "31 labels on 2 sheets."
    assert dialog.page.text() == "Sheet 1 of 2"
    assert dialog.print.isEnabled()
    assert dialog.save.isEnabled()
    dialog.copies.setValue(2)
    assert dialog.summary.text() == "62 labels on 3 sheets."


def test_a_click_on_the_sheet_says_where_printing_begins(opened: Open, qtbot: QtBot) -> None:
    dialog = opened(tags(31))
    place = dialog.sheet.label_rect(12).center().toPoint()
    qtbot.mouseClick(dialog.sheet, Qt.MouseButton.LeftButton, pos=place)
    assert dialog.start.value() == 12
    assert dialog.summary.text() == "31 labels on 2 sheets."
    assert "begins at label 12" in dialog.sheet.accessibleDescription()
    qtbot.mouseClick(dialog.sheet, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert dialog.start.value() == 12


def test_the_keyboard_does_the_same(opened: Open, qtbot: QtBot) -> None:
    dialog = opened(tags(31))
    dialog.sheet.setFocus()
    for key, start in (
        (Qt.Key.Key_Up, 1),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Down, 5),
        (Qt.Key.Key_Left, 4),
        (Qt.Key.Key_End, 30),
        (Qt.Key.Key_Down, 30),
        (Qt.Key.Key_Up, 27),
        (Qt.Key.Key_Home, 1),
    ):
        qtbot.keyClick(dialog.sheet, key)
        assert dialog.start.value() == start
    qtbot.keyClick(dialog.sheet, Qt.Key.Key_PageDown)
    assert dialog.page.text() == "Sheet 2 of 2"
    assert not dialog.forward.isEnabled()
    qtbot.keyClick(dialog.sheet, Qt.Key.Key_Right)
    assert dialog.start.value() == 1
    dialog.back.click()
    assert dialog.page.text() == "Sheet 1 of 2"
    assert not dialog.back.isEnabled()


def test_stocks_offer_the_designs_that_fit(opened: Open, qtbot: QtBot) -> None:
    dialog = opened(tags(3))
    dialog.stock.setCurrentText("Avery 5167")
    assert [dialog.design.itemText(number) for number in range(dialog.design.count())] == ["Small tag"]
    assert dialog.start.maximum() == 80
    assert dialog.about.text() == "80 labels, 1 3/4 × 1/2 in, Letter"
    qtbot.waitUntil(dialog.save.isEnabled)
    dialog.stock.setCurrentText("Avery 5160")
    assert dialog.design.findText("Radio") >= 0


def test_records_without_a_label_are_told_in_sentences(opened: Open) -> None:
    dialog = opened([*tags(2), {"name": "Spare charger"}, {"tag": "Ñ-1"}, {"tag": "X" * 60}, {}])
    assert dialog.summary.text() == "2 labels on 1 sheet. 4 records get none:"
    told = dialog.refused.toPlainText().split("\n\n")
    assert [line.partition(":")[0] for line in told] == ["Spare charger", "Ñ-1", "X" * 60, "Row 6"]
    assert "needs 121.1 mm" in told[2]
    assert not dialog.refused.isHidden()


def test_without_any_label_nothing_can_be_printed(opened: Open) -> None:
    dialog = opened([{"name": "Spare charger"}])
    assert dialog.summary.text() == "0 labels on 0 sheets. 1 record gets none:"
    assert not dialog.print.isEnabled()
    assert not dialog.save.isEnabled()


def test_a_pdf_is_what_was_shown_and_the_sheet_is_remembered(
    opened: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out"), ""))
    dialog = opened(tags(10))
    dialog.design.setCurrentText("Tag and model")
    qtbot.waitUntil(dialog.save.isEnabled)
    dialog.start.setValue(7)
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    assert dialog.outcome == "10 labels saved as out.pdf."
    assert pdf_pages(tmp_path / "out.pdf", 300)[0].texts() == [record["tag"] for record in tags(10)]
    again = opened(tags(30))
    assert again.design.currentText() == "Tag and model"
    assert again.start.value() == 17


def test_a_sheet_that_is_used_up_begins_anew(
    opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out.pdf"), ""))
    dialog = opened(tags(30))
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    assert opened(tags(1)).start.value() == 1


def test_it_prints(opened: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def choose(_: PrintLabelsDialog, printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        printer.setResolution(203)
        return True

    monkeypatch.setattr(PrintLabelsDialog, "ask_printer", choose)
    dialog = opened(tags(31))
    with qtbot.waitSignal(dialog.accepted):
        dialog.print.click()
    assert dialog.outcome.startswith("31 labels sent to")
    pages = pdf_pages(tmp_path / "printed.pdf", 600)
    assert [text for page in pages for text in page.texts()] == [record["tag"] for record in tags(31)]


def test_saying_no_to_the_printer_changes_nothing(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PrintLabelsDialog, "ask_printer", lambda *_: False)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    dialog = opened(tags(1))
    dialog.print.click()
    dialog.save.click()
    assert dialog.isVisible()
    assert dialog.print.isEnabled()


def test_a_file_that_cannot_be_written_is_told_and_the_dialog_stays(
    opened: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "out.pdf"), ""))
    monkeypatch.setattr(QMessageBox, "warning", lambda _parent, _title, text: told.append(text))
    dialog = opened(tags(1))
    dialog.save.click()
    qtbot.waitUntil(lambda: bool(told))
    assert "out.pdf” cannot be written" in told[0]
    assert dialog.isVisible()
    assert dialog.save.isEnabled()
    dialog.reject()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_every_control_has_a_name_and_every_label_a_buddy(opened: Open) -> None:
    dialog = opened(tags(1))
    for control in (
        dialog.stock,
        dialog.design,
        dialog.start,
        dialog.copies,
        dialog.sheet,
        dialog.enlarged,
        dialog.refused,
    ):
        assert control.accessibleName()
    buddies = {label.buddy() for label in dialog.findChildren(QLabel) if label.buddy()}
    assert buddies == {dialog.stock, dialog.design, dialog.start, dialog.copies}
    reached, widget = set(), dialog.stock.nextInFocusChain()
    while widget is not dialog.stock:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.add(widget)
        widget = widget.nextInFocusChain()
    assert {dialog.design, dialog.sheet, dialog.save, dialog.print, dialog.cancel} <= reached


def test_the_preview_shows_the_sheet_itself(qtbot: QtBot) -> None:
    """Large enough, the preview can be scanned from the screen."""
    preview = SheetPreview()
    qtbot.addWidget(preview)
    preview.resize(1700, 2200)
    preview.show_sheets(label_pages(tags(31), "5160", "Tag", 4))
    assert preview.page_count == 2
    assert Grey.of_image(picture(preview)).texts() == [record["tag"] for record in tags(27)]
    preview.turn_to(1)
    assert Grey.of_image(picture(preview)).texts() == [record["tag"] for record in tags(31)[27:]]
    preview.turn_to(2)
    assert preview.page == 1


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def test_all_problems_of_labels_have_sentences() -> None:
    here = Path(__file__).parents[2]
    sources = [
        *here.glob("models/labels/*.py"),
        *here.glob("desktop/printing/*.py"),
        *here.glob("desktop/dialogs/*.py"),
    ]
    used = {code for path in sources for code in re.findall(r'"(label\.[a-z-]+)"', path.read_text("utf-8"))}
    assert len(used) > 10
    assert used <= set(codes())
