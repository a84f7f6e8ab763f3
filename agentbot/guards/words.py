"""Forbidden words in one sentence: the law's, a seller's promises, system text, a claim to be human."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from agentbot.guards.forbidden_words import (
    ANYWHERE,
    CLAIMS_HUMAN,
    LEFT_OPEN,
    NEGATED,
    PER_VERTICAL,
    PROMISE,
    SYSTEM_TEXT,
    UNBACKED,
)
from agentbot.packs import load_pack
from agentbot.pre_pass.injection import FLAGGED, injection_score
from agentbot.pre_pass.shapes import plain
from core.claims.adlaw import check_law
from core.contracts import Language

_LAW = re.compile(r"cn-adlaw-(?:9-3|24|25)|en-superlative|en-guarantee|en-money")
_UNBACKED = tuple((name, re.compile(pattern)) for name, pattern in UNBACKED)
_EVEN_DENIED = frozenset(("refund", "comparison", "urgency"))
_LEFT_OPEN = re.compile(LEFT_OPEN)
_PROMISE = re.compile(PROMISE)
_CLAIMS_HUMAN = re.compile(CLAIMS_HUMAN)
_SYSTEM = re.compile(SYSTEM_TEXT, re.IGNORECASE)
_THRESHOLD = re.compile(
    r"最[低高少多早晚长短大小](?:的)?(?:首付|月供|消费|起订|起订量|充值|年龄|身高|学历|额度|贷款|可贷|期限|年限|期数|比例|人数|数量|分期|预约|提前)"
    r"|(?:lowest|minimum|highest|maximum) (?:down payment|deposit|order|age|amount|term|spend)"
)
"""A limit by its name, such as the lowest down payment; no claim about anybody's standing."""
_ON_CONDITION = re.compile(
    r"留(?:个|下|一下)?[^,。]{0,6}(?:电话|手机|号码|微信|联系方式)|方便(?:给|留|加|告诉)|(?:电话|手机号?|微信|号码|联系方式)[^。]{0,8}(?:吗|呢|发我|给我|告诉)"
    r"|如果|要是|需要的话|愿意的话|收到后|到店后|预约后|\b(?:your|a|best) (?:\w+ ){0,2}(?:number|phone|email|contact|wechat)\b|\bif you\b|\bonce you\b|\bwould you like\b|\bshall (?:i|we)\b"
)


@lru_cache(maxsize=64)
def _rules(vertical: str, language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    own = PER_VERTICAL.get(vertical, ())
    others = [row for name, rows in PER_VERTICAL.items() if name != vertical for row in rows if row[0] != "advice"]
    rows = [*ANYWHERE, *own, *others]
    rows += [("never-say", re.escape(plain(words))) for words in load_pack(vertical, language).never_say]
    return tuple((name, re.compile(pattern)) for name, pattern in rows)


def word_findings(sentence: str, vertical: str, language: Language, has_follow_up: bool, quoted: str) -> Iterator[str]:
    """`name: words` of everything in `sentence` that may not be said; words that are taken back pass.

    `quoted` is the folded text of the articles and prices the answer rests on.
    """
    shaped = plain(sentence)
    for name, pattern in _rules(vertical, language):
        for match in pattern.finditer(shaped):
            if not NEGATED.search(shaped[: match.start()]) and not _THRESHOLD.match(shaped, match.start()):
                yield f"{name}: {match.group()}"
    yield from _unbacked(shaped, quoted)
    for finding in check_law(sentence, language):
        if _THRESHOLD.match(plain(sentence[finding.span.start :])):
            continue
        if _LAW.match(finding.rule) and not NEGATED.search(plain(sentence[: finding.span.start])):
            yield f"absolute-word: {finding.text}"
    yield from _promise(shaped, has_follow_up)
    for name, pattern in (("claims-human", _CLAIMS_HUMAN), ("system-text", _SYSTEM)):
        if hit := pattern.search(shaped):
            yield f"{name}: {hit.group()}"
    if injection_score(sentence) >= FLAGGED:
        yield "injected-text"


def _unbacked(shaped: str, quoted: str) -> Iterator[str]:
    if _LEFT_OPEN.search(shaped):
        return
    for name, pattern in _UNBACKED:
        match = pattern.search(shaped)
        if match is None or pattern.search(quoted):
            continue
        if name in _EVEN_DENIED or not NEGATED.search(shaped[: match.start()]):
            yield f"unbacked {name}: {match.group()}"


def _promise(shaped: str, has_follow_up: bool) -> Iterator[str]:
    match = _PROMISE.search(shaped)
    if match is not None and not has_follow_up and not _ON_CONDITION.search(shaped):
        yield f"promise: {match.group()}"
