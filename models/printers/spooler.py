"""Bytes through the system's spooler as they are, without a driver that would draw something of them.

Windows: its spooler's own calls (OpenPrinter, StartDocPrinter with the type RAW, WritePrinter; learn.microsoft.com).
Elsewhere CUPS: `lp -d QUEUE -o raw`.
"""

import subprocess
import sys

from models.printers.endings import NotTaken, Unsure

_SECONDS = 30
_TITLE = "Muster labels"


def spool(queue: str, payload: bytes) -> None:
    """Put bytes into a queue of the system as one document. Raises NotTaken, Unsure."""
    if sys.platform == "win32":
        _to_windows(queue, payload)
    else:
        _to_cups(queue, payload)


def _to_cups(queue: str, payload: bytes) -> None:
    command = ["lp", "-d", queue, "-o", "raw", "-t", _TITLE, "-"]
    try:
        ended = subprocess.run(  # noqa: S603 (a list of arguments, no shell; the queue's name is one of them)
            command, input=payload, capture_output=True, timeout=_SECONDS, check=False
        )
    except FileNotFoundError as error:
        raise NotTaken("printer.no-spooler", queue) from error
    except subprocess.TimeoutExpired as error:
        raise Unsure("printer.no-answer", queue) from error
    except OSError as error:
        raise NotTaken("printer.spooler-refused", queue, reason=error.strerror or str(error)) from error
    if ended.returncode:
        said = " ".join(ended.stderr.decode("utf-8", "replace").split())[:200]
        raise NotTaken("printer.spooler-refused", queue, reason=said or f"lp: {ended.returncode}")


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _DocInfo(ctypes.Structure):
        """DOC_INFO_1W."""

        _fields_ = (
            ("pDocName", wintypes.LPWSTR),
            ("pOutputFile", wintypes.LPWSTR),
            ("pDatatype", wintypes.LPWSTR),
        )

    def _to_windows(queue: str, payload: bytes) -> None:
        winspool = ctypes.WinDLL("winspool.drv", use_last_error=True)
        winspool.OpenPrinterW.argtypes = (wintypes.LPWSTR, ctypes.POINTER(wintypes.HANDLE), ctypes.c_void_p)
        winspool.StartDocPrinterW.argtypes = (wintypes.HANDLE, wintypes.DWORD, ctypes.POINTER(_DocInfo))
        winspool.WritePrinter.argtypes = (
            wintypes.HANDLE,
            ctypes.c_char_p,
            wintypes.DWORD,
            ctypes.POINTER(wintypes.DWORD),
        )
        for name in ("EndDocPrinter", "AbortPrinter", "ClosePrinter"):
            getattr(winspool, name).argtypes = (wintypes.HANDLE,)
        handle = wintypes.HANDLE()
        if not winspool.OpenPrinterW(queue, ctypes.byref(handle), None):
            raise NotTaken("printer.spooler-refused", queue, reason=_last_error())
        try:
            if not winspool.StartDocPrinterW(handle, 1, ctypes.byref(_DocInfo(_TITLE, None, "RAW"))):
                raise NotTaken("printer.spooler-refused", queue, reason=_last_error())
            written = wintypes.DWORD()
            sent = winspool.WritePrinter(handle, payload, len(payload), ctypes.byref(written))
            if not sent or written.value != len(payload):
                # It may have begun to print while the document came, so nobody knows how much came out.
                reason = _last_error()
                winspool.AbortPrinter(handle)
                raise Unsure("printer.spooler-refused", queue, reason=reason)
            if not winspool.EndDocPrinter(handle):
                raise Unsure("printer.spooler-refused", queue, reason=_last_error())
        finally:
            winspool.ClosePrinter(handle)

    def _last_error() -> str:
        return ctypes.FormatError(ctypes.get_last_error()).strip().rstrip(".")
