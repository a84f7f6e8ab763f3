"""Which footage a line asks for: search words, zh and en, from what the line speaks of."""

from __future__ import annotations

from creative.contracts import BriefData, Category, Role

_SEEN: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("冰", "凉", "冷", "ice", "cold", "chill", "fridge"), ("冰", "冰块", "ice", "cold")),
    (("倒", "pour"), ("倒", "pour")),
    (("杯", "cup", "glass", "mug"), ("杯", "cup", "glass")),
    (("瓶", "bottle"), ("瓶", "bottle")),
    (("喝", "口", "sip", "drink"), ("喝", "drink", "sip")),
    (("吃", "尝", "eat", "bite", "taste"), ("吃", "eat", "bite")),
    (("豆", "bean"), ("豆", "beans")),
    (("萃", "酿", "泡", "brew", "steep"), ("制作", "brew", "process")),
    (
        ("上班", "办公", "开会", "工位", "加班", "office", "desk", "meeting", "work"),
        ("办公", "办公室", "office", "desk"),
    ),
    (("通勤", "地铁", "路上", "出门", "commute", "train", "on the go", "door"), ("路上", "通勤", "street", "commute")),
    (("早", "morning", "breakfast"), ("早晨", "morning")),
    (("下午", "afternoon"), ("下午", "afternoon")),
    (("晚", "夜", "睡", "night", "evening", "sleep"), ("夜晚", "night")),
    (("家", "客厅", "厨房", "home", "kitchen", "living room"), ("家", "home")),
    (("手", "拿", "握", "hand", "hold"), ("手", "hand")),
    (("打开", "拧开", "拆", "open", "unbox"), ("打开", "开箱", "open")),
    (("脸", "皮肤", "妆", "face", "skin", "makeup"), ("脸", "皮肤", "face", "skin")),
    (("镜", "mirror"), ("镜子", "mirror")),
    (("穿", "搭", "衣", "wear", "outfit", "wardrobe"), ("穿", "衣服", "wear", "outfit")),
    (("洗", "擦", "清洁", "wash", "clean", "wipe"), ("清洁", "clean", "wash")),
    (("充", "电", "屏", "charge", "battery", "screen"), ("充电", "屏幕", "screen", "charge")),
    (("跑", "练", "动", "run", "train", "workout", "sweat"), ("运动", "run", "workout")),
    (("学", "书", "课", "学习", "study", "learn", "book", "class"), ("学习", "书", "study", "book")),
    (("旅", "海", "山", "风景", "trip", "travel", "beach", "view"), ("旅行", "风景", "travel", "view")),
    (("车", "开车", "驾", "car", "drive", "road"), ("车", "开车", "car", "drive")),
    (("桌", "table"), ("桌面", "table")),
    (
        ("包装", "标签", "配料", "label", "package", "pack", "ingredient"),
        ("包装", "标签", "package", "label", "close-up"),
    ),
    (("细节", "看清", "镜头", "detail", "close", "look"), ("特写", "细节", "close-up", "detail")),
)
_ROLE: dict[Role, tuple[str, ...]] = {
    "hook": ("人物", "person"),
    "pain": ("人物", "person", "scene"),
    "selling_point": ("产品", "product"),
    "proof": ("特写", "close-up", "product"),
    "offer": ("产品", "product", "pack"),
    "cta": ("产品", "product", "logo"),
}
_CATEGORY: dict[Category, tuple[str, ...]] = {
    "drinks": ("饮料", "drink"),
    "food": ("美食", "food"),
    "beauty": ("护肤", "beauty"),
    "fashion": ("穿搭", "fashion"),
    "home": ("居家", "home"),
    "electronics": ("数码", "device"),
    "fitness": ("运动", "fitness"),
    "education": ("学习", "study"),
    "travel": ("旅行", "travel"),
    "auto": ("汽车", "car"),
}
MOST_WORDS = 12


def suggest_words(text: str, role: Role, brief: BriefData) -> tuple[str, ...]:
    """Search words for footage, nearest first: what the line names, its role, the product, its category."""
    lower = text.lower()
    named = [word for triggers, words in _SEEN if any(trigger in lower for trigger in triggers) for word in words]
    product = [brief.product.category]
    everything = [*named[:7], *_ROLE[role], *product, *_CATEGORY[brief.product.category_key]]
    return tuple(dict.fromkeys(word for word in everything if word))[:MOST_WORDS]
