"""Reading barcodes back with a decoder that had no part in making them (zxing-cpp)."""

from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import zxingcpp
from PySide6.QtGui import QImage

WHITE = 250
"""As light as paper: a renderer's smoothing may leave a trace of an edge that lies on the border of a pixel."""


class Grey:
    """A picture in shades of grey, row by row."""

    def __init__(self, data: bytes, width: int, height: int, stride: int) -> None:
        self.width, self.height = width, height
        self.rows = [data[y * stride : y * stride + width] for y in range(height)]

    @classmethod
    def of_image(cls, image: QImage) -> "Grey":
        assert image.format() == QImage.Format.Format_Grayscale8
        return cls(bytes(image.constBits()), image.width(), image.height(), image.bytesPerLine())

    @classmethod
    def of_symbol(cls, rows: tuple[str, ...], quiet: int, scale: int = 3) -> "Grey":
        blank = [255] * ((len(rows[0]) + 2 * quiet) * scale)
        repeated = scale if len(rows) > 1 else 40
        lines = [blank] * (quiet * scale)
        for row in rows:
            inner = [0 if module == "1" else 255 for module in row for _ in range(scale)]
            lines += [[255] * (quiet * scale) + inner + [255] * (quiet * scale)] * repeated
        lines += [blank] * (quiet * scale)
        return cls(bytes(value for line in lines for value in line), len(blank), len(lines), len(blank))

    def barcodes(self, kind: str = "Code128") -> list[zxingcpp.Barcode]:
        """The barcodes of one kind, line by line as a person reads."""
        view = memoryview(b"".join(self.rows)).cast("B", (self.height, self.width))
        found = zxingcpp.read_barcodes(view, formats=zxingcpp.BarcodeFormat[kind], try_rotate=False)
        return sorted(found, key=lambda code: (round(code.position.top_left.y / 20), code.position.top_left.x))

    def part(self, left: float, top: float, right: float, bottom: float) -> "Grey":
        """A part of it, given in pixels."""
        x1, y1, x2, y2 = max(0, round(left)), max(0, round(top)), round(right), round(bottom)
        rows = [row[x1:x2] for row in self.rows[y1:y2]]
        return Grey(b"".join(rows), len(rows[0]), len(rows), len(rows[0]))

    def all_texts(self, *kinds: str) -> list[str]:
        """What all barcodes of these kinds say, sorted."""
        view = memoryview(b"".join(self.rows)).cast("B", (self.height, self.width))
        formats = [zxingcpp.BarcodeFormat[kind] for kind in kinds]
        # Scaled down by the decoder, bars of four pixels blur, and now and then are read as something else, too.
        found = zxingcpp.read_barcodes(view, formats=formats, try_rotate=False, try_invert=False, try_downscale=False)
        return sorted(code.text for code in found)

    def texts(self, kind: str = "Code128") -> list[str]:
        return [code.text for code in self.barcodes(kind)]

    def blank(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Nothing is drawn in this part, given in pixels."""
        x1, x2 = max(0, round(left)), min(self.width, round(right))
        rows = self.rows[max(0, round(top)) : min(self.height, round(bottom))]
        return all(min(row[x1:x2], default=255) >= WHITE for row in rows)


def pdf_pages(path: Path, dpi: int) -> list[Grey]:
    """The pages of a PDF as a printer would see them."""
    with pypdfium2.PdfDocument(path) as document:
        return [_drawn(page, dpi, (0, 0, 0, 0)) for page in document]


def pdf_parts(path: Path, dpi: int, parts: Sequence[tuple[int, int, int, int]]) -> list[Grey]:
    """A part of each page: left, top, right and bottom in dots."""
    with pypdfium2.PdfDocument(path) as document:
        drawn = []
        for page, (left, top, right, bottom) in zip(document, parts, strict=True):
            width, height = (length * dpi / 72 for length in page.get_size())
            off = (left, height - bottom, width - right, top)
            # pypdfium2 rounds up to whole pixels; a trace less keeps what is whole already.
            drawn.append(_drawn(page, dpi, tuple(max(0.0, dots - 0.01) * 72 / dpi for dots in off)))
        return drawn


def _drawn(page: pypdfium2.PdfPage, dpi: int, off: tuple[float, ...]) -> Grey:
    """A page without what is off at the left, bottom, right and top, in points."""
    bitmap = page.render(scale=dpi / 72, grayscale=True, crop=off)
    return Grey(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
