"""Identities of mobile devices and their SIMs."""

import re

from stdnum import meid
from stdnum.exceptions import ValidationError

from models.fields.kind import Kind, Notes, one_line, refuse_destroyed, warning
from models.fields.problem import BadValue

_SEPARATORS = str.maketrans("", "", " -./")


_DOUBLED = str.maketrans("0123456789", "0246813579")


def has_check_digit(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others (ISO/IEC 7812). Far faster than stdnum's."""
    return sum(map(int, digits[-1::-2] + digits[-2::-2].translate(_DOUBLED))) % 10 == 0


class _Digits(Kind):
    """An identity of digits only, typed with or without groups."""

    mono = True
    identifier = True

    def parse(self, text: str, notes: Notes) -> str | None:
        """The digits. Raises BadValue "<kind>.not-digits" and what the kind demands."""
        if not (text.isascii() and text.isdigit()):
            text = one_line(text)
            if not text:
                return None
            refuse_destroyed(text)
        digits = self._bare(text)
        if not (digits.isascii() and digits.isdigit()):
            raise BadValue(f"{self.name}.not-digits", text)
        self._check(digits, text, notes)
        return digits

    def match(self, canonical: str) -> str:
        """The canonical form."""
        return canonical

    def _bare(self, text: str) -> str:
        return text.translate(_SEPARATORS)

    def _check(self, digits: str, text: str, notes: Notes) -> None:
        raise NotImplementedError


class Imei(_Digits):
    """A mobile device's IMEI: 15 digits, the last a Luhn check digit; 14 without it, 16 with the software's version."""

    name = "imei"

    def _check(self, digits: str, text: str, notes: Notes) -> None:
        if len(digits) not in (14, 15, 16):
            raise BadValue("imei.length", text, length=str(len(digits)))
        if not digits[:14].strip("0"):
            raise BadValue("imei.nobody", text)
        if len(digits) == 15:
            if not has_check_digit(digits):
                raise BadValue("imei.check-digit", text)
        else:
            notes.append(warning("imei.no-check-digit" if len(digits) == 14 else "imei.software-version", text))

    def match(self, canonical: str) -> str:
        """The 14 digits that name the device, without check digit or software version."""
        return canonical[:14]


class Iccid(_Digits):
    """A SIM's number: 19 or 20 digits, as a rule with a Luhn check digit; 89 stands for telecommunications."""

    name = "iccid"

    def _bare(self, text: str) -> str:
        # Read from the card, an odd count of digits is filled up with F.
        return text.translate(_SEPARATORS).rstrip("Ff")

    def _check(self, digits: str, text: str, notes: Notes) -> None:
        if not 18 <= len(digits) <= 22:
            raise BadValue("iccid.length", text, length=str(len(digits)))
        if not digits.startswith("89"):
            notes.append(warning("iccid.not-89", text))
        elif len(digits) not in (19, 20):
            notes.append(warning("iccid.unusual-length", text, length=str(len(digits))))
        elif not has_check_digit(digits):
            notes.append(warning("iccid.check-digit", text))


class Eid(_Digits):
    """An eSIM chip's number: 32 digits that leave 1 when divided by 97 (GSMA SGP.29)."""

    name = "eid"

    def _check(self, digits: str, text: str, notes: Notes) -> None:
        if len(digits) != 32:
            raise BadValue("eid.length", text, length=str(len(digits)))
        if int(digits) % 97 != 1:
            raise BadValue("eid.check-digit", text)


_MEID_DECIMAL = re.compile(r"[0-9]{18,19}")


class Meid(Kind):
    """A CDMA device's MEID: 14 hex digits; also typed as 18 decimal digits, either with a check digit."""

    name = "meid"
    mono = True
    identifier = True

    def parse(self, text: str, notes: Notes) -> str | None:
        """The 14 hex digits, upper case. Raises BadValue "meid.not-a-meid", "meid.check-digit", "meid.nobody"."""
        text = one_line(text)
        if not text:
            return None
        refuse_destroyed(text)
        bare = text.translate(_SEPARATORS).upper()
        if not (re.fullmatch("[0-9A-F]{14,15}", bare) or _MEID_DECIMAL.fullmatch(bare)):
            raise BadValue("meid.not-a-meid", text)
        try:
            number: str = meid.validate(bare)
        except ValidationError:
            raise BadValue("meid.check-digit" if len(bare) in (15, 19) else "meid.not-a-meid", text) from None
        if not number.strip("0"):
            raise BadValue("meid.nobody", text)
        return number

    def match(self, canonical: str) -> str:
        """The canonical form; equal to the IMEI's where the device has both in one."""
        return canonical
