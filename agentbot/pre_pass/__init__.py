"""What plain rules see in a visitor's messages before any model does."""

from __future__ import annotations

from agentbot.pre_pass.injection import FLAGGED, injection_score
from agentbot.pre_pass.reading import read

__all__ = ["FLAGGED", "injection_score", "read"]
