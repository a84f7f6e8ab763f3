"""Doorbells of `agentbot`: each task makes one call."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from agentbot.crm.polling import poll_due
from agentbot.crm.reconcile import reconcile_due
from agentbot.learning.policies import learn_daily
from core.tasks.base import ReliableTask


@shared_task(name="agentbot.learn", base=ReliableTask)
def learn() -> None:
    learn_daily(timezone.now())


@shared_task(name="agentbot.reconcile", base=ReliableTask)
def reconcile() -> None:
    reconcile_due(timezone.now())


@shared_task(name="agentbot.poll_crms", base=ReliableTask)
def poll_crms() -> None:
    poll_due(timezone.now())
