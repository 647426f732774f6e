"""The label designer by mouse and keyboard: what is done shows on the label, is told, and can be taken back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMessageBox

from desktop.designer import DesignerDialog
from desktop.designer.paper import Paper
from models.labels.boxes import Box, FrameBox, PictureBox, RuleBox, SymbolBox, Template, TextBox
from models.labels.designs import Design, find_design
from models.labels.editing import Handle
from models.labels.layout import compose
from models.labels.stocks import find_stock
from models.printers.request import LabelFor

STOCK = find_stock("5160")
LEFT = Qt.MouseButton.LeftButton
KEYS = Qt.KeyboardModifier
SHIFT, ALT, CTRL = KEYS.ShiftModifier, KEYS.AltModifier, KEYS.ControlModifier
RECORDS = [
    LabelFor("asset", f"id{number}", {"tag": f"R-00447{number}", "alias": f"ENG {number}", "serial": f"672CYX{number}"})
    for number in range(3)
]
DESIGN = Design(
    "Mine",
    "",
    66.6,
    25.4,
    (
        TextBox(3, 2, 20, 5, Template("{alias|name}"), 10, 6),
        SymbolBox(3, 8, 60, 8, Template("{tag}")),
        TextBox(3, 18, 30, 4, Template("S/N {serial}"), 8, 5),
    ),
)


@pytest.fixture
def opened(desk, window, qtbot, monkeypatch):
    """Opens the designer; questions are answered with their own word unless a test says otherwise."""
    made = []

    def show(design=DESIGN, records=RECORDS, stock=STOCK):
        dialog = DesignerDialog(desk, design, stock, records, window)
        made.append(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        dialog.canvas.setFocus()
        return dialog

    yield show
    for dialog in made:
        dialog.hide()
        dialog.deleteLater()


def middle(dialog, index, right=0.5, down=0.5) -> QPoint:
    """A point of a box on the screen."""
    box = dialog.session.shown.design.boxes[index]
    return dialog.canvas.paper.pixels(box.x + box.width * right, box.y + box.height * down).toPoint()


def drag(qtbot, dialog, start: QPoint, by: tuple[float, float], keys=Qt.KeyboardModifier.NoModifier) -> None:
    """Drag on the label by so many millimetres."""
    canvas, scale = dialog.canvas, dialog.canvas.paper.scale
    end = start + QPoint(round(by[0] * scale), round(by[1] * scale))
    qtbot.mousePress(canvas, LEFT, pos=start)
    qtbot.mouseMove(canvas, start + QPoint(4, 0))
    move_with(qtbot, canvas, end, keys)
    qtbot.mouseRelease(canvas, LEFT, keys, pos=end)


def move_with(qtbot, canvas, end: QPoint, keys) -> None:
    """Move the mouse with keys held, which pytest-qt's own move cannot."""
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    place = QPointF(end)
    event = QMouseEvent(QEvent.Type.MouseMove, place, canvas.mapToGlobal(place), LEFT, LEFT, keys)
    QApplication.sendEvent(canvas, event)


def box(dialog, index) -> Box:
    return dialog.session.shown.design.boxes[index]


# Looking


def test_it_shows_what_is_printed_and_steps_through_the_records(opened, qtbot):
    dialog = opened()
    session = dialog.session
    assert session.draft.label == compose(DESIGN, STOCK, RECORDS[0].texts)
    assert session.record_name == "R-004470"
    assert not dialog.bar.back.isEnabled()
    qtbot.mouseClick(dialog.bar.forward, LEFT)
    qtbot.mouseClick(dialog.bar.forward, LEFT)
    assert session.draft.label == compose(DESIGN, STOCK, RECORDS[2].texts)
    assert not dialog.bar.forward.isEnabled()


def test_without_records_the_fields_show_their_labels(opened):
    dialog = opened(records=[])
    assert dialog.session.record_name == "Example"
    assert dialog.session.record["alias"] == "Alias"
    assert dialog.session.draft.faults == ()


def test_the_paper_is_white_in_the_dark(opened, application, qtbot):
    application.look.use("dark")
    dialog = opened(replace(DESIGN, boxes=()))
    picture = dialog.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    corner = (dialog.canvas.paper.label.topLeft() * picture.devicePixelRatio()).toPoint() + QPoint(6, 6)
    assert picture.pixelColor(corner).name() == "#ffffff"
    assert picture.pixelColor(3, 3).lightness() < 80


# The mouse


def test_a_drag_moves_a_box_and_undo_says_so(opened, qtbot):
    dialog = opened()
    drag(qtbot, dialog, middle(dialog, 0), (10, 3), ALT)
    moved = box(dialog, 0)
    assert (moved.x, moved.y) == (pytest.approx(13, abs=0.3), pytest.approx(5, abs=0.3))
    assert dialog.deeds["undo"].text() == "Undo move"
    assert dialog.windowTitle().startswith("*")
    qtbot.keyClick(dialog, Qt.Key.Key_Z, CTRL)
    assert dialog.session.shown.design == DESIGN
    assert dialog.deeds["redo"].text() == "Redo move"
    qtbot.keyClick(dialog, Qt.Key.Key_Z, CTRL | SHIFT)
    assert box(dialog, 0) == moved


def test_a_dragged_box_snaps_to_another_one_and_stays_on_the_label(opened, qtbot):
    dialog = opened(replace(DESIGN, boxes=(replace(DESIGN.boxes[0], x=20.13), DESIGN.boxes[1])))
    drag(qtbot, dialog, middle(dialog, 0), (-17.05, 0))
    assert box(dialog, 0).x == pytest.approx(3)
    drag(qtbot, dialog, middle(dialog, 0), (-60, -60))
    assert (box(dialog, 0).x, box(dialog, 0).y) == (0, 0)


def test_a_handle_resizes(opened, qtbot):
    dialog = opened()
    dialog.session.choose(0)
    paper: Paper = dialog.canvas.paper
    handle = paper.handles(box(dialog, 0))[Handle.BOTTOM_RIGHT].toPoint()
    drag(qtbot, dialog, handle, (5, 1), ALT)
    sized = box(dialog, 0)
    assert (sized.x, sized.y) == (3, 2)
    assert (sized.width, sized.height) == (pytest.approx(25, abs=0.3), pytest.approx(6, abs=0.3))
    assert dialog.deeds["undo"].text() == "Undo resize"


def test_esc_in_a_drag_leaves_the_box_where_it_was(opened, qtbot):
    dialog = opened()
    start = middle(dialog, 0)
    qtbot.mousePress(dialog.canvas, LEFT, pos=start)
    move_with(qtbot, dialog.canvas, start + QPoint(40, 10), ALT)
    assert box(dialog, 0) != DESIGN.boxes[0]
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Escape)
    qtbot.mouseRelease(dialog.canvas, LEFT, pos=start + QPoint(40, 10))
    assert dialog.session.shown.design == DESIGN
    assert not dialog.session.unsaved


def test_click_shift_click_and_a_band_choose(opened, qtbot):
    dialog = opened()
    session = dialog.session
    qtbot.mouseClick(dialog.canvas, LEFT, pos=middle(dialog, 0, 0.1))
    assert session.shown.chosen == (0,)
    qtbot.mouseClick(dialog.canvas, LEFT, SHIFT, pos=middle(dialog, 1, 0.2))
    assert session.shown.chosen == (0, 1)
    qtbot.mouseClick(dialog.canvas, LEFT, SHIFT, pos=middle(dialog, 0, 0.3, 0.4))
    assert session.shown.chosen == (1,)
    qtbot.mouseClick(dialog.canvas, LEFT, pos=QPoint(2, 2))
    assert session.shown.chosen == ()
    corner = dialog.canvas.paper.pixels(1, 17).toPoint()
    drag(qtbot, dialog, corner, (40, 6))
    assert session.shown.chosen == (2,)
    assert not session.unsaved


# The keyboard


def test_tab_goes_through_the_boxes_and_out_of_the_label(opened, qtbot):
    dialog = opened()
    session = dialog.session
    for expected in (0, 1, 2):
        qtbot.keyClick(dialog.canvas, Qt.Key.Key_Tab)
        assert session.shown.chosen == (expected,)
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Backtab, SHIFT)
    assert session.shown.chosen == (1,)
    assert "Code 128 “Asset tag”" in dialog.canvas.accessibleDescription()
    assert "3.0, 8.0 mm" in dialog.canvas.accessibleDescription()
    session.choose(2)
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Tab)
    assert not dialog.canvas.hasFocus()


def test_arrows_nudge_and_size_and_many_of_them_are_one_step(opened, qtbot):
    dialog = opened()
    dialog.session.choose(0)
    for _ in range(3):
        qtbot.keyClick(dialog.canvas, Qt.Key.Key_Right)
    assert box(dialog, 0).x == pytest.approx(3.3)
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Down, SHIFT)
    assert box(dialog, 0).y == pytest.approx(3)
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Right, CTRL | SHIFT)
    assert box(dialog, 0).width == pytest.approx(21)
    dialog.session.undo()
    dialog.session.undo()
    assert dialog.session.shown.design == DESIGN


def test_the_keys_of_the_label_do_nothing_while_one_types(opened, qtbot):
    dialog = opened()
    dialog.session.choose(0)
    line = dialog.properties.text.template.line
    line.setFocus()
    line.setCursorPosition(0)
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    assert len(dialog.session.shown.design.boxes) == 3
    assert box(dialog, 0).template.text == "alias|name}"


def test_delete_duplicate_and_choose_all(opened, qtbot):
    dialog = opened()
    session, canvas = dialog.session, dialog.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_A, CTRL)
    assert session.shown.chosen == (0, 1, 2)
    session.choose(0)
    qtbot.keyClick(canvas, Qt.Key.Key_D, CTRL)
    assert session.shown.chosen == (3,)
    assert (box(dialog, 3).x, box(dialog, 3).y) == (5, 4)
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert session.shown.design == DESIGN
    assert dialog.deeds["undo"].text() == "Undo delete"


def test_esc_lets_go_first_and_then_asks_before_changes_are_lost(opened, qtbot, monkeypatch):
    dialog = opened()
    asked = []
    monkeypatch.setattr("desktop.designer.dialog.confirm", lambda *words: bool(asked.append(words[2])))
    dialog.session.choose(0)
    dialog.deeds["left"].trigger()
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Escape)
    assert dialog.session.shown.chosen == ()
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Escape)
    assert asked == ["Throw away your changes to “Mine”?"]
    assert dialog.isVisible()
    dialog.close()
    assert dialog.isVisible()
    dialog.session.undo()
    assert dialog.session.shown.chosen == (0,)
    for _ in range(2):
        qtbot.keyClick(dialog.canvas, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert len(asked) == 2


# Boxes


@pytest.mark.parametrize(
    ("name", "sort"), [("text", TextBox), ("symbol", SymbolBox), ("rule", RuleBox), ("frame", FrameBox)]
)
def test_new_boxes(opened, name, sort):
    dialog = opened()
    dialog.deeds[name].trigger()
    assert isinstance(box(dialog, 3), sort)
    assert dialog.session.shown.chosen == (3,)
    assert dialog.session.draft.faults == ()


def test_arranging(opened):
    dialog = opened()
    dialog.session.choose(0, 2)
    assert not dialog.deeds["across"].isEnabled()
    dialog.deeds["right"].trigger()
    assert box(dialog, 0).x == 13
    dialog.deeds["width"].trigger()
    assert box(dialog, 0).width == 30
    dialog.session.choose(2)
    dialog.deeds["back"].trigger()
    assert dialog.session.shown.chosen == (1,)
    assert isinstance(box(dialog, 2), SymbolBox)


def test_a_picture_comes_from_a_file_made_small(opened, desk, qtbot, monkeypatch, tmp_path):
    path = tmp_path / "logo.png"
    big = QImage(3000, 1500, QImage.Format.Format_ARGB32)
    big.fill(Qt.GlobalColor.red)
    big.save(str(path))
    monkeypatch.setattr("desktop.designer.keeping.QFileDialog.getOpenFileName", lambda *_arguments: (str(path), ""))
    dialog = opened()
    dialog.deeds["picture"].trigger()
    qtbot.waitUntil(lambda: len(dialog.session.shown.design.boxes) == 4)
    picture = box(dialog, 3)
    assert isinstance(picture, PictureBox)
    assert picture.width == pytest.approx(2 * picture.height, abs=0.2)
    kept = QImage.fromData(picture.data)
    assert (kept.width(), kept.height()) == (1200, 600)
    assert dialog.session.draft.faults == ()


def test_what_is_no_picture_is_told(opened, qtbot, monkeypatch, tmp_path):
    path = tmp_path / "logo.png"
    path.write_text("no picture", "utf-8")
    told = []
    monkeypatch.setattr("desktop.designer.keeping.QFileDialog.getOpenFileName", lambda *_arguments: (str(path), ""))
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: told.append(words[2]))
    dialog = opened()
    dialog.deeds["picture"].trigger()
    qtbot.waitUntil(lambda: bool(told))
    assert "cannot be read" in told[0]
    assert dialog.session.shown.design == DESIGN


# The panel


def test_text_is_typed_and_fields_are_put_in_by_their_labels(opened, qtbot):
    dialog = opened()
    dialog.session.choose(2)
    edit = dialog.properties.text.template
    edit.line.setFocus()
    edit.line.end(False)
    qtbot.keyClicks(edit.line, " by ")
    assert box(dialog, 2).template.text == "S/N {serial} by "
    choose(edit.insert, "Custodian")
    choose(edit.other, "Department")
    assert box(dialog, 2).template.text == "S/N {serial} by {custodian|department}"
    assert "Custodian (or else Department)" in edit._words.text()
    assert dialog.session.undo_words == "insert field"
    for _ in range(2):
        qtbot.keyClick(edit.line, Qt.Key.Key_Z, CTRL)
    assert box(dialog, 2).template.text == "S/N {serial} by "
    qtbot.keyClick(edit.line, Qt.Key.Key_Z, CTRL)
    assert box(dialog, 2).template.text == "S/N {serial}"
    assert edit.line.text() == "S/N {serial}"


def choose(made, label):
    """Take an entry of a menu of fields."""
    made.menu().aboutToShow.emit()
    for group in made.menu().actions():
        for action in group.menu().actions():
            if action.text() == label:
                action.trigger()
                return
    raise AssertionError(label)


def test_face_place_and_symbol_are_set(opened, qtbot):
    dialog = opened()
    panel = dialog.properties
    dialog.session.choose(0)
    panel.text.points.setValue(14)
    panel.text.bold.click()
    panel.text.align.setCurrentIndex(2)
    panel.text.align.activated.emit(2)
    panel.place.left.setValue(5)
    panel.place.high.setValue(6.5)
    made = box(dialog, 0)
    assert (made.size, made.bold, made.align, made.x, made.height) == (14, True, "right", 5, 6.5)
    dialog.session.choose(1)
    assert not panel.text.isVisible()
    at = panel.symbol.symbology.findData("qr")
    panel.symbol.symbology.setCurrentIndex(at)
    panel.symbol.symbology.activated.emit(at)
    assert box(dialog, 1).symbology == "qr"
    assert dialog.session.sort(1) == "QR Code"


def test_of_several_boxes_the_face_is_set_at_once(opened):
    dialog = opened()
    dialog.session.choose(0, 2)
    assert not dialog.properties.text.template.isVisible()
    dialog.properties.text.mono.click()
    assert box(dialog, 0).mono
    assert box(dialog, 2).mono
    dialog.session.choose(0, 1)
    assert not dialog.properties.text.isVisible()


def test_the_design_has_a_name_and_a_size(opened, qtbot):
    dialog = opened(replace(DESIGN, width=50.0))
    part = dialog.properties.design
    part.name.setFocus()
    part.name.selectAll()
    qtbot.keyClicks(part.name, "Trucks")
    assert dialog.session.shown.design.name == "Trucks"
    assert dialog.windowTitle().startswith("* Trucks")
    part.fill.click()
    assert dialog.session.shown.design.width == pytest.approx(66.675)
    assert not part.fill.isVisible()


# What is wrong


def test_what_is_wrong_is_told_at_once_and_a_click_goes_there(opened, qtbot):
    dialog = opened()
    texts = dialog.faults.list
    assert texts.count() == 0
    dialog.session.choose(1)
    dialog.properties.place.wide.setValue(15)
    assert texts.count() == 1
    assert "needs" in texts.item(0).text()
    dialog.session.choose(0)
    edit = dialog.properties.text.template
    edit.line.setFocus()
    edit.line.end(False)
    qtbot.keyClicks(edit.line, "{nothing} and so on and on and on and on")
    told = [texts.item(at).text() for at in range(texts.count())]
    assert any("no field “nothing”" in each for each in told)
    assert any("is cut off" in each for each in told)
    assert "3 things to mend" in dialog.faults._head.text()
    at = next(at for at, each in enumerate(told) if each.startswith("Code 128"))
    texts.itemActivated.emit(texts.item(at))
    assert dialog.session.shown.chosen == (1,)
    dialog.session.choose()
    dialog.properties.design.wide.setValue(20)
    assert any("beyond the label" in texts.item(at).text() for at in range(texts.count()))


def test_the_shipped_designs_open_without_faults(opened):
    for name in ("Tag", "Radio"):
        dialog = opened(find_design(name, STOCK))
        assert dialog.session.draft.faults == ()


# Scale


def test_zoom(opened, qtbot):
    dialog = opened()
    fit = dialog.canvas.paper.scale
    qtbot.keyClick(dialog, Qt.Key.Key_1, CTRL)
    true = dialog.canvas.paper.scale
    assert true == pytest.approx(dialog.canvas.logicalDpiX() / 25.4)
    for _ in range(6):
        dialog.deeds["larger"].trigger()
    assert dialog.canvas.minimumWidth() > 66 * true * 7
    dialog.deeds["smaller"].trigger()
    assert dialog.canvas.zoom == 6
    qtbot.keyClick(dialog, Qt.Key.Key_0, CTRL)
    qtbot.waitUntil(lambda: dialog.canvas.paper.scale == pytest.approx(fit))


def test_a_design_is_made_for_a_kind_of_record_and_shown_with_records_of_it(opened, qtbot):
    dialog = opened(replace(DESIGN, boxes=(TextBox(3, 2, 40, 5, Template("{code|name}"), 10, 6),)))
    assert any("no field “code”" in dialog.faults.list.item(at).text() for at in range(dialog.faults.list.count()))
    kinds = dialog.properties.design.kinds
    kinds.setCurrentIndex(kinds.findData("location"))
    kinds.activated.emit(kinds.currentIndex())
    qtbot.waitUntil(lambda: dialog.session.records[0].table == "location")
    assert dialog.session.shown.design.kinds == ("location",)
    assert "Engine 7" in {record.texts["name"] for record in dialog.session.records}
    assert not any("no field" in dialog.faults.list.item(at).text() for at in range(dialog.faults.list.count()))
    dialog.session.choose(0)
    choose(dialog.properties.text.template.insert, "Name")
    assert box(dialog, 0).template.text == "{code|name}{name}"
    dialog.session.undo()
    dialog.session.undo()
    qtbot.waitUntil(lambda: dialog.session.records[0].table == "asset")
    assert kinds.currentText() == "Any asset"


def test_a_frame_has_lines_and_a_picture_another_one(opened, qtbot, monkeypatch, tmp_path):
    path = tmp_path / "seal.jpg"
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    image.save(str(path))
    monkeypatch.setattr("desktop.designer.keeping.QFileDialog.getOpenFileName", lambda *_words: (str(path), ""))
    dialog = opened(replace(DESIGN, boxes=(FrameBox(1, 1, 60, 20), PictureBox(2, 2, 10, 10, of="Logo"))))
    panel = dialog.properties
    dialog.session.choose(0)
    panel.frame.line.setValue(0.5)
    assert box(dialog, 0).line == 0.5
    dialog.session.choose(1)
    assert "your design “Logo”" in panel.picture.words.text()
    panel.picture.other.click()
    qtbot.waitUntil(lambda: bool(box(dialog, 1).data))
    assert box(dialog, 1).of == ""
    assert "40 × 20 dots" in panel.picture.words.text()


def test_tab_goes_from_the_tools_over_the_label_to_the_panel_and_the_foot(opened, qtbot):
    dialog = opened(replace(DESIGN, width=50.0))
    dialog.session.choose(2)
    chain, at = [], dialog.tools.last
    while len(chain) < 40:
        if at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isVisible():
            chain.append(at)
        at = at.nextInFocusChain()
    order = [dialog.canvas, dialog.bar.forward, dialog.faults.list, dialog.properties.place.left, dialog.keep]
    places = [chain.index(each) for each in order]
    assert places == sorted(places)
    assert places[0] == 1
    dialog.properties.place.left.setFocus()
    qtbot.keyClick(dialog.properties.place.left, Qt.Key.Key_Escape)
    assert dialog.canvas.hasFocus()
    assert dialog.isVisible()


def test_it_is_shown_on_other_labels_and_for_other_printers(opened, qtbot):
    dialog = opened()
    shown = dialog.properties.shown
    qtbot.waitUntil(lambda: shown.stock.count() > 5)
    assert shown.stock.currentText() == STOCK.name
    shown.stock.setCurrentIndex(shown.stock.findText("Avery 5167"))
    shown.dots.setCurrentIndex(shown.dots.findData(203))
    shown.dots.activated.emit(0)
    assert dialog.session.stock.name == "Avery 5167"
    assert "larger than the labels of Avery 5167" in dialog.faults.list.item(0).text()
    shown.stock.setCurrentIndex(shown.stock.findText(STOCK.name))
    shown.stock.activated.emit(0)
    assert dialog.session.draft.label == compose(DESIGN, STOCK, RECORDS[0].texts, dpi=203)
    assert not dialog.session.unsaved


def test_every_control_has_a_name(opened):
    from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QListWidget

    dialog = opened()
    for index in range(3):
        dialog.session.choose(index)
        for sort in (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QListWidget):
            for each in dialog.findChildren(sort):
                if each.isVisible() and each.objectName() != "qt_spinbox_lineedit":
                    assert each.accessibleName() or each.text(), each
