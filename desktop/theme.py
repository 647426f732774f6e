"""The theme: tokens from `resources/theme` become a palette, a thin stylesheet and fonts, live."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
SYSTEM = "system"
"""The setting that follows the system's light, dark or high contrast."""
STEP = 4
"""All spacing is a multiple of this many pixels."""


@dataclass(frozen=True)
class Theme:
    """One set of colours. `colours` are the tokens of the design, each "#RRGGBB"."""

    name: str
    label: str
    dark: bool
    colours: dict[str, str]

    def colour(self, token: str) -> QColor:
        """The token as a colour. KeyError for a word that is no token."""
        return QColor(self.colours[token])


@cache
def load(name: str) -> Theme:
    """The theme `light`, `dark` or `contrast`."""
    data = json.loads((RESOURCES / "theme" / f"{name}.json").read_text("utf-8"))
    return Theme(name, data["label"], data["dark"], data["colours"])


def names() -> tuple[str, ...]:
    """The themes there are."""
    return ("light", "dark", "contrast")


def palette(theme: Theme) -> QPalette:
    """The palette that Fusion paints with."""
    role = QPalette.ColorRole
    made = QPalette()
    for token, roles in {
        "bg": (role.Window,),
        "surface": (role.Base,),
        "raised": (role.Button, role.ToolTipBase),
        "stripe": (role.AlternateBase,),
        "text": (role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.HighlightedText, role.BrightText),
        "sel": (role.Highlight,),
        "accent": (role.Link, role.LinkVisited, role.Accent),
        "muted": (role.PlaceholderText,),
        "line": (role.Mid, role.Midlight, role.Dark, role.Light),
    }.items():
        for one in roles:
            made.setColor(one, theme.colour(token))
    for one in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, one, theme.colour("muted"))
    return made


@cache
def stylesheet(name: str) -> str:
    """The stylesheet of that theme."""
    # Qt's stylesheets know pictures by their files only, so each theme has its own of the small ones.
    files = {each: (RESOURCES / "theme" / f"{each}-{name}.svg").as_posix() for each in ("arrow", "arrowup", "tick")}
    colours = load(name).colours | files
    sheet = (RESOURCES / "theme" / "muster.qss").read_text("utf-8")
    return re.sub(r"@([a-z]+)", lambda word: colours[word[1]], sheet)


def tabular(font: QFont) -> QFont:
    """The font with figures of one width, where Qt and the face can."""
    made = QFont(font)
    if hasattr(made, "setFeature"):
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def monospaced(font: QFont) -> QFont:
    """The face of identifiers, in the size of `font`."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setStyleHint(QFont.StyleHint.Monospace)
    if font.pixelSize() > 0:
        made.setPixelSize(font.pixelSize())
    else:
        made.setPointSizeF(font.pointSizeF())
    return made


def wanted(setting: str) -> str:
    """The name of the theme for a setting, as the system stands now."""
    if setting in names():
        return setting
    hints = QGuiApplication.styleHints()
    if hasattr(hints, "accessibility"):  # since Qt 6.10
        preference = hints.accessibility().contrastPreference()
        if preference == Qt.ContrastPreference.HighContrast:
            return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


class Look(QObject):
    """The theme in use. `changed` is sent after the palette and the stylesheet were put on."""

    changed = Signal()

    def __init__(self, app: QApplication, setting: str = SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._setting = setting
        self.theme = load(wanted(setting))
        app.setStyle("Fusion")
        app.setFont(tabular(app.font()))
        self.mono = monospaced(app.font())
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        if hasattr(hints, "accessibility"):
            hints.accessibility().contrastPreferenceChanged.connect(self._follow)
        self._put_on()

    def use(self, setting: str) -> None:
        """Follow the system (`SYSTEM`) or keep to one theme."""
        self._setting = setting
        self._follow()

    def colour(self, token: str) -> QColor:
        """A token of the theme in use."""
        return self.theme.colour(token)

    def _follow(self) -> None:
        theme = load(wanted(self._setting))
        if theme is not self.theme:
            self.theme = theme
            self._put_on()

    def _put_on(self) -> None:
        self._app.setPalette(palette(self.theme))
        self._app.setStyleSheet(stylesheet(self.theme.name))
        self.changed.emit()
