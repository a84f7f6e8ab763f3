"""The table a run ends with."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table


def print_table(report: dict[str, Any]) -> None:
    """File, length, clips, checks, seconds, CPU seconds and what was degraded, one row an ad; then what is missing."""
    console = Console()
    table = Table(title=f"{report['made']} of {report['requested']} ads")
    for name, justify in (
        ("file", "left"),
        ("length", "right"),
        ("clips", "right"),
        ("checks", "right"),
        ("seconds", "right"),
        ("CPU s", "right"),
        ("degraded", "left"),
    ):
        table.add_column(name, justify=justify)  # type: ignore[arg-type] # rich spells its literals out
    for ad in report["ads"]:
        table.add_row(*_row(ad))
    console.print(table)
    for gap in report["missing"]:
        console.print(f"missing: ad {gap['index'] + 1}: {gap['reason']}", markup=False)
    for refused in report["errors"]:
        console.print(f"refused: {refused['file']}: {refused['reason']}", markup=False)
    seconds = " · ".join(f"{stage} {value:.1f} s" for stage, value in report["timings"].items())
    console.print(seconds)


def _row(ad: dict[str, Any]) -> tuple[str, ...]:
    shots = [shot for slot in ad["slots"] for shot in slot["shots"]]
    clips = {shot["source"] for shot in shots if not shot["source"].startswith("card:")}
    good = sum(check["ok"] for check in ad["checks"])
    return (
        escape(ad["path"]),
        f"{ad['duration_seconds']:.1f} s",
        str(len(clips)),
        f"{good}/{len(ad['checks'])}",
        f"{ad['seconds']:.0f}",
        f"{ad['cpu_seconds']:.1f}",
        ", ".join(ad["degraded"]),
    )
