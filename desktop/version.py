"""Which Muster this is."""

from importlib import metadata


def version() -> str:
    """The version of the installed package; "unpackaged" where it runs from a plain folder."""
    try:
        return metadata.version("muster")
    except metadata.PackageNotFoundError:
        return "unpackaged"
