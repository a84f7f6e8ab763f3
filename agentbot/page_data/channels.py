"""Channels and CRMs with how they fare."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.templatetags.static import static
from django.utils.translation import gettext as _

from agentbot.channels.opening import feedback_url, inbound_url
from agentbot.channels.vendors.known import VENDORS
from agentbot.models import ChannelAccount, CrmConnection, CrmDelivery
from agentbot.page_data.crm_guides import Guide, guides
from agentbot.page_data.platforms import Platform, platforms
from agentbot.page_data.words import CHANNEL_WORDS, word
from core.models import Advertiser

STUCK_SHOWN = 50
REPORTING = (CrmConnection.Kind.WEBHOOK, CrmConnection.Kind.TWENTY)
"""These tell us by themselves what became of a lead; the others are asked."""


@dataclass(frozen=True)
class Channel:
    row: ChannelAccount
    name: str
    kind: str
    state: str
    level: str
    inbound_url: str
    tag: str
    is_platform: bool
    origins: str
    conversations: int


@dataclass(frozen=True)
class Crm:
    """`feedback_url` where this CRM reports what became of a lead, "" where it is asked instead."""

    row: CrmConnection
    name: str
    kind: str
    state: str
    level: str
    is_on: bool
    feedback_url: str
    sent: int
    waiting: int
    stuck: int


@dataclass(frozen=True)
class Stuck:
    row: CrmDelivery
    crm: str


@dataclass(frozen=True)
class ChannelsPage:
    channels: tuple[Channel, ...]
    crms: tuple[Crm, ...]
    stuck: tuple[Stuck, ...]
    guides: tuple[Guide, ...]
    platforms: tuple[Platform, ...]


def channels_page(advertiser: Advertiser) -> ChannelsPage:
    rows = ChannelAccount.objects.for_advertiser(advertiser).annotate(count=Count("conversations"))
    stuck = CrmDelivery.objects.for_advertiser(advertiser).filter(state__in=("dead", "quarantined"))
    return ChannelsPage(
        channels=tuple(_channel(row) for row in rows.order_by("created_at")),
        crms=tuple(_crm(row) for row in _connections(advertiser)),
        stuck=tuple(
            Stuck(row, row.connection.name or row.connection.url)
            for row in stuck.select_related("connection", "lead").order_by("-created_at")[:STUCK_SHOWN]
        ),
        guides=guides(),
        platforms=platforms(),
    )


def script_tag(account: ChannelAccount) -> str:
    """What a page's author pastes."""
    platform = inbound_url(account).partition("/widget/")[0]
    source = f"{platform}{static('agentbot/widget.js')}"
    return f'<script src="{source}" data-channel="{account.inbound_token}" async></script>'


def _channel(row: ChannelAccount) -> Channel:
    is_off = row.state != ChannelAccount.State.OPEN
    state = (
        _("Switched off") if is_off else _("AI drafts, a person approves") if row.mode == "shadow" else _("AI answers")
    )
    return Channel(
        row=row,
        name=row.name or word(CHANNEL_WORDS, row.kind),
        kind=word(CHANNEL_WORDS, row.kind),
        state=_("Fails") if row.failure else state,
        level="blocked" if row.failure else "" if is_off else "look" if row.mode == "shadow" else "fine",
        inbound_url=inbound_url(row),
        tag=script_tag(row) if row.kind == ChannelAccount.Kind.WIDGET else "",
        is_platform=row.kind in VENDORS,
        origins="\n".join(row.origins),
        conversations=getattr(row, "count", 0),
    )


def _connections(advertiser: Advertiser) -> list[CrmConnection]:
    rows = CrmConnection.objects.for_advertiser(advertiser).annotate(
        sent=Count("deliveries", filter=Q(deliveries__state="sent")),
        waiting=Count("deliveries", filter=Q(deliveries__state__in=("scheduled", "sending"))),
        stuck=Count("deliveries", filter=Q(deliveries__state__in=("dead", "quarantined"))),
    )
    return list(rows.order_by("created_at"))


def _crm(row: CrmConnection) -> Crm:
    words = {"open": _("Connected"), "paused": _("Refused, tried again"), "disabled": _("Paused")}
    is_bad = bool(row.failure) or row.state == CrmConnection.State.PAUSED
    is_off = row.state == CrmConnection.State.DISABLED
    return Crm(
        row=row,
        name=row.name or row.url,
        kind=row.get_kind_display() if row.kind != CrmConnection.Kind.WEBHOOK else _("Signed webhook"),
        state=_("Switched off by the CRM") if is_off and row.failure else words.get(row.state, row.state),
        level="blocked" if is_bad else "" if is_off else "fine",
        is_on=not is_off,
        feedback_url=feedback_url(row) if row.kind in REPORTING else "",
        sent=getattr(row, "sent", 0),
        waiting=getattr(row, "waiting", 0),
        stuck=getattr(row, "stuck", 0),
    )
