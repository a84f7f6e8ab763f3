"""Says which of the eight formats a reference is: how it holds the viewer, whatever it sells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from creative.contracts import FORMATS, Format, Role

# (weight, expression). A format counts a cue once per line it is in, at most three lines.
_CUES: dict[Format, tuple[tuple[float, str], ...]] = {
    "talk_through": (
        (2.0, r"听我说|说句|我才明白|家人们|姐妹|朋友们|打工人|劝你|我跟你讲|我修|我做.{1,6}年|okay,|hot take|listen|i need to talk|please don't|stop buying|let me tell you|honestly|unpopular opinion"),
        (0.7, r"(?<!给)我(?!们|家|妈|爸)|\bi(?:'ve|'m|'d)?\b|\bmy\b"),
        (0.5, r"你|\byou\b|\byour\b"),
    ),
    "process": (
        (2.0, r"^第一步|^step one|看我怎么|是怎么.{0,4}(?:做|变|来)|watch me|how (?:it's|we) made|this is what .* (?:hours|days)|几步|四步|三步|教程|不用器械|^we start"),
        (1.2, r"^先|^再|^然后|^接着|^最后(?!三天|一批)|^倒|^放进|^等|^first|^next|^then|^step|^finally|^ground|^pour|^spray|^ten minutes later|^one wipe"),
        (0.7, r"分钟|秒|小时|遍|minutes|seconds|hours|overnight"),
    ),
    "scene": (
        (1.4, r"早高峰|凌晨|清晨|帐篷|^周[一二三四五六日末]|^白天|^到了|.点半|周末|傍晚|午后|露营|six a\.m|seven p\.m|^noon|a\.m\.|p\.m\.|^in the|^on the|^at the|waking up|coffee on the deck"),
        (1.2, r"everywhere you|from the \w+ to the|从周一|怎么从|外面是这样|续命|sounds like|morning|一年四季|走到哪"),
    ),
    "comparison": (
        (2.2, r"左边|右边|对比|差在哪|和我家的|两百块和|\bversus\b|\bvs\b|\bours\b|\btheirs\b|before and after|old .* new|left .*right|the cheap one|the good one|the (?:left|right|new|old) one|之前和之后"),
        (1.2, r"普通|别人家|便宜的那|同一|同样|为什么她|the same|same \w+|on both|compare|我家的"),
    ),
    "proof": (
        (2.2, r"实验|实测|会怎么样|能多|真的能|半张脸|side of my face|will it|can (?:you|a|an|it|this)|we froze|we poured|测给你|挑战|day (?:one|ten|thirty|ninety|\d)|第[一二三四五六七八九十\d]+天"),
        (1.0, r"测试|报告|仪器|检测|chamber|weighed|ran it|no filter|公里|同期"),
    ),
    "offer_first": ((1.4, r"清仓|年卡|一天一块|你没听错|for the price of|percent off|flights to .* from|今晚|today only|until midnight|原价|吊牌价|恢复|最后.天"),),
    "story": (
        (2.0, r"离家|去年|以后，我家|那天|那年|前一天|后来|小时候|第.年|a year ago|the night|my grandfather|first job|when (?:he|she|i)|years later|last sunday|once upon|那个人|现在是我"),
        (1.0, r"我妈|我爸|婆婆|奶奶|爷爷|室友|闺蜜|偷偷|才知道|grandfather|sister|daughter|neighbor|mother|he asked|she said|i couldn't|i stood|i wore"),
    ),
    "listing": (
        (2.4, r"[一二两三四五六七八九十\d]+(?:个|样|条|件|种|点)(?:理由|地方|东西|方法|误区|好物|技巧|坑|信号)|[留结出][一二两三四五六七八九十\d]+[样条件点]|(?:two|three|four|five|six|seven|\d+) (?:\w+ )?(?:things|reasons|mistakes|upgrades|ways|tips|signs)"),
        (1.6, r"^第[一二三四五六七八](?!天|步|年|次)|^[一二三四五六七八]，|^number (?:one|two|three|\d)|^(?:one|two|three|four|five), |^(?:first|second|third|fourth|and last),"),
    ),
}
_HOOK_FACTOR = 1.6


@lru_cache(maxsize=1)
def _compiled() -> dict[Format, tuple[tuple[float, re.Pattern[str]], ...]]:
    return {kind: tuple((weight, re.compile(cue)) for weight, cue in cues) for kind, cues in _CUES.items()}


def format_scores(texts: Sequence[str], roles: Sequence[Role]) -> dict[Format, float]:
    """How much each format speaks out of the lines (the first counts more) and the order of roles."""
    lowered = [text.casefold().replace("’", "'").strip() for text in texts]
    scores = {kind: _cue_score(kind, lowered) for kind in FORMATS}
    for kind, bonus in _role_bonus(roles).items():
        scores[kind] += bonus
    return scores


def _cue_score(kind: Format, texts: Sequence[str]) -> float:
    total = 0.0
    for weight, cue in _compiled()[kind]:
        hits = [index for index, text in enumerate(texts) if cue.search(text)][:3]
        total += sum(weight * (_HOOK_FACTOR if index == 0 else 1.0) for index in hits)
    return total


def _role_bonus(roles: Sequence[Role]) -> dict[Format, float]:
    bonus: dict[Format, float] = {}
    if "offer" in roles[:2]:
        bonus["offer_first"] = 4.0
    if roles.count("proof") >= 2 and "proof" in roles[:3]:
        bonus["proof"] = 2.0
    if roles.count("selling_point") >= 3 and "pain" not in roles:
        bonus["scene"] = 1.0
    if "pain" in roles[:3]:
        bonus["talk_through"] = 0.6
    return bonus


def classify_format(texts: Sequence[str], roles: Sequence[Role]) -> Format:
    """The likeliest format; without a single cue a talk-through, which most ads are."""
    if not texts:
        return "scene"
    scores = format_scores(texts, roles)
    best = max(FORMATS, key=lambda kind: scores[kind])
    return best if scores[best] > 0 else "talk_through"


def format_by_shots(cuts_per_second: float, share_with_faces: float) -> Format:
    """Without any words: a face that stays is someone talking, fast cuts are scenes, slow ones a process."""
    if share_with_faces > 0.5 and cuts_per_second < 0.5:
        return "talk_through"
    return "scene" if cuts_per_second >= 0.4 else "process"
