"""10,000 Code 128 labels with text on Avery 5160 to PDF, beside the same bars as bare PDF bytes (and reportlab).

Run by `tasks.py bench labels`. Reportlab is no part of Muster; install it into the environment to compare with it.
"""

import importlib.util
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path

from desktop.printing.gui import ensure_gui
from desktop.printing.pdf import write_pdf
from models.labels.job import label_pages
from models.labels.layout import Sheets
from models.labels.shapes import Barcode, TextRun

COUNT = 10_000
RECORDS = [{"tag": f"R-{number:06}", "serial": f"579CXF{number:05}"} for number in range(COUNT)]
#: At least this many times as fast as reportlab, and at most this many times as slow as the bare bytes.
REPORTLAB, BARE = 1.0, 4.0


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


def best(work: Callable[[Path], None], path: Path) -> float:
    times = []
    for _ in range(3):
        began = time.process_time()
        work(path)
        times.append(time.process_time() - began)
    return min(times)


def main() -> int:
    ensure_gui()
    peers = [ours, bare]
    if importlib.util.find_spec("reportlab"):
        peers.append(reportlab)
    took = {}
    with tempfile.TemporaryDirectory() as folder:
        for peer in peers:
            path = Path(folder) / f"{peer.__name__}.pdf"
            took[peer.__name__] = best(peer, path)
            sys.stdout.write(
                f"{peer.__name__:10} {took[peer.__name__]:6.2f} s  {COUNT / took[peer.__name__]:7,.0f} labels/s"
                f"  {path.stat().st_size / COUNT:5.0f} bytes a label\n"
            )
    slower = took["ours"] / took["bare"]
    held = slower <= BARE
    sys.stdout.write(f"ours / bare bytes: {slower:.2f} (at most {BARE})\n")
    if "reportlab" in took:
        faster = took["reportlab"] / took["ours"]
        held = held and faster >= REPORTLAB
        sys.stdout.write(f"faster than reportlab: {faster:.1f} times (at least {REPORTLAB})\n")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
