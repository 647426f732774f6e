"""What happens when Muster itself is at fault: a report in the home's logs, and a dialog. Never silence."""

import datetime as dt
import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

_SECRET = re.compile(
    r"(?i)(password|passwd|pwd|token|secret|api[_-]?key|authorization)(['\"]?\s*[:=]\s*)(['\"]?)[^\s'\",;&]+"
)
_LOGIN = re.compile(r"(\w+://)[^\s/:@]+:[^\s/@]+@")


def redact(text: str) -> str:
    """The text without passwords, tokens and logins, and with the person's home folder as ~."""
    text = _SECRET.sub(r"\1\2\3…", text)
    text = _LOGIN.sub(r"\1…@", text)
    return text.replace(str(Path.home()), "~") if len(str(Path.home())) > 1 else text


def diagnostics(error: BaseException | None = None) -> str:
    """What a maintainer needs to know, fit to be sent: versions, system, and the error if there is one."""
    import PySide6

    lines = [
        f"Muster on Python {platform.python_version()}, PySide6 {PySide6.__version__}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        dt.datetime.now().astimezone().isoformat(timespec="seconds"),
    ]
    if error is not None:
        lines += ["", *traceback.format_exception(error)]
    return redact("\n".join(lines))


def write_report(logs: Path, error: BaseException) -> Path | None:
    """Write a crash report into the folder `logs`; None when even that cannot be done."""
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S-%f")
    path = logs / f"crash-{stamp}.txt"
    try:
        logs.mkdir(parents=True, exist_ok=True)
        path.write_text(diagnostics(error), "utf-8")
    except OSError:
        return None
    return path


class CrashHook:
    """Catches what nobody caught, in any thread. `show` is called with the error and its report on each."""

    def __init__(self, logs: Path, show: Callable[[BaseException, Path | None], None]) -> None:
        self._logs = logs
        self._show = show
        self._inside = False

    def install(self) -> None:
        """Take over from Python's own handlers, which only print."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread

    def report(self, error: BaseException) -> None:
        """Write the report and show it. A fault while showing one is written, not shown, lest it go round."""
        path = write_report(self._logs, error)
        if sys.stderr is not None:
            traceback.print_exception(error, file=sys.stderr)
        if self._inside:
            return
        self._inside = True
        try:
            self._show(error, path)
        finally:
            self._inside = False

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.exit(130)
        self.report(error)

    def _uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)
