"""`muster connect` and `muster sync` as a person or a scheduled job runs them."""

import json

import pytest

from desktop.cli import main


@pytest.fixture
def muster(tmp_path, capsys):
    """Runs a command in a home by its name; gives status, output (as JSON where it is some) and what was said."""

    def run(home, *arguments):
        status = main(["--home", str(tmp_path / home), *map(str, arguments)])
        out, err = capsys.readouterr()
        return status, json.loads(out) if out.startswith("{") else out, err

    return run


def test_from_one_computer_to_another(muster, hub):
    assert muster("a", "demo", "--assets", 500)[0] == 0
    assert muster("a", "connect", hub.url("administrator"))[0] == 0
    status, told, said = muster("a", "sync", "--json")
    assert (status, told["refused"]) == (0, 0), said
    assert muster("b", "connect", hub.url("bob"))[0] == 0
    for home in ("a", "b"):
        assert muster(home, "sync", "--json")[0] == 0
        assert muster(home, "check")[0] == 0
    both = [muster(home, "find", "kind:hardware", "--limit", 0, "--json")[1]["count"] for home in ("a", "b")]
    assert both[0] == both[1] > 0


def test_a_home_of_its_own_has_nothing_to_sync(muster):
    status, _, said = muster("a", "sync")
    assert status == 2
    assert "not connected" in said


def test_a_server_that_is_gone_is_status_5_and_nothing_is_lost(muster, hub):
    muster("a", "connect", hub.url("ann"))
    with hub.cluster.connect() as server:
        server.execute(f"ALTER DATABASE {hub.database} WITH ALLOW_CONNECTIONS false")
    status, _, said = muster("a", "sync")
    assert status == 5
    assert said.strip()


def test_a_new_computer_has_its_first_tag_at_once(muster, hub):
    muster("a", "connect", hub.url("administrator"))
    assert muster("a", "tags", "--add", "Radios", "--prefix", "R-", "--width", 6, "--for", "radio")[0] == 0
    assert muster("a", "sync")[0] == 0
    muster("b", "connect", hub.url("bob"))
    status, told, said = muster("b", "tags", "--next", "radio", "--json")
    assert status == 0, said
    assert told["tags"] == ["R-000001"]
    assert muster("b", "undo")[0] == 2  # what the shared database lent is nobody's own deed
    assert muster("a", "connect", hub.url("ann"))[0] == 2
