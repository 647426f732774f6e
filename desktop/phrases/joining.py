"""What is told of connecting to a shared database: the plan of the records here, and what was done."""

from pathlib import Path

from desktop.phrases.say import count
from models.schema.records import RECORDS
from models.sync.adopting import AdoptPlan, Counted
from models.sync.told import Told, ToldField

EMPTY = "(empty)"


def summary(plan: AdoptPlan) -> str:
    """The plan in one line: how many records are new there, the same, different."""
    kept = plan.total("kept")
    parts = [
        f"{plan.total('new'):,} are new there",
        f"{plan.total('same'):,} are the same",
        f"{plan.total('differs'):,} differ",
        *([f"{kept:,} stay here"] if kept else []),
    ]
    records = sum(each.new + each.same + each.differs + each.kept for each in plan.counts)
    return f"{count(records, 'record')} here: {', '.join(parts)}."


def kept_words(plan: AdoptPlan) -> str:
    """Why some records are not sent; empty where all are."""
    kinds = [RECORDS[each.word].plural.lower() for each in plan.counts if each.kept]
    if not kinds:
        return ""
    return f"Your role does not send {', '.join(kinds)}: they stay in the backup of what is here now."


def doubled_words(plan: AdoptPlan) -> str:
    """That some tags are given twice; empty where none is."""
    number = plan.total("doubled")
    if not number:
        return ""
    verb = "has the tag or the name" if number == 1 else "have tags or names"
    return f"{number:,} of the new ones {verb} of something else there. Both stand, and wait for review."


def warnings(plan: AdoptPlan) -> list[str]:
    """What to know before one agrees."""
    return [text for text in (kept_words(plan), doubled_words(plan), demo_words(plan)) if text]


def demo_words(plan: AdoptPlan) -> str:
    """That the demo city would be sent, too; empty where it is not here."""
    return "The demo city is among them. Remove it first, unless everybody is to have it." if plan.demo else ""


def kind_row(each: Counted) -> tuple[str, str, str, str, str]:
    """One kind's line of the plan's table."""
    numbers = (each.new, each.same, each.differs, each.kept)
    return (RECORDS[each.word].plural, *(f"{number:,}" if number else "" for number in numbers))  # type: ignore[return-value]


def differing_title(each: Told) -> str:
    """What a differing record is called: "Radio R-004471"."""
    return f"{RECORDS[each.word].label} {each.name}"


def field_words(each: ToldField) -> str:
    """A field's two values in one line."""
    return f"{each.label}: “{each.mine or EMPTY}” here, “{each.shared or EMPTY}” in the shared database"


def joined(city: str, kept: Path | None) -> str:
    """That the home is connected, and where its former records are kept."""
    return f"Connected to {city}." + (f" What was here before is kept as {kept}." if kept is not None else "")
