"""The script editor: lines with their lengths and facts, what blocks, likeness, release checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.contracts import dump
from core.models import Advertiser
from core.platforms import profile
from creative.contracts import BriefData, SlotBudget
from creative.models import Brief, Script
from creative.models import ScriptLine as LineRow
from creative.page_data.briefs import PLATFORM_WORDS, Step, steps
from creative.page_data.words import STYLE_WORDS, Mark, finding_group, finding_reason, finding_source, marks
from creative.rewriting.check import check_line
from creative.rewriting.lengths import estimate_seconds, slot_seconds
from creative.rewriting.writer import STYLES
from creative.selectors import brief_data, line_budget

SCALE_SECONDS = 10.0
NEAR_SECONDS = 0.3
LIKENESS_LIMIT = 0.40
LIKENESS_CELLS = 20
LONGEST_RUN = 8


@dataclass(frozen=True)
class FindingView:
    """One finding under a line; `cut` is the line without the words it names, if that helps."""

    text: str
    reason: str
    blocks: bool
    rule: str
    source: str
    cut: str
    saved_seconds: float
    wants_fact: bool


@dataclass(frozen=True)
class Meter:
    """Spoken length against its slot, in per mille of ten seconds; `state` is in, near, over or short."""

    seconds: float
    min_seconds: float
    max_seconds: float
    spoken: float
    band_from: float
    band_width: float
    state: str


@dataclass(frozen=True)
class LineView:
    """One slot row of the editor."""

    id: int
    number: int
    role: str
    start: float
    seconds: float
    text: str
    marked: SafeString
    units: str
    meter: Meter
    findings: tuple[FindingView, ...]
    blocks: bool
    can_undo: bool


@dataclass(frozen=True)
class FactView:
    """A fact in the side list and how many lines use it."""

    id: str
    text: str
    evidence: str
    used: int
    valid_until: str
    is_ending: bool


@dataclass(frozen=True)
class ReleaseCheck:
    """One line of the release checks."""

    words: str
    ok: bool
    value: str = ""


@dataclass(frozen=True)
class VersionChip:
    """One version of the script in the row of styles."""

    id: str
    word: str
    is_shown: bool


@dataclass(frozen=True)
class Likeness:
    """How near the script is to its reference: filled cells of twenty, and the sentence."""

    share: float
    cells: tuple[bool, ...]
    limit: int
    words: str
    is_over: bool


@dataclass(frozen=True)
class ScriptPage:
    """Everything the editor shows."""

    brief: Brief
    script: Script
    lines: tuple[LineView, ...]
    slots: tuple[tuple[str, float], ...]
    seconds: float
    target: str
    blocked: int
    free: int
    blocked_words: str
    facts: tuple[FactView, ...]
    likeness: Likeness
    checks: tuple[ReleaseCheck, ...]
    versions: tuple[VersionChip, ...]
    styles: tuple[tuple[str, str], ...]
    marks: tuple[Mark, ...]
    steps: Sequence[Step]
    title: str
    language: str


def script_page(advertiser: Advertiser, script: Script, today: dt.date) -> ScriptPage:
    """The editor of one version."""
    brief = script.brief
    data = brief_data(brief)
    lines = line_views(script, data)
    blocked = [line for line in lines if line.blocks]
    versions = list(Script.objects.for_advertiser(advertiser).filter(brief=brief, reference=script.reference))
    originality = script.originality
    return ScriptPage(
        brief=brief,
        script=script,
        lines=lines,
        slots=tuple((line.role, line.seconds) for line in lines),
        seconds=sum(line.seconds for line in lines),
        target=_target(data),
        blocked=len(blocked),
        free=len(lines) - len(blocked),
        blocked_words=_blocked_words(blocked, originality),
        facts=_facts(script, data, today),
        likeness=_likeness(originality),
        checks=_checks(script, originality, data),
        versions=_versions(versions, script),
        styles=tuple((style, str(STYLE_WORDS.get(style, style))) for style in STYLES),
        marks=marks(script.degraded),
        steps=steps(brief, "script"),
        title=_("%(title)s · script %(letter)s") % {"title": data.product.name, "letter": _letter(versions, script)},
        language=data.language,
    )


def line_views(script: Script, data: BriefData) -> tuple[LineView, ...]:
    """All lines with where they start."""
    found, start = [], 0.0
    for row in script.lines.all():
        view = line_view(row, data, start)
        found.append(view)
        start += view.seconds
    return tuple(found)


def line_view(row: LineRow, data: BriefData, start: float = 0.0) -> LineView:
    """One line as the editor shows it."""
    return LineView(
        id=row.pk,
        number=row.position + 1,
        role=row.role,
        start=start,
        seconds=slot_seconds(row.estimated_seconds),
        text=row.text,
        marked=marked(row.text, row.spans, row.findings),
        units=_units(row.text, data.language),
        meter=meter(row.estimated_seconds, line_budget(row.budget) if row.budget else None),
        findings=tuple(_finding(finding, row.text, data) for finding in row.findings),
        blocks=any(finding["blocks"] for finding in row.findings),
        can_undo=bool(row.history),
    )


def typed_line(row: LineRow, text: str, data: BriefData, today: dt.date) -> LineView:
    """`row` as it would be with `text` in it; nothing is written."""
    line = check_line(text, row.role, data, line_budget(row.budget), today)  # type: ignore[arg-type] # a stored role
    typed = LineRow(
        pk=row.pk,
        script=row.script,
        position=row.position,
        role=row.role,
        text=line.text,
        spans=[list(span) for span in line.spans],
        findings=[dump(finding) for finding in line.findings],
        estimated_seconds=line.estimated_seconds,
        budget=row.budget,
        history=row.history,
    )
    return line_view(typed, data)


def meter(seconds: float, budget: SlotBudget | None) -> Meter:
    """Where a spoken length lies on a line to ten seconds."""
    low, high = (budget.min_seconds, budget.max_seconds) if budget else (0.0, SCALE_SECONDS)
    state = "in"
    if seconds > high:
        state = "near" if seconds <= high + NEAR_SECONDS else "over"
    elif seconds < low:
        state = "short"
    per = 1000 / SCALE_SECONDS
    return Meter(
        seconds, low, high, min(seconds, SCALE_SECONDS) * per, low * per, (min(high, SCALE_SECONDS) - low) * per, state
    )


def marked(text: str, spans: Sequence[Sequence[Any]], findings: Sequence[Mapping[str, Any]]) -> SafeString:
    """The line with its bound facts underlined and named, and the words of findings underlined red or dotted."""
    pieces = [(start, end, "bound", fact) for fact, start, end in spans]
    for finding in findings:
        start, end = finding["span"]["start"], finding["span"]["end"]
        if end > start and (end - start) < len(text):
            pieces.append((start, end, "unbound" if finding["blocks"] else "look-at", ""))
    html, at = SafeString(""), 0
    for start, end, kind, fact in sorted(pieces, key=lambda piece: (piece[0], piece[2] == "bound", -piece[1])):
        if start < at:
            continue
        html += format_html("{}", text[at:start]) + _piece(text[start:end], kind, fact)
        at = end
    return html + format_html("{}", text[at:])


def _piece(words: str, kind: str, fact: str) -> SafeString:
    if kind == "bound":
        return format_html('<span class="bound" data-fact="{}" tabindex="0">{}<sup>{}</sup></span>', fact, words, fact)
    return format_html('<span class="{}">{}</span>', kind, words)


def _units(text: str, language: str) -> str:
    if language == "zh-CN":
        count = sum(char.isalnum() for char in text)
        return ngettext("%(count)d character", "%(count)d characters", count) % {"count": count}
    count = len(text.split())
    return ngettext("%(count)d word", "%(count)d words", count) % {"count": count}


def _finding(finding: Mapping[str, Any], text: str, data: BriefData) -> FindingView:
    span = finding["span"]
    cut = (text[: span["start"]] + text[span["end"] :]).strip()
    is_part = 0 < span["end"] - span["start"] < len(text)
    share = (span["end"] - span["start"]) / max(1, len(text))
    return FindingView(
        text=finding["text"] if is_part else "",
        reason=finding_reason(finding),
        blocks=finding["blocks"],
        rule=finding["rule"],
        source=finding_source(finding),
        cut=cut if is_part and finding["blocks"] else "",
        saved_seconds=estimate_seconds(text, data.language) * share,
        wants_fact=finding["rule"].startswith("unbound"),
    )


def _target(data: BriefData) -> str:
    rules = profile(data.platform)
    return _("target %(seconds)s s ± 20 %% · %(platform)s takes up to %(max)s s") % {
        "seconds": f"{data.length_seconds:g}",
        "platform": PLATFORM_WORDS[data.platform],
        "max": f"{rules.max_seconds:g}",
    }


def _blocked_words(blocked: Sequence[LineView], originality: Mapping[str, Any]) -> str:
    if blocked:
        numbers = _(", ").join(str(line.number) for line in blocked)
        return ngettext("Line %(numbers)s cannot go out yet.", "Lines %(numbers)s cannot go out yet.", len(blocked)) % {
            "numbers": numbers
        }
    if originality.get("longest_run", 0) >= LONGEST_RUN or originality.get("brands"):
        return _("It takes words over from the reference.")
    return ""


def _facts(script: Script, data: BriefData, today: dt.date) -> tuple[FactView, ...]:
    used: dict[str, int] = {}
    for line in script.lines.all():
        for fact_id in dict.fromkeys(line.fact_ids):
            used[fact_id] = used.get(fact_id, 0) + 1
    return tuple(
        FactView(
            fact.id,
            fact.text,
            fact.evidence,
            used.get(fact.id, 0),
            fact.valid_until,
            _is_ending(fact.valid_until, today),
        )
        for fact in data.all_facts()
    )


def _is_ending(valid_until: str, today: dt.date) -> bool:
    return bool(valid_until) and dt.date.fromisoformat(valid_until) - today <= dt.timedelta(days=14)


def _likeness(originality: Mapping[str, Any]) -> Likeness:
    share = float(originality.get("share", 0.0))
    run = int(originality.get("longest_run", 0))
    filled = round(share * LIKENESS_CELLS) or (1 if share else 0)
    is_over = share > LIKENESS_LIMIT or run >= LONGEST_RUN
    if run >= LONGEST_RUN:
        words = _("%(count)d in a row are the reference's own words") % {"count": run}
    else:
        words = _("no 8 in a row are the same")
    cells = tuple(number < filled for number in range(LIKENESS_CELLS))
    return Likeness(share, cells, round(LIKENESS_LIMIT * 1000), words, is_over)


_GROUPS: tuple[tuple[str, Any], ...] = (
    ("facts", gettext_lazy("numbers and claims point to facts")),
    ("law", gettext_lazy("no words that advertising law forbids")),
    ("platform", gettext_lazy("keeps the platform's rules")),
    ("line", gettext_lazy("every line says something, none twice")),
)


def _checks(script: Script, originality: Mapping[str, Any], data: BriefData) -> tuple[ReleaseCheck, ...]:
    findings = [finding for line in script.lines.all() for finding in line.findings if finding["blocks"]]
    found = []
    texts = [line.text for line in script.lines.all()]
    repeated = len(texts) - len(set(texts))
    for group, words in _GROUPS:
        count = sum(finding_group(finding["rule"]) == group for finding in findings)
        count += repeated if group == "line" else 0
        value = ngettext("%(count)d place", "%(count)d places", count) % {"count": count} if count else ""
        found.append(ReleaseCheck(str(words), not count, value))
    copied = originality.get("longest_run", 0) >= LONGEST_RUN or bool(originality.get("brands"))
    found.append(ReleaseCheck(_("no sentence and no brand of the reference"), not copied))
    return tuple(found)


def _versions(versions: Sequence[Script], shown: Script) -> tuple[VersionChip, ...]:
    many = {script.style for script in versions if script.version > 1}
    return tuple(
        VersionChip(
            str(script.id),
            f"{STYLE_WORDS.get(script.style, script.style)}{f' {script.version}' if script.style in many else ''}",
            script.pk == shown.pk,
        )
        for script in versions
    )


def _letter(versions: Sequence[Script], shown: Script) -> str:
    place = next((number for number, script in enumerate(versions) if script.pk == shown.pk), 0)
    return chr(ord("A") + place % 26)
