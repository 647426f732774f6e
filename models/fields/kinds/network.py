"""Addresses on a network."""

import ipaddress
import re

from models.fields.kind import Kind, Notes, one_line, refuse_destroyed, warning
from models.fields.problem import BadValue

_MAC = re.compile(
    r"[0-9A-F]{2}([:\-. ]?)[0-9A-F]{2}(?:\1[0-9A-F]{2}){4}"
    r"|[0-9A-F]{4}([.:\- ])[0-9A-F]{4}\2[0-9A-F]{4}"
    r"|[0-9A-F]{6}[-:. ][0-9A-F]{6}"
)
_CANONICAL = re.compile(r"[0-9A-F]{2}(?::[0-9A-F]{2}){5}")
_SEPARATORS = str.maketrans("", "", ":-. ")


class Mac(Kind):
    """The hardware address of a network interface (EUI-48): "AA:BB:CC:DD:EE:FF"."""

    name = "mac"
    mono = True
    identifier = True

    def parse(self, text: str, notes: Notes) -> str | None:
        """Six upper-case pairs, from any usual spelling (dashes, Cisco's dots, none).

        Raises BadValue "mac.not-a-mac" and "mac.nobody" (all zeros or ones). "mac.random" warns of a locally
        administered address, which devices change at will; "mac.group" of a multicast one.
        """
        address = text
        if not _CANONICAL.fullmatch(address):
            text = one_line(text)
            if not text:
                return None
            refuse_destroyed(text)
            digits = text.upper()
            if not _MAC.fullmatch(digits):
                raise BadValue("mac.not-a-mac", text)
            address = bytes.fromhex(digits.translate(_SEPARATORS)).hex(":").upper()
        if address in ("00:00:00:00:00:00", "FF:FF:FF:FF:FF:FF"):
            raise BadValue("mac.nobody", text)
        # The two low bits of the first octet: second digit odd = group, its next bit = locally administered (IEEE 802).
        low = int(address[1], 16)
        if low & 1:
            notes.append(warning("mac.group", address))
        elif low & 2:
            notes.append(warning("mac.random", address))
        return address

    def match(self, canonical: str) -> str:
        """The canonical form."""
        return canonical


_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_IPV4 = re.compile(rf"{_OCTET}(?:\.{_OCTET}){{3}}")


class Ip(Kind):
    """An IP address, version 4 or 6; the length of its network's prefix is not kept."""

    name = "ip"
    mono = True
    identifier = True

    def parse(self, text: str, notes: Notes) -> str | None:
        """The shortest standard form. Raises BadValue "ip.not-an-address", "ip.network" (10.0.0.0/24)."""
        text = one_line(text)
        if not text:
            return None
        if _IPV4.fullmatch(text):
            return text
        refuse_destroyed(text)
        try:
            if "%" in text:  # a zone means something on one machine only
                raise BadValue("ip.not-an-address", text)
            interface = ipaddress.ip_interface(text)
            if (
                "/" in text
                and interface.ip == interface.network.network_address
                and interface.network.num_addresses > 1
            ):
                raise BadValue("ip.network", text)
            address = interface.ip
        except ValueError:
            raise BadValue("ip.network" if "/" in text else "ip.not-an-address", text) from None
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped  # Python 3.13 shows these differently from 3.11
        return str(address)
