"""The index of one advertiser's knowledge: BM25 over jieba words beside the lexical vector."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from agentbot.contracts import Knowledge
from agentbot.knowledge.chunks import Chunk, Sentence, cut_article
from agentbot.knowledge.terms import groups, is_foreign, residue, terms
from agentbot.packs import Pack, load_pack
from core.contracts import Language
from core.search.lexical import lexical_vector

K1, B = 1.2, 0.6
_KINDS_OF_ASKING = frozenset(("duration", "price", "hours", "address", "area"))
"""Topics that say how something is asked for, not what: an answer without their words is still one."""
VECTOR_SHARE = 0.35
LEAST_COVERAGE = 0.38
STRANGE_COVERAGE = 0.7
"""Share of a question's weight that a sentence and its surroundings have to meet; below it, we do not know.
More of it where the question has a word that nothing approved speaks of: that word may be the point of it."""
GROUP_WEIGHT = 1.6


@dataclass(frozen=True)
class Found:
    """A sentence that answers: `score` 0..1 says how much of the question it meets.

    `order` ranks answers among each other; `strange` are the question's words that nothing approved speaks of.
    """

    sentence: Sentence
    chunk: Chunk
    score: float
    order: float = 0.0
    strange: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Ask:
    """One question: its terms, those nothing approved has, and what its answer has to hold."""

    terms: tuple[str, ...]
    strange: tuple[str, ...]
    wanted: re.Pattern[str] | None


FITTING = 0.3
BEGINNING = 0.04
"""What a sentence begins with is what it is about."""
_WANTED = (
    (
        re.compile(r"多久|多长时间|几天|几个月|几年|几个小时|\bhow long\b|\bhow soon\b", re.IGNORECASE),
        re.compile(
            r"[\d一二两三四五六七八九十半]+\s*(?:个|多)?(?:到|至|-|~)?[\d一二两三四五六七八九十半]*\s*个?(?:分钟|小时|天|日|周|个?月|年|工作日)|当天|当日|次日|隔天"
            r"|\b(?:\d+|one|two|three|four|five|six|seven|eight|ten|twelve)[- ](?:\w+ )?(?:minutes?|hours?|days?|weeks?|months?|years?)\b(?! before)",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(
            r"(?:什么|哪些|啥)(?:资料|材料|证件|手续)|带(?:什么|啥)|怎么(?:申请|办)|\bwhat (?:documents?|papers?|paperwork|to bring)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"身份证|驾驶证|户口|证明|流水|检查单|(?:申请|办理|报名)要|\blicen[cs]e\b|\bpassport\b|\bproof of\b|\bid\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(r"几点|什么时候|什么时间|周[一二三四五六日天]|\bwhen\b|\bwhat time\b|\bopen\b", re.IGNORECASE),
        re.compile(r"\d{1,2}[:：.]\d{2}|\d\s?[ap]\.?m|\d点|周[一二三四五六日天]|day\b", re.IGNORECASE),
    ),
    (
        re.compile(r"多少|几个|\bhow many\b|\bhow much\b|利率", re.IGNORECASE),
        re.compile(r"[\d一二三四五六七八九十百]|\b(?:two|three|four|five|six|eight|ten|twelve)\b"),
    ),
)
"""What a question is after, and what a sentence with the answer looks like."""


def _wanted(question: str) -> re.Pattern[str] | None:
    return next((answer for asks, answer in _WANTED if asks.search(question)), None)


def _beginning(sentence: str) -> str:
    return re.split(r"[，,；;]", sentence)[0][:12]


def is_of_kind(question: str, sentence: str) -> bool:
    """Whether `sentence` holds what `question` is after: a length of time, an hour, a number."""
    wanted = _wanted(question)
    return wanted is not None and wanted.search(sentence) is not None


@dataclass
class KnowledgeIndex:
    """Every chunk with its terms and vector. Built once a version; asking takes well under 3 ms."""

    pack: Pack
    chunks: tuple[Chunk, ...]
    bags: list[Counter[str]] = field(default_factory=list)
    vectors: np.ndarray = field(default_factory=lambda: np.zeros((0, 1), np.float32))
    idf: dict[str, float] = field(default_factory=dict)
    average: float = 1.0

    def __post_init__(self) -> None:
        self.bags = [Counter(terms(chunk.text, self.pack)) for chunk in self.chunks]
        seen = Counter(term for bag in self.bags for term in bag)
        total = len(self.bags)
        self.idf = {term: math.log(1 + (total - count + 0.5) / (count + 0.5)) for term, count in seen.items()}
        self.average = (sum(bag.total() for bag in self.bags) / total) if total else 1.0
        if total:
            self.vectors = np.stack([lexical_vector(chunk.text) for chunk in self.chunks])
        self._sentences = [
            [(each, frozenset(terms(f"{each.asked} {each.text}", self.pack))) for each in chunk.sentences]
            for chunk in self.chunks
        ]

    def find(
        self,
        question: str,
        context: str = "",
        limit: int = 3,
        is_strict: bool = True,
        wanted: re.Pattern[str] | None = None,
    ) -> list[Found]:
        """The approved sentences that answer `question`, best first; [] when none meets enough of it.

        Without `is_strict` a word that nothing approved speaks of is let pass: a worry is told in many words.
        `wanted` is what the answer has to look like, where the question's own words do not say.
        `context` (what the talk is about) breaks ties and never lifts a poor match over the bar.
        """
        ask = _Ask(self._asked(question), self.strange(question), wanted or _wanted(question))
        if not ask.terms or not self.chunks:
            return []
        ranks = self._ranks(question, ask.terms, list(dict.fromkeys(terms(context, self.pack))))
        found = [self._best_sentence(place, ask, float(ranks[place])) for place in np.argsort(-ranks)[: limit * 3]]
        bar = STRANGE_COVERAGE if ask.strange and is_strict else LEAST_COVERAGE
        return sorted((each for each in found if each.score >= bar), key=lambda each: -each.order)[:limit]

    def _ranks(self, question: str, asked: Sequence[str], context: Sequence[str]) -> np.ndarray:
        words = np.array([self._bm25(bag, asked) + 0.2 * self._bm25(bag, context) for bag in self.bags])
        top = float(words.max()) or 1.0
        cosine = np.clip(self.vectors @ lexical_vector(question), 0.0, 1.0)
        return (1 - VECTOR_SHARE) * words / top + VECTOR_SHARE * cosine

    def _bm25(self, bag: Counter[str], asked: Sequence[str]) -> float:
        length = K1 * (1 - B + B * bag.total() / self.average)
        return sum(self.idf[term] * bag[term] * (K1 + 1) / (bag[term] + length) for term in asked if bag[term])

    def _asked(self, question: str) -> tuple[str, ...]:
        """The question's terms; a word that its topic accounts for counts only where approved texts have it too."""
        every = dict.fromkeys(terms(question, self.pack))
        if is_foreign(question, self.pack.language):
            known = tuple(term for term in every if term in self.idf)
            return known or tuple(term for term in every if term.startswith("g:"))
        left = set(residue(question, self.pack, frozenset(groups(question, self.pack))))
        return tuple(term for term in every if term.startswith("g:") or term in self.idf or term in left)

    def strange(self, question: str) -> tuple[str, ...]:
        """Words and topics of the question that no approved text has."""
        topics = groups(question, self.pack)
        if is_foreign(question, self.pack.language) and any(f"g:{name}" in self.idf for name in topics):
            return ()
        left = residue(question, self.pack, frozenset(topics))
        return (
            *(word for word in left if word not in self.idf and (word.isascii() or len(word) > 1 or word in "狗猫")),
            *(f"g:{name}" for name in topics if f"g:{name}" not in self.idf and name not in _KINDS_OF_ASKING),
        )

    def _best_sentence(self, place: int, ask: _Ask, rank: float) -> Found:
        """The chunk's sentence that meets most; what stands in the title counts nearly as much.

        Among equals the one goes first that has what the question is after: a length of time, an hour, a place.
        """
        bag = self.bags[place]
        whole = sum(self._weight(term) for term in ask.terms) or 1.0
        best: tuple[float, float, Sentence] = (-1.0, 0.0, self.chunks[place].sentences[0])
        for sentence, own in self._sentences[place]:
            met = sum(
                self._weight(term) * (1.0 if term in own else 0.8) for term in ask.terms if term in own or bag[term]
            )
            fit = met + FITTING * whole * bool(ask.wanted and ask.wanted.search(sentence.text))
            fit += BEGINNING * whole * any(term in ask.terms for term in terms(_beginning(sentence.text), self.pack))
            fit += 0.05 * sum(self._weight(term) for term in ask.terms if term in own)
            if fit > best[0] + 1e-9:
                best = (fit, met, sentence)
        lift = (best[0] - best[1]) / whole + 0.08 * rank
        return Found(best[2], self.chunks[place], best[1] / whole, best[1] / whole + lift, ask.strange)

    def _weight(self, term: str) -> float:
        """How much a term says: a word nobody wrote here says that we know little of it."""
        known = self.idf.get(term)
        if term.startswith("g:"):
            return GROUP_WEIGHT * (known if known is not None else 1.0)
        return known if known is not None else 1.6


def index_for(knowledge: Knowledge, language: Language | None = None) -> KnowledgeIndex:
    """The index of `knowledge`, built on first use and kept while its version stands."""
    return _kept(_Key(knowledge))


class _Key:
    """Knowledge as a key: equal when advertiser, version and language are; articles only where there is no version."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        own = knowledge.version or str(hash(knowledge.articles))
        self._key = (knowledge.advertiser, own, knowledge.language, knowledge.vertical)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._key == other._key


@lru_cache(maxsize=512)
def _kept(key: _Key) -> KnowledgeIndex:
    knowledge = key.knowledge
    pack = load_pack(knowledge.vertical, knowledge.language)
    chunks = tuple(chunk for article in knowledge.articles for chunk in cut_article(article))
    return KnowledgeIndex(pack, chunks)
