"""Words about what a file is and why a row of its sheet is none of the table."""

WORDS: dict[str, str] = {
    "what.pdf": "a PDF document",
    "what.image": "a picture",
    "what.document": "a text document or a presentation",
    "what.numbers": "a document of Apple Numbers; export it from there as Excel",
    "what.archive": "an archive; unpack it first",
    "what.program": "a program",
    "what.database": "a database",
    "what.device": "a device",
    "what.binary": "no text and no workbook",
    "what.code": "code or configuration (JSON, YAML, XML …)",
    "what.prose": "running text, not a table",
    "skipped.title": "above the headings",
    "skipped.units": "the row of units",
    "skipped.heading-again": "the headings again",
    "skipped.total": "a total",
    "skipped.note": "a note or a caption",
    "skipped.other-table": "another table below",
}
