"""Vertical packs: what a trade's visitors worry about, and how one speaks with them. Data files, read once."""

from __future__ import annotations

from agentbot.packs.loading import ALIASES, GENERAL, VERTICALS, load_pack, pack_name
from agentbot.packs.model import Concern, Pack, Slot

__all__ = ["ALIASES", "GENERAL", "VERTICALS", "Concern", "Pack", "Slot", "load_pack", "pack_name"]
