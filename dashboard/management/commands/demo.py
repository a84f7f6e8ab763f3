"""`demo`: ads of the sample brief, a conversation beside them, and one page that shows both."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.safestring import SafeString

from agentbot import api as agentbot
from core.commands import guarded
from core.errors import AdloomError
from core.processes.database import prepared_services
from creative import api as creative

logger = logging.getLogger(__name__)
LANGUAGE = "zh-CN"
Tell = Callable[[str, float, float], None]


class Command(BaseCommand):
    help = "Make the sample ads and hold the sample conversation into ADLOOM_HOME/demo, and write its page."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, default=None)
        parser.add_argument("--count", type=int, default=6)
        parser.add_argument("--batch", type=int, default=0, help="a bulk batch of so many ads too (100 or more)")

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(guarded(lambda: run(options)))


def run(options: dict[str, Any]) -> int:
    """The visitor types while the ads are rendered: an answer takes a person's time, not the machine's."""
    out: Path = options["out"] or Path(settings.ADLOOM_HOME) / "demo"
    sample = Path(settings.BASE_DIR) / "demo" / "conversation"
    with prepared_services("postgres", "conversations"), ThreadPoolExecutor(1) as beside:
        talk = beside.submit(agentbot.hold_conversation, sample, out / "conversation.json")

        def sections(tell: Tell) -> list[SafeString]:
            tell("conversation", 0, 1)
            try:
                record = talk.result()
            except AdloomError as error:
                # The ads are worth showing without it.
                logger.warning("the conversation is not on the page: %s", error)
                return []
            tell("conversation", 1, 1)
            return [agentbot.conversation_section(record, LANGUAGE)]

        code = creative.make_demo(out, options["count"], options["batch"], sections)
    print(f"\nopen {out / 'index.html'}")
    return code
