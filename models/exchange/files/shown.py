"""What a person sees in a cell where python-calamine tells something else: errors, and what only a number format shows.

Calamine gives '' for a cell that shows #REF!, 12 for one that shows 00012 or COT-00012, 5 for one that shows 5,00 €:
all would lose what the person sees. So the sheets of each format are looked through beside calamine, in the reader
process only: `xlsx_parts`, `xlsb_records`, `xls_records`, `ods_cells`. All of that is a courtesy: what cannot be
understood is left to calamine.
"""

import re

#: A correction: the row and the column (from 0), and the text of an error or the form of a number (`form_of`).
Correction = tuple[int, int, str]
#: A template marks the place of each digit by this character.
DIGIT = "\x00"
#: What the form of a sum of money begins with; its currency follows.
MONEY = "\x01"
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
#: A currency in a number format: `[$€-407]`, `[$CHF]`; or its sign, alone or in quotes.
_CURRENCY = re.compile(r"\[\$([^\]\-]{1,4})[^\]]*\]|([€£₹₩₱₫₺])")


def form_of(code: str) -> str | None:
    """What a number format shows besides the number: the template of a padded one, or MONEY and the currency; or None.

    The dollar is not told, since most people's formats have it whatever they mean.
    """
    if template := template_of(code):
        return template
    found = _CURRENCY.search(code.split(";", maxsplit=1)[0])
    sign = (found[1] or found[2] or "").strip() if found else ""
    return MONEY + sign if sign and sign != "$" else None


def as_shown(form: str, number: float) -> str | None:
    """A number as its form shows it; None when it cannot."""
    if not form.startswith(MONEY):
        return pad(form, number)
    # Never three decimals: they would read as thousands where a comma is the mark of decimals.
    return f"{number:.2f} {form[1:]}" if round(number, 2) == number else f"{number:.4f} {form[1:]}"


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
