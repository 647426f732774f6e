"""What one does with a checkout of Muster: set it up, run it, test it, measure it, package it.

Only the standard library is used, so that a fresh machine needs nothing but Python 3.11 or newer. The first task makes
`.venv` beside this file and installs exactly what `requirements/*.txt` lock; a stamp in it lets later starts go
straight on. The lines above VENV also run on older Pythons, to find a newer one or to say what is needed.
"""

import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
OLDEST, NEWEST = (3, 11), (3, 14)

HELP = """\
usage: python3 tasks.py TASK

  run [ARGUMENTS]      start Muster with the demo city, in the folder .muster-demo
  muster [ARGUMENTS]   start Muster with your own data, or run one of its commands
  test [-- OPTIONS]    check the code and run all tests; with options, only run pytest with them
  check                check the code: style, types, the walls between packages
  bench [NAMES]        run the measurements in tests/bench
  fuzz [--count N] [--seed S]
                       import N spoilt spreadsheets (1,000 if not said) in processes with a memory limit
  soak [--minutes N] [--seed S]
                       sync under faults for N minutes (10 if not said); prints its seeds, --seed begins there again
  pictures             draw the pages of the window into pictures/
  wheel                build the wheel into dist/ and try it
  package              build the program for this system into dist/muster and try it
  lock [OPTIONS]       write requirements/*.txt again from pyproject.toml (needs uv)
"""


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


def find_python() -> "list[str]":
    """The command of another Python on this machine that Muster runs on, newest first; empty when there is none."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        for command in ([f"python3.{minor}"], ["py", f"-3.{minor}"]):
            if shutil.which(command[0]) is None:
                continue
            # A name on the PATH may be only a version manager's signpost to a Python that is not there.
            code = f"import sys; sys.exit(sys.version_info[:2] != (3, {minor}))"
            silent = subprocess.DEVNULL
            if subprocess.call([*command, "-c", code], stdin=silent, stdout=silent, stderr=silent) == 0:
                return command
    return []


if __name__ == "__main__" and not OLDEST <= sys.version_info[:2] <= NEWEST:
    other = find_python()
    if other:
        sys.exit(subprocess.call([*other, str(ROOT / "tasks.py"), *sys.argv[1:]]))
    this = f"{sys.version_info[0]}.{sys.version_info[1]}"
    say(f"Muster runs on Python 3.{OLDEST[1]} to 3.{NEWEST[1]}. This is Python {this}, and no other was found.")
    say("Please install one of them (python.org has them for each system), then start this again.")
    sys.exit(2)


VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "muster-setup.json"
DEMO = ROOT / ".muster-demo"
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}

# What Qt loads from a Linux system: the library, its package on Debian and Ubuntu, its package on Arch.
OFFSCREEN_LIBRARIES = (
    ("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    ("libGL.so.1", "libgl1", "libglvnd"),
    ("libEGL.so.1", "libegl1", "libglvnd"),
    ("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    ("libdbus-1.so.3", "libdbus-1-3", "dbus"),
    ("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    ("libbrotlidec.so.1", "libbrotli1", "brotli"),
    ("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5"),
)
SCREEN_LIBRARIES = (
    ("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    ("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    ("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    ("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    ("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    ("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    ("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    ("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    ("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    ("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    ("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    ("libxcb-util.so.1", "libxcb-util1", "xcb-util"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    ("libX11-xcb.so.1", "libx11-xcb1", "libx11"),
    ("libwayland-client.so.0", "libwayland-client0", "wayland"),
    ("libwayland-cursor.so.0", "libwayland-cursor0", "wayland"),
    ("libwayland-egl.so.1", "libwayland-egl1", "wayland"),
    ("libcups.so.2", "libcups2", "libcups"),
)


class Stop(Exception):
    """The task cannot go on; the text tells the person what to do."""


# --- Set-up ---------------------------------------------------------------------------------------------------------


def prepare(lock: str, *, screen: bool = False) -> None:
    """Make `.venv` hold what `requirements/<lock>.txt` names, and see that the system has the libraries of Qt.

    Does nothing when the stamp says that this was done for these locks and this Python. Raises Stop.
    """
    done = read_stamp()
    wanted = {name: fingerprint(name) for name in ("run", "dev")}
    locked = done.get(lock) == wanted[lock] and PYTHON.exists()
    libraries = "screen" if screen else "offscreen"
    if locked and libraries in done.get("libraries", []):
        return
    if not locked:
        say("Setting up Muster. This happens once and downloads up to 200 MB.")
    need_system(venv=not locked, libraries=OFFSCREEN_LIBRARIES + (SCREEN_LIBRARIES if screen else ()))
    if not locked:
        make_venv()
        install(lock)
        # The dev lock holds all of the run lock at the same versions.
        done.update(wanted if lock == "dev" else {"run": wanted["run"], "dev": ""})
    done["libraries"] = sorted({*done.get("libraries", []), "offscreen", libraries})
    STAMP.write_text(json.dumps(done), encoding="utf-8")


def read_stamp() -> dict[str, Any]:
    """What earlier set-ups have done; empty when there was none."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def fingerprint(lock: str) -> str:
    """A word that changes when the lock, the Python or the place of the checkout does."""
    digest = hashlib.sha256((ROOT / "requirements" / f"{lock}.txt").read_bytes())
    digest.update(f"{sys.version_info[:2]} {sys.platform} {ROOT}".encode())
    return digest.hexdigest()


def make_venv() -> None:
    """A fresh `.venv`, unless the one that is there works and is of this Python."""
    if PYTHON.exists():
        code = f"import sys, pip; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
        if subprocess.run([PYTHON, "-c", code], check=False, capture_output=True).returncode == 0:
            return
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False).returncode != 0:
        raise Stop(f"Python could not make the folder {VENV}. What it says about it is above.")


def install(lock: str) -> None:
    """Let pip install exactly what the lock names; how pip reaches its packages is the machine's own setting."""
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    if not sys.stderr.isatty():
        command.append("--quiet")
    command += ["-r", str(ROOT / "requirements" / f"{lock}.txt")]
    # What pip tells is about the set-up, not the task's own result: it goes where messages go.
    if subprocess.run(command, check=False, stdout=sys.stderr).returncode != 0:
        raise Stop("pip could not install what Muster needs. What it says about it is above.")


def missing_libraries(wanted: tuple[tuple[str, str, str], ...]) -> list[tuple[str, str, str]]:
    """Those of the wanted libraries that the system's loader does not find."""
    missing = []
    for row in wanted:
        try:
            ctypes.CDLL(row[0])
        except OSError:
            missing.append(row)
    return missing


def need_system(*, venv: bool, libraries: tuple[tuple[str, str, str], ...]) -> None:
    """See that the system has what pip cannot bring: install it where that is allowed, else raise Stop.

    `venv`: an environment may have to be made; Debian and Ubuntu keep Python's means for that in a package of its own.
    """
    apt = shutil.which("apt-get") is not None
    packages = []
    if venv and not PYTHON.exists() and not can_make_venv():
        if not apt:
            raise Stop("This Python lacks the modules venv and ensurepip. Please install them, then start this again.")
        packages.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    missing = missing_libraries(libraries) if sys.platform == "linux" else []
    if apt:
        packages += [debian for _, debian, _ in missing]
        if packages:
            apt_install(packages)
    elif missing:
        raise Stop(f"Qt needs libraries that are not there. {by_hand(libraries_command(missing))}")


def can_make_venv() -> bool:
    """Whether this Python has all it needs to make an environment with pip in it."""
    return all(importlib.util.find_spec(name) is not None for name in ("venv", "ensurepip"))


def libraries_command(missing: list[tuple[str, str, str]]) -> str:
    """What installs these libraries on a system without apt."""
    if shutil.which("pacman"):
        return "sudo pacman -S --needed " + " ".join(sorted({arch for _, _, arch in missing}))
    # dnf and zypper take the name of the library itself.
    names = " ".join(f"'{library}()(64bit)'" for library, _, _ in missing)
    tool = "zypper" if shutil.which("zypper") else "dnf"
    return f"sudo {tool} install {names}"


def apt_install(packages: list[str]) -> None:
    """Install packages of Debian or Ubuntu when root or sudo without a password allow it, else raise Stop."""
    options = f"install -y --no-install-recommends {' '.join(packages)}"
    command = by_hand(f"sudo apt-get update && sudo apt-get {options}")
    sudo = ["sudo", "-n"]
    if os.geteuid() == 0:
        sudo = []
    elif shutil.which("sudo") is None or subprocess.run([*sudo, "true"], check=False, capture_output=True).returncode:
        raise Stop(f"Python or Qt need packages of this system that are not there. {command}")
    say(f"Installing packages of this system: {' '.join(packages)}")
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    # An old list of packages may name files that are gone; without a network the list that is there may do.
    for step in (["update"], options.split()):
        done = subprocess.run([*apt, *step], check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if done.returncode != 0:
        raise Stop(f"The packages could not be installed. {command}")


def by_hand(command: str) -> str:
    """How to tell a person what to type."""
    return f"Please run this, then start this again:\n\n  {command}\n"


# --- Tasks ----------------------------------------------------------------------------------------------------------


def python(*arguments: str | Path, **env: str) -> int:
    """Run the environment's Python, with these variables besides those of this process; the exit status."""
    return subprocess.run([PYTHON, *arguments], check=False, env={**os.environ, **env}).returncode


def program(*arguments: str | Path) -> int:
    """Run Muster from this checkout, in the folder where the person is, so that names of files mean what they say."""
    return python("-P", "-m", "desktop", *arguments, PYTHONPATH=str(ROOT))


def has_screen() -> bool:
    """Whether a window can be shown: on Linux, a display server or a platform of Qt must be named."""
    return sys.platform != "linux" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )


def shows_on_screen() -> bool:
    """Whether the window will be shown on a screen, so that Qt loads the libraries for one."""
    return has_screen() and os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] not in ("offscreen", "minimal")


def run(arguments: list[str]) -> int:
    """Muster with the demo city, which is made on the first start."""
    if not arguments and not has_screen():
        raise Stop("There is no screen to show the window on: neither DISPLAY nor WAYLAND_DISPLAY is set.")
    prepare("run", screen=shows_on_screen())
    if not DEMO.is_dir() or not any(DEMO.iterdir()):
        say("Building the demo city.")
        # Made beside its place and moved there when it is whole, so that a stopped start leaves no half a city.
        growing = DEMO.with_name(DEMO.name + "-new")
        shutil.rmtree(growing, ignore_errors=True)
        status = program("--home", growing, "demo", "--assets", "2000")
        if status != 0:
            return status
        shutil.rmtree(DEMO, ignore_errors=True)
        growing.rename(DEMO)
    return program("--home", DEMO, *arguments)


def muster(arguments: list[str]) -> int:
    """Muster with the data of whoever starts it."""
    prepare("run", screen=shows_on_screen())
    return program(*arguments)


def check(arguments: list[str]) -> int:
    """Style, formatting, types and the walls between the packages. All are looked at; 1 when any complains."""
    if arguments:
        raise Stop("check takes no options.")
    prepare("dev")
    os.chdir(ROOT)
    lint_imports = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    failed = []
    for name, command in (
        ("ruff check", ("-m", "ruff", "check", ".")),
        ("ruff format", ("-m", "ruff", "format", "--check", ".")),
        ("mypy", ("-m", "mypy")),
        ("lint-imports", ("-c", lint_imports, "--no-logo")),
    ):
        say(f"== {name}")
        if python(*command) != 0:
            failed.append(name)
    if failed:
        say(f"These checks failed: {', '.join(failed)}")
    return 1 if failed else 0


def test(arguments: list[str]) -> int:
    """The checks and then all tests; with options for pytest, only those tests."""
    if arguments[:1] == ["--"]:
        arguments = arguments[1:]
    checked = 0 if arguments else check([])
    prepare("dev")
    os.chdir(ROOT)
    say("== pytest")
    options = arguments or ["-n", "logical", "--dist", "worksteal"]
    tested = python("-m", "pytest", *options, **OFFSCREEN)
    if checked != 0:
        say("The checks before the tests failed.")
    return 1 if checked or tested else 0


def bench(arguments: list[str]) -> int:
    """The measurements, each a script of its own that prints its table."""
    prepare("dev")
    os.chdir(ROOT)
    there = {path.stem.removeprefix("bench_"): path for path in sorted(Path("tests/bench").glob("bench_*.py"))}
    unknown = [name for name in arguments if name not in there]
    if unknown:
        raise Stop(f"There is no measurement {unknown[0]!r}. There are: {', '.join(there)}.")
    failed = []
    for name in arguments or there:
        say(f"== {name}")
        if python(there[name], PYTHONPATH=str(ROOT), **OFFSCREEN) != 0:
            failed.append(name)
    if failed:
        say(f"These measurements failed: {', '.join(failed)}")
    return 1 if failed else 0


def fuzz(arguments: list[str]) -> int:
    """Spoilt spreadsheets by the thousand: no crash, no hang, no half write; `--help` tells of the options."""
    prepare("dev")
    os.chdir(ROOT)
    return python("tests/fuzz_import.py", *arguments, PYTHONPATH=str(ROOT))


def soak(arguments: list[str]) -> int:
    """Clients and a shared database under faults, for minutes or for days; `--help` tells of the options."""
    prepare("dev")
    os.chdir(ROOT)
    return python("tests/sync/soak.py", *arguments, PYTHONPATH=str(ROOT))


def pictures(arguments: list[str]) -> int:
    """Each page of the window as a picture, light and dark."""
    prepare("dev")
    os.chdir(ROOT)
    return python("tests/pictures.py", *arguments, PYTHONPATH=str(ROOT), **OFFSCREEN)


def wheel(arguments: list[str]) -> int:
    """The wheel, and a look whether all of the program is in it."""
    prepare("dev")
    os.chdir(ROOT)
    # Leftovers of an earlier build would go into the wheel.
    shutil.rmtree("build/lib", ignore_errors=True)
    options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "--wheel-dir", "dist")
    built = python("-m", "pip", "wheel", *options, *arguments, ".")
    return built or python("installer/check_wheel.py", **OFFSCREEN)


def package(arguments: list[str]) -> int:
    """The program with all it needs in one folder, for this system, and a try of it."""
    prepare("dev", screen=True)
    os.chdir(ROOT)
    options = ("--noconfirm", "--distpath", "dist", "--workpath", "build/pyinstaller", "--log-level", "WARN")
    built = python("-m", "PyInstaller", *options, *arguments, "installer/muster.spec")
    return built or python("installer/check_frozen.py", **OFFSCREEN)


def lock(arguments: list[str]) -> int:
    """Both locks from pyproject.toml, for all systems and Pythons at once, with hashes and without addresses."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(PYTHON.parent))
    if uv is None:
        raise Stop("This needs uv. Please install it (pip install uv), then start this again.")
    os.chdir(ROOT)
    plain = ("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate")
    for name, options in (
        ("dev", ["--group", "dev", "--group", "package"]),
        ("run", ["--constraints", "requirements/dev.txt"]),
    ):
        path = Path("requirements", f"{name}.txt")
        command = [uv, "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11", "--quiet"]
        command += ["--generate-hashes", *plain, *options, *arguments, "--output-file", str(path)]
        status = subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode
        if status != 0:
            return status
        text = path.read_text(encoding="utf-8")
        path.write_text(f"# Written by: python3 tasks.py lock\n{text}", encoding="utf-8", newline="\n")
    return 0


TASKS = {task.__name__: task for task in (run, muster, test, check, bench, fuzz, soak, pictures, wheel, package, lock)}


def main(arguments: list[str]) -> int:
    """Do the task that the command line names; the exit status is the task's own, 2 when it cannot be done here."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        say(HELP)
        return 0 if arguments else 2
    name, *rest = arguments
    if name not in TASKS:
        say(f"There is no task {name!r}.\n\n{HELP}")
        return 2
    try:
        return TASKS[name](rest)
    except Stop as stop:
        say(str(stop))
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
