"""Who is meant by a name on the staff list, and who is in charge of the work of somebody who has left (handbook 3)."""

from __future__ import annotations

from csm.domain.house.staff import Member, find, in_charge

LEFT = "2026-11-01"


def test_a_name_means_who_is_in_service_before_who_has_left() -> None:
    old, new = Member("WANG FANG", LEFT), Member("Wang Fang")
    assert find([old, new], "wang fang") is new
    assert find([old, new], "WANG FANG") is new
    assert find([old], "王芳") is None
    assert find([Member("李娜")], "李娜") == Member("李娜")


def test_successors_are_followed_to_the_first_in_service() -> None:
    first, second, third = Member("a", LEFT, "B"), Member("b", LEFT, "c"), Member("c")
    assert in_charge([first, second, third], first) == "c"
    # somebody who is on no list has not left it either
    assert in_charge([first], first) == "B"


def test_nobody_is_in_charge_where_all_have_left_or_nobody_was_named() -> None:
    first, second = Member("a", LEFT, "b"), Member("b", LEFT, "a")
    assert in_charge([first, second], first) is None
    assert in_charge([Member("a", LEFT)], Member("a", LEFT)) is None
    alone = Member("a", LEFT, "a")
    assert in_charge([alone], alone) is None
