"""Head office and branches: which card may name which as its parent, who stands at the top, whose limit counts.

source: handbook 3
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from csm.domain.value import Value

Key = TypeVar("Key", int, str)


class Passed(Value):
    """A credit limit that is passed: whose it is, what they owe and the limit in cents.

    branches: so many cards below it owe with it.
    """

    customer_id: int
    customer: str
    balance: int
    limit: int
    branches: int = 0


def closing_chain(customer: Key, parent: Key, parents: Mapping[Key, Key | None]) -> list[Key] | None:
    """Return the chain from a customer up to itself that a parent would close, None where it closes none.

    Cards go by their id, or by their name in a file. parents: by card its own parent, None or no entry for none; a
    circle that another program has made among them ends the walk. source: handbook 3
    """
    chain, at = [customer], parent
    while at not in chain[1:]:
        chain.append(at)
        if at == customer:
            return chain
        above = parents.get(at)
        if above is None:
            return None
        at = above
    return None


def head_office(customer_id: int, parents: Mapping[int, int | None]) -> int:
    """Return the card at the top of those above a customer, itself where it has no parent.

    Of a circle that another program has made it is the lowest id. source: handbook 3
    """
    chain, at = [customer_id], parents.get(customer_id)
    while at is not None:
        if at in chain:
            return min(chain[chain.index(at) :])
        chain.append(at)
        at = parents.get(at)
    return chain[-1]


def passes(balance: int, more: int, limit: int | None) -> bool:
    """Tell whether so many cents more, above zero, make a balance pass a limit; what equals it doesn't.

    source: handbook 3
    """
    return limit is not None and more > 0 and balance + more > limit
