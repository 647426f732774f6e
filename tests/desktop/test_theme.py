from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.icons import icon, painted
from desktop.theme import RESOURCES, Look

WORDS = {*theme.load("light").colours}
PAIRS = [
    *product(["text", "muted"], ["bg", "surface", "raised", "nav", "stripe"]),
    ("text", "sel"), ("text", "accentbg"),
    *product(["accent", "bad"], ["surface", "bg"]),
    ("accent", "accentbg"), ("onaccent", "accent"), ("surface", "text"),
    ("ok", "okbg"), ("warn", "warnbg"), ("bad", "badbg"), ("warn", "surface"), ("ok", "surface"),
]  # fmt: skip


def luminance(colour: QColor) -> float:
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: QColor, other: QColor) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("name", theme.names())
def test_each_theme_has_all_tokens_and_enough_contrast(name):
    made = theme.load(name)
    assert set(made.colours) == WORDS
    weak = {
        pair: round(contrast(made.colour(pair[0]), made.colour(pair[1])), 2)
        for pair in PAIRS
        if contrast(made.colour(pair[0]), made.colour(pair[1])) < 4.5
    }
    assert not weak


@pytest.mark.parametrize("name", theme.names())
def test_the_stylesheet_names_only_tokens(name):
    assert "@" not in theme.stylesheet(name)


def test_a_setting_overrides_the_system_and_is_live(qapp):
    look = Look(qapp, "light")
    seen = []
    look.changed.connect(lambda: seen.append(look.theme.name))
    look.use("dark")
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor("#1B1F23")
    look.use("contrast")
    look.use("contrast")
    assert seen == ["dark", "contrast"]
    look.use("light")


def test_the_system_is_followed_live(qapp, monkeypatch):
    hints = QGuiApplication.styleHints()
    scheme = Qt.ColorScheme.Dark
    monkeypatch.setattr(theme, "wanted", lambda setting: "dark" if scheme == Qt.ColorScheme.Dark else "light")
    look = Look(qapp)
    assert look.theme.name == "dark"
    scheme = Qt.ColorScheme.Light
    hints.colorSchemeChanged.emit(scheme)
    assert look.theme.name == "light"


@pytest.mark.parametrize("path", sorted((RESOURCES / "icons").glob("*.svg")), ids=lambda path: path.stem)
def test_icons_are_of_one_set_and_take_the_colour_of_the_theme(qapp, path):
    text = path.read_text("utf-8")
    assert 'viewBox="0 0 20 20"' in text
    assert 'stroke-width="1.5"' in text
    assert 'stroke="currentColor"' in text
    image = painted(path.stem, "#FF0000", 20, 2.0).toImage()
    assert image.width() == 40
    inked = [image.pixelColor(x, y) for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() == 255]
    assert inked
    assert {colour.name() for colour in inked} == {"#ff0000"}


def test_an_icon_follows_the_palette_without_being_made_anew(qapp):
    look = Look(qapp, "light")
    one = icon("home")

    def ink() -> str:
        image = one.pixmap(20, 20).toImage()
        solid = [image.pixelColor(x, y) for x in range(20) for y in range(20) if image.pixelColor(x, y).alpha() > 250]
        return solid[0].name().upper()

    assert ink() == look.theme.colours["text"]
    look.use("dark")
    assert ink() == look.theme.colours["text"] == "#E7EAED"
    look.use("light")
    assert QApplication.instance() is qapp
