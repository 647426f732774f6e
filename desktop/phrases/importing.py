"""What is told of a plan of an import: where its table is, how it is read, and what happens beside its rows."""

from collections.abc import Mapping

from desktop.phrases import plan_words
from desktop.phrases.say import count, skipped, within
from models.exchange.files.wire import LAST_ROW
from models.exchange.options import ImportOptions
from models.exchange.picture import Picture
from models.exchange.plan import Plan, State
from models.exchange.tables.grid import Area
from models.fields.problem import UsageError
from models.schema.records import RECORDS, TABLES

_READINGS = 2


def about(plan: Plan) -> str:
    """Where the table is and how it is read: "Sheet “Fire”, rows 5 to 418 · as radios · matched by serial number"."""
    labels = {field.key: within(field.label) for field in RECORDS[plan.kind].fields} | {"id": "id"}
    where = f"Sheet “{plan.sheet}”, rows {plan.numbers[0]:,} to {plan.numbers[-1]:,}"
    by = ", else by ".join(" and ".join(labels.get(part, part) for part in key) for key in plan.match[:3])
    return " · ".join(
        filter(None, (where, f"as {RECORDS[plan.kind].plural.lower()}", f"matched by {by}" if by else ""))
    )


def beside(plan: Plan) -> str:
    """What else to know of the plan: records that will be made, rows and tables left out."""
    said = [plan_words.before(plan.before_this)] if plan.before_this is not None else []
    made = [
        f"{count(len(names), TABLES[table].label.lower(), TABLES[table].plural.lower())}"
        for table, names in plan.made_by_table().items()
    ]
    if made:
        said.append(f"Also adds {', '.join(made)} that the rows name.")
    said += [
        f"Column “{each.heading}” is left out: "
        + ("it holds secrets." if each.code == "secret.column" else "most of its cells are not what it promises.")
        for each in plan.left_out
        if each.code != "profile.spared"
    ]
    decided = [each for each in plan.readings if each.code != "reading.empty"]
    said += map(plan_words.reading, decided[:_READINGS])
    if len(decided) > _READINGS:
        said.append(f"How {len(decided) - _READINGS} more columns are read stands in the mapping.")
    if plan.skipped:
        reasons = ", ".join(dict.fromkeys(skipped(each.reason) for each in plan.skipped))
        said.append(f"{count(len(plan.skipped), 'row')} of the sheet left out ({reasons}).")
    if plan.others:
        said.append(f"Other tables are not imported: {', '.join(plan.others[:4])}.")
    return " ".join(said)


SHEETS = {
    "hidden": "hidden",
    "pivot": "a pivot table",
    "chart": "a chart",
    "code": "a macro or a dialog",
}
"""Why a sheet is not looked at unasked."""


READINGS = {
    "dmy": "Day first: 31/12/2026",
    "mdy": "Month first: 12/31/2026",
    ".": "Point: 1,234.50",
    ",": "Comma: 1.234,50",
    "fraction": "Parts of 1: 0.25 is 25 %",
    "percent": "Percent: 25 is 25 %",
    "text": "Keep such words as text",
}
"""What may be said of how a column is read (ImportOptions.readings)."""


def area_text(area: Area) -> str:
    """A range as people write it; one to the sheet's last row has no number at its end: A5:H."""
    text = str(area)
    return text.removesuffix(str(LAST_ROW)) if area.last_row == LAST_ROW else text


def on_the_sheet(picture: Picture) -> str:
    """What was found on a sheet, in a sentence or two."""
    table, area = picture.table, picture.area
    told = []
    if table is None:
        told.append("No table was found here. Drag over its cells, or click the number of its row of headings.")
    if table is not None and area is not None:
        where = f"headings in row {table.header_row:,}" if table.header_row else "without headings"
        told.append(f"The table is {area_text(area)}, {where}.")
        reasons = ", ".join(dict.fromkeys(map(skipped, picture.skipped.values())))
        if reasons:
            rows = count(len(picture.skipped), "row")
            told.append(f"{rows} {'is' if len(picture.skipped) == 1 else 'are'} left out ({reasons}).")
    if not picture.whole:
        told.append(f"Rows {picture.first_row:,} to {picture.last_row:,} of {picture.height:,} are shown.")
    return " ".join(told)


def match_told(plan: Plan, labels: Mapping[str, str]) -> str:
    """By what rows are known again and why: "Serial number: 412 of 414 rows have it, all different"."""
    told = []
    for use in plan.match_uses:
        if use.key in plan.match and use.filled:
            name = " and ".join(labels.get(part, part) for part in use.key)
            alike = use.filled - use.distinct
            differ = "all different" if not alike else f"{count(alike, 'row')} the same as others"
            found = f"; {count(use.found, 'record')} found by it" if use.found else ""
            told.append(f"{name}: {use.filled:,} of {count(plan.rows, 'row')} have it, {differ}{found}.")
    return " ".join(told)


def written(plan: Plan) -> str:
    """What an import wrote, and what it left: "96 new, 57 changed, 252 the same, 9 refused"."""
    counts = [
        f"{plan.count(state):,} {word}"
        for state, word in (
            (State.NEW, "new"), (State.CHANGED, "changed"), (State.SAME, "the same"), (State.REFUSED, "refused")
        )
        if plan.count(state)
    ]  # fmt: skip
    return ", ".join(counts) + "."


def other_tables(plan: Plan) -> list[tuple[str, ImportOptions]]:
    """The tables of the file besides the plan's, with what people call them and the options that mean them."""
    found = []
    for name in plan.others:
        try:
            area = Area.parse(name)
        except UsageError:
            found.append((f"the sheet “{name}”", ImportOptions(sheet=name)))
        else:
            found.append((f"the table at {area_text(area)}", ImportOptions(sheet=plan.sheet, area=name)))
    return found
