"""The answers to scans, the scanner's settings, learning it, the rules for codes, a phone's box in the form."""

from PySide6.QtWidgets import QWidget

from desktop.dialogs.new_record import NewRecordDialog
from desktop.scanning.banner import AnswerBanner
from desktop.scanning.learn import LearnDialog
from desktop.scanning.notice import ScanNotice
from desktop.scanning.rules_dialog import RulesDialog
from desktop.scanning.scanner_dialog import ScannerDialog
from desktop.widgets import stack
from models.scanning.answer import Answer, Outcome
from models.scanning.learning import EXPECTED, Stroke


def take(photographer):
    _banners(photographer)
    window, desk = photographer.window, photographer.application.desk
    scanner = ScannerDialog(desk, window)
    scanner.show()
    scanner._try("]C0R-004471")
    photographer.take_dialog(scanner, "scanner")
    for name, text in (("learn", EXPECTED), ("learn-layout", EXPECTED.replace("Y", "Z").replace("-", "ß"))):
        learn = LearnDialog(desk, window)
        learn.show()
        for _ in range(3):
            learn.take([Stroke(each, 1000 + 8 * at) for at, each in enumerate(f"]C0{text}\r")])
        photographer.take_dialog(learn, name)
        learn.reject()
    rules = RulesDialog(desk, window)
    rules.show()
    rules.try_code("S672CYX0119")
    photographer.take_dialog(rules, "scan-rules")
    _form(photographer)
    window.show_kind("radio")
    notice = ScanNotice(desk.look, window)
    notice.say(Answer(Outcome.REFUSED, "scan.dialog-open", "R-004471", {}))
    photographer.take(window, "scan-refused")
    notice.hide()


def _form(photographer):
    window, desk = photographer.window, photographer.application.desk
    dialog = NewRecordDialog(desk, "mobile", window)
    dialog.show()
    for raw in ("353918052107063", "89049032123451234512345678901235", "SF2LXK1ABCD"):
        dialog._filling.take(raw)
        photographer.settle()
    photographer.take_dialog(dialog, "scanned-box")


def _banners(photographer):
    look = photographer.application.look
    answers = [Answer(outcome, "scan.dialog-open", "R-004471", {}) for outcome in Outcome]
    for name, small, width in (("banners", False, 1000), ("banners-small", True, 348)):
        page = QWidget()
        made = [AnswerBanner(look, small=small) for _ in answers]
        rest = AnswerBanner(look, small=small)
        rest.rest("Scan the label of a device.")
        page.setLayout(stack(*made, rest, gap=2, margin=4))
        for banner, answer in zip(made, answers, strict=True):
            banner.show_answer(answer)
        page.resize(width, 640)
        page.show()
        photographer.take(page, name)
        page.hide()
