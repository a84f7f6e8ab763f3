"""What one advertiser approves of being said, ready to be searched. Pure, in memory, kept by version."""

from __future__ import annotations

from agentbot.knowledge.index import Found, KnowledgeIndex, index_for
from agentbot.knowledge.prices import PriceAnswer, find_prices, price_text, valid_prices

__all__ = ["Found", "KnowledgeIndex", "PriceAnswer", "find_prices", "index_for", "price_text", "valid_prices"]
