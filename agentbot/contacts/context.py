"""Words round a number that say what it is: an order, an amount, somebody else's, or a way to be reached."""

from __future__ import annotations

import re

_NO = r"(?:号码|编号|号|no\.?|num(?:ber)?|#|id)?"
_LINK = r"(?:[\s::;,=#\-]|是|为|叫|is|was|的){0,5}"
_THING = (
    r"订单|单号|运单|快递|物流|编号|流水|工号|学号|会员|合同|保单|卡号|银行卡|信用卡|储蓄卡|账号|帐号|账户|发票|车架"
    r"|身份证|证件|护照|执照|税号|信用代码|条形码|条码|验证码|校验码|取件码|序列号|商品|货号|批次|设备号|房间号|票号|预约码"
    r"|(?:用户|客户|会员|账户|玩家|游戏|会议|商家|直播间?)(?:id|号|编码)|uid|就诊|病历|门诊|学籍|社保|医保|公积金|房产证|驾驶证|驾照|座位|抖音号|快手号|小红书号|[\u4e00-\u9fff](?<!号)码(?!:?是?我)"
    r"|交易号|交易|案件|工单|参考号|型号|粉丝|播放量|阅读量|qq号?|群号|群|转账|余额|付款|金额|价格|总价"
)
_THING_EN = (
    r"(?:order|ref(?:erence)?|tracking|invoice|booking|ticket|case|sku|imei|account|acct|card|serial|passport|parcel"
    r"|shipment|confirmation|transaction|code|otp|isbn|barcode|vin|policy|contract|item|part|model|member(?:ship)?"
    r"|licen[cs]e|tax|waybill|claim|receipt|routing|bank|iban|student|employee|po|user|customer|client|meeting|zoom|voucher|coupon|reservation|appointment|patient|flight|pnr|pin|uid)"
)
_NUMBERED_THING = re.compile(
    rf"(?:(?:{_THING}){_NO}|(?<![a-z]){_THING_EN} ?(?:no\.?|num(?:ber)?|id|#|code)?){_LINK}[a-z]{{0,4}}[\-:]?\s?$"
)
_THEIRS = re.compile(
    r"(?:(?:你们|您们|你家|你店|贵司|贵公司|贵店|店里|门店|商家|官方|客服|厂家|售后)的?(?:官方|客服|门店|售后|服务|联系|公司)*的?"
    r"(?:电话|手机|号码|热线|微信|邮箱|号)+(?:号码?)?|(?<![a-z])(?:your|the (?:shop|store|clinic|company|office|dealer(?:ship)?)(?:'s)?|"
    r"support|customer service|hotline)(?: (?:office|company|store|shop|customer service|service|support|contact|phone|"
    r"mobile|cell|number|line|hotline|email|e-mail|address|wechat))+)(?:[\s::]|是不是|还是|是|不是|为|is|still|it|at){0,4}$"
)
_STRANGER_BEFORE = re.compile(
    r"(?:接到|收到|拦截了?|拉黑了?|屏蔽了?|举报|骚扰电话|诈骗电话|陌生号码?|来电显示)(?:了|一个|个|的|电话|短信|号码|是|自)*"
    r"[\s::]*$|(?:call|text|message|sms)s? from (?:this |the )?(?:number )?$|(?:report|block(?:ed)?|spam(?:mer)?) $"
)
_STRANGER_AFTER = re.compile(
    r"\s*(?:这个?(?:号码?|电话))?(?:给我)?(?:打来的?|打给我的?|打过来的?|刚才?打|的?来电|的骚扰|发来的?短信|是不是?你们|是谁的?|是骗子"
    r"|(?:just |keeps? |has been )(?:called|calling|texted|texting|spamm)| (?:called|texted) me\b|,? (?:is|was) that you)"
)
_THING_AFTER = re.compile(
    r"\s*(?:这个|这|那个|是|的|我的|是我的|这是){0,3}(?:订单|单号|快递|运单|包裹|会员号|卡号|工单|编号|流水号|qq)(?!号?[:是]?\s?[\da-z])|,? (?:is |was )?(?:my |the |our )?(?:order|tracking|invoice|ticket|booking|reference|confirmation|account|policy) (?:number|no|id|code)"
)
_COUNTED = re.compile(
    r"\s?(?:元|块(?!儿)|万(?!一)|亿|美[元金]|人民币|日元|港币|欧元|英镑|公里|千米|米|克|公斤|吨|粉丝|人(?!工|家|在)|次|%"
    r"|(?:rmb|usd|cny|yuan|dollars?|bucks|euros?|pounds|yen|views|followers|km|kg|won|krw|jpy)\b)"
)
_MONEY_BEFORE = re.compile(r"(?:[$€£¥₩]|rmb|usd|cny|krw|jpy|eur)\s?$")
_IN_ADDRESS = re.compile(r"(?:https?://|www\.|[a-z0-9]\.[a-z]{2,}/)\S*$|[?&][a-z0-9_\-]*=$|[a-z0-9._%+\-]*[a-z0-9]@$")
CUE = re.compile(
    r"电话|手机|联系|打给|打我|拨|致电|回电|回拨|号码|微信|加我|加v|vx|wx|短信|找我|留个?|我的?号|call|phone|mobile|cell|text me|reach|"
    r"contact|ring me|whats ?app|wechat|tel\b|dial|number"
)


def is_something_else(text: str, start: int, end: int) -> bool:
    """Whether the digits at `start`..`end` of folded `text` are an order, an amount, an address's or a stranger's."""
    before, after = text[max(0, start - 40) : start], text[end : end + 30]
    if after[:1] == "@" or _COUNTED.match(after) or _MONEY_BEFORE.search(before[-5:]):
        return True
    return bool(
        _THING_AFTER.match(after)
        or _NUMBERED_THING.search(before)
        or _THEIRS.search(before)
        or _STRANGER_BEFORE.search(before)
        or _STRANGER_AFTER.match(after)
        or _IN_ADDRESS.search(before)
    )


def is_theirs(text: str, start: int) -> bool:
    """Whether what stands at `start` is said to be the shop's own."""
    return bool(_THEIRS.search(text[max(0, start - 40) : start]))


def has_cue(text: str, start: int, end: int) -> bool:
    """Whether words of reaching somebody stand near, or nothing else stands there at all."""
    near = text[max(0, start - 24) : start] + "\n" + text[end : end + 16]
    return bool(CUE.search(near)) or not re.sub(r"[\W_]", "", text[:start] + text[end:])
