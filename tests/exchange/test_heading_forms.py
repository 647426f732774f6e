"""Headings in the forms in which they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange.meaning.fields import MUSTER_ID, sheet_fields
from models.exchange.meaning.heading_forms import exact_form, loose_forms
from models.exchange.meaning.headings import map_headings
from models.exchange.meaning.profile import digest
from models.schema.catalogue import Catalogue
from models.schema.records import RECORDS

CATALOGUE = Catalogue()
WORDS = st.sampled_from(
    ["Serial", "No.", "#", "Asset", "Tag", "(GB)", "[Required]", "Date", "of", "Purchase", "Warranty", "(months)",
     "S/N", "P.O.", "RAM", "Device", "Name", "Model", "Número", "Unit", "ID", "E-mail", ":", "*", "Dept", "Exp."]
)  # fmt: skip
HEADINGS = st.lists(
    st.one_of(st.text(max_size=30), st.lists(WORDS, max_size=4).map(" ".join)), max_size=12, unique=True
)


@pytest.mark.parametrize(
    ("heading", "like"),
    [
        ("Serial No.:", "serialnumber"),
        ("S/N", "serialnumber"),
        ("Date of Purchase", "purchasedate"),
        ("Cost ($)", "cost"),
        ("Email Address [Required]", "emailaddress"),
        ("RAM (GB)", "ramgb"),
        ("Device Manufacturer", "manufacturer"),
        ("Mfr.", "manufacturer"),
        ("Numéro", "numero"),
        ("assetNo", "assetnumber"),
        ("Warranty (months)", "warrantymonths"),
    ],
)
def test_a_heading_is_like_what_it_means(heading, like):
    assert like in loose_forms(heading)


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("hardware", "Warranty (months)"), ("hardware", "Warranty (yrs)"), ("hardware", "RAM (MB)"), ("line", "#"),
        ("hardware", "Total RAM MB"), ("line", "No."), ("model", "#"), ("hardware", "Serial (monitor)"),
        ("hardware", "Cost (per month)"), ("hardware", "Printer Model Name Plate"),
    ],
)  # fmt: skip
def test_what_means_something_else_is_not_mapped(kind, heading):
    assert map_headings(CATALOGUE, kind, [heading]) == {heading: None}


def test_a_sign_for_number_is_a_word():
    assert map_headings(CATALOGUE, "vendor", ["Vendor #"]) == {"Vendor #": "number"}
    assert map_headings(CATALOGUE, "stock", ["Part #"]) == {"Part #": "model_number"}
    assert map_headings(CATALOGUE, "hardware", ["Property Tag #", "P.O. #"]) == {
        "Property Tag #": "tag",
        "P.O. #": "po_number",
    }


def test_of_two_headings_the_better_one_has_the_field():
    found = map_headings(CATALOGUE, "hardware", ["PO Date", "Warranty", "Purchase Date", "Warranty Expiry Date"])
    assert found == {
        "PO Date": None,
        "Warranty": None,
        "Purchase Date": "acquired_on",
        "Warranty Expiry Date": "warranty_end",
    }


@given(HEADINGS, st.sampled_from(sorted(RECORDS)))
def test_any_headings_are_mapped_each_field_once(headings, word):
    found = map_headings(CATALOGUE, word, headings)
    assert list(found) == headings
    keys = [key for key in found.values() if key]
    assert len(keys) == len(set(keys))
    assert set(keys) <= {*sheet_fields(CATALOGUE, word), MUSTER_ID.key}


@given(st.text(max_size=200))
def test_any_text_has_its_forms(text):
    assert exact_form(text) == exact_form(f" {text} (2)" if text.strip() and not text.endswith(")") else text)
    assert all(form == form.casefold() for form in loose_forms(text))


@given(HEADINGS, st.randoms())
def test_a_digest_stands_for_headings_in_any_order(headings, random):
    mixed = [heading.upper() if heading.upper().casefold() == heading.casefold() else heading for heading in headings]
    random.shuffle(mixed)
    assert digest(mixed) == digest(headings)
    assert digest([*headings, "One more 7"]) != digest(headings)
