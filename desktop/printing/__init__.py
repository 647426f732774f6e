"""Shapes become ink: preview, printer, PDF and pictures, all by one painter."""

from desktop.printing.gui import ensure_gui
from desktop.printing.image import page_image, write_png
from desktop.printing.pdf import write_pdf

__all__ = ["ensure_gui", "page_image", "write_pdf", "write_png"]
