"""What is kept: one file per family of records, each column with its Field."""
