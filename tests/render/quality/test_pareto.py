"""What most complaints are about, for people."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from csm import i18n
from csm.domain.quality.complaints import Unmet, pareto
from csm.domain.time.instant import Zone
from csm.render.folding import cells_wide
from csm.render.listing import Style
from csm.render.quality.pareto import pareto_listings, write_paretos

FOUND = [
    pareto("problem", {"late-delivery": 4, "goods-damaged": 2, None: 2}),
    pareto("cause", {None: 8}),
    pareto("staff", {"王芳": 1, "bob\x1b[31m": 1}),
]
UNMET = [Unmet("receipt signed", 3, 4, 0.75)]


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    i18n.use("en")


def written(found: object = FOUND, unmet: object = UNMET, **style: object) -> str:
    stream = io.StringIO()
    write_paretos(found, unmet, Style(Zone("UTC"), **style), stream)  # type: ignore[arg-type]
    return stream.getvalue()


def test_tables_with_bars_and_what_says_nothing_is_left_out() -> None:
    # 4, 2, 2 of 8; bars are 20 cells for all: 10, 5 and 5.
    assert written() == (
        "\n"
        "problem                             n    share  cumulated\n"
        "late-delivery                       4   50.0 %     50.0 %  ██████████\n"
        "goods-damaged                       2   25.0 %     75.0 %  █████\n"
        "not said                            2   25.0 %    100.0 %  █████\n"
        "\n"
        "about staff                         n    share  cumulated\n"
        "bob␛[31m                            1   50.0 %     50.0 %  ██████████\n"
        "王芳                                1   50.0 %    100.0 %  ██████████\n"
        "\n"
        "checklist items not met       not met   ticked      share\n"
        "receipt signed                      3        4     75.0 %  ███████████████\n"
    )


def test_where_there_is_nothing_nothing_is_written() -> None:
    assert written([pareto("problem", {}), pareto("cause", {None: 8})], []) == ""


def test_a_long_list_is_cut_and_long_names_too() -> None:
    many = pareto("owner", {f"{number} {'very ' * 9}long": number for number in range(1, 12)})
    lines = written([many], [Unmet("名" * 40, 1, 1, 1.0)], width=80).splitlines()
    # A blank line, the heading, a rule, eight rows, the rest in one.
    assert lines[11].strip() == "... and 3 more"
    assert max(map(cells_wide, lines)) <= 80


def test_in_chinese_it_is_as_wide() -> None:
    i18n.use("zh")
    text = written(width=80)
    assert "交货延迟" in text
    assert max(map(cells_wide, text.splitlines())) <= 80


def test_in_ascii_bars_are_of_ascii() -> None:
    assert "late-delivery                       4   50.0 %     50.0 %  ##########\n" in written(ascii_only=True)


def test_lists_for_documents_are_whole() -> None:
    problem, staff, unmet = pareto_listings(FOUND, UNMET)
    assert problem.title == "Problem"
    assert [field.heading for field in problem.fields] == ["problem", "n", "share", "cumulated"]
    assert list(problem.rows) == [
        ("late-delivery", 4, 0.5, 0.5), ("goods-damaged", 2, 0.25, 0.75), ("not said", 2, 0.25, 1.0),
    ]  # fmt: skip
    assert staff.title == "About staff"
    assert (unmet.title, list(unmet.rows)) == ("Checklist items not met", [("receipt signed", 3, 4, 0.75)])
