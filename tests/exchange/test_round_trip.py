"""What goes out comes back: every kind of record, every field, every nasty text, in .xlsx and .csv."""

import datetime as dt
import itertools
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop.phrases.books import whole_register
from models.exchange.meaning.fields import KIND, sheet_fields
from models.exchange.plan import State
from models.exchange.writing import write as write_module
from models.exchange.writing.books import export_all
from models.exchange.writing.muster_book import sheet_kinds
from models.fields.ids import new_id
from models.fields.kinds import Choice, Day, LongText, Moment, Money, Number, Percent, Ref, YesNo
from models.fields.problem import BadValue
from models.journal.entry import Edit
from models.schema.records import IN_ORDER, RECORDS, record_type
from tests.exchange.register import Register, counts

CUSTOMS = {
    "x_text": {"value_type": "text", "label": "Remark of ours"},
    "x_number": {"value_type": "number", "label": "Watts"},
    "x_day": {"value_type": "date", "label": "Calibrated"},
    "x_choice": {"value_type": "choice", "label": "Shift", "options": "A\nB\n=C"},
    "x_yes": {"value_type": "yesno", "label": "Spare battery"},
}
NASTY = [
    "=1+1", "'=1+1", "''x", "'quoted'", "+1 555", "-5", "-x", "@sum", "0042", "000", "1.0", "1E5", "12E4", "TRUE",
    "1/2/2024", "2024-01-01", 'a"b', '"', "a,b;c\td|e", "_x0041_", "sep=;", "#5", ";x", "é ü ß", "日本語", "𝄞",
    "5'10\"", "a  b", "Müller, Ann", '="0012"', "ＡＢＣ", "x" * 60, "NULL x", "35" * 8, "9" * 15, "9" * 32, "007",
    "1,5", "%", "A^", "-", "--", "n/a", "N/A", "none", "NULL", "unknown", "TBD", "?", "TRUE", "00123", "＝1+1", "－5",
    "＠x", "a / b", "City Hall / 204", "E7 > 1", "🚒 Engine", "שלום", "مرحبا 7", "\u202eabc", "a\u00a0b", "x ", "'",
    "=cmd|' /C calc'!A0", "1 234 567", "(5)", "12%", "1-2", "3/4", "Jan 5", "10:30", "#N/A x", "a\tb", "é", "ﬁ", "Ⅻ",
    "İ", "x" * 300, "A, B", "A & B", "A + B", "a and b",
]  # fmt: skip
texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=12), st.text("=+-@'\"0123456789 ,;\t\nab/", max_size=8))
numbers = st.one_of(
    st.integers(0, 20_000_000).map(str), st.sampled_from(["0", "1", "-3", "0.5", "-12.25", "1234567.891", "99999"])
)
money = st.one_of(numbers, st.sampled_from(["-1200.50", "(5)", "1200.00 EUR", "-3.5 GBP", "$12.5", "0.0001"]))
days = st.dates().filter(lambda day: 1905 < day.year < 2090).map(str)
moments = st.datetimes().filter(lambda at: 1905 < at.year < 2090).map(lambda at: at.isoformat(" ", "minutes"))
DEVICES = [
    "490154203237518", "356938035643809", "89049032123451234512345678901235", "8901260862291477114",
    "00:1b:63:84:45:e6", "10.0.0.7", "2001:db8::1", "+12125550123", "a.b@example.com", "KAA200", "1A2B", "F7E",
    "BEE00", "1CE", "0000012",
    "A0000012345678", "https://example.com/x?a=1", "web-1.example.com", "500018-001180-5",
]  # fmt: skip


def typed(field):
    """Texts that somebody may type for a field."""
    kind = field.kind
    if isinstance(kind, Choice):
        return st.sampled_from(list(kind.options)) if not kind.open else st.sampled_from(list(kind.options)) | texts
    if isinstance(kind, YesNo):
        return st.sampled_from(["yes", "no"])
    if isinstance(kind, Moment):
        return moments
    if isinstance(kind, Day):
        return days
    if isinstance(kind, Money):
        return money
    if isinstance(kind, (Number, Percent)) or kind.whole:
        return numbers
    if isinstance(kind, LongText):
        long = st.sampled_from(["x" * 32_767, "Zeile\n" * 5_000, "🚒" * 16_000])
        return texts | st.lists(texts, max_size=4).map("\n".join) | long
    return texts | st.sampled_from(DEVICES) if kind.name not in ("text", "tag", "serial") else texts


def canonical(field, text):
    """The canonical value of a typed text; None where it is none."""
    try:
        return field.kind.parse(text, [])
    except BadValue:
        return None


def drawn_record(draw, register, word, pools):
    """The values of a random record: a name, and some of its other fields."""
    kind = record_type(word)
    fields = sheet_fields(register.database.catalogue(), word)
    values = {}
    required = {kind.naming, *(key for key, field in fields.items() if field.required)}
    chosen = draw(st.sets(st.sampled_from(sorted(fields)), max_size=12)) | required
    for key in sorted(chosen):
        field = fields[key]
        if isinstance(field.kind, Ref):
            if pools.get(field.kind.table):
                values[key] = draw(st.sampled_from(pools[field.kind.table]))
        elif (value := canonical(field, draw(typed(field)))) is not None:
            values[key] = value
        elif key in required:
            values[key] = draw(st.sampled_from([value for text in DEVICES if (value := canonical(field, text))]))
    return values


def filled(draw, register, words, most=3, *, twins=True):
    """Fill a register with random records of some kinds, and what they may refer to.

    `twins`: one of them may be there twice, alike in all but its id.
    """
    for key, values in CUSTOMS.items():
        register.add("custom_field", key=key, record="asset", **values)
    pools = {
        "manufacturer": [register.add("manufacturer", name=name) for name in ("Motorola", "Dell & Söhne", "n/a")],
        "vendor": [register.add("vendor", name="CDW, Inc.")],
        "system": [register.add("system", name="County P25")],
        "person": [
            register.add("person", name="Ann O'Hara", given_name="Ann", family_name="O'Hara", email="ann@example.com"),
            register.add("person", name="Bo", username="bo"),
            register.add("person", name="Bo"),
            register.add("person", name="none"),
        ],
    }
    hall = register.add("location", name="City Hall")
    pools["location"] = [hall, register.add("location", name="204", parent=hall), register.add("location", name="E7")]
    pools["location"] += [register.add("location", name=name) for name in ("City Hall / 204", "E7 > 1", "204", "-")]
    pools["department"] = [register.add("department", name="Fire"), register.add("department", name="IT/GIS")]
    pools["model"] = [register.add("model", name="APX 8000", manufacturer=pools["manufacturer"][0])]
    pools["product"] = [register.add("product", name="Word"), register.add("product", name="Excel", edition="Pro")]
    pools["entitlement"] = [register.add("entitlement", name="=Word 2024", product=pools["product"][0])]
    pools["tag_scheme"] = [register.add("tag_scheme", name="Radios", prefix="R-", width="6")]
    pools["asset"] = [
        register.add("hardware", tag="000471", name="Dock"),
        register.add("radio", serial="672CYX0042"),
        register.add("mobile", tag="+P1"),
    ]
    for word in words:
        table = record_type(word).table
        edits = []
        for _ in range(draw(st.integers(1, most))):
            values = drawn_record(draw, register, word, pools)
            if table == "asset":
                values[KIND] = record_type(word).asset_kind or values.get(KIND) or "hardware"
                values = {key: value for key, value in values.items() if has_field(register, values[KIND], key)}
            edits.append(Edit(table, new_id(), values, new=True))
        if twins and draw(st.booleans()):
            edits.append(Edit(table, new_id(), dict(edits[0].patch), new=True))
        register.journal.write("Random", edits)


def has_field(register, word, key):
    return key in register.database.catalogue().keys(word)


@pytest.fixture(scope="module")
def folders(empty_home):
    """Gives a new folder for each example."""
    with tempfile.TemporaryDirectory() as above:
        number = itertools.count()
        yield lambda: Path(above) / str(next(number))


@pytest.mark.parametrize("word", RECORDS)
@settings(max_examples=3, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(data=st.data())
def test_an_export_imported_again_says_all_the_same(word, data, folders, empty_home):
    folder = folders()
    register = Register(folder, empty_home)
    try:
        filled(data.draw, register, [word])
        ending = data.draw(st.sampled_from(["csv", "csv", "tsv", "xlsx", "many.xlsx"]))
        columns = data.draw(st.sampled_from([(), ("id", *sheet_fields(register.database.catalogue(), word))]))
        with pytest.MonkeyPatch.context() as patch:
            if ending == "many.xlsx":
                patch.setattr(write_module, "FEW_ROWS", 0)  # the writer for many rows
            path = register.export(word, folder / f"out.{ending}", columns=columns)
        plan = register.plan(path, word)
        assert plan.skipped == []
        assert plan.blank == 0
        assert [each.problem for each in plan.all_problems() if each.refuses] == []
        assert counts(plan) == (0, 0, len(register.values(word)), 0)
        assert (plan.to_write, plan.made, plan.left_out) == (0, [], [])
    finally:
        register.close()
        shutil.rmtree(folder)


@settings(max_examples=4, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(data=st.data())
def test_a_workbook_of_everything_imported_again_says_all_the_same(data, folders, empty_home):
    folder = folders()
    register = Register(folder, empty_home)
    try:
        filled(data.draw, register, data.draw(st.sets(st.sampled_from(IN_ORDER[1:]), min_size=3, max_size=6)), most=2)
        path = folder / "all.xlsx"
        wording = whole_register(register.settings, dt.datetime(2026, 11, 25, tzinfo=dt.UTC))
        with pytest.MonkeyPatch.context() as patch:
            if data.draw(st.booleans()):
                patch.setattr(write_module, "FEW_ROWS", 0)
            export_all(register.database, path, register.settings, wording)
        sheets = sheet_kinds(path)
        assert list(sheets.values()) == [word for word in IN_ORDER if register.values(word)]
        for name, word in sheets.items():
            plan = register.plan(path, None, sheet=name)
            assert [each.problem for each in plan.all_problems() if each.refuses] == []
            assert (plan.kind, *counts(plan)) == (word, 0, 0, len(register.values(word)), 0)
            assert (plan.to_write, plan.made, plan.left_out) == (0, [], [])
    finally:
        register.close()
        shutil.rmtree(folder)


@settings(max_examples=4, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(data=st.data())
def test_a_whole_register_moves_into_an_empty_database(data, folders, empty_home):
    folder = folders()
    old, new = Register(folder / "old", empty_home), Register(folder / "new", empty_home)
    try:
        filled(
            data.draw, old, data.draw(st.sets(st.sampled_from(IN_ORDER[1:]), min_size=3, max_size=6)), 2, twins=False
        )
        for word in IN_ORDER:
            if not old.names(word):
                continue
            path = old.export(word, folder / f"{word}.csv")
            refused = new.bring_in(path, word).count(State.REFUSED)
            # What shares its name with another record cannot be told from it in another database.
            assert refused == 0 or not unambiguous(old, word)
            if refused:
                return
        for word in IN_ORDER:
            assert sorted(map(told, new.values(word))) == sorted(map(told, old.values(word))), word
    finally:
        old.close()
        new.close()
        shutil.rmtree(folder)


@pytest.mark.parametrize("name", ["(5)", "%", "W", "[x]", "n/a", "Total", "Name", "-", "1", "2024-01-01", "="])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_record_with_nothing_but_an_odd_name_comes_back(register, tmp_path, name, ending):
    for word in ("vendor", "stock", "person"):
        register.add(word, name=name)
        plan = register.plan(register.export(word, tmp_path / f"{word}.{ending}"), word)
        assert counts(plan) == (0, 0, 1, 0), word


def unambiguous(register, word):
    """Whether each record of a register can be told from all others by its name."""
    named = [name.casefold() for each in IN_ORDER for name in register.names(each)]
    return len(set(named)) == len(named)


def told(values):
    # A new asset gets its model's manufacturer, if the file names none.
    implied = {"manufacturer"} if "model" in values else set()
    return sorted((key, value) for key, value in values.items() if key not in implied)
