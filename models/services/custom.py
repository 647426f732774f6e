"""Custom fields: the key that a new one gets."""

import re
import unicodedata
from collections.abc import Collection


def key_for(text: str, taken: Collection[str]) -> str:
    """The key of a new field from its label: "Body camera №" is x_body_camera_no. It never changes afterwards."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    base = "x_" + (re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40] or "field")
    made, number = base, 2
    while made in taken:
        made, number = f"{base}_{number}", number + 1
    return made
