"""A month of complaints in the made-up district, in every state, with what was promised, kept, broken and pledged."""

from __future__ import annotations

from typing import Final

from csm.services.demo.tables import (
    Analysed,
    Asked,
    Assigned,
    Closed,
    Complained,
    Decided,
    Escalated,
    Happened,
    Implemented,
    Judged,
    Pledged,
    PledgeRetired,
    Prevention,
    Promised,
    PromiseEnded,
    PromiseMoved,
    Proposed,
    Quarter,
    Responded,
    Settled,
    SettledCase,
)

# A table: one event is a line or two, not ten.
# fmt: off

_ANNA: Final = "Anna Fischer"
_CHEN: Final = "Chen Lan"
_ZHOU: Final = "Zhou Wei"
_RAVI: Final = "Ravi Shah"
_SUN: Final = "Sun Yue"
_MARTA: Final = "Marta Novak"
_LIANG: Final = "梁宝山"
_JIN: Final = "金玉兰"
_GAO: Final = "高建国"

# The carriers who were rude to the guard.
_CARRIERS: Final = (
    Complained("carriers", "hotel", 29, "09:40", "搬运工骂了保安老秦，箱子堆在消防门口"
               " the carriers swore at the guard and left the boxes in front of the fire door",
               {"content": "service", "problem": "staff-attitude", "want": "respect", "channel": "phone",
                "about": _LIANG, "details": "老秦请他们走货梯，他们说“你算老几”，十二箱拖鞋全堆在地下二层消防门口。"
                " Asked to use the goods lift they said 'and who are you?'"}, "钱立", live=True),
    Responded("carriers", 29, "10:20", "先向老秦道歉，箱子已请酒店移开 our apologies to the guard first of all",
              sorry=True),
    Judged("carriers", 29, "11:30", "司机承认说了那句话 the driver admits the words"),
    Assigned("carriers", 28, "09:20", _LIANG,
             "向老秦赔礼；箱子放对地方；以后不再发生 the guard, the boxes, and never again"),
    Analysed("carriers", 28, "15:10",
             "两名新搬运工没人教过进门的规矩 two new carriers whom nobody had told how to arrive",
             "process", "company", by=_LIANG),
    Proposed("carriers", 27, "10:00", "主管当面道歉，全队重新培训，免费送货一次"
             " an apology in person, training for the whole team, one delivery free", "180", "more", by=_LIANG),
    Decided("carriers", 27, "11:10", _SUN, "同意，我一起去 agreed, and I come along"),
    Implemented("carriers", 26, "16:00", "与梁宝山当面向老秦道歉，箱子入库，培训半天，下一车免运费"
                " apologised to him in person, boxes moved, half a day of training, the next load free", by=_SUN),
    Closed("carriers", 25, "09:30", "搬运工对保安无礼，当面道歉并培训 rude carriers: apology in person and training",
           "门卫也是客户，先问好再卸货 the guard is a customer too: greet first, unload after",
           prevention=Prevention("新搬运工先跟车三天 new carriers ride along for three days", _LIANG, -10)),
    Asked("carriers", 23, "10:00",
          "老秦收了道歉，还帮着指了车位 the guard took it well and showed them where to park", 5),
    Happened("carriers", 11, "15:00", "prevention", "四名新人都跟过车 all four newcomers have ridden along", by=_LIANG),
)

# The cashier who always says "tomorrow".
_TOMORROW: Final = (
    Complained("tomorrow", "gym", 22, "10:10", "退毛巾的 360 元，收银总说“明天”"
               " the refund of 360 for the towels: our cashier says 'tomorrow' every time",
               {"content": "integrity", "problem": "staff-attitude", "want": "fast", "about": _JIN,
                "details": "来了三趟，三次都是“明天”。 He came three times, and each time it was 'tomorrow'."},
               "Jake Turner", live=True, by=_ZHOU, sale="towels back"),
    Promised("refund 1", "gym", 22, "10:30", "退款 360 元到账 the refund of 360 is paid", (-21, "17:00"), _JIN,
             case="tomorrow", by=_ZHOU),
    Judged("tomorrow", 22, "11:30", "退货单半个月前就签了 the return was signed two weeks ago"),
    Assigned("tomorrow", 22, "14:00", _JIN, "把钱退了 pay it"),
    PromiseEnded("refund 1", 20, "09:15", "break", "她又说“明天” she said 'tomorrow' again", by=_ZHOU),
    Responded("tomorrow", 20, "09:30",
              "承认失信，今天下班前一定退 we broke our word; it is paid by closing time today", sorry=True),
    Promised("refund 2", "gym", 20, "09:40", "退款 360 元今天到账 the refund is paid today", (-20, "17:00"), _JIN,
             case="tomorrow"),
    PromiseEnded("refund 2", 19, "09:05", "break", "钱箱锁了，说明天 the till was locked: tomorrow"),
    Analysed("tomorrow", 19, "09:20", "退款要出纳、会计、经理三个章，谁也不催"
             " a refund takes three stamps, and nobody asks after it", "process", "company", by=_SUN),
    Proposed("tomorrow", 19, "09:50", "当天转账 360 元，另加 50 元 360 by transfer today, and 50 for the errands",
             "410", "more", by=_SUN),
    Decided("tomorrow", 19, "10:30", _MARTA, "照办，以后不许说明天 do it, and nobody says tomorrow any more"),
    Promised("refund 3", "gym", 19, "11:00", "410 元转到账上 410 is in his account", (-18, "12:00"), _SUN,
             case="tomorrow", by=_MARTA),
    PromiseEnded("refund 3", 18, "10:40", "keep", "转账回单发给了他 he has the slip of the transfer", by=_SUN),
    Implemented("tomorrow", 18, "10:50", "410 元已到账 paid by transfer, and he has seen it", by=_SUN),
    Closed("tomorrow", 17, "10:00",
           "退款拖了三周，转账并补 50 元 a refund put off for three weeks, then paid with 50 on top",
           "“明天”不是日期 'tomorrow' is not a date", by=_SUN),
    Asked("tomorrow", 16, "16:00", "'Today' is a fine word.", 4, by=_ZHOU),
    Pledged("refund", 12, "10:00", "退款三个工作日到账，迟了赔 50 元"
            " a refund is paid within three working days, or there are 50 on top", "3d",
            {"scope": "attribute", "subject": "result", "compensation": "50"}, by=_GAO),
)

# Closed in one way or another.
_ENDED: Final = (
    Complained("old price", "wholesale", 26, "10:00", "先按新价送货，后发涨价通知"
               " delivered at the new price a week before the new list came",
               {"content": "price", "problem": "price-change", "want": "account"}, "诚信 老崔", live=True, by=_ANNA),
    Judged("old price", 26, "14:00", "通知确实晚了一周 the list did come a week late"),
    Assigned("old price", 25, "09:30", _MARTA, "差价；以后的价格 the difference, and the price from now on",
             "escalate"),
    Analysed("old price", 25, "15:00", "新价表印好了没寄 the list was printed and not sent", "process", "company",
             by=_MARTA),
    Proposed("old price", 24, "09:40", "退差价一半 half of the difference back", "320", "symbolic", by=_ANNA),
    Decided("old price", 24, "10:30", _MARTA, "错在我们，退全部 our fault: all of it", "reject"),
    Proposed("old price", 24, "14:20", "退全部差价 all of the difference back", "640", "equal", by=_ANNA),
    Decided("old price", 24, "15:00", _MARTA, "同意 yes"),
    Implemented("old price", 23, "10:00", "差价已退；他要旧价再用一年，每箱都亏"
                " paid back; he wants the old price for a year, a loss on every box", "cannot", by=_ANNA),
    Closed("old price", 22, "15:30", "差价已退，旧价给不了 the difference is paid, the old price we can't give",
           "先通知，后涨价 first the notice, then the price",
           unresolved="旧价低于成本，谈不拢 the old price is below cost", by=_SUN),

    Complained("beer mats", "bavaria", 20, "16:40", "啤酒垫晚到两天，节都过完了"
               " the beer mats came two days late, the festival was over",
               {"content": "service", "problem": "late-delivery", "want": "compensation"}, "Sepp Huber", live=True,
               by=_ZHOU, sale="beer mats"),
    Judged("beer mats", 20, "17:20", "送货单晚了两天 two days late by the delivery note"),
    Assigned("beer mats", 19, "09:30", _LIANG, "为什么晚；怎么补 why, and what for it"),
    Analysed("beer mats", 19, "14:00", "排车时没看节日 nobody looked at the date when the vans were planned", "outcome",
             "company", by=_LIANG),
    Proposed("beer mats", 18, "10:00", "这批垫子半价 half the price of the mats", "260", "equal", by=_LIANG),
    Decided("beer mats", 18, "11:00", _SUN, "同意 agreed"),
    Implemented("beer mats", 17, "15:00", "退了一半货款，登门说明 half paid back, explained on a visit", by=_ZHOU),
    Closed("beer mats", 16, "09:30", "节前送货晚两天，退一半 two days late for a festival, half the price back",
           "有日子的货先排车 goods for a date go on the van first",
           prevention=Prevention("节庆订单单独一张排车表 a list of its own for orders with a date", _LIANG, 0)),
    Asked("beer mats", 14, "14:30", by=_ZHOU),
    Asked("beer mats", 13, "14:30", "没人接 nobody there", by=_ZHOU),
    Asked("beer mats", 12, "14:30", "在酒窖，信号不好 in the cellar, no signal", by=_ZHOU),
    Closed("beer mats", 12, "17:00", satisfaction=0),

    Complained("covers", "laundry", 19, "10:00", "衣罩一拉就破 the covers tear at the seam",
               {"content": "product", "problem": "other", "want": "fast"}, "谢姐", by=_ZHOU, sale="covers"),
    Responded("covers", 19, "10:40", "对不起，明天带新的来 sorry, new ones tomorrow", sorry=True, by=_ZHOU),
    Judged("covers", 19, "11:00", "样品一拉就开 the sample opens at a touch"),
    Assigned("covers", 19, "11:10", _ZHOU, "换货 an exchange"),
    Analysed("covers", 18, "10:00", "封口温度低了 sealed too cold", "outcome", "service", by=_ZHOU),
    Proposed("covers", 18, "10:10", "换一箱 another box", "60", "equal", by=_ZHOU),
    Decided("covers", 18, "10:30", _SUN, "同意 agreed"),
    Implemented("covers", 17, "11:00", "换了一箱 exchanged a box", by=_ZHOU),
    Closed("covers", 16, "09:40", "封口破，换了一箱 torn seams, a box exchanged",
           "换货前先验同一批 look at the batch before you exchange from it",
           prevention=Prevention("每批封口抽检十个 ten seams of every batch are pulled", _LIANG, -3), by=_ZHOU),
    Asked("covers", 14, "10:00", "新的那箱还是破，你们不看看就拿来？ the new box tears as well", 2, by=_ZHOU),
    Analysed("covers", 13, "09:40", "换的是同一批货 it was the same batch", "process", "company", by=_ZHOU),
    Proposed("covers", 13, "10:00", "换别批，另送一箱 another batch, and a box on top", "180", "more", by=_ZHOU),
    Decided("covers", 13, "11:00", _SUN, "同意，先验货 agreed; pull the seams first"),
    Implemented("covers", 12, "15:00", "两箱当面拉过才卸货 pulled the seams in front of her, then unloaded", by=_ZHOU),
    Asked("covers", 9, "10:30", "这回结实 these hold", 4,
          "两次换货才换对 exchanged twice until it was right", by=_ZHOU),

    Complained("two filters", "wang2", 18, "09:30", "一个滤芯收了两次钱 one filter, charged twice",
               {"content": "price", "problem": "other", "want": "account", "claim": "88"}, live=True, by=_ANNA),
    Judged("two filters", 18, "11:00", "两台净水器各换了一个 there are two purifiers, and each had one",
           "misunderstanding", "厨房和阳台各一台，发票上各一行；谢谢您来问"
           " one in the kitchen, one on the balcony, a line for each; thank you for asking", by=_ANNA),
    Closed("two filters", 17, "10:00", "两台机器，不是收两次 two appliances, not charged twice",
           "发票要写是哪一台 an invoice says which appliance", 4,
           prevention=Prevention("发票模板加“哪一台” add the appliance to the invoice", _JIN, 1), by=_ANNA),

    # Orders, uses, returns.
    Complained("rain mats", "everyday", 13, "10:00", "防滑垫又有“质量问题”，全数退款"
               " 'faulty' rain mats again, all the money back",
               {"content": "product", "problem": "other", "want": "compensation", "claim": "480",
                "details": "第三次：雨前订，雨后退，垫子上都是脚印。 Ordered before the rain and"
                " returned after it, for the third time, with footprints on them."}, "高姐", sale="rain mats"),
    Responded("rain mats", 13, "10:45", "谢谢您，货我们取回来看 thank you; we fetch them and have a look"),
    Escalated("rain mats", 13, "11:20", "三次下单、用完、退货 ordered, used and returned three times", -12, "12:00",
              2, by=_SUN),
    Judged("rain mats", 13, "15:00", "三批都用过，没有一处瑕疵，日期正好是三场雨"
           " three lots, used, not one fault, on the days of three rains", "misunderstanding",
           "垫子没有瑕疵，用过的不退；要租，我们有租的"
           " no fault was found, used goods aren't taken back; we do rent mats by the day", "malicious", by=_MARTA),
    Responded("rain mats", 12, "10:30", "登门说明，留下租价表 explained in person, left the prices for renting",
              by=_MARTA),
    Closed("rain mats", 12, "11:00", "用过再退，第三次，不成立 used and returned for the third time, unfounded",
           "退货先看，再答应 look at returns before you promise", by=_MARTA),

    Complained("boat 3", "ferries", 12, "15:00", "三号船的水架一开船就响 the water rack on boat 3 rattles under way",
               {"level": "grievance", "problem": "other", "want": "fast"}, "江船长 Captain Jiang",
               live=True, by=_ZHOU),
    SettledCase("boat 3", 12, "16:20", Settled("加了两条固定带 two straps, and it is quiet"), by=_ZHOU),

    Complained("cup", "shan", 10, "11:00", "咖啡机水箱盖裂了 the lid of the tank is cracked",
               {"content": "product", "problem": "other", "channel": "wechat", "want": "fast"}, "单雄飞", live=True,
               settled=Settled("当天送去新盖子 took him a new lid the same day", "outcome", "service", "38", "equal"),
               by=_CHEN, sale="shan machine"),
    Asked("cup", 7, "10:00", "“比我换灯泡还快” faster than he changes a bulb", 5,
          "水箱盖裂，当天换 a lid, changed the same day", by=_CHEN),

    Complained("sensor", "biolab", 10, "09:50", "洗手机感应失灵，实验员用胳膊肘开"
               " the sensor of the hand-wash is dead, people open it with their elbows",
               {"content": "product", "problem": "inadequate-installation", "channel": "email", "want": "fast"},
               "Jonas Weber", by=_ANNA, sale="hand-wash"),
    Responded("sensor", 10, "11:00", "今天就有技术员联系 a technician is in touch today", sorry=True, by=_ANNA),
    Judged("sensor", 10, "14:00", "装反了 it was mounted the wrong way round", by=_ANNA),
    Assigned("sensor", 10, "14:30", _RAVI, "感应器 the sensor", "technical", by=_ANNA),
    Responded("sensor", 10, "16:30", "约好明早八点 agreed on tomorrow at eight", by=_RAVI),
    Analysed("sensor", 9, "09:30", "感应窗朝墙 the window of the sensor faces the wall", "process", "company",
             by=_RAVI),
    Proposed("sensor", 9, "09:40", "重装并送一年保养 mounted anew, and a year of maintenance", "150", "more", by=_RAVI),
    Decided("sensor", 9, "11:00", _SUN, "同意 agreed"),
    Implemented("sensor", 8, "10:00", "重装，两台都试过 mounted anew, both tried", by=_RAVI),
    Closed("sensor", 7, "09:30", "感应器装反，重装 a sensor the wrong way round",
           "装完当面试十次 try it ten times in front of the customer", by=_ANNA),
    Asked("sensor", 5, "10:00", "Works, and nobody needs an elbow any more.", 5, by=_ANNA),
    Happened("sensor", 4, "15:00", "feedback-read", by=_SUN),

    Complained("sleeves", "engineers", 9, "10:00", "少送一箱杯套 a box of sleeves is missing",
               {"content": "service", "problem": "other", "want": "fast"}, "阿杰", by=_ANNA),
    Happened("sleeves", 9, "10:20", "note", "库房说装了六箱 the store says six boxes went out", by=_ANNA),
    Responded("sleeves", 9, "10:30", "马上查送货单 we look at the delivery note at once", by=_ANNA),
    Happened("sleeves", 8, "09:30", "withdraw", "在吧台后面找到了，不好意思 found behind the counter, he is sorry",
             by=_ANNA),
)

# Open, one at every step.
_OPEN: Final = (
    Complained("gloves tear", "moulds", 14, "10:00", "耐磨手套戴一天就破 the hard-wearing gloves last a day",
               {"content": "product", "problem": "other", "want": "account"}, "凌厂长", live=True, by=_ANNA,
               sale="mould gloves"),
    Judged("gloves tear", 14, "11:00", "带回五只，都破在虎口 five brought back, all torn at the thumb", by=_ANNA),
    Assigned("gloves tear", 13, "09:30", _ANNA, "换款；为什么 another sort, and why", by=_ANNA),
    Analysed("gloves tear", 13, "15:00", "发成了普通款 the plain ones were sent", "outcome", "company", by=_ANNA),
    Proposed("gloves tear", 12, "09:20", "换成耐磨款 exchanged for the hard-wearing ones", "190", "equal", by=_ANNA),
    Decided("gloves tear", 12, "11:00", _SUN, "同意 agreed"),
    Implemented("gloves tear", 11, "10:00", "换了二十打 exchanged twenty dozen", by=_ANNA),
    Asked("gloves tear", 8, "09:30", "还是破，工人开始笑话我了 still torn, and now my men laugh at me", 2, by=_ANNA),
    Analysed("gloves tear", 6, "15:00", "模具边太利，这款也不够 the moulds are too sharp for this sort, too", "outcome",
             "customer", by=_ANNA),

    Complained("straws", "heron", 7, "16:30", "纸吸管十分钟就软 the paper straws go soft in ten minutes",
               {"level": "grievance", "content": "product", "problem": "other", "want": "fast"}, "Maeve Kelly",
               live=True, by=_ZHOU, sale="straws"),
    Happened("straws", 3, "11:00", "raise", "连着三晚，客人都要换 the third night in a row, guests ask for others",
             by=_ZHOU),

    Complained("forty sets", "parkhotel", 6, "10:00", "500 套洗漱套装少 40 套，箱子进过水"
               " 40 of the 500 sets are missing, and the boxes were wet",
               {"content": "product", "problem": "other", "want": "compensation", "claim": "1900"}, "葛经理",
               by=_ANNA, sale="sets"),
    Responded("forty sets", 6, "10:50", "对不起，明天到店清点 sorry; we count them with you tomorrow", sorry=True,
              by=_ANNA),
    Happened("forty sets", 6, "11:00", "wait", "签收单照片 a picture of the delivery note", by=_ANNA),
    Happened("forty sets", 5, "10:00", "resume", by=_ANNA),
    Judged("forty sets", 5, "10:30", "签收单上注明箱湿 'boxes wet' stands on the note", by=_ANNA),
    Assigned("forty sets", 5, "11:00", _SUN, "补货；箱子 the sets, and the boxes", "escalate", by=_ANNA),
    Analysed("forty sets", 4, "10:00", "雨天敞篷车 an open van in the rain", "outcome", "company", by=_LIANG),
    Proposed("forty sets", 4, "15:00", "补 60 套，免这次运费 60 sets, and this delivery free", "1900", "more",
             by=_ANNA),
    Decided("forty sets", 3, "11:00", _SUN, "同意，周内送到 agreed, within the week"),

    Complained("gloves late", "clinic", 6, "10:30", "M 码手套晚了四天，护士戴 L 码干活"
               " gloves in M are four days late, the nurses work in L",
               {"content": "service", "problem": "late-delivery", "want": "fast"}, "护士长 Ding", live=True, by=_CHEN,
               sale="gloves m"),
    Judged("gloves late", 6, "15:00", "订单在，货没排 the order is there, the goods weren't planned", by=_CHEN),
    Assigned("gloves late", 5, "09:30", _LIANG, "什么时候到 when they come", by=_CHEN),
    Analysed("gloves late", 4, "16:00", "新比例没改进系统 the new mix never reached the stock list", "process",
             "company", by=_LIANG),
    Promised("gloves", "clinic", 2, "10:00", "M 码手套送到诊所 gloves in M are at the clinic", (0, "17:00"), _LIANG,
             case="gloves late", clock="resolution", by=_CHEN),

    Complained("trickle", "cafe", 5, "09:20", "换完刀盘，机器漏水 since the burrs were changed the machine drips",
               {"content": "product", "problem": "other", "want": "fast"}, "Urs Keller", live=True,
               heard=2, by=_ZHOU),
    Judged("trickle", 5, "09:50", "我们动过机器 we had it open last", by=_ZHOU),
    Assigned("trickle", 5, "10:00", _RAVI, "漏水 the drip", "technical", by=_ZHOU),
    Responded("trickle", 5, "15:00", "先关总水阀，明早到 turn off the tap; I'm there in the morning", by=_RAVI),
    Analysed("trickle", 4, "09:30", "垫圈没装回去 a washer was left out", "process", "company", by=_RAVI),
    Proposed("trickle", 4, "09:40", "装垫圈，送一公斤豆 the washer, and a kilo of beans", "120", "more", by=_RAVI),
    Decided("trickle", 4, "10:10", _SUN, "同意 agreed"),
    Implemented("trickle", 3, "09:40", "装好垫圈，跑了二十杯不漏 fitted; twenty cups and dry", by=_RAVI),

    Complained("cards", "bikes", 5, "14:00", "卡片颜色和样张不一样 the cards aren't the colour of the proof",
               {"content": "product", "problem": "other", "channel": "wechat", "want": "account"}, "石磊", by=_ZHOU,
               sale="cards"),
    Responded("cards", 5, "14:40", "请拍张照，和样张放一起 a picture of both together, please", by=_ZHOU),
    Happened("cards", 4, "10:00", "wait", "卡片和样张的照片 a picture of card and proof", by=_ZHOU),

    Complained("three more", "apartments", 4, "11:00", "还有三台没修，技术员两次没来"
               " three dispensers still out, the technician didn't come, twice",
               {"content": "service", "problem": "other", "channel": "wechat", "want": "fast"}, "蓝管家",
               by=_ANNA),
    Responded("three more", 4, "14:00", "对不起，让您白等两次 sorry that you waited twice for nobody", sorry=True,
              by=_ANNA),
    Judged("three more", 3, "10:00", "派工单漏了两次 left off the plan, twice", by=_ANNA),

    Complained("gym hall", "school2", 4, "09:30", "比赛日饮水机漏了半个体育馆"
               " the dispenser flooded half the gym hall on a match day",
               {"content": "product", "problem": "inadequate-installation", "want": "prevention"}, "Lucy Tan 陈露西",
               live=True, by=_ANNA, sale="gym hall"),
    Judged("gym hall", 4, "11:00", "接头是我们装的 we fitted the joint", by=_ANNA),
    Assigned("gym hall", 3, "10:00", _RAVI, "接头；地板 the joint, and the floor", by=_ANNA),
    Escalated("gym hall", 2, "11:00", "董事会要书面保证，超出我的权限"
              " the board wants a guarantee in writing, beyond my authority", 1, "12:00", by=_ANNA),
    Analysed("gym hall", 2, "15:00", "接头少一圈生料带 a turn of tape too few", "outcome", "company", by=_RAVI),

    Complained("wet files", "law", 3, "09:30", "纸箱漏水，泡了合同；他们发了律师函"
               " a leaking box soaked a contract file; the letter comes from the partners",
               {"severity": "serious", "content": "product", "problem": "goods-damaged", "channel": "letter",
                "want": "compensation", "claim": "6800"}, "Grace Jones", triggers=("lawyer",),
               sale="law water"),
    Responded("wet files", 3, "10:20", "收到来函，今天派人看 we have your letter, somebody comes today", sorry=True,
              by=_SUN),
    Judged("wet files", 3, "11:30", "是我们的水桶 it was our water bottle", by=_SUN),
    Assigned("wet files", 3, "11:40", _SUN, "文件修复；赔偿 restoring the file, and the damage", "escalate", by=_SUN),
    Analysed("wet files", 3, "16:00", "水桶和纸放在一起送 water and paper were sent in one box", "outcome", "company",
             by=_RAVI),
    Proposed("wet files", 2, "09:10", "付修复费，另换文件柜 the restorer's bill, and a dry cabinet", "6800", "equal",
             by=_SUN),

    Complained("pallets", "furniture", 2, "10:00", "两托货卸在雨里 two pallets were left standing in the rain",
               {"content": "service", "problem": "goods-damaged", "channel": "email", "want": "account"},
               "Ingrid Larsen", sale="pallets"),

    Complained("steam", "software", 2, "15:00", "试用机三杯就没汽 the trial machine is out of steam after three cups",
               {"content": "product", "problem": "insufficient-training", "want": "fast"}, "行政 小米", by=_ANNA),
    Responded("steam", 2, "16:00", "先按说明除一次垢 please descale it once by the leaflet", by=_ANNA),
    Judged("steam", 1, "10:00", "没人教过除垢 nobody had shown them", by=_ANNA),
    Assigned("steam", 1, "18:05", _RAVI, "教会两个人 show it to two of them", "technical", by=_ANNA),

    Complained("leaflet", "yoga", 2, "14:00", "传单上写八折，报价里没有 the 20% off of the leaflet isn't in the offer",
               {"level": "grievance", "content": "price", "problem": "missing-promotion-info", "want": "account"},
               "Priya Nair", live=True, by=_ZHOU),

    Complained("bread bags", "boulangerie", 1, "16:10", "面包袋没到，明早怎么卖"
               " no bags have come, and tomorrow's bread is in the oven",
               {"content": "service", "problem": "late-delivery", "channel": "hotline", "want": "fast"},
               "Amélie Lefèvre", sale="bread bags"),
)

# Promises beside the cases, ours and theirs.
_PROMISES: Final = (
    Pledged("same day", 30, "09:30", "中午前订，当天到 ordered before noon, there the same day", "8h",
            {"scope": "attribute", "subject": "result", "conditions": "中午前 before noon", "compensation": "30"},
            by=_MARTA),
    PledgeRetired("same day", 7, "17:00", by=_MARTA),
    Promised("numbers", "bergmann", 24, "16:00", "送货单印上他们的订单号 their order number is on the delivery notes",
             (-15, "18:00"), by=_ANNA),
    PromiseEnded("numbers", 16, "11:00", "keep", "第一张单子拍给他们看了 sent a picture of the first one", by=_ANNA),
    Promised("trays", "sushi", 14, "16:30", "借二十个托盘 lend him twenty trays", (-11, "12:00"), by=_ZHOU),
    PromiseEnded("trays", 12, "11:30", "release", "跟隔壁借到了 he got them next door", by=_ZHOU),
    Promised("larger bag", "hotpot", 9, "16:40", "大一号袋子的样品 a sample of the larger bag", (-6, "18:00"),
             by=_ZHOU),
    PromiseEnded("larger bag", 5, "11:00", "keep", "晚一天送到 there a day late", by=_ZHOU),
    Promised("seal", "tea", 9, "16:50", "印章杯样品 samples of the cups with the seal", (0, "17:00"), by=_CHEN),
    Promised("small bottles", "paws", 5, "16:00", "小瓶装行不行，给个准话 a yes or no about the small bottles",
             (-2, "18:00"), by=_ZHOU),
    Promised("tape", "logistics", 5, "16:40", "二十箱厚胶带送到 twenty boxes of the thick tape", (-1, "18:00"),
             _LIANG, by=_ANNA),
    PromiseMoved("tape", 2, "16:00", (1, "12:00"), by=_ANNA),
    Promised("toner", "print", 2, "15:00", "退回墨粉的 240 元 the refund of 240 for the toner", to=_JIN,
             pledge="refund", by=_ZHOU),
    Promised("monday", "hotel", 10, "16:30", "上月账单付款 last month's bill is paid", (-6, "18:00"), theirs=True,
             by=_CHEN),
    PromiseEnded("monday", 6, "16:00", "keep", "钱到了 the money is there", by=_CHEN),
    Promised("part 1", "mart", 11, "16:00", "第一笔 8,000 元 the first 8,000", (-7, "18:00"), theirs=True, by=_ZHOU),
    PromiseEnded("part 1", 6, "10:00", "break", "一分没到 not a cent of it", by=_ZHOU),
    Promised("part 2", "mart", 6, "10:20", "改成每周 4,000 元，第一周 4,000 a week instead, the first week",
             (-1, "18:00"), theirs=True, by=_ZHOU),
    Promised("part 3", "mart", 6, "10:30", "第二周 4,000 元 4,000, the second week", (5, "18:00"), theirs=True,
             by=_ZHOU),
)

SERVICE_DESK: Final = Quarter("何敏", "", (), (*_CARRIERS, *_TOMORROW, *_ENDED, *_OPEN, *_PROMISES))
