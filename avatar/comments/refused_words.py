"""Words that no answer is given to, by reason. Data only: they are here to be recognised, never said.

`PATTERNS` are looked for in text with its disguises undone. `BY_SOUND` are words people spell by other
characters or in Latin letters; what they sound like is compared, whole syllables only.
"""

from __future__ import annotations

from typing import Literal

Refusal = Literal["abuse", "adult", "politics", "gambling", "ad", "contact", "manipulation", "spam"]

PATTERNS: tuple[tuple[Refusal, str], ...] = (
    (
        "abuse",
        r"傻[逼比笔b屄叉缺x×✕]|煞笔|沙雕|[操草艹肏日干][你尼泥][妈马吗玛娘大全]|[你他她]妈[的逼b死]|(?<!妈)妈的(?![^,。!?]{0,3}(?:衣|鞋|礼))|tmd|(?<![a-z])(?:s[b13]|s[ .]b|cnm|nmsl|nmd|wdnmd|(?:wq?n)?mlgb|rnm|qnmd|sha ?bi|zhi ?zhang)(?![a-z0-9])"
        r"|脑[残殘]|智障|弱智|白痴|蠢货|废物|垃圾(?:主播|东西|产品|玩意)|(?:真|好|太|就是|一堆|纯)垃圾|贱[人货]|婊子|狗东西|畜生|杂种|混蛋|王八蛋|滚(?:蛋|开|粗|出去|吧|下播|远点)|去死|死全家|全家死|闭嘴|骗子(?!吗|吧\?)|割韭菜|坑人(?:货|的)?|黑心|恶心(?:死|人|的主播)"
        r"|(?:主播|你|长得)(?:好|真|太|那么|这么)(?:丑|恶心|蠢|傻|土|low)",
    ),
    (
        "abuse",
        r"(?<![a-z])(?:f+[u*@]+c*k+(?:ing|er|ed)?|fck|fuk|stfu|bitch(?:es)?|b1tch|asshole|a55hole|dickhead|bastard|cunt|moron|idiots?|retard(?:ed)?|dumb(?:ass)?|shut up|piece of (?:shit|crap)|bullshit|kill yourself|kys|go to hell|scammers?|stupid (?:host|bot|robot|stream|woman|man)|you(?:'re| are)? (?:so )?(?:ugly|stupid|trash|garbage|disgusting)|trash stream)(?![a-z])",
    ),
    (
        "adult",
        r"约炮|一夜情|裸[聊照体奔]|黄(?:片|网(?!纱)|色(?:网站|视频|电影|小说|录像))|色情|成人(?:网站|影片|视频)|看?(?:奶子|咪咪|胸部)|露(?:点|胸|奶)|脱(?:衣服?|一件|光|了吧)|包养|嫖|卖淫|援交|小电影|福利姬|大保健|鸡巴|做爱|啪啪啪|骚货|开房|(?:摸|睡)(?:你|一下你)|涩涩|(?<![a-z])(?:yue ?pao|se ?qing|luo ?liao)(?![a-z])",
    ),
    (
        "adult",
        r"(?<![a-z])(?:sexy? (?:chat|video|pics?|cam)|show (?:me )?(?:your )?(?:boobs?|tits?|body|feet|ass)|nudes?|naked|porn\w*|p[o0]rn|onlyfans|horny|hook ?up|take (?:it|that|your (?:clothes|shirt|top)) off|sex|xxx|boobs?|tits)(?![a-z])",
    ),
    (
        "politics",
        r"习近平|共产党|国民党|民进党|六四|天安门事件|法轮(?:功|大法)|台独|港独|藏独|疆独|(?:反对?|推翻)(?:政府|共|党)|反动|独裁|(?:游行)?示威|选举|总统|普京|特朗普|川普|拜登|泽连斯基|俄乌|乌克兰|巴以|加沙|台海|钓鱼岛|武统|政治|国家领导人|达赖|新疆棉|邪教|(?:支持|抵制)(?:美国|日本|台湾|以色列|俄罗斯|乌克兰)",
    ),
    (
        "politics",
        r"(?<![a-z])(?:trump|biden|putin|zelensky|xi jinping|election|democrats?|republicans?|communis[tm]s?|fascis[tm]s?|nazis?|free (?:tibet|palestine|hong kong)|gaza|israel|ukraine|taiwan (?:is|belongs|independen\w+)|tiananmen|falun ?gong|maga|politic\w*|vote for)(?![a-z])",
    ),
    (
        "gambling",
        r"博彩|赌[博场球]|菠菜网|时时彩|六合彩|彩票群|百家乐|北京赛车|下注|稳赚不赔|带你赚|日赚|日入(?:过)?[\d千万]|刷单|兼职(?:日结|加)|套现|贷款(?:加|找|秒)|代开发票|办证|外挂|(?<![a-z])(?:shua ?dan|bo ?cai)(?![a-z])",
    ),
    (
        "gambling",
        r"(?<![a-z])(?:casino|(?:double|triple) your (?:bitcoin|money|crypto)|bet(?:ting)? (?:now|here|site)|crypto (?:signals?|giveaway|profit)|bitcoin giveaway|forex signals?|make \$?\d+ ?(?:k )?(?:a|per) (?:day|week)|earn \$?\d+|work from home|get rich|free (?:followers|v-?bucks|robux|gift cards?))(?![a-z])",
    ),
    (
        "ad",
        r"(?:来|去|进|看)(?:看)?(?:一?下)?(?:我|俺)的?(?:直播间|主页|店铺?|橱窗|小店|号)|我(?:家|店里?|这里|那边|的店)(?:也)?(?:有)?(?:卖|更便宜|便宜|才|只要)|(?:关注|互关|回关)(?:我|一下我|必回)|(?:求)?互关|互粉|主页有|点我头像|同款(?:找我|我有)|厂家直销找我|代购(?:找我|私)|招代理|招募代理|接(?:推广|广告)|免费领(?!取优惠)|加群|加\+?v(?![a-z])|加我?微(?!信支付|笑|店|波|量)",
    ),
    (
        "ad",
        r"(?<![a-z])(?:follow (?:me|my|for follow|back)|(?:go to|visit|see|come to) my (?:page|profile|store|shop|live|channel)|check (?:out )?my (?:page|profile|channel|bio|stream|store|shop|live)|sub(?:scribe)? (?:to (?:me|my)|4 ?sub|for sub)|my (?:shop|store|channel|stream) (?:is|has|sells)|link in my bio|promo(?:te)? (?:it|your)|i sell (?:it|this|these|the same)|cheaper (?:at|on|in) my|f4f|dm me (?:for|to|if))(?![a-z])",
    ),
    ("ad", r"https?://|www\.|(?<![\w@])[a-z0-9-]{2,}\.(?:com|cn|net|org|top|xyz|shop|vip|cc|me|io)(?![a-z])"),
)

BY_SOUND: tuple[tuple[Refusal, str], ...] = (
    ("abuse", "操你妈"),
    ("abuse", "草泥马"),
    ("abuse", "你妈死了"),
    ("abuse", "你妈逼"),
    ("abuse", "死全家"),
    ("abuse", "王八蛋"),
    ("abuse", "狗日的"),
    ("abuse", "臭婊子"),
    ("adult", "看黄片"),
    ("adult", "约炮吗"),
    ("adult", "裸聊吗"),
    ("adult", "大保健"),
    ("politics", "法轮功"),
    ("politics", "共产党"),
    ("politics", "习近平"),
    ("politics", "天安门"),
    ("gambling", "时时彩"),
    ("gambling", "六合彩"),
    ("gambling", "百家乐"),
    ("ad", "加微信"),
    ("ad", "加薇信"),
    ("ad", "加我微"),
)
"""Three syllables and more: of two, plain speech has too many that sound alike (啥比, 你吗)."""

BY_LETTERS: tuple[tuple[Refusal, str], ...] = (
    ("abuse", "傻逼"),
    ("abuse", "智障"),
    ("abuse", "弱智"),
    ("abuse", "脑残"),
    ("abuse", "垃圾"),
    ("abuse", "傻叉"),
    ("abuse", "骗子"),
    ("adult", "约炮"),
    ("adult", "裸聊"),
    ("adult", "色情"),
    ("gambling", "赌博"),
    ("gambling", "博彩"),
    ("gambling", "刷单"),
    ("ad", "微信"),
    ("ad", "加群"),
)
"""Two syllables: only where at least one is spelled in Latin letters (sha逼, 加qun)."""
