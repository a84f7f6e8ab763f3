"""The words of a text that the law or a platform forbids, in one call."""

from __future__ import annotations

from core.claims.adlaw import check_law
from core.claims.platform_words import check_platform
from core.contracts import Finding, Language, Platform


def check_text(text: str, language: Language, platform: Platform | None = None) -> tuple[Finding, ...]:
    """Findings of advertising law and platform rules in `text`, in the order they stand.

    Without a platform, only rules that every platform of the language shares apply.
    Numbers and claims need a brief's facts: see `core.claims.facts`.
    """
    findings = (*check_law(text, language), *check_platform(text, language, platform))
    return tuple(sorted(findings, key=lambda finding: (finding.span.start, finding.span.end, finding.rule)))
