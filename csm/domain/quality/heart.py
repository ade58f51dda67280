"""The figures of HEART that are their own: engagement, adoption and task success (handbook 10.4, formulas ours)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from csm.domain.quality.complaints import MARK
from csm.domain.quality.figures import Measured, share


def engagement(begun: int, active: int, months: float) -> Measured:
    """Return the contacts begun by customers per active customer and month, over a period of so many months.

    Its n is the number of active customers.
    """
    return Measured(begun / active / months if active and months else None, active)


def adopters(purchases: Iterable[tuple[str | None, int, str, object]]) -> Mapping[str | None, int]:
    """Return of each group how many customers bought a product line in the period for the first time.

    purchases: (group, customer, product line, whether it was before the period) in any order.
    """
    before: set[tuple[int, str]] = set()
    within: dict[tuple[int, str], str | None] = {}
    for group, customer, line, earlier in purchases:
        if earlier:
            before.add((customer, line))
        else:
            within[customer, line] = group
    groups = {customer: group for (customer, line), group in within.items() if (customer, line) not in before}
    return Counter(groups.values())


def task_success(tally: Iterable[tuple[str, int]]) -> Measured:
    """Return the share of complaints that were fully resolved at the first resolution and not reopened.

    Of those that have come to a resolution, or were closed without one. tally: (mark, number) of cases.
    Grievances don't count.
    """
    full = ended = 0
    for mark, number in tally:
        told = dict(zip(MARK, mark.split("|"), strict=True))
        if told["level"] == "complaint" and (told["first_outcome"] or told["status"] == "unresolved"):
            ended += number
            full += number if told["first_outcome"] == "full" and told["reopened"] == "0" else 0
    return share(full, ended)
