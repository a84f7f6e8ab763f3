"""From what a person wrote (YAML, a form) to a checked brief; every bad field is named at once."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from core.clock import system_clock
from core.contracts import LANGUAGES, PLATFORMS, Fact, Language, Money, Platform
from core.errors import InputError
from core.platforms import profile
from core.slugs import LONGEST_SLUG, SLUG_RULE, is_slug
from core.yaml_text import read_yaml
from creative.brief.categories import guess_category
from creative.brief.errors import BriefError, Problem
from creative.brief.prices import NO_PRICE, PriceProblem, read_price, show_price
from creative.contracts import BriefData, ProductBrief

TOP_KEYS = ("product", "language", "platform", "length_seconds", "tone", "need", "advertiser")
PRODUCT_KEYS = ("name", "category", "price", "offer", "audience", "cta", "link", "facts")
FACT_KEYS = ("id", "text", "evidence", "valid_until")
RESERVED_IDS = frozenset({"price", "offer", "name", "cta", "link"})
MAX_FACTS = 40
_LONGEST = {
    "name": 60,
    "category": 40,
    "offer": 80,
    "audience": 60,
    "cta": 40,
    "link": 300,
    "tone": 60,
    "need": 500,
    "id": 40,
    "text": 160,
    "evidence": 500,
    "advertiser": LONGEST_SLUG,
    "price": 30,
    "language": 20,
    "platform": 20,
}
DEFAULT_CTA: dict[Language, str] = {"zh-CN": "点击下方链接", "en": "Tap the link below"}


@dataclass(frozen=True)
class Assumption:
    """Something the person did not say and we filled in: which field, and with what."""

    field: str
    reason: str


@dataclass(frozen=True)
class BriefReading:
    """A checked brief with what was assumed to complete it."""

    brief: BriefData
    assumptions: tuple[Assumption, ...] = ()


def parse_brief(source: Mapping[str, Any] | str | bytes, today: dt.date | None = None) -> BriefData:
    """The brief in `source` (a mapping, or YAML text); BriefError lists every bad field with its reason."""
    return read_brief(source, today).brief


def read_brief(source: Mapping[str, Any] | str | bytes, today: dt.date | None = None) -> BriefReading:
    """As `parse_brief`, with the assumptions made (category not recognised, default call to action …)."""
    return _Reader(today or system_clock.now().date()).read(_as_mapping(source))


def parse_product(source: Mapping[str, Any], language: Language, today: dt.date | None = None) -> ProductBrief:
    """The product part of a brief by itself; BriefError lists every bad field as a brief's would."""
    return _Reader(today or system_clock.now().date()).read_product(source, language)


def _as_mapping(source: Mapping[str, Any] | str | bytes) -> Mapping[str, Any]:
    try:
        content = read_yaml(source, "brief") if isinstance(source, str | bytes) else source
    except InputError as error:
        raise BriefError([(error.thing, error.reason)]) from error
    if not isinstance(content, Mapping):
        raise BriefError([("brief", "is not a mapping of fields; start with `product:`")])
    return content


class _Reader:
    """Collects problems while it reads; raises once, at the end."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.problems: list[Problem] = []
        self.assumptions: list[Assumption] = []

    def read(self, source: Mapping[str, Any]) -> BriefReading:
        self._refuse_unknown(source, TOP_KEYS, "")
        language = self._choice(source, "language", LANGUAGES)
        platform = self._choice(source, "platform", PLATFORMS)
        seconds = self._length(source.get("length_seconds"), platform)
        product = self._product(source.get("product"), cast(Language, language or "zh-CN"))
        tone = self._text(source, "tone", "")
        need = self._text(source, "need", "")
        advertiser = self._slug(source)
        if self.problems or product is None:
            raise BriefError(self.problems)
        brief = BriefData(product, cast(Language, language), cast(Platform, platform), seconds, tone, need, advertiser)
        return BriefReading(brief, tuple(self.assumptions))

    def read_product(self, source: Mapping[str, Any], language: Language) -> ProductBrief:
        product = self._product(source, language)
        if self.problems or product is None:
            raise BriefError(self.problems)
        return product

    def _bad(self, field: str, reason: str) -> None:
        self.problems.append((field, reason))

    def _refuse_unknown(self, source: Mapping[str, Any], known: tuple[str, ...], path: str) -> None:
        for key in source:
            if key not in known:
                self._bad(f"{path}{_printable(str(key))}", f"is not a field of a brief; known here: {', '.join(known)}")

    def _choice(self, source: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> str:
        value = self._text(source, key, "", required=True)
        if value and value not in allowed:
            self._bad(key, f"{_printable(value)!r} is not one of {', '.join(allowed)}")
            return ""
        return value

    def _text(self, source: Mapping[str, Any], key: str, path: str, required: bool = False) -> str:
        field = path + key
        raw = source.get(key)
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            if required:
                self._bad(field, "is missing")
            return ""
        if isinstance(raw, bool) or not isinstance(raw, str | int | float | dt.date):
            self._bad(field, f"must be text, not {_kind(raw)}")
            return ""
        return self._clean(str(raw), field, _LONGEST[key])

    def _clean(self, text: str, field: str, longest: int) -> str:
        if any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in text):
            self._bad(field, "holds control characters")
            return ""
        text = re.sub(r"\s+", " ", text).strip()
        if len(text) > longest:
            self._bad(field, f"is {len(text)} characters long; at most {longest}")
            return ""
        return text

    def _length(self, raw: Any, platform: str) -> float:
        if raw is None or raw == "":
            self._bad("length_seconds", "is missing")
            return 0.0
        seconds = _as_number(raw)
        if seconds is None:
            self._bad("length_seconds", f"{_printable(str(raw))!r} is not a number of seconds")
            return 0.0
        rules = profile(cast(Platform, platform or "kuaishou"))
        if not rules.min_seconds <= seconds <= rules.max_seconds:
            taken = f"{rules.name} takes {rules.min_seconds:g} to {rules.max_seconds:g} seconds"
            self._bad("length_seconds", f"{seconds:g} is out of range: {taken}")
        return seconds

    def _slug(self, source: Mapping[str, Any]) -> str:
        slug = self._text(source, "advertiser", "")
        if slug and not is_slug(slug):
            self._bad("advertiser", SLUG_RULE)
        return slug

    def _product(self, raw: Any, language: Language) -> ProductBrief | None:
        if raw is None:
            self._bad("product", "is missing")
            return None
        if not isinstance(raw, Mapping):
            self._bad("product", f"must be a mapping with a name and a category, not {_kind(raw)}")
            return None
        self._refuse_unknown(raw, PRODUCT_KEYS, "product.")
        name = self._text(raw, "name", "product.", required=True)
        category = self._text(raw, "category", "product.", required=True)
        price_text, money = self._price(raw, language)
        guess = guess_category(category, name)
        if category and not guess.is_known:
            reason = f"{category!r} is not a category we know; the script speaks of everyday life ({guess.key})"
            self.assumptions.append(Assumption("product.category", reason))
        return ProductBrief(
            name=name,
            category=category,
            category_key=guess.key,
            price_text=price_text,
            price=money,
            offer=self._text(raw, "offer", "product."),
            audience=self._text(raw, "audience", "product."),
            cta=self._cta(raw, language),
            link=self._link(raw),
            facts=self._facts(raw.get("facts")),
        )

    def _cta(self, raw: Mapping[str, Any], language: Language) -> str:
        cta = self._text(raw, "cta", "product.")
        if not cta:
            cta = DEFAULT_CTA[language]
            self.assumptions.append(Assumption("product.cta", f"none given: {cta}"))
        return cta

    def _link(self, raw: Mapping[str, Any]) -> str:
        link = self._text(raw, "link", "product.")
        is_link = re.fullmatch(r"(?:https?://)?[\w\-]+(?:\.[\w\-]+)+(?::\d{1,5})?(?:[/?#]\S*)?", link)
        if link and not is_link:
            self._bad("product.link", f"{link!r} is not a web address such as https://example.com/buy")
        return link

    def _price(self, raw: Mapping[str, Any], language: Language) -> tuple[str, Money | None]:
        text = self._text(raw, "price", "product.")
        if not text:
            if not any(field == "product.price" for field, _ in self.problems):
                self._bad(
                    "product.price", "is missing; write it as people do (¥39.9), or none when the ad names no price"
                )
            return "", None
        if text.lower() in NO_PRICE:
            return "", None
        try:
            price = read_price(text, language)
        except PriceProblem as problem:
            self._bad("product.price", str(problem))
            return "", None
        if not price.has_currency:
            text = show_price(price.money)
            self.assumptions.append(Assumption("product.price", f"no currency given: {text}"))
        return text, price.money

    def _facts(self, raw: Any) -> tuple[Fact, ...]:
        if raw is None or raw == "":
            return ()
        if not isinstance(raw, list | tuple):
            self._bad("product.facts", f"must be a list of {{id, text, evidence}}, not {_kind(raw)}")
            return ()
        if len(raw) > MAX_FACTS:
            self._bad("product.facts", f"holds {len(raw)} facts; at most {MAX_FACTS}")
            return ()
        facts: list[Fact] = []
        for place, each in enumerate(raw):
            fact = self._fact(each, f"product.facts[{place}]", {known.id for known in facts})
            if fact:
                facts.append(fact)
        return tuple(facts)

    def _fact(self, raw: Any, path: str, known_ids: set[str]) -> Fact | None:
        if not isinstance(raw, Mapping):
            self._bad(path, f"must be a mapping with id and text, not {_kind(raw)}")
            return None
        self._refuse_unknown(raw, FACT_KEYS, path + ".")
        fact_id = self._text(raw, "id", path + ".", required=True)
        text = self._text(raw, "text", path + ".", required=True)
        evidence = self._text(raw, "evidence", path + ".")
        until = self._until(raw, path + ".valid_until")
        if fact_id in RESERVED_IDS:
            self._bad(f"{path}.id", f"{fact_id!r} is taken by the field of that name")
        elif fact_id in known_ids:
            self._bad(f"{path}.id", f"{fact_id!r} is used by another fact")
        elif fact_id and not re.fullmatch(r"[\w.\-]+", fact_id):
            self._bad(f"{path}.id", f"{fact_id!r} may hold letters, digits, _ . and - only")
        return Fact(fact_id, text, evidence, until)

    def _until(self, raw: Mapping[str, Any], field: str) -> str:
        value = raw.get("valid_until")
        if value in (None, ""):
            return ""
        try:
            date = value if type(value) is dt.date else dt.date.fromisoformat(str(value).strip())
        except ValueError:
            self._bad(field, f"{_printable(str(value))!r} is not a date such as 2027-01-31")
            return ""
        if date < self.today:
            self._bad(field, f"this fact expired on {date.isoformat()}; renew it or take it out")
        return date.isoformat()


def _as_number(raw: Any) -> float | None:
    if isinstance(raw, bool):
        return None
    try:
        value = (
            float(raw)
            if isinstance(raw, int | float)
            else float(re.sub(r"\s*(?:秒|s|sec|seconds)$", "", str(raw).strip()))
        )
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _kind(raw: Any) -> str:
    names = {bool: "yes/no", dict: "a mapping", list: "a list", tuple: "a list", int: "a number", float: "a number"}
    return names.get(type(raw), "text" if isinstance(raw, str) else type(raw).__name__)


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)[:60]
