"""What tables mean: kinds of record, fields of columns, profiles, secrets."""
