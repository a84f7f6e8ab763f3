"""Ways to reach a person, found in what they typed; plain rules, no model."""

from __future__ import annotations

from agentbot.contacts.finding import Scan, find_contacts, scan

__all__ = ["Scan", "find_contacts", "scan"]
