"""A month of sales in the made-up district: bills and who signs them, money, deliveries, services, and their callbacks.

What plans callbacks is in a chapter of its own and played last, so that it takes no number of those before.
"""

from __future__ import annotations

from typing import Final

from csm.services.demo.sales_kinds import (
    AfterSale,
    Cancelled,
    Delivered,
    Graded,
    MessageDone,
    Paid,
    SaleEvent,
    Served,
    Signed,
    Sold,
    Traded,
)
from csm.services.demo.sales_year import (
    BAGS,
    CLEAN,
    COFFEE,
    CUPS,
    GLOVES,
    MACHINES,
    PAPER,
    SHELVES,
    WATER,
)
from csm.services.demo.tables import Quarter

# A table: one event is a line or two, not ten.
# fmt: off

_ANNA: Final = "Anna Fischer"
_RAVI: Final = "Ravi Shah"
_LIANG: Final = "梁宝山"

# Bills on their way through the signatures, and money in parts.
_MONEY: Final = (
    Signed("hotel before", 24, "钱立"),
    Signed("hotel before", 21, "Helen Zhao 赵海伦"),
    Signed("hotel before", 17, "汤会计"),
    Signed("hotel before", 12, "小杜"),
    Paid("hotel before", 6, "8640", note="转账 by transfer"),
    Signed("hotel bill", 14, "钱立"),
    Signed("hotel bill", 9, "Helen Zhao 赵海伦"),
    Signed("canteen bill", 12, "牛科长"),
    Signed("riverview bill", 18, "Daniel Okafor"),
    Signed("riverview bill", 7, "程总"),
    Paid("mart 1", 28, "2000", note="现金 in cash"),
    Paid("towels back", 18, "360", refund=True, note="外加 50 元补偿 and 50 on top, on cp2"),
    Sold("press", "engineers", 12, COFFEE, (("法压壶 French presses", 6, "2400"),), delivery=-3),
    Paid("press", 12, "1000", note="定金 deposit"),
    Cancelled("press", 4, "供应商停产 no longer made"),
    Sold("tea gifts", "tea", 13, CUPS, (("礼盒盖碗 lidded bowls in gift boxes", 60, "16800"),
                                        ("礼袋 gift bags", 60, "1260")),
         terms="30 days", note="年节备货 stock for the holidays"),
    Sold("tea bowls", "tea", 8, CUPS, (("盖碗 lidded bowls, box", 12, "7200"),), terms="30 days"),
    Paid("tea gifts", 5, "4000", note="先付一部分 a first part"),
    Sold("parkhotel extra", "parkhotel", 20, CLEAN, (("洗衣液 laundry liquid 20 l", 12, "1320"),
                                                     ("漂白剂 bleach 5 l", 20, "760")), pays=-2),
    Sold("bergmann cream", "bergmann", 9, GLOVES, (("无硅护手霜 hand cream without silicone", 40, "1120"),),
         delivery=2),
)

# What complaints are about.
_TROUBLED: Final = (
    Sold("beer mats", "bavaria", 28, PAPER, (("啤酒垫 beer mats, box", 20, "520"),), delivery=-22, pays=0),
    Delivered("beer mats", 20),
    Sold("covers", "laundry", 24, BAGS, (("衣罩 garment covers, box", 3, "180"),), plan=False, pays=0),
    Sold("rain mats", "everyday", 15, SHELVES, (("防滑垫 rain mats", 30, "480"),), plan=False, pays=0),
    Sold("sets", "parkhotel", 15, CLEAN, (("洗漱套装 toiletry sets", 500, "3900"),), delivery=-7),
    Delivered("sets", 6),
    Sold("gloves m", "clinic", 12, GLOVES, (("M 码手套 gloves in M, box", 40, "1680"),), delivery=-10,
         terms="30 days"),
    Sold("law water", "law", 5, WATER, (("桶装水 water in bottles", 10, "140"),), delivery=-4, pays=0),
    Delivered("law water", 4),
    Sold("pallets", "furniture", 6, BAGS, (("缠绕膜 stretch film, pallet", 2, "2160"),), delivery=-3, terms="30 days"),
    Delivered("pallets", 3),
    Sold("bread bags", "boulangerie", 8, BAGS, (("开窗面包袋 window bags, box", 24, "1776"),), delivery=-1,
         terms="30 days"),
    Sold("cards", "bikes", 11, PAPER, (("印刷卡片 printed cards, box", 4, "620"),), pays=0),
    Sold("straws", "heron", 9, CUPS, (("纸吸管 paper straws, box", 8, "336"),), pays=0),
)

# What was done for customers.
_SERVICES: Final = (
    Served("hotel", 27, "delivery", "拖鞋十二箱，进货梯 twelve boxes of slippers, by the goods lift", 55, "60",
           by=_LIANG),
    Served("bavaria", 20, "delivery", "啤酒垫，晚两天 beer mats, two days late", 35, "40", ("on-time",), "beer mats",
           by=_LIANG),
    Served("school2", 16, "installation", "体育馆第二台饮水机 the second dispenser in the gym hall", 95, "180",
           sale="gym hall", by=_RAVI),
    Served("kindergarten", 15, "delivery", "八点到，撞上接送 at eight, in the middle of drop-off", 40, "45",
           ("parked-as-wanted", "message-passed-on"), by=_LIANG),
    Served("cafe", 16, "repair", "换磨豆机刀盘 new burrs for the grinder", 80, "260", paid="380", sale="cafe grinder",
           by=_RAVI),
    Served("canteen", 14, "delivery", "新合同第一批 the first load of the new contract", 70, "90",
           ("appearance-and-words",), message="康师傅问能不能改到六点半 the cook asks for half past six instead of six",
           service="canteen load", by=_LIANG),
    MessageDone("canteen load", 12, "可以，从下周起 yes, from next week on", by=_ANNA),
    Served("pharmacy", 14, "visit", "看了货架和库存 went through shelf and stock", 45, not_met=("stock",)),
    Served("clinic", 13, "training-course", "两位护士：换手套的顺序 two nurses: the order of changing gloves", 120,
           "150", by=_RAVI),
    Served("moulds", 11, "exchange", "换二十打手套 twenty dozen gloves exchanged", 30, "190", sale="mould gloves"),
    Served("apartments", 6, "repair", "十二台饮水机换滤芯 filters changed in twelve dispensers", 240, "420",
           message="三台还差配件，问哪天来 when do the parts for the last three come?", service="dispensers",
           by=_RAVI),
    Served("parkhotel", 6, "delivery", "洗漱套装，箱子淋了雨 toiletry sets, the boxes rained on", 50, "70",
           ("goods-placed", "damaged-exchanged", "on-time"), "sets", by=_LIANG),
    Served("riverview", 5, "visit", "和 Daniel 看了三层客房 three floors of rooms with Daniel", 90, "60",
           message="下月能送小瓶水吗 could we bring small bottles of water next month?"),
    Served("law", 4, "delivery", "水和纸同车 water and paper on one van", 20, "25", ("goods-placed",), "law water",
           by=_LIANG),
    Served("furniture", 3, "delivery", "两托缠绕膜 two pallets of stretch film", 25, "60",
           ("storekeeper", "goods-placed", "receipt-signed"), "pallets", by=_LIANG),
    Served("cafe", 3, "repair", "装垫圈，试了二十杯 the washer fitted, twenty cups tried", 50, "120", by=_RAVI),
    Served("trattoria", 9, "advice", "潮气：纸箱怎么放 damp: where to keep the cartons", 25),
)

# What csm plans callbacks for, by its own rules.
# The last line notes what is paid for it.
_PLANNED: Final[tuple[SaleEvent, ...]] = (
    Sold("kims lids", "kims", 16, CUPS, (("密封盖 sealing lids, box", 30, "1140"),), delivery=-14, pays=0),
    AfterSale("kims lids", 15, "thanks", "谢谢她，货后天到 thanked her; the goods come the day after tomorrow"),
    Delivered("kims lids", 14),
    AfterSale("kims lids", 13, "delivery", "All thirty boxes there, none open.", 5),
    AfterSale("kims lids", 8, "usage", "Nothing leaks any more; she wants a smaller size as well.", 5),
    Sold("mueller grinder", "mueller", 12, MACHINES, (("磨豆机 grinder G3", 1, "890"),), delivery=-9,
         serial="G3-2044-615", pays=0),
    Delivered("mueller grinder", 9),
    AfterSale("mueller grinder", 8, "delivery", "It came whole, with the manual in German.", 5),
    Sold("beehive grinder", "beehive", 10, MACHINES, (("磨豆机 grinder G7", 1, "5200"),), delivery=-2, install=True,
         serial="G7-1407-118", terms="30 days"),
    AfterSale("beehive grinder", 9, "thanks", "Olivia is glad: the queue at nine is long.", 5),
    Delivered("beehive grinder", 2),
    AfterSale("beehive grinder", 1, "delivery", "The hopper has come too; nothing else is missing.", 4),
    AfterSale("beehive grinder", 1, "installation", "Hopper on, grind set, first cup with the members.", 5),
    Served("beehive", 1, "installation", "磨豆机装好，教了两个人 grinder set up, two people shown", 60, "30",
           sale="beehive grinder"),
    Sold("laundry covers", "laundry", 8, BAGS, (("加厚衣罩 strong garment covers, box", 4, "300"),), pays=0),
    Sold("florist ribbon", "florist", 6, PAPER, (("哑光丝带 matt ribbon, roll", 60, "540"),), delivery=1, pays=0),
    AfterSale("florist ribbon", 5, "thanks", "她问颜色：米白 she asks about the colour: off-white", 5),
    Sold("school soap", "school", 4, MACHINES, (("洗手液支架 soap dispensers", 24, "1440"),), delivery=2, install=True),
    Sold("bakery bags", "bakery", 3, CUPS, (("热饮杯 cups for hot drinks, box", 10, "480"),), delivery=0,
         terms="30 days"),
    AfterSale("bakery bags", 2, "thanks", "谢谢她试新的；五点半前送 thanked her for trying; there before 5:30", 5),
    Sold("shan care", "shan", 3, COFFEE, (("除垢剂 descaler", 2, "76"),), pays=0),
    AfterSale("shan care", 2, "thanks", "他说当天就用 he will use it today", 5),
    Graded("Zhou Wei", 1),
    *(Traded(ago) for ago in range(16, 0, -1)),
)

MONTH: Final = Quarter("Chen Lan", "", (), (*_MONEY, *_TROUBLED, *_SERVICES))
AFTERWARDS: Final = Quarter("Chen Lan", "", (), _PLANNED, last=True)
