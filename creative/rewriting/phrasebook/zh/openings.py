"""How any Chinese ad may open: a story's scene or a fact made a hook, and stories that fit whatever is sold."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import phrases, read_stories

SCENE_HOOKS = phrases("""
{s}？
{who}，{s}？
{who}是不是也{s}？
{s}的，看过来
{s}的{folk}，看过来
是不是也{s}？
你是不是也{s}？
{s}，是不是你？
{s}，说的是你吗？
{s}？换个办法
{s}？看看这个
{s}？先别划走
{s}的人，停一下
{s}？今天换个办法试试
{s}的{folk}，这条先别划走
{s}，其实可以不这样
你是不是也{s}，还一直忍着？
{who}，是不是也{s}，还在忍？
{s}？先别急，看完这条
{s}，到底怎么办才好？
有没有人跟我一样，{s}？
{s}？先看看{name}
""")

FACT_HOOKS = phrases("""
{fact}的{kind}，你{did}过没有？
{fact}的{kind}，你{did}过吗？
{fact}的{kind}，见过吗？
有没有{fact}的{kind}？
想找{fact}的{kind}？
{who}，{fact}的{kind}要吗？
""")

STORIES = read_stories("""
# choose | | 认证|检测|材质|成分|配料
挑{kind}挑花了眼
想换{kind}怕选错
收藏一堆没下单
比来比去没头绪
> 挑{kind}，你先看哪一点？
> 还在挑{kind}？
> {who}，{kind}挑好了吗？
> 买{kind}，最怕什么？
> {kind}怎么挑，才不后悔？
> 懂{kind}的人，先看哪儿？
< 比来比去，比到不想买了
< 看得越多，越不知道选哪个
< 不是不想换，是怕又选错
< 收藏了一堆，还是没选出来
< 参数一大堆，看得头都大了
+ 挑对了，就不用再比来比去
+ 选起来，心里有数
# regret | | 质保|退|材质|产|工艺
网购总踩坑
到手跟图不一样
凑合用了好几年
只看图就下单
> 买{kind}，踩过坑吗？
> 你的{kind}，挑对了吗？
> 下单之前，细节看清了吗？
> 图片那么好看，到手呢？
> 凑合用，还想凑合多久？
< 图片都好看，到手才知道
< 钱花了，心里还是不踏实
< 凑合来凑合去，总差点意思
< 下单的时候开心，到手就闹心
+ 天天用的东西，别再将就
# busy | | 就能|一键|可|即
忙得没空挑{kind}
每次都说下次再换
想省心偏偏折腾
临到要用才想起来
> 忙成这样，哪有空挑{kind}？
> {who}，{kind}还在将就？
> 想省心的{who}，看过来
> {kind}，还在随便选？
> 每次都说下次，下次是哪天？
< 忙起来，什么都顾不上挑
< 临到跟前，才发现没备好
< 想买个省心的，怎么就这么难
< 日子已经够忙了，不想再操心
+ 省下的工夫，留给自己
+ 简单一点，就很好
""")

PAIN_TAILS = phrases("""
谁懂啊
真的会累
想想都头疼
次数多了就烦
换谁都一样
别再将就了
谁受得了
{who}都有体会
@story 那阵子，我也这样
@warm 抱抱这样的你
@fast 别忍了
""")
