"""What the window remembers for one person on this machine: column widths, saved views, its own size."""

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

_DELAY = 1500
"""Milliseconds after the last change before the file is written."""


class Memory(QObject):
    """A small JSON file. Losing it loses no records, so a file that cannot be read or written is passed over."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._values: dict[str, Any] = {}
        try:
            found = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            found = {}
        if isinstance(found, dict):
            self._values = found
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._timer.timeout.connect(self.save)

    def get(self, key: str, default: Any = None) -> Any:
        """What was put under `key`."""
        return self._values.get(key, default)

    def put(self, key: str, value: Any) -> None:
        """Remember a JSON value under `key`; None forgets it."""
        if self._values.get(key) == value:
            return
        if value is None:
            del self._values[key]
        else:
            self._values[key] = value
        self._timer.start()

    def save(self) -> None:
        """Write the file now."""
        self._timer.stop()
        partial = self._path.with_suffix(".part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(self._values, indent=1, ensure_ascii=False), "utf-8")
            partial.replace(self._path)
        except OSError:
            return
