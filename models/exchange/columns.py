"""The columns of a table as those see them who map them: mapped or not, with cells, and what they might mean."""

from collections.abc import Mapping

from models.exchange.choose import Choice
from models.exchange.mapping import Meaning
from models.exchange.plan import SheetColumn
from models.exchange.secrets import is_secret, shown_samples


def sheet_columns(choice: Choice, meanings: Mapping[str, Meaning]) -> list[SheetColumn]:
    """All columns of the table that was chosen, from left to right."""
    found = []
    for column in choice.table.columns:
        meaning = meanings[column.heading]
        found.append(
            SheetColumn(
                column.heading,
                column.letter,
                tuple(shown_samples(column)),
                meaning.key,
                meaning.sure,
                secret=is_secret(column.heading),
            )
        )
    return found
