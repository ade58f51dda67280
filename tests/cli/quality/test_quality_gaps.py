"""`quality gaps` as people read it (handbook 10.3). Today is Saturday 2026-11-21."""

from __future__ import annotations

from tests.desk import Desk


def survey(desk: Desk, day: str, respondent: str = "customer", **scores: object) -> None:
    values = {"taken_on": day, "respondent": respondent, "customer_id": 1, **scores}
    places = ", ".join("?" * len(values))
    desk.sql(f"INSERT INTO survey ({', '.join(values)}) VALUES ({places})", *values.values())


def rule(width: int) -> str:
    return "─" * width + "\n"


def test_every_gap_that_is_nothing_names_the_command_that_supplies_it(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    assert desk.ok("quality", "gaps", "--month", "2026-11") == (
        "gaps: 2026-11-01 to 2026-11-21, same days: 2026-10-01 to 2026-10-21\n"
        "\n"
        "gap                            value  n  before  what it says\n" + rule(67) + ""
        "1 expectation, managers' view      -  0       -  no data, see below\n"
        "2 managers' view, standard         -  0       -  no data, see below\n"
        "3 standard, delivery               -  0       -  no data, see below\n"
        "- deadlines met                    -  0       -  no data\n"
        "- deliveries on their day          -  0       -  no data\n"
        "4 delivery, how it is felt         -  0       -  no data, see below\n"
        "- promises kept                    -  0       -  no data\n"
        "5 expectation, experience          -  0       -  no data, see below\n"
        "\n"
        "gaps 1 and 5 need what customers expect and how they find it:"
        " csm survey add REF --expect 6,7,6,6,7 --perceive 5,6,6,5,7\n"
        "gaps 1 and 2 need what managers think customers expect:"
        " csm survey add --respondent manager --expect 6,7,6,6,7\n"
        "gap 3 needs complaints, which have deadlines: csm complaint open REF SUMMARY\n"
        "gap 3 needs sales with their day of delivery: csm sale add REF PRODUCT --amount 1200 --delivery fri\n"
        "gap 4 needs how satisfied customers were, of a case: csm complaint close ID --satisfaction 4\n"
        "gap 4 needs how satisfied customers were, on a callback about a sale after its service:"
        " csm callback done ID --satisfaction 4\n"
    )


def test_the_gaps_with_what_they_say_and_where_they_come_from(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("config", "set", "standard.reliability", "6")
    survey(desk, "2026-10-02", reliability_e=7, reliability_p=6)
    for _ in range(5):
        survey(desk, "2026-11-02", reliability_e=7, reliability_p=5, tangibles_e=5, tangibles_p=5)
    survey(desk, "2026-11-03", "manager", reliability_e=6, tangibles_e=5)
    for came in ("2026-11-05", "2026-11-06"):
        desk.sql(
            "INSERT INTO sale (customer_id, product, amount_cents, sold_on, due_on, delivery_on, delivered_on)"
            " VALUES (1, 'oven', 100, '2026-11-01', '2026-11-30', '2026-11-05', ?)",
            came,
        )
    # Gap 1: 32 x -1 / 43 = -0.74; gap 2: the one standard, 6 - 6; gap 5: 32 x -2 / 43 = -1.49, in October -1.
    assert desk.ok("quality", "gaps") == (
        "gaps: 2026-11-01 to 2026-11-21, same days: 2026-10-01 to 2026-10-21\n"
        "\n"
        "gap                             value        n  before  what it says\n" + rule(103) + ""
        "1 expectation, managers' view   -0.74  1, thin       -  customers expect more than managers think\n"
        "2 managers' view, standard       0.00  1, thin       -  the standard is what managers think is expected\n"
        "3 standard, delivery           50.0 %  2, thin       -  1 of 2 missed\n"
        "- deadlines met                     -        0       -  no data\n"
        "- deliveries on their day      50.0 %  2, thin       -  1 of 2 missed\n"
        "4 delivery, how it is felt          -        0       -  no data, see below\n"
        "- promises kept                     -        0       -  no data\n"
        "5 expectation, experience       -1.49        5   -1.00  customers got less than they expected\n"
        "\n"
        "gap 4 needs how satisfied customers were, of a case: csm complaint close ID --satisfaction 4\n"
        "gap 4 needs how satisfied customers were, on a callback about a sale after its service:"
        " csm callback done ID --satisfaction 4\n"
        "thin: made of fewer than 5, so it may be chance\n"
        "\n"
        "By dimension, in points of 1 to 7\n"
        "\n"
        "dimension       expectation  managers  standard  perception  gap 1  gap 2  gap 5\n" + rule(80) + ""
        "tangibles              5.00      5.00         -        5.00   0.00      -   0.00\n"
        "reliability            7.00      6.00      6.00        5.00  -1.00   0.00  -2.00\n"
        "responsiveness            -         -         -           -      -      -      -\n"
        "assurance                 -         -         -           -      -      -      -\n"
        "empathy                   -         -         -           -      -      -      -\n"
        "\n"
        "managers: what they think customers expect\n"
        "a gap is what comes later less what comes before\n"
    )


def test_a_gap_that_scores_alone_cannot_make_says_why(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    survey(desk, "2026-11-02", reliability_e=7, reliability_p=7)
    survey(desk, "2026-11-03", "manager", empathy_e=6)
    out = desk.ok("quality", "gaps")
    assert (
        "gap 1: customers and managers scored no dimension that both have:"
        " csm survey add --respondent manager --expect 6,7,6,6,7\n"
        "gap 2 needs a standard for what managers scored: csm config set standard.reliability 6\n"
    ) in out
    assert "5 expectation, experience       0.00  1, thin" in out
    assert "customers got what they expected\n" in out


def test_another_scale_has_no_standards_and_says_so(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("config", "set", "standard.reliability", "6")
    survey(desk, "2026-11-02", scale=5, reliability_e=4, reliability_p=5)
    survey(desk, "2026-11-03", "manager", scale=5, reliability_e=5)
    out = desk.ok("quality", "gaps")
    assert "gap 2: standards are on the scale of 1 to 7, the surveys on 1 to 5\n" in out
    assert "By dimension, in points of 1 to 5\n" in out
    assert "customers expect less than managers think\n" in out
    assert "customers got more than they expected\n" in out


def test_cases_that_felt_bad_and_promises_in_numbers(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    for score in (1, 5, 5):
        desk.sql("INSERT INTO complaint (customer_id, summary, received_at) VALUES (1, 'cold', '2026-11-10T02:00:00Z')")
        desk.sql(
            "INSERT INTO complaint_state (complaint_id, level, severity, status, step, satisfaction, received_at)"
            " SELECT max(id), 'complaint', 'general', 'closed', 'close', ?, '2026-11-10T02:00:00Z' FROM complaint",
            score,
        )
    for status in ("kept", "broken"):
        desk.sql(
            "INSERT INTO promise (customer_id, text, due_at, due_on, status)"
            " VALUES (1, 'key', '2026-11-05T10:00:00Z', '2026-11-05', ?)",
            status,
        )
    lines = desk.ok("quality", "gaps").splitlines()
    (felt,) = [line for line in lines if line.startswith("4 ")]
    (kept,) = [line for line in lines if line.startswith("- promises")]
    assert felt.split("  ")[-1] == "1 of 3 rated bad though kept to the standard"
    assert kept.split("  ")[-1] == "1 of 2 not kept in time"


def test_the_same_for_chats_and_mails(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    survey(desk, "2026-11-02", reliability_e=7, reliability_p=5)
    md = desk.ok("quality", "gaps", "-f", "md")
    assert "| 5 expectation, experience | -2.00 | 1, thin | - | customers got less than they expected |\n" in md
    assert "| reliability | 7.00 | - | - | 5.00 | - | - | -2.00 |\n" in md
    html = desk.ok("quality", "gaps", "-f", "html")
    assert "<h2>By dimension, in points of 1 to 7</h2>" in html
