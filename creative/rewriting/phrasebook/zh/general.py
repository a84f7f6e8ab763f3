"""Phrases any Chinese ad may use, whatever it sells."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import GeneralPhrases, phrases
from creative.rewriting.phrasebook.zh.openings import FACT_HOOKS, PAIN_TAILS, SCENE_HOOKS, STORIES
from creative.rewriting.phrasebook.zh.selling import (
    CALLS,
    CTA_LEADS,
    CTA_TAILS,
    NO_OFFER,
    OFFER_LEADS,
    OFFER_TAILS,
    OFFERS,
    PRICES,
    SHORT_CALLS,
)

GENERAL = GeneralPhrases(
    scene_hooks=SCENE_HOOKS,
    fact_hooks=FACT_HOOKS,
    stories=STORIES,
    pain_tails=PAIN_TAILS,
    fact_leads=phrases("""
{name}，
{short}，
试试{name}，
换成{name}，
看看{name}，
认识一下{name}，
不如试试{name}，
来看看{name}，
给你看看{name}，
记住，
重点来了，
关键在这儿，
看这里，
看好了，
它的讲究：
先看这一点，
@expert 门道在这儿，
@expert 行家先看这个，
@warm 用心的地方，
@warm 想让你知道，
@fast 上重点，
@fast 就看这个，
@story 后来换成{name}，
@story 直到遇见{name}，
@plain 直接说，
@plain 实话说，
"""),
    fact_tails=phrases("""
这点很实在
要的就是这个
冲这点也值得看看
一句话就说清
挑就挑这样的
@expert 懂的人先看这个
@expert 差别就在这儿
@warm 你值得好一点的
@fast 没跑了
@fast 就选它
@story 当时我就心动了
@plain 没有弯弯绕
"""),
    shape_tails={
        "quantity": phrases("""
多少都写明白
数字摆在这儿
"""),
        "absence": phrases("""
在意这点的，认准它
挑剔的人会喜欢
没有就是没有
"""),
        "origin": phrases("""
来处说得清
好不好，先看出处
从源头就讲究
出处摆在这儿
"""),
        "process": phrases("""
急不来，就慢慢做
时间花在这一步
这一步不图快
好东西值得等
"""),
        "ingredient": phrases("""
用的什么，一句话说清
里头有什么，心里有数
料都摆在明处
简单，看得懂
"""),
        "convenience": phrases("""
省心
不折腾
顺手就行
不耽误你的事
懒一点也没关系
"""),
        "service": phrases("""
下单心里有底
不用惦记
"""),
        "certificate": phrases("""
有据可查
不是嘴上说说
买得明白
"""),
        "packaging": phrases("""
拿在手里就知道
"""),
    },
    uses=phrases("""
给日子添点小盼头
送自己，也能送朋友
平常日子，也要有滋味
好好对待自己，从这一样开始
忙的时候，也别亏待自己
简单一点，就很好
把日常过得细一点
给自己一点小仪式感
别总将就，偶尔也挑好的
顺手的东西，用着才长久
"""),
    use_tails=phrases("""
日子就该这样
想想就舒服
多自在
就图个舒心
试着换换看
@warm 这样就很好
@fast 干脆利落
@expert 会过日子的都懂
@plain 图个顺手
"""),
    proof_leads=phrases("""
有一说一，
凭什么？
更难得的是，
更要紧的是，
还有，
还有一样，
再看，
再说一点，
不只这样，
还不止，
另外，
别忘了，
说个细节，
{name}还有，
@expert 内行看这个，
@expert 细节在这儿，
@warm 还想告诉你，
@fast 还没完，
@story 再仔细一看，
@plain 不吹，
"""),
    label_leads=phrases("""
翻到标签看，
标签上写着，
看一眼标签，
看标签，
"""),
    proof_tails=phrases("""
这点很实在
你看，就这么回事
看完再决定
冲这点也值得看看
@expert 懂的人看这个
@warm 让你买得明白
@fast 看完就懂
@story 当时就心动了
@plain 就这么实在
"""),
    proofs=phrases("""
不吹，镜头拉近给你看
好不好，看实物说话
不加滤镜，就看本来的样子
话说再多，不如看实物
东西怎么样，镜头不会骗人
拆开给你看，就是这样
转一圈，每一面都看看
正面背面，都给你看
里里外外，拍给你看
不修图，直接看细节
细节拉近，你自己判断
你挑剔一点，没关系
先看清楚，再做决定
画面给足，你慢慢看
"""),
    offers=OFFERS,
    prices=PRICES,
    offer_leads=OFFER_LEADS,
    offer_tails=OFFER_TAILS,
    no_offer=NO_OFFER,
    cta_leads=CTA_LEADS,
    cta_tails=CTA_TAILS,
    calls=CALLS,
    short_calls=SHORT_CALLS,
)
