"""Whether words may go out: every line on its own, and all of them together against the reference. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.claims import check_text
from core.contracts import Finding
from creative.brief.errors import BriefError
from creative.contracts import BriefData, Role, ScriptDraft
from creative.rewriting.check import check_line, check_script
from creative.rewriting.originality import measure


@dataclass(frozen=True)
class Blocked:
    """What stops the release; `position` is the line's place from 0, None for the script as a whole."""

    position: int | None
    finding: Finding

    def sentence(self) -> str:
        """In one line, for a person."""
        where = f"line {self.position + 1}" if self.position is not None else "the script"
        what = f' ("{self.finding.text}")' if self.finding.text else ""
        return f"{where} cannot go out: {self.finding.reason}{what}"


def refuse_forbidden_words(brief: BriefData) -> None:
    """Cards and stickers show name, offer and call as the brief has them: BriefError names every forbidden word."""
    product = brief.product
    shown = (("product.name", product.name), ("product.offer", product.offer), ("product.cta", product.cta))
    problems = [
        (field, f'"{finding.text}": {finding.reason}')
        for field, text in shown
        for finding in check_text(text, brief.language, brief.platform)
        if finding.blocks
    ]
    if problems:
        raise BriefError(problems)


def blocked_by(
    lines: Sequence[tuple[Role, str]],
    brief: BriefData,
    reference_text: str,
    reference_brands: Sequence[str],
    today: dt.date,
) -> tuple[Blocked, ...]:
    """Everything that stops these lines today: facts may have run out since they were written."""
    checked = tuple(check_line(text, role, brief, None, today) for role, text in lines)
    own_words = [fact.text for fact in brief.all_facts()]
    texts = [line.text for line in checked]
    originality = measure(texts, reference_text, brief.language, reference_brands, own_words)
    whole = check_script(ScriptDraft(checked, "", "", 0, originality))
    by_line = [
        Blocked(position, finding)
        for position, line in enumerate(checked)
        for finding in line.findings
        if finding.blocks
    ]
    return (*by_line, *(Blocked(None, finding) for finding in whole if finding.blocks))
