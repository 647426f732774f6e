"""The keys of custom fields."""

from models.services.custom import key_for


def test_keys_of_custom_fields_are_plain_and_their_own():
    assert key_for("Body camera №", set()) == "x_body_camera_no"
    assert key_for("Älter als", set()) == "x_alter_als"
    assert key_for("Side", {"x_side"}) == "x_side_2"
    assert key_for("…", set()) == "x_field"
