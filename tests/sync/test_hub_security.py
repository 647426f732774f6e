"""What a login can do to the shared database with SQL: as each role, as one that was removed, as one for reports."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import psycopg
import pytest
from psycopg import sql

from models.fields.ids import new_id
from models.journal.clock import next_stamp
from models.rules.rights import ROLES
from models.sync.hub.definition import DOORS
from models.sync.hub.members import add_member, remove_member
from models.sync.hub.names import roles_here
from tests.sync.hub import Device, Hub, deed, edit, new

SCHEMAS = ["muster", "muster_read", "reporting"]
HIDDEN = "KEYREF-7734"
HOSTILE = "'; DROP TABLE muster.entry; --$$\\\" || pg_sleep(5) || %s {0} \x01"


@dataclass(frozen=True)
class Thing:
    """One table, view or sequence."""

    schema: str
    name: str
    kind: str

    @property
    def sql(self) -> sql.Identifier:
        return sql.Identifier(self.schema, self.name)


@pytest.fixture
def guarded(hub: Hub) -> Hub:
    """With something in it, a login for reports, and one whose access was taken away."""
    with hub.cluster.connect() as server:
        for login in ("reader", "gone"):
            if not server.execute("SELECT FROM pg_roles WHERE rolname = %s", (login,)).fetchall():
                server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(login)))
    with hub.cluster.connect(hub.database) as server:
        add_member(server, "reader", "report")
        add_member(server, "gone", "administrator")
    with hub.connect("radio_manager") as connection:
        Device(connection).push(deed(), new("asset", RADIO, kind="radio", tag="R-1", key_reference=HIDDEN))
    with hub.cluster.connect(hub.database) as server:
        remove_member(server, "gone")
    return hub


RADIO = "01900000-0000-7000-8000-000000000001"


@pytest.fixture
def tech(guarded: Hub) -> Iterator[Device]:
    with guarded.connect("technician") as connection:
        yield Device(connection)


def things(hub: Hub) -> list[Thing]:
    with hub.cluster.connect(hub.database) as server:
        found = server.execute(
            "SELECT n.nspname, c.relname, c.relkind::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = ANY(%s) AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')",
            (SCHEMAS,),
        ).fetchall()
    return [Thing(*row) for row in found]


def may_select(login: str, thing: Thing) -> bool:
    if login in ROLES:
        return thing.schema == "muster_read" or (thing.schema, thing.name) == ("muster", "snapshot_head")
    return login == "reader" and thing.schema == "reporting"


def attempts(thing: Thing, column: str) -> dict[str, sql.Composable]:
    name = thing.sql
    if thing.kind == "S":
        literal = sql.Literal(f"{thing.schema}.{thing.name}")
        return {
            "select": sql.SQL("SELECT * FROM {}").format(name),
            "nextval": sql.SQL("SELECT nextval({})").format(literal),
            "setval": sql.SQL("SELECT setval({}, 1)").format(literal),
        }
    one = sql.Identifier(column)
    return {
        "select": sql.SQL("SELECT * FROM {} LIMIT 1").format(name),
        "insert": sql.SQL("INSERT INTO {} ({}) SELECT NULL WHERE false").format(name, one),
        "update": sql.SQL("UPDATE {} SET {} = NULL WHERE false").format(name, one),
        "delete": sql.SQL("DELETE FROM {} WHERE false").format(name),
        "truncate": sql.SQL("TRUNCATE {}").format(name),
        "lock": sql.SQL("BEGIN; LOCK TABLE {} IN ROW EXCLUSIVE MODE; COMMIT").format(name),
        "drop": sql.SQL("DROP {} {}").format(sql.SQL("VIEW" if thing.kind == "v" else "TABLE"), name),
    }


@pytest.mark.parametrize("login", [*ROLES, "reader", "gone", "stranger"])
def test_each_table_view_and_sequence_is_open_for_what_is_meant_only(guarded: Hub, login: str) -> None:
    with guarded.cluster.connect(guarded.database) as server:
        columns = dict(
            server.execute(
                "SELECT attrelid::regclass::oid, min(attname) FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped"
                " GROUP BY attrelid"
            ).fetchall()
        )
        oids = {
            (schema, name): oid
            for schema, name, oid in server.execute(
                "SELECT n.nspname, c.relname, c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            ).fetchall()
        }
    everything = things(guarded)
    assert len(everything) > 80
    done = []
    with guarded.connect(login) as connection:
        for thing in everything:
            for what, command in attempts(thing, columns[oids[thing.schema, thing.name]]).items():
                try:
                    connection.execute(command)
                except psycopg.errors.InsufficientPrivilege:
                    connection.execute("ROLLBACK") if what == "lock" else None
                except (
                    psycopg.errors.WrongObjectType,
                    psycopg.errors.ObjectNotInPrerequisiteState,
                    psycopg.errors.FeatureNotSupported,
                ):
                    assert thing.kind == "v"
                    assert what in ("truncate", "insert", "update", "delete")
                else:
                    done.append((thing, what))
    assert sorted((each.schema, each.name, what) for each, what in done) == sorted(
        (each.schema, each.name, "select") for each in everything if may_select(login, each)
    )


@pytest.mark.parametrize("login", [*ROLES, "reader", "gone", "stranger"])
def test_each_function_but_the_doors_is_closed(guarded: Hub, login: str) -> None:
    with guarded.cluster.connect(guarded.database) as server:
        found = server.execute(
            "SELECT n.nspname, p.proname, p.oid::regprocedure::text,"
            " ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) t), p.prorettype = 'trigger'::regtype"
            " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = ANY(%s)",
            (SCHEMAS,),
        ).fetchall()
    doors = {door.replace(", ", ",") for door in DOORS}
    assert doors <= {signature for _, _, signature, _, _ in found}
    called = set()
    with guarded.connect(login) as connection:
        for schema, name, signature, types, _ in found:
            arguments = sql.SQL(", ").join(sql.SQL(f"NULL::{each}") for each in types)
            try:
                connection.execute(sql.SQL("SELECT {}({})").format(sql.Identifier(schema, name), arguments))
            except psycopg.errors.InsufficientPrivilege:
                continue
            except psycopg.Error as error:
                assert (error.sqlstate or "").startswith("MU"), (signature, error)  # noqa: PT017
            called.add(signature)
    if login in ROLES:
        assert called == doors
    elif login == "reader":
        assert called == {"reporting.as_day(text)", "reporting.as_number(text)"}
    else:
        assert called == set()


def test_who_was_removed_may_nothing_even_where_somebody_else_left_it_in_the_group(guarded: Hub) -> None:
    with guarded.cluster.connect(guarded.database) as server:
        group = roles_here(server).members
        server.execute(sql.SQL("GRANT {} TO gone").format(sql.Identifier(group)))
    with guarded.connect("gone") as connection:
        assert connection.execute("SELECT * FROM muster_read.asset").fetchall() == []
        assert connection.execute("SELECT * FROM muster.snapshot_head").fetchall() == []
        assert connection.execute("SELECT muster.may_read('radio'), muster.my_role()").fetchone() == (False, None)
        for call in (
            "muster.hello(gen_random_uuid(), 0, NULL)",
            "muster.confirm('{1}', ARRAY[gen_random_uuid()])",
            "muster.pull(0, 10)",
            "muster.pull_actions(0, 10)",
            "muster.history('asset', gen_random_uuid())",
            "muster.devices()",
            "muster.members()",
            "muster.push(gen_random_uuid(), NULL, 0, '')",
            "muster.stage(gen_random_uuid(), gen_random_uuid(), 0, '')",
            "muster.admit('gone', 'administrator', false)",
            "muster.dismiss('ann')",
            "muster.membership()",
            "muster.status()",
        ):
            with pytest.raises(psycopg.Error, match=r"hub\.(no-member|not-administrator)"):
                connection.execute(sql.SQL(f"SELECT * FROM {call}"))  # noqa: S608


def test_only_administrators_give_and_take_access(guarded: Hub) -> None:
    for login in set(ROLES) - {"administrator"}:
        with guarded.connect(login) as connection:
            for call in (f"admit('{login}', 'administrator')", "dismiss('ann')", "membership()", "status()"):
                with pytest.raises(psycopg.Error, match=r"hub\.not-administrator"):
                    connection.execute(f"SELECT muster.{call}")
    with guarded.connect("administrator") as connection:
        owner = roles_here(connection).owner
        for name in (owner, 'x"; DROP TABLE muster.member; --', "nobody-of-that-name"):
            with pytest.raises(psycopg.Error, match=r"hub\.login-unknown"):
                connection.execute("SELECT muster.admit(%s, 'viewer')", (name,))
        # Nobody but who makes logins says which ones Muster made: those are locked when they are removed.
        connection.execute("SELECT muster.admit('stranger', 'viewer', true)")
        made = connection.execute("SELECT made FROM muster.membership() WHERE login = 'stranger'").fetchone()
        assert made == (False,)
        connection.execute("SELECT muster.dismiss('stranger')")


TRICKS = [
    "SET ROLE {owner}",
    "SET ROLE administrator",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION administrator",
    "SET session_replication_role = replica",
    "CREATE TABLE muster.more (x int)",
    "CREATE FUNCTION muster.now_ms() RETURNS text LANGUAGE sql AS 'SELECT 1'",
    "ALTER TABLE muster.member OWNER TO technician",
    "ALTER FUNCTION muster.my_role() SECURITY INVOKER",
    "COPY (SELECT * FROM muster.entry) TO STDOUT",
    "COPY muster.member FROM PROGRAM 'echo'",
    "GRANT {members} TO stranger",
    "CREATE TRIGGER t AFTER INSERT ON muster.entry EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE r AS ON INSERT TO muster_read.asset DO INSTEAD NOTHING",
    "COMMENT ON TABLE muster.entry IS 'mine'",
    "REFRESH MATERIALIZED VIEW muster_read.asset",
]


def test_a_member_becomes_nobody_else(guarded: Hub) -> None:
    with guarded.cluster.connect(guarded.database) as server:
        roles = roles_here(server)
    with guarded.connect("technician") as connection:
        for trick in TRICKS:
            with pytest.raises(psycopg.Error) as refused:
                connection.execute(trick.format(owner=roles.owner, members=roles.members))
            assert refused.value.sqlstate in ("42501", "42809", "0LP01"), (trick, refused.value)


def test_a_session_can_be_set_as_one_likes_and_changes_nothing(guarded: Hub) -> None:
    with guarded.connect("technician") as connection:
        connection.execute(
            "CREATE TEMP TABLE member (login text, role text, revoked_at timestamptz);"
            "INSERT INTO member VALUES ('technician', 'administrator', NULL);"
            "CREATE TEMP TABLE head AS SELECT 1000000::bigint AS position;"
            "CREATE FUNCTION pg_temp.my_role() RETURNS text LANGUAGE sql AS 'SELECT ''administrator''';"
            "CREATE FUNCTION pg_temp.upper(text) RETURNS text LANGUAGE sql AS 'SELECT ''x''';"
            "SET search_path = pg_temp, muster, pg_catalog;"
            "SET muster.role = 'administrator'; SET muster.login = 'administrator'; SET role.x = 'y';"
            "SET TimeZone = 'Pacific/Kiritimati'; SET DateStyle = 'German'; SET IntervalStyle = 'iso_8601';"
            "SET extra_float_digits = 0; SET array_nulls = off; SET transform_null_equals = on;"
            "SET standard_conforming_strings = on; SET lock_timeout = 0; SET enable_indexscan = off;"
        )
        device = Device(connection)
        made = new("asset", tag="T-1", assigned_on="2026-01-31", key_reference="x")
        answer = device.push(deed(), made, new("custom_field", key="x_a", label="A"))
        assert [each["code"] for each in answer["refused"].values()] == ["hub.no-right"]
        assert answer["lost"]["0"]["fields"] == ["key_reference"]
        assert connection.execute("SELECT muster.my_role(), muster.may_read('radio')").fetchone() == (
            "technician",
            False,
        )
        assert connection.execute("SELECT key_reference FROM muster_read.asset WHERE tag = 'R-1'").fetchone() == (None,)
        (told,) = [each for each in device.rows("review").values() if each["field" if "field" in each else "matter"]][
            :1
        ]
        assert told["other_at"].endswith("Z")
        assert device.rows("asset")[made["r"]]["assigned_on"] == "2026-01-31"


def test_each_function_that_may_be_called_has_a_path_of_its_own(guarded: Hub) -> None:
    with guarded.cluster.connect(guarded.database) as server:
        loose = server.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname = ANY(%s) AND p.prosqlbody IS NULL"
            # What only these call runs with the path that they set.
            " AND (p.prosecdef OR has_function_privilege('technician', p.oid, 'EXECUTE'))"
            " AND NOT coalesce(array_to_string(p.proconfig, ',') ~ 'search_path=pg_catalog.*pg_temp', false)",
            (SCHEMAS,),
        ).fetchall()
        owners = server.execute(
            "SELECT DISTINCT pg_get_userbyid(p.proowner) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname = ANY(%s)",
            (SCHEMAS,),
        ).fetchall()
        barriers = server.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY(%s)"
            " AND c.relkind = 'v' AND NOT coalesce(array_to_string(c.reloptions, ',') ~ 'security_barrier', false)",
            (SCHEMAS,),
        ).fetchall()
        assert owners == [(roles_here(server).owner,)]
    assert loose == []
    assert barriers == []


def test_what_is_claimed_is_kept_beside_what_the_server_knows(guarded: Hub, tech: Device) -> None:
    far = (next_stamp(0) >> 16) + 10**9 << 16
    forged = {"login": "administrator", "role": "administrator", "position": 7, "accepted_at": "2001-01-01", "claim": 1}
    made = new("asset", tag="T-1")
    lines = (
        deed(author="The Mayor", device="Mayor's laptop", stamp=far, **forged),
        {**made, "position": 7, "login": "x"},
    )
    answer = tech.push(*lines)
    ((position, *_),) = tech.pull(1)
    assert answer["positions"] == [position] == [2]
    action = tech.connection.execute(
        "SELECT login, author, device_name, device::text, stamp, claim FROM muster.pull_actions(1, 2)"
    ).fetchone()
    assert action is not None
    login, author, name, device, stamp, claim = action
    assert (login, author, name, device, claim) == ("technician", "The Mayor", "Mayor's laptop", tech.id, far)
    assert stamp < far


def test_nobody_sends_as_the_device_of_another(guarded: Hub, tech: Device) -> None:
    tech.push(deed(), new("asset", tag="T-1"))
    with guarded.connect("bob") as connection:
        for token in (None, new_id()):
            thief = Device(connection, id=tech.id, token=token)
            with pytest.raises(psycopg.Error, match=r"hub\.token-old"):
                thief.push(deed(), new("asset", tag="T-2"))
    assert "token" not in {each.name for each in tech.connection.execute("SELECT * FROM muster.devices()").description}


def test_nobody_adds_to_or_takes_back_the_deed_of_another(guarded: Hub, tech: Device) -> None:
    mine, made = deed(), new("asset", tag="T-1")
    tech.push(mine, made)
    with guarded.connect("bob") as connection:
        bob = Device(connection)
        answer = bob.push(
            mine, new("asset", tag="T-2"), deed(undoes=mine["a"]), edit("asset", made["r"], made["p"], tag=None)
        )
        assert {each["code"] for each in answer["refused"].values()} == {"hub.not-own"}
        assert bob.rows("asset")[made["r"]]["tag"] == "T-1"
    with guarded.connect("administrator") as connection:
        answer = Device(connection).push(deed(undoes=mine["a"]), edit("asset", made["r"], made["p"], tag=None))
        assert not answer["refused"]


@pytest.mark.parametrize("role", sorted(ROLES))
def test_each_role_changes_its_own_tables_and_no_others(guarded: Hub, role: str) -> None:
    with guarded.cluster.connect(guarded.database) as server:
        tables = [table for (table,) in server.execute("SELECT tbl FROM muster.kind ORDER BY tbl").fetchall()]
    with guarded.connect(role) as connection:
        device = Device(connection)
        entries = [new(table) for table in tables]
        answer = device.push(deed(), *entries)
        accepted = {each["t"] for at, each in enumerate(entries) if answer["positions"][at] is not None}
        assert accepted == ROLES[role].writes
        assert {each["code"] for each in answer["refused"].values()} <= {"hub.no-right"}
        for each in entries:
            assert (each["r"] in device.rows(each["t"])) == (each["t"] in ROLES[role].writes)


def test_what_some_roles_read_reaches_no_other(guarded: Hub, tech: Device) -> None:
    with guarded.connect("radio_manager") as connection:
        manager = Device(connection)
        manager.push(
            deed(),
            edit("asset", RADIO, {"key_reference": HIDDEN, "tag": "R-1"}, key_reference=f"{HIDDEN}-2", tag="R-9"),
        )
        assert HIDDEN in json.dumps(manager.rows("asset"))
        assert any(HIDDEN in line[5] for line in manager.pull())
    ids = [line[1] for line in tech.pull()]
    guess = edit("asset", RADIO, {"key_reference": HIDDEN, "tag": "R-1"}, key_reference="mine", tag="R-7")
    asked = [
        # The same ids again, said to be of something else, so that what is hidden would not be known.
        *(
            {"e": str(each), "t": table, "r": new_id(), "p": {}, "b": None}
            for each, table in product(ids, ("person", "asset", "?"))
        ),
        {**guess, "e": new_id(), "r": new_id()},
        {**guess, "e": new_id(), "t": "person"},
        {**guess, "e": new_id(), "p": {**guess["p"], "nonsense": "1"}},
        guess,
    ]
    seen = [
        json.dumps(tech.push(deed(stamp=1), *asked)),
        json.dumps(tech.push(deed(), edit("asset", RADIO, {"tag": "?"}, tag="R-8"))),
    ]
    seen += [str(tech.pull()), str(tech.rows("asset")), str(tech.rows("review"))]
    seen += [str(tech.connection.execute("SELECT * FROM muster.history('asset', %s)", (RADIO,)).fetchall())]
    seen += [str(tech.connection.execute("SELECT * FROM muster.pull_actions(0, 1000)").fetchall())]
    with guarded.connect("reader") as connection:
        seen += [str(connection.execute("SELECT * FROM reporting.radio").fetchall())]
        assert "R-8" in seen[-1]
    assert all(HIDDEN not in each for each in seen)
    with guarded.connect("radio_manager") as connection:
        assert Device(connection).rows("asset")[RADIO]["key_reference"] == f"{HIDDEN}-2"


def test_sql_in_every_text_is_text(guarded: Hub) -> None:
    hostile = HOSTILE.replace("\x01", "")
    with guarded.connect("administrator") as connection:
        device = Device(connection)
        texts = connection.execute(
            "SELECT c.table_name, array_agg(c.column_name::text) FROM information_schema.columns c"
            " WHERE c.table_schema = 'muster_read' AND c.data_type = 'text' GROUP BY 1 ORDER BY 1"
        ).fetchall()
        entries = [new(table, **{key: f"{hostile} {key}" for key in keys if key != "extra"}) for table, keys in texts]
        action = deed(hostile, author=hostile, device=hostile, source=hostile, details=hostile)
        answer = device.push(
            action, *entries, {"e": hostile, "t": hostile, "r": hostile, "p": {hostile: hostile}, "b": {}}
        )
        assert len(answer["refused"]) == 1
        for each in entries:
            assert device.rows(each["t"])[each["r"]] == each["p"]
        kept = connection.execute(
            "SELECT title, author, device_name, source, details FROM muster.pull_actions(1, 2)"
        ).fetchone()
        assert kept == (hostile,) * 5
        for door in ("history(%s, NULL)", "may_read(%s)", "admit(%s, %s)", "dismiss(%s)"):
            asked = (hostile,) * door.count("%s")
            try:
                assert connection.execute(f"SELECT muster.{door}", asked).fetchall() in ([], [(False,)])
            except psycopg.Error as error:
                assert (error.sqlstate or "").startswith("MU")  # noqa: PT017
    with guarded.connect("reader") as connection:
        for (view,) in connection.execute(
            "SELECT table_name FROM information_schema.views WHERE table_schema = 'reporting'"
        ).fetchall():
            connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier("reporting", view))).fetchall()


MALFORMED = [
    "", " ", "null", "[]", "{}", '"text"', "1e999999", "{", "\ufeff{}", "[" * 20_000, '{"e": 1}', '{"a": 1, "e": 2}',
    '{"e": "x", "t": "asset", "r": "x", "p": {}, "b": null}',
    json.dumps({"e": new_id(), "t": "asset", "r": new_id(), "p": [], "b": None}),
    json.dumps({"e": new_id(), "t": "asset", "r": new_id(), "p": {"tag": 1}, "b": None}),
    json.dumps({"e": new_id(), "t": "asset", "r": new_id(), "p": {"tag": {"$": "x"}}, "b": None}),
    json.dumps({"e": new_id(), "t": "asset", "r": new_id(), "p": {"id": new_id()}, "b": None}),
    json.dumps({"e": new_id(), "t": "asset", "r": new_id(), "p": {"extra": "{}"}, "b": None}),
    json.dumps({"e": new_id(), "t": "asset", "r": new_id(), "p": {"x_A B": "1"}, "b": None}),
    json.dumps({"e": new_id(), "t": "asset", "r": new_id(), "p": {"memory_gb": "16 GB"}, "b": None}),
    json.dumps({"e": new_id(), "t": "asset", "r": new_id(), "p": {"memory_gb": "9" * 30}, "b": None}),
    json.dumps({"e": new_id(), "t": "asset", "r": new_id(), "p": {"custodian": "Ann"}, "b": None}),
    json.dumps({"e": new_id(), "t": "asset", "r": new_id(), "p": {"notes": "a\0b"}, "b": None}),
    json.dumps({"e": new_id(), "t": "asset", "r": new_id(), "p": {"notes": "\ud800"}, "b": None}),
    json.dumps({"e": new_id(), "t": "pg_class", "r": new_id(), "p": {}, "b": None}),
    json.dumps({"e": new_id(), "t": "head", "r": new_id(), "p": {"position": "0"}, "b": {"position": "1"}}),
    json.dumps({"e": new_id(), "t": "asset", "r": RADIO, "p": {"tag": "x"}, "b": "y"}),
    json.dumps({"e": new_id(), "t": "asset", "r": RADIO, "p": {"tag": "x"}, "b": {"serial": "y"}}),
    json.dumps({"e": new_id(), "t": "asset", "r": RADIO, "p": {"tag": "x"}, "b": None}),
    json.dumps({"e": new_id(), "t": "asset", "r": new_id(), "p": {"tag": "x" * 100_000}, "b": None}),
    json.dumps({"e": new_id(), "t": "tag_block", "r": new_id(), "p": {"scheme": "-"}, "b": None}),
]  # fmt: skip


def test_nothing_that_is_malformed_stops_what_comes_with_it(guarded: Hub, tech: Device) -> None:
    good = [new("asset", tag=f"T-{at}") for at in range(2)]
    answer = tech.push(deed(), good[0], *MALFORMED, good[1])
    lines = [line for line in [good[0], *MALFORMED, good[1]] if line != ""]
    assert len(answer["positions"]) == len(lines)
    assert [at for at, position in enumerate(answer["positions"]) if position is not None] == [0, len(lines) - 1]
    assert len(answer["refused"]) == len(lines) - 2
    assert set(tech.rows("asset")) == {RADIO, *(each["r"] for each in good)}
    positions = [line[0] for line in tech.pull()]
    assert positions == list(range(1, len(positions) + 1))


def test_entries_of_a_malformed_deed_are_refused(tech: Device) -> None:
    for bad in ({"stamp": "soon"}, {"stamp": -1}, {"a": "x"}, {"undoes": "x"}, {"title": None}):
        answer = tech.push({**deed(), **bad}, new("asset", tag="T-1"), deed(), new("asset", tag="T-2"))
        assert answer["positions"][0] is None, bad
        assert answer["positions"][1] is not None, bad


def test_more_than_is_meant_is_refused(tech: Device) -> None:
    staged = new_id()
    tech.connection.execute("SELECT muster.stage(%s, %s, 0, %s)", (tech.id, staged, json.dumps(deed())))
    again = json.dumps({"staged": staged, "parts": 1})
    for call in (
        lambda: tech.push(*[again] * 3),
        lambda: tech.connection.execute("SELECT muster.push(%s, NULL, 0, repeat('x', 70000000))", (tech.id,)),
        lambda: tech.connection.execute("SELECT muster.stage(%s, %s, 10000, '')", (tech.id, staged)),
    ):
        with pytest.raises(psycopg.Error, match=r"hub\.too-large"):
            call()


def test_a_range_to_the_end_of_all_numbers_stops_nobody(tech: Device) -> None:
    scheme, most = new("tag_scheme", name="S"), str(2**63 - 1)
    ranges = [
        ("1", "9", "block"),
        ("20", most, "roll"),
        (most, most, "block"),
        (most, most, "roll"),
        ("30", "10", "block"),
    ]
    blocks = [new("tag_block", scheme=scheme["r"], first=a, last=b, use=c) for a, b, c in ranges]
    assert not tech.push(deed(), scheme, *blocks)["refused"]
    answer = tech.push(
        deed(),
        new("tag_block", scheme=scheme["r"], first="10", last="19", use="block"),
        new("tag_block", scheme=scheme["r"], first="15", last="40", use="block"),
    )
    assert [each["code"] for each in answer["refused"].values()] == ["hub.range-taken"]


def test_no_matter_can_be_kept_from_being_told(guarded: Hub, tech: Device) -> None:
    """Who knew the id of a matter before could make a record of that id."""
    import hashlib
    import uuid

    late = edit("asset", RADIO, {"tag": "R-0"}, tag="R-5")
    foretold = uuid.UUID(hashlib.md5(f"fork {late['e']} tag 0".encode(), usedforsecurity=False).hexdigest())
    tech.push(deed(), new("review", str(foretold), matter="fork", name="x", outcome="kept"))
    tech.push(deed(), late)
    assert [each["entry"] for each in tech.rows("review").values() if "entry" in each] == [late["e"]]
