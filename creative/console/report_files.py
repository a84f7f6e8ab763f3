"""Reports as files: written whole, and kept true when one of their ads changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from creative.report import MadeAd, with_changed_ad

LARGEST_REPORT = 256 * 1024 * 1024
"""Bytes; a report of 10,000 ads stays below. What is larger is none of ours."""


MANY_ADS = 100
"""From so many on nobody reads a report line by line, and laying it out costs a millisecond an ad."""


def write_report(report: dict[str, Any], path: Path) -> None:
    """Write the report whole or not at all."""
    indent = 1 if len(report.get("ads", ())) < MANY_ADS else None
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_text(json.dumps(report, ensure_ascii=False, indent=indent) + "\n", encoding="utf-8")
    temporary.replace(path)


def mend_reports(ad: MadeAd) -> list[Path]:
    """Write the entry of the file `ad.file` anew in every report that lies beside it; returns those files."""
    mended = []
    for path in sorted(Path(ad.file).parent.glob("*.json")):
        changed = with_changed_ad(report, ad) if (report := _read(path)) is not None else None
        if changed is not None:
            write_report(changed, path)
            mended.append(path)
    return mended


def _read(path: Path) -> dict[str, Any] | None:
    """The JSON object in a file, None where it is something else."""
    if path.stat().st_size > LARGEST_REPORT:
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
    return content if isinstance(content, dict) else None
