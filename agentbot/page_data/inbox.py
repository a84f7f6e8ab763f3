"""The inbox's list: whose turn it is, who has waited how long."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agentbot.models import AgentTurn, Conversation, Handoff, Lead, Message, OutboundPart
from agentbot.page_data.words import CHANNEL_WORDS, OWNER_CHIPS, OWNER_WORDS, REASON_WORDS, ago, visitor_name, word
from agentbot.pii import mask_text
from core.models import Advertiser, Member

SHOWN = 60
OPEN_DAYS = 3
FILTERS = ("waiting", "open", "drafts", "mine", "all")


@dataclass(frozen=True)
class Row:
    """A conversation in the list; `since` counts the wait up while the page stands, `level` colours its chip."""

    id: uuid.UUID
    name: str
    channel: str
    state: str
    level: str
    text: str
    note: str
    is_late: bool
    is_now: bool
    unread: int
    since: dt.datetime | None


@dataclass(frozen=True)
class Filter:
    key: str
    word: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class InboxList:
    filters: tuple[Filter, ...]
    rows: tuple[Row, ...]
    show: str
    sentence: str


def inbox_list(member: Member, show: str, now_id: uuid.UUID | None) -> InboxList:
    """The list as `member` filtered it; without a filter, those that wait if any do, else the open ones."""
    sets = filtered(member)
    counts = {key: rows.count() for key, rows in sets.items()}
    chosen = show if show in sets else "waiting" if counts["waiting"] else "open"
    rows = sets[chosen].select_related("account", "key").order_by("-last_message_at")[:SHOWN]
    found = list(_urgent_first(list(rows)) if chosen == "waiting" else rows)
    return InboxList(
        filters=tuple(Filter(key, _filter_word(key), counts[key], key == chosen) for key in FILTERS),
        rows=conversation_rows(found, now_id),
        show=chosen,
        sentence=_sentence(counts),
    )


def waiting_counts(advertiser: Advertiser) -> dict[str, int]:
    """Word of the rail → how many conversations and drafts wait there for a person."""
    rows = Conversation.objects.for_advertiser(advertiser)
    return {"inbox": rows.filter(_WAITING).count() + rows.filter(awaits_approval()).count()}


def filtered(member: Member) -> dict[str, QuerySet[Conversation]]:
    rows = Conversation.objects.for_advertiser(member.advertiser).filter(erased_at=None)
    recent = timezone.now() - dt.timedelta(days=OPEN_DAYS)
    return {
        "waiting": rows.filter(_WAITING),
        "open": rows.filter(opted_out_at=None, last_message_at__gte=recent).exclude(owner="closed"),
        "drafts": rows.filter(awaits_approval()),
        "mine": rows.filter(assigned_to=member, owner="human"),
        "all": rows,
    }


_WAITING = Q(owner="human_pending") | Q(owner="human", unread_count__gt=0)


def awaits_approval() -> Exists:
    """Conversations with a draft that nothing has overtaken."""
    is_fresh = Q(epoch=OuterRef("epoch")) | Q(kind=AgentTurn.Kind.COMMENT)
    awaiting = AgentTurn.objects.filter(is_fresh, conversation=OuterRef("pk"), state="awaiting")
    return Exists(awaiting)


def _filter_word(key: str) -> str:
    return {
        "waiting": _("Waiting"),
        "open": _("Open"),
        "drafts": _("Drafts"),
        "mine": _("Mine"),
        "all": _("All"),
    }[key]


def _sentence(counts: dict[str, int]) -> str:
    waiting = counts["waiting"]
    if not waiting:
        return _("Nobody waits for a person")
    return ngettext("%(count)d waits for a person", "%(count)d wait for a person", waiting) % {"count": waiting}


def _urgent_first(rows: list[Conversation]) -> list[Conversation]:
    """Who has waited longest stands on top."""
    return sorted(rows, key=lambda row: row.last_visitor_at)


def conversation_rows(conversations: list[Conversation], now_id: uuid.UUID | None = None) -> tuple[Row, ...]:
    """Rows of the list, with last words, handoffs, drafts and names read for all of them at once."""
    ids = [row.pk for row in conversations]
    last = {
        message.conversation_id: message
        for message in Message.objects.filter(conversation__in=ids, seq=F("conversation__last_seq")).select_related(
            "key"
        )
    }
    handoffs = {row.conversation_id: row for row in Handoff.objects.filter(conversation__in=ids, returned_at=None)}
    drafts = set(
        AgentTurn.objects.filter(
            Q(epoch=F("conversation__epoch")) | Q(kind=AgentTurn.Kind.COMMENT), conversation__in=ids, state="awaiting"
        ).values_list("conversation_id", flat=True)
    )
    coming = set(
        OutboundPart.objects.filter(
            conversation__in=ids, state__in=("scheduled", "sending"), event_type="message.part"
        ).values_list("conversation_id", flat=True)
    )
    names = names_of(conversations)
    return tuple(
        _row(row, last.get(row.pk), handoffs.get(row.pk), row.pk in drafts, row.pk in coming, names, now_id)
        for row in conversations
    )


def names_of(conversations: list[Conversation]) -> dict[uuid.UUID, str]:
    """Person's id → the name they told, where they did."""
    people = [row.person_id for row in conversations if row.person_id]
    leads = Lead.objects.filter(person__in=people, state="open").select_related("person__key")
    return {lead.person_id: str(lead.fields.get("name", {}).get("value", "")) for lead in leads}


def _row(
    row: Conversation,
    last: Message | None,
    handoff: Handoff | None,
    has_draft: bool,
    is_coming: bool,
    names: dict[uuid.UUID, str],
    now_id: uuid.UUID | None,
) -> Row:
    state, level = _state(row, has_draft)
    waits = row.owner == "human_pending" or (row.owner == "human" and row.unread_count > 0)
    late = bool(waits and handoff and handoff.answer_by and handoff.answer_by < timezone.now())
    note = _note(row, handoff, is_coming)
    return Row(
        id=row.pk,
        name=visitor_name(row.pk, names.get(row.person_id, "") if row.person_id else ""),
        channel=row.account.name or word(CHANNEL_WORDS, row.account.kind),
        state=state,
        level=level,
        text=mask_text(last.text)[:140] if last else "",
        note=note,
        is_late=late,
        is_now=row.pk == now_id,
        unread=row.unread_count if waits else 0,
        since=row.last_visitor_at if waits else row.last_message_at,
    )


def _state(row: Conversation, has_draft: bool) -> tuple[str, str]:
    if row.opted_out_at is not None:
        return _("Opted out"), ""
    if has_draft:
        return _("Draft for you"), "look"
    if row.owner == "human" and row.unread_count:
        return _("Wrote again"), "look"
    return word(OWNER_WORDS, row.owner), OWNER_CHIPS.get(row.owner, "")


def _note(row: Conversation, handoff: Handoff | None, is_coming: bool) -> str:
    if row.opted_out_at is not None:
        return _("nothing more is sent")
    if row.owner == "human_pending" and handoff:
        return word(REASON_WORDS, handoff.reason)
    if is_coming:
        return _("a part is on its way")
    return ago(row.last_message_at)
