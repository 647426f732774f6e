"""Scanning with the camera of this computer, where QtMultimedia is installed (the extra `camera`)."""

import importlib
import time
from typing import TYPE_CHECKING, Any

import zxingcpp
from PySide6.QtCore import QCameraPermission, QCoreApplication, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.scanning.router import SCANS_FOR_PARENT
from desktop.widgets import frame, label, row

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QCamera

_AGAIN = 2.0
"""Seconds before the code that is still in the picture counts again."""
_WIDEST = 1280
"""Pixels of a picture that is searched; larger ones take longer and are read no better."""


def available() -> bool:
    """Whether the part of Qt for cameras is installed, with what it needs of the system (PulseAudio on Linux)."""
    try:
        importlib.import_module("PySide6.QtMultimedia")
    except ImportError:
        return False
    return True


def decode(image: QImage) -> list[str]:
    """The codes in a picture, each as a scanner that sends AIM identifiers would send it."""
    if image.isNull():
        return []
    if image.width() > _WIDEST:
        image = image.scaledToWidth(_WIDEST, Qt.TransformationMode.SmoothTransformation)
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    width, height, stride = grey.width(), grey.height(), grey.bytesPerLine()
    data = bytes(grey.constBits())
    rows = b"".join(data[at * stride : at * stride + width] for at in range(height))
    view = memoryview(rows).cast("B", (height, width))
    found = zxingcpp.read_barcodes(view, text_mode=zxingcpp.TextMode.Plain)
    return [f"{each.symbology_identifier}{each.text}" for each in found if each.valid and each.text]


class Repeats:
    """Knows which codes were seen a moment ago: a code that stays in the picture is one scan."""

    def __init__(self) -> None:
        self._seen: dict[str, float] = {}

    def fresh(self, text: str, now: float) -> bool:
        """Whether a code counts that is seen now, in seconds."""
        before = self._seen.get(text)
        self._seen = {each: when for each, when in self._seen.items() if now - when < _AGAIN} | {text: now}
        return before is None or now - before >= _AGAIN


class CameraDialog(QDialog):
    """Shows the picture and hands on what is read in it to whoever waits for scans in the window below."""

    seen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Scan with the camera")
        self.setModal(False)
        self.setProperty(SCANS_FOR_PARENT, True)
        self._desk = desk
        self._repeats = Repeats()
        self._busy = False
        self._camera: QCamera | None = None
        self._parts: tuple[object, ...] = ()
        self._picture = _Picture()
        self._choice = QComboBox()
        self._choice.setAccessibleName("Camera")
        self._told = label("Hold a code into the picture.", "muted", wrap=True)
        words = label("Camera")
        words.setBuddy(self._choice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._picture, 1)
        foot = row(words, self._choice, self._told, gap=3, margin=3)
        foot.setStretch(2, 1)
        layout.addWidget(frame("foot", foot))
        self.seen.connect(desk.scans.deliver)

    def start(self) -> None:
        """Find the cameras and show the first one's picture, once the system allows it. Only where `available`."""
        app, permission = QCoreApplication.instance(), QCameraPermission()
        allowed = app.checkPermission(permission) if app is not None else Qt.PermissionStatus.Granted
        if allowed == Qt.PermissionStatus.Undetermined and app is not None:
            app.requestPermission(permission, self, lambda _permission: self.start())
        elif allowed == Qt.PermissionStatus.Denied:
            self._told.setText("The system keeps the camera from Muster. Allow it in the system's privacy settings.")
        else:
            self._find()

    def _find(self) -> None:
        from PySide6.QtMultimedia import QMediaDevices

        self._choice.clear()
        for device in QMediaDevices.videoInputs():
            self._choice.addItem(device.description(), device)
        if self._choice.count() == 0:
            self._told.setText("No camera is connected. Connect one, then open this again.")
            return
        self._choice.currentIndexChanged.connect(self._use)
        self._use(0)

    def take_picture(self, image: QImage) -> None:
        """Show a picture and look for codes in it, unless the one before is still looked through."""
        self._picture.show_image(image)
        if self._busy or image.isNull():
            return
        self._busy = True
        copy = image.copy()

        def done(found: list[str]) -> None:
            self._busy = False
            for text in found:
                if self._repeats.fresh(text, time.monotonic()):
                    self._told.setText(text[3:83])
                    self.seen.emit(text)

        def failed(error: BaseException) -> None:
            self._busy = False
            self._desk.fail(error)

        self._desk.jobs.read(lambda _task: decode(copy), done, owner=self, failed=failed)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Switch the camera off."""
        self._stop()
        super().closeEvent(event)

    def reject(self) -> None:
        """Esc closes it, too."""
        self.close()

    def _use(self, at: int) -> None:
        from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QVideoSink

        self._stop()
        camera, session, sink = QCamera(self._choice.itemData(at)), QMediaCaptureSession(), QVideoSink()
        session.setCamera(camera)
        session.setVideoSink(sink)
        sink.videoFrameChanged.connect(self._take_frame)
        camera.errorOccurred.connect(lambda _error, why: self._told.setText(f"The camera cannot be used: {why}"))
        self._camera, self._parts = camera, (session, sink)
        camera.start()

    def _take_frame(self, taken: Any) -> None:
        self.take_picture(taken.toImage())

    def _stop(self) -> None:
        if self._camera is not None:
            self._camera.stop()
        self._camera, self._parts = None, ()


class _Picture(QWidget):
    """The picture of the camera, as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setAccessibleName("Picture of the camera")
        self.setMinimumSize(QSize(480, 320))

    def show_image(self, image: QImage) -> None:
        """Show a picture."""
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Paint it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        if not self._image.isNull():
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            room = QRect((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, 0, 0)
            room.setSize(size)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(room, self._image)
        painter.end()
