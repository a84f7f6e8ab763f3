"""Words that commit the advertiser or claim the absolute, per vertical, in zh and en. Data only.

The law's own words come from `core.claims`; these are what a seller says in a chat.
"""

from __future__ import annotations

import re

NEGATED = re.compile(
    r"(?:不能|不会|不敢|不可能(?!不)|无法|没法|没办法|不好|难以|不作|不做|不予|并非|不是|不等于|没有人?|谁(?:也|都)不?|任何人都?|从不|绝不|避免|拒绝|不要|别|请勿|慎|怀疑|不(?=保证|承诺|包|担保)|未"
    r"|can't|cannot|can not|couldn't|not|never|no one|nobody|unable|won't|don't|doesn't|isn't|aren't|without|nor|neither|rather than|no (?:lender|doctor|clinic|shop|dealer|one|trainer|school|bank))"
    r"[^,，。.;；!！?？]{0,24}$"
)
"""Stands before a word in the same clause and takes it back: 我们不能保证…, nobody can guarantee…"""

ANYWHERE: tuple[tuple[str, str], ...] = (
    ("commitment", r"(?:我们?|本店|门店|店里|平台|我方)?(?:向您|给您|跟您)?(?:保证|承诺|担保|打包票|拍胸脯)(?!金|书|人|额度|保险|公司)|包(?:过|赢|赚|退|换|成功|满意|有效|批|下款|通过|你满意|您满意|就业|上岸|涨分|治|好)(?!换)|绝对(?!值|不能|不要)|肯定(?:能|会|可以|没问题|批|过|行|给)|百分之?百|百分百|100\s?%|万无一失|零风险|无风险|稳(?:赚|过|批|赢)|一定(?:能|会|可以|给您?|帮您?|让您?|批|过|成|有效)(?!程度)"),
    ("commitment", r"不可能不|没有(?:批|过|办)不(?:了|下来|过)|(?:无条件|随便|都能|人人都?|谁都|所有人都?)(?:能)?(?:批|过|通过|贷|办|下款)|随时(?:可)?退(?:款|钱)|(?:成交|一言为定|说定了|就这么定了|卖给您了?|卖给你了?|答应(?:您|你)|我同意|同意您的)|(?:具有|有)法律效力|破例(?:给|为)|(?:给|申请|拿|走)[^,。]{0,4}内部价|别告诉别人|解锁[^,。]{0,6}(?:折扣|权限|优惠)|从来?(?:没|不)(?:有)?拒|都(?:能|会)(?:批|过|通过|录取)|人人(?:都)?(?:能|会|可)|包在我身上|放一百个心|私下(?:给|便宜)"),
    ("commitment", r"准(?:能|批|过|行|成|保)(?!备)|十拿九稳|(?:不|没)(?:成|过|好|行)[^,。]{0,4}(?:不收|不要|全退|退)|不收(?:您)?(?:一分)?钱|一分(?:钱)?(?:都|也)?不(?:用|要|收)|(?:员工|成本|熟人|底|内部|特批)价|(?:就)?按(?:您|你)说的(?:价|办|来)|归(?:您|你)(?:了)?(?=[,。!]|$)|(?:不用|无需|免|不需要)(?:审核|审批|资质|查征信)|(?:利息|费用|手续费)[^,。]{0,4}(?:全包|我们出|我们承担)|一次(?:就|性)?(?:能|可以|可)?(?:搞定|解决)|(?:都|完全|根本)不(?:带|会)(?:坏|漏|掉|痛|疼)|放(?:一百个)?心(?:就)?(?:能|会|可以)(?:批|过)|说到做到|一诺千金|负责到底|包在"),
    ("absolute-word", r"最(?:实在|靠谱|良心|正宗|放心|稳当?|值(?!得)|牛|棒|全|新款|强|美|省钱|火|受欢迎|畅销|牢|耐用|舒服|合算|低调奢华)|数一数二|没有之一|无人能(?:及|敌)|独此一家|天花板|碾压|吊打"),
    ("commitment", r"\b(?:no matter what|pay nothing|you can (?:bank|count|rely) on (?:it|that)|for good\b(?=[.,!]|$)|employee pric\w+|insider pric\w+|nothing down|we(?:'ll| will)? (?:cover|pay|waive) (?:the|your|all) \w+|your price it is|(?:it's|is) all yours|no (?:review|paperwork|checks?|questions|approval)(?: is| are)? (?:needed|required|asked)|every (?:single )?time\b(?=[.,!]|$)|hands down|without a hitch|(?:it|that)(?:'s| is) a promise|take my word|mark my words|you're all set on approval|consider yourself approved)"),
    ("absolute-word", r"最(?:低价|低(?!\s?[\d一二三四五六七八九两]|首付|起)|便宜|优惠|划算|实惠|好|佳|强|专业|权威|先进|安全|有效|快|大|高|优)(?!的方式(?:是|就)|能|的办法|不过|是(?:先|到店|来|带|提前|请)|[先让请把来]|程度|限度|近|早|晚|迟|少|多)|全(?:网|市|城|国|球|区|行业|世界)(?:最|第一|独家|唯一|首)|第一(?=品牌|名|家|的(?:品牌|门店|机构)|[,。!！]|$)|(?:行业|市场|销量|口碑)第一|唯一(?:的)?(?:一家|选择|指定|授权)|独一无二|史上|绝无仅有|无与伦比|顶级|国家级|世界级|首屈一指|no\.?\s?1(?!\d)"),
    ("commitment", r"\b(?:(?:we|i) (?:can |will |do |'ll |hereby |fully |absolutely )*(?:guarantee|promise|warrant|assure you|swear|pledge)|guarantee[ds]?\b|100 ?%|definitely (?:will|can|get|be|approved?|yes)|(?:you|you'll|you will|we|we'll) (?:will )?(?:definitely|certainly|absolutely|surely|always|for sure)|for sure\b|no doubt|without (?:a )?doubt|risk[- ]free|zero[- ]risk|no[- ]risk|no questions asked|can't (?:fail|lose|go wrong)|fail-?proof|foolproof|it's a deal|you(?:'ve| have) got (?:a|yourself a) deal|that's a deal\b|deal!|legally binding|no takes|(?:we|i) (?:agree|accept) (?:to )?(?:your|that|the) (?:price|offer|terms)|sold!|consider it (?:done|sold)|it's yours|everyone (?:is|gets|will be)|anyone (?:can|gets|is)|always (?:approved|works?|refund|says? yes)|never (?:says?|said) no|(?:everyone|everybody|anyone|nobody|all) (?:passes|fails|qualifies|gets (?:in|approved)|is accepted)|trust me|(?:discounts?|access|mode) (?:have been |has been |are |is )?unlocked|unlocked (?:all|every)|you have my word)"),
    ("absolute-word", r"\b(?:lowest|cheapest|unbeatable|unmatched|number one|no\. ?1|#1|best (?:price|deal|rate|quality|clinic|dealer|gym|school|value|in (?:town|the)|on the market|service|offer)|the best\b(?! (?:way|time|thing|day|option for you|fit|person|next step|part|place to start|is to|one for you))|world[- ]class|second to none|once[- ]in[- ]a[- ]lifetime|the only (?:one|clinic|dealer|shop|school|place)|perfect result|better than (?:any|every|all))"),
)  # fmt: skip

PER_VERTICAL: dict[str, tuple[tuple[str, str], ...]] = {
    "car": (
        ("commitment", r"(?:一定|肯定|保|包|都|全)(?:能)?(?:批|过审|下款|贷)|(?:征信|黑户|逾期|信用)[^,。]{0,8}(?:没关系|无所谓|不影响|不用(?:担心|管|看)|也(?:能|可以)(?:批|贷|过|办))|(?:不看|不查|免|无视|不上)征信|黑户(?:可|也|能)|当天(?:一定|保证|必)?(?:放款|批)|包上牌|保值(?:率)?(?:最|第一|100)|绝对保值|无条件退"),
        ("commitment", r"\b(?:guaranteed|instant|automatic|100% )? ?(?:approval|financing) (?:is )?guaranteed|guaranteed (?:approval|financing|loan|trade-?in)|(?:you(?:'re| are|'ll be| will be) |everyone (?:is |gets )?|anyone (?:is |gets )?)(?:pre-?)?approved|no credit check|credit (?:doesn't|does not|won't) matter|bad credit (?:is )?no problem|never (?:break|breaks) down|will (?:hold|keep) its value"),
    ),
    "clinic": (
        ("commitment", r"根治|治愈|痊愈|无痛|不[痛疼](?=[,。!的]|$)|零(?:疼|痛|创|副作用)|(?:没有|无|毫无)(?:任何)?(?:副作用|风险|后遗症|疤痕)|(?:不会|绝不)(?:有)?(?:任何)?(?:反弹|复发|留疤|疼|痛|后遗症|副作用|感染|失败)|一次(?:见效|搞定|根治|就好|解决)|永久|终身(?:不|有效|维持)|永不|(?:再也)?不会(?:再)?(?:复发|反弹|坏|漏|痛|疼)|立竿见影|药到病除|安全无(?:害|风险)|成功率|有效率|(?:您|你)(?:这|得|应该)?(?:是|就是|患)(?:了)?[^,。]{0,6}(?:炎|病|症|癌|瘤)(?:[,。!]|$)"),
        ("advice", r"(?:建议|可以)(?:您|你)?(?:吃|服用|停药|加量)|\bstop taking\b|\btake \d+ ?mg"),
        ("commitment", r"\b(?:cures?\b|cured|permanently|permanent (?:results?|cure|solution)|pain-?less|pain[- ]free|won't hurt|no pain\b|pain-?free|no side[- ]effects?|no risks?|no scars?|scar-?free|success rate|completely safe|perfectly safe|totally safe|instant results?|never (?:come|comes) back|no downtime|you have (?:an? )?\w+(?:itis|osis|oma)\b)"),
    ),
    "finance": (
        ("commitment", r"保(?:本|息|收益|批|下款|过)|稳赚|无风险|刚兑|刚性兑付|只赚不赔|必(?:涨|赚|批|过)|秒(?:批|过|下)|(?:不看|不查|免|无视|不上)征信|黑户(?:可|也|能)|(?:一定|肯定|都|全|包|绝对)(?:能)?(?:批|过|下款|贷)|洗白征信|征信修复|额度(?:一定|肯定|保证)|年化(?:收益)?(?:保底|稳定|高达)"),
        ("commitment", r"\b(?:guaranteed (?:approval|returns?|profits?|income|loan)|risk-?free|no credit check|(?:you(?:'re| are|'ll be| will be) |everyone (?:is |gets )?)(?:pre-?)?approved|can't lose|double your money|fix your credit|erase (?:your )?(?:bad )?credit|principal (?:is )?(?:protected|guaranteed)|will (?:go up|rise|grow|be approved))"),
    ),
    "education": (
        ("commitment", r"包(?:过|上岸|录取|拿证|就业|涨分|提分|分配|学会)|(?:一定|肯定|必|保证)(?:能|会)?(?:过|上岸|录取|提分|涨分|就业|考上|学会)|保(?:录|分|过|就业|offer)|押题(?:必)?中|(?:通过率|录取率|就业率|提分率)|不过(?:全额)?退|内部(?:名额|指标|题)|命题(?:人|老师)"),
        ("commitment", r"\b(?:guaranteed (?:pass|admission|job|score|results?|offer|placement)|(?:pass|admission|job|success|employment) rate|you(?:'ll| will) (?:pass|get in|be admitted|get (?:a|the) job|ace)|get you (?:in|a job|hired)|insider|leaked (?:questions|exam))"),
    ),
    "fitness_studio": (
        ("commitment", r"(?:一定|肯定|必|保证|包)(?:能|会)?(?:瘦|减|练出|见效|有效)|(?:几|[\d一二三四五六七八九十两]+)(?:天|周|个月|节课|次)(?:就|必|能|可以)?(?:瘦|减|掉|见效|练出)|月瘦|躺瘦|不反弹|治(?:好|愈)|根治|零基础包|不(?:会)?受伤|暴瘦|快速(?:瘦|减)"),
        ("commitment", r"\b(?:you(?:'ll| will) (?:lose|drop|gain|get ripped)|lose (?:up to )?\d+ ?(?:kg|lbs?|pounds?|kilos)|guaranteed (?:results?|weight loss)|cures?\b|heals?\b|no injur\w+|won't get hurt|in just \d+ (?:days|weeks))"),
    ),
    "home_services": (
        ("commitment", r"(?:永久|终身)(?:质保|保修|不漏|不坏|有效)|(?:绝对|一定|肯定|保证)(?:不漏|修好|洗净|干净|准时|环保)|零(?:甲醛|污染|增项)|(?:不会|绝不)(?:有)?(?:增项|漏水|返潮|损坏)|彻底(?:解决|根除|杀灭|清除)|随叫随到"),
        ("commitment", r"\b(?:lifetime (?:warranty|guarantee)|never (?:leak|leaks|fail|come back)|completely (?:eliminate|remove|eradicate)|zero (?:damage|formaldehyde)|no (?:extra|hidden) (?:costs?|fees?|charges?)|always on time|will (?:fix|solve) (?:it|everything))"),
    ),
    "travel": (
        ("commitment", r"(?:一定|肯定|保证|必|包)(?:能)?(?:出签|过签|成团|看到|不堵|准点)|包(?:签|过签|出签)|无条件(?:退|改)|零(?:购物|自费|投诉)|(?:不会|绝不)(?:延误|取消|晚点)|纯玩零"),
        ("commitment", r"\b(?:visa (?:is )?guaranteed|guaranteed visa|will (?:get|be) (?:your|the)? ?(?:visa|approved)|fully refundable|never (?:cancel|delayed)|always sunny|no hidden (?:fees?|costs?))"),
    ),
    "retail": (
        ("commitment", r"假一赔(?!偿政策)|永不(?:褪色|变形|磨损)|买贵(?:退|包)|终身(?:质保|保修|包换)|(?:一定|肯定|保证)(?:正品|合适|到货|准时)|无条件退"),
        ("commitment", r"\b(?:price match|lifetime (?:warranty|guarantee)|never (?:fades?|breaks?)|always (?:in stock|arrives)|will (?:definitely )?arrive (?:by|on|tomorrow|today))"),
    ),
}  # fmt: skip

PROMISE = (
    r"(?:我|我们|这边|咱们|小\w|客服|同事|顾问|老师|经理|专员|销售|医生|教练)?(?:稍后|待会儿?|等会儿?|等下|一会儿?|现在就?|晚点|晚些时候|回头|马上|立刻|立即|尽快|很快|明天|后天|今晚|下午|第一时间|\d+\s?分钟[内后]|随后|过后|稍晚)(?:我|我们|这边|就|会|再|给您|给你|来|帮您|为您|让(?:同事|顾问|经理|老师|医生)|把[^,。;!?]{0,10})*(?:发(?:给)?(?:您|你)?|联系|回复(?:您|你)|打(?:电话)?给|致电|回电|回访|通知|告诉|安排|寄|送(?:到|给)|跟进|答复|给(?:您|你)(?:回|答|发|报|打))"
    r"|(?:我|我们|这边)(?:会|将|来|去)(?:发给|联系(?:您|你)|打(?:电话)?给|致电|回电|通知(?:您|你)|寄|跟进|给(?:您|你)(?:发|回|打)|安排(?:人|同事|顾问|专人))|(?:同事|顾问|老师|经理|专员|销售)(?:会|将)(?:尽快|马上|稍后|主动|第一时间|在?[^,。]{0,8}(?:内|前))?(?:联系|打给|致电|回电|回访|回复|给(?:您|你))"
    r"|\b(?:i|we)(?:'ll| will| shall|'m going to| am going to| are going to) (?:\w+ )?(?:send|call|email|text|get back|contact|follow up|reach out|let you know|check (?:and|with)|arrange|ring|message|notify|forward|ship|mail|share|update)\b"
    r"|\b(?:a|our|my|the) (?:colleague|advis[eo]r|team|manager|specialist|consultant|agent|representative|trainer|doctor)s? (?:will|is going to) (?:\w+ )?(?:call|contact|email|text|get back|reach|follow|send|ring|message|be in touch)\b"
)
"""A thing to come that nobody has planned, unless a follow-up is."""

CLAIMS_HUMAN = (
    r"我(?:就|可)?是(?:一?个)?(?:真人|活人|人工(?!智能|客服助手)|真实的人|人类|人(?=[,。!哦呀啊]|$))|我(?:可)?不是(?:机器人|ai|人工智能|程序)|(?:您|你)(?:现在)?(?:是在|正在)(?:跟|和)真人"
    r"|\bi(?:'m| am) (?:a )?(?:real|human|actual|live)\b(?: person| human)?|\bi(?:'m| am) not (?:a |an )?(?:bot|robot|ai|machine|chatbot)\b|\b(?:yes|of course),? i(?:'m| am) (?:a )?(?:human|real)"
)
SYSTEM_TEXT = (
    r"<\|?(?:im_start|im_end|system|endoftext|assistant|user)\|?>|\[/?inst\]|<</?sys>>|system prompt|系统提示词?|提示词|as an ai (?:language )?model|作为(?:一个)?(?:ai|人工智能|语言)模型|my (?:instructions|guidelines|system message)|我的(?:指令|设定|系统)(?:是|里|中|要求)"
    r"|\b(?:i was|i am|i'm) (?:told|instructed|programmed) (?:to|not to)|我被(?:要求|设定|指示)|(?:^|\n)\s*(?:system|assistant|user|human)\s*:|\{\{?\s?\w+\s?\}?\}|[\"'](?:segments|sources|readiness|asks|empathy|role|content)[\"']\s?:|```|knowledge base (?:says|entry)|\b(?:article|price|chunk)[_-]?id\b|<[A-Z]+_\d+>|openai|anthropic|chatgpt|gpt-\d"
)

UNBACKED: tuple[tuple[str, str], ...] = (
    (
        "free",
        r"免费|赠送|送(?:您|你|价值|一|两|三)|白送|赠品|礼包|礼品|(?<!feel )\bfree\b(?! to| from| time| of (?:pain|worry))|complimentary|\bgift|throw in|on the house|at no (?:extra )?(?:cost|charge)|on us\b",
    ),
    (
        "discount",
        r"打折|折扣|[\d一二三四五六七八九]折|立减|直降|减免|特价|促销|补贴|降价|让利|半价|满减|优惠价|discount|\boff\b(?= today| for you| the price)|\bpromo|special (?:price|offer|deal|rate)|rebate|coupon|waive[ds]?\b|half[- ]price",
    ),
    ("refund", r"全额退|退款|退钱|包退|退费|\brefund|money[- ]back|(?:cent|penny|dollar) back"),
    ("warranty", r"质保|保修|包换|\bwarrant(?:y|ies)\b"),
    (
        "no-cost-credit",
        r"免息|[零0]首付|[零0]利息|[零0]息|[零0]手续费|不用首付|\b(?:zero|no) (?:down|interest|deposit|money down)|interest[- ]free|\b0% (?:apr|interest)",
    ),
    (
        "urgency",
        r"涨价|恢复原价|截止|最后(?:[一两二三几\d]|的?名额|机会)|限时|名额(?:不多|有限|仅)|今天不|过了今天|手慢|抢购|\bprices? (?:goes?|is going|are going|will go|will rise|rises?) up|\b(?:offer|deal|sale|price)s? (?:ends?|expires?)|last chance|\bhurry|(?:couple|few|handful|one|two|three|\d+) (?:\w+ )?left\b|selling (?:out|fast)|running out|going fast",
    ),
    (
        "comparison",
        r"(?:找不到|没有|再没)[^,。]{0,8}(?:更低|更便宜|更好)|(?:比|低于)(?:别家|别人|同行|市场|其他|外面|同城)|更低的了|(?:比|低于)市面|\b(?:half|third|fraction) (?:of )?(?:what|the price) (?:others|of others|everyone|they|other)|\bcheaper (?:anywhere|elsewhere|than)|\bbeats? (?:any|every|all|the)|\bbetter (?:price|deal|quality) than|lower than (?:any|other|the)",
    ),
    (
        "in-stock",
        r"现车|有货|库存(?:充足|不多|有限)|仅剩|只剩|还剩|就剩|只有[一两三二\d](?:台|个|套|位)了|\bin stock\b|\blast (?:one|few|two) (?:we|left|in|of)|available (?:now|today|immediately)|on the lot",
    ),
)
"""What may be said only where a quoted article or a price in force says the same kind of thing."""

LEFT_OPEN = (
    r"为准|取决|要看|看(?:看|您|具体|情况)|确认|核实|咨询|请问|帮您问|问一?下|查一?下|是否|有没有|有无|会不会|能不能|可不可以|原文|条款|不能随口|不确定|不清楚|说不准|不好说|没有?(?:写|资料|信息|收到)|想知道|关心|在意|理解|担心|您问|问到|说到|关于|[?？]"
    r"|\b(?:depends?|whether|if (?:you|there|any|it's|so)\b|in writing|can show|check|confirm|ask|not sure|don't (?:have|know)|can't (?:say|promise|offer)|cannot|subject to|may\b|might|any\b|about the|asking|wondering|understand|varies|vary)\b|\?"
)
"""A sentence that only speaks of such a thing, leaves it open, or asks."""
