"""Grades by share of sales: A, B and C, with borders that no customer of the same sales stands on both sides of.

Whole cents and whole per cent only, so that a border that is met exactly is met exactly. source: handbook 9.1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Final

from csm.domain.value import Value

A: Final = "A"
B: Final = "B"
C: Final = "C"


class Scale(Value):
    """Where the grades of one set of customers end; amounts in cents.

    total: what all customers bought whose sales are above zero.
    least_a, least_b: the least sales that are A, and that are at least B.
    before: what all customers bought who bought more, by each amount of sales above zero.
    """

    total: int
    least_a: int
    least_b: int
    before: Mapping[int, int]

    def grades(self, sales: Iterable[int]) -> list[str]:
        """Return the grade of each customer by sales in cents; without any above zero it is C."""
        # A hundred thousand at once: the borders are looked up once, and both are above zero.
        a, b = self.least_a, self.least_b
        return [A if cents >= a else B if cents >= b else C for cents in sales]


def scale(sales: Sequence[int], a_share: int = 80, b_share: int = 95) -> Scale | None:
    """Return where the grades end among customers with these sales in cents; None where nothing was sold.

    A customer is A while the share cumulated before it is below `a_share` per cent, B while it is below `b_share`;
    equal sales share the higher grade. Sales that aren't above zero don't count. source: handbook 9.1.
    """
    descending = sorted((cents for cents in sales if cents > 0), reverse=True)
    if not descending:
        return None
    before = list(accumulate(descending, initial=0))
    total = before.pop()
    least_a, least_b = (
        # The last place with before * 100 < share * total; what follows with the same sales is as good.
        descending[bisect_right(before, (share * total - 1) // 100) - 1]
        for share in (a_share, b_share)
    )
    # From the end: of equal sales it is the first that counts.
    return Scale(total, least_a, least_b, dict(zip(reversed(descending), reversed(before), strict=True)))
