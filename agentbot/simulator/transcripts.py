"""Simulated conversations as people would read them."""

from __future__ import annotations

from agentbot.simulator.talking import Conversation


def as_text(chat: Conversation) -> str:
    """One line a message: who, how it was meant, what; asks are marked."""
    lines = [f"## {chat.advertiser.knowledge.name} ({chat.advertiser.knowledge.language}) · {chat.end or 'open'}"]
    for said in chat.history:
        mark = " [ask]" if said.asks_contact else ""
        lines.append(f"{said.author:>8}{mark}: {said.text}")
    return "\n".join(lines)
