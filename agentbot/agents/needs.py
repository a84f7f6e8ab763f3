"""What a visitor's words ask for: each question, worry and wish as a need of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agentbot.contracts import PrePass, Said
from agentbot.language import is_chinese, width
from agentbot.packs import Concern, Pack

_QUESTION_ZH = re.compile(
    r"[?？]|吗|还是|发(?:个|我|一下|下)|呢$|么$|多少|几(?:点|天|次|个|年|岁|节|号|公里|万|小时|折|楼|期|人|分钟|月|周|把|款|种|台|辆|家|位|项|张|座|排|挡|档|手|块|层|件|间|套)|什么|啥|怎么|咋|怎样|如何|哪|谁|是否"
    r"|([\u4e00-\u9fff])不\1|可不可以|有没有|能否|多久|多大|多远|多长|多高|为何|贵不贵"
)
_QUESTION_EN = re.compile(
    r"\?|^(?:and |but |so |also |or )?(?:what|how|when|where|who|which|why|can|could|do|does|did|is|are|will|would|should|may|have|has|any|tell me|i wonder)\b",
    re.IGNORECASE,
)
_PRICE_ZH = re.compile(
    r"多少钱|价格|价钱|报价|价位|费用|收费|怎么卖|报个?价|售价|学费|房费|票价|什么价|啥价|贵不贵|几块|多少米|(?:要|花|是|卖)多少(?!人|天|次|公里|年|个|节|期|月)|多少(?:一|每)"
    r"|要钱|要不要钱|收钱|收不收费|花钱|(?:过户|服务|手续|上牌|挂号|材料|安装|检测)费(?!用?(?:谁|怎么交|能退))|免费"
)
_PRICE_EN = re.compile(
    r"\bhow much (?:is|are|does|do|for|would|will|did|to)\b|\bhow much\W*$|\bfor free\b|\b(?:is|are|do) (?:the|a|your|i|it|that|this)\b[^,.!?]{0,24}\b(?:free|pay for (?:it|the))\b|\b(?:prices?|pricing|costs?|fees?|charges?|tuition|rates?)\b",
    re.IGNORECASE,
)
_BARGAIN_ZH = re.compile(
    r"便宜|优惠|打折|折扣|最低|底价|少点|少一点|砍价|还价|让点|送点|再低|卖给我|成交|万(?:块|元)?(?:能)?(?:呢|卖|行吗|行不|可以吗|可以不|能拿|拿下)"
)
_BARGAIN_EN = re.compile(
    r"\b(?:discounts?|cheaper|lower (?:the )?price|best price|deals?|knock .* off|negotiable|special offers?|promotions?)\b",
    re.IGNORECASE,
)
BARGAIN = re.compile(f"{_BARGAIN_ZH.pattern}|{_BARGAIN_EN.pattern}", re.IGNORECASE)
_OVERVIEW_ZH = re.compile(
    r"^(?:你们|您们|咱们|店里|家|那|都|现在|目前|请问)*(?:有|卖|做|提供|主营|在售)(?:些|的)?(?:什么|哪些|哪几|啥)(?:款|种|类|样|个)*的?"
    r"(?:车型?|课程?|项目|产品|服务|套餐|线路|路线|会员卡|卡|商品|款式|治疗|班|东西)?(?:可以?[选做买报]|可选)?$"
    r"|^(?:你们|店里|都|现在)*(?:都)?(?:什么|哪些|哪几(?:款|种|个))(?:车型?|课程?|项目|产品|服务|套餐|线路|会员卡|卡|款式)(?:可以?[选买做报]|可选|在卖)?$"
)
_OVERVIEW_EN = re.compile(
    r"^(?:what|which)(?: kinds? of| sorts? of| types? of)? (?:cars?|models?|courses?|class(?:es)?|services?|treatments?|products?"
    r"|tours?|trips?|pass(?:es)?|memberships?|plans?|packages?|options)(?: (?:do you (?:have|sell|offer|do|run)|are there|have you got))?$"
    r"|^what (?:do|can) you (?:have|offer|sell|do)$|^what(?:'s| is) (?:available|on offer)$",
    re.IGNORECASE,
)
_WISH_ZH = re.compile(
    r"(?P<about>(?:想(?!问|知道)|打算|准备|需要|看中|看上|喜欢|要(?=买|换|做|报|学|订))[^，。！？,.!?；;]{2,13}?)(?:的?(?:样子|时候))?$|对(?P<liked>[^，。！？,.!?；;]{2,10})(?:有|很|挺)?感?兴趣"
)
_WISH_EN = re.compile(
    r"\b(?:interested in|looking for|thinking (?:of|about)|planning|would like|want|'d like|'d love|like|love|need)"
    r"(?:\s+to\s+(?:buy|book|get|try|join|learn|see|visit|start|order|have|reserve))?\s+(?P<about>[^,.!?;]{3,40})$",
    re.IGNORECASE,
)
_EMPTY_WISH = re.compile(r"^(?:想|打算|准备|需要)?(?:先)?(?:了解|咨询|看|看看|约|问|打听|问问)(?:一?下|看)?$")
_NO_NAME_EN = re.compile(
    r"^(?:something|anything|someone|it|one|them|this|that|some|to|you|me|us|in|and|or|is|replaced)\b|\bit\b",
    re.IGNORECASE,
)
_ACTION_ZH = re.compile(r"能约|想约|怎么约|可以约|约个|约一|预约|试驾|报名|下单|预订|订一|看车|到店|上门|试听|体验课")
_ACTION_EN = re.compile(
    r"\b(?:book|appointment|test drive|sign (?:me )?up|reserve|schedule|enrol?l|visit you|order)\b", re.IGNORECASE
)
ACTION = re.compile(f"{_ACTION_ZH.pattern}|{_ACTION_EN.pattern}|book|booking", re.IGNORECASE)
_BREAK_ZH = re.compile(
    r"(?<=[。！？!?；;\n，,])|(?<=[\u4e00-\u9fff]{5})\s+(?=[\u4e00-\u9fff]{3})|\s+(?=家里|但|就是|不过|我|有没|有过|有高|能不|可以|特别|怕|担心|征信|信用)|\s{2,}|(?=但是|不过|另外|还有就是|而且(?=.*[吗呢？?]))"
)
_BREAK_EN = re.compile(
    r"(?<=[.!?;\n])\s+|\n+|\s+[-–—]\s+|,?\s+(?=(?:but|though|however|plus|also)\b)|,\s+|\s+(?=and (?:is|are|do|does|can|could|how|what|when|where|which|i|my|will|would)\b)",
    re.IGNORECASE,
)
_LEAD_ZH = re.compile(
    r"^(?:但是?|不过|另外|还有(?:就是)?|而且|那么?|请问一?下?|我想问一?下?|想问一?下?|问下|麻烦问下|你好|您好|嗨|哈喽|你们这?边?|您这?边?|然后|就是|咨询一?下)[，,、\s]*"
)
_LEAD_EN = re.compile(
    r"^(?:but|though|however|plus|also|and|so|hi|hello|hey|please|well|ok|okay)\b[\s,]*", re.IGNORECASE
)
GREETING = re.compile(
    r"^(?:你好呀?|您好|在吗|在不在|有人吗|哈喽|嗨|hi+|hello|hey|good (?:morning|afternoon|evening)|早上好|下午好|晚上好)(?: there)?[\s~!！。,，.?？呀啊]*$",
    re.IGNORECASE,
)
THANKS = re.compile(
    r"^(?:(?:好的?|ok|okay|great|嗯|行)[\s,，。.!！]*)?(?:谢谢|多谢|感谢|谢了|thanks|thank you|thx|cheers)[^?？]{0,14}$",
    re.IGNORECASE,
)
BYE = re.compile(
    r"^(?:再见|拜拜|先这样|算了|不用了|不需要了?|没事了|回头聊|改天再说|那先不打扰了?|bye|goodbye|see you|talk later|that'?s all)[^?？]{0,14}$",
    re.IGNORECASE,
)
NODS = re.compile(
    r"^(?:(?:好[的吧呢哒嘞]?|行吧|嗯[呢嗯]?|嗯+|哦+|噢|行|可以|ok(?:ay)?|知道了|明白了?|了解了?|收到|这样啊?|原来如此|sure|yes|no|got it|i see|fine|alright|all right|right|cool|great)[\s~!！。,，.]*){1,3}$",
    re.IGNORECASE,
)
SMALL_TALK = (GREETING, THANKS, BYE, NODS)
_FOLLOW_UP = re.compile(
    r"^(?:那)?(?:怎么办|咋办|可以吗|行吗|行不行|好不好|能行吗|能办吗|能办|有办法吗|合适吗|可以不|能[学做练用]吗|学得会吗|跟得上吗|能行不|(?:会不会|会)(?:伤到|有影响|有事)吗?|要紧吗|有影响吗|没问题吧|适合吗|is that (?:ok(?:ay)?|a problem|all right)|is it (?:ok(?:ay)?|possible|a problem|safe|all right)|what (?:can|should|do) i do|any (?:ideas|chance)|is there a way)$",
    re.IGNORECASE,
)
"""Questions that only ask about what was just said."""


@dataclass(frozen=True)
class Need:
    """One thing to address. `about` is the visitor's own short wording, fit to be said back, or "".

    `is_told` is of a worry that was told, not of its topic merely asked about.
    """

    text: str
    concern: Concern | None = None
    is_question: bool = False
    is_price: bool = False
    is_bargain: bool = False
    is_wish: bool = False
    is_action: bool = False
    is_name: bool = False
    is_overview: bool = False
    is_told: bool = False
    about: str = ""


_CONTACT = re.compile(
    r"电话|手机|号码|微信|联系方式|\b(?:numbers?|phone|e-?mail|contact|details|call me)\b", re.IGNORECASE
)


def is_about_contact(clause: str) -> bool:
    """Whether a clause that asks nothing is about giving or keeping back a contact: no need of its own."""
    return bool(_CONTACT.search(clause))


LONGEST_NAME = 6.0
"""A clause this short that is nothing else names what it is about: 配置, X3."""


def read_needs(messages: Sequence[Said], pack: Pack, pre_pass: PrePass | None = None) -> tuple[Need, ...]:
    """Needs in the order they were said; clauses of the same concern count as one.

    Where `pre_pass` saw to a contact that was given, offered or refused, clauses about it are no needs.
    """
    settled = pre_pass and (pre_pass.contacts or pre_pass.offers_contact or pre_pass.refuses_contact)
    found: list[Need] = []
    for said in messages:
        for clause in clauses(said.text):
            if found and _FOLLOW_UP.match(plain(clause)):
                continue
            need = _need(clause, pack)
            if settled and is_about_contact(clause):
                continue
            if need is not None and need.is_name and pre_pass and (pre_pass.refuses_contact or pre_pass.declines):
                continue
            if need is not None and not _joins(found, need):
                found.append(need)
    return tuple(found)


def clauses(text: str) -> list[str]:
    """`text` cut where one thought ends and the next begins."""
    cut = _BREAK_ZH.split(text) if is_chinese(text) else _BREAK_EN.split(text)
    return [piece.strip() for piece in cut if piece and re.sub(r"[\W_]", "", piece)]


def plain(clause: str) -> str:
    """`clause` without the words people start with and its end marks."""
    before = ""
    text = clause.strip()
    pattern = _LEAD_ZH if is_chinese(text) else _LEAD_EN
    while before != text:
        before, text = text, pattern.sub("", text)
    return text.rstrip("，,。.!！?？；;、 ~")


def _need(clause: str, pack: Pack) -> Need | None:
    if any(pattern.match(clause) for pattern in SMALL_TALK):
        return None
    text = plain(clause)
    if not text:
        return None
    chinese = is_chinese(text)
    is_question = bool((_QUESTION_ZH if chinese else _QUESTION_EN).search(clause.strip()))
    is_price = bool((_PRICE_ZH if chinese else _PRICE_EN).search(text))
    is_bargain = bool((_BARGAIN_ZH if chinese else _BARGAIN_EN).search(text))
    concern = next((each for each in pack.concerns if each.pattern.search(text)), None)
    if concern and concern.id in _ABOUT_CHARGES and not re.search(r"多少|几|how much", text):
        is_price = False
    if is_price and concern and not (concern.is_sensitive or concern.id == "too_expensive"):
        concern = None
    wish = None if is_question else (_WISH_ZH if chinese else _WISH_EN).search(text)
    is_action = bool((_ACTION_ZH if chinese else _ACTION_EN).search(text))
    is_told = concern is not None and (not is_question or bool(_WORRY.search(text)))
    is_question = is_question or (concern is None and bool(_WORRY.search(text)))
    if not (is_question or is_price or is_bargain or concern or wish or is_action):
        return Need(text, is_name=True) if _is_name(text) else None
    if not is_question and is_about_contact(text):
        return None
    is_overview = bool((_OVERVIEW_ZH if chinese else _OVERVIEW_EN).search(text))
    about = _about(text, wish, chinese)
    return Need(
        text, concern, is_question, is_price, is_bargain, bool(wish), is_action,
        is_overview=is_overview, is_told=is_told, about=about,
    )  # fmt: skip


_COUNTED = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|dozen|hundred)\b", re.IGNORECASE)
_ABOUT_CHARGES = frozenset(("trust", "extra_charge", "forced_shopping", "refund"))
"""Concerns that speak of charges without asking for one."""
_WORRY = re.compile(
    r"担心|害怕|怕|顾虑|纠结|不放心|\b(?:worr(?:y|ied)|afraid|concerned|nervous|not sure)\b", re.IGNORECASE
)


def _is_name(text: str) -> bool:
    """Short, and no number or id of anybody's."""
    return len(text) > 1 and width(text) <= LONGEST_NAME and not re.search(r"\d{5}|[@_]|\b[wv]x\b|微信", text)


def _about(text: str, wish: re.Match[str] | None, chinese: bool) -> str:
    """The visitor's words fit to be said back: no figures, no addresses, turned from me to you."""
    about = (wish["about"] or wish.groupdict().get("liked") or "") if wish else text
    about = re.sub(r"^(?:我|就是|有点|比较|很|特别)*(?:担心|害怕|怕|顾虑)", "", about) if chinese else about
    if re.search(r"\d{4,}|@|https?:", about) or is_about_contact(about):
        return ""
    if chinese:
        about = re.sub(r"[吗呢啊呀吧嘛]+$", "", about).strip()
        if wish and _EMPTY_WISH.match(about):
            return ""
        return _as_you(about) if 2 <= len(about) <= 14 and (wish or width(about) > 2) else ""
    about = "" if _COUNTED.search(about) else _as_your(about.strip())
    about = f"getting {about}" if re.search(r"\w+ed$", about) else about
    return about if wish and 2 < len(about) <= 48 and not _NO_NAME_EN.search(about) else ""


def _as_you(text: str) -> str:
    text = re.sub(r"(?:你|您)们?家?的", "", text)
    return text.replace("我们", "你们").replace("我", "您") if "你" not in text and "您" not in text else ""


def _as_your(text: str) -> str:
    turned = {"my": "your", "our": "your", "me": "you", "us": "you", "i": "you"}
    return re.sub(r"\b(?:my|our|me|us|i)\b", lambda found: turned[found[0].lower()], text, flags=re.IGNORECASE)


def _joins(found: list[Need], need: Need) -> bool:
    """Whether the last need is the same matter: a worry stated, then asked about."""
    if not found:
        return False
    last = found[-1]
    if last.is_wish and not last.concern and need.is_price and not _names_more(need.text):
        found[-1] = Need(f"{last.text} {need.text}", need.concern, True, True, need.is_bargain, about=last.about)
        return True
    if (
        need.concern is None
        or last.concern is None
        or last.concern.id != need.concern.id
        or last.is_price != need.is_price
    ):
        return False
    if last.is_question and need.is_question:
        return False
    kept = need if need.is_question else last
    found[-1] = Need(
        f"{last.text} {need.text}",
        need.concern,
        is_question=last.is_question or need.is_question,
        is_price=need.is_price,
        is_bargain=last.is_bargain or need.is_bargain,
        is_action=last.is_action or need.is_action,
        is_told=last.is_told or need.is_told,
        about=kept.about,
    )
    return True


def _names_more(text: str) -> bool:
    return (
        len(re.sub(r"多少钱|价格|大概|一般|报个?价|是|要|how much|is it|does it cost|the price|what's|\W", "", text))
        > 1
    )
