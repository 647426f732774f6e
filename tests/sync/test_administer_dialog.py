"""The dialog in which the shared database is administered, with a real server."""

import pytest
from PySide6.QtWidgets import QDialog

from desktop.administering import overview
from desktop.administering.dialog import AdministerDialog
from desktop.administering.member_dialog import MemberDialog
from models.sync.address import keep_address, read_url
from models.sync.hub.members import add_member, login_state


@pytest.fixture
def dialog(desk, qtbot):
    made = AdministerDialog(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def signed_on(qtbot, dialog, url):
    dialog.form.host.setText(url)
    dialog.go()
    settled(qtbot, dialog)


def settled(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog.under_way and not dialog._desk.jobs.busy, timeout=20000)


def people(dialog):
    return {each.login: (each.role, each.active) for each in dialog.overview.people.members}


def test_an_empty_database_is_prepared_and_the_first_person_has_access(dialog, cluster, qtbot, monkeypatch):
    with cluster.connect() as server:
        server.execute("CREATE ROLE dialog_dba LOGIN CREATEROLE")
        server.execute("CREATE DATABASE dialog_city")
    url = cluster.url("dialog_city", "dialog_dba")
    signed_on(qtbot, dialog, url)
    command = dialog.prepare_page.commands.toPlainText()
    assert command == 'GRANT CREATE ON DATABASE "dialog_city" TO "dialog_dba";'
    assert not dialog._go.isEnabled()
    with cluster.connect() as server:
        server.execute(command.encode())
    dialog.reject()  # one step back, to sign on anew
    dialog.go()
    settled(qtbot, dialog)
    dialog.prepare_page.city.setText("Springfield")
    dialog.go()
    settled(qtbot, dialog)
    assert people(dialog) == {}
    assert "prepared" in dialog.overview.words.text()

    def fill(asked):
        asked.login.setText("dialog_boss")
        asked.role.setCurrentIndex(asked.role.findData("administrator"))
        asked.accept()
        return asked.result()

    monkeypatch.setattr(MemberDialog, "exec", fill)
    dialog.overview.add()
    settled(qtbot, dialog)
    assert people(dialog) == {"dialog_boss": ("administrator", True)}
    assert len(dialog.overview.secret.text()) == 29
    with cluster.connect("dialog_city") as server:
        assert login_state(server, "dialog_boss") is True
    dialog.overview.say("")
    assert dialog.overview.secret.text() == ""


def test_roles_are_changed_and_access_is_taken(dialog, hub, qtbot, monkeypatch):
    # A login of this test's own: groups belong to the server, and the other databases of the tests share theirs.
    with hub.cluster.connect(hub.database) as server:
        server.execute("CREATE ROLE dialog_lee LOGIN")
        add_member(server, "dialog_lee", "technician")
    signed_on(qtbot, dialog, hub.url("administrator"))
    table = dialog.overview.people
    table.setCurrentCell([each.login for each in table.members].index("dialog_lee"), 0)

    def fill(asked):
        assert not asked._ok.isEnabled()
        asked.role.setCurrentIndex(asked.role.findData("viewer"))
        asked.accept()
        return asked.result()

    monkeypatch.setattr(MemberDialog, "exec", fill)
    dialog.overview.change()
    settled(qtbot, dialog)
    assert people(dialog)["dialog_lee"] == ("viewer", True)
    assert table.member.login == "dialog_lee"
    monkeypatch.setattr(overview, "confirm", lambda *_said: True)
    dialog.overview.remove()
    settled(qtbot, dialog)
    assert people(dialog)["dialog_lee"] == ("viewer", False)
    assert "no access any more" in dialog.overview.words.text()
    assert dialog.overview.people.member.login == "dialog_lee"
    assert not dialog.overview._remove.isEnabled()
    table.setCurrentCell([each.login for each in table.members].index("administrator"), 0)
    dialog.overview.remove()
    settled(qtbot, dialog)
    assert "last administrator" in dialog.text
    assert people(dialog)["administrator"] == ("administrator", True)


def test_an_older_database_is_upgraded_by_who_may(dialog, hub, qtbot):
    with hub.cluster.connect(hub.database) as server:
        server.execute("UPDATE muster.head SET schema = '0001'")
    signed_on(qtbot, dialog, hub.url("postgres"))
    assert dialog.overview.upgrade.isVisible()
    dialog.overview.upgrade.click()
    settled(qtbot, dialog)
    assert not dialog.overview.upgrade.isVisible()
    assert "upgraded" in dialog.overview.words.text()


def test_who_is_no_administrator_hears_so_and_the_home_knows_its_own(desk, dialog, hub, qtbot):
    signed_on(qtbot, dialog, hub.url("ann"))
    assert "no administrator" in dialog.text
    with desk.database.writing() as connection:
        keep_address(connection, read_url(hub.url("administrator"))[0])
    filled = AdministerDialog(desk)
    qtbot.addWidget(filled)
    settled(qtbot, filled)
    assert filled.form.address == read_url(hub.url("administrator"))[0]


def test_nobody_is_added_twice_and_a_password_is_typed(qapp, qtbot):
    asked = MemberDialog(None, {"mlee"})
    qtbot.addWidget(asked)
    asked.login.setText("mlee")
    assert not asked._ok.isEnabled()
    asked.login.setText("rquill")
    assert asked.new_password == ""
    asked.password.setCurrentIndex(1)
    assert not asked._ok.isEnabled()
    asked.typed.setText("correct horse")
    asked.accept()
    assert (asked.result(), asked.new_password) == (QDialog.DialogCode.Accepted, "correct horse")
    asked.password.setCurrentIndex(2)
    assert asked.new_password is None
