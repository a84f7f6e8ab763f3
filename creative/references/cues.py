"""What gives a line's role away: weighted cues in Chinese and English.

A cue is a regular expression and the log-odds it adds to a role. Weights: 3 a phrase that
hardly occurs elsewhere, 2 strong, 1 a hint. A role counts each of its cues once per line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from creative.contracts import Role

_NUMBER = r"(?:\d[\d.,]*|[零一二两三四五六七八九十百千万半]+)"
_COUNT_EN = (
    r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?)"
)

_FAMILY = "妈|爸|爷爷|奶奶|外婆|老公|老婆|媳妇|儿子|女儿|孩子|娃|闺女|弟弟|妹妹|姐姐|哥哥|婆婆|岳母|父母"
_OTHERS = f"同事|室友|闺蜜|邻居|老板|朋友|同学|师傅|老师|客人|顾客|客户|学员|粉丝|网友|路人|队友|教练|医生|主播|评委|(?:我|他|她|你)?(?:{_FAMILY})"
_SAID = "夸|说|问|要走|抢|抄|推荐|点头|打电话|回来买|又买|再来|复购|吃了|喝了|喝完|吃完|干掉|愿意|爱上|认|服|追着|追问|惊|不信|竖"
_PEOPLE_EN = (
    r"(?:people|strangers|customers|users|drivers|families|parents|moms|clinics|shops|stores|restaurants|reporters|teachers|students|"
    r"runners|travelers|guests|members|homes|gyms|offices|teams|couples|chefs|nurses|barbers|mechanics|reviewers|buyers|women|men|kids)"
)

# Things that go wrong. A benefit says "不用", "no more": those are taken out before looking.
_WRONG_ZH = (
    "糊|齁|腻|死咸|死甜|臭|馊|坏|破|漏|裂|断|塌|皱|脏|湿透|冻|晒伤|吵|挤|堵|慢|卡住|贵|骗|假|坑|糟|差劲|烂|哭|骂|没人|没时间|没胃口|没精神|没效果|没反应|没力气"
    "|不敢|不想|不知道|不干|不够|不行|不好|不住|不到|不上|不下|不动|不来|不清|不完|只能|不得不|亏|熬|愁|慌|丢|喘|肿|抖|僵|麻|闷|闪退|掉线|死机|过期|发霉|生锈|掉色"
    "|起球|变形|缩水|拉胯|翻车|全是|要么|多少.{0,6}也|刚.{0,6}就|一.{1,3}就(?!好|行|能|干净|成|开|亮|热)|没两天|没几天|没用几|连.{1,8}都(?:没|不)|白跑|耽误|迟到|被.{1,6}(?:说|笑|骂|坑|骗|嫌)"
)
_WRONG_EN = (
    r"\bpuddle|\bsmell|\bstink|\bbumpy|\bcold toes|\bcry|\bdead\b|\bbroken?\b|\bmess(?:y)?\b|\bdirty|\brust|\bloud\b|\bnois[ey]|\bslow\b|\bboring|\bheavy\b|\bsoak|\bsoggy"
    r"|\bleak(?:s|ed|y)\b|\blost\b|\blonely|\bhasn't|\bhaven't|\bwon't\b|\bdoesn't\b|\bdidn't\b|\bisn't\b|\bnever\b|\bnobody\b|\bhalf (?:my|the|of)|\bfall(?:s|ing)? (?:off|apart|asleep)|\bburn(?:s|ed|t)?\b"
    r"|\bevery (?:night|morning|single|week|winter|summer)|\bby (?:noon|lunch|tuesday|day two)|\bwrong\b|\bworse|\bworst|\bterrible|\bawful|\bgross|\bfake|\bscam|\brip.?off|\bscratch(?:ed|es)\b"
    r"|\bstains?\b|\bdrop(?:s|ped) out|\bcrash(?:es|ed)?\b|\bfreez|\bstarv|\bhungry|\bdread|\bguilt|\bargu|\bfight|\bmiss(?:ed)? the|\bsweat|\bcramp|\bstiff|\bwobbl|\btangled|\bfade|\bshrink|\bpeel(?:s|ing)\b"
)
_BENEFIT_ZH = re.compile(
    "不用|不会|不再|不必|不占|不脏|不油|不粘|不辣|不酸|不苦|不涩|不卡|不刮|不伤|不掉|不起|不怕|没有(?:一点|糖|添加|广告|声音)|无需|免"
)
_BENEFIT_EN = re.compile(
    r"\b(?:no more|no|without|zero|never again|nothing to|won't leave|doesn't need|don't need)\b \w*"
)

Cue = tuple[float, str]

_ZH: dict[Role, tuple[Cue, ...]] = {
    "hook": (
        (1.6, r"[?？]|到底|为什么|怎么|会怎么样|会怎样|吗$|吗[,，]"),
        (
            2.2,
            r"听我说|你没听错|你敢信|没想到|居然|竟然|千万别|你知道|你有没有|有没有人|注意了|停一下|等一下|先别划走|看我|我才明白|得罪人",
        ),
        (1.2, r"^别再?|不要再|再也|终于|原来|第一次|其实|秘密|真相|揭秘|千万|都说"),
        (1.2, r"差在哪|一条视频|谁懂|救命|姐妹们?[,，]|朋友们?[,，]|打工人|宝妈们?|家人们"),
        (1.0, rf"{_NUMBER}(?:个|条|样|件|步|种)(?:理由|方法|动作|地方|技巧|坑|信号|误区|习惯|秘诀|东西|好物)?"),
    ),
    "pain": (
        (
            2.4,
            r"难受|受不了|疼|睡不着|胃酸|发酸|反酸|起皮|泛红|搓泥|卡粉|脱妆|发硬|异味|一股味|鼓包|打架|犯困|失眠|掉发|长痘|爆痘|"
            r"闷痘|发黄|漏水|漏风|卡顿|发烫|刺痛|过敏|疲惫|焦虑|崩溃|头大|头疼|难闻|腰酸|背痛|累得|喘|干裂|油腻|浮粉",
        ),
        (
            2.0,
            r"不管用|没用|白花|浪费|放弃|踩坑|踩雷|智商税|后悔|烦|刮花|盖不住|记不住|背了就忘|学不会|坚持不|瘦不下|洗不掉|洗不干净|找不到",
        ),
        (
            1.6,
            r"以前|之前那|普通的?|便宜的|一般的|市面上|别人家|我家的|外面|楼下|传统|老式|旧的|去店里|速溶|总是|老是|每次|动不动|明明",
        ),
        (
            1.3,
            r"越.{0,4}越|根本|还是错|还得|又要|太贵|贵得|开口就是|排队|一个月下来|要等|害的|嫌|怕|吼|加班|跪着|费劲|麻烦|才.{0,6}就",
        ),
        (1.7, _WRONG_ZH),
        (1.2, r"(?:去年|前年|上次|上回|原来|之前|那(?:双|台|个|款|瓶|些|种|家)|你们|人家|群里|市面|网红).{0,10}"),
        (1.0, r"问题|困扰|烦恼|担心|压力|难题|为难|尴尬|糟|差一点|倒霉|办了.{1,3}张|去了.{1,3}次|隔夜|显壮|显胖|不敢"),
    ),
    "selling_point": (
        (1.6, r"这(?:个|款|支|瓶|条|台|件|双|包|杯|盒|套|副|辆|种|张|管|把|碗|锅|块|节|门)"),
        (1.6, r"采用|含有|里面是|成分|面料|材质|配方|技术|工艺|搭载|内置|双.{1,3}设计|专利|原料|选用|添加|自带|配备"),
        (
            1.8,
            r"^第[一二三四五六七八][,，步个条样看、]|^[一二三四五六七八][,，、]|^先|^再|^然后|^接着|^最后|^倒|^打开|^撕开|^装好|^拉开|第一看|第二看|第三看",
        ),
        (
            1.4,
            r"就(?:行|好|能|可以|走)|不用|只要|只有|自动|一键|轻松|随手|随时|一抹|一喷|一擦|一推|免洗|秒|不占|不会|不再|不脏|不油|不粘|不辣|不酸",
        ),
        (
            1.2,
            r"零糖|零脂|无糖|低卡|无添加|现烤|手工|本地|进口|纯|长绒棉|天丝|阿拉比卡|鸭绒|防水|透气|静音|降噪|吸水|控油|保湿|温控|低温",
        ),
        (0.7, rf"{_NUMBER}(?:克|毫升|瓦|小时|分钟|秒|厘米|毫米|毫安|赫兹|寸|层|档|色|度|公里|公斤|种|热管|风扇|k|k屏)"),
        (0.9, r"^周[一二三四五六日末]|^白天|^晚上|^早上|^到了|^出门|^一个人|^一家人|^上班|^通勤|^周末"),
        (
            0.9,
            r"口感|喝起来|吃起来|闻起来|摸起来|穿上|戴上|用起来|味道|香|软|滑|蓬|清爽|利落|搞定|后来|我们用|我们把|才找到",
        ),
    ),
    "proof": (
        (
            2.6,
            r"实测|测试|检测|报告|认证|证书|获奖|实验|盲测|盲听|对照|仪器|数据|编号|送检|质检|出厂前|临床|第三方|权威",
        ),
        (
            2.4,
            rf"第{_NUMBER}(?:天|周|个?月)|坚持了|用了{_NUMBER}|穿了{_NUMBER}|连着.{{0,8}}{_NUMBER}|{_NUMBER}年(?:了|多)|满{_NUMBER}个?月",
        ),
        (
            2.4,
            rf"回头客|复购|好评|评价|销量|卖(?:了|出|到).{{0,3}}{_NUMBER}|{_NUMBER}(?:万|千|百)?(?:多|余)?(?:人|家|份|台|个?学员|单|个?路人|位)"
            r".{0,8}(?:选|用|买|交|平均|跟练|在用|都说|推荐)",
        ),
        (1.4, rf"(?:{_OTHERS}|她|他|公司|群里|全家|店里)"),
        (1.6, rf"(?:{_OTHERS}|她|他|公司|全家).{{0,14}}(?:{_SAID})|来.{{0,6}}的(?:人|朋友|客人)"),
        (2.0, r"问我|求链接|要链接|回购|空瓶|又订|又买|炫耀|抄.{0,2}作业"),
        (
            1.5,
            r"(?<!不)还(?:在|是.{0,4}的|能|亮|润|挺|脆|热|干)|仍然|依旧|捞出来|拿出来|打开一看|早上(?:起来|一看|倒出)|晚上.{0,6}还|一礼拜|一个?(?:星期|月)(?:下来|后|过去)|(?:天|周|月|年)(?:之?后|过去了|下来)",
        ),
        (1.5, rf"{_NUMBER}(?:来|多|几)?(?:人|家|台|单|位|户|桌|份|条评|个城市|个国家|间|所)(?!.{{0,3}}(?:装|起))"),
        (
            2.0,
            r"你看|看这|自己看|掰开|擦过|前后|之前和之后|左边还|右边已经|站一米|能照人|拉丝|这是.{0,8}(?:第一天|之前|之后)|没黑|没洒|没漏|没断|没皱",
        ),
        (
            1.6,
            rf"瘦了|掉了{_NUMBER}|轻了|涨了|提到|提高到|从.{{1,10}}(?:到|升|降)|平均|比例|百分之.{{1,4}}的(?:人|用户)|同样|连汤|吃完|喝完一",
        ),
        (1.2, r"亲测|亲眼|当场|实拍|镜头|没有一点|一点都?没|还是.{0,3}的|结果|效果|变化|见证|真的|颜色透亮"),
        (0.9, rf"{_NUMBER}(?:次|遍|天|周|个?月|回|斤|人|万|分)"),
    ),
    "offer": (
        (
            2.6,
            r"立减|满减|立省|减[\d一二三四五六七八九十百]|优惠|打折|[\d一二两三四五六七八九]折|折扣|原价|吊牌价|到手|首发价|特价|秒杀|首单|新客|券|包邮|运费险|买.{1,2}送|第二件|半价|补贴",
        ),
        (2.4, rf"[¥￥$]\s?\d|{_NUMBER}(?:元|块)(?:{_NUMBER})?|{_NUMBER}(?:块|元)钱"),
        (
            2.0,
            r"限时|限量|限本周|仅限|只限|只剩|最后.{1,3}(?:天|批|件)|恢复原价|卖完|断码|下架|预售|定金|双十一|六一八|年中|大促|清仓|名额|倒计时|前.{1,5}(?:名|单|位)",
        ),
        (
            1.8,
            r"免费|试用|试睡|试听|体验课|小样|赠|再送|多送|还送|送.{0,6}(?:包|个|条|套|节|瓶|线|月)|退|不满意|质保|保修|以旧换新|分期",
        ),
        (
            1.2,
            r"^现在|^今天|今晚|本月|这周|本周|直播间|一共|套餐|组合|.{1,4}装.{0,6}(?:块|元|[一二三四五六七八九十]+$)|价",
        ),
        (
            1.8,
            rf"(?:装|套|份|盒|箱|包|袋|瓶|支|条|罐|张|节|次|晚|人|斤|年|月|课|件|双|台|个|位)[，, ]?(?:只要|才|就|一共|共|特价|含.{{1,4}})?{_NUMBER}(?:$|[，,])",
        ),
        (
            1.6,
            r"送你|我送|送到家|到家|顺丰|抵[\d一二两三四五六七八九十百]|以旧换|换新抵|便宜.{0,3}[\d一二两三四五六七八九十百]|正式上架|早鸟|拼团|团购|会员价|租",
        ),
    ),
    "cta": (
        (
            2.8,
            r"点击|点左|点右|点下|点进|点这|点小|点开|点链接|左下角|右下角|小黄车|购物车|链接在|链接放|评论区|主页|置顶|私信|扫码|加微信",
        ),
        (
            2.4,
            r"下单|赶紧|赶快|快去|快来|抢|冲|带回家|安排|入手|试试|试一下|去看看|看看吧|领取|先领|报名|预约|搜|关注|收藏|转给|转发|定位|囤",
        ),
        (
            1.4,
            r"给(?:自己|家人|爸妈|孩子|他|她).{0,6}(?:备|买|安排|来|带|选)|从今天|从现在|别忘了|现在就|今天就|手慢无|你喜欢哪|放进你的|把它|想试的|想要的|需要的|换新",
        ),
        (1.2, r"^来|^看看|^点|评论|发我|发来|告诉我|备注|打一|自取|进店|再拍|拍之前|选.{0,4}(?:色|款|尺码|型号)"),
        (0.8, r"吧$|吧[。!！]$|[!！]$|就行$|等你|来$"),
    ),
}

_EN: dict[Role, tuple[Cue, ...]] = {
    "hook": (
        (1.6, r"\?|^can (?:you|a|an|it|this)|^will |^why |^how |^what |^did you|^have you|^ever "),
        (
            2.2,
            r"\bhot take|^stop |\bwatch (?:me|this)|^okay|^listen|\bnobody tells|\byou won't|\bwait\b|\bi need to talk|\buntil you|\bunpopular",
        ),
        (
            1.2,
            r"^this is (?:what|how|why|the)|^if you|^my |^the (?:night|day|time)|^a year ago|^i (?:put|wore|tried|tested|asked|spent|stopped)|^we (?:froze|tried|asked)",
        ),
        (
            1.2,
            r"\bversus\b|\bvs\.?\b|\bsecret|\bmistakes?\b|\bproblem\b|\breasons?\b|\bthings\b|\bupgrades?\b|\bi mean it|\bside of my",
        ),
        (1.0, rf"^{_COUNT_EN} (?:\w+ ){{0,2}}(?:things|reasons|ways|mistakes|signs|steps|tips|upgrades|myths)"),
    ),
    "pain": (
        (
            2.4,
            r"\bhurts?\b|\bpain(?:ful)?\b|\btired\b|\bexhaust|\bsore\b|\bache|\bred and\b|\bflaky|\bfrizz|\bcrack(?:ed|s)|\bblister|\bembarrass|\bsqueak"
            r"|\bstranded|\btears\b|\bstress|\bstruggl|\bannoy|\bhate[sd]?\b|\bugly|\bitch|\bgreasy|\bdead battery|\bbreak(?:s|ing)? (?:down|out)|\bswearing|\bscreaming",
        ),
        (
            2.0,
            r"\bwaste|\bquit\b|\bgave up|\bfail|\bnever works?|\bdoesn't work|\bdidn't even|\bcan't\b|\bcouldn't\b|\bcould not|\bwould not|\bnothing (?:goes|works)|\bskip\b",
        ),
        (
            1.6,
            r"\btheirs\b|\bthe (?:old|cheap|left|other) one|\bmost (?:people|brands)|\bordinary|\bregular\b|\bi've (?:tried|been|had|cracked)|\bused to\b|\balways\b"
            r"|\bevery time|\bfrom the store|\btakeout|\bdownstairs|\bstore.bought",
        ),
        (
            1.3,
            r"\bcharges?\b|\bexpensive|\bcosts?\b.*\b(?:too|more)|\banother\b|\bqueue|\bwait(?:ing)? (?:an?|for)|\bstuck\b|\blate\b|\bfor(?:e)?ever\b|\bsick\b|\bno(?:body)? (?:wants|had)",
        ),
        (1.7, _WRONG_EN),
        (
            1.2,
            r"\b(?:last (?:year|winter|one)|the old|my old|theirs|drugstore|supermarket|big brands?|other brands?|the other)\b|\bone is\b",
        ),
        (
            1.0,
            r"\bstaring|\bsounds like a plane|\btwisted|\bstripe|\bflat\b|\bpalm oil|\bfirst ingredient|\bslam|\btaxi\b|\bsit\b|\bbrace\b|\bthey (?:sit|queue|eat|leave|charge|break|fall)",
        ),
    ),
    "selling_point": (
        (
            1.6,
            r"^this (?:one|app|thing|serum|case|box|set)|\bthe (?:new|right|good) one|^ours\b|\bours:|\bthis has\b|\bit's (?:the|already|thinner|made)|\bthat's it\b|\bhere's how",
        ),
        (
            1.6,
            r"\bmade (?:with|from|of)|\bcotton|\bfoam\b|\bfabric|\bingredient|\bformula|\bsqualane|\bniacinamide|\bgraphite|\bdual|\bbuilt.in|\bsealed|\bbattery life|\bon one charge",
        ),
        (
            2.0,
            r"^(?:step|number) (?:one|two|three|four|\d)|^(?:first|second|third|fourth|fifth|next|then|finally|and last|last)[,:]|^(?:then|next) |^(?:one|two|three|four|five)[,:]|^we start"
            r"|^pour|^spray|^ground|^open|^baked|^one wipe|\blater\b",
        ),
        (
            1.4,
            r"\bno (?:sugar|scrubbing|grammar|landlord|bitterness|fuss|mess|need)|\bzero\b|\bwithout\b|\bjust\b|\bdone\b|\bautomatic|\bstays?\b|\bfolds?\b|\bfloats?\b|\bclips?\b|\binstantly|\beasy|\bonly\b",
        ),
        (
            1.2,
            r"\bone (?:button|twist|charge|scoop|tap)\b|\bsinks? in|\bfilters?|\breplaces?\b|\blistens?\b|\bfinds? the|\bturns?\b|\bplans?\b|\bincluded\b|\bcoaches\b|\bchange your|\breal fruit|\bfixes\b",
        ),
        (
            0.7,
            rf"\b{_COUNT_EN} (?:hours?|minutes?|seconds?|grams?|watts?|pounds?|inches|drops?|clamps?|percent (?!off))\b|\ba\.m\.|\bp\.m\.|\bnoon\b|^(?:in|on|at) the\b|\bso i\b|\bi (?:use|keep)\b",
        ),
        (
            0.9,
            r"\bdesigned\b|\brecipe|\bbroth|\bbrush|\bbeam|\bkayak|\bdeck\b|\bstove\b|\bhanded me|\bspoke to|\bat ten\b|\bmy sister and i",
        ),
    ),
    "proof": (
        (
            2.6,
            r"\btest(?:ed|s)?\b|\bresults?\b|\bdermatologist|\bdoctor|\bclinical|\bcertified|\baward|\branked\b|\brated\b|\blab\b|\bmeasured?\b|\bweighed\b|\bstudy\b|\bchamber\b",
        ),
        (
            2.4,
            rf"\bday (?:one|ten|thirty|ninety|\d+)|\b(?:week|month) {_COUNT_EN}\b|\b{_COUNT_EN} (?:weeks|months|years|washes|times|shifts)\b|\bfirst {_COUNT_EN} weeks",
        ),
        (
            2.4,
            rf"\breviews?\b|\bfive.star|\btrusted by|\bmembers\b|\bcustomers?\b|\btravelers|\b{_COUNT_EN}(?: \w+)? (?:people|strangers|homes?|gyms?|users|drivers)\b|\bpicked ours|\bblind\b",
        ),
        (
            2.0,
            r"\blook at (?:this|that|the|it)|\bhold it up|\bsame (?:light|camera|machine|storm|clip|speed|detergent)|\bon camera\b|\bno filter|\bthere it goes|\bbe the judge|\bsee for yourself|\bread through|\bbefore and after",
        ),
        (1.7, rf"\b{_COUNT_EN}(?: \w+){{0,2}} {_PEOPLE_EN}\b|\bin {_COUNT_EN} (?:countries|cities|states)\b"),
        (
            1.7,
            rf"\b(?:{_COUNT_EN}|a few) (?:minutes|hours|days|weeks|months|years|washes|miles) (?:later|ago|in\b|after|straight)|\bstill (?:\w+s|\w+ing|the|as|on|in|there|looks?|works?|fits?|runs?)\b",
        ),
        (
            1.6,
            r"\bmy (?:\w+ ){0,2}(?:mom|mother|dad|father|wife|husband|son|daughter|kid|boss|friend|roommate|neighbor|sister|brother|coach|barber)\b.{0,40}\b(?:ask|said|says|want|stole|steal|bought|order|love|cried|laugh|notice|trust)",
        ),
        (
            1.6,
            r"\b(?:look|touch|listen|watch|see)\b.{0,12}(?:\.|,|$)|\bthat's the\b|\bcame back\b|\bkeep(?:s)? coming back|\bsold out|\bwaiting list|\bi (?:woke|slept|lost|ran|passed|finished|saved|got)\b",
        ),
        (
            2.0,
            r"\bhe (?:said|asked|went)|\bshe (?:said|asked)|\bmy (?:kid|wife|husband|boss|friend|roommate|neighbor) \w+|\bteacher\b|\basked (?:for|me)|\bemailed|\bnodded|\bflight attendants|\bi (?:rendered|dropped|finished|lost)\b",
        ),
        (
            1.6,
            r"\ba (?:week|month|year) later|\bfinished my|\bwe made it|\bpoured it out|\bnot a single|\bless pain|\bthis is \w+ on day|\bfull grade|\btimed me|\bin the bin|\bfrom the second floor|\bfirst turn|\bminus thirty|\bfaster than|\bdifference",
        ),
        (0.9, r"\bhundred|\bthousand|\bmillion|\bpercent of|\baverage|\bproof|\breal (?:people|results)|\btrue\b"),
    ),
    "offer": (
        (
            2.6,
            r"\b(?:percent|%) off|\bsale\b|\bdiscount|\bhalf (?:price|off)|\bdeal\b|\bsave\b.*(?:dollars|\$|up to|percent)|\buse code|\bcoupon|\bbuy one|\bfor the price of|\bfree (?:shipping|trial|installation|session|month|week)",
        ),
        (
            2.4,
            rf"[$€£]\s?\d|\b{_COUNT_EN} (?:dollars|bucks|cents)|\bfrom {_COUNT_EN}|\bunder (?:\w+ )?(?:dollars|\$)|\bfor {_COUNT_EN} dollars|\ba night\b",
        ),
        (
            2.0,
            r"\btoday only|\bthis (?:week|month|weekend) only|\buntil (?:midnight|friday|sunday|monday|march)|\bthrough (?:sunday|monday)|\blimited|\bwhile (?:they|it|supplies)|\bbook by|\bends\b|\bonly \w+ left",
        ),
        (
            1.8,
            r"\bfree\b|\bon us\b|\bmoney back|\brefund|\btrade in|\bpay in|\bno interest|\bbonus|\bincluded with|\bget \w+ (?:\w+ )?for\b|\bfirst (?:month|bag|lesson|order|week|box)\b",
        ),
        (
            1.6,
            rf"\bpre.?order|\brent\b|\btry (?:\w+ ){{0,3}}for\b|\bfor {_COUNT_EN}(?: {_COUNT_EN})*(?:,|\.|$)|\bcomes with\b.*\bfree|\bonly (?:this|on|until|for)\b|\bthis week\b|\bafter (?:friday|sunday|monday|that it)|\b(?:kit|set|box|pack|pass) is {_COUNT_EN}|\bbefore you (?:decide|pay|buy)",
        ),
        (
            1.2,
            r"\bthis month\b|\bthis week\b|\btonight only|\bprice\b|\bpack\b.*\b(?:for|is)\b|\bpair\b|\bset is\b|\bround trip|\bsubscribe\b|\bbottles?, ",
        ),
    ),
    "cta": (
        (
            2.8,
            r"\bclick\b|\btap\b|\blink\b|\bswipe\b|\bhit (?:shop|the)|\bcheck out\b|\bin my bio|\bin the comments|\bthe page\b|\bon our site|\bdownload\b|\bsign up|\bsubscribe now|\bbelow\b",
        ),
        (
            2.4,
            r"^(?:shop|get|grab|order|try|book|reserve|find|pick|choose|check|search|enter|download|see|save|bring|take|put|walk|start|join|compare|visit|learn|claim|follow|return)\b",
        ),
        (
            1.4,
            r"\bgo grab|\bget yours|\bget it\b|\byour (?:spot|size|color|colour|fit|model|dates|weekend)|\btonight\b|\bbefore (?:monday|winter|summer|the)|\btoday\b$|\bfree session|\bfirst minute|\band order\b|\bnear you",
        ),
        (0.8, r"!$|\bnow\.?$"),
    ),
}


@lru_cache(maxsize=2)
def _compiled(language: str) -> dict[Role, tuple[tuple[float, re.Pattern[str]], ...]]:
    table = _ZH if language == "zh-CN" else _EN
    return {role: tuple((weight, re.compile(cue)) for weight, cue in cues) for role, cues in table.items()}


def cue_scores(text: str, language: str) -> dict[Role, float]:
    """For each role the log-odds that the cues in `text` (lower-cased here) add up to, at most 6."""
    lowered = text.casefold().replace("’", "'").strip(" 。.,，")
    plain = (_BENEFIT_ZH if language == "zh-CN" else _BENEFIT_EN).sub(" ", lowered)
    return {
        role: min(6.0, _sum(plain if role == "pain" else lowered, cues)) for role, cues in _compiled(language).items()
    }


def _sum(text: str, cues: Iterable[tuple[float, re.Pattern[str]]]) -> float:
    return sum(weight for weight, cue in cues if cue.search(text))
