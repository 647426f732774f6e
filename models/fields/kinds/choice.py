"""A choice of few: yes or no, or one of some words."""

import difflib
from collections.abc import Mapping, Sequence

from models.fields.kind import Kind, Notes, one_line, warning
from models.fields.problem import BadValue

_YES = "yes y true t 1 x on checked ja j wahr oui vrai si sí sim verdadero ✓ ✔ ☑ ☒ √"
_NO = "no n false f 0 off unchecked nein falsch non faux não nao falso ✗ ✘ ☐"
_WORDS = dict.fromkeys(_YES.split(), "yes") | dict.fromkeys(_NO.split(), "no")
_WORDS |= {form(word): said for word, said in list(_WORDS.items()) for form in (str.upper, str.capitalize)}


class YesNo(Kind):
    """Yes or no, in the words and ticks that spreadsheets have for it."""

    name = "yesno"

    def parse(self, text: str, notes: Notes) -> str | None:
        """The word yes or no. Raises BadValue "yesno.unknown"."""
        said = _WORDS.get(text)
        if said is None:
            text = one_line(text)
            if not text:
                return None
            said = _WORDS.get(text.casefold())
            if said is None:
                raise BadValue("yesno.unknown", text)
        return said

    def format(self, canonical: str) -> str:
        """Yes or No."""
        return "Yes" if canonical == "yes" else "No"

    def value(self, canonical: str) -> bool:
        """True or False."""
        return canonical == "yes"


def _fold(text: str) -> str:
    """The form under which words of a choice are compared: "In-Stock" and "in_stock" are "in stock"."""
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


#: How much two words must be alike (difflib's ratio) for one to be taken for a slip of the other.
_NEAR = 0.86


class Choice(Kind):
    """One of some words. The canonical form is the option's code, which never changes; its label may."""

    name = "choice"

    def __init__(self, options: Mapping[str, str | Sequence[str]], *, open: bool = False) -> None:  # noqa: A002 (the schema's word)
        """`options` in their order: code -> label, or code -> label and the other words that spreadsheets use.

        With `open` any other value is kept as it is typed.
        """
        forms = {code: (words,) if isinstance(words, str) else tuple(words) for code, words in options.items()}
        self.options: Mapping[str, str] = {code: words[0] if words else code for code, words in forms.items()}
        self.open = open
        # A word that two options claim is the first one's; a code outranks a label, a label a synonym.
        claims = [(code, code) for code in forms] + [(label, code) for code, label in self.options.items()]
        claims += [(word, code) for code, words in forms.items() for word in words[1:]]
        self._codes: dict[str, str] = {}
        for word, code in claims:
            self._codes.setdefault(word, code)
        for word, code in claims:
            self._codes.setdefault(_fold(word), code)

    def parse(self, text: str, notes: Notes) -> str | None:
        """The code of the option. Raises BadValue "choice.unknown" unless the choice is open.

        An open choice keeps other words; "choice.near" warns of one that is nearly an option's ("In Servcie").
        """
        code = self._codes.get(text)
        if code is not None:
            return code
        text = one_line(text)
        if not text:
            return None
        code = self._codes.get(text) or self._codes.get(_fold(text))
        if code is not None:
            return code
        if self.open:
            if near := difflib.get_close_matches(_fold(text), self._codes, 1, _NEAR):
                notes.append(warning("choice.near", text, near=self.options[self._codes[near[0]]]))
            return text
        raise BadValue("choice.unknown", text, options=", ".join(self.options.values()))

    def format(self, canonical: str) -> str:
        """The option's label."""
        return self.options.get(canonical, canonical)

    def describe(self) -> dict[str, object]:
        """The options with their labels, and whether other values are kept."""
        return {"name": self.name, "options": dict(self.options), "open": self.open}
