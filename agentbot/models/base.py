"""What all tables of `agentbot` have in common."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from agentbot.pii import ERASED, unseal, unwrap_key
from core.tenancy.rows import AdvertiserRow

__all__ = ["AdvertiserRow", "PiiKey"]


class PiiKey(AdvertiserRow):
    """The wrapped key that a conversation's or a person's sealed columns open with; empty once erased.

    A conversation can have several: whoever stores its first message makes one, and two
    may do so at the same moment.
    """

    conversation = models.ForeignKey("agentbot.Conversation", null=True, on_delete=models.CASCADE, related_name="keys")
    person = models.ForeignKey("agentbot.Person", null=True, on_delete=models.CASCADE, related_name="keys")
    wrapped = models.BinaryField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"key {self.pk}"

    def open(self, sealed: bytes | memoryview | None) -> str:
        """The text sealed under this key; "" once erased."""
        if sealed is None or self.wrapped is None:
            return ERASED
        return unseal(unwrap_key(bytes(self.wrapped)), bytes(sealed))
