"""What labels say beside a record's own fields: of the house that owns it."""

from models.labels.layout import GS1_PREFIX
from models.settings import Settings


def house_texts(settings: Settings) -> dict[str, str]:
    """`organisation` and `gs1_prefix`, where the settings have them, for the texts of every label."""
    texts = {"organisation": settings.organisation.strip(), GS1_PREFIX: settings.gs1_prefix.strip()}
    return {key: text for key, text in texts.items() if text}
