"""Fonts need a QGuiApplication, also where no window is ever shown."""

import os
import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

_kept: QGuiApplication | None = None


def ensure_gui() -> None:
    """Make an application without a screen unless there is one already; it lives as long as the program."""
    global _kept
    if QCoreApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _kept = QGuiApplication(sys.argv[:1])
