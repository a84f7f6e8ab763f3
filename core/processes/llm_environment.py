"""The language model server's own virtual environment: built once, whole or not at all.

It cannot share ours: the server needs a newer pillow than moviepy allows. A mark, written last,
tells a whole one from one whose making was broken off; a lock lets only one process make it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.errors import InputError, ServiceDown
from core.processes.children import open_log
from core.processes.locks import Busy, hold
from core.processes.workers import ROOT

Kind = Literal["cpu", "gpu"]
Tell = Callable[[str], None]

MARK = "adloom.json"
SPACE_BYTES: dict[Kind, int] = {"cpu": 7_000_000_000, "gpu": 20_000_000_000}
"""What downloads and the finished environment take beside each other while it is made."""
SHOWN = ("Downloading ", "Processing ", "Installing ", "Successfully ", "ERROR", "Could not", "No matching")
LINKED_AGAINST_CUDA = ("torchvision", "torchaudio", "torchcodec")
"""They come along as dependencies, and without a GPU's libraries every import of transformers fails over them."""


@dataclass(frozen=True)
class LlmEnvironment:
    """The environment in `folder` for one `kind` of device; `log` takes what the package installer says."""

    folder: Path
    kind: Kind
    log: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def requirements(self) -> Path:
        return ROOT / "requirements" / ("llm.txt" if self.kind == "cpu" else "llm-gpu.txt")

    def is_ready(self) -> bool:
        """Whole, and made from the requirements as they are now."""
        try:
            mark = json.loads((self.folder / MARK).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return isinstance(mark, dict) and mark.get("made_from") == self.made_from and self.python.exists()

    @property
    def made_from(self) -> str:
        """Changes with the packages asked for, the kind and Python's own version; not with a comment."""
        wanted = [self.kind, f"{sys.version_info.major}.{sys.version_info.minor}", *self.wanted()]
        return hashlib.sha256("\n".join(wanted).encode()).hexdigest()[:16]

    def wanted(self) -> list[str]:
        """The packages, one a line, in the order they have to be installed in."""
        lines = (line.split("#")[0].strip() for line in self.requirements.read_text(encoding="utf-8").splitlines())
        return [line for line in lines if line]


def prepare(environment: LlmEnvironment, tell: Tell) -> bool:
    """Make `environment` unless it is there; True when it was made now.

    Of several at once one makes it and the others wait. InputError where there is no room
    or no right to write, ServiceDown naming the log where a package could not be installed.
    """
    folder = environment.folder
    if environment.is_ready():
        return False
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _making(folder.with_name(f"{folder.name}.lock"), tell):
            if environment.is_ready():
                return False
            _refuse_a_full_disk(environment)
            _make(environment, tell)
    except OSError as error:
        raise InputError("LLM_VENV", f"{folder} cannot be made: {error.strerror or error}") from error
    return True


@contextmanager
def _making(lock: Path, tell: Tell) -> Iterator[None]:
    try:
        with hold(lock, exclusive=True, wait=False):
            yield
            return
    except Busy:
        tell("somebody else is making the environment; waiting")
    with hold(lock, exclusive=True):
        yield


def _refuse_a_full_disk(environment: LlmEnvironment) -> None:
    """A half-made one gives its room back, so it counts as free."""
    if environment.folder.exists():
        if not (environment.folder / "pyvenv.cfg").exists() and any(environment.folder.iterdir()):
            raise InputError("LLM_VENV", f"{environment.folder} holds something that is no virtual environment")
        shutil.rmtree(environment.folder)
    free, needed = shutil.disk_usage(environment.folder.parent).free, SPACE_BYTES[environment.kind]
    if free < needed:
        raise InputError(
            "LLM_VENV",
            f"{environment.folder.parent} has {free / 1e9:.1f} GB left, the environment takes {needed / 1e9:.0f} GB"
            " while it is made; free some, or name a folder elsewhere",
        )


def _make(environment: LlmEnvironment, tell: Tell) -> None:
    steps = list(_steps(environment))
    for number, (name, command) in enumerate(steps, 1):
        tell(f"[{number}/{len(steps)}] {name}")
        _run(command, environment.log, tell)
    fresh = environment.folder / f"{MARK}.new"
    mark = {"made_from": environment.made_from, "kind": environment.kind, "packages": environment.wanted()}
    fresh.write_text(json.dumps(mark, indent=1), encoding="utf-8")
    fresh.replace(environment.folder / MARK)


def _steps(environment: LlmEnvironment) -> Iterator[tuple[str, list[str]]]:
    """Each package alone and in order: torch first, so that nothing else pulls a build for CUDA."""
    pip = [str(environment.python), "-m", "pip", "--no-input", "--disable-pip-version-check"]
    yield f"a virtual environment in {environment.folder}", [sys.executable, "-m", "venv", str(environment.folder)]
    wanted = environment.wanted()
    for number, package in enumerate(wanted, 1):
        yield f"{package} and what it needs", [*pip, "install", "--progress-bar", "off", *wanted[:number]]
    if environment.kind == "cpu":
        gone = list(LINKED_AGAINST_CUDA)
        yield f"without {', '.join(gone)}, which need a GPU's libraries", [*pip, "uninstall", "-y", *gone]
    yield "a look whether the server can be loaded", [str(environment.python), "-c", "import vllm, torch, llguidance"]


def _run(command: list[str], log: Path, tell: Tell) -> None:
    """One step; its words go into the log, those that show progress to whoever waits. It dies with us: the lock is
    free then, and the next to make the environment must not find it being written to."""
    with_us = [sys.executable, "-I", "-S", str(Path(__file__).with_name("child.py")), str(int(signal.SIGKILL)), "-1"]
    command = [*with_us, str(os.getpid()), *command]
    with open_log(log) as file:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, "VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1"},
            encoding="utf-8", errors="replace", start_new_session=True,
        )  # fmt: skip
        try:
            for line in process.stdout or ():
                file.write(line.encode())
                if line.lstrip().startswith(SHOWN):
                    tell(f"      {line.strip()[:150]}")
            code = process.wait()
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    if code:
        raise ServiceDown("llm environment", f"could not be made, see {log}")
