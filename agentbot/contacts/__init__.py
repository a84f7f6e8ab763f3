"""Ways to reach a person, found in what they typed; plain rules, no model."""

from __future__ import annotations

from agentbot.contacts.finding import Scan, digits_written_out, find_contacts, renamed_wechat, scan, written_contacts

__all__ = ["Scan", "digits_written_out", "find_contacts", "renamed_wechat", "scan", "written_contacts"]
