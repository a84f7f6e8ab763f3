"""All that the agents may quote, on one page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agentbot.contracts import PriceFact
from agentbot.knowledge.prices import price_text
from agentbot.packs import load_pack
from agentbot.packs.loading import VERTICALS, pack_name
from agentbot.page_data.mining import Mined, mined_answers
from agentbot.page_data.words import Words, word
from core.models import Advertiser, AdvertiserArticle, AdvertiserPrice
from core.profiles import WHOLE_UNITS

PACK_WORDS: Words = {
    "general": gettext_lazy("Any trade"),
    "car": gettext_lazy("Cars"),
    "clinic": gettext_lazy("Clinics"),
    "home_services": gettext_lazy("Home services"),
    "fitness": gettext_lazy("Fitness studios"),
    "education": gettext_lazy("Education"),
    "finance": gettext_lazy("Finance"),
    "travel": gettext_lazy("Travel"),
    "retail": gettext_lazy("Retail"),
}


@dataclass(frozen=True)
class Price:
    row: AdvertiserPrice
    shown: str
    written: str
    days: str
    is_quoted: bool


@dataclass(frozen=True)
class KnowledgePage:
    articles: tuple[AdvertiserArticle, ...]
    prices: tuple[Price, ...]
    packs: tuple[tuple[str, str, bool], ...]
    never_say: tuple[str, ...]
    mined: tuple[Mined, ...]
    sentence: str


def knowledge_page(advertiser: Advertiser, left_out: Collection[str] = ()) -> KnowledgePage:
    articles = tuple(AdvertiserArticle.objects.for_advertiser(advertiser).order_by("title"))
    prices = tuple(
        _price(advertiser, row) for row in AdvertiserPrice.objects.for_advertiser(advertiser).order_by("item")
    )
    now = pack_name(advertiser.vertical)
    language = "en" if advertiser.language == "en" else "zh-CN"
    sentence = _("%(articles)d articles, %(prices)d prices; what changes here holds within ten seconds.")
    return KnowledgePage(
        articles=articles,
        prices=prices,
        packs=tuple((key, word(PACK_WORDS, key), key == now) for key in ("general", *VERTICALS)),
        never_say=load_pack(now, language).never_say[:12],
        mined=mined_answers(advertiser, left_out),
        sentence=sentence % {"articles": len(articles), "prices": len(prices)},
    )


def _price(advertiser: Advertiser, row: AdvertiserPrice) -> Price:
    fact = PriceFact(str(row.pk), row.item, row.amount_minor, row.currency, row.unit)
    shown = price_text(fact, "en" if advertiser.language == "en" else "zh-CN")
    today = timezone.localdate()
    is_quoted = (row.valid_from or today) <= today <= (row.valid_until or today)
    return Price(row, shown, written_price(row), _days(row, today), is_quoted)


def _days(row: AdvertiserPrice, today: dt.date) -> str:
    """What to know of its days: still to come, over, or when it ends."""
    if row.valid_from and row.valid_from > today:
        return _("from %(day)s on") % {"day": row.valid_from.isoformat()}
    if row.valid_until and row.valid_until < today:
        return _("over since %(day)s") % {"day": row.valid_until.isoformat()}
    return _("until %(day)s") % {"day": row.valid_until.isoformat()} if row.valid_until else ""


def written_price(row: AdvertiserPrice) -> str:
    """As the field takes it back: 129,800 CNY, 20%."""
    amount = row.amount_minor / (1 if row.currency in WHOLE_UNITS else 100)
    return f"{amount:g}%" if row.currency == "%" else f"{amount:,.2f}".removesuffix(".00") + f" {row.currency}"
