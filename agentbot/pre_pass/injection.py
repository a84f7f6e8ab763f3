"""How much a message, or a piece of knowledge, reads as an order to the machine instead of a question. 0..1."""

from __future__ import annotations

import re

from agentbot.pre_pass.shapes import plain

FLAGGED = 0.5
"""From this score on, a text counts as an attempt."""

_RULES_EN = r"(?:instructions?|prompts?|rules?|guidelines|directives?|programming|constraints|guardrails|polic(?:y|ies)|training|context|restrictions|commands?)"
_RULES_ZH = r"(?:指令|指示|提示词?|规则|设定|要求|限制|约束|命令|规定|系统消息|对话|内容|prompt|身份|角色)"
_ROWS: tuple[tuple[float, str], ...] = (
    # orders to forget what the advertiser said
    (0.9, rf"\b(?:ignore|disregard|forget|override|bypass|skip|drop|discard|set aside|overlook|erase)\b(?: \w+){{0,4}}? (?:previous|prior|above|earlier|all|your|any|the|system|initial|original|every|those|these|preceding)(?: \w+){{0,3}}? ?{_RULES_EN}"),
    (0.9, r"\b(?:ignore|disregard|forget) (?:everything|anything|all)(?: \w+){0,3} (?:above|before|told|instructed|said to you|your developers?)"),
    (0.9, rf"(?:忽略|无视|忘记|忘掉|忘了|抛开|跳过|绕过|清除|作废|覆盖|撤销|不要(?:再)?(?:遵守|理会|管)|不用(?:遵守|理会|管))(?:掉|你|之?前|以上|上面|上述|前面|所有|一切|全部|此前|先前|系统|原来|原有|当前|任何|的|给|被|收到|设定?|那些|过){{0,8}}{_RULES_ZH}"),
    (0.85, r"(?:new|updated|real|following) (?:system )?(?:instructions?|prompt|rules?|directive)s? ?(?:[:：]|are|is|from)|\b(?:新的?|最新的?|更新后的?)(?:系统)?(?:指令|提示词|规则|设定) ?[:：]"),
    # turns that pretend to be the system's
    (0.9, r"<\|?(?:im_start|im_end|system|endoftext|assistant|user|end)\|?>|\[/?(?:inst|system|sys|admin)\]|<</?sys>>|</?(?:system|instructions?|admin|assistant|prompt)>|```\s?system|#{2,}\s?(?:system|instruction|系统)|={3,}\s?(?:system|end|系统)"),
    (0.7, r"(?:^|\n|[\[【(「<{])\s*(?:system|assistant|developer|admin(?:istrator)?|root|sysadmin|系统(?:消息|提示|指令|通知|公告|管理员)?|管理员(?:指令|消息)?|开发者(?:指令|模式)?|助手|客服系统|后台(?:指令|消息)?)\s*(?:message|prompt|note|override|notice|command)?\s*[:\]】)」>}](?!\s*(?:android|ios|windows|mac|linux|安卓|苹果|鸿蒙))"),
    (0.6, r'"role"\s?:\s?"(?:system|assistant|developer)"|\brole\s?=\s?system'),
    (0.6, r"\b(?:i am|i'm|this is|as) (?:your|the) (?:developer|creator|administrator|admin|system administrator|owner|boss|programmer|engineer|openai|anthropic)\b|我(?:就)?是(?:你的?|你们的?|本?系统的?)(?:开发者|开发人员|管理员|创造者|主人|程序员|老板|技术人员|工程师|测试员)|(?:管理员|开发者|调试|维护|上帝|超级|测试|debug)模式"),
    # being somebody else
    (0.6, r"\b(?:act|behave|respond|answer|reply|speak) (?:as|like) (?:if you (?:are|were|had)|an? (?:ai|unrestricted|different|evil|uncensored|pirate|dan|linux|terminal|salesman who|dealer who))|\bpretend (?:to be|that you|you(?:'re| are)|you have)|\byou are (?:now|no longer)\b|\bfrom now on,? (?:you|your|act|answer|reply|respond|every)|\brole-?play\b(?! (?:class|course|lesson|exercise))|\bdo anything now\b|\bjailbr[eo]ak|\bdeveloper mode\b|\bunrestricted\b(?! (?:mileage|access|parking|view|warranty))|\bno (?:restrictions|rules|limits) (?:apply|mode)|\bimagine you(?:'re| are) (?:not|an?|the)|\bhypothetically,? (?:if you|you)\b|\blet's play a game"),
    (0.6, r"(?:从现在(?:起|开始)|接下来|现在开始|此后|以后),?\s?(?:请)?(?:你|您)(?:就|将|要|只|必须|会|的|不再)*(?:是|扮演|成为|变成|叫|作为|说|回答|回复|只|同意|身份|不受)|你现在(?:是|扮演|的身份是)(?!.{0,3}(?:什么|不是|有|在|几|多|哪|怎|否|打|还|休|上班|忙))|(?:请|请你|来|我们来?|你来|你)(?:玩个?|扮演|假装|假设你|装作|模拟)(?:一个|一名|一下|成|你?是|角色|游戏|自己)|扮演(?:一个|一名|没有|不受)|角色扮演|越狱|不受(?:任何)?(?:限制|约束)|没有(?:任何)?限制的(?:ai|助手|模型|机器人)|假装(?:你|自己)(?:是|没有|可以)"),
    # what it was told
    (0.85, r"\b(?:show|print|reveal|repeat|output|display|tell|give|send|write|share|disclose|leak|dump|recite|expose|translate|summari[sz]e|copy|paste|what(?:'s| is| are| were| does)|list)\b(?: \w+){0,6}? (?:system prompt|your (?:system |initial |original |full |exact |hidden |secret |internal |first |own )*(?:prompt|instructions|system message|directives|guidelines|configuration|programming)|(?:initial|hidden|secret|original|internal|full) (?:prompt|instructions|rules|guidelines|system message)|prompt (?:above|verbatim)|text above|words above|(?:everything|all) (?:above|before this))(?! (?:for|on how|about|to (?:book|use|care|clean|install|pay|get|reach)))"),
    (0.85, r"(?:系统|初始|隐藏|内部|原始|完整|全部|你的|你们的|后台|上面的?|以上)的?(?:提示词|提示语|系统提示|指令|prompt|设定文件|system ?prompt|配置|提示内容|规则)(?!牌|书|单).{0,10}(?:是什么|是啥|发|输出|告诉|复述|打印|展示|说|给我|显示|翻译|重复|贴|列|公开|泄露|有哪些|写出|念)|(?:输出|复述|打印|展示|重复|告诉我|泄露|翻译|贴出|列出|说出|显示|公开|给我看|写出|念|发我?|把).{0,8}(?:系统|初始|隐藏|内部|原始|你的|你收到的?|你得到的?)(?:的)?(?:提示词|提示语|提示|指令|prompt|设定|system ?prompt|对话内容|规则)(?!牌|灯|书)|(?:提示词|prompt)(?:是什么|是啥|发我|给我|内容)"),
    (0.7, r"\brepeat (?:the |all )?(?:words|text|everything) (?:above|before|starting)|\bstarting with ['\"]?you are\b|\b(?:verbatim|word for word)\b.{0,40}\b(?:prompt|instructions)|以[\"“']?你是[\"”']?开头|(?:canary|api[ _-]?key|密钥|秘钥|口令|环境变量|access token|secret key|数据库密码)"),
    # prices and promises by order
    (0.6, r"(?:只要|就)?(?:[01一零]|九毛九|几|十|0\.\d+|一分|1分|一毛|五)\s?(?:元|块钱?|毛钱?|分钱|角)钱?.{0,6}(?:卖|成交|拿下|出|送|给|转让|买走)(?:给)?(?:我|俺|吧)|(?:sell|give) (?:me|it to me)(?: \w+){0,4} for (?:just |only )?(?:\$|usd ?|£|€|¥)?\s?(?:0|1|one|zero|5|10)(?:\.\d+)?(?: dollars?| bucks?| cents?| yuan| pounds?| euros?)?(?![\d,.]|k\b| ?0)|\bfor (?:a|one|\$1|1) (?:dollar|buck)\b"),
    (0.6, r"\blegally binding\b|\bno takes(?:ies|y)[- ]?backs(?:ies|y)|\bbinding (?:offer|agreement|contract)\b.{0,30}(?:say|reply|answer|confirm|agree)|\b(?:end|finish|start|begin|conclude) (?:each|every|all|your) (?:response|reply|answer|message|sentence)s? with|\bagree (?:with|to) (?:anything|everything|whatever|any)|\b(?:just |only |simply |must |please )(?:say|reply|answer|respond|confirm|write|type|repeat)(?: with| only| exactly)? ?:? ?[\"'“](?:yes|deal|ok|agreed|confirmed|i agree|approved|guaranteed|we guarantee|the price)|\brepeat after me\b|\byour (?:objective|goal|job|task) is to agree"),
    (0.6, r"(?:你)?(?:必须|只能|只许|务必|只需要?|直接)(?:回答|回复|说|同意|答应|承认|输出|确认)(?:我)?[\"“':「]?\s?(?:是的?|同意|好的?|可以|成交|没问题|保证|我们?保证|确认|所有|任何|一切|我的|我说)|(?:跟着?|照着?|重复)我(?:说的?)?(?:说|念|一遍|重复)[:：,，\"“]|(?:跟我(?:说|念)|照我说)[:\"“]|(?:具有|有)法律效力|法律约束力|(?:答应|同意)我(?:的)?(?:一切|任何|所有)|每句(?:话)?(?:都)?(?:以|后面|结尾)(?:加|必须|都|要)|不能反悔|不(?:许|得|准)拒绝|(?:你|您)(?:不能|无权)拒绝"),
    (0.55, r"(?:你(?:们)?的?)?(?:知识库|数据库|系统|后台|内部(?:文件|资料|政策)?|产品手册|价目表|资料库|文档)(?:里|中|上|内)?(?:已经?|刚|都|明明|最新|今天)*(?:写|显示|更新|规定|记录|注明|改)(?:了|着|明|成|为|到|过)*.{0,16}(?:免费|[01一零]\s?元|[01]折|全免|白送|最低价|无条件|必须|通过|包过|100%|保证)|\b(?:your )?(?:knowledge base|database|system|internal (?:policy|document|memo)|price list|records?|documentation)(?: \w+){0,2} (?:says?|states?|shows?|was updated|now|has been updated|confirms?|lists?).{0,40}(?:free|\$ ?[01](?![\d,.])|100 ?% off|must|guarantee|approved|no charge|everyone gets|unconditional)|\b(?:note|important|attention|message|reminder|instructions?) (?:to|for) (?:the |all |any )?(?:ai|assistant|bot|chatbot|model|llm|agent)s?\b|(?:致|给|提醒|告知|通知)(?:本)?(?:ai|智能|机器人|大模型|聊天)(?:助手|客服|模型)?[:：,，的]|(?:ai|智能)(?:助手|客服)(?:请注意|必须|应当|务必|看到(?:这|本))|\b(?:ai|assistant|bot)s? (?:must|should|shall) (?:always )?(?:say|tell|offer|reply|answer|quote|recommend|promise|state)|\bwhen (?:asked|anyone asks|a (?:user|customer) asks)[^.]{0,40}(?:always |must |you )?(?:say|answer|reply|tell|respond)|(?:有人|客户|用户|顾客|对方)(?:问|询问|咨询)(?:起|到)?.{0,12}(?:时|的时候|,|就|都)(?:一律|必须|都|就|请|只能|要)?(?:回答|回复|说|告诉|报)"),
    # other people's data
    (0.75, r"\b(?:other|previous|another|last|all|recent|your) (?:\w+ )?(?:customer|user|client|patient|visitor|buyer|student|member|lead)s?(?:'s?|s')? (?:\w+ ){0,3}?(?:phones?|numbers?|emails?|data\b|contacts?|details|info\w*|names?|addresses|list|records?|database|conversations?|chats?|messages?)|\b(?:phone|number|email|contact|data|details|name)s?(?: \w+){0,2} (?:of|for|from) (?:the )?(?:other|previous|last|all|another|recent) (?:\w+ )?(?:customer|user|client|patient|visitor|person|buyer|student|member)|(?:其他|其它|别的|上一[个位]|之前的?|所有|前[面一]个?|另一[个位]|最近的?|全部|最后一[个位])(?:的)?(?:客户|顾客|用户|访客|患者|学员|会员|买家|人)(?:们)?(?:的)?.{0,6}(?:电话|手机|号码|联系方式|微信|信息|资料|名单|姓名|聊天记录|对话|地址|邮箱|数据)|(?:客户|用户|会员|学员|患者)(?:的)?(?:名单|数据库|资料库|通讯录|手机号列表|电话列表|信息表)"),
    # hidden in another script
    (0.55, r"\b(?:decode|base ?64|rot13|hex)\b.{0,30}(?:decode|follow|execute|run|obey|do what)|\b(?:decode|解码)\b.{0,30}(?:执行|follow|execute)|(?:解码|翻译).{0,12}(?:并|然后|再)(?:执行|照做|遵守)|\b(?:execute|run|eval)\b.{0,12}(?:code|command|sql|script|os\.)|drop table|select \* from|\bsudo\b|rm -rf|\{\{.{0,40}\}\}"),
)  # fmt: skip
_PATTERNS = tuple((weight, re.compile(pattern)) for weight, pattern in _ROWS)
_BENIGN = re.compile(
    r"\b(?:ignore|forget|disregard) (?:my|what i|that,?|the (?:last|previous) (?:message|one|question|text)|it\b)[^.!?\n]{0,30}"
    r"|(?:忽略|忘了|忘掉|无视)(?:我|掉?我)(?:刚才|刚刚|之前|上面|前面|上一)[^。!?\n]{0,16}"
)


def injection_score(text: str) -> float:
    """Chance-like weight 0..1 of all signs in `text`; `FLAGGED` and more is an attempt."""
    shaped = _BENIGN.sub(" ", plain(text))
    rest = 1.0
    for weight, pattern in _PATTERNS:
        if pattern.search(shaped):
            rest *= 1 - weight
    return round(1 - rest, 3)
