"""What is told of an undo: what it left as it was."""

from collections.abc import Sequence

from desktop.phrases.say import count
from models.journal.undo import Kept


def kept_told(kept: Sequence[Kept]) -> str:
    """What an undo spared, and why; empty where it took back all."""
    changed = sum(each.reason == "changed" for each in kept)
    used = len(kept) - changed
    told = []
    if changed:
        told.append(f"{count(changed, 'value')} changed since {'was' if changed == 1 else 'were'} left as they are.")
    if used:
        stays = "stays, since something refers to it." if used == 1 else "stay, since something refers to them."
        told.append(f"{count(used, 'record')} {stays}")
    return " ".join(told)
