"""A fact's old words replaced by its new ones, prices in whatever way they are written. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from core.claims.numbers import Number, find_numbers
from core.contracts import Language, Money
from creative.brief.prices import DECIMALS, PriceProblem, amount_text, read_price, say_price, show_price
from creative.planning import shown_link

_SIGN = re.compile(r"(?P<sign>[^\d\s]{0,3}[¥￥$€£₩]|[A-Za-z]{3})(?P<gap>\s?)[\d.,]+")
_KUAI = re.compile(r"[\d.,]+\s?块(?P<tenth>\d?)(?P<unit>毛|钱)?")
_AMOUNT = re.compile(r"(?P<amount>[\d.,]*\d)(?P<unit>\s?\D*)")


@dataclass(frozen=True)
class FactChange:
    """`old` as the advertiser wrote it, and `new` that takes its place."""

    old: str
    new: str
    language: Language

    def apply(self, text: str) -> str:
        """`text` with every whole occurrence replaced, and its price or its numbers where they stand in other words."""
        if not text or self.old == self.new:
            return text
        for old, new in ((self.old, self.new), (shown_link(self.old), shown_link(self.new))):
            between = _split_at(text, old)
            if len(between) > 1:
                return new.join(map(self._counted_anew, between))
        return self._counted_anew(text)

    def _counted_anew(self, text: str) -> str:
        return self._reprice(text, *self._prices) if self._prices else self._renumber(text)

    @cached_property
    def _prices(self) -> tuple[Money, Money] | None:
        """Both as prices, where they are."""
        try:
            old, new = read_price(self.old, self.language), read_price(self.new, self.language)
        except PriceProblem:
            return None
        return old.money, new.money

    def _reprice(self, text: str, old: Money, new: Money) -> str:
        for number in reversed(find_numbers(text, self.language)):
            if _is_price(number, old):
                written = _priced_like(number, old, new, self.language)
                text = text[: number.span.start] + written + text[number.span.end :]
        return text

    def _renumber(self, text: str) -> str:
        """The fact's numbers one by one, where old and new have the same kinds of them in the same order."""
        pairs = self._number_pairs
        for number in reversed(find_numbers(text, self.language)):
            after = next((new for old, new in pairs if _same_number(old, number)), None)
            if after is not None:
                text = text[: number.span.start] + _numbered_like(number, after) + text[number.span.end :]
        return text

    @cached_property
    def _number_pairs(self) -> list[tuple[Number, Number]]:
        old, new = find_numbers(self.old, self.language), find_numbers(self.new, self.language)
        is_parallel = [(each.kind, each.unit) for each in old] == [(each.kind, each.unit) for each in new]
        return [pair for pair in zip(old, new, strict=True) if pair[0].value != pair[1].value] if is_parallel else []


def _split_at(text: str, old: str) -> list[str]:
    """What stands between every `old` that is not part of a longer number or Latin word."""
    if not old.strip():
        return [text]
    before = r"(?<![A-Za-z0-9])(?<!\d[.,])" if old[0].isascii() and old[0].isalnum() else ""
    after = r"(?![A-Za-z0-9])(?![.,]\d)" if old[-1].isascii() and old[-1].isalnum() else ""
    return re.split(before + re.escape(old) + after, text)


def _is_price(number: Number, price: Money) -> bool:
    """The same money; a bare decimal beside other words (现在39.9) is one too."""
    if number.value != _amount(price):
        return False
    if number.kind == "money":
        return number.currency == price.currency
    return number.kind == "count" and not number.unit and number.value != number.value.to_integral_value()


def _amount(money: Money) -> Decimal:
    return Decimal(money.minor).scaleb(-DECIMALS.get(money.currency, 2))


def _priced_like(number: Number, old: Money, new: Money, language: Language) -> str:
    """`new` in the manner `number` was written: ¥39.9, 39.9元, 39块9."""
    written = number.text
    signed, in_kuai, plain = _SIGN.fullmatch(written), _KUAI.fullmatch(written), _AMOUNT.fullmatch(written)
    if old.currency != new.currency or new.minor == 0 or not (signed or in_kuai or plain):
        return show_price(new) if signed and new.minor else say_price(new, language)
    if number.kind != "money" and not new.minor % 100:
        return say_price(new, language)
    if signed:
        return signed["sign"] + signed["gap"] + _digits(new, written)
    if in_kuai:
        return _in_kuai(new, in_kuai["unit"] or "")
    return _digits(new, written) + (plain["unit"] if plain else "")


def _digits(money: Money, like: str) -> str:
    """39.9, with thousands set apart where they were, or where the currency's signs always do."""
    digits = amount_text(money)
    if "," not in like and money.currency == "CNY":
        return digits
    whole, point, cents = digits.partition(".")
    return f"{int(whole):,}{point}{cents}"


def _in_kuai(money: Money, unit: str) -> str:
    """45块, 45块钱, 45块5, 45块5毛; what has fen is written in yuan."""
    whole, cents = divmod(money.minor, 100)
    if cents % 10:
        return amount_text(money) + "元"
    if not cents:
        return f"{whole}块" + ("钱" if unit == "钱" else "")
    return f"{whole}块{cents // 10}" + ("毛" if unit == "毛" else "")


def _same_number(known: Number, said: Number) -> bool:
    return (known.value, known.kind, known.unit) == (said.value, said.kind, said.unit)


def _numbered_like(number: Number, new: Number) -> str:
    """The new number with the words of the old one (14 小时 for 12 小时); as the fact has it where it was spelled."""
    old_digits = _AMOUNT.fullmatch(number.text)
    new_digits = _AMOUNT.fullmatch(new.text)
    return new_digits["amount"] + old_digits["unit"] if old_digits and new_digits else new.text
