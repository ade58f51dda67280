"""What the made-up district has bought for fourteen months: standing orders, and a few sales that stand out."""

from __future__ import annotations

from typing import Final

from csm.services.demo.sales_kinds import Booked, Standing

# A table: one order is a line or two.
# fmt: off

# Product lines.
BAGS: Final = "包装 packaging"
CLEAN: Final = "清洁 hygiene"
COFFEE: Final = "咖啡 coffee"
WATER: Final = "饮水 water"
CUPS: Final = "杯子 cups"
GLOVES: Final = "手套 gloves"
PAPER: Final = "纸张 paper"
ROOMS: Final = "客房用品 room supplies"
SHELVES: Final = "货架 shelves"
MACHINES: Final = "机器 machines"

# The accountable buy nothing in the last weeks here: each of their sales brings a callback, which is told elsewhere.
BOOKS: Final = (
    # Three that are most of the business.
    Standing("riverview", ROOMS, "浴室拖鞋 bath slippers", 3, (3600, 4200, 4000), 30),
    Standing("riverview", WATER, "桶装水 water in bottles", 14, (640, 700, 760, 720), 30),
    Standing("canteen", CLEAN, "洗洁精 20 升 dish detergent 20 l", 95, (120, 132, 126, 140), 30),
    Standing("canteen", CLEAN, "餐巾纸 paper napkins, pallet", 420, (26, 28), 90),
    Standing("hotel", ROOMS, "洗漱套装 toiletry sets", 6, (1900, 2050, 2200), 30, pays=9),
    # A grade below them.
    Standing("parkhotel", CLEAN, "洗衣液 laundry liquid 20 l", 110, (60, 66, 72), 30),
    Standing("bergmann", GLOVES, "丁腈手套 nitrile gloves, box", 38, (230, 240, 260), 45),
    Standing("bergmann", PAPER, "擦拭纸 wiping paper, pallet", 690, (4, 5), 120),
    Standing("school2", WATER, "桶装水 water in bottles", 14, (480, 540, 450), 45),
    Standing("hotpot", BAGS, "外卖袋 take-away bags, box", 68, (92, 100, 110, 120), 45),
    Standing("kindergarten", CLEAN, "洗手液 hand soap 5 l", 48, (80, 88), 45),
    Standing("mart", PAPER, "纸巾 tissues, box", 72, (70, 64), 30, last=100),
    Standing("pharmacy", BAGS, "塑料袋 plastic bags, box", 56, (70, 76), 45),
    Standing("clinic", GLOVES, "检查手套 examination gloves, box", 42, (92, 98, 90), 45),
    Standing("trattoria", BAGS, "披萨盒 pizza cartons, box", 58, (54, 60), 45),
    Standing("trattoria", COFFEE, "咖啡豆 coffee beans, kg", 96, (16, 20), 120),
    Standing("tea", CUPS, "外带杯 take-away cups, box", 62, (44, 54, 60), 45),
    Standing("cafe", COFFEE, "生豆 green coffee, bag", 480, (7, 8, 9), 45),
    # Smaller shops.
    Standing("hardware", SHELVES, "货架配件 shelf fittings, set", 120, (24, 28), 60, last=150),
    Standing("bakery", BAGS, "面包袋 bread bags, box", 46, (28, 32), 80),
    Standing("florist", BAGS, "包装纸 wrapping paper, roll", 35, (44, 50), 100),
    Standing("dumplings", BAGS, "打包盒 meal boxes, box", 54, (40, 40, 34, 26), 60),
    Standing("print", PAPER, "A4 纸 A4 paper, box", 118, (22, 24, 26), 60),
    Standing("gym", WATER, "桶装水 water in bottles", 14, (90, 110), 80),
    Standing("paws", CLEAN, "无香消毒液 disinfectant 5 l", 64, (22, 26), 100),
    Standing("bavaria", PAPER, "餐巾纸 napkins, box", 44, (32, 36), 100, last=20),
    Standing("sushi", BAGS, "寿司盒 sushi trays, box", 66, (22, 28), 100),
    Standing("bikes", PAPER, "卡纸 card, box", 85, (8, 6), 90, last=140),
    Standing("heron", CUPS, "啤酒杯 beer tumblers, box", 78, (14,), 45, first=400, last=240),
    Standing("moulds", GLOVES, "工作手套 work gloves, dozen", 30, (60, 66), 100, last=40),
    Standing("dental", CUPS, "漱口杯 rinsing cups, box", 40, (28, 32), 110),
    Standing("beehive", COFFEE, "咖啡豆 coffee beans, kg", 96, (28, 38, 44, 50), 60),
    Standing("logistics", BAGS, "胶带 packing tape, box", 88, (26, 28), 60),
    Standing("biolab", GLOVES, "无粉手套 powder-free gloves, box", 46, (38, 42), 100, last=40),
    Standing("apartments", WATER, "滤芯 filters, dozen", 260, (4, 5), 90, last=15),
    Standing("boulangerie", BAGS, "开窗面包袋 window bags, box", 74, (22, 26), 100, last=20),
    Standing("kims", BAGS, "泡菜盒 kimchi boxes, box", 58, (16, 18), 75, last=45),
    # Now and then; the last purchase of some is long ago.
    Standing("school", CLEAN, "洗手液 hand soap 5 l", 48, (40, 36), 90, last=50),
    Standing("ferries", WATER, "桶装水 water in bottles", 14, (170, 160), 90, last=50),
    Standing("wholesale", SHELVES, "货架配件 shelf fittings, set", 115, (22, 18, 12), 90, last=70),
    Standing("noodles", BAGS, "汤碗 soup bowls, box", 52, (14, 12), 90, last=50),
    Standing("noodles2", BAGS, "筷子套 chopstick sleeves, box", 36, (8,), 120, last=20),
    Standing("books", BAGS, "纸袋 paper bags, box", 42, (6, 5), 100, last=12),
    Standing("engineers", COFFEE, "咖啡豆 coffee beans, kg", 96, (6, 7), 90),
    Standing("everyday", SHELVES, "防滑垫 rain mats", 16, (30,), 150, last=60),
    Standing("laundry", BAGS, "衣罩 garment covers, box", 60, (6,), 140, last=60),
    Standing("furniture", BAGS, "缠绕膜 stretch film, roll", 24, (24, 20), 120, last=30),
    Standing("law", PAPER, "A4 纸 A4 paper, box", 118, (4,), 100, last=30),
    Standing("law", WATER, "桶装水 water in bottles", 14, (20,), 100, last=60),
    Standing("tailor", BAGS, "防尘袋 dust covers, box", 48, (6, 5), 180, first=400, last=30),
    Standing("antiques", BAGS, "气泡膜 bubble wrap, roll", 55, (5, 4), 70, last=190),
    Standing("barbecue", CUPS, "纸杯 paper cups, box", 39, (16, 14), 70, last=170),
    Standing("wang2", WATER, "滤芯 filters", 88, (2, 1), 180, first=390, last=30),
    Standing("rossi", COFFEE, "咖啡豆 coffee beans, kg", 96, (2,), 90, first=410, last=50),
    Standing("mueller", COFFEE, "咖啡豆 coffee beans, kg", 96, (2, 3), 90, first=380, last=50),

    # Sales that stand out.
    Booked("shan machine", "shan", 230, MACHINES, "咖啡机 coffee machine M2", 1, 2680, pays=0, serial="M2-0231-077"),
    Booked("qiu jug", "qiu", 75, WATER, "净水壶 water jug", 1, 168, pays=0),
    Booked("xie purifier", "xie", 190, WATER, "净水器 water purifier", 1, 1280, pays=0, serial="WP-5510-019",
           install=True),
    Booked("wang jug", "wang1", 140, WATER, "净水壶 water jug", 1, 168, pays=0),
    Booked("listening cups", "listening", 260, CUPS, "盖碗 lidded bowls", 12, 540, pays=0),
    Booked("cafe grinder", "cafe", 356, MACHINES, "磨豆机 grinder G7", 1, 5200, pays=0, serial="G7-1180-402"),
    Booked("gym towels", "gym", 66, CLEAN, "毛巾 towels", 60, 1080, pays=0),
    Booked("towels back", "gym", 52, CLEAN, "毛巾退货 towels given back", 20, -360),
    Booked("hand-wash", "biolab", 55, MACHINES, "感应洗手机 hand-wash with sensor", 2, 3960, pays=0,
           serial="HW-0417, HW-0418", install=True),
    Booked("mould gloves", "moulds", 41, GLOVES, "耐磨手套 hard-wearing gloves, dozen", 20, 760, pays=0),
    Booked("gym hall", "school2", 44, MACHINES, "饮水机 water dispenser, floor model", 1, 2400, due=-20, pays=-3,
           serial="WD-3302-11", install=True),
    Booked("mart 1", "mart", 124, PAPER, "厨房纸 kitchen paper, pallet", 4, 9860, due=-101,
           note="冯太说等老板 waits for the owner"),
    Booked("mart 2", "mart", 98, PAPER, "纸巾 tissues, pallet", 3, 7140, due=-71),
    Booked("left over", "wholesale", 69, SHELVES, "立柱 uprights", 24, 3480, due=-43,
           note="最后一批，说对账后付 the last lot; to be paid once reconciled"),
    Booked("hotel before", "hotel", 72, ROOMS, "拖鞋 slippers for 120 rooms", 2400, 8640, due=-12),
    Booked("hotel bill", "hotel", 43, ROOMS, "床品 bed linen", 120, 26400, due=-9),
    Booked("canteen bill", "canteen", 78, CLEAN, "消毒粉 disinfectant powder, pallet", 6, 18900, due=2),
    Booked("riverview bill", "riverview", 47, ROOMS, "浴袍 bathrobes", 80, 15200, due=12),
)
