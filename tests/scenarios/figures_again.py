"""The figures of service quality worked out a second time, with nothing of csm: plain Python on files of `csm export`.

Written from handbook 6.5, 7, 9.4 and 10, not from the code. A figure here is a pair: what it came to (None where it is
a share or a mean of nothing) and of how many it was made; a count is made of itself.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta

from tests.scenarios.books_again import (
    Books,
    Figures,
    Row,
    active,
    bought,
    count,
    day,
    hours,
    mean,
    percentile,
    share,
    within,
)
from tests.scenarios.surveys_again import DIMENSIONS, both, csat, main_scale, nps, own, score, servqual

Pareto = list[tuple[str | None, int]]

# Which events answer a clock; what else ended it, stopped it.
ANSWERS = {
    "first-response": ("record", "respond"),
    "technician": ("respond",),
    "proposal": ("propose",),
    "resolution": ("implement", "close"),
}
DUES = {
    "first-response": "first_response_due",
    "technician": "technician_due",
    "proposal": "proposal_due",
    "resolution": "resolution_due",
}


# --- Cases (handbook 6.5 and 10.2)


def received(books: Books, first: date, last: date, level: str = "complaint") -> list[Row]:
    """Return the complaints, or grievances, received in the period."""
    return [case for case in within(books.complaints, "received_at", first, last) if case["level"] == level]


def happened(case: Row, *steps: str) -> list[Row]:
    """Return the events of these steps, in their order."""
    return [event for event in case["events"] if event["step"] in steps]


def clocks(case: Row, now: datetime) -> dict[tuple[str, int], str]:
    """Return each clock of a case, by its name and round: met, missed or running; one that was stopped isn't there."""
    verdicts = dict[tuple[str, int], str]()
    ended = set[tuple[str, int]]()
    for event in case["events"]:
        for name, due in event["data"].get("dues", {}).items():
            clock, number = name.split()
            ended.add((clock, int(number)))
            if event["step"] in ANSWERS[clock]:
                met = datetime.fromisoformat(event["at"]) <= datetime.fromisoformat(due)
                verdicts[clock, int(number)] = "met" if met else "missed"
    for event in happened(case, "miss"):
        if event["data"]["clock"] in DUES:  # not that of a promise, which has its own section
            verdicts[event["data"]["clock"], int(event["data"]["number"])] = "missed"
    for clock, column in DUES.items():
        last = (clock, 1 + int(case["reopened"]) if clock == "resolution" else 1)
        if case[column] and case["status"] in ("open", "waiting") and last not in ended and last not in verdicts:
            paused = case["waiting_since"] and clock in ("proposal", "resolution")
            late = not paused and datetime.fromisoformat(case[column]) < now
            verdicts[last] = "missed" if late else "running"
    return verdicts


def judged(case: Row, clock: str, now: datetime) -> str | None:
    """Return the verdict on all rounds of a clock: missed once is missed; None where it was stopped."""
    found = [verdict for (name, _), verdict in clocks(case, now).items() if name == clock]
    return next((verdict for verdict in ("missed", "running", "met") if verdict in found), None)


def in_time(verdicts: Iterable[str | None]) -> tuple[float | None, int]:
    """Return the share met; what still runs isn't counted."""
    counted = [verdict for verdict in verdicts if verdict in ("met", "missed")]
    return share((verdict for verdict in counted if verdict == "met"), counted)


def resolutions(case: Row) -> list[Row]:
    """Return the steps 7 that were a resolution: "not yet" isn't one."""
    return [event for event in happened(case, "implement") if event["data"]["outcome"] != "not-yet"]


def taken(case: Row, until: str) -> float:
    """Return the working hours from the recording of a case."""
    return hours(datetime.fromisoformat(case["received_at"]), datetime.fromisoformat(until))


def repeated(case: Row, cases: list[Row]) -> bool:
    """Say whether the customer had complained about the same problem within the 90 days before; other is no problem."""
    if case["problem"] == "other":
        return False
    at = datetime.fromisoformat(case["received_at"])
    return any(
        timedelta(0) < at - datetime.fromisoformat(other["received_at"]) <= timedelta(90)
        for other in cases
        if (other["customer_id"], other["problem"], other["level"])
        == (case["customer_id"], case["problem"], "complaint")
    )


def came_back(books: Books, cases: list[Row]) -> tuple[float | None, int]:
    """Return the share of those who complained that bought again within 90 days, the day itself not counted."""
    back = set[str]()
    for case in cases:
        on = day(case["received_at"])
        again = bought(books, on + timedelta(1), on + timedelta(90))
        back |= {sale["customer_id"] for sale in again} & {case["customer_id"]}
    return share(back, {case["customer_id"] for case in cases})


def complaints(books: Books, first: date, last: date) -> Figures:
    """Work out what the complaints of a period came to."""
    cases, now = received(books, first, last), books.now
    customers = len(active(books, first))
    waited = [case for case in cases if not case["live"]]
    answered = [taken(case, case["first_response_at"]) for case in waited if case["first_response_at"]]
    solved = [case for case in cases if resolutions(case)]
    once = [taken(case, resolutions(case)[0]["at"]) for case in solved]
    # Of a case that was opened again it isn't known before the next remedy.
    ended = [case for case in solved if happened(case, "reopen", "implement", "close")[-1]["step"] != "reopen"]
    in_all = [taken(case, resolutions(case)[-1]["at"]) for case in ended]
    moved = {case["id"]: {event["data"]["how"] for event in happened(case, "escalate")} for case in cases}
    return {
        "n": count(cases),
        "per_100_customers": (len(cases) / customers * 100 if customers else None, customers),
        "founded": share(
            (case for case in cases if case["founded"] == "founded"), (case for case in cases if case["founded"])
        ),
        "first_response_met": in_time(judged(case, "first-response", now) for case in waited),
        "first_response_median_h": percentile(answered, 0.5),
        "first_response_p90_h": percentile(answered, 0.9),
        "resolution_met": in_time(judged(case, "resolution", now) for case in cases),
        "resolution_median_h": percentile(once, 0.5),
        "resolution_p90_h": percentile(once, 0.9),
        "reopened": count(case for case in cases if happened(case, "reopen")),
        "escalated": count(case for case in cases if moved[case["id"]]),
        "escalated_by_policy": count(case for case in cases if moved[case["id"]] & {"clock", "trigger"}),
        "settled_on_spot": count(case for case in cases if case["settled_on_spot"]),
        "repeated": count(case for case in cases if repeated(case, books.complaints)),
        "satisfaction": mean(int(case["satisfaction"]) for case in cases if case["satisfaction"]),
        "bought_again": came_back(books, cases),
        "escalated_by_hand": count(case for case in cases if "hand" in moved[case["id"]]),
        "unresolved": count(case for case in cases if case["status"] == "unresolved"),
        "live": count(case for case in cases if case["live"]),
        "total_resolution_median_h": percentile(in_all, 0.5),
        "total_resolution_p90_h": percentile(in_all, 0.9),
        "grievances": count(received(books, first, last, "grievance")),
    }


def pareto(books: Books, first: date, last: date, column: str) -> Pareto:
    """Return what the complaints were about, the most frequent first and what isn't known last."""
    found = Counter(case[column] for case in received(books, first, last))
    return sorted(found.items(), key=lambda one: (one[0] is None, -one[1], one[0] or ""))


def not_met(books: Books, first: date, last: date) -> dict[str, tuple[int, int]]:
    """Return the items of checklists that weren't met in the period: how often, and how often they were looked at."""
    ticks = [tick for service in within(books.services, "done_on", first, last) for tick in service["checks"]]
    looked_at = Counter(tick["item"] for tick in ticks)
    return {
        item: (n, looked_at[item]) for item, n in Counter(tick["item"] for tick in ticks if not tick["met"]).items()
    }


# --- Callbacks, promises, customers kept (handbook 5, 7, 9.4 and 10.2)


def callbacks(books: Books, first: date, last: date) -> Figures:
    """Work out the discipline of callbacks, by the day first planned, or agreed on with the customer."""
    known = [{**row, "due_on": row["agreed_on"] or row["planned_on"]} for row in books.callbacks]
    rows = within(known, "due_on", first, last)
    planned = [row for row in rows if row["origin"] != "log"]
    done = [row for row in planned if row["status"] == "done"]
    on_time = [row for row in done if day(row["done_on"]) <= day(row["due_on"])]
    never = [
        row
        for row in planned
        if row["status"] == "skipped" or (row["status"] == "open" and day(row["due_on"]) < books.now.date())
    ]
    due = done + never
    tried = [row for row in planned if row["status"] == "done" or int(row["tries"]) > 0]
    return {
        "due": count(due),
        "on_time": count(on_time),
        "late": count(row for row in done if row not in on_time),
        "never": count(never),
        "reached": share((row for row in tried if row["outcome"] == "reached"), tried),
        "satisfaction": mean(
            int(row["satisfaction"]) for row in rows if row["status"] == "done" and row["satisfaction"]
        ),
        "on_time_share": share(on_time, due),
        "unplanned": count(row for row in rows if row["origin"] == "log"),
    }


def promises(books: Books, first: date, last: date) -> Figures:
    """Work out how our promises due in the period were kept."""
    ours = [row for row in within(books.promises, "due_at", first, last) if row["direction"] == "ours"]
    past = [row for row in ours if row["status"] == "open" and datetime.fromisoformat(row["due_at"]) < books.now]
    by = {status: [row for row in ours if row["status"] == status] for status in ("kept", "late", "broken")}
    counted = [*by["kept"], *by["late"], *by["broken"], *past]
    return {
        "n": count(counted),
        "kept": count(by["kept"]),
        "broken": count(by["broken"]),
        "open": count(past),
        "kept_share": share(by["kept"], counted),
        "late": count(by["late"]),
    }


def retention(books: Books, first: date, last: date) -> Figures:
    """Work out how many of the customers active at the start bought in the period."""
    start = active(books, first)
    kept = start & {sale["customer_id"] for sale in bought(books, first, last)}
    return {"start": count(start), "kept": count(kept), "rate": share(kept, start)}


# --- Experience and the five gaps (handbook 10.3 and 10.4)


def heart(books: Books, first: date, last: date) -> Figures:
    """Work out HEART."""
    start = active(books, first)
    begun = [
        row
        for row in within(books.callbacks, "done_on", first, last)
        if row["status"] == "done" and row["direction"] == "incoming" and not row["served_with"]  # one call, once
    ]
    last_day = min(last, books.now.date())
    days = [first + timedelta(n) for n in range((last_day - first).days + 1)]
    months = sum(1 / monthrange(day.year, day.month)[1] for day in days)
    before = {(sale["customer_id"], line(sale)) for sale in bought(books, date.min, first - timedelta(1))}
    new = {(sale["customer_id"], line(sale)) for sale in bought(books, first, last)} - before
    ended = [case for case in received(books, first, last) if resolutions(case) or case["status"] == "unresolved"]
    fully = [
        case for case in ended if resolutions(case)[0]["data"]["outcome"] == "full" and not happened(case, "reopen")
    ]
    return {
        "happiness": csat(books, first, last)["value"],
        "engagement": (len(begun) / len(start) / months if start else None, len(start)),
        "adoption": share(start & {customer for customer, _ in new}, start),
        "retention": retention(books, first, last)["rate"],
        "task_success": share(fully, ended),
    }


def line(sale: Row) -> str:
    """Return the product line of a sale, else its product."""
    return str(sale["line"] or sale["product"])


def gaps(books: Books, first: date, last: date) -> Figures:
    """Work out the five gaps; the demo has set no standard, so that the second can't be told."""
    surveys = servqual(books, first, last)
    deadlines = [
        verdict
        for case in received(books, first, last)
        for (clock, _), verdict in clocks(case, books.now).items()
        if not (clock == "first-response" and case["live"])
    ]
    deliveries = list(delivered(books, first, last))
    felt = list(rated(books, first, last))
    return {
        "gap_1": expected_alike(books, first, last),
        "gap_2": (None, 0),
        "gap_3": in_time([*deadlines, *deliveries]),
        "gap_4": share((one for one in felt if one <= 2), felt),
        "gap_5": surveys["weighted"],
        "deadlines_met": in_time(deadlines),
        "deliveries_met": in_time(deliveries),
        "promises_kept": promises(books, first, last)["kept_share"],
    }


def expected_alike(books: Books, first: date, last: date) -> tuple[float | None, int]:
    """Return what managers think customers expect less what customers expect, weighted; n is that of the fewer."""
    surveys = own(books, first, last)
    scale = main_scale(surveys)
    managers = [
        row
        for row in within(books.surveys, "taken_on", first, last)
        if row["respondent"] == "manager"
        and row["scale"] == scale
        and any(score(row, dimension, "e") is not None for dimension in DIMENSIONS)
    ]
    customers = [row for row in surveys if row["scale"] == scale and any(both(row, one) for one in DIMENSIONS)]
    above = of = 0.0
    for dimension, (_, weight) in DIMENSIONS.items():
        thought = mean(found for found in (score(row, dimension, "e") for row in managers) if found is not None)[0]
        result = mean(pair[0] for pair in (both(row, dimension) for row in customers) if pair)[0]
        if thought is not None and result is not None:
            above += weight * (thought - result)
            of += weight
    return (above / of, min(len(managers), len(customers))) if of else (None, 0)


def delivered(books: Books, first: date, last: date) -> Iterator[str]:
    """Yield a verdict for each delivery promised for the period."""
    for sale in within(books.sales, "delivery_on", first, last):
        if sale["status"] != "cancelled":
            late = day(sale["delivered_on"] or books.now.date().isoformat()) > day(sale["delivery_on"])
            yield "missed" if late else "met" if sale["delivered_on"] else "running"


def rated(books: Books, first: date, last: date) -> Iterator[int]:
    """Yield what customers felt about cases and services that were within the standard."""
    for case in received(books, first, last):
        # Who isn't content has the case opened again; that first word is what counts.
        told = [event["data"].get("satisfaction") for event in happened(case, "reopen")] + [case["satisfaction"]]
        score = next((one for one in told if one), None)
        if case["status"] not in ("unresolved", "withdrawn") and case["missed"] == "0" and score:
            yield int(score)
    for service in within(books.services, "done_on", first, last):
        if service["sale_id"] and service["checks"] and all(tick["met"] for tick in service["checks"]):
            asked = [
                (row["done_on"], int(row["satisfaction"]))
                for row in books.callbacks
                if row["sale_id"] == service["sale_id"]
                and row["status"] == "done"
                and row["satisfaction"]
                and row["done_on"] >= service["done_on"]
            ]
            if asked:
                yield max(asked)[1]


SECTIONS: dict[str, Callable[[Books, date, date], Figures]] = {
    "servqual": servqual,
    "csat": csat,
    "nps": nps,
    "complaints": complaints,
    "callbacks": callbacks,
    "promises": promises,
    "retention": retention,
    "heart": heart,
    "gaps": gaps,
}

# What the counts of a section are counted among: where there is none of it, they say nothing.
AMONG = {"complaints": "n", "callbacks": "due", "promises": "n", "retention": "start"}
COUNTS = {
    *("reopened", "escalated", "escalated_by_policy", "escalated_by_hand", "settled_on_spot", "repeated", "unresolved"),
    *("live", "on_time", "late", "never", "kept", "broken", "open"),
}


def of(section: str, books: Books, first: date, last: date) -> Figures:
    """Return the figures of a section by name: value and n."""
    found = SECTIONS[section](books, first, last)
    if section in AMONG and not found[AMONG[section]][0]:
        found |= {name: (None, found[name][1]) for name in found if name in COUNTS}
    return found
