"""The headings that a person names, as the table has them."""

from dataclasses import replace

from models.exchange.options import ImportOptions
from models.exchange.tables.choose import Choice
from models.fields.problem import UsageError
from models.query.parse import squeeze


def heading_of(choice: Choice, said: str) -> str:
    """A heading in any case and punctuation, as the table has it; without headings a column goes by its letter, too.

    Raises UsageError("import.no-heading").
    """
    headings = choice.table.headings
    if said in headings:
        return said
    by_form = {squeeze(heading): heading for heading in reversed(headings)}
    if choice.table.header_row is None:
        by_form |= {squeeze(column.letter): column.heading for column in choice.table.columns}
    found = by_form.get(squeeze(said))
    if found is None:
        raise UsageError("import.no-heading", said, headings="; ".join(headings))
    return found


def with_headings(choice: Choice, options: ImportOptions) -> ImportOptions:
    """The options with the headings of how columns are read, as the table has them. Raises UsageError."""
    return replace(
        options,
        readings={heading_of(choice, said): how for said, how in options.readings.items()},
        clear=frozenset(heading_of(choice, said) for said in options.clear),
        keep=frozenset(heading_of(choice, said) for said in options.keep),
        cells={heading_of(choice, said): texts for said, texts in options.cells.items()},
    )
