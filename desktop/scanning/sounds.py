"""The sounds of scanning: a short tune for each outcome, made here and played by what the system has.

QtMultimedia would be four hundred megabytes for seven beeps. A sound never holds up the window: the system's own player
plays it in a process of its own, Windows by its own thread.
"""

import io
import math
import shutil
import struct
import sys
import tempfile
import time
import wave
from functools import cache
from pathlib import Path

from PySide6.QtCore import QProcess
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from models.scanning.answer import Outcome
from models.settings import Settings

_RATE = 22_050
"""Samples a second."""
_LOUD = 0.35
_FADE = 0.006
"""Seconds in which a tone begins and ends, so that it does not click."""
_SILENT = frozenset(("offscreen", "minimal", "vnc"))
"""Platforms of Qt where nobody sits in front of the loudspeaker."""
_PLAYERS = ("paplay", "pw-play", "aplay", "play")
_LEAST = 0.06
"""Seconds between two sounds; of a faster row of scans some are silent, and all are shown."""

_TUNES: dict[Outcome, tuple[tuple[float, float], ...]] = {
    Outcome.OK: ((1760.0, 0.09),),
    Outcome.BEGUN: ((1320.0, 0.06),),
    Outcome.KNOWN: ((880.0, 0.07), (0.0, 0.05), (880.0, 0.07)),
    Outcome.UNKNOWN: ((440.0, 0.12), (330.0, 0.18)),
    Outcome.WRONG: ((165.0, 0.14), (0.0, 0.04), (165.0, 0.24)),
    Outcome.REFUSED: ((220.0, 0.10), (0.0, 0.04), (220.0, 0.10), (0.0, 0.04), (220.0, 0.16)),
    Outcome.STICKS: ((660.0, 0.07), (990.0, 0.10)),
    Outcome.UNDONE: ((990.0, 0.06), (740.0, 0.06), (494.0, 0.10)),
}
"""Tones one after the other: hertz (0 is a rest) and seconds."""

_last = 0.0


def play(outcome: Outcome, settings: Settings) -> None:
    """Sound the answer to a scan, unless the settings say no. Returns at once; what cannot be played is a beep."""
    global _last
    if settings.sounds != "yes" or QGuiApplication.platformName() in _SILENT:
        return
    now = time.monotonic()
    if now - _last < _LEAST:
        return
    _last = now
    if not _sound(_file(outcome)):
        QApplication.beep()


@cache
def tune(outcome: Outcome) -> bytes:
    """The sound as a WAV file: one channel of 16 bits."""
    samples: list[int] = []
    for hertz, seconds in _TUNES[outcome]:
        count = int(seconds * _RATE)
        edge = int(_FADE * _RATE)
        for at in range(count):
            fade = min(1.0, at / edge, (count - at) / edge)
            wanted = math.sin(2 * math.pi * hertz * at / _RATE)
            if outcome is Outcome.WRONG:  # a buzz: no other sound has overtones
                wanted = math.copysign(0.6, wanted) if hertz else 0.0
            samples.append(int(32767 * _LOUD * fade * wanted))
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return made.getvalue()


def player() -> str:
    """The program that plays a WAV file here, empty where there is none. Not for Windows, which needs none."""
    names = ("afplay",) if sys.platform == "darwin" else _PLAYERS
    return next((found for found in map(shutil.which, names) if found), "")


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="muster-sounds-")


@cache
def _file(outcome: Outcome) -> str:
    path = Path(_folder().name) / f"{outcome.value}.wav"
    path.write_bytes(tune(outcome))
    return str(path)


@cache
def _program() -> str:
    return player()


def _sound(path: str) -> bool:
    if sys.platform == "win32":
        import winsound

        try:
            winsound.PlaySound(path, winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        except RuntimeError:
            return False
        return True
    return bool(_program()) and QProcess.startDetached(_program(), [path])[0]
