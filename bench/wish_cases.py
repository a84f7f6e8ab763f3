"""Labelled messages for the pre-pass: what says a wish, and what only sounds like it.

`TUNED` were used to make the rules; `HELD_OUT` were written before any of them was run.
"""

from __future__ import annotations

from agentbot.pre_pass.wishes import Kind

Labelled = dict[Kind, tuple[tuple[str, ...], tuple[str, ...]]]
"""Kind → (messages that say it, messages that don't)."""

TUNED: Labelled = {
    "opt_out": (
        (
            "STOP", "stop", "Stop.", "STOP please", "退订", "TD", "退 订", "退\u200b订", "回T退订", "别再发了", "不要再联系我", "别再给我发消息了", "请不要再打扰我", "不要再骚扰我了", "停止发送", "取消订阅", "别联系我了", "以后别再找我了", "把我拉黑吧",
            "别来烦我", "不想再收到你们的消息", "请勿再推送", "不用再联系了", "unsubscribe", "Unsubscribe me", "don't message me again", "Do not contact me anymore", "stop texting me", "please stop messaging me", "leave me alone", "take me off your list",
            "remove me from your list", "opt out", "I want to opt out", "no more messages please", "don’t text me again", "S T O P", "never contact me again", "don't contact me",
        ),
        (
            "don't stop", "Don't stop sending the photos", "non-stop flight?", "where is the bus stop", "别发错了", "怎么退订会员套餐", "先别联系我,明天再说", "晚上别给我打电话", "别发微信,打电话吧", "不要再降价了吗", "do you stop at 6pm?", "can't stop thinking about it",
            "别打错了,是13800138000", "不用再来一趟吧", "退订政策是什么", "end", "quit", "cancel", "退", "可以随时退订吗", "我想停车", "the car has start-stop", "别再犹豫了是吧", "stop by your store tomorrow", "stop sending links, just tell me the price", "不想再等了",
        ),
    ),
    "person": (
        (
            "转人工", "人工", "人工客服", "我要真人", "找真人客服", "帮我转人工服务", "转接客服", "叫你们经理来", "我要找你们老板", "有没有真人", "能不能换个人跟我聊", "不想跟机器人聊", "让销售跟我说", "转 人 工", "我要人工!", "客服", "speak to a human", "I want to talk to a real person",
            "agent", "representative please", "connect me to an agent", "can I speak with someone", "get me a manager", "human please", "transfer me to a live agent", "let me talk to a person", "I need a human", "is there a real person here",
        ),
        (
            "人工费多少", "人工智能课程多少钱", "纯人工打磨吗", "我问问老板再说", "不用转人工", "你是人工还是机器人", "real estate agent fee?", "a person with bad credit", "我要跟我领导商量", "客服几点下班", "人工授精多少钱", "can my husband talk to me first", "种植牙人工骨粉多少钱", "人工草坪有吗",
        ),
    ),
    "emergency": (
        (
            "我不想活了", "想自杀", "胸口好痛喘不上气", "流血止不住怎么办", "我爸晕倒了", "吃了一瓶安眠药", "家里煤气泄漏了", "打了针脸肿了喘不过气", "I want to kill myself", "chest pain and can't breathe", "he is unconscious",
            "there's a gas leak", "won't stop bleeding", "this is an emergency", "活着没意思",
        ),
        (
            "笑死我了", "想死你们了", "累死了", "车险包自燃险吗", "emergency fund", "急救包卖吗", "怕电动车着火", "this deal is on fire", "emergency plumber price", "贵死了", "does insurance cover fire",
        ),
    ),
    "complaint": (
        (
            "我要投诉", "你们是骗子", "太差了吧", "服务态度恶劣", "退钱!", "浪费我时间", "我很生气", "垃圾公司", "再不回我就曝光你们", "答非所问", "气死我了", "骗人的吧你们", "This is a scam", "I want my money back", "terrible service", "I want to complain", "you lied to me", "so disappointed", "useless", "ridiculous", "this is unacceptable",
            "无语了", "没人理吗", "维权",
        ),
        (
            "怕被坑", "会不会是骗子啊", "支持退款吗", "退款政策", "我征信差", "不会让我失望吧", "no complaints so far", "my credit is terrible", "is this a scam?", "垃圾桶怎么卖", "投诉率高吗", "基础太差能学吗", "terrible headache", "滚筒洗衣机多少钱", "别家服务太差所以来问你们", "my old dealer was terrible", "refund policy?",
            "怕上当受骗", "曝光度怎么样", "痘痘烦死了", "hope I won't be disappointed",
        ),
    ),
    "refusal": (
        (
            "不方便留电话", "不想给手机号", "先不留了", "不加微信", "别给我打电话", "就在这里说吧", "为什么要我的电话", "不用打电话", "电话就不留了", "不接电话", "I'd rather not give my number", "don't call me", "no calls please", "can we keep it in chat", "why do you need my number", "I won't share my phone", "not comfortable giving my email", "no need to call",
            "打字聊就行", "微信就不加了",
        ),
        ("不方便打字,打我电话", "不用担心", "don't hesitate to call", "你们为什么不接电话", "给我留个名额", "不用加钱吧", "call me", "电话多少", "价格能不能便宜", "不想去店里", "don't forget to call me", "多少钱", "can you send me your number"),
    ),
    "offer": (
        (
            "打电话给我", "给我打个电话吧", "联系我", "我给你电话", "留个电话给你", "加我微信", "怎么联系你们", "让顾问打给我", "电话聊吧", "可以电话沟通吗", "call me", "give me a call", "can someone call me", "text me", "here is my number", "I can leave my number", "my number is below", "contact me tomorrow",
            "please reach out, call me back", "加你微信聊", "能让人给我回电话吗",
        ),
        ("别给我打电话", "不要联系我", "don't call me", "no need to call me", "我不留电话", "你们的电话打不通", "为什么要留电话", "stop calling me", "加微信群吗", "I won't give my number", "打电话没人接", "do you have a phone number"),
    ),
    "asks_if_human": (
        (
            "你是机器人吗", "你是真人吗", "是真人还是机器人", "你是AI吧?", "你是人工吗", "是不是机器人在回", "你是人吗", "在跟机器人聊天?我是在跟AI说话吗", "are you a bot?", "are you human", "Is this a real person?", "am I talking to a robot", "are you an AI", "bot?", "r u real", "你到底是不是真人", "自动回复吧?", "有真人吗",
        ),
        ("扫地机器人多少钱", "你们是机器人公司吗", "are you a real dealer", "AI课程多少钱", "真人试穿图有吗", "robot vacuum price", "是人工费吗", "是本人办理吗", "is this a real store", "is this car automatic", "机器人编程班几岁能上"),
    ),
    "minor": (
        ("我今年15岁", "我才16岁可以做吗", "我是初中生", "I'm 15", "I am 16 years old", "I'm a minor", "还没满18岁能贷款吗", "我16岁，能试驾吗",),
        ("我儿子15岁能学吗", "I'm 15 minutes away", "my daughter is 12", "我今年35岁", "I'm 17 km away", "我家狗8岁",),
    ),
}  # fmt: skip

HELD_OUT: Labelled = {
    "opt_out": (
        (
            "拜托不要再发这些了", "麻烦把我的号码删掉,别再打来了", "TD谢谢", "够了,别再联系", "不要给我推送了", "我说了别再找我", "取消推送", "你们能不能别再骚扰我", "再发我就投诉,别发了", "以后不用联系我了", "请停止联系我", "退订!!!", "别打扰我", "不需要了,不要再发",
            "Stop contacting me.", "pls stop", "quit messaging me", "I don't want to receive any more messages", "do not text me again ever", "Please remove my number from your system", "enough, stop it", "STOP ALL", "Don't ever call me again", "cancel all messages to me", "no more texts",
        ),
        (
            "别再拖了,今天就签", "明天再联系我吧", "不要再贵了", "不用再查征信了吧", "上班不方便接电话,晚上联系", "你们别关门太早", "怎么取消订单", "退订酒店要扣钱吗", "can the treatment stop hair loss?", "When do you stop accepting new students", "I don't want to stop now", "is there a stop near the gym",
            "don't call before noon, I'm asleep", "请不要发错颜色", "别的店联系我了", "一直联系不上你们", "cancel my appointment on Friday", "how do I stop the leak", "别再发语音了,打字就好", "不要联系我老公,联系我",
        ),
    ),
    "person": (
        (
            "给我接人工", "可以让真人来回复吗", "喊个活人来", "我想直接和你们店长谈", "人工在吗", "找个客服来", "能人工回复我吗", "帮忙转下客服", "别自动回复了,换人", "要求人工处理", "Can a human take over?", "I'd like to speak to your manager", "Put me through to someone", "real person pls", "operator", "can i chat with a live agent", "I want a representative", "escalate this to a supervisor",
            "let me speak with a staff member", "stop with the bot, give me a human",
        ),
        ("人工关节手术多少钱", "你们有多少客服", "person per room price?", "is the agent fee included", "找人代办贷款靠谱吗", "请问老板娘在店里吗,买过的", "human hair wigs?", "manager training course price", "客服态度真好", "安装要人工费吗"),
    ),
    "emergency": (
        ("突然胸口剧痛", "我妈昏过去了怎么办", "感觉活不下去了", "我想割腕", "孩子误吞了电池", "家里着火了", "术后一直流血", "呼吸困难", "I feel like ending my life", "My dad is having a heart attack", "I swallowed bleach", "my throat is swelling after the injection", "there is smoke and the car is on fire", "she passed out"),
        ("热死了,空调多少钱", "怕打针晕过去", "预防中风的课", "是急救培训吗", "emergency exit door price", "你们价格要吓死人", "the ad said fire sale"),
    ),
    "complaint": (
        ("什么破服务", "我要去12315告你们", "等了三天没人管", "你们就是忽悠人", "太敷衍了", "退款退款退款,给我退", "真是服了,烂透了,太差劲", "虚假宣传", "上次做完脸烂了,我要维权", "Worst experience ever", "I'm really angry about this", "you guys are liars", "this is fraud", "I'll sue you", "Give me a refund now", "what a waste of time", "I'm fed up", "I've been ripped off"),
        ("之前在别家被坑过", "你们有没有被投诉过", "my skin is awful lately", "担心虚假宣传", "睡眠太差适合练瑜伽吗", "英语基础差", "refund possible if I cancel?", "the weather is terrible", "不差钱", "别忽悠我哈,实在价多少", "what if I'm disappointed with the color", "Any complaints about this model?"),
    ),
    "refusal": (
        ("号码不太方便给", "我不想留联系方式", "暂时不加微信了", "别打电话,发文字", "不需要回访", "你先说价格,电话先不留", "平台上聊就好", "怕骚扰,不留电话", "I'm not giving out my number", "Please don't call", "I prefer not to share my contact details", "let's just chat here", "no phone calls", "do you really need my phone? I'd rather not share it", "I don't want to leave my email"),
        ("打不进你们电话", "怎么不给我留位置", "不用定金吧", "Don't you have a phone?", "no problem, call me", "不方便过去,能上门吗", "Could you give me the address", "微信支付不行吗", "I can't find your number", "为什么不打折"),
    ),
    "offer": (
        ("你让销售给我来个电话", "有空打我电话", "我把电话发你", "方便的话回个电话给我", "加个微信吧", "怎么跟你们联系上", "安排人联系我", "晚上八点后致电我", "我留个号码你们记一下", "Could someone ring me?", "You can reach me by phone", "I'll drop my number here", "please get in touch with me", "shoot me a text, text me", "how can I contact you", "can we do a call? call me after 5"),
        ("别打我电话", "call me crazy but is it free", "我不想电话沟通", "do you charge for calls", "电话费谁出", "微信怎么付款", "please don't contact me by phone", "不用给我打电话,微信说"),
    ),
    "asks_if_human": (
        ("跟我聊的是人还是AI", "请问是真人客服吗", "你不会是机器人吧", "这是自动回复吗", "你是智能客服吧", "对面是真人吗", "感觉你像机器人,是吗?你是ai?", "Are you actually a person?", "is anyone real there or is this a bot", "Wait, are you chatgpt?", "is this automated", "human or bot?", "You're a robot right?", "am i chatting with a real person"),
        ("你们教人工智能吗", "机器人手术安全吗", "are you open", "are you real estate agents", "is this price real", "这是真人模特吗", "is there a person I can pay cash", "AI试衣功能有吗"),
    ),
    "minor": (
        ("我今年十六岁能整容吗", "我还未成年", "I'm thirteen and want fillers", "I'm under 18, can I join?",),
        ("my son is 16, can he join", "我40岁了还能学吗", "I'm 12 weeks pregnant, is yoga ok", "我18岁了", "driving for 15 years",),
    ),
}  # fmt: skip

# A second set of wordings, written after the rules were mended on the first and before it was run.
FRESH: Labelled = {
    "opt_out": (
        ("到此为止,别再给我留言", "烦死了不要再推消息", "麻烦取消我的订阅", "以后不要给我发任何东西", "停,不用再联系", "求你们别打扰了", "不要再加我了", "我不想再接到你们的电话", "Unsub", "Stop!!!", "Please stop all messages", "I never want to hear from you again", "quit texting me", "remove me from this", "don't bother me again"),
        ("别再催我,我在考虑", "不要再改时间了,就周六", "帮我取消周六的预约", "你们取消了这个活动吗", "我停在你们门口了", "Does the pain stop quickly?", "I couldn't stop laughing", "please don't cancel my booking", "should I stop by at 5?", "end date of the promo?"),
    ),
    "person": (
        ("换人工跟我说", "你转一下人工呗", "我不跟机器说,叫人", "有人吗?真人", "请安排人工客服联系", "想直接找你们负责人", "let me talk with a real human", "Could I get a live person?", "customer service please", "I'd prefer talking to an actual agent", "pass me to your colleague", "any human around?"),
        ("你们人工成本高吗", "人多吗", "一个人可以报名吗", "agent commission?", "is it one person per class", "我想找个老师学英语", "How many staff do you have?", "经理级培训课"),
    ),
    "emergency": (
        ("我真的撑不下去了,想死", "手术后发高烧不退", "老人中风了怎么办", "孩子喝了洁厕灵", "厨房煤气味很大,是不是漏了", "he collapsed and isn't breathing", "I want to die", "I cut my wrist", "severe allergic reaction, face swelling"),
        ("想死心塌地跟你们", "高烧退了能做吗", "dying to try it", "kill it, great price", "heart rate training class", "给老人装扶手"),
    ),
    "complaint": (
        ("你们这什么态度", "说好的不算数,骗子公司", "我非常不满意", "再也不来了,太坑", "钱收了不办事", "给个说法", "I'm not happy with your service", "This is the third time, not acceptable", "you ripped me off", "very poor experience", "I want to speak about a complaint", "shame on you"),
        ("怕不满意怎么办", "坑洼路面能开吗", "别家态度不好", "poor eyesight, can I drive?", "my skin is in poor condition", "not happy with my current gym", "态度好评", "说法不一,到底几年质保"),
    ),
    "refusal": (
        ("电话不留哈", "没必要留手机号吧", "号码就不给了", "我不喜欢被打电话", "微信上不聊", "不想透露联系方式", "I'd rather keep my number private", "please no calls", "I'm not leaving my phone", "email only if necessary, no phone", "don't ring me"),
        ("电话给我一个", "你电话多少", "give me your number", "can I call you", "不留疤吧", "加我微信", "number of seats?", "没留车位吗"),
    ),
    "offer": (
        ("你们打过来吧", "叫人回我个电话", "我手机留给你", "要不加个微信说", "可以打电话问吗,让人联系下我", "please have someone call me", "I could leave my phone number", "ring me tomorrow", "How do I get in touch?", "drop me a text"),
        ("电话没人接", "call volume?", "不用回电", "I don't want a callback", "微信能付款吗", "别让人打给我", "phone case price"),
    ),
    "asks_if_human": (
        ("你是真的人吗", "不会是AI在回我吧", "你是个程序吧", "这头是真人么", "Are you a machine or what", "is a human typing this", "you're an AI, aren't you", "am I speaking with a person?", "r u a bot"),
        ("真的吗", "AI绘画课有吗", "is a human trainer included", "人真多", "are you near the station", "机器人玩具"),
    ),
    "minor": (
        ("我13岁,能办卡吗", "I'm 14 years old",),
        ("13岁孩子的课", "I'm 14 weeks along",),
    ),
}  # fmt: skip
