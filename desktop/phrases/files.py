"""Sentences about files that are read and written, and about the tables on their sheets."""

SENTENCES: dict[str, str] = {
    "file.missing": "There is no file {value}.",
    "file.folder": "{value} is a folder. Choose a file in it.",
    "file.no-permission": "You may not read {value}. Ask its owner, or copy it to a folder of your own.",
    "file.cannot-read": "{value} cannot be read: {reason}.",
    "file.empty": "{value} is empty.",
    "file.damaged": (
        "{value} is damaged, or not what its name says. Open it in a spreadsheet program and save it again."
    ),
    "file.encrypted": (
        "{value} is protected by a password. Open it in a spreadsheet program and save a copy without one."
    ),
    "file.too-big": (
        "{value} is too big to open safely. Cells far outside the table may be the cause: delete the empty "
        "rows and columns, or save the sheet as CSV."
    ),
    "file.too-slow": "Reading {value} took too long and was stopped. Save the sheet as CSV and try again.",
    "file.hostile": "{value} is built to harm whoever opens it, and was not opened.",
    "file.web-page": (
        "{value} is a web page, and no table was found in it. Open it in a spreadsheet program and save it as .xlsx."
    ),
    "file.changed": "{value} was changed since the plan was made from it. Make the plan again.",
    "file.old-xml": (
        "{value} is an old XML spreadsheet (2003). Open it in a spreadsheet program and save it as .xlsx."
    ),
    "file.not-spreadsheet": "{value} is not a spreadsheet. It is {what}.",
    "text.open-quote": (
        "In {value}, row {row} opens a quotation mark that is never closed, so the rows below it would be "
        "lost. Remove or double the mark."
    ),
    "text.long-row": (
        "Row {row} of {value} is longer than a row of a table can be. A quotation mark that is never closed may be "
        "the cause."
    ),
    "text.too-wide": (
        "Row {row} of {value} has more than {most} cells. No spreadsheet is so wide: the cells may be separated by "
        "another sign than they seem to be."
    ),
    "text.too-many-rows": "{value} has more than {most} rows. Split it into several files.",
    "text.too-big": "{value} is larger than {most} GB. Split it into several files.",
    "file.choose-sheet": "{value} has several sheets with a table. Choose one: {sheets}.",
    "file.no-table": "No sheet of {value} holds a table.",
    "sheet.unknown": "There is no sheet {value}. The sheets are: {sheets}.",
    "sheet.empty": "There is nothing on the sheet.",
    "sheet.no-table": "There is no table on the sheet: a row of headings and rows below it.",
    "sheet.form": "The sheet is a form to fill in, not a table. Each asset needs a row of its own.",
    "sheet.header": "Row {value} is empty; it cannot hold the headings.",
    "sheet.range": "{value} is not a range of cells. Write it like A5:H90.",
    "file.cannot-write": "{value} cannot be written: {reason}. It may be open in another program.",
    "file.disk-full": "The disk is full. {value} was not written.",
    "file.too-many-rows": "A spreadsheet holds {most} rows at most. Export to CSV instead, or narrow the search.",
    "file.cell-too-long": (
        "Row {row}, {heading}: the text is longer than the {most} letters that a spreadsheet's cell holds. "
        "Export to CSV instead."
    ),
    "export.all-format": "{value}: a workbook of several sheets is written to a name that ends in .xlsx.",
    "saved-export.no-file": "The saved export “{value}” names no file. Say which file to write.",
    "saved-export.unknown": "No export is saved as “{value}”. The saved ones are: {names}.",
    "file.export-format": "{value}: write to a name that ends in .xlsx, .csv or .tsv.",
}
