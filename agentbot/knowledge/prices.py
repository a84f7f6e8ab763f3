"""Which price a question is about, and how a price is written. Never a price that is not in force."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from agentbot.contracts import PriceFact
from agentbot.knowledge.glossing import unit_text
from agentbot.knowledge.terms import groups, residue
from agentbot.packs import Pack
from core.contracts import Language
from core.search.words import all_words, normalise

WHOLE_UNITS = frozenset(("JPY", "KRW", "VND", "CLP", "ISK", "UGX", "XAF", "XOF", "PYG"))
_SIGNS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "HKD": "HK$", "SGD": "S$", "AUD": "A$"}
_NAMES_ZH = {"CNY": "元", "USD": "美元", "EUR": "欧元", "GBP": "英镑", "HKD": "港元", "JPY": "日元", "TWD": "新台币"}
_WITHOUT = frozenset(("price", "discount"))
_VAGUE = re.compile(
    r"^(?:这|那|它|此|该|款|台|个|种|车|课|卡|项目|套餐|服务|产品|it|this|that|one|total|all|altogether)$"
)


@dataclass(frozen=True)
class PriceAnswer:
    """`facts` that answer; `is_named` says whether the visitor named the item (else they are all there are)."""

    facts: tuple[PriceFact, ...]
    is_named: bool


def valid_prices(prices: Sequence[PriceFact], today: dt.date) -> tuple[PriceFact, ...]:
    """The prices in force on `today`; both ends count. A date that cannot be read is not in force."""
    return tuple(price for price in prices if _holds(price, today))


def _holds(price: PriceFact, today: dt.date) -> bool:
    try:
        begins = not price.valid_from or dt.date.fromisoformat(price.valid_from[:10]) <= today
        return begins and (not price.valid_until or dt.date.fromisoformat(price.valid_until[:10]) >= today)
    except ValueError:
        return False


def price_text(price: PriceFact, language: Language) -> str:
    """`price` as people write it: 129,800 元/台, $99 per month, 3.99%."""
    places = Decimal(1) if price.currency in WHOLE_UNITS else Decimal(100)
    amount = Decimal(price.amount_minor) / places
    number = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    if price.currency == "%":
        return f"{number.rstrip('0').rstrip('.') if '.' in number else number}%" + _unit(price.unit, language)
    if language == "zh-CN" and price.currency in _NAMES_ZH:
        return f"{number} {_NAMES_ZH[price.currency]}{_unit(price.unit, language)}"
    sign = _SIGNS.get(price.currency, f"{price.currency} ")
    return f"{sign}{number}{_unit(price.unit, language)}"


def _unit(unit: str, language: Language) -> str:
    bare = unit_text(unit.strip().lstrip("/每").removeprefix("per ").strip(), language)
    if not bare:
        return ""
    return f"/{bare}" if language == "zh-CN" or not bare.isascii() else f" per {bare}"


def find_prices(
    question: str, context: Sequence[str], prices: Sequence[PriceFact], pack: Pack, today: dt.date
) -> PriceAnswer:
    """The prices in force that `question` is about.

    Everything the question names has to be in the item's name (种植牙 is not 洗牙, Model Y not Model 3).
    A question that names nothing takes what `context` (newest first) names, else all there are.
    """
    asked = _named(question, pack)
    if asked:
        return PriceAnswer(_matching(question, asked, valid_prices(prices, today), prices, pack), True)
    for said in context:
        if named := _named(said, pack):
            facts = _matching(said, named, valid_prices(prices, today), prices, pack, is_loose=True)
            if facts:
                return PriceAnswer(facts, True)
    return PriceAnswer(things_for_sale(prices, today) or valid_prices(prices, today), False)


def things_for_sale(prices: Sequence[PriceFact], today: dt.date) -> tuple[PriceFact, ...]:
    """The prices in force of things themselves: no deposits, rates or monthly amounts."""
    return tuple(price for price in valid_prices(prices, today) if not _KINDS.search(price.item))


def _named(text: str, pack: Pack) -> list[str]:
    return [word for word in residue(text, pack, _WITHOUT) if not _VAGUE.match(word)]


def _matching(
    text: str,
    named: Sequence[str],
    valid: Sequence[PriceFact],
    every: Sequence[PriceFact],
    pack: Pack,
    is_loose: bool = False,
) -> tuple[PriceFact, ...]:
    """Items that hold what was named. When several do, those whose own words the text has most of."""
    scored: list[tuple[float, PriceFact]] = []
    for price in valid:
        score = _fit(text, named, price, pack, is_loose)
        if score > 0:
            scored.append((score, price))
    if not scored:
        return ()
    best = max(score for score, _ in scored)
    gone = [price for price in every if price not in valid and _fit(text, named, price, pack, is_loose) > best]
    return () if gone else tuple(price for score, price in scored if score >= best - 1e-9)


_KINDS = re.compile(
    r"首付|月供|定金|订金|押金|利率|年费|尾款|deposit|down payment|apr|rate"
    r"|monthly(?! (?:pass|ticket|card|plan|membership))",
    re.IGNORECASE,
)
"""Amounts that are not the price of the thing itself: quoted only when asked for by name."""


def _fit(text: str, named: Sequence[str], price: PriceFact, pack: Pack, is_loose: bool) -> float:
    flat = _squeeze(text)
    kind = _KINDS.search(price.item)
    both = set(groups(price.item, pack)) & set(groups(text, pack))
    if kind and _squeeze(kind[0]) not in flat and "down_payment" not in both:
        return 0.0
    item = _squeeze(price.item)
    item_words = set(all_words(f"{price.item} {price.unit}"))
    topics = _SAME & both
    beside = set(residue(text, pack, _WITHOUT | topics)) if topics else set(named)
    met = [word for word in named if word in item_words or _is_part(word, item) or word not in beside]
    own = set(residue(price.item, pack, frozenset())) or item_words
    covered = sum(1 for word in own if word in flat or word in named) / max(1, len(own))
    if item in flat:
        return 2.0 + len(item) / 100
    if is_loose:
        return covered if covered >= 0.6 else 0.0
    return 1.0 if len(met) == len(named) else 0.9 * (covered >= 0.99)


_SAME = frozenset(
    (
        "rate",
        "implant",
        "braces",
        "cleaning",
        "whitening",
        "instalment",
        "trial",
        "transfer",
        "test_drive",
        "down_payment",
    )
)
"""Glossary groups whose words name one and the same thing, so that one prices the other."""


def _is_part(word: str, item: str) -> bool:
    """Whether a Chinese word, or a longer English one, stands inside the item's name."""
    return word in item and (len(word) > 3 or not word.isascii())


def _squeeze(text: str) -> str:
    return re.sub(r"[\s\-_/·・()（）]+", "", normalise(text))
