"""10,000 Code 128 labels with text on Avery 5160 to PDF, beside bare PDF bytes of the same bars, reportlab, pylabels.

Run by `tasks.py bench labels`. Reportlab and pylabels are no part of Muster: they are measured where they can be
imported (`pip install --target FOLDER reportlab pylabels`, and FOLDER in PYTHONPATH).
"""

import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from desktop.printing.gui import ensure_gui
from desktop.printing.pdf import write_pdf
from models.labels.job import label_pages
from models.labels.layout import Sheets
from models.labels.shapes import Barcode, TextRun

COUNT = 10_000
RECORDS = [{"tag": f"R-{number:06}", "serial": f"579CXF{number:05}"} for number in range(COUNT)]
#: At least this many times as fast as pylabels and reportlab, at most this many times as slow as the bare bytes, and
#: at most so many bytes a label.
PYLABELS, REPORTLAB, BARE, BYTES = 10.0, 1.0, 4.0, 500
#: Pylabels takes a minute for all of them, so it makes fewer.
SOME = 1_000


def ours(path: Path) -> None:
    write_pdf(path, label_pages(RECORDS, "Avery 5160", "Tag"))


def bare(path: Path) -> None:
    """The least that can be written: our layout as rectangles and lines of text in one of PDF's own fonts."""
    sheets = label_pages(RECORDS, "Avery 5160", "Tag")
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Courier-Bold>>"]
    pages = []
    for page in range(sheets.page_count):
        stream = zlib.compress(_content(sheets, page))
        objects.append(b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(stream), stream))
        pages.append(len(objects) + 1)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>"
            % len(objects)
        )
    objects[1] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(pages), b" ".join(b"%d 0 R" % page for page in pages))
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    path.write_bytes(out)


def _content(sheets: Sheets, page: int) -> bytes:
    point = 72 / 25.4
    parts = []
    for placed in sheets.page(page):
        for shape in placed.label.shapes:
            if isinstance(shape, Barcode):
                parts += [
                    f"{(placed.x + x) * point:.2f} {792 - (placed.y + y + height) * point:.2f} "
                    f"{width * point:.2f} {height * point:.2f} re"
                    for x, y, width, height in shape.rects()
                ]
                parts.append("f")
            elif isinstance(shape, TextRun):
                x, y = (placed.x + shape.x) * point, 792 - (placed.y + shape.y + shape.height) * point
                parts.append(f"BT /F {shape.size} Tf {x:.2f} {y:.2f} Td ({shape.text}) Tj ET")
    return "\n".join(parts).encode()


def reportlab(path: Path) -> None:
    from reportlab.graphics.barcode.code128 import Code128
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), (612, 792), pageCompression=1)
    for number, record in enumerate(RECORDS):
        if number and number % 30 == 0:
            canvas.showPage()
        row, column = divmod(number % 30, 3)
        x, y = (0.156 + column * 2.781) * 72, 792 - (1.5 + row) * 72
        Code128(record["tag"], barWidth=0.96, barHeight=37).drawOn(canvas, x + 20, y + 26)
        canvas.setFont("Courier-Bold", 15)
        canvas.drawCentredString(x + 94, y + 10, record["tag"])
    canvas.save()


def pylabels(path: Path) -> None:
    """The library for sheets of labels, with reportlab's Code 128 as its users draw it. Only SOME labels."""
    import labels
    from reportlab.graphics import shapes
    from reportlab.graphics.barcode import createBarcodeDrawing

    def draw(label: shapes.Drawing, width: float, height: float, record: dict[str, str]) -> None:
        bars = createBarcodeDrawing("Code128", value=record["tag"], barWidth=0.96, barHeight=37, humanReadable=False)
        label.add(shapes.Group(bars, transform=(1, 0, 0, 1, 20, 26)))
        text = shapes.String(width / 2, 10, record["tag"], fontName="Courier-Bold", fontSize=15, textAnchor="middle")
        label.add(text)

    gaps = {"left_margin": 3.9, "top_margin": 12.7, "column_gap": 3.9, "row_gap": 0}
    sheet = labels.Sheet(labels.Specification(215.9, 279.4, 3, 10, 66.6, 25.4, **gaps), draw)
    sheet.add_labels(RECORDS[:SOME])
    sheet.save(str(path))


def best(work: Callable[[Path], None], path: Path) -> float:
    """Seconds of the processor for all labels: the least of three."""
    times = []
    for _ in range(3):
        began = time.process_time()
        work(path)
        times.append(time.process_time() - began)
    return min(times) * (COUNT / SOME if work is pylabels else 1)


def main() -> int:
    ensure_gui()
    peers = [ours, bare]
    peers += [peer for peer, module in ((reportlab, "reportlab"), (pylabels, "labels")) if find_spec(module)]
    took, size = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for peer in peers:
            path = Path(folder) / f"{peer.__name__}.pdf"
            took[peer.__name__] = best(peer, path)
            size[peer.__name__] = path.stat().st_size / (SOME if peer is pylabels else COUNT)
            sys.stdout.write(
                f"{peer.__name__:10} {took[peer.__name__]:6.2f} s  {COUNT / took[peer.__name__]:7,.0f} labels/s"
                f"  {size[peer.__name__]:5.0f} bytes a label\n"
            )
    slower = took["ours"] / took["bare"]
    held = slower <= BARE and size["ours"] <= BYTES
    sys.stdout.write(f"ours / bare bytes: {slower:.2f} (at most {BARE})\n")
    for name, least in (("reportlab", REPORTLAB), ("pylabels", PYLABELS)):
        if name in took:
            faster = took[name] / took["ours"]
            held = held and faster >= least
            sys.stdout.write(f"faster than {name}: {faster:.1f} times (at least {least})\n")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
