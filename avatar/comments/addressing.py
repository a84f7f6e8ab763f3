"""Who is spoken to: a viewer by name, or how many asked the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from avatar.comments.contracts import Topic
from avatar.comments.moderation import spoken_name
from core.contracts import Language

_COUNTS_ZH = {2: "两", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九"}
_COUNTS_EN = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine"}
_ABOUT: dict[Language, dict[Topic, str]] = {
    "zh-CN": {
        "price": "价格",
        "discount": "优惠",
        "link": "怎么买",
        "stock": "有没有货",
        "shipping": "发货",
        "size": "规格",
        "ingredients": "配料",
        "usage": "用法",
        "after_sales": "售后",
        "product": "同一个问题",
        "identity": "我是不是真人",
    },
    "en": {
        "price": "the price",
        "discount": "offers",
        "link": "how to order",
        "stock": "stock",
        "shipping": "shipping",
        "size": "the size",
        "ingredients": "what's in it",
        "usage": "how to use it",
        "after_sales": "returns",
        "product": "the same thing",
        "identity": "whether I'm real",
    },
}
_NAME_ZH = re.compile(r"[\u3400-\u9fff]{1,6}|[A-Za-z]{2,12}")
_NAME_EN = re.compile(r"[A-Za-z][A-Za-z' -]{0,14}[A-Za-z]")


def opening(viewers: Sequence[str], topic: Topic, language: Language) -> str:
    """What comes before an answer: "有三位朋友在问价格。", "Lin，", or "" where nothing fits to be said aloud."""
    if len(viewers) > 1:
        return _together(len(viewers), topic, language)
    name = callable_name(viewers[0], language) if viewers else ""
    if not name:
        return ""
    if topic == "greeting":
        return f"{name}你好。" if language == "zh-CN" else f"Hi {name}!"
    return f"{name}，" if language == "zh-CN" else f"{name},"


def callable_name(viewer: str, language: Language) -> str:
    """A viewer's name where it can be said aloud: it passes moderation and reads as a name, without digits."""
    name = spoken_name(viewer, language)
    fits = (_NAME_ZH if language == "zh-CN" else _NAME_EN).fullmatch(name)
    return name if fits else ""


def asked_by(viewers: Sequence[str], language: Language) -> str:
    """What the caption shows of the askers: "@Lin", "3 位观众", or ""."""
    if len(viewers) > 1:
        return f"{len(viewers)} 位观众" if language == "zh-CN" else f"{len(viewers)} viewers"
    name = spoken_name(viewers[0], language) if viewers else ""
    return f"@{name}" if name else ""


def _together(count: int, topic: Topic, language: Language) -> str:
    about = _ABOUT[language].get(topic)
    if about is None:
        return ""
    if language == "zh-CN":
        return f"有{_COUNTS_ZH.get(count, '好几')}位朋友在问{about}。"
    return f"{_COUNTS_EN.get(count, 'Many')} of you are asking about {about}."
