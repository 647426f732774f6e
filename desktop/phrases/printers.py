"""What the print queue and the printers say."""

SENTENCES: dict[str, str] = {
    "printer.unknown": "There is no printer called “{value}” here. Known: {known}.",
}
