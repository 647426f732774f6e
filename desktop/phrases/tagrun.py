"""What a tag run and the check of labels say."""

from collections.abc import Iterator, Mapping

from models.scanning.standing import Summary

SENTENCES: dict[str, str] = {
    "tagrun.wants-nothing": "Nothing would be scanned. Choose at least one code that each thing has.",
    "tagrun.cannot-scan": "“{value}” is no code that stands on a thing. Choose the tag, the serial number …",
    "tagrun.no-stock": "Say which labels are in the printer: --stock NAME.",
    "cards.unknown-paper": "There is no paper “{value}” for cards. There are: {known}.",
    "cards.too-small": "The labels {value} are too small for command cards, which need {needs}.",
    "cards.no-such-kind": "There are no cards for {value}. There are cards for: {known}.",
    # What became of a scan
    "tagrun.taken": "{field} {value}. Now scan: {wanted}.",
    "tagrun.lacks": "{field} {value} is there already. What it lacks: {wanted}.",
    "tagrun.added": "{value} is added: {what}.",
    "tagrun.updated": "{value} was there and is completed: {what}.",
    "tagrun.known": "{value} is there already: {what}. Nothing was changed.",
    "tagrun.twice": "{value} was scanned already. Now scan: {wanted}.",
    "tagrun.second": "{field} {value} is a second one; {there} was scanned before. Go on with this thing, or undo.",
    "tagrun.several": "{field} {value} is on several records. Look at them before you tag this one.",
    "tagrun.on-another": (
        "{field} {value} is on {name}, which has {other} {there}, not {scanned}. "
        "Scan another code, or open that record."
    ),
    "tagrun.two-records": (
        "{field} {value} is on {name}, what was scanned before it is on {other}. Undo, and look at both records."
    ),
    "tagrun.other-kind": "{field} {value} is on {name}, which is of another kind: {kind}.",
    "tagrun.other-scheme": "{value} is a tag of the scheme {scheme}, which is for things of another kind.",
    "tagrun.foreign": "{value} is an {sort}. Wanted: {wanted}.",
    "tagrun.too-many": "Nothing more is wanted of this thing. Scan the card “Next”, or undo.",
    "tagrun.nothing-scanned": "The scan was empty. Scan again.",
    "tagrun.overtaken": "{value} was given to another record just now. Scan this thing again.",
    # What sticks
    "tagrun.asked": "Now scan what is to stick: {field}.",
    "tagrun.asked-no-more": "Nothing is asked for any more. Go on scanning.",
    "tagrun.sticks": "{field}: {value}, from now on.",
    "tagrun.unknown-name": (
        "“{value}” names nothing for the field {field}, or several. Scan another code, or the card “Undo”."
    ),
    # Command cards
    "tagrun.other-card": "The card “{value}” does nothing in a tag run.",
    "tagrun.nothing-begun": "No thing is begun. Scan its first code.",
    "tagrun.print": "The label of {value} is printed.",
    "tagrun.nothing-to-print": "There is no thing yet whose label could be printed.",
    "tagrun.ended": "The run is over: {count} things.",
    "tagrun.undone": "{value} is taken back.",
    "tagrun.undone-code": "{field} {value} is taken back.",
    "tagrun.undone-known": "{value} is off the list. Its record stays as it was.",
    "tagrun.undone-sticky": "{field} is as it was before.",
    "tagrun.undo-kept": "{value} stays: it was changed since, or another record refers to it. Open it to see.",
    "tagrun.nothing-to-undo": "There is nothing to take back in this run.",
}


def summary_sentences(summary: Summary, labels: Mapping[str, str]) -> Iterator[str]:
    """What a run did, in a few sentences. `labels` are those of the fields."""
    things = summary.new + summary.updated + summary.known
    took = f" in {_minutes(summary.seconds)}" if things and summary.seconds >= 1 else ""
    yield (
        f"{things:,} {'thing' if things == 1 else 'things'}{took}: "
        f"{summary.new:,} new, {summary.updated:,} completed, {summary.known:,} known before."
    )
    if len(summary.by_model) > 1 or "" not in summary.by_model:
        models = [f"{number:,} × {model or 'no model'}" for model, number in summary.by_model.items()]
        if models:
            yield f"{', '.join(models)}."
    if summary.refused:
        yield f"{summary.refused:,} {'scan was' if summary.refused == 1 else 'scans were'} not taken."
    if summary.unfinished:
        codes = ", ".join(f"{labels.get(key, key)} {code}" for key, code in summary.unfinished.items())
        yield f"Unfinished, and not kept: {codes}."


def _minutes(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{whole} {'second' if whole == 1 else 'seconds'}"
    minutes = round(seconds / 60)
    return f"{minutes:,} {'minute' if minutes == 1 else 'minutes'}"
