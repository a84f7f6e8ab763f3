"""What happens to a comment on its way to an answer, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from avatar.contracts import Comment
from core.contracts import Language

Topic = Literal[
    "price",
    "discount",
    "link",
    "stock",
    "shipping",
    "size",
    "ingredients",
    "usage",
    "after_sales",
    "product",
    "identity",
    "greeting",
    "praise",
    "buying",
    "off_topic",
    "chatter",
]
"""What a comment is about. `product` is a question about the thing that no other topic covers."""

ASKED: frozenset[Topic] = frozenset(
    ("price", "discount", "link", "stock", "shipping", "size", "ingredients", "usage", "after_sales", "product")
)
"""Topics that are questions about the product."""

PRIORITY: dict[Topic, int] = {
    "link": 90,
    "identity": 85,
    "price": 80,
    "discount": 75,
    "stock": 75,
    "shipping": 70,
    "size": 70,
    "after_sales": 70,
    "ingredients": 65,
    "usage": 60,
    "product": 50,
    "buying": 40,
    "greeting": 20,
    "praise": 15,
}
"""Who is about to buy comes first; that the host is no human is owed whoever asks."""


@dataclass(frozen=True)
class Heard:
    """A comment as a platform gives it: `viewer` is the platform's id, `name` what it shows, `id` the message's own.

    `sent_at` in Unix seconds, None where the platform does not say.
    """

    viewer: str
    name: str
    text: str
    id: str = ""
    sent_at: float | None = None


@dataclass(frozen=True)
class Reading:
    """One comment as rules see it. `refusal` says why it gets no answer whatever the room has to say, "" if none.

    `topics` most important first, at most two; `key` holds only letters, digits and Chinese characters.
    `product` is which of the room's products it asks for, from 0.
    """

    comment: Comment
    text: str
    key: str
    topics: tuple[Topic, ...]
    language: Language
    refusal: str = ""
    product: int = 0

    @property
    def topic(self) -> Topic:
        return self.topics[0] if self.topics else "chatter"
