"""A thousand labelled messages for contact extraction, drawn from templates by a seed.

Two sets of templates: rules were tuned on `TUNED`; `HELD_OUT` was written before any result was seen
and tells what the rules are worth on wordings they were not made for. Numbers are drawn, nobody's.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Contact = tuple[str, str, str]
PREFIXES = [
    "130",
    "131",
    "132",
    "133",
    "134",
    "135",
    "136",
    "137",
    "138",
    "139",
    "147",
    "150",
    "151",
    "152",
    "153",
    "155",
    "156",
    "157",
    "158",
    "159",
    "166",
    "173",
    "175",
    "176",
    "177",
    "178",
    "180",
    "181",
    "182",
    "183",
    "184",
    "185",
    "186",
    "187",
    "188",
    "189",
    "191",
    "193",
    "195",
    "198",
    "199",
]
AREAS = ("010", "020", "021", "022", "023", "024", "025", "027", "028", "029", "0512", "0532", "0571", "0755", "0769")


@dataclass(frozen=True)
class Case:
    """`text` and what an attentive person would take down: (type, value, status) each."""

    text: str
    contacts: frozenset[Contact]
    template: str


def mobile(rng: random.Random) -> str:
    return rng.choice(PREFIXES) + f"{rng.randrange(10**8):08d}"


def phone(digits: str, status: str = "valid") -> Contact:
    return ("phone", "+86" + digits, status)


# ways of writing eleven digits


def _grouped(mark: str) -> Callable[[str, random.Random], str]:
    return lambda n, _: f"{n[:3]}{mark}{n[3:7]}{mark}{n[7:]}"


def _zh(one: str) -> Callable[[str, random.Random], str]:
    names = "零" + one + "二三四五六七八九"
    return lambda n, _: "".join(names[int(digit)] for digit in n)


def _mixed(n: str, rng: random.Random) -> str:
    return "".join("零一二三四五六七八九"[int(d)] if rng.random() < 0.4 else d for d in n[:-1]) + n[-1]


def _circles(letter: str) -> Callable[[str, random.Random], str]:
    return lambda n, _: n.replace("0", letter)


def _ells(n: str, _: random.Random) -> str:
    return n[0] + n[1:].replace("1", "l")


def _wide(n: str, _: random.Random) -> str:
    return "".join(chr(ord(d) - 48 + 0xFF10) for d in n)


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "plain": lambda n, _: n,
    "spaced": _grouped(" "),
    "dashed": _grouped("-"),
    "dotted": _grouped("."),
    "3-8": lambda n, _: f"{n[:3]} {n[3:]}",
    "+86": lambda n, _: "+86" + n,
    "+86 spaced": lambda n, _: f"+86 {n[:3]} {n[3:7]} {n[7:]}",
    "0086": lambda n, _: "0086" + n,
    "86-": lambda n, _: "86-" + n,
    "(+86)": lambda n, _: f"(+86){n}",
    "zh": _zh("一"),
    "zh 幺": _zh("幺"),
    "mixed": _mixed,
    "o": _circles("o"),
    "O": _circles("O"),
    "l": _ells,
    "full width": _wide,
    "zero width": lambda n, _: "\u200b".join((n[:4], n[4:8], n[8:])),
    "digit by digit": lambda n, _: " ".join(n),
    "keycaps": lambda n, _: "".join(d + "\ufe0f\u20e3" for d in n),
}

TUNED_CARRIERS = (
    "我的电话是{}", "电话{}", "{}", "手机号:{},方便的时候打给我", "可以联系我{}", "麻烦让顾问打{},谢谢", "我叫王明,电话{}",
    "微信同号{}", "你记一下 {} ,下午打", "call me at {}", "my number is {}", "Phone: {}", "想了解X5落地价,联系方式{}", "{} 王女士",
    "{}一会打给我", "v:{}", "wx{}", "tel:{}", "打我手机{}吧", "可以的,{},我姓李",
)  # fmt: skip
HELD_CARRIERS = (
    "行,那我留个号{}你们看着联系", "姓陈 {} 周末有空", "{}这个是我的", "联系人刘先生,手机{}。", "号码给你:{}", "那就打{}找我老公谈吧",
    "有活动短信通知我{}", "家里装修想约量房,{},朝阳区的", "Sure, it's {}", "you can text {} after 6pm", "reach me on {} please", "tel {}, ask for Anna",
    "看车时间周六上午,我手机{}", "我{},加我好友", "电话微信都是{}", "{}!!!快点", "报名2个人,{}", "预算20万以内,{},有合适的call我",
    "VX{}", "手机/微信：{}（备注看房）",
)  # fmt: skip


def _foreign(rng: random.Random) -> tuple[str, Contact]:
    tail = f"{rng.randrange(10**6):06d}"
    written, value, status = rng.choice((
        (f"+44 7911 123{tail[:3]}", f"+447911123{tail[:3]}", "valid"),
        (f"+1 415 555 {2000 + int(tail) % 8000:04d}", f"+1415555{2000 + int(tail) % 8000:04d}", "valid"),
        (f"+1-650-253-{2000 + int(tail) % 8000:04d}", f"+1650253{2000 + int(tail) % 8000:04d}", "valid"),
        (f"+852 9123 {tail[2:6]}", f"+8529123{tail[2:6]}", "valid"),
        (f"+65 9123 {tail[2:6]}", f"+659123{tail[2:6]}", "valid"),
        (f"+81 90-{int(tail[:4]) % 8000 + 2000}-{tail[2:6]}", f"+8190{int(tail[:4]) % 8000 + 2000}{tail[2:6]}", "valid"),
        (f"+4915112{tail}", f"+4915112{tail}", "valid"),
        (f"+61 412 {tail[:3]} {tail[3:]}", f"+61412{tail}", "valid"),
    ))  # fmt: skip
    return written, ("phone", value, status)


def _landline(rng: random.Random) -> tuple[str, Contact]:
    area, local = rng.choice(AREAS), f"{rng.choice('25678')}{rng.randrange(10**7):07d}"
    written = rng.choice(("{}-{}", "{}{}", "({}){}", "{} {}")).format(area, local)
    return written, phone(area[1:] + local, "to_confirm")


def _email(rng: random.Random) -> tuple[str, Contact]:
    name = rng.choice(("li.wei", "anna_k", "zhao88", "j.smith", "chenxi2020", "tom-lee", "wang.fang"))
    number = rng.randrange(10, 9999)
    host = rng.choice(("qq.com", "gmail.com", "163.com", "outlook.com", "company.com.cn", "foxmail.com"))
    address = f"{name}{number}@{host}"
    return address, ("email", address.lower(), "valid")


def _wechat(rng: random.Random) -> tuple[str, Contact]:
    handle = rng.choice(("lily_", "Sunny", "wxid_a", "zhangsan", "mike-", "Abc", "happycat")) + str(
        rng.randrange(1000, 99999)
    )
    return handle, ("wechat", handle, "valid")


Maker = Callable[[random.Random], tuple[str, Contact]]
TUNED_OTHERS: tuple[tuple[Maker, tuple[str, ...]], ...] = (
    (_foreign, ("my number is {}", "我在国外 {}", "WhatsApp {}", "call {} anytime", "{}")),
    (_landline, ("公司电话{}", "座机{}", "{}", "打办公室{}找我", "office phone {}")),
    (_email, ("邮箱{}", "email me at {}", "{}", "发到{}谢谢", "My email: {}", "资料发我{}吧")),
    (_wechat, ("微信号{}", "加我微信:{}", "wechat: {}", "我的vx {}", "my WeChat id is {}", "微信{},备注买车")),
)
HELD_OTHERS: tuple[tuple[Maker, tuple[str, ...]], ...] = (
    (_foreign, ("人在海外,打这个{}就行", "best to ring {} in the evening", "SMS {} pls", "手机 {} (time zone +8)")),
    (_landline, ("我们单位的固话是{},白天有人", "家里座机 {} 晚上在", "landline {}", "固定电话:{},转前台")),
    (_email, ("报价单麻烦发邮件{}", "send the brochure to {}, thanks", "E-mail：{}。", "contact: {} (work)", "我邮件是{}")),
    (_wechat, ("微信搜 {} 加我", "vx：{}", "WeChat ID {}", "加微信聊吧,我的是{},微信", "v信{}", "wechat me, id: {}")),
)  # fmt: skip

# Messages without a contact. {n} is a mobile-like number, {d6} six digits, and so on.
TUNED_NONE = (
    "订单号{n}", "订单{n}什么时候发货", "快递单号:{n}{d3}", "my order number is {n}", "tracking no. {n}", "身份证{id}", "身份证号是{id}", "{id}",
    "卡号6222{d6}{d6}{d3}", "预算{n5}元", "{n5}元能拿下吗", "136****{d4}", "138xxxx{d4}", "我手机尾号{d4}", "400-820-{d4}", "800-810-{d4}", "打了10086", "95588说的",
    "2026-11-22", "11月22日下午3点", "价格12.98万", "首付3成36期", "验证码{d6}", "QQ{d9}", "什么时候有空", "你们电话多少", "你们的电话是{n}吗", "刚才{n}打给我的是你们吗",
    "¥{n}", "{n}元", "合同编号{n}", "会员号{n}", "微信支付可以吗", "加微信吗", "WeChat pay ok?", "微信群怎么进", "@小助手 在吗", "icon@2x.png打不开", "1 2 3 4 5 6 7 8 9 10 11",
    "车架号LSVAA{d6}{d6}", "https://a.example.com/item/{n}", "统一社会信用代码91{d6}{d6}{d4}", "call 911", "call 1-800-555-0199", "don't stop", "一三五限行", "三七二十一", "面积138平", "138平米的房子",
)  # fmt: skip
HELD_NONE = (
    "运单{n}到哪了", "我的预约码是{n}", "ticket #{n}", "Invoice {n} is wrong", "用户ID:{n}", "证件号码{id}", "银行账号 6217 {d4} {d4} {d4} {d3}", "转账{n5}块", "一共{n5}元整",
    "139 **** {d4}", "手机号139开头", "打过你们400{d3}{d4}", "客服热线 400 {d3} {d4} 打不通", "12315投诉", "拨打12345", "生日1990-{m2}-{m2}", "2026年11月22日14:30到店", "裸车价 13.58 万 落地 15.6 万", "月供 2,980 x 36",
    "短信验证码 {d4}", "扣扣群{d9}", "有现车吗", "客服电话是不是{n}", "接到{n}的骚扰电话", "一年{n5}元保费", "保单号{n}", "设备序列号{n}{d4}", "微信小程序打不开", "朋友圈看到的广告", "is your number {n}?", "price 138,000", "13,800 RMB",
    "房间号1380", "Model 3 续航 556 公里", "see http://shop.example.cn/p?id={n}", "1380元/月", "年利率3.99%, 60期", "股票代码600{d3}", "track parcel SF{n}{d2}", "my SSN ends {d4}", "十三万八千", "一万三千八", "税号 91{d6}MA{d6}",
    "3室2厅138.5平13800一平", "9:00-18:00营业吗", "Photo@3x.jpg", "@all 看过来", "尾号{d4}的那个", "13{d4}", "手机 iPhone 15 Pro Max 256G",
)  # fmt: skip

TUNED_CORRECTED = (
    "不是{a},是{b}", "{a} 打错了,{b}", "{a},不对,应该是{b}", "sorry, not {a}, I meant {b}", "{a} oops typo {b}", "电话{a},更正:{b}", "原来{a}停用了,现在用{b}",
    "我刚才写错了 {a} 改成 {b}", "My number is {a}. Sorry, I meant {b}.", "别打{a},打{b}",
)  # fmt: skip
HELD_CORRECTED = (
    "{a}...啊说错了,{b}", "手机{a},哎不对不对,{b}才对", "之前留的{a}是错的,请打{b}", "it's {a} — wait, no, {b}", "{a}这个号不用了 换成{b}了", "old number {a}, new one {b}",
    "Please use {b} instead of {a}", "{b},不是{a}", "please don't call {a}, call {b}", "输错了{a},正确的是{b}",
)  # fmt: skip
TUNED_TWO = ("{a} {b}", "{a}或{b}都行", "我{a},我老婆{b}", "call {a} or {b}", "{a}/{b}")
HELD_TWO = ("手机{a},备用{b}", "{a}打不通就打{b}", "两个号:{a}、{b}", "{a} and my wife's {b}", "白天{a}\n晚上{b}")

HAND_TUNED: tuple[tuple[str, tuple[Contact, ...]], ...] = (
    ("v:wx13800138000", (phone("13800138000"),)),
    ("138oo138ooo", (phone("13800138000"),)),
    ("幺三八零零幺三八零零零", (phone("13800138000"),)),
    ("我周一13800138000一天都在", (phone("13800138000"),)),
    ("13800138000@163.com", (("email", "13800138000@163.com", "valid"),)),
    ("ＬＩＬＹ＠ＱＱ．ＣＯＭ", (("email", "lily@qq.com", "valid"),)),
    ("john dot smith at gmail dot com", ()),
    ("john.smith at gmail dot com", (("email", "john.smith@gmail.com", "valid"),)),
    ("邮箱 lily2020 @ qq.com", (("email", "lily2020@qq.com", "valid"),)),
    ("微信Lily_2020 电话13900139000", (("wechat", "Lily_2020", "valid"), phone("13900139000"))),
    ("12345678901", ()),
    ("1380013800", ()),
    ("138001380001", ()),
    ("010-12345678转8001", (phone("1012345678", "to_confirm"),)),
    ("010-62345678转8001", (phone("1062345678", "to_confirm"),)),
    ("+86 10 6234 5678", (phone("1062345678", "to_confirm"),)),
    ("没写错,就是13800138000", (phone("13800138000"),)),
    ("你好,13800138000元太贵了", ()),
    ("ab***@qq.com", ()),
    ("13800138000,不对的话再打13900139000", (phone("13800138000"), phone("13900139000"))),
    ("1 3 8 0 0 1 3 8 0 0 0", (phone("13800138000"),)),
    ("hello13800138000", (phone("13800138000"),)),
)
HAND_HELD: tuple[tuple[str, tuple[Contact, ...]], ...] = (
    ("我电话一三9零零一三9零零零哈", (phone("13900139000"),)),
    ("l39OOl39OOO", (phone("13900139000"),)),
    ("①③⑨⓪⓪①③⑨⓪⓪⓪", (phone("13900139000"),)),
    ("139－0013－9000", (phone("13900139000"),)),
    ("139 0013 9000 139 0013 9001", (phone("13900139000"), phone("13900139001"))),
    ("电话:13900139000(微信同号),邮箱:a.b@qq.com", (phone("13900139000"), ("email", "a.b@qq.com", "valid"))),
    ("壹叁玖零零壹叁玖零零零", (phone("13900139000"),)),
    ("SF13900139000", (phone("13900139000"),)),
    ("订单SF13900139000签收了,电话13900139001", (phone("13900139001"),)),
    ("我的微信就是手机号13900139000", (phone("13900139000"),)),
    ("zhang.san(at)163.com", (("email", "zhang.san@163.com", "valid"),)),
    ("zhangsan#163.com", ()),
    ("微信是abc", ()),
    ("加v lily99lily", (("wechat", "lily99lily", "valid"),)),
    ("0571-8765432", ()),
    ("+86-571-87654321", (phone("57187654321", "to_confirm"),)),
    ("0139 0013 9000", ()),
    ("(139)00139000", (phone("13900139000"),)),
    ("+1 800 555 0199", ()),
    ("00441234", ()),
    ("一百三十九块", ()),
    ("我家139平,打13900139000", (phone("13900139000"),)),
    ("139-001-39000", (phone("13900139000"),)),
    ("1390013 9000", (phone("13900139000"),)),
)


# A second set of wordings, written after the rules were mended on the first and before it was run.
FRESH_CARRIERS = (
    "中介勿扰,真心买,{}", "😀{}😀", "我妈的手机{},她来接", "【{}】", "“{}”", "报价发短信到{}", "打这个→{}", "有消息了打{}哦亲", "周三到周五都行,{}",
    "小孩7岁,想试听,{}李妈妈", "牙疼三天了,{},尽快", "Ok {} thanks", "you may ring {} tmrw", "name: Chen, mobile: {}, city: Chengdu", "ph {}", "contact no. {}",
    "我的联系电话为{}", "安排试驾吧,姓赵,{},下午两点以后", "电话↓\n{}", "{},13.5万能提车就买", "请在18点前拨打{}", "{}(晚8点后)", "微信手机同号 {} 通过一下", "好滴 {} 嗯嗯",
)  # fmt: skip
FRESH_OTHERS: tuple[tuple[Maker, tuple[str, ...]], ...] = (
    (_foreign, ("人在国外:{}", "intl: {}", "{} is my cell", "拨{}找我,注意时差")),
    (_landline, ("{}找王经理", "工作时间打{}", "家里电话:{}", "ring my office, {}")),
    (_email, ("合同发{}即可", "mail: {}", "you can reach me at {}.", "电邮 {}", "<{}>", "邮箱是：{}，谢谢")),
    (_wechat, ("微信: {}", "薇信{}", "my wechat is {}", "加我vx{}", "WX:{}", "wechat - {}", "{}是我微信")),
)  # fmt: skip
FRESH_NONE = (
    "病历号{n}", "券码{n}", "核销码:{n}", "直播间{d9}", "抖音号{n}", "User ID {n}", "meeting id {d3} {d4} {d4}", "zoom {d9}", "reservation {n}", "会议号{d3}-{d3}-{d3}", "{n}这个订单到哪了", "{n} is my order number",
    "贷{n5}分36期月供多少", "首付{n5}尾款{n5}", "建行卡6217{d4}{d4}{d4}{d3}转的", "1{d2}****{d4}这个号是谁", "号码隐藏:15{d2}***{d3}", "95{d3}是你们吗", "0元试听", "身高175体重138", "血压138/90", "邮编100{d3}",
    "版本13.8.0.1", "ip 192.168.13.80", "IMEI 86{d6}{d6}{d2}", "11:30-13:00有人吗", "2026.11.22-2026.12.01的活动", "第138期", "ISBN 978{d9}0", "GPS 31.2304,121.4737", "身份证后四位{d4}", "车牌京A{d4}5", "@客服 出来", "see figure 3@page 4",
    "价格from 13800 to 15900", "the VIN is LFV{d6}{d6}", "wechat is blocked here", "my phone is broken", "电话打不通", "号码不方便说", "我微信没开", "email didn't arrive", "房价13800左右浮动1380", "十一月二十二号三点", "满3000减300,满5000减600", "13个人,80块一位,共1040",
)  # fmt: skip
FRESH_CORRECTED = (
    "{a},我换号了,{b}", "{a}是我以前的号,打{b}", "my bad, {a} is old, {b} is right", "Ignore {a}. Use {b}.", "{a}\n纠正一下\n{b}", "号码{b},刚发的{a}作废", "Actually it's {b}, not {a}", "{a} 额 最后打错了 {b}", "忽略{a},以{b}为准", "{a}停机了,打{b}",
)  # fmt: skip
FRESH_TWO = ("{a}(我) {b}(爱人)", "1. {a} 2. {b}", "{a}; {b}", "没接就换{b},先打{a}", "mine: {a}, husband: {b}")
HAND_FRESH: tuple[tuple[str, tuple[Contact, ...]], ...] = (
    ("一三九,零零一三,九零零零", (phone("13900139000"),)),
    ("139​0013​9000", (phone("13900139000"),)),
    ("1390013900o", (phone("13900139000"),)),
    ("一39零零1叁90零零", (phone("13900139000"),)),
    ("tel13900139000", (phone("13900139000"),)),
    ("手机13900139000一万以内都可以", (phone("13900139000"),)),
    ("139 0013 900", ()),
    ("我号139-0013-9000-", (phone("13900139000"),)),
    ("A.B+c@Gmail.com", (("email", "a.b+c@gmail.com", "valid"),)),
    ("a@b", ()),
    ("name@company", ()),
    ("微信号 wxid_9k2j3h4g5f6d", (("wechat", "wxid_9k2j3h4g5f6d", "valid"),)),
    ("+8613900139000;+8613900139001", (phone("13900139000"), phone("13900139001"))),
    ("8613900139000", (phone("13900139000"),)),
    ("+86 (0)10 6234 5678", (phone("1062345678", "to_confirm"),)),
    ("139 0013 9000 元", ()),
    ("一三五七九", ()),
    (
        "请发到 zhang_san@outlook.com 或打 13900139000",
        (("email", "zhang_san@outlook.com", "valid"), phone("13900139000")),
    ),
    ("订单13900139000,我的电话13900139001", (phone("13900139001"),)),
    ("13900139000,订单号20261122139001", (phone("13900139000"),)),
)


def tuned_cases(count: int = 400, seed: int = 11) -> list[Case]:
    """Cases from the templates the rules were tuned on."""
    sets = (TUNED_CARRIERS, TUNED_OTHERS, TUNED_NONE, TUNED_CORRECTED, TUNED_TWO, HAND_TUNED)
    return _draw(count, random.Random(seed), *sets)


def held_out_cases(count: int = 300, seed: int = 12) -> list[Case]:
    """Cases from the templates that were written before any result was seen."""
    sets = (HELD_CARRIERS, HELD_OTHERS, HELD_NONE, HELD_CORRECTED, HELD_TWO, HAND_HELD)
    return _draw(count, random.Random(seed), *sets)


def fresh_cases(count: int = 300, seed: int = 13) -> list[Case]:
    """Cases from the second set of wordings."""
    sets = (FRESH_CARRIERS, FRESH_OTHERS, FRESH_NONE, FRESH_CORRECTED, FRESH_TWO, HAND_FRESH)
    return _draw(count, random.Random(seed), *sets)


def _draw(
    count: int, rng: random.Random, carriers: Sequence[str], others: Sequence[tuple[Maker, tuple[str, ...]]],
    none: Sequence[str], corrected: Sequence[str], two: Sequence[str], by_hand: Sequence[tuple[str, tuple[Contact, ...]]],
) -> list[Case]:  # fmt: skip
    """Every hand-written case once; the rest 45 % one phone, 20 % other kinds, 22 % none, 8 % corrected, 5 % two."""
    cases = [Case(text, frozenset(contacts), text) for text, contacts in by_hand]
    ways = list(WAYS)
    while len(cases) < count:
        at, kind = len(cases), rng.random()
        if kind < 0.45:
            cases.append(_one(rng, carriers[at % len(carriers)], ways[rng.randrange(len(ways))]))
        elif kind < 0.65:
            maker, templates = rng.choice(others)
            written, contact = maker(rng)
            template = rng.choice(templates)
            cases.append(Case(template.format(written), frozenset((contact,)), template))
        elif kind < 0.87:
            template = rng.choice(none)
            cases.append(Case(_fill(template, rng), frozenset(), template))
        else:
            cases.append(
                _pair(rng, rng.choice(corrected), is_corrected=True)
                if kind < 0.95
                else _pair(rng, rng.choice(two), False)
            )
    return cases


def _one(rng: random.Random, carrier: str, way: str) -> Case:
    number = mobile(rng)
    if way in ("zh", "zh 幺", "mixed") and "{}一会" in carrier:
        way = "plain"
    if way in ("o", "O"):
        number = number[:4] + "00" + number[6:9] + "00"
    return Case(carrier.format(WAYS[way](number, rng)), frozenset((phone(number),)), f"{carrier} · {way}")


def _pair(rng: random.Random, template: str, is_corrected: bool) -> Case:
    a, b = mobile(rng), mobile(rng)
    way = WAYS[rng.choice(("plain", "plain", "spaced", "dashed", "+86"))]
    kept = (phone(b),) if is_corrected else (phone(a), phone(b))
    return Case(template.format(a=way(a, rng), b=way(b, rng)), frozenset(kept), template)


def _fill(template: str, rng: random.Random) -> str:
    born = f"19{rng.randrange(60, 99)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
    values = {f"d{size}": f"{rng.randrange(10 ** (size - 1), 10**size)}" for size in (2, 3, 4, 6, 9)}
    values |= {"n": mobile(rng), "n5": str(rng.randrange(10_000, 99_999)), "m2": f"{rng.randrange(1, 13):02d}"}
    values["id"] = f"11010{rng.randrange(1, 9)}{born}{rng.randrange(100, 999)}{rng.choice('0123456789X')}"
    return template.format(**values)
