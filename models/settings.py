"""The settings of this machine: plain JSON beside the database, never a secret in it."""

import getpass
import json
import os
import tempfile
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import ClassVar, overload

from models.fields.kind import Kind
from models.fields.kinds import Day, Moment, Money, Phone


class Setting:
    """One setting: a descriptor with its default, a short label and a longer help."""

    def __init__(self, default: str, label: str, help: str = "") -> None:  # noqa: A002 (what it is)
        """`default`, and what the settings page says of it."""
        self.default = default
        self.label = label
        self.help = help
        self.key = ""

    def __set_name__(self, owner: type, name: str) -> None:
        """Know its name and be listed."""
        self.key = name

    @overload
    def __get__(self, settings: None, owner: type) -> "Setting": ...
    @overload
    def __get__(self, settings: "Settings", owner: type) -> str: ...
    def __get__(self, settings: "Settings | None", owner: type) -> "str | Setting":
        """The value as it stands."""
        if settings is None:
            return self
        found = settings.get(self.key, self.default)
        return found if isinstance(found, str) else self.default

    def __set__(self, settings: "Settings", value: str) -> None:
        """Keep a value."""
        settings[self.key] = value


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return ""


class Settings(MutableMapping[str, object]):
    """The settings file. What is set is written at once; a file that cannot be read counts as empty."""

    person: ClassVar[Setting] = Setting("", "Your name", "Changes are remembered under it.")
    theme: ClassVar[Setting] = Setting("system", "Appearance", "As the system, light, dark or high contrast.")
    date_order: ClassVar[Setting] = Setting(
        "mdy",
        "Day and month",
        "Which comes first in 3/4/2026, where you type it or a spreadsheet's column does not show it.",
    )
    currency: ClassVar[Setting] = Setting("USD", "Currency", "Of sums that name none, ISO 4217.")
    region: ClassVar[Setting] = Setting("US", "Country", "Of telephone numbers that name none, ISO 3166.")
    tag_block: ClassVar[Setting] = Setting(
        "500", "Tag numbers at once", "So many numbers of a tag scheme are set aside for this computer at a time."
    )
    sounds: ClassVar[Setting] = Setting("yes", "Sounds", "Each scan is answered with a sound of its own.")
    organisation: ClassVar[Setting] = Setting("", "Organisation", "Stands on labels after “Property of”.")
    gs1_prefix: ClassVar[Setting] = Setting(
        "", "GS1 company prefix", "Begins the GIAI in GS1 barcodes: 4 to 12 digits that GS1 gave you."
    )

    def __init__(self, path: Path) -> None:
        """`path`: the file; it need not exist."""
        self._path = path
        self._values: dict[str, object] = {}
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            found = {}
        if isinstance(found, dict):
            self._values = found

    @property
    def author(self) -> str:
        """The name under which changes are remembered: the person's, else the login's."""
        return self.person.strip() or _login() or "somebody"

    def __getitem__(self, key: str) -> object:
        """A value by its key."""
        return self._values[key]

    def __setitem__(self, key: str, value: object) -> None:
        """Keep a value (anything that JSON can hold) and write the file."""
        if self._values.get(key) != value or key not in self._values:
            self._write({**self._values, key: value})

    def __delitem__(self, key: str) -> None:
        """Forget a value."""
        rest = dict(self._values)
        del rest[key]
        self._write(rest)

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self._values)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._values)

    def _write(self, values: dict[str, object]) -> None:
        """Whole or not at all: another start may read the file at any moment. Raises OSError."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=".settings", suffix=".json")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(values, file, ensure_ascii=False, indent=1)
            Path(name).replace(self._path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        self._values = values


def localised(kind: Kind, settings: Settings) -> Kind:
    """The kind as this machine's people type it: their order of day and month, their currency, their country."""
    if isinstance(kind, Moment):
        return Moment(day_first=settings.date_order == "dmy", zone=kind.zone)
    if isinstance(kind, Day):
        return Day(day_first=settings.date_order == "dmy")
    if isinstance(kind, Money):
        return Money(settings.currency)
    if isinstance(kind, Phone):
        return Phone(settings.region)
    return kind
