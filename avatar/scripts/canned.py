"""Answers that need no writer: the questions every live room gets, answered from the product's facts alone.

Topics are those of avatar.comments. An answer without a fact behind it sends the viewer to where
the facts stand; it never guesses.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from avatar.contracts import Cue, Emotion
from avatar.scripts.checking import bound_facts, check_line
from avatar.scripts.marks import as_line
from core.claims import valid_facts
from core.clock import system_clock
from core.contracts import Fact, Language, Platform

_MOST_FACTS = 3
_FIELD = re.compile(r"\{(price|offer|name|cta|fact|facts|persona)\}")


@dataclass(frozen=True)
class CannedAnswer:
    """`text` as spoken, marks taken out. `is_bound` says that a fact answers the question itself, not
    that the viewer is sent to the product page; `fact_ids` are the facts it says."""

    topic: str
    text: str
    cues: tuple[Cue, ...]
    emotion: Emotion
    fact_ids: tuple[str, ...]
    is_bound: bool


@dataclass(frozen=True)
class _Topic:
    """`asks` finds the facts that answer (in their text or id); `bound` and `loose` are answers with and without."""

    asks: re.Pattern[str] | None
    bound: tuple[str, ...]
    loose: tuple[str, ...]


def _topic(asks: str, bound: tuple[str, ...], loose: tuple[str, ...] = ()) -> _Topic:
    return _Topic(re.compile(asks, re.IGNORECASE) if asks else None, bound, loose)


_ZH: dict[str, _Topic] = {
    "price": _topic(
        "",
        (
            "{overlay:price}{name}的价格是{price}，{offer}，{point}点下方链接就能看到。",
            "{overlay:price}{name}的价格是{price}，{point}点下方链接就能看到。",
        ),
        ("价格写在商品页里，{point}{overlay:link}点下方链接就能看到。",),
    ),
    "discount": _topic(
        r"优惠|半价|券|立减|满减|买.送|折",
        ("{overlay:coupon}现在的优惠是{offer}，{price}，下单页面会直接算好。", "{overlay:coupon}现在的优惠是{offer}。"),
        ("有没有活动，商品页里写得清楚，{point}{overlay:link}点下方链接就能看到。",),
    ),
    "link": _topic("", (), ("{point}{overlay:link}链接就在画面下方，点进去就是{name}，选好数量就能下单。",)),
    "stock": _topic(
        r"现货|库存|备货|有货",
        ("{fact}，{point}下方链接能拍就是有。",),
        ("{point}下方链接能拍就是有，具体数量看下单页面。",),
    ),
    "shipping": _topic(
        r"发货|送达|配送|包邮|运费|快递|物流|\bship",
        ("{facts}，物流单号会显示在订单里。", "{fact}。"),
        ("快递怎么走、多久能到，下单页面写得清楚，以那里为准。",),
    ),
    "size": _topic(
        r"净含量|容量|尺寸|尺码|规格|毫升|\d\s?(?:ml|g|kg|l|cm|mm|m)\b|克|升|厘米|毫米|公斤|[瓶盒袋包]装|每[瓶盒袋包罐支]",
        ("{facts}。", "{fact}。"),
        ("规格写在商品页里，{point}{overlay:link}点下方链接就能看到。",),
    ),
    "ingredients": _topic(
        r"配料|成分|材质|面料|添加|蔗糖|糖|脂|豆|棉|原料|产地|产自",
        ("{facts}，配料和标签在商品页都有。", "{fact}。"),
        ("配料和成分以产品标签为准，商品页里有照片。",),
    ),
    "usage": _topic(
        r"就能|即[食饮用]|冷藏|用法|使用|拧开|开袋|一键|冲泡|清洗|机洗",
        ("{facts}。", "{fact}。"),
        ("用法写在产品标签上，商品页里也能看到。",),
    ),
    "after_sales": _topic(
        r"退|换|保修|质保|售后|赔",
        ("{facts}，具体规则看商品页。", "{fact}。"),
        ("售后规则写在商品页里，下单前可以先看，也可以问店铺客服。",),
    ),
    "product": _topic(
        r".",
        ("{hold_up}{overlay:product}{name}，{facts}。", "{hold_up}{name}，{fact}。"),
        ("{hold_up}这是{name}，细节都写在商品页里。",),
    ),
    "identity": _topic("", (), ("我是 AI 数字人主播，不是真人，画面和声音由人工智能生成，问题照样可以问我。",)),
    "greeting": _topic("", (), ("{welcome}欢迎，想了解{name}的哪一点，直接打字问我。",)),
    "praise": _topic("", (), ("谢谢喜欢，还想看{name}的哪个细节，告诉我。",)),
    "buying": _topic("", (), ("谢谢支持，{point}{overlay:link}下单走下方链接，收货地址填仔细一点。",)),
}
_EN: dict[str, _Topic] = {
    "price": _topic(
        "",
        (
            "{overlay:price}{name} is {price}, {offer}, and {point}the link is right below.",
            "{overlay:price}{name} is {price}, and {point}the link is right below.",
        ),
        ("The price is on the product page, {point}{overlay:link}the link is right below.",),
    ),
    "discount": _topic(
        r"half price|discount|coupon|% off|offer|free\b",
        ("{overlay:coupon}Right now it's {offer}, at {price}.", "{overlay:coupon}Right now it's {offer}."),
        ("Any offer is shown on the product page, {point}{overlay:link}the link is right below.",),
    ),
    "link": _topic("", (), ("{point}{overlay:link}The link is right below, tap it and you're at {name}.",)),
    "stock": _topic(
        r"in stock|available",
        ("{fact}, and the link below takes orders.",),
        ("If the link below lets you order, it's there.",),
    ),
    "shipping": _topic(
        r"ship|deliver|dispatch|postage", ("{facts}.", "{fact}."), ("Shipping time and cost are shown before you pay.",)
    ),
    "size": _topic(
        r"\d\s?(?:ml|g|kg|oz|lb|l|cm|mm|inch|inches|ft)\b|\bsize|capacity|\bper (?:bottle|pack|box)|in every|pack of",
        ("{facts}.", "{fact}."),
        ("The size is on the product page, {point}{overlay:link}the link is right below.",),
    ),
    "ingredients": _topic(
        r"ingredient|sugar|\bjust\b|beans|cotton|material|made (?:of|with|from)|contains|from [A-Z]|fabric|wool",
        ("{facts}, and the label is on the product page.", "{fact}."),
        ("What is in it stands on the label, and the label is on the product page.",),
    ),
    "usage": _topic(
        r"ready to|fridge|directions|wash|how to|one-button|folds|brew(?!ed)",
        ("{facts}.", "{fact}."),
        ("How to use it stands on the label.",),
    ),
    "after_sales": _topic(
        r"return|refund|warrant|exchange|replace|money back",
        ("{facts}, and the product page has the details.", "{fact}."),
        ("Returns are explained on the product page, have a look before you order.",),
    ),
    "product": _topic(
        r".",
        ("{hold_up}{overlay:product}{name}: {facts}.", "{hold_up}{name}: {fact}."),
        ("{hold_up}This is {name}, the details are on the product page.",),
    ),
    "identity": _topic("", (), ("I'm an AI digital host, not a real person, but ask me anything about it.",)),
    "greeting": _topic("", (), ("{welcome}Welcome in, what would you like to know about {name}?",)),
    "praise": _topic("", (), ("Thank you, tell me which detail of {name} you'd like to see.",)),
    "buying": _topic("", (), ("Thank you, {point}{overlay:link}the link below takes your order.",)),
}
_TABLES: dict[Language, dict[str, _Topic]] = {"zh-CN": _ZH, "en": _EN}
TOPICS = tuple(_ZH)
"""Topics of avatar.comments that have a standing answer."""

_OWN_IDS = frozenset(("price", "offer", "name", "cta", "link"))


def canned_answers(
    facts: Sequence[Fact], language: Language, platform: Platform, today: dt.date | None = None
) -> tuple[CannedAnswer, ...]:
    """One answer a topic, each checked against the facts; a topic whose answer may not be said is left out.

    `facts` as on RoomConfig: the product's own, then name, price, offer, cta and link under these ids.
    """
    day = today or system_clock.now().date()
    holding = valid_facts(facts, day)
    found = (_answer(topic, holding, language, platform, day) for topic in TOPICS)
    return tuple(answer for answer in found if answer is not None)


def _answer(
    topic: str, facts: Sequence[Fact], language: Language, platform: Platform, day: dt.date
) -> CannedAnswer | None:
    told = _TABLES[language][topic]
    fields = _fields(told, facts, language)
    for is_bound, options in ((True, told.bound), (False, told.loose)):
        for option in options:
            written = _fill(option, fields)
            if written is None:
                continue
            line = as_line(0, _capital(written), language)
            if not check_line(line.text, facts, language, platform, day):
                ids = bound_facts(line.text, facts, language, day)
                return CannedAnswer(topic, line.text, line.cues, line.emotion, ids, is_bound)
    return None


def _fields(told: _Topic, facts: Sequence[Fact], language: Language) -> dict[str, str]:
    by_id = {fact.id: _trim(fact.text) for fact in facts}
    answering = [
        _trim(fact.text)
        for fact in facts
        if fact.id not in _OWN_IDS and told.asks is not None and told.asks.search(fact.text)
    ]
    several = _listed(answering[:_MOST_FACTS], language) if len(answering) > 1 else ""
    fields = {name: by_id.get(name, "") for name in ("price", "offer", "name", "cta")}
    if language == "en":
        fields["offer"] = fields["offer"][:1].lower() + fields["offer"][1:]
    return {**fields, "fact": answering[0] if answering else "", "facts": several}


def _listed(texts: Sequence[str], language: Language) -> str:
    if language == "zh-CN":
        return "，".join(texts)
    return f"{', '.join(texts[:-1])} and {texts[-1]}"


def _fill(option: str, fields: dict[str, str]) -> str | None:
    """The option with its fields filled, None where one is empty."""
    if any(not fields.get(name) for name in _FIELD.findall(option)):
        return None
    return _FIELD.sub(lambda match: fields[match[1]], option)


def _trim(text: str) -> str:
    return text.strip().rstrip("。.!！,，;；").strip()


def _capital(written: str) -> str:
    """A sentence begins with a capital where its letters have them."""
    return re.sub(r"^((?:\{[^{}]*\})*)([a-z])", lambda match: match[1] + match[2].upper(), written)
