"""Which class shows each place of the navigation that is no table of records."""

from desktop.labelling.page import LabelsPage
from desktop.pages.own import OwnPage
from desktop.tagging.page import TaggingPage

OWN_PAGES: dict[str, type[OwnPage]] = {"tagging": TaggingPage, "printing": LabelsPage}
"""The class of each, by the name of its place."""
