"""What a person reads when a connection does not come about: made by real servers."""

import getpass
import shutil
import socket
import sys
import tempfile
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from desktop.phrases import say
from models.fields.problem import HubError
from models.sync.address import Address, Tls
from models.sync.trust import system_authorities
from models.sync.wire import connect, hub_errors
from tests.sync.certificates import OPENSSL, authority, certificate
from tests.sync.postgres import Cluster, system_binaries


@pytest.fixture(scope="module")
def guarded():
    """A server that asks for passwords, with the database `city` and the login `anna`."""
    made = Cluster.make(auth="scram-sha-256")
    try:
        with made.connect() as connection:
            connection.execute("CREATE ROLE anna LOGIN PASSWORD 'right'")
            connection.execute("CREATE DATABASE city")
            connection.execute("GRANT CREATE ON DATABASE city TO anna")
            connection.execute("CREATE DATABASE closed ALLOW_CONNECTIONS false")
        yield made
    finally:
        made.close()


def city(server, **more):
    plain = Address("127.0.0.1", "city", "anna", server.port, Tls.PLAIN)
    return replace(plain, **more)


RIGHT = "right"


def refusal(address, password=RIGHT):
    with pytest.raises(HubError) as met:
        connect(address, password).close()
    sentence = say(met.value.problem)
    assert "…" not in sentence
    assert "right" not in sentence
    return met.value.problem.code, sentence


def test_who_is_known_gets_in(guarded):
    with closing(connect(city(guarded), "right")) as connection:
        assert connection.execute("SELECT session_user").fetchone() == ("anna",)
        assert connection.autocommit


@pytest.mark.parametrize(
    ("more", "password", "code", "word"),
    [
        ({}, "wrong", "hub.password-wrong", "anna"),
        ({"login": "nobody_here"}, "right", "hub.password-wrong", "nobody_here"),
        ({}, None, "hub.password-missing", "anna"),
        ({"database": "town"}, "right", "hub.no-database", "town"),
        ({"database": "closed"}, "right", "hub.not-let-in", "closed"),
        ({"port": 1}, "right", "hub.nobody-there", "127.0.0.1"),
        ({"host": "no-such-host.invalid"}, "right", "hub.host-unknown", "no-such-host.invalid"),
    ],
)
def test_each_slip_has_its_own_sentence(guarded, more, password, code, word):
    found, sentence = refusal(city(guarded, **more), password)
    assert found == code
    assert word in sentence


def test_a_server_without_tls_is_told_apart(guarded):
    assert refusal(city(guarded, tls=Tls.VERIFIED))[0] == "hub.no-tls"


@pytest.mark.parametrize("tls", list(Tls))
def test_what_is_no_postgresql_is_told_apart(guarded, tls):
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def answer():
            link = listening.accept()[0]
            link.recv(99)
            link.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            link.close()

        web = threading.Thread(target=answer)
        web.start()
        assert refusal(city(guarded, port=listening.getsockname()[1], tls=tls))[0] == "hub.not-postgres"
        web.join()


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("SELECT muster.hello(NULL, 0, NULL)", "hub.none-here"),
        ("BEGIN READ ONLY; CREATE SCHEMA t", "hub.read-only"),
        ("CREATE TABLE pg_catalog.t ()", "hub.no-member"),
        ("SET statement_timeout = 1; SELECT pg_sleep(9)", "hub.busy"),
        ("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE='MU001', MESSAGE='hub.no-member'; END $$", "hub.no-member"),
    ],
)
def test_what_the_server_refuses_is_told(guarded, sql, code):
    with (
        closing(connect(city(guarded), "right")) as connection,
        pytest.raises(HubError) as met,
        hub_errors(city(guarded)),
    ):
        connection.execute(sql)
    assert met.value.problem.code == code


def test_our_own_mistakes_stay_mistakes(guarded):
    with (
        closing(connect(city(guarded), "right")) as connection,
        pytest.raises(psycopg.errors.SyntaxError),
        hub_errors(city(guarded)),
    ):
        connection.execute("SELEKT")


def test_a_full_server_and_a_stopped_one_are_told(guarded):
    with guarded.connect() as chief:
        chief.execute("ALTER ROLE anna CONNECTION LIMIT 1")
        with closing(connect(city(guarded), "right")) as connection:
            assert refusal(city(guarded))[0] == "hub.full"
            pid = connection.info.backend_pid
            chief.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
            with pytest.raises(HubError) as met, hub_errors(city(guarded)):
                connection.execute("SELECT 1")
        chief.execute("ALTER ROLE anna CONNECTION LIMIT -1")
    assert met.value.problem.code == "hub.stopping"


@pytest.mark.skipif(sys.platform == "win32", reason="sign-on by the system's user needs a socket of Unix")
def test_the_system_may_say_who_one_is():
    folder = Path(tempfile.mkdtemp(prefix="muster-peer-"))
    folder.chmod(0o777)
    server = Cluster.make(unix_socket_directories=str(folder))
    try:
        me = getpass.getuser()
        with server.connect() as chief:
            chief.execute(SQL("CREATE ROLE {} LOGIN").format(Identifier(me)))
            chief.execute("CREATE DATABASE city")
            with (server.folder / "data" / "pg_hba.conf").open("a") as rules:
                rules.write("local all all peer\n")
            chief.execute("SELECT pg_reload_conf()")
        alone = Address(str(folder), "city", "", server.port)
        with closing(connect(alone)) as connection:
            assert connection.execute("SELECT session_user").fetchone() == (me,)
        assert refusal(replace(alone, login="postgres"))[0] == "hub.sign-on"
    finally:
        server.close()
        shutil.rmtree(folder)


# Certificates


@pytest.fixture(scope="module")
def certified(tmp_path_factory):
    """The machine's own PostgreSQL with TLS only, and the folder with its authority's certificate `ca.pem`."""
    programs = system_binaries()
    if programs is None or OPENSSL is None:
        pytest.skip("this machine has no PostgreSQL 15 with TLS, or no openssl")
    folder = tmp_path_factory.mktemp("certificates")
    authority(folder, "ca")
    authority(folder, "other")
    certificate(folder, "good", "localhost", "ca")
    certificate(folder, "elsewhere", "db.elsewhere.example", "ca")
    certificate(folder, "expired", "localhost", "ca", days=-1)
    made = Cluster.make(programs)
    try:
        with made.connect() as connection:
            connection.execute("CREATE ROLE anna LOGIN PASSWORD 'right'")
            connection.execute("CREATE DATABASE city")
            _show(made, connection, folder, "good")
            connection.execute("ALTER SYSTEM SET ssl = on")
            connection.execute("SELECT pg_reload_conf()")
        rules = "host all postgres 127.0.0.1/32 trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n"
        (made.folder / "data" / "pg_hba.conf").write_text(rules, encoding="utf-8")
        made.stop()
        made.start()
        yield made, folder
    finally:
        made.close()


def _show(server, connection, folder, name):
    """Have the server show that certificate."""
    for ending, target in (("key", "server.key"), ("pem", "server.crt")):
        path = server.folder / "data" / target
        shutil.copy(folder / f"{name}.{ending}", path)
        shutil.copystat(server.folder / "data" / "PG_VERSION", path)
        owner = (server.folder / "data").stat()
        shutil.chown(path, owner.st_uid, owner.st_gid)
        path.chmod(0o600)
    connection.execute("SELECT pg_reload_conf()")


def secured(server, folder, **more):
    address = Address("localhost", "city", "anna", server.port, Tls.VERIFIED, str(folder / "ca.pem"))
    return replace(address, **more)


def test_a_trusted_certificate_is_taken(certified):
    server, folder = certified
    with closing(connect(secured(server, folder), "right")) as connection:
        assert connection.pgconn.ssl_in_use


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"certificate": ""}, "hub.certificate-untrusted"),
        ({"certificate": "other.pem"}, "hub.certificate-untrusted"),
        ({"certificate": "missing.pem"}, "hub.certificate-file"),
        ({"certificate": "names"}, "hub.certificate-file"),
        ({"host": "127.0.0.1"}, "hub.certificate-name"),
        ({"tls": Tls.PLAIN}, "hub.tls-wanted"),
    ],
)
def test_nothing_less_is_taken(certified, more, code):
    server, folder = certified
    if more.get("certificate"):
        more = {**more, "certificate": str(folder / more["certificate"])}
    assert refusal(secured(server, folder, **more))[0] == code


@pytest.mark.parametrize(
    ("name", "code"), [("expired", "hub.certificate-expired"), ("elsewhere", "hub.certificate-name")]
)
def test_an_expired_certificate_and_one_for_another_server_are_told(certified, name, code):
    server, folder = certified
    with server.connect() as chief:
        _show(server, chief, folder, name)
        server.stop()
        server.start()
    try:
        assert refusal(secured(server, folder))[0] == code
    finally:
        with server.connect() as chief:
            _show(server, chief, folder, "good")


def test_the_authorities_of_this_system_are_found():
    found = system_authorities()
    assert found == "system" or "BEGIN CERTIFICATE" in Path(found).read_text("utf-8")
