"""Sentences about the database, its backups and its check."""

SENTENCES: dict[str, str] = {
    "database.busy": "Another program is writing to the records. Try again in a moment.",
    "database.full": "The disk is full. Nothing was written and nothing is lost. Make room, then try again.",
    "database.read-only": "The records cannot be written: you may only read {value}.",
    "database.cannot-open": "{value} cannot be opened. Look whether you may read and write its folder.",
    "database.not-a-database": "{value} is not a database of Muster.",
    "database.not-muster": "{value} is a database of another program.",
    "database.search-damaged": "The search index is damaged: {value}. Nothing of your records is lost. "
    "Close and start Muster again: it makes the index anew.",
    "database.damaged": "The database is damaged: {value}. Restore the last backup.",
    "database.disk-error": "The disk reported a fault at {value}. Copy the folder to another disk, then try again.",
    "database.network-share": (
        "{value} is on a network share, where records can be lost. Choose a folder on this computer."
    ),
    "database.newer": "These records were written by a newer Muster. Install that one to open them.",
    "database.no-folder": "The folder {value} cannot be made: {reason}.",
    "backup.cannot-write": "The backup {value} cannot be written: {reason}.",
    "backup.cannot-read": "The backup {value} cannot be read: {reason}.",
    "backup.damaged": "The backup {value} is damaged. Use another one.",
    "backup.itself": "{value} is the database itself. Choose another name for the backup.",
    "backup.missing": "There is no file {value}.",
    "backup.newer": "The backup {value} was written by a newer Muster. Install that one to restore it.",
    "backup.not-a-backup": "{value} is not a backup of Muster.",
    "check.file": "The database file has a fault: {value}.",
    "check.foreign-key": "A record of {value} refers to one in {target} that is not there.",
    "check.dangling": "In {table}, record {value} refers to one in {target} that was deleted.",
    "check.row-unequal": "In {table}, record {value} is not what its history says: {fields}.",
    "check.row-unknown": "In {table}, record {value} has no history.",
    "check.row-missing": "In {table}, record {value} is missing, though its history is there.",
    "check.index": "The search index of {value} is out of step: {wrong} wrong, {stray} too many.",
    "check.shared": "{label} {value} is on {count} records: {records}.",
}
