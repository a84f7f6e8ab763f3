"""Building index.html from a run: media beside it, styles inside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from creative.contracts import RowEntry, ScriptLine
from creative.demo_page.batch import batch_context
from creative.demo_page.cost import CORE_HOUR_YUAN, FIELD_AGENCY_YUAN, FIELD_MACHINE_YUAN, cost_per_ad
from creative.models import Script
from creative.page_data.check_words import check_views
from creative.page_data.words import marks
from creative.selectors import script_lines
from creative.services.main_job import Outcome
from generation import api as generation
from generation.contracts import Check

STYLES = ("core/static/core/css/tokens.css", "core/static/core/css/base.css", "core/static/core/css/components.css")
OWN_STYLE = "creative/static/creative/demo.css"
OWN_SCRIPT = "creative/static/creative/demo.js"


def build_page(outcome: Outcome, report: dict[str, Any], folder: Path, sections: Sequence[SafeString] = ()) -> Path:
    """Write index.html into `folder` (where the ads already lie), with other apps' `sections`; returns its path."""
    language = outcome.run.brief.language
    with translation.override("zh-hans" if language == "zh-CN" else "en"):
        html = render_to_string("creative/demo/page.html", _context(outcome, report, folder) | {"sections": sections})
    target = folder / "index.html"
    target.write_text(html, encoding="utf-8")
    return target


def _context(outcome: Outcome, report: dict[str, Any], folder: Path) -> dict[str, Any]:
    run = outcome.run
    ads = [_ad(ad, folder) for ad in report["ads"]]
    return {
        "brief": run.brief,
        "facts": run.brief.all_facts(),
        "row": [_card(entry, outcome, folder) for entry in run.row],
        "picked": next((_card(each, outcome, folder) for each in run.row if each.reference_id == run.pick), None),
        "lines": [_line(line) for line in script_lines(outcome.script)],
        "script": outcome.script,
        "reference_lines": reference_lines(outcome.script),
        "ads": ads,
        "report": report,
        "marks": marks(report["degraded"]),
        "cost": cost_per_ad([ad["cpu_seconds"] for ad in ads]),
        "core_hour": CORE_HOUR_YUAN,
        "field_machine": FIELD_MACHINE_YUAN,
        "field_agency": FIELD_AGENCY_YUAN,
        "checks_ok": sum(check.ok for ad in ads for check in ad["checks"]),
        "checks_all": sum(len(ad["checks"]) for ad in ads),
        "styles": inline(*STYLES, OWN_STYLE),
        "script_text": inline(OWN_SCRIPT),
        "batch": batch_context(folder),
        "language": run.brief.language,
    }


def inline(*names: str) -> SafeString:
    """Our own style sheets and scripts, put into the page so that it stands alone."""
    text = "\n".join((Path(settings.BASE_DIR) / name).read_text(encoding="utf-8") for name in names)
    return mark_safe(text.replace("</", "<\\/"))


def _card(entry: RowEntry, outcome: Outcome, folder: Path) -> dict[str, Any]:
    target = folder / "references" / f"{entry.reference_id}.mp4"
    poster = target.with_suffix(".jpg")
    if not target.exists():
        generation.copy_file(Path(entry.video_path), target)
    if not poster.exists():
        generation.save_still(Path(entry.video_path), poster, at_seconds=min(1.2, entry.structure.seconds / 3))
    return {
        "entry": entry,
        "slots": entry.structure.slots,
        "video": f"references/{target.name}",
        "poster": f"references/{poster.name}",
        "is_picked": entry.reference_id == outcome.run.pick,
        "seconds": entry.structure.seconds,
    }


def _ad(ad: dict[str, Any], folder: Path) -> dict[str, Any]:
    video = Path(ad["path"])
    poster = video.with_suffix(".jpg")
    generation.save_still(video, poster, at_seconds=1.0)
    slots = [
        {"role": slot["role"], "seconds": (slot["end_frame"] - slot["start_frame"]) / 30, **slot}
        for slot in ad["slots"]
    ]
    checks = check_views(Check(**check) for check in ad["checks"])
    return {
        **ad,
        "checks": checks,
        "video": video.name,
        "poster": poster.name,
        "slots": slots,
        "number": ad["index"] + 1,
    }


def _line(line: ScriptLine) -> dict[str, Any]:
    return {"role": line.role, "html": mark_facts(line.text, line.spans), "seconds": line.estimated_seconds}


def mark_facts(text: str, spans: tuple[tuple[str, int, int], ...]) -> SafeString:
    """The line with its bound facts underlined and numbered, as in the script editor."""
    parts, at = [], 0
    for fact_id, start, end in sorted(spans, key=lambda span: (span[1], -span[2])):
        if start < at:
            continue
        parts.append(str(escape(text[at:start])))
        parts.append(f'<span class="bound">{escape(text[start:end])}<sup>{escape(fact_id)}</sup></span>')
        at = end
    parts.append(str(escape(text[at:])))
    return mark_safe("".join(parts))


def reference_lines(script: Script) -> list[str]:
    """The picked reference's own spoken lines, to read beside the new ones."""
    reference = script.reference
    if reference is None:
        return []
    return [line.strip() for line in re.split(r"[\n]+", reference.script) if line.strip()]
