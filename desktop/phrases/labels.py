"""Sentences about labels and printing."""

SENTENCES: dict[str, str] = {
    "label.nothing-to-encode": "There is nothing to put in the barcode. Give the record a tag first.",
    "label.cannot-encode": (
        "“{value}” has characters that {symbol} has no bars for. Use letters, digits and - . / without accents."
    ),
    "label.symbol-too-wide": (
        "{symbol} of “{value}” needs {needs} and this design has {room} for it. Choose larger labels or a shorter tag."
    ),
    "label.other-symbol-fits": (
        "{symbol} of “{value}” needs {needs} and this design has {room} for it. "
        "{other} fits: choose it, or larger labels."
    ),
    "label.itf-odd": "Interleaved 2 of 5 holds an even number of digits. Put a 0 before “{value}”.",
    "label.wrong-length": "“{value}” should have {length} digits, or {without} without the check digit.",
    "label.check-digit": "The check digit of “{value}” should be {check}.",
    "label.no-gs1-prefix": "A GIAI begins with your GS1 company prefix. Enter it in the settings.",
    "label.bad-gs1-prefix": "“{value}” is no GS1 company prefix: 4 to 12 digits. Correct it in the settings.",
    "label.bad-gs1": (
        "“{value}” is not what GS1 takes: an identifier in parentheses, as (8004), then letters, digits and "
        "marks without accents or blanks."
    ),
    "label.giai-too-long": "The GIAI “{value}” has {length} characters, {most} at most are allowed. Use a shorter tag.",
    "label.unknown-symbol": "There is no symbol “{value}”. There are: {known}.",
    "label.unknown-stock": "There are no labels called “{value}”. There are: {known}.",
    "label.unknown-design": "There is no label design “{value}”. For these labels there are: {known}.",
    "label.design-too-large": "The design “{value}” is too large for {stock}. These fit: {known}.",
    "label.start-not-on-sheet": "There is no label number {value} on the sheet. The last one is {last}.",
    "label.no-copies": "{value} copies cannot be printed. Ask for one at least.",
    "label.nothing-to-print": "There are no labels to print.",
    "label.cannot-write": "“{value}” cannot be written: {reason}.",
    "label.no-printer": "This computer has no printer set up. Save the labels as PDF instead.",
    "label.unknown-printer": "There is no printer “{value}”. There are: {known}.",
    "label.cannot-print": (
        "The printer “{value}” did not take the labels. See whether it is switched on, then print again."
    ),
    "label.too-coarse-printer": (
        "“{value}” prints too coarsely for {count} of these barcodes. Choose another printer or larger labels."
    ),
    "design.outside": "It reaches {by} beyond the label. Move it in or make it smaller.",
    "design.unknown-field": "There is no field “{value}”. Choose one with Insert field.",
    "design.no-text": "It has no text yet. Type some, or choose a field with Insert field.",
    "design.text-cut": "“{value}” is cut off. Make the box wider or the least size smaller.",
    "design.unreachable": (
        "Printers leave {across} mm at the sides and {down} mm above and below free on {stock}. Move it further in."
    ),
    "design.too-large": "The design is {needs}, larger than the labels of {stock} ({room}).",
    "label.no-design-fits": "No design fits the labels {value}. Make one for them, or choose larger labels.",
    "label.cannot-read": "“{value}” cannot be read: {reason}.",
    "label.no-labels-for": "{value} bear no labels. These do: {known}.",
    "label.not-json": "“{value}” is not JSON that can be read.",
    "label.data-object": "“{value}” should be a JSON object: a name and measures, in braces.",
    "label.data-text": "“{value}”: “{key}” must be a text of at most {most} characters.",
    "label.data-word": "“{value}”: “{key}” can be {known}.",
    "label.data-number": "“{value}”: “{key}” must be a number from {least} to {most}.",
    "label.data-numbers": "“{value}”: “{key}” must be a list of {count} numbers, each from {least} to {most}.",
    "label.data-list": "“{value}”: “{key}” must be a list of at most {most}.",
    "label.labels-overlap": (
        "“{value}”: the labels overlap. The pitch must be at least the label's size, {width} × {height} mm."
    ),
    "label.labels-off-page": (
        "“{value}”: the labels need {needs} mm and the page has {page} mm. Correct the first label's place, the pitch, "
        "or the number of columns and rows."
    ),
    "label.box-off-design": (
        "“{value}”: the box at {at} mm is empty or reaches beyond the design, which is {size} mm. "
        "Move it or make it smaller."
    ),
    "label.box-unknown": "“{value}” has a box that is none of: {known}.",
    "label.picture-large": "The picture in “{value}” is too large: {most} at most. Make it smaller first.",
    "label.picture-unreadable": "The picture in “{value}” cannot be read. Use a PNG or a JPEG file.",
    "label.not-own-stock": "There are no labels of your own called “{value}”. There are: {known}.",
    "label.not-own-design": "There is no design of your own called “{value}”. There are: {known}.",
}
