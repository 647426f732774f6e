"""The face of the print dialog: choices at the left, the sheet at the right, what is done at the foot."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.desk import Desk
from desktop.dialogs.label_choices import LabelChoices
from desktop.jobs import Task
from desktop.phrases import stage
from desktop.printing.preview import LabelPreview, SheetPreview
from desktop.widgets import button, label
from models.labels.layout import Sheets


class PrintFrame(QDialog):
    """The widgets and where they stand; what they do is the dialog's."""

    def __init__(self, desk: Desk, word: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._make_widgets(desk, word)
        self._assemble()

    def show_page(self, sheets: Sheets | None) -> None:
        """Say which sheet is shown, of how many."""
        one = "Label" if sheets is not None and sheets.stock.roll else "Sheet"
        self.page.setText(f"{one} {self.sheet.page + 1:,} of {self.sheet.page_count:,}")
        self.back.setEnabled(self.sheet.page > 0)
        self.forward.setEnabled(self.sheet.page + 1 < self.sheet.page_count)

    def show_task(self, task: Task | None) -> None:
        """Show how far the work is, or that there is none."""
        if task is not None:
            self.progress.setRange(0, task.total)
            self.progress.setValue(task.done)
            self.doing.setText(stage(task.stage))
        for part in (self.progress, self.doing):
            part.setVisible(task is not None)

    def advise(self, sentence: str) -> None:
        """Say why it cannot be printed so; empty when it can."""
        self.hint.setText(sentence)
        self.hint.setVisible(bool(sentence))

    def _make_widgets(self, desk: Desk, word: str) -> None:
        self.setWindowTitle("Print labels")
        self.choices = LabelChoices(desk, word)
        self.choices.setMinimumWidth(430)
        self.stock, self.design, self.printer = self.choices.stock, self.choices.design, self.choices.printer
        self.symbol = self.choices.symbol
        self.start, self.copies, self.about = self.choices.start, self.choices.copies, self.choices.about
        self.enlarged = LabelPreview()
        self.summary = label("", "heading", wrap=True)
        self.hint = label("", "warning", wrap=True)
        self.refused = QPlainTextEdit()
        self.refused.setAccessibleName("Records that get no label")
        self.refused.setReadOnly(True)
        self.refused.setTabChangesFocus(True)
        self.refused.setMinimumHeight(72)
        self.sheet = SheetPreview()
        self.back, self.forward = QToolButton(), QToolButton()
        for turn, arrow, name in (
            (self.back, Qt.ArrowType.LeftArrow, "Previous sheet"),
            (self.forward, Qt.ArrowType.RightArrow, "Next sheet"),
        ):
            turn.setArrowType(arrow)
            turn.setAutoRaise(True)
            turn.setAccessibleName(name)
            turn.setToolTip(name)
        self.page = QLabel()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Progress")
        self.doing = label("", "muted")
        self.save, self.print, self.cancel = button("Save as &PDF…"), button("P&rint"), button("Cancel")
        self.print.setDefault(True)
        self.print.setMinimumWidth(96)  # its face is bolder than Qt reckons with

    def _assemble(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.choices)
        left.addWidget(self.enlarged, 3)
        left.addWidget(self.summary)
        left.addWidget(self.hint)
        left.addWidget(self.refused, 2)
        left.addStretch()
        turning = QHBoxLayout()
        turning.addStretch()
        for widget in (self.back, self.page, self.forward):
            turning.addWidget(widget)
        turning.addStretch()
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self.sheet, 1)
        right.addLayout(turning)
        middle = QHBoxLayout()
        middle.setSpacing(20)
        middle.addLayout(left, 2)
        middle.addLayout(right, 3)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.doing)
        foot.addWidget(self.progress, 1)
        foot.addStretch()
        for deed in (self.cancel, self.save, self.print):
            foot.addWidget(deed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(16)
        whole.addLayout(middle, 1)
        whole.addLayout(foot)
        for hidden in (self.refused, self.hint, self.progress, self.doing):
            hidden.hide()
        self.resize(1040, 700)
