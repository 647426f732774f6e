"""What a person sees in a cell where python-calamine tells something else: errors, and zeros that a format shows.

Calamine gives '' for a cell that shows #REF!, and 12 for a cell that shows 00012 or COT-00012; both would lose what the
person sees. So the sheets of each format are looked through beside calamine, in the reader process only: `xlsx_parts`,
`xlsb_records`, `xls_records`, `ods_cells`. All of that is a courtesy: what cannot be understood is left to calamine.
"""

import re

#: A correction: the row and the column (from 0), and the text of an error or the template of a padded number.
Correction = tuple[int, int, str]
#: A template marks the place of each digit by this character.
DIGIT = "\x00"
#: So many cells of a sheet are corrected at most; a sheet with more errors than that has none worth naming.
MOST_CORRECTIONS = 2_000_000
#: The errors by the codes of Excel's binary formats (MS-XLS 2.5.10, MS-XLSB 2.5.97.2).
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
UNKNOWN_ERROR = "#ERROR!"


def pad(template: str, number: float) -> str | None:
    """A whole number as the template shows it: 12 by five digits after COT- is COT-00012; None when it cannot."""
    if number < 0 or not float(number).is_integer() or number >= 1e15:
        return None
    digits = str(int(number))
    places = template.count(DIGIT)
    head, digits = digits[: max(len(digits) - places, 0)], digits[-places:].rjust(places, "0")
    shown = template
    for digit in digits:
        shown = shown.replace(DIGIT, digit, 1)
    first = template.index(DIGIT)
    return shown[:first] + head + shown[first:]


def template_of(code: str) -> str | None:
    r"""The template of a number format that pads with zeros, or None: `00000`, `"COT-"00000`, `000\\-00\\-0000`."""
    code = code.split(";", maxsplit=1)[0]
    template = ""
    for quoted, escaped, plain in re.findall(r'"([^"]*)"|\\(.)|(.)', code):
        if plain == "0":
            template += DIGIT
        elif plain and plain not in "-/ ()":
            return None
        else:
            template += quoted or escaped or plain
    places = template.count(DIGIT)
    return template if places > (2 if places != len(template) else 1) else None
