"""Sentences of the command line alone."""

SENTENCES: dict[str, str] = {
    "set.no-value": "“{value}” sets nothing. Write field=value, or field= to clear the field.",
    "import.mapping": '“{value}” maps nothing. Write "Heading=field", or "Heading=" to leave the column out.',
    "export.no-file": "Say which file to write, or ask for --json.",
    "label.format": "Labels are written to files that end in {known}, and not to “{value}”.",
}

NEAR = "Did you mean {near}?"
KINDS = "The kinds are: {kinds}."
