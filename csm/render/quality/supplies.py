"""Which command records what a figure is made of, for reports that miss it (source: handbook 10.3)."""

from __future__ import annotations

from typing import Final

CUSTOMERS_SCORES: Final = "csm survey add REF --expect 6,7,6,6,7 --perceive 5,6,6,5,7"
MANAGERS_SCORES: Final = "csm survey add --respondent manager --expect 6,7,6,6,7"
STANDARD: Final = "csm config set standard.reliability 6"
PURCHASE: Final = "csm sale add REF PRODUCT --amount 1200"
PROMISE: Final = 'csm promise add REF "bring the spare key" --by fri'

# By section, and by section.figure where a figure needs more than its section does.
SUPPLIES: Final = {
    "servqual": CUSTOMERS_SCORES,
    "servqual.servperf": "csm survey add REF --perceive 5,6,6,5,7",
    "csat": "csm survey add REF --csat 5",
    "nps": "csm survey add REF --nps 9",
    "complaints": "csm complaint open REF SUMMARY",
    "complaints.per_100_customers": PURCHASE,
    "complaints.founded": "csm complaint judge ID",
    "complaints.first_response_median_h": "csm complaint respond ID TEXT",
    "complaints.first_response_p90_h": "csm complaint respond ID TEXT",
    "complaints.resolution_median_h": "csm complaint implement ID",
    "complaints.resolution_p90_h": "csm complaint implement ID",
    "complaints.total_resolution_median_h": "csm complaint implement ID",
    "complaints.total_resolution_p90_h": "csm complaint implement ID",
    "complaints.satisfaction": "csm complaint close ID --satisfaction 5",
    "callbacks": "csm callback add REF --on fri",
    "callbacks.reached": "csm callback done ID TEXT",
    "callbacks.satisfaction": "csm callback done ID TEXT -s 5",
    "promises": PROMISE,
    "retention": PURCHASE,
    "heart": PURCHASE,
    "heart.happiness": "csm survey add REF --csat 5",
    "heart.task_success": "csm complaint implement ID",
    "gaps": CUSTOMERS_SCORES,
    "gaps.gap_1": MANAGERS_SCORES,
    "gaps.gap_2": STANDARD,
    "gaps.gap_3": "csm complaint open REF SUMMARY",
    "gaps.gap_4": "csm complaint close ID --satisfaction 5",
    "gaps.deadlines_met": "csm complaint open REF SUMMARY",
    "gaps.deliveries_met": "csm sale add REF PRODUCT --amount 1200 --delivery +3d",
    "gaps.promises_kept": PROMISE,
}
# What the records that are there already still need.
NEXT: Final = {
    "complaints.first_response_met": "csm complaint respond ID TEXT",
    "complaints.resolution_met": "csm complaint implement ID",
    "complaints.bought_again": PURCHASE,
}


def supply(section: str, name: str = "", *, begun: bool = False) -> str:
    """Return the command that records what a section, or one figure of it, is made of.

    begun: the section has records already, of which this figure needs more.
    """
    figure = f"{section}.{name}"
    return (NEXT.get(figure) if begun else None) or SUPPLIES.get(figure) or SUPPLIES[section]
