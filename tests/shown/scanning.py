"""The answers to scans."""

from PySide6.QtWidgets import QWidget

from desktop.scanning.banner import AnswerBanner
from desktop.widgets import stack
from models.scanning.answer import Answer, Outcome


def take(photographer):
    _banners(photographer)


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
