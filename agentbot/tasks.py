"""Doorbells of `agentbot`: each task makes one call."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from agentbot.learning.policies import learn_daily
from core.tasks.base import ReliableTask


@shared_task(name="agentbot.learn", base=ReliableTask)
def learn() -> None:
    learn_daily(timezone.now())
