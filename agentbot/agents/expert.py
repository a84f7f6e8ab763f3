"""The expert agent without a language model: approved knowledge, quoted, with a word for each concern."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from agentbot import guards
from agentbot.agents import needs as reading
from agentbot.agents.courtesies import empathy_for, question_back, small_talk
from agentbot.agents.needs import Need, read_needs
from agentbot.agents.offering import LEAST_FIT, LEAST_HINT, Offer
from agentbot.contracts import QUOTED, AnswerSegment, ExpertDraft, Knowledge, PrePass, Said
from agentbot.knowledge import (
    Chunk,
    Found,
    KnowledgeIndex,
    find_prices,
    index_for,
    is_of_kind,
)
from agentbot.knowledge.terms import groups, is_foreign, residue, terms
from agentbot.language import full_width_marks, join, shorten, width
from agentbot.wording import Wording
from core.contracts import Language

IDLE = ""
"""The concern of words that only ask to go on."""
LEAST_CLAUSE = 4.0
QUOTE_WIDTH = 58.0
"""A quote stays within one part."""
MOST_PRICES = 3
NEARLY = 0.12
SURE = 0.55
"""Below this share of a question met, the quote says that there may be more to it."""
_HOW_TO_BOOK = re.compile(
    r"提前|预约|携带|先约|约一节|报名|登记|小程序|扫码"
    r"|\bahead\b|in advance|need(?:s)? (?:a )?book|\bonline\b|by phone|\bbring\b",
    re.IGNORECASE,
)
_HOW = re.compile(r"怎么|如何|能约|可以约|什么时候|几点|\bhow\b|\bwhen\b|\bappointment\b|\bcome in\b", re.IGNORECASE)
_ORDER = re.compile(r"下单|\border\b", re.IGNORECASE)
_TELLS = re.compile(r"[了没过]")
"""In a short clause that tells something, where a name alone would ask for its topic."""
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
    is_opening: bool = False
    is_alone: bool = True
    was_said: bool = False
    unknown: list[Need] = field(default_factory=list)
    quoted: set[str] = field(default_factory=set)

    @property
    def offer(self) -> Offer:
        return Offer(self.knowledge, self.wording, self.index.pack, self.today)

    @property
    def language(self) -> Language:
        """The visitor's: it may differ from the knowledge's."""
        return self.wording.pack.language

    def segment(self, need: Need) -> AnswerSegment | None:
        """What answers `need`; None when only saying so is left, and for what another segment answered."""
        if need.is_name:
            return self._named(need)
        if need.is_overview and (known := self.overview(need)):
            return known
        if (need.is_price or _asks_amount(need)) and (priced := self._price(need)):
            return priced
        if need.is_price:
            return self._article(need, needs_number=True) or self._defer(need, "price_unknown")
        self.was_said = False
        is_mention = need.is_action and not (need.is_question or need.is_wish or need.concern)
        segment = self.topic(need.text) if is_mention else self._article(need)
        if segment is None and need.is_action and need.is_wish and not _ORDER.search(need.text) and not self.was_said:
            segment = self._article(replace(need, is_action=False))
        if segment is None and need.is_wish and not need.concern:
            segment = self.topic(need.text, LEAST_FIT)
        return segment or self._without_article(need)

    def topic(self, text: str, least: float = LEAST_HINT) -> AnswerSegment | None:
        """What approved knowledge begins with on a thing that is merely named: its article, else its price.

        A hint as faint as `least` at a price will do, where the visitor has nothing else on their mind.
        """
        fits = [(self.offer.fit(text, chunk.title), -place) for place, chunk in enumerate(self.index.chunks)]
        fit, place = max(fits, default=(0.0, 0))
        chunk = self.index.chunks[-place] if fit >= LEAST_FIT else None
        if chunk and not self.wording.is_stale(self._written(chunk.sentences[0].text)):
            return AnswerSegment(self._first_of(chunk), "", (chunk.article,))
        fact = self.offer.meant(text, least if self.is_alone else LEAST_FIT)
        return AnswerSegment(self.offer.price(fact, "price_named"), "", (fact.id,)) if fact else None

    def _first_of(self, chunk: Chunk) -> str:
        """Its first sentence, and the second where there is room."""
        first, *others = (self._written(each.text) for each in chunk.sentences[:2])
        self.quoted.update(each.text for each in chunk.sentences[:2])
        has_room = bool(others) and width(first) + width(others[0]) <= QUOTE_WIDTH
        return self.wording.quote(join([first, *others]) if has_room else first)

    def _named(self, need: Need) -> AnswerSegment | None:
        """A word alone asks for its topic (地址); one that is no topic of the trade says nothing."""
        segment = self._article(need) or self.topic(need.text)
        if segment is None and self.is_alone and not _TELLS.search(need.text) and groups(need.text, self.index.pack):
            self.unknown.append(need)
        return segment

    def _without_article(self, need: Need) -> AnswerSegment | None:
        """What is said where approved knowledge has nothing; a wish is taken up all the same."""
        segment = self._deferred(need)
        if segment is None or not (need.is_wish and need.about and need.is_action):
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
        if not answer.facts and is_foreign(need.text, self.knowledge.language):
            meant = self.offer.meant(need.text)
            answer = replace(answer, facts=(meant,) if meant else ())
        if not answer.facts or (not need.is_price and not answer.is_named):
            return None
        if not answer.is_named and len(answer.facts) > MOST_PRICES and not need.is_price:
            return None
        facts = answer.facts[:MOST_PRICES]
        text = self.offer.price(facts[0]) if len(facts) == 1 else self.offer.prices(facts)
        return AnswerSegment(text, _concern_id(need), tuple(fact.id for fact in facts), _is_sensitive(need))

    def overview(self, need: Need) -> AnswerSegment | None:
        """What there is, by the names of the price list, else of the articles; None where there is neither."""
        found = self.offer.overview()
        return AnswerSegment(found[0], _concern_id(need), found[1]) if found else None

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
        if need.is_action and need.is_wish and self.wording.is_stale(self._written(fresh[0].sentence.text)):
            self.was_said = True
            return None
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
        near = [each for each in found if each.order >= found[0].order - NEARLY]
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
        if self.wording.is_stale(self._written(sentence)):
            return self.wording.quote(self._clause(sentence, need) or self._written(sentence))
        text = self.wording.quote(self._written(sentence))
        after = self._next_sentence(found, need)
        if after and width(text) + width(after) <= QUOTE_WIDTH:
            self.quoted.add(after)
            text = join([text, self.wording.keep(self._written(after))])
        elif need.is_question and (found.score < SURE or found.strange) and not is_of_kind(need.text, sentence):
            hedge = self.wording.unsaid("partly")
            text = join([text, hedge]) if hedge and width(text) + width(hedge) <= QUOTE_WIDTH else text
        return text

    def _clause(self, sentence: str, need: Need) -> str:
        """Of a sentence said before, the part that meets what is asked now; "" where no part stands alone."""
        asked = set(terms(need.text, self.index.pack)) - set(groups(need.text, self.index.pack))
        pieces = [piece.strip("，；。. ") for piece in re.split(r"(?<=[，；])|,\s+and\s+|;\s+", sentence)]
        met = [piece for piece in pieces if asked & set(terms(piece, self.index.pack))]
        if need.is_action or len(pieces) < 2 or len(met) != 1 or width(met[0]) < LEAST_CLAUSE:
            return ""
        is_zh = self.knowledge.language == "zh-CN"
        clause = self._written(f"{met[0]}。" if is_zh else f"{met[0][:1].upper()}{met[0][1:]}.")
        return "" if self.wording.is_stale(clause) else clause

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
        """Taken up in the visitor's words; who has just come in hears what there is, too."""
        text = self.wording.say("wish", about=need.about) if need.about else ""
        shown = self.overview(need) if self.is_opening and not need.is_action else None
        if shown is not None:
            return AnswerSegment(join([text, shown.text]) if text else shown.text, "wish", shown.sources)
        return AnswerSegment(text or self.wording.say("heard"), "wish" if text else IDLE)


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
    answering = _Answering(knowledge, index, wording, today, context, _is_opening(found, history), len(found) == 1)
    segments: list[AnswerSegment] = []
    for need in found:
        segment = answering.segment(need)
        if segment is not None and not any(
            segment.sources and segment.sources == each.sources for each in segments if need.is_price
        ):
            segments.append(segment)
    if answering.unknown:
        segments.append(_unknown(answering))
    if len(segments) > 1:
        segments = [each for each in segments if each.sources or each.concern or not each.text]
    if not segments and not answering.unknown:
        segments += _statement(answering, messages, bool(history))
    return ExpertDraft(
        tuple(segments),
        empathy=empathy_for(found, wording),
        question_back=question_back(found, segments, messages, history, wording, answering.offer.is_plain(context)),
        degraded=(QUOTED,),
    )


def _is_opening(found: Sequence[Need], history: Sequence[Said]) -> bool:
    """Whether the visitor has just come in with one thing on their mind."""
    return not history and sum(not need.is_name for need in found) == 1


def _statement(answering: _Answering, messages: Sequence[Said], is_known: bool) -> list[AnswerSegment]:
    """The reply to words that ask nothing: to a thing they name, what is known of it."""
    text = messages[-1].text.strip() if messages else ""
    is_talk = any(pattern.match(text) for pattern in reading.SMALL_TALK)
    if is_talk or reading.is_about_contact(text) or not re.search(r"\w{2}", text):
        return small_talk(messages, answering.wording, is_known)
    named = answering.topic(text) or (None if is_known else answering.overview(Need(text)))
    return [named] if named else small_talk(messages, answering.wording, is_known)


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
