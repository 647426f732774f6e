"""The command that fills an empty home with a believable city, or takes it out again."""

from argparse import Namespace

from desktop.console.session import DONE, SOME_REFUSED, Session, name_of
from desktop.phrases import count
from models.services.demo import fill_demo, remove_demo


def fill(session: Session, asked: Namespace) -> int:
    """Make the demo city, or take it out."""
    if asked.remove:
        return _remove(session)
    done = fill_demo(session.journal, assets=asked.assets, seed=asked.seed, progress=session.progress)
    session.result({"assets": asked.assets, "seed": asked.seed, "action": done.action, "records": done.new})
    session.tell(f"The city is there: {count(asked.assets, 'asset')}, {count(done.new, 'record')} in all.")
    return DONE


def _remove(session: Session) -> int:
    done = remove_demo(session.journal, session.progress)
    with session.database.reading() as connection:
        kept = [
            {"table": each.table, "id": each.row, "record": name_of(connection, each.table, each.row)}
            for each in done.kept
        ]
    session.result({"action": done.changes.action or None, "removed": done.changes.count, "kept": kept})
    session.tell(f"The demo city is gone: {count(done.changes.count, 'record')}.")
    if kept:
        session.tell(f"{count(len(kept), 'record')} of it stay, since yours refer to them.")
    return SOME_REFUSED if kept else DONE
