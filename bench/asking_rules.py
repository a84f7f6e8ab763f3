"""The rules of asking over five thousand written conversations: at most three asks, never two turns running, none in
the first turn or after two refusals, and everything asked answered or said to be open in the same turn."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bench.run import Figure, Row

CHATS = 5_000
SEED = 606


def measure_rules_of_asking(small: bool, folder: Path) -> Figure:
    """Conversations in which a rule broke, of `CHATS` half under the rules, half under the learned policy."""
    from agentbot.simulator.hazards import read_hazards
    from agentbot.simulator.keeping import asked, broken_rules
    from agentbot.simulator.talking import simulate

    count = 60 if small else CHATS // 2
    chats = [chat for policy in ("rules", "learned") for chat in simulate(read_hazards(), policy, count, SEED)[1]]
    broken = Counter(rule for chat in chats for rule in broken_rules(chat))
    behind = {
        "conversations": len(chats),
        "turns": sum(len(chat.results) for chat in chats),
        "asks": sum(asked(result) for chat in chats for result in chat.results),
        "broken": dict(broken),
    }
    return Figure(float(broken.total()), "rules broken", not broken, behind)


ROWS = [
    Row(
        "C8",
        "rules of asking in 5,000 simulated conversations",
        "bots that ask until they have it",
        "0 broken: ≤ 3 asks, never two turns running, none unasked in the first turn, every question answered",
        measure_rules_of_asking,
    )
]
