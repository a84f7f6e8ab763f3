"""The product these tests sell, and the day on which they do."""

from __future__ import annotations

import datetime as dt
from typing import Any

from core.contracts import Language
from creative.api import parse_product
from creative.contracts import BriefData

TODAY = dt.date(2026, 11, 23)
PRODUCTS: dict[Language, dict[str, Any]] = {
    "zh-CN": {
        "name": "澄夜冷萃咖啡",
        "category": "冷萃咖啡",
        "price": "¥39.9",
        "offer": "第二件半价",
        "audience": "上班族",
        "cta": "点击下方链接，带一瓶去上班",
        "facts": [
            {"id": "brew", "text": "12 小时低温慢萃"},
            {"id": "beans", "text": "云南保山阿拉比卡豆"},
            {"id": "sugar", "text": "0 蔗糖"},
            {"id": "recipe", "text": "配料只有水和咖啡豆"},
            {"id": "volume", "text": "每瓶 280 毫升"},
            {"id": "ready", "text": "拧开就能喝"},
            {"id": "shipping", "text": "下单后 48 小时内发货"},
        ],
    },
    "en": {
        "name": "Chengye Cold Brew",
        "category": "cold brew coffee",
        "price": "$4.99",
        "offer": "Second bottle half price",
        "cta": "Tap the link and grab a bottle",
        "facts": [
            {"id": "brew", "text": "12-hour cold steep"},
            {"id": "beans", "text": "Arabica beans from Yunnan"},
            {"id": "sugar", "text": "zero added sugar"},
            {"id": "volume", "text": "280 ml in every bottle"},
            {"id": "ready", "text": "ready to drink from the fridge"},
            {"id": "shipping", "text": "ships within 48 hours"},
        ],
    },
}


def brief(language: Language, **changes: Any) -> BriefData:
    product = parse_product({**PRODUCTS[language], **changes}, language, TODAY)
    return BriefData(product, language, "kuaishou" if language == "zh-CN" else "tiktok", 60.0)
