"""A picture for a label out of a file: looked at before it is read, made small, and kept as PNG in shades of grey."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QImageWriter, QPainter

from models.fields.problem import UsageError
from models.labels.picture import MOST_BYTES

_MOST_FILE = 40_000_000
_MOST_PIXELS = 20_000
_SIDE = 1200
"""The longer side that is kept: two inches at 600 dpi."""


def picture_data(path: Path) -> bytes:
    """The picture of a PNG or JPEG file as a small PNG. For a worker's thread.

    Raises UsageError("label.picture-large") or ("label.picture-unreadable"). What can be seen through is white.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if bytes(reader.format().data()) not in (b"png", b"jpeg") or not size.isValid():
        raise UsageError("label.picture-unreadable", path.name)
    if path.stat().st_size > _MOST_FILE or max(size.width(), size.height()) > _MOST_PIXELS:
        raise UsageError("label.picture-large", path.name, most=f"{_MOST_PIXELS:,} × {_MOST_PIXELS:,}")
    if max(size.width(), size.height()) > _SIDE:
        reader.setScaledSize(size.scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        raise UsageError("label.picture-unreadable", path.name)
    image = _on_white(image)
    data = _png(image)
    while len(data) > MOST_BYTES:
        half = image.size() / 2
        image = image.scaled(half, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        data = _png(image)
    return data


def _on_white(image: QImage) -> QImage:
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper.convertToFormat(QImage.Format.Format_Grayscale8)


def _png(image: QImage) -> bytes:
    held = QByteArray()
    device = QBuffer(held)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(device, b"png").write(image)
    return bytes(held.data())
