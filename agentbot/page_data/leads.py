"""The lead board: stages as columns, each lead with what to do about it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agentbot.models import ConsentRecord, ContactPoint, CrmDelivery, FollowUp, Lead, LeadTask
from agentbot.page_data.known import fields_of, source_words
from agentbot.page_data.words import CHANNEL_WORDS, STAGE_WORDS, ago, visitor_name, word
from core.models import Advertiser, Member

SHOWN_PER_COLUMN = 40
FRESH_MINUTES = 5
"""A new lead that nobody has called by then stands with an amber edge: most leads go cold this fast."""
COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("new", ("new",)),
    ("contacted", ("contacted",)),
    ("qualified", ("qualified",)),
    ("won", ("won",)),
    ("lost", ("lost", "invalid")),
)
SHOWS = ("all", "mine", "nobody")


@dataclass(frozen=True)
class Delivery:
    """How far the lead is on its way to the CRM: `level` as a chip's."""

    words: str
    level: str


@dataclass(frozen=True)
class Card:
    """One lead on the board."""

    id: uuid.UUID
    name: str
    contact: str
    stage: str
    stage_word: str
    wish: str
    source: str
    ago: str
    owner: str
    initial: str
    delivery: Delivery | None
    consent: str
    task: str
    is_late: bool
    late_words: str
    moves: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Column:
    key: str
    word: str
    count: int
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Board:
    columns: tuple[Column, ...]
    figures: tuple[tuple[str, str, str], ...]
    filters: tuple[tuple[str, str, int, bool], ...]
    show: str
    total: int


def board_of(member: Member, show: str) -> Board:
    """Open leads of the member's advertiser; `show` one of SHOWS."""
    show = show if show in SHOWS else "all"
    rows = Lead.objects.for_advertiser(member.advertiser).filter(state="open")
    narrow = {"all": Q(), "mine": Q(owner=member), "nobody": Q(owner=None)}
    counts = rows.aggregate(
        **{key: Count("pk", filter=where) for key, where in narrow.items() if where}, all=Count("pk")
    )
    shown = rows.filter(narrow[show])
    words = {"all": _("All"), "mine": _("Mine"), "nobody": _("Without an owner")}
    return Board(
        columns=tuple(_column(shown, key, stages) for key, stages in COLUMNS),
        figures=_figures(member.advertiser),
        filters=tuple((key, words[key], counts[key], key == show) for key in SHOWS),
        show=show,
        total=counts["all"],
    )


def _column(rows: QuerySet[Lead], key: str, stages: tuple[str, ...]) -> Column:
    found = rows.filter(stage__in=stages)
    leads = list(
        found.select_related("person__key", "owner__user", "conversation__account").order_by("-created_at")[
            :SHOWN_PER_COLUMN
        ]
    )
    name = _("Lost, invalid") if key == "lost" else word(STAGE_WORDS, key)
    return Column(key, name, found.count(), cards_of(leads))


def cards_of(leads: Iterable[Lead]) -> tuple[Card, ...]:
    """With contacts, consents, deliveries and tasks read for all of them at once."""
    rows = list(leads)
    people = [lead.person_id for lead in rows]
    contacts: dict[uuid.UUID, list[str]] = defaultdict(list)
    for point in ContactPoint.objects.filter(person__in=people).exclude(status="withdrawn").order_by("created_at"):
        contacts[point.person_id].append(point.masked)
    consented = set(
        ConsentRecord.objects.filter(person__in=people, withdrawn_at=None).values_list("person_id", flat=True)
    )
    sent = _deliveries([lead.pk for lead in rows])
    tasks = {
        task.lead_id: task
        for task in LeadTask.objects.filter(lead__in=rows, done_at=None).order_by("-due_at", "-created_at")
    }
    return tuple(
        _card(lead, contacts[lead.person_id], lead.person_id in consented, sent.get(lead.pk), tasks.get(lead.pk))
        for lead in rows
    )


def _card(lead: Lead, contacts: list[str], consented: bool, delivery: Delivery | None, task: LeadTask | None) -> Card:
    fields = fields_of(lead)
    told = lead.fields.get("name", {}).get("value", "")
    owner = (lead.owner.user.get_full_name() or lead.owner.user.get_username()) if lead.owner else ""
    late = lead.stage == "new" and lead.created_at < timezone.now() - dt.timedelta(minutes=FRESH_MINUTES)
    source = source_words(lead.source)
    channel = lead.conversation.account if lead.conversation else None
    name = channel.name or word(CHANNEL_WORDS, channel.kind) if channel else ""
    return Card(
        id=lead.pk,
        name=visitor_name(lead.conversation_id or lead.pk, str(told)),
        contact=contacts[0] if contacts else "",
        stage=lead.stage,
        stage_word=word(STAGE_WORDS, lead.stage),
        wish=_(", ").join(value for key, value in fields[:4] if value != told),
        source=" · ".join(filter(None, [name, f"{source[0][0]} {source[0][1]}" if source else ""])),
        ago=ago(lead.created_at),
        owner=owner,
        initial=owner[:1] or "–",
        delivery=delivery,
        consent=_("consented") if consented else _("no consent"),
        task=f"{timezone.localtime(task.due_at):%m-%d %H:%M} {task.text}"
        if task and task.due_at
        else task.text
        if task
        else "",
        is_late=late,
        late_words=_("nobody has called for %(time)s") % {"time": ago(lead.created_at)} if late else "",
        moves=tuple((key, str(text)) for key, text in STAGE_WORDS.items() if key != lead.stage),
    )


def _deliveries(leads: list[uuid.UUID]) -> dict[uuid.UUID, Delivery]:
    """By each lead's newest version: what is stuck speaks before what has arrived."""
    found: dict[uuid.UUID, Delivery] = {}
    for row in CrmDelivery.objects.filter(lead__in=leads).order_by("lead_version"):
        found[row.lead_id] = delivery_words(row)
    return found


def delivery_words(row: CrmDelivery) -> Delivery:
    if row.state == "sent":
        return Delivery(_("Arrived at the CRM"), "fine")
    if row.state in ("dead", "quarantined"):
        return Delivery(_("CRM refused it"), "blocked")
    if row.state == "cancelled":
        return Delivery(_("Not sent"), "")
    if row.attempts:
        return Delivery(_("CRM, try %(count)d") % {"count": row.attempts + 1}, "look")
    return Delivery(_("On its way"), "")


def _figures(advertiser: Advertiser) -> tuple[tuple[str, str, str], ...]:
    """(word, figure, what it counts)."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    late = timezone.now() - dt.timedelta(minutes=FRESH_MINUTES)
    rows = Lead.objects.for_advertiser(advertiser).filter(state="open")
    counts = rows.aggregate(
        today=Count("pk", filter=Q(created_at__gte=today)),
        late=Count("pk", filter=Q(stage="new", created_at__lt=late)),
        qualified=Count("pk", filter=Q(stage__in=("qualified", "won"))),
        won=Count("pk", filter=Q(stage="won")),
        all=Count("pk"),
    )
    sent = CrmDelivery.objects.for_advertiser(advertiser).aggregate(
        all=Count("pk", filter=~Q(state="cancelled")), sent=Count("pk", filter=Q(state="sent"))
    )
    merged = Lead.objects.for_advertiser(advertiser).filter(state="merged").count()
    share = f"{100 * sent['sent'] / sent['all']:.0f}%" if sent["all"] else "–"
    return (
        (_("Today"), str(counts["today"]), _("new leads")),
        (_("Not called yet"), str(counts["late"]), _("older than 5 minutes")),
        (_("Qualified"), str(counts["qualified"]), _("of %(count)d") % {"count": counts["all"]}),
        (_("Won"), str(counts["won"]), _("of %(count)d") % {"count": counts["all"]}),
        (_("Merged"), str(merged), _("same contact")),
        (_("Arrived at the CRM"), share, _("of %(count)d versions") % {"count": sent["all"]}),
    )


def waiting_follow_ups(lead: Lead) -> tuple[FollowUp, ...]:
    if lead.conversation is None:
        return ()
    return tuple(lead.conversation.follow_ups.order_by("due_at"))
