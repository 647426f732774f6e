"""The tools round the program: locks, walls, and what must not get into the tree."""

import configparser
import importlib.util
import re
import subprocess
import sys
import tomllib
from argparse import _SubParsersAction
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version
from PySide6.QtGui import QImageReader

from desktop.console.arguments import parser

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ("run", "dev")
MADE = {"build", "dist", "pictures", "muster.egg-info"}


def lock_text(name):
    return (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")


def locked(name):
    """Each package of a lock with its pinned requirements: more than one where Pythons differ."""
    pins = {}
    for line in lock_text(name).splitlines():
        if line and not line.startswith(("#", " ")):
            pin = Requirement(line.removesuffix("\\").strip())
            pins.setdefault(pin.name, []).append(pin)
    return pins


def files_of_the_tree():
    """The files that belong to the project; hidden folders but .ci are those of tools, and some are made by tasks."""
    for top in ROOT.iterdir():
        if top.is_file():
            yield top
        elif top.name == ".ci" or not (top.name.startswith(".") or top.name in MADE):
            yield from (path for path in top.rglob("*") if path.is_file() and path.parent.name != "__pycache__")


@pytest.fixture
def tasks():
    spec = importlib.util.spec_from_file_location("tasks", ROOT / "tasks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address_and_no_place(name):
    for line in lock_text(name).splitlines():
        assert re.fullmatch(r"[a-z0-9.-]+==\S+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|# [^/]+", line), line


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash(name):
    text = lock_text(name)
    for pins in locked(name).values():
        for pin in pins:
            at = text.index(f"{pin.name}{pin.specifier}")
            assert text[at:].split("\n", 2)[1].startswith("    --hash=sha256:")


@pytest.mark.parametrize("minor", [11, 12, 13, 14])
@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_is_what_the_project_asks_for(name, minor):
    wanted = list(PROJECT["project"]["dependencies"])
    if name == "dev":
        wanted += [line for group in PROJECT["dependency-groups"].values() for line in group]
    python = {"python_version": f"3.{minor}", "python_full_version": f"3.{minor}.0"}
    pins = locked(name)
    for line in wanted:
        asked = Requirement(line)
        if asked.marker and not asked.marker.evaluate(python):
            continue
        there = [pin for pin in pins[asked.name.lower()] if not pin.marker or pin.marker.evaluate(python)]
        assert len(there) == 1, asked
        (version,) = (spec.version for spec in there[0].specifier)
        assert asked.specifier.contains(Version(version)), asked


def test_the_dev_lock_holds_the_run_lock():
    dev = locked("dev")
    for name, pins in locked("run").items():
        assert [str(pin) for pin in pins] == [str(pin) for pin in dev[name]]


def test_every_dependency_has_a_lower_and_an_upper_bound():
    groups = [*PROJECT["dependency-groups"].values(), *PROJECT["project"]["optional-dependencies"].values()]
    for line in [*PROJECT["project"]["dependencies"], *(line for group in groups for line in group)]:
        assert {spec.operator for spec in Requirement(line).specifier} == {">=", "<"}, line


def test_no_file_knows_the_machine_it_was_made_on():
    places = [str(ROOT), str(Path.home()) + "/"]
    for path in files_of_the_tree():
        data = path.read_bytes()
        for place in places:
            assert place.encode() not in data, path


def test_the_walls_stand():
    code = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_the_setup_is_done_once_for_each_lock(tasks, tmp_path, monkeypatch):
    did = []
    monkeypatch.setattr(tasks, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(tasks, "make_venv", lambda: did.append("venv"))
    monkeypatch.setattr(tasks, "install", did.append)
    monkeypatch.setattr(tasks, "need_system", lambda venv, libraries: did.append((venv, len(libraries))))
    monkeypatch.setattr(tasks, "PYTHON", Path(sys.executable))
    few = len(tasks.OFFSCREEN_LIBRARIES)
    every = few + len(tasks.SCREEN_LIBRARIES)

    tasks.prepare("run", screen=True)
    assert did == [(True, every), "venv", "run"]
    tasks.prepare("run", screen=True)
    tasks.prepare("run")
    assert len(did) == 3
    tasks.prepare("dev")
    assert did[3:] == [(True, few), "venv", "dev"]
    tasks.prepare("run", screen=True)
    tasks.prepare("dev")
    assert len(did) == 6
    monkeypatch.setattr(tasks, "fingerprint", lambda lock: "another lock")
    tasks.prepare("dev")
    assert did[6:] == [(True, few), "venv", "dev"]


def test_a_set_up_that_failed_is_not_taken_for_done(tasks, tmp_path, monkeypatch):
    def fail(lock):
        raise tasks.Stop("no network")

    monkeypatch.setattr(tasks, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(tasks, "make_venv", lambda: None)
    monkeypatch.setattr(tasks, "install", fail)
    monkeypatch.setattr(tasks, "need_system", lambda venv, libraries: None)
    with pytest.raises(tasks.Stop):
        tasks.prepare("run")
    assert not tasks.STAMP.exists()


@pytest.mark.parametrize(
    ("tools", "said"),
    [
        (("apt-get",), "sudo apt-get update && sudo apt-get install -y --no-install-recommends python3."),
        (("dnf",), "sudo dnf install 'libEGL.so.1()(64bit)'"),
        (("zypper",), "sudo zypper install 'libEGL.so.1()(64bit)'"),
        (("pacman",), "sudo pacman -S --needed libglvnd"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has packages of libraries")
def test_who_may_not_install_packages_gets_the_command(tasks, monkeypatch, tmp_path, tools, said):
    row = ("libEGL.so.1", "libegl1", "libglvnd")
    monkeypatch.setattr(tasks, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(tasks, "can_make_venv", lambda: "apt-get" not in tools)
    monkeypatch.setattr(tasks, "missing_libraries", lambda wanted: [row])
    monkeypatch.setattr(tasks.shutil, "which", lambda name, **_: name if name in tools else None)
    monkeypatch.setattr(tasks.os, "geteuid", lambda: 1000)
    with pytest.raises(tasks.Stop, match=re.escape(said)) as stop:
        tasks.need_system(venv=True, libraries=(row,))
    assert ("-venv libegl1" in str(stop.value)) == ("apt-get" in tools)


def test_a_missing_library_is_noticed(tasks):
    row = ("libmuster-has-no-such-thing.so.9", "", "")
    assert tasks.missing_libraries((row,)) == [row]


@pytest.mark.parametrize(("arguments", "status"), [([], 2), (["--help"], 0), (["tset"], 2), (["check", "x"], 2)])
def test_wrong_use_is_answered_with_a_sentence(tasks, capsys, arguments, status):
    assert tasks.main(arguments) == status
    assert capsys.readouterr().err


def test_the_icon_has_every_size_that_windows_and_macos_ask_for(qapp, monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(ROOT / "installer")
    icons = importlib.import_module("icons")
    for system, suffix, sizes in (
        ("win32", b"ico", [16, 20, 24, 32, 40, 48, 64, 128, 256]),
        ("darwin", b"icns", [16, 32, 128, 256, 512, 1024]),
    ):
        reader = QImageReader(str(icons.write(tmp_path, system)))
        assert reader.format().data() == suffix
        found = []
        for at in range(reader.imageCount()):
            assert reader.jumpToImage(at)
            found.append(reader.read().width())
        assert found == sizes
    assert icons.write(tmp_path, "linux") is None


def test_the_entry_in_the_menu_starts_muster():
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(ROOT / "installer" / "muster.desktop", "utf-8")
    keys = entry["Desktop Entry"]
    assert keys["Exec"] in PROJECT["project"]["scripts"]
    assert (ROOT / "resources" / f"{keys['Icon']}.svg").is_file()
    assert keys["Categories"].endswith(";")
    assert keys["Keywords"].endswith(";")


def commands():
    """The commands that the program has, each with its options; those of a command's own commands are its own."""
    return {name: options(each) for name, each in parts(parser()).items()}


def parts(of):
    """The commands of a parser."""
    return next((dict(each.choices) for each in of._actions if isinstance(each, _SubParsersAction)), {})


def options(of):
    return set(of._option_string_actions).union(*(options(each) for each in parts(of).values()))


@pytest.mark.parametrize("name", ["README.md", "docs/command-line.md", "docs/query.md"])
def test_what_the_papers_say_of_commands_is_so(name):
    known = commands()
    text = (ROOT / name).read_text("utf-8").replace("\n              ", " ")
    for line in re.findall(r"^(?:\$ )?muster (.+)$", text, re.MULTILINE):
        command = line.split()[0]
        assert set(re.findall(r"(?<!\S)[\[(]*(--[a-z-]+)", line)) <= known[command], line


def test_the_page_on_the_command_line_has_every_command_and_option():
    text = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    for command, options in commands().items():
        assert f"muster {command} " in text
        for part in parts(parts(parser())[command]):
            assert f"muster {command} {part}" in text
        for option in options - {"-h", "--help"}:
            assert option in text, (command, option)


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *(ROOT / "docs").glob("*.md")], ids=lambda path: path.name
)
def test_the_papers_lead_to_files_that_are_there(path):
    for place in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
        assert (path.parent / place).is_file(), place
