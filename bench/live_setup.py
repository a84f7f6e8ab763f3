"""Row L10: from a product in the books to the first word of its room on air, with everything as it comes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from bench.run import Figure, Row

REACH_SECONDS = 30.0
ROOMS = 5


def product_on_air(small: bool, folder: Path) -> Figure:
    """The slowest of several rooms, the first among them: its host has never been drawn in this home."""
    environment = {
        **os.environ,
        "ADLOOM_HOME": str(folder / "home"),
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
    }
    command = [sys.executable, "-m", "bench.live_setup_work", str(1 if small else ROOMS)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    rooms = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not rooms:
        raise RuntimeError(done.stderr.strip()[-400:])
    slowest = max(room["air_seconds"] for room in rooms)
    return Figure(slowest, "s", slowest <= REACH_SECONDS, {"rooms": rooms, "cores": os.cpu_count()})


ROWS = [
    Row("L10", "product to on air, slowest of 5", 'minutes elsewhere; "about one minute"', "≤ 30 s", product_on_air)
]
