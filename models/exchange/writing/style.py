"""How the sheets look that Muster writes: the same by both writers of .xlsx."""

FILL = "DCE6F1"
"""Behind a heading."""
NEEDED = "F8D9A8"
"""Behind the heading of a column that each row needs (openpyxl alone: the fast writer has one format for headings)."""
LINE = "8EA9C8"
"""Below the headings."""
WARNING = "FFE699"
"""Behind a cell that has a note of what is wrong with it."""
LISTS = "Lists"
"""The hidden sheet of the words that cells are offered."""
NOTE_WIDTH, NOTE_LINE, NOTE_LETTERS = 280, 18, 40
"""A note's width and the height of its lines, in pixels, and how many letters stand on one."""
TEXT_WIDTH = (34, 22, 12, 60)
"""The widths of a page to read, in letters."""
