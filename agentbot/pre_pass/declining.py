"""A visitor who is not going to buy, or wants to be left to think: told from worries, bargains and other wishes."""

from __future__ import annotations

import re

_THING = r"(?:它|这个|这款|这台|这辆|这车|车|了|课|卡|你们家?的?)?"
_CLEAR = re.compile(
    r"(?<!买)(?<!要)(?<!早知道)不(?:想|打算|准备|会|再)?(?:再)?(?:买|考虑|订购|购买|报名)(?:了|啦|咯)(?!吗|能|可以|的话|会|行|要不要|怎么|是不是|[^,。!?;]{0,3}[吗?])"
    rf"|(?:我|先|就|暂时|暂|还是|决定|那就|那我|也|真)不(?:想|打算|准备|会)?(?:买|考虑|要|做|报|办|学|订|定|贷|租|装){_THING}(?:了|啦|吧)*$"
    r"|(?<!还)(?<!有)(?:没|没有|不感|没啥|没什么)(?:什么)?兴趣(?:了|啦|,|$|谢)|(?:不|没)(?:再)?(?:需要|打算)(?:了|买|$)|(?<!问)(?:下次|改天|以后|回头|过段时间|过阵子|有机会|有需要|有空)再(?:说|看|联系|聊|来|约)吧?(?:$|,|。)"
    r"|(?:已经|刚|都|我)(?:在)?[^,。!?]{0,6}(?:买|订|定|选|报|办|签)(?:好|过|完|下)?了?(?:别|其他|其它|另一|另外)(?:家|人|的|款|车|台)|(?:在|找)(?:别|其他|其它|另一|另外一?)家(?:店)?(?:买|订|定|报|办|做)(?:好|过|完)?了"
    r"|(?:我|已经)(?:已经|都|刚)?(?:买|订|定)(?:好|完)?(?:车)?了(?:$|,|。|谢)|(?:我|再|让我|容我|得|要|先|回去|回家)?(?:再|先|回去|回家|好好)(?:想想|想一想|考虑|考虑考虑|考虑一下|考虑下|比较比较|对比一下|对比对比|商量商量|商量一下|看看吧|看看再说|说吧|说了)(?:再说)?(?:吧|$|,|。)"
    r"|我(?:要|得)?(?:考虑|想想|考虑考虑|考虑一下|商量一下|商量商量)(?:再说)?(?:吧|$|,|。)|(?:别|不要|不用|甭)(?:再|老|一直|总)?(?:问|追问|劝|推荐|推销|介绍|劝说)(?:我|这|那|东|西|来|去)*了(?:$|,|。|!)"
    r"|别(?:再)?问(?:我)?$|贵[^,。]{0,3},?(?:还是)?(?:算了|不买|放弃|买不起)|(?:还是|那就|那|就|先)算了|(?<![预打计])算了(?:不|吧|,?不)(?:买|要|考虑|想|看|问|聊|搞|$|,|。)|放弃了|(?:不打扰|不麻烦)你?您?们?了|买不起"
)
_CLEAR_EN = re.compile(
    r"\b(?:not|isn't|am not|ain't|no longer|wasn't) (?:really |that |so |very |at all )?interested(?: in (?:buying|it|this|that|any of this|anything)(?: \w+)?)?(?: any ?more| any longer| now| at all)?(?=$|[,.!;]| thanks| thank you)"
    r"|\bnot (?:going to |gonna |planning to |looking to )?(?:buy(?:ing)?|purchas(?:e|ing))(?: it| one| this| that| anything| a car| from you)?(?: any ?more| now| today| after all)?(?=$|[,.!;]| thanks)"
    r"|\b(?:don't|do not|no longer|won't|not going to|decided not to) (?:really )?(?:want to |need to |plan to |wish to )?(?:buy|purchase|need|want)(?: it| one| this| that| anything| a car| the car| to)?(?: any ?more| any longer| now| after all)(?=$|[,.!;]| thanks)"
    r"|\b(?:don't|do not|won't|decided not to) (?:want to )?(?:buy|purchase)(?: it| one| this| that| anything)?(?=$|[,.!;])"
    r"|\b(?:too (?:expensive|much|pricey|dear)|can't afford (?:it|that|this))\b[\s,.!;-]*(?:so |then )?(?:forget|never ?mind|no thanks|i'll pass|pass|bye)"
    r"|\bforget (?:it|about it)\b|\b(?:already |just )?(?:bought|got|found|purchased|ordered|went with|chose) (?:one |a car |it |something |another |mine |a different )*(?:elsewhere|somewhere else|from (?:another|someone else|somebody else)|already|one)(?=$|[\s,.!;])"
    r"|\b(?:i'?ve |i have |i )already (?:bought|got|ordered|purchased) (?:one|another|a|mine|something)|\bi(?:'ll| will| need to| have to| want to|'d like to|'m going to) (?:have to |need to )?(?:think (?:about it|it over|on it)|sleep on it|pass(?: on (?:this|it))?|leave it)(?=$|[\s,.!;])|\blet me think(?: about it| it over)?(?=$|[,.!;])"
    r"|\b(?:maybe |perhaps )?(?:another|some other|next) time(?=$|[,.!;]| thanks| maybe| perhaps)|\b(?:stop|quit) asking\b|\bdon't ask(?: me)?(?: again| any ?more| that)?(?=$|[,.!;])|\b(?:it's |this is |that's )?not for me(?=$|[,.!;])|\b(?:i'm|i am) out(?=$|[,.!;])"
)
_IF = re.compile(
    r"不然|否则|要不然?就|如果|要是|万一|的话|除非|(?:怕|担心)|\b(?:if|unless|or else|otherwise|in case|why|before)\b"
)
_ABOUT_SOMETHING_ELSE = re.compile(
    r"号码?|电话|微信|邮箱|短信|对[^,。]{1,12}(?:没|不感)|不(?:买|考虑|要|需要)[^了,。!?;]{1,6}了?吗|\bnot interested in (?!buying|it\b|this\b|that\b|any)|\bdon't (?:need|want) (?:a|the|any|my|to give|to leave|to share|to be)\b"
)
_AT_THE_END = re.compile(
    r"(?:(?:那|哦|嗯|好|行|好吧|好的|唉|哎)*(?:算了吧?|不用了?|不需要|不必了?|不要了|不了|没兴趣|不感兴趣|不买|不考虑|不打算买|再说|拜拜?了?您?|我想想|考虑考虑|想想再说))(?:吧|啊|哈|谢谢|啦)*"
    r"|(?:(?:ok|okay|hmm|well|sorry|um|oh|ah|alright|but)[\s,]*)*(?:no,? ?(?:thanks|thank you|thx)|not interested|never ?mind|nah|i'll pass|not (?:today|now)|changed my mind|i (?:have |'ve )?changed my mind|maybe later|no longer interested|i give up)(?: (?:then|anyway|though|thanks))?"
)
_COURTESY = re.compile(
    r"(?:好的?|嗯+|哦|行|ok|okay|谢谢|谢了|感谢|多谢|辛苦了?|不好意思|抱歉|打扰了?|再见|拜拜|拜|thanks|thank you|thx|cheers|bye|goodbye|sorry|have a (?:nice|good) (?:day|one)|anyway|though|你们?|您|啊|哈|了|吧|呀|for (?:your|the) (?:help|time|info)|so much|very much|a lot|\s)*"
)


def declines(text: str, is_answer_to_ask: bool = False) -> bool:
    """Whether plain `text` says no to the purchase or puts it off; a plain "no" that answers our ask for a contact doesn't."""
    clauses = [each.strip() for each in re.findall(r"[^,。.!?;\n]+[,。.!?;\n]*", text) if each.strip()]
    meant = [each for each in clauses if not _COURTESY.fullmatch(each.rstrip(",。.!?;\n "))]
    if not meant:
        return False
    whole = " ".join(clauses)
    if _ABOUT_SOMETHING_ELSE.search(whole):
        meant = [each for each in meant if not _ABOUT_SOMETHING_ELSE.search(each)]
    if any(_is_clear(each) for each in meant) or (not _IF.search(whole) and _is_clear("".join(meant))):
        return True
    last = meant[-1] if meant else ""
    is_last_no = bool(_AT_THE_END.fullmatch(last.rstrip(",。.!;\n ")))
    return is_last_no and not is_answer_to_ask


def _is_clear(clause: str) -> bool:
    if _IF.search(clause) or clause.endswith("?") or re.search(r"[吗么]\W*$", clause):
        return False
    bare = clause.rstrip("。.!;, \n~")
    return bool(_CLEAR.search(bare) or _CLEAR_EN.search(bare))
