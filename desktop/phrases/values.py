"""Sentences about one value: what is wrong with it and what to do."""

SENTENCES: dict[str, str] = {
    "cell.destroyed-number": (
        "The spreadsheet has destroyed this number ({value}). Format the column as text and type it again."
    ),
    "cell.date-in-identifier": (
        "The spreadsheet has turned this into a date ({value}). Format the column as text and type it again."
    ),
    "field.required": "This may not be left empty.",
}
