"""Which of the contacts in a message the person takes back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agentbot.contracts import ContactType, FoundContact

_DENIED_BEFORE = re.compile(
    r"(?:不是|忽略|删掉|删除|忘掉|无视|别打|不要打|别再打|不要再打|别用|不要用|别加|不用打|不再用|旧号码?|老号码?|原来的?(?:号码?|电话|手机号?|微信|邮箱)?|以前的?(?:号码?|电话|手机号?|微信|邮箱)?"
    r"|之前[那留给发写说]?的?(?:那?个|号码?|电话|手机号?|微信|邮箱)*|刚[才刚][留给发写说]?的?(?:那?个|号码?|电话|手机号?|微信|邮箱)*)(?:我|的|号码?|电话|手机|微信|邮箱|那个|这个|是|了|[\s::,]){0,4}$"
    r"|\b(?:not|ignore|forget|delete|disregard|used to be|scrap|drop|isn't|wasn't|instead of|rather than|no longer|(?:do not|don't|stop) (?:call|use|text|dial|email|mail|add|try)(?:ing)?"
    r"|old(?: one| number| phone| email)?|previous(?: one| number| email)?)(?: (?:my|the|old|on|at|to|is|was|number|one|email))*[\s:]*$"
)
_ONLY_PAST = re.compile(r"(?:刚[才刚]|之前)[^不错]{0,12}$")
_WRONG = (
    r"正确的?(?:号码?|应该|是|:|手机|电话)|(?<!没)(?<!没有)(?:打|写|发|说|输|填|报|记|弄|搞|敲)错|(?<!没)(?<!没有)(?<!不会)错[了的]|不对(?!的?话)|有误|搞混|更正|纠正|改[成为]|换[成号到]|应该?[是为]"
    r"|手滑|手误|作废|停机|停用|不用了|不要了|注销|现在[是用改换]|才[是对]|改一下|算了|换一个|"
    r"\b(?:sorry|i me[an]+t?|oops|whoops|typo|correction|scratch that|wrong|mistake|mistyped|use this instead|instead|actually"
    r"|changed to|is now|my bad|apologies|it's actually|no it's|new one is|not that one|should (?:be|read)|no,|wait|make that|not that|let me fix|disconnected|strike that|rather)\b"
)
_BETWEEN = re.compile(_WRONG)
_WRONG_AFTER = re.compile(
    r"[\s,,.。!;(]*(?:这个|那个|这|那|号码|手机号?|电话|是|已经|的|it|that|that's|this|is|was|number|one|a|the|already|[\s,']){0,5}"
    r"(?:(?:打|写|发|说|输|填|报|记)错|错[了的]|不对(?!的?话)|作废|停机|停用|不用了|不再用|(?:别|不要|不用)再?(?:打|用|加|存)(?:这|那)个|注销了|(?:已经?)?换了|我?(?:以前|原来|之前|从前)的|我?(?:的)?(?:旧[的号)]|老号|old\b)|(?:my |the )?(?:wrong|old|previous)|no longer|disconnected|a typo|out of (?:use|service)|not mine any ?more)"
)
_JOINED = re.compile(r"或者?|以及|还有|也(?:可以|行)|备用|都(?:可以|行)|打不通|\bor\b|\band\b|\balso\b|backup")
_TAKES_BACK = re.compile(
    _WRONG
    + r"|不是(?:刚才|之前|那个|上面|这个)|(?:别|不要|不用)再?(?:打|用|加|存)(?:这|那|刚才|之前|上面|前面)|^\s*\*|号码换了|换号|换了个?(?:号|手机|微信)|new number|changed my (?:number|email)"
)
_LATER_DENIAL = re.compile(
    r"(?:刚[才刚]|之前|上面|前面|那个?|上一?个|我(?:的)?)[^,。;!?]{0,6}(?:号码?|电话|手机|微信|邮箱)?[^,。;!?]{0,4}(?:(?:打|写|发|说|输|填|报)错|错了|是错的|不对|作废|不用了|停机)"
    r"|(?:号码?|电话|手机号?|微信|邮箱)[^,。;!?]{0,3}(?:(?:打|写|发|说|输|填|报)错|错了|不对)"
    r"|\b(?:that|the|my) (?:number|email|phone|wechat|one|last one)\b[^.!?]{0,20}\b(?:wrong|incorrect|a typo|mistake|no longer)"
    r"|\bi (?:gave|typed|sent) (?:you )?(?:the|a) wrong (?:number|email)"
)
_NAMING_IT = re.compile(
    r"(?:不是|别打|别用|别加|别存|不要打|不要用|不要加|不用打)(?:刚才|之前|上面)?的?(?:这|那|刚才那|上面那)一?个?(?:号码?|电话|手机号?|微信号?|邮箱)?(?:了|啊|哦|哈|呀|谢谢)*$"
    r"|(?:这|那|刚才|之前|上面)的?一?个?(?:号码?|电话|手机号?|微信号?|邮箱)(?:不是我的|不是我|不能打|打不通|是错的|作废)"
    r"|\bwrong (?:number|email|phone|wechat|id|address)\b(?!\?)|\b(?:don't|do not) (?:call|use|text|add|dial) (?:that|this)(?: one| number| email)?$"
)
_SLIPPED = re.compile(
    r"(?:啊|哦|噢|哎呀?|呃|额|糟糕?|等等|等下|我|刚才|刚刚|不好意思|抱歉|对不起|手滑|不是|号码?|这个|那个){0,4}"
    r"(?:(?:发|打|写|输|填|报|记|弄|搞|敲|给|点)错(?:人|号|地方)?了?|错了)(?:(?:发|打|写|输)?错了)*(?:啊|哈|不好意思|抱歉)*"
    r"|(?:that's|it's|that is|it is|that was) (?:not (?:mine|my (?:number|phone|email|one)|right|the right one)|wrong|a mistake|a typo)"
    r"|(?:i )?(?:typed|sent|wrote|entered|gave)(?: you)? (?:it|that) wrong|(?:sorry |oops,? )?(?:my )?(?:mistake|typo)|not mine"
)
"""Said right after a contact this is about the contact, and only as a clause of its own."""
_COURTESY = re.compile(
    r"(?:sorry|oops|whoops|my bad|thanks|thank you|ok|no|wait|不好意思|抱歉|对不起|谢谢|好的|等等|啊|哦|哎呀|额|不是)*(?:about that)?"
)
_NAMED: tuple[tuple[ContactType, re.Pattern[str]], ...] = (
    ("wechat", re.compile(r"微信|[威薇]信|(?<![a-z])(?:wx|vx|v信)(?![a-z])|wechat")),
    ("email", re.compile(r"邮箱|邮件|e-?mail")),
    ("phone", re.compile(r"电话|手机|别打|不要打|打不通|phone|mobile|don't call")),
)
_FAR = 40


_OTHERS = re.compile(
    r"[\s,]*(?:这|那)?个?(?:号码?|电话|手机号?)?(?:是|属于)(?:我|俺)?家?的?(?:老婆|老公|妻子|丈夫|爱人|媳妇|妈妈?|爸爸?|父亲|母亲|爸妈|儿子|女儿|孩子|哥哥?|姐姐?|弟弟?|妹妹?|朋友|同事|领导|老板|邻居|男友|女友|男朋友|女朋友|室友|前妻|前夫|前任|别人|他人|人家)(?:的|号)"
    r"|,? (?:is|it's|that's|belongs to|is for) (?:my (?:wife|husband|mom|mum|dad|mother|father|son|daughter|brother|sister|friend|boss|colleague|neighbou?r|partner|roommate|ex)|someone else)\b"
)
_NO_CALLS = re.compile(
    r"(?:别|不要|不用|不许|请勿|勿|不准|不能|不想(?:让)?)(?:再|你们|给我|给|往|乱)*(?:打|联系|拨|发|找|骚扰|接)"
    r"|\b(?:don't|do not|never|stop|please not)(?: please)? (?:call|text|contact|phone|ring|message|use)"
)
_REACH_THEM = re.compile(r"(?<![别要])(?:打给|联系|找|打)(?:她|他)|\b(?:call|text|contact|reach|ask) (?:her|him)\b")


def split_corrected(text: str, found: Sequence[FoundContact]) -> tuple[tuple[FoundContact, ...], tuple[str, ...]]:
    """The contacts that stand, and the values the person takes back within the same folded text."""
    taken = {at for at in range(len(found)) if _is_taken_back(text, found, at)}
    standing = tuple(each for at, each in enumerate(found) if at not in taken)
    kept_values = {each.value for each in standing}
    withdrawn = dict.fromkeys(found[at].value for at in sorted(taken))
    return standing, tuple(value for value in withdrawn if value not in kept_values)


def _is_taken_back(text: str, found: Sequence[FoundContact], at: int) -> bool:
    this = found[at]
    before_from = found[at - 1].end if at else max(0, this.start - _FAR)
    before = text[max(before_from, this.start - _FAR) : this.start]
    denied = _DENIED_BEFORE.search(before)
    later = next((each for each in found[at + 1 :] if each.type == this.type and each.value != this.value), None)
    rest_end = later.start if later else min(len(text), this.end + _FAR)
    rest = text[this.end : rest_end]
    if denied and (not _ONLY_PAST.search(denied.group()) or later is not None or _WRONG_AFTER.match(rest)):
        return True
    if _WRONG_AFTER.match(rest) or _is_kept_from_us(text, this):
        return True
    if later is not None and _DENIED_BEFORE.search(rest):
        return False
    return later is not None and len(rest) <= _FAR and bool(_BETWEEN.search(rest)) and not _JOINED.search(rest)


def _is_kept_from_us(text: str, this: FoundContact) -> bool:
    """Another person's number beside a no to being called: named so that it is not used."""
    if this.type != "phone" or not _OTHERS.match(text[this.end : this.end + _FAR]):
        return False
    return bool(_NO_CALLS.search(text)) and not _REACH_THEM.search(text)


def takes_back_earlier(text: str, has_contact: bool, is_next: bool = False) -> bool:
    """Whether folded `text` corrects a contact that an earlier message gave; `has_contact` if it holds one itself.

    `is_next` where the message right before it gave one: then a bare "wrong" is about that.
    """
    if re.search(r"错别?字", text):
        return False
    if _LATER_DENIAL.search(text) or (has_contact and _TAKES_BACK.search(text)):
        return True
    clauses = [piece.strip() for piece in re.split(r"[,.。!?;~\n]+|(?<=[\u4e00-\u9fff])\s+", text) if piece.strip()]
    if any(_NAMING_IT.search(clause) for clause in clauses):
        return True
    slips = [clause for clause in clauses if _SLIPPED.fullmatch(clause)]
    return is_next and bool(slips) and all(_COURTESY.fullmatch(each) for each in clauses if each not in slips)


def named_type(text: str) -> ContactType | None:
    """The kind of contact that folded `text` speaks of; None where it could be any."""
    return next((kind for kind, pattern in _NAMED if pattern.search(text)), None)
