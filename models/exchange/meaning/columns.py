"""The columns of a table as those see them who map them: mapped or not, with cells, and what they might mean."""

from collections.abc import Mapping

from models.exchange.meaning.mapping import Meaning
from models.exchange.meaning.secrets import is_secret, shown_samples
from models.exchange.meaning.suggest import suggest
from models.exchange.plan import SheetColumn
from models.exchange.tables.choose import Choice
from models.schema.catalogue import Catalogue


def sheet_columns(
    catalogue: Catalogue, word: str, choice: Choice, meanings: Mapping[str, Meaning]
) -> list[SheetColumn]:
    """All columns of the table that was chosen, from left to right; those that mean nothing with a suggestion."""
    found = []
    taken = {meaning.key for meaning in meanings.values() if meaning.key}
    for column in choice.table.columns:
        meaning = meanings[column.heading]
        cells = () if meaning.key else choice.head.below(column.index, choice.table.first_row)
        likely = suggest(catalogue, word, column.heading, cells, taken)
        found.append(
            SheetColumn(
                column.heading,
                column.letter,
                tuple(shown_samples(column)),
                meaning.key,
                meaning.sure,
                likely.field,
                likely.new_type,
                likely.choices,
                secret=is_secret(column.heading),
            )
        )
    return found
