"""Stocks and designs as data: they come back as they went, and what is wrong with them is told with what to do."""

import base64
import contextlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.fields.problem import UsageError
from models.journal.entry import Edit
from models.journal.undo import undo
from models.journal.writer import Journal
from models.labels.designs import (
    Design,
    FrameBox,
    PictureBox,
    RuleBox,
    SymbolBox,
    Template,
    TextBox,
    design_data,
    design_from,
    designs,
)
from models.labels.layout import compose
from models.labels.own import (
    all_designs,
    all_stocks,
    keep_design,
    keep_stock,
    own_designs,
    own_stocks,
    remove_design,
    remove_stock,
    unreadable,
)
from models.labels.shapes import Align, Line, Picture
from models.labels.stocks import Stock, find_stock, stock_data, stock_from, stocks
from models.labels.symbols import SYMBOLOGIES
from models.store.database import Database
from models.store.home import Home
from tests.labels.pictures import png

LOGO = png(40, 20)
_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Z")), min_size=1, max_size=20)
_LENGTHS = st.floats(1, 40).map(lambda length: round(length, 3))


@st.composite
def _boxes(draw: st.DrawFn) -> object:
    x, y, width, height = (draw(_LENGTHS) for _ in range(4))
    at = (x, y, width, height)
    text = Template(draw(_WORDS))
    size = draw(st.floats(5, 40))
    return draw(
        st.sampled_from(
            [
                SymbolBox(*at, text, draw(st.sampled_from(sorted(SYMBOLOGIES)))),
                TextBox(*at, text, size, size / 2, draw(st.sampled_from(Align)), draw(st.booleans())),
                PictureBox(*at, LOGO),
                PictureBox(*at, of=text.text),
                RuleBox(*at),
                FrameBox(*at, 0.3),
            ]
        )
    )


@given(_WORDS, _WORDS, st.lists(_boxes(), max_size=6), st.lists(st.just("radio"), max_size=1))
def test_a_design_comes_back_as_it_went(name: str, about: str, boxes: list[RuleBox], kinds: list[str]) -> None:
    design = Design(name, about, 90.0, 81.5, tuple(boxes), tuple(kinds))
    assert design_from(json.loads(json.dumps(design_data(design)))) == design


@pytest.mark.parametrize("design", designs(), ids=lambda design: design.name)
def test_shipped_designs_come_back(design: Design) -> None:
    assert design_from(design_data(design)) == design


@pytest.mark.parametrize("stock", stocks(), ids=lambda stock: stock.name)
def test_shipped_stocks_come_back(stock: Stock) -> None:
    assert stock_from(json.loads(json.dumps(stock_data(stock)))) == stock


SHEET = {
    "name": "Own sheet",
    "unit": "mm",
    "page": "a4",
    "label": [60, 30],
    "grid": [3, 8],
    "first": [10, 10],
    "pitch": [63, 33],
}


@given(
    st.tuples(st.floats(5, 60), st.floats(5, 30)),
    st.tuples(st.integers(1, 3), st.integers(1, 8)),
    st.tuples(st.floats(0, 24), st.floats(0, 30)),
)
def test_own_sheets_come_back(label: tuple[float, float], grid: tuple[int, int], first: tuple[float, float]) -> None:
    stock = stock_from({**SHEET, "label": list(label), "grid": list(grid), "first": list(first)})
    assert (stock.width, stock.per_sheet) == (label[0], grid[0] * grid[1])
    assert stock_from(stock_data(stock)) == stock


@given(st.floats(5, 110), st.tuples(st.floats(0, 2), st.floats(0, 2)), st.floats(10, 90), st.floats(8, 60))
def test_a_strip_is_cut_to_the_design(tape: float, margin: tuple[float, float], width: float, height: float) -> None:
    stock = stock_from({"name": "Strip", "tape": tape, "margin": list(margin), "media": "t"})
    assert stock.roll
    assert stock.continuous
    cut = stock.cut_to(Design("D", "", width, height, ()))
    assert cut.tape == tape
    assert cut.fed[1] == max(25.4, (width if cut.turned else height) + 2 * margin[1])
    assert cut.turned == (width > tape + 0.1)
    assert (cut.margin_y if cut.turned else cut.margin_x) == margin[0]
    assert cut.cut_to(Design("D", "", width, height, ())) == cut
    assert stock_from(stock_data(cut)) == stock


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": ""}, "label.data-text"),
        ({"name": "x" * 81}, "label.data-text"),
        ({"unit": "cm"}, "label.data-word"),
        ({"page": "a0"}, "label.data-word"),
        ({"page": [210]}, "label.data-numbers"),
        ({"label": [0, 30]}, "label.data-numbers"),
        ({"label": [60, 1e9]}, "label.data-numbers"),
        ({"label": ["60", 30]}, "label.data-numbers"),
        ({"label": [True, 30]}, "label.data-numbers"),
        ({"label": [60, float("nan")]}, "label.data-numbers"),
        ({"grid": [3, 100000]}, "label.data-numbers"),
        ({"grid": [3, 9]}, "label.labels-off-page"),
        ({"first": [30, 10]}, "label.labels-off-page"),
        ({"pitch": [50, 33]}, "label.labels-overlap"),
        ({"margin": [20, 15]}, "label.data-numbers"),
        ({"also": "5160"}, "label.data-list"),
    ],
)
def test_a_stock_that_cannot_be_is_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(UsageError) as error:
        stock_from({**SHEET, **change})
    assert error.value.problem.code == code


DESIGN = {"name": "Own", "size": [60, 30], "boxes": [{"symbol": "{tag}", "at": [2, 2, 50, 10]}]}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"size": [60]}, "label.data-numbers"),
        ({"size": [60, 4]}, "label.data-numbers"),
        ({"boxes": {}}, "label.data-list"),
        ({"boxes": [1]}, "label.data-object"),
        ({"boxes": [{"symbol": "{tag}", "at": [20, 2, 50, 10]}]}, "label.box-off-design"),
        ({"boxes": [{"symbol": "{tag}", "at": [2, 2, 0, 10]}]}, "label.box-off-design"),
        ({"boxes": [{"symbol": "{tag}", "at": [2, 2, 50, 10], "as": "aztec"}]}, "label.data-word"),
        ({"boxes": [{"text": "{tag}", "at": [2, 2, 50, 10], "size": 999}]}, "label.data-number"),
        ({"boxes": [{"text": "{tag}", "at": [2, 2, 50, 10], "size": 9, "align": "up"}]}, "label.data-word"),
        ({"boxes": [{"picture": "no base64", "at": [2, 2, 50, 10]}]}, "label.picture-unreadable"),
        (
            {"boxes": [{"picture": base64.b64encode(b"GIF89a").decode(), "at": [2, 2, 9, 9]}]},
            "label.picture-unreadable",
        ),
        (
            {"boxes": [{"picture": base64.b64encode(png(1, 9)[:20]).decode(), "at": [2, 2, 9, 9]}]},
            "label.picture-unreadable",
        ),
        ({"boxes": [{"at": [2, 2, 50, 10]}]}, "label.box-unknown"),
    ],
)
def test_a_design_that_cannot_be_is_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(UsageError) as error:
        design_from({**DESIGN, **change})
    assert error.value.problem.code == code


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ["name", "size", "boxes", "at", "symbol", "text", "picture", "label", "tape", "page", "unit"]
                ),
                inner,
            )
        ),
    )
)
def test_anything_else_is_refused_in_words(data: object) -> None:
    for read in (stock_from, design_from):
        with contextlib.suppress(UsageError):
            read(data)


def test_a_picture_that_claims_to_be_huge_is_refused() -> None:
    huge = png(1, 1)[:16] + (100_000).to_bytes(4, "big") * 2 + png(1, 1)[24:]
    box = {"picture": base64.b64encode(huge).decode(), "at": [2, 2, 9, 9]}
    with pytest.raises(UsageError) as error:
        design_from({**DESIGN, "boxes": [box]})
    assert error.value.problem.code == "label.picture-large"


def test_a_picture_keeps_its_proportions_and_a_frame_is_four_rules() -> None:
    stock = stock_from({"name": "Roll", "label": [60, 30]})
    design = Design(
        "D", "", 60, 30, (PictureBox(10, 5, 40, 10, LOGO), FrameBox(0, 0, 60, 30, 0.5), PictureBox(0, 0, 9, 9))
    )
    picture, *frame = compose(design, stock, {}).shapes
    assert isinstance(picture, Picture)
    assert (picture.x, picture.y, picture.width, picture.height) == (20, 5, 20, 10)
    assert len([line for line in frame if isinstance(line, Line)]) == 4


# -- records


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    database = Database.open(Home(tmp_path))
    yield Journal(database, "Tess")
    database.close()


def test_own_stocks_and_designs_are_kept_changed_removed_and_undone(journal: Journal) -> None:
    stock, design = stock_from(SHEET), design_from(DESIGN)
    keep_stock(journal, stock)
    kept = keep_design(journal, design)
    with journal.database.reading() as connection:
        assert own_stocks(connection) == (stock,)
        assert all_stocks(connection) == (*stocks(), stock)
        assert find_stock("own SHEET", all_stocks(connection)) == stock
        assert all_designs(connection)[-1] == design
    renamed = design_from({**DESIGN, "name": "Renamed"})
    keep_design(journal, renamed, "Own")
    with journal.database.reading() as connection:
        assert own_designs(connection) == (renamed,)
    assert kept.title == "Save the label design Own"
    remove_design(journal, "renamed")
    gone = remove_stock(journal, "Own sheet")
    with journal.database.reading() as connection:
        assert own_designs(connection) == ()
        assert own_stocks(connection) == ()
    assert gone.action is not None
    undo(journal, gone.action)
    with journal.database.reading() as connection:
        assert own_stocks(connection) == (stock,)
    with pytest.raises(UsageError) as error:
        remove_stock(journal, "Avery 5160")
    assert error.value.problem.code == "label.not-own-stock"


def test_an_own_design_stands_in_the_place_of_a_shipped_one(journal: Journal) -> None:
    keep_design(journal, design_from({**DESIGN, "name": "TAG"}))
    with journal.database.reading() as connection:
        names = [design.name for design in all_designs(connection)]
    assert names == ["TAG", *(design.name for design in designs()[1:])]


def test_what_cannot_be_read_is_passed_over_and_told(journal: Journal) -> None:
    keep_design(journal, design_from(DESIGN))
    keep_stock(journal, stock_from(SHEET))
    bad = [("1", None), ("2", "{"), ("3", "[1]"), ("4", '{"size": [1, 2]}'), ("5", "[" * 100_000)]
    edits = [
        Edit(
            "label_design",
            f"00000000-0000-4000-8000-00000000000{name}",
            {"name": name, "data": data} if data else {"name": name},
            new=True,
        )
        for name, data in bad
    ]
    journal.write("Spoil", edits)
    with journal.database.reading() as connection:
        assert [design.name for design in own_designs(connection)] == ["Own"]
        assert [problem.value for problem in unreadable(connection)] == ["1", "2", "3", "4", "5"]


def test_the_logo_comes_from_the_own_design_of_that_name(journal: Journal) -> None:
    place = {"picture_of": "Logo", "at": [2, 14, 10, 10]}
    keep_design(journal, design_from({**DESIGN, "boxes": [place]}))
    with journal.database.reading() as connection:
        assert all_designs(connection)[-1].boxes == (PictureBox(2, 14, 10, 10, of="Logo"),)
    logo = {"picture": base64.b64encode(LOGO).decode(), "at": [0, 0, 20, 10]}
    keep_design(journal, design_from({"name": "Logo", "size": [20, 10], "boxes": [logo]}))
    with journal.database.reading() as connection:
        found = next(design for design in all_designs(connection) if design.name == "Own")
    assert found.boxes == (PictureBox(2, 14, 10, 10, LOGO, "Logo"),)
    assert design_data(found)["boxes"] == [place]


def test_the_examples_of_the_documentation_are_true() -> None:
    text = (Path(__file__).parents[2] / "docs" / "labels.md").read_text("utf-8")
    stock, design = (json.loads(block) for block in re.findall("```json\n(.*?)```", text, re.DOTALL))
    assert stock_from(stock).per_sheet == 24
    assert design_from(design).fits(find_stock("5160"))
    for symbology in SYMBOLOGIES:
        assert f"`{symbology}`" in text
    for each in designs():
        assert each.name.split()[-1] in text
