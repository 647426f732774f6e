"""How it is found: typed text to a query tree to SQL, the id window under the grid, and names of records."""
