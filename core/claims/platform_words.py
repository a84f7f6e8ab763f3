"""What ad platforms refuse in copy whatever the law says: lures off the platform, false buttons, bait. Data only."""

from __future__ import annotations

from functools import lru_cache

from core.claims.evasions import unmask
from core.claims.rules import TextRule, apply_rules, rule
from core.contracts import Finding, Language, Platform

_READ = "2026-11-22"
_CN = "Kuaishou 磁力引擎 and Ocean Engine creative review rules, as their public help pages summarise them"
_TT = "TikTok Advertising Policies: ad format and functionality, misleading content"
_META = "Meta Advertising Standards: personal attributes, sensational content, non-existent functionality"
_YT = "Google Ads policies: clickbait, misleading ad design, destination mismatch"

_CONTACT = rule(
    "platform-contact",
    r"(?:加|添加|扫|联系|搜|找)(?:我|你|老师|客服|店主|主播|一下|助理"
    r"|本人)?(?:的)?(?:个人)?(?:微信|v信?(?![领脸颈a-z])|qq(?!糖|弹|音乐)|企微|企业微信"
    r"|钉钉|飞书|电报|telegram|whatsapp)(?:号|群)?|(?:微信|qq|v信?|whatsapp|telegram)(?:号"
    r"|群)?\s?(?:[:：是为]|→|->)\s?[a-z0-9_]{3,}|微信(?:同号|号码|搜索?|联系|找我|领取"
    r"|咨询|私聊|下单|群)|加我?(?:为)?好友|联系方式[在见]主页|主页有(?:我的?)?联系方式"
    r"|(?:进|加|入)(?:粉丝|福利|内部|微信|qq)?群(?!众|体|山|岛|主持|落)"
    r"|私信(?:我|领|发|获取|要|客服)?[^,。!?]{0,4}(?:资料|领取|优惠|链接|报价|价格|微信"
    r"|红包|暗号|\d)|私(?:我|聊)(?:领|发|获取|报价|微信)|关注(?:公众号|公号|vx)"
    r"|公众号(?:搜|回复|领)|(?:拨打|致电|打电话|电话[:：]?)\s?1\d{2}[\d\s\-]{6,10}"
    r"|(?<!\d)1[3-9]\d{9}(?!\d)|(?:手机号|电话|联系方式)(?:发|留|打在?|扣在?)(?:我|给我"
    r"|评论|公屏|下方)|(?:评论区|公屏)[^,。]{0,4}(?:留|打|扣|发)(?:下)?(?:手机号|电话|微信"
    r"|联系方式|1领|111)",
    "{word!r} leads viewers off the platform",
    _CN,
    _READ,
    (
        r"(?:支持|可用|使用|绑定|打开|登录|用)微信(?:支付|付款|登录|小程序|扫码支付)|微信支付"
        r"|(?:不加|不用加|无需加|不需要加|别加|不要加|拒绝加|谨防)[^,。!?]{0,8}(?:微信|群"
        r"|qq)[^,。]{0,4}|微信(?:步数|运动|表情|头像|朋友圈|红包封面)|(?:家庭|工作|班级|同事"
        r"|家长|公司)(?:微信)?群"
    ),
)
_OTHER_SHOP = rule(
    "platform-other-shop",
    r"(?:去|上|到|来|打开|在)?(?:淘宝|天猫|京东|拼多多|唯品会|闲鱼|小红书|得物|美团|某宝"
    r"|桃宝|某多多|淘口令|咸鱼)(?:上)?(?:搜索?|下单|旗舰店|店铺|同款|购买|看看|找|见|有售"
    r"|领券|app)|复制(?:这段|口令|链接)[^,。!?]{0,6}(?:打开|淘宝|浏览器)|(?:某宝"
    r"|桃宝)(?!宝)",
    "{word!r} sends viewers to another platform",
    _CN,
    _READ,
    (r"(?:不用|不必|别)(?:去|上|到)?(?:淘宝|京东|拼多多|天猫)[^,。!?]{0,4}",),
)
_FALSE_BUTTON = rule(
    "platform-fake-interaction",
    r"(?:点击|点)就送|[点戳](?:击)?(?:我|我的)头像|点(?:击)?(?:这里|下面|下方|屏幕|视频"
    r"|任意位置|画面)?(?:就)?(?:能|可以"
    r"|即可)?(?:立即)?(?:领|抢|拆|开|收)(?:取)?(?:现金)?红包|(?:点击|点|长按|双击)(?:屏幕"
    r"|头像|画面|这个?红点|播放键?|叉|关闭)(?:就)?(?:能|可|有|领|抽|查看|解锁|惊喜|继续)"
    r"|(?:您|你)(?:有|收到)(?:了)?(?:一[个条笔封]|1[个条笔封])?(?:未领取的?|未读的?"
    r"|新的?)(?:红包|消息|到账|奖金|礼包|转账)|(?:红包|现金|到账)\s?\d+(?:\.\d+)?元?(?:已"
    r"|待)(?:到账|领取)|(?:手机|内存|电池)(?:已)?(?:中毒|中病毒|空间不足"
    r"|严重发热)[^,。]{0,8}(?:点击|清理)|(?:恭喜|恭贺)(?:您|你)?(?:已)?(?:中奖|获得|抽中"
    r"|被选中)|(?:点赞|关注|转发|评论|集赞|分享)[^,。!?]{0,8}(?:就送|领红包|送现金|抽奖"
    r"|免费送|即可领|包邮送|领奖|抽手机|送手机)|不(?:点|转|看|关注)(?:就)?(?:不是中国人"
    r"|后悔|亏|会后悔)|不转不是",
    "{word!r} pretends an interaction or buys engagement",
    _CN,
    _READ,
    (r"(?:红包封面|收红包的?快乐|过年[^,。]{0,6}红包|拆红包的)[^,。]{0,4}",),
)
_BAIT_ZH = rule(
    "platform-clickbait",
    r"震惊(?:了|全|!|,|$)|(?:惊呆|吓傻|惊掉)(?:了|所有|全|下巴)[^,。]{0,4}|(?:刚刚"
    r"|紧急)(?:通知|曝光|宣布)|(?:速看|快看)[,!]?(?:马上|即将|很快)?(?:就?要?)?(?:删|下架"
    r"|被删)|看完(?:这个视频)?(?:所有人)?(?:都)?(?:哭了|沉默了|惊呆)"
    r"|99%的?人(?:都)?(?:不知道|做错|不会)|(?:男|女)人(?:看了|都)(?:沉默|流泪|受不了)"
    r"|不看后悔(?:一辈子|终身|死)|(?:内部|绝密|内幕)(?:消息|曝光|视频)|央视(?:都)?(?:曝光"
    r"|播了|报道了)|(?:不敢|千万别|没人敢)告诉你的[^,。]{0,4}(?:秘密|真相|内幕)|(?:马上"
    r"|即将|随时)(?:被)?(?:删除|封禁|下架)[^,。]{0,3}(?:快|赶紧|速)",
    "{word!r} is clickbait",
    _CN,
    _READ,
    (),
)
_CONTACT_EN = rule(
    "platform-contact",
    r"(?<![a-z])(?:(?:add|message|text|contact|dm|call|reach|hit)(?: me| us"
    r"| up)?(?: up)? (?:on|at|via|through) (?:whatsapp|telegram|wechat|signal|line"
    r"|snap(?:chat)?)|add (?:our|my) (?:whatsapp|telegram|wechat)|(?:whatsapp|telegram"
    r"|wechat|微信)(?: me| us| at| number|:)|(?:call"
    r"|text|dial|whatsapp)(?: (?:us|me))?(?: (?:now|today|at))? ?\+?\d[\d \-()]{7,}"
    r"|add (?:our|my) (?:whatsapp|微信|telegram)|join (?:our|my|the) (?:whatsapp"
    r"|telegram|wechat|discord|facebook) (?:group|channel)"
    r"|dm (?:me|us) (?:for|to get)(?: the)? (?:price|prices|link|details|order)|t\.me/"
    r"|wa\.me/)",
    "{word!r} leads viewers off the platform",
    _TT,
    _READ,
    (r"(?:pay|paying) with wechat|wechat pay",),
)
_OTHER_SHOP_EN = rule(
    "platform-other-shop",
    r"(?<![a-z])(?:search (?:for )?(?:us|it|this) on (?:amazon|ebay|etsy|shein|temu"
    r"|aliexpress)|(?:find|buy|get|order) (?:it|us|yours|this) on (?:amazon|ebay|etsy|temu"
    r"|shein|aliexpress)|link on amazon)",
    "{word!r} sends viewers to another platform",
    _TT,
    _READ,
)
_FALSE_BUTTON_EN = rule(
    "platform-fake-interaction",
    r"(?<![a-z])(?:you(?:'ve| have) (?:won(?! (?:my|our|me|us|over|the argument))"
    r"|been selected|been chosen|received \$)"
    r"|congratulations,? you|claim your (?:prize|reward|cash|free gift card)|(?:like|share"
    r"|comment|follow|tag)(?: and (?:share|follow|comment|like))? to (?:win|enter|get"
    r"|claim|unlock)|like and share|tag \w+ friends? to|(?:your (?:phone|device|computer"
    r"|battery) (?:is|has been|may be) (?:infected|at risk|damaged|out of storage))|(?:1|one"
    r"|\d+) (?:new|unread) (?:message|notification)s?|swipe up to (?:win|claim)"
    r"|tap (?:the screen|anywhere) to (?:win|claim|unlock|continue|reveal)"
    r"|click (?:here )?to claim|press play to win|close this ad)",
    "{word!r} pretends an interaction or buys engagement",
    _META,
    _READ,
    (r"(?:like|share) and share (?:a|your|the) (?:meal|table|bottle|plate)",),
)
_BAIT_EN = rule(
    "platform-clickbait",
    r"(?<![a-z])(?:you won'?t believe|(?:doctors|dentists|experts|banks|they"
    r"|big pharma) (?:hate|don'?t want you to know)|(?:this|the) video (?:will be|is being"
    r"|gets) (?:deleted|removed|taken down)|secrets? (?:that )?(?:doctors|banks|dentists"
    r"|experts) (?:hide|don't)|this one (?:weird|simple"
    r"|strange) trick|one weird trick|what happens next|will (?:shock|blow) (?:you"
    r"|your mind)|shocking (?:truth|secret|video)|(?:the )?secret (?:they|that doctors"
    r"|the industry)[^.!?]{0,30}|before (?:it's|this is|they) (?:deleted|banned|taken down"
    r"|take it down|take this down|delete)|watch before (?:it's )?(?:deleted|banned)"
    r"|gone wrong|jaw[- ]dropping|mind[- ]blowing (?:trick|secret)"
    r"|99\s?% of people (?:don'?t|get|fail)|number \d+ will)",
    "{word!r} is clickbait",
    _YT,
    _READ,
    (r"you won'?t believe how (?:long|much) i (?:waited|slept)",),
)
_PERSONAL_EN = rule(
    "meta-personal-attributes",
    r"(?<![a-z])(?:are you (?:fat|overweight|obese|broke|in debt|depressed|bald|balding"
    r"|lonely|single|divorced|diabetic|disabled|gay|muslim|jewish|black|asian|bankrupt)"
    r"|(?:your|you have) (?:acne|obesity|diabetes|depression|debt|cellulite|belly fat"
    r"|bad breath|ugly [a-z]+|wrinkles|anxiety)(?: (?:is|are|makes?))?)(?![a-z])",
    "{word!r} points at a viewer's personal attribute",
    _META,
    _READ,
)

_SHARED: dict[Language, tuple[TextRule, ...]] = {
    "zh-CN": (_CONTACT, _OTHER_SHOP, _FALSE_BUTTON, _BAIT_ZH),
    "en": (_CONTACT_EN, _FALSE_BUTTON_EN, _BAIT_EN),
}
_OWN: dict[Platform, tuple[TextRule, ...]] = {
    "kuaishou": (),
    "douyin": (),
    "tiktok": (_OTHER_SHOP_EN,),
    "meta": (_PERSONAL_EN,),
    "youtube": (),
}


def platform_rules(language: Language, platform: Platform | None) -> tuple[TextRule, ...]:
    """Rules for copy in `language`: those all platforms share, and the platform's own where one is named."""
    return (*_SHARED[language], *(_OWN[platform] if platform else ()))


@lru_cache(maxsize=8192)
def check_platform(text: str, language: Language, platform: Platform | None = None) -> tuple[Finding, ...]:
    """Findings of platform rules in `text`."""
    return apply_rules(platform_rules(language, platform), unmask(text))
