"""Running the product's commands as a user does: another process, a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NEED = "15 秒，澄夜冷萃咖啡，39.9 元，第二件半价，上班族，快手"


@dataclass(frozen=True)
class Ran:
    """A finished command."""

    code: int
    out: str
    err: str
    report: dict[str, Any]


def environment(home: Path, settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment without the test settings, with another home and `settings`."""
    keep = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return {**keep, "ADLOOM_HOME": str(home), "PYTHONUNBUFFERED": "1", **(settings or {})}


def manage(home: Path, *arguments: str, timeout: float = 300, settings: Mapping[str, str] | None = None) -> Ran:
    """`manage.py` with `arguments`."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=environment(home, settings),
        capture_output=True,
        text=True,
        timeout=timeout,
        cwd=ROOT,
    )
    return Ran(done.returncode, done.stdout, done.stderr, {})


def make_ads(
    home: Path,
    materials: Path,
    out: Path,
    *more: str,
    need: str = NEED,
    settings: Mapping[str, str] | None = None,
) -> Ran:
    """`make_ads` with a report, drafts unless told otherwise."""
    report = out / "report.json"
    arguments = ["make_ads", "--materials", str(materials), "--out", str(out), "--report", str(report), *more]
    if "--brief" not in more:
        arguments += ["--need", need]
    ran = manage(home, *arguments, settings=settings)
    found = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
    return Ran(ran.code, ran.out, ran.err, found)
