"""How long a push waits for the lock of the shared database when a whole city works: discrete events, no database.

Pushes come one after the other (`muster.head` is locked), first come, first served. How long one holds the lock is
`fixed` milliseconds and so many for each entry; bench_hub_load measures both and hands them over. What the clients do
is assumed, below: kinds of people, their deeds an hour, hours of the day, the morning when laptops come back with what
was done elsewhere, imports of 100,000 rows that arrive as one push.

Run by itself: `python tests/bench/sim_push_lock.py [FIXED_MS [ENTRY_MS]]`.
"""

import heapq
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

HOUR = 3600.0
#: How the deeds of a day lie over its hours from 7 to 18 o'clock: shares of one.
HOURS = {7: 0.06, 8: 0.13, 9: 0.13, 10: 0.12, 11: 0.10, 12: 0.05, 13: 0.10, 14: 0.12, 15: 0.10, 16: 0.06, 17: 0.03}
IMPORT_ROWS = 100_000
CLIENTS = (100, 1_000, 5_000)
#: The bar of the issue for a push that waits.
LONGEST = 2.0


@dataclass(frozen=True, slots=True)
class Person:
    """A kind of people: their share of all clients, pushes on a working day, entries in each."""

    name: str
    share: float
    pushes: int
    entries: int


PEOPLE = (
    Person("only look", 0.50, 0, 0),
    Person("office", 0.35, 20, 3),
    Person("technician", 0.12, 120, 2),
    Person("tag run", 0.03, 400, 1),
)
#: So many of the clients that write come back between 8:00 and 8:10 with that many entries from elsewhere.
RETURNING, RETURNED_ENTRIES = 0.30, 40


@dataclass(frozen=True, slots=True)
class Held:
    """Milliseconds for which a push holds the lock: `fixed`, and for each of its entries."""

    fixed: float
    entry: float

    def seconds(self, entries: int) -> float:
        return (self.fixed + self.entry * entries) / 1000


@dataclass(frozen=True, slots=True)
class Day:
    """What one day came to. Waits are seconds, of all pushes but the imports themselves, in rising order."""

    pushes: int
    entries: int
    busiest: float
    """The share of its busiest hour for which the lock was held."""
    waits: Sequence[float]
    depth: int
    """The longest queue."""

    def wait(self, share: float) -> float:
        return self.waits[min(int(len(self.waits) * share), len(self.waits) - 1)]

    @property
    def late(self) -> float:
        """The share of pushes that waited longer than the bar."""
        return sum(wait > LONGEST for wait in self.waits) / len(self.waits)


def arrivals(clients: int, imports: int, pick: random.Random) -> Iterator[tuple[float, int]]:
    """(second of the day, entries) of every push of a day."""
    hours, weights = list(HOURS), list(HOURS.values())
    for person in PEOPLE:
        count = round(clients * person.share * person.pushes)
        for hour in pick.choices(hours, weights, k=count):
            yield (hour + pick.random()) * HOUR, person.entries
        if person.pushes:
            for _ in range(round(clients * person.share * RETURNING)):
                yield 8 * HOUR + pick.random() * 600, RETURNED_ENTRIES
    for _ in range(imports):
        yield (9 + pick.random() * 7) * HOUR, IMPORT_ROWS


def simulate(clients: int, imports: int, held: Held, seed: int = 1) -> Day:
    """One day: each push takes the lock when all that came before it have let it go."""
    pick = random.Random(seed)
    coming = sorted(arrivals(clients, imports, pick))
    free, depth, entries = 0.0, 0, 0
    waits: list[float] = []
    ends: list[float] = []
    used = dict.fromkeys(range(24), 0.0)
    for at, count in coming:
        while ends and ends[0] <= at:
            heapq.heappop(ends)
        start = max(at, free)
        free = start + held.seconds(count)
        heapq.heappush(ends, free)
        depth = max(depth, len(ends))
        used[int(at // HOUR)] += free - start
        entries += count
        if count < IMPORT_ROWS:
            waits.append(start - at)
    return Day(len(coming), entries, max(used.values()) / HOUR, sorted(waits), depth)


def show(held: Held) -> None:
    """The table of days."""
    print(f"Lock held {held.fixed:.2f} ms for a push and {held.entry:.3f} ms for each of its entries.")
    print("clients imports   pushes/day  busiest hour    mean ms   99 % ms  99.9 % ms  longest s   over 2 s  queue")
    for clients in CLIENTS:
        for imports in (0, 1, 5):
            day = simulate(clients, imports, held)
            print(
                f"{clients:7,} {imports:7} {day.pushes:12,} {day.busiest:12.1%} {fmean(day.waits) * 1000:10.2f} "
                f"{day.wait(0.99) * 1000:9.1f} {day.wait(0.999) * 1000:10.1f} {day.waits[-1]:10.2f} "
                f"{day.late:10.3%} {day.depth:6}"
            )


def main(arguments: Sequence[str]) -> int:
    fixed, entry = (*map(float, arguments), *(4.0, 0.08)[len(arguments) :])
    show(Held(fixed, entry))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
