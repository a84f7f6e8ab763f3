"""Row B12: from a brief to the first watchable 540p draft, and one slot of it changed.

Runs the product's own commands as a user would, in a home of its own, with the services
up (as beside `make serve`) and the materials imported: the wait a person sees at the desk.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.run import Figure, Row

ROOT = Path(__file__).resolve().parents[1]
FOOTAGE = ROOT / "demo" / "footage"
HOLD = (
    "import sys; import django; django.setup(); from core.processes.use import embedded_services\n"
    "with embedded_services('postgres', 'broker', 'workers'): print('up', flush=True); sys.stdin.read()"
)
DRAFT_SECONDS = 60.0
CHANGE_SECONDS = 5.0


def first_draft(small: bool, folder: Path) -> Figure:
    """B12: the worse of the two waits as a share of its limit."""
    materials = _materials(folder, 5 if small else None)
    environment = {**os.environ, "ADLOOM_HOME": str(folder / "home"), "DJANGO_SETTINGS_MODULE": "config.settings.base"}
    with _services(environment):
        with_import = _make_draft(materials, folder / "first", 1, environment)
        draft = _make_draft(materials, folder / "second", 2, environment)
        change = _change_slot(materials, folder / "second", environment)
    worst = max(draft / DRAFT_SECONDS, change / CHANGE_SECONDS)
    behind = {"draft_seconds": draft, "change_seconds": change, "draft_with_import_seconds": with_import}
    return Figure(worst, "of the limit", worst <= 1.0, behind)


def _materials(folder: Path, most: int | None) -> Path:
    target = folder / "materials"
    target.mkdir()
    for path in sorted(FOOTAGE.glob("*.mp4"))[:most]:
        shutil.copy(path, target)
    if most is None:
        shutil.copy(FOOTAGE / "materials.yaml", target)
    return target


@contextmanager
def _services(environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-c", HOLD]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as held:
        assert held.stdin is not None
        assert held.stdout is not None
        held.stdout.readline()
        try:
            yield
        finally:
            held.stdin.close()


def _make_draft(materials: Path, out: Path, seed: int, environment: dict[str, str]) -> float:
    brief = str(ROOT / "demo" / "brief.yaml")
    arguments = ["make_ads", "--brief", brief, "--materials", str(materials), "--draft", "--count", "1"]
    return _timed([*arguments, "--seed", str(seed), "--out", str(out), "--report", f"{out}.json"], environment)


def _change_slot(materials: Path, out: Path, environment: dict[str, str]) -> float:
    report = json.loads(Path(f"{out}.json").read_text(encoding="utf-8"))
    ad = report["ads"][0]
    slot, source = _a_swap(ad, materials)
    path = str(Path(ad["path"]) if Path(ad["path"]).is_absolute() else out / ad["path"])
    return _timed(["change_slot", "--ad", path, "--slot", str(slot), "--clip", f"{source}@12"], environment)


def _a_swap(ad: dict[str, Any], materials: Path) -> tuple[int, str]:
    """A slot with footage, and a file the ad does not use yet."""
    used = {shot["source"] for slot in ad["slots"] for shot in slot["shots"]}
    free = next(path.name for path in sorted(materials.glob("*.mp4")) if path.name not in used)
    for index, slot in enumerate(ad["slots"]):
        if not slot["shots"][0]["source"].startswith("card:"):
            return index, free
    raise ValueError("the draft shows no footage")


def _timed(arguments: list[str], environment: dict[str, str]) -> float:
    began = time.monotonic()
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    answer = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise RuntimeError(f"{arguments[0]} ended with {answer.returncode}: {answer.stderr[-2000:]}")
    return round(time.monotonic() - began, 2)


ROWS = [
    Row("B12", "brief to first 540p draft; one slot changed", "-", "<= 60 s; <= 5 s", first_draft),
]
