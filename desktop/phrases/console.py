"""Sentences of the command line alone."""

SENTENCES: dict[str, str] = {
    "set.no-value": "“{value}” sets nothing. Write field=value, or field= to clear the field.",
    "import.mapping": '“{value}” maps nothing. Write "Heading=field", or "Heading=" to leave the column out.',
    "import.option": "“{value}” is not understood after {option}. Write it as “muster import --help” shows.",
    "import.new-field": (
        "“{value}” makes no field. Write “Heading=text”, or number, date, yesno, or “Heading=choice:A|B|C”."
    ),
    "import.cell": "“{value}” names no cell. Write “Heading:7=text” for the cell in row 7.",
    "export.no-kind": "Say which kind of record to export, or --saved and the name of a saved export.",
    "export.all-of-it": "“all” exports everything. Name a kind to use --query or --columns.",
    "saved-export.as-it-is": (
        "The saved export “{value}” is made as it was saved. Say at most another file; or save it anew with --save."
    ),
    "import.one-profile": "A profile is saved from one table. Import that file and sheet alone with --save-profile.",
    "export.no-file": "Say which file to write, or ask for --json.",
    "label.format": "Labels are written to files that end in {known}, and not to “{value}”.",
}

NEAR = "Did you mean {near}?"
KINDS = "The kinds are: {kinds}."
