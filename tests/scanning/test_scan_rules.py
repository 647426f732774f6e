"""Rules are data: they can be changed, switched off and added, and none can hang or hide a scan."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.fields.problem import UsageError
from models.scanning.reading import read_scan
from models.scanning.rules import (
    Letters,
    Means,
    ScanRule,
    ScanRules,
    keep_scan_rules,
    rule_data,
    rule_from,
    scan_rules,
    shipped_rules,
)
from models.settings import Settings

RULES = st.builds(
    ScanRule,
    name=st.text(min_size=1, max_size=30).filter(str.strip),
    prefix=st.text("ABS1:/", min_size=1, max_size=8),
    means=st.sampled_from(Means),
    least=st.integers(1, 20),
    most=st.integers(20, 200),
    letters=st.sampled_from(Letters),
    last=st.integers(0, 20),
    on=st.booleans(),
    about=st.text(max_size=30),
)


@pytest.fixture
def kept(tmp_path):
    return Settings(tmp_path / "settings.json")


def _changed(name, **changes):
    shipped = shipped_rules()
    return replace(
        shipped, rules=tuple(replace(rule, **changes) if rule.name == name else rule for rule in shipped.rules)
    )


def test_the_shipped_rules_stand_where_nothing_was_changed(kept):
    assert scan_rules(kept) == shipped_rules()
    keep_scan_rules(kept, shipped_rules())
    assert "scan_rules" not in kept


def test_a_rule_that_is_off_reads_nothing(kept):
    keep_scan_rules(kept, _changed("Serial S", on=False))
    again = scan_rules(Settings(kept._path))
    assert again == _changed("Serial S", on=False)
    assert read_scan("S5CG1234567", again).readings == ("S5CG1234567",)


def test_rules_of_ones_own_come_after_the_shipped_ones(kept):
    own = ScanRule("Zebra", "ZT", Means.SERIAL, 4, 8, Letters.DIGITS)
    shipped = shipped_rules()
    keep_scan_rules(kept, replace(shipped, rules=(*shipped.rules, own), company_prefix="9506000"))
    again = scan_rules(Settings(kept._path))
    assert (again.rules[-1], again.company_prefix) == (own, "9506000")
    assert read_scan("ZT12345", again).readings == ("ZT12345", "12345")


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (ScanRule("", "S", Means.SERIAL), "scan-rule.name"),
        (ScanRule("x", "", Means.SERIAL), "scan-rule.prefix"),
        (ScanRule("x", "S" * 17, Means.SERIAL), "scan-rule.prefix"),
        (ScanRule("x", "S", Means.SERIAL, 5, 4), "scan-rule.length"),
        (ScanRule("x", "S", Means.SERIAL, 1, 100_000), "scan-rule.length"),
        (ScanRule("x", "S", Means.SERIAL, 1, 4, last=5), "scan-rule.length"),
        (ScanRule("Serial S", "S", Means.SERIAL), "scan-rule.twice"),
    ],
)
def test_what_cannot_be_a_rule_is_refused(kept, rule, code):
    with pytest.raises(UsageError) as refused:
        keep_scan_rules(kept, ScanRules((*shipped_rules().rules, rule)))
    assert refused.value.problem.code == code
    assert "scan_rules" not in kept


def test_a_company_prefix_is_digits(kept):
    with pytest.raises(UsageError) as refused:
        keep_scan_rules(kept, replace(shipped_rules(), company_prefix="ABC"))
    assert refused.value.problem.code == "scan-rule.company-prefix"


@pytest.mark.parametrize(
    "junk", ["x", {}, {"rules": 3}, {"rules": [1, {}, {"name": "x"}, None]}, {"company_prefix": 7}]
)
def test_settings_that_were_spoilt_count_as_none(kept, junk):
    kept["scan_rules"] = junk
    assert scan_rules(kept) == shipped_rules()


@given(RULES)
def test_rules_come_back_from_their_data(rule):
    assert rule_from(rule_data(rule)) == rule


@given(RULES, st.text("ABS1:/0xé- ", max_size=60))
def test_what_a_rule_leaves_is_the_end_of_the_code(rule, text):
    rest = rule.rest(text)
    assert rest is None or (0 < len(rest) <= rule.most and text.rstrip().endswith(rest))
