"""Ways to reach people: e-mail, telephone, web."""

import re
from functools import cache, lru_cache
from urllib.parse import urlsplit

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumberFormat, ValidationResult

from models.fields.kind import Kind, Notes, one_line, refuse_destroyed, warning
from models.fields.problem import BadValue

_EMAIL = re.compile(
    r"[^\s@<>()\[\],;:\"\\]{1,64}@[^\s@<>()\[\],;:\"\\/?#!'*+=|^~.]+(?:\.[^\s@<>()\[\],;:\"\\/?#!'*+=|^~.]+)*"
)
_NAMED = re.compile(r"[^<>]*<([^<>]+)>")


class Email(Kind):
    """An e-mail address or a sign-in name in that form."""

    name = "email"

    def parse(self, text: str, notes: Notes) -> str | None:
        """The address with its domain in lower case; "mailto:" and a name before <…> go.

        Raises BadValue "email.not-an-address". "email.no-domain" warns of a domain without a dot.
        """
        text = one_line(text)
        if not text:
            return None
        address = text
        if found := _NAMED.fullmatch(address):
            address = found[1].strip()
        if address[:7].casefold() == "mailto:":
            address = address[7:].partition("?")[0].strip()
        if not _EMAIL.fullmatch(address) or len(address) > 254:
            raise BadValue("email.not-an-address", text)
        local, _, domain = address.rpartition("@")
        if "." not in domain:
            notes.append(warning("email.no-domain", text))
        return f"{local}@{domain.lower()}" if domain.isascii() else address


_TEN = re.compile(r"(?:\+?1[-. ]?)?\(?([2-9][0-9]{2})\)?[-. ]{0,2}([2-9][0-9]{2})[-. ]?([0-9]{4})")
_LEAD = re.compile(r"(?:tel|telephone|phone|ph|mobile|mob|cell|work|office|home|desk|fax)\b[ .:]*", re.IGNORECASE)
_EXTENSION = re.compile(r"[ ,;]*(?:;ext=|extension|extn?|x|#)[ .:=]*([0-9]{1,7})", re.IGNORECASE)
_BODY = re.compile(r"\+?[0-9().\-/\s\u2010-\u2015]+")
_VANITY = re.compile(
    r"(?:\+?1[-. ]?)?\(?8[0-9]{2}\)?[-. ]?(?=(?:[-. ]?[A-Z0-9]){7,11}\Z)[A-Z0-9]+(?:[-. ][A-Z0-9]+)*", re.IGNORECASE
)
_UNLIKELY = frozenset(
    (
        ValidationResult.IS_POSSIBLE,
        ValidationResult.IS_POSSIBLE_LOCAL_ONLY,
        ValidationResult.TOO_SHORT,
        ValidationResult.INVALID_LENGTH,
    )
)


class Phone(Kind):
    """A telephone number: "+14155550123", with an extension "+14155550123;ext=12" (RFC 3966)."""

    name = "phone"
    identifier = True

    def __init__(self, region: str = "US") -> None:
        """`region` is the country of numbers that name none (ISO 3166, two letters)."""
        self.region = region

    def parse(self, text: str, notes: Notes) -> str | None:
        """E.164 with the extension after it.

        Raises BadValue "phone.not-a-number". "phone.unlikely" warns of a number that no network has given out (too
        short, an area code that is not), which is kept.
        """
        text = one_line(text)
        if not text:
            return None
        refuse_destroyed(text)
        canonical, likely = _read(text, self.region)
        if canonical is None:
            raise BadValue("phone.not-a-number", text)
        if not likely:
            notes.append(warning("phone.unlikely", text))
        return canonical

    def format(self, canonical: str) -> str:
        """As the home country writes it; with its country's code if it is another one's."""
        return _shown(canonical, self.region)

    def match(self, canonical: str) -> str:
        """The canonical form."""
        return canonical

    def describe(self) -> dict[str, object]:
        """The home country."""
        return {"name": self.name, "region": self.region}


def _read(text: str, region: str) -> tuple[str | None, bool]:
    """The canonical form, None for what is no number; and whether a network may have given it out."""
    body = _LEAD.sub("", text, count=1) if text[:1].isalpha() else text
    extension = ""
    if (found := _EXTENSION.search(body)) and found.end() == len(body):
        body, extension = body[: found.start()], f";ext={found[1]}"
    body = body.strip()
    # Nearly all numbers of an American city are of this shape; the full reading takes fifty times as long.
    if region == "US" and (ten := _TEN.fullmatch(body)):
        digits = "".join(ten.groups())
        if _given_out().fullmatch(digits):
            return f"+1{digits}{extension}", True
    if _VANITY.fullmatch(body):
        body = phonenumbers.convert_alpha_characters_in_number(body)
    if not _BODY.fullmatch(body):
        return None, False
    try:
        number = phonenumbers.parse(body, region)
    except NumberParseException:
        return None, False
    reason = phonenumbers.is_possible_number_with_reason(number)
    national = phonenumbers.national_significant_number(number)
    typed = "".join(filter(str.isdigit, body))
    # A second number in the cell must not be dropped in silence: what was typed ends with what was read.
    if reason not in _UNLIKELY or len(national) < 3 or not typed.endswith(national) or len(typed) > len(national) + 6:
        return None, False
    canonical = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if phonenumbers.parse(canonical, region) != number:  # runs of zeros and the like, read otherwise the next time
        return None, False
    likely = reason == ValidationResult.IS_POSSIBLE and phonenumbers.is_valid_number(number)
    return canonical + extension, likely


@cache
def _given_out() -> re.Pattern[str]:
    """The ten digits that United States numbers may have."""
    metadata = PhoneMetadata.metadata_for_region("US")
    pattern = metadata.fixed_line.national_number_pattern if metadata and metadata.fixed_line else None
    return re.compile(pattern or "(?!)")


@lru_cache(maxsize=20_000)
def _shown(canonical: str, region: str) -> str:
    digits, _, extension = canonical.partition(";ext=")
    try:
        number = phonenumbers.parse(digits, region)
    except NumberParseException:
        return canonical
    home = number.country_code == phonenumbers.country_code_for_region(region)
    for style in (PhoneNumberFormat.NATIONAL,) * home + (PhoneNumberFormat.INTERNATIONAL,):
        shown = phonenumbers.format_number(number, style) + (f" ext. {extension}" if extension else "")
        if _read(shown, region)[0] == canonical:
            return shown
    return canonical


_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)(://|:(?![0-9]+(?:/|\Z)))", re.IGNORECASE)  # "server:8080/" names no scheme
_SCHEMES = frozenset(("http", "https", "ftp", "ftps", "sftp", "ssh", "file", "smb"))
_HOST = re.compile(r"(?:[^\s/:@.]+\.)+[^\W\d][^\s/:@.]+|(?:[0-9]{1,3}\.){3}[0-9]{1,3}|localhost", re.IGNORECASE)
"""What is a host even without a scheme before it; "0.25" is a number."""


class Url(Kind):
    """An address on the web or of a file share."""

    name = "url"

    def parse(self, text: str, notes: Notes) -> str | None:
        r"""The address, with "https://" if it names no scheme; a share ("\\server\share") as it is.

        Raises BadValue "url.not-an-address", "url.scheme" (javascript: and whatever else is no place).
        """
        text = one_line(text)
        if not text or (text.startswith("\\\\") and len(text) > 2):
            return text or None
        if " " in text:
            raise BadValue("url.not-an-address", text)
        found = _SCHEME.match(text)
        if found and (found[1].lower() not in _SCHEMES or found[2] == ":"):
            raise BadValue("url.scheme", text)
        address = found[1].lower() + text[found.end(1) :] if found else f"https://{text}"
        try:
            host = urlsplit(address).hostname or ""
        except ValueError:
            raise BadValue("url.not-an-address", text) from None
        if not (_HOST.fullmatch(host) or (found and (host or address.startswith("file:///")))):
            raise BadValue("url.not-an-address", text)
        return address
