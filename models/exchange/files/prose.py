"""Text that is no table: programs and configuration, letters, pages laid out by blanks."""

import re
from collections.abc import Sequence
from pathlib import Path

from models.fields.problem import InputError

#: What a line is judged by: so many of its first letters, which bounds what the patterns below may cost.
_LOOKED_AT = 200
_LONG = 120
_COMMENTS = "#;"
_KEY_VALUE = re.compile(r"\s*(-\s+)?[\"']*\w[\w .\"'/-]*\s*(:(\s|$)|=\s*\S)|\s*-\s|\s*\[[^\]]*\]\s*$|---")
_ALIGNED = re.compile(r"\S {2,}\S")


def refuse_other_text(path: Path, lines: Sequence[str], width: int) -> None:
    """Refuse what is no table by its first lines and the number of cells that most of them have.

    One column of text is a list when its lines are short words; else it is a letter, a program, a configuration.
    Raises InputError file.not-spreadsheet (what=code, prose).
    """
    text = [line[:_LOOKED_AT].rstrip() for line in lines if line[:1] not in _COMMENTS]
    text = [line for line in text if line.strip()]
    if not text:
        return
    if _is_code(text):
        raise InputError("file.not-spreadsheet", path.name, what="code")
    if width > 1:
        return
    long = sum(len(line) > _LONG for line in text)
    aligned = sum(bool(_ALIGNED.search(line)) for line in text)
    if max(long, aligned) > 0.3 * len(text):
        raise InputError("file.not-spreadsheet", path.name, what="prose")


def _is_code(text: Sequence[str]) -> bool:
    """JSON, YAML and the like, where commas are no cells."""
    start = text[0].strip()
    if start in {"{", "[", "---"} or (start[0] in "{[" and re.match(r'[{\[]\s*["{\[]', start)):
        return True
    # A table may hold names like "Fire: E7"; its headings are none.
    return bool(_KEY_VALUE.match(text[0])) and sum(map(bool, map(_KEY_VALUE.match, text))) > 0.6 * len(text)
