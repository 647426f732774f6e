"""The record panel: what the record is, what can be done with it, and its tabs."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QFrame, QMessageBox, QTabWidget, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.forms.history_tab import HistoryTab
from desktop.forms.loaded import Loaded, load, offered
from desktop.forms.record_deeds import RecordDeeds
from desktop.forms.record_form import RecordForm
from desktop.forms.review_banner import ReviewBanner
from desktop.grid.pills import Pill, tone
from desktop.jobs import Task
from desktop.phrases import say
from desktop.phrases.labelled import told_of_label
from desktop.scanning.filling import FormFilling
from desktop.scanning.notice import ScanNotice
from desktop.theme import STEP
from desktop.widgets import button, frame, label, row, stack
from models.fields.problem import Problem
from models.journal.entry import Changes, Edit
from models.journal.writer import Journal
from models.rules.rights import role_label
from models.schema.records import RECORDS

_NAME_SIZE = 18


class RecordPanel(QFrame):
    """Shows and edits one record. `close_asked` when the person is done with it; `acted` names a command for it.

    `review_asked` carries the id of a matter about it that waits for a decision.
    """

    close_asked = Signal()
    acted = Signal(str)
    review_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName("Record")
        self._desk = desk
        self._record: Loaded | None = None
        self._wanted = ("", -1)
        self._built = ("", "")

        self._name = label("")
        self._name.setWordWrap(True)
        self._name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._what = label("", "muted", wrap=True)
        self._pill = Pill(desk.look)
        self._deeds = RecordDeeds()
        self._label = label("", "muted", wrap=True)
        self._role = label("", "muted", wrap=True)
        self._notice = label("", wrap=True)
        self._notices = frame("notice", stack(self._notice, margin=2))
        self._review = ReviewBanner()
        self._form = RecordForm(desk, quiet=True)
        self._history = HistoryTab(desk)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._save = button("Save", self.save, role="primary")
        self._discard = button("Discard", self._show_again)
        self._bar = QWidget()
        self._empty = label("Choose a row to see its record here.", "muted", wrap=True)
        self._close = button("", self.close_asked.emit, role="link", drawing="close")

        self._assemble()

        scanned = ScanNotice(desk.look, self)
        self._filling = FormFilling(
            desk,
            self._form,
            self,
            scanned.say,
            row=lambda: self._record.id if self._record is not None else "",
            elsewhere=desk.scans.unclaimed.emit,
        )
        self._deeds.acted.connect(self.acted)
        self._review.asked.connect(self.review_asked)
        self._form.changed.connect(self._settle)
        self._tabs.currentChanged.connect(self._turn)
        desk.changed.connect(self._hear)
        desk.look.changed.connect(self._dress)
        desk.role_changed.connect(self._offer)
        self._dress()
        self._settle()

    @property
    def record(self) -> Loaded | None:
        """The record that is shown."""
        return self._record

    @property
    def form(self) -> RecordForm:
        """The form of the record."""
        return self._form

    @property
    def review(self) -> ReviewBanner:
        """What waits for a decision about the record."""
        return self._review

    @property
    def history(self) -> HistoryTab:
        """The history of the record."""
        return self._history

    def enter(self) -> None:
        """Put the keyboard into the record."""
        self._tabs.tabBar().setFocus()

    def add_action(
        self, text: str, command: str, *, assets: bool = False, labelled: bool = False, more: bool = False
    ) -> None:
        """Offer a command for the record, as `RecordDeeds.add`."""
        self._deeds.add(text, command, assets=assets, labelled=labelled, more=more)

    def show_record(self, word: str, nr: int) -> bool:
        """Show that record; -1 shows none. False when the person stays with unsaved changes that cannot be kept."""
        if not self.leave():
            return False
        self._wanted = (word, nr)
        if nr < 0:
            self._take(None)
            return True
        self._load()
        return True

    def leave(self) -> bool:
        """Save what was typed, or ask when it cannot be kept. False: the person goes on editing."""
        if self._record is None or not self._form.dirty:
            return True
        wrong = self._form.bad()
        if not wrong:
            self.save()
            return True
        field, sentence = wrong[0]
        box = QMessageBox(self.window())
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle("Not saved yet")
        box.setText(f"{field.label}: {sentence}")
        box.setInformativeText("The other changes of this record wait with it.")
        stay = box.addButton("Go back", QMessageBox.ButtonRole.RejectRole)
        box.addButton("Discard changes", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.exec()
        return box.clickedButton() is not stay

    def save(self) -> None:
        """Write what was typed, as one deed."""
        record = self._record
        if record is None:
            return
        if self._form.bad():
            self._form.point_out()
            return
        patch = self._form.patch()
        if not patch:
            self._show_again()
            return
        table = RECORDS[record.word].table
        labels = {field.key: field.label for field in self._form.fields}
        what = labels[next(iter(patch))] if len(patch) == 1 else f"{len(patch)} fields"
        title = f"Change {what} of {record.name}"

        def work(journal: Journal, task: Task) -> Changes:
            return journal.write(title, [Edit(table, record.id, patch)], progress=task)

        # What was typed is now on its way: another row may be shown before it is written.
        self._record = record._replace(values={**record.values, **patch})
        self._form.show_values(self._record.values, {**record.texts, **self._typed(patch)})
        self._settle()
        self._desk.write(title, work, owner=self, failed=lambda error: self._failed(record, patch, error))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """The keys that mean something here."""
        if event.key() == Qt.Key.Key_Escape:
            if self._form.dirty:
                self._show_again()
            else:
                self.close_asked.emit()
            return
        super().keyPressEvent(event)

    # Inside

    def _assemble(self) -> None:
        self._close.setAccessibleName("Close the record")
        self._close.setToolTip("Close the record (F4)")
        words = stack(self._name, self._what, gap=1)
        top = row(gap=2)
        top.addLayout(words, 1)
        top.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._head = QWidget()
        inside = stack(top, self._deeds, self._role, self._label, self._review, self._notices, gap=3)
        self._head.setLayout(inside)
        inside.setContentsMargins(4 * STEP, 3 * STEP, 3 * STEP, 2 * STEP)
        self._tabs.addTab(self._form, "Details")
        self._tabs.addTab(self._history, "History")
        self._bar.setLayout(row(None, self._discard, self._save, gap=2, margin=2))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self._tabs, 1)
        layout.addWidget(self._bar)
        layout.addWidget(self._empty, 1)

    def _load(self) -> None:
        word, nr = self._wanted
        desk = self._desk

        def done(record: Loaded | None) -> None:
            if self._wanted == (word, nr):
                self._take(record)

        desk.read(lambda connection, _task: load(connection, desk, word, nr), done, owner=self)

    def _take(self, record: Loaded | None) -> None:
        self._record = record
        if record is not None:
            fields = offered(self._desk, record.word, record.values.get("category"))
            built = (record.word, ",".join(field.key for field in fields))
            if built != self._built:
                self._form.build(fields)
                self._built = built
            self._form.show_values(record.values, record.texts)
            self._name.setText(record.name)
            self._offer()
            self._dress()
            made = " ".join(filter(None, (record.texts.get("manufacturer"), record.texts.get("model"))))
            self._what.setText(" · ".join(filter(None, (RECORDS[record.word].label, made))))
            self._pill.show_word(record.texts.get("status", ""), tone(record.values.get("status") or ""))
            self._label.setText(told_of_label(record.values))
            self._label.setVisible(bool(self._label.text()))
            self._notice.setText("\n".join(f"■ {each}" for each in record.notices))
            self._notices.setVisible(bool(record.notices))
            self._review.show_matters(record.matters)
            self._turn()
        self._settle()

    def _offer(self) -> None:
        """Show the deeds that there are for the record, as far as the person's role may do them."""
        record = self._record
        if record is None:
            return
        may = self._desk.may(RECORDS[record.word].table)
        self._deeds.offer(record.word, may=may)
        self._form.lock(locked=not may)
        role = self._desk.role
        self._role.setText("" if may else say(Problem("hub.reads-only", details={"role": role_label(role)})))
        self._role.setVisible(not may)

    def _turn(self) -> None:
        if self._tabs.currentWidget() is self._history and self._record is not None:
            self._history.show_record(self._record.word, self._record.id)

    def _show_again(self) -> None:
        if self._record is not None:
            self._form.show_values(self._record.values, self._record.texts)
        self._settle()

    def _typed(self, patch: Mapping[str, str | None]) -> dict[str, str]:
        return {key: self._form.editor(key).text() for key in patch}

    def _failed(self, record: Loaded, patch: Mapping[str, str | None], error: BaseException) -> None:
        if self._record is not None and self._record.id == record.id:
            self._take(record)
            self._form.offer(patch, {})
        self._desk.fail(error)

    def _hear(self, changes: Changes) -> None:
        record = self._record
        if record is not None and not self._form.dirty:
            rows = changes.rows.get(RECORDS[record.word].table)
            concerned = rows is not None and (not rows or record.id in rows)
            if concerned or changes.touches("review"):
                self._load()
        if changes.touches("custom_field"):
            self._built = ("", "")

    def _settle(self) -> None:
        there = self._record is not None
        self._head.setVisible(there)
        self._tabs.setVisible(there)
        self._empty.setVisible(not there)
        self._bar.setVisible(there and self._form.dirty)

    def _dress(self) -> None:
        """Tags in the face of identifiers, names in that of names."""
        asset = self._record is None or RECORDS[self._record.word].table == "asset"
        face = QFont(self._desk.look.mono if asset else self.font())
        face.setPixelSize(_NAME_SIZE)
        face.setBold(True)
        self._name.setFont(face)
