"""What a member changes about the CRMs their leads go to."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from agentbot.channels.opening import connect_webhook
from agentbot.crm.webhook_secrets import rotate_secret
from agentbot.models import CrmConnection, CrmDelivery
from core.errors import InputError
from core.models import Advertiser


def connect_crm(advertiser: Advertiser, url: str, name: str, takes_all: bool) -> tuple[CrmConnection, str]:
    """A signed webhook for leads, and its secret if it was made just now, else ""."""
    connection, secret = connect_webhook(advertiser, url.strip())
    connection.name, connection.takes_all = name.strip()[:80] or connection.name, takes_all
    connection.save(update_fields=["name", "takes_all"])
    return connection, secret


def pause(connection: CrmConnection) -> None:
    """Nothing is sent until it is resumed; what is to be told waits."""
    connection.state, connection.failure, connection.paused_until = CrmConnection.State.DISABLED, "", None
    connection.save(update_fields=["state", "failure", "paused_until"])


@transaction.atomic
def resume(connection: CrmConnection) -> int:
    """Open again; what was refused or given up is tried once more, what waits for a later hour now; gives how many."""
    connection.state, connection.failure, connection.paused_until = CrmConnection.State.OPEN, "", None
    connection.save(update_fields=["state", "failure", "paused_until"])
    rows = CrmDelivery.objects.filter(connection=connection)
    waiting = rows.filter(state=CrmDelivery.State.SCHEDULED, due_at__gt=timezone.now())
    return waiting.update(due_at=timezone.now()) + replay(rows)


def replay(deliveries: QuerySet[CrmDelivery]) -> int:
    """Under the same id: a CRM that has taken it already hears nothing new. What was sent meanwhile counts from now."""
    stuck = deliveries.filter(state__in=(CrmDelivery.State.DEAD, CrmDelivery.State.QUARANTINED))
    return stuck.update(
        state=CrmDelivery.State.SCHEDULED,
        due_at=timezone.now(),
        created_at=timezone.now(),
        failure="",
    )


def new_secret_of(connection: CrmConnection) -> str:
    """Shown this once; those before it hold for a week. Only a signed webhook has one: `InputError`."""
    if connection.kind != CrmConnection.Kind.WEBHOOK:
        raise InputError(connection.name, "signs with what its vendor gave", "no_secret")
    return rotate_secret(connection, timezone.now())
