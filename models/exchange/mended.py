"""A file of refused rows that comes back: its added column is no column of the list, and tells what was at fault.

Most cells of a faulty column are wrong in such a file, since only the refused rows are in it. So what is judged by the
share of the cells that are right has to know that.
"""

from dataclasses import replace

from models.exchange.tables.choose import Choice

MEND = "What to mend"
"""The heading of the column that an errors file has besides those of its list."""


def without_mend(choice: Choice) -> Choice:
    """The choice without the added column, with the headings that it calls faulty; any other choice as it is."""
    table = choice.table
    added = next((column for column in table.columns if column.heading == MEND), None)
    if added is None or len(table.columns) == 1:
        return choice
    told = choice.head.below(added.index, table.first_row)
    lines = [line for cell in told if isinstance(cell, str) for line in cell.split("\n")]
    columns = tuple(column for column in table.columns if column is not added)
    at_fault = (column.heading for column in columns if any(line.startswith(f"{column.heading}: ") for line in lines))
    return replace(choice, table=replace(table, columns=columns), mended=frozenset(at_fault))
