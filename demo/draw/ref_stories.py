"""The sample references: invented brands, their lines with seconds, the scene under each line, and how they did."""

from __future__ import annotations

from dataclasses import dataclass

from demo.draw import goods
from demo.draw import ref_drinks as drinks
from demo.draw import ref_people as people
from demo.draw import ref_things as things
from demo.draw.glass import Drink
from demo.draw.people import Look, Mood
from demo.draw.ref_set import Scene, Set

WORRIED, WARM, GLAD = Mood(smile=-0.35, brow=-0.45, lids=0.8), Mood(smile=0.45, brow=0.15), Mood(smile=0.95, brow=0.3)
TEA = Drink("#6a5a14", "#c9a83a", "#a8902a")
WATER_TEA = Drink("#8a9a3a", "#cfd98a", "#b8c86a")
YUZU = Drink("#d9a830", "#ffe48a", "#f4cf60")
LIGHT_COFFEE = Drink("#2a1208", "#a85a20", "#7a4018")


@dataclass(frozen=True)
class Line:
    """Seconds on screen, words spoken and burned in, the scene below."""

    seconds: float
    text: str
    scene: Scene


@dataclass(frozen=True)
class Story:
    """One reference: what its yaml says, and what is drawn."""

    name: str
    title: str
    category: str
    platform: str
    language: str
    brand: tuple[str, ...]
    music: str
    figures: tuple[int, int, int, int, int]  # impressions, plays of 3 s, clicks, conversions, spend in yuan or dollars
    set: Set
    lines: tuple[Line, ...]
    rights: str = "analyse_only"


STORIES = (
    Story(
        "oolong-process",
        "岚雨乌龙 · 工艺慢镜",
        "乌龙茶",
        "kuaishou",
        "zh-CN",
        ("岚雨",),
        "warm-pluck",
        (812_400, 301_900, 26_810, 1_742, 21_600),
        Set(
            goods.tea_tin,
            Look(cut="bun", wear="apron", top="#e9dcc6", hair="#3a2418"),
            "#12241c",
            "#5f9a6a",
            ("#dfe6d2", "#7c8a6c"),
            ("#f4f6e4", "#c9dcae"),
            "#7a5a3a",
            "#3d8a5e",
            TEA,
            tall=520,
        ),
        (
            Line(2.2, "这一杯茶，为什么要等四十秒？", drinks.pour()),
            Line(2.2, "办公室的茶包，总是泡着泡着就发苦。", people.slump(0.15)),
            Line(2.4, "先收清晨头一趟，只要青心嫩叶。", drinks.hills),
            Line(2.2, "再用炭火慢焙，把香气锁进叶子里。", things.hero(2.2)),
            Line(2.5, "热水一冲你看，叶片全舒开，汤色透亮。", drinks.leaves_open),
            Line(2.0, "试饮装二十九元，拍一罐送一罐。", things.card("买一送一", "试饮装 29 元", "限时")),
            Line(1.7, "点左下角，泡一壶给自己。", things.desk(laptop=False)),
        ),
    ),
    Story(
        "drip-coffee-versus",
        "椿午挂耳 · 下午三点的对比",
        "挂耳咖啡",
        "douyin",
        "zh-CN",
        ("椿午",),
        "soft-electronic",
        (1_204_000, 496_300, 41_020, 3_110, 38_900),
        Set(
            goods.drip_cup,
            Look(cut="short", wear="shirt", top="#9fb4c4", glasses=True, skin="#e9b994"),
            "#2a1610",
            "#d98a44",
            ("#e6cfae", "#8f6f54"),
            ("#fff1d4", "#f4c48a"),
            "#a5764c",
            "#b9452e",
            LIGHT_COFFEE,
        ),
        (
            Line(1.9, "同样是下午三点，差在哪？", things.versus(goods.instant_cup)),
            Line(2.3, "左边这杯速溶又甜又腻，喝完照样犯困。", people.slump(0.2)),
            Line(2.3, "右边这杯挂耳现磨现封，撕开就有焦糖香。", things.hero(2.3)),
            Line(2.2, "同一壶水冲下去，你看这层油脂。", drinks.pour()),
            Line(2.1, "开会没打哈欠，同事都来要链接。", people.talk(GLAD, hold=False)),
            Line(2.0, "十包三十九元，今天多送两包。", things.card("多送两包", "10 包 39 元", "今天")),
            Line(1.6, "点链接，把下午换回来。", things.desk()),
        ),
        rights="may_reuse_pixels",
    ),
    Story(
        "yuzu-sparkling-scene",
        "Lumo yuzu · six p.m. heat",
        "sparkling drink",
        "tiktok",
        "en",
        ("Lumo",),
        "bright-morning",
        (655_800, 288_500, 19_940, 1_265, 9_800),
        Set(
            goods.can,
            Look(cut="curly", top="#d9713a", skin="#a86f4c", hair="#1d120d"),
            "#0f4a44",
            "#f0c040",
            ("#d9e6da", "#6f9a90"),
            ("#dff2f4", "#ffe0a0"),
            "#c08a58",
            "#2f9a86",
            YUZU,
            tall=560,
        ),
        (
            Line(1.9, "Six p.m. and it is still boiling.", drinks.sunset_deck),
            Line(2.2, "Soda is always too sweet. Plain water is boring.", people.talk(WORRIED, hold=False)),
            Line(2.3, "This one is real yuzu, fine bubbles, no sugar.", things.hero(2.3)),
            Line(2.0, "Pour it over ice and hear that fizz.", drinks.pour(ice=True)),
            Line(1.9, "Even my neighbor asked what I am drinking.", drinks.fizz),
            Line(2.0, "Six cans for nine dollars this week.", things.card("6 CANS $9", "this week only", "New")),
            Line(1.6, "Tap and chill your fridge tonight.", people.talk(GLAD)),
        ),
    ),
    Story(
        "granola-three-reasons",
        "谷屿燕麦脆 · 三个理由",
        "麦片",
        "douyin",
        "zh-CN",
        ("谷屿",),
        "bright-morning",
        (938_700, 361_200, 30_480, 2_204, 24_300),
        Set(
            goods.pouch,
            Look(cut="long", wear="knit", top="#e0a24a", hair="#3a2018", skin="#f3cba8"),
            "#4a2410",
            "#f0a850",
            ("#f4e2c0", "#b08a5c"),
            ("#fff6dc", "#ffd79a"),
            "#c08a58",
            "#d9713a",
            tall=500,
        ),
        (
            Line(1.9, "早餐换成它，有三个理由。", people.talk(WARM)),
            Line(2.2, "赶地铁的早上，根本来不及坐下吃饭。", people.train()),
            Line(2.0, "第一，一口下去，整颗坚果在响。", things.point("1", things.hero(2.2))),
            Line(2.0, "第二，低温慢烤，不裹糖浆。", things.point("2", things.desk(goods.bowl, laptop=False))),
            Line(2.2, "第三，倒上牛奶，一分钟就能出门。", things.point("3", things.desk(goods.bowl))),
            Line(2.0, "两袋五十九元，送一只早餐杯。", things.card("送早餐杯", "两袋 59 元", "加赠")),
            Line(1.6, "点购物车，明早就吃它。", people.talk(GLAD)),
        ),
    ),
    Story(
        "serum-half-face",
        "檐露精华 · 半张脸实测",
        "护肤精华",
        "douyin",
        "zh-CN",
        ("檐露",),
        "soft-electronic",
        (1_486_000, 602_900, 52_300, 3_890, 57_400),
        Set(
            goods.serum,
            Look(cut="bun", wear="knit", top="#cfe0e2", hair="#2b1a14", skin="#f4cdb0"),
            "#123640",
            "#8fc4d4",
            ("#e6eef0", "#9ab4ba"),
            ("#f6fbfc", "#d4e8ec"),
            "#cdb9a0",
            "#3a8aa0",
        ),
        (
            Line(2.1, "半张脸实测，你看得出哪边用了吗？", people.halves("用了", "没用")),
            Line(2.2, "空调房坐一天，脸颊干到起皮卡粉。", people.talk(WORRIED, hold=False)),
            Line(2.2, "檐露精华，一滴推开就化成水。", drinks.skin()),
            Line(2.2, "第七天，镜头不开滤镜也不怕凑近。", people.talk(GLAD)),
            Line(2.0, "当场纸巾一压，不粘也不油。", drinks.skin(tissue=True)),
            Line(2.2, "正装一百二十八元，下单送两支小样。", things.card("送两支小样", "30 ml 128 元", "到手")),
            Line(1.6, "点下面，先领小样试试。", things.hero(2.4)),
        ),
    ),
    Story(
        "coat-worst-monday",
        "Norrel coat · the worst Monday",
        "coat",
        "meta",
        "en",
        ("Norrel",),
        "city-drive",
        (421_300, 158_800, 12_610, 690, 11_200),
        Set(
            goods.coat,
            Look(cut="long", wear="blazer", top="#a8804e", hair="#5a3420", skin="#efc09a"),
            "#2a2018",
            "#c9a06a",
            ("#ece2d2", "#a08a70"),
            ("#f4f4ee", "#d9d4c4"),
            "#8f6a48",
            "#8a5a34",
            size=0.8,
            tall=800,
        ),
        (
            Line(2.2, "I wore this coat on the worst Monday of my life.", people.talk(WARM, hold=False)),
            Line(2.2, "First job, late train, coffee all over me.", people.rain_street),
            Line(2.0, "One wipe and the stain was gone.", things.hero(1.9, 1600)),
            Line(2.2, "It folds small and still looks sharp.", things.rack),
            Line(2.3, "A year later, not a single loose thread.", people.talk(GLAD, hold=False)),
            Line(
                2.1,
                "This week, shipping and returns are free.",
                things.card("FREE RETURNS", "and free shipping", "This week"),
            ),
            Line(1.7, "Find your size at the link.", things.rack),
        ),
    ),
    Story(
        "candle-origin-story",
        "栖木香薰 · 离家那年",
        "香薰蜡烛",
        "kuaishou",
        "zh-CN",
        ("栖木",),
        "calm-night",
        (702_900, 276_400, 18_220, 1_130, 15_700),
        Set(
            goods.candle,
            Look(cut="bob", wear="knit", top="#8a5a44", hair="#241610", skin="#f1c5a3"),
            "#22140c",
            "#e09a4a",
            ("#6b4a36", "#2a1a14"),
            ("#2c3050", "#b06a4a"),
            "#5a3820",
            "#c98a44",
        ),
        (
            Line(2.4, "离家那年，奶奶在箱子里塞了一块檀木。", drinks.hills),
            Line(2.3, "后来租房换了四次，总是住不出家的样子。", people.slump()),
            Line(2.2, "我把那股木头味，做成了蜡烛。", things.hero(2.5)),
            Line(2.4, "大豆蜡配棉线芯，一罐烧四十个小时。", things.desk(laptop=False)),
            Line(2.2, "闺蜜来一次，问我一次这是什么香。", things.hero(3.0, 1560)),
            Line(2.0, "两罐九十九元，附一张手写卡片。", things.card("两罐 99 元", "附手写卡片", "礼盒")),
            Line(1.7, "想家的时候，点开看看。", people.talk(WARM)),
        ),
        rights="may_reuse_pixels",
    ),
    Story(
        "headphones-subway-test",
        "Kestrel One · the subway test",
        "headphones",
        "youtube",
        "en",
        ("Kestrel",),
        "city-drive",
        (887_200, 402_600, 27_540, 1_480, 26_300),
        Set(
            goods.headphones,
            Look(cut="short", wear="shirt", top="#7a8fa0", skin="#d9a47c", hair="#16100d"),
            "#141c22",
            "#4a8aa0",
            ("#cfd8dc", "#5f6e76"),
            ("#eef4f6", "#c4d4dc"),
            "#5a4a40",
            "#2f9a86",
            size=0.95,
        ),
        (
            Line(2.1, "Can a headphone make a subway disappear?", people.train()),
            Line(2.2, "Brakes, screaming babies, delays, before eight.", people.slump()),
            Line(2.2, "We tested it on the platform at ninety decibels.", things.meter("90 dB")),
            Line(2.0, "Press once, and the noise drops away.", people.train(goods.headphones, 1.0)),
            Line(2.2, "Forty hours a charge, light as a paperback.", things.hero(1.9)),
            Line(
                2.1, "This week only, ninety dollars, free shipping.", things.card("$90", "free shipping", "This week")
            ),
            Line(1.6, "Hear the quiet. Order yours today.", things.hero(2.1)),
        ),
    ),
    Story(
        "mat-thirty-days",
        "跃川垫子 · 第三十天",
        "瑜伽垫",
        "kuaishou",
        "zh-CN",
        ("跃川",),
        "city-drive",
        (574_600, 214_300, 16_930, 1_204, 12_900),
        Set(
            goods.mat,
            Look(cut="bun", wear="knit", top="#d9573a", hair="#20130e", skin="#e9b994"),
            "#0f2e2a",
            "#5fc4ac",
            ("#dfe9e4", "#7f9a92"),
            ("#f4faf6", "#cfe6d8"),
            "#b08a64",
            "#2f8f80",
            size=0.78,
        ),
        (
            Line(2.2, "打工人听我说，腰疼先别急着去按摩。", people.talk(WARM, hold=False)),
            Line(2.3, "我坐了五年办公室，腰酸得要扶桌子。", people.slump(0.1)),
            Line(2.1, "这张垫子八毫米厚，跪着也不硌膝盖。", things.hero(2.2, 1180)),
            Line(2.1, "每晚铺开跟着做十分钟就够。", things.unroll),
            Line(2.2, "第三十天，我终于弯腰摸到了脚尖。", people.talk(GLAD, hold=False)),
            Line(2.1, "现在下单八十九元，送一条弹力带。", things.card("送弹力带", "现在下单 89 元", "加赠")),
            Line(1.6, "点头像，今晚就开始。", things.desk(laptop=False)),
        ),
    ),
    Story(
        "english-class-offer",
        "知舟口语 · 优惠直给",
        "英语口语课",
        "douyin",
        "zh-CN",
        ("知舟",),
        "bright-morning",
        (1_073_500, 398_700, 44_860, 4_020, 41_800),
        Set(
            goods.lesson_phone,
            Look(cut="bob", wear="blazer", top="#3a4a78", hair="#2b1a14", skin="#f1c5a3"),
            "#1c2f66",
            "#7fa4f0",
            ("#e2e8f4", "#8f9cc0"),
            ("#f6f8ff", "#cfdcf4"),
            "#a98a6c",
            "#e9573a",
            size=0.7,
            tall=870,
        ),
        (
            Line(2.2, "九块九，四节真人口语课，你没听错。", things.card("¥9.9", "四节真人口语课", "今晚")),
            Line(2.2, "学了十年英语，开会还是不敢开口。", people.slump()),
            Line(2.2, "每节二十五分钟，老师只陪你一个人说。", things.hero(2.0)),
            Line(2.0, "下班路上，打开手机就能练。", people.train(calm=0.2)),
            Line(2.2, "一个月后，她第一次用英文讲完了汇报。", people.talk(GLAD, hold=False)),
            Line(2.1, "体验课九块九，今晚十二点恢复原价。", things.card("只到今晚", "体验课 9.9 元", "四节")),
            Line(1.7, "点下方报名，明天就上第一节。", things.desk()),
        ),
    ),
)
