"""Which words belong to which category. A thing's last word decides: 咖啡机 is electronics, 咖啡 drinks."""

from __future__ import annotations

from creative.contracts import Category

ZH: dict[Category, str] = {
    "drinks": """
        咖啡 冷萃 冷萃咖啡 拿铁 美式 浓缩 咖啡豆 咖啡液 挂耳 挂耳咖啡 速溶 速溶咖啡 茶 茶叶 绿茶 红茶 乌龙
        乌龙茶 普洱 白茶 花茶 茉莉花茶 奶茶 果茶 柠檬茶 茶饮 茶包 果汁 橙汁 椰子水 椰汁 气泡水 苏打水 矿泉水
        饮用水 饮料 饮品 功能饮料 运动饮料 电解质水 牛奶 鲜奶 酸奶 燕麦奶 豆奶 豆浆 植物奶 可可 热巧 酸梅汤 啤酒
        精酿 白酒 红酒 葡萄酒 威士忌 清酒 米酒 果酒 鸡尾酒 酒 水 康普茶 凉茶
    """,
    "food": """
        零食 坚果 饼干 薯片 辣条 蛋糕 面包 吐司 月饼 粽子 糕点 巧克力 糖果 软糖 果冻 蜜饯 果干 肉干 牛肉干 肉脯
        火腿 香肠 腊肠 烤肠 海鲜 虾 大闸蟹 牛排 牛肉 鸡胸肉 鸡蛋 大米 米 面条 方便面 螺蛳粉 酸辣粉 米线 火锅
        火锅底料 自热火锅 调料 酱油 醋 辣酱 辣椒酱 果酱 蜂蜜 麦片 燕麦 谷物 粥 预制菜 速冻 水饺 饺子 包子 馒头 披萨 汉堡
        寿司 外卖 水果 苹果 橙子 榴莲 车厘子 草莓 蔬菜 生鲜 奶酪 芝士 冰淇淋 雪糕 甜品 婴儿辅食 狗粮 猫粮
        宠物零食 餐厅 餐饮 早餐 轻食 沙拉 代餐 食用油 橄榄油 食品 美食 小吃 卤味 鸭脖
    """,
    "beauty": """
        护肤 护肤品 面霜 乳液 精华 精华液 面膜 爽肤水 化妆水 洁面 洗面奶 卸妆 卸妆油 防晒 防晒霜 眼霜 唇膏
        润唇膏 口红 唇釉 唇泥 粉底 粉底液 气垫 散粉 腮红 眼影 眼线笔 睫毛膏 眉笔 遮瑕 高光 修容 彩妆 化妆品 美妆
        香水 香氛 身体乳 护手霜 沐浴露 沐浴油 洗发水 护发素 发膜 染发 染发剂 发油 牙膏 漱口水 美甲 指甲油 假睫毛
        化妆刷 美容 美容仪 剃须 香皂 手工皂 面部 护发 头皮 男士护肤
    """,
    "fashion": """
        衣服 服装 女装 男装 童装 连衣裙 裙子 半身裙 衬衫 t恤 卫衣 毛衣 针织衫 外套 大衣 羽绒服 风衣 西装 夹克
        牛仔裤 裤子 短裤 打底裤 内衣 文胸 睡衣 家居服 袜子 泳衣 汉服 旗袍 鞋 鞋子 运动鞋 跑鞋 板鞋 帆布鞋 高跟鞋
        靴子 凉鞋 拖鞋 包 包包 双肩包 手提包 托特包 钱包 帽子 围巾 手套 腰带 领带 首饰 项链 戒指 耳环 耳钉 手链
        手镯 手表 腕表 眼镜 墨镜 太阳镜 发夹 珠宝 配饰 皮鞋 穿搭 防晒衣 冲锋衣
    """,
    "home": """
        家具 沙发 床 床垫 枕头 被子 四件套 床品 毛毯 毛巾 浴巾 窗帘 地毯 收纳 收纳盒 收纳箱 衣柜 书桌 书柜 椅子
        餐桌 茶几 台灯 灯 灯具 落地灯 锅 炒锅 不粘锅 平底锅 刀具 菜刀 砧板 餐具 碗 盘子 杯子 水杯 保温杯 保鲜盒
        饭盒 垃圾袋 垃圾桶 纸巾 抽纸 卫生纸 洗衣液 洗衣凝珠 洗洁精 清洁剂 拖把 扫把 抹布 衣架 晾衣架 香薰 蜡烛
        花瓶 绿植 鲜花 装修 家装 涂料 油漆 瓷砖 门锁 马桶 花洒 家居 日用品 厨具 家纺 婴儿床 猫砂 猫爬架 雨伞
        五金
    """,
    "electronics": """
        手机 耳机 蓝牙耳机 音箱 音响 平板 电脑 笔记本 笔记本电脑 显示器 键盘 鼠标 充电宝 移动电源 充电器 数据线
        手机壳 相机 摄像头 无人机 投影仪 电视 智能手表 手环 路由器 硬盘 u盘 打印机 游戏机 手柄 扫地机器人 扫地机
        吸尘器 洗地机 空气炸锅 电饭煲 微波炉 烤箱 咖啡机 榨汁机 破壁机 豆浆机 电热水壶 热水壶 养生壶 冰箱 洗衣机
        烘干机 空调 风扇 电风扇 加湿器 除湿机 空气净化器 净水器 吹风机 电吹风 卷发棒 直发器 电动牙刷 剃须刀
        筋膜枪 数码 家电 小家电 软件 app 应用 智能音箱 学习机 电子书 阅读器 麦克风 自拍杆 支架
    """,
    "fitness": """
        健身 健身房 瑜伽 瑜伽垫 瑜伽服 瑜伽裤 哑铃 杠铃 弹力带 跳绳 跑步机 椭圆机 动感单车 健身车 划船机
        健身器材 壶铃 泡沫轴 护膝 护腕 拉力器 仰卧板 俯卧撑架 单杠 普拉提 私教 私教课 健身课 健身卡 体能 拳击
        拳击手套 游泳 泳镜 骑行 自行车 公路车 头盔 滑板 滑雪 羽毛球 羽毛球拍 篮球 足球 网球 网球拍 乒乓球 高尔夫
        登山 登山杖 运动 蛋白粉 蛋白棒 乳清蛋白 健身餐 运动水壶 训练营 跑步 速干衣 运动内衣
    """,
    "education": """
        课程 课 网课 英语 英语课 口语 雅思 托福 考研 公考 考公 考证 教资 四六级 编程 编程课 少儿编程 python 数学
        奥数 语文 阅读 阅读课 写作 写作课 绘画 画画 美术 书法 钢琴 吉他 声乐 舞蹈 培训 培训班 训练课 辅导 家教
        早教 幼儿园 教育 学习 题库 教材 教辅 书 图书 绘本 字帖 单词 单词卡 词典 职业教育 技能培训 设计课 剪辑课
        摄影课 理财课 留学 夏令营 研学 驾校 学车 日语 法语 小语种 自习室 点读笔 练习册 论文
    """,
    "travel": """
        旅游 旅行 酒店 民宿 机票 车票 火车票 门票 景区 景点 度假 度假村 温泉 海岛 邮轮 游轮 跟团 跟团游 自由行
        自驾游 自驾 露营 露营地 帐篷 天幕 睡袋 行李箱 旅行箱 拉杆箱 旅行社 签证 出境游 周边游 亲子游 研学游
        滑雪场 乐园 主题乐园 游乐园 水上乐园 古镇 徒步 潜水 接送机 租车 包车 房车 攻略 导游 青旅 客栈 别墅 泳池
        城市漫步 旅拍 登机箱 颈枕 旅行套装 登山包 周末游 海边 农家乐
    """,
    "auto": """
        汽车 车 新车 二手车 电动车 新能源 新能源车 轿车 suv 越野车 皮卡 摩托车 电动自行车 电瓶车 轮胎 机油
        刹车片 雨刮 雨刷 玻璃水 车膜 车衣 隐形车衣 贴膜 行车记录仪 车载 车载充电器 车载冰箱 车载吸尘器 车载支架
        导航 倒车影像 座套 坐垫 脚垫 方向盘套 后备箱 后备箱垫 洗车 洗车机 洗车液 车蜡 打蜡 镀晶 保养 汽车保养
        修车 维修 车险 驾驶 充电桩 停车 停车位 应急电源 充气泵 打气泵 儿童安全座椅 安全座椅 车用香薰 车载香薰
        遮阳挡 车用 改装 轮毂
    """,
}
EN: dict[Category, str] = {
    "drinks": """
        coffee|cold brew|cold brew coffee|latte|espresso|americano|coffee beans|instant coffee|coffee pods|tea|
        green tea|black tea|herbal tea|iced tea|matcha|milk tea|bubble tea|boba|juice|orange juice|smoothie|
        lemonade|soda|sparkling water|seltzer|mineral water|water|coconut water|energy drink|sports drink|
        electrolyte drink|electrolytes|kombucha|milk|oat milk|almond milk|soy milk|yogurt drink|hot chocolate|
        cocoa|beer|craft beer|wine|red wine|whiskey|gin|vodka|cocktail|mocktail|cider|sake|drink|drinks|beverage|
        beverages|tonic|shake
    """,
    "food": """
        snack|snacks|nuts|almonds|cookies|cookie|crackers|chips|popcorn|cake|bread|bagel|pastry|chocolate|candy|
        gummies|granola|granola bar|cereal|oatmeal|oats|pasta|noodles|ramen|rice|soup|sauce|hot sauce|olive oil|
        honey|jam|peanut butter|cheese|yogurt|ice cream|beef jerky|jerky|steak|chicken|salmon|seafood|shrimp|
        sausage|ham|bacon|pizza|burger|sushi|taco|tacos|salad|salads|meal kit|meal kits|frozen meals|meal|meals|
        fruit|fruits|vegetables|berries|dumplings|spices|seasoning|restaurant|takeout|lunch|breakfast|dinner|
        bakery|dog food|cat food|pet food|dog treats|food|groceries
    """,
    "beauty": """
        skincare|skin care|moisturizer|moisturiser|face cream|cream|lotion|body lotion|serum|face serum|
        face mask|sheet mask|toner|cleanser|face wash|makeup remover|sunscreen|sunblock|eye cream|lip balm|
        lipstick|lip gloss|lip tint|foundation|concealer|powder|blush|bronzer|highlighter|eyeshadow|eyeliner|
        mascara|brow pencil|makeup|cosmetics|perfume|fragrance|cologne|body wash|shower gel|soap|shampoo|
        conditioner|hair mask|hair oil|hair dye|hair spray|nail polish|press-on nails|lashes|makeup brush|
        makeup brushes|toothpaste|mouthwash|deodorant|hand cream|shaving cream|beard oil|beauty
    """,
    "fashion": """
        dress|dresses|skirt|shirt|shirts|t-shirt|tee|tees|blouse|sweater|cardigan|hoodie|sweatshirt|jacket|coat|
        puffer|blazer|suit|jeans|pants|trousers|shorts|leggings|underwear|bra|bras|pajamas|pyjamas|loungewear|
        socks|swimsuit|bikini|swimwear|shoes|sneakers|boots|heels|sandals|slippers|loafers|bag|bags|handbag|tote|
        tote bag|backpack|purse|wallet|hat|cap|beanie|scarf|gloves|belt|tie|jewelry|jewellery|necklace|ring|
        earrings|bracelet|watch|watches|sunglasses|glasses|hair clip|clothing|clothes|apparel|fashion|outfit|
        raincoat|running shoes
    """,
    "home": """
        sofa|couch|bed|mattress|pillow|pillows|duvet|bedding|sheets|blanket|throw|towel|towels|curtains|rug|
        carpet|storage|storage box|organizer|organiser|wardrobe|shelf|shelves|desk|standing desk|bookcase|chair|
        office chair|dining table|table|lamp|desk lamp|light|lights|pan|frying pan|nonstick pan|pot|cookware|
        knife|knives|cutting board|plates|bowl|bowls|mug|mugs|tumbler|water bottle|thermos|lunch box|
        food containers|trash bags|trash can|paper towels|toilet paper|tissues|laundry detergent|detergent|
        dish soap|cleaner|cleaning spray|mop|broom|hangers|candle|candles|diffuser|vase|plant|plants|flowers|
        paint|tiles|door lock|shower head|furniture|home decor|decor|houseware|cat litter|cat tree|umbrella|
        garden hose
    """,
    "electronics": """
        phone|smartphone|headphones|earbuds|earphones|headset|speaker|bluetooth speaker|soundbar|tablet|laptop|
        computer|pc|monitor|keyboard|mouse|power bank|charger|wireless charger|cable|usb cable|phone case|camera|
        webcam|security camera|drone|projector|tv|television|smartwatch|smart watch|fitness tracker|router|
        hard drive|ssd|printer|game console|controller|robot vacuum|vacuum|vacuum cleaner|air fryer|rice cooker|
        microwave|oven|toaster|coffee maker|coffee machine|espresso machine|blender|juicer|kettle|
        electric kettle|fridge|refrigerator|washing machine|dryer|air conditioner|fan|humidifier|dehumidifier|
        air purifier|water purifier|hair dryer|curling iron|straightener|electric toothbrush|shaver|razor|
        massage gun|app|software|e-reader|microphone|tripod|gadget|gadgets|electronics|smart home
    """,
    "fitness": """
        gym|gym membership|fitness|yoga|yoga mat|yoga mats|yoga class|dumbbell|dumbbells|barbell|kettlebell|
        resistance band|resistance bands|jump rope|treadmill|elliptical|exercise bike|spin bike|rowing machine|
        foam roller|knee brace|pull-up bar|pilates|pilates class|personal trainer|personal training|workout|
        workout app|workout program|home gym|boxing gloves|boxing|swimming|goggles|cycling|bike|bicycle|
        road bike|helmet|skateboard|skis|snowboard|badminton|basketball|soccer ball|tennis racket|tennis|golf|
        golf clubs|hiking|protein|protein powder|protein bar|protein bars|whey|running|running club|
        training plan|sports|shaker bottle|gym bag
    """,
    "education": """
        course|courses|class|classes|lesson|lessons|english course|english lessons|language app|language course|
        spanish lessons|ielts|toefl|sat prep|test prep|exam prep|coding|coding course|coding class|
        coding bootcamp|bootcamp|python course|math|math tutoring|reading|writing|writing course|drawing|
        drawing class|art class|piano|piano lessons|guitar|guitar lessons|singing lessons|dance class|training|
        tutoring|tutor|preschool|kindergarten|education|learning|study|study app|flashcards|textbook|textbooks|
        book|books|picture book|workbook|dictionary|design course|photography course|video editing course|
        study abroad|summer camp|driving school|driving lessons|online degree|degree|certificate|workshop|
        masterclass|webinar
    """,
    "travel": """
        travel|trip|trips|hotel|hotels|hostel|resort|flight|flights|airline|train tickets|tickets|tour|tours|
        guided tour|vacation|holiday|holidays|getaway|weekend getaway|staycation|cruise|island|beach|spa|
        hot springs|camping|campsite|tent|sleeping bag|glamping|suitcase|luggage|carry-on|travel backpack|
        travel pillow|packing cubes|travel agency|visa|road trip|rv|rv rental|car rental|airport transfer|
        ski resort|theme park|amusement park|water park|safari|diving|scuba|villa|homestay|bed and breakfast|
        airbnb|city pass|travel insurance|itinerary|retreat|lodge|cabin
    """,
    "auto": """
        car|cars|new car|used car|electric car|ev|sedan|suv|truck|pickup|motorcycle|scooter|e-bike|
        electric scooter|tire|tires|tyres|motor oil|engine oil|brake pads|wiper|wipers|wiper blades|washer fluid|
        car wrap|window tint|dash cam|dashcam|car charger|car mount|phone mount|car vacuum|gps|backup camera|
        seat covers|seat cover|floor mats|steering wheel cover|trunk organizer|car wash|car shampoo|car wax|
        ceramic coating|detailing|car detailing|oil change|auto repair|car repair|car insurance|charging station|
        ev charger|jump starter|tire inflator|car seat|child car seat|car air freshener|sunshade|car accessories|
        auto parts|rims|wheels|car care|parking|roof box
    """,
}
