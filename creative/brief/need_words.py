"""What a sentence of need is made of: patterns for length, platform, offer, audience, tone, filler."""

from __future__ import annotations

from core.contracts import Language, Platform

_N = r"(?:\d+(?:\.\d+)?|[一二三四五六七八九十两半]+)"

ORDERS = (
    r"(?:帮忙|帮我们?|给我(?!家|们)|替我们?)?(?:想要?|需要|要|来)?(?:做|拍|剪|弄|整|出|写|生成|制作|来|要)(?:一?[个条支段部份则款])?"
    r"(?:竖版|竖屏|短|带货|推广|宣传|广告|卖货)*(?:视频广告|短视频|视频|广告片?|短片|片子|宣传片)(?:来|用来|去)?"
    r"(?=卖|推|宣传|介绍|带|种草|安利|讲|给|[\s,。;!?]|$)"
)
"""Asking for the video itself: says nothing of the product."""

_AMOUNT = r"(?:[¥$€£]\s?)?\d+(?:,\d{3})*(?:\.\d+)?\s?(?:元|块钱?|美元|dollars|usd|yuan)?"
OLD_PRICE = (
    rf"(?:原价|市场价|划线价|吊牌价|门市价|门店价|专柜价|官方价|日常价|平时)\s?(?:是|为|要|卖)?\s?[::]?\s?{_AMOUNT}"
    rf"|\b(?:was|originally|original price|regular price|regularly|list price|rrp|reg\.?)\s?:?\s?{_AMOUNT}"
)
"""What it cost before: no price of today, and nobody's proof of a saving."""

PRICE_CUE = (
    r"(?:现价|现在(?:只要|只需|仅需|卖)?|售价|单价|价格|到手价?|活动价|券后价?|直播价|秒杀价|特价|团购价|优惠价|只要|只需|仅需|仅售"
    r"|卖)\s?(?:是|为|只要|只需)?\s?[::]?\s?(?P<zh>\d+(?:\.\d+)?)"
    r"(?![\d.%]|\s?(?:秒|分|小时|天|年|个|[折倍岁度升斤克米]|[a-z]))"
    r"|\b(?:now|price|priced at|costs?|only|just)\s?(?:only|just|is)?\s?:?\s?(?P<en>\d+(?:\.\d+)?)(?![\d.%]|[ -]?[a-z])"
)
BARE_PRICE = (
    r"(?:^|(?<=[,。;!?]))\s*(?P<alone>\d+(?:\.\d{1,2})?)\s*(?=[,。;!?]|$)"
    r"|(?<![\d.])(?P<each>\d+(?:\.\d{1,2})?)\s?(?:一|/|每)\s?[个件份瓶杯盒袋包箱罐支只条套台双斤次位节](?=[\s,。;!?]|$)"
)
"""A figure with no sign: it is a price where a word of price stands before it, or it stands alone, or 一瓶 follows."""

LENGTH = (
    rf"{_N}\s*(?:秒钟?|分钟)(?!到|见|速|充|出|发)(?:左右|以内|的)?"
    r"|(?<![a-z\d.])\d+(?:\.\d+)?\s*-?\s*(?:seconds?|secs?|s|minutes?|mins?)(?![a-z])(?:\s+long|左右|以内|的)?"
    r"|\b(?:five|six|ten|fifteen|twenty|thirty|forty|forty-five|sixty)[ -](?:seconds?|second)\b"
)

PLATFORM_NAMES: dict[Platform, str] = {
    "kuaishou": r"快手|\bkuaishou\b|\bkwai\b",
    "douyin": r"抖音|\bdouyin\b",
    "tiktok": r"\btik ?tok\b",
    "meta": r"\bmeta\b|\bfacebook\b|\binstagram\b|\breels\b|\bfb\b|脸书",
    "youtube": r"\byoutube(?: shorts)?\b|\bshorts feed\b|油管",
}

OFFERS = (
    r"(?:首单|首杯|首月|新人价?|新客价?|体验价)\s?(?:只要|仅需|立减"
    rf"|减)?\s?[¥￥]?\s?(?:{_N}\s?(?:元|块钱?|折)|\d+(?:\.\d+)?(?=[\s,，。;；]|$))",
    rf"买\s?{_N}\s?[瓶件盒包杯袋份个]?\s?[送赠得]\s?{_N}\s?[瓶件盒包杯袋份个]?",
    rf"(?:每)?满\s?{_N}+\s?元?\s?[,，]?\s?(?:立?减|返|送|打)\s?{_N}+\s?[元折]?",
    r"第[二2两三3]\s?[件杯瓶份盒个袋]\s?(?:半价|免费|\d+(?:\.\d+)?\s?折|[0０零]元" r"|[一二三四五六七八九]折)",
    rf"(?:(?:新人|新客|首单|下单|现在|全场|会员|限时)\s?)?(?:立减|直降|减)\s?{_N}+\s?元?",
    r"(?:(?:新人|新客|首单|全场|会员|限时"
    r"|前\s?\d+\s?名)\s?)?(?:打\s?)?(?:\d{1,2}(?:\.\d)?"
    r"|[一二三四五六七八九]{1,2})\s?折(?:起|优惠)?(?!叠|扣|腾)",
    r"全场包邮|顺丰包邮|包邮|免运费|赠运费险|送运费险|免费试[吃用听驾玩]|免费体验",
    r"(?:限时|首单)?半价",
    r"\bbuy\s+(?:\d+|one|two|three)\s*,?\s*get\s+(?:\d+|one|two|three)(?:\s+(?:free"
    r"|half (?:price|off)|\d+% off))?\b|\bbogo\b",
    r"\b(?:up to |save |get )?\d+(?:\.\d+)?\s?% (?:off"
    r"|discount)(?:\s+(?:your )?(?:first (?:order|month|purchase)|everything|sitewide"
    r"|today))?",
    r"(?:\b(?:save|get) )?[$€£]\d+(?:\.\d+)? off(?:\s+(?:your )?(?:first (?:order|month" r"|purchase)))?\b",
    r"\bhalf(?:[ -]price| off)\b|\bsecond (?:one|bottle|pair|item) half[ -](?:price|off)\b",
    r"\bfree (?:shipping|delivery|trial|returns|sample|gift)\b",
)

_WHO_ZH = (
    "上班族|打工人|白领|职场人|职场新人|程序员|大学生|学生党|学生|中学生|小学生|考研党"
    "|毕业生|宝妈|新手妈妈|妈妈|奶爸|爸爸|家长|父母|孕妇|老人|老年人|中老年人?"
    "|年轻人|女生|女性|男生|男性|女孩子?|男士|女士|情侣|夫妻|小家庭|家庭|孩子|儿童|小朋友"
    "|租房党|独居青年|独居人士|养宠人士|铲屎官|吃货|咖啡爱好者|健身党|健身人群"
    "|健身爱好者|运动爱好者|户外爱好者|旅行爱好者|跑者|车主|新手司机|司机|老师|护士|医护"
    "|商务人士|创业者|自由职业者|熬夜党|早八人|精致女孩|潮人|极客|数码爱好者|游戏玩家"
)
_WHO_EN = (
    r"(?:busy |young |working |new |first-time |tired |remote |small |city |budget "
    r"|stay-at-home |college |high school |frequent )*"
    r"(?:office workers?|commuters|students|professionals|moms|mums|dads|parents|mothers"
    r"|fathers|families|couples|women|men|kids|children|teens|teenagers|"
    r"runners|cyclists|hikers|campers|travelers|travellers|gamers|developers|programmers"
    r"|designers|freelancers|drivers|car owners|pet owners|dog owners|"
    r"cat owners|dog lovers|cat lovers|coffee lovers|tea lovers|foodies|gym-goers|athletes"
    r"|beginners|renters|homeowners|entrepreneurs|nurses|teachers|"
    r"seniors|adults|creators|night owls|people who [a-z ]{3,30}|millennials|gen z"
    r"|job seekers|language learners|workers|shoppers|home cooks|bakers|gardeners)"
)
AUDIENCE: dict[Language, tuple[str, ...]] = {
    "zh-CN": (
        r"(?:目标(?:人群|用户|受众)|受众|人群|面向|针对)\s*(?:是|为"
        r"|[::])?\s*(?P<who>[^,，。;；]{2,16}?)(?:人群|群体)?(?=[,，。;；]|$)",
        rf"(?:拍?给|卖给|适合|送给)\s*(?P<who>[^,，。;；]{{0,6}}?(?:{_WHO_ZH}))(?:们)?(?:看|的" r"|用|喝|吃|穿|人群)*",
        rf"(?P<who>(?:\d{{2}}\s?[-~到至]\s?\d{{2}}\s?岁(?:的)?)?(?:{_WHO_ZH}))(?:们" r"|人群)?(?=[\s,，。;；、]|$)",
    ),
    "en": (
        r"\b(?:for|aimed at|targeting|target(?:ing)? audience:?|audience:?)\s+(?P<who>" + _WHO_EN + r")\b",
        r"(?:^|[,;.]\s*)(?P<who>" + _WHO_EN + r")(?=\s*(?:[,;.]|$))",
        r"\b(?:aimed at|targeting|target audience:?" r"|audience:?)\s+(?P<who>[a-z][a-z '\-]{2,38}?)(?=[,;.]|$)",
    ),
}

TONES = (
    r"(?:语气|风格|调性|口吻)\s*(?:是|为|[::])?\s*([^,，。;；\s]{1,12})"
    r"|\b(?:tone|style|voice):?\s+([a-z][a-z \-]{2,24}?)(?=[,;.]|$)"
)

FILLER: dict[Language, str] = {
    "zh-CN": (
        r"^(?:请|麻烦)?(?:帮忙|帮我们?|给我(?!家|们)|替我们?|为我们?|我想要?|我要|我们要|想要?|需要|来|做|拍|剪"
        r"|生成|制作|出|写|整|弄)(?:做|拍|剪|生成|制作|弄|整)?(?=.)"
        r"|^(?:竖版|竖屏|短|带货)*(?:视频广告|短视频|视频|广告片?|短片)\s?(?=卖|推广|推荐|宣传|介绍|带货|种草)"
        r"|^(?:推荐|安利|种草|带货|推(?!广|车|杆|子|拿|剪|背))(?=.{2})|^一?下(?=我|.?新)|^一下|^新(?:开|上|出|到)的(?=.{2})"
        r"|^(?:[一两]?款)(?=.{2})"
        r"|^(?:[一1]?[条个支段部份款则])(?:的)?|^(?:一|几)(?:条|个|支|段|部|份)"
        r"|^(?:给|为|的|卖|推广|宣传|介绍|关于|产品是?|产品[::]|商品是?|主推|我们的|我们(?=新开|新上|新出|店|这)|我们家的?"
        r"|我家的?|新品)(?=.{2})"
        r"|的?(?:竖版|竖屏|短)?(?:广告片?|视频广告|短视频|视频|短片|片子|素材|宣传片)(?:$)"
        r"|(?:看|的|用|投放|左右|,)$|^\s+"
    ),
    "en": (
        r"^(?:please |can you |i need |i want |we need |we want |needs? |need |wants? |wanna |make |create |give me "
        r"|produce |generate |write )+"
        r"|^(?:me |us )|^(?:an?|the|our|my|some|new)\s+|^(?:short |vertical "
        r"|quick )?(?:video )?(?:ads?|video|videos|vids?|clip|spot|commercial|promo)\b"
        r"|^(?:for|about|to sell|selling|promoting|promote|to promote|of|and|with|on|at|in)\s+"
        r"|\s+(?:ads?|video|commercial|spot|for|on|at|in|with|and)$"
    ),
}

AD_WISHES = (
    r"口播|出镜|测评|评测|实测|实验|对比|反差|盘点|清单|合集|理由|剧情|反转|故事|教程|步骤"
    r"|过程|场景|氛围|日常感|种草|开箱|探店|街采|采访|混剪|字幕|配音|音乐|画面|镜头|节奏"
    r"|开头|结尾|转场"
    r"|先说|突出|强调|风格|视频|广告|大促|促销|清仓"
    r"|\b(?:talking head|testimonial|tutorial|step by step|before and after|comparison"
    r"|compare|listicle|list of|reasons|tips|story|drama|skit|scenes?"
    r"|atmosphere|day in the life|review|experiment|unboxing|montage|voice ?over|captions?"
    r"|subtitles|music|camera|cuts?|pace|style|promo(?:tion)?|flash sale"
    r"|deal first|spokes(?:person|woman|man)|video|ads?|hook)\b"
)
"""Leftovers that say how the ad should be made, not what the product is."""
