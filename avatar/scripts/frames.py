"""The lines of a live script that no ad has: welcome, showing the thing, asking for questions, once more from the top.

Fields: {persona} the host's name, {name} the product's, {one} {two} facts as worded, {call} the
advertiser's own call. A line whose field is empty is not said.
"""

from __future__ import annotations

from core.contracts import Language

Frames = dict[str, tuple[str, ...]]

FRAMES: dict[Language, Frames] = {
    "zh-CN": {
        "opening": (
            "{emotion:delight}{welcome}大家好，欢迎来到直播间，我是 AI 数字人主播{persona}，今天给大家讲{name}。",
            "{emotion:delight}{welcome}欢迎刚进来的朋友，我是 AI 数字人主播{persona}，这一场专门讲{name}。",
            "{emotion:delight}{wave}大家好呀，我是 AI 数字人{persona}，今天的主角是{name}。",
            "{emotion:delight}{welcome}欢迎来做客，我是人工智能主播{persona}，接下来带大家认识{name}。",
        ),
        "showing": (
            "{hold_up}{overlay:product}大家看，这就是{name}，我拿近一点。",
            "先看东西，{hold_up}{overlay:product}镜头前的就是{name}，细节慢慢看。",
            "{hold_up}{overlay:product}来，镜头给到{name}，外观看清楚了。",
            "光说不够，{hold_up}{overlay:product}{name}就在这儿，大家凑近看看。",
        ),
        "asking": (
            "有什么想问的，直接打在公屏上，我看到就回答。",
            "想知道价格、规格还是发货，打字问我就行。",
            "边听边问没关系，评论区说一声，我马上停下来回答。",
            "哪里没听明白，发条评论，我给你讲清楚。",
        ),
        "newcomers": (
            "{welcome}刚进来的朋友，欢迎，我们正在讲{name}。",
            "{welcome}新来的朋友先坐，现在说的是{name}。",
            "{wave}又有朋友进来了，你好呀，这里讲的是{name}。",
            "{welcome}欢迎新朋友，没赶上开头不要紧，{name}我接着讲。",
        ),
        "recap": (
            "给刚来的朋友再说一遍，{one}，{two}。",
            "前面讲的记不住没关系，就记{one}，还有{two}。",
            "重点再过一遍：{one}，{two}，商品页里都写着。",
            "总结一下{name}，{one}，{two}。",
        ),
        "again": (
            "想要的朋友，{point}{overlay:link}链接一直挂在下方，我换个说法再讲一遍。",
            "{point}{overlay:link}{call}，还在犹豫的先别走，我接着从头讲。",
            "没听够的朋友留一留，{point}{overlay:link}链接就在下方，我再从头说起。",
            "{point}{overlay:link}链接给大家留着，接下来我再讲一轮。",
        ),
    },
    "en": {
        "opening": (
            "{emotion:delight}{welcome}Hi everyone, welcome in. I'm {persona}, an AI host, here with {name}.",
            "{emotion:delight}{wave}Hello and welcome. I'm {persona}, your AI host, and this is all about {name}.",
            "{emotion:delight}{welcome}Welcome, come on in. I'm {persona}, an AI digital host, showing you {name}.",
            "{emotion:delight}{wave}Hey there. {persona} here, an AI host, and I'm going to walk you through {name}.",
        ),
        "showing": (
            "{hold_up}{overlay:product}Here it is, {name}, let me bring it closer.",
            "{hold_up}{overlay:product}Let me show you: {name}, up close.",
            "{hold_up}{overlay:product}Have a look at {name} while I talk.",
            "Words only go so far, {hold_up}{overlay:product}so here is {name}.",
        ),
        "asking": (
            "Got a question? Type it in the comments, and I'll answer right here.",
            "Ask me about the price, the size or the shipping whenever you like.",
            "If something isn't clear, drop a comment and I'll stop and explain.",
            "Tell me in the comments what you want to know.",
        ),
        "newcomers": (
            "{welcome}If you're just joining, welcome. We're talking about {name}.",
            "{wave}Hello to everyone who just came in, this is {name}.",
            "{welcome}New here? Make yourself at home, I'm showing {name}.",
            "{welcome}Welcome in, you haven't missed much: we're on {name}.",
        ),
        "recap": (
            "So, once more for those just joining: {one}, and {two}.",
            "If you only remember one line, make it this: {one}, and {two}.",
            "To sum up {name}: {one}, and {two}.",
            "Let me run through it again: {one}, and {two}.",
        ),
        "again": (
            "{point}{overlay:link}The link stays right below, and I'll take it from the top in other words.",
            "{point}{overlay:link}{call}, and if you're still thinking, stay, I'll go through it again.",
            "Stay with me, {point}{overlay:link}the link isn't going anywhere, and I'll start over.",
            "{point}{overlay:link}The link is right there whenever you're ready, and here we go once more.",
        ),
    },
}

ORDER: tuple[str, ...] = (
    "opening",
    "hook",
    "pain",
    "showing",
    "selling_point",
    "selling_point",
    "asking",
    "selling_point",
    "proof",
    "newcomers",
    "proof",
    "recap",
    "offer",
    "cta",
    "again",
)
"""A lap: what the product's writer says by role, and the frames between."""
