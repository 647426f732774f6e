"""Which known names a name may be meant for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.query.near import NearNames

KNOWN = NearNames(
    ["Dell", "Engine 7", "Engine 17", "APX 8000", "APX 6000", "Latitude 5440", "Latitude 5450", "Fire Department",
     "Motorola Solutions", "Public Works", "Hewlett Packard", "City Hall / 2"]
)  # fmt: skip
PEOPLE = NearNames(["Juan Ruiz", "Maria Lopez", "John Smith", "José Núñez"], people=True)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Dell Inc.", "Dell"),
        ("DELL, INC", "Dell"),
        ("Eng 7", "Engine 7"),
        ("Engine 07", "Engine 7"),
        ("APX8000", "APX 8000"),
        ("apx-6000", "APX 6000"),
        ("Lattitude 5440", "Latitude 5440"),
        ("Fire Dept.", "Fire Department"),
        ("FD", "Fire Department"),
        ("Fire Departmnt", "Fire Department"),
        ("Motorola Solutions, Inc.", "Motorola Solutions"),
        ("PublicWorks", "Public Works"),
        ("Hewlett-Packard Company", "Hewlett Packard"),
    ],
)
def test_names_that_are_meant_for_a_known_one(name, meant):
    assert KNOWN.find(name)[0] == meant


@pytest.mark.parametrize(
    "name", ["Engine 8", "Latitude 5451", "APX 900", "Dellwood", "Police Department", "E7", "7", ""]
)
def test_names_that_are_just_others(name):
    assert KNOWN.find(name) == []


@pytest.mark.parametrize(
    ("name", "meant"), [("J. Ruiz", "Juan Ruiz"), ("Jon Smith", "John Smith"), ("Jose Nunez", "José Núñez")]
)
def test_people_called_nearly_the_same(name, meant):
    assert PEOPLE.find(name) == [meant]


@pytest.mark.parametrize("name", ["Mario Lopez", "Joan Smythe", "Ruiz"])
def test_people_are_called_much_alike_and_are_others(name):
    assert PEOPLE.find(name) == []


@given(st.lists(st.text(max_size=12), max_size=8), st.text(max_size=12))
def test_any_text_is_a_name(names, name):
    found = NearNames(names).find(name, most=3)
    assert len(found) <= 3
    assert name not in found
    assert set(found) <= set(names)


def test_what_is_too_long_for_a_name_is_near_to_none():
    long = "a " * 100_000
    assert NearNames([long, long + "b"]).find(long + "c") == []
