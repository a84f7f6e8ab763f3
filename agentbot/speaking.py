"""Puts a turn into words: what the agents drafted, in the order the arbiter chose, as lines to send."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agentbot import pacing
from agentbot.agents.expert import quoted_answer
from agentbot.agents.lead_capture import needs_of_late, purpose_of, rules_lead
from agentbot.agents.needs import Need, read_needs
from agentbot.arbiter.situation import SMALL_TALK
from agentbot.contracts import Action, AnswerSegment, ExpertDraft, LeadDraft, PrePass, TurnInput
from agentbot.language import is_chinese, sentences
from agentbot.merging import Line
from agentbot.packs import Pack, load_pack
from agentbot.pre_pass import FLAGGED
from agentbot.wording import Wording, spoken
from core.contracts import Language

ENOUGH_WORDS = 3
"""So many Latin words are English; fewer may be a model's name or a WeChat id."""
HANDOFF_LINES = {"asked": "handoff_person", "complaint": "handoff_complaint", "unanswered": "handoff_unanswered"}


@dataclass
class Voice:
    """How one turn speaks: the pack in the visitor's language, words not yet used, names filled in."""

    turn: TurnInput
    pre_pass: PrePass
    pack: Pack
    wording: Wording
    needs: tuple[Need, ...]

    @classmethod
    def of(cls, turn: TurnInput, pre_pass: PrePass) -> Voice:
        knowledge = turn.knowledge
        pack = load_pack(knowledge.vertical, spoken_language(turn, pre_pass))
        names = {"name": knowledge.name, "who": pack.who}
        wording = Wording(pack, pacing.chance_of(turn.turn, turn.seed, "wording"), spoken(turn.history), names)
        needs = read_needs(turn.messages, pack, pre_pass)
        purpose = purpose_of(needs_of_late(turn, pack, pre_pass), pack)
        for key, phrase in (("purpose", purpose), ("value", pack.value)):
            names[key] = wording.fill(phrase)
        return cls(turn, pre_pass, pack, wording, needs)

    @property
    def today(self) -> dt.date:
        return self.turn.now.date()

    def quoted(self) -> ExpertDraft:
        turn = self.turn
        draft = quoted_answer(turn.knowledge, turn.messages, turn.history, self.pre_pass, self.wording, self.today)
        if turn.shown is None or self.pre_pass.injection >= FLAGGED:
            return draft
        # What else they have on their mind is answered beside it: a worry, a price.
        prices = {price.id for price in turn.knowledge.prices}
        others = [each for each in draft.segments if each.concern not in ("", "unknown") or prices & {*each.sources}]
        return replace(draft, segments=(turn.shown, *others))

    def lead(self) -> LeadDraft:
        return rules_lead(self.turn, self.pre_pass, self.pack, self.wording)

    def unrepeated(self, draft: ExpertDraft) -> ExpertDraft:
        """A model's draft without what was said before: empathy and question go, a repeated answer owns up to it."""
        segments = tuple(replace(segment, text=self.wording.quote(segment.text)) for segment in draft.segments)
        empathy = "" if self.wording.is_stale(draft.empathy) else draft.empathy
        question = "" if self.wording.is_stale(draft.question_back) else draft.question_back
        return replace(draft, segments=segments, empathy=empathy, question_back=question)

    def lines(self, expert: ExpertDraft | None, lead: LeadDraft | None, action: Action, reason: str) -> list[Line]:
        """Everything to say this turn, in order."""
        if self.pre_pass.is_emergency:
            return [Line(self.pack.safe_line, "notice")]
        if reason:
            return self._handing_off(expert, reason)
        if expert is None:
            return [Line(self.wording.say("holding"), "notice")]
        if self.pre_pass.is_minor:
            return [*self._hello(), *self._answer(_backed(expert)), Line(self.wording.unsaid("minor"), "expert")]
        if self.pre_pass.declines and not self.pre_pass.offers_contact:
            return [*self._hello(), *self._goodbye(expert)]
        answer = [*self._about_contacts(), *self._answer(expert)]
        ask = self._ask(expert, lead, action)
        if ask is None:
            if expert.question_back and not self._is_about_contacts:
                answer.append(Line(expert.question_back, "expert", drop=4))
            return [*self._hello(), *answer]
        if action == "ask_then_answer":
            return [*self._hello(), ask, *answer]
        return [*self._hello(), *answer, ask]

    def _goodbye(self, expert: ExpertDraft) -> list[Line]:
        """Who is not going to buy gets an answer to what they asked beside it, then a polite end."""
        asked = any(need.is_question or need.is_price for need in self.needs)
        say = self.wording
        goodbye = say.unsaid("decline") or say.unsaid("bye") or say.say("decline")
        about = self._about_contacts() if self.pre_pass.contacts or self.pre_pass.withdraws else []
        return [*about, *(self._answer(expert) if asked else ()), Line(goodbye, "expert")]

    @property
    def _is_about_contacts(self) -> bool:
        seen = self.pre_pass
        return bool(
            seen.contacts or seen.withdraws or seen.refuses_contact or seen.partial_contact or seen.asks_if_human
        )

    def _hello(self) -> list[Line]:
        """That it is an AI: once a conversation, and whenever the visitor wants to know."""
        if self.pre_pass.asks_if_human:
            return [Line(self.wording.say("i_am_ai"), "expert")]
        return [] if self.turn.is_disclosed else [Line(self.wording.say("hello"), "expert")]

    def _handing_off(self, expert: ExpertDraft | None, reason: str) -> list[Line]:
        """That it is an AI shares a part with what follows it; there is room for two, and an answer gives way."""
        segments = expert.segments if reason == "complaint" and expert is not None else ()
        known = [Line(each.text, "expert", drop=1) for each in segments if each.sources and each.text][:1]
        lines = [replace(line, author="expert" if known else "notice") for line in self._hello()]
        return [*lines, *known, Line(self.wording.say(HANDOFF_LINES.get(reason, "holding")), "notice")]

    def _about_contacts(self) -> list[Line]:
        """What a given, corrected, partial, offered or refused contact gets to hear; its value is never repeated."""
        seen, say = self.pre_pass, self.wording.say
        if seen.contacts and seen.withdraws:
            return [Line(say("contact_corrected"), "lead")]
        if seen.contacts:
            return [Line(say("contact_thanks"), "lead")]
        if seen.withdraws and not seen.is_minor:
            return [Line(say("contact_dropped"), "lead")]
        if seen.partial_contact:
            return [Line(say("contact_partial"), "lead")]
        if seen.refuses_contact:
            return [Line(say("refused"), "lead")]
        return []

    def _answer(self, expert: ExpertDraft) -> list[Line]:
        """Empathy, then every segment; small talk gives way where something else was said."""
        segments = [segment for segment in expert.segments if segment.text]
        says_something = any(segment.sources or segment.concern not in ("", SMALL_TALK) for segment in segments)
        is_idle = not says_something and (self._is_about_contacts or self.pre_pass.offers_contact)
        if is_idle or (self.pre_pass.asks_if_human and not any(segment.sources for segment in segments)):
            return []
        lines: list[Line] = []
        before = _place_of_empathy(segments)
        for place, segment in enumerate(segments):
            if place == before and expert.empathy:
                lines.append(Line(expert.empathy, "expert", drop=1))
            lines += [
                Line(piece, "expert", drop=2 * (number > 0)) for number, piece in enumerate(sentences(segment.text))
            ]
        return lines or ([Line(expert.empathy, "expert")] if expert.empathy else [])

    def _ask(self, expert: ExpertDraft, lead: LeadDraft | None, action: Action) -> Line | None:
        if lead is None or action not in lead.asks:
            if self.pre_pass.offers_contact and not self.pre_pass.contacts and not self.turn.held_contacts:
                return Line(self.wording.say("offered_plain"), "lead")
            return None
        text = lead.asks[action]
        if self.pre_pass.offers_contact:
            text = self.wording.say("offered_ask")
        elif action == "value_for_contact" and any(segment.concern == "unknown" for segment in expert.segments):
            text = self.wording.unsaid("value_deferred") or text
        return Line(self.wording.keep(text), "lead", asks_contact=True)


def spoken_language(turn: TurnInput, pre_pass: PrePass) -> Language:
    """That of the visitor's words, or of those before where these are only a name or a contact."""
    now = " ".join(said.text for said in turn.messages)
    for found in pre_pass.contacts:
        now = now.replace(now[found.start : found.end], " ") if len(turn.messages) == 1 else now
    if is_chinese(now) or len(re.findall(r"[A-Za-z]{2,}", now)) >= ENOUGH_WORDS:
        return pre_pass.language
    before = " ".join(said.text for said in turn.history if said.author == "visitor")
    if before.strip():
        return "zh-CN" if is_chinese(before) else "en"
    return pre_pass.language if re.search(r"[A-Za-z]{2,}", now) else turn.knowledge.language


def _backed(expert: ExpertDraft) -> ExpertDraft:
    """What of an answer stands in approved knowledge, without a word on worries."""
    kept = tuple(each for each in expert.segments if each.sources or each.concern == SMALL_TALK)
    return replace(expert, segments=kept, empathy="")


def _place_of_empathy(segments: Sequence[AnswerSegment]) -> int:
    """Before the worry it belongs to: the sensitive one, else the first that is a concern."""
    places = [place for place, segment in enumerate(segments) if segment.is_sensitive]
    places += [place for place, segment in enumerate(segments) if segment.concern not in ("", "wish", "unknown")]
    return places[0] if places else 0


def sources_of(expert: ExpertDraft | None) -> tuple[str, ...]:
    """Ids of everything the answer rests on."""
    return tuple(dict.fromkeys(source for segment in (expert.segments if expert else ()) for source in segment.sources))


def handoff_reason(pre_pass: PrePass, expert: ExpertDraft | None, action: Action) -> str:
    """Why a person should take over; "" when none should."""
    if pre_pass.is_emergency:
        return "emergency"
    if pre_pass.wants_person:
        return "asked"
    if expert is None:
        return "expert_failed"
    if action != "hand_off":
        return ""
    return expert.wants_handoff or ("complaint" if pre_pass.is_complaint else "policy")
