"""A real vLLM on a tiny random model, kept up for the rows that ask it."""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@lru_cache(maxsize=1)
def served_model() -> str:
    """The base URL of a server with a model called "tiny"; it ends with this process."""
    from generation.checkpoints.tiny.llm import make

    home = tempfile.TemporaryDirectory(prefix="adloom-llm-")
    folder = Path(home.name) / "tiny"
    make(folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--model", str(folder), "--cpu", "--port", str(port), "--max-tokens", "16384", "--cache-gib", "1"]
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "serve_llm", *options],
        env={**os.environ, "ADLOOM_HOME": home.name},
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )

    def end() -> None:
        process.terminate()
        process.wait(60)
        home.cleanup()

    atexit.register(end)
    for line in process.stdout or ():
        if line.startswith("LLM_BASE_URL="):
            return line.strip().partition("=")[2]
    raise RuntimeError("serve_llm did not come up")
