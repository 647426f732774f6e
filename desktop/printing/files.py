"""Files that are whole or not there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QIODevice, QSaveFile

from models.fields.problem import KnownError


@contextmanager
def whole_file(path: Path) -> Iterator[QSaveFile]:
    """A device to write to; the file takes its place when the block has ended without an error, else nothing changes.

    Raises KnownError when it cannot be written.
    """
    device = QSaveFile(str(path))
    if not device.open(QIODevice.OpenModeFlag.WriteOnly):
        raise KnownError("label.cannot-write", str(path), reason=device.errorString())
    try:
        yield device
    except BaseException:
        device.cancelWriting()
        device.commit()
        raise
    if not device.commit():
        raise KnownError("label.cannot-write", str(path), reason=device.errorString())
