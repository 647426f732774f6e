"""Sentences about the plan of an import."""

SENTENCES: dict[str, str] = {
    "errors.same-file": "{value} is the file that is imported. Write the refused rows to another one.",
    "import.unclear": "The headings do not say what the rows are: {headings}. Choose the kind of record.",
    "import.no-heading": "There is no column “{value}”. The columns are: {headings}.",
    "import.no-headings": "No row of {value} holds headings. Say which row does, or map the columns yourself.",
    "import.nothing-known": "None of the headings of {value} is known: {headings}. Map at least one column.",
    "match.unknown": "“{value}” is not a field to match by.",
    "match.no-column": "There is no column for “{value}”, so rows cannot be matched by it.",
    "match.several": "More than one record fits: {value}. Give the row something that names one of them.",
    "match.other-kind": "{value} is there already as another kind: {kind}.",
    "row.nothing": "The row has nothing that Muster keeps.",
    "row.repeated": "The row says the same as row {row}.",
    "row.same-key": "Row {row} has the same {headings}. Only one of them can be right.",
    "row.same-record": "Row {row} is about the same record. Only one of them can be right.",
    "identity.row": "{value} is in row {row}, too.",
    "identity.elsewhere": "{value} is also on {record}.",
    "field.other-kind": "{value} is left out, since a record of the kind {kind} has no such field.",
    "secret.column": "It seems to hold secrets. Muster keeps no PIN, password or key.",
    "match.no-such-id": "No record has the id {value}. Leave the id empty for a new record.",
    "reference.undecided": (
        "No {kind} is called {value}. Say which one it means, or that it is a new one. Much like it: {near}."
    ),
    "reference.refused": "{value} is no known {kind}, and its rows are left out, as you said.",
    "kind.usual": "“{value}” does not say which kind of asset it is. The row is taken for {kind}.",
    "kind.not-an-asset": "“{value}” is not a kind of asset. The kinds are: {kinds}.",
    "custom.key": "“{value}” cannot be the key of a custom field. Such a key begins with x_ and has no blanks.",
    "reading.day-decided": "Read as {order}: {for} cells leave no choice, such as {example}.",
    "reading.day-open": "Read as {order}, the usual order here: none of the {either} cells tells day from month.",
    "reading.day-mixed": (
        "Read as {order} by {for} cells such as {example}; {against} cells cannot be read so and are refused."
    ),
    "reading.day-beside": "Read as {order}, as the column “{heading}” shows.",
    "reading.day-said": "Read as {order}, as you said.",
    "reading.decimal-decided": "“{mark}” is the decimal mark: {for} cells leave no choice, such as {example}.",
    "reading.decimal-mixed": "“{mark}” is taken for the decimal mark by {for} cells; {against} cells speak against it.",
    "reading.decimal-beside": "“{mark}” is the decimal mark, as in the column “{heading}”.",
    "reading.decimal-said": "“{mark}” is the decimal mark, as you said.",
    "reading.percent-decided": "Read as fractions, 0.25 for 25 %: all cells lie between {least} and {most}.",
    "reading.percent-said": "Numbers are read as {read}, as you said.",
    "reading.empty": "Taken for empty: {words}.",
    "reference.refused-row": "It refers to row {row}, which is refused.",
    "plan.stale": "The records have changed since the plan was made. Look at the new plan first.",
    "sheet.no-rows": "There are no rows below the headings of {value}.",
    "file.channel-list": (
        "{value} is a list of channels or frequencies, not of radios. Choose a list with a row for each radio."
    ),
    "file.amateur-list": (
        "{value} is a list of radio amateurs and their IDs, not of the radios that you keep. "
        "To take each row for a radio all the same, choose the profile “radioid”."
    ),
    "reference.no-devices": (
        "None of its devices is known, “{value}” for one. Import the devices first; after that the column comes in."
    ),
    "profile.unknown": "There is no import profile “{value}”. There are: {names}. “none” uses none.",
    "profile.taken": "“{value}” is the name of a profile that comes with Muster. Choose another name.",
    "profile.no-name": "Give the profile a name.",
    "profile.shipped": "“{value}” comes with Muster and stays. Import with the profile “none” to do without it.",
    "profile.concealed": (
        "{value} hides who its users are: “{heading}” holds made-up codes. In the Microsoft 365 admin centre, under "
        "Settings, Org settings, Reports, let reports show names, and export it again."
    ),
    "profile.spared": "The profile leaves it out: {value}.",
    "import.counts": (
        "{value} says how many there are of each thing, and no tag or serial number of a single one. "
        "Choose the kind of record to take each row for one all the same."
    ),
    "file.movements": (
        "{value} lists what came and went, and not what there is now. Choose a list of what is in stock, or the kind "
        "of record to take each row for one all the same."
    ),
    "file.talkgroup-list": "{value} is a list of talkgroups, not of radios. Choose a list with a row for each radio.",
}
