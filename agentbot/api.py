"""The door of `agentbot`: what other apps may call."""

from __future__ import annotations

from agentbot.answering import (
    ApprovedAnswer,
    approved_answer,
    approved_texts,
    faults,
    knowledge_from_facts,
    knowledge_of,
)
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
    "ApprovedAnswer",
    "Talks",
    "account_talks",
    "approved_answer",
    "approved_texts",
    "conversation_section",
    "faults",
    "hold_conversation",
    "injection_score",
    "knowledge_from_facts",
    "knowledge_of",
    "mask_text",
    "waiting_counts",
    "waiting_things",
    "written_contacts",
]
