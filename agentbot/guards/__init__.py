"""What may not leave: figures nobody approved, promises, system text, other people's contacts. On the merged text, always."""

from __future__ import annotations

from agentbot.guards.checking import check, deferral, mend, nothing_left

__all__ = ["check", "deferral", "mend", "nothing_left"]
