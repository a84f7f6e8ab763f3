"""What one advertiser approves of being said, ready to be searched. Pure, in memory, kept by version."""

from __future__ import annotations

from agentbot.knowledge.chunks import Chunk
from agentbot.knowledge.glossing import item_text
from agentbot.knowledge.index import Found, KnowledgeIndex, index_for, is_of_kind
from agentbot.knowledge.prices import PriceAnswer, find_prices, price_text, things_for_sale, valid_prices

__all__ = [
    "Chunk",
    "Found",
    "KnowledgeIndex",
    "PriceAnswer",
    "find_prices",
    "index_for",
    "is_of_kind",
    "item_text",
    "price_text",
    "things_for_sale",
    "valid_prices",
]
