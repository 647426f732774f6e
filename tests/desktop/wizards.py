"""What the tests of the import wizard share."""

RADIOS = """Radio inventory 2026
Tag,Radio ID,Alias,Model,Serial No.,Assigned To,Location,Status
R-005101,4801,ENG 7 SPR,APX 8000,672CZA0007,T. Nakagawa,Engine 7,Active
R-004470,4778,ENG 7 FF1,APX 8000,672CYX0118,R. Quill,Engine 7,In repair
R-004471,4779,ENG 7 DRV,APX 8000,672CYX0119,T. Nakagawa,Engine 7,In service
R-005102,4802,,APX 8000,6.72E+14,M. Sandoval,Engine 7,Active
"""


def section(wizard, key):
    """The place of a field's column in the table of the plan."""
    return next(at for at, column in enumerate(wizard.pages.rows.model.columns) if column.field.key == key) + 2


def calm(qtbot, wizard):
    """Wait until the plan that follows from what was said is there."""
    qtbot.waitUntil(lambda: not wizard.busy and not wizard._desk.jobs.busy, timeout=20000)


def column_of(wizard, heading):
    """The column of the mapping with that heading."""
    return next(column for column in wizard.pages.mapping.model.columns if column.heading == heading)
