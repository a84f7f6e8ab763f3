"""One sentence of need, zh or en, read into a brief; what it does not say is assumed and listed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from core.claims.facts import find_claims
from core.claims.numbers import find_numbers
from core.contracts import Fact, Language, Money, Platform
from core.platforms import profile
from creative.brief.categories import guess_category
from creative.brief.errors import BriefError
from creative.brief.need_words import (
    AD_WISHES,
    AUDIENCE,
    BARE_PRICE,
    FILLER,
    LENGTH,
    OFFERS,
    OLD_PRICE,
    ORDERS,
    PLATFORM_NAMES,
    PRICE_CUE,
    TONES,
)
from creative.brief.parsing import DEFAULT_CTA, Assumption, BriefReading
from creative.brief.prices import PriceProblem, read_price, show_price
from creative.contracts import BriefData, ProductBrief

LONGEST_NEED = 500
DEFAULT_SECONDS = 15.0
DEFAULT_PLATFORM: dict[Language, Platform] = {"zh-CN": "kuaishou", "en": "tiktok"}


@dataclass
class _Draft:
    """What is left to read, and what has been read so far."""

    rest: str
    language: Language
    assumptions: list[Assumption] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)

    def assume(self, name: str, reason: str) -> None:
        self.assumptions.append(Assumption(name, reason))

    def take(self, pattern: str, put: str = " , ") -> re.Match[str] | None:
        """The first match, cut out of what is left."""
        match = re.search(pattern, self.rest, re.IGNORECASE)
        if match:
            self.rest = self.rest[: match.start()] + put + self.rest[match.end() :]
        return match


def brief_from_need(text: str, language: Language | None = None) -> BriefData:
    """A brief from one sentence ("15 秒,冷萃咖啡,39.9 元,上班族"); BriefError where it names no product."""
    return read_need(text, language).brief


def read_need(text: str, language: Language | None = None) -> BriefReading:
    """As `brief_from_need`, with everything that was assumed.

    A number or a claim that is left over becomes a fact (need-1, need-2 …): the advertiser
    said it, and corrects it on the page. Wishes about the ad (口播, a tutorial) stay in `need`.
    """
    written = _clean(text)
    chosen: Language = language or ("zh-CN" if re.search(r"[\u4e00-\u9fff]", written) else "en")
    draft = _Draft(unicodedata.normalize("NFKC", written), chosen)
    name = _take_name(draft)
    _take_language_words(draft)
    draft.take(ORDERS)
    platform = _take_platform(draft)
    seconds = _take_length(draft, platform)
    tone = _take_tone(draft)
    offer = _take_offer(draft)
    price_text, money = _take_price(draft)
    audience = _take_audience(draft)
    category, others = _take_product(draft, name)
    if not category:
        draft.problems.append(("product.name", "the need names no product; say what the ad is for, such as 冷萃咖啡"))
    if draft.problems:
        raise BriefError(draft.problems)
    return _finish(
        draft, name or category, category, price_text, money, offer, audience, others, platform, seconds, tone, written
    )


def _finish(
    draft: _Draft,
    name: str,
    category: str,
    price_text: str,
    money: Money | None,
    offer: str,
    audience: str,
    others: list[str],
    platform: Platform,
    seconds: float,
    tone: str,
    need: str,
) -> BriefReading:
    guess = guess_category(category, name)
    if not guess.is_known:
        draft.assume("product.category", f"{category!r} is not a category we know; the script speaks of everyday life")
    if not audience:
        draft.assume("product.audience", "none given: the script speaks to everyone")
    cta = DEFAULT_CTA[draft.language]
    draft.assume("product.cta", f"none given: {cta}")
    facts = tuple(Fact(f"need-{place}", each, "said in the need") for place, each in enumerate(others, start=1))
    product = ProductBrief(name, category, guess.key, price_text, money, offer, audience, cta, "", facts)
    return BriefReading(BriefData(product, draft.language, platform, seconds, tone, need), tuple(draft.assumptions))


def _clean(text: str) -> str:
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\r\t" for char in text):
        raise BriefError([("need", "holds control characters")])
    text = re.sub(r"\s+", " ", text).strip()
    if not text:
        raise BriefError([("need", "is empty; one sentence is enough, such as 15 秒,冷萃咖啡,39.9 元,上班族")])
    if len(text) > LONGEST_NEED:
        raise BriefError([("need", f"is {len(text)} characters long; at most {LONGEST_NEED}")])
    return text


def _take_name(draft: _Draft) -> str:
    """A name in quotes, or after 名叫 / 品牌 / called."""
    match = draft.take(r"[「『“\"]([^」』”\"]{1,60})[」』”\"]", r" ")
    match = match or draft.take(r"(?<!\w)'([^']{1,60})'(?!\w)", r" ")
    if match:
        return match.group(1).strip()
    match = draft.take(
        r"(?:名叫|名字叫|品牌名?是|品牌[::]?|产品名[::]?|named |called "
        r"|brand: ?)\s*([^,。;;、]{1,40}?)(?=的|[,。;;、]|$| for | at )"
    )
    return match.group(1).strip() if match else ""


def _take_language_words(draft: _Draft) -> None:
    if draft.take(r"英文(?:版|广告|视频)?|英语(?:版|配音|旁白)|\bin English\b"):
        draft.language = "en"
    elif draft.take(r"中文(?:版|广告|视频)?|\bin (?:Chinese|Mandarin)\b"):
        draft.language = "zh-CN"


def _take_platform(draft: _Draft) -> Platform:
    for platform, pattern in PLATFORM_NAMES.items():
        places = (
            rf"(?:投放?到?|发到?|放到?|在|用于|\b(?:on|for) )?\s*(?:(?:{pattern})\s*)+(?:平台" r"|上投?放?|\bads?\b)?"
        )
        if draft.take(places):
            return platform
    default = DEFAULT_PLATFORM[draft.language]
    draft.assume("platform", f"none given: {default}")
    return default


def _take_length(draft: _Draft, platform: Platform) -> float:
    match = draft.take(LENGTH)
    if not match:
        draft.assume("length_seconds", f"none given: {DEFAULT_SECONDS:g}")
        return DEFAULT_SECONDS
    numbers = find_numbers(match.group().strip(), draft.language)
    unit = 60 if numbers and numbers[0].unit == "minute" else 1
    seconds = float(numbers[0].value) * unit if numbers else DEFAULT_SECONDS
    rules = profile(platform)
    if not rules.min_seconds <= seconds <= rules.max_seconds:
        taken = f"{rules.name} takes {rules.min_seconds:g} to {rules.max_seconds:g} seconds"
        draft.problems.append(("length_seconds", f"{seconds:g} is out of range: {taken}"))
    return seconds


def _take_tone(draft: _Draft) -> str:
    match = draft.take(TONES)
    return next((group.strip() for group in match.groups() if group), "") if match else ""


def _take_offer(draft: _Draft) -> str:
    found: list[str] = []
    for pattern in OFFERS:
        match = draft.take(pattern)
        if match:
            found.append(match.group().strip(" ,，。"))
    return ("，" if draft.language == "zh-CN" else ", ").join(found)


def _take_price(draft: _Draft) -> tuple[str, Money | None]:
    if re.search(r"[-−–]\s?[¥$€£]\s?\d|[¥$€£]\s?[-−–]\s?\d|(?<![\d])[-−]\d+(?:\.\d+)?\s?(?:元|块)", draft.rest):
        draft.problems.append(("product.price", "is negative; a price is above zero"))
        return "", None
    _leave_out_old_price(draft)
    for number in find_numbers(draft.rest, draft.language):
        if number.kind == "money":
            return _priced_at(draft, number.span.start, number.span.end)
    for pattern in (PRICE_CUE, BARE_PRICE):
        match = re.search(pattern, draft.rest, re.IGNORECASE)
        if match:
            return _priced_at(draft, *match.span(match.lastgroup or 0))
    draft.assume("product.price", "none given: the ad names no price")
    return "", None


def _leave_out_old_price(draft: _Draft) -> None:
    """原价1999 beside today's price is no price and no fact; alone it is the price."""
    match = re.search(OLD_PRICE, draft.rest, re.IGNORECASE)
    if not match:
        return
    rest = draft.rest[: match.start()] + " , " + draft.rest[match.end() :]
    if re.search(f"{PRICE_CUE}|{BARE_PRICE}", rest, re.IGNORECASE) or _has_money(rest, draft.language):
        draft.rest = rest
        draft.assume("product.price", "the old price is left out; to say it, add it as a fact with its evidence")


def _has_money(text: str, language: Language) -> bool:
    return any(number.kind == "money" for number in find_numbers(text, language))


def _priced_at(draft: _Draft, start: int, end: int) -> tuple[str, Money | None]:
    written = draft.rest[start:end].strip()
    draft.rest = _drop_words_round(draft.rest[:start], draft.rest[end:])
    return _priced(draft, written)


def _drop_words_round(before: str, after: str) -> str:
    before = re.sub(
        r"(?:(?:售价|价格|单价|卖|现在|只要|只需|仅售|仅需|原价|到手价?|现价|活动价|券后价?|直播价|秒杀价|特价|团购价|优惠价"
        r"|priced at|costs?|only|just|now|was|at|for|is|price:?)\s*[::]?\s*"
        r"|(?:一|每)[个件份瓶杯盒袋包箱罐支只条套台双斤次]\s?)+$",
        "",
        before,
        flags=re.I,
    )
    after = re.sub(r"^\s*(?:一|/|每)\s?[\u4e00-\u9fff](?=[\s,。;;、]|$)|^\s*(?:each|apiece)\b", "", after)
    return before + " , " + after


def _priced(draft: _Draft, written: str) -> tuple[str, Money | None]:
    try:
        price = read_price(written, draft.language)
    except PriceProblem as problem:
        draft.problems.append(("product.price", str(problem)))
        return "", None
    return show_price(price.money), price.money


def _take_audience(draft: _Draft) -> str:
    for pattern in AUDIENCE[draft.language]:
        match = draft.take(pattern)
        if match:
            return match.group("who").strip(" ,，。的")
    return ""


def _take_product(draft: _Draft, name: str) -> tuple[str, list[str]]:
    """(the phrase that names the product, everything else that was said)."""
    pieces = [_strip_filler(piece, draft.language) for piece in re.split(r"[,。;;、!?\n]|\.(?:\s|$)", draft.rest)]
    pieces = [
        piece
        for piece in pieces
        if len(piece) > 1 or piece in ("茶", "酒", "水", "车", "包", "床", "锅", "灯", "书", "鞋")
    ]
    known: Callable[[str], bool] = lambda piece: guess_category(piece).is_known  # noqa: E731  a named predicate reads better here
    chosen = next((piece for piece in pieces if known(piece) and len(piece) <= 40), "")
    chosen = chosen or next(
        (piece for piece in pieces if len(piece) <= 40 and not find_numbers(piece, draft.language)), ""
    )
    others = [piece for piece in pieces if piece != chosen and _is_fact(piece, draft.language)]
    return (chosen or name), others


def _is_fact(piece: str, language: Language) -> bool:
    """Whether a leftover says something of the product (12 小时慢萃) rather than how the ad should look (找人口播)."""
    if re.search(AD_WISHES, piece, re.IGNORECASE):
        return False
    return bool(find_numbers(piece, language) or find_claims(piece, language))


def _strip_filler(piece: str, language: Language) -> str:
    piece = piece.strip()
    previous = None
    while piece != previous:
        previous = piece
        piece = re.sub(FILLER[language], "", piece, flags=re.IGNORECASE).strip(" -–:·")
    return piece
