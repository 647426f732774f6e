"""Looking again soon: once, and not put off by being asked again."""

from PySide6.QtCore import QObject, QTimer

from desktop.soon import Soon


def test_asking_again_and_again_does_not_put_it_off(qtbot):
    """A fast printer changes the queue more often than the window looks; it must look all the same."""
    looked = []
    owner, asking = QObject(), QTimer()
    soon = Soon(20, lambda: looked.append(1), owner)
    asking.setInterval(1)
    asking.timeout.connect(soon.ask)
    asking.start()
    qtbot.waitUntil(lambda: len(looked) >= 3)
    asking.stop()


def test_it_looks_once_however_often_it_was_asked(qtbot):
    looked = []
    owner = QObject()
    soon = Soon(5, lambda: looked.append(1), owner)
    for _ in range(10):
        soon.ask()
    qtbot.waitUntil(lambda: not soon.isActive())
    assert looked == [1]
