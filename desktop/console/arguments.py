"""What may be written on the command line."""

import argparse
from collections.abc import Callable
from typing import Protocol

from desktop.console import (
    backups,
    cards,
    changing,
    checking,
    city,
    codes,
    connecting,
    custody,
    exporting,
    hub,
    importing,
    label_data,
    labels,
    looking,
    past,
    printers,
    profiles,
    queueing,
    reviewing,
    scanning,
    syncing,
    tagging,
    tags,
)
from desktop.console.exporting import describe_export, describe_exports, describe_template
from desktop.console.import_options import add_import_arguments
from desktop.console.session import Session
from models import __version__
from models.schema.records import RECORDS

Command = Callable[[Session, argparse.Namespace], int]
_RECORD = "its id, tag, serial number, unit ID, e-mail, name …"


def parser() -> argparse.ArgumentParser:
    """The parser of all commands; `run` of its result is the command."""
    whole = argparse.ArgumentParser(
        prog="muster",
        description="Asset and inventory management for a city's IT department. Without a command the window opens.",
        epilog=f"Kinds of record: {', '.join(RECORDS)}. “muster COMMAND --help” tells more of a command.",
        allow_abbrev=False,
    )
    whole.add_argument("--home", metavar="DIR", help="the folder of the database (else MUSTER_HOME, else the system's)")
    whole.add_argument("--version", action="version", version=f"Muster {__version__}")
    commands = whole.add_subparsers(metavar="COMMAND", required=True)
    _files(commands)
    _records(commands)
    _custody(commands)
    _tags(commands)
    _hub(commands)
    _upkeep(commands)
    _sharing(commands)
    return whole


class _Commands(Protocol):
    """What argparse gives to add commands to."""

    def add_parser(
        self,
        name: str,
        *,
        help: str,  # noqa: A002 (argparse's word)
        description: str,
        allow_abbrev: bool,
    ) -> argparse.ArgumentParser:
        """Add a command."""


def _add(commands: _Commands, name: str, run: Command, about: str) -> argparse.ArgumentParser:
    made = commands.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".", allow_abbrev=False)
    # Before the command or after it; a default here would undo what stands before.
    made.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help="the folder of the database")
    made.add_argument("--json", action="store_true", help="the result as one JSON document on standard output")
    made.set_defaults(run=run)
    return made


def _files(commands: _Commands) -> None:
    add_import_arguments(_add(commands, "import", importing.bring_in, "import spreadsheets"), _whole(0))
    log = _add(commands, "imports", importing.list_imports, "list the imports: who, when, which file, how many rows")
    log.add_argument("--limit", metavar="N", type=_whole(1), default=50, help="show so many (50)")

    describe_export(_add(commands, "export", exporting.give_out, "export records to a spreadsheet"))
    describe_template(_add(commands, "template", exporting.make_template, "write a spreadsheet for people to fill in"))
    describe_exports(_add(commands, "exports", exporting.list_exports, "list the saved exports, or forget one"))

    profile = _add(commands, "profiles", profiles.profiles, "list the import profiles, or remove one of your own")
    profile.add_argument("--remove", metavar="NAME", help="remove a profile that was saved")

    keep = _add(commands, "backup", backups.keep, "copy everything into one file")
    keep.add_argument("file", metavar="FILE")
    back = _add(commands, "restore", backups.bring_back, "put a backup in the place of the present database")
    back.add_argument("file", metavar="FILE")

    labels.describe_labels(_add(commands, "labels", labels.labels, "print labels"))
    label_data.describe_stocks(_add(commands, "stocks", label_data.stocks, "list label stocks, or keep your own"))
    label_data.describe_designs(_add(commands, "designs", label_data.designs, "list label designs, or keep your own"))
    queueing.describe_queue(
        _add(commands, "queue", queueing.queue, "list the print queue, or say something about a job")
    )
    printers.describe_printers(_add(commands, "printers", printers.printers, "list, add, ask or test label printers"))


def _records(commands: _Commands) -> None:
    find = _add(commands, "find", looking.find, "find records")
    find.add_argument("text", metavar="TEXT", help="words, or field:value, field<value … (kind:radio -status:retired)")
    find.add_argument("--as", dest="kind", metavar="KIND", help="only this kind of record")
    find.add_argument("--limit", metavar="N", type=_whole(0), default=50, help="show so many (50)")
    for name, run, about in (
        ("show", looking.show, "show a record"),
        ("history", looking.tell_history, "tell what happened to a record"),
        ("set", changing.change, "change fields of a record"),
    ):
        one = _add(commands, name, run, about)
        one.add_argument("kind", metavar="KIND")
        one.add_argument("record", metavar="ID-or-TAG", help=_RECORD)
        if name == "history":
            past.describe_all(one)
        if name == "set":
            one.add_argument("fields", metavar="field=value", nargs="+", help="“field=” clears it")
    fields = _add(commands, "fields", looking.list_fields, "list the fields of a kind of record")
    fields.add_argument("kind", metavar="KIND")


def _custody(commands: _Commands) -> None:
    custody.describe_issue(_add(commands, "issue", custody.issue, "issue assets to a person"))
    custody.describe_return(_add(commands, "return", custody.give_back, "take assets back from whoever has them"))
    custody.describe_move(_add(commands, "move", custody.move, "move assets to a location"))
    about = "read codes from standard input, one a line, and act on each as the scan box does"
    scanning.describe_scan(_add(commands, "scan", scanning.scan, about))
    codes.describe_code(_add(commands, "code", codes.read_code, "tell how a scanned code is read, and what it names"))
    about = "read codes from standard input, one a line, and make a record of each thing that they are on"
    tagging.describe_tag_run(_add(commands, "tag-run", tagging.tag_run, about))
    about = "write a sheet of barcodes that steer Muster when they are scanned"
    cards.describe_cards(_add(commands, "command-sheet", cards.command_sheet, about))


def _tags(commands: _Commands) -> None:
    about = "tag numbers: list the schemes, take the next tags, register rolls, void a tag"
    tags.describe_tags(_add(commands, "tags", tags.tags, about))
    checking.describe_check_labels(_add(commands, "check-labels", checking.check_labels, "scan printed labels back"))


def _hub(commands: _Commands) -> None:
    about = "the shared database, for its administrators: prepare and upgrade it, give and take access"
    parent = commands.add_parser("hub", help=about, description=about[0].upper() + about[1:] + ".", allow_abbrev=False)
    hub.describe_hub(parent.add_subparsers(metavar="COMMAND", required=True), _add)


def _upkeep(commands: _Commands) -> None:
    about = "list what waits for somebody's decision, look at one matter, or settle it"
    reviewing.describe_review(_add(commands, "review", reviewing.review, about))
    reviewing.describe_merge(_add(commands, "merge", reviewing.merge, "make two records of one thing one"))
    undo = _add(commands, "undo", changing.take_back, "take back the last action, or the one that is named")
    undo.add_argument(
        "action", metavar="ACTION", nargs="?", help="the action's id, as import --json and history --json give it"
    )
    _add(commands, "redo", changing.bring_again, "take back the last undo")
    _add(commands, "check", looking.prove, "prove that the tables equal what the journal gives")
    demo = _add(commands, "demo", city.fill, "fill an empty home with a believable city")
    demo.add_argument("--assets", metavar="N", type=_whole(1), default=2000, help="so many assets (2,000)")
    demo.add_argument("--seed", metavar="S", type=_whole(0), default=1, help="another seed makes another city")
    demo.add_argument("--remove", action="store_true", help="take the demo city out again")


def _sharing(commands: _Commands) -> None:
    about = "connect this home to a shared database, after a plan of what becomes of its own records"
    connecting.describe_connect(_add(commands, "connect", connecting.connect_home, about))
    about = "send what waits to the shared database, and fetch what others did"
    syncing.describe_sync(_add(commands, "sync", syncing.sync, about))
    about = "end the connection to the shared database; the records stay here, or are removed"
    connecting.describe_disconnect(_add(commands, "disconnect", connecting.disconnect_home, about))


def _whole(least: int) -> Callable[[str], int]:
    """Reads a whole number that is at least so much."""

    def number(text: str) -> int:
        value = int(text)
        if value < least:
            raise argparse.ArgumentTypeError(f"{text} is less than {least}")
        return value

    return number
