"""The shared database is prepared, upgraded and administered by logins that are no superusers: PostgreSQL 15 and 18."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

from models.fields.problem import HubError, UsageError
from models.rules.rights import ROLES
from models.sync.hub.members import (
    Login,
    Member,
    add_member,
    made_password,
    members,
    remove_member,
    set_role,
)
from models.sync.hub.names import roles_for, roles_here
from models.sync.hub.preparing import RightsMissing, prepare, status, upgrade
from models.sync.hub.reporting import report_kinds
from models.sync.hub.rights import missing_rights
from tests.sync.hub import Device, deed, new
from tests.sync.postgres import Cluster, system_binaries

PASSWORD = "pw"  # noqa: S105
_numbers = count(1)


@pytest.fixture(scope="module", params=["newest", "oldest"])
def server(request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """A server where passwords are asked for; `oldest` is the machine's own, where it has one."""
    programs = system_binaries() if request.param == "oldest" else None
    if request.param == "oldest" and programs is None:
        pytest.skip("this machine has no PostgreSQL of its own")
    made = Cluster.make(programs, auth="scram-sha-256")
    yield made
    made.close()


@dataclass
class City:
    """A database and the login that is to prepare it, with CREATE on it and CREATEROLE, and no more."""

    cluster: Cluster
    database: str
    dba: str

    def connect(self, login: str = "", password: str = PASSWORD) -> psycopg.Connection:
        return self.cluster.connect(self.database, quote(login or self.dba, safe=""), password=password)

    def as_superuser(self) -> psycopg.Connection:
        return self.cluster.connect(self.database)


@pytest.fixture
def city(server: Cluster) -> City:
    at = next(_numbers)
    made = City(server, f"city_{at}", f"dba_{at}")
    with server.connect() as connection:
        connection.execute(f"CREATE DATABASE {made.database}")
        connection.execute(f"CREATE ROLE {made.dba} LOGIN CREATEROLE PASSWORD 'pw'")
        connection.execute(f"REVOKE ALL ON DATABASE {made.database} FROM PUBLIC")
        connection.execute(f"GRANT CONNECT, CREATE ON DATABASE {made.database} TO {made.dba} WITH GRANT OPTION")
    return made


def codes(connection: psycopg.Connection) -> list[str]:
    return [each.code for each in missing_rights(connection)]


def one(connection: psycopg.Connection, login: str) -> Member:
    (found,) = [each for each in members(connection) if each.login == login]
    return found


def test_a_login_without_superuser_prepares_it_and_people_work(city: City) -> None:
    with city.connect() as dba:
        assert codes(dba) == []
        roles = prepare(dba, "Springfield")
        assert roles == roles_for(city.database) == roles_here(dba)
        assert add_member(dba, "jruiz" + city.database, "administrator", "secret-1") is Login.MADE
        assert status(dba).members == 1
        assert not status(dba).behind
    with city.connect("jruiz" + city.database, "secret-1") as jruiz:
        assert Device(jruiz).push(deed(), new("asset", tag="R-1"))["position"] == 1
        assert status(jruiz).city == "Springfield"
        assert status(jruiz).position == 1
        assert one(jruiz, "jruiz" + city.database).devices == 1
    with city.as_superuser() as server:
        owned = server.execute(
            "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class WHERE relnamespace ="
            " ANY('{muster,muster_read,reporting}'::regnamespace[])"
        ).fetchall()
        assert owned == [(roles.owner,)]
        (can,) = server.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", (roles.owner,)).fetchall()
        assert can == (False,)


def test_each_missing_right_is_told_with_the_command_that_gives_it(city: City) -> None:
    with city.as_superuser() as server:
        server.execute(f"REVOKE CREATE ON DATABASE {city.database} FROM {city.dba} CASCADE")
        server.execute(f"REVOKE GRANT OPTION FOR CONNECT ON DATABASE {city.database} FROM {city.dba}")
        server.execute(f"ALTER ROLE {city.dba} NOCREATEROLE")
    with city.connect() as dba:
        assert codes(dba) == ["hub.needs-create", "hub.needs-createrole", "hub.needs-connect"]
        with pytest.raises(RightsMissing) as refused:
            prepare(dba)
    with city.as_superuser() as server:
        # Nothing was made, and what is told is all that it takes.
        assert (
            server.execute("SELECT FROM pg_roles WHERE rolname = %s", (roles_for(city.database).owner,)).fetchall()
            == []
        )
        for each in refused.value.missing:
            server.execute(each.command)
    with city.connect() as dba:
        assert codes(dba) == []
        prepare(dba)


def test_roles_that_the_administrator_of_the_server_made_will_do(city: City) -> None:
    roles = roles_for(city.database)
    with city.as_superuser() as server:
        server.execute(f"ALTER ROLE {city.dba} NOCREATEROLE")
        for name in roles.all:
            server.execute(f"CREATE ROLE {name} NOLOGIN")
        server.execute(f"CREATE ROLE clerk_{city.database} LOGIN PASSWORD 'pw'")
    with city.connect() as dba:
        found = missing_rights(dba)
        assert [each.code for each in found] == ["hub.needs-owner", "hub.needs-admin-option", "hub.needs-admin-option"]
    with city.as_superuser() as server:
        for each in found:
            server.execute(each.command)
    with city.connect() as dba:
        prepare(dba)
        # Logins come from elsewhere: those that are there are let in, others cannot be made.
        assert add_member(dba, f"clerk_{city.database}", "viewer") is Login.THERE
        with pytest.raises(HubError) as refused:
            add_member(dba, "somebody-else", "viewer", "x")
        assert refused.value.problem.code == "hub.needs-createrole-for"
    with city.connect(f"clerk_{city.database}") as clerk:
        assert clerk.execute("SELECT muster.my_role()").fetchone() == ("viewer",)


def test_a_schema_of_something_else_is_left_alone(city: City) -> None:
    with city.as_superuser() as server:
        server.execute("CREATE SCHEMA reporting; CREATE TABLE reporting.asset (x int)")
    with city.connect() as dba, pytest.raises(RightsMissing) as refused:
        prepare(dba)
    assert [(each.code, each.value) for each in refused.value.missing] == [("hub.schema-taken", "reporting")]
    with city.as_superuser() as server:
        assert server.execute("SELECT to_regnamespace('muster')").fetchone() == (None,)


def test_it_is_prepared_once_and_not_upgraded_before(city: City) -> None:
    with city.connect() as dba:
        for deed_of, code in (
            (upgrade, "hub.none-here"),
            (status, "hub.none-here"),
            (prepare, ""),
            (prepare, "hub.prepared"),
        ):
            try:
                deed_of(dba)  # type: ignore[operator]
                said = ""
            except HubError as error:
                said = error.problem.code
            assert said == code


def test_an_upgrade_adds_what_is_missing_and_keeps_everything(city: City) -> None:
    with city.connect() as dba:
        roles = prepare(dba)
        add_member(dba, f"ann_{city.database}", "technician", "pw")
    with city.connect(f"ann_{city.database}") as ann:
        device = Device(ann)
        made = new("asset", tag="R-1", hostname="pc-1")
        device.push(deed(), made)
    with city.connect() as dba:
        # As an older Muster had made it: a column and a function less, a right too many.
        dba.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(roles.owner)))
        dba.execute("ALTER TABLE muster.asset DROP COLUMN notes CASCADE")
        dba.execute("DROP FUNCTION muster.status()")
        dba.execute("UPDATE muster.head SET schema = '0001'")
        dba.execute("GRANT EXECUTE ON FUNCTION muster.now_ms() TO PUBLIC")
        dba.execute("RESET ROLE")
        before = _columns(dba)
        upgrade(dba)
        upgrade(dba)
        found = status(dba)
        assert (found.schema, found.behind) == (found.newest, False)
        after = _columns(dba)
        assert all(after[view][: len(columns)] == columns for view, columns in before.items())
        assert "notes" in after["hardware"]
    with city.connect(f"ann_{city.database}") as ann:
        device = Device(ann, device.id, device.token)
        device.push(deed(), {**new("asset", tag="R-2", notes="n")})
        assert device.rows("asset")[made["r"]] == made["p"]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ann.execute("SELECT muster.now_ms()")


def test_a_newer_database_is_not_set_back(city: City) -> None:
    with city.connect() as dba:
        roles = prepare(dba)
        dba.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(roles.owner)))
        dba.execute("UPDATE muster.head SET schema = '9999'")
        dba.execute("RESET ROLE")
        with pytest.raises(HubError) as refused:
            upgrade(dba)
        assert refused.value.problem.code == "hub.newer"
        assert dba.execute("SELECT schema FROM muster.head").fetchone() == ("9999",)


def test_access_is_given_changed_and_taken(city: City) -> None:
    boss, lee, bi = (f"{name}_{city.database}" for name in ("boss", "lee", "bi"))
    with city.connect() as dba:
        prepare(dba)
        password = made_password()
        assert re.fullmatch(r"[a-z2-9]{5}(-[a-z2-9]{5}){4}", password)
        assert add_member(dba, boss, "administrator", "pw") is Login.MADE
        assert add_member(dba, lee, "viewer", password) is Login.MADE
        assert add_member(dba, bi, "report", "pw") is Login.MADE
        assert {each.login: each.role for each in members(dba)} == {boss: "administrator", lee: "viewer", bi: "report"}
    with city.as_superuser() as server:
        kept = server.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", (lee,)).fetchone()
        assert kept is not None
        assert kept[0].startswith("SCRAM-SHA-256$")
    with city.connect(lee, password) as working, city.connect(boss) as administrator:
        # A Muster administrator needs no right on the server for roles, and for taking access away.
        set_role(administrator, lee, "radio_manager")
        assert working.execute("SELECT muster.my_role(), muster.may_read('radio')").fetchone() == (
            "radio_manager",
            True,
        )
        gone = remove_member(administrator, lee)
        assert (gone.locked, gone.open_sessions, gone.still_in_group) == (False, 1, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            working.execute("SELECT muster.hello(gen_random_uuid(), 0, NULL)")
        with pytest.raises(HubError) as last:
            remove_member(administrator, boss)
        assert last.value.problem.code == "hub.last-administrator"
        with pytest.raises(HubError) as last:
            set_role(administrator, boss, "viewer")
        assert last.value.problem.code == "hub.last-administrator"
        with pytest.raises(HubError) as unknown:
            remove_member(administrator, lee)
        assert unknown.value.problem.code == "hub.not-a-member"
    with city.connect() as dba:
        add_member(dba, lee, "technician")
        assert one(dba, lee).active
        with city.connect(lee, password) as working:
            gone = remove_member(dba, lee)
            assert (gone.locked, gone.open_sessions) == (True, 0)
            with pytest.raises(psycopg.OperationalError):
                working.execute("SELECT 1")
        assert not one(dba, lee).can_login
        assert add_member(dba, lee, "viewer", "another") is Login.OPENED
        city.connect(lee, "another").close()


def test_what_cannot_be_a_login_or_a_role_is_refused(city: City) -> None:
    with city.connect() as dba:
        prepare(dba)
        roles = roles_here(dba)
        for login in ("", "  ", "pg_monitor", "public", "x" * 64, "a\0b"):
            with pytest.raises(UsageError) as bad:
                add_member(dba, login, "viewer", "pw")
            assert bad.value.problem.code == "hub.login-bad"
        with pytest.raises(UsageError) as bad:
            add_member(dba, "x", "mayor", "pw")
        assert bad.value.problem.code == "hub.role-unknown"
        with pytest.raises(HubError) as group:
            add_member(dba, roles.owner, "viewer", "pw")
        assert group.value.problem.code == "hub.role-no-login"
        odd = f'O\'Neil "x"; DROP ROLE {city.dba}; -- é'
        assert add_member(dba, odd, "viewer", odd) is Login.MADE
        with city.connect(odd, odd) as connection:
            assert connection.execute("SELECT muster.my_role()").fetchone() == ("viewer",)


def test_reports_have_names_days_and_sums_and_nothing_else(city: City) -> None:
    boss, bi = f"boss_{city.database}", f"bi_{city.database}"
    with city.connect() as dba:
        prepare(dba)
        add_member(dba, boss, "administrator", "pw")
        add_member(dba, bi, "report", "pw")
    with city.connect(boss) as connection:
        place, person = new("location", name="Engine 7"), new("person", name="T. Nakagawa")
        shown = {"tag": "R-1", "kind": "radio", "custodian": person["r"], "location": place["r"], "key_reference": "K"}
        radios = [
            new("asset", **shown, cost="1200.00 EUR", acquired_on="2024-02-29", x_colour="red"),
            new("asset", kind="radio", tag="R-2", cost="many", acquired_on="2026-02-31"),
            new("asset", kind="radio", tag="R-3", deleted="yes"),
            new("asset", kind="hardware", tag="P-1", cost="7.50"),
        ]
        assert not Device(connection).push(deed(), place, person, *radios)["refused"]
    with city.connect(bi) as reader:
        found = reader.execute(
            "SELECT tag, custodian, location, location_id::text, cost, cost_currency, acquired_on::text,"
            " custom_fields ->> 'x_colour' FROM reporting.radio ORDER BY tag"
        ).fetchall()
        assert [tuple(None if each is None else str(each) for each in row) for row in found] == [
            ("R-1", "T. Nakagawa", "Engine 7", place["r"], "1200.00", "EUR", "2024-02-29", "red"),
            ("R-2", None, None, None, None, None, None, None),
        ]
        assert reader.execute("SELECT count(*), sum(cost) FROM reporting.asset").fetchone() is not None
        columns = _columns(reader)
        assert set(columns) == {each.word for each in report_kinds()}
        assert "review" not in columns
        assert not any("key_reference" in names or "deleted" in names for names in columns.values())


def test_names_of_roles_hold_the_database_however_long_it_is_called() -> None:
    assert roles_for("muster").all == ("muster_muster_owner", "muster_muster_members", "muster_muster_reports")
    long = [roles_for("ü" * 24 + end) for end in ("1234567890", "1234567891")]
    assert len({name for roles in long for name in roles.all}) == 6
    assert all(len(name.encode()) <= 63 for roles in long for name in roles.all)
    assert len(ROLES) == 5


def _columns(connection: psycopg.Connection) -> dict[str, list[str]]:
    return dict(
        connection.execute(
            "SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_class c"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"
            " WHERE c.relnamespace = 'reporting'::regnamespace AND c.relkind = 'v' GROUP BY 1"
        ).fetchall()
    )
