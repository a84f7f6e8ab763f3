"""What a comment is, by plain rules: a complaint, spam, a wish to buy, a question, or talk."""

from __future__ import annotations

import re
from typing import Literal

from agentbot.contracts import PrePass
from agentbot.pre_pass.shapes import plain

CommentKind = Literal["complaint", "spam", "intent", "question", "talk"]
_SPAM = re.compile(
    r"https?://|www\.|\b[a-z0-9-]+\.(?:com|cn|net|top|xyz|vip|shop)\b"
    r"|互(?:粉|关|赞)|刷单|兼职.{0,6}(?:日结|赚|加)|日赚|躺赚|代(?:开|办|刷).{0,4}(?:票|证|量|粉)|(?:加|私|找|点)我.{0,6}(?:领|赚|带你|免费)"
    r"|主页.{0,6}(?:领|看|进|有)|贷款.{0,6}(?:秒批|包过|当天)"
    r"|\b(?:check|visit|click)(?: out)? (?:my|the link in my|this) (?:profile|bio|page|link)|\bearn \$?\d"
    r"|\bmake money\b|\b(?:crypto|bitcoin|forex|onlyfans)\b|\bfollow (?:me|back|for follow)\b|\bf4f\b|(.)\1{9,}"
)
_INTENT = re.compile(
    r"多少钱|啥价|什么价|价格|价位|报价|怎么卖|怎么买|哪里?(?:能|可以)?买|想(?:买|要|试|约|订|去|学|报名)|要一[台个份套辆]"
    r"|预约|试驾|下单|订一|报名|有(?:没有)?(?:现货|货|名额|优惠|活动)|求(?:价|联系|链接|带)|怎么联系|私信(?:我|了|你)|私我|感兴趣|求购"
    r"|\bhow much\b|\bprices?\b|\bcosts?\b|\bquote\b|\binterested\b"
    r"|\bi(?:'d| would)? (?:want|like|need) (?:to|one|this|it|a)\b"
    r"|\bwhere (?:can|do) i (?:buy|get|order)\b|\b(?:dm|pm|message) me\b"
    r"|\bbook(?:ing)?\b|\bappointment\b|\btest drive\b|\bin stock\b"
)
_NO = re.compile(r"(?:不买|不要|算了|不需要|不用了|no thanks|not interested)")
_QUESTION = re.compile(
    r"[?？]|吗|(?:呢|么|不)[\W_]*$|怎么|怎样|如何|为什么|多久|多大|多远|哪里|哪儿|哪个|哪家|什么|几[点个年天公]|是不是|能不能|可不可以|有没有|会不会"
    r"|^(?:how|what|when|where|which|why|who|can|could|do|does|is|are|will|would)\b"
)


def classify(text: str, seen: PrePass) -> CommentKind:
    """`seen` is the pre-pass of the same comment. What needs a person comes first, whatever else it is."""
    shaped = plain(text)
    if seen.is_complaint or seen.is_emergency or seen.wants_person:
        return "complaint"
    if _SPAM.search(shaped):
        return "spam"
    if seen.is_opt_out:
        return "talk"
    if seen.contacts or seen.partial_contact or seen.offers_contact or _INTENT.search(shaped):
        return "intent"
    return "question" if _QUESTION.search(shaped) and not _NO.match(shaped) else "talk"
