"""Tag numbers: how they are written, who may give which, and which are never given again."""

from sqlalchemy.orm import Mapped

from models.fields.kinds import Code, Ref, Tag, Text, Whole
from models.schema.choices import TAG_CHECK, TAG_RECORD, TAG_USE
from models.schema.columns import Record, column


class TagScheme(Record):
    """How the tags of a kind of asset, or of a department, are written: R-004471 is prefix "R-" and six digits."""

    __tablename__ = "tag_scheme"

    name: Mapped[str | None] = column(
        Text(), "Name", "scheme", group="Tags", required=True, search=True, shown=True, index=True
    )
    prefix: Mapped[str | None] = column(Tag(), "Prefix", "", group="Tags", shown=True, help="R- in R-004471.")
    width: Mapped[int | None] = column(
        Whole(), "Digits", "width", group="Tags", shown=True, help="With zeros in front: 6 in R-004471."
    )
    check_character: Mapped[str | None] = column(
        TAG_CHECK,
        "Check character",
        "check; check digit",
        group="Tags",
        shown=True,
        help="By ISO 7064, at the end: a mistyped tag is known as one.",
    )
    first: Mapped[int | None] = column(Whole(), "First number", "first; start", group="Tags", help="1 unless told.")
    record: Mapped[str | None] = column(
        TAG_RECORD, "For", "kind; kind of record", group="Tags", shown=True, help="Empty: for assets of any kind."
    )
    department: Mapped[str | None] = column(
        Ref("department"), "Department", "dept", group="Tags", shown=True, help="Empty: for all departments."
    )


class TagBlock(Record):
    """A range of a scheme's numbers, both ends in it: set aside for one device, or printed on a roll by a maker."""

    __tablename__ = "tag_block"

    name: Mapped[str | None] = column(Text(), "Name", "block; roll", group="Range", shown=True, index=True)
    scheme: Mapped[str | None] = column(
        Ref("tag_scheme"), "Scheme", "tag scheme", group="Range", required=True, shown=True
    )
    use: Mapped[str | None] = column(TAG_USE, "Use", "", group="Range", required=True, shown=True)
    first: Mapped[int | None] = column(Whole(), "From number", "first; from", group="Range", required=True, shown=True)
    last: Mapped[int | None] = column(Whole(), "To number", "last; to", group="Range", required=True, shown=True)
    device: Mapped[str | None] = column(
        Code(), "Device", "", group="Range", help="The identity of the computer that gives these numbers."
    )
    holder: Mapped[str | None] = column(
        Text(),
        "Held by",
        "device name; where",
        group="Range",
        shown=True,
        help="The computer's name; where the roll is.",
    )


class VoidTag(Record):
    """A tag that is never given again: spoilt, lost, peeled off, or of a record that was made by mistake."""

    __tablename__ = "void_tag"

    tag: Mapped[str | None] = column(
        Tag(), "Tag", "asset tag; number", group="Tag", required=True, search=True, shown=True, index=True
    )
    reason: Mapped[str | None] = column(Text(), "Reason", "why", group="Tag", search=True, shown=True)
    asset: Mapped[str | None] = column(
        Ref("asset", memory=True),
        "Was on",
        "asset",
        group="Tag",
        shown=True,
        help="The record that had it, if one did.",
    )
