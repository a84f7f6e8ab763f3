"""What the topics of comments look like. Data only; text is folded and lower case by then."""

from __future__ import annotations

from avatar.comments.contracts import Topic

TOPICS: tuple[tuple[Topic, str], ...] = (
    (
        "identity",
        r"(?:你|主播|小姐姐|她|他)?(?:是不是|是|不是)(?:个|一个)?(?:真人|活人|机器人?|ai|人工智能|数字人|虚拟人?|假人|录播|录像|录音)|(?:主播|人)是?假的|假(?:主播|人)吧|不是真人|真人(?:吗|还是|直播吗|主播吗)|(?:录播|录像|数字人|机器人|虚拟人|ai)(?:吧|吗|主播|直播)|(?<![a-z])(?:are you (?:a )?(?:real|human|bot|robot|ai|an ai|live|recorded|person|fake)|is (?:this|she|he|that|it) (?:a |an )?(?:real person|real human|human|ai|bot|robot|recording|pre-?recorded|virtual)|ai (?:host|generated|stream|avatar)|real person\?|(?:bot|robot) or (?:human|real))(?![a-z])",
    ),
    (
        "after_sales",
        r"售后|客服|赔(?:不赔|吗|付)|退货|退款|退钱|换货|退换|破的|是破|是坏|收到(?:是|就|时)?(?:坏|破|碎|漏)|能退|可以退|包退|包换|七天无理由|7天无理由|运费险|质保|保修|保质(?!期)|坏了|破了|漏了|碎了|少发|错发|发错|没收到|投诉|质量问题|开发票|发票|(?<![a-z])(?:refunds?|returns?(?! to)|return it|send it back|money back|exchange|warranty|guarantee|broken?|breaks|leak(?:s|ed|ing)?|damaged|arrived (?:broken|damaged|wrong)|wrong item|missing|never (?:came|arrived)|customer service|complain\w*|invoice|receipt)(?![a-z])",
    ),
    (
        "shipping",
        r"发货|快递|物流|(?:能|可以|会)(?:寄|发|送|到)(?!个|一|杯|点|赠|货架)|(?:寄|发|送)(?:到|吗|不)|[\u4e00-\u9fff]{2}(?<![放存])(?:要)?几天$|几天(?:呀|啊|呢|能)|国外|(?:今天|现在)(?:拍|买|下单).{0,4}(?:天|号|能)(?:能)?到|包邮|邮费|运费(?!险)|几天(?:能|可以)?(?:到|发|收)|多久(?:能|可以)?(?:到|发|收|送)|什么时候(?:能|可以)?(?:到|发|收|送)|啥时候(?:到|发|能到)|现货发|能?(?:发|寄|送)(?:到|去)|发(?:新疆|西藏|香港|台湾|海外|国外|顺丰|什么|哪家?)|(?:新疆|西藏|内蒙古?|香港|澳门|台湾|海南|青海|宁夏|偏远地区?)(?:能|可以|也|发|包|到|送|不)|顺丰|中通|圆通|韵达|京东快递|邮政|配送|送货|到货|寄到|同城|(?<![a-z])(?:ship(?:s|ping|ped|ment)?|deliver(?:y|s|ed|ing)?|postage|courier|how long (?:does it take|until|till|to (?:get|arrive|receive)|before)|when (?:will|does|do) (?:it|i|they|my)[a-z ]{0,12}(?:arrive|get|come|receive)|arrive|tracking|international(?:ly)?|overseas)(?![a-z])",
    ),
    (
        "discount",
        r"优惠|便宜(?:点|一点|些|吗|不|没)|贵好多|比.{1,8}贵|(?:再|能)少(?:一?点|些)|送(?:个|一个|杯|小样|试用)|(?:能|可以|会)(?:再)?便宜|太贵|好贵|有点贵|贵了|这么贵|打折|补贴|打几折|几折|折扣|满减|立减|优惠券|(?:有|领|发|用)券|券(?:怎么|在哪|呢|吗)|活动(?!范围|量)|福利|赠品|送(?:什么|不送|东西|几|赠|点)|有(?:没有)?送|买[一二两三\d几]送|第二[件瓶份盒]|半价|秒杀|最低价|底价|能少|少点|讲价|砍价|还价|降价|搞活动|买多|多买|(?<![a-z])(?:discount\w*|coupons?|vouchers?|promo(?: ?code|tion)?s?|codes?|deals?|on sale|sale|any offers?|special offer|offers?|cheaper|too (?:expensive|pricey|much money)|so expensive|expensive|bundles?|buy (?:one|1|two|2) get|half price|freebies?|free gift|gift with|lower (?:the )?price|black friday)(?![a-z])",
    ),
    (
        "price",
        r"多少(?:钱|米|元|块|rmb|软妹币|刀)|什么价|啥价|(?:几|多少)(?:块|元)|价格|价钱|单价|售价|怎么卖|咋卖|怎么收费|卖多少|报个?价|贵不贵|贵吗|几钱|(?:现在|今天|拍|下来|到手|一共|总共)(?:拍)?是?多少|哪个价|一(?:瓶|件|盒|份|套|个|支|包|箱|罐)(?:是)?(?:(?:多少|几)(?:钱|块|元)|多少$)|[两三四五六\d](?:瓶|件|盒|份|套|个|支|包|箱|罐)(?:是)?(?:多少钱|多少|几块|几钱)|(?<![a-z])(?:price[sd]?|how much(?! (?:caffeine|sugar|fat|is in|ml|does it weigh|protein|water|milk|alcohol))|cost[s]?|what does it cost|pricing|how many (?:dollars|bucks|pounds|euros)|rrp|damage for|\$\?|usd)(?![a-z])|^(?:价|多钱|钱\?|几多钱|dsq|duoshaoqian)$|(?<![a-z])duo ?shao ?qian(?![a-z])",
    ),
    (
        "stock",
        r"(?:还|有没有|还有没有)有?(?:现)?货|有(?:没有)?(?:现)?货|没货|缺货|断货|库存|补货|卖完|卖光|售罄|抢完|(?:什么时候|啥时候|几时|会不会)再?(?:上|有)(?!课|班|面)|还剩|(?<!活动)(?<!优惠)(?<!券)还有(?:吗|么|几|多少)|什么时候上(?:架|货)|预售|抢不到|抢光|拍不了|下架|(?<![a-z])(?:in stock|out of stock|sold out|still available|available|any (?:left|more)|restock(?:ed|ing)?|back in stock|how many (?:are )?left|pre-?order)(?![a-z])",
    ),
    (
        "link",
        r"链接|小黄车|购物车|左下角|右下角|想买|几号(?:链接|车|品)?(?!线|发|到|能)|在哪(?:里|儿)?(?:可以|能)?(?:买|拍|下单|点|抢|领)|怎么(?:买|拍|下单|购买|抢|付款|支付|点)|哪里(?:能|可以)?(?:买|拍|下单|有卖)|咋(?:买|拍|下单)|上(?:车|链接|架)|求链|购买方式|下单(?:流程|方式|在哪|入口)|(?:能|可以|支持)(?:用|刷)?(?:微信|支付宝|花呗|信用卡|分期)(?:支付|付|吗|付款)?|货到付款|(?<![a-z])(?:links?|where (?:can|do|to|could) (?:i |we |you )?(?:buy|get|order|purchase|find)|button to (?:buy|order)|how (?:can|do|to) (?:i |we |you )?(?:buy|order|purchase|pay|check ?out)|add to cart|(?:the |find |your )cart|yellow (?:basket|cart)|checkout|paypal|apple pay|cash on delivery|cod|website|store link)(?![a-z])",
    ),
    (
        "ingredients",
        r"配料|成分|里面?(?:都)?(?:有|是|放)(?:些)?(?:什么|啥)|用的(?:什么|啥)(?!快递)|添加剂|阿拉比卡|罗布斯塔|原料|材料|材质|面料|什么做的|含(?:不含|有没有|有|多少)|(?<![能以])(?:有|加|放)(?:没有|了|不)?(?:加|放)?(?:蔗?糖|防腐剂|添加剂?|香精|咖啡因|酒精|激素|色素|盐|坚果)|加不加|(?:0|零|无|低|几分|含)糖|无添加|糖(?:吗|多吗|分|高)|几分甜|热量|卡路里|多少卡|大卡|脂肪|蛋白质?|咖啡因|产地|哪里产|哪产的|(?:是|原装)?进口(?:的|吗)|国产(?:的|吗)|(?:什么|哪里的?|啥|哪种)(?:豆子?|咖啡豆|豆|奶|面料|料|茶叶|原料)|豆子|是?纯棉|过敏原|转基因|(?<![a-z])(?:ingredients?|made (?:of|from|with)|(?:is there|any|does it have|got) (?:milk|alcohol|soy|nuts?|salt)|what(?:'s| is) in (?:it|this|that|the)|contains?|sugar|sweetener|caffeine|calories?|kcal|carbs|protein|preservatives?|additives?|gluten|dairy|lactose|vegan|nuts?|allergen\w*|organic|what (?:kind of )?beans?|beans?|arabica|origin|where (?:is it|are (?:they|the beans)) (?:from|made|grown)|material|fabric|cotton)(?![a-z])",
    ),
    (
        "size",
        r"尺码|尺寸|多大|大小|规格|容量|净含量|多少(?:毫升|ml|克|g|斤|厘米|cm|升|片|粒|包|袋|颗|根)|几(?:毫升|升|斤|两|厘米|片|粒|包|袋|颗)|(?<![喝吃])几瓶|多少瓶|一(?:箱|盒|组|套|包)(?:几|多少|有)|多重|重量|多长|多高|多宽|(?:穿|拿|选|买)(?:什么|多大|几|哪个)码|[sml](?:码|号)|均码|偏大|偏小|显瘦|身高|体重|\d{2,3}\s?斤|\d{3}\s?(?:cm|厘米|高)|大瓶|小瓶|大号|小号|(?:更|再)(?:大|小)(?:的|一点)|够(?:喝|吃|用)几|有(?:没有)?(?:大|小)(?:的|瓶|号|码|包装)|(?:什么|几种|有什么|哪些)(?:颜色|色|口味|味道|款)|颜色|口味|[\u4e00-\u9fff]味(?:的)?(?:有|还有|没有)|(?<![a-z])(?:size[sd]?|how big|how large|how (?:many|much) (?:ml|ounces?|oz|grams?|g|litres?|liters?|bottles?|pieces?|servings?)|ounces?|fl ?oz|oz|ml|volume|dimensions?|weigh(?:t|s)?|how (?:tall|long is|heavy|wide)|capacity|(?:big|small|larg)ger? one|bigger|smaller|xl|xxl|small(?:er)?|medium|large|colou?rs?|flavou?rs?|how many (?:come|are) in|pack size)(?![a-z])",
    ),
    (
        "usage",
        r"怎么存|常温|摇(?:一摇|匀)|打开(?:之)?后|(?<!买)怎么(?:喝|吃|用|使用|冲|泡|保存|存放?|洗|穿|搭|打开|装|安装|放|储存|弄)|如何(?:喝|吃|用|使用|冲|保存|打开)|咋(?:喝|吃|用|保存)|用法|吃法|喝法|做法|(?:直接|即开|开盖|拧开)(?:就)?(?:能|可以)?(?:喝|吃|用)|(?:要|需要|用|得)(?:不要|不用)?(?:加热|加水|加冰|兑水|冷藏|冷冻|放冰箱)|放冰箱|冷藏|能(?:不能)?(?:加牛奶|加热|热着?喝|加奶|兑奶|加冰|放多久|存多久|带上飞机)|可以(?:加热|热着?喝|加奶|加冰|兑奶|加牛奶)|加(?:奶|冰|牛奶)(?:好喝|行|可以)|保质期|放多久|能放|存多久|多久过期|过期|生产日期|开(?:瓶|封|盖)(?:后|了)|一天(?:喝|吃|用)?几|每天(?:喝|吃|用)|饭前|饭后|空腹|睡前|早上喝|教程|说明书|(?<![a-z])(?:how (?:do|to|should|can) (?:i |you |we |one )?(?:use|drink|store|keep|make|serve|brew|prepare|open|wash|clean|eat|take|apply|mix|heat)|instructions?|shelf life|expir\w+|best before|(?:best )?served|how long (?:does it (?:keep|last|stay)|will it (?:keep|last)|is it good|can i keep)|fridge|refrigerat\w+|serve it|drink it (?:hot|cold|warm|straight|black)|hot or cold|heat it|warm it|add (?:milk|ice|water|sugar)|with milk|once opened|after opening)(?![a-z])",
    ),
    (
        "buying",
        r"(?:已经?|刚|我|都)?(?:拍了|拍(?:了)?[一二两三四五六\d]单|下单了|买了|付了|付款了|付完款|付好了|入了|冲了|抢到了|拍下了?|秒了)|已(?:拍|下单|买|付款?|入)|下单成功|我要(?:了|一|两|\d)|来(?:一|两|三|四|五|\d+)(?:瓶|件|盒|份|套|个|箱|单|包)|给我(?:来|留|拿)|(?:想|准备|打算)(?:要|买|下单|入手)(?!的)|回购(?:了|第)|又来(?:买|回购)|冲冲冲|马上(?:拍|下单|买)|(?:种|长)草了|(?<![a-z])(?:(?:just|already|i|i've|i have) (?:ordered|bought|purchased|got (?:mine|one|two|it))|bought \d+|ordered(?: mine| one| two)?|i(?:'ll| will) (?:take|have|get|buy|order)|take my money|i want (?:one|two|this|it|some)|i need (?:this|one|it)|gimme|buying (?:it|one|this)|sold!|count me in|order placed|adding to cart)(?![a-z])",
    ),
    (
        "greeting",
        r"^(?:(?:主播|小姐姐|姐姐|宝|家人们|大家|老板|亲)[,，\s]*)?(?:你好|您好|大家好|哈喽|哈啰|哈咯|嗨|嘿|hello|hi|hey|早上好|早安|上午好|中午好|下午好|晚上好|晚安|早|在吗|来了|我来了|来啦|我来啦|又来了|报到|打卡|签到|刚来|第一次来|头一次来|新来的|路过|前排|新人|好)+[呀啊哦哟啦鸭~呢\s,，!！。.]*(?:主播|小姐姐|姐姐|宝子?|家人们|大家|美女|各位|老板|everyone|all|there|guys|host)?[呀啊哦~!！。.\s]*$|^(?:好久不见|初次见面)|^(?:hi|hello|hey|yo|morning|afternoon|evening|hiya|howdy|good (?:morning|afternoon|evening|day)|greetings|what'?s up|sup)(?: (?:there|everyone|all|guys|host|from [a-z ]{2,20}|y'?all|folks|again|team|dear))*[\s!.,]*$|^(?:i'm |im )?(?:here|new here|first time here|just joined|just got here)[\s!.]*$",
    ),
    (
        "praise",
        r"人美|声甜|声音甜|好喝|好吃|好用|好看|漂亮|真美|好美|美女|可爱|喜欢|很棒|太棒|真棒|不错|超赞|点赞|支持(?:主播|一下)?|厉害|加油|辛苦了|声音好听|好听|专业|讲得(?:真|很|太)?好|说得(?:真|很)?好|良心|性价比高|推荐|值得|爱了|绝了|yyds|牛(?:啊|逼|b|批)?$|(?<![a-z])(?:love (?:it|this|that|your|the)|so (?:good|nice|cute|pretty|cool|tasty)|(?:looks?|sounds?|tastes?) (?:good|great|nice|amazing|delicious|so good)|amazing|awesome|great (?:stream|host|product|job|work)|beautiful|delicious|yummy|nice(?: one| stream| job)?|cool|perfect|the best|best (?:coffee|host|stream)|good job|well done|wonderful|fantastic|impressive)(?![a-z])",
    ),
)
"""Rows in order of what a comment that fits several is mainly about, where importance does not decide."""

OFF_TOPIC = (
    r"天气|下雨|几岁|多大了|年龄|(?:你|主播)(?:几|多大|叫什么|结婚|有(?:没有)?(?:对象|男朋友|女朋友|老公|老婆|孩子)|住哪|哪里人|是哪里的|吃(?:饭|了)|单身|身高|多高|体重|多重|喜欢(?:我|谁|什么(?!味)))|男朋友|女朋友|处对象|老家|唱(?:首|个|一首)?歌|跳(?:个|支|一支)?舞|讲(?:个|一个)?笑话|背(?:首)?诗|写(?:首|一首|个)(?:诗|代码|作文)|几点(?:了|钟?下播|下班)|下播|今天(?:星期|周|几号|是几)|世界杯|足球|篮球|nba|比赛|球赛|王者|原神|游戏|股票|基金|房价|彩票|星座|属什么|作业|考试|高考|数学题|\d+\s?[+加×x*乘减除]\s?\d+\s?(?:等于|=)|等于几|明星|电影|电视剧|八卦|绯闻|吃瓜|新闻|地震|背景音乐|bgm|什么歌|歌名|衣服(?:哪|在哪|什么牌|链接)|口红(?:色号|什么)|发型"
    r"|(?<![a-z])(?:weather|how old are you|what(?:'s| is) your (?:name|age|job|sign|number|instagram|insta)|where are you from|where do you live|are you (?:single|married)|do you have a (?:boyfriend|girlfriend|husband|wife)|boyfriend|girlfriend|marry me|sing (?:a song|us|something|for)|dance|tell (?:me|us) a joke|joke|poem|write (?:me )?(?:a|some) (?:code|poem|essay|song)|what time is it|you are now|pretend|act as|world cup|football|soccer|basketball|nba|nfl|fortnite|minecraft|video games?|stock (?:market|tips?|price)|lottery|horoscope|zodiac|star sign|play (?:some|a|the|me)|homework|math|movie|netflix|celebrity|gossip|the news|what song|which song|song name|\d+ ?[+*x] ?\d+)(?![a-z])"
)
"""Beside the point of a sales room: the host as a person, the day's news, games to play."""

QUESTION = (
    r"[?？]|([\u3400-\u9fff])不\1|多久|几天|够不够|吗|呢$|么$|嘛$|吧$|什么|啥|怎么|怎样|咋|如何|哪|谁|几|多少|多久|是不是|能不能|可不可以|有没有|会不会|要不要|好不好|行不行|可以.{0,10}$|能(?=喝|吃|用|放|带|穿|戴|给|当|送|和|跟|代替|减|提|解)|适合|适不适合|区别|比较|推荐哪|哪款|为什么|为啥"
    r"|(?<![a-z])(?:what|which|why|how|when|where|who|is|are|does|do|can|could|will|would|should|has|have|any|did|was|got any|safe (?:for|while|to)|whats?)(?![a-z])"
)
"""Reads as a question. Statements that fit no topic are chatter."""

INTRODUCE = r"介绍(?:一下|下)?|讲(?:解)?(?:一下|讲)|说说|有(?:什么|啥)(?:特点|优点|卖点|好处|特别)|卖(?:的)?(?:是)?(?:什么|啥)|这(?:个|款)?是(?:什么|啥)|(?<![a-z])(?:what is (?:this|it)(?! (?:made|price))|what are you selling|tell (?:me|us) (?:more )?about (?:it|this|the)|what'?s special|introduce|what does it do)(?![a-z])"
"""Wants to hear of the product itself."""

HOST_PRODUCT = r"这个|这款|这瓶|这件|它|你家|你们家?|咱家|产品|东西|宝贝|喝|吃|用|穿|戴|买|孕妇|小孩|孩子|老人|学生|敏感肌|上班|减肥|睡|胃|糖尿病|牌子|品牌|味|酸|苦|甜|香|口感|质量|性价比|怎么样|正品|新鲜|送人|包装|咖啡|茶|(?<![a-z])(?:it|this|that|they|these|product|brand|taste|drink|eat|use|wear|pregnan\w*|kids?|child(?:ren)?|sour|bitter|sweet|strong|smooth|fresh|quality|genuine|real deal|packag\w*|gift|coffee|brew|bottle|tea)(?![a-z])"
"""A question with one of these, or about what the facts speak of, is about the product."""
