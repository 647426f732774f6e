"""Sentences about the identities of devices, SIMs and radios."""

SENTENCES: dict[str, str] = {
    "mac.not-a-mac": "“{value}” is not a MAC address. It has twelve hex digits, like 00:1B:44:11:3A:B7.",
    "mac.nobody": "{value} is no device's MAC address. Enter the real one, or leave it empty.",
    "mac.random": (
        "{value} is a private MAC address, which devices change by themselves. Do not rely on it to find the device."
    ),
    "mac.group": "{value} is a group address, not one device's. Check it.",
    "ip.not-an-address": "“{value}” is not an IP address. Enter it like 10.1.2.3, without extra zeros.",
    "ip.network": "“{value}” is a network. Enter the device's address without the slash.",
    "imei.not-digits": "“{value}” is not an IMEI. It has 15 digits and no letters.",
    "imei.length": "An IMEI has 15 digits, and this has {length}. Check {value}.",
    "imei.check-digit": (
        "The last digit of the IMEI {value} does not fit the others. Compare it with the device (dial *#06#)."
    ),
    "imei.nobody": "{value} is no device's IMEI. Enter the real one, or leave it empty.",
    "imei.no-check-digit": (
        "The IMEI {value} has 14 digits, so it cannot be checked. A digit is missing at the end or, from a "
        "spreadsheet, a zero at the start."
    ),
    "imei.software-version": (
        "{value} has 16 digits: an IMEI with the software's version. Its last digits may change."
    ),
    "meid.not-a-meid": "“{value}” is not an MEID. It has 14 hex digits.",
    "meid.check-digit": "The last digit of the MEID {value} does not fit the others. Compare it with the device.",
    "meid.nobody": "{value} is no device's MEID. Enter the real one, or leave it empty.",
    "iccid.not-digits": "“{value}” is not a SIM number. It has 19 or 20 digits and no letters.",
    "iccid.length": "A SIM number has 19 or 20 digits, and this has {length}. Check {value}.",
    "iccid.unusual-length": "A SIM number usually has 19 or 20 digits, and this has {length}. Check {value}.",
    "iccid.not-89": "The SIM number {value} does not begin with 89. Check it.",
    "iccid.check-digit": (
        "The last digit of the SIM number {value} does not fit the others. Compare it with the card."
    ),
    "eid.not-digits": "“{value}” is not an EID. It has 32 digits and no letters.",
    "eid.length": "An EID has 32 digits, and this has {length}. Check {value}.",
    "eid.check-digit": (
        "The EID {value} has a wrong digit: its check number does not fit. Compare it with the device."
    ),
    "radio.not-a-number": "“{value}” is not a radio number. Enter digits, or hex digits after 0x.",
    "radio.out-of-range": "{value} is too large for a radio. The most is {limit}.",
    "radio.not-hex": "“{value}” is not a code of {digits} hex digits (0 to 9, A to F).",
    "p25-unit.reserved": (
        "The unit ID {value} (hex {hex}) is reserved by the system. No radio may have it. Enter another."
    ),
    "p25-unit.maybe-reserved": "The unit ID {value} is probably reserved by the system. Check it.",
    "p25-unit.high": "Unit IDs above 9,999,999 are unusual, and some radios cannot take them. Check {value}.",
    "p25-talkgroup.everyone": "Talkgroup {value} means everyone and cannot be given out. Enter another.",
    "p25-talkgroup.none": "Talkgroup 0 stands for none. Check it.",
    "dmr-id.reserved": "The DMR ID {value} cannot be a radio's. Enter 1 to 16,776,415.",
    "nxdn-unit.unusual": "NXDN unit IDs usually run from 1 to 65,519. Check {value}.",
    "nac.receive-only": "The access code F7E is for receiving only and cannot be used to transmit. Check it.",
    "nac.high": "Access codes above F7F are unusual. Check {value}.",
    "wacn.reserved": "{value} cannot be a WACN. Enter 1 to FFFFE.",
    "system-id.reserved": "{value} cannot be a system ID. Enter 1 to FFE.",
    "mdc-id.not-one-radio": (
        "The MDC ID {value} names a group or any radio, not one. Enter an ID without F that does not begin with E."
    ),
    "flashcode.format": "“{value}” is not a flashcode. Enter it like 500008-000480-2.",
    "call-sign.not-a-call-sign": "“{value}” is not a call sign. Enter letters and digits, like KNEF123.",
    "call-sign.unusual": "“{value}” is not of the usual form for a land mobile call sign, like KNEF123. Check it.",
}
