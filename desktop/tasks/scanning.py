"""The modes of the scan box as commands, and what follows an answer: its sound, its undo, a choice, a new record."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QDialog, QMenu

from desktop.commands import Command
from desktop.desk import Desk
from desktop.phrases import say
from desktop.phrases.modes import ABOUT, CHOOSE, TITLES
from desktop.scanning.banner import sentence
from desktop.scanning.labels import ScanLabels
from desktop.scanning.sounds import play
from desktop.tasks.custody import CustodyTasks
from desktop.tasks.records import RecordTasks
from desktop.tasks.scanned import ScannedTasks
from desktop.window import MainWindow
from models.scanning.answer import Outcome
from models.scanning.modes import Mode, Taken
from models.scanning.reading import by_rules
from models.scanning.rules import Means, scan_rules
from models.schema.records import RECORDS

_LONGEST = 60
"""Characters of a code that a record may be made of."""

_ICONS = {
    Mode.SHOW: "search",
    Mode.ISSUE: "people",
    Mode.RETURN: "undo",
    Mode.MOVE: "place",
    Mode.PRINT: "label",
    Mode.LIST: "view",
}


class ScanTasks(QObject):
    """Each public method is one command, or what one of them begins."""

    def __init__(
        self, desk: Desk, window: MainWindow, records: RecordTasks, custody: CustodyTasks, scanned: ScannedTasks
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._records = records
        self._custody = custody
        self._scanned = scanned
        self._modes = window.modes
        self._labels = ScanLabels(desk, window)
        self._choice: QDialog | None = None
        self._said = ""
        self._labels.changed.connect(lambda: window.strip.show_printer(self._labels.words))
        window.strip.show_printer(self._labels.words)
        self._modes.answered.connect(self._answer)
        self._modes.stood.connect(lambda: window.top.show_mode(window.modes.mode))
        window.results.unknown.connect(self._offer_new)
        window.results.scanned.connect(self._sound)

    def commands(self) -> list[Command]:
        """The commands of scanning."""
        modes = self._modes
        return [
            *(
                Command(
                    f"scan.{mode.value}",
                    ABOUT[mode],
                    partial(modes.switch, mode),
                    "",
                    _ICONS[mode],
                    may=partial(modes.may, mode),
                )
                for mode in Mode
            ),
            Command("scan.next", "Next scan mode", self.next_mode, "Ctrl+Shift+M", "scan"),
            Command(
                "scan.target",
                "Choose the person, place or printer of the mode…",
                self.choose_target,
                "Ctrl+Shift+T",
                "",
                self._aims,
            ),
            Command("scan.scanned", "Scanned list…", self._scanned.show, "Ctrl+L", "view"),
            Command(
                "scan.undo", "Take back the last scan", modes.undo, "", "undo", may=partial(self._desk.may, "asset")
            ),
        ]

    def menu(self) -> QMenu:
        """The menu of the modes, for the button beside the scan box: the mode in use is ticked."""
        commands = self._window.commands
        menu = QMenu(self._window)
        group = QActionGroup(self)
        for mode in Mode:
            action = commands.action(f"scan.{mode.value}")
            action.setCheckable(True)
            group.addAction(action)
            menu.addAction(action)
        self._modes.stood.connect(lambda: commands.action(f"scan.{self._modes.mode.value}").setChecked(True))
        commands.action(f"scan.{self._modes.mode.value}").setChecked(True)
        menu.addSeparator()
        for name in ("scan.target", "scan.scanned", "scan.undo"):
            menu.addAction(commands.action(name))
        menu.aboutToShow.connect(commands.refresh)
        menu.aboutToHide.connect(commands.wake)
        return menu

    def next_mode(self) -> None:
        """Go on to the next mode, after the last one to the first."""
        modes = [mode for mode in Mode if self._modes.may(mode)]
        self._modes.switch(modes[(modes.index(self._modes.mode) + 1) % len(modes)])
        self._window.toast.say(f"{ABOUT[self._modes.mode]}.")

    def choose_target(self) -> None:
        """Ask for the person or place that things go to, or on what labels are printed."""
        mode = self._modes.mode
        if mode is Mode.PRINT:
            self._labels.choose()
            return
        if row := self._custody.ask(mode.target, f"{TITLES[mode]} to", "Take for the next scans"):
            self._modes.aim(mode.target, row)

    # What follows an answer

    def _sound(self, word: str, _nr: object) -> None:
        """In the mode that shows, the page of results says what was found, and this sounds it."""
        play(Outcome.OK if word else Outcome.UNKNOWN, self._desk.settings)

    def _answer(self, taken: Taken) -> None:
        play(taken.answer.outcome, self._desk.settings)
        if self._choice is not None:
            self._choice.close()
        answer, toast = taken.answer, self._window.toast
        if toast.isVisible() and toast.text == self._said:
            toast.hide()  # its Undo would take back something else by now
        told = " ".join([sentence(answer), *map(say, taken.notes)])
        done = answer.outcome is Outcome.OK and (taken.changes.count or answer.code == "custody.listed")
        if taken.missing:
            self._say(told, "Issue anyway", lambda: self._modes.anyway(taken))
        elif len(taken.records) > 1:
            self._choose(taken)
        elif answer.code == "custody.to-print":
            self._labels.print(taken.records[0])
        elif answer.outcome is Outcome.UNKNOWN:
            self._offer_new(answer.text)
        elif done:
            self._say(told, "Undo", self._modes.undo)
        elif not self._modes.acting or taken.notes:
            self._say(told)

    def _say(self, told: str, deed: str = "", call: Callable[[], object] | None = None) -> None:
        self._said = told
        self._window.toast.say(told, deed, call)

    def _choose(self, taken: Taken) -> None:
        from desktop.dialogs.choose_scanned import ChooseScannedDialog

        dialog = ChooseScannedDialog(self._desk, sentence(taken.answer), taken.records, self._window)
        dialog.chosen.connect(self._modes.take_record)
        dialog.finished.connect(self._chosen)
        self._desk.scans.claim(dialog, self._window.take_scan)
        self._choice = dialog
        dialog.open()

    def _chosen(self) -> None:
        dialog, self._choice = self._choice, None
        if dialog is not None:
            dialog.deleteLater()

    def _offer_new(self, code: str) -> None:
        if not self._desk.may("asset"):
            self._say(f"Nothing has “{code[:_LONGEST]}”.")
        elif len(code) > _LONGEST:
            self._say("Nothing has this code. It is too long for a tag or a serial number.")
        else:
            self._say(f"Nothing has “{code}”.", "Add it", lambda: self.add(code))

    def add(self, code: str) -> None:
        """Ask what has a code that is not known, and make a record of it."""
        from desktop.dialogs.add_scanned import AddScannedDialog

        table = self._window.table
        word = table.word if table is not None and RECORDS[table.word].asset_kind else "hardware"
        serial = next(by_rules(code, scan_rules(self._desk.settings), Means.SERIAL), "")
        dialog = AddScannedDialog(self._desk.look, code, serial, word, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._records.add(dialog.word, {dialog.field: dialog.value})

    def _aims(self) -> bool:
        return self._modes.mode in CHOOSE
