"""The label printers of this machine: how each is reached and set. Kept in the settings."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.fields.problem import UsageError
from models.labels.layout import NO_NUDGE, Nudge
from models.settings import Settings

_KEY = "printers"


class Language(StrEnum):
    """What a printer understands."""

    SYSTEM = "system"
    """Whatever its driver takes: painted through the system's printing."""
    ZPL = "zpl"
    """Zebra's ZPL II and printers that are compatible with it."""
    BROTHER = "brother"
    """The raster language of Brother's QL printers."""


@dataclass(frozen=True, slots=True)
class LabelPrinter:
    """One printer.

    `address` is "tcp://HOST:9100" (the port may be left out), "raw:QUEUE" for bytes through the system's spooler as
    they are, or the queue's name for a printer painted through the system ("" is its default). `dpi` is its dots per
    inch. `darkness` (0 to 30) and `speed` (inches per second) are a ZPL printer's; None leaves what is set on it.
    `model` is Brother's ("QL-820NWB"). `answers`: it tells its status when asked, so that a label is known to have
    been taken.
    """

    name: str
    language: Language = Language.SYSTEM
    address: str = ""
    dpi: int = 203
    nudge: Nudge = NO_NUDGE
    darkness: int | None = None
    speed: int | None = None
    model: str = ""
    answers: bool = True


def printers(settings: Settings) -> tuple[LabelPrinter, ...]:
    """The printers of this machine that were set up, in their order. What cannot be read is passed over."""
    kept = settings.get(_KEY)
    found = (_from_data(each) for each in kept) if isinstance(kept, list) else ()
    return tuple(each for each in found if each is not None)


def find_printer(settings: Settings, name: str) -> LabelPrinter:
    """The printer of this name, in any case. Raises UsageError("printer.unknown")."""
    known = printers(settings)
    for each in known:
        if each.name.casefold() == name.strip().casefold():
            return each
    raise UsageError("printer.unknown", name, known=", ".join(each.name for each in known))


def keep_printer(settings: Settings, printer: LabelPrinter, formerly: str = "") -> None:
    """Keep a printer, in the place of the one called `formerly`, or of the same name. Raises OSError."""
    known = list(printers(settings))
    names = {printer.name.casefold(), formerly.casefold()}
    at = next((index for index, each in enumerate(known) if each.name.casefold() in names), len(known))
    known = [each for each in known if each.name.casefold() not in names]
    known.insert(at, printer)
    settings[_KEY] = [_data(each) for each in known]


def forget_printer(settings: Settings, name: str) -> None:
    """Forget a printer. Raises UsageError("printer.unknown"); OSError."""
    gone = find_printer(settings, name)
    settings[_KEY] = [_data(each) for each in printers(settings) if each != gone]


def _data(printer: LabelPrinter) -> dict[str, object]:
    return {key: value for key, value in dataclasses.asdict(printer).items() if value not in (None, "")}


def _from_data(data: object) -> LabelPrinter | None:
    if not isinstance(data, Mapping) or not isinstance(data.get("name"), str):
        return None
    fields = {field.name for field in dataclasses.fields(LabelPrinter)}
    values = {str(key): value for key, value in data.items() if key in fields}
    try:
        nudge = Nudge(**{key: float(value) for key, value in dict(values.pop("nudge", {})).items()})
        return LabelPrinter(**{**values, "language": Language(values.get("language", "system")), "nudge": nudge})
    except (TypeError, ValueError):
        return None
