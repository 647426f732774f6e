"""The journal's own tables, and what this device knows of itself."""

from sqlalchemy import BigInteger, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.columns import Base


class Action(Base):
    """A deed: one person on one device, one step of undo. Its entries share author, device and stamp."""

    __tablename__ = "action"

    nr: Mapped[int] = mapped_column(Integer, primary_key=True, comment="local number; entries point to it")
    id: Mapped[str] = mapped_column(Text, unique=True, comment="UUID version 7")
    title: Mapped[str] = mapped_column(Text, comment="what people read: Import laptops.xlsx")
    source: Mapped[str | None] = mapped_column(Text, comment="the file or the place that it came from")
    author: Mapped[str] = mapped_column(Text)
    device: Mapped[str] = mapped_column(Text, comment="the device's name as it was")
    stamp: Mapped[int] = mapped_column(BigInteger, comment="hybrid logical clock: milliseconds << 16 | counter")
    undoes: Mapped[str | None] = mapped_column(Text, index=True, comment="the action that this one takes back")
    count: Mapped[int] = mapped_column(Integer, default=0, comment="entries")
    details: Mapped[str | None] = mapped_column(Text, comment="JSON: fingerprint and counts of an import …")
    login: Mapped[str | None] = mapped_column(Text, comment="who sent it, as the shared database authenticated them")
    device_id: Mapped[str | None] = mapped_column(Text, comment="the device's UUID; null for this device's own deeds")
    claim: Mapped[int | None] = mapped_column(BigInteger, comment="the stamp as made, where it was stamped down")


class Entry(Base):
    """One row's change. See models/journal/entry.py for what its parts mean."""

    __tablename__ = "entry"

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, comment="local order")
    id: Mapped[str] = mapped_column(Text, unique=True, comment="UUID version 7; sent twice, it takes effect once")
    action: Mapped[int] = mapped_column(ForeignKey("action.nr", deferrable=True, initially="DEFERRED"), index=True)
    tbl: Mapped[str] = mapped_column(Text)
    row: Mapped[str] = mapped_column(Text, index=True)
    patch: Mapped[str] = mapped_column(Text, comment="JSON: field -> canonical text after, null to clear")
    base: Mapped[str | None] = mapped_column(Text, comment="JSON: field -> before; null for a new row")
    position: Mapped[int | None] = mapped_column(BigInteger, comment="place in the shared order; null until accepted")
    lost: Mapped[str | None] = mapped_column(Text, comment="JSON list of fields that did not take effect")
    refused: Mapped[str | None] = mapped_column(
        Text, comment="why the shared database did not take it, a code; it then has no position and no effect"
    )


class Local(Base):
    """What only this device knows: its identity, its clock. Never sent, never journalled."""

    __tablename__ = "local"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text)
