"""The system's keyring: asked, told, and done without where there is none."""

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import PasswordDeleteError

from desktop.phrases import say
from models.fields.problem import HubError
from models.sync.address import Address
from models.sync.passwords import forget_password, keep_password, kept_password

CITY = Address("db.city.example", "muster", "anna")
SECRET = "p w/ö"  # noqa: S105 (of a keyring of the tests')


class InMemory(KeyringBackend):
    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def use():
    """Use another keyring for as long as the test takes."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_a_password_is_kept_for_one_login_of_one_database(use):
    use(InMemory())
    keep_password(CITY, SECRET)
    assert kept_password(CITY) == SECRET
    assert kept_password(Address("db.city.example", "other", "anna")) is None
    assert kept_password(Address("db.city.example", "muster", "bob")) is None
    forget_password(CITY)
    forget_password(CITY)
    assert kept_password(CITY) is None


def test_a_system_without_a_keyring_is_told_of_and_done_without(use):
    use(NoKeyring())
    assert kept_password(CITY) is None
    with pytest.raises(HubError) as met:
        keep_password(CITY, SECRET)
    assert "asked for each time" in say(met.value.problem)
    forget_password(CITY)
