"""Sentences about questions that were asked of Muster, and about its database."""

SENTENCES: dict[str, str] = {
    "kind.unknown": "“{value}” is not a kind of record that Muster knows.",
    "field.unknown": "There is no field “{value}” here.",
}
