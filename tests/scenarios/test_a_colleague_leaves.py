"""A colleague leaves: what she had goes on under another name, and nothing new reaches hers (handbook 3, 4, 6.6, 9.4).

Every figure is worked out by hand beside it.
"""

from __future__ import annotations

from tests.desk import Desk

STAFF = (("Wang Fang", "1"), ("Li Na", "0"), ("Zhao Lei", "2"))


def due_of(house: Desk, name: str, *days: str) -> list[tuple[str, str]]:
    return [(row["kind"], row["customer"]) for row in house.json("due", "--owner", name, *days)]


def owned(house: Desk, name: str) -> tuple[int, int, int, int]:
    """Return how many cards, open callbacks, open cases and open promises somebody has."""
    return (
        len(house.json("customer", "list", "--owner", name)),
        len(house.json("callback", "list", "--owner", name)),
        len(house.json("complaint", "list", "--owner", name)),
        len([row for row in house.json("promise", "list") if row["in_charge"] == name]),
    )


def test_a_colleague_leaves(desk: Desk) -> None:
    house = desk
    for name, level in STAFF:
        house.ok("staff", "add", name, "--level", level, "--department", "service")
    house.user = "Li Na"
    house.now = "2026-11-02 09:00"  # a Monday
    house.ok("customer", "add", "Golden Dragon", "--relationship", "proactive")
    house.ok("customer", "add", "Jade Garden")
    house.ok("customer", "add", "Old Mill")
    house.ok("customer", "archive", "3")
    # 2 November + 30 days = 2 December, a Wednesday
    assert house.message("callback", "plan") == "planned 1 callback, on 2026-12-02 (Wednesday)"
    house.ok("callback", "add", "2", "--on", "2026-11-09", "--every", "1w", "--purpose", "volume")
    house.ok("complaint", "open", "2", "oven cold")
    house.ok("promise", "add", "2", "a new seal", "--by", "2026-11-20 18:00")
    house.user = "Zhao Lei"
    house.ok("customer", "add", "Lotus")
    house.ok("customer", "handover", "Zhao Lei", "Li Na", "--until", "2026-11-30")

    # --- she leaves on the 16th -----------------------------------------------------------------------------------
    house.user = "Wang Fang"
    house.now = "2026-11-16 09:00"
    refused = house("staff", "retire", "Li Na")
    assert refused.err.splitlines()[0] == (
        # two cards in use, the callback by cadence and the one of the series, one case, one promise
        "csm: Li Na still has work: customers 2, open callbacks 2, complaints 1, promises and preventions 1"
    )
    assert house.message("staff", "retire", "Li Na", "--to", "wang fang") == (
        "Li Na is no longer on the staff; Wang Fang takes over from Li Na: "
        "2 customers, 2 open callbacks, 1 open complaint, 1 promise or prevention"
    )
    assert owned(house, "Wang Fang") == (2, 2, 1, 1)
    # the stand-in for Zhao Lei went along: his card's callback stands in Wang Fang's list
    house.ok("callback", "add", "4", "--on", "2026-11-16")
    assert ("callback", "Lotus") in due_of(house, "Wang Fang")
    assert due_of(house, "Zhao Lei") == []

    # --- what goes on ---------------------------------------------------------------------------------------------
    house.ok("callback", "done", "Jade Garden", "as much as before")
    # the series of Mondays: after both the 9th and the 16th comes the 23rd
    assert house.sql("SELECT due_on, owner FROM callback WHERE origin = 'series'") == [("2026-11-23", "Wang Fang")]
    assert house("customer", "restore", "3").err.splitlines()[-1] == "note: Li Na has left, so it goes to Wang Fang"
    again = house("callback", "add", "1", "--on", "2026-11-20", "--owner", "Li Na")
    assert (again.code, again.err.splitlines()[0]) == (
        4,
        "csm: Li Na left on 2026-11-16; Wang Fang is in charge of their work",
    )

    # --- a table of hers comes late -------------------------------------------------------------------------------
    table = house.folder / "hers.csv"
    table.write_text(
        "customer,due_on,done_on,owner,note\n"
        "Golden Dragon,2026-11-12,2026-11-12,Li Na,all well\n"
        "Golden Dragon,2026-11-25,,Li Na,show the new oven\n"
        "Jade Garden,2026-11-25,,Wang Fan,bring a list\n",
        encoding="utf-8",
    )
    loaded = house("import", "callbacks", table, "--skip-bad")
    assert loaded.code == 6
    assert loaded.err.splitlines() == [
        # the call of the 12th moves the next one: 30 days later is Saturday, 12 December
        "imported: 3 read, 2 inserted, 0 updated, 0 unchanged, 1 rejected; 1 planned callback moved",
        "  line 3, column owner, value 'Li Na': Li Na left on 2026-11-16; Wang Fang is in charge of their work",
        "warning: Wang Fan is not on the staff list; did you mean Wang Fang?",
    ]
    assert house.sql("SELECT owner FROM callback WHERE done_on = '2026-11-12'") == [("Li Na",)]

    # --- the card is graded, lost and won back --------------------------------------------------------------------
    # the last contact was the 12th, + 14 days = 26 November, a Thursday
    assert house.message("customer", "edit", "1", "--grade", "A") == (
        "changed customer 1: Golden Dragon; moved cb1 from 2026-12-12 to 2026-11-26 (Thursday)"
    )
    house.now = "2026-11-18 09:00"
    assert house("customer", "edit", "1", "--status", "lost").err.splitlines() == [
        "changed customer 1: Golden Dragon; 1 open callback cancelled",
        "warning: nobody said how and why Golden Dragon was lost; csm customer lost 1 --kind KIND --cause CAUSE",
    ]
    house.ok("customer", "lost", "1", "--kind", "our-fault", "--cause", "product")
    house.now = "2026-11-24 09:00"
    house.ok("customer", "won-back", "1")
    assert house.sql("SELECT lost_on, kind, cause, won_back_on FROM loss") == [
        ("2026-11-18", "our-fault", "product", "2026-11-24")
    ]
    # nothing is planned with them until somebody plans again: 12 November + 14 days = the 26th
    assert house.message("callback", "plan") == "planned 1 callback, on 2026-11-26 (Thursday)"
    assert [(row["name"], row["open_work"]) for row in house.json("staff", "list", "--all")] == [
        # what is done stays hers and is no open work
        ("Li Na", 0),
        # 3 cards (Golden Dragon, Jade Garden, Old Mill); callbacks: the series and the new one by cadence; the case and
        # the promise
        ("Wang Fang", 7),
        # Lotus with its callback
        ("Zhao Lei", 2),
    ]
