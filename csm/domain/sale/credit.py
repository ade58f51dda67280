"""The credit limit of a card, which counts for it and all branches below it (handbook 3)."""

from __future__ import annotations

from csm.domain.value import Value


class Passed(Value):
    """A credit limit that is passed: whose it is, what they owe and the limit in cents.

    branches: so many cards below it owe with it.
    """

    customer_id: int
    customer: str
    balance: int
    limit: int
    branches: int = 0


def passes(balance: int, more: int, limit: int | None) -> bool:
    """Tell whether so many cents more, above zero, make a balance pass a limit; what equals it doesn't.

    source: handbook 3
    """
    return limit is not None and more > 0 and balance + more > limit
