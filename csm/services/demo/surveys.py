"""What customers of the made-up district said in surveys, what our managers think they expect, and of a competitor.

Those of the month before came in on paper and were typed in later; scores are as they stand on the forms. A chapter of
its own and played last, with two complaints of the same kind as before, so that it takes no number of those before.
"""

from __future__ import annotations

from typing import Final

from csm.services.demo.tables import Asked, Complained, Quarter, Settled, Surveyed

# A table: one survey is a line or two, not ten.
# fmt: off

_ANNA: Final = "Anna Fischer"
_CHEN: Final = "Chen Lan"
_ZHOU: Final = "Zhou Wei"
_RAVI: Final = "Ravi Shah"
_MARTA: Final = "Marta Novak"
_SUN: Final = "Sun Yue"
_RIVAL: Final = "城北批发 Northside Wholesale"

# On paper, the month before: 36 to 54 days ago.
_BEFORE: Final = (
    Surveyed("tea", 26, "6,7,6,6,7", "6,5,6,6,6", csat=4, nps=9, days=36, by=_CHEN, model=(6, 6, 4, 6)),
    Surveyed("hotel", 26, "6,7,7,7,6", "6,5,5,6,6", csat=3, nps=6, days=37, by=_CHEN, model=(5, 4, 5, 4),
             comment="送货总在变 the delivery time keeps changing"),
    Surveyed("pharmacy", 26, "5,7,6,6,5", "6,6,5,6,5", csat=4, nps=8, days=39, by=_CHEN, model=(5, 5, 3, 5)),
    Surveyed("mart", 26, "5,7,7,6,6", "5,5,6,6,6", csat=4, nps=8, days=41, by=_ZHOU, model=(5, 5, 5, 5)),
    Surveyed("cafe", 26, "6,6,6,6,7", "6,5,6,6,7", csat=5, nps=10, days=44, by=_ZHOU, model=(6, 6, 2, 6)),
    Surveyed("canteen", 26, "5,7,6,6,5", "5,4,5,6,5", csat=3, nps=5, days=47, by=_ANNA, model=(4, 4, 6, 4)),
    Surveyed("dental", 26, "6,7,6,7,6", "6,6,6,6,6", csat=4, nps=9, days=50, by=_ANNA, model=(6, 6, 4, 6)),
    Surveyed("beehive", 26, "5,6,6,5,6", "5,5,5,5,6", csat=4, nps=7, days=54, by=_ANNA),
)

_MONTH: Final = (
    Surveyed("tea", 15, "6,7,6,6,7", "6,6,6,6,7", csat=5, nps=10, by=_CHEN, model=(6, 6, 4, 7),
             comment="会员价很好，送货也比以前准 the member price is good, and deliveries come on time now"),
    Surveyed("hotel", 12, "6,7,7,7,6", "6,5,6,6,6", csat=4, nps=7, by=_CHEN, case="carriers", model=(5, 5, 5, 5),
             comment="道歉很诚恳，希望不会再有第二次 the apology was sincere; once was enough"),
    Surveyed("pharmacy", 11, "5,7,6,6,5", "6,6,5,6,6", csat=4, nps=9, by=_CHEN, model=(6, 5, 3, 6)),
    Surveyed("bakery", 9, "5,6.5,6,6,6", "5,5.5,6,6,6", csat=4, nps=8, by=_CHEN, model=(5, 5, 4, 6)),
    Surveyed("clinic", 3, "6,7,7,7,6", "6,4,5,6,6", csat=2, nps=4, by=_CHEN, case="gloves late", model=(4, 3, 5, 3),
             weights="5,50,25,15,5",
             comment="手套晚了两天，护士只好去借 gloves two days late; the nurses had to borrow some"),
    Surveyed("gym", 16, "", "6,5,4,6,6", csat=4, nps=8, by=_RAVI, case="tomorrow",
             comment="答应明天就该是明天 tomorrow should mean tomorrow"),
    Surveyed("cafe", 10, "6,6,6,6,7", "7,6,6,6,7", csat=5, nps=10, by=_ZHOU, model=(7, 7, 2, 7)),
    Surveyed("mart", 8, "5,7,7,6,6", "5,5,6,6,5", csat=4, nps=6, by=_ZHOU, model=(5, 5, 5, 4)),
    Surveyed("kindergarten", 6, "6,7,6,7,7", "6,6,6,7,7", csat=5, nps=9, by=_ZHOU, model=(6, 6, 4, 6)),
    # On the form with the 22 questions.
    Surveyed("riverview", 13, "7776 77767 6767 7677 67666", "6665 55464 5556 6666 66556", csat=4, nps=8, by=_ZHOU,
             model=(5, 5, 6, 5)),
    Surveyed("hotpot", 7, "5655 77676 6666 6666 66656", "6656 64565 6566 6666 66666", csat=4, nps=9, by=_ZHOU),
    Surveyed("canteen", 14, "5555 77777 6666 6666 55555", "5555 43454 5455 6666 55455", csat=3, nps=5, by=_ANNA),
    Surveyed("school2", 5, "6666 77767 6767 7777 67676", "6666 56556 6666 7667 66666", csat=4, nps=9, by=_ANNA,
             model=(6, 5, 5, 6)),
    Surveyed("dental", 4, "6676 77777 6666 7777 66-66", "6666 66656 6656 7676 66-66", csat=4, nps=9, by=_ANNA),
    # What our own think that customers expect, and how a competitor is found.
    Surveyed("", 17, "6,6,7,6,6", "", respondent="manager", by=_MARTA),
    Surveyed("", 17, "5,6,6,6,7", "", respondent="manager", by=_SUN),
    Surveyed("wholesale", 10, "5,7,6,5,5", "4,6,5,5,4", subject=_RIVAL, by=_ANNA, comment="更便宜 cheaper"),
    Surveyed("furniture", 9, "6,7,6,6,6", "5,6,5,5,5", subject=_RIVAL, by=_ANNA),
    Surveyed("noodles", 8, "5,6,6,5,6", "5,6,6,5,5", subject=_RIVAL, by=_CHEN),
)

# The same again, weeks after 'tomorrow' had been said three times.
_AGAIN: Final = (
    Complained("tomorrow again", "gym", 5, "16:40", "收据又说“明天”给 'tomorrow' again, this time for a receipt",
               {"content": "service", "problem": "staff-attitude", "want": "respect", "channel": "phone"}, live=True,
               settled=Settled("道歉，收据当场发出 sorry; the receipt went out while he was on the phone", "process",
                               "company"), by=_ZHOU),
    Asked("tomorrow again", 2, "10:30", "'Two minutes. Why not at once?'", 3,
          "收据当场发出；为什么要等他再打一次 sent in two minutes; why only when he rings?", by=_ZHOU),
    Complained("napkins late", "hotpot", 4, "11:20",
               "纸巾晚到一天，中午靠借 napkins a day late, we borrowed some for lunch",
               {"content": "service", "problem": "late-delivery", "want": "fast", "channel": "phone"}, live=True,
               settled=Settled("道歉，两小时内送到 sorry; they were there within two hours", "process",
                               "company"), by=_ZHOU),
    Asked("napkins late", 1, "11:00", "两小时倒是真快 two hours was quick, to be fair", 4,
          "晚一天，补送两小时到 a day late, then two hours", by=_ZHOU),
)

SURVEYS: Final = Quarter(_SUN, "", (), (*_BEFORE, *_MONTH, *_AGAIN), last=True)
