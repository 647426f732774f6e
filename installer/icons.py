"""The application's icon for Windows and macOS, made of resources/muster.svg when the program is packaged."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parent.parent / "resources" / "muster.svg"
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
MACOS_SIZES = {b"icp4": 16, b"icp5": 32, b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024}
"""The names that an .icns file has for its pictures in PNG, and how many pixels wide each is."""


def png(size: int) -> bytes:
    """The drawing as a PNG, `size` pixels wide and high."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    # The type stubs ask for bytes, the program for text.
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


def ico(sizes: Sequence[int] = WINDOWS_SIZES) -> bytes:
    """An .ico file: a header, a row of 16 bytes for each picture, and the pictures, which may be PNG."""
    pictures = [png(size) for size in sizes]
    rows, at = b"", 6 + 16 * len(sizes)
    for size, picture in zip(sizes, pictures, strict=True):
        # 256 is written as 0, since a byte must do.
        rows += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return struct.pack("<HHH", 0, 1, len(sizes)) + rows + b"".join(pictures)


def icns(sizes: Mapping[bytes, int] = MACOS_SIZES) -> bytes:
    """An .icns file: its length, then each picture behind its name and length, big-endian."""
    pictures = {name: png(size) for name, size in sizes.items()}
    body = b"".join(name + struct.pack(">I", 8 + len(picture)) + picture for name, picture in pictures.items())
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def write(folder: Path, system: str) -> Path | None:
    """Write the file that this system (`sys.platform`) wants into the folder; None where a program has no such file."""
    if system not in ("win32", "darwin"):
        return None
    name, data = ("muster.ico", ico()) if system == "win32" else ("muster.icns", icns())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name
