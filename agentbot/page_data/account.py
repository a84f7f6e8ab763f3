"""An account as its host sees it: how many talk, how many became leads, and what is planned next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from agentbot.models import ChannelAccount, Conversation, FollowUp, Lead, LeadTask
from agentbot.page_data.inbox import Row, conversation_rows
from agentbot.page_data.leads import Card, cards_of
from core.models import Advertiser

SHOWN = 6
WEEK_DAYS = 7


@dataclass(frozen=True)
class Planned:
    """A follow-up of the agents or a task of a person; `kind` follow_up or task."""

    due_at: dt.datetime | None
    text: str
    kind: str
    target: Any


@dataclass(frozen=True)
class Talks:
    """What the account page shows of conversations; `by_ad` is (ad, conversations, leads)."""

    figures: tuple[tuple[str, str, str], ...]
    conversations: tuple[Row, ...]
    leads: tuple[Card, ...]
    planned: tuple[Planned, ...]
    by_ad: tuple[tuple[str, int, int], ...]
    channels: int


def account_talks(advertiser: Advertiser) -> Talks:
    """The last week in figures; the newest conversations and leads; what is due next."""
    conversations = Conversation.objects.for_advertiser(advertiser).filter(erased_at=None)
    leads = Lead.objects.for_advertiser(advertiser).filter(state="open")
    newest = conversations.select_related("account", "key").order_by("-last_message_at")[:SHOWN]
    shown = leads.select_related("person__key", "owner__user", "conversation__account").order_by("-created_at")[:SHOWN]
    return Talks(
        figures=_figures(conversations, leads),
        conversations=conversation_rows(list(newest)),
        leads=cards_of(shown),
        planned=_planned(advertiser),
        by_ad=_by_ad(advertiser),
        channels=ChannelAccount.objects.for_advertiser(advertiser).filter(state="open").count(),
    )


def _figures(conversations: Any, leads: Any) -> tuple[tuple[str, str, str], ...]:
    since = timezone.now() - dt.timedelta(days=WEEK_DAYS)
    talks = conversations.aggregate(
        week=Count("pk", filter=Q(last_visitor_at__gte=since)),
        waiting=Count("pk", filter=Q(owner="human_pending")),
    )
    counts = leads.aggregate(week=Count("pk", filter=Q(created_at__gte=since)), won=Count("pk", filter=Q(stage="won")))
    share = f"{100 * counts['week'] / talks['week']:.0f}%" if talks["week"] else "–"
    return (
        (_("Conversations"), str(talks["week"]), _("in 7 days")),
        (_("Leads"), str(counts["week"]), _("in 7 days")),
        (_("Left a contact"), share, _("of %(count)d") % {"count": talks["week"]}),
        (_("Won"), str(counts["won"]), _("in all")),
        (_("Waiting for a person"), str(talks["waiting"]), _("now")),
    )


def _planned(advertiser: Advertiser) -> tuple[Planned, ...]:
    steps = FollowUp.objects.for_advertiser(advertiser).filter(state="waiting").order_by("due_at")[:SHOWN]
    tasks = LeadTask.objects.for_advertiser(advertiser).filter(done_at=None).exclude(due_at=None).order_by("due_at")
    found = [Planned(step.due_at, step.text, "follow_up", step.conversation_id) for step in steps]
    found += [Planned(task.due_at, task.text, "task", task.lead_id) for task in tasks[:SHOWN]]
    return tuple(sorted(found, key=lambda each: each.due_at or timezone.now())[: 2 * SHOWN])


def _by_ad(advertiser: Advertiser) -> tuple[tuple[str, int, int], ...]:
    rows = (
        Conversation.objects.for_advertiser(advertiser)
        .filter(source__has_key="ad")
        .values("source__ad")
        .annotate(talks=Count("pk", distinct=True), people=Count("person", distinct=True))
        .order_by("-talks", "source__ad")[:SHOWN]
    )
    return tuple((str(row["source__ad"]), row["talks"], row["people"]) for row in rows)
