"""What is wrong with a design while it is made: all of it at once, and the rest of the label nevertheless."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from models.fields.problem import KnownError, Problem, Severity
from models.labels.boxes import Box, SymbolBox, TextBox
from models.labels.designs import Design
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
    """A record's label as far as it can be made. `shapes` has what each box became: nothing, or some shapes."""

    label: Label
    shapes: tuple[tuple[Shape, ...], ...]
    faults: tuple[Fault, ...]


def draft(design: Design, stock: Stock, record: Mapping[str, str], known: Container[str], *, dpi: int = DPI) -> Draft:
    """Make the label of a record as `compose` does, box by box. `known` are the keys of fields that there are."""
    stock = stock.cut_to(design)
    faults: list[Fault] = []
    shapes: list[tuple[Shape, ...]] = []
    if not design.fits_size(stock):
        faults.append(Fault(None, Problem("design.too-large", design.name, details=_sizes(design, stock))))
    for index, box in enumerate(design.boxes):
        problems = _problems(box, design, known)
        if not problems and design.fits_size(stock) and not design.reached(box, stock):
            problems.append(Problem("design.unreachable", details=_margins(stock)))
        try:
            shapes.append(compose(replace(design, boxes=(box,)), stock, record, dpi=dpi).shapes)
        except KnownError as error:
            shapes.append(())
            problems.append(error.problem)
        faults += [Fault(index, problem) for problem in problems]
    label = Label(tuple(shape for made in shapes for shape in made), stock.width, stock.height)
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


def _margins(stock: Stock) -> dict[str, str]:
    return {"stock": stock.name, "across": f"{stock.margin_x:.1f}", "down": f"{stock.margin_y:.1f}"}
