"""The pages of the navigation that are no tables of records. Each is loaded when it is first shown."""

from collections.abc import Callable

from desktop.desk import Desk
from desktop.pages.own import OwnPage


def _printing(desk: Desk) -> OwnPage:
    from desktop.labelling.page import LabelsPage

    return LabelsPage(desk)


def _tagging(desk: Desk) -> OwnPage:
    from desktop.tagging.page import TaggingPage

    return TaggingPage(desk)


def _review(desk: Desk) -> OwnPage:
    from desktop.reviewing.page import ReviewPage

    return ReviewPage(desk)


OWN_PAGES: dict[str, Callable[[Desk], OwnPage]] = {"tagging": _tagging, "printing": _printing, "review": _review}
"""Who makes each, by the name of its place."""
