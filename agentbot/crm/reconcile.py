"""Reads back by night what a CRM has, sends again what it lacks, and takes over how far its people came."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db.models import Q
from django.utils import timezone

from agentbot.crm.base import RANKS, Connector, Kept, RefusedByCrm
from agentbot.crm.callers import read_account
from agentbot.crm.feedback import Report, take_report
from agentbot.crm.vendors import KINDS, make_connector
from agentbot.models import CrmConnection, CrmDelivery, CrmLink, Lead
from agentbot.pii import unwrap_key

logger = logging.getLogger(__name__)
AT_ONCE = 100
"""HubSpot reads as many in one request; a longer list of keys would not fit into a Salesforce address."""
NIGHT_HOURS = range(2, 6)
DUE_AFTER = dt.timedelta(hours=20)


@dataclass
class Reconciled:
    """Counts. `repaired` were missing or older there and are sent again, `staged` moved on our board, `erased` were
    still there though erased here."""

    checked: int = 0
    repaired: int = 0
    staged: int = 0
    erased: int = 0


def reconcile_due(now: dt.datetime) -> int:
    """Every account that was not read back this night; gives how many were. Outside of the night none is."""
    if timezone.localtime(now).hour not in NIGHT_HOURS:
        return 0
    rows = CrmConnection.objects.filter(kind__in=KINDS, state=CrmConnection.State.OPEN)
    due = rows.filter(Q(reconciled_at=None) | Q(reconciled_at__lt=now - DUE_AFTER))
    count = 0
    for connection in due:
        if _claim(connection, now):
            reconcile_connection(connection)
            count += 1
    return count


def reconcile_connection(connection: CrmConnection) -> dict[str, object]:
    """What was found, also kept on the connection; {"failure": …} when the CRM did not let itself be read."""
    connector = connector_of(connection)
    try:
        found: dict[str, object] = asdict(reconcile(connection, connector))
    except RefusedByCrm as error:
        logger.warning("crm %s could not be read back: %s", connection.pk, error.answer.failure)
        found = {"failure": error.answer.failure}
    connection.reconciliation, connection.reconciled_at = found, timezone.now()
    connection.save(update_fields=["reconciliation", "reconciled_at"])
    return found


def connector_of(connection: CrmConnection) -> Connector:
    """The account with its credentials unwrapped."""
    secret = unwrap_key(bytes(connection.secret or b""))
    account = read_account(connection.url, secret, connection.options, connection.may_be_private)
    return make_connector(connection.kind, account)


def reconcile(connection: CrmConnection, connector: Connector) -> Reconciled:
    """Compares every lead that was sent. Raises `RefusedByCrm`; what was mended by then stays mended."""
    found = Reconciled()
    for links in _links(connection):
        kept = connector.read_back([each.lead.external_key for each in links])
        for link in links:
            _compare(link, kept, found)
    return found


def _claim(connection: CrmConnection, now: dt.datetime) -> bool:
    """Of several processes one reads back."""
    same = CrmConnection.objects.filter(pk=connection.pk, reconciled_at=connection.reconciled_at)
    return bool(same.update(reconciled_at=now))


def _links(connection: CrmConnection) -> Iterator[Sequence[CrmLink]]:
    """All there were, in bites; a lead merged into another is the other's business."""
    rows = CrmLink.objects.filter(connection=connection).exclude(lead__state=Lead.State.MERGED)
    rows = rows.select_related("lead__advertiser").order_by("pk")
    bite = list(rows[:AT_ONCE])
    while bite:
        yield bite
        bite = list(rows.filter(pk__gt=bite[-1].pk)[:AT_ONCE])


def _compare(link: CrmLink, kept: Mapping[str, Kept], found: Reconciled) -> None:
    lead, there = link.lead, kept.get(link.lead.external_key)
    found.checked += 1
    if lead.state == Lead.State.ERASED:
        found.erased += there is not None and _send_again(link, "lead.erased")
    elif there is None or there.version < link.version:
        found.repaired += _send_again(link, "lead.created", "lead.updated")
    else:
        found.staged += take_stage(link, there)


def take_stage(link: CrmLink, there: Kept) -> bool:
    """Whether their stage moved the lead on; each of them is heard once, so that ours may go back on it."""
    lead = link.lead
    if not there.stage or RANKS[there.stage] <= RANKS[lead.stage]:
        return False
    report = Report(f"read back {lead.pk} {there.stage}", lead.pk, there.stage)
    return take_report(lead.advertiser, link.connection_id, report).stage == there.stage


def _send_again(link: CrmLink, *kinds: str) -> bool:
    """The newest event, under its own id, unless it waits or is stuck anyway."""
    rows = CrmDelivery.objects.filter(lead=link.lead, connection=link.connection)
    newest = rows.order_by("-lead_version").first()
    if newest is None or newest.event_type not in kinds:
        return False
    now = timezone.now()
    again = rows.filter(pk=newest.pk, state=CrmDelivery.State.SENT, body__isnull=False)
    return bool(again.update(state=CrmDelivery.State.SCHEDULED, due_at=now, created_at=now, attempts=0))
