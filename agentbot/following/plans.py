"""Plans for one conversation, set by a person of ours or begun by itself, and the way to stop them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from agentbot.inbox.owning import locked
from agentbot.models import FollowUp
from core.errors import InputError
from core.models import Member

MOST_STEPS = 3
LONGEST_TEXT = 400
OPT_OUT_WORDS = {"zh-CN": "（不想再收到消息，回复“退订”即可）", "en": " (Reply STOP to hear no more.)"}


@dataclass(frozen=True)
class Step:
    """What to say `after_hours` of silence; `until_contact` skips it once the visitor is a lead, `until_called`
    once somebody has contacted them."""

    after_hours: float
    text: str
    until_contact: bool = True
    until_called: bool = False


@transaction.atomic
def start_plan(
    conversation_id: uuid.UUID, plan: str, steps: Sequence[Step], member: Member | None = None, language: str = ""
) -> list[FollowUp]:
    """The steps as rows, counted from the visitor's last word; a plan already started stays as it is.

    `language` is the visitor's, else the advertiser's; without a `member` the plan begins by itself.

    Raises `InputError` after an opt-out and for steps that are odd. Every text carries the words to end it.
    """
    conversation = locked(conversation_id, member)
    if conversation.opted_out_at is not None:
        raise InputError("conversation", "has opted out", "opted_out")
    if not 1 <= len(steps) <= MOST_STEPS:
        raise InputError("steps", f"must be 1 to {MOST_STEPS}", "wrong_count")
    opt_out = OPT_OUT_WORDS.get(language or conversation.advertiser.language, OPT_OUT_WORDS["en"])
    made = [
        FollowUp(
            advertiser_id=conversation.advertiser_id,
            conversation=conversation,
            plan=plan[:40],
            step=number,
            text=check_step(step) + opt_out,
            due_at=conversation.last_visitor_at + dt.timedelta(hours=step.after_hours),
            preconditions={
                "until_contact": step.until_contact,
                "until_called": step.until_called,
                "seq": conversation.last_inbound_seq,
            },
        )
        for number, step in enumerate(steps, start=1)
    ]
    FollowUp.objects.bulk_create(made, ignore_conflicts=True)
    return list(FollowUp.objects.filter(conversation=conversation, plan=plan[:40]).order_by("step"))


@transaction.atomic
def stop_plan(conversation_id: uuid.UUID, member: Member) -> int:
    """What waits never fires; gives how many steps that was."""
    waiting = FollowUp.objects.for_advertiser(member.advertiser).filter(
        conversation_id=conversation_id, state=FollowUp.State.WAITING
    )
    return waiting.update(state=FollowUp.State.CANCELLED)


def check_step(step: Step) -> str:
    """Its words, trimmed; `InputError` for what is too long or too late."""
    text = step.text.strip()
    if not text or len(text) > LONGEST_TEXT:
        raise InputError("text", f"must have 1 to {LONGEST_TEXT} characters", "bad_text")
    if not 0 < step.after_hours <= 24 * 30:
        raise InputError("after_hours", "must be within 30 days", "bad_delay")
    return text
