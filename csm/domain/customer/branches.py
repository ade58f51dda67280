"""Head office and branches: which card may name which as its parent, and who stands at the top (handbook 3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key", int, str)


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
