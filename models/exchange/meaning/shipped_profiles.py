"""The profiles that come with Muster: data in `resources/profiles`, a file for each maker of programs."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from models.exchange.meaning.profile import Concealed, Profile, Signature, squeezed
from models.exchange.options import ImportOptions
from models.query.parse import squeeze


@cache
def shipped() -> tuple[Profile, ...]:
    """The profiles that come with Muster."""
    folder = files("resources").joinpath("profiles")
    found = sorted((each for each in folder.iterdir() if each.name.endswith(".json")), key=lambda each: each.name)
    return tuple(_profile(entry) for file in found for entry in json.loads(file.read_text("utf-8")))


def profile_headings() -> Iterator[str]:
    """The headings that shipped profiles know, so that a row of them is known for one."""
    for profile in shipped():
        yield from profile.settings.mapping


def _profile(entry: Mapping[str, Any]) -> Profile:
    """A profile as `resources/profiles` has it: see docs/profiles.md."""
    why = entry.get("why", {})
    mapping = {heading: key for key, headings in entry.get("fields", {}).items() for heading in headings}
    pattern = entry.get("new_fields")
    return Profile(
        entry["name"],
        entry["title"],
        ImportOptions(
            kind=entry.get("kind"),
            mapping={**mapping, **dict.fromkeys((*why, *entry.get("left_out", ())), "")},
            match=entry.get("match"),
            constants=entry.get("constants", {}),
            kind_column=entry.get("kind_column"),
            kinds=entry.get("kinds", {}),
            readings=entry.get("readings", {}),
            words=entry.get("words", {}),
        ),
        tuple(map(_signature, entry.get("signatures", ()))),
        why,
        entry.get("refusal", ""),
        _concealed(entry["concealed"]) if "concealed" in entry else None,
        entry.get("note", ""),
        re.compile(pattern, re.IGNORECASE) if pattern else None,
    )


def _concealed(entry: Mapping[str, str]) -> Concealed:
    return Concealed(squeeze(entry["heading"]), re.compile(entry["cells"]))


def _signature(entry: Mapping[str, Any]) -> Signature:
    some = squeezed(entry.get("any", ()))
    return Signature(
        squeezed(entry.get("all", ())),
        some,
        entry.get("least", min(1, len(some))),
        squeezed(entry.get("none", ())),
        shapes=tuple(map(re.compile, entry.get("shapes", ()))),
    )
