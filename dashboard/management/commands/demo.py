"""`demo`: ads of the sample brief, a conversation and a live room beside them, and one page that shows all three."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.safestring import SafeString

from agentbot import api as agentbot
from avatar import api as avatar
from core.commands import guarded
from core.errors import AdloomError
from core.processes.database import prepared_services
from creative import api as creative

logger = logging.getLogger(__name__)
LANGUAGE = "zh-CN"
Tell = Callable[[str, float, float], None]


class Command(BaseCommand):
    help = "Make the sample ads, conversation and live room into ADLOOM_HOME/demo, and write the page that shows them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, default=None)
        parser.add_argument("--count", type=int, default=6)
        parser.add_argument("--batch", type=int, default=0, help="a bulk batch of so many ads too (100 or more)")

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(guarded(lambda: run(options)))


def run(options: dict[str, Any]) -> int:
    """Beside the ads a visitor types, which takes a person's time, not the machine's; and a room is filmed."""
    out: Path = options["out"] or Path(settings.ADLOOM_HOME) / "demo"
    samples = Path(settings.BASE_DIR) / "demo"
    with prepared_services("postgres", "conversations"), ThreadPoolExecutor(2) as beside:
        talk = beside.submit(agentbot.hold_conversation, samples / "conversation", out / "conversation.json")
        film = beside.submit(avatar.film_room, samples / "live", out)

        def sections(tell: Tell) -> list[SafeString]:
            shown = [
                _shown("conversation", tell, talk, lambda record: agentbot.conversation_section(record, LANGUAGE)),
                _shown("live", tell, film, lambda folder: avatar.live_section(folder, samples / "live", LANGUAGE)),
            ]
            return [each for each in shown if each]

        code = creative.make_demo(out, options["count"], options["batch"], sections)
    print(f"\nopen {out / 'index.html'}")
    return code


def _shown(stage: str, tell: Tell, made: Future[Any], show: Callable[[Any], SafeString]) -> SafeString | None:
    """The section of what was made beside the ads, None where it failed: the ads are worth showing without it."""
    tell(stage, 0, 1)
    try:
        section = show(made.result())
    except AdloomError as error:
        logger.warning("%s is not on the page: %s", stage, error)
        return None
    tell(stage, 1, 1)
    return section
