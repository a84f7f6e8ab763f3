"""Which figures of a text approved knowledge backs: prices in force, numbers in the quoted articles."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from agentbot.contracts import Article, Knowledge, PriceFact
from agentbot.guards.figures import Figure, figures
from core.claims.flat import fold
from core.contracts import Language

_PLAIN_COUNTS = frozenset("个位点种句条项步份名样件") | {"person"}
_COUNTED_IN_TALK = re.compile(
    r"(?:questions?|options?|things?|points?|steps?|ways?|choices?|ideas?|parts?|reasons?|concerns?|of|or|more|quick|main|different|colleagues?|advis[eo]rs?|minutes?)?$"
)
_OFFERED = re.compile(
    r"送|赠|免费|剩|现车|库存|名额|有货|台|包含|in stock|\bleft\b|remaining|free|gift|includ|available|spots?|slots?"
)
_ECHO = re.compile(
    r"[您你](?:刚才?|之前|前面)?(?:说|提到|提的|讲|问|计划|打算|的预算|想)|预算|按[您你]|you (?:said|mentioned|asked|told|were thinking|have|want)|your (?:budget|\w+ budget|target|limit)|budget"
)
_SELLS = re.compile(
    r"成交|卖给|给您(?:这|算)|可以(?:卖|给|做到)|没问题|报价|优惠价|一口价|deal|sell|agree|price is|for you at|it's yours|confirm"
)
_ASKS_PLAN = re.compile(
    r"预算|打算|计划|大概|左右还是|还是.*[?？]|几|budget|plan|timeline|roughly|around|or more|or less"
)
_WAIT = re.compile(r"稍等|等我|请等|one moment|give me|hold on|just a")
_YEARS = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Backing:
    """All a text may take figures from on one day.

    `prices` are in force; `gone` are those that are not; `articles` are the quoted ones; `said` the visitor's words.
    """

    language: Language
    prices: tuple[PriceFact, ...]
    gone: tuple[PriceFact, ...]
    articles: tuple[Article, ...]
    names: str
    said: str


def backing(knowledge: Knowledge, sources: Sequence[str], today: dt.date, said: Sequence[str] = ()) -> Backing:
    """Prices of `knowledge` in force on `today`, and the articles that `sources` cite (`id`, or `id#…` for a chunk)."""
    holding = tuple(price for price in knowledge.prices if _is_in_force(price, today))
    gone = tuple(price for price in knowledge.prices if price not in holding)
    cited = {source.split("#", 1)[0] for source in sources} | set(sources)
    articles = tuple(article for article in knowledge.articles if article.id in cited)
    return Backing(knowledge.language, holding, gone, articles, names_text(knowledge), "\n".join(said))


def _is_in_force(price: PriceFact, today: dt.date) -> bool:
    try:
        begins = dt.date.fromisoformat(price.valid_from[:10]) if price.valid_from else today
        ends = dt.date.fromisoformat(price.valid_until[:10]) if price.valid_until else today
    except ValueError:
        return False
    return begins <= today <= ends


@lru_cache(maxsize=64)
def names_text(knowledge: Knowledge) -> str:
    """Everything approved, squeezed: where a model's name with a number in it may come from."""
    pieces = [knowledge.name, *(f"{each.title} {each.text}" for each in knowledge.articles)]
    pieces += [f"{price.item} {price.unit}" for price in knowledge.prices]
    return squeeze(" ".join(pieces))


def squeeze(text: str) -> str:
    return re.sub(r"[\s\-_·,]+", "", fold(text).text)


@lru_cache(maxsize=256)
def quoted_text(known: Backing) -> str:
    """Folded text of the quoted articles and of the prices in force."""
    pieces = [f"{article.title} {article.text}" for article in known.articles]
    return fold(" ".join([*pieces, *(f"{price.item} {price.unit}" for price in known.prices)])).text


def finding_for(figure: Figure, sentence: str, context: str, known: Backing) -> str:
    """What is wrong with `figure` of folded `sentence`; "" where it is backed or a figure of speech.

    `context` is what stands before the sentence in the same text: an item named there is meant still.
    """
    if _is_of_speech(figure, sentence) or _is_echo(figure, sentence, known):
        return ""
    if figure.kind == "name" or _is_part_of_name(figure, sentence, known):
        return "" if squeeze(figure.text) in known.names else f"unbound-number: {figure.text}"
    is_quoted = any(
        _backs(figure, each) for article in known.articles for each in article_figures(article, known.language)
    )
    holders = [price for price in known.prices if _holds(figure, price, known.language)]
    if any(_is_amount(figure, price) for price in known.gone) and not holders:
        return f"stale-price: {figure.text}"
    if holders and not is_quoted and _is_of_another(holders, sentence, context, known):
        return f"wrong-item: {figure.text}"
    return "" if holders or is_quoted else f"unbound-number: {figure.text}"


def _is_of_speech(figure: Figure, sentence: str) -> bool:
    """两个问题, 第一步, three options, one moment: nobody buys by these."""
    if figure.kind == "ordinal":
        return True
    if figure.kind == "time" and figure.unit in ("minute", "second"):
        return figure.value <= 5 and bool(_WAIT.search(sentence))
    is_question = sentence.rstrip().endswith(("?", "？"))
    if (
        is_question
        and re.search(r"[您你]|\byou", sentence)
        and _ASKS_PLAN.search(sentence)
        and not _SELLS.search(sentence)
    ):
        return True
    if figure.kind != "count" or figure.value > 10 or _OFFERED.search(sentence):
        return False
    return figure.unit in _PLAIN_COUNTS or (
        figure.unit.isascii() and _COUNTED_IN_TALK.match(figure.unit) is not None and figure.text.isalpha()
    )


def _is_echo(figure: Figure, sentence: str, known: Backing) -> bool:
    """The visitor's own figure said back to them, as theirs and not as an offer."""
    if not known.said or not _ECHO.search(sentence) or _SELLS.search(sentence):
        return False
    return any(each.value == figure.value for each in figures(known.said, known.language))


def _is_part_of_name(figure: Figure, sentence: str, known: Backing) -> bool:
    """Model 3, 宋PLUS 2025款, 3系: the figure with what stands round it is a name in approved knowledge."""
    if figure.kind not in ("count", "measure", "other") or figure.currency:
        return False
    before = squeeze(sentence[max(0, figure.start - 8) : figure.start])[-3:]
    after = squeeze(sentence[figure.end : figure.end + 4])[:1]
    written = squeeze(figure.text)
    is_year = _YEARS.fullmatch(re.sub(r"\D", "", figure.text)) is not None
    if not before and not (is_year and after):
        return False
    joined = before + written
    return (len(before) >= 2 and bool(re.search(r"[a-z]", before)) and joined in known.names) or (
        is_year and written in known.names
    )


@lru_cache(maxsize=1024)
def article_figures(article: Article, language: Language) -> tuple[Figure, ...]:
    return figures(f"{article.title}\n{article.text}", language)


def _holds(figure: Figure, price: PriceFact, language: Language) -> bool:
    if _is_amount(figure, price):
        return not figure.period or _is_paid_per(figure.period, price)
    return any(_backs(figure, each) for each in _words_of(price, language)) or _is_day(figure, price)


def _is_amount(figure: Figure, price: PriceFact) -> bool:
    amount = Decimal(price.amount_minor) / (1 if price.currency in ("JPY", "KRW") else 100)
    if price.currency == "%":
        if figure.kind == "discount":
            return figure.value == amount and bool(re.search(r"折|优惠|减|off|discount", price.item + price.unit))
        return figure.kind == "percent" and figure.value == amount
    if price.currency == "折" or price.unit == "折":
        return figure.kind == "discount" and figure.value == (10 - amount) * 10
    if figure.value != amount:
        return False
    return (figure.kind == "money" and figure.currency in ("", price.currency)) or (
        figure.kind == "count" and not figure.unit.isdigit() and _is_bare(figure)
    )


def _is_bare(figure: Figure) -> bool:
    """12.98万 or 3,800 without a currency; what is counted is no thing."""
    return len(figure.unit) <= 1 or figure.unit in ("per", "or", "and", "for", "in", "a", "on", "with", "to", "plus")


def _is_paid_per(period: str, price: PriceFact) -> bool:
    known = figures_of_period(f"{price.unit} {price.item}")
    return period in known


@lru_cache(maxsize=1024)
def figures_of_period(text: str) -> frozenset[str]:
    """The periods that a price's unit or item names."""
    ways = {
        "month": r"月|期|month|mo\b", "year": r"年|year|yr|annual", "day": r"天|日|day", "week": r"周|week",
        "hour": r"小时|hour|hr",
    }  # fmt: skip
    return frozenset(name for name, pattern in ways.items() if re.search(pattern, text.lower()))


@lru_cache(maxsize=2048)
def _words_of(price: PriceFact, language: Language) -> tuple[Figure, ...]:
    return figures(f"{price.item} {price.unit}", language)


def _is_day(figure: Figure, price: PriceFact) -> bool:
    days = {
        Decimal(int(day[5:7]) * 100 + int(day[8:10])) for day in (price.valid_from, price.valid_until) if len(day) >= 10
    }
    return figure.kind == "date" and figure.value in days


def _backs(said: Figure, known: Figure) -> bool:
    """Whether an approved figure is what was said, in any way of writing it."""
    if said.value != known.value:
        return False
    if said.period and known.period and said.period != known.period:
        return False
    if said.kind == known.kind:
        if said.kind == "money":
            return not said.currency or not known.currency or said.currency == known.currency
        if said.kind in ("count", "measure", "time", "share", "vague"):
            return said.unit == known.unit or (said.kind == "count" and _is_bare(said) and _is_bare(known))
        return True
    kinds = {said.kind, known.kind}
    return kinds == {"money", "count"} and _is_bare(said if said.kind == "count" else known)


def _is_of_another(holders: Sequence[PriceFact], sentence: str, context: str, known: Backing) -> bool:
    """The sentence, or else what stands before it, names an item, and not one that costs this."""
    for text in (sentence, context):
        flat = squeeze(text)
        named = [price for price in (*known.prices, *known.gone) if squeeze(price.item) in flat]
        longest = [
            one
            for one in named
            if not any(
                one is not other
                and squeeze(one.item) != squeeze(other.item)
                and squeeze(one.item) in squeeze(other.item)
                for other in named
            )
        ]
        if longest:
            return not any(squeeze(price.item) == squeeze(one.item) for price in holders for one in longest)
    return False
