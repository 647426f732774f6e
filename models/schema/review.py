"""What people must look at together: two changes that met, two records of one thing, a change that was refused.

The shared database writes these records while it takes what clients send; people settle them. They are records like
any other, so everyone sees them, also without a network, and what was settled can be undone.
"""

from sqlalchemy.orm import Mapped

from models.fields.field import Merge
from models.fields.kinds import Code, LongText, Moment, Text
from models.schema.choices import REVIEW_MATTER, REVIEW_OUTCOME
from models.schema.columns import Record, column


class Review(Record):
    """One matter. `outcome` is empty as long as nobody has settled it.

    Its id is made of what it is about, so that the shared database never tells one matter twice.
    """

    __tablename__ = "review"

    name: Mapped[str | None] = column(
        Text(), "What it is about", "name", group="Review", required=True, search=True, shown=True, index=True
    )
    matter: Mapped[str | None] = column(REVIEW_MATTER, "Matter", "", group="Review", required=True, shown=True)
    record: Mapped[str | None] = column(Code(), "Table", "", group="Review", help="The table of the record.")
    target: Mapped[str | None] = column(
        Code(), "Record id", "", group="Review", index=True, help="The record it is about."
    )
    second: Mapped[str | None] = column(
        Code(), "Second record id", "", group="Review", index=True, help="The id of the other record of a pair."
    )
    field: Mapped[str | None] = column(Code(), "Field", "", group="Review", shown=True, help="The field's key.")
    standing: Mapped[str | None] = column(LongText(), "Stands", "", group="Review", help="The value that took effect.")
    standing_by: Mapped[str | None] = column(Text(), "Stands by", "", group="Review", shown=True)
    standing_at: Mapped[str | None] = column(Moment(), "Stands since", "", group="Review")
    standing_device: Mapped[str | None] = column(Text(), "Stands from", "", group="Review", help="The computer.")
    other: Mapped[str | None] = column(
        LongText(), "Other value", "", group="Review", help="The value that did not, or no longer, take effect."
    )
    other_by: Mapped[str | None] = column(Text(), "Other by", "", group="Review", shown=True)
    other_at: Mapped[str | None] = column(Moment(), "Other made", "", group="Review")
    other_device: Mapped[str | None] = column(Text(), "Other from", "", group="Review", help="The computer.")
    entry: Mapped[str | None] = column(Code(), "Entry", "", group="Review", help="The id of the entry that met it.")
    reason: Mapped[str | None] = column(Code(), "Reason", "", group="Review", help="Why it was refused: a code.")
    outcome: Mapped[str | None] = column(
        REVIEW_OUTCOME, "Outcome", "", group="Review", shown=True, merge=Merge.LATEST, help="Empty: still open."
    )
    settled_by: Mapped[str | None] = column(Text(), "Settled by", "", group="Review", shown=True, merge=Merge.LATEST)
    settled_at: Mapped[str | None] = column(Moment(), "Settled", "", group="Review", shown=True, merge=Merge.LATEST)
