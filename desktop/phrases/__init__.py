"""All sentences that people read about problems and progress, from the codes of `models`. No Qt here."""

from desktop.phrases.say import UNKNOWN, codes, count, say, skipped, stage, told, why, within

__all__ = ["UNKNOWN", "codes", "count", "say", "skipped", "stage", "told", "why", "within"]
