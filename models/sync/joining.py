"""Connecting a home to a shared database, and leaving it again. Whatever breaks, the home is as before or as after."""

import shutil
import tempfile
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from models.fields.ids import new_id
from models.fields.problem import HubError, UsageError
from models.progress import Progress
from models.schema.catalogue import Catalogue
from models.store.backup import replace_by
from models.store.database import Database
from models.store.home import Home
from models.store.local import DEVICE, home_role, local, set_local
from models.sync.address import Address, keep_address, kept_address
from models.sync.adopting import AdoptPlan, bring_in, has_records, plan_adopting, still
from models.sync.client import SyncClient
from models.sync.passwords import forget_password
from models.sync.state import sync_state
from models.sync.told import Told, told
from models.sync.wire import connect, hub_errors

_ASIDE = "connect-"
"""How the folders begin that hold a copy aside."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a shared database says to who signs on: its name, and the role that the login has there."""

    city: str
    role: str


@dataclass(frozen=True, slots=True)
class Joined:
    """What connecting did: `kept` is the backup of what was here before, None where nothing was; `role` the login's."""

    kept: Path | None
    role: str


def greet(address: Address, password: str | None) -> Welcome:
    """Sign on once, to know whether it works. Raises HubError."""
    with closing(connect(address, password)) as link, hub_errors(address):
        found = link.execute("SELECT muster.hello(%s::uuid, 0, NULL)", (new_id(),)).fetchone()
    said = found[0] if found is not None else {}
    return Welcome(str(said.get("city") or address.database), str(said.get("role") or ""))


class Joining:
    """One home on its way into a shared database: `prepare`, look at the plan, `finish`. A context that cleans up."""

    def __init__(self, database: Database, address: Address, password: str | None) -> None:
        """Raises UsageError("hub.connected") where the home is connected already."""
        with database.reading() as connection:
            if known := kept_address(connection):
                raise UsageError("hub.connected", known.url)
        self._database = database
        self._address = address
        self._password = password
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._copy: Database | None = None
        self.plan: AdoptPlan | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def prepare(self, progress: Progress) -> AdoptPlan | None:
        """Copy the shared database aside, and plan what becomes of the records here; None where there are none.

        Raises HubError, DatabaseError, Cancelled; nothing has changed here then, nor after it.
        """
        for left in self._database.home.path.glob(f"{_ASIDE}*"):  # of one that was killed
            shutil.rmtree(left, ignore_errors=True)
        self._folder = tempfile.TemporaryDirectory(
            prefix=_ASIDE, dir=self._database.home.path, ignore_cleanup_errors=True
        )
        self._copy = Database.open(Home(Path(self._folder.name)))
        with self._database.reading() as here, self._copy.writing() as there:
            for key in (DEVICE, "device_name"):  # it is the same device, and its tag numbers stay its own
                if value := local(here, key):
                    set_local(there, key, value)
            keep_address(there, self._address)
        client = SyncClient(self._copy, partial(connect, self._address, self._password))
        client.sync(progress)
        with self._database.reading() as here, self._copy.reading() as there:
            if has_records(here):
                self.plan = plan_adopting(here, there, progress)
        return self.plan

    def told(self, catalogue: Catalogue) -> list[Told]:
        """The differing records of the plan in words."""
        if self.plan is None or self._copy is None:
            return []
        with self._database.reading() as here, self._copy.reading() as there:
            return list(told(self.plan.differing, here, there, catalogue))

    def finish(self, author: str, send_mine: Collection[str], progress: Progress) -> Joined:
        """Bring in what was planned, and put the copy in the place of the home's database, which is kept.

        `send_mine`: the ids of differing records whose values here stand. Raises UsageError("adopt.changed"),
        DatabaseError, KnownError("backup.cannot-write"), Cancelled.
        """
        copy = self._copy
        assert copy is not None  # noqa: S101 (prepared before)
        if self.plan is not None:
            with self._database.reading() as here:
                bring_in(self.plan, here, copy, author, send_mine, progress)
        with copy.reading() as there:
            role = home_role(there) or ""
        copy.close()
        self._copy = None
        home, other, plan = self._database.home, copy.home.database, self.plan
        kept = replace_by(home, other, "before-connect", progress, lambda here: still(here, plan))
        self._database.forget_catalogue()
        if self.plan is None:
            kept.unlink()  # there was nothing in it
            return Joined(None, role)
        return Joined(kept, role)

    def close(self) -> None:
        """Be rid of the copy aside."""
        if self._copy is not None:
            self._copy.close()
            self._copy = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def leave(database: Database, *, remove_copy: bool, anyway: bool, progress: Progress | None = None) -> Path | None:
    """End the connection; the copy stays as this home's own records, or is removed: where it is kept as a backup then.

    Raises UsageError("hub.not-connected"), and ("hub.unsent") where a copy with changes that were never sent is to be
    removed and `anyway` does not say that they may go, too.
    """
    progress = progress or Progress()
    with database.reading() as connection:
        state, address = sync_state(connection), kept_address(connection)
    if state is None or address is None:
        raise UsageError("hub.not-connected")
    if remove_copy and state.unsent and not anyway:
        raise UsageError("hub.unsent", f"{state.unsent:,}")
    kept = _emptied(database, progress) if remove_copy else None
    if not remove_copy:
        SyncClient(database, partial(connect, address)).forget()
    try:
        forget_password(address)
    except HubError:
        return kept  # a system that keeps none has none to forget
    return kept


def _emptied(database: Database, progress: Progress) -> Path:
    """Put an empty database in the place of the home's; where that is kept."""
    with tempfile.TemporaryDirectory(prefix="leave-", dir=database.home.path, ignore_cleanup_errors=True) as folder:
        empty = Database.open(Home(Path(folder)))
        empty.close()
        kept = replace_by(database.home, empty.home.database, "before-disconnect", progress)
    database.forget_catalogue()
    return kept
