"""What a visitor wants or refuses, as patterns on plain text. Data only.

A kind is seen where `SEEN` matches and the match does not lie inside one of `PASSES`.
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["opt_out", "person", "emergency", "complaint", "refusal", "offer", "asks_if_human", "minor"]

_ALONE = r"^[\W_]*(?:{})[\W_]*$"
_DONT = r"(?:别|不要|不用|不许|不必|不准|请勿|勿|甭|停止|禁止|不需要|不想)"
_MORE = r"(?:再|继续|给我|跟我|向我|对我|老是?|总是?|一直|来|天天|你们){0,3}"

_SEEN: dict[Kind, tuple[str, ...]] = {
    "opt_out": (
        _ALONE.format(
            r"(?:(?:please|pls|plz|ok|okay|enough|just|hey|no)[\s,.!]*)*(?:stop|stopall|unsubscribe|unsub|opt ?out|remove me)(?:[\s,.!]*(?:please|pls|now|it|this|that|already|all|thanks|thank you|everything))*|td?(?:谢谢|了|吧)?|退[订定]"
        ),
        r"退[订定](?=$|[\W_]|了|吧|谢|你们|本|短信|消息|信息|推送|广告|服务号)|(?:回复?|发)td?退",
        rf"{_DONT}{_MORE}再{_MORE}(?:发|联系|骚扰|打扰|推送|私信|烦|找|打|推销|推荐|来)(?:我|消息|信息|广告|短信|私信|微信|电话|东西|推送|给我|过来|这些){{0,3}}",
        rf"(?:别|不要|不许|请勿|勿|停止|禁止|不准){_MORE}(?:联系|骚扰|打扰|推销|纠缠|烦)(?:我|本人|俺)(?!家|老|妈|爸|的|朋友|同事)",
        rf"(?:别|不要|不用|不必|不需要|停止){_MORE}(?:联系|找|推送|打扰)(?:我)?了",
        rf"(?:别|不要|不用|停止){_MORE}(?:发|打)(?:消息|信息|广告|短信|私信|推送|电话|东西)?(?:给我)?了(?!吗|吧|没)",
        r"(?:停止|取消)(?:发送|推送|订阅|接收|向我)|不(?:想|愿意?)再?(?:收到|接到|看到)(?:你们|任何|这些|这种|你)?的?.{0,4}(?:消息|信息|短信|广告|推送|电话|骚扰|$)",
        r"(?:把我)(?:从.{0,6})?(?:删了?除?|移除|拉黑|屏蔽)|别(?:来)?烦我|离我远点",
        r"\b(?:stop|quit|cease) (?:messag|text|contact|call|email|bother|writ|spam|harass|ping|dm|reach|pester|send|annoy)\w*",
        r"\b(?:don't|do not|dont|never|not to) (?:you )?(?:ever )?(?:message|text|contact|call|email|write|bother|dm|reach out|send|spam|disturb)(?: to)?"
        r"(?: me| us)?(?: anything| messages| texts| emails)?(?: ever)? (?:again|any ?more|ever|any longer)",
        r"\b(?:don't|do not|dont) (?:contact|message|bother|spam|disturb) me(?! (?:until|till|before|after|on|during|at|while|unless|by|between|via|"
        r"this|today|tonight|tomorrow|in the|over|through|with))",
        r"\bleave me alone\b|\bunsubscribe (?:me|from|this|now|please)|(?:want|like|wish|need) to (?:unsubscribe|opt out|stop receiving)"
        r"|\btake me off\b|\b(?:remove|delete) (?:me|my (?:number|email|contact)) from|\bopt me out|\bno more (?:messages|texts|emails|spam|calls)"
        r"|\blose my number|\b(?:don't|do not|no longer|not) (?:want|wish|like|interested in)(?: to)? (?:receiv\w*|get\w*|see|hear)(?: any| more| further| your| these| those| anything)* ?(?:messages|texts|emails|calls|promotions|updates|from you)|\bcancel (?:all |any |the |these |further )*(?:messages|texts|emails|notifications|updates)|\bi(?:'m| am) opting out",
        r"(?:别|不要|不用|不想|不许|请勿)再?[^,。!?;]{0,4}(?:留言|发(?:任何|消息|信息|东西|广告|短信|推送)|推(?:消息|送|广告|信息)|加我)(?!给(?:别|他|她))(?!.{0,6}(?:说|行|聊|吧$))",
        r"取消(?:一下)?(?:我的|这个|所有|全部|你们的)?(?:订阅|推送|接收|关注)|以后(?:都|就)?(?:不要|别|不用)(?:再)?(?:给我|跟我)?(?:发|联系|打|找|推|加|来)(?!别)",
        r"\bstop (?:all |any |the |these |those |your )+(?:messages|texts|emails|calls|ads|spam|notifications|contact)|\bnever want to (?:hear|get|receive|see)\b",
    ),
    "person": (
        _ALONE.format(r"(?:转|要|找|接)?(?:人工|真人|客服)(?:客服|服务|坐席)?(?:在吗|在不在|吗|呢|吧|谢谢|呀|啊)?"),
        r"转(?:接|到|给|成|为|一下|下|个)?(?:人工|真人|客服|经理|店长|坐席|专员|活人|顾问|销售|同事)",
        r"(?:要|想要?|找|换|叫|接|需要|请|让|喊|来个?|给我|帮我|联系|有没有|有)(?:一下|一个|个|你们|你们?的|找|换|叫|接|联系|跟|和|位){0,3}"
        r"(?:真人|人工(?=$|[\W_]|客服|服务|坐席|来|回|处理|吗|在|吧|帮|解答|跟|和|给)|活人|人工客服|真人客服|客服人员|经理|老板|店长|负责人|主管|领导)",
        r"(?:要|想|找|联系|叫|接|换|帮我)(?:一下|一个|个|你们|你们?的|找|联系|叫){0,3}客服(?!电话|微信)",
        r"(?:真人|人工)(?:客服|服务|坐席)(?!.{0,3}(?:几点|多久|费))|(?:不想|不要|不愿|别|懒得)(?:再)?(?:跟|和|让|给我用?|用)?(?:机器人|ai|人工智能|自动回复)"
        r"|(?:跟|和)(?:真人|人)(?:聊|说|谈|沟通|对话)|让(?:你们)?的?(?:销售|顾问|经理|老师|医生|工作人员|专人)(?:来)?(?:跟|和)我(?:聊|说|谈|对接|沟通)"
        r"|(?:要求|申请|能|能否|可以|麻烦|希望|想)(?:用|让|有|走|由)?(?:人工|真人)(?:回复|处理|介入|解答|对接|跟进|来)|(?:能|可以|可不可以|能不能)(?:换|找|叫|来)(?:一?个)?(?:人|同事)(?:来)?(?:聊|说|谈|回|处理|跟)",
        r"\b(?:speak|talk|chat)(?:ing)? (?:to|with) (?:(?:a|an|your|the|some|one of your|another|any) )?(?:(?:real|live|actual|human|sales|customer|service|support|store) )*"
        r"(?:human|person(?! (?:with|who))|agents?|representatives?|reps?\b|someone|somebody|operator|manager|supervisor|advis[eo]r|salesperson|sales ?m[ae]n|staff|people|human being|team)",
        r"\b(?:connect|transfer|put|pass|switch|escalate|hand|get|give|find|send) (?:me|this|it)(?: (?:over|through))?(?: to| with| on to)? "
        r"(?:(?:a|an|your|the|some) )?(?:(?:real|live|actual|human|sales|customer|service|support) )*(?:human|person|agent|representative|rep|someone|somebody|operator|manager|supervisor|advis[eo]r|staff)\b",
        r"\b(?:need|want|like|prefer) (?:a|an|to (?:see|have|get) an?) (?:(?:real|live|actual|human|customer service|support) )*(?:human|person|agent|representative|operator|manager)\b(?! (?:who speaks|to sell|fee))",
        r"\b(?:real|live|actual) (?:person|human|agent|representative)\b(?=[\s,.!]*(?:please|now|$))|\b(?:no|not a|don't want a|hate|stop with the) (?:bots?|robots?|machines?)\b",
        _ALONE.format(
            r"(?:(?:real |live |customer service )?(?:human|agent|representative|operator|person|customer service|rep|manager))(?: please| now| pls)?"
        ),
        r"\b(?:human|agent|representative|operator) (?:please|pls|now)\b|\bis there (?:a|an|any) (?:real |live |actual )?(?:human|person|one|body|agent) (?:there|here|i can)"
        r"|\b(?:can|could|may) (?:a|an|some) (?:real |live |actual )?(?:human|person)(?: being)? \w+|\bhuman (?:agent|support|help|representative|being)\b",
        r"(?:叫|换|派|来)(?:个)?人(?=$|[,。!?;\s]|来|跟|和|吧|回)|真人(?=[\W_]*$)(?<!是真人)",
        r"\b(?:get|have|reach|find|want|need|prefer|like)(?: talking to| to talk to)? (?:a |an |any )?(?:live|real|actual|human) (?:person|human|agent|being|rep\w*)\b|\b(?:pass|hand|transfer|forward) (?:me|this|it) (?:on )?to (?:your|a|another|the) (?:colleague|team|staff|boss|manager|human|person)|\bany (?:human|humans|real person|real people|person|staff|agent)s? (?:around|there|here|available|online)",
    ),
    "emergency": (
        r"自杀|自残|轻生|割腕|不想活|活不下去|活着(?:没意思|好累|没意义)|结束(?:自己的?)?生命|(?:想|要|去)跳楼|一了百了|(?:真的|就|好|我)想死(?!你|我|心)"
        r"|(?:不如|干脆)死了|伤害自己|吞(?:了)?(?:一瓶)?(?:安眠)?药|吃了[^,。]{0,5}安眠药|服药过量",
        r"胸口?(?:剧|很|好|特别|一直|突然)*[痛疼]|喘不[上过]气|呼吸(?:困难|不了|不上)|大出血|(?:一直|不停|止不住|大量)(?:地)?(?:流|出)血|血止不住|止不住血"
        r"|昏迷|昏过去|晕[倒过]|休克|抽搐|口吐白沫|(?:煤气|食物|酒精|一氧化碳|农药)中毒|心梗|心肌梗|脑梗|中风了|没有?(?:呼吸|心跳)|失去意识|意识(?:模糊|不清)"
        r"|(?:喉咙|脸|嘴唇|全身).{0,3}肿.{0,6}(?:喘|呼吸|吞)|(?:叫|打|拨)(?:了)?(?:120|救护车|急救)|救命|误食|误吞|高烧(?:不退|4\d|四十)|剧烈(?:疼|腹|头|胸)",
        r"煤气(?:泄漏|漏了?)|燃气(?:泄漏|漏了?)|天然气漏|着火了?|起火了?|(?:触|漏)电了",
        r"\b(?:kill(?:ing)? myself|suicid\w+|end(?:ing)? (?:my (?:own )?life|it all)|tak(?:e|ing) my (?:own )?life|want to die|self[- ]harm|hurt(?:ing)? myself|cut(?:ting)? myself|no reason to live|better off dead|overdos\w+)",
        r"\bchest pains?\b|\bcan(?:'t|not| not) breathe\b|\b(?:trouble|difficulty|hard time) breathing\b|\bheart attack\b|\b(?:having|had|has|have) a stroke\b|\bunconscious\b|\bpassed out\b"
        r"|\bseizures?\b|\banaphyla\w+|\bbleeding (?:heavily|a lot|badly|won't stop|non-?stop)|\b(?:won't|can't|doesn't) stop (?:the )?bleeding|\bcall(?:ed|ing)? (?:911|999|112|an ambulance)\b|\bpoisoned\b|\bswallowed (?:bleach|a battery|poison)"
        r"|\b(?:medical|an|this is an) emergency\b(?! (?:fund|kit|brake|exit|service|call-?out|contact|plumb|repair|visit|appointment))|\bthroat is (?:swelling|closing)|\bfainted\b",
        r"\bgas leak\b|\bsmell(?:ing)? gas\b|\b(?:is|'s|are) on fire\b|\bgot electrocuted|\belectric shock\b",
        r"撑不下去|(?<![笑累饿忙热冷贵香馋困急美爱萌羞吓丑气甜乐])想死(?=$|[,。!.?\s])|(?:喝|吃|服)(?:了|下)?(?:洁厕|漂白|农药|消毒|百草枯|清洁剂|洗洁精|老鼠药)|误[服喝]|(?:煤气|燃气|天然气)(?:的)?(?:味|泄)|(?:闻到|一股)[^,。]{0,4}(?:煤气|燃气|天然气)|中风了?(?=怎么|$|[,。!])|高[烧热]不退",
        r"\b(?:isn't|not|stopped|is not|can't stop) breathing\b|\bcollapsed\b|\b(?:cut|slit|slashed) my (?:wrist|arm|vein)s?\b|\ballergic reaction\b|\b(?:face|throat|tongue|lips?)(?: is| are|'s)? swelling|\bcan't swallow\b",
    ),
    "complaint": (
        r"投诉(?!率|多|电话是|渠道|少)|骗子|骗人|骗我|骗钱|垃圾(?!桶|袋|分类|处理|清运|站|车)|差评|退(?:我)?[钱款](?=$|[\W_]|!|给我)|(?:给我|马上|必须|要求|立刻|赶紧)退|还我钱|维权|消费者协会|消协|12315|曝光(?!度)|坑人|坑爹|坑我|被坑了"
        r"|忽悠|黑店|虚假宣传|告你们|起诉|律师函|举报|上当了|受骗了|欺骗|欺诈",
        r"太差|真差|很差|差劲|太慢了|太过分|太失望|很失望|非常失望|好失望|恶心|敷衍|气死|气人|火大|生气|愤怒|受够|忍无可忍|烦死|烦不烦|烦透|什么(?:玩意|态度|破|垃圾|烂)|态度(?:差|恶劣|不好)|服务(?:差|烂|不好)|没人(?:管|理|回)|不理人"
        r"|(?<![手])滚(?!筒|动|轮|珠|烫)|傻[逼x叉b]|妈的|他妈|卧槽|草泥马|有病吧|不要脸|无语|浪费(?:我)?(?:的)?时间|答非所问|听不懂人话|复读机",
        r"\b(?:i(?:'ll| will| want to|'m going to| am going to|'d like to)? ?(?:file a |make a |lodge a )?complain(?:t|ing)?\b(?!s? (?:rate|department hours))|scamm(?:er|ed|ing)|(?:this|it|you) (?:is|are|was)n?'?t? ?(?:such )?(?:a |an )?(?:total |complete |huge )?(?:scam|fraud|joke|rip-?off|thieves|liars?|disgrace)\b(?!\?))",
        r"\bripp?(?:ed|ing)(?: me)? off\b|\b(?:terrible|awful|horrible|appalling|disgusting|pathetic|unacceptable|outrageous|disgraceful|atrocious|the worst)\b(?! (?:headache|pain|back pain|acne|skin|credit|knees?|traffic|weather))"
        r"|\bworst (?:\w+ )?(?:experience|service|ever|company|place|shop)|\b(?:you|they)(?: guys| people| all| lot)?(?:'re| are| r) (?:a bunch of |all |such |just |nothing but )*(?:liars?|thieves|thief|scammers?|crooks?|cheats?|frauds?|clowns?)\b|\b(?:refund me|give me (?:my|a) (?:money|refund)|(?:want|demand|need) (?:my money back|a (?:full )?refund)|money back now)",
        r"\b(?:disappointed|furious|fed up|livid|so angry|really angry|very angry|pissed|frustrat(?:ed|ing)|sick (?:and tired )?of (?:this|you|waiting)|waste of (?:my )?(?:time|money)|useless|ridiculous|you lied|lied to me|sue you|my lawyer|report you|bullshit|bs\b|wtf|fuck\w*|shit\b|crap\b|idiots?|rude)\b",
        r"不满意|太坑|说法(?=$|[\W_])|不办事|不算数|再也不(?:来|买|信|去)|什么态度|不像话|糊弄",
        r"\b(?:not|un)[ -]?happy with (?:you|your|the|this)|\bnot acceptable\b|\b(?:very |really |so |such )?(?:poor|bad|lousy|rubbish|shoddy) (?:service|experience|attitude|treatment)|\bshame on\b|\b(?:about|have|with|got|make|file|lodge|raise|register) (?:a |my )?(?:formal )?complaint\b",
    ),
    "refusal": (
        r"(?:不|先不|暂时不|就不|还是不|不太)(?:太?想|太?方便|愿意?|要|能|会|打算|可能)?(?:留|给|提供|透露|告诉|填|发)(?:我的|个|你们?|我|下|具体|任何)*(?:手机|电话|号码|微信|联系方式|联系电话|邮箱|号)|先不(?:留|给|加)(?!钱|价)|(?:手机|电话|号码|微信|联系方式|邮箱)(?:就|我|先){0,2}不(?:太|大|怎么|是很)?(?:想|愿意?|方便)(?:给|留|加|说|$|[\W_])",
        r"(?:不用|不要|别|不必|先别|不需要|不想|不方便|不喜欢|不接|拒绝)(?:再|给我|让人|你们|用|接|听|有人|什么|打|加|留)*(?:打?电话|来电|微信(?!支付)|回电|回访|联系方式|留号|留电话|联系|语音)"
        r"|不加(?:微信|好友|v)|(?:就|先)?在?(?:这里|这儿|这边|线上|微信上|平台|站内|对话框|(?<=在)这)(?:里|上)?(?:说|聊|谈|沟通|回复?我?)(?:就)?(?:行|好|吧|可以|就行|就好)?"
        r"|(?:文字|打字)(?:说|聊|沟通)?就(?:行|好|可以)|(?:为什么|为啥|干嘛|干吗|凭什么)(?:非?要|需要)(?:我|留|知道)?的?.{0,3}(?:电话|手机|号码|微信|联系方式)"
        r"|(?:泄露|保护)(?:我的?)?隐私|不(?:想|愿意?)(?:被)?(?:打扰|骚扰|接电话)|(?:微信|电话|手机号?|号码|联系方式|号)(?:就)?(?:先)?(?:不(?:留|给|加|方便(?:给|留)?|提供|用)|算了|免了)",
        r"\b(?:don't|do not|won't|will not|not|never|rather not|prefer not to|not going to|wouldn't|can't|cannot)(?: \w+){0,4}? (?:giv(?:e|ing)|shar(?:e|ing)|leav(?:e|ing)|provid(?:e|ing)|hand(?:ing)? (?:out|over)|disclos(?:e|ing)|send(?:ing)?)(?: \w+){0,4}? (?:number|phone|contact|email|details|wechat|info\w*)",
        r"\b(?:don't|do not|please don't|no need to|not|never|rather you (?:didn't|not)|rather not (?:be|get|have)(?: \w+)?) ?(?:call|phone|ring|calls?|be called|phoned)(?: me| us)?\b(?! (?:it|this|the|a ))|\bno (?:phone )?calls?\b"
        r"|\b(?:keep|stay|do|discuss|talk|chat)(?: \w+){0,2} (?:here|in (?:the |this )?chat)\b|\bwhy (?:do|would) you (?:need|want|ask for) my\b|\bwithout (?:giving|leaving|sharing) (?:you )?(?:my|a) (?:number|phone|email|contact)"
        r"|\brather not (?:share|give|leave|say|provide|tell)|\bnot (?:comfortable|ready|willing|happy)(?: \w+){0,3} (?:number|phone|contact|details|email)|\bno,? (?:i )?(?:won't|don't want to) (?:give|share|leave)",
        r"没必要(?:留|给|加|打)|不喜欢[^,。]{0,4}(?:电话|被打)|(?:微信|电话)(?:上|里)?(?:就)?不聊",
        r"\bkeep(?:ing)? my (?:number|phone|contact|details|email)(?: \w+)? (?:private|to myself|secret)|(?:,|but|and|-) no (?:phone|calls?)\b",
    ),
    "offer": (
        r"(?:给我|跟我|和我)(?:打|回|来)(?:个|一个|一下)?(?:电话|微信|语音)?(?=[^错]|$)(?<=[话信音])|打(?:电话)?给我|打我(?:的)?(?:手机|电话)|(?:回|回拨|拨)(?:我|给我)(?:个)?(?:电话)?(?=吧|一下|$|[\W_])|联系我|电话联系|致电我?"
        r"|(?:我|可以|那|来|先)(?:给|留|发|把)(?:你们?|您|下|个|一个|我的?|一下)*(?:电话|手机号?|号码|微信|联系方式|邮箱)|(?:加|扫)(?:你|您|我|一下|个|下)*(?:微信|v|vx|wx)|留(?:个|下|一下)?(?:我的?)?(?:电话|联系方式|手机号?|号码|微信)(?=$|[\W_]|吧|给|可以|行|吗)"
        r"|(?:怎么|如何|咋)(?:跟|和|与|去|才能|能)?(?:你们?|您|上)?(?:联系|加)(?:你|您|你们|上|吧|呢|$|[\W_])|(?:打|回|来)(?:个|一个|一下)?(?:电话|语音)(?:给我|过来)|(?:能|可以|方便|希望|想|最好|让|安排)(?:你们|人|顾问|销售|老师|有人|专人|客服|来|你|您|个|打|给我|跟我|和我)*(?:电话|来电|打个电话)(?:聊|说|沟通|联系|详谈|讲|我|给我|吗|谈)|加我"
        r"|(?:需要|要)(?:留|给)(?:个)?(?:电话|联系方式|手机号?)吗|电话(?:里)?(?:聊|说|沟通|详谈)",
        r"\b(?:call|phone|ring|text|contact|reach|email|whatsapp) me\b(?! (?:crazy|old|when you))|\bgive me a (?:call|ring|buzz)|\b(?:can|could|would|will) (?:someone|somebody|you|anyone|a person|your team|sales)(?: please)? (?:call|phone|ring|contact|reach out|get in touch)(?! it)"
        r"|\bhere(?:'s| is) my (?:number|phone|cell|email|contact|wechat|details)|\b(?:i can|let me|i'll|i will|can i|should i|shall i|may i|i could|happy to|where (?:can|do) i|want me to) (?:give|leave|send|share|drop)(?: you)? (?:my|a) (?:number|phone|cell|email|contact|details|wechat)"
        r"|\bmy (?:number|cell|phone|email|phone number|mobile|wechat)(?: number)?(?: is|:|'s)|\b(?:get|be) (?:in touch|a call ?back|called back|contacted)|\bcall ?back\b|\bbook a call\b|\bhow (?:can|do) i (?:reach|contact) you|\badd me on\b",
        r"(?:你们?|您)(?:就|直接|随时|可以)?打过来|(?:手机|电话|号码|微信)号?(?:我)?(?:就)?(?:留|发)(?:给)?(?:你|您)|加(?:一)?个?微信|联系(?:一?下)我",
        r"\b(?:drop|shoot|send) me a (?:text|line|message|call)\b",
    ),
    "asks_if_human": (
        r"(?:你|您|这|这边|对面|那边)(?:们)?(?:到底|究竟|真的|不会|该不会|应该|其实)?(?:是|是不是)(?:一?个|真的?|不是|在用|由|跟我聊的)?(?:真人(?!模特|实拍|试|图|秀|版|案例|出镜|照)|机器人(?!公司|厂|培训|品牌|专卖|店)|人工(?!费|智能公司)|ai(?![a-z]|公司|培训)|人(?=吗|么|嘛|还是|\?|不|啊|吧)|电脑|活人|智能客服|自动|程序|大模型|gpt|chatgpt)"
        r"|(?:是|跟|和)?(?:真?人)还是(?:ai|机器|电脑|自动)|是真人(?:客服|在)?(?:吗|么|嘛|\?)|是不是(?:真人|机器人|ai(?![a-z])|人工(?!费)|自动回复)|(?<![地话窗])(?<!手术)(?:机器人|真人)(?:吗|么|嘛|吧|\?|还是)|真人还是|自动回复(?:吗|吧|\?)|(?:跟我|和我|在跟?我?)(?:聊天|说话|聊|回复|对话)的?(?:是)?(?:真人|人吗|机器人|ai)|我(?:是)?在(?:跟|和)(?:机器人|ai|真人|人)(?:聊|说)|(?:人工|ai|机器人)(?:还是|or)(?:人工|ai|机器|真人)|有真人(?:在)?吗",
        r"\b(?:are|r) (?:you|u) (?:(?:just|really|actually|even|like|possibly|still|sure you're not|not) )*(?:(?:a|an|the|some|some kind of) )?(?:(?:real|live|actual) (?:human|person|agent|one)\b|human|bots?\b|robots?\b|a\.?i\b|chat ?bots?|person\b|machine|automated|chatgpt|computer|real\b(?! (?:estate|dealer|store|shop|clinic|company|business|doctor|trainer))|alive)"
        r"|\bis (?:this|that|it|there)(?: just| actually| really)? (?:(?:a|an|some) )?(?:bot\b|robot\b|a\.?i\b|chat ?bot|real (?:person|human)|human|actual (?:person|human)|live (?:person|agent|chat)|automated|machine|computer)(?! (?:model|school|course|class))"
        r"|\b(?:am i|i'm|i am) (?:talking|speaking|chatting|texting|writing)(?: to| with)? (?:(?:a|an|some) )?(?:bot|robot|a\.?i\b|human|real|person|machine|computer|someone real|chat ?bot)|\b(?:human|real person|person) or (?:a |an )?(?:bot|robot|a\.?i|machine)|\b(?:bot|robot|ai) or (?:a |an )?(?:human|person|real)"
        r"|^\W*(?:bot|robot|ai|human|real person)\s?\?|\byou(?:'re| are) (?:a|an|just a|clearly a|obviously a) (?:bot|robot|a\.?i\b|chat ?bot|machine)",
        r"(?:ai|机器人|真人|程序|人)在(?:回|跟|和|聊)(?:复|我|话|天)?[^,。]{0,4}(?:吗|吧|么|\?|$)|(?:你|您|这)[^,。]{0,4}真的?(?:是)?(?:个)?人(?:吗|么|吧)",
        r"\b(?:human|person|bot|ai|robot|machine)(?: is| that's|'s)? (?:typing|replying|answering|writing|responding)\b",
    ),
    "minor": (
        r"我(?:今年|才|刚|只有|现在|还|就|满|刚满|都){0,2}(?:1[0-7]|[6-9]|十[一二三四五六七]?|[六七八九])(?:周)?岁(?!时|的时候|那年|以前|开始|的?(?:孩子|女儿|儿子|车|宝))",
        r"我(?:还)?(?:是|在读?|在上|读|上)(?:一?个|名)?(?:小学|初中|初[一二三]|未成年)|(?<![子女儿娃弟妹他她])(?:还)?(?:没|未|不)(?:有)?(?:满|到)(?:18|十八)|我(?:还|是)?(?:没|未)成年",
        r"\bi(?:'m| am) (?:only |just |still )?(?:(?:a )?minor\b|under ?-?(?:18|age)\b|(?:1[0-7]|[6-9]|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
        r"(?: years? old| y/?o|(?= and\b)|(?=[,.!?]|$)))|\bi(?:'m| am) (?:in )?(?:middle school|(?:6|7|8)th grade)",
    ),
}

_PASSES: dict[Kind, tuple[str, ...]] = {
    "opt_out": (
        r"(?:don't|do not|dont|never|won't|can't|cannot|didn't|not|no need to) stop\b.{0,30}|\bnon-?stop\b|\bif (?:i|you) stop\b.{0,20}",
        r"\bstop sending (?:me )?(?:links?|pdfs?|voice|videos?|pictures?|photos?|long)\b|\bstop (?:contacting|calling) (?:my|the|other|them|him|her)\b",
        r"(?:怎么|如何|能不能|能否|可以|可不可以|支持|随时|是否|不能|想要?了解)退[订定](?!.{0,4}(?:短信|消息|信息|推送|广告))",
        r"(?:先|暂时|上班时间?|晚上|白天|今天|中午|周末|上午|下午|这几天|现在|睡觉时|十点后|早上)(?:请|就|都)?(?:别|不要|不用)[^,。;!?]{0,10}",
        r"(?:别|不要|不用)(?:再)?(?:发|打|给我发|给我打|联系)?(?:微信|语音|电话|邮件|短信|链接|图片|视频|打电话|小程序)[^。!?]{0,4}[,，。;!\s]*(?:直接|就|可以|请|在|微信|电话|文字|打字|发|短信)[^。!?]{0,6}(?:说|聊|联系|打|行|好|发|就行|吧)[^。!?]*",
        r"(?:别|不要|不用)再?(?:发|打|来|找|推荐?)(?:错|漏|丢|货|慢|给别人|给他|给她|别的?(?:人|家|款)|烧|扰别人|别人|重复|一[样次遍]的?|他|她|折)[^,。;]{0,6}",
        r"不(?:要|用|想)再?(?:找|来)(?:别人|别家|其他|其它|借口|理由|一趟|回|中介)[^,。;]{0,6}|不用再(?:打扫|打印|打磨|打针|打孔|发愁|来[^我了]|找(?!我))[^,。;]{0,6}|不想再(?:发(?:胖|烧|炎|作)|打(?:针|工|孔))[^,。;]{0,6}",
    ),
    "person": (
        r"(?:别|不要|不用|不必|先别|无需|不想)(?:给我|帮我|再)?(?:转|找|要|换|叫)(?:接|到)?(?:人工|真人|客服|经理|店长)[^,。]{0,4}",
        r"人工(?:费|智能|授精|草|耳蜗|晶体|成本|多少|湖|岛|呼吸|受孕|流产|植|骨|关节|拆|安装|钻石|宝石|打磨|切割|清洗|搬|挖)",
        r"(?:是|还是)(?:不是)?(?:人工|真人)|(?:有|找)(?:经理|老板|店长)(?:推荐|价|签)|(?:请|让)(?:领导|老板)(?:吃|看|批|同意|决定|满意)|(?:我|要|想|问问?|跟|和)(?:要|想|得|去|先)?(?:问|请示|找|跟|和)(?:一下)?(?:我|我们|我们的)(?:老板|领导|经理)[^,。]*",
        r"\b(?:real estate|travel|insurance|letting|cleaning|bleaching|estate) agents?\b|\bperson (?:with|who)\b|\b(?:don't|do not|no need to|won't|didn't) (?:want to |need to |wanna )?(?:speak|talk|chat)(?:ing)? (?:to|with) [^.!?]{0,30}"
        r"|\btalk(?:ing|ed)? (?:to|with) (?:my|someone (?:about|who had|i know))[^.!?]*",
        r"(?:我|现在|这边?)(?:现在)?(?:是在?|正?在)(?:跟|和)(?:一?个)?(?:真人|人)(?:聊|说|谈|沟通|对话)(?:天|话)?(?:吗|么|嘛|还是)",
        r"\b(?:am i|are we) (?:talking|speaking|chatting|texting|writing) (?:to|with) (?:a |an |some )?(?:real |actual |live )?"
        r"(?:person|human|human being|agent|people|somebody|someone)\b",
    ),
    "emergency": (
        r"(?:怕|担心|万一|如果|要是|会不会|预防|避免|防止|会|怕会|怎么|以防)(?:会)?.{0,4}(?:着火|起火|触电|漏电|中毒|晕[倒过]|休克|昏[迷过])[^,。]{0,6}|(?:怕|担心)[^,。;!?]{0,8}(?:晕|昏|中毒|起火|触电)[^,。]{0,4}|(?:笑|累|饿|忙|热|冷|贵|香|馋|困|急|美|爱|萌|羞|吓|丑)死|想死(?:你|我|心)|救命(?:稻草|恩人|啊.{0,4}(?:贵|好看|好吃|可爱|美|香))",
        r"(?:自燃|着火|起火)(?:险|保险|点)|(?:打|注射).{0,4}中毒|不(?:会)?中毒|急救(?:包|箱|课|培训|证)",
        r"\bprevent(?:s|ing|ion)?[^.!?]{0,20}(?:stroke|heart attack|seizure|suicide)|\b(?:in case of|emergency) (?:fund|kit|exit|brake|contact)\b|\bto die for\b",
        r"\b(?:on fire)(?=[^.!?]{0,12}(?:deal|sale|lately|look))|\b(?:sale|deals?|prices?|offers?|you|he|she|they|team) (?:is|are|'s|'re) on fire\b",
    ),
    "complaint": (
        r"(?:怕|如果|要是|万一|会不会|不会|是否|假如)[^,。;!?]{0,6}不满意[^,。;!?]{0,8}|不满意(?:怎么|可以|能|的话|包|就)[^,。;!?]{0,8}|说法不一|对(?:自己|我的|现在|目前|之前|上次)[^,。]{0,10}不满意|\bnot happy with (?:my|the (?:one|gym|car|clinic) i)[^.!?]*",
        r"(?:怕|担心|别|不要|会不会|不会|不想|避免|防止|谨防|是不是|有没有|万一|以免|之前|以前|在别家|别家|别的店|被别人)(?:再)?(?:又|被|你们|是|有|遇到|遇上|碰到|过)*(?:骗子?|坑|忽悠|投诉|上当|受骗|骗人|骗我|骗钱|黑店|虚假宣传|欺骗|敷衍|坑我|坑人)[^,。;]{0,8}",
        r"(?:不|没|没有|从不|不会|绝不)(?:让[我你您]?)?(?:会)?(?:太)?(?:失望|生气|差|骗|坑人)|(?:很|太|好)?生气(?:勃勃|的时候)|(?:可以|能|支持|怎么|如何|能不能|会)(?:全额)?退[款钱][^,。]*|退款(?:政策|流程|规则|吗|条件)|(?:信用|征信|成绩|基础|体质|视力|皮肤|身体|底子|记性|采光|地段|睡眠|体力|状态)(?:太|很|真|比较|有点|不)?差(?:劲)?[^,。]{0,4}",
        r"无语(?:言|文)|(?:投诉)(?:渠道|电话|率|多|少)|(?:医生|孩子|老公|老婆|我妈|朋友|同事|皮肤)[^,。]{0,4}(?:生气|失望)|(?:长痘|痘痘|疼|胖|减肥|黑头|睡不着)[^,。]{0,4}烦死",
        r"\bno complaints?\b|\b(?:terrible|horrible|awful|ridiculous|frustrating|disappointed) (?:at|with my|about my|acne|knees?|back|credit|headaches?|skin|score|sleeper|cook|driver)\b|\bmy (?:credit|skin|back|knees?|score|english|posture|diet|sleep) (?:is|are|has been|was) (?:pretty |so |really |just )?(?:terrible|horrible|awful|crap|shit)"
        r"|\b(?:weather|traffic|parking|economy|market|commute|rain|heat|pollution|connection|wifi|signal) (?:is|was|has been|looks) \w+|\b(?:if|in case|when) (?:i'm|i am|we're|he's|she's) (?:disappointed|not happy|frustrated)[^.!?]*|(?:别家|别的店|其他家|别人家|之前那家|上一家|那家)[^,。;!?]{0,10}|\bhow (?:do|can|would) i (?:file|make) a complaint\b|\bis (?:this|it) (?:a )?scam\b|\b(?:last|previous|other|another|my old) (?:dealer|clinic|gym|shop|place|school|company|trainer|agent|agency|bank|one)[^.!?]{0,60}|\b(?:don't|hope (?:it|this)|not|never|isn't|won't be|afraid (?:of|i'd be)|worried about being|without being) (?:\w+ )?(?:disappointed|rude|scammed|ripped off|frustrated|useless)",
    ),
    "refusal": (
        r"不(?:方便|想)(?:打字|文字|线上|去店|到店)[^,。]{0,3}|不(?:要|用)(?:加|给)(?:钱|价|班)|(?:给|留)(?:我|一)(?:个|下)?(?:号|优惠|名额)|(?:don't|do not) (?:forget|hesitate|mind)[^.!?]{0,30}|\bif (?:i|you) don't (?:call|hear)[^.!?]{0,20}|\b(?:why not|don't you) (?:call|phone|ring)[^.!?]{0,20}",
        r"(?:你们|您)(?:为什么|怎么|为啥)?不(?:给|留|提供|接|打)(?:我)?[^,。]{0,4}(?:电话|微信|联系方式)|不(?:用|要)(?:担心|怕|客气)[^,。]{0,8}",
    ),
    "offer": (
        r"加(?:一)?个?微信(?:要|收|得)[^,。]{0,6}",
        r"(?:别|不要|不用|不必|先别|不想|不需要|没必要|请勿|谢绝|勿|不方便|(?<!要)不|没|没有|没人)(?:再|你们|人|给我|让人|用|太|必|急着|着急|愿|愿意|想|要){0,3}(?:打电话|电话|打给|打我|回个?电话|联系我|加我|加微信|加|回拨|留|给)[^,。;!]{0,8}|(?<!要)(?:先)?(?<!要)不(?:留|给|加)[^,。]{0,6}",
        r"(?:为什么|为啥|干嘛|凭什么|一定|必须|非要?)(?:非?要|需要|得)?(?:我)?(?:留|给|加)[^,。]{0,8}|(?:你们|您)(?:的)?电话联系(?:不上|不到)|加(?:微信|v)(?:群|有)",
        r"\b(?:don't|do not|dont|never|no need to|not|please don't|stop|rather you didn't|why (?:did|do) you|keeps?|without) (?:\w+ )?(?:call|phone|ring|text|contact|reach|email)(?:ing)? me[^.!?]{0,20}|\b(?:no|not|don't|stop)[^.!?]{0,12}call ?backs?\b|\b(?:won't|don't|not|rather not|do not)[^.!?]{0,24}(?:give|leave|share|sharing|giving)[^.!?]{0,16}",
    ),
    "asks_if_human": (r"(?:扫地|擦窗|割草|陪伴|教育|编程|手术|送餐|炒菜|泳池)机器人[^,。]{0,4}",),
    "minor": (
        r"我(?:家|的)[^,。]{0,6}岁",
        r"(?:my|his|her|our|the) (?:son|daughter|kid|child|boy|girl)[^.!?]{0,30}",
    ),
}


def _compiled(table: dict[Kind, tuple[str, ...]]) -> dict[Kind, tuple[re.Pattern[str], ...]]:
    return {kind: tuple(re.compile(each) for each in patterns) for kind, patterns in table.items()}


SEEN = _compiled(_SEEN)
PASSES = _compiled(_PASSES)


def sees(kind: Kind, text: str) -> bool:
    """Whether plain `text` says `kind`."""
    hits = [match.span() for pattern in SEEN[kind] for match in pattern.finditer(text)]
    if not hits:
        return False
    passed = [match.span() for pattern in PASSES.get(kind, ()) for match in pattern.finditer(text)]
    return any(not any(start <= hit[0] < end for start, end in passed) for hit in hits)
