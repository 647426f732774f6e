"""Which class shows each place of the navigation that is no table of records."""

from desktop.labelling.page import LabelsPage
from desktop.pages.own import OwnPage

OWN_PAGES: dict[str, type[OwnPage]] = {"printing": LabelsPage}
"""The class of each, by the name of its place."""
