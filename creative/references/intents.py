"""What a slot sets out to do, as a code: the role, a dot, and how it goes about it.

The code carries no word of the reference. Pages and prompts show `sentence(code)`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from creative.contracts import Role

SENTENCES: dict[str, str] = {
    "hook.question": "Ask something the viewer wants answered",
    "hook.number": "Stop the viewer with a number",
    "hook.contrast": "Put two things side by side",
    "hook.warning": "Tell the viewer to stop doing something",
    "hook.confession": "Say something personal that makes one listen",
    "hook.offer": "Open with the offer",
    "hook.scene": "Open in the middle of a scene",
    "pain.money": "Name what the problem costs",
    "pain.body": "Name what it feels like",
    "pain.failed": "Name what was tried in vain",
    "pain.time": "Name the time it takes",
    "pain.daily": "Show the problem in daily life",
    "selling_point.steps": "Show it step by step",
    "selling_point.listed": "Count the points one by one",
    "selling_point.inside": "Say what it is made of",
    "selling_point.ease": "Show how little effort it takes",
    "selling_point.scene": "Show it in use",
    "selling_point.measure": "Give a measured quality",
    "proof.test": "Put it to a test",
    "proof.people": "Let others speak for it",
    "proof.numbers": "Give a number as evidence",
    "proof.see": "Let the viewer see for themselves",
    "proof.paper": "Point to a report or certificate",
    "offer.price": "Name the price",
    "offer.cut": "Name what is saved",
    "offer.limited": "Say until when or how many",
    "offer.gift": "Add something to it",
    "offer.trial": "Take away the risk",
    "cta.link": "Say where to tap",
    "cta.soft": "Invite to try it",
    "cta.urgent": "Ask to act now",
    "cta.visit": "Invite to come or book",
}

_CUES: dict[str, str] = {
    "hook.offer": r"[¥￥$€]\s?\d|元|块钱|清仓|percent off|price of|% off|from (?:\w+ )?hundred",
    "hook.warning": r"^别|千万别|不要再|^stop|don't buy|never buy",
    "hook.contrast": r"左边|对比|和我家|同一|差在|versus|\bvs\b|\bours\b|and the new",
    "hook.question": r"[?？]|吗|怎么|为什么|到底",
    "hook.number": r"\d|[两三四五六七八九十]+(?:个|样|条|步|种|天|年)|\b(?:two|three|four|five|six|seven|ten|thirty)\b",
    "hook.confession": r"我|\bi\b|\bmy\b",
    "pain.money": r"贵|钱|块|元|\bdollars?|bucks|expensive|charges?|cost",
    "pain.failed": r"不管用|没用|放弃|试过|还是|白花|i've tried|quit|couldn't|gave up|nothing works",
    "pain.time": r"排队|要等|半天|小时|加班|queue|wait|hours?|late|forever",
    "pain.body": r"疼|酸|累|困|痒|干|红|痘|hurt|pain|tired|sore|red|flaky|blister",
    "selling_point.listed": r"^第[一二三四五六七八](?!步)|^[一二三四五六]，|^number |^(?:first|second|third|fourth|one|two|three|four|five)[, ]",
    "selling_point.steps": r"^第.步|^先|^再|^然后|^接着|^最后|^step|^next|^then|^pour|^spray|倒进|放进",
    "selling_point.inside": r"成分|面料|原料|里面|采用|配料|豆|棉|绒|made (?:of|with|from)|ingredient|cotton|formula|real fruit",
    "selling_point.ease": r"不用|就行|就能|只要|自动|一键|轻松|随手|just|without|no |automatic|easy|done",
    "selling_point.measure": r"\d|[一二三四五六七八九十百千]+(?:克|瓦|小时|毫升|秒|度|厘米|分钟)|hours?|grams|percent|watts",
    "proof.paper": r"报告|认证|证书|检测|送检|专利|获奖|certified|award|rated|ranked|clinical|dermatologist",
    "proof.test": r"实测|测试|实验|盲|第.{1,4}天|零下|test|blind|froze|weighed|day (?:one|ten|thirty|ninety|\d)",
    "proof.people": r"同事|朋友|室友|老公|邻居|回头客|好评|他|她|reviews|members|customers|people|\bhe\b|\bshe\b|\bmy (?:kid|boss|friend)",
    "proof.numbers": r"\d|万|百|千|平均|hundred|thousand|percent|million",
    "offer.limited": r"限|最后|恢复原价|卖完|前.{1,4}(?:名|单)|只剩|今晚|until|today only|while|ends|book by|midnight",
    "offer.gift": r"送|赠|bonus|gift|free (?!shipping|trial)",
    "offer.trial": r"试|退|质保|体验|trial|refund|money back|on us|return",
    "offer.cut": r"减|折|省|优惠|券|半价|off|half|save|discount|trade in",
    "offer.price": r"[¥￥$€]|元|块|价|dollars|bucks|\d",
    "cta.urgent": r"赶紧|抢|马上|现在|手慢|别忘|now|before|while|today|tonight",
    "cta.visit": r"预约|门店|体验店|试驾|报名|book|reserve|visit|near you|store|appointment",
    "cta.link": r"点|链接|左下|小黄车|购物车|评论区|下单|tap|click|link|shop|order|cart|check out|download",
}
_DEFAULTS: dict[Role, str] = {
    "hook": "hook.scene",
    "pain": "pain.daily",
    "selling_point": "selling_point.scene",
    "proof": "proof.see",
    "offer": "offer.price",
    "cta": "cta.soft",
}


@lru_cache(maxsize=1)
def _compiled() -> dict[str, re.Pattern[str]]:
    return {code: re.compile(cue) for code, cue in _CUES.items()}


def intent_of(role: Role, text: str) -> str:
    """The code that describes how `text` does the work of `role`; the first cue that fits counts."""
    lowered = text.casefold().replace("’", "'").strip()
    for code, cue in _compiled().items():
        if code.startswith(role + ".") and cue.search(lowered):
            return code
    return _DEFAULTS[role]


def sentence(code: str) -> str:
    """The intent as an English sentence (pages translate it); "" for an unknown code."""
    return SENTENCES.get(code, "")
