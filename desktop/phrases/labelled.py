"""What a record's panel says of the label that it has."""

import datetime as dt
from collections.abc import Mapping


def moment(made: str) -> str:
    """A point in time as people here say it: "25 Nov 17:30"."""
    when = dt.datetime.fromisoformat(made).astimezone()
    return f"{when.day} {when:%b %H:%M}"


def told_of_label(values: Mapping[str, str | None]) -> str:
    """What is remembered of a record's label: "Label printed twice, last 25 Nov 17:30 by J. Ruiz on Zebra 2"."""
    printed, checked = values.get("label_printed"), values.get("label_checked")
    if not printed and not checked:
        return ""
    parts = []
    if printed:
        times = int(values.get("label_prints") or 1)
        often = {1: "printed", 2: "printed twice, last"}.get(times, f"printed {times:,} times, last")
        by = f" by {values['label_printed_by']}" if values.get("label_printed_by") else ""
        on = f" on {values['label_printer']}" if values.get("label_printer") else ""
        parts.append(f"{often} {moment(printed)}{by}{on}")
    if checked:
        parts.append(f"checked {moment(checked)}")
    return f"Label {'; '.join(parts)}."
