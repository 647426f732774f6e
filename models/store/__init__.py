"""Where it is kept: the local database, its schema's versions, its backups and its search index."""
