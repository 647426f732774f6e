"""Words and names: text, notes, asset tags, serial numbers, host names, part numbers, names of keys."""

import re

from models.fields.kind import Kind, Notes, clean, one_line, refuse_destroyed, refuse_error, warning
from models.fields.problem import BadValue
from models.fields.secrets import looks_like_key


class Text(Kind):
    """One line of text."""

    name = "text"

    def __init__(self, *, max_length: int = 0, mono: bool = False) -> None:
        """`max_length` in characters, 0 for any; `mono` shows it in the monospaced face."""
        self.max_length = max_length
        self.mono = mono

    def parse(self, text: str, notes: Notes) -> str | None:
        """The line with its runs of blanks made one. Raises BadValue "text.too-long"."""
        text = one_line(text)
        if self.max_length and len(text) > self.max_length:
            raise BadValue("text.too-long", text, limit=str(self.max_length))
        return text or None

    def describe(self) -> dict[str, object]:
        """Name and greatest length."""
        return {"name": self.name} | ({"max_length": self.max_length} if self.max_length else {})


class LongText(Kind):
    """Text that keeps its lines: notes."""

    name = "longtext"

    def parse(self, text: str, notes: Notes) -> str | None:
        """The text with line feeds between its lines."""
        text = clean(text)
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        refuse_error(text)
        return text or None


class Code(Kind):
    """A part number, model number, order number: kept as it is written, leading zeros and all."""

    name = "code"
    mono = True
    identifier = True
    limit = 200
    """Its greatest length."""

    def parse(self, text: str, notes: Notes) -> str | None:
        """The code with its runs of blanks made one. Raises BadValue "cell.destroyed-number", "text.too-long"."""
        text = one_line(text)
        if not text:
            return None
        refuse_destroyed(text)
        if len(text) > self.limit:
            raise BadValue("text.too-long", text, limit=str(self.limit))
        return text

    def match(self, canonical: str) -> str:
        """Without case and blanks; dashes and leading zeros stay, since makers use them to tell parts apart."""
        return canonical.casefold().replace(" ", "")


#: What makers leave in a serial number's place (DMI defaults): many machines share them.
_LEFT_OVER = """
- -- ? 0 00000000 123456789 1234567890 chassisserialnumber defaultstring invalid na n/a none notapplicable notavailable
notspecified oem serialnumber systemserialnumber tobefilledbyo.e.m. tobefilledbyoem unknown xxxxxxx
"""
_PLACEHOLDERS = frozenset(_LEFT_OVER.split())


class Serial(Code):
    """A maker's serial number. Unique with its maker at best."""

    name = "serial"

    def parse(self, text: str, notes: Notes) -> str | None:
        """As a code, with the warning "serial.placeholder" for what is no serial ("To be filled by O.E.M.").

        Also raises BadValue "serial.several" for ; and |, which stand between serial numbers and in none.
        """
        if ";" in text or "|" in text:
            raise BadValue("serial.several", text)
        serial = super().parse(text, notes)
        if serial and self.match(serial) in _PLACEHOLDERS:
            notes.append(warning("serial.placeholder", serial))
        return serial


_TAG_BAD = re.compile(r"[\^~;|\x00-\x08\x0e-\x1f\x7f-\x9f]")


class Tag(Code):
    """An asset tag: what its label's barcode says."""

    name = "tag"
    limit = 64

    def parse(self, text: str, notes: Notes) -> str | None:
        """As a code; also raises BadValue "tag.character".

        That is for ^ and ~, which steer label printers, ; and |, which stand between several tags, and for controls.
        """
        if bad := _TAG_BAD.search(text.strip()):
            raise BadValue("tag.character", text, character=bad[0] if bad[0] in "^~;|" else f"U+{ord(bad[0]):04X}")
        return super().parse(text, notes)


_HOST = re.compile(
    r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*"
)


class Hostname(Code):
    """A computer's name on the network, short or with its domain (RFC 1123)."""

    name = "hostname"
    limit = 253

    def parse(self, text: str, notes: Notes) -> str | None:
        """The name without its closing dot; "hostname.unusual" warns of what no network name can be ("Ann's iPad")."""
        name = super().parse(text, notes)
        if name and name[-1] == ".":
            name = name.rstrip(". ") or None
            if name is None:
                raise BadValue("hostname.not-a-name", text)
        if name and not _HOST.fullmatch(name):
            notes.append(warning("hostname.unusual", name))
        return name


class KeyName(Text):
    """The name or number by which an encryption key is known (CKR, SLN, key ID); never the key."""

    name = "key-name"

    def __init__(self) -> None:
        super().__init__(max_length=64, mono=True)

    def parse(self, text: str, notes: Notes) -> str | None:
        """As text. Raises BadValue "secret.key-material", which does not repeat the value."""
        if looks_like_key(text):
            raise BadValue("secret.key-material")
        name = super().parse(text, notes)
        if name and looks_like_key(name):
            raise BadValue("secret.key-material")
        return name


def express_code(service_tag: str) -> str | None:
    """The express service code of a Dell service tag of 5 or 7 characters: the tag as a number of base 36."""
    if len(service_tag) in (5, 7) and service_tag.isascii() and service_tag.isalnum():
        return str(int(service_tag, 36))
    return None


def service_tag(express: str) -> str | None:
    """The Dell service tag of an express service code, which is the tag as a number of base 36; None for other text."""
    if not (express.isascii() and express.isdigit() and len(express) <= 11):
        return None
    number, tag = int(express), ""
    while number:
        number, digit = divmod(number, 36)
        tag = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit] + tag
    return tag if len(tag) in (5, 7) else None
