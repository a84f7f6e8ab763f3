"""Asks CRMs that do not tell us what their people changed, every few minutes."""

from __future__ import annotations

import datetime as dt
import logging

from django.db.models import Q

from agentbot.crm.base import RefusedByCrm
from agentbot.crm.feedback import lead_id
from agentbot.crm.reconcile import connector_of, take_stage
from agentbot.models import CrmConnection, CrmLink

logger = logging.getLogger(__name__)
POLLED = ("espocrm",)
"""The kinds whose connectors say `polls`; said here too, so that the others need not be made to be asked."""
EVERY = dt.timedelta(minutes=5)
OVERLAP = dt.timedelta(minutes=2)
"""Its clock is not ours, and what is heard twice counts once."""


def poll_due(now: dt.datetime) -> int:
    """Every account that was not asked for a while; gives how many leads moved."""
    rows = CrmConnection.objects.filter(kind__in=POLLED, state=CrmConnection.State.OPEN)
    due = rows.filter(Q(polled_at=None) | Q(polled_at__lt=now - EVERY))
    return sum(_poll(connection, now) for connection in due)


def _poll(connection: CrmConnection, now: dt.datetime) -> int:
    """The mark moves on before it is asked, and back where it could not be: of several processes one asks."""
    before = connection.polled_at
    same = CrmConnection.objects.filter(pk=connection.pk, polled_at=before)
    if not same.update(polled_at=now):
        return 0
    try:
        return poll_connection(connection, (before or connection.created_at) - OVERLAP)
    except RefusedByCrm as error:
        logger.warning("crm %s could not be asked: %s", connection.pk, error.answer.failure)
        CrmConnection.objects.filter(pk=connection.pk, polled_at=now).update(polled_at=before)
        return 0


def poll_connection(connection: CrmConnection, since: dt.datetime) -> int:
    """How many leads moved on by what changed there since. Raises `RefusedByCrm`."""
    changed = connector_of(connection).changed_since(since)
    leads = [lead_id(key) for key, kept in changed.items() if kept.stage]
    links = CrmLink.objects.filter(connection=connection, lead__in=[each for each in leads if each], lead__state="open")
    return sum(take_stage(link, changed[link.lead.external_key]) for link in links.select_related("lead__advertiser"))
