"""What people read while long work goes on, by the stage that a Progress names."""

STAGES: dict[str, str] = {
    "read": "Reading the file",
    "parse": "Checking the values",
    "match": "Looking for what is there already",
    "write": "Writing",
    "index": "Making it findable",
    "labels": "Laying out labels",
    "print": "Printing",
}
