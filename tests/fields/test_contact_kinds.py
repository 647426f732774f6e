"""E-mail, telephone and web addresses; network addresses."""

import phonenumbers
import pytest

from models.fields.kinds import Email, Ip, Mac, Phone, Url
from models.fields.problem import BadValue


def refused(kind, text) -> str:
    with pytest.raises(BadValue) as bad:
        kind.from_cell(text, [])
    return bad.value.problem.code


def read(kind, cell) -> tuple[str | None, list[str]]:
    notes = []
    return kind.from_cell(cell, notes), [note.code for note in notes]


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("J.Ruiz@City.GOV", "J.Ruiz@city.gov"),
        ("mailto:j.ruiz@city.gov?subject=x", "j.ruiz@city.gov"),
        ("Ruiz, Jane <j.ruiz@city.gov>", "j.ruiz@city.gov"),
        ("guest_x.com#EXT#@city.onmicrosoft.com", "guest_x.com#EXT#@city.onmicrosoft.com"),
        ("o'hara@city.gov", "o'hara@city.gov"),
    ],
)
def test_emails(text: str, email: str) -> None:
    assert read(Email(), text) == (email, [])


@pytest.mark.parametrize(
    "text", ["jane", "@city.gov", "a@b@c.d", "a@b.c; d@e.f", "a b@c.d", "A1B2C3D4", "a@.gov", "a@b..c"]
)
def test_no_emails(text: str) -> None:
    assert refused(Email(), text) == "email.not-an-address"


def test_an_email_within_the_house() -> None:
    assert read(Email(), "jane@cityhall") == ("jane@cityhall", ["email.no-domain"])
    assert Email().match("J.Ruiz@city.gov") == Email().match("j.ruiz@city.gov")


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("(415) 555-2671", "+14155552671"),
        ("415.555.2671", "+14155552671"),
        ("1-415-555-2671", "+14155552671"),
        (4155552671.0, "+14155552671"),
        ("14155552671", "+14155552671"),
        ("+1 415 555 2671", "+14155552671"),
        ("(415)555-2671 x12", "+14155552671;ext=12"),
        ("415-555-2671 ext. 4779", "+14155552671;ext=4779"),
        ("+14155552671;ext=12", "+14155552671;ext=12"),
        ("Cell: 415-555-2671", "+14155552671"),
        ("1-800-FLOWERS", "+18003569377"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("011 44 20 7946 0958", "+442079460958"),
        ("416-967-1111", "+14169671111"),
    ],
)
def test_phones(cell: object, phone: str) -> None:
    assert read(Phone(), cell) == (phone, [])


def test_an_unlikely_phone_is_kept() -> None:
    assert read(Phone(), "555-0123") == ("+15550123", ["phone.unlikely"])
    assert read(Phone(), "(123) 555-0123") == ("+11235550123", ["phone.unlikely"])
    assert read(Phone(), "4779")[1] == ["phone.unlikely"]


@pytest.mark.parametrize(
    "text",
    [
        "none",
        "12",
        "call Bob 415-555-2671",
        "415-555-2671 / 415-555-9999",
        "415-555-2671, 415-555-9999",
        "x12",
        "room 204",
    ],
)
def test_no_phones(text: str) -> None:
    assert refused(Phone(), text) == "phone.not-a-number"


def test_phones_are_shown_as_at_home() -> None:
    assert Phone().format("+14155552671") == "(415) 555-2671"
    assert Phone().format("+14155552671;ext=12") == "(415) 555-2671 ext. 12"
    assert Phone().format("+442079460958") == "+44 20 7946 0958"
    assert Phone("GB").format("+442079460958") == "020 7946 0958"
    assert Phone("GB").format("+14155552671") == "+1 415-555-2671"


def test_the_quick_reading_agrees_with_the_library() -> None:
    kind = Phone()
    for area in range(200, 1000):
        digits = f"{area}2345678"
        canonical, warnings = read(kind, digits)
        number = phonenumbers.parse(digits, "US")
        assert canonical == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        assert (not warnings) == phonenumbers.is_valid_number(number)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("city.gov/help", "https://city.gov/help"),
        ("HTTP://city.gov", "http://city.gov"),
        ("server:8080/x", None),
        ("server.city.gov:8080/x", "https://server.city.gov:8080/x"),
        ("http://intranet/wiki", "http://intranet/wiki"),
        ("10.1.2.3", "https://10.1.2.3"),
        (r"\\files\share", r"\\files\share"),
        ("https://city.gov/a?b=c#d", "https://city.gov/a?b=c#d"),
        ("0.25", None),
        ("none", None),
        ("two words", None),
        ("http://", None),
        ("http://[", None),
    ],
)
def test_urls(text: str, url: str | None) -> None:
    if url is None:
        assert refused(Url(), text) == "url.not-an-address"
    else:
        assert read(Url(), text) == (url, [])


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.c", "C:\\temp"])
def test_urls_are_places(text: str) -> None:
    assert refused(Url(), text) == "url.scheme"


@pytest.mark.parametrize(
    "text",
    ["00:1B:44:11:3A:B7", "00-1b-44-11-3a-b7", "001b.4411.3ab7", "001B44113AB7", "00 1B 44 11 3A B7", "001b44-113ab7"],
)
def test_macs(text: str) -> None:
    assert read(Mac(), text) == ("00:1B:44:11:3A:B7", [])


def test_macs_that_name_no_device() -> None:
    assert read(Mac(), "DA:A1:19:00:00:01") == ("DA:A1:19:00:00:01", ["mac.random"])
    assert read(Mac(), "01:00:5E:00:00:01") == ("01:00:5E:00:00:01", ["mac.group"])
    assert refused(Mac(), "00:00:00:00:00:00") == "mac.nobody"


@pytest.mark.parametrize(
    "cell", ["00:1B:44:11:3A", "00:1B-44:11:3A:B7", "001B44113AB7, 001B44113AB8", "GG:1B:44:11:3A:B7", 1.0]
)
def test_no_macs(cell: object) -> None:
    assert refused(Mac(), cell) == "mac.not-a-mac"


def test_ips() -> None:
    assert read(Ip(), "10.1.2.3") == ("10.1.2.3", [])
    assert read(Ip(), "2001:DB8:0:0::1") == ("2001:db8::1", [])
    assert read(Ip(), "::ffff:10.1.2.3") == ("10.1.2.3", [])
    assert read(Ip(), "10.1.2.3/24") == ("10.1.2.3", [])  # NetBox's devices
    assert read(Ip(), "2001:db8::1/64") == ("2001:db8::1", [])
    assert read(Ip(), "10.1.2.3/32") == ("10.1.2.3", [])
    assert refused(Ip(), "10.0.0.0/24") == "ip.network"
    assert refused(Ip(), "10.1.2.3/99") == "ip.network"
    for cell in ("010.001.002.003", "10.1.2", 10.1, "fe80::1%eth0", "DHCP"):
        assert refused(Ip(), cell) == "ip.not-an-address"
