"""A file read by the reader process, seen from Muster's side: workbooks, web pages, YAML."""

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from models.exchange.files import wire
from models.exchange.files.guards import Format
from models.exchange.files.limits import TOO_MUCH
from models.exchange.files.wire import Chunk
from models.fields.problem import InputError
from models.progress import Cancelled, Progress

#: The argument by which a frozen Muster starts itself as the reader process; `desktop/__main__.py` calls
#: `models.exchange.files.reader_child.main` when it is its first.
CHILD_ARGUMENT = "--read-sheet-child"
#: The reader may be silent for so long (seconds): at least, for each MB of the file besides, and at most. Sheets take a
#: tenth of it; a part that unpacks to much more than the archive says takes all of it.
SILENCE = (20.0, 2.5, 120.0)
_POLL = 0.1
#: So many answers wait for whoever works on them; the process rests until one is taken.
_WAITING = 4
#: How a process ends that asked for more memory than it may have: abort() on POSIX; on Windows abort(), a fast
#: fail, no memory, a stack that could not grow.
_NO_MEMORY = {-6, 134, TOO_MUCH, 3, 0xC0000409, 0xC0000017, 0xC00000FD, 0xE06D7363}


def child_command() -> list[str]:
    """The command that starts the reader process: this program again when it is frozen, else this Python.

    -P: modules are looked for in Python's own folders and in ours, not in the folder that Muster was started from.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_ARGUMENT]
    return [sys.executable, "-P", "-X", "utf8", "-m", "models.exchange.files.reader_child"]


class Workbook:
    """One workbook and the process that reads it. Not for two threads at once; `close` may come from any."""

    def __init__(self, path: Path, kind: Format, silence: float | None = None) -> None:
        self._path = path
        self._kind = kind
        self._silence = _silence(path) if silence is None else silence
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[object] = queue.Queue(_WAITING)
        self._listener: threading.Thread | None = None

    def sheets(self, progress: Progress) -> list[tuple[str, str, bool, bool]]:
        """Name, kind (worksheet, chartsheet …), visible, holds a pivot table; for each sheet in order."""
        self.close()
        answer = self._start(progress)
        return [(str(name), str(kind), bool(visible), bool(pivot)) for name, kind, visible, pivot in answer[1]]

    def head(self, sheet: int, first: int, count: int, progress: Progress) -> tuple[Chunk, int, int, list[Any]]:
        """Rows from row `first` (from 0), then the sheet's height and width and its merged ranges."""
        _, row, column, height, width, merged, packed = self._ask(progress, "head", sheet, first, count)
        columns = [wire.unpack_column(cells) for cells in packed]
        chunk = Chunk(row + 1, column, len(columns[0]) if columns else 0, columns)
        return chunk, height, width, merged

    def rows(self, sheet: int, progress: Progress) -> Iterator[Chunk]:
        """All rows of a sheet; the process reads on while the caller works on what it was given."""
        ended = False
        try:
            answer = self._ask(progress, "rows", sheet)
            while answer[0] == "rows":
                _, row, column, height, packed = answer
                yield Chunk(row + 1, column, height, [wire.unpack_column(cells) for cells in packed])
                answer = self._receive(progress)
            ended = True
        finally:
            if not ended:  # what it still has to say would be taken for the answer to the next request
                self.close()

    def close(self) -> None:
        """End the process. Another request starts a new one."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            while self._listener and self._listener.is_alive():
                # It may wait for room to put down what nobody takes any more.
                with contextlib.suppress(queue.Empty):
                    self._answers.get(timeout=_POLL / 10)
            for stream in (process.stdin, process.stdout):
                if stream:
                    with contextlib.suppress(OSError):
                        stream.close()

    def _start(self, progress: Progress) -> tuple[Any, ...]:
        environment = dict(os.environ)
        if not getattr(sys, "frozen", False):
            root = str(Path(__file__).resolve().parents[3])
            environment["PYTHONPATH"] = os.pathsep.join(filter(None, [root, environment.get("PYTHONPATH", "")]))
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            child_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._answers = queue.Queue(_WAITING)
        self._listener = threading.Thread(target=_listen, args=(self._process.stdout, self._answers), daemon=True)
        self._listener.start()
        return self._ask(progress, "open", str(self._path.resolve()), str(self._kind))

    def _ask(self, progress: Progress, *request: object) -> tuple[Any, ...]:
        if not self._process:
            self._start(progress)
        process = self._process
        assert process and process.stdin  # noqa: S101, PT018 - just started, with pipes
        try:
            wire.send(process.stdin, request)
        except OSError as error:
            raise self._gone(process, progress, silent=False) from error
        return self._receive(progress)

    def _receive(self, progress: Progress) -> tuple[Any, ...]:
        """The next answer. While it is waited for, the progress says again where the work is.

        Raises InputError for what the process says is wrong, or when it is gone or silent; Cancelled.
        """
        process, answers = self._process, self._answers
        if not process:  # closed from another thread
            raise Cancelled(progress.stage)
        until = time.monotonic() + self._silence
        while True:
            try:
                answer = answers.get(timeout=_POLL)
                break
            except queue.Empty:
                if self._process is not process:
                    raise Cancelled(progress.stage) from None
                if progress.cancelled or time.monotonic() > until:
                    raise self._gone(process, progress, silent=not progress.cancelled) from None
                progress.at(progress.stage, progress.done, progress.total)
        if not isinstance(answer, tuple) or not answer:
            raise self._gone(process, progress, silent=False)
        if answer[0] == "error":
            code, word = str(answer[1]), str(answer[2])
            key = "what" if code == "file.not-spreadsheet" else "reason"
            raise InputError(code, self._path.name, **({key: word} if word else {}))
        return answer

    def _gone(self, process: "subprocess.Popen[bytes]", progress: Progress, *, silent: bool) -> Exception:
        """What to raise when the process is no more, or not what it should be."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(1)  # its pipe closes a moment before its status is known
        status = process.poll()
        self.close()
        if progress.cancelled:
            return Cancelled(progress.stage)
        if silent:
            return InputError("file.too-slow", self._path.name)
        return InputError("file.too-big" if status in _NO_MEMORY else "file.damaged", self._path.name)


def _silence(path: Path) -> float:
    least, each, most = SILENCE
    try:
        return min(least + each * path.stat().st_size / 2**20, most)
    except OSError:
        return least


def _listen(stream: IO[bytes], answers: "queue.Queue[object]") -> None:
    """Take in what the process says until it says no more; None stands for its end."""
    while True:
        try:
            answer = wire.receive(stream)
        except (EOFError, OSError, ValueError):
            answers.put(None)
            return
        answers.put(answer)
