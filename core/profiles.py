"""An advertiser's profile from a YAML file: who it is, what it charges, what it has written about itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from core.contracts import LANGUAGES
from core.errors import InputError
from core.models import Advertiser, AdvertiserArticle, AdvertiserPrice
from core.slugs import LONGEST_SLUG, SHARED_SLUG, SLUG_RULE, is_slug

KEYS = {"slug", "name", "language", "vertical", "territory", "annual_revenue_usd", "prices", "articles"}
PRICE_KEYS = {"item", "amount", "currency", "unit", "valid_from", "valid_until"}
ARTICLE_KEYS = {"title", "text"}
WHOLE_UNITS = {"JPY", "KRW", "VND", "CLP", "ISK", "UGX", "XAF", "XOF", "PYG"}
"""ISO 4217 currencies without a minor unit; all others taken here have two decimals, and so has %."""
_CURRENCY = re.compile(r"[A-Z]{3}|%")
_TERRITORY = re.compile(r"[A-Z]{2}|")
_DOLLARS = re.compile(r"\d{1,15}")


@dataclass(frozen=True)
class Price:
    item: str
    amount_minor: int
    currency: str
    unit: str
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None


@dataclass(frozen=True)
class Article:
    title: str
    text: str


@dataclass(frozen=True)
class Profile:
    slug: str
    name: str
    language: str
    vertical: str
    prices: tuple[Price, ...]
    articles: tuple[Article, ...]
    territory: str = ""
    annual_revenue_usd: int | None = None


def parse_profile(raw: Any) -> Profile:
    """`raw` (what YAML gave) checked; `InputError` names the field that is missing, unknown or odd."""
    fields = _mapping(raw, "profile", KEYS)
    slug = _text(fields, "slug", longest=LONGEST_SLUG)
    if not is_slug(slug):
        raise InputError("slug", SLUG_RULE)
    if slug == SHARED_SLUG:
        raise InputError("slug", f"{slug!r} stands for what belongs to every advertiser; choose another", "reserved")
    language = _text(fields, "language", default="zh-CN")
    if language not in LANGUAGES:
        raise InputError("language", f"{language!r} is none of {', '.join(LANGUAGES)}")
    return Profile(
        slug=slug,
        name=_text(fields, "name", longest=120),
        language=language,
        vertical=_text(fields, "vertical", default="", longest=40),
        prices=tuple(_price(entry, f"prices[{index}]") for index, entry in enumerate(_list(fields, "prices"))),
        articles=tuple(_article(entry, f"articles[{index}]") for index, entry in enumerate(_list(fields, "articles"))),
        territory=_territory(fields),
        annual_revenue_usd=_revenue(fields),
    )


@transaction.atomic
def save_profile(profile: Profile) -> tuple[Advertiser, bool]:
    """Write it all or nothing; prices and articles become exactly those of the profile. True when new."""
    _refuse_twins([(price.item, price.unit) for price in profile.prices], "prices")
    _refuse_twins([article.title for article in profile.articles], "articles")
    facts = {
        "name": profile.name,
        "language": profile.language,
        "vertical": profile.vertical,
        "territory": profile.territory,
        "annual_revenue_usd": profile.annual_revenue_usd,
    }
    advertiser, created = Advertiser.objects.update_or_create(slug=profile.slug, defaults=facts)
    AdvertiserPrice.objects.for_advertiser(advertiser).delete()
    AdvertiserArticle.objects.for_advertiser(advertiser).delete()
    AdvertiserPrice.objects.bulk_create(
        AdvertiserPrice(advertiser=advertiser, **vars(price)) for price in profile.prices
    )
    AdvertiserArticle.objects.bulk_create(
        AdvertiserArticle(advertiser=advertiser, **vars(article)) for article in profile.articles
    )
    return advertiser, created


def _territory(fields: Mapping[str, Any]) -> str:
    """Where the advertiser does business, as ISO 3166 has it; licences of models ask for it."""
    code = _text(fields, "territory", default="").upper()
    if not _TERRITORY.fullmatch(code):
        raise InputError("territory", f"{code!r} is not a code of two letters such as CN, DE or US (ISO 3166)")
    return "GB" if code == "UK" else code


def _revenue(fields: Mapping[str, Any]) -> int | None:
    """Whole US dollars a year; some licences hold below a limit only."""
    written = _text(fields, "annual_revenue_usd", default="")
    if written and not _DOLLARS.fullmatch(written):
        raise InputError("annual_revenue_usd", f"{written!r} is not a number of whole dollars such as 250000")
    return int(written) if written else None


def _price(raw: Any, place: str) -> Price:
    fields = _mapping(raw, place, PRICE_KEYS)
    currency = _text(fields, "currency", place)
    if not _CURRENCY.fullmatch(currency):
        raise InputError(f"{place}.currency", f"{currency!r} is neither three capital letters nor %")
    begins, ends = _day(fields, "valid_from", place), _day(fields, "valid_until", place)
    if begins and ends and ends < begins:
        raise InputError(f"{place}.valid_until", f"{ends} is before {begins}, its first day")
    return Price(
        item=_text(fields, "item", place, longest=120),
        amount_minor=_minor_units(_text(fields, "amount", place), currency, f"{place}.amount"),
        currency=currency,
        unit=_text(fields, "unit", place, default="", longest=40),
        valid_from=begins,
        valid_until=ends,
    )


def _day(fields: Mapping[str, Any], key: str, place: str) -> dt.date | None:
    """A day as YAML gives it, or as text."""
    found = fields.get(key)
    if found is None or (isinstance(found, dt.date) and not isinstance(found, dt.datetime)):
        return found
    try:
        return dt.date.fromisoformat(str(found))
    except ValueError as error:
        raise InputError(f"{place}.{key}", f"{found!r} is not a day such as 2026-12-31") from error


def _minor_units(written: str, currency: str, place: str) -> int:
    try:
        amount = Decimal(written)
    except InvalidOperation as error:
        raise InputError(place, f"{written!r} is not a decimal number") from error
    minor = amount.scaleb(0 if currency in WHOLE_UNITS else 2) if amount.is_finite() else Decimal("0.5")
    if not 0 <= minor < 2**62 or minor != minor.to_integral_value():
        raise InputError(place, f"{written!r} is not an amount of {currency}")
    return int(minor)


def _article(raw: Any, place: str) -> Article:
    fields = _mapping(raw, place, ARTICLE_KEYS)
    return Article(_text(fields, "title", place, longest=200), _text(fields, "text", place, longest=200_000))


def _mapping(raw: Any, place: str, known: set[str]) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise InputError(place, "is not a list of named fields")
    unknown = sorted(str(key) for key in raw if key not in known)
    if unknown:
        raise InputError(
            _inside(place, unknown[0]), f"unknown key; known are {', '.join(sorted(known))}", "unknown_key"
        )
    return raw


def _list(fields: Mapping[str, Any], key: str) -> list[Any]:
    found = fields.get(key) or []
    if not isinstance(found, list):
        raise InputError(key, "is not a list")
    return found


def _text(
    fields: Mapping[str, Any], key: str, place: str = "profile", *, default: str | None = None, longest: int = 200
) -> str:
    """A number is taken as it was written (`amount: 129.8`); anything but text and numbers is refused."""
    found = fields.get(key, default)
    if found is None or (found == "" and default is None):
        raise InputError(_inside(place, key), "is missing", "missing")
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        raise InputError(_inside(place, key), "is not text")
    text = str(found).strip()
    if len(text) > longest:
        raise InputError(_inside(place, key), f"is longer than {longest} characters")
    return text


def _inside(place: str, key: str) -> str:
    return key if place == "profile" else f"{place}.{key}"


def _refuse_twins(keys: list[Any], place: str) -> None:
    for index, key in enumerate(keys):
        if key in keys[:index]:
            raise InputError(f"{place}[{index}]", "is there twice", "twice")
