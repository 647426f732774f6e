"""Passwords of the shared database in the system's keyring, and nowhere else. keyring is loaded when it is asked."""

from models.fields.problem import HubError
from models.sync.address import Address

_SERVICE = "Muster shared database"


def kept_password(address: Address) -> str | None:
    """The password that the system keeps for this address; None where it keeps none, or cannot tell."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, _name(address))
    except KeyringError:
        return None  # locked, or there is no keyring: the person is asked


def keep_password(address: Address, password: str) -> None:
    """Have the system keep the password. Raises HubError("hub.no-keyring"): it is then asked for each time."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, _name(address), password)
    except KeyringError as error:
        raise HubError("hub.no-keyring", reason=type(error).__name__) from error


def forget_password(address: Address) -> None:
    """Have the system forget the password; nothing where it has none."""
    import keyring
    from keyring.errors import KeyringError

    if kept_password(address) is None:
        return
    try:
        keyring.delete_password(_SERVICE, _name(address))
    except KeyringError as error:
        raise HubError("hub.no-keyring", reason=type(error).__name__) from error


def _name(address: Address) -> str:
    return f"{address.login}@{address.host}:{address.port}/{address.database}"
