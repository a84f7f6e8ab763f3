"""Prices as people write them, in and out of minor units."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from core.claims.number_words import CURRENCY_AFTER, CURRENCY_BEFORE
from core.claims.numbers import find_numbers
from core.contracts import Language, Money

DECIMALS = {"JPY": 0, "KRW": 0}
"""Minor digits that are not two (ISO 4217)."""

LARGEST = Decimal(100_000_000)
_FREE = frozenset({"免费", "free", "0元"})
NO_PRICE = frozenset({"none", "无", "不标价", "no price", "-"})
"""What a brief says where the ad names no price on purpose."""

_ZH_MONEY = {
    "CNY": "元",
    "USD": "美元",
    "HKD": "港元",
    "TWD": "新台币",
    "JPY": "日元",
    "EUR": "欧元",
    "GBP": "英镑",
    "KRW": "韩元",
}
_EN_BEFORE = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "HKD": "HK$",
    "TWD": "NT$",
    "JPY": "JP¥",
    "AUD": "A$",
    "CAD": "C$",
    "SGD": "S$",
    "KRW": "₩",
}
_UNIT = re.compile(r"(?:/|每|一|per |a )\s?(?P<unit>[\u4e00-\u9fff]{1,3}|[a-z]{1,12})$|(?P<from>起)$")


class PriceProblem(ValueError):
    """Why a price cannot be read; the message is the reason for the person."""


@dataclass(frozen=True)
class Price:
    """`money` in minor units; `unit` what it buys ("瓶", "bottle") or ""; `is_from` for 39.9元起."""

    money: Money
    unit: str = ""
    is_from: bool = False
    has_currency: bool = True


def read_price(text: str, language: Language) -> Price:
    """The price written in `text`: "¥39.9", "39.9元", "$12", "1,299.00", "三十九块九", "HK$88/盒".

    Without a currency it is yuan in Chinese briefs and dollars in English ones. Raises
    PriceProblem with the reason.
    """
    written = unicodedata.normalize("NFKC", text).strip().lower()
    if written in _FREE:
        return Price(Money(0, _default_currency(language)))
    body, unit, is_from = _take_unit(written)
    amount_text, currency = _take_currency(body)
    chosen = currency or _default_currency(language)
    return Price(_to_minor(_amount(amount_text, chosen, text, language), chosen), unit, is_from, bool(currency))


def _default_currency(language: Language) -> str:
    return "CNY" if language == "zh-CN" else "USD"


def _take_unit(written: str) -> tuple[str, str, bool]:
    is_from = written.startswith(("from ", "起价")) or written.endswith("起")
    written = re.sub(r"^(?:from |起价)", "", written)
    match = _UNIT.search(written)
    if not match or (match.group("unit") or "") in CURRENCY_AFTER:
        return written, "", is_from
    return written[: match.start()].strip(), match.group("unit") or "", is_from


def _take_currency(written: str) -> tuple[str, str]:
    for sign in sorted(CURRENCY_BEFORE, key=len, reverse=True):
        for start in (sign, "-" + sign):
            if written.startswith(start):
                return ("-" if start[0] == "-" else "") + written[len(start) :].strip(), CURRENCY_BEFORE[sign]
    for word in sorted({**CURRENCY_AFTER, "块": "CNY"}, key=len, reverse=True):
        if written.endswith(word):
            return written[: -len(word)].strip(), CURRENCY_AFTER.get(word, "CNY")
    for sign in ("$", "¥", "€", "£", "₩"):
        if written.endswith(sign):
            return written[: -len(sign)].strip(), CURRENCY_BEFORE[sign]
    return written, ""


def _amount(written: str, currency: str, original: str, language: Language) -> Decimal:
    if re.fullmatch(r"-\s?[\d.,]+", written):
        raise PriceProblem(f"{original.strip()} is negative; a price is above zero")
    if currency == "EUR" and re.fullmatch(r"\d+,\d{2}", written):
        written = written.replace(",", ".")
    if re.fullmatch(r"\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?", written):
        amount = Decimal(written.replace(",", ""))
    else:
        amount = _spoken_amount(original, language)
    if amount == 0:
        raise PriceProblem("is zero; write 免费 or free for something free, none where the ad names no price")
    if amount >= LARGEST:
        raise PriceProblem(f"{original.strip()} is larger than any price we can show")
    places = DECIMALS.get(currency, 2)
    if amount != amount.quantize(Decimal(1).scaleb(-places)):
        raise PriceProblem(f"{original.strip()} has more than {places} decimals, which {currency} does not have")
    return amount


def _spoken_amount(original: str, language: Language) -> Decimal:
    """三十九块九 and "forty dollars", where digits do not help."""
    found = [number for number in find_numbers(original.strip(), language) if number.kind == "money"]
    if len(found) == 1 and len(found[0].text) >= len(original.strip()) - 1:
        return found[0].value
    raise PriceProblem(f"{original.strip()!r} is not a price; write it as people do, such as ¥39.9 or $12.50")


def _to_minor(amount: Decimal, currency: str) -> Money:
    return Money(int(amount.scaleb(DECIMALS.get(currency, 2))), currency)


def amount_text(money: Money) -> str:
    """The amount alone, as short as it is exact: 39.9, 1299, 4.99 (dollars keep both cents: 4.50)."""
    places = DECIMALS.get(money.currency, 2)
    amount = Decimal(money.minor).scaleb(-places)
    if amount == amount.to_integral_value():
        return str(int(amount))
    exact = f"{amount:.{places}f}"
    return exact.rstrip("0") if money.currency in ("CNY", "TWD", "HKD") else exact


def show_price(money: Money) -> str:
    """The price with its sign, for stickers: ¥39.9, $4.99."""
    sign = "¥" if money.currency == "CNY" else _EN_BEFORE.get(money.currency, money.currency + " ")
    return sign + (amount_text(money) if money.currency == "CNY" else _in_thousands(amount_text(money)))


def say_price(money: Money, language: Language) -> str:
    """The price as a script says it: 39.9元, 4.99美元; $4.99, 39.9 yuan. Free is 免费 / free."""
    if money.minor == 0:
        return "免费" if language == "zh-CN" else "free"
    if language == "zh-CN":
        return amount_text(money) + _ZH_MONEY.get(money.currency, money.currency)
    if money.currency == "CNY":
        return _in_thousands(amount_text(money)) + " yuan"
    return _EN_BEFORE.get(money.currency, money.currency + " ") + _in_thousands(amount_text(money))


def _in_thousands(amount: str) -> str:
    whole, point, cents = amount.partition(".")
    return f"{int(whole):,}{point}{cents}"
