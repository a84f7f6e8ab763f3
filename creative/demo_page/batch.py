"""What the demo page shows of a bulk batch, where one was made beside the ads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = "batch"
SHOWN = 3
"""Ads of the batch that are written as files, to be played on the page."""


def batch_context(folder: Path) -> dict[str, Any] | None:
    """The batch's figures, its sheet and the ads that were written; None where no batch was made."""
    try:
        report = json.loads((folder / FOLDER / "report.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    figures, cost = report["batch"], report["batch"]["cost"]
    spent = sum(seconds for part, seconds in figures["cpu_seconds"].items() if part != "ingest")
    return {
        "made": report["made"],
        "requested": report["requested"],
        "policy": report["distinctness"],
        "figures": figures,
        "cost": cost,
        "spent_seconds": spent,
        "advice": figures["advice"][:2],
        "ad_seconds": report["ads"][0]["duration_seconds"] if report["ads"] else 0.0,
        "parts": [(name, seconds) for name, seconds in figures["cpu_seconds"].items() if name != "ingest"],
        "sheet": f"{FOLDER}/sheet.jpg" if (folder / FOLDER / "sheet.jpg").is_file() else "",
        "videos": [f"{FOLDER}/{path.name}" for path in sorted((folder / FOLDER).glob("ad-*.mp4"))[:SHOWN]],
        "missing": report["missing"][:1],
    }
