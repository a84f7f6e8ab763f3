"""Which side of a wide topic a comment or a fact speaks of: of ingredients the sugar, of shipping the price of it.

The same words read questions and facts, so that a question finds the facts that answer it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from avatar.comments.contracts import Topic
from core.claims.flat import fold

SUBJECTS: dict[Topic, tuple[tuple[str, str], ...]] = {
    "ingredients": (
        ("sugar", r"糖|甜|sugar|sweet|unsweetened"),
        ("caffeine", r"咖啡因|提神|caffeine|decaf"),
        ("milk", r"牛奶|含奶|乳糖|奶精|milk|dairy|lactose|vegan"),
        ("additives", r"防腐|添加剂?|香精|色素|激素|preservative|additive|artificial"),
        ("calories", r"热量|卡路里|多少卡|大卡|0 ?卡|脂肪|减肥|calorie|kcal|fat\b|carbs|protein|蛋白"),
        ("allergens", r"过敏|坚果|麸质|花生|gluten|nuts?\b|allerg|peanut"),
        ("alcohol", r"酒精|alcohol"),
        ("origin", r"产地|产自|哪里产|哪产|哪里的|哪儿的|云南|保山|进口|国产|豆|arabica|阿拉比卡|beans?\b|origin|grown|from\b.*\bfarm"),
        ("material", r"材质|面料|纯棉|棉|真皮|不锈钢|material|fabric|cotton|leather|steel"),
        ("", r"配料|成分|原料|材料|什么做的|ingredient|made (?:of|from|with)|what(?:'s| is) in|只有水|water and"),
    ),
    "size": (
        ("volume", r"毫升|ml\b|容量|净含量|多少升|克|多重|重量|大瓶|小瓶|多大(?:一)?(?:瓶|罐|杯|盒|包)|(?:一|每)(?:瓶|罐|杯|盒|包)(?:多大|多少)|ounce|oz\b|gram|litre|liter|how big|how large|volume|weigh|capacity"),
        ("pack", r"几瓶|多少瓶|几包|多少包|几片|多少片|几袋|一(?:箱|盒|组|套)(?:几|多少|有)|how many (?:bottles|pieces|come|are)|pack size|servings"),
        ("colour", r"颜色|色|colou?r"),
        ("flavour", r"口味|味道|flavou?r"),
        ("fit", r"尺码|身高|体重|斤|穿|码|偏大|偏小|显瘦|\b[sml]\b|xl|small|medium|large"),
        ("", r"多大|大小|尺寸|规格|size|dimension"),
    ),
    "shipping": (
        ("fee", r"包邮|邮费|运费|免邮|free (?:shipping|delivery)|(?:shipping|delivery) (?:cost|fee|free)|postage|how much (?:is |does |for )?(?:the )?(?:shipping|delivery)"),
        ("place", r"新疆|西藏|内蒙|香港|澳门|台湾|海南|青海|宁夏|偏远|海外|国外|能?(?:发|寄|送)到|international|overseas|ship to|deliver to|canada|australia|uk\b|europe|usa?\b"),
        ("carrier", r"顺丰|中通|圆通|韵达|京东|邮政|什么快递|哪家快递|啥快递|which (?:courier|carrier)|fedex|ups|dhl"),
        ("time", r"几天|多久|什么时候|啥时候|多快|小时|当天|隔天|今天(?:能|可以)?发|现货发|发货|到货|how long|when|how fast|how soon|within|hours|days|arrive|ships?\b"),
        ("", r"快递|物流|配送|shipping|delivery"),
    ),
    "usage": (
        ("keep", r"保质期|放多久|能放|存多久|过期|生产日期|冷藏|冷冻|冰箱|保存|存放|储存|开(?:瓶|封|盖)|shelf|expir|best before|keep|store|fridge|refrigerat|last\b|once opened"),
        ("heat", r"加热|热着|热饮|热着?喝|温热|微波|hot|heat|warm"),
        ("mix", r"加(?:奶|冰|水|牛奶)|兑|with milk|add|ice\b|mix"),
        ("dose", r"一天|每天|几次|几瓶一天|per day|a day|daily|how often"),
        ("when", r"饭前|饭后|空腹|睡前|早上|晚上|before bed|empty stomach|morning"),
        ("", r"怎么(?:喝|吃|用|冲|泡|穿|洗|装)|如何|直接|拧开|即饮|开盖|用法|喝法|how (?:do|to|should)|ready to|instructions|straight"),
    ),
    "after_sales": (
        ("return", r"退|无理由|return|refund|money back|send it back|exchange|换"),
        ("defect", r"坏|破|漏|碎|少发|错发|发错|质量问题|没收到|broken|damaged|wrong|missing|never"),
        ("warranty", r"质保|保修|warrant|guarantee"),
        ("invoice", r"发票|invoice|receipt"),
        ("", r"售后|客服|投诉|service|complain"),
    ),
    "product": (
        ("intro", r"好[喝吃用看](?:吗|不|么)|怎么样|值得(?:买|入)|推荐吗|(?:is it|taste) (?:any )?good(?! for)|worth it|介绍|特点|卖点|优点|是什么(?:东西|产品)?|卖(?:的)?(?:是)?(?:什么|啥)|好在哪|有什么(?:好|用|特别)|讲讲|说说|what is (?:this|it)\b|what are you selling|tell (?:me|us) (?:more )?about|what(?:'s| is) special|what does it do|introduce"),
        ("", r"."),
    ),
    "link": (
        ("payment", r"微信|支付宝|花呗|信用卡|分期|货到付款|付款|支付|paypal|apple pay|cash on delivery|cod\b|credit card|pay\b"),
        ("", r"."),
    ),
    "discount": (
        ("gift", r"赠品|送什么|送不送|有(?:没有)?送|送东西|gift|freebie"),
        ("", r"."),
    ),
}  # fmt: skip
"""The last row of a topic is its general side."""


@lru_cache(maxsize=1)
def _compiled() -> dict[Topic, tuple[tuple[str, re.Pattern[str]], ...]]:
    return {topic: tuple((name, re.compile(words)) for name, words in rows) for topic, rows in SUBJECTS.items()}


def subjects_of(topic: Topic, text: str) -> tuple[str, ...]:
    """The sides of `topic` that `text` speaks of, the particular ones first, "" for its general side."""
    flat = fold(text).text
    return tuple(name for name, pattern in _compiled().get(topic, ()) if pattern.search(flat))


def subject_of(topic: Topic, text: str) -> str:
    """The first side of `topic` that `text` names, "" for the topic as a whole."""
    return next(iter(subjects_of(topic, text)), "")
