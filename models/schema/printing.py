"""The print queue's own tables: what this machine has still to print. Never sent, never journalled."""

from sqlalchemy import Float, ForeignKey, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.schema.columns import Base


class PrintJob(Base):
    """What was asked to be printed at once, on one printer. See models/printers/queue.py for what its parts mean."""

    __tablename__ = "print_job"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    made: Mapped[str] = mapped_column(Text, comment="when, UTC, ISO 8601")
    title: Mapped[str] = mapped_column(Text, comment="what people read: 12 labels, Tag on Zebra 2 × 1 in")
    author: Mapped[str] = mapped_column(Text)
    printer: Mapped[str] = mapped_column(Text, comment="its name in the settings, or the system's")
    request: Mapped[str] = mapped_column(Text, comment="JSON: stock, design, records, copies, start")
    state: Mapped[str] = mapped_column(Text, index=True, comment="see JobState")
    problem: Mapped[str | None] = mapped_column(Text, comment="JSON: why it waits")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    due: Mapped[float] = mapped_column(Float, default=0.0, comment="not before; seconds since 1970")


class PrintPiece(Base):
    """What the printer takes or does not take as a whole: a label, or all sheets of a job for the system's printers."""

    __tablename__ = "print_piece"

    job: Mapped[int] = mapped_column(ForeignKey("print_job.id"), primary_key=True)
    nr: Mapped[int] = mapped_column(Integer, primary_key=True, comment="order within the job, from 0")
    labels: Mapped[str] = mapped_column(Text, comment="JSON: [table, row, copies] of each label in it")
    payload: Mapped[bytes | None] = mapped_column(LargeBinary, comment="what the printer is sent; null: painted then")
    state: Mapped[str] = mapped_column(Text, comment="see PieceState")
    stamped: Mapped[int] = mapped_column(Integer, default=0, comment="1: its labels are stamped as printed")
