"""The folder that holds one local database with its settings, backups and logs."""

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from models.fields.problem import DatabaseError

#: The search index's file, beside the database.
SEARCH_FILE = "search.db"


@dataclass(frozen=True, slots=True)
class Home:
    """One folder, one city's register on this machine."""

    path: Path

    @classmethod
    def default(cls) -> "Home":
        """The folder that MUSTER_HOME names, else the platform's folder for application data."""
        named = os.environ.get("MUSTER_HOME")
        return cls(Path(named) if named else user_data_path("Muster", appauthor=False))

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.path / "muster.db"

    @property
    def search(self) -> Path:
        """The search index, which can be made anew from the database."""
        return self.path / SEARCH_FILE

    @property
    def settings(self) -> Path:
        """The settings of this machine, JSON."""
        return self.path / "settings.json"

    @property
    def logs(self) -> Path:
        """Crash reports and logs."""
        return self.path / "logs"

    @property
    def backups(self) -> Path:
        """Backups that Muster makes by itself."""
        return self.path / "backups"

    def make(self) -> None:
        """Make the folder where it is not there yet. Raises DatabaseError."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseError("database.no-folder", str(self.path), reason=error.strerror or str(error)) from error
