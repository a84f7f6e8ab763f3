"""Footage as advertisers name it: shots with words from folders, file names and tags, and what one asks for.

A scene is a thing, an action and a place. Its shots are named in one of several ways: in
Chinese or English, by one synonym or another, some words left out, camera numbering and
unrelated words beside them. Queries word the scene anew, so that half of them share no
language with the shots they look for. The synonyms below are written for this purpose, not
taken from the lexicon; some of them the lexicon does not know.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

_THINGS: dict[str, tuple[str, str]] = {
    "coffee": ("咖啡|冷萃|拿铁", "coffee|espresso|latte"),
    "tea": ("茶|乌龙茶|绿茶", "tea|oolong|green tea"),
    "noodles": ("面条|拉面|螺蛳粉", "noodles|ramen"),
    "bread": ("面包|吐司|蛋糕", "bread|toast|cake"),
    "chicken": ("鸡胸肉|牛排|烤肉", "chicken|steak|beef"),
    "strawberry": ("草莓|水果|芒果", "fruit|strawberries|mango"),
    "serum": ("精华|面霜|护肤品", "serum|moisturizer|skincare"),
    "lipstick": ("口红|唇膏|彩妆", "lipstick|makeup"),
    "shampoo": ("洗发水|护发素|头发", "shampoo|hair|conditioner"),
    "jacket": ("外套|羽绒服|大衣", "jacket|coat|parka"),
    "shoes": ("鞋子|运动鞋|跑鞋", "shoes|sneakers|boots"),
    "bag": ("包包|背包|行李箱", "bag|backpack|suitcase"),
    "vacuum": ("吸尘器|洗地机|扫地机", "vacuum|robot vacuum"),
    "mattress": ("床垫|枕头|被子", "mattress|pillow|bedding"),
    "pan": ("锅|空气炸锅|厨具", "pan|air fryer|cookware"),
    "towel": ("毛巾|浴巾|纸巾", "towel|towels|tissue"),
    "cat": ("猫|宠物|小狗", "cat|dog|kitten"),
    "phone": ("手机|智能手机", "phone|smartphone"),
    "headphones": ("耳机|蓝牙耳机|降噪耳机", "headphones|earbuds"),
    "laptop": ("电脑|笔记本电脑|平板", "laptop|computer|tablet"),
    "projector": ("投影仪|电视|显示器", "projector|tv|monitor"),
    "dumbbell": ("哑铃|杠铃|壶铃", "dumbbells|kettlebell|barbell"),
    "yoga": ("瑜伽|拉伸|普拉提", "yoga|stretching|pilates"),
    "book": ("书|绘本|课本", "book|books|reading"),
    "piano": ("钢琴|吉他", "piano|guitar"),
    "hotel": ("酒店|民宿|度假村", "hotel|resort|cabin"),
    "tent": ("帐篷|露营|营地", "tent|camping|campsite"),
    "car": ("汽车|轿车|新车", "car|sedan|vehicle"),
    "tyre": ("轮胎|雨刮|机油", "tire|wiper|engine oil"),
    "flower": ("鲜花|绿植|盆栽", "flowers|plant|bouquet"),
}
_ACTIONS: dict[str, tuple[str, str]] = {
    "pour": ("倒|倒入|冲泡", "pouring|pour"),
    "stir": ("搅拌|搅动", "stirring|mixing"),
    "open": ("打开|开箱|撕开", "unboxing|opening|open"),
    "hold": ("手持|拿着|双手", "holding|hand|hands"),
    "slice": ("切|切开|切片", "slicing|cutting|cut open"),
    "wash": ("清洗|冲洗|洗", "washing|rinse|wash"),
    "apply": ("涂抹|点涂|上脸", "applying|apply|dab"),
    "spray": ("喷|喷雾|喷洒", "spray|spraying"),
    "walk": ("走路|散步", "walking|stroll"),
    "smile": ("微笑|大笑|开心", "smiling|laughing|happy"),
    "test": ("实测|测试|实验", "test|experiment|testing"),
    "compare": ("对比|比较|前后", "comparison|side by side|versus"),
    "eat": ("吃|早餐|午餐", "eating|breakfast|lunch"),
    "fold": ("折叠|收起", "folding|fold"),
    "steam": ("蒸汽|热气|冒烟", "steam|steaming|smoke"),
    "splash": ("水花|飞溅", "splash|splashing"),
    "sleep": ("睡觉|睡眠", "sleeping|sleep|asleep"),
    "yawn": ("打哈欠|犯困|疲惫", "yawning|tired|sleepy"),
}
_PLACES: dict[str, tuple[str, str]] = {
    "office": ("办公室|工位|会议室", "office|workplace|desk at work"),
    "kitchen": ("厨房|料理台|灶台", "kitchen|countertop|stove"),
    "bedroom": ("卧室|床上", "bedroom|bed"),
    "living": ("客厅|沙发", "living room|sofa|couch"),
    "bathroom": ("浴室|洗手间|卫生间", "bathroom|shower"),
    "street": ("街头|马路|街道", "street|sidewalk|road"),
    "park": ("公园|户外|草地", "park|outdoors|grass"),
    "cafe": ("咖啡馆|咖啡店", "cafe|coffee shop"),
    "shop": ("商店|超市|货架", "shop|supermarket|store"),
    "factory": ("工厂|生产线|车间", "factory|production line"),
    "subway": ("地铁|通勤|早高峰", "subway|metro|commute"),
    "gym": ("健身房", "gym|workout room"),
    "beach": ("海边|沙滩|海岛", "beach|seaside|island"),
    "mountain": ("雪山|山顶|徒步", "mountain|hiking|trail"),
    "classroom": ("教室|黑板", "classroom|blackboard"),
    "night": ("夜晚|深夜|夜景", "night|late night|evening"),
}
_NOISE = (
    "final",
    "v2",
    "新建文件夹",
    "IMG_2045",
    "DSC0031",
    "竖版",
    "4k",
    "素材",
    "copy",
    "客户",
    "0412",
    "projectA",
    "take3",
    "b-roll",
)


@dataclass(frozen=True)
class Clip:
    """One shot: its search words as a folder and file name give them, and the scene it shows."""

    scene: str
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class ClipQuery:
    """What someone asks for, and the scene that answers."""

    scene: str
    text: str


def _scenes(size: int, seed: int) -> list[str]:
    """Enough scenes that each has five shots on average, never more than there are combinations."""
    rng = random.Random(seed)
    every = [f"{thing}/{action}/{place}" for thing in _THINGS for action in _ACTIONS for place in _PLACES]
    return rng.sample(every, min(len(every), max(1, size // 5)))


def clip_library(size: int, seed: int = 3) -> Iterator[Clip]:
    """`size` shots, the same for the same seed."""
    scenes = _scenes(size, seed)
    rng = random.Random(seed + 1)
    for number in range(size):
        scene = scenes[number % len(scenes)]
        words = list(_worded(rng, scene, rng.choice((0, 1)), spoken_all=rng.random() < 0.85))
        words += rng.sample(_NOISE, rng.randrange(0, 3))
        rng.shuffle(words)
        yield Clip(scene, tuple(words))


def _worded(rng: random.Random, scene: str, language: int, spoken_all: bool = True) -> Iterator[str]:
    """The scene in one language by one synonym each; one part in seven is named without its place."""
    thing, action, place = scene.split("/")
    yield rng.choice(_THINGS[thing][language].split("|"))
    yield rng.choice(_ACTIONS[action][language].split("|"))
    if spoken_all:
        yield rng.choice(_PLACES[place][language].split("|"))


def clip_queries(size: int, count: int, seed: int = 3) -> list[ClipQuery]:
    """`count` queries for scenes of the library of that size and seed."""
    rng = random.Random(seed + 2)
    scenes = _scenes(size, seed)
    return [_query(rng, rng.choice(scenes)) for _ in range(count)]


def _query(rng: random.Random, scene: str) -> ClipQuery:
    language = rng.choice((0, 1))
    thing, action, place = _worded(rng, scene, language)
    text = f"在{place}{action}{thing}" if language == 0 else f"{action} {thing} in the {place}"
    return ClipQuery(scene, text)
