"""The settings file: defaults, whole writes, and files that somebody else has spoilt."""

import json
from pathlib import Path

import pytest

from models import settings as settings_module
from models.settings import Settings


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "settings.json"


def test_defaults_where_there_is_no_file(path):
    settings = Settings(path)
    assert (settings.person, settings.theme, settings.date_order, settings.currency) == ("", "system", "mdy", "USD")
    assert len(settings) == 0
    assert not path.exists()


def test_what_is_set_is_there_after_a_restart(path):
    settings = Settings(path)
    settings.person = "J. Ruiz"
    settings["columns/radio"] = ["tag", "unit_id"]
    again = Settings(path)
    assert again.person == "J. Ruiz"
    assert again["columns/radio"] == ["tag", "unit_id"]
    assert sorted(again) == ["columns/radio", "person"]
    del again["person"]
    assert Settings(path).person == ""


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b"null", b"\xff\xfe\x00", b'{"theme": 5}'])
def test_a_spoilt_file_counts_as_empty(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    settings = Settings(path)
    assert settings.theme == "system"
    settings.theme = "dark"
    assert json.loads(path.read_text(encoding="utf-8"))["theme"] == "dark"


def test_a_write_that_fails_leaves_the_file_as_it_was(path, monkeypatch):
    settings = Settings(path)
    settings.theme = "dark"
    before = path.read_bytes()
    with pytest.raises(TypeError):
        settings["bad"] = object()
    assert path.read_bytes() == before

    def full(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    assert settings.get("bad") is None
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        settings.theme = "light"
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_the_same_value_is_not_written_again(path):
    settings = Settings(path)
    settings.theme = "dark"
    stamp = path.stat().st_mtime_ns
    inode = path.stat().st_ino
    settings.theme = "dark"
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (stamp, inode)


def test_changes_are_remembered_under_a_name(path, monkeypatch):
    monkeypatch.setattr(settings_module.getpass, "getuser", lambda: "jruiz")
    settings = Settings(path)
    assert settings.author == "jruiz"
    settings.person = "  "
    assert settings.author == "jruiz"
    settings.person = " J. Ruiz "
    assert settings.author == "J. Ruiz"

    def nobody():
        raise KeyError("uid not found")

    monkeypatch.setattr(settings_module.getpass, "getuser", nobody)
    settings.person = ""
    assert settings.author == "somebody"
