"""Codes are read from pictures as a camera gives them; one that stays in the picture is one scan."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from desktop.scanning import camera
from desktop.scanning.camera import CameraDialog, Repeats, decode
from models.labels.symbols import encode


def _picture(*texts, word="code128", module=3, tilt=0.0):
    """A desk in grey with labels on it."""
    image = QImage(1000, 200 + 260 * len(texts), QImage.Format.Format_RGB32)
    image.fill(QColor(150, 140, 130))
    painter = QPainter(image)
    for at, text in enumerate(texts):
        symbol = encode(word, text)
        tall = 90 if symbol.linear else module * len(symbol.rows)
        wide = symbol.modules_with_quiet * module
        quiet = symbol.symbology.quiet * module
        painter.fillRect(60, 60 + at * 260, wide, tall + 2 * quiet, Qt.GlobalColor.white)
        for line, first, count in symbol.dark():
            top = 60 + at * 260 + quiet + (0 if symbol.linear else line * module)
            height = tall if symbol.linear else module
            painter.fillRect(60 + quiet + first * module, top, count * module, height, Qt.GlobalColor.black)
    painter.end()
    return image.transformed(QTransform().rotate(tilt), Qt.TransformationMode.SmoothTransformation) if tilt else image


@pytest.mark.parametrize(
    ("word", "mark"), [("code128", "]C0"), ("qr", "]Q1"), ("datamatrix", "]d1"), ("code39", "]A0")]
)
def test_symbols_are_read_with_their_sort(word, mark):
    assert decode(_picture("R-004471", word=word)) == [f"{mark}R-004471"]


def test_several_codes_and_a_label_held_askew():
    assert sorted(decode(_picture("R-004471", "R-004472"))) == ["]C0R-004471", "]C0R-004472"]
    assert decode(_picture("R-004471", word="qr", module=6, tilt=17)) == ["]Q1R-004471"]


def test_large_pictures_and_none():
    large = _picture("R-004471").scaledToWidth(4000, Qt.TransformationMode.SmoothTransformation)
    assert decode(large) == ["]C0R-004471"]
    assert decode(QImage()) == []
    empty = QImage(641, 480, QImage.Format.Format_RGB32)
    empty.fill(Qt.GlobalColor.gray)
    assert decode(empty) == []


def test_a_code_that_stays_in_the_picture_is_one_scan():
    seen = Repeats()
    assert [seen.fresh("A", now) for now in (0.0, 0.5, 1.9, 3.5, 5.6)] == [True, False, False, False, True]
    assert seen.fresh("B", 5.7)


def test_what_the_camera_sees_reaches_who_waits_for_it(desk, window, qtbot):
    got = []
    window.activateWindow()
    dialog = CameraDialog(desk, window)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    desk.scans.claim(window, got.append)
    for text in ("R-004471", "R-004471", "R-004472"):
        dialog.take_picture(_picture(text))
        qtbot.waitUntil(lambda: not dialog._busy)
    assert got == ["]C0R-004471", "]C0R-004472"]
    desk.scans.release(window)
    dialog.close()
    dialog.deleteLater()


def test_without_that_part_of_qt_it_is_said(application, window, monkeypatch):
    monkeypatch.setattr(camera, "available", lambda: False)
    window.commands.run("scan.camera")
    assert window.toast.isVisible()
    assert "camera" in window.toast._words.text()
