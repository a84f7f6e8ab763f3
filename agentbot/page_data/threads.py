"""One conversation as a person reads it: what was said, what is about to be, and why."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from agentbot.comments.by_person import unanswered
from agentbot.models import AgentDraft, AgentTurn, Conversation, Handoff, Message, OutboundPart, ReplyTemplate
from agentbot.page_data.inbox import names_of
from agentbot.page_data.words import (
    ACTION_WORDS,
    AUTHOR_WORDS,
    CHANNEL_WORDS,
    COMMENT_WORDS,
    HELD_WORDS,
    OWNER_CHIPS,
    OWNER_WORDS,
    REASON_WORDS,
    Mark,
    marks,
    visitor_name,
    word,
)
from agentbot.pii import mask_text
from core.models import AdvertiserArticle, AdvertiserPrice

SHOWN = 150
NEVER_SAID_FOR = dt.timedelta(days=3)


@dataclass(frozen=True)
class Said:
    """A bubble. `side` is in or out; `due_at` is set while it waits to be sent."""

    id: str
    side: str
    author: str
    who: str
    text: str
    at: dt.datetime
    asks: bool = False
    due_at: dt.datetime | None = None
    part: str = ""
    failure: str = ""
    under: str = ""
    kind: str = "said"


@dataclass(frozen=True)
class Event:
    """Something that happened between bubbles."""

    at: dt.datetime
    words: str
    text: str = ""
    level: str = ""
    kind: str = "event"


@dataclass(frozen=True)
class Draft:
    """A turn of the agents that awaits approval."""

    id: uuid.UUID
    texts: tuple[str, ...]
    at: dt.datetime
    why: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class OpenComment:
    """A comment that a public reply may still stand under."""

    id: uuid.UUID
    text: str
    kind: str


@dataclass(frozen=True)
class Thread:
    """Everything the middle column shows."""

    conversation: Conversation
    name: str
    channel: str
    state: str
    level: str
    is_disclosed: bool
    items: tuple[Said | Event, ...]
    draft: Draft | None
    marks: tuple[Mark, ...]
    may_take: bool
    may_return: bool
    is_mute: bool
    is_typing: bool
    hidden_count: int = 0
    client_id: str = ""
    templates: tuple[ReplyTemplate, ...] = field(default_factory=tuple)
    comments: tuple[OpenComment, ...] = ()


def thread_of(conversation: Conversation) -> Thread:
    """The thread, contacts masked."""
    turns = list(
        AgentTurn.objects.filter(conversation=conversation)
        .select_related("decision", "member__user")
        .order_by("created_at")
    )
    by_id = {turn.pk: turn for turn in turns}
    said, hidden = _messages(conversation, by_id)
    waiting = _waiting(conversation)
    spoken = set(conversation.parts.exclude(state="cancelled").values_list("turn_id", flat=True))
    marked = [_why(turn) for turn in turns if turn.pk in spoken and hasattr(turn, "decision")]
    items: list[Said | Event] = [*said, *_handoffs(conversation), *_never_said(conversation), *marked]
    items.sort(key=lambda item: item.at)
    names = names_of([conversation])
    is_open = conversation.opted_out_at is None and conversation.erased_at is None
    return Thread(
        conversation=conversation,
        name=visitor_name(conversation.pk, names.get(conversation.person_id, "") if conversation.person_id else ""),
        channel=conversation.account.name or word(CHANNEL_WORDS, conversation.account.kind),
        state=_("Opted out") if conversation.opted_out_at else word(OWNER_WORDS, conversation.owner),
        level="" if conversation.opted_out_at else OWNER_CHIPS.get(conversation.owner, ""),
        is_disclosed=conversation.is_disclosed,
        items=(*items, *waiting),
        draft=_draft(conversation, turns),
        marks=marks(key for turn in turns for key in turn.degraded),
        may_take=is_open and conversation.owner != "human",
        may_return=is_open and conversation.owner in ("human", "human_pending"),
        is_mute=not is_open,
        is_typing=False,
        hidden_count=hidden,
        client_id=uuid.uuid4().hex,
        templates=tuple(ReplyTemplate.objects.for_advertiser(conversation.advertiser)[:12]),
        comments=_comments(conversation),
    )


def _messages(conversation: Conversation, turns: dict[uuid.UUID, AgentTurn]) -> tuple[list[Said], int]:
    rows = conversation.messages.select_related("key", "part", "member__user").order_by("-seq")
    shown = list(rows[:SHOWN])
    lit = sources_of(conversation, [row.part.turn_id for row in shown if row.part and row.part.turn_id])
    return [_said(row, turns, lit) for row in reversed(shown)], max(0, conversation.last_seq - len(shown))


def _said(row: Message, turns: dict[uuid.UUID, AgentTurn], lit: dict[uuid.UUID, tuple[str, ...]]) -> Said:
    turn_id = row.part.turn_id if row.part else None
    who = word(AUTHOR_WORDS, row.author)
    if row.author == "person" and row.member:
        who = row.member.user.get_full_name() or row.member.user.get_username()
    titles = lit.get(turn_id, ()) if turn_id and row.author == "expert" else ()
    under = _("from: %(titles)s") % {"titles": _("; ").join(titles)} if titles else ""
    if row.is_public:
        under = _("; ").join(filter(None, [_("in public, under a post"), under]))
    return Said(
        id=str(row.pk),
        side=row.direction,
        author=row.author,
        who=who,
        text=mask_text(row.text),
        at=row.created_at,
        asks=row.asks_contact,
        under=under,
        failure=_what_became(row.part) if row.part else "",
    )


def _comments(conversation: Conversation) -> tuple[OpenComment, ...]:
    rows = unanswered(conversation) if conversation.comments.exists() else []
    words = {row.pk: mask_text(row.text)[:60] for row in conversation.messages.filter(is_public=True, direction="in")}
    return tuple(
        OpenComment(row.pk, words.get(row.message_id, ""), word(COMMENT_WORDS, row.kind) if row.kind else "")
        for row in rows
    )


def _what_became(part: OutboundPart) -> str:
    """Of something sent; "" where it went as it should."""
    if part.state == "unknown":
        return _("may not have arrived")
    if part.state == "quarantined":
        return _("did not arrive: %(why)s") % {"why": part.failure}
    return _("sent twice: nothing told whether the first arrived") if part.is_repeat else ""


def _never_said(conversation: Conversation) -> Iterable[Event]:
    """What the platform's limits kept from being said, what it refused, and what nobody knows of."""
    rows = OutboundPart.objects.filter(
        Q(state__in=("quarantined", "dead", "unknown")) | Q(state="cancelled", failure__in=HELD_WORDS),
        conversation=conversation,
        event_type__in=OutboundPart.SAID,
        planned_at__gte=timezone.now() - NEVER_SAID_FOR,
    )
    for row in rows.exclude(pk__in=conversation.messages.exclude(part=None).values("part")):
        why = _("may not have arrived") if row.state == "unknown" else word(HELD_WORDS, row.failure)
        yield Event(row.planned_at, _("Not sent: %(why)s") % {"why": why}, level="look")


def _waiting(conversation: Conversation) -> list[Said]:
    """Parts still to come, in dashes; void ones are not shown."""
    parts = OutboundPart.objects.filter(
        conversation=conversation, event_type__in=OutboundPart.SAID, state__in=("scheduled", "sending")
    ).select_related("key")
    alive = [part for part in parts.order_by("ordinal") if not part.is_fenced or part.epoch == conversation.epoch]
    return [
        Said(
            id=str(part.pk),
            side="out",
            author=part.author,
            who=word(AUTHOR_WORDS, part.author),
            text=part.text,
            at=part.planned_at,
            asks=part.asks_contact,
            due_at=part.due_at,
            failure=word(HELD_WORDS, part.failure),
        )
        for part in alive
    ]


def _handoffs(conversation: Conversation) -> Iterable[Event]:
    for row in Handoff.objects.filter(conversation=conversation).select_related(
        "claimed_by__user", "conversation__key"
    ):
        if row.reason != "taken over":
            words = _("Handed over: %(reason)s") % {"reason": word(REASON_WORDS, row.reason)}
            yield Event(row.created_at, words, level="look")
        if row.claimed_at:
            who = row.claimed_by.user.get_full_name() or row.claimed_by.user.get_username() if row.claimed_by else ""
            yield Event(row.claimed_at, _("%(who)s took over; the AI is silent") % {"who": who or _("A person")})
        if row.returned_at:
            yield Event(row.returned_at, _returned(row))
    if conversation.opted_out_at:
        yield Event(conversation.opted_out_at, _("Opted out: nothing more is sent"), level="blocked")


def _returned(handoff: Handoff) -> str:
    is_late = handoff.timed_out_at is not None and handoff.timed_out_at == handoff.returned_at
    if is_late and handoff.claimed_at:
        return _("The person finished and wrote no more in time; the AI answers again")
    if is_late:
        return _("Nobody was free in time; the AI answers the next message")
    return _("Back with the AI; it answers the next message")


def _why(turn: AgentTurn) -> Event:
    words = word(ACTION_WORDS, turn.decision.action)
    return Event(turn.created_at, words, _because(turn), kind="why")


def _because(turn: AgentTurn) -> str:
    """In figures, as the arbiter saw it."""
    features, decision = turn.decision.features, turn.decision
    pieces = []
    if "readiness" in features:
        pieces.append(_("readiness %(share)d %%") % {"share": round(100 * features["readiness"])})
    if features.get("is_sensitive"):
        pieces.append(_("a sensitive worry, so no ask"))
    if features.get("refusals"):
        pieces.append(_("refused before"))
    if turn.guard_findings:
        pieces.append(_("the guards changed the wording"))
    policy = _("policy %(policy)s, chance %(share)d %%")
    pieces.append(policy % {"policy": decision.policy, "share": round(100 * decision.propensity)})
    return _("; ").join(pieces)


def _draft(conversation: Conversation, turns: list[AgentTurn]) -> Draft | None:
    turn = next(
        (
            each
            for each in reversed(turns)
            if each.state == "awaiting" and (each.epoch == conversation.epoch or each.kind == AgentTurn.Kind.COMMENT)
        ),
        None,
    )
    if turn is None:
        return None
    parts = turn.parts.filter(state="draft").select_related("key").order_by("part_no")
    texts = tuple(part.text for part in parts)
    why = word(ACTION_WORDS, turn.decision.action) if hasattr(turn, "decision") else ""
    why = _("for everybody to read, under the comment") if turn.kind == AgentTurn.Kind.COMMENT else why
    sources = sources_of(conversation, [turn.pk]).get(turn.pk, ())
    return Draft(turn.pk, texts, turn.created_at, why, sources) if texts else None


def sources_of(conversation: Conversation, turn_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[str, ...]]:
    """Turn → titles of the articles and prices its answer rests on."""
    found: dict[uuid.UUID, list[str]] = {}
    for draft in AgentDraft.objects.filter(turn__in=set(turn_ids), kind="expert").select_related("key"):
        keys = [key for segment in draft.draft.get("segments", []) for key in segment.get("sources", [])]
        found[draft.turn_id] = list(dict.fromkeys(keys))
    wanted = {known for keys in found.values() for key in keys if (known := _uuid(key))}
    titles: dict[str, str] = {}
    for article in AdvertiserArticle.objects.for_advertiser(conversation.advertiser).filter(pk__in=wanted):
        titles[str(article.pk)] = article.title
    for price in AdvertiserPrice.objects.for_advertiser(conversation.advertiser).filter(pk__in=wanted):
        titles[str(price.pk)] = price.item
    return {turn: tuple(titles[key] for key in keys if key in titles) for turn, keys in found.items()}


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
