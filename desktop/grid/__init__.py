"""The table: a model over the query's window of ids, its view, headers, filters, saved views and clipboard."""
