"""What was sold while a room was on air, as its shop tells us."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from avatar.models.broadcasts import Broadcast
from avatar.models.rooms import Room
from core.tenancy.rows import AdvertiserRow


class Order(AdvertiserRow):
    """One order, heard once by the shop's own id. Money in minor units; `at` is when it was placed."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="orders")
    broadcast = models.ForeignKey(Broadcast, null=True, on_delete=models.SET_NULL, related_name="orders")
    external_id = models.CharField(max_length=200)
    product = models.CharField(max_length=120)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="CNY")
    at = models.DateTimeField()
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "external_id"], name="order_heard_once")]
        indexes = [models.Index(fields=["room", "at"], name="orders_of_a_room")]

    def __str__(self) -> str:
        return self.external_id
