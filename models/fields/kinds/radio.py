"""Identities in public-safety radio. Ranges: TIA-102 as in DVMProject/dvmhost, Motorola, Tait and EF Johnson guides."""

import re

from models.fields.kind import Kind, Notes, one_line, refuse_destroyed, warning
from models.fields.problem import BadValue

_PLAIN = re.compile(r"#?([0-9]{1,12})(?:\.0+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.0+)?")
_HEX = re.compile(r"(?:0X|\$|X')([0-9A-F]{1,8})'?|([0-9A-F]{1,8})H")


class _UnitNumber(Kind):
    """A number of a radio or group, in decimal: an INTEGER column.

    Leading zeros belong to the alias plan, not to the number.
    """

    whole = True
    right = True
    mono = True
    identifier = True
    bits = 24
    """Its width on the air."""

    def parse(self, text: str, notes: Notes) -> str | None:
        """Plain digits, from decimal or 0x hex. Raises BadValue "radio.not-a-number", "radio.out-of-range"."""
        if text.isascii() and text.isdigit() and len(text) <= 12:
            number = int(text)
        else:
            text = one_line(text)
            if not text:
                return None
            refuse_destroyed(text)
            number = _number(text)
        if number >= 1 << self.bits:
            raise BadValue("radio.out-of-range", text, limit=f"{(1 << self.bits) - 1:,}")
        self._check(number, text, notes)
        return str(number)

    def _check(self, number: int, text: str, notes: Notes) -> None:
        """Raises or notes what this sort of number demands within its bits."""

    def value(self, canonical: str) -> int:
        """An int."""
        return int(canonical)

    def hex(self, canonical: str) -> str:
        """The number in hex, as wide as the field on the air."""
        return f"{int(canonical):0{self.bits // 4}X}"

    def match(self, canonical: str) -> str:
        """The canonical form."""
        return canonical


def _number(text: str) -> int:
    if found := _PLAIN.fullmatch(text):
        return int(found[1])
    if _GROUPED.fullmatch(text):
        return int(text.partition(".")[0].replace(",", ""))
    if found := _HEX.fullmatch(text.upper()):
        return int(found[1] or found[2], 16)
    raise BadValue("radio.not-a-number", text)


class P25UnitId(_UnitNumber):
    """A P25 subscriber unit's ID: 24 bits, 1 to 16,777,211."""

    name = "p25-unit"

    def _check(self, number: int, text: str, notes: Notes) -> None:
        if number in (0, 0xFFFFFC, 0xFFFFFE, 0xFFFFFF):
            raise BadValue("p25-unit.reserved", text, hex=f"{number:06X}")
        if number == 0xFFFFFD:
            notes.append(warning("p25-unit.maybe-reserved", text))
        elif number > 9_999_999:
            notes.append(warning("p25-unit.high", text))


class P25Talkgroup(_UnitNumber):
    """A P25 talkgroup: 16 bits, 1 to 65,534; 65,535 is everyone."""

    name = "p25-talkgroup"
    bits = 16

    def _check(self, number: int, text: str, notes: Notes) -> None:
        if number == 0xFFFF:
            raise BadValue("p25-talkgroup.everyone", text)
        if number == 0:
            notes.append(warning("p25-talkgroup.none", text))


class DmrId(_UnitNumber):
    """A DMR radio's ID: 24 bits, 1 to 16,776,415."""

    name = "dmr-id"

    def _check(self, number: int, text: str, notes: Notes) -> None:
        if not 1 <= number <= 16_776_415:
            raise BadValue("dmr-id.reserved", text)


class NxdnUnit(_UnitNumber):
    """An NXDN radio's ID: 16 bits, 1 to 65,519 as Kenwood gives it; outside that only a warning."""

    name = "nxdn-unit"
    bits = 16

    def _check(self, number: int, text: str, notes: Notes) -> None:
        if not 1 <= number <= 65_519:
            notes.append(warning("nxdn-unit.unusual", text))


class _HexCode(Kind):
    """A code of a few hex digits, filled up with zeros on the left (a spreadsheet drops them)."""

    mono = True
    identifier = True
    digits = 3

    def parse(self, text: str, notes: Notes) -> str | None:
        """Upper-case hex digits at full width. Raises BadValue "radio.not-hex" and what the kind demands."""
        text = one_line(text)
        if not text:
            return None
        refuse_destroyed(text)
        upper = text.upper()
        found = _HEX.fullmatch(upper)
        code = (found[1] or found[2]) if found else re.sub(r"\.0+\Z", "", upper)
        code = code.lstrip("0").zfill(self.digits)
        if len(code) != self.digits or not re.fullmatch("[0-9A-F]+", code):
            raise BadValue("radio.not-hex", text, digits=str(self.digits))
        self._check(code, text, notes)
        return code

    def _check(self, code: str, text: str, notes: Notes) -> None:
        """Raises or notes what this sort of code demands."""

    def match(self, canonical: str) -> str:
        """The canonical form."""
        return canonical


class Nac(_HexCode):
    """A P25 network access code: 3 hex digits; 293 is the default, F7E and F7F mean any when receiving."""

    name = "nac"

    def _check(self, code: str, text: str, notes: Notes) -> None:
        if code == "F7E":
            notes.append(warning("nac.receive-only", text))
        elif code > "F7F":
            notes.append(warning("nac.high", text))


class Wacn(_HexCode):
    """The P25 wide-area network that a system belongs to: 5 hex digits, 1 to FFFFE."""

    name = "wacn"
    digits = 5

    def _check(self, code: str, text: str, notes: Notes) -> None:
        if code in ("00000", "FFFFF"):
            raise BadValue("wacn.reserved", text)


class SystemId(_HexCode):
    """A P25 system's ID within its wide-area network: 3 hex digits, 1 to FFE."""

    name = "system-id"

    def _check(self, code: str, text: str, notes: Notes) -> None:
        if code in ("000", "FFF"):
            raise BadValue("system-id.reserved", text)


class MdcId(_HexCode):
    """An MDC-1200 unit ID: 4 hex digits; a leading E names a group and an F stands for any digit."""

    name = "mdc-id"
    digits = 4

    def _check(self, code: str, text: str, notes: Notes) -> None:
        if code == "0000" or code[0] == "E" or "F" in code:
            raise BadValue("mdc-id.not-one-radio", text)


_FLASH = re.compile(r"([0-9A-HJ-NP-X]{6})[- ]?([0-9A-HJ-NP-X]{6})[- ]?([0-9])")


class Flashcode(Kind):
    """The options a Motorola radio was sold with: six digits, six digits, a check digit. Not the codeplug.

    APX radios go past F, leaving out I and O. How the check digit is reckoned is not published, so it is not checked.
    """

    name = "flashcode"
    mono = True
    identifier = True

    def parse(self, text: str, notes: Notes) -> str | None:
        """Upper case, with its dashes. Raises BadValue "flashcode.format"."""
        text = one_line(text)
        if not text:
            return None
        refuse_destroyed(text)
        found = _FLASH.fullmatch(text.upper())
        if found is None:
            raise BadValue("flashcode.format", text)
        return "-".join(found.groups())


_CALL = re.compile(r"[A-Z0-9]{3,9}(?:[/-][A-Z0-9]{1,6})?")
_LAND_MOBILE = re.compile(r"[KW][A-Z]{2,3}[0-9]{3}")


class CallSign(Kind):
    """An FCC call sign: K or W, two or three letters, three digits (47 CFR 2.302); others are warned of."""

    name = "call-sign"
    mono = True
    identifier = True

    def parse(self, text: str, notes: Notes) -> str | None:
        """Upper case without blanks. Raises BadValue "call-sign.not-a-call-sign"."""
        text = one_line(text)
        if not text:
            return None
        refuse_destroyed(text)
        sign = text.replace(" ", "").upper()
        if not _CALL.fullmatch(sign):
            raise BadValue("call-sign.not-a-call-sign", text)
        if not _LAND_MOBILE.fullmatch(sign):
            notes.append(warning("call-sign.unusual", sign))
        return sign
