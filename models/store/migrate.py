"""The schema's versions: a new database is made, an older one brought up to date, a newer one refused."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from models.fields.problem import DatabaseError

if TYPE_CHECKING:
    from models.store.database import Database

#: The newest revision that this program knows; a test holds it to the migrations.
HEAD = "0004"

_SCRIPTS = Path(__file__).with_name("migrations")


def bring_up_to_date(database: "Database") -> None:
    """Make or upgrade the database's schema. Raises DatabaseError("database.newer", "database.not-muster")."""
    with database.reading() as connection:
        found = _revision(connection, database.home.database)
    if found == HEAD:
        return
    _upgrade(database)


def _revision(connection: Connection, path: Path) -> str | None:
    """The schema's revision; None for an empty file. Raises DatabaseError for the database of another program."""
    tables = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    if not tables:
        return None
    # Alembic serves other programs, too; the journal is ours.
    if not {"alembic_version", "action", "entry"} <= tables:
        raise DatabaseError("database.not-muster", str(path))
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()


def _upgrade(database: "Database") -> None:
    # Alembic costs a quarter of a second to import, and most starts need nothing of it.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    with database.writing() as connection:
        # Asked again under the lock: another process may have been quicker.
        found = _revision(connection, database.home.database)
        if found is not None and found not in known:
            raise DatabaseError("database.newer", str(database.home.database), revision=found)
        if found != HEAD:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
