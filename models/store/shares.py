"""Is a folder on a network share? SQLite's locks do not hold there, so a database there would be lost one day."""

import os
import subprocess
import sys
from pathlib import Path

_NETWORK_TYPES = frozenset(
    (
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "afpfs",
        "afs",
        "ncpfs",
        "davfs",
        "webdav",
        "fuse.sshfs",
        "fuse.davfs",
    )
)
_DRIVE_REMOTE = 4  # GetDriveTypeW, Win32


def on_network_share(folder: Path) -> bool:
    """True where the folder is known to be on another machine; False where it is local or cannot be told."""
    folder = folder.resolve()
    if sys.platform == "win32":
        return _windows_remote(folder)
    if sys.platform == "darwin":
        return _type_of(folder, _mac_mounts()) in _NETWORK_TYPES
    return _type_of(folder, _linux_mounts()) in _NETWORK_TYPES


def _windows_remote(folder: Path) -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    drive = folder.drive
    return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _DRIVE_REMOTE


def _linux_mounts() -> list[tuple[str, str]]:
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    # Blanks in a mount point are written \040 there (proc(5)).
    return [(parts[1].replace("\\040", " "), parts[2]) for parts in map(str.split, lines) if len(parts) > 2]


def _mac_mounts() -> list[tuple[str, str]]:
    try:
        lines = subprocess.run(
            ["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False
        ).stdout.splitlines()
    except (OSError, subprocess.TimeoutExpired):
        return []
    # A line reads: //ana@nas/share on /Volumes/share (smbfs, nodev, nosuid)
    split = [line.partition(" on ")[2].rpartition(" (") for line in lines]
    return [(point, rest.split(",")[0].rstrip(")")) for point, _, rest in split if point]


def _type_of(folder: Path, mounts: list[tuple[str, str]]) -> str:
    """The file system's type of the longest mount point above the folder; later mounts cover earlier ones."""
    best = ("", "")
    for point, kind in mounts:
        inside = point == os.sep or str(folder) == point or str(folder).startswith(point.rstrip(os.sep) + os.sep)
        if inside and len(point) >= len(best[0]):
            best = (point, kind)
    return best[1]
