"""Cases of one customer that belong together: the same problem, and one case recorded twice (handbook 6.3).

What is asked here is answered for every way in: opening, raising, importing, withdrawing. Nothing is stored or shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from csm.domain.errors import Refused
from csm.domain.value import Value
from csm.domain.values.money import group_cents

# What "other" is, is no one problem.
NO_ONE_PROBLEM: Final = "other"


class Meant(Value):
    """The case that another is said to be a double of, as far as the rules ask."""

    id: int
    customer_id: int
    void: str | None
    double_of: int | None
    customer: str


def same_problem(one: str | None, other: str | None) -> bool:
    """Tell whether two cases of a customer are about the same problem; an unnamed one, or "other", is no one problem.

    source: handbook 6.3
    """
    return one is not None and one == other and one != NO_ONE_PROBLEM


def check_double(case_id: int, customer_id: int, meant: Meant, doubles: Sequence[int], *, force: bool) -> None:
    """Raise what says why a case can't be joined to another as recorded twice (source: handbook 6.3).

    meant: the other. doubles: the cases that are joined to `case_id` already. force: the other may be another
    customer's. Raises double-of-itself, double-of-double, double-of-mistake, has-doubles, double-of-another.
    """
    if meant.id == case_id:
        raise Refused("double-of-itself", case_id=case_id)
    if meant.double_of is not None:
        raise Refused("double-of-double", case_id=case_id, other=meant.id, first=meant.double_of)
    if meant.void is not None:
        raise Refused("double-of-mistake", case_id=case_id, other=meant.id)
    check_joined(case_id, doubles)
    if meant.customer_id != customer_id and not force:
        raise Refused("double-of-another", case_id=case_id, other=meant.id, name=meant.customer)


def check_joined(case_id: int, doubles: Sequence[int]) -> None:
    """Raise for a case that others are doubles of: they would be read on one that counts nowhere.

    source: handbook 6.3
    """
    if doubles:
        raise Refused("has-doubles", case_id=case_id, first=doubles[0], doubles=[f"cp{one}" for one in doubles])


def check_given(case_id: int, given_cents: int | None, double_of: int | None) -> None:
    """Raise for a case in which compensation was given: that was real, and stays with the case (ours)."""
    if given_cents:
        if double_of is None:
            raise Refused("mistake-paid", case_id=case_id, amount=group_cents(given_cents))
        raise Refused("double-paid", case_id=case_id, amount=group_cents(given_cents), other=double_of)
