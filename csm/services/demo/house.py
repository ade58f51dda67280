"""Our own people in the made-up district: three in sales, those who help them, and those who decide.

Their levels are those of the ladder: 1 the dedicated manager, 2 a department head, 3 the general manager.
"""

from __future__ import annotations

from typing import Final

STAFF: Final = (
    ("Chen Lan", 0, "销售 sales", "139 0000 0090", "chen.lan@example.com"),
    ("Zhou Wei", 0, "销售 sales", "139 0000 0091", "zhou.wei@example.com"),
    ("Anna Fischer", 0, "销售 sales", "139 0000 0092", "anna.fischer@example.com"),
    ("何敏", 0, "客服 service desk", "010-5550 0090", "hemin@example.com"),
    ("Ravi Shah", 0, "技术服务 technical service", "139 0000 0093", "ravi.shah@example.com"),
    ("梁宝山", 0, "仓储配送 warehouse and delivery", "139 0000 0097", "liang.baoshan@example.com"),
    ("金玉兰", 0, "财务 accounts", "139 0000 0098", "jin.yulan@example.com"),
    ("Sun Yue", 1, "客服 service desk", "139 0000 0094", "sun.yue@example.com"),
    ("Marta Novak", 2, "销售 sales", "139 0000 0095", "marta.novak@example.com"),
    ("高建国", 3, "总经办 management", "139 0000 0096", "gao.jianguo@example.com"),
)
