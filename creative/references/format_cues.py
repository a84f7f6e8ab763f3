"""What gives a reference's format away: cues of its opening line and of the lines after it.

(weight, expression). A cue of the body counts once per line it is in, at most three lines.
"""

from __future__ import annotations

import re
from functools import lru_cache

from creative.contracts import Format

_N = "[一二两三四五六七八九十\\d]+"
_N_EN = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+)"
_KIN = "妈|爸|爷爷|奶奶|外婆|婆婆|老公|老婆|儿子|女儿|孩子|闺女|闺蜜|室友"
_KIN_EN = "mother|father|mom|dad|grandfather|grandmother|son|daughter|sister|brother|neighbor|wife|husband"

Cues = tuple[tuple[float, str], ...]

OPENING: dict[Format, Cues] = {
    "talk_through": (
        (
            3.0,
            r"听我说|说句|我才明白|家人们|姐妹|朋友们?[,，]|打工人|劝|跟你讲|别骂我|推荐|得罪|(?:做|修|干|开|当|教|卖)(?:了)?.{0,6}年|问题不在|真的(?:不用|别)"
            r"|^okay|hot take|^listen|i need to|\bplease\b|^stop\b|let me|honest|unpopular|^i'm an? |begging|^if your",
        ),
        (0.8, r"我(?!们|家|妈|爸)|\bi\b|\bmy\b|你|\byou\b|\byour\b"),
    ),
    "process": (
        (
            3.0,
            r"是?怎么.{0,6}(?:做|变|来|弄|画|选|成)|看我|[一二两三四五几]步|跟我做|跟着我|教你|手残|制作|教程|动作|做法|这样(?:装|做|弄|收|叠|画)|发生了什么|中间.{0,6}什么|从.{1,8}到.{1,8}(?:多远|多久|几步|过程)"
            r"|\bwatch me|how .*\bmade|step by step|in (?:\w+ )?(?:steps|minutes)|this is what .* (?:hours|days|patience)|start to finish|here's how|let me show you|how (?:to|i)\\b",
        ),
    ),
    "scene": (
        (
            2.2,
            r"早高峰|凌晨|清晨|早晨|傍晚|深夜|午后|周[一二三四五六日末]|[一二三四五六七八九十]+月|入冬|夏天|冬天|下雨|雨天|[点半][,，]|路上|里[,，]|上[,，]|外面|每一天"
            r"|\brain\b|\bsnow\b|\b[ap]\.m\b|morning|midnight|sunrise|waking|\bevery ?where\b|from the \w+ to|sounds like|looks like|on the calendar|weekend|\bday in\b",
        ),
    ),
    "comparison": (
        (
            3.2,
            r"左.{0,16}右|各(?:看|用|试|买)|两(?:个|张|台|款|瓶|种|杯).{0,12}两|对比|比一比|差在哪|差别|哪[个杯款条瓶]|和我家的|和.{1,12}(?:耳机|咖啡|面包|毛巾|衣服)?[,，].{0,12}(?:猜|比|盲|哪|差)|同样(?:是)?|同一|块(?:钱)?和"
            r"|\bversus\b|\bvs\b|compare|left .*right|\bold\b.*\bnew\b|side by side|which one|same \\w+,.*\\btwo\\b",
        ),
    ),
    "proof": (
        (
            3.2,
            r"实验|实测|测试|测给|一.一.|给你看|检测|会怎么样|能.{0,10}吗|真的能|能多|挑战|我(?:把|用|拿).{1,14}(?:泡|扔|摔|砸|放|测|试|做了|晒|冻|天|小时|月)|往.{1,10}倒"
            r"|^(?:can|will|does)\b|\bwe (?:left|froze|dropped|put|buried|ran|sent|poured|asked)|^i (?:put|used|left|drove|dropped)|\btest|side of my face|still hear",
        ),
    ),
    "offer_first": (
        (
            2.6,
            r"[¥￥$]\s?\d|[\d一二三四五六七八九十]块|[\d一二三四五六七八九十百]元|清仓|年卡|买一送一|半价|秒杀|percent off|price of|half price|\bsale\b|hundred and|from .*hundred|\bdollars?\b|\bfree\b",
        ),
    ),
    "story": (
        (
            3.0,
            r"那年|那天|那晚|年前|去年(?!那)|第.{1,2}年|小时候|第一(?:天|个晚上|次见)|以后[,，]|自从|前一天|走的|辞职|离家|吵了一架|偷偷|突然|差点"
            r"|\bago\b|the (?:night|winter|summer|day|year)\b|first (?:job|day)|\bsince the\b|\bwhen i was|gave up|(?:hasn't|couldn't|sold .* for|swore)|of my life",
        ),
        (1.4, rf"{_KIN}|\b(?:{_KIN_EN})\b"),
    ),
    "listing": (
        (
            1.4,
            rf"{_N}(?:个|样|条|件|种|点|双|款|套)(?!动作|小时|月|月|箭)|(?:^|\s){_N_EN} (?:\w+ ){{0,2}}(?!minutes|hours|days|nights|months|years|weeks|percent|dollars)\w+s\b|总结|盘点|清单",
        ),
    ),
}
BODY: dict[Format, Cues] = {
    "talk_through": ((0.5, r"我(?!们|家|妈|爸)|\bi(?:'ve|'m|'d)?\b"), (0.3, r"你|\byou\b|\byour\b")),
    "process": (
        (
            1.3,
            r"^第.(?:步|下|遍|道)|^先|^再|^然后|^接着|^最后(?!三天|一批)|^(?:倒|磨|煮|烘|炒|泡|切|拌|揉|刷|贴|放)|^step|^next|^then|^finally|^(?:ground|pour|spray|baked|mix|filtered|open)",
        ),
        (0.7, r"分钟|秒|小时|当天|minutes|seconds|overnight|hours"),
    ),
    "scene": (
        (
            1.4,
            r"^周[一二三四五六日末]|^(?:早上|上午|中午|下午|傍晚|晚上|深夜|睡前|白天|起床|出门|到了|下班|回家|放学)|.点半|周末|露营|洗完脸"
            r"|\b(?:a\.m|p\.m)\.|^(?:noon|at noon|by ten|by noon|after (?:dinner|lunch|work)|in the|on the|at the|kettle|before bed|on the way)|at ten\b|kettle",
        ),
    ),
    "comparison": (
        (
            1.7,
            r"^(?:左|右|普通|便宜|贵的|我家的|别人家|这条|那条|旁边|现磨|另一)|^.{1,8}这(?:杯|条|边|款|瓶|个)|换这|^(?:ours|theirs)\b|^the (?:\w+ ){0,2}(?:one|side)\b|\b(?:left|right) (?:one|side)"
            r"|\bboth\b|the (?:old|new|cheap|good|right|left) one",
        ),
    ),
    "proof": (
        (
            1.5,
            rf"第{_N}(?:天|周|个月)|实验|测试|报告|仪器|检测|捞出来|结果|公里|day (?:one|ten|thirty|ninety|\d)|chamber|weighed|ran it|no filter|(?:minutes|hours|days) later|that's the|first (?:turn|result)|final test",
        ),
    ),
    "offer_first": ((0.6, r"原价|吊牌价|恢复|今晚|最后.天|只限|today only|until midnight|book by|only this week"),),
    "story": (
        (
            1.5,
            r"后来|那个人|现在是我|辞了职|才知道|慢慢|years later|last sunday|weeks ago|woke|\bwhen (?:he|she|i)\b|so we|back then|one day",
        ),
        (0.6, rf"{_KIN}|\b(?:{_KIN_EN})\b"),
    ),
    "listing": (
        (
            1.9,
            r"^第[一二三四五六七八](?![天步年次下遍道])|^[一二三四五六七八](?:是|，|、)|^number (?:one|two|three|\d)|^(?:one|two|three|four|five), |^(?:first|second|third|fourth|and last),",
        ),
    ),
}


@lru_cache(maxsize=2)
def compiled(is_opening: bool) -> dict[Format, tuple[tuple[float, re.Pattern[str]], ...]]:
    """The cues of opening or body, ready to search with."""
    table = OPENING if is_opening else BODY
    return {kind: tuple((weight, re.compile(cue)) for weight, cue in cues) for kind, cues in table.items()}
