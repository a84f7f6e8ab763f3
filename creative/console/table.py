"""The table a run ends with."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

MOST_ROWS = 12
"""Of a bulk batch the first ads stand for all; the report has every one."""


def print_table(report: dict[str, Any]) -> None:
    """A row an ad: file, length, clips, checks, seconds, CPU seconds, what was degraded; then what is missing."""
    console = Console()
    console.print(_ads_table(report))
    if "batch" in report:
        console.print(_batch_table(report["batch"], report["made"]))
    for words in missing_words(report["missing"]):
        console.print(f"missing: {words}", markup=False)
    for refused in report["errors"]:
        console.print(f"refused: {refused['file']}: {refused['reason']}", markup=False)
    if report.get("language_model", {}).get("calls"):
        console.print(_asked(report["language_model"]))
    seconds = " · ".join(f"{stage} {value:.1f} s" for stage, value in report["timings"].items())
    console.print(seconds)


def _asked(used: dict[str, Any]) -> str:
    tokens = f"{used['prompt_tokens']:,} tokens read, {used['completion_tokens']:,} written"
    return f"language model: {used['calls']} questions ({used['failures']} failed), {tokens}, ¥{used['yuan']:.4f}"


def _ads_table(report: dict[str, Any]) -> Table:
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
    shown = report["ads"][: MOST_ROWS if "batch" in report else None]
    for ad in shown:
        table.add_row(*_row(ad))
    if len(shown) < len(report["ads"]):
        table.add_row(f"… {len(report['ads']) - len(shown)} more in the report")
    return table


def _row(ad: dict[str, Any]) -> tuple[str, ...]:
    shots = [shot for slot in ad["slots"] for shot in slot["shots"]]
    clips = {shot["source"] for shot in shots if not shot["source"].startswith("card:")}
    good = sum(check["ok"] for check in ad["checks"])
    return (
        escape(ad["path"] or f"recipe {ad['index']:04d}"),
        f"{ad['duration_seconds']:.1f} s",
        str(len(clips)),
        f"{good}/{len(ad['checks'])}",
        f"{ad['seconds']:.0f}",
        f"{ad['cpu_seconds']:.1f}",
        ", ".join(ad["degraded"]),
    )


def _batch_table(batch: dict[str, Any], made: int) -> Table:
    """What a batch shared, how alike its ads are, and what one cost."""
    table = Table(title="the batch", show_header=False)
    cost = batch["cost"]
    worst = batch["worst_pair"]["similarity"] if batch["worst_pair"] else 0.0
    account = batch["account_similarity"]
    rows = (
        ("the material carries", f"{batch['capacity']} distinct ads of {batch['clips']} clips"),
        ("most alike pair", f"s = {worst:.3f}"),
        ("account similarity", "unknown" if account is None else f"{account:.1%} (an estimate)"),
        ("rendered once", f"{batch['unique_seconds']:.0f} s of picture for {made} ads"),
        ("segments", f"{batch['segments_made']} made, {batch['segments_reused']} were there"),
        ("CPU seconds", " · ".join(f"{part} {value:.1f}" for part, value in batch["cpu_seconds"].items())),
        ("one ad", f"{cost['cpu_seconds_per_ad']:.2f} CPU s = ¥{cost['yuan_per_ad']:.6f} (field: ¥0.47, ¥100–200)"),
        (
            "a day on this machine",
            f"{cost['ads_a_day_shared']:,} as here, {cost['ads_a_day_unshared']:,} sharing nothing",
        ),
    )
    for row in rows:
        table.add_row(*row)
    return table


def missing_words(missing: list[dict[str, Any]]) -> list[str]:
    """Gaps in order, neighbours with the same reason told once."""
    words: list[str] = []
    runs: list[list[dict[str, Any]]] = []
    for gap in missing:
        if runs and runs[-1][-1]["reason"] == gap["reason"] and runs[-1][-1]["index"] + 1 == gap["index"]:
            runs[-1].append(gap)
        else:
            runs.append([gap])
    for run in runs:
        first, last = run[0]["index"] + 1, run[-1]["index"] + 1
        words.append(
            f"ad {first}: {run[0]['reason']}" if first == last else f"ads {first} to {last}: {run[0]['reason']}"
        )
    return words
