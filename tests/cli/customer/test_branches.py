"""Head office and branches on the command line (handbook 3), every figure worked out by hand."""

from __future__ import annotations

import pytest

from tests.desk import Desk, filled_once


@pytest.fixture
@filled_once
def house(desk: Desk) -> Desk:
    """Give a head office with a limit of 10,000, two branches, one with a limit of 3,000, and a counter below that."""
    desk.ok("customer", "add", "Golden Dragon", "--credit-limit", "10000", "--phone", "010 1000 0001")
    desk.ok("customer", "add", "East Shop", "--parent", "Golden Dragon")
    desk.ok("customer", "add", "West Shop", "--parent", "cu1", "--credit-limit", "3000")
    desk.ok("customer", "add", "West Counter", "--parent", "West Shop")
    desk.ok("customer", "add", "Old Mill")
    return desk


def sell(desk: Desk, customer: str, amount: str, *options: str) -> list[str]:
    """Sell an oven and return the lines that were said behind the first."""
    result = desk("sale", "add", customer, "Oven", "--amount", amount, "--no-plan", *options)
    assert result.code == 0, result
    return result.err.splitlines()[1:]


def parents(desk: Desk) -> list[tuple[int, int | None]]:
    return desk.sql("SELECT id, parent_id FROM customer ORDER BY id")


def test_branches_are_listed_by_their_head_office(house: Desk) -> None:
    assert parents(house) == [(1, None), (2, 1), (3, 1), (4, 3), (5, None)]
    columns = ["--columns", "id,parent_id,parent", "-f", "csv"]
    assert house.ok("customer", "list", "--parent", "Golden Dragon", *columns) == (
        "id,parent_id,parent\n2,1,Golden Dragon\n3,1,Golden Dragon\n"
    )
    assert house.ok("customer", "list", "--parent", "", "--columns", "id", "-f", "csv") == "id\n1\n5\n"
    assert house("customer", "list", "--parent", "Nobody").code == 3
    assert [row["parent"] for row in house.json("customer", "list")] == [
        "Golden Dragon", None, None, "West Shop", "Golden Dragon",
    ]  # fmt: skip
    assert list(house.json("customer", "list")[0])[-2:] == ["parent_id", "parent"]


def test_a_branch_can_leave_its_head_office(house: Desk) -> None:
    house.ok("customer", "edit", "East Shop", "--parent", "Old Mill")
    house.ok("customer", "edit", "West Counter", "--clear", "parent")
    assert parents(house)[1:4] == [(2, 5), (3, 1), (4, None)]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ("1", "--parent", "1"),
            "csm: Golden Dragon can't be its own head office\n"
            "hint: to say that it is nobody's branch: csm customer edit 1 --clear parent\n",
        ),
        (
            ("1", "--parent", "West Counter"),
            "csm: West Counter is itself below Golden Dragon: Golden Dragon > West Shop > West Counter > Golden Dragon\n"
            "hint: take what stands below Golden Dragon out first: csm customer edit 3 --clear parent\n",
        ),
        (
            ("3", "--parent", "4"),
            "csm: West Counter is itself below West Shop: West Shop > West Counter > West Shop\n"
            "hint: take what stands below West Shop out first: csm customer edit 4 --clear parent\n",
        ),
    ],
)
def test_a_parent_is_not_its_own_branch(house: Desk, arguments: tuple[str, ...], expected: str) -> None:
    result = house("customer", "edit", *arguments)
    assert (result.code, result.err) == (4, expected)
    assert parents(house) == [(1, None), (2, 1), (3, 1), (4, 3), (5, None)]


def test_the_card_shows_head_office_branches_and_what_they_come_to(house: Desk) -> None:
    sell(house, "4", "2500")
    sell(house, "3", "600", "--on", "2026-11-01", "--due", "2026-11-10")
    sell(house, "2", "100")
    house.ok("complaint", "open", "4", "cold soup")
    card = house.ok("customer", "show", "3")
    assert "  head office   Golden Dragon  cu1\n" in card
    assert "Branches\n  West Counter  balance 2,500.00  cu4\n" in card
    assert "With branches" not in card
    # 0 of its own + 100 + 600 + 2,500 = 3,200 of 10,000; the 600 were due on 10 November
    together = house.ok("customer", "show", "1", "--with-branches")
    assert (
        "Branches\n"
        "  East Shop        balance 100.00  cu2\n"
        "  West Shop        balance 600.00  cu3\n"
        "\n"
        "With branches\n"
        "  customers        4\n"
        "  balance          3,200.00, credit limit 10,000.00\n"
        "  overdue amount   600.00\n"
        "  open complaints  1\n"
    ) in together
    assert "分店\n" in house.ok("customer", "show", "1", "--with-branches", lang="zh")
    # a credit of 150 with West Shop covers its oldest bill: 600 - 150 are overdue, and 3,200 - 150 the balance
    house.ok("sale", "add", "3", "Back", "--amount", "-150", "--allow-negative")
    covered = house.json("customer", "show", "1", "--with-branches")["with_branches"][0]
    assert (covered["balance"], covered["overdue"]) == (3050.0, 450.0)
    house.sql("DELETE FROM sale WHERE product = 'Back'")
    record = house.json("customer", "show", "1", "--with-branches")
    assert record["branches"] == [
        {"id": 2, "name": "East Shop", "balance": 100.0, "archived_on": None},
        {"id": 3, "name": "West Shop", "balance": 600.0, "archived_on": None},
    ]
    assert record["with_branches"] == [
        {"customers": 4, "balance": 3200.0, "credit_limit": 10000.0, "overdue": 600.0, "open_complaints": 1}
    ]
    assert house.json("customer", "show", "3")["with_branches"] == []


def test_a_limit_of_the_head_office_counts_for_all(house: Desk) -> None:
    assert sell(house, "West Counter", "2500") == []
    # West Shop has a limit of 3,000 for itself and its counter: 600 + 2,500 = 3,100
    assert sell(house, "West Shop", "600") == [
        "careful: West Shop and its branches owe 3,100.00 now, above the credit limit of 3,000.00"
    ]
    # 3,100 + 6,900 = 10,000, the limit of the head office itself
    assert sell(house, "East Shop", "6900") == []
    over = "Golden Dragon and its branches {} 10,000.01{} the credit limit {} 10,000.00"
    result = house("sale", "add", "East Shop", "Oven", "--amount", "0.01", "--strict")
    assert (result.code, result.err) == (
        4,
        f"csm: {over.format('would owe', ', and', 'is')}\nhint: leave --strict out to sell all the same\n",
    )
    assert house.sql("SELECT count(*) FROM sale") == [(3,)]
    warning = f"careful: {over.format('owe', ' now, above', 'of')}"
    assert house("sale", "edit", "sa3", "--amount", "6900.01").err.splitlines()[1:] == [warning]
    assert sell(house, "Golden Dragon", "0.01") == [warning.replace("10,000.01", "10,000.02")]
    # both limits are named, the branch's own first: 3,100 + 100 and 10,000.02 + 100
    assert sell(house, "West Shop", "100") == [
        "careful: West Shop and its branches owe 3,200.00 now, above the credit limit of 3,000.00",
        "careful: Golden Dragon and its branches owe 10,100.02 now, above the credit limit of 10,000.00",
    ]
    assert house("sale", "add", "West Counter", "Oven", "--amount", "1", "--strict", lang="zh").code == 4
    assert sell(house, "Old Mill", "99999") == []


def test_a_limit_that_is_passed_by_an_edit_is_said(house: Desk) -> None:
    sell(house, "Old Mill", "9000")
    sell(house, "East Shop", "1000")
    # 1,000 + 9,000 = 10,000, the limit itself
    assert house("customer", "edit", "Old Mill", "--parent", "1").err == "changed customer 5: Old Mill\n"
    assert house.message("customer", "edit", "1", "--credit-limit", "9999") == (
        "careful: Golden Dragon and its branches owe 10,000.00 now, above the credit limit of 9,999.00"
    )
    house.ok("customer", "edit", "Old Mill", "--clear", "parent")
    assert house.message("customer", "edit", "Old Mill", "--parent", "3") == (
        "careful: West Shop and its branches owe 9,000.00 now, above the credit limit of 3,000.00"
    )


def balances(desk: Desk) -> list[tuple[int, float]]:
    return sorted((row["id"], row["balance"]) for row in desk.json("customer", "list"))


def test_money_settles_the_bills_of_whom_it_is_paid_for(house: Desk) -> None:
    """A branch pays for its head office by the bill; `--customer` means one card alone, head office or branch."""
    sell(house, "1", "500", "--on", "2026-11-01")  # sa1
    sell(house, "2", "100", "--on", "2026-11-02")  # sa2
    sell(house, "3", "70", "--on", "2026-11-03")  # sa3
    house.ok("sale", "pay", "sa1", "200", "--note", "paid by East Shop")
    assert balances(house) == [(1, 300.0), (2, 100.0), (3, 70.0), (4, 0.0), (5, 0.0)]
    # the bill of the head office is older, and stays as it is
    house.ok("sale", "pay", "--customer", "East Shop", "60")
    assert balances(house)[:3] == [(1, 300.0), (2, 40.0), (3, 70.0)]
    # so do those of its branches
    house.ok("sale", "pay", "--customer", "Golden Dragon", "300")
    assert balances(house)[:3] == [(1, 0.0), (2, 40.0), (3, 70.0)]
    assert house("sale", "pay", "--customer", "Golden Dragon", "10", "--with-branches").code == 2
    # what the head office pays for a branch is noted on the branch's bill
    house.ok("sale", "pay", "sa3", "70")
    assert house.json("customer", "show", "1", "--with-branches")["with_branches"][0]["balance"] == 40.0


def test_card_statement_unpaid_list_and_figures_agree(house: Desk) -> None:
    """1,000 and 500 are overdue, 300 isn't; a branch has 120 with us, another a credit note of 50: 1,630 in all."""
    sell(house, "1", "1000", "--on", "2026-10-01")
    sell(house, "3", "500", "--on", "2026-10-05")
    sell(house, "4", "300")
    sell(house, "5", "999")  # of somebody else
    house.ok("sale", "deposit", "3", "120")
    house.ok("sale", "add", "4", "Back", "--amount", "-50", "--allow-negative")
    whose = ("--customer", "1", "--with-branches")
    [card] = house.json("customer", "show", "1", "--with-branches")["with_branches"]
    unpaid = house.json("sale", "unpaid", *whose)
    assert (card["balance"], sum(row["balance"] for row in unpaid)) == (1630.0, 1630.0)
    assert house.json("sale", "account", "1", "--with-branches")[-1]["balance"] == 1630.0
    assert sum(row["balance"] for row in house.json("sale", "stats", *whose)) == 1630.0
    assert {row["name"]: row["balance"] for row in house.json("sale", "stats", "--with-branches")} == {
        "Golden Dragon": 1630.0, "Old Mill": 999.0,
    }  # fmt: skip
    # of what is overdue, 1,000 and 500 - 120 are asked for
    late = sum(row["asked"] for row in unpaid if row["kind"] == "bill" and row["days_late"] > 0)
    assert (card["overdue"], late) == (1380.0, 1380.0)
    # the limit of West Shop, 3,000, counts what it and its counter owe: 380 + 250; 2,370 more is the limit itself
    assert sell(house, "West Counter", "2370") == []
    assert sell(house, "West Counter", "0.01") == [
        "careful: West Shop and its branches owe 3,000.01 now, above the credit limit of 3,000.00"
    ]


def test_figures_of_sales_add_up_branches(house: Desk) -> None:
    for customer, amount in (("1", "10"), ("2", "20"), ("3", "40"), ("4", "80"), ("5", "160")):
        sell(house, customer, amount)
    asked = ["sale", "stats", "-f", "csv", "--columns", "name,sales,amount,balance"]
    head = "name,sales,amount,balance\n"
    # 10 + 20 + 40 + 80
    assert house.ok(*asked, "--with-branches") == head + "Old Mill,1,160.00,160.00\nGolden Dragon,4,150.00,150.00\n"
    assert house.ok(*asked, "--customer", "3", "--with-branches") == (
        head + "West Counter,1,80.00,80.00\nWest Shop,1,40.00,40.00\n"
    )
    assert house.ok(*asked, "--customer", "3") == head + "West Shop,1,40.00,40.00\n"
    assert house.ok(*asked, "--customer", "1", "--with-branches", "--by", "month") == head + "2026-11,4,150.00,150.00\n"
    result = house(*asked, "--with-branches", "--by", "region")
    assert (result.code, result.err) == (2, "csm: --with-branches and --by region can't be used together\n")


@pytest.mark.parametrize(
    "arguments", [("archive", "1"), ("lost", "1", "--kind", "natural"), ("edit", "1", "--status", "lost")]
)
def test_what_becomes_of_a_head_office_names_its_branches(house: Desk, arguments: tuple[str, ...]) -> None:
    told = house("customer", *arguments).err.splitlines()
    assert "note: Golden Dragon has 2 branches, which stay as they are: csm customer list --parent 1" in told
    assert parents(house)[1:3] == [(2, 1), (3, 1)]


def test_an_archived_branch_is_marked_on_the_card(house: Desk) -> None:
    house.ok("customer", "archive", "2")
    assert "  East Shop     balance 0.00, put away on 2026-11-21  cu2\n" in house.ok("customer", "show", "1")


def test_a_circle_of_another_program_hangs_nothing(house: Desk) -> None:
    house.sql("UPDATE customer SET parent_id = 4 WHERE id = 1")  # 1 > 3 > 4 > 1
    # 1 and 4 are below each other now: the limit of 10,000 counts for all four
    assert sell(house, "4", "10001") == [
        "careful: Golden Dragon and its branches owe 10,001.00 now, above the credit limit of 10,000.00",
        "careful: West Shop and its branches owe 10,001.00 now, above the credit limit of 3,000.00",
    ]
    assert "  customers     4\n" in house.ok("customer", "show", "3", "--with-branches")
    assert house.ok("sale", "stats", "--with-branches", "-f", "csv", "--columns", "name,amount") == (
        "name,amount\nGolden Dragon,10001.00\n"
    )
    assert house("customer", "edit", "4", "--parent", "1").code == 4
    house.ok("customer", "edit", "1", "--clear", "parent")
    assert parents(house)[0] == (1, None)


def test_branches_are_found_by_their_own_names_only(house: Desk) -> None:
    assert house.ok("customer", "list", "Dragon", "--columns", "id", "-f", "csv") == "id\n1\n"
    assert house.json("customer", "show", "East")["id"] == 2
