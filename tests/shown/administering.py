"""Administering the shared database: signing on, what a login lacks, the name, how it is and who has access."""

from desktop.administering.dialog import AdministerDialog
from desktop.administering.member_dialog import MemberDialog
from desktop.administering.seen import Seen, SignOn
from models.sync.address import read_url
from models.sync.hub.members import Member
from models.sync.hub.preparing import Status
from models.sync.hub.rights import Missing

_DAY = 86_400_000
_NOW = 1_795_000_000_000
_STATUS = Status(
    "Springfield", "17.2", "0003", "0004", 1_482_377, 912_004, _NOW - 400 * _DAY, 6, 41, _NOW, 12, 3_221_225_472, "x"
)
_PEOPLE = (
    Member("jruiz", "administrator", _NOW - 400 * _DAY, "muster_admin", None, True, False, _NOW, 2, True),
    Member("mlee", "technician", _NOW - 300 * _DAY, "jruiz", None, True, True, _NOW - _DAY, 1, True),
    Member("powerbi", "report", None, None, None, True, True, None, 0, True),
    Member("rquill", "radio_manager", _NOW - 90 * _DAY, "jruiz", None, False, False, None, 0, True),
    Member("tnakagawa", "technician", _NOW - 200 * _DAY, "jruiz", _NOW - 9 * _DAY, False, True, _NOW, 3, False),
)


def take(photographer):
    desk, window = photographer.application.desk, photographer.window
    photographer.take_dialog(AdministerDialog(desk, window), "administer-sign-on")
    lacking = _at(AdministerDialog(desk, window))
    grant, role = 'GRANT CREATE ON DATABASE "muster" TO "jruiz";', 'ALTER ROLE "jruiz" CREATEROLE;'
    missing = Missing("hub.needs-create", "muster", grant), Missing("hub.needs-createrole", "jruiz", role)
    lacking._seen(Seen(missing=missing))
    photographer.take_dialog(lacking, "administer-lacking")
    fresh = _at(AdministerDialog(desk, window))
    fresh._seen(Seen())
    photographer.take_dialog(fresh, "administer-prepare")
    empty = _at(AdministerDialog(desk, window))
    empty._seen(Seen(_STATUS))
    photographer.take_dialog(empty, "administer-nobody")
    full = _at(AdministerDialog(desk, window))
    full._seen(Seen(_STATUS, _PEOPLE))
    full.overview.say("The login mlee was made on the server. Its role: Technician.", "k7mpa-9xwzq-3hdtv-rsc4n-8ubfe")
    photographer.take_dialog(full, "administer-people")
    photographer.take_dialog(MemberDialog(None, {"mlee"}, full), "administer-add")
    photographer.take_dialog(MemberDialog(_PEOPLE[1], (), full), "administer-change")


def _at(dialog):
    dialog._sign_on = SignOn(read_url("postgresql://jruiz@db.city.example/muster")[0], "")
    return dialog
