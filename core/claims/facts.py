"""Binding a text to facts: which fact stands behind which words, and what nobody stands behind."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.claims.claim_rules import CLAIM_RULES, ClaimRule
from core.claims.flat import FlatText, fold
from core.claims.numbers import Number, find_numbers
from core.contracts import Fact, Finding, Language, Span

FactSpan = tuple[str, int, int]
"""(fact id, start, end), end exclusive, in characters of the text."""

_FUNCTION_ZH = frozenset("的了就都也还是和与在到有才又再够起包送减得免搞拿带入买能可只要,。!?;:、 ")
_FUNCTION_EN = frozenset(
    (
        "a",
        "an",
        "and",
        "or",
        "is",
        "are",
        "in",
        "on",
        "at",
        "for",
        "of",
        "to",
        "the",
        "with",
        "that",
        "it",
        "you",
        "your",
        "off",
        "get",
        "free",
    )
)


_ALIKE_ONLY_KNOWN = frozenset(("percent", "discount", "name", "vague"))
_ALIKE_ONLY = _ALIKE_ONLY_KNOWN | {"clock", "date", "duration"}
"""Kinds that only their own kind and unit can prove: as said in the text, as known from a fact."""

_TIMED = frozenset(("delivery", "arrival", "warranty"))
"""Claims whose length of time belongs to them."""

_CLAUSE_END = re.compile(r"[,，.。;；!！?？]")


@dataclass(frozen=True)
class Binding:
    """`spans` in order of the text; `findings` for numbers and claims without a fact."""

    spans: tuple[FactSpan, ...]
    findings: tuple[Finding, ...]

    @property
    def fact_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fact_id for fact_id, _, _ in self.spans))


def valid_facts(facts: Iterable[Fact], today: dt.date) -> tuple[Fact, ...]:
    """The facts that still hold on `today` (valid_until is the last day)."""
    return tuple(fact for fact in facts if not fact.valid_until or dt.date.fromisoformat(fact.valid_until) >= today)


def bind_text(
    text: str, facts: Sequence[Fact], language: Language, today: dt.date
) -> tuple[tuple[FactSpan, ...], tuple[Finding, ...]]:
    """(spans, findings) of `text` against the facts that hold on `today`.

    A number is bound by a fact that says the same value of the same thing: a price needs
    amount and currency, 12 小时 is not 12 天; a value computed from facts stays unbound.
    """
    binding = bind(text, facts, language, today)
    return binding.spans, binding.findings


def bind(text: str, facts: Sequence[Fact], language: Language, today: dt.date) -> Binding:
    """As `bind_text`, as one value."""
    holding = valid_facts(facts, today)
    spans = {span for fact in holding for span in _word_spans(text, fact, language)}
    findings: list[Finding] = []
    promises = _promises(text, language)
    for number in find_numbers(text, language):
        able = _able_to_hold(number, text, holding, language, promises)
        owner = _owner(number, able, language, spans)
        if owner:
            if not any(fact_id == owner and start <= number.span.start < end for fact_id, start, end in spans):
                spans.add((owner, number.span.start, number.span.end))
        else:
            findings.append(_unbound_number(number))
    for rule, span in find_claims(text, language):
        owner = _proof(text, span, rule, holding)
        if not owner:
            findings.append(_unbound_claim(text, span, rule))
        elif not any(fact_id == owner and start <= span.start < end for fact_id, start, end in spans):
            spans.add((owner, span.start, span.end))
    return Binding(tuple(sorted(spans, key=lambda span: (span[1], span[2], span[0]))), tuple(findings))


def _unbound_number(number: Number) -> Finding:
    reason = f"no approved fact holds {number.text!r}; add it as a fact or take the number out"
    return Finding("unbound-number", number.span, number.text, True, reason)


def _unbound_claim(text: str, span: Span, rule: ClaimRule) -> Finding:
    claimed = text[span.start : span.end]
    reason = f"no approved fact backs {claimed!r} ({rule.key}); add a fact with its evidence or take the claim out"
    return Finding("unbound-claim", span, claimed, True, reason)


@lru_cache(maxsize=4096)
def find_claims(text: str, language: Language) -> tuple[tuple[ClaimRule, Span], ...]:
    """Every statement of `text` that needs proof, with the rule that says so."""
    flat = fold(text)
    return tuple(
        (rule, flat.span(match.start(), match.end()))
        for rule in CLAIM_RULES[language]
        for match in rule.pattern.finditer(flat.text)
    )


def _proof(text: str, span: Span, rule: ClaimRule, facts: Sequence[Fact]) -> str:
    """The id of the fact that backs the claim, or ""."""
    said = _squeeze(fold(text[span.start : span.end]).text)
    for fact in facts:
        if fact.id in ("cta", "link"):
            continue
        flat = fold(fact.text).text
        is_same = rule.proof == "same" and said in _squeeze(flat)
        is_kind = rule.proof in ("kind", "offer") and rule.pattern.search(flat) is not None
        if is_same or is_kind or (rule.proof == "offer" and fact.id == "offer"):
            return fact.id
    return ""


def _squeeze(text: str) -> str:
    return re.sub(r"[\s\-]+", "", text)


def _word_spans(text: str, fact: Fact, language: Language) -> list[FactSpan]:
    """Where the fact's own words stand in the text: whole, else a whole clause of it, else most of it."""
    for wanted in _wordings(fact, language):
        found = _find_squeezed(text, wanted)
        if found:
            return [(fact.id, start, end) for start, end in found]
    if fact.id in ("link", "price"):
        return []
    run = _common_run(text, fact.text, language)
    return [(fact.id, run[0], run[1])] if run else []


@lru_cache(maxsize=4096)
def _wordings(fact: Fact, language: Language) -> tuple[str, ...]:
    """The fact's text, then its clauses; a name's parts count as the name, a link's host as the link."""
    if fact.id == "link":
        return tuple(
            dict.fromkeys(
                (
                    fact.text,
                    re.sub(r"^https?://", "", fact.text),
                    re.sub(r"^https?://(?:www\.)?|[/?#].*$", "", fact.text),
                )
            )
        )
    whole = (fact.text,)
    if fact.id == "name":
        parts = re.findall(r"[\u4e00-\u9fff]{2,}", fact.text) + (
            [fact.text.split()[0]] if fact.text[:1].isupper() else []
        )
        parts += [part[:2] for part in parts if len(part) >= 4]
        first_two = [" ".join(fact.text.split()[:2])] if language == "en" and len(fact.text.split()) > 2 else []
        return tuple(dict.fromkeys((*whole, *first_two, *(part for part in parts if len(part) > 1))))
    least = 4 if language == "zh-CN" else 8
    clauses = [piece.strip() for piece in re.split(r"[,，;；。!！?？]|\.\s", fact.text)]
    return tuple(dict.fromkeys((*whole, *(clause for clause in clauses if len(clause) >= least))))


def _find_squeezed(text: str, wanted: str) -> list[tuple[int, int]]:
    """All places of `wanted` in `text`, spaces, hyphens and width aside; Latin only at word ends."""
    hay, places = _squeezed(text)
    needle, _ = _squeezed(wanted)
    found: list[tuple[int, int]] = []
    start = hay.find(needle) if needle else -1
    while start >= 0:
        first, last = places[start], places[start + len(needle) - 1]
        if not _cuts_word(text, first, last):
            found.append((first, last + 1))
        start = hay.find(needle, start + len(needle))
    return found


def _cuts_word(text: str, first: int, last: int) -> bool:
    before, after = text[first - 1 : first], text[last + 1 : last + 2]
    left = before.isascii() and before.isalnum() and text[first].isascii() and text[first].isalnum()
    right = after.isascii() and after.isalnum() and text[last].isascii() and text[last].isalnum()
    return bool(before and left) or bool(after and right)


@lru_cache(maxsize=8192)
def _squeezed(text: str) -> tuple[str, tuple[int, ...]]:
    flat: FlatText = fold(text)
    kept = [
        (char, place) for char, place in zip(flat.text, flat.places, strict=True) if not char.isspace() and char != "-"
    ]
    return "".join(char for char, _ in kept), tuple(place for _, place in kept)


def _common_run(text: str, fact_text: str, language: Language) -> tuple[int, int] | None:
    """The longest stretch the text shares with the fact, where it is most of the fact."""
    if language == "zh-CN":
        hay, places = _squeezed(text)
        needle, _ = _squeezed(fact_text)
        length, end = _longest_common(hay, needle)
        if length >= max(4, round(len(needle) * 0.6)):
            return places[end - length], places[end - 1] + 1
        return None
    words = [(match.group().lower(), match.start(), match.end()) for match in re.finditer(r"[\w$%.'’]+", text)]
    wanted = [word.lower() for word in re.findall(r"[\w$%.'’]+", fact_text)]
    length, end = _longest_common([word for word, _, _ in words], wanted)
    if length >= max(2, round(len(wanted) * 0.6)):
        return words[end - length][1], words[end - 1][2]
    return None


def _longest_common(hay: Sequence[str], needle: Sequence[str]) -> tuple[int, int]:
    best, best_end = 0, 0
    row = [0] * (len(needle) + 1)
    for place, item in enumerate(hay, start=1):
        above = 0
        for column, other in enumerate(needle, start=1):
            above, row[column] = row[column], above + 1 if item == other else 0
            if row[column] > best:
                best, best_end = row[column], place
    return best, best_end


def _owner(number: Number, facts: Sequence[Fact], language: Language, spans: Iterable[FactSpan]) -> str:
    """The fact that holds this number: one whose words already stand round it first."""
    holders = [
        fact
        for fact in facts
        if any(_same(number, other, fact, language) for other in find_numbers(fact.text, language))
    ]
    round_it = {fact_id for fact_id, start, end in spans if start <= number.span.start and number.span.end <= end}
    for fact in facts:
        if fact.id in round_it and (fact in holders or _digits_inside(number, fact)):
            return fact.id
    return holders[0].id if holders else ""


def _promises(text: str, language: Language) -> tuple[tuple[ClaimRule, Span], ...]:
    return tuple((rule, span) for rule, span in find_claims(text, language) if rule.key in _TIMED)


def _able_to_hold(
    number: Number, text: str, facts: Sequence[Fact], language: Language, promises: Sequence[tuple[ClaimRule, Span]]
) -> Sequence[Fact]:
    """Facts that may hold the number where it stands.

    A time beside a promise (48 小时送到) needs a fact of that promise, not one of another
    (48 小时内发货); a discount that holds under a condition (第二件半价) needs the condition said.
    """
    if number.kind == "discount":
        return [fact for fact in facts if _ordinals(fact.text, language) <= _ordinals(text, language)]
    if number.kind != "duration":
        return facts
    beside = [rule for rule, span in promises if not _CLAUSE_END.search(_between(text, number.span, span))]
    return [fact for fact in facts if all(rule.pattern.search(fold(fact.text).text) for rule in beside)]


def _ordinals(text: str, language: Language) -> frozenset[int]:
    """Which ones the text speaks of: 第二件, the second bottle."""
    numbers = {int(each.value) for each in find_numbers(text, language) if each.kind == "ordinal"}
    words = re.findall(r"\b(?:second|third|fourth)\b", fold(text).text)
    return frozenset(numbers | {("second", "third", "fourth").index(word) + 2 for word in words})


def _between(text: str, one: Span, other: Span) -> str:
    return text[min(one.end, other.end) : max(one.start, other.start)]


def _digits_inside(number: Number, fact: Fact) -> bool:
    return _squeeze(fold(number.text).text) in _squeeze(fold(fact.text).text)


def _same(said: Number, known: Number, fact: Fact, language: Language) -> bool:
    if said.value != known.value:
        return False
    if said.kind == "money" or known.kind == "money":
        return _same_money(said, known, language)
    if said.kind in _ALIKE_ONLY or known.kind in _ALIKE_ONLY_KNOWN:
        return said.kind == known.kind and said.unit == known.unit
    if "share" in (said.kind, known.kind):
        return said.kind == known.kind and said.unit == known.unit and _noun_fits(said, fact)
    if (said.kind == "ordinal") != (known.kind == "ordinal") or (said.unit == "offer") != (known.unit == "offer"):
        return False
    if said.unit == known.unit:
        return (said.kind == "measure" and said.unit != "times") or _noun_fits(said, fact)
    both_count = said.kind == known.kind == "count" or said.kind == known.kind == "ordinal"
    return both_count and "person" not in (said.unit, known.unit) and _noun_fits(said, fact)


def _same_money(said: Number, known: Number, language: Language) -> bool:
    if said.kind == known.kind:
        return said.currency == known.currency
    if said.kind == "money":
        return known.kind == "count" and not known.unit and said.currency == ("CNY" if language == "zh-CN" else "USD")
    return said.kind == "count" and not said.unit and said.value != said.value.to_integral_value()


def _noun_fits(said: Number, fact: Fact) -> bool:
    """What is counted stands in the fact too (12个月 does not prove 12个口味)."""
    noun = said.noun
    if not noun or noun in _FUNCTION_ZH or noun in _FUNCTION_EN:
        return True
    return noun.rstrip("s") in fold(fact.text).text
