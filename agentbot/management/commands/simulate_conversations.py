"""`simulate_conversations --count N --seed S --policy P`: written conversations with simulated visitors."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from agentbot.simulator.hazards import DEFAULT, Hazards, read_hazards
from agentbot.simulator.keeping import asked
from agentbot.simulator.persona_talks import reliability, simulate_personas, tally_of
from agentbot.simulator.talking import POLICIES, Conversation, simulate
from agentbot.simulator.transcripts import as_text
from core.commands import guarded
from core.errors import InputError
from core.llm.gateway import language_model

MOST = 20_000


class Command(BaseCommand):
    help = "Let simulated visitors talk to the agents and count what comes of it. Needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--count", type=int, default=200)
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--policy", choices=POLICIES, default="rules")
        parser.add_argument("--hazards", type=Path, default=DEFAULT, help="what visitors are like (YAML)")
        parser.add_argument(
            "--personas",
            choices=("drawn", "model"),
            default="drawn",
            help="who plays the visitors: figures drawn by seed, or the configured language model (each up to 4 times)",
        )
        parser.add_argument("--transcripts", type=int, default=0, metavar="N", help="print the first N conversations")
        parser.add_argument("--json", action="store_true", help="print one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        code = guarded(lambda: self._work(options))
        if code:
            raise SystemExit(code)

    def _work(self, options: dict[str, Any]) -> int:
        if not 1 <= options["count"] <= MOST:
            raise InputError("--count", f"must be 1 to {MOST}")
        figures, chats = _simulated(options, read_hazards(options["hazards"]))
        found = {"policy": options["policy"], "seed": options["seed"], **figures, **_rules(chats)}
        shown = [as_text(chat) for chat in chats[: options["transcripts"]]]
        if options["json"]:
            self.stdout.write(json.dumps(found | ({"transcripts": shown} if shown else {}), ensure_ascii=False))
            return 0
        for text in shown:
            self.stdout.write(text + "\n")
        for name, value in found.items():
            self.stdout.write(f"{name}: {value}")
        return 0


def _simulated(options: dict[str, Any], hazards: Hazards) -> tuple[dict[str, Any], Sequence[Conversation]]:
    policy, count, seed = options["policy"], options["count"], options["seed"]
    if options["personas"] == "drawn":
        tally, chats = simulate(hazards, policy, count, seed)
        return asdict(tally), chats
    model = language_model()
    if model is None:
        raise InputError("--personas model", "needs a language model: set LLM_BASE_URL and LLM_MODEL", "no_model")
    talks = simulate_personas(model, hazards, policy, count, seed)
    return {**asdict(tally_of(talks)), **reliability(talks), "visitors_by": model.name}, [talk.chat for talk in talks]


def _rules(chats: Sequence[Conversation]) -> dict[str, Any]:
    """Whether the rules of asking held, and what the guards had to take out."""
    findings = Counter(
        finding.split(":")[0] for chat in chats for each in chat.results for finding in each.guard_findings
    )
    return {
        "asks_at_most": max((chat.asks for chat in chats), default=0),
        "asked_in_first_turn": sum(asked(chat.results[0]) for chat in chats if chat.results),
        "asked_two_turns_running": sum(
            asked(chat.results[at]) and asked(chat.results[at + 1])
            for chat in chats
            for at in range(len(chat.results) - 1)
        ),
        "handed_off": sum(any(each.handoff_reason for each in chat.results) for chat in chats),
        "guard_findings": dict(findings),
    }
