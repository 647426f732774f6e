"""Identities for the demo city: unique within it, with real check digits, and nobody's.

Telephone numbers are of the block 555-0100 to 555-0199, which is kept free for fiction in every area code; IMEIs of
the type codes that the GSM Association keeps for test equipment (TS.06: reporting body 00).
"""

import random
from collections.abc import Iterator
from math import gcd

from models.fields.ids import new_ids

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I and O, as on most type plates
_WILD = {"#": "0123456789", "@": _LETTERS, "%": "0123456789" + _LETTERS}
_DOUBLED = str.maketrans("0123456789", "0246813579")

#: Area codes of the North American plan that are in use in the United States.
_CODES = """
201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 253 254
256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 320 321 323 325 330
331 334 336 337 339 346 347 351 352 360 361 385 386 401 402 404 405 406 407 408 409 410 412 413 414 415 417 419 423 424
425 430 432 434 435 440 443 458 469 470 475 478 479 480 484 501 502 503 504 505 507 508 509 510 512 513 515 516 517 518
520 530 531 534 539 540 541 551 559 561 562 563 567 570 571 573 574 575 580 585 586 601 602 603 605 606 607 608 609 610
612 614 615 616 617 618 619 620 623 626 628 629 630 631 636 641 646 650 651 657 660 661 662 667 669 678 681 682 701 702
703 704 706 707 708 712 713 714 715 716 717 718 719 720 724 725 727 731 732 734 737 740 747 754 757 760 762 763 765 769
770 772 773 774 775 779 781 785 786 801 802 803 804 805 806 808 810 812 813 814 815 816 817 818 828 830 831 832 843 845
847 848 850 856 857 858 859 860 862 863 864 865 870 872 878 901 903 904 906 907 908 909 910 912 913 914 915 916 917 918
919 920 925 928 929 931 936 937 938 940 941 947 949 951 952 954 956 959 970 971 972 973 978 979 980 984 985 989
"""
_AREAS = _CODES.split()

LINES = len(_AREAS) * 100
"""How many telephone numbers there are for fiction in these area codes."""


def luhn(digits: str) -> str:
    """The digits with their check digit (ISO/IEC 7812)."""
    total = sum(map(int, digits[-2::-2] + digits[-1::-2].translate(_DOUBLED)))
    return f"{digits}{-total % 10}"


def imei(tac: str, number: int) -> str:
    """The IMEI of a device of a type: eight digits of the type, six of the device, the check digit."""
    return luhn(f"{tac}{number % 1_000_000:06}")


def eid(number: int) -> str:
    """An eSIM chip's number: the last two of its 32 digits make it leave 1 when divided by 97 (GSMA SGP.29)."""
    body = f"89049032{number:022}"
    return f"{body}{(1 - int(body) * 100) % 97:02}"


def iccid(issuer: str, number: int) -> str:
    """A SIM's number: 20 digits with the check digit. `issuer` begins with 89."""
    return luhn(f"{issuer}{number:0{19 - len(issuer)}}")


def phone(number: int) -> str:
    """The fictional telephone number of that rank, below `LINES`."""
    return f"+1{_AREAS[number // 100]}55501{number % 100:02}"


_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VALUES = dict(
    zip(
        "ABCDEFGHJKLMNPRSTUVWXYZ",
        (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9),
        strict=True,
    )
)


def vin(maker: str, year: int, number: int) -> str:
    """A vehicle identification number with its check digit (49 CFR 565.15). `maker` has eight characters."""
    code = "ABCDEFGHJKLMNPRSTVWXY123456789"[(year - 2010) % 30]
    digits = f"{maker}0{code}L{number % 1_000_000:06}"
    total = sum(
        weight * _VALUES.get(sign, int(sign) if sign.isdigit() else 0)
        for weight, sign in zip(_WEIGHTS, digits, strict=True)
    )
    return f"{digits[:8]}{'0123456789X'[total % 11]}{digits[9:]}"


def row_ids() -> Iterator[str]:
    """Ids for rows, without end. Taken some hundred at a time, since each call for chance costs as much as a row."""
    while True:
        yield from new_ids(500)


class Mixed:
    """All numbers below `count` in an order that looks like none, each once before any comes again."""

    __slots__ = ("_at", "_count", "_step")

    def __init__(self, rng: random.Random, count: int) -> None:
        self._count = max(count, 1)
        self._at = rng.randrange(self._count)
        # Near the golden ratio of the count, so that neighbours in the order are far apart.
        step = int(self._count * 0.618) + rng.randrange(max(self._count // 50, 1)) + 1
        while gcd(step, self._count) != 1:
            step += 1
        self._step = step

    def __next__(self) -> int:
        self._at = (self._at + self._step) % self._count
        return self._at


class Serials:
    """Serial numbers by pattern: # a digit, @ a letter, % either, all else as it stands.

    The numbers of a pattern rise, as those of one delivery after the other do: one by one where it has only digits
    and letters, in long steps where it has a %. So the database appends to its indexes, which is several times as
    fast at a million assets as strewing would be.
    """

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._known: dict[str, tuple[list[str], list[int]]] = {}

    def next(self, pattern: str) -> str:
        """The next number of a pattern. None comes twice."""
        if pattern not in self._known:
            alphabets = [_WILD.get(sign, sign) for sign in pattern]
            space = 1
            for alphabet in alphabets:
                space *= len(alphabet)
            step = 1
            if "%" in pattern:
                # Two million of them before they come round; odd, so that the last signs look drawn.
                step = space // 2_000_000 | 1
            self._known[pattern] = alphabets[::-1], [self._rng.randrange(space), step, space]
        alphabets, state = self._known[pattern]
        state[0] = number = (state[0] + state[1]) % state[2]
        signs = []
        for alphabet in alphabets:
            if len(alphabet) == 1:
                signs.append(alphabet)
            else:
                number, sign = divmod(number, len(alphabet))
                signs.append(alphabet[sign])
        signs.reverse()
        return "".join(signs)


class Macs:
    """Hardware addresses under the makers' own prefixes."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def next(self, prefix: str) -> str:
        """The next address of a prefix of three bytes ("F8:BC:12")."""
        number = self._used[prefix] = self._used.get(prefix, 0x0A_1C_37) + 1
        tail = f"{number * 3 & 0xFF_FF_FF:06X}"
        return f"{prefix}:{tail[:2]}:{tail[2:4]}:{tail[4:]}"
