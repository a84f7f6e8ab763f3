"""Made-up advertisers for the rows of conversations: what they approve of being said, zh and en."""

from __future__ import annotations

import datetime as dt

from agentbot.contracts import Article, Knowledge, PriceFact
from core.contracts import Language

TODAY = dt.date(2026, 11, 22)
_Price = tuple[str, int, str, str]


def _shop(
    name: str, title: str, language: Language, vertical: str, currency: str,
    prices: tuple[tuple[str, float, str], ...], gone: tuple[tuple[str, float, str], ...], articles: tuple[tuple[str, str], ...],
) -> Knowledge:  # fmt: skip
    facts = [
        PriceFact(f"{name}-p{at}", item, round(amount * 100), currency, unit, "2026-01-01", "2026-12-31")
        for at, (item, amount, unit) in enumerate(prices)
    ]
    facts += [
        PriceFact(f"{name}-g{at}", item, round(amount * 100), currency, unit, "2025-01-01", "2025-12-31")
        for at, (item, amount, unit) in enumerate(gone)
    ]
    texts = tuple(Article(f"{name}-a{at}", title, text) for at, (title, text) in enumerate(articles))
    return Knowledge(name, title, language, vertical, texts, tuple(facts), "1")


SHOPS: tuple[Knowledge, ...] = (
    _shop(
        "star-cars", "星途汽车城西店", "zh-CN", "car", "CNY",
        (
            ("星途X5 标准版", 129800, "台"), ("星途X5 豪华版", 152800, "台"), ("星途X7", 189800, "台"), ("星途M3 纯电版", 109900, "台"), ("星途M3 增程版", 118600, "台"),
            ("首年保养套餐", 1280, "年"), ("上牌代办", 500, "次"), ("延长质保", 3600, "两年"),
        ),
        (("星途X3", 89800, "台"), ("国庆置换补贴", 8000, "台")),
        (
            ("贷款政策", "首付最低 20%，最长 60 期，年利率 3.99% 起，具体以金融机构审批为准。"),
            ("营业时间", "门店每天 9:00-18:30 营业，周末照常。"),
            ("地址", "门店在城西大道 88 号，地铁 3 号线城西站 B 口步行 6 分钟。"),
            ("续航", "星途M3 纯电版 CLTC 续航 520 公里，快充 30 分钟可充至 80%。"),
            ("质保", "整车质保 5 年或 15 万公里，三电质保 8 年或 16 万公里。"),
            ("置换", "支持旧车置换，评估师到店看车后给出估价。"),
        ),
    ),
    _shop(
        "smile-dental", "微笑口腔", "zh-CN", "clinic", "CNY",
        (
            ("种植牙 韩国系统", 5800, "颗"), ("种植牙 瑞士系统", 12800, "颗"), ("超声波洗牙", 198, "次"), ("树脂补牙", 320, "颗"), ("隐形矫正", 26800, "例"),
            ("智齿拔除", 680, "颗"), ("冷光美白", 1580, "次"), ("儿童涂氟", 120, "次"),
        ),
        (("烤瓷牙", 980, "颗"), ("开业洗牙体验", 9.9, "次")),
        (
            ("流程", "种植牙一般分检查、植入、戴冠三步，前后约 3-6 个月，因人而异。"),
            ("营业时间", "门诊时间 9:00-20:00，周二休息。"),
            ("疼痛", "治疗前会做局部麻醉，过程中可以随时举手示意。"),
            ("地址", "诊所在人民路 120 号 2 楼。"),
            ("医保", "部分项目支持医保个人账户支付，以当地政策为准。"),
        ),
    ),
    _shop(
        "home-care", "安心到家", "zh-CN", "home_services", "CNY",
        (
            ("日常保洁", 45, "小时"), ("深度保洁", 12, "平方米"), ("空调清洗 挂机", 98, "台"), ("空调清洗 柜机", 138, "台"), ("油烟机清洗", 168, "台"),
            ("管道疏通", 120, "次"), ("墙面翻新", 28, "平方米"), ("月嫂 金牌", 12800, "月"),
        ),
        (("玻璃清洗", 8, "平方米"), ("首单保洁", 19.9, "次")),
        (
            ("预约", "请至少提前 1 天预约，上门时间 8:00-20:00。"),
            ("保障", "清洗后 7 天内有问题可免费返工一次。"),
            ("发票", "可开电子普通发票。"),
            ("范围", "目前服务主城区 5 个区。"),
        ),
    ),
    _shop(
        "lakeside-autos", "Lakeside Autos", "en", "car", "USD",
        (
            ("Orion S base", 23990, "car"), ("Orion S touring", 27450, "car"), ("Orion X hybrid", 31200, "car"), ("Orion V electric", 36900, "car"), ("Orion V electric lease", 389, "month"),
            ("extended warranty", 1450, ""), ("full detailing", 249, "visit"), ("winter tire set", 880, "set"),
        ),
        (("Orion C", 18500, "car"), ("spring trade-in bonus", 1500, "car")),
        (
            ("Financing", "Financing from 4.9% APR for up to 72 months, subject to the lender's approval."),
            ("Hours", "We are open Monday to Saturday, 9 am to 7 pm."),
            ("Range", "The Orion V electric has an EPA range of 281 miles and charges to 80% in 32 minutes."),
            ("Warranty", "The basic warranty runs 3 years or 36,000 miles."),
            ("Address", "You'll find us at 450 Lakeside Avenue."),
        ),
    ),
    _shop(
        "harbor-dental", "Harbor Dental", "en", "clinic", "USD",
        (
            ("dental cleaning", 120, "visit"), ("porcelain crown", 1150, "tooth"), ("single implant", 2950, "tooth"), ("clear aligners", 4200, "case"), ("teeth whitening", 390, "visit"),
            ("wisdom tooth removal", 310, "tooth"), ("night guard", 280, ""), ("first exam", 75, "visit"),
        ),
        (("veneers", 990, "tooth"), ("new patient special", 49, "visit")),
        (
            ("Hours", "The clinic is open 8 am to 5 pm, closed on Sundays."),
            ("Comfort", "We use a local anesthetic before treatment, and you can pause at any time."),
            ("Insurance", "We work with most PPO plans; your plan decides what is covered."),
            ("Implants", "An implant usually takes 4 to 6 months from start to finish, depending on healing."),
        ),
    ),
    _shop(
        "river-yoga", "River Yoga", "en", "fitness_studio", "USD",
        (
            ("drop-in class", 22, "class"), ("ten class pack", 180, "pack"), ("monthly unlimited", 129, "month"), ("private session", 85, "hour"), ("prenatal course", 160, "course"),
            ("teacher training", 2400, "course"), ("mat rental", 3, "class"), ("annual membership", 1190, "year"),
        ),
        (("intro week", 20, "week"), ("summer pass", 99, "month")),
        (
            ("Schedule", "Classes run daily from 6:30 am to 8 pm, 60 minutes each."),
            ("Beginners", "Beginners are welcome; teachers offer an easier version of every pose."),
            ("Cancellation", "You can cancel a booking up to 4 hours before class."),
            ("Injury", "Please tell the teacher about any injury before class; some poses may not suit you."),
        ),
    ),
)  # fmt: skip
