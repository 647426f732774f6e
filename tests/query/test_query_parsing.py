"""What people type as a tree, and what cannot be read, by its place."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.fields.problem import UsageError
from models.query.parse import parse, quote
from models.query.tree import All, Any, Compare, Never, Not, OfKind, Op, Word
from models.query.window import count, find_ids, first_ids
from models.schema.catalogue import Catalogue
from tests.query.register import small_city

CATALOGUE = Catalogue()


def tree(text, word="radio"):
    return parse(text, CATALOGUE, word)


def plain(node):
    """The tree without positions, fields by their keys."""
    match node:
        case Compare():
            return (node.field.key, str(node.op), node.value)
        case Not():
            return ("not", plain(node.node))
        case All():
            return ("all", *map(plain, node.nodes))
        case Any():
            return ("any", *map(plain, node.nodes))
        case OfKind():
            return ("kind", node.word)
        case Word():
            return node.text
        case Never():
            return "never"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("all",)),
        ("  \t\n ", ("all",)),
        ("engine", "engine"),
        ("engine 7", ("all", "engine", "7")),
        ('"engine 7"', "engine 7"),
        ('"say ""hi"" now"', 'say "hi" now'),
        ('"never closed', "never closed"),
        (
            'kind:radio location:"Engine 7" warranty<2027-01-01 status:-retired',
            (
                "all",
                ("kind", "radio"),
                ("location", ":", "Engine 7"),
                ("warranty_end", "<", "2027-01-01"),
                ("not", ("status", ":", "retired")),
            ),
        ),
        ("tag=R-1", ("tag", "=", "R-1")),
        ("tag!=R-1", ("not", ("tag", "=", "R-1"))),
        ("cost<=5", ("cost", "<=", "5")),
        ("cost>=5", ("cost", ">=", "5")),
        ('"unit id">5', ("unit_id", ">", "5")),
        ("Unit_ID:5", ("unit_id", ":", "5")),
        ("radioid:5", ("unit_id", ":", "5")),
        ("-engine", ("not", "engine")),
        ('-"engine 7"', ("not", "engine 7")),
        ("-tag:x", ("not", ("tag", ":", "x"))),
        ("-tag:-x", ("tag", ":", "x")),
        ("-(a b)", ("not", ("all", "a", "b"))),
        ("a or b c", ("any", "a", ("all", "b", "c"))),
        ("a OR b | c", ("any", "a", "b", "c")),
        ("(a or b) c", ("all", ("any", "a", "b"), "c")),
        ("(a)(b)", ("all", "a", "b")),
        ("order", "order"),
        ("orb", "orb"),
        ("R-0001", "R-0001"),
        ("-", "-"),
        ("a-b", "a-b"),
        ("tag:none", ("tag", ":", "none")),
        ("tag:", ("tag", ":", "")),
        # words with colons that are no fields
        ("00:1A:2b:3c:4d:5e", "00:1A:2b:3c:4d:5e"),
        ("-00:1A:2b:3c:4d:5e", ("not", "00:1A:2b:3c:4d:5e")),
        ("2001:db8::1", "2001:db8::1"),
        ("10:30", "10:30"),
        ("https://example.gov/a?b=c", "https://example.gov/a?b=c"),
        ('"tag:x"', "tag:x"),
        ("+1:30", "+1:30"),
        # a field that only other kinds have
        ("hostname:x", "never"),
    ],
)
def test_what_people_type(text, expected):
    assert plain(tree(text)) == expected


def test_one_form_of_a_letter():
    assert tree("Nu\u0301n\u0303ez") == Word("Núñez")


def test_all_assets_have_the_fields_of_their_kinds():
    assert plain(tree("unit_id>5 hostname:x firmware:1", "asset")) == (
        "all",
        ("unit_id", ">", "5"),
        ("hostname", ":", "x"),
        ("firmware", ":", "1"),
    )


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("a )", "query.unexpected", 3),
        ("(a", "query.unclosed", 1),
        ("a (b or (c)", "query.unclosed", 3),
        ("spoon:x", "query.unknown-field", 1),
        ("a spoon<x", "query.unknown-field", 3),
        ('a "no such":x', "query.unknown-field", 3),
        ("kind:spoon", "query.unknown-kind", 1),
        ("a cost<", "query.no-value", 3),
        ("tag!=", "query.no-value", 1),
        ("(" * 40 + "a" + ")" * 40, "query.too-long", 13),
        ("a " * 101, "query.too-long", 201),
        ("a" * 5000, "query.too-long", 4000),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(text, code, position):
    with pytest.raises(UsageError) as caught:
        tree(text)
    assert caught.value.problem.code == code
    assert caught.value.problem.details["position"] == str(position)


def test_a_comparison_knows_where_it_stands():
    node = tree('a  -"unit id":5')
    assert isinstance(node, All)
    assert isinstance(node.nodes[1], Not)
    assert node.nodes[1].node.start == 3
    assert node.nodes[1].node.op is Op.HAS


@given(st.text(min_size=1))
@example("or")
@example("none")
@example("aa:bb:")
@example("-x")
@example("a|b")
def test_a_quoted_value_comes_back(value):
    value = value.replace("\x00", "")
    node = tree(f"tag:{quote(value)}")
    import unicodedata

    assert node.value == unicodedata.normalize("NFC", value).encode("utf-8", "replace").decode()


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    city = small_city(tmp_path_factory.mktemp("city"))
    yield city
    city.database.close()


_PIECES = st.sampled_from(
    [
        "(", ")", " or ", " ", "-", '"', ":", "<", ">=", "!=", "=", "|", "tag", "location", "cost", "unit_id", "x_vlan",
        "acquired_on", "status", "kind", "radio", "none", "any", "*", "today", "today+1y", "2024", "2024-02", "5", "a",
        "ab", "abc", "'", "--", ";", "DROP TABLE asset", "%", "_", "\\", "NEAR", "^", "{", "}", "+", "AND", "OR", "NOT",
        "\x00", "é", "İ", "ß", "\u200b", "١", "99999999999999999999", "1e999", "custodian", "last_seen", "10:30",
    ]
)  # fmt: skip


@given(
    st.lists(_PIECES, max_size=12).map("".join) | st.text(max_size=40), st.sampled_from(("asset", "radio", "person"))
)
@example('"a""b"', "asset")
@example("unit_id:99999999999999999999", "radio")
@example("-(a -(b -(c -(d -(e -(f -(g -(h -(i -(j -(k -(l))))))))))))", "asset")
@example("(a or (b (c or (d (e or (f (g or (h (i or (j (k or (l))))))))))))", "asset")
@example("ab " * 100, "asset")
@example("ab or " * 50, "asset")
@example("location:a or " * 50, "asset")
@example("-location:a " * 100, "asset")
@example("a" * 4000, "asset")
@example("notes:" + "%" * 3900, "asset")
@example("notes:" + "\\_" * 1900, "asset")
@example("last_seen:2200", "asset")
@example("acquired_on:9999-12-31", "asset")
@example("acquired_on:2200-12-31", "asset")
@example("last_seen>2200-12-31", "asset")
@example("last_seen:1900-01-01", "asset")
@example("last_seen<today-130y", "asset")
@example("\ud800", "asset")
def test_any_text_is_either_searched_for_or_refused(city, text, word):
    with city.database.reading() as connection:
        catalogue = city.database.catalogue()
        refused = None
        try:
            every = find_ids(connection, catalogue, word, text)
            assert count(connection, catalogue, word, text, cap=None) == len(every)
            assert set(first_ids(connection, catalogue, word, text)) == set(every)
        except UsageError as error:
            refused = error.problem
        assert refused is None or (refused.code.startswith("query.") and int(refused.details["position"]) >= 1)
        assert connection.exec_driver_sql("SELECT count(*) FROM asset").scalar_one() == 8
