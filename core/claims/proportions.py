"""Amounts said without a figure: halves, doubles, "a few bucks", the price of a coffee. Data and one search.

Everyday talk that holds the same words (半夜, 喝到一半, half-open, double-check, think twice) is no amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

ProportionKind = Literal["discount", "duration", "measure", "share", "vague"]


@dataclass(frozen=True)
class Proportion:
    """A stretch of folded text that says an amount; `value` is 0 for a vague one, whose `unit` is its own words."""

    start: int
    end: int
    value: Decimal
    kind: ProportionKind
    unit: str


@dataclass(frozen=True)
class _Row:
    pattern: re.Pattern[str]
    value: Decimal
    kind: ProportionKind
    unit: str


def _row(value: str, kind: ProportionKind, unit: str, pattern: str) -> _Row:
    return _Row(re.compile(pattern), Decimal(value), kind, unit)


_PRICE_ZH = r"(?:价格|价钱|售价|单价|花费|费用|成本|开销|预算|账单|便宜|优惠|立?省|立?减|直?降|砍|打)"
_NO_FOLD = r"(?!之?后|着|放|收|叠|起来|成|一下|过来|也|更|塞|进|线|式)"

_ZH = (
    _row("5", "discount", "折", rf"{_PRICE_ZH}[^,。!?;]{{0,4}}?一半|一半的?(?:价格?|价钱|花费|费用|成本|预算|钱)"),
    _row("5", "discount", "折", rf"半[价折](?!叠)|(?<![能以轻下右后纸布沿巾随])对折{_NO_FOLD}"),
    _row("0.5", "measure", "jin", r"半斤"),
    _row("0.5", "measure", "kilogram", r"半公斤"),
    _row("0.5", "measure", "kilometre", r"半公里"),
    _row("0.5", "duration", "hour", r"半个?(?:小时|钟头)"),
    _row("0.5", "duration", "minute", r"半分钟"),
    _row("0.5", "duration", "month", r"半个月"),
    _row("0.5", "duration", "year", r"(?<![大上下前后])半年"),
    _row("0.5", "share", "half", r"(?<![大小另多过])一半(?!一半)"),
    *(_row("0.5", "share", each, rf"(?<![大小多一两])半{each}(?!醋)") for each in "杯瓶盒袋罐勺碗颗片箱"),
    _row("2", "measure", "times", r"翻了?[一1]?[倍番]|双倍|成倍|倍增|加倍(?!努力|小心|珍惜|呵护|疼|爱|用心|关注)"),
    _row("2", "share", "份", r"双份"),
)
_EN = (
    _row(
        "50",
        "discount",
        "% off",
        r"\bhalf[ -](?:price|off)\b|\bhalf (?:of )?(?:the|its|their|that|your)?(?: (?:usual|normal|regular|retail))? "
        r"?(?:price|cost)\b|\b(?:price|cost|bill)s? (?:\w+ ){0,2}(?:in|by) half\b|\bhalf as (?:expensive|pric[ey]+)\b",
    ),
    _row("0.5", "duration", "hour", r"\bhalf an hour\b"),
    _row(
        "0.5",
        "share",
        "half",
        r"(?<!leaving )(?<!leave )(?<!leaves )(?<!left )\bhalf (?:of )?(?:the|your|its|our|their|that|as|a|an)\b"
        r"(?! (?:battle|mind|chance|ear|an? eye|smile|second|awake|asleep|open|done|finished|empty|full|me|us|them)\b)"
        r"|\bhalf (?:less|more)\b|\bcut(?:s|ting)? (?:your|the|its|our|their) [a-z ]{1,20}(?:in|by) half\b|\bby half\b",
    ),
    _row(
        "2",
        "measure",
        "times",
        r"\bdouble[sd]?\b(?![ -](?:check|tap|take|click|side|wall|layer|door|date|chin|cream|dip|knit|stitch|breast|bed"
        r"|room|edge|park|team|book|life|duty|over|down|up|text|zip|boil|insulat|line|deck|standard|vision|glaz)"
        r"|s\b)|\bdoubling\b|\btwice(?= (?:the|as|your|its|our|what|that|a|an|per|every|daily|weekly|more|less|over"
        r"|[a-z]{2,}er)\b)",
    ),
    _row("3", "measure", "times", r"\btriple[sd]?\b(?![ -](?:check|sec|threat|crown|jump))|\btripling\b|\bthrice\b"),
    _row("4", "measure", "times", r"\bquadruple[sd]?\b"),
)
_VAGUE = re.compile(
    r"(?:好?几(?:[十百千万亿]+)?|数[十百千万]+|[二三四五六七八九]?十几)(?:块钱|毛钱|元钱?|分钱|角钱)"
    r"|(?:好?几[十百千万]*|十几)(?:块|毛)(?=一|起|到|搞|拿|带|入|就|能|买|的事|\W|$)"
    r"|(?<![次人参指分岁])(?:几|数)[百千万亿]+|成[百千]上[千万]"
    r"|一[杯顿瓶包餐份][^,。!?;一]{1,4}?的?(?:价钱|价格|钱)(?!包)"
    r"|\b(?:a few|a couple(?: of)?|several) (?:bucks|dollars|cents|pounds|euros|yuan|quid|pennies)\b|\bpennies\b"
    r"|\b(?:price|cost) of (?:a|an|one|your) (?:[a-z]+ )?(?:coffee|latte|cappuccino|tea|lunch|dinner|meal"
    r"|sandwich|snack|beer|drink|cup)\b"
)
_EVERYDAY = re.compile(
    r"(?:[做说听写开喝吃走跑睡看讲忙学追聊洗刷煮切玩读练演放画撑坐等排打](?:到|了|着|完)|话说|睡)一半|一半一半"
    r"|一半[^的价钱,。!?;一]{1,4},?一半[^的价钱,。!?;]"
)


def find_proportions(text: str) -> Iterator[Proportion]:
    """Amounts of folded `text` that hold no figure, the most particular reading first."""
    everyday = [match.span() for match in _EVERYDAY.finditer(text)]
    for row in (*_ZH, *_EN):
        for match in row.pattern.finditer(text):
            if not any(start <= match.start() and match.end() <= end for start, end in everyday):
                yield Proportion(match.start(), match.end(), row.value, row.kind, row.unit)
    for match in _VAGUE.finditer(text):
        yield Proportion(match.start(), match.end(), Decimal(0), "vague", re.sub(r"\s+", "", match.group()))
