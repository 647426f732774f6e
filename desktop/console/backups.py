"""Commands for the whole of the data: backup, restore."""

from argparse import Namespace
from pathlib import Path

from desktop.console.session import DONE, Session
from models.store.backup import backup, restore


def keep(session: Session, asked: Namespace) -> int:
    """Copy everything into one file."""
    size = backup(session.database, Path(asked.file), session.progress)
    session.result({"file": asked.file, "bytes": size})
    session.tell(f"Everything was copied to {asked.file} ({size / 1e6:,.1f} MB).")
    return DONE


def bring_back(session: Session, asked: Namespace) -> int:
    """Put a backup in the place of the present database."""
    done = restore(session.home, Path(asked.file), session.progress)
    session.result({"file": asked.file, "kept": str(done.kept) if done.kept else None})
    session.tell(f"{asked.file} was restored.")
    if done.kept:
        session.tell(f"What was there before is kept in {done.kept}.")
    return DONE
