"""The label designer: with something chosen, with faults, with several chosen, zoomed, and without records."""

from dataclasses import replace

from desktop.designer import DesignerDialog
from models.labels.arranging import Side, align
from models.labels.boxes import FrameBox, PictureBox, SymbolBox, Template
from models.labels.designs import find_design
from models.labels.editing import Drawing
from models.labels.stocks import find_stock
from models.printers.request import LabelFor

RECORDS = [
    LabelFor(
        "asset",
        str(number),
        {
            "tag": f"R-00{number}",
            "alias": f"ENG 7 FF{number % 7}",
            "unit_id": str(4770 + number % 100),
            "serial": f"672CYX{number}",
            "model": "APX 8000",
            "manufacturer": "Motorola",
        },
    )
    for number in range(4468, 4480)
]


def take(photographer):
    """Take the pictures."""
    window, desk = photographer.window, photographer.application.desk
    stock = find_stock("5160")
    design = find_design("Radio", stock)
    made = DesignerDialog(desk, design, stock, RECORDS, window)
    made.show()
    photographer.take(made, "designer")
    made.session.choose(0)
    photographer.take(made, "designer-text")
    made.session.choose(2)
    photographer.take(made, "designer-symbol")
    made.session.choose(0, 3, 5)
    photographer.take(made, "designer-several")
    made.canvas.zoom_to(4)
    photographer.take(made, "designer-zoomed")
    made.hide()
    made.deleteLater()
    boxes = (
        *design.boxes,
        SymbolBox(48, 8, 12, 9, Template("{tagg|serial}"), "code128"),
        FrameBox(1, 1, 64, 23, 0.3),
        replace(design.boxes[0], x=2, y=8, width=12, height=3, template=Template("{alias} of the Fire Department")),
    )
    faulty = DesignerDialog(desk, replace(design, name="Mine", boxes=boxes), stock, RECORDS, window)
    faulty.session.do(align(Drawing(faulty.session.shown.design, (0,)), Side.RIGHT), "align right")
    faulty.session.choose(len(boxes) - 3)
    faulty.show()
    photographer.take(faulty, "designer-faults")
    faulty.hide()
    faulty.deleteLater()
    roll = find_stock("DYMO 30252")
    rolled = DesignerDialog(
        desk, replace(design, boxes=(*design.boxes, PictureBox(50, 16, 12, 8, of="Logo"))), roll, RECORDS, window
    )
    rolled.show()
    photographer.take(rolled, "designer-roll")
    rolled.hide()
    rolled.deleteLater()
    empty = DesignerDialog(desk, replace(design, name="", boxes=()), find_stock("5163"), [], window)
    empty.show()
    photographer.take(empty, "designer-empty")
    empty.hide()
    empty.deleteLater()
