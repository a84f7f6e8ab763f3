"""Decides whether and how to ask: a hard mask first, then a policy with logged chances."""

from __future__ import annotations

from agentbot.arbiter.choosing import choose
from agentbot.arbiter.mask import allowed_actions
from agentbot.arbiter.situation import Situation

__all__ = ["Situation", "allowed_actions", "choose"]
