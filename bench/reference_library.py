"""A library of references as large as wanted: varied scripts in ten categories, eight formats, two languages.

Each reference is written from its category's words and its format's plan, then goes through
the same structuring and indexing as an imported one; only the video is left out. What it
was meant to be (`Written.format`) is kept apart from what the classifier takes it for.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from core.contracts import PLATFORMS, Language
from creative.contracts import CATEGORIES, FORMATS, Category, Format
from creative.references.performance import Metrics
from creative.references.subtitles import Subtitle, spread_over


@dataclass(frozen=True)
class Words:
    """What one category talks about: products, places, pains, features, proofs."""

    products: tuple[str, ...]
    places: tuple[str, ...]
    pains: tuple[str, ...]
    features: tuple[str, ...]
    proofs: tuple[str, ...]


def _words(text: str) -> Words:
    rows = [tuple(part.strip() for part in line.split("|")) for line in text.strip().splitlines()]
    return Words(*rows)


ZH: dict[Category, Words] = {
    "drinks": _words("""冷萃咖啡|乌龙茶包|气泡水|燕麦奶|鲜榨橙汁|低糖奶茶
        办公室工位上|早高峰的地铁里|露营的天幕下|深夜的书桌前
        下午三点眼皮打架|奶茶喝完心慌一晚上|楼下一杯二十八|速溶的又酸又涩
        零糖零脂|十二小时低温慢萃|一撕一倒就能喝|茶汤清亮不涩|配料表只有两行|气泡细，不胀肚
        回头客占了一半|送检报告贴在评论区|同事喝了一口就要链接|连续喝了三十天，体重没涨"""),
    "food": _words("""螺蛳粉|手工水饺|全麦面包|低温鸡胸肉|麻辣牛肉干|坚果礼盒
        宿舍的小桌上|加班回家的厨房|周末的野餐垫|看剧的沙发上
        外卖吃得胃里发酸|水煮的柴得嚼不动|零食越吃越空虚|早上根本来不及做饭
        十种配料一包不少|皮薄馅大煮六分钟|每天现烤不隔夜|撕开还有汁|大骨熬了八小时|独立小包不受潮
        已经卖了六十万份|室友连汤都喝完了|盲测十个人七个选它|好评率百分之九十八"""),
    "beauty": _words("""防晒霜|保湿精华|氨基酸洗面奶|哑光口红|修护面膜|护发精油
        换季的浴室镜前|军训的操场|约会前的化妆台|干燥的空调房
        一到换季就起皮泛红|上妆就卡粉浮粉|戴口罩闷痘|头发毛躁像稻草
        百分之二的神经酰胺|一抹化水不搓泥|乳化快不糊眼|上嘴不沾杯|敏感肌也能用|三秒成膜不泛白
        第二十八天水分仪从三十一到五十六|空瓶了不下五回|皮肤科医生看了配料表点头|连晒七天没黑"""),
    "fashion": _words("""直筒牛仔裤|天丝衬衫|轻薄羽绒服|小白鞋|通勤托特包|针织连衣裙
        周一的会议室|周末的咖啡馆|下雪的街头|旅行的机场
        梨形身材一穿就显胖|洗两次领子就变形|新鞋磨脚起泡|冬天穿得像个球
        后腰提高两厘米|坐一天也不皱|九十白鸭绒|软底回弹|内袋能放十四寸电脑|不用穿打底的厚度
        洗了上百次领子还挺|同事追着问链接|换上之前和之后自己看腿长|穿了两年没起球"""),
    "home": _words("""油污清洁剂|洗地机|乳胶床垫|纯棉毛巾|空气炸锅|收纳箱
        油腻的灶台边|有猫的客厅|刚租的小房间|爸妈的老房子
        钢丝球把锅刮花了|腰疼得睡不着|毛巾三个月一股味|跪着擦地膝盖疼
        喷上等三十秒|吸拖洗一次搞定|回弹不塌|吸水快不掉毛|免翻面不溅油|折起来只有五厘米
        擦过的地方能照人|十万次回弹测试报告|邻居来看了当场下单|一杯红酒放上去没洒"""),
    "electronics": _words("""降噪耳机|便携投影仪|氮化镓充电器|蓝牙音箱|机械键盘|智能手表
        嘈杂的地铁里|租房的白墙前|出差的高铁上|打游戏的深夜
        便宜的那副一进站全漏进来|充电头烫得能煎蛋|旧电脑卡得想砸|白天看不清画面
        单次八小时续航|自动对焦自动摆正|六十五瓦满了自己断|防水能带进浴室|热插拔轴|心率二十四小时测
        三C认证编号可查|十个路人盲听七个选它|满载烤机四小时|用了两年电池还有九成"""),
    "fitness": _words("""居家健身课|可调哑铃|瑜伽垫|筋膜枪|乳清蛋白粉|跳绳
        客厅的地垫上|下班后的健身房|清晨的公园|出差的酒店
        办了三张卡去了四次|爬三层楼就喘|练完第二天走不了路|减肥反弹了两回
        一天二十分钟|教练当场纠正动作|一转就换重量|防滑不硌膝盖|一勺二十四克蛋白|静音不吵邻居
        半年瘦了二十二斤|三万人跟练平均坚持二十六天|体检箭头只剩一个|九成学员第二月还在练"""),
    "education": _words("""英语口语课|单词图像课|零基础剪辑课|少儿编程课|考研数学班|成人钢琴课
        孩子的书桌前|下班后的出租屋|周末的教室|通勤的公交上
        单词背了就忘|报了三个班都没坚持|作业写到十一点还吼|开口就脸红
        十五分钟记三十个词|老师逐条批改|真实素材做项目|按遗忘曲线复习|每节课只讲一个难点|外教一对一
        平均从七十二提到八十九|四百个学员三百二十个交了作品|他上周接了第一单|续报率百分之八十七"""),
    "travel": _words("""云南小团|海岛度假酒店|雪山露营营地|亲子农场|古镇民宿|周末温泉
        凌晨五点的帐篷外|六月的荷花湖边|老街的茶馆里|海边的露台上
        跟大团购物站坐一天|网红点排队两小时|做攻略做到吵架|到了酒店和照片不一样
        五天四晚不进店|拉开帘子就是雪山|早餐做到十一点|当地人带路|孩子有专人看|行李有人接
        上一团的朋友当天又订了一次|四点九分一万条评价|十二个人的小团|三年没有一单投诉"""),
    "auto": _words("""自助洗车卡|划痕修补套装|混动轿车|行车记录仪|静音雨刮|车载冰箱
        暴雨的高速上|小区的地库里|自驾的戈壁公路|等孩子放学的路边
        洗一次四十还要排队|去店里开口就是三百|一个月油钱一千五|雨刮吱吱响还留水痕
        八分钟不刮漆|四步自己补|发动机和电机自己切换|晚上也拍得清车牌|石墨胶条静音|插上就能用
        北京到郑州全程空调四十一升|这个月四千台车在用|站一米外找不到在哪|零下三十度一把打着"""),
}
EN: dict[Category, Words] = {
    "drinks": _words("""cold brew coffee|oolong tea bags|sparkling water|oat milk|fresh orange juice|matcha latte
        at my desk|on the morning train|at the campsite|at the kitchen counter
        by three p.m. I'm staring at the screen|the cafe charges six dollars for foam|it tastes like sugar and regret|I crash an hour later
        no sugar, no bitterness|steeped for fourteen hours|pour, ice, done|two ingredients, that's it|bubbles that last|real fruit inside
        over nine thousand five star reviews|hold it up to the light, not a speck|my boss asked me for the link|tested by an independent lab"""),
    "food": _words("""instant ramen kit|handmade dumplings|granola clusters|chicken bites|dark chocolate box|chili oil
        in my tiny kitchen|on the picnic blanket|in the dorm|after the late shift
        takeout is another thirty bucks|dry chicken hurts my jaw|first ingredient, sugar|nobody has time at seven a.m.
        ready in six minutes|baked in small trays|twelve hours of broth|twenty four grams of protein|sealed in single packs|no palm oil
        forty one of fifty strangers picked ours blind|my kid timed me, eight fifty two|he asked for seconds|rated four point eight by customers"""),
    "beauty": _words("""face serum|mineral sunscreen|gentle cleanser|matte lipstick|clay mask|hair oil
        in the bathroom mirror|at the beach|before the date|in dry office air
        my cheeks are red and flaky|it pills under makeup|my ends are crispy|every spot cream burned
        five percent niacinamide|sinks in, no white cast|two drops a night|stays on the lips, not the cup|fragrance free formula|rinses off clean
        day thirty, same light, no filter|my dermatologist nodded|six weeks, no frizz, look at this|tested on three hundred women"""),
    "fashion": _words("""rain jacket|white tee|straight jeans|block heels|tote bag|knit dress
        on the ridge at six a.m.|in the office|at the airport|in the city at night
        the cheap one twisted|blisters on the first day|you can see right through it|I looked like a pillow
        heavyweight cotton|memory foam and a wide toe|packs to the size of a grapefruit|taped seams|pockets that fit a phone|no ironing
        two hundred hours of rain tests|fifty washes, same shape|flight attendants wear them for ten hour shifts|my sister asked me twice"""),
    "home": _words("""oven cleaner|cordless vacuum|foam mattress|cotton towels|air fryer|storage bins
        in my rental|in the kitchen|in a house with two dogs|at my parents' place
        I've tried vinegar and a lot of swearing|my back hurts every morning|towels that smell in a week|I was on my knees scrubbing
        spray it and walk away|one brush lifts, one pulls|it springs right back|dries in ten minutes|no flipping, no oil|folds flat
        nine hundred ninety six grams in the bin|you can read through that glass|a hundred thousand presses in the lab|my neighbor bought one on the spot"""),
    "electronics": _words("""wireless headphones|mini projector|fast charger|portable speaker|phone case|smartwatch
        on the subway|in my small apartment|on the flight|at my desk at midnight
        I've cracked three screens|the old one sounds like a plane|the cheap one leaks every sound|it dies by lunch
        eighteen hours on one charge|focuses by itself|sixty five watts, stays cool|it floats|a raised lip on every corner|wakes in six seconds
        I dropped it from the second floor on camera|rated best of the year by three magazines|ten people listened blind|certified and registered"""),
    "fitness": _words("""home workout app|adjustable dumbbells|yoga mat|massage gun|whey protein|running shoes
        on the living room floor|in the park at dawn|in a hotel room|in the garage gym
        I quit every app I tried|I couldn't run to the bus|my back still hurts|the gym is forty minutes away
        one minute of running to start|five to fifty two pounds in one twist|coaches watch your form live|no slip, no smell|quiet enough for midnight|twenty four grams a scoop
        last Sunday I finished my first ten K|trusted by two hundred thousand home gyms|less pain in the first three weeks|members stay for two years"""),
    "education": _words("""Spanish tutoring|math app|video editing bootcamp|kids coding class|IELTS course|piano lessons
        at the kitchen table|on the bus|after the night shift|in a real classroom
        tears, erasing, the door slamming|I quit three courses|my accent embarrassed me|nobody answers your questions
        twenty five minutes a day with a tutor|it finds the gap and fills it|no grammar tables until week four|every task comes back marked|real projects|one idea a lesson
        this is Dan on day ninety|her teacher emailed me, one full grade up|three hundred of four hundred finished|he got his first client last week"""),
    "travel": _words("""lake cabin|Lisbon walking tour|flights to Tokyo|family farm stay|island resort|ski weekend
        on the deck at sunrise|by the river at sunset|on the ridge|in the old town
        they queue an hour for the tram|the photos lied|we argued over the plan for a week|the bus tour stopped at three shops
        a local takes you|two bags and meals included|a wood stove and no phones|breakfast until eleven|change the date for free|kayaks at the door
        rated four point nine by eleven thousand travelers|ranked most on time in the region|our last guests booked again the same day|groups of eight at most"""),
    "auto": _words("""car battery|wiper blades|scratch repair kit|hybrid sedan|dash cam|jump starter
        in the snow|in the parking lot|on the highway in the rain|in my driveway
        stranded in a parking lot in January|the left one squeaks|the shop asked three hundred bucks|gas eats my pay
        sealed plates, nothing leaks|a beam that presses evenly|two clamps, one button|it switches by itself|reads plates at night|fixed in four steps
        minus thirty, first turn, there it goes|same storm, same speed, be the judge|four hundred miles on one tank, measured|tested on two thousand cars"""),
}

_PLANS_ZH: dict[Format, tuple[tuple[str, ...], ...]] = {
    "talk_through": (
        ("听我说，买{p}真的别再跟风了", "说句得罪人的话，一半的{p}都不值", "家人们，{p}我用过十几款，今天说实话"),
        ("{pain}", "你是不是也这样，{pain}"),
        ("我现在只用这个，{f}", "这款{p}，{f}"),
        ("{f2}", "我最喜欢的是{f2}"),
        ("{proof}",),
        ("今天直播间立减{n}", "现在下单再送一份"),
        ("想试的点左下角", "需要的点链接"),
    ),
    "process": (
        ("一份{p}是怎么做出来的", "看我怎么把{p}用到位，四步就够", "{p}的制作过程，全部拍给你看"),
        ("第一步，先准备好，{f}", "先看原料，{f}"),
        ("接着等十分钟，{f2}", "再来一遍，{f2}"),
        ("最后收尾，{f3}", "然后就好了，{f3}"),
        ("{proof}",),
        ("一套{n}块", "现在买一送一"),
        ("点下方，自己试一遍", "照着做，点左下角"),
    ),
    "scene": (
        ("{place}，我离不开{p}", "{place}，带上{p}是这样的", "从周一到周末，{p}跟着我走"),
        ("早上七点半，{f}", "到了中午，{f}"),
        ("傍晚的{place2}，{f2}", "周末去{place2}，{f2}"),
        ("晚上回家，{f3}", "深夜一个人，{f3}"),
        ("{proof}",),
        ("把它放进你的生活", "点进来看看还有哪些场景"),
    ),
    "comparison": (
        ("左边普通{p}，右边这款，差在哪？", "{n}块和{m}块的{p}，对比给你看", "同样是{p}，前后差别有多大"),
        ("左边：{pain}", "普通的那种，{pain}"),
        ("右边：{f}", "换这款，{f}"),
        ("左边做不到的，{f2}", "右边还有{f2}"),
        ("同样的条件，{proof}", "{proof}"),
        ("现在拍立减{n}", "新客首单减{n}"),
        ("自己比，点左下角", "链接在评论区置顶"),
    ),
    "proof": (
        ("这款{p}真的能行吗，我做了个实验", "{p}实测三十天会怎么样", "把{p}送去检测，结果出来了"),
        ("第一天，{f}", "实验开始，{f}"),
        ("第十五天，{proof}", "测试过半，{proof}"),
        ("第三十天，{proof2}", "检测报告在这，{proof2}"),
        ("以前{pain}", "{f2}"),
        ("前一百名送小样", "体验装{n}块"),
        ("先领试用装", "想自己测的点链接"),
    ),
    "offer_first": (
        ("{n}块钱的{p}，你没听错", "{p}清仓，最后三天", "{p}买一送一，今晚八点恢复原价"),
        ("原价{m}，现在只要{n}", "只限今天，两份立减{n}"),
        ("{f}",),
        ("{f2}",),
        ("{proof}",),
        ("前五百单再送一份", "卖完就下架"),
        ("手慢无，赶紧下单", "点小黄车抢最后一批"),
    ),
    "story": (
        ("去年冬天，我因为{p}和家里吵了一架", "那天在{place}，我差点放弃了", "我妈偷偷给我寄了一箱{p}"),
        ("那时候{pain}", "以前{pain}，谁也不懂"),
        ("后来朋友给了我这个，{f}", "后来才知道，{f}"),
        ("慢慢地，{f2}", "{f2}，日子顺了"),
        ("现在她逢人就说，{proof}", "一年后，{proof}"),
        ("给家人也备一份吧", "你的故事从点这里开始"),
    ),
    "listing": (
        ("选{p}的三个理由，第三个最重要", "买{p}看这四点就够了", "关于{p}的三件事，没人告诉你"),
        ("第一，{f}", "第一点，{f}"),
        ("第二，{f2}", "第二点，{f2}"),
        ("第三，{f3}", "第三点，{f3}"),
        ("{proof}",),
        ("三样一起{n}块", "今天整套立减{n}"),
        ("收藏起来，照着买", "清单在评论区"),
    ),
}
_PLANS_EN: dict[Format, tuple[tuple[str, ...], ...]] = {
    "talk_through": (
        (
            "Okay, I need to talk about {p}.",
            "Hot take: most {p} is not worth it.",
            "Listen, please don't buy {p} before you hear this.",
        ),
        ("Honestly, {pain}.", "You know how {pain}."),
        ("So this is what I use now, {f}.", "This one, {f}."),
        ("And {f2}.", "My favorite part, {f2}."),
        ("{proof}.",),
        ("It's {n} percent off this week.", "The first box is half price."),
        ("Tap the link and get yours.", "Go grab it below."),
    ),
    "process": (
        (
            "Watch me make this with {p}, step by step.",
            "This is how {p} is made.",
            "{p}, start to finish, in four steps.",
        ),
        ("Step one, {f}.", "First, {f}."),
        ("Next, ten minutes later, {f2}.", "Then wait, {f2}."),
        ("Finally, {f3}.", "Last step, {f3}."),
        ("{proof}.",),
        ("Two for {n} dollars.", "Buy one, get one free."),
        ("Try it tonight, link below.", "Get the kit in the shop."),
    ),
    "scene": (
        (
            "This is what {p} {place} looks like.",
            "{p}, from morning to midnight.",
            "A {p} that goes everywhere you do.",
        ),
        ("Six a.m., {f}.", "In the morning, {f}."),
        ("Noon, {place2}, {f2}.", "At noon, {f2}."),
        ("Seven p.m., {f3}.", "On the way home, {f3}."),
        ("{proof}.",),
        ("Take it with you this weekend.", "Find yours on our site."),
    ),
    "comparison": (
        (
            "Ordinary {p} versus this one.",
            "My old {p} and the new one, side by side.",
            "{n} dollar {p} vs {m} dollar {p}. Let's compare.",
        ),
        ("The cheap one: {pain}.", "Theirs: {pain}."),
        ("Ours: {f}.", "The new one: {f}."),
        ("And the good one, {f2}.", "The right one, {f2}."),
        ("Same test on both. {proof}.", "{proof}."),
        ("Save {n} dollars this week.", "First order is half price."),
        ("Compare them on the page.", "Click below and see the difference."),
    ),
    "proof": (
        ("Can {p} really do this? We ran the test.", "I used this {p} for thirty days.", "We sent our {p} to the lab."),
        ("Day one. {f}.", "Here is the setup. {f}."),
        ("Day ten. {proof}.", "First result. {proof}."),
        ("Day thirty. {proof2}.", "Final test. {proof2}."),
        ("Before this, {pain}.", "{f2}."),
        ("Try it free for two weeks.", "Use code TEST for {n} percent off."),
        ("Check the full report on our site.", "Order a sample and test it."),
    ),
    "offer_first": (
        (
            "{p}, {n} percent off until midnight.",
            "Two {p} for the price of one.",
            "Our biggest {p} sale of the year, today only.",
        ),
        ("That's {n} dollars instead of {m}.", "Free shipping when you order today."),
        ("{f}.",),
        ("{f2}.",),
        ("{proof}.",),
        ("The first five hundred orders get a gift.", "When it's gone, the price goes back up."),
        ("Shop now before the timer runs out.", "Grab one while they last."),
    ),
    "story": (
        ("A year ago I gave up on {p}.", "The night it happened I was {place}.", "My grandfather swore by {p}."),
        ("Back then, {pain}.", "I stood there and {pain}."),
        ("Years later a friend handed me this, {f}.", "Then my sister found it, {f}."),
        ("Little by little, {f2}.", "And when I tried it, {f2}."),
        ("Last Sunday, {proof}.", "Now she tells everyone, {proof}."),
        ("Write your own story, start today.", "Bring one home tonight."),
    ),
    "listing": (
        (
            "Three reasons I switched to this {p}.",
            "Four things nobody tells you about {p}.",
            "Five signs you need better {p}.",
        ),
        ("Number one, {f}.", "First, {f}."),
        ("Number two, {f2}.", "Second, {f2}."),
        ("Number three, {f3}.", "Third, {f3}."),
        ("{proof}.",),
        ("The full set is {n} dollars.", "All of it is {n} percent off."),
        ("Save this list and shop it.", "The whole list is in the comments."),
    ),
}


@dataclass(frozen=True)
class Written:
    """A reference before import: its words and times, and what it was meant to be."""

    title: str
    category: Category
    format: Format
    language: Language
    platform: str
    seconds: float
    lines: tuple[Subtitle, ...]
    borders: tuple[float, ...]
    metrics: Metrics

    @property
    def script(self) -> str:
        return "\n".join(line.text for line in self.lines)


def written_references(count: int, seed: int = 1) -> Iterator[Written]:
    """`count` references, spread evenly over category, format and language; the same for the same seed."""
    rng = random.Random(seed)
    kinds = [(c, f, la) for c in CATEGORIES for f in FORMATS for la in ("zh-CN", "en")]
    for number in range(count):
        if number % len(kinds) == 0:
            rng.shuffle(kinds)
        category, kind, language = kinds[number % len(kinds)]
        yield _write(rng, number, category, kind, language)  # type: ignore[arg-type]  # the tuple loses the literal


def _write(rng: random.Random, number: int, category: Category, kind: Format, language: Language) -> Written:
    words = (ZH if language == "zh-CN" else EN)[category]
    plan = (_PLANS_ZH if language == "zh-CN" else _PLANS_EN)[kind]
    filling = _filling(rng, words)
    texts = [rng.choice(options).format(**filling) for options in plan]
    if len(texts) > 6 and rng.random() < 0.4:
        texts.pop(rng.randrange(3, len(texts) - 1))
    texts = [text[0].upper() + text[1:] for text in texts]
    seconds = round(rng.uniform(12, 28), 2)
    borders = sorted(round(rng.uniform(0.8, seconds - 0.8), 2) for _ in range(rng.randrange(3, 14)))
    return Written(
        title=f"{filling['p']} {number}",
        category=category,
        format=kind,
        language=language,
        platform=rng.choice(PLATFORMS[:2] if language == "zh-CN" else PLATFORMS[2:]),
        seconds=seconds,
        lines=spread_over("\n".join(texts), seconds),
        borders=tuple(borders),
        metrics=_metrics(rng),
    )


def _filling(rng: random.Random, words: Words) -> dict[str, str]:
    first, second, third = rng.sample(words.features, 3)
    proof, proof2 = rng.sample(words.proofs, 2)
    place, place2 = rng.sample(words.places, 2)
    price = rng.randrange(9, 90)
    return {
        "p": rng.choice(words.products),
        "pain": rng.choice(words.pains),
        "f": first,
        "f2": second,
        "f3": third,
        "proof": proof,
        "proof2": proof2,
        "place": place,
        "place2": place2,
        "n": str(price),
        "m": str(price * rng.randrange(2, 5)),
    }


def _metrics(rng: random.Random) -> Metrics:
    """A third has no figures; the rest lie log-normally round usual rates."""
    if rng.random() < 0.33:
        return Metrics()
    impressions = int(10 ** rng.uniform(2, 6))
    plays = int(impressions * min(0.8, 0.25 * rng.lognormvariate(0, 0.4)))
    clicks = int(impressions * min(0.3, 0.015 * rng.lognormvariate(0, 0.6)))
    return Metrics(impressions, plays, clicks, int(clicks * min(0.5, 0.025 * rng.lognormvariate(0, 0.6))))
