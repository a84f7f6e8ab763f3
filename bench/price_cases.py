"""Five hundred questions about prices and terms: three hundred that approved knowledge answers, two hundred it does not."""

from __future__ import annotations

import random
from dataclasses import dataclass

from agentbot.contracts import Knowledge
from bench.shops import SHOPS
from core.contracts import Language

ASKS: dict[Language, tuple[str, ...]] = {
    "zh-CN": (
        "{item}多少钱",
        "{item}怎么收费",
        "请问{item}现在什么价格?",
        "{item}价格",
        "想了解一下{item},报个价",
        "{item}要多少",
        "你好,{item}大概多少钱呀",
        "{item}的费用是多少",
    ),
    "en": (
        "How much is the {item}?",
        "What does the {item} cost?",
        "Price of {item}?",
        "Hi, what's the price for the {item}",
        "Could you tell me how much the {item} costs?",
        "What do you charge for the {item}?",
        "{item} price please",
        "how much for {item}",
    ),
}
TERMS: dict[str, tuple[tuple[str, str], ...]] = {
    "star-cars": (("首付最低多少", "20%"), ("贷款最长多少期", "60"), ("年利率多少", "3.99%"), ("你们几点营业", "9:00"), ("周末开门吗", "周末"), ("M3纯电版续航多少", "520"), ("整车质保几年", "5 年"), ("门店在哪", "88")),
    "smile-dental": (("种植牙要多久", "3-6"), ("周二开门吗", "周二"), ("诊所在哪里", "120"), ("门诊几点开始", "9:00"), ("会不会很疼", "麻醉")),
    "home-care": (("要提前几天预约", "1 天"), ("几点可以上门", "8:00"), ("洗完有问题怎么办", "7 天"), ("能开发票吗", "发票"), ("服务哪些区", "5 个区")),
    "lakeside-autos": (("What APR do you offer?", "4.9%"), ("How long can I finance?", "72"), ("When are you open?", "9 am"), ("What's the range of the Orion V electric?", "281"), ("How long is the warranty?", "3 years"), ("Where are you located?", "450")),
    "harbor-dental": (("What are your opening hours?", "8 am"), ("How long does an implant take?", "4 to 6"), ("Are you open on Sundays?", "Sundays"), ("Does it hurt?", "anesthetic"), ("Do you take insurance?", "PPO")),
    "river-yoga": (("When do classes run?", "6:30"), ("Can I cancel a booking?", "4 hours"), ("Can a beginner join?", "Beginners"), ("How long is a class?", "60"), ("I have a knee injury, is that ok?", "teacher")),
}  # fmt: skip
UNKNOWN: dict[str, tuple[str, ...]] = {
    "star-cars": ("星途X9", "星途X3", "国庆置换补贴", "全景天窗选装", "道路救援", "贴膜", "车险", "二手星途X1"),
    "smile-dental": ("烤瓷牙", "开业洗牙体验", "全口义齿", "牙周刮治", "种植牙 德国系统", "牙贴面", "根管治疗", "舌侧矫正"),
    "home-care": ("玻璃清洗", "首单保洁", "搬家", "甲醛治理", "地毯清洗", "灭蟑螂", "沙发清洗", "开荒保洁"),
    "lakeside-autos": ("Orion C", "Orion Z sport", "roof rack", "ceramic coating", "used Orion S 2019", "gap insurance", "oil change", "tow package"),
    "harbor-dental": ("veneers", "root canal", "dentures", "gum surgery", "bridge", "child checkup", "tooth bonding", "sedation"),
    "river-yoga": ("intro week", "summer pass", "aerial yoga", "corporate package", "retreat in Bali", "hot yoga", "towel service", "nutrition plan"),
}  # fmt: skip
DEALS: dict[Language, tuple[str, ...]] = {
    "zh-CN": ("{item}能打几折", "{item}最低多少能卖", "{item}今天定能优惠多少", "{item}降到一半行不行", "下个月{item}会降价吗"),
    "en": ("What discount can I get on the {item}?", "What's the lowest you'd take for the {item}?", "Will the {item} be cheaper next month?", "Can you do half price on the {item}?"),
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """`answer` must stand in the reply; "" where knowledge has none and no figure may be given."""

    shop: Knowledge
    text: str
    answer: str
    about: str
    kind: str


def price_questions(answerable: int = 300, open_ones: int = 200, seed: int = 8) -> list[Question]:
    rng = random.Random(seed)
    questions = [_answerable(at, rng) for at in range(answerable)]
    return questions + [_open(at, rng) for at in range(open_ones)]


def _answerable(at: int, rng: random.Random) -> Question:
    shop = SHOPS[at % len(SHOPS)]
    if at % 3 == 2:
        text, answer = TERMS[shop.advertiser][(at // len(SHOPS)) % len(TERMS[shop.advertiser])]
        return Question(shop, text, answer, "", "terms")
    price = rng.choice([each for each in shop.prices if "-p" in each.id])
    amount = price.amount_minor / 100
    answer = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    return Question(shop, rng.choice(ASKS[shop.language]).format(item=price.item), answer, price.item, "price")


def _open(at: int, rng: random.Random) -> Question:
    shop = SHOPS[at % len(SHOPS)]
    if at % 4 == 3:
        price = rng.choice([each for each in shop.prices if "-p" in each.id])
        return Question(shop, rng.choice(DEALS[shop.language]).format(item=price.item), "", price.item, "deal")
    item = rng.choice(UNKNOWN[shop.advertiser])
    return Question(shop, rng.choice(ASKS[shop.language]).format(item=item), "", item, "unknown")
