"""Adding one record: its form, checked as it is typed."""

from collections.abc import Mapping

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.forms.loaded import offered
from desktop.forms.record_form import RecordForm
from desktop.scanning.banner import AnswerBanner
from desktop.scanning.filling import FormFilling, can_be_filled
from desktop.tagging.offer import TagOffer
from desktop.widgets import button, frame, label, row, stack
from models.schema.records import RECORDS


class NewRecordDialog(QDialog):
    """Asks for the values of a new record of one kind."""

    def __init__(self, desk: Desk, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        kind = RECORDS[word]
        self.setWindowTitle(f"New {kind.label.lower()}")
        self.resize(560, 680)
        self._form = RecordForm(desk)
        self._form.build(offered(desk, word, None))
        self._form.show_values({}, {})
        self._offer = TagOffer(desk, word, self._form)
        self._note = label("", "problem", wrap=True)
        add = button(f"Add {kind.label.lower()}", self._add, role="primary")
        add.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._form, 1)
        if can_be_filled(word):
            self._banner = AnswerBanner(desk.look, small=True)
            self._banner.rest("Scan the codes on the device or its box: each goes into the field that it is for.")
            self._filling = FormFilling(desk, self._form, self, self._banner.show_answer)
            layout.addLayout(stack(self._banner, margin=2))
        foot = row(self._note, None, button("Cancel", self.reject), add, margin=3)
        layout.addWidget(frame("foot", foot))
        self._form.changed.connect(lambda: self._note.setText(""))

    @property
    def form(self) -> RecordForm:
        """The form."""
        return self._form

    @property
    def next_tag(self) -> TagOffer | None:
        """The offer of the next tag, where the record is to have it."""
        return self._offer if self._offer.taken else None

    def values(self) -> Mapping[str, str | None]:
        """The values of the record."""
        return self._form.patch()

    def _add(self) -> None:
        if self._form.bad():
            self._form.point_out()
            return
        if not self._form.patch():
            self._note.setText("Fill in something first.")
            return
        self.accept()
