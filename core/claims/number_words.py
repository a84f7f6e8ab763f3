"""Data for finding numbers: units, currencies, and words that hold a numeral but count nothing."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


UNITS: dict[str, tuple[str, ...]] = {
    "second": ("秒钟", "秒", "seconds", "second", "secs", "sec", "s"),
    "minute": ("分钟", "minutes", "minute", "mins", "min"),
    "hour": ("个小时", "小时", "钟头", "hours", "hour", "hrs", "hr", "h"),
    "day": ("天", "日内", "days", "day"),
    "night": ("夜", "晚", "nights", "night"),
    "week": ("个星期", "星期", "周", "weeks", "week"),
    "month": ("个月", "months", "month"),
    "year": ("周年", "年", "years", "year", "yrs", "yr"),
    "age": ("周岁", "岁"),
    "litre": ("升", "公升", "litres", "liters", "litre", "liter", "l"),
    "millilitre": ("毫升", "ml", "millilitres", "milliliters"),
    "gram": ("克", "grams", "gram", "g"),
    "kilogram": ("公斤", "千克", "kilograms", "kilos", "kg"),
    "milligram": ("毫克", "mg"),
    "jin": ("斤",),
    "metre": ("米", "metres", "meters", "metre", "meter", "m"),
    "centimetre": ("厘米", "公分", "cm"),
    "millimetre": ("毫米", "mm"),
    "kilometre": ("公里", "千米", "kilometres", "kilometers", "km"),
    "mile": ("miles", "mile"),
    "inch": ("英寸", "寸", "inches", "inch"),
    "foot": ("feet", "foot", "ft"),
    "ounce": ("盎司", "ounces", "ounce", "oz"),
    "pound_weight": ("磅", "pounds", "pound", "lbs", "lb"),
    "degree": ("摄氏度", "度", "degrees", "degree", "°c", "°f", "°", "℃"),
    "kilocalorie": ("千卡", "大卡", "kcal", "calories", "calorie", "cal", "卡路里", "卡"),
    "kilojoule": ("千焦", "kj"),
    "watt": ("瓦", "watts", "watt", "w"),
    "milliampere_hour": ("毫安时", "毫安", "mah"),
    "volt": ("伏", "volts", "v"),
    "gigabyte": ("gb", "g内存"),
    "decibel": ("分贝", "decibels", "db"),
    "square_metre": ("平方米", "平米", "平方", "㎡", "m2"),
    "times": ("倍", "times", "x"),
    "tenths": ("成",),
    "floor": ("层", "layers", "layer", "ply"),
    "lesson": ("节课", "课时", "节", "lessons", "lesson", "classes"),
    "page": ("页", "pages", "page"),
    "word": ("字", "words"),
    "person": ("位", "名", "人", "people", "persons", "customers", "buyers", "users"),
}
"""Canonical unit → how it is written, zh and en."""

CLASSIFIERS = frozenset(
    "个件份瓶杯盒袋包箱罐支只条款种样把块片颗粒枚套台部本张双对顶步道口次回遍味色档排辆场趟碗盘串枝株根门项重串提桶壶组"
)
"""Measure words that count things; the noun after them says which."""

CLASSIFIER_UNITS = frozenset(
    _words(
        "bottle bottles pack packs packs piece pieces box boxes can cans cup cups bag bags item items "
        "serving servings set sets"
    )
)

CURRENCY_BEFORE: dict[str, str] = {
    "hk$": "HKD",
    "hkd": "HKD",
    "港币": "HKD",
    "nt$": "TWD",
    "ntd": "TWD",
    "twd": "TWD",
    "新台币": "TWD",
    "us$": "USD",
    "usd": "USD",
    "jp¥": "JPY",
    "jpy": "JPY",
    "a$": "AUD",
    "c$": "CAD",
    "s$": "SGD",
    "rmb": "CNY",
    "cny": "CNY",
    "人民币": "CNY",
    "eur": "EUR",
    "gbp": "GBP",
    "$": "USD",
    "¥": "CNY",
    "€": "EUR",
    "£": "GBP",
    "₩": "KRW",
}
CURRENCY_AFTER: dict[str, str] = {
    "元人民币": "CNY",
    "人民币": "CNY",
    "块钱": "CNY",
    "元钱": "CNY",
    "港元": "HKD",
    "港币": "HKD",
    "新台币": "TWD",
    "美元": "USD",
    "美金": "USD",
    "日元": "JPY",
    "円": "JPY",
    "欧元": "EUR",
    "英镑": "GBP",
    "韩元": "KRW",
    "元": "CNY",
    "圆": "CNY",
    "yuan": "CNY",
    "rmb": "CNY",
    "cny": "CNY",
    "usd": "USD",
    "dollars": "USD",
    "dollar": "USD",
    "bucks": "USD",
    "euros": "EUR",
    "euro": "EUR",
    "pounds sterling": "GBP",
    "quid": "GBP",
    "yen": "JPY",
    "hkd": "HKD",
    "twd": "TWD",
    "jpy": "JPY",
    "eur": "EUR",
    "gbp": "GBP",
}

NOT_NUMBERS_ZH = _words(
    """
    一点一滴 一点一点 零零碎碎 收拾 拾起 拾取 拾掇 捡拾 拾光 陆地 大陆 登陆 着陆 陆续 队伍 落伍 入伍 肆意 放肆
    一五一十 一心一意 一清二楚 一举两得 一石二鸟 一日三餐 一年四季 一干二净 一来二去 一目十行
    三心二意 三三两两 三番五次 三言两语 三天两头 三五好友 三五成群 两全其美 两全 四平八稳 四面八方
    四通八达 五颜六色 五花八门 五湖四海 六神无主 七上八下 七嘴八舌 七七八八 乱七八糟 八九不离十
    九牛一毛 十有八九 十全十美 十拿九稳 百里挑一 千篇一律 千家万户 千变万化 千方百计 千辛万苦
    千军万马 万无一失 接二连三 丢三落四 颠三倒四 不三不四 朝三暮四 说一不二 独一无二 数一数二
    二话不说 举一反三 隔三差五 三下五除二 合二为一 五谷杂粮 四季如春 百看不厌 百吃不厌 百穿不厌 百搭
    百变 百货 百姓 百般 百年好合 百合 百事 百香果 百褶 千层 千万别 千万不 千万要 千金 千禧 千寻
    万一 万能 万千 万物 万家 万里 万岁 万象 万圣 万达 千张 千岛 三明治 三文鱼 三鲜 三角 三脚
    三七 三亚 三星 三轮 三里屯 三峡 三国 三脚架 三伏 三餐 三室 再三 二维码 二手 二次元 二胡
    二锅头 老二 两边 两侧 两旁 两岸 两者 两难 两眼 两手 两头 四季 四处 四周 四川 四肢 四六级
    四海 五花肉 五香 五谷 五官 五金 五常 五指 五仁 六安 六神 六味 七夕 七匹狼 八卦 八宝 八角
    八仙 九寨 九阳 九华 十分 十足 十字 十堰 十里 双十一 双十二 周一 周二 周三 周四 周五 周六
    星期一 星期二 星期三 星期四 星期五 星期六 礼拜一 礼拜二 礼拜三 礼拜四 礼拜五 礼拜六 初一 初二
    初三 高一 高二 高三 大一 大二 大三 大四 半天 半夜 半路 半信半疑 半自动 半糖 半身 半成品
    半岛 半熟 半干 半永久 半途 半空 半山 半推半就 半决赛 半截 半边 大半 多半 小半 过半
    夜半 前半 后半 上半 下半 统一 唯一 专一 单一 同一 万分 零食 零钱 零碎 零件 零售 零散 零星
    零工 零基础 飘零 凋零 丁零 亿万 亿滋 十三香 三件套 大千 秋千 打千 千米 千瓦 千焦 千卡 千克
    第一时间 第一眼 第一口 第一步 第一次 第一个 第一件 第一天 第一印象 第一反应 第一杯 第一课
    """
)

PLAIN_ONE_EXCEPT = (
    "元",
    "块钱",
    "块九",
    "毛",
    "折",
    "成",
    "倍",
    "万",
    "千",
    "百",
    "亿",
    "亩",
    "千米",
    "公里",
    "毫升",
    "克",
    "升",
    "公斤",
)
"""After 一 these make it a real number; before anything else 一 only introduces a thing (一口, 一杯)."""

PROMISES = (
    r"见效|到货|发货|送达|送到|到家|出餐|充满|搞定|学会|上手|瘦|完成|质保|保修|包换|退换"
    r"|无理由|换新|有效|续航|就能|就好|就够|只需|仅需|有效期|保质"
)
"""Beside one of these even 一天 or 一年 is a number somebody can be held to."""

SPELLED_EN: dict[str, int] = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "dozen": 12,
}
SCALES_EN: dict[str, int] = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
