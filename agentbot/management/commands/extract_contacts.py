"""Find contacts in messages: JSON lines {text} in, {contacts} out."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from agentbot.contacts import find_contacts


class Command(BaseCommand):
    """One JSON object per input line, empty lines too, so that line numbers stay in step."""

    help = "Find phones, email addresses and WeChat ids in JSON lines {text} on stdin; JSON lines {contacts} on stdout."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a TextIOWrapper on every platform we run on
        for number, line in enumerate(sys.stdin, start=1):
            self.stdout.write(answer(line, number))


def answer(line: str, number: int) -> str:
    """The JSON line for one line of input; one that cannot be read says why and holds no contact."""
    try:
        text = json.loads(line)["text"] if line.strip() else ""
    except (ValueError, KeyError, TypeError) as error:
        return _shown(
            [], f'line {number}: want a JSON object with a text, e.g. {{"text": "call 13800138000"}} ({error})'
        )
    if not isinstance(text, str):
        return _shown([], f"line {number}: text has to be a string, not {type(text).__name__}")
    return _shown([{"type": each.type, "value": each.value, "status": each.status} for each in find_contacts(text)])


def _shown(contacts: list[dict[str, str]], error: str = "") -> str:
    return json.dumps({"contacts": contacts} | ({"error": error} if error else {}), ensure_ascii=False)
