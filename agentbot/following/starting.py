"""Begins a plan where a visitor fell silent: after an ask nobody answered, or waiting for the call we promised."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, LiteralString

from django.db import connection
from django.utils import timezone

from agentbot.following.plans import Step, start_plan
from agentbot.language import is_chinese
from agentbot.models import Conversation, HostingRules
from agentbot.packs import load_pack
from core.contracts import Language
from core.errors import InputError

QUIET_HOURS = 2
OLDEST_DAYS = 3
"""Whoever has been silent for longer is left alone."""
AT_ONCE = 200
AFTER_ASK, AFTER_PROMISE = "quiet", "callback"

AFTER_ASK_WORDS = {
    "zh-CN": (
        "您上次问的，还有什么要我补充的吗？方便时回我一句就行。",
        "要是还在考虑，不着急。需要的话回我一句，我请{who}{purpose}。",
    ),
    "en": (
        "Is there anything you'd like me to add to what you asked? Just reply whenever it suits you.",
        "No hurry if you're still thinking it over. If it helps, say so and I'll ask {who} {purpose}.",
    ),
}
AFTER_ASK_HOURS = (20, 70)
AFTER_PROMISE_WORDS = {
    "zh-CN": "您之前留了联系方式，同事联系上您了吗？还没有的话，回我一个方便的时间，我来转告。",
    "en": "Has a colleague reached you since you left your contact? If not, tell me a good time to call.",
}
AFTER_PROMISE_HOURS = 26
"""None of these asks for the contact: an ask nobody answered is not followed by another."""

_SILENT: LiteralString = """
select c.id from agentbot_conversation c
join agentbot_channelaccount a on a.id = c.account_id and a.state = 'open'
left join agentbot_hostingrules r on r.advertiser_id = c.advertiser_id
where c.last_visitor_at between %(oldest)s and %(quiet)s and c.turn_due_at is null and c.owner in ('bot', 'shadow')
  and c.opted_out_at is null and c.erased_at is null and c.key_id is not null and coalesce(r.follows_up, true)
  and not exists (select 1 from agentbot_followup f where f.conversation_id = c.id)
  and not exists (select 1 from agentbot_agentturn n where n.conversation_id = c.id and n.refuses)
"""
_AFTER_ASK: LiteralString = (
    _SILENT
    + """
  and c.person_id is null and exists (select 1 from agentbot_outboundpart p
    where p.state = 'sent' and p.asks_contact and p.turn_id = (select t.id from agentbot_agentturn t
      where t.conversation_id = c.id order by t.created_at desc limit 1))
order by c.last_visitor_at limit %(most)s
"""
)
_AFTER_PROMISE: LiteralString = (
    _SILENT
    + """
  and exists (select 1 from agentbot_lead l where l.conversation_id = c.id and l.person_id = c.person_id
    and l.state = 'open' and l.stage = 'new')
order by c.last_visitor_at limit %(most)s
"""
)


def start_due(now: dt.datetime | None = None) -> int:
    """One round; gives how many plans began. A conversation is given one plan in its life."""
    moment = now or timezone.now()
    values: dict[str, dt.datetime | int] = {
        "oldest": moment - dt.timedelta(days=OLDEST_DAYS),
        "quiet": moment - dt.timedelta(hours=QUIET_HOURS),
        "most": AT_ONCE,
    }
    found = [(AFTER_ASK, each) for each in _ids(_AFTER_ASK, values)]
    found += [(AFTER_PROMISE, each) for each in _ids(_AFTER_PROMISE, values)]
    return sum(_start(plan, each) for plan, each in found)


def _ids(statement: LiteralString, values: dict[str, dt.datetime | int]) -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def _start(plan: str, conversation_id: uuid.UUID) -> bool:
    """The advertiser's own steps after an ask, where there are any."""
    conversation = Conversation.objects.select_related("advertiser").get(pk=conversation_id)
    language = _language(conversation)
    rules = HostingRules.objects.filter(advertiser_id=conversation.advertiser_id).first()
    own = own_steps(rules.follow_up_steps) if rules and plan == AFTER_ASK else ()
    vertical = conversation.advertiser.vertical
    try:
        return bool(start_plan(conversation_id, plan, own or usual_steps(plan, vertical, language), language=language))
    except InputError:
        # Opted out since it was found.
        return False


def usual_steps(plan: str, vertical: str, language: Language) -> tuple[Step, ...]:
    """What a trade's visitors hear where their advertiser has set nothing else."""
    if plan == AFTER_PROMISE:
        return (Step(AFTER_PROMISE_HOURS, AFTER_PROMISE_WORDS[language], until_contact=False, until_called=True),)
    pack = load_pack(vertical, language)
    texts = [text.format(who=pack.who, purpose=pack.purpose) for text in AFTER_ASK_WORDS[language]]
    return tuple(Step(hours, text) for hours, text in zip(AFTER_ASK_HOURS, texts, strict=True))


def own_steps(found: list[dict[str, Any]]) -> tuple[Step, ...]:
    """Steps as HostingRules keeps them."""
    return tuple(Step(float(each["after_hours"]), str(each["text"]), each.get("until_contact", True)) for each in found)


def _language(conversation: Conversation) -> Language:
    """What the visitor wrote in last."""
    last = conversation.messages.filter(direction="in").select_related("key").order_by("-seq").first()
    try:
        words = last.text if last else ""
    except ValueError:
        words = ""
    is_zh = is_chinese(words) if words else conversation.advertiser.language == "zh-CN"
    return "zh-CN" if is_zh else "en"
