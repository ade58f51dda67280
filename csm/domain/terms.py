"""The closed lists of values of the work, in the order of the handbook's label list (handbook 14).

Values are the stable English ones; their Chinese labels are in the catalogue under the list's name as context.
"""

from __future__ import annotations

from typing import Final

TERMS: Final[dict[str, tuple[str, ...]]] = {
    "customer_kind": ("company", "person"),
    "customer_status": ("prospect", "active", "dormant", "lost", "won-back"),
    "size": ("small", "medium", "large"),
    "grade": ("A", "B", "C"),
    "relationship": ("basic", "reactive", "accountable", "proactive", "partnership"),
    "attitude": ("supportive", "neutral", "cool"),
    "channel": ("phone", "visit", "wechat", "email", "letter", "in-person", "hotline", "online", "suggestion-box"),
    "direction": ("outgoing", "incoming"),
    "purpose": (
        "usage",
        "reconcile",
        "documents",
        "volume",
        "training",
        "offer",
        "news",
        "thanks",
        "delivery",
        "installation",
        "satisfaction",
        "payment",
        "care",
        "maintenance",
        "other",
    ),
    "outcome": ("reached", "no-answer", "postponed", "refused"),
    "callback_status": ("open", "done", "skipped", "cancelled"),
    "objection": ("false-objection", "not-understood", "quality", "price", "not-now"),
    "sign_off": ("department-manager", "general-manager", "finance-manager", "cashier"),
    "origin": ("manual", "series", "cadence", "route", "next", "log"),
    "due_kind": ("callback", "reminder", "birthday"),
    "level": ("0", "1", "2", "3"),
    "holiday_kind": ("holiday", "workday"),
    "yes_no": ("yes", "no"),
    "operation": ("insert", "update", "delete"),
}
