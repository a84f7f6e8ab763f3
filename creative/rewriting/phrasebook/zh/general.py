"""Phrases any Chinese ad may use, whatever it sells."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import GeneralPhrases, phrases
from creative.rewriting.phrasebook.zh.openings import HOOKS, PAIN_TAILS, PAINS, TURNS

GENERAL = GeneralPhrases(
    hooks=HOOKS,
    turns=TURNS,
    pains=PAINS,
    pain_tails=PAIN_TAILS,
    fact_leads=phrases("""
{name}，
{short}，
先说重点：
它的讲究在这儿：
拿起来看看，
为什么是它？
先记住这个：
翻到背面看，
再看细节，
不绕弯子：
说到{kind}，看这里：
{name}的答案是，
来，划重点：
你要的答案：
看清楚这一点：
关键就在这里：
{name}，一句话：
@expert 行家先看这个：
@expert 门道在这儿：
@expert 看{kind}，先看这项：
@warm 用心的地方：
@warm 慢慢看，
@warm 想让你知道，
@fast 看好了，
@fast 上重点：
@fast 一句话：
@story 走近一看，
@story 翻过来一看，
@story 后来我才注意到，
@plain 就看这一样：
@plain 实话实说，
@plain 写得明明白白：
"""),
    fact_tails=phrases("""
就这么简单
你自己看
写得清清楚楚
一眼就明白
这一点就够说清楚
要的就是这个
记住就好
看得见，也说得清
不用我多说
心里就有数了
这才是重点
说到这儿就够了
别的不用多讲
没错
就这样
记下来
这一项，记下来
@expert 懂的人自然懂
@expert 差别就在这儿
@expert 看到这项就明白了
@warm 让人心里踏实
@warm 是想好好对待你
@warm 都是一点一滴的心意
@fast 就它了
@fast 没跑了
@fast 够直接
@story 我又多看了一会儿
@story 这才停下脚步
@story 原来是这么回事
@plain 就是这样
@plain 没有弯弯绕
@plain 说什么就是什么
"""),
    shape_tails={
        "quantity": phrases("""
分量写在明面上
多少都写明白了
心里有数
"""),
        "absence": phrases("""
没有就是没有
看标签就知道
该没有的就没有
"""),
        "origin": phrases("""
来处说得清
从源头讲起
来路交代清楚
"""),
        "process": phrases("""
功夫花在看不见的地方
这一步不省
时间都花在这儿
"""),
        "service": phrases("""
下单心里有底
后面的事也想到了
说在前头
"""),
        "certificate": phrases("""
有据可查
白纸黑字
不是嘴上说说
"""),
    },
    uses=phrases("""
给日子添点小盼头
给自己一点小小的仪式感
送自己，也能送朋友
不用特意准备，随手就来
平常日子，也要过得有滋味
好好对待自己，从这一样开始
该省的步骤，就别折腾
忙的时候，别亏待自己
简单一点，就很好
把日常过得细一点
"""),
    use_tails=phrases("""
就这么自然
日子就该这样
慢慢来就好
舒心就够了
想想就舒服
多自在
就图个舒心
多好
心里也敞亮
刚刚好的感觉
自己说了算
何必想太多
试着换换看
@story 那一刻，挺满足的
@warm 这样就很好
@fast 干脆利落
@expert 会过日子的都懂
@plain 没别的，就图个顺手
"""),
    proof_leads=phrases("""
不信你看，
说话要有凭据：
拿得出手的是，
看标签：
白纸黑字：
凑近看，
翻到包装背面，
镜头给近一点，
有一说一，
{name}敢写出来：
摆出来给你看：
你可以对照着看：
经得起细看：
说得出，也摆得出：
@expert 拿资料说话：
@expert 内行看这行字：
@warm 放心，写着呢：
@fast 证据在这儿：
@story 我特意翻过来看，
@plain 不吹，看这里：
"""),
    proof_tails=phrases("""
都写着呢
看得见
自己看
没藏着
随时可以核对
有据可查
不是嘴上说说
摆在明面上
自己看就知道
说到做到
看完再决定
经得起问
不怕你细看
一样一样说清楚
@expert 数据不会绕弯
@warm 让你买得明白
@fast 看完就懂
@story 我这才放下心
@plain 就这么实在
"""),
    proofs=phrases("""
好不好，你自己判断
细节都在画面里
眼见为实
你来判断
看得清吗？
不藏不掖
不替你下结论，你自己看
从里到外，给你看一遍
近一点，再近一点
不加滤镜，就看本来的样子
看完画面，你心里就有数
话说得再多，不如看实物
包装拆开，就是你看到的这样
东西怎么样，镜头不会骗人
翻过来，背面也给你看
合不合适，看完再说
你挑剔一点，没关系
我不多说，画面多给几秒
转一圈，每一面都看看
东西就在这儿，慢慢看
先看清楚，再做决定
"""),
    offer_leads=phrases("""
{name}，
{short}，
价格说清楚：
多少钱？
说价格，
价格摆在这儿：
看完东西，说价格：
价签在这儿：
不用问价，
喜欢的话，
想带走它？
报个价：
直接说价，
记一下价格：
别猜了，
明码标价，
东西看完了，咱们说价格：
不绕圈子，价格就在这儿：
都等着听价格吧：
价格不用猜，给你写好了：
多少钱，一句话说清：
先看东西再看价，
聊完东西，聊聊价格：
不用翻页面，价格在这儿：
把价格也说在明处：
有人要问价了吧，
记一下，{name}，
说到价格，不藏着：
@fast 上价格：
@fast 听好了，
@warm 不让你猜价格，
@warm 心意归心意，价格也说明白：
@expert 东西看完，再看价：
@story 末了说说价格：
@story 我翻到价签：
@plain 价格就一句话：
@plain 实实在在，
"""),
    offer_tails=phrases("""
自己掂量
就这个价
写得明明白白
喜欢就带走
心动就动手
你看着办
价格就在这儿
不用再问了
想要就趁现在
看清楚再下单
合适就拿下
带回家吧
合不合心意，你来定
想好了就带一份
看中了，别犹豫太久
剩下的，你自己做主
喜欢的话，给自己留一份
要不要，听你自己的
@fast 冲就完了
@fast 直接拿下
@warm 慢慢考虑也不急
@warm 挑自己喜欢的就好
@expert 值不值你来定
@story 故事到这儿，价格也到这儿
@plain 就这么简单
"""),
    no_offer=phrases("""
价格点进去就能看到
想知道多少钱，点开看看
价格不藏着，页面里都写着
喜欢的话，先点开看看
规格和价格，页面写得清楚
合不合适，点进去看明白
多少钱，点开链接就知道
想带走，先看看页面
别猜价，点开就有
挑规格、看价格，都在页面里
"""),
    cta_leads=phrases("""
心动了？
{name}，
{short}，
想要{name}？
就选{name}？
想要的话，
喜欢就别犹豫，
想试试？
看完了，
好，
走，
喜欢？
想要？
看好了？
不多说了，
来，
准备好了吗？
就等你了，
感兴趣的话，
{who}，
今天就安排，
想了解更多，
要的话，
别等了，
@fast 快，
@fast 动手吧，
@warm 要是喜欢，
@warm 给自己一个理由，
@expert 看懂了的话，
@story 故事讲完了，
@story 剩下的，交给你：
@plain 就一步：
@plain 简单，
"""),
    cta_tails=phrases("""
{name}等你
就现在
去看看吧
说走就走
带一份回家
剩下的交给它
别让自己久等
看看合不合适
给生活加点料
认准{brand}
咱们页面里见
下一个就是你
记得是{brand}
@fast 走起
@fast 马上安排
@warm 慢慢挑
@warm 希望你喜欢
@expert 你会有自己的判断
@story 故事轮到你了
@plain 就这样
"""),
    calls=phrases("""
点下方链接看看
点开链接了解一下
戳下方链接
点击下方去看看
点链接，带走它
下方链接已备好
点进来看看
"""),
)
