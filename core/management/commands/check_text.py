"""Check lines of copy against advertising law and platform rules: lines in, JSON lines out."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.claims.texts import check_text
from core.contracts import LANGUAGES, PLATFORMS, Finding, Language, Platform


class Command(BaseCommand):
    """One JSON object per input line, empty lines too, so that line numbers stay in step."""

    help = "Check text on stdin, one line each, against advertising law and platform rules; JSON lines on stdout."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", required=True, choices=LANGUAGES)
        parser.add_argument("--platform", choices=PLATFORMS, help="without one, only rules all platforms share")

    def handle(self, *args: Any, **options: Any) -> None:
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a TextIOWrapper on every platform we run on
        for number, line in enumerate(sys.stdin, start=1):
            self.stdout.write(judge(line.rstrip("\r\n"), number, options["language"], options["platform"]))


def judge(text: str, number: int, language: Language, platform: Platform | None) -> str:
    """The JSON line for one line of text; `rule` and `span` repeat the first finding's for plain tools."""
    findings = check_text(text, language, platform)
    first = findings[0] if findings else None
    answer = {
        "line": number,
        "text": text,
        "ok": not any(finding.blocks for finding in findings),
        "rule": first.rule if first else None,
        "span": [first.span.start, first.span.end] if first else None,
        "findings": [_shown(finding) for finding in findings],
    }
    return json.dumps(answer, ensure_ascii=False)


def _shown(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "span": [finding.span.start, finding.span.end],
        "text": finding.text,
        "blocks": finding.blocks,
        "reason": finding.reason,
        "source": finding.source,
    }
