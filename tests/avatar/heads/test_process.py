"""The worker as a process: it says what is wrong, and waits its turn."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from avatar.heads.door import try_lock
from config.settings.environment import ROOT


def started(model: Path, home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, "--model", str(model), "--home", str(home), "--device", "cpu"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


PROGRAM = """
import sys
from avatar.heads.__main__ import main
code = main()
print(*[name for name in ("django", "torch", "cv2") if name in sys.modules], flush=True)
sys.exit(code)
"""


def test_a_model_that_is_none_is_said_in_the_log(tmp_path):
    process = started(tmp_path, tmp_path / "worker")
    assert process.stdout is not None
    assert process.stdout.readline().startswith("no filmed host can be drawn: unet/config.json: is missing")

    process.send_signal(signal.SIGTERM)
    rest = process.communicate(timeout=30)[0]
    assert process.returncode == 3
    assert "django" not in rest
    assert "torch" not in rest


def test_a_worker_waits_light_while_another_serves(tmp_path):
    held = try_lock(tmp_path / "worker")
    assert held is not None
    process = started(tmp_path, tmp_path / "worker")
    assert process.stdout is not None
    assert process.stdout.readline() == "another worker serves; waiting\n"
    status = Path(f"/proc/{process.pid}/status").read_text()

    process.send_signal(signal.SIGTERM)

    assert process.communicate(timeout=30)[0].strip() == ""
    assert process.returncode == 0
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    assert resident < 40_000
    os.close(held)
