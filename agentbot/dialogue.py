"""One turn of a conversation, from what the visitor said to the parts that are due. No Django in here."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace

from agentbot import pacing
from agentbot import pre_pass as reading
from agentbot.agents.asking_models import ask_expert, ask_lead
from agentbot.agents.counting import CountedModel
from agentbot.arbiter import Situation, choose
from agentbot.contracts import QUOTED, Decision, ExpertDraft, LeadDraft, Part, TurnInput, TurnResult
from agentbot.guarding import Grounds, guarded
from agentbot.language import width
from agentbot.merging import MOST_HOLDING_PARTS, MOST_PARTS, PART_WIDTH, Bubble, Line, to_bubbles
from agentbot.pre_pass import FLAGGED
from agentbot.speaking import Voice, handoff_reason, sources_of
from core.errors import AdloomError
from core.llm.accounting import booked_on
from core.llm.base import LanguageModel

logger = logging.getLogger(__name__)

EXPERT_SECONDS = 6.0
LEAD_SECONDS = 4.0


async def take_turn(
    turn: TurnInput, gateway: LanguageModel | None = None, monotonic: Callable[[], float] = time.monotonic
) -> TurnResult:
    """What to say to the visitor's unanswered messages; no parts mean silence (an opt-out, or nothing asked).

    Without `gateway` it answers from approved knowledge alone and gives the same for the same input.
    """
    began = monotonic()
    seen = reading.read(turn.messages, turn.history)
    if seen.is_opt_out or not turn.messages:
        return TurnResult((), seen)
    voice = Voice.of(turn, seen)
    if gateway is None:
        return decide_and_speak(voice, *quoted_drafts(voice))
    if seen.is_emergency or seen.wants_person:
        # Whoever calls for a person is not kept waiting for models that nobody will hear.
        return decide_and_speak(voice, None, voice.lead())
    counted = CountedModel(gateway)
    with booked_on(turn.knowledge.advertiser):
        expert, lead = await asked_drafts(voice, counted)
    spoken = decide_and_speak(voice, expert, lead, took=monotonic() - began)
    return replace(spoken, tokens=counted.tokens)


def quoted_drafts(voice: Voice) -> tuple[ExpertDraft, LeadDraft]:
    """Both agents without a language model."""
    return voice.quoted(), voice.lead()


async def asked_drafts(voice: Voice, model: LanguageModel) -> tuple[ExpertDraft, LeadDraft]:
    """Both agents at once, each with its own deadline. One that fails is stood in for by its rules,
    and an answer that is quoted says so; neither waits for the other's failure."""
    turn = voice.turn
    answered, judged = await asyncio.gather(
        ask_expert(model, turn, voice.needs, voice.pack, voice.today, EXPERT_SECONDS),
        ask_lead(model, turn, voice.pack, LEAD_SECONDS),
        return_exceptions=True,
    )
    return _or_quoted(voice, answered), _or_rules(voice, judged)


def _or_quoted(voice: Voice, answered: ExpertDraft | BaseException) -> ExpertDraft:
    if isinstance(answered, BaseException):
        _note_failure("expert", answered)
        return voice.quoted()
    if voice.pre_pass.injection >= FLAGGED:
        return voice.quoted()
    return voice.unrepeated(answered)


def _or_rules(voice: Voice, judged: LeadDraft | BaseException) -> LeadDraft:
    """The model's view; where the guards hold something against an ask of its, the pack's stands.

    A way of asking that is not fitting now by the rules is not made so by a model.
    """
    own = voice.lead()
    if isinstance(judged, BaseException):
        _note_failure("lead", judged)
        return own
    grounds = _grounds(voice, None, "")
    asks = {
        action: text
        for action, text in judged.asks.items()
        if action in own.asks and is_fit_to_ask(text) and not grounds.findings(text)
    }
    return LeadDraft(judged.readiness, own.asks | asks, own.fields | judged.fields)


def _note_failure(agent: str, error: BaseException) -> None:
    """Failures of models and networks are expected and logged by kind; anything else is ours and is raised."""
    if not isinstance(error, AdloomError | TimeoutError):
        raise error
    logger.warning("%s agent: %s", agent, type(error).__name__)


def is_fit_to_ask(text: str) -> bool:
    """Whether an ask fits one part."""
    return 0 < width(text) <= PART_WIDTH


def decide_and_speak(
    voice: Voice,
    expert: ExpertDraft | None,
    lead: LeadDraft | None,
    decision: Decision | None = None,
    took: float = 0.0,
) -> TurnResult:
    """The arbiter's decision (unless one is given) put into guarded, paced parts. `took` is the models' seconds."""
    turn, seen = voice.turn, voice.pre_pass
    if decision is None:
        decision = choose(Situation(turn, seen, expert, lead), pacing.chance_of(turn.turn, turn.seed, "arbiter"))
    reason = handoff_reason(seen, expert, decision.action)
    lines = voice.lines(expert, lead, decision.action, reason)
    findings: tuple[str, ...] = ()
    if not seen.is_emergency:
        lines, findings = guarded(lines, _grounds(voice, expert, reason))
    most = MOST_HOLDING_PARTS if reason else MOST_PARTS
    bubbles = to_bubbles(lines, most) or to_bubbles([Line(voice.wording.say("heard"), "expert")])
    return TurnResult(
        parts=_parts(turn, bubbles, took),
        pre_pass=seen,
        decision=decision,
        expert=expert,
        lead=lead,
        handoff_reason=reason,
        discloses=not seen.is_emergency and (not turn.is_disclosed or seen.asks_if_human),
        degraded=expert.degraded if expert else (),
        guard_findings=findings,
    )


def _grounds(voice: Voice, expert: ExpertDraft | None, reason: str) -> Grounds:
    """Approved words and figures, the visitor's own, and whether a person was called or a contact given."""
    turn, seen = voice.turn, voice.pre_pass
    said = tuple(each.text for each in (*turn.history, *turn.messages) if each.author == "visitor")
    contacts = (*turn.held_contacts, *(found.value for found in seen.contacts))
    by_model = expert is not None and QUOTED not in expert.degraded
    return Grounds(turn.knowledge, sources_of(expert), voice.today, contacts, said, bool(reason or contacts), by_model)


def _parts(turn: TurnInput, bubbles: tuple[Bubble, ...], took: float) -> tuple[Part, ...]:
    """Bubbles with the second each is due, counted from the visitor's last message."""
    last = max(said.at for said in turn.messages)
    elapsed = max(0.0, (turn.now - last).total_seconds()) + took
    due = pacing.schedule([bubble.text for bubble in bubbles], turn.turn, turn.seed, elapsed)
    return tuple(
        Part(bubble.text, bubble.author, after, bubble.asks_contact) for bubble, after in zip(bubbles, due, strict=True)
    )
