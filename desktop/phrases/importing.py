"""What is told of a plan of an import: where its table is, how it is read, and what happens beside its rows."""

from desktop.phrases.say import count, skipped, within
from models.exchange.plan import Plan
from models.schema.records import RECORDS, TABLES


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
    said = []
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
    if plan.skipped:
        reasons = ", ".join(dict.fromkeys(skipped(each.reason) for each in plan.skipped))
        said.append(f"{count(len(plan.skipped), 'row')} of the sheet left out ({reasons}).")
    if plan.others:
        said.append(f"Other tables are not imported: {', '.join(plan.others[:4])}.")
    return " ".join(said)
