"""What stands in columns whose type alone does not say it, so that pages can show the rows of `rows.py`.

Each entry takes the marker and a real file whose bytes are the marker.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.contracts import Money, dump
from creative.contracts import AdPlan, BriefData, PlannedShot, PlannedSlot, ProductBrief, SlotBudget
from generation.contracts import (
    PORTRAIT,
    Brand,
    CheckLimits,
    MediaSource,
    Provenance,
    RenderResult,
    RenderSpec,
    SafeArea,
    Timeline,
    Understanding,
)


def _brief(marker: str, file: Path) -> Any:
    product = ProductBrief(
        name=marker, category="咖啡", category_key="drinks", price_text="¥39.9", price=Money(3990), offer=marker
    )
    return dump(BriefData(product, "zh-CN", "kuaishou", 15.0))


def _plan(marker: str, file: Path) -> Any:
    slot = PlannedSlot("hook", marker, (), (), 80, (PlannedShot(marker, 80),))
    return dump(AdPlan((slot,), "zh-CN", "1080x1920", "", "", "", 1))


def _spec(marker: str, file: Path) -> Any:
    timeline = Timeline(PORTRAIT, SafeArea(0, 0, 1080, 1920), "zh-CN", 80, (), (), Brand(marker))
    return dump(RenderSpec(timeline, CheckLimits(15.0), Provenance(marker, marker, marker)))


def _result(marker: str, file: Path) -> Any:
    return dump(RenderResult(str(file), "", 80, 30, 80 / 30, (), None, 1.0, 1, 0))


def _understanding(marker: str, file: Path) -> Any:
    return dump(Understanding(MediaSource("", str(file), marker, "video", 64, 64, 80), "video", 2.7, False, ()))


CONTENTS: dict[str, Callable[[str, Path], Any]] = {
    "Brief.data": _brief,
    "Batch.is_bulk": lambda marker, file: False,
    "Ad.is_recipe": lambda marker, file: False,
    "Ad.plan": _plan,
    "Ad.spec": _spec,
    "Ad.result": _result,
    "Material.media": lambda marker, file: "video",
    "Material.understanding": _understanding,
    "Reference.understanding": _understanding,
    "Reference.format": lambda marker, file: "process",
    "Reference.platform": lambda marker, file: "kuaishou",
    "Reference.category": lambda marker, file: "drinks",
    "Reference.language": lambda marker, file: "zh-CN",
    "ReferenceSlot.role": lambda marker, file: "hook",
    "ScriptLine.role": lambda marker, file: "hook",
    "ScriptLine.budget": lambda marker, file: dump(SlotBudget("hook", 2.5, 1.0, 4.0)),
}
