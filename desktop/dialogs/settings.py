"""The settings: name, appearance, the order of dates, currency, country, and what stands on labels."""

from PySide6.QtGui import QIntValidator, QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.theme import STEP, SYSTEM, load, names
from desktop.widgets import label
from models.services.tags import LARGEST, SMALLEST
from models.settings import Setting, Settings

_CURRENCIES = ("USD", "CAD", "EUR", "GBP", "AUD", "NZD", "CHF", "MXN")
_COUNTRIES = ("US", "CA", "GB", "IE", "DE", "FR", "ES", "IT", "NL", "AU", "NZ", "MX")
_ORDERS = {"mdy": "Month first: 3/4/2026 is 4 March", "dmy": "Day first: 3/4/2026 is 3 April"}


class SettingsDialog(QDialog):
    """Changes take effect with Save; the appearance is shown at once and put back by Cancel."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Settings")
        self.setMinimumWidth(520)
        self._desk = desk
        settings = desk.settings
        self._person = QLineEdit(settings.person)
        self._person.setPlaceholderText(settings.author)
        self._theme = _combo({SYSTEM: "As the system", **{name: load(name).label for name in names()}}, settings.theme)
        self._order = _combo(_ORDERS, settings.date_order)
        self._currency = _combo({code: code for code in _CURRENCIES}, settings.currency, free=True)
        self._region = _combo({code: code for code in _COUNTRIES}, settings.region, free=True)
        self._organisation = QLineEdit(settings.organisation)
        self._gs1_prefix = QLineEdit(settings.gs1_prefix)
        self._tag_block = QLineEdit(settings.tag_block)
        self._tag_block.setValidator(QIntValidator(SMALLEST, LARGEST, self))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)

        form = QGridLayout()
        form.setColumnStretch(1, 1)
        form.setVerticalSpacing(STEP)
        for setting, editor in (
            (Settings.person, self._person),
            (Settings.theme, self._theme),
            (Settings.date_order, self._order),
            (Settings.currency, self._currency),
            (Settings.region, self._region),
            (Settings.organisation, self._organisation),
            (Settings.gs1_prefix, self._gs1_prefix),
            (Settings.tag_block, self._tag_block),
        ):
            _add(form, setting, editor)
        self._whole = QVBoxLayout(self)
        self._whole.addLayout(form)
        self._whole.addWidget(buttons)

        self._theme.currentIndexChanged.connect(lambda at: desk.look.use(self._theme.itemData(at)))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """As high as its lines of help are at this width; Qt reckons with wider ones."""
        self.setMinimumHeight(self._whole.totalHeightForWidth(self.minimumWidth()))
        super().showEvent(event)

    def accept(self) -> None:
        """Keep the settings."""
        settings = self._desk.settings
        settings[Settings.person.key] = self._person.text().strip()
        settings[Settings.theme.key] = str(self._theme.currentData())
        settings[Settings.date_order.key] = str(self._order.currentData())
        settings[Settings.currency.key] = self._currency.currentText().strip().upper() or "USD"
        settings[Settings.region.key] = self._region.currentText().strip().upper() or "US"
        settings[Settings.organisation.key] = self._organisation.text().strip()
        settings[Settings.gs1_prefix.key] = self._gs1_prefix.text().strip()
        settings[Settings.tag_block.key] = self._tag_block.text().strip() or Settings.tag_block.default
        super().accept()

    def reject(self) -> None:
        """Put the appearance back."""
        self._desk.look.use(self._desk.settings.theme)
        super().reject()


def _combo(options: dict[str, str], now: str, *, free: bool = False) -> QComboBox:
    made = QComboBox()
    made.setEditable(free)
    for value, text in options.items():
        made.addItem(text, value)
    at = made.findData(now)
    made.setCurrentIndex(at)
    if at < 0 and free:
        made.setEditText(now)
    return made


def _add(form: QGridLayout, setting: Setting, editor: QWidget) -> None:
    editor.setAccessibleName(setting.label)
    editor.setAccessibleDescription(setting.help)
    words = label(setting.label)
    words.setBuddy(editor)
    at = form.rowCount()
    form.addWidget(words, at, 0)
    form.addWidget(editor, at, 1)
    form.addWidget(label(setting.help, "muted", wrap=True), at + 1, 1)
    form.setRowMinimumHeight(at + 2, STEP)
