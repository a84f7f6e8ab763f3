"""Doorbells of `agentbot`: each task makes one call."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from agentbot.crm.reconcile import reconcile_due
from agentbot.learning.policies import learn_daily
from agentbot.learning.rewards import note_rewards
from core.tasks.base import ReliableTask


@shared_task(name="agentbot.learn", base=ReliableTask)
def learn() -> None:
    now = timezone.now()
    note_rewards(now)
    learn_daily(now)


@shared_task(name="agentbot.reconcile", base=ReliableTask)
def reconcile() -> None:
    reconcile_due(timezone.now())
