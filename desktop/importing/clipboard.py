"""What was copied, as files to import: copied files are themselves, a copied table becomes a file for a while."""

import shutil
import tempfile
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from models.exchange.files.pasted import pasted_text
from models.store.home import Home

NAME = "Clipboard"


def copied_files(home: Home) -> list[Path]:
    """The files that were copied, or one in the home's folder with the table that was; none for anything else.

    Raises OSError where it cannot be written.
    """
    data = QGuiApplication.clipboard().mimeData()
    if data is None:
        return []
    local = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if local:
        return local
    text = pasted_text(data.text(), data.html())
    if not text:
        return []
    place = _place(home)
    place.mkdir(parents=True, exist_ok=True)
    path = Path(tempfile.mkdtemp(dir=place)) / NAME
    path.write_text(text, "utf-8", newline="")
    return [path]


def forget_copied(home: Home) -> None:
    """Delete what `copied_files` wrote."""
    shutil.rmtree(_place(home), ignore_errors=True)


def _place(home: Home) -> Path:
    return home.path / "clipboard"
