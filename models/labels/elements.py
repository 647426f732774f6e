"""New boxes for a design, in a size that suits its label, in its middle."""

from models.labels.boxes import Box, FrameBox, PictureBox, RuleBox, SymbolBox, Template, TextBox
from models.labels.designs import Design
from models.labels.picture import picture_size

_NAMING = {"location": "{code|name}", "person": "{employee_number|username|name}"}
_TAG = "{tag|serial}"
_POINTS_PER_MM = 72 / 25.4
_EDGE = 1.0
_LEAST = 0.1


def new_text(design: Design) -> TextBox:
    """A line of text, to be written."""
    height = min(4.0, design.height / 2)
    at = _middle(design, design.width * 0.6, height)
    size = max(4.0, round(height * _POINTS_PER_MM * 0.7))
    return TextBox(at.x, at.y, at.width, at.height, Template("Text"), size, min(size, 5.0))


def new_symbol(design: Design, symbology: str = "code128") -> SymbolBox:
    """A symbol of what names the record: its tag, a place's code."""
    at = _middle(design, design.width * 0.9, design.height * 0.4)
    return SymbolBox(at.x, at.y, at.width, at.height, Template(_NAMING.get("".join(design.kinds[:1]), _TAG)), symbology)


def new_rule(design: Design) -> RuleBox:
    """A level rule."""
    at = _middle(design, design.width * 0.9, 0.2)
    return RuleBox(at.x, at.y, at.width, at.height)


def new_frame(design: Design) -> FrameBox:
    """An outline around all of the label."""
    at = _middle(design, design.width - 2 * _EDGE, design.height - 2 * _EDGE)
    return FrameBox(at.x, at.y, at.width, at.height)


def new_picture(data: bytes, design: Design) -> PictureBox:
    """A picture in its own proportions. Raises UsageError (label.picture-…)."""
    wide, high = picture_size(data)
    scale = min(design.width * 0.4 / wide, design.height * 0.6 / high)
    at = _middle(design, wide * scale, high * scale)
    return PictureBox(at.x, at.y, at.width, at.height, data)


def _middle(design: Design, width: float, height: float) -> Box:
    width, height = max(_LEAST, round(width, 1)), max(_LEAST, round(height, 1))
    return Box(round((design.width - width) / 2, 1), round((design.height - height) / 2, 1), width, height)
