import sqlite3
import threading
from contextlib import closing

import pytest
from PySide6.QtCore import QObject, QThread

from desktop.jobs import Jobs, Task
from models.fields.problem import UsageError
from models.progress import Cancelled


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    made.close()


def test_a_reply_comes_on_the_windows_thread(jobs, qtbot):
    seen = []
    here = QThread.currentThread()
    jobs.read(
        lambda task: threading.current_thread().name,
        lambda name: seen.append((name, QThread.currentThread() is here)),
        owner=jobs,
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0].startswith("reader")
    assert seen[0][1]


def test_writes_run_one_after_the_other_in_order(jobs, qtbot):
    running, most, order = [0], [0], []
    guard = threading.Lock()

    def work(number):
        def run(task):
            with guard:
                running[0] += 1
                most[0] = max(most[0], running[0])
            order.append(number)
            with guard:
                running[0] -= 1

        return run

    ended = []
    for number in range(20):
        jobs.write("Write", work(number), ended.append, owner=jobs)
    assert jobs.writing
    qtbot.waitUntil(lambda: len(ended) == 20)
    assert order == list(range(20))
    assert most == [1]
    assert not jobs.busy


def test_progress_is_polled_and_cancel_stops_the_work(jobs, qtbot):
    said, told = [], []

    def work(task: Task) -> None:
        number = 0
        while True:
            number += 1
            task.at("write", number, 0)

    job = jobs.write("Write", work, said.append, owner=jobs)
    with qtbot.waitSignal(job.progressed):
        pass
    assert job.task.done > 0
    jobs.told.connect(told.append)
    jobs.broke.connect(told.append)
    with qtbot.waitSignal(jobs.finished):
        job.cancel()
    assert said == []
    assert told == []


def test_cancel_interrupts_a_running_query(jobs, qtbot):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    failures = []
    held = threading.Event()

    def work(task: Task) -> None:
        with closing(sqlite3.connect(":memory:")) as connection, task.holding(connection):
            held.set()
            connection.execute(endless).fetchone()

    job = jobs.read(work, lambda result: None, owner=jobs, failed=failures.append)
    assert held.wait(5)

    def stopped() -> bool:
        job.task.cancel()  # the query may not have begun the first time
        return bool(failures)

    qtbot.waitUntil(stopped)
    assert isinstance(failures[0], Cancelled)


def test_an_owner_that_is_gone_gets_no_reply(jobs, qtbot):
    owner = QObject()
    gate = threading.Event()
    seen = []
    job = jobs.read(lambda task: gate.wait(5), seen.append, owner=owner)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not _valid(owner))
    with qtbot.waitSignal(job.ended):
        gate.set()
    assert seen == []


def test_errors_are_told_or_reported(jobs, qtbot):
    def known(task):
        raise UsageError("kind.unknown", "radios")

    def own_fault(task):
        raise ZeroDivisionError

    with qtbot.waitSignal(jobs.told) as told:
        jobs.read(known, print, owner=jobs)
    assert told.args[0].code == "kind.unknown"
    with qtbot.waitSignal(jobs.broke) as broke:
        jobs.read(own_fault, print, owner=jobs)
    assert isinstance(broke.args[0], ZeroDivisionError)


def _valid(thing: QObject) -> bool:
    import shiboken6

    return shiboken6.isValid(thing)
