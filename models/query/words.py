"""Words of a search as an FTS5 expression over trigrams."""

import re
import string

from models.query.tree import All, Any, Node, Word

#: What may follow two letters in a record: the index knows three letters in a row and nothing shorter.
_FOLLOWERS = (
    string.ascii_lowercase + string.digits + " \n-_./:,'&#()@+" + "äöüßàáâãåæçèéêëìíîïñòóôõøùúûýāčđēęěīłńőřśšťūůűźżž"
)
_NUMBERISH = re.compile(r"[\d\s().+/-]+")
_MAC = re.compile(r"(?i)[0-9a-f]{2}(?:[-.][0-9a-f]{2}){2,5}|[0-9a-f]{4}(?:[.-][0-9a-f]{4}){1,2}")


def match_tree(node: Node) -> str | None:
    """An FTS5 expression for words and what is made of them; None where the index alone cannot tell.

    It knows nothing of words of one letter, of fields and of what is not there.
    """
    match node:
        case Word(text=word):
            return _match(word)
        case All(nodes=nodes) | Any(nodes=nodes) if nodes:
            parts = [match_tree(each) for each in nodes]
            if None in parts:
                return None
            return f"({(' AND ' if isinstance(node, All) else ' OR ').join(part for part in parts if part)})"
    return None


def _match(word: str) -> str | None:
    word = word.replace("\x00", "")
    if len(word) < 2:
        return None
    if len(word) == 2:
        return "(" + " OR ".join(_phrase(word + follower) for follower in _FOLLOWERS) + ")"
    digits = re.sub(r"\D", "", word)
    if digits != word and len(digits) >= 7 and _NUMBERISH.fullmatch(word):
        # A telephone number as it is written; the index holds it in plain digits.
        return f"({_phrase(word)} OR {_phrase(digits)})"
    if _MAC.fullmatch(word):
        # A MAC address with other marks than ours; the index also holds it without.
        return f"({_phrase(word)} OR {_phrase(re.sub('[.-]', '', word))})"
    return _phrase(word)


def _phrase(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
