"""The brief as the grammar sees it: what may be put into a phrase, and in which words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from core.claims.facts import find_claims, valid_facts
from core.claims.numbers import find_numbers
from core.claims.texts import check_text
from core.contracts import Fact, Language
from creative.brief.categories import guess_category
from creative.brief.prices import PriceProblem, read_price, say_price
from creative.contracts import BriefData
from creative.rewriting.phrasebook.phrases import CategoryPhrases, Phrase
from creative.rewriting.phrasebook.shapes import Shape, fact_shape

_EMOJI = re.compile("[\U0001f000-\U0001faff\u2190-\u21ff\u2600-\u27bf\ufe0f\u200d]+")
_LONGEST_NAME = {"zh-CN": 9, "en": 26}


_LABEL = re.compile(r"标签|\blabel\b", re.IGNORECASE)
_MATERIAL_ZH = re.compile(r"^(?!配料|成分|含|用|只|每|不|无|[0零]\s?(?!\d))[^，,]*(?:豆|棉|燕麦|面料|材质|氨纶)$")
_MATERIAL_EN = re.compile(
    r"^(?!made|just|no |zero|with|\d+ ).*\b(?:beans|oats|foam|cotton|linen|plastic|elastane)\b(?: from .*)?$"
)
_GET: dict[Language, str] = {"zh-CN": "带回家", "en": "gets you one"}
_GETS: dict[Language, dict[str, str]] = {
    "zh-CN": {"education": "报名", "travel": "安排"},
    "en": {"education": "gets you in", "travel": "gets you going"},
}
"""What the price gets: a thing is taken home, a course or a trip is not."""


@dataclass(frozen=True)
class Sayable:
    """A fact in words that fit into a line, its shape, and whether its evidence is the product's label."""

    text: str
    shape: Shape
    is_on_label: bool = False

    def spoken(self, language: Language) -> str:
        """The fact as a line says it: a bare material with the verb that belongs to it."""
        if language == "zh-CN":
            return "用的是" + self.text if _MATERIAL_ZH.search(self.text) else self.text
        return "made with " + self.text if _MATERIAL_EN.search(self.text) else self.text


@dataclass(frozen=True)
class Product:
    """`fields` fill phrases; `facts` may be said; `price`, `offer`, `call` are "" where there is none.

    `subject` is name and category as written; `is_known` is false where they name no
    category of ours.
    """

    language: Language
    fields: Mapping[str, str]
    facts: tuple[Sayable, ...]
    price: str
    offer: str
    call: str
    subject: str = ""
    is_known: bool = True

    def fill(self, phrase: Phrase) -> str | None:
        """The phrase with its fields filled, or None where the brief lacks one."""
        if not phrase.fields <= self.fields.keys():
            return None
        return phrase.text.format_map(self.fields)


def view_product(brief: BriefData, category: CategoryPhrases, today: dt.date) -> Product:
    """What the phrasebook may say of this brief's product; facts that would break a rule stay out."""
    product = brief.product
    fields = {"kind": _kind(product.category, category.kind, brief.language), "did": category.did}
    name, who = short_name(product.name, brief.language), _audience(product.audience, brief.language)
    if name and _is_brand(name, product.category, brief.language):
        fields["brand"] = name
        short = _without_kind(name, brief.language)
        if short:
            fields["short"] = short
    if name:
        fields["name"] = name if "brand" in fields else _this(name, brief.language)
    if who:
        fields["who"] = who
        if "的" not in who:
            fields["folk"] = who
    facts = tuple(
        Sayable(text, fact_shape(text, brief.language), _LABEL.search(fact.evidence) is not None)
        for fact in valid_facts(product.facts, today)
        for text in _sayings(fact, brief.language)
        if _is_clean(text, brief)
    )
    price, offer = _price(brief), _trim(product.offer)
    if price and not re.search(r"^from | a \w+$", price):
        fields["get"] = _GETS[brief.language].get(product.category_key, _GET[brief.language])
    call = _trim(product.cta)
    return Product(
        brief.language,
        fields,
        facts,
        price,
        offer if offer and _is_clean(offer, brief) else "",
        call if call and _is_clean(call, brief) else "",
        f"{product.name} {product.category}",
        guess_category(product.category, product.name).is_known,
    )


def _is_brand(name: str, category: str, language: Language) -> bool:
    """Whether the name is a name of its own, not just what the thing is (瑜伽垫, yoga mat)."""
    if language == "en":
        return any(char.isupper() or char.isdigit() for char in name) and name.lower() != category.lower()
    return name != category and guess_category(name).word != name


def _without_kind(name: str, language: Language) -> str:
    """The name without the word for what it is (澄夜冷萃咖啡 is 澄夜), where that leaves a name; "" otherwise."""
    word = guess_category(name).word
    if not word or not name.lower().endswith(word):
        return ""
    left = name[: -len(word)].strip(" -&")
    if (
        len(left) < (2 if language == "zh-CN" else 3)
        or _DESCRIBES.search(left.lower())
        or guess_category(left).is_known
    ):
        return ""
    return "" if find_numbers(left, language) or find_claims(left, language) else left


_DESCRIBES = re.compile(
    r"磁吸|无线|便携|智能|迷你|家用|车载|车用|儿童|婴儿|宝宝|男士|女士|成人|复古|折叠|电动"
    r"|加厚|大号|小号|环岛|亲子|户外|通勤|夏季|冬季|春秋|纯色|高腰|简约"
    r"|豪华|经典|旅行|办公|厨房|浴室|卧室|宠物|全自动|多功能|\b(?:wireless|portable|smart"
    r"|mini|home|kids?|baby|men'?s|women'?s|vintage|folding|electric|large|small"
    r"|travel|office|kitchen|classic|clear|quiet|old|new|big|hot|soft|fresh|pure|daily|the"
    r"|my|our)$"
)
"""Words before a kind that describe it rather than name it: 磁吸充电宝 is not called 磁吸."""


def _this(name: str, language: Language) -> str:
    if language == "zh-CN":
        return name if name.startswith(("这", "那")) else "这款" + name
    name = name.lower()
    return f"these {name}" if name.endswith("s") and not name.endswith("ss") else f"this {name}"


def _is_clean(text: str, brief: BriefData) -> bool:
    return not any(finding.blocks for finding in check_text(text, brief.language, brief.platform))


def _trim(text: str) -> str:
    return _EMOJI.sub("", text).strip().rstrip("。.!！,，;；").strip()


def _sayings(fact: Fact, language: Language) -> tuple[str, ...]:
    """The fact's own words; a long one by its clauses, since a clause of a fact is still the fact."""
    text = _trim(fact.text)
    longest = 16 if language == "zh-CN" else 60
    if len(text) <= longest:
        return (text,) if text else ()
    clauses = [_trim(piece) for piece in re.split(r"[,，;；。]|\.\s", text)]
    short = tuple(clause for clause in clauses if (4 if language == "zh-CN" else 8) <= len(clause) <= longest * 1.5)
    return short if len(short) > 1 else (text,)


def short_name(name: str, language: Language) -> str:
    """The name as one says it: without emoji, brackets and pack sizes; "" where it is too long to say."""
    plain = _EMOJI.sub("", re.sub(r"[（(【\[].*?[）)】\]]", "", name))
    plain = re.sub(
        r"\s*[\d.]+\s?(?:ml|g|kg|l|oz|毫升|克|升|公斤|瓶|包|盒|片|件)(?:装|/.*)?(?=\s|$|[*x×])",
        "",
        plain,
        flags=re.IGNORECASE,
    )
    plain = re.sub(r"[*x×]\s?\d+\s*\S?$|[®™©]", "", plain).strip(" -–|·,，")
    if language == "zh-CN":
        return _short_zh(plain)
    if len(plain) <= _LONGEST_NAME["en"]:
        return plain
    words = plain.split()
    return next((" ".join(words[:count]) for count in (3, 2, 1) if len(" ".join(words[:count])) <= 20), "")


def _short_zh(plain: str) -> str:
    if len(plain) <= _LONGEST_NAME["zh-CN"] and re.search(r"[\u4e00-\u9fff]", plain):
        return plain
    runs = re.findall(r"[\u4e00-\u9fff]{2,}", plain)
    fitting = [run for run in runs if len(run) <= _LONGEST_NAME["zh-CN"]]
    if fitting:
        return max(fitting, key=len)
    words = re.findall(r"[A-Za-z][A-Za-z0-9'&\-]*", plain)
    return (
        " ".join(words[:2])
        if words and len(" ".join(words[:2])) <= 16
        else (words[0] if words and len(words[0]) <= 16 else "")
    )


def _kind(category: str, default: str, language: Language) -> str:
    text = _EMOJI.sub("", category).strip()
    if language == "zh-CN":
        return (
            text
            if re.fullmatch(r"[\u4e00-\u9fff]{2,6}", text)
            and not find_numbers(text, language)
            and not find_claims(text, language)
            else default
        )
    text = text.lower()
    fits = re.fullmatch(r"[a-z]+(?:[ \-][a-z]+){0,2}", text) and len(text) <= 22
    if not fits or find_claims(text, language) or check_text(text, language):
        return default
    return _many(text)


_MASS = frozenset(
    re.split(
        r"\s+",
        "coffee tea matcha juice water milk beer wine food bread rice pasta chocolate jerky cheese honey skincare "
        "makeup sunscreen shampoo perfume clothing apparel jewelry cookware furniture bedding decor detergent software "
        "gear equipment yoga luggage travel care coding math training tutoring prep brew cream powder oil",
    )
)
_LANGUAGES = re.compile(r"\b(?:english|spanish|french|german|chinese|japanese|korean|italian|ielts|toefl|sat)\b")


def _many(kind: str) -> str:
    """A kind of thing as one speaks of all of it: pillows, but coffee; English courses."""
    kind = _LANGUAGES.sub(lambda m: m.group().upper() if len(m.group()) <= 5 else m.group().title(), kind)
    last = kind.split()[-1]
    if last.lower() in _MASS or last.endswith("s") or last.endswith("ing"):
        return kind
    if last.endswith("y") and last[-2] not in "aeiou":
        return kind[:-1] + "ies"
    return kind + ("es" if last.endswith(("x", "z", "ch", "sh")) else "s")


_PEOPLE_EN = re.compile(r"(?:[a-z\-]+ ){0,3}(?:[a-z\-]+s|people|men|women|children|parents|folks)")


def _audience(audience: str, language: Language) -> str:
    """One group of people from the brief's audience, where it reads well in a line; "" otherwise."""
    first = re.split(r"[,，、;；/|]|和|\band\b|\bor\b", _EMOJI.sub("", audience))[0].strip(" 的。.")
    if find_numbers(first, language) or find_claims(first, language) or check_text(first, language):
        return ""
    if language == "zh-CN":
        return first if re.fullmatch(r"[\u4e00-\u9fff]{2,8}", first) else ""
    first = re.sub(r"^(?:for|the|all) ", "", first.lower())
    return first if _PEOPLE_EN.fullmatch(first) and len(first) <= 28 and not first.endswith("ss") else ""


def _price(brief: BriefData) -> str:
    money = brief.product.price
    if money is None:
        return ""
    said = say_price(money, brief.language)
    try:
        read = read_price(brief.product.price_text, brief.language)
    except PriceProblem:
        return said
    if brief.language == "zh-CN":
        return (
            said
            + (f"一{read.unit}" if re.fullmatch(r"[\u4e00-\u9fff]", read.unit) else "")
            + ("起" if read.is_from else "")
        )
    return (
        ("from " if read.is_from else "")
        + said
        + (f" a {read.unit}" if re.fullmatch(r"[b-df-hj-np-tv-z][a-z]+", read.unit) else "")
    )
