"""How Chinese ads say price and offer, and how they call."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import phrases

OFFERS = phrases("""
{p}，{o}
{o}，{p}
{o}，只要{p}
{o}，{p}拿下
{p}拿下，{o}
只要{p}，{o}
{p}，还有{o}
{o}，{p}{get}
{p}{get}，{o}
{name}{p}，{o}
{name}，{p}，{o}
{p}就能{get}，{o}
价格{p}，{o}
{name}只要{p}，{o}
{short}只要{p}，{o}
""")

PRICES = phrases("""
{p}
只要{p}
{p}拿下
{name}只要{p}
{p}就能{get}
{name}，{p}拿下
{p}，直接{get}
{name}，{p}{get}
""")

OFFER_LEADS = phrases("""
{name}，
{short}，
价格说清楚，
多少钱？
不用问价，
喜欢的话，
想带走它？
直接说价，
明码标价，
不绕圈子，
价格也实在说，
东西看完了，说价格，
@fast 上价格，
@fast 听好了，
@warm 不让你猜价格，
@expert 东西看完，再看价，
@story 最后说说价格，
@plain 一口价，
""")

OFFER_TAILS = phrases("""
喜欢就带走
心动就动手
合适就拿下
看中就下单
想要就点进来
值不值，你来定
@fast 直接拿下
@warm 给自己也备一份
@expert 值不值你来定
@plain 明明白白
""")

NO_OFFER = phrases("""
价格点进去就能看到
想知道多少钱，点开看看
价格都写在页面里
规格和价格，页面写得清楚
合不合适，点进去看明白
多少钱，点开链接就知道
想带走，先看看页面
挑规格、看价格，都在页面里
""")

CTA_LEADS = phrases("""
心动了？
{name}，
想试试{name}？
想要{name}？
想试试的，
喜欢的话，
想{did}的，
看好了？
还等什么？
想了解{name}？
{who}，
{who}想试试的，
心动不如行动，
喜欢就别光看，
别光看，
认准{name}，
@fast 动手吧，
@warm 给自己一个理由，
@expert 细节看清了，
@story 换你来试试，
@plain 想要就一步，
""")

CTA_TAILS = phrases("""
{name}等你
去看看{name}
认准{brand}
先去看看合不合适
挑你喜欢的
给自己选一份
@fast 马上安排
@warm 慢慢挑
@story 换你来试试
""")

CALLS = phrases("""
点下方链接看看
点开链接了解一下
点击下方去看看
点链接，给自己选一份
点进来，看看细节
""")

SHORT_CALLS = phrases("""
点下方链接
戳下方链接
点开看看
点进来看看
点下方链接看看
点链接看看
点开链接，先看看
""")
