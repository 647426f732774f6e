"""Files that are not code: icons, theme, label stocks and designs. `importlib.resources` reads them from here."""
