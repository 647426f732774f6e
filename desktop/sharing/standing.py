"""How the sync of this home stands, as data; the words are in `desktop/phrases/standing`."""

from dataclasses import dataclass
from enum import Enum, auto

from models.fields.problem import Problem

_OFFLINE = frozenset(
    f"hub.{word}"
    for word in (
        "host-unknown", "no-answer", "nobody-there", "cut", "starting", "stopping", "full", "busy", "unreachable",
    )
)  # fmt: skip
_SIGN_ON = frozenset(f"hub.{word}" for word in ("password-missing", "password-wrong", "sign-on"))


class Sync(Enum):
    """In which of these a home's sync is; exactly one holds."""

    ALONE = auto()
    """The home is connected to no shared database."""
    WELL = auto()
    """The last sync went through, or none was tried since the start."""
    OFFLINE = auto()
    """The shared database was not reached: a matter of time."""
    SIGN_ON = auto()
    """The login or its password is wrong: a matter for the person."""
    UPGRADE = auto()
    """This Muster is newer than the shared database: a matter for the administrator."""
    REFUSED = auto()
    """Anything else that the shared database says, and that time will not mend."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the sync stands.

    `database` is the name of the shared one, empty where there is none; `login` and `role` are this person's there.
    `unsent` counts entries, `reviews` open matters. `last` and `since` are seconds since 1970: the last sync that went
    through, and the first failure after it; None where there is none. `trouble` is what the last one failed by.
    """

    database: str = ""
    login: str = ""
    role: str = ""
    unsent: int = 0
    reviews: int = 0
    last: float | None = None
    since: float | None = None
    trouble: Problem | None = None

    @property
    def sync(self) -> Sync:
        """In which state it is."""
        if not self.database:
            return Sync.ALONE
        if self.trouble is None:
            return Sync.WELL
        return state_of(self.trouble)


def state_of(trouble: Problem) -> Sync:
    """The state that a failed sync leads to."""
    if trouble.code in _OFFLINE:
        return Sync.OFFLINE
    if trouble.code in _SIGN_ON:
        return Sync.SIGN_ON
    return Sync.UPGRADE if trouble.code == "hub.older" else Sync.REFUSED
