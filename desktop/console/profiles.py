"""The command for import profiles, and what the import's options say of them."""

from argparse import Namespace

from desktop.console.session import DONE, Session
from models.exchange.meaning.own_profiles import own_profiles, remove_profile, save_profile
from models.exchange.meaning.profile import Profile
from models.exchange.meaning.profiles import NO_PROFILE
from models.exchange.meaning.shipped_profiles import shipped
from models.exchange.plan import Plan


def profiles(session: Session, asked: Namespace) -> int:
    """List the profiles, own ones first, or remove one."""
    if asked.remove is not None:
        changes = remove_profile(session.journal, asked.remove)
        session.result({"removed": asked.remove, "action": changes.action})
        session.tell(f"{changes.title}: done. “muster undo” takes it back.")
        return DONE
    with session.database.reading() as connection:
        known = [*own_profiles(connection), *shipped()]
    session.result({"profiles": [_described(profile) for profile in known]})
    session.table(("Name", "Of", "What it reads"), ((each.name, _whose(each), each.title) for each in known))
    return DONE


def profile_name(asked: str | None) -> str | None:
    """The profile as the import's options have it: "" for none, None where nothing is said."""
    return "" if asked is not None and asked.strip().casefold() == NO_PROFILE else asked


def save(session: Session, name: str, plan: Plan) -> None:
    """Save how a plan reads its sheet."""
    save_profile(session.journal, name, plan)
    session.tell(f"Saved as the import profile “{name}”. It is used when a sheet with these headings comes again.")


def _whose(profile: Profile) -> str:
    return "you" if profile.own else "Muster"


def _described(profile: Profile) -> dict[str, object]:
    settings = profile.settings
    return {
        "name": profile.name,
        "title": profile.title,
        "own": profile.own,
        "kind": settings.kind,
        "refused": profile.refusal or None,
        "mapping": dict(settings.mapping),
        "constants": dict(settings.constants),
        "match": settings.match,
        "note": profile.note or None,
    }
