"""Which of the contacts in a message the person takes back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agentbot.contracts import FoundContact

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
    r"(?:(?:打|写|发|说|输|填|报|记)错|错[了的]|不对(?!的?话)|作废|停机|停用|不用了|不再用|注销了|(?:已经?)?换了|我?(?:以前|原来|之前|从前)的|我?(?:的)?(?:旧[的号)]|老号|old\b)|(?:my |the )?(?:wrong|old|previous)|no longer|disconnected|a typo|out of (?:use|service)|not mine any ?more)"
)
_JOINED = re.compile(r"或者?|以及|还有|也(?:可以|行)|备用|都(?:可以|行)|打不通|\bor\b|\band\b|\balso\b|backup")
_TAKES_BACK = re.compile(
    _WRONG
    + r"|不是(?:刚才|之前|那个|上面|这个)|^\s*\*|号码换了|换号|换了个?(?:号|手机|微信)|new number|changed my (?:number|email)"
)
_LATER_DENIAL = re.compile(
    r"(?:刚[才刚]|之前|上面|前面|那个?|上一?个|我(?:的)?)[^,。;!?]{0,6}(?:号码?|电话|手机|微信|邮箱)?[^,。;!?]{0,4}(?:(?:打|写|发|说|输|填|报)错|错了|是错的|不对|作废|不用了|停机)"
    r"|(?:号码?|电话|手机号?|微信|邮箱)[^,。;!?]{0,3}(?:(?:打|写|发|说|输|填|报)错|错了|不对)"
    r"|\b(?:that|the|my) (?:number|email|phone|wechat|one|last one)\b[^.!?]{0,20}\b(?:wrong|incorrect|a typo|mistake|no longer)"
    r"|\bi (?:gave|typed|sent) (?:you )?(?:the|a) wrong (?:number|email)"
)
_FAR = 40


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
    if _WRONG_AFTER.match(rest):
        return True
    if later is not None and _DENIED_BEFORE.search(rest):
        return False
    return later is not None and len(rest) <= _FAR and bool(_BETWEEN.search(rest)) and not _JOINED.search(rest)


def takes_back_earlier(text: str, has_contact: bool) -> bool:
    """Whether folded `text` corrects a contact that an earlier message gave; `has_contact` if it holds one itself."""
    return bool(_LATER_DENIAL.search(text)) or (has_contact and bool(_TAKES_BACK.search(text)))
