"""What is remembered of the label that a thing, a place or a person's badge carries."""

from sqlalchemy.orm import Mapped

from models.fields.field import Merge
from models.fields.kinds import Moment, Text, Whole
from models.schema.columns import column

_LABEL = "Label"


class Labelled:
    """Stamped by the print queue when a label has come out, and by the check afterwards. For tables with labels."""

    label_printed: Mapped[str | None] = column(
        Moment(), "Label printed", "label printed on; label printed at", group=_LABEL, merge=Merge.LATEST
    )
    label_printed_by: Mapped[str | None] = column(Text(), "Label printed by", "", group=_LABEL, merge=Merge.LATEST)
    label_printer: Mapped[str | None] = column(
        Text(), "Label printer", "", group=_LABEL, merge=Merge.LATEST, help="The printer or file that it came from."
    )
    label_prints: Mapped[int | None] = column(
        Whole(), "Labels printed", "label prints", group=_LABEL, merge=Merge.LATEST, help="More than one: reprinted."
    )
    label_checked: Mapped[str | None] = column(
        Moment(),
        "Label checked",
        "label verified",
        group=_LABEL,
        merge=Merge.LATEST,
        help="When the label on it was scanned back and was the right one.",
    )
