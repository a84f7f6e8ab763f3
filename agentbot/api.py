"""The door of `agentbot`: what other apps may call."""

from __future__ import annotations

from agentbot.contacts import written_contacts
from agentbot.demonstration.holding import hold_conversation
from agentbot.demonstration.section import conversation_section
from agentbot.live import LIVE_TOPICS
from agentbot.page_data.account import Talks, account_talks
from agentbot.page_data.inbox import waiting_counts
from agentbot.page_data.waiting import waiting_things
from agentbot.pii import mask_text
from agentbot.pre_pass import injection_score

__all__ = [
    "LIVE_TOPICS",
    "Talks",
    "account_talks",
    "conversation_section",
    "hold_conversation",
    "injection_score",
    "mask_text",
    "waiting_counts",
    "waiting_things",
    "written_contacts",
]
