"""What counts as a claim: statements about a product that somebody could ask proof of. Data only.

Each row is (key, pattern, how). `same` asks for a fact that says the same words,
`kind` for a fact of the same kind (any spelling of sugar-free proves "no added sugar"),
`offer` for an offer in the brief.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from core.contracts import Language


@dataclass(frozen=True)
class ClaimRule:
    """`key` names the claim in the finding; `proof` says what a fact must share with it."""

    key: str
    pattern: re.Pattern[str]
    proof: Literal["same", "kind", "offer"]


_Row = tuple[str, Literal["same", "kind", "offer"], str]

_ZH: tuple[_Row, ...] = (
    ("sugar", "kind", r"无糖|[0零]\s?蔗?糖|不加糖|无蔗糖|低糖|不添加蔗糖|没有?加糖"),
    ("fat", "kind", r"[0零]\s?脂|低脂|脱脂|无脂"),
    ("calories", "kind", r"[0零]\s?卡|低卡|低热量"),
    (
        "additives",
        "kind",
        r"(?:无|[0零]|不)\s?添加|不含|[0零无]\s?防腐剂?|[0零无]\s?香精|[0零无]\s?色素" r"|配料(?:表)?(?:只有|干净)",
    ),
    ("natural", "same", r"纯?天然|有机(?!会|器|械|玻璃)|野生|草本|非转基因|原生态|无公害"),
    ("contains", "same", r"(?:富含|含有|添加了|蕴含|(?<![包内蕴])含(?![泪笑义蓄糊在]))\s?[\u4e00-\u9fffa-z0-9]{2}"),
    ("certificate", "same", r"认证|专利|检测|质检|国标|获奖|金奖|大奖|授权|正品|许可|通过了?审"),
    (
        "effect",
        "same",
        r"提神|醒脑|抗氧化|补水|保湿|控油|[祛去]痘|淡斑|美白|紧致|[抗去]皱|舒缓|修[护复]|助眠"
        r"|安神|养颜|养胃|润肺|润喉|消食|解腻|解酒|饱腹|减脂|塑形|增肌|燃脂|护发|防脱|去屑",
    ),
    (
        "feature",
        "same",
        r"降噪|护眼|防水|防晒|防滑|防摔|防锈|抗菌|除菌|除螨|除味|去油|去污|不粘|保温|速干|(?<!透)透气"
        r"|吸汗|显瘦|显高|显白|遮肉|不起球|不掉色|不变形|不褪色|快充|续航|静音|省电|节能"
        r"|不伤手|不脱妆|持妆",
    ),
    ("origin", "same", r"产自|产地|原产|进口|原装|国产"),
    (
        "comparison",
        "same",
        r"比(?!想|以前|昨天|起|如|划|赛|例|较)[^,。!?\s]{1,10}?(?:更|还要|好喝|好用|便宜|强"
        r"|划算|省)|同类|其[他它]品牌|别家|别人家|同价位|市面上|碾压|吊打|完胜",
    ),
    (
        "popularity",
        "same",
        r"销量|热销|热卖|爆款|畅销|卖出|售出|已售|卖了|回购|复购|回头客|好评|口碑|网红|人手一"
        r"|刷屏|断货|卖断|卖爆|抢空|售罄|都在[买喝吃用穿]|大家都说",
    ),
    ("authority", "same", r"专家|医生|医师|营养师|教授|明星|代言|央视|国家队|奥运|米其林|大师|院士|皮肤科"),
    ("testimony", "same", r"亲测|实测|我[用喝吃穿]了|我家?回购|用户反馈|客户说"),
    (
        "material",
        "same",
        r"真皮|头层|纯棉|全棉|纯银|足金|实木|不锈钢|羊绒|羊毛|真丝|桑蚕丝|钛合金|航空铝|食品级" r"|母婴级|医用级|a类",
    ),
    ("service", "kind", r"包邮|免运费|运费险|无理由退?|包退|包换|假一赔"),
    ("warranty", "kind", r"质保|保修|终身保|只换不修"),
    ("delivery", "kind", r"当天发|现货|发货|送货上门|上门(?!女婿)"),
    (
        "arrival",
        "kind",
        r"送到(?!嘴)|送达|到家门口|[次隔当即][日天]就?可?[必送]?达|(?:准时|极速|直)达(?=[,。!?]|$)"
        r"|(?<!第)(?:\d+|[一二两三四五六七八九十几]+)\s?个?(?:小时|分钟|钟头|[天日周]|星期)(?:之?内|左右|后)?,?"
        r"(?:就|必|准|即|可|能|便|都|保证|直接|马上){0,2}(?:达(?!到)|收到|收货|到(?![晚头底期不了\d一二两三四五六七八九十]))"
        r"|(?:当天|次日|隔天|明天|今晚|很快|火速|极速|准时)就?能?(?:到[货手]|收货)|到货快",
    ),
    (
        "scarcity",
        "same",
        r"限量|限时|仅剩|仅限|最后\s?[\d一二三四五六七八九十两几]{0,2}\s?[天件名批个]"
        r"|今[天晚日]截止|涨价|恢复原价|库存不多|手慢无",
    ),
    ("discount", "offer", r"打折|折扣|特价|优惠|立减|补贴|活动价|福利价|满减"),
    ("free", "kind", r"免费|白送|赠送|赠品|(?<!\d)[0零]元"),
    ("novelty", "same", r"新品|新款|全新|升级|首发|新上市"),
    ("craft", "same", r"手工|现做|现磨|现切|现烤|鲜榨|手冲|古法|传承|老字号|祖传|独家|秘制|匠心|慢萃|低温|冷压"),
)
_EN: tuple[_Row, ...] = (
    ("sugar", "kind", r"sugar[- ]free|(?:no|zero|0 ?g?|without)(?: added)? sugar|unsweetened|low[- ]sugar"),
    ("fat", "kind", r"fat[- ]free|low[- ]fat|zero fat|nonfat"),
    ("calories", "kind", r"(?:zero|low|no|0)[- ]calories?|low[- ]cal\b"),
    (
        "additives",
        "kind",
        r"(?:no|zero|without|free of|free from) (?:artificial|preservatives?|additives?"
        r"|colou?rs?|flavou?rs?)[a-z ]{0,20}|additive[- ]free|preservative[- ]free",
    ),
    (
        "natural",
        "same",
        r"all[- ]natural|natural ingredients|organic|non[- ]gmo|plant[- ]based|vegan"
        r"|gluten[- ]free|dairy[- ]free|cruelty[- ]free|eco[- ]friendly|sustainabl[ey]"
        r"|biodegradable|recyclable|fair[- ]trade",
    ),
    ("contains", "same", r"(?:packed|loaded|infused|enriched|rich) (?:with|in) [a-z]+|contains [a-z]+"),
    (
        "certificate",
        "same",
        r"certifi(?:ed|cation)|patent(?:ed)?|lab[- ]tested|clinically|award[- ]winning|fda"
        r"|approved by|accredited|authentic",
    ),
    (
        "effect",
        "same",
        r"hydrat(?:es?|ing)|moisturi[sz](?:es?|ing)|brighten(?:s|ing)?|anti[- ]ag(?:e?ing)"
        r"|whiten(?:s|ing)?|energi[sz](?:es?|ing)|energy boost|sooth(?:es?|ing)|calms? (?:your"
        r"|the) skin|boosts? [a-z]+|improves? [a-z]+|reduces? [a-z]+|strengthens?|relieves?"
        r"|tones? your|builds? muscle|better sleep|sleep better|wakes? you up"
        r"|keeps? you (?:awake|full|going)|pick[- ]me[- ]up",
    ),
    (
        "feature",
        "same",
        r"water[- ]?proof|water[- ]resistant|breathable|noise[- ]cancell?ing|fast[- ]charging"
        r"|non[- ]?stick|stain[- ]resistant|long[- ]lasting|wrinkle[- ]free|shock[- ]?proof"
        r"|anti[- ]slip|non[- ]slip|quick[- ]dry(?:ing)?|leak[- ]?proof|dishwasher[- ]safe"
        r"|machine[- ]washable|lightweight|ultra[- ]?light|energy[- ]saving|whisper[- ]quiet",
    ),
    ("origin", "same", r"made in [a-z]+|imported|sourced from|grown in|locally (?:made|grown|sourced)"),
    (
        "comparison",
        "same",
        r"(?:better|faster|cheaper|stronger|longer|more [a-z]+|less [a-z]+|easier) than (?!you"
        r"|ever|i |we |a [a-z]+ of|it |yesterday|just)[a-z' ]{2,24}|(?:unlike|than) (?:other"
        r"|any other|most)|other brands|half the price of|(?:a )?fraction of the (?:price"
        r"|cost)|the competition|beats? (?:the|any|every)",
    ),
    (
        "popularity",
        "same",
        r"best[- ]?sell(?:er|ing)|sold out|selling (?:fast|out)|thousands of|millions of"
        r"|five[- ]star|5[- ]star|rave reviews|glowing reviews|customers (?:love|say|swear)"
        r"|trusted by|loved by|gone viral|viral|trending|everyone(?:'s| is) (?:talking|buying"
        r"|using|drinking)|fan favou?rite|award",
    ),
    (
        "authority",
        "same",
        r"doctors?(?:'s)? (?:recommend|choice|approved)|dermatolog\w+|nutritionists?"
        r"|experts? (?:recommend|agree|say|love)|celebrit\w+|as seen on|scientists?|michelin"
        r"|chef[- ]approved",
    ),
    (
        "testimony",
        "same",
        r"i (?:tried|tested|used) (?:it|this) for|changed my life|my skin (?:is|feels)" r"|tested it (?:myself|for)",
    ),
    (
        "material",
        "same",
        r"(?:genuine|real|full[- ]grain) leather|(?:pure |organic )?cotton|stainless steel"
        r"|merino|cashmere|\bsilk\b|solid wood|titanium|food[- ]grade|medical[- ]grade"
        r"|sterling silver|14k",
    ),
    (
        "service",
        "kind",
        r"free (?:shipping|delivery|returns)|money[- ]back|no[- ]questions[- ]asked" r"|easy returns|return it",
    ),
    ("warranty", "kind", r"warrant(?:y|ies)|lifetime guarantee|satisfaction guarantee"),
    (
        "delivery",
        "kind",
        r"(?:next|same)[- ]day(?! deliver)|(?:ships|shipped|dispatch(?:ed|es)?) (?:in|within|today|free)|in stock",
    ),
    (
        "arrival",
        "kind",
        r"delivered|delivers (?:in|within|to|by|today|tomorrow|the (?:same|next) day)"
        r"|(?:next|same|one|two|three|\d+)[- ]day deliver(?:y|ies)|overnight delivery"
        r"|delivery (?:in|within|by|takes|tomorrow|today)|arriv(?:es?|ing|al) (?:in|within|by|at your|on your|on time"
        r"|today|tomorrow|the (?:same|next) day|fast|\d)|(?:at|to|on) your door(?:step)?"
        r"|get (?:it|yours|them) (?:in|within|by|today|tomorrow)(?! touch)|in your hands (?:in|within|by|tomorrow)",
    ),
    (
        "scarcity",
        "same",
        r"limited (?:time|edition|stock|offer|quantit\w+|run)|only \w+ left|last chance"
        r"|ends (?:today|tonight|soon|tomorrow)|while (?:stocks?|supplies) lasts?|today only"
        r"|before (?:it's|they're) gone|almost gone|hurry",
    ),
    (
        "discount",
        "offer",
        r"discount(?:ed)?|on sale|special offer|(?:great|sweet|good) deal|price drop"
        r"|promo(?:tion)?\b|coupon|save (?:money|big|more)",
    ),
    (
        "free",
        "kind",
        r"(?<![\w-])free (?:gift|sample|trial|bottle|cup|one|item|month|class|lesson|bonus)"
        r"|for free|free of charge|complimentary",
    ),
    (
        "novelty",
        "same",
        r"all[- ]new|brand[- ]new|newly|just launched|just dropped|new and improved"
        r"|first of its kind|revolutionary|breakthrough",
    ),
    (
        "craft",
        "same",
        r"hand[- ]?(?:made|crafted|picked|poured)|small[- ]batch|freshly (?:roasted|ground"
        r"|baked|brewed|made)|home[- ]?made|family recipe|artisan(?:al)?|slow[- ](?:brewed"
        r"|roasted|steeped|cooked)|cold[- ]?pressed|secret recipe",
    ),
)


def _compile(rows: tuple[_Row, ...], is_english: bool) -> tuple[ClaimRule, ...]:
    wrap = r"(?<![a-z])(?:{})(?![a-z])" if is_english else "{}"
    return tuple(ClaimRule(key, re.compile(wrap.format(pattern)), proof) for key, proof, pattern in rows)


CLAIM_RULES: dict[Language, tuple[ClaimRule, ...]] = {
    "zh-CN": _compile(_ZH, False),
    "en": _compile(_EN, True),
}
