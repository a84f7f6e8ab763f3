"""A model is loaded in a process of its own before it is loaded here.

What sherpa-onnx cannot read (a token table of another model, a note that is missing) it answers by
ending the process. So a folder is tried once per content; the outcome is kept under
ADLOOM_HOME/model-trials.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

from django.conf import settings

from core.errors import TerminalError

ModelKind = Literal["voice", "hearing"]
LONGEST_TRIAL_SECONDS = 180.0
_MODULE = "generation.sherpa.trial_process"
_ROOT = Path(__file__).resolve().parents[2]


class TrialFailed(TerminalError):
    """The model in the folder could not be loaded; the text is the last thing the loader said."""

    code = "model_trial_failed"


def content_key(folder: Path) -> str:
    """Twelve hex digits that change with the names and sizes of the files in `folder`."""
    files = sorted((str(path.relative_to(folder)), path.stat().st_size) for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(json.dumps(files).encode()).hexdigest()[:12]


def try_out(kind: ModelKind, folder: Path) -> dict[str, Any]:
    """What the model says of itself once loaded (`sample_rate`, `speakers` of a voice); TrialFailed says why not.

    A folder that failed is tried again next time: somebody may have mended it.
    """
    kept = settings.ADLOOM_HOME / "model-trials" / f"{kind}-{_key(folder)}.json"
    if kept.is_file():
        told: dict[str, Any] = json.loads(kept.read_text("utf-8"))
        return told
    told = _load_apart(kind, folder)
    kept.parent.mkdir(parents=True, exist_ok=True)
    temporary = kept.with_name(f".{kept.name}.{os.getpid()}")
    temporary.write_text(json.dumps(told), "utf-8")
    os.replace(temporary, kept)
    return told


def _key(folder: Path) -> str:
    """Of the content, and of when it was written: a file of the same size may be another."""
    written = max((path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()), default=0)
    return f"{content_key(folder)}-{written:x}"


def _load_apart(kind: ModelKind, folder: Path) -> dict[str, Any]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])}
    try:
        run = subprocess.run(
            [sys.executable, "-m", _MODULE, kind, str(folder)],
            capture_output=True,
            timeout=LONGEST_TRIAL_SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TrialFailed(f"loading it took more than {LONGEST_TRIAL_SECONDS:.0f} s") from error
    lines = run.stdout.decode("utf-8", "replace").splitlines()
    if run.returncode == 0 and lines:
        told: dict[str, Any] = json.loads(lines[-1])
        return told
    raise TrialFailed(_last_words(run.stderr.decode("utf-8", "replace"), run.returncode))


def _last_words(said: str, code: int) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1][-300:] if lines else f"the loader ended with {code} and said nothing"
