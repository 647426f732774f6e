"""The query language: `kind:radio location:"Engine 7" warranty<2027-01-01 status:-retired`, in window and command line.

words                any part of any search field; all must be found
"two words"          exactly these, with the blank
field:value          contains (text), is (numbers, choices, days; a year or month will do), within (places)
field=value  !=      exactly that, or not
field<value  <= > >= numbers, money, days; a day may be `today`, `today+90d`, `today-1y`
field:none  field:any   without a value, with one
-…  field:-value     not
a or b, ( … )        either; grouping
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import NoReturn

from models.fields.field import Field
from models.fields.problem import UsageError
from models.query.tree import All, Any, Compare, Never, Node, Not, OfKind, Op, Word
from models.schema.catalogue import Catalogue
from models.schema.records import ASSET_KINDS, RECORDS

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<open>\() | (?P<close>\)) | (?P<or>(?:or|OR|\|)(?=[\s(]|$))
        | (?P<minus>-(?=["(\w]))?
          (?:(?P<field>[^\W\d][\w.]*|"[^"]+"(?=[:=<>!]))(?P<op>:|!=|<=|>=|=|<|>)(?P<not>-(?=["\w]))?)?
          (?P<value>"(?:[^"]|"")*"?|[^\s()"]+)?
    )""",
    re.VERBOSE,
)
#: More than this nobody types; SQLite's own limits on the depth of an expression lie somewhat above.
_MOST_CHARACTERS, _MOST_TERMS, _DEEPEST = 4000, 100, 12
#: Looks like field:value and is none: an address on the network, a time of day, a web address.
_PLAIN = re.compile(r"(?:[0-9A-Fa-f]{1,4}:){2,}[0-9A-Fa-f:.]*$|https?://\S+$|\d+:\d+")


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    what: str
    minus: bool = False
    field: str = ""
    op: str = ""
    inverse: bool = False
    value: str = ""


def parse(text: str, catalogue: Catalogue, word: str) -> Node:
    """The tree of a query over records of one kind. Raises UsageError("query.…") naming the place.

    A field that other kinds have and this one has not matches nothing; one that no kind has is an error.
    """
    if len(text) > _MOST_CHARACTERS:
        raise UsageError("query.too-long", position=str(_MOST_CHARACTERS))
    # The same character may be typed as one or as two; what cannot be stored cannot be found.
    text = unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode().replace("\x00", " ")
    tokens = _tokens(text)
    if len(tokens) > _MOST_TERMS:
        raise UsageError("query.too-long", position=str(tokens[_MOST_TERMS].start + 1))
    return _Parser(tokens, catalogue, word).parse()


def quote(value: str) -> str:
    """A value as a query writes it."""
    plain = re.fullmatch(r'[^\s()":=<>!|\-][^\s()":=<>!|]*', value) and value.casefold() not in ("or", "none", "any")
    return value if plain else '"' + value.replace('"', '""') + '"'


def squeeze(name: str) -> str:
    """A field's name without case, blanks and punctuation, as it is compared."""
    return re.sub(r"[\W_]+", "", name.casefold())


def find_field(name: str, catalogue: Catalogue, *words: str) -> Field | None:
    """The field of these kinds of record that people mean by a name: its key, its label, or a heading of it."""
    fields = {field.key: field for each in words for field in catalogue.fields(each) if field.key != "kind"}.values()
    wanted = squeeze(name)
    for forms in (
        lambda field: (field.key,),
        lambda field: (field.label,),
        lambda field: field.headings,
    ):
        for field in fields:
            if any(squeeze(form) == wanted for form in forms(field)):
                return field
    return None


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while at < len(text):
        if not text[at:].strip():
            break
        blank = len(text) - at - len(text[at:].lstrip())
        run = re.match(r'(-?)([^\s()"]+)', text[at + blank :])
        if run and _PLAIN.match(run[2]):
            found.append(_Token(at + blank, "term", minus=bool(run[1]), value=run[2]))
            at += blank + run.end()
            continue
        match = _TOKEN.match(text, at)
        if match is None or match.end() == at:
            raise UsageError("query.unreadable", text[at:].strip(), position=str(at + 1))
        start = match.start() + blank
        if match["open"] or match["close"] or match["or"]:
            found.append(_Token(start, "open" if match["open"] else "close" if match["close"] else "or"))
        else:
            field = (match["field"] or "").strip('"')
            found.append(
                _Token(
                    start,
                    "term",
                    bool(match["minus"]),
                    field,
                    match["op"] or "",
                    bool(match["not"]),
                    match["value"] or "",
                )
            )
        at = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[_Token], catalogue: Catalogue, word: str) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._catalogue = catalogue
        self._word = word

    def parse(self) -> Node:
        tree = self._either()
        if self._at < len(self._tokens):
            self._fail("query.unexpected", self._tokens[self._at])
        return tree

    def _either(self) -> Node:
        sides = [self._every()]
        while self._peek() == "or":
            self._at += 1
            sides.append(self._every())
        return sides[0] if len(sides) == 1 else Any(tuple(sides))

    def _every(self) -> Node:
        nodes: list[Node] = []
        while self._peek() in ("term", "open"):
            nodes.append(self._one())
        return nodes[0] if len(nodes) == 1 else All(tuple(nodes))

    def _one(self) -> Node:
        token = self._tokens[self._at]
        self._at += 1
        if token.what == "term" and token.minus and not token.value and not token.field and self._peek() == "open":
            return Not(self._one())
        if token.what == "open":
            self._depth += 1
            if self._depth > _DEEPEST:
                self._fail("query.too-long", token)
            inner = self._either()
            self._depth -= 1
            if self._peek() != "close":
                self._fail("query.unclosed", token)
            self._at += 1
            return inner
        node = self._term(token)
        return Not(node) if token.minus != token.inverse else node

    def _term(self, token: _Token) -> Node:
        value = _unquote(token.value)
        if not token.field:
            return Word(value) if value else All()
        if squeeze(token.field) == "kind":
            return self._kind(token, value)
        # All assets together have the fields of each kind of them.
        words = (self._word, *ASSET_KINDS) if self._word == "asset" else (self._word,)
        field = find_field(token.field, self._catalogue, *words)
        if field is None:
            if any(find_field(token.field, self._catalogue, word) for word in RECORDS):
                return Never()
            self._fail("query.unknown-field", token)
        op = Op(token.op)
        if not token.value and op is not Op.HAS:
            self._fail("query.no-value", token)
        return (
            Compare(field, op, value, token.start)
            if op is not Op.NOT
            else Not(Compare(field, Op.IS, value, token.start))
        )

    def _kind(self, token: _Token, value: str) -> Node:
        wanted = squeeze(value)
        known = {squeeze(form): word for word, kind in RECORDS.items() for form in (kind.plural, kind.label, word)}
        if wanted not in known:
            self._fail("query.unknown-kind", token)
        return OfKind(known[wanted])

    def _peek(self) -> str:
        return self._tokens[self._at].what if self._at < len(self._tokens) else ""

    def _fail(self, code: str, token: _Token) -> NoReturn:
        shown = token.field or token.value or {"open": "(", "close": ")", "or": "or"}.get(token.what, "")
        raise UsageError(code, shown, position=str(token.start + 1), text=token.value)


def _unquote(text: str) -> str:
    if text.startswith('"'):
        text = text[1:-1] if text.endswith('"') and len(text) > 1 else text[1:]
        return text.replace('""', '"')
    return text
