"""The table of who has access, and whose access was taken away."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from desktop.grid.delegate import ROW_HEIGHT
from desktop.phrases.hub import access, day_of, role_words
from models.sync.hub.members import Member

_HEADS = ("Login", "Role", "Access", "Added", "Added by", "Last seen")
_STRETCHED = 2


class PeopleTable(QTableWidget):
    """One row for each login."""

    def __init__(self) -> None:
        super().__init__(0, len(_HEADS))
        self.members: tuple[Member, ...] = ()
        self.setObjectName("spaced")
        self.setHorizontalHeaderLabels(list(_HEADS))
        self.setAccessibleName("Who has access")
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(_STRETCHED, QHeaderView.ResizeMode.Stretch)

    @property
    def member(self) -> Member | None:
        """The one that is chosen."""
        at = self.currentRow()
        return self.members[at] if 0 <= at < len(self.members) else None

    def show_members(self, members: Sequence[Member]) -> None:
        """Show these; the one that was chosen stays so."""
        before = self.member
        self.members = tuple(members)
        self.setRowCount(len(members))
        for at, each in enumerate(members):
            texts = (
                each.login,
                role_words(each.role),
                access(each),
                day_of(each.added_at),
                each.added_by or "",
                day_of(each.last_seen),
            )
            for column, text in enumerate(texts):
                self.setItem(at, column, QTableWidgetItem(text))
        chosen = next((at for at, each in enumerate(members) if before and each.login == before.login), 0)
        if members:
            self.setCurrentCell(chosen, 0)
