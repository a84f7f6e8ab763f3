"""The expert agent without a language model: approved knowledge, quoted, with a word for each concern."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from agentbot import guards
from agentbot.agents import needs as reading
from agentbot.agents.needs import Need, read_needs
from agentbot.arbiter.situation import SMALL_TALK
from agentbot.contracts import QUOTED, AnswerSegment, ExpertDraft, Knowledge, PrePass, PriceFact, Said
from agentbot.knowledge import Found, KnowledgeIndex, find_prices, index_for, price_text
from agentbot.knowledge.terms import groups, residue, terms
from agentbot.language import full_width_marks, join, shorten, width
from agentbot.packs import Concern
from agentbot.wording import Wording
from core.contracts import Language

QUOTE_WIDTH = 58.0
"""A quote stays within one part."""
MOST_PRICES = 3
NEARLY = 0.12
SURE = 0.62
"""Below this share of a question met, the quote says that there may be more to it."""
_HOW_TO_BOOK = re.compile(
    r"提前|预约|携带|先约|约一节|报名|登记|小程序|扫码"
    r"|\bahead\b|in advance|need(?:s)? (?:a )?book|\bonline\b|by phone|\bbring\b",
    re.IGNORECASE,
)
_HOW = re.compile(r"怎么|如何|能约|可以约|什么时候|几点|\bhow\b|\bwhen\b|\bappointment\b|\bcome in\b", re.IGNORECASE)
_ORDER = re.compile(r"下单|\border\b", re.IGNORECASE)
_SAYS_FREE = re.compile(r"不收费|不收钱|免费|不用付|没有费用|不另收|\bfree\b|no charge|at no cost", re.IGNORECASE)
_HAS_NUMBER = re.compile(r"\d|[一二三四五六七八九十两百千万]+(?:元|块|折|%|％)")


@dataclass
class _Answering:
    """One turn's answering: what is known, how to speak, what came of it."""

    knowledge: Knowledge
    index: KnowledgeIndex
    wording: Wording
    today: dt.date
    context: tuple[str, ...]
    unknown: list[Need] = field(default_factory=list)
    quoted: set[str] = field(default_factory=set)

    @property
    def language(self) -> Language:
        """The visitor's: it may differ from the knowledge's."""
        return self.wording.pack.language

    def segment(self, need: Need) -> AnswerSegment | None:
        """What answers `need`; None when only saying so is left, and for what another segment answered."""
        if need.is_name:
            return self._named(need)
        if (need.is_price or _asks_amount(need)) and (priced := self._price(need)):
            return priced
        if need.is_price:
            return self._article(need, needs_number=True) or self._defer(need, "price_unknown")
        segment = self._article(need)
        if segment is None and need.is_action and need.is_wish and not _ORDER.search(need.text):
            segment = self._article(replace(need, is_action=False))
        return segment or self._without_article(need)

    def _named(self, need: Need) -> AnswerSegment | None:
        """A word alone asks for its topic (地址); one that is no topic of the trade says nothing."""
        segment = self._article(need)
        if segment is None and groups(need.text, self.index.pack):
            self.unknown.append(need)
        return segment

    def _without_article(self, need: Need) -> AnswerSegment | None:
        """What is said where approved knowledge has nothing; a wish is taken up all the same."""
        segment = self._deferred(need)
        if segment is None or not (need.is_wish and need.about and (need.concern or need.is_action)):
            return segment
        return replace(segment, text=join([self.wording.say("wish", about=need.about), segment.text]))

    def _deferred(self, need: Need) -> AnswerSegment | None:
        if need.is_action and not self._asks_something_else(need):
            return self._defer(need, "booking")
        if need.is_wish and not need.concern:
            return self._wish(need)
        if need.concern and need.concern.defer:
            text = self.wording.one_of(need.concern.defer)
            return AnswerSegment(text, need.concern.id, (), need.concern.is_sensitive)
        if need.is_bargain:
            return self._defer(need, "bargain")
        if need.is_question:
            self.unknown.append(need)
        elif need.concern:
            return AnswerSegment("", need.concern.id, (), need.concern.is_sensitive)
        return None

    def _asks_something_else(self, need: Need) -> bool:
        """Whether a question beside a booking is about what nothing approved speaks of (带狗试驾)."""
        is_how = _HOW.search(need.text) is not None
        return need.is_question and not is_how and bool(self.index.strange(need.text))

    def _defer(self, need: Need, key: str) -> AnswerSegment:
        concern = _concern_id(need) or ("booking" if key == "booking" else "unknown")
        return AnswerSegment(self.wording.say(key), concern, (), _is_sensitive(need))

    def _price(self, need: Need) -> AnswerSegment | None:
        pack = self.index.pack
        answer = find_prices(need.text, self.context, self.knowledge.prices, pack, self.today)
        if not answer.facts or (not need.is_price and not answer.is_named):
            return None
        if not answer.is_named and len(answer.facts) > MOST_PRICES and not need.is_price:
            return None
        facts = answer.facts[:MOST_PRICES]
        text = self._one_price(facts[0]) if len(facts) == 1 else self._many_prices(facts)
        return AnswerSegment(text, _concern_id(need), tuple(fact.id for fact in facts), _is_sensitive(need))

    def _one_price(self, fact: PriceFact) -> str:
        key = "rate" if fact.currency == "%" else "price" if fact.amount_minor else "free"
        return self.wording.say(key, item=fact.item, price=price_text(fact, self.language))

    def _many_prices(self, facts: Sequence[PriceFact]) -> str:
        is_zh = self.language == "zh-CN"
        each = [
            f"{fact.item}{'' if is_zh else ': '}{' ' if is_zh else ''}{price_text(fact, self.language)}"
            for fact in facts
        ]
        return self.wording.say("price_list", prices=("，" if is_zh else "; ").join(each))

    def _article(self, need: Need, needs_number: bool = False) -> AnswerSegment | None:
        found = self._found(need)
        if need.is_action:
            found = [each for each in found if self._is_about_booking(each, need)]
        if need.is_bargain:
            found = [each for each in found if reading.BARGAIN.search(each.sentence.text)]
        if needs_number:
            found = [each for each in found if self._backs_price(each, need)]
        fresh = [each for each in found if each.sentence.text not in self.quoted]
        if not found:
            return None
        fresh = self._unsaid_first(fresh)
        if not fresh:
            return AnswerSegment("", _concern_id(need), (found[0].chunk.article,), _is_sensitive(need))
        best = fresh[0]
        text = self._quote(best, need)
        return AnswerSegment(text, _concern_id(need), (best.chunk.article,), _is_sensitive(need))

    def _found(self, need: Need) -> list[Found]:
        """What approved knowledge has on the need; a worry told in many words is looked for by its own word too."""
        context = " ".join(self.context[:1])
        wanted = _HOW_TO_BOOK if need.is_action else None
        found = self.index.find(need.text, context, is_strict=need.concern is None, wanted=wanted)
        named = need.concern.pattern.search(need.text) if need.concern and not found else None
        return self.index.find(named[0], context) if named else found

    def _unsaid_first(self, found: list[Found]) -> list[Found]:
        """Of answers about as good as the first, one not yet said comes first."""
        near = [each for each in found if each.score >= found[0].score - NEARLY]
        near.sort(key=lambda each: self.wording.is_stale(self._written(each.sentence.text)))
        return near or found

    def _backs_price(self, found: Found, need: Need) -> bool:
        """Whether the sentence says a number and everything the question names."""
        named = residue(need.text, self.index.pack, frozenset(("price", "discount")))
        own = set(terms(f"{found.chunk.title} {found.sentence.asked} {found.sentence.text}", self.index.pack))
        says = _HAS_NUMBER.search(found.sentence.text) or _SAYS_FREE.search(found.sentence.text)
        return bool(says) and bool(named) and all(word in own for word in named)

    def _is_about_booking(self, found: Found, need: Need) -> bool:
        """Whether the sentence says something of booking, or of the very thing to be booked and its terms."""
        return bool(_HOW_TO_BOOK.search(found.sentence.text)) and not found.strange

    def _quote(self, found: Found, need: Need) -> str:
        sentence = found.sentence.text
        self.quoted.add(sentence)
        text = self.wording.quote(self._written(sentence))
        after = self._next_sentence(found, need)
        if after and width(text) + width(after) <= QUOTE_WIDTH:
            self.quoted.add(after)
            text = join([text, self.wording.keep(self._written(after))])
        elif need.is_question and (found.score < SURE or found.strange):
            hedge = self.wording.unsaid("partly")
            text = join([text, hedge]) if hedge and width(text) + width(hedge) <= QUOTE_WIDTH else text
        return text

    def _written(self, sentence: str) -> str:
        """A quote's length and marks: half-width commas between Chinese words become full-width ones.

        Words in a language that is not the visitor's are given as they are, and that is said.
        """
        text = full_width_marks(sentence)
        if self.knowledge.language == self.language:
            return shorten(text, QUOTE_WIDTH)
        return self.wording.fill(self.wording.pack.phrases["foreign"][0], quote=shorten(text, QUOTE_WIDTH - 15))

    def _next_sentence(self, found: Found, need: Need) -> str:
        """The sentence after, where it goes on about what was asked."""
        own = list(found.chunk.sentences)
        place = own.index(found.sentence) + 1
        if place >= len(own) or own[place].asked != found.sentence.asked:
            return ""
        after = own[place].text
        asked = set(terms(need.text, self.index.pack))
        is_same = bool(asked & set(terms(after, self.index.pack))) or bool(found.sentence.asked)
        return after if is_same and not self.wording.is_stale(after) and after not in self.quoted else ""

    def _wish(self, need: Need) -> AnswerSegment:
        text = self.wording.say("wish", about=need.about) if need.about else self.wording.say("heard")
        return AnswerSegment(text, "wish")


def quoted_answer(
    knowledge: Knowledge,
    messages: Sequence[Said],
    history: Sequence[Said],
    pre_pass: PrePass,
    wording: Wording,
    today: dt.date,
) -> ExpertDraft:
    """An answer from approved knowledge alone: a segment for each need, and a question back."""
    index = index_for(knowledge)
    if pre_pass.injection >= 0.5:
        return ExpertDraft((AnswerSegment(wording.say("off_topic")),), degraded=(QUOTED,))
    found = read_needs(messages, wording.pack, pre_pass)
    context = _context(messages, history, found)
    answering = _Answering(knowledge, index, wording, today, context)
    segments: list[AnswerSegment] = []
    for need in found:
        segment = answering.segment(need)
        if segment is not None and not any(
            segment.sources and segment.sources == each.sources for each in segments if need.is_price
        ):
            segments.append(segment)
    if answering.unknown:
        segments.append(_unknown(answering))
    if not segments and not answering.unknown:
        segments += _small_talk(messages, wording, bool(history))
    return ExpertDraft(
        tuple(segments),
        empathy=_empathy(found, wording),
        question_back=_question_back(found, messages, history, wording),
        degraded=(QUOTED,),
    )


def _context(messages: Sequence[Said], history: Sequence[Said], found: Sequence[Need]) -> tuple[str, ...]:
    """What the visitor spoke of, newest first; questions of this turn find themselves."""
    own = [said.text for said in reversed(messages)]
    before = [said.text for said in reversed(history) if said.author == "visitor"]
    return tuple((own + before)[:6])


def _unknown(answering: _Answering) -> AnswerSegment:
    wording, unknown = answering.wording, answering.unknown
    abouts = [need.about for need in unknown if need.about and _may_be_said_back(answering, need.about)][:3]
    if abouts:
        between = "”、“" if answering.language == "zh-CN" else '", "'
        return AnswerSegment(wording.say("unknown_about", about=between.join(abouts)), "unknown")
    return AnswerSegment(wording.say("unknown"), "unknown")


def _may_be_said_back(answering: _Answering, about: str) -> bool:
    """Whether the visitor's own words would pass for ours: no figure, no promise."""
    return not guards.check(f"“{about}”", answering.knowledge, (), answering.today)


def _small_talk(messages: Sequence[Said], wording: Wording, is_known: bool) -> list[AnswerSegment]:
    text = messages[-1].text.strip() if messages else ""
    if reading.THANKS.match(text):
        return [AnswerSegment(wording.say("thanks"), SMALL_TALK)]
    if reading.BYE.match(text):
        return [AnswerSegment(wording.say("bye"), SMALL_TALK)]
    if reading.NODS.match(text):
        return [AnswerSegment(wording.say("nodded"), SMALL_TALK)]
    if reading.GREETING.match(text):
        return [AnswerSegment(wording.say("here" if is_known else "greet_back"), SMALL_TALK)]
    if not re.search(r"\w", text):
        return [AnswerSegment(wording.say("here"), SMALL_TALK)]
    told = any(slot.pattern.search(said.text) for slot in wording.pack.slots for said in messages)
    return [AnswerSegment(wording.say("noted" if told else "heard"))]


def _empathy(found: Sequence[Need], wording: Wording) -> str:
    """A word for the first concern that is sensitive, else the first there is."""
    concerns = [need.concern for need in found if need.concern and need.concern.empathy]
    first: Concern | None = next((each for each in concerns if each.is_sensitive), concerns[0] if concerns else None)
    if first is None:
        return ""
    fresh = [line for line in first.empathy if not wording.is_stale(wording.fill(line))]
    return wording.one_of(fresh) if fresh else ""


def _question_back(found: Sequence[Need], messages: Sequence[Said], history: Sequence[Said], wording: Wording) -> str:
    """The next thing worth knowing that the visitor has not said; "" where asking would be idle."""
    last = messages[-1].text.strip() if messages else ""
    if not found and (not re.search(r"\w", last) or any(each.match(last) for each in reading.SMALL_TALK)):
        return ""
    if found and _has_just_asked_back(history):
        return ""
    told = " ".join(said.text for said in (*history, *messages) if said.author == "visitor")
    for slot in wording.pack.slots:
        fresh = [line for line in slot.questions if not wording.is_stale(line)]
        if fresh and len(fresh) == len(slot.questions) and not slot.pattern.search(told):
            return wording.one_of(fresh)
    return ""


def _has_just_asked_back(history: Sequence[Said]) -> bool:
    ours = [said for said in history if said.author != "visitor"]
    return bool(ours) and any(said.text.endswith(("?", "？")) for said in ours if said.turn == ours[-1].turn)


def _asks_amount(need: Need) -> bool:
    return need.is_question and bool(
        re.search(
            r"多少|几(?:个点|折)|利率|利息|首付|\b(?:how much|rate|apr|percent|minimum|lowest|least)\b",
            need.text,
            re.IGNORECASE,
        )
    )


def _concern_id(need: Need) -> str:
    return need.concern.id if need.concern else ""


def _is_sensitive(need: Need) -> bool:
    return bool(need.concern and need.concern.is_sensitive)
