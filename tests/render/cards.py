"""Cards and due items for the tests: an ordinary full one, a bare one, and one with everything hard in it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from csm.domain.callback.record import CALLBACK
from csm.domain.complaint.record import COMPLAINT
from csm.domain.customer.card import Card, PaymentState, Rhythm, missing
from csm.domain.customer.record import CONTACT, CUSTOMER, NOTE
from csm.domain.promise.record import PROMISE
from csm.domain.sale.record import SALE, UNPAID
from csm.domain.service.record import SERVICE
from csm.domain.time.calendar import Calendar, read_spans
from csm.storage.complaint.rows import Warned
from csm.storage.day.due import Day, Item

TODAY: Final = date(2026, 11, 21)  # a Saturday
NOW: Final = "2026-11-21T02:00:00Z"  # 10:00 in Shanghai
CALENDAR: Final = Calendar(read_spans("mon-sat 09:00-12:00 13:00-18:00"), frozenset(), frozenset())

HARD_TEXT: Final = "[/foo] [bold] :smile: \x1b[31mESC \u202ebidi <b>&amp;</b> | pipe\nline 2"


def _record(fields: Any, values: dict[str, Any]) -> dict[str, Any]:
    return {**dict.fromkeys([field.name for field in fields]), **values}


def _customer(**values: Any) -> dict[str, Any]:
    plain = {
        "id": 12,
        "kind": "company",
        "status": "active",
        "open_complaints": 0,
        "balance": 0,
        "created_at": "2025-03-01T02:00:00Z",
        "updated_at": "2026-11-20T08:30:00Z",
        "do_not_contact": 0,
    }
    return _record(CUSTOMER, {**plain, **values})


def _callback(**values: Any) -> dict[str, Any]:
    plain = {
        "customer_id": 12,
        "customer": "x",
        "direction": "outgoing",
        "channel": "phone",
        "tries": 0,
        "from_done": 0,
    }
    return _record(CALLBACK, {**plain, **values})


def complaint(**values: Any) -> dict[str, Any]:
    plain = {
        "customer_id": 12,
        "customer": "金龙大酒店",
        "level": "complaint",
        "severity": "general",
        "step": "record",
        "next_step": "judge",
        "status": "open",
        "escalation_level": 0,
        "received_at": "2026-11-18T08:00:00Z",
        "reopened": 0,
        "overdue": 0,
    }
    return _record(COMPLAINT, {**plain, **values})


def promise(**values: Any) -> dict[str, Any]:
    plain = {"customer_id": 12, "customer": "金龙大酒店", "direction": "ours", "status": "open"}
    return _record(PROMISE, {**plain, **values})


LI: Final = _record(
    CONTACT,
    {
        "id": 5,
        "customer_id": 12,
        "customer": "金龙大酒店",
        "name": "李娜",
        "role": "采购经理 (buyer)",
        "phone": "138 0013 8000;010-8888 6667",
        "email": "li.na@golden-dragon.example",
        "wechat": "lina_88",
        "birthday": "1985-03-12",
        "sign_off": "finance-manager",
        "remarks": "prefers to be called Anna; speaks English",
        "family": "two children, 小明 and 小红",
        "hobbies": "钓鱼, badminton",
        "customs": "no pork",
    },
)
ZHAO: Final = _record(
    CONTACT,
    {
        "id": 6,
        "customer_id": 12,
        "customer": "金龙大酒店",
        "name": "赵师傅",
        "phone": "+86 139-1111-2222",
        "birthday": "--12-01",
    },
)

LATE: Final = _callback(
    id=31, phone="138 0013 8000", contact="李娜", purpose="usage", channel="visit", status="open", due_on="2026-11-18",
    tries=3, every="30d",
    note="问一下新装的炸炉好不好用，油温是否稳定，有没有异味；如果需要就约技术员上门检查一次，顺便带上春季的样品目录",
)  # fmt: skip
TODAYS: Final = _callback(
    id=32, phone="010-8888 6666", purpose="payment", status="open", due_on="2026-11-21", note="October bill, 12,300.00"
)
LATER: Final = _callback(
    id=33, phone="010-8888 6666", purpose="care", channel="wechat", status="open", due_on="2026-12-24", every="1y"
)
PAST: Final = _callback(
    id=20, phone="138 0013 8000", contact="李娜", purpose="delivery", status="done", due_on="2026-10-20",
    outcome="reached", done_at="2026-10-20T03:00:00Z", done_on="2026-10-20", satisfaction=4, objection="price",
    suggestion="deliver before 9",
    note="delivered complete; one carton was wet on the outside, nothing damaged, the driver waited until everything "
    "was checked, and the kitchen is happy with the new packaging",
)  # fmt: skip
INCOMING: Final = _callback(
    id=19, phone="010-8888 6666", purpose="other", channel="hotline", direction="incoming", status="done",
    due_on="2026-09-02", done_on="2026-09-02", done_at="2026-09-02T03:00:00Z", outcome="refused", satisfaction=2,
)  # fmt: skip
CASE_LATE: Final = complaint(
    id=12, severity="serious", problem="late-delivery", summary="送货晚了三天，两箱受潮", next_step="analyse", step="assign",
    escalation_level=1, owner="wang", next_clock="proposal", next_due_at="2026-11-20T08:00:00Z", overdue=1,
)  # fmt: skip
CASE_TODAY: Final = complaint(
    id=14, level="grievance", next_step="close", summary="the new driver doesn't ring the bell",
    received_at="2026-11-20T08:00:00Z", next_clock="first-response", next_due_at="2026-11-21T08:00:00Z",
)  # fmt: skip
CASE_WAITING: Final = complaint(
    id=13, status="waiting", summary="October bill counts one delivery twice", problem="other", step="assign",
    next_step="analyse", waiting_since="2026-11-19T02:00:00Z", waiting_for="their copy of the delivery note",
)  # fmt: skip
CASE_CLOSED: Final = complaint(
    id=5, severity="serious", status="closed", summary="carton wet on the outside", problem="goods-damaged",
    step="close", next_step=None, received_at="2026-09-01T17:30:00Z", closed_at="2026-09-04T03:00:00Z", satisfaction=4,
    compensation=15000,
)  # fmt: skip
PROMISE_LATE: Final = promise(
    id=3, text="ring back with the day of the new delivery", in_charge="wang", due_at="2026-11-21T01:00:00Z",
    complaint_id=12, origin="reply-by",
)  # fmt: skip
PROMISE_TODAY: Final = promise(
    id=7, text="bring the spring catalogue", in_charge="li", due_at="2026-11-21T10:00:00Z", compensation=5000
)
THEIRS_LATE: Final = promise(
    id=4, text="十月账单的一半", direction="theirs", in_charge="wang", due_at="2026-11-13T10:00:00Z"
)
THEIRS_LATER: Final = promise(
    id=6, text="十月账单的另一半", direction="theirs", in_charge="wang", due_at="2026-12-13T10:00:00Z"
)
PROMISE_KEPT: Final = promise(
    id=2, text="a second fryer on trial", status="late", due_at="2026-08-31T10:00:00Z", kept_at="2026-09-01T17:30:00Z",
    ended_text="the van had broken down",
)  # fmt: skip
PINNED: Final = _record(
    NOTE,
    {"id": 4, "customer_id": 12, "customer": "金龙大酒店", "noted_at": "2026-01-05T17:30:00Z", "by": "wang",
     "pinned": 1, "text": "后门送货，前门不让停车。"},
)  # fmt: skip
REMINDER: Final = _record(
    NOTE,
    {"id": 9, "customer_id": 12, "customer": "金龙大酒店", "noted_at": "2026-11-10T01:00:00Z", "by": "li", "pinned": 0,
     "remind_on": "2026-11-21", "text": "asks for the spring catalogue"},
)  # fmt: skip

_FULL: Final = _customer(
    code="GD-01", name="金龙大酒店", short_name="金龙", grade="A", key_account="largest buyer in the street",
    relationship="partnership", owner="wang", region="East", industry="catering", revenue=1234567800,
    credit_limit=5000000, phone="010-8888 6666", email="office@golden-dragon.example", route="East loop", route_order=3,
    tags="夜宵;vip", last_contact_on="2026-10-20", next_callback_on="2026-11-18",
    address="朝阳区建国路88号院金龙大厦1层", terms="monthly+30", supply_stopped="two bills open",
    attitude="supportive", category_spend=9900000,
    contract_end_on="2027-01-31", receiving_hours="07:00-09:00", goods_place="cold room behind the kitchen",
    parking="back door, ask 赵师傅", visit_every="30d", best_time="14:00-16:30", channel="visit",
    reviewed_on="2026-08-01", completeness=83,
)  # fmt: skip

FULL: Final = Card(
    _FULL,
    {"VAT": "12345", "营业执照": "91110105MA01"},
    [LI, ZHAO],
    [LATE, TODAYS, LATER],
    [PAST, INCOMING],
    [CASE_LATE, CASE_TODAY, CASE_WAITING, CASE_CLOSED],
    [THEIRS_LATE, PROMISE_LATE, PROMISE_TODAY, THEIRS_LATER, PROMISE_KEPT],
    [PINNED, REMINDER],
    missing({**_FULL, "contacts": [LI]}),
    "zhao",
    14,
    NOW,
)

_BARE: Final = _customer(id=7, name="Corner shop", status="prospect", kind="person", completeness=8)
BARE: Final = Card(_BARE, {}, [], [], [], [], [], [], missing(_BARE), None, None, NOW)

_HARD: Final = _customer(
    id=8, name=f"=SUM(A1) {HARD_TEXT}", code="-2+3", short_name="\u200b", key_account=HARD_TEXT, tags="a<b;\x1b",
    owner="o\u202e", region=HARD_TEXT, do_not_contact=1, relationship="proactive", address="x" * 130, completeness=33,
)  # fmt: skip
HARD: Final = Card(
    _HARD,
    {"k\x1b": HARD_TEXT, "a very long name of an own field that folds": "1"},
    [
        {
            **LI,
            "name": HARD_TEXT,
            "role": HARD_TEXT,
            "phone": "12345678901234567890\x07",
            "family": HARD_TEXT,
            "wechat": None,
        }
    ],
    [{**LATE, "note": HARD_TEXT, "contact": HARD_TEXT, "phone": "1" * 20}],
    [{**PAST, "note": HARD_TEXT + "很" * 200, "contact": HARD_TEXT, "suggestion": HARD_TEXT}],
    [
        {**CASE_LATE, "summary": HARD_TEXT},
        {**CASE_WAITING, "summary": "长" * 60, "waiting_for": HARD_TEXT},
        {**CASE_CLOSED, "summary": HARD_TEXT, "status": "unresolved"},
    ],
    [
        {**PROMISE_LATE, "text": HARD_TEXT + " {detail}", "in_charge": HARD_TEXT},
        {**THEIRS_LATE, "text": HARD_TEXT},
        {
            **PROMISE_KEPT,
            "text": HARD_TEXT,
            "in_charge": HARD_TEXT,
            "ended_text": HARD_TEXT,
            "status": "broken",
            "kept_at": None,
        },
    ],
    [{**REMINDER, "text": HARD_TEXT, "by": HARD_TEXT}],
    missing({**_HARD, "contacts": [LI]}),
    "d\x9b",
    30,
    NOW,
)


def sale(**values: Any) -> dict[str, Any]:
    plain = {"customer_id": 12, "customer": "金龙大酒店", "quantity": 1.0, "paid": 0, "status": "open", "install": 0}
    return _record(SALE, {**plain, **values})


def service(**values: Any) -> dict[str, Any]:
    plain = {"customer_id": 12, "customer": "金龙大酒店", "kind": "visit", "phase": "after", "paid": 0, "not_met": 0}
    return _record(SERVICE, {**plain, **values})


OVEN: Final = sale(
    id=1, product="Combi oven", bill="B-0815", amount=1200000, paid=400000, balance=800000, sold_on="2026-08-15",
    due_on="2026-09-15", days_late=67, delivery_on="2026-08-20", delivered_on="2026-08-20",
)  # fmt: skip
TRAYS: Final = sale(
    id=2, product="Baking trays", bill="B-0918", quantity=40.0, amount=320050, balance=320050, sold_on="2026-09-18",
    due_on="2026-10-18", days_late=34, delivery_on="2026-11-19",
)  # fmt: skip
PROOFER: Final = sale(
    id=3, product="Proofer with a name so long that it folds, 16 trays", amount=980000, balance=980000,
    sold_on="2026-10-01", due_on="2026-12-01", days_late=-10, delivery_on="2026-11-21",
)  # fmt: skip
SLICER: Final = sale(
    id=5, product="Slicer", amount=90000, paid=90000, balance=-90000, sold_on="2026-07-04", due_on="2026-07-04",
    status="cancelled", cancelled_on="2026-07-10",
)  # fmt: skip
MIXER: Final = sale(
    id=4, product="Mixer", amount=500000, paid=500000, balance=0, sold_on="2026-06-01", due_on="2026-06-01",
    status="paid", delivered_on="2026-06-01",
)  # fmt: skip
OLDEST: Final = _record(
    UNPAID,
    {**{name: OVEN[name] for name in ("id", "product", "bill", "amount", "paid", "balance", "sold_on", "due_on")},
     "days_late": 67, "band": "61-90", "waits_for": "finance-manager", "since": "2026-10-05", "contact": "李娜",
     "phone": "138 0013 8000", "asked": OVEN["balance"]},
)  # fmt: skip
TOLD: Final = service(
    id=3, kind="delivery", phase="during", done_on="2026-11-19", by="wang", message="the second oven goes to the branch",
    note="left at the back door",
)  # fmt: skip
REPAIRED: Final = service(
    id=2, kind="repair", done_on="2026-10-19", by="li", paid=15000, not_met=1, message="wants a new door",
    message_done_on="2026-10-20", message_answer="ordered",
)  # fmt: skip
LOSS: Final = {
    "id": 1, "customer_id": 12, "lost_on": "2025-05-01", "kind": "competitor", "cause": "price", "by": "wang",
    "text": "ten per cent cheaper", "won_back_on": "2025-08-01", "won_back_text": "a new price list",
    "won_back_by": None, "created_at": "2025-05-01T02:00:00Z",
}  # fmt: skip
# 8,000.00 and 3,200.50 are late, 9,800.00 isn't due; less 900.00 to be paid back that makes 20,100.50.
PAYMENT: Final = PaymentState(
    [("not-due", 980000), ("31-60", 320050), ("61-90", 800000)],
    2,
    1120050,
    OLDEST,
    [("credit-note", 5, 90000)],
    sets_off=True,
)
_TRADED: Final = {**_FULL, "balance": 2010050, "credit_limit": 2000000, "contract_end_on": "2026-12-20"}
TRADED: Final = Card(
    _TRADED, {}, [LI], [], [], [], [THEIRS_LATER], [], [], None, None, NOW,
    messages=[TOLD], sales=[OVEN, TRAYS, PROOFER, SLICER, MIXER], undelivered=[TRAYS, PROOFER], owed=PAYMENT,
    services=[TOLD, REPAIRED], losses=[LOSS], rhythm=Rhythm(34.0, date(2026, 10, 1), 51, 2, False), contract_lead=30,
)  # fmt: skip

_ARCHIVED: Final = {**_BARE, "archived_on": "2026-05-01", "name": "Gone Ltd."}
ARCHIVED: Final = Card(_ARCHIVED, {}, [], [], [], [], [], [], missing(_ARCHIVED), None, None, NOW)


# --- due items ------------------------------------------------------------------------------------------------


def item(**values: Any) -> Item:
    plain = dict.fromkeys(Item.__annotations__)
    return Item(**{**plain, "kind": "callback", "id": 1, "customer_id": 12, "customer": "x", "tries": 0, **values})


_AT_DRAGON: Final = {"customer": "金龙大酒店", "contact": "李娜", "phone": "138 0013 8000", "owner": "wang"}

VISIT: Final = item(
    **_AT_DRAGON, id=31, term="usage", channel="visit", due_on="2026-11-18", tries=3, route="East loop", route_order=3,
    detail="问一下新装的炸炉好不好用，油温是否稳定，有没有异味", last_said="送货完整，一箱外包装受潮，没有损坏",
)  # fmt: skip
SWITCHBOARD: Final = item(
    id=7, customer_id=40, customer="Yellow River Machine Tools Manufacturing Company Limited",
    phone="+86 (0371) 6777-8888", contact="Purchasing department, third floor", term="payment", channel="phone",
    due_on="2026-11-20", owner="li",
    detail="October bill, 12,300.00; ask for the finance manager and not for the cashier, who is new", tries=1,
    last_said="they said the bill is with the general manager and that he travels until Wednesday",
)  # fmt: skip
EVIL: Final = item(
    id=8, customer_id=41, customer=f"=SUM(A1) {HARD_TEXT}", contact=HARD_TEXT, phone="1234567890\x07", term="other",
    channel="email", detail=HARD_TEXT, due_on="2026-11-21", owner="o\u202e", last_said="\x1b]0;title\x07" + HARD_TEXT,
)  # fmt: skip
NUMBERLESS: Final = item(
    id=9, customer_id=42, customer="Corner shop", term="care", channel="wechat", due_on="2026-11-21", owner="wang"
)
ROUTED: Final = item(
    id=10, customer_id=43, customer="王记百货商店", contact="王记百货商店", phone="010-6543 2100", term="volume",
    channel="visit", due_on="2026-11-21", owner="wang", route="East loop", route_order=12,
)  # fmt: skip
REMINDED: Final = item(
    **_AT_DRAGON, kind="reminder", id=9, detail="asks for the spring catalogue", due_on="2026-11-21",
)  # fmt: skip
BORN: Final = item(**_AT_DRAGON, kind="birthday", id=5, detail="李娜", due_on="2026-11-27", birthday="1985-11-27")
BORN_SOME_YEAR: Final = item(
    kind="birthday", id=6, customer="金龙大酒店", detail="赵师傅", due_on="2026-11-22", birthday="--11-22",
    phone="+86 139-1111-2222", contact="赵师傅",
)  # fmt: skip

PAGE: Final = Day(
    TODAY,
    3,
    None,
    [VISIT, SWITCHBOARD],
    [EVIL, NUMBERLESS, ROUTED, REMINDED],
    [BORN_SOME_YEAR, BORN],
    [VISIT, ROUTED],
    5,
)
MINE: Final = Day(TODAY, 3, "wang", [VISIT], [ROUTED, REMINDED], [BORN_SOME_YEAR], [], 1)
QUIET: Final = Day(TODAY, 3, "wang", [], [], [], [], 0)
EMPTY_DIARY: Final = Day(TODAY, 0, "wang", [], [], [], [], 21)

_CASE: Final = {**_AT_DRAGON, "id": 12}

RESPONSE: Final = item(
    **_CASE, kind="first-response", term="serious", detail="空调第三次送错型号", due_on="2026-11-20",
    due_at="2026-11-20T08:00:00Z", level=1, last_said="very angry, wants a name",
)  # fmt: skip
RESOLUTION: Final = item(
    **_CASE, kind="resolution", term="general", detail=HARD_TEXT, due_on="2026-11-17", due_at="2026-11-17T02:00:00Z",
    level=0,
)  # fmt: skip
THEIRS: Final = item(
    **_AT_DRAGON, kind="promise", id=4, term="theirs", detail="the second part, 4,000.00", due_on="2026-11-21",
    due_at="2026-11-21T01:30:00Z",
)  # fmt: skip
OURS: Final = item(
    **_AT_DRAGON, kind="promise", id=5, term="ours", detail="call back with the date of delivery", due_on="2026-11-21",
    due_at="2026-11-21T08:00:00Z", level=1,
)  # fmt: skip
APPROVAL: Final = item(
    kind="approval", id=13, customer="Corner shop", phone="010-5550 0009", detail="late for the third time",
    due_on="2026-11-20", owner="zhou", level=0,
)  # fmt: skip
PREVENTION: Final = item(
    **_CASE, kind="prevention", detail="the driver gets a list of receiving hours", due_on="2026-11-21"
)  # fmt: skip
TECHNICIAN: Final = item(
    **_CASE, kind="technician", term="malicious", detail="the oven trips the fuse", due_on="2026-11-21",
    due_at="2026-11-21T10:00:00Z", level=2,
)  # fmt: skip
PROPOSAL: Final = item(
    **_CASE, kind="proposal", term="general", detail="the oven trips the fuse", due_on="2026-11-23",
    due_at="2026-11-23T03:00:00Z", level=0,
)  # fmt: skip

CASES: Final = Day(
    TODAY,
    3,
    None,
    [RESOLUTION, APPROVAL, RESPONSE, THEIRS],
    [PREVENTION, OURS, TECHNICIAN, REMINDED],
    [PROPOSAL],
    [],
    0,
    NOW,
    [
        Warned("late-delivery", None, 7, [3, 7, 9, 12, 13, 14, 15]),
        Warned("staff-attitude", None, 3, [1, 2, 4]),
        Warned(None, "烘焙, trays", 3, [1, 4, 9]),
    ],
    30,
    [12, 15],
    [(4, "2026-11-18")],
)
