"""Two needs in one breath: a wish and a worry, in many orders, at six advertisers. Both have to be addressed."""

from __future__ import annotations

import itertools
import re

from bench.shops import SHOPS
from tests.agentbot.talking import Talk, text_of

CREDIT_ZH, CREDIT_EN = "征信|信用|逾期|审", "credit|lender|approv"
CASES = {
    "star-cars": (
        (("我想买星途X5", "X5"), ("看中星途X7了", "X7"), ("想换辆电车", "车|M3|电"), ("喜欢你们的星途M3", "M3")),
        (
            ("征信不太好", CREDIT_ZH),
            ("有过逾期", CREDIT_ZH),
            ("怕月供还不上", "月供|首付|贷|期"),
            ("家里有两个孩子", "孩子|家|座|空间"),
            ("担心续航不够", "续航|电"),
        ),
    ),
    "smile-dental": (
        (("想做种植牙", "种植"), ("想给孩子做矫正", "矫正|牙"), ("想洗个牙", "洗个?牙")),
        (
            ("特别怕疼", "疼|痛|麻"),
            ("有高血压", "血压|病史|医生|检查"),
            ("担心没效果", "效果|打包票"),
            ("怕乱收费", "收费|清单|价"),
        ),
    ),
    "home-care": (
        (("想约个日常保洁", "保洁"), ("想洗油烟机", "油烟机")),
        (
            ("怕现场加钱", "加钱|收费|报价|另"),
            ("一个人住不太放心", "放心|身份|证件|人员|生人"),
            ("家里有宝宝怕有味道", "味|宝宝|孩子|环保|材料"),
        ),
    ),
    "lakeside-autos": (
        (("I'd like to buy the Orion S", "Orion"), ("I love the Orion V", "Orion")),
        (
            ("my credit is bad", CREDIT_EN),
            ("I missed payments last year", CREDIT_EN),
            ("I have two kids", "famil|kid|seat|child"),
            ("I worry about the range", "range|mile"),
        ),
    ),
    "harbor-dental": (
        (("I need an implant", "implant"), ("I want to get my teeth whitened", "whiten")),
        (
            ("I'm terrified of pain", "pain|anesth|nervous|tense|anxious|feel"),
            ("I have diabetes", "diabet|clinician|history|dentist"),
            ("I don't know if my insurance covers it", "insur|cover|plan"),
        ),
    ),
    "river-yoga": (
        (("I want to try yoga", "yoga|class|trial"), ("I want to join a class", "class")),
        (
            ("I have a bad knee", "injur|knee|teacher|doctor"),
            ("I'm a total beginner", "beginner|first|start"),
            ("I never stick with it", "keep|stick|goal"),
        ),
    ),
}
JOINED = {
    "zh-CN": (
        "{wish}，但是{worry}",
        "{worry}，不过{wish}",
        "{wish}，就是{worry}，怎么办？",
        "你好，{wish}。另外{worry}，可以吗？",
    ),
    "en": (
        "{wish} but {worry}",
        "{worry}, but {wish}",
        "{wish}. However, {worry}. Is that a problem?",
        "Hi! {wish}, and {worry}.",
    ),
}


def test_both_needs_are_addressed_in_ninety_five_of_a_hundred():
    missed, count = [], 0
    for shop in SHOPS:
        wishes, worries = CASES.get(shop.advertiser, ((), ()))
        for (wish, meets), (worry, eases), way in itertools.product(wishes, worries, JOINED[shop.language]):
            asked, count = way.format(wish=wish, worry=worry), count + 1
            said = text_of(Talk(shop, count).say(asked))
            if not (re.search(meets, said, re.IGNORECASE) and re.search(eases, said, re.IGNORECASE)):
                missed.append(f"{asked} → {said}")

    assert count >= 200
    assert len(missed) <= 0.05 * count, "\n".join(missed)
