"""Labels for Brother's QL printers: painted to their printable dots, made into raster by brother_ql.

brother_ql is under the GPL and an extra ("brother"): this module alone knows it, and only when it is needed.
"""

import dataclasses
from collections.abc import Iterator
from typing import Any

from PySide6.QtGui import QImage, QTransform

from desktop.printing.image import page_image
from models.fields.problem import KnownError
from models.labels.layout import Sheets
from models.labels.symbols import MM_PER_INCH


def brother_models() -> list[str]:
    """The models that can be printed on; none where brother_ql is not installed."""
    try:
        from brother_ql.models import ModelsManager
    except ImportError:
        return []
    return [each.identifier for each in ModelsManager().iter_elements() if each.identifier.startswith("QL")]


def brother_raster(model: str, sheets: Sheets) -> Iterator[bytes]:
    """The bytes of each label of the sheets, once each.

    Raises KnownError: brother_ql is not installed, has no such model, or the stock is no roll of Brother's.
    """
    try:
        from brother_ql.conversion import convert
        from brother_ql.labels import LabelsManager
        from brother_ql.raster import BrotherQLRaster
        from PIL import Image
    except ImportError as error:
        raise KnownError("printer.brother-not-installed") from error
    models = brother_models()
    if model not in models:
        raise KnownError("printer.brother-model", model, known=", ".join(models))
    media = next((each for each in LabelsManager().iter_elements() if each.identifier == sheets.stock.media), None)
    if media is None:
        raise KnownError("printer.brother-stock", sheets.stock.name)
    if media.restricted_to_models and model not in media.restricted_to_models:
        raise KnownError("printer.brother-too-wide", sheets.stock.name, model=model)
    once = dataclasses.replace(sheets, copies=1, start=1)
    for index in range(once.page_count):
        image = printable(once, index, media.dots_printable)
        grey = Image.frombytes(
            "L", (image.width(), image.height()), bytes(image.constBits()), "raw", "L", image.bytesPerLine(), 1
        )
        raster: Any = BrotherQLRaster(model)
        raster.exception_on_warning = True
        yield bytes(
            convert(raster, [grey], media.identifier, rotate=0, threshold=50, cut=True, compress=_compresses(raster))
        )


def _compresses(raster: Any) -> bool:
    return bool(raster.compression_support)


def printable(sheets: Sheets, index: int, dots: tuple[int, int]) -> QImage:
    """A label as it leaves the printer, cut to the dots that it can print; a length of 0 is that of the label."""
    image = page_image(sheets, index)
    stock = sheets.stock
    along = stock.margin_x if stock.turned else stock.margin_y
    if stock.turned:
        image = image.transformed(QTransform().rotate(90))
    wide, long = dots
    long = long or image.height() - 2 * round(along * sheets.dpi / MM_PER_INCH)
    return image.copy((image.width() - wide) // 2, (image.height() - long) // 2, wide, long)
