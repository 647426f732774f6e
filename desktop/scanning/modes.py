"""The mode of the scan box in the window: what is scanned is acted on by the writer, in the order in which it came."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.desk import Desk
from desktop.jobs import Task
from models.journal.entry import Changes
from models.journal.writer import Journal
from models.scanning.listed import ScannedList
from models.scanning.modes import Mode, Taken, Target, mode_after
from models.scanning.named import Named
from models.scanning.reading import read_scan
from models.scanning.rules import scan_rules
from models.scanning.session import ScanSession

_KEPT = "scanned"
#: The tables of which a mode changes records, by what it does with a scan.
_WRITES = {
    Mode.ISSUE: ("asset",),
    Mode.RETURN: ("asset",),
    Mode.MOVE: ("asset",),
    Mode.PRINT: ("asset", "location", "person"),
}


class ScanModes(QObject):
    """`stood` is sent when the mode, its target or the number of waiting things has changed.

    `answered` carries what became of a scan (`Taken`). `show_asked` carries a text to look up and how it came: in the
    mode SHOW a scan writes nothing and has no need of the writer.
    """

    stood = Signal()
    answered = Signal(object)
    show_asked = Signal(str, str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session: ScanSession | None = None
        self.mode = Mode.SHOW
        self.target: Target | None = None
        self.waiting = 0
        self.scanned = ScannedList.from_data(desk.memory.get(_KEPT))
        desk.role_changed.connect(self._give_up)

    @property
    def acting(self) -> bool:
        """Whether a scan does more than show."""
        return self.mode is not Mode.SHOW

    def may(self, mode: Mode) -> bool:
        """Whether the person's role may scan in that mode."""
        return mode not in _WRITES or self._desk.may(*_WRITES[mode])

    def take(self, raw: str) -> None:
        """Act on what a scanner sent, or on what was typed in its place."""
        scan = read_scan(raw, scan_rules(self._desk.settings))
        asked = mode_after(self.mode, scan.command) if scan.command is not None else None
        if asked is not None and not self.may(asked):
            self._desk.refuse()
        elif scan.command is None and not self.acting:
            self.show_asked.emit(scan.text, raw)
        elif scan.text:
            # The next scan may come before this one is done: it goes by the mode that this one asks for.
            if asked is not None:
                self._stand(asked)
            self._post(lambda session: session.take(scan))

    def take_record(self, one: Named) -> None:
        """Act on a record that was chosen of several with one code."""
        self._post(lambda session: session.take_record(one))

    def switch(self, mode: Mode) -> None:
        """Change the mode, which stays until it is changed again."""
        self._stand(mode)
        self._post(lambda session: session.switch(mode), told=False)

    def leave(self) -> bool:
        """Go back to showing what is scanned; False where nothing else was done."""
        if self.acting:
            self.switch(Mode.SHOW)
            return True
        return False

    def aim(self, table: str, row: str) -> None:
        """Take a record for the target, chosen by hand; what waited for one is acted on."""

        def act(session: ScanSession) -> Taken:
            with session.journal.database.reading() as connection:
                target = Target.of(connection, table, row)
            return session.aim(target)

        self._post(act)

    def anyway(self, refused: Taken) -> None:
        """Issue what was refused since it is marked lost or stolen."""
        self._post(lambda session: session.anyway(refused))

    def undo(self) -> None:
        """Take back what the last scan did."""
        self._post(lambda session: session.undo())

    def keep_list(self) -> None:
        """Remember what is on the list, also after a restart."""
        self._desk.memory.put(_KEPT, self.scanned.data() or None)

    def _give_up(self) -> None:
        """The role is another one by now."""
        if not self.may(self.mode):
            self.switch(Mode.SHOW)

    def _stand(self, mode: Mode) -> None:
        self.mode, self.target, self.waiting = mode, None, 0
        self.stood.emit()

    def _post(self, act: Callable[[ScanSession], Taken], *, told: bool = True) -> None:
        """Do it on the writer's thread, after what was scanned before."""
        made: list[Taken] = []

        def work(journal: Journal, _task: Task) -> Changes:
            session = self._session = self._session or ScanSession(journal, scanned=self.scanned)
            session.journal = journal
            made.append(act(session))
            return made[0].changes

        self._desk.write("Scan", work, lambda _changes: self._finish(made[0], told=told), owner=self, quiet=True)

    def _finish(self, taken: Taken, *, told: bool) -> None:
        if taken.mode is self.mode:
            self.target, self.waiting = taken.target, taken.waiting
            self.stood.emit()
        if taken.answer.code in ("custody.listed", "custody.unlisted"):
            self.keep_list()
        if told:
            self.answered.emit(taken)
