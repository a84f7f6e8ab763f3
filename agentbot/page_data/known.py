"""The right-hand column: what is known of a visitor, how to reach them, and what they agreed to."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agentbot.models import AgentDraft, AgentTurn, ContactPoint, Conversation, FollowUp, Handoff, Lead
from agentbot.page_data.words import CONTACT_WORDS, FIELD_WORDS, PURPOSE_WORDS, REASON_WORDS, STAGE_WORDS, word
from agentbot.pii import mask_text
from core.models import Advertiser

MOST_ASKS = 3


@dataclass(frozen=True)
class Reach:
    """A way to reach somebody; `shown` masked unless somebody asked to see it."""

    type: str
    shown: str
    is_valid: bool


@dataclass(frozen=True)
class Consent:
    purpose: str
    words: str
    at: dt.datetime
    withdrawn_at: dt.datetime | None
    channel: str


@dataclass(frozen=True)
class Known:
    """What one column shows; `lead` is None until there is one."""

    conversation: Conversation
    fields: tuple[tuple[str, str], ...]
    reach: tuple[Reach, ...]
    is_revealed: bool
    consents: tuple[Consent, ...]
    source: tuple[tuple[str, str], ...]
    handoff: Handoff | None
    reason: str
    summary: str
    asks: str
    follow_ups: tuple[FollowUp, ...]
    lead: Lead | None
    stage: str


def known_of(conversation: Conversation, *, reveals: bool = False) -> Known:
    """`reveals` shows contacts in full; whoever sets it has logged that first."""
    lead = None
    if conversation.person_id:
        leads = Lead.objects.for_advertiser(conversation.advertiser).filter(person=conversation.person_id, state="open")
        lead = leads.select_related("person__key").first()
    handoffs = Handoff.objects.filter(conversation=conversation, returned_at=None).select_related("conversation__key")
    handoff = handoffs.first()
    return Known(
        conversation=conversation,
        fields=_fields(conversation, lead),
        reach=reach_of(conversation.person_id, reveals=reveals),
        is_revealed=reveals,
        consents=consents_of(lead),
        source=source_words(conversation.source),
        handoff=handoff,
        reason=word(REASON_WORDS, handoff.reason) if handoff else "",
        summary=_summary(handoff) if handoff else "",
        asks=_asks(conversation),
        follow_ups=tuple(conversation.follow_ups.filter(state="waiting").order_by("due_at")),
        lead=lead,
        stage=word(STAGE_WORDS, lead.stage) if lead else "",
    )


def reach_of(person_id: uuid.UUID | None, *, reveals: bool = False) -> tuple[Reach, ...]:
    if person_id is None:
        return ()
    points = ContactPoint.objects.filter(person=person_id).exclude(status="withdrawn").select_related("person__key")
    return tuple(
        Reach(word(CONTACT_WORDS, each.type), each.value if reveals else each.masked, each.status == "valid")
        for each in points.order_by("created_at")
    )


def consents_of(lead: Lead | None) -> tuple[Consent, ...]:
    """With the very words that were on the screen."""
    if lead is None:
        return ()
    rows = lead.person.consents.select_related("person__key").order_by("-granted_at")
    return tuple(
        Consent(word(PURPOSE_WORDS, each.purpose), each.words, each.granted_at, each.withdrawn_at, each.channel)
        for each in rows
    )


def fields_of(lead: Lead) -> tuple[tuple[str, str], ...]:
    return _named(lead.fields)


def source_words(source: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    names = {"ad": _("Ad"), "creative": _("Ad"), "room": _("Live room"), "page": _("Page")}
    names |= {"video": _("Post"), "post": _("Post")}
    return tuple((names[key], str(source[key])) for key in names if source.get(key))


def conversation_of(advertiser: Advertiser, conversation_id: uuid.UUID) -> Conversation | None:
    rows = Conversation.objects.for_advertiser(advertiser).select_related(
        "account", "key", "advertiser", "assigned_to__user"
    )
    return rows.filter(pk=conversation_id).first()


def _fields(conversation: Conversation, lead: Lead | None) -> tuple[tuple[str, str], ...]:
    if lead:
        return _named(lead.fields)
    told: dict[str, Any] = {}
    drafts = AgentDraft.objects.filter(turn__conversation=conversation, kind="lead").select_related("key")
    for draft in drafts.order_by("turn__created_at"):
        told |= draft.draft.get("fields", {})
    return _named(told)


def _named(fields: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    pairs = ((word(FIELD_WORDS, name), str(told.get("value", ""))) for name, told in fields.items())
    return tuple((name, mask_text(value)) for name, value in pairs if value)


def _summary(handoff: Handoff) -> str:
    """Without its first line, which repeats the reason; who spoke in the reader's language."""
    speakers = {"visitor": _("Visitor"), "we": _("We")}
    lines = (line.partition(": ") for line in handoff.summary.splitlines()[1:])
    spoken = (_("%(who)s: %(words)s") % {"who": speakers.get(who, who), "words": words} for who, _colon, words in lines)
    return mask_text("\n".join(spoken))


def _asks(conversation: Conversation) -> str:
    asked = AgentTurn.objects.filter(
        conversation=conversation, asks_contact=True, parts__state="sent", parts__asks_contact=True
    ).distinct()
    count = asked.count()
    return _("%(count)d of at most %(most)d asks") % {"count": count, "most": MOST_ASKS}
