"""How the sync stands, in words, and when it is tried again."""

import dataclasses
import datetime as dt
import threading

import pytest

from desktop.phrases.standing import details, line
from desktop.sharing.standing import Standing, Sync
from desktop.sharing.thread import SyncThread
from models.fields.problem import HubError, Problem
from models.sync.pace import EVERY, FIRST, LONGEST, Pace

NOW = dt.datetime(2026, 11, 25, 9, 30).astimezone().timestamp()
WELL = Standing("city", "jruiz", "technician", last=NOW - 250)


def test_a_home_of_its_own_says_nothing():
    assert line(Standing(), NOW) == ""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "All sent · last sync 4 min ago"),
        ({"unsent": 12}, "12 to send · last sync 4 min ago"),
        ({"last": NOW - 3}, "All sent · last sync just now"),
        ({"last": NOW - 3 * 3600}, "All sent · last sync 3 h ago"),
        ({"last": NOW - 50 * 3600, "unsent": 1200}, "1,200 to send · last sync 2 days ago"),
        ({"last": None}, "All sent · not synced yet"),
    ],
)
def test_while_all_is_well(more, said):
    assert line(dataclasses.replace(WELL, **more), NOW) == said


@pytest.mark.parametrize(
    ("code", "state", "said"),
    [
        ("hub.nobody-there", Sync.OFFLINE, "Offline since 9:12, everything is saved here · 12 to send"),
        ("hub.cut", Sync.OFFLINE, "Offline since 9:12, everything is saved here · 12 to send"),
        ("hub.older", Sync.UPGRADE, "The administrator must upgrade the shared database · 12 to send"),
        ("hub.password-wrong", Sync.SIGN_ON, "Sign on to the shared database again · 12 to send"),
        ("hub.other", Sync.REFUSED, "Not syncing: look why · 12 to send"),
        ("hub.no-member", Sync.REFUSED, "Not syncing: look why · 12 to send"),
    ],
)
def test_when_it_fails(code, state, said):
    standing = dataclasses.replace(WELL, unsent=12, since=NOW - 18 * 60, trouble=Problem(code))
    assert standing.sync is state
    assert line(standing, NOW) == said
    told = details(standing, NOW)
    assert told.startswith("Shared database city (jruiz · Technician)\n")
    assert "12 changes wait to be sent." in told
    assert "saved on this computer" in told


def test_offline_since_another_day():
    standing = dataclasses.replace(WELL, since=NOW - 20 * 3600, trouble=Problem("hub.no-answer"))
    assert line(standing, NOW) == "Offline since 24 Nov 13:30, everything is saved here"


def test_failures_make_it_rarer_and_never_too_rare():
    pace = Pace(lambda: 0.5)
    waits = [pace.after_failure() for _ in range(40)]
    assert waits[:3] == [FIRST, 2 * FIRST, 4 * FIRST]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST
    assert pace.after_success() == EVERY
    assert pace.after_failure() == FIRST
    assert pace.after_failure(lasting=True) == LONGEST
    assert {Pace(lambda chance=chance: chance).after_success() for chance in (0.0, 0.5, 1.0)} == {
        EVERY * 0.8, EVERY, EVERY * 1.2,
    }  # fmt: skip


class Rounds:
    """A thread whose work is steered by the test."""

    def __init__(self, *errors):
        self.errors = list(errors)
        self.done: list[bool] = []
        self.more = threading.Condition()
        self.thread = SyncThread(self.work, self.tell, lambda error: error.problem.code == "hub.other")

    def work(self, progress):
        error = self.errors.pop(0) if self.errors else None
        if error == "wait":
            while True:
                progress.at("wait")
                threading.Event().wait(0.005)
        if error is not None:
            raise error
        return progress

    def tell(self, outcome):
        with self.more:
            self.done.append(outcome.error is None)
            self.more.notify_all()

    def until(self, number):
        with self.more:
            assert self.more.wait_for(lambda: len(self.done) >= number, 5)
        return self.done


def test_the_thread_syncs_at_once_on_change_and_when_asked():
    rounds = Rounds()
    rounds.thread.start()
    assert rounds.until(1) == [True]
    rounds.thread.changed()
    assert rounds.until(2) == [True, True]
    rounds.thread.now(asked=True)
    rounds.until(3)
    rounds.thread.stop()
    assert rounds.thread.ended(1.0)


def test_a_change_does_not_hasten_what_fails_but_a_person_does():
    rounds = Rounds(HubError("hub.other"), HubError("hub.other"))
    rounds.thread.start()
    assert rounds.until(1) == [False]
    rounds.thread.changed()
    rounds.thread.now()
    assert rounds.until(2) == [False, False]
    rounds.thread.stop()
    assert rounds.thread.ended(1.0)
    assert len(rounds.done) == 2


def test_what_is_under_way_is_cancelled_at_the_end():
    rounds = Rounds("wait")
    rounds.thread.start()
    rounds.thread.stop()
    assert rounds.thread.ended(1.0)
    assert rounds.done == []
