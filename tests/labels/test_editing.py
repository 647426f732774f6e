"""Editing a design without a window: boxes stay on the label, twice is as once, the way back is exact."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.labels.arranging import Side, align, distribute, reorder, same_size
from models.labels.boxes import Box, FrameBox, RuleBox, SymbolBox, Template, TextBox
from models.labels.designs import Design, design_data, design_from, designs
from models.labels.editing import (
    LEAST,
    LEAST_RULE,
    Drawing,
    Handle,
    add,
    around,
    box_at,
    boxes_within,
    choose,
    choose_also,
    duplicate,
    move,
    place,
    remove,
    resize,
    resize_label,
)
from models.labels.history import History
from models.labels.shapes import Align
from models.labels.snapping import GRID, Guide, snap_move, snap_resize

ROUNDING = 0.002
sizes = st.floats(1, 60).map(lambda length: round(length, 3))
ways = st.floats(-200, 200)


def text(x: float, y: float, width: float, height: float) -> TextBox:
    return TextBox(x, y, width, height, Template("{tag}"), 8, 5, Align.LEFT, bold=False, mono=False)


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    """Designs with boxes that lie on the label, some of them chosen."""
    width, height = draw(sizes) + 10, draw(sizes) + 10
    boxes: list[Box] = []
    for _ in range(draw(st.integers(1, 6))):
        w, h = min(draw(sizes), width), min(draw(sizes), height)
        x, y = round(draw(st.floats(0, 1)) * (width - w), 3), round(draw(st.floats(0, 1)) * (height - h), 3)
        boxes.append(draw(st.sampled_from([text(x, y, w, h), RuleBox(x, y, w, h)])))
    chosen = draw(st.lists(st.sampled_from(range(len(boxes))), min_size=1, unique=True))
    return Drawing(Design("Made", "", width, height, tuple(boxes)), tuple(chosen))


def on_the_label(drawing: Drawing) -> bool:
    design = drawing.design
    return all(
        box.x >= -ROUNDING
        and box.y >= -ROUNDING
        and box.x + box.width <= design.width + ROUNDING
        and box.y + box.height <= design.height + ROUNDING
        for box in design.boxes
    )


DEEDS: dict[str, Callable[[Drawing], Drawing]] = {
    **{f"align {side}": (lambda drawing, side=side: align(drawing, side)) for side in Side},  # type: ignore[misc]
    "distribute across": lambda drawing: distribute(drawing, level=True),
    "distribute down": lambda drawing: distribute(drawing, level=False),
    "same width": lambda drawing: same_size(drawing, level=True),
    "same height": lambda drawing: same_size(drawing, level=False),
    "forward": lambda drawing: reorder(drawing, forward=True),
    "back": lambda drawing: reorder(drawing, forward=False),
    "duplicate": duplicate,
    "remove": remove,
}
ONCE = [name for name in DEEDS if name.split()[0] in ("align", "distribute", "same")]


@given(drawings(), ways, ways)
def test_moved_boxes_stay_on_the_label_and_together(drawing: Drawing, dx: float, dy: float) -> None:
    moved = move(drawing, dx, dy)
    assert on_the_label(moved)
    before, after = drawing.boxes, moved.boxes
    assert all((a.width, a.height) == (b.width, b.height) for a, b in zip(after, before, strict=True))
    for a, b in zip(after, before, strict=True):
        assert a.x - after[0].x == pytest.approx(b.x - before[0].x, abs=ROUNDING)
        assert a.y - after[0].y == pytest.approx(b.y - before[0].y, abs=ROUNDING)


@given(drawings(), st.sampled_from(Handle), ways, ways)
def test_a_handle_leaves_the_other_side_where_it_is(drawing: Drawing, handle: Handle, dx: float, dy: float) -> None:
    sized = resize(drawing, handle, dx, dy)
    old, new = drawing.frame, sized.frame
    assert old is not None
    assert new is not None
    assert on_the_label(sized)
    right, down = handle.value
    if right >= 0:
        assert new.x == pytest.approx(old.x, abs=ROUNDING)
    if right <= 0:
        assert new.x + new.width == pytest.approx(old.x + old.width, abs=ROUNDING)
    if down >= 0:
        assert new.y == pytest.approx(old.y, abs=ROUNDING)
    if down <= 0:
        assert new.y + new.height == pytest.approx(old.y + old.height, abs=ROUNDING)
    for box in sized.boxes:
        least = LEAST_RULE if isinstance(box, RuleBox) else LEAST
        assert min(box.width, box.height) >= least - ROUNDING


@given(drawings(), st.sampled_from(sorted(DEEDS)))
def test_every_deed_keeps_boxes_on_the_label_and_the_others_as_they_are(drawing: Drawing, name: str) -> None:
    made = DEEDS[name](drawing)
    assert on_the_label(made)
    others = [box for at, box in enumerate(drawing.design.boxes) if at not in drawing.chosen]
    assert all(box in made.design.boxes for box in others)
    assert all(0 <= index < len(made.design.boxes) for index in made.chosen)


@given(drawings(), st.sampled_from(ONCE))
def test_doing_it_again_changes_nothing(drawing: Drawing, name: str) -> None:
    once = DEEDS[name](drawing)
    assert DEEDS[name](once) == once


@given(drawings(), st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), ways, ways), max_size=12))
def test_undo_restores_exactly_and_redo_does_it_again(drawing: Drawing, steps: list[tuple[str, float, float]]) -> None:
    history = History(drawing)
    stood = [drawing]
    for name, dx, dy in steps:
        for deed in (DEEDS[name], lambda each, dx=dx, dy=dy: move(each, dx, dy)):
            made = deed(history.now)
            stood += [made] if history.do(made, name) else []
    last = history.now
    for before in reversed(stood[:-1]):
        history.undo()
        assert history.now.design == before.design
    assert history.undo_words == ""
    assert not history.changed
    while history.redo_words:
        history.redo()
    assert history.now.design == last.design


def test_steps_that_join_are_taken_back_at_once() -> None:
    history = History(Drawing(designs()[0], (0,)))
    for _ in range(5):
        history.do(move(history.now, 0.1, 0), "nudge", joins="nudge")
    assert history.changed
    assert history.undo_words == "nudge"
    history.undo()
    assert history.now.design == designs()[0]
    assert history.undo_words == ""
    history.redo()
    history.do(move(history.now, 0, 0.1), "nudge", joins="nudge")
    history.choose(choose(history.now, [1]))
    history.do(move(history.now, 0, 0.1), "nudge", joins="nudge")
    history.undo()
    assert history.undo_words == "nudge", "another box was chosen between: another step"


def test_what_was_kept_is_not_changed_and_choosing_is_no_step() -> None:
    history = History(Drawing(designs()[0]))
    history.choose(choose(history.now, [0]))
    assert not history.do(history.now, "nothing")
    assert not history.changed
    assert history.do(align(history.now, Side.TOP), "align")
    assert history.changed
    history.kept()
    assert not history.changed
    history.undo()
    assert history.changed


def test_choosing() -> None:
    design = designs()[0]
    drawing = choose_also(choose_also(Drawing(design), 1), 0)
    assert drawing.chosen == (1, 0)
    assert choose_also(drawing, 1).chosen == (0,)
    first = design.boxes[0]
    assert box_at(design, first.x + 1, first.y + 1, 0) == 0
    assert box_at(design, -5, -5, 0.5) is None
    on_top = replace(design, boxes=(*design.boxes, RuleBox(first.x, first.y, 10, 0.2)))
    assert box_at(on_top, first.x + 1, first.y + 0.4, 0.5) == len(design.boxes)
    assert boxes_within(design, around(design.boxes)) == (0, 1)
    assert boxes_within(design, Box(0, 0, 1, 1)) == ()


def test_one_box_is_aligned_with_the_label_and_several_with_each_other() -> None:
    design = Design("", "", 50, 20, (text(3, 2, 10, 4), text(30, 10, 6, 4)))
    alone = align(Drawing(design, (0,)), Side.RIGHT)
    assert alone.boxes[0].x == 40
    both = align(Drawing(design, (0, 1)), Side.MIDDLE)
    assert [box.y for box in both.boxes] == [6, 6]


def test_gaps_are_made_alike_and_sizes_those_of_the_last() -> None:
    design = Design("", "", 50, 20, (text(0, 0, 10, 2), text(12, 5, 5, 3), text(40, 9, 10, 4)))
    spread = distribute(Drawing(design, (2, 0, 1)), level=True)
    assert [box.x for box in spread.design.boxes] == [0, 22.5, 40]
    assert distribute(Drawing(design, (0, 1)), level=True) == Drawing(design, (0, 1))
    alike = same_size(Drawing(design, (1, 2)), level=True)
    assert alike.design.boxes[1].width == 10


def test_forward_and_back_is_the_order_of_painting() -> None:
    design = Design("", "", 50, 20, (text(0, 0, 1, 2), text(1, 0, 1, 2), text(2, 0, 1, 2)))
    forward = reorder(Drawing(design, (0,)), forward=True)
    assert [box.x for box in forward.design.boxes] == [1, 0, 2]
    assert forward.chosen == (1,)
    assert reorder(forward, forward=False) == Drawing(design, (0,))
    assert reorder(Drawing(design, (2, 1)), forward=True) == Drawing(design, (2, 1)), "they are foremost already"


def test_new_boxes_come_inside_and_are_chosen() -> None:
    drawing = add(Drawing(Design("", "", 20, 10, ())), [SymbolBox(15, 8, 10, 5, Template("{tag}"), "qr")])
    assert drawing.chosen == (0,)
    assert (drawing.boxes[0].x, drawing.boxes[0].y) == (10, 5)
    copied = duplicate(move(drawing, -9, -9))
    assert copied.chosen == (1,)
    assert (copied.boxes[0].x, copied.boxes[0].y) == (3, 2)


def test_what_is_drawn_can_be_kept() -> None:
    """The lines of a frame get thinner with it; what comes of any deed is read again as it is."""
    drawing = add(Drawing(Design("Mine", "", 30, 12, ())), [FrameBox(1, 1, 20, 8, 1.5)])
    small = resize(drawing, Handle.BOTTOM_RIGHT, -17.9, -6.9)
    frame = small.boxes[0]
    assert isinstance(frame, FrameBox)
    assert frame.line == 0.55
    for each in (drawing, small, duplicate(small), resize(small, Handle.LEFT, 0.333333, 0)):
        assert design_from(design_data(each.design)) == each.design


@given(drawings(), st.sampled_from(sorted(DEEDS)), st.sampled_from(Handle), ways, ways)
def test_whatever_is_done_can_be_kept_and_read_again(
    drawing: Drawing, name: str, handle: Handle, dx: float, dy: float
) -> None:
    made = resize(DEEDS[name](drawing), handle, dx, dy).design
    assert design_from(design_data(made)) == made


def test_a_place_is_typed() -> None:
    design = Design("", "", 20, 10, (text(0, 0, 4, 4),))
    placed = place(Drawing(design, (0,)), 3, 2, 50, 0)
    assert placed.frame == Box(0, 2, 20, LEAST)
    smaller = resize_label(placed, 10, 5.0004)
    assert (smaller.design.width, smaller.design.height) == (10, 5)
    assert smaller.boxes == placed.boxes


@pytest.mark.parametrize("deed", [lambda each: move(each, 1, 1), lambda each: align(each, Side.LEFT), duplicate])
def test_nothing_chosen_nothing_changed(deed: Callable[[Drawing], Drawing]) -> None:
    drawing = Drawing(designs()[0])
    assert deed(drawing).design == drawing.design


# Snapping


def test_a_box_snaps_to_the_label_and_to_other_boxes() -> None:
    design = Design("", "", 50, 20, (text(5, 5, 10, 4), text(30, 12, 6, 4)))
    drawing = Drawing(design, (1,))
    snap = snap_move(drawing, -24.8, -7.3, 0.4)
    assert (snap.dx, snap.dy) == (pytest.approx(-25), pytest.approx(-7))
    assert set(snap.guides) >= {Guide(True, 5), Guide(False, 5)}
    centre = snap_move(drawing, -8.1, 0.1, 0.4)
    assert centre.dx == pytest.approx(-8)
    assert Guide(True, 25) in centre.guides


def test_without_a_line_near_it_goes_to_the_grid_and_no_line_is_shown() -> None:
    design = Design("", "", 50, 20, (text(5, 5, 10, 4),))
    snap = snap_move(Drawing(design, (0,)), 2.13, 1.61, 0.1)
    assert (snap.dx, snap.dy) == (pytest.approx(2), pytest.approx(1.5))
    assert snap.guides == ()


def test_only_the_side_that_is_drawn_snaps() -> None:
    design = Design("", "", 50, 20, (text(5, 5, 10, 4),))
    snap = snap_resize(Drawing(design, (0,)), Handle.RIGHT, 34.8, 3, 0.4)
    assert (snap.dx, snap.dy) == (pytest.approx(35), 0)
    assert snap.guides == (Guide(True, 50),)


@given(drawings(), ways, ways, st.floats(0, 2))
def test_snapping_goes_no_further_than_it_may(drawing: Drawing, dx: float, dy: float, reach: float) -> None:
    snap = snap_move(drawing, dx, dy, reach)
    assert abs(snap.dx - dx) <= max(reach, GRID / 2) + 1e-6
    assert abs(snap.dy - dy) <= max(reach, GRID / 2) + 1e-6
