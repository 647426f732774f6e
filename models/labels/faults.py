"""What is wrong with a design while it is made: all of it at once, and the rest of the label nevertheless."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from models.fields.problem import KnownError, Problem, Severity
from models.labels.designs import Box, Design, SymbolBox, TextBox
from models.labels.layout import DPI, compose
from models.labels.shapes import Label, Shape
from models.labels.stocks import Stock

_FORGIVEN = 0.01


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a box (its place in the design), or with the design as a whole (None)."""

    index: int | None
    problem: Problem


@dataclass(frozen=True, slots=True)
class Draft:
    """A record's label as far as it can be made. `shapes` has what each box became, None for nothing."""

    label: Label
    shapes: tuple[Shape | None, ...]
    faults: tuple[Fault, ...]


def draft(design: Design, stock: Stock, record: Mapping[str, str], known: Container[str], *, dpi: int = DPI) -> Draft:
    """Make the label of a record as `compose` does, box by box. `known` are the keys of fields that there are."""
    faults: list[Fault] = []
    shapes: list[Shape | None] = []
    if not design.fits_size(stock):
        faults.append(Fault(None, Problem("design.too-large", design.name, details=_sizes(design, stock))))
    for index, box in enumerate(design.boxes):
        problems = _problems(box, design, known)
        shape: Shape | None = None
        try:
            made = compose(replace(design, boxes=(box,)), stock, record, dpi=dpi).shapes
            shape = made[0] if made else None
        except KnownError as error:
            problems.append(error.problem)
        shapes.append(shape)
        faults += [Fault(index, problem) for problem in problems]
    label = Label(tuple(shape for shape in shapes if shape is not None), stock.width, stock.height)
    return Draft(label, tuple(shapes), tuple(faults))


def _problems(box: Box, design: Design, known: Container[str]) -> list[Problem]:
    """What is wrong with a box for every record."""
    found: list[Problem] = []
    outside = max(-box.x, -box.y, box.x + box.width - design.width, box.y + box.height - design.height)
    if outside > _FORGIVEN:
        found.append(Problem("design.outside", details={"by": f"{outside:.1f} mm"}))
    if isinstance(box, (TextBox, SymbolBox)):
        found += [Problem("design.unknown-field", key) for key in box.template.fields() if key not in known]
        if not box.template.text.strip():
            found.append(Problem("design.no-text", severity=Severity.WARNING))
    return found


def _sizes(design: Design, stock: Stock) -> dict[str, str]:
    return {
        "stock": stock.name,
        "room": f"{stock.width:.1f} × {stock.height:.1f} mm",
        "needs": f"{design.width:.1f} × {design.height:.1f} mm",
    }
