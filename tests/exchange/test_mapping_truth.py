"""Headings are mapped by themselves as people would map them: nearly all that are useful, and none wrongly."""

import pytest

from tests.exchange.header_truth import Truth, result, results, truths

USEFUL = 0.95


@pytest.mark.parametrize("truth", truths(), ids=lambda truth: truth.name)
def test_a_row_of_headings_is_understood(truth: Truth):
    found = result(truth)
    assert (found.refused, found.kind, found.profile) == (
        truth.refused,
        "" if truth.refused else truth.kind,
        truth.profile,
    )
    assert found.wrong == []
    assert found.share >= USEFUL, found.missed


def test_the_truth_is_worth_its_name():
    rows = list(results())
    assert len(rows) > 80
    assert sum(len(row.useful) for row in rows) > 700
    assert len({tuple(truth.headings) for truth in truths()}) == len(rows)
