"""What people read while long work goes on, by the stage that a Progress names."""

STAGES: dict[str, str] = {
    "open": "Opening the file",
    "read": "Reading",
    "parse": "Checking the values",
    "match": "Looking for what is there already",
    "compare": "Comparing",
    "write": "Writing",
    "index": "Making it findable",
    "commit": "Saving",
    "search": "Searching",
    "find": "Searching",
    "export": "Writing the file",
    "backup": "Copying the records",
    "copy": "Copying",
    "check": "Checking",
    "restore": "Restoring",
    "labels": "Laying out labels",
    "print": "Printing",
    "demo": "Making the city",
    "carry": "Bringing over",
    "connect": "Signing on",
}
