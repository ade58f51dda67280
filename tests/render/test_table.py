from __future__ import annotations

import io
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm.domain.day.record import DUE
from csm.domain.house.record import SETTING
from csm.domain.kinds import Field
from csm.domain.time.instant import Zone
from csm.render.folding import cells_wide
from csm.render.formats import Listing, Style, write_list, write_record
from csm.render.screen import console
from csm.render.text import visible
from tests.render.hard import listing, record

STYLE = Style(Zone("Asia/Shanghai"))
TWO = (Field("id", "id", "integer", shown=1), Field("name", "name", shown=1))


def shown(what: Listing, style: Style = STYLE) -> str:
    stream = io.StringIO()
    write_list("table", what, style, stream)
    return stream.getvalue()


def due(late: int = 3, what: str = "usage") -> tuple[object, ...]:
    return ("callback", 1, 2, "王记百货商店", "李四", "138 0013 8000", what, "2026-11-18", late, "wang", None,
            "said they would call back", "cb1", None, None)  # fmt: skip


def test_empty_list_is_its_sentence() -> None:
    assert shown(Listing(TWO, [], title="T", empty="Nobody.", footer=("a", "b"))) == "T\n\nNobody.\n\na\nb\n"
    assert shown(Listing(TWO, [])) == ""


def test_numbers_end_and_texts_begin_together() -> None:
    assert shown(Listing(TWO, [(1, "王记"), (120, "b")])) == (
        " id  name\n"
        "─────────\n"
        "  1  王记\n"
        "120  b\n"
    )  # fmt: skip


def test_terminal_and_pipe_show_the_same_when_there_is_room() -> None:
    assert shown(listing(), STYLE._replace(width=1000)) == shown(listing())


@given(st.lists(st.tuples(st.integers(), st.text(max_size=30), st.text(max_size=30)), min_size=1, max_size=4))
def test_any_text_is_aligned_alike_in_both(rows: list[tuple[int, str, str]]) -> None:
    fields = (*TWO, Field("code", "code", shown=1))
    text = shown(Listing(fields, rows))
    assert len(text.splitlines()) == len(rows) + 2
    assert shown(Listing(fields, rows), STYLE._replace(width=2000)) == text


@given(st.text(max_size=200), st.integers(min_value=24, max_value=60))
def test_any_text_is_folded_and_never_lost(text: str, width: int) -> None:
    lines = shown(Listing(TWO, [(1, text)]), STYLE._replace(width=width)).splitlines()
    assert max(map(cells_wide, lines)) <= width
    folded = "".join(line[4:] for line in lines[2:])
    assert "".join(folded.split()) == "".join(visible(text).split())


def test_colour_adds_only_colour() -> None:
    coloured = shown(Listing(DUE, [due()]), STYLE._replace(colour=True))
    assert "\x1b[1;31m" in coloured
    bare = subprocess.run(["sed", "s/\x1b\\[[0-9;]*m//g"], input=coloured, capture_output=True, text=True, check=True)
    assert bare.stdout == shown(Listing(DUE, [due()]))


def test_early_is_not_red() -> None:
    assert "\x1b[1;31m" not in shown(Listing(DUE, [due(-1), due(0)]), STYLE._replace(colour=True))


def test_rows_take_their_colour() -> None:
    coloured = Listing(TWO, [(1, "a"), (2, "b")], colour_of=lambda row: "green" if row[0] == 2 else "")
    lines = shown(coloured, STYLE._replace(colour=True)).splitlines()
    assert ["\x1b[32m" in line for line in lines] == [False, False, False, True]


@pytest.mark.parametrize("width", range(70, 200, 7))
def test_nothing_is_cut_and_nothing_overflows(width: int) -> None:
    words = " ".join(f"word{n}" for n in range(40))
    text = shown(Listing(DUE, [due(what=words), due(-100)]), STYLE._replace(width=width))
    assert max(map(cells_wide, text.splitlines())) <= width
    assert text.count("138 0013 8000") == 2
    assert text.count("2026-11-18") == 2
    assert [f"word{n}" for n in range(40) if f"word{n}" not in text] == []
    assert "…" not in text


def test_wider_screens_show_more_columns() -> None:
    heads = [shown(Listing(DUE, [due()]), STYLE._replace(width=width)).splitlines()[0] for width in (70, 85, 160)]
    assert [" ".join(head.split()) for head in heads] == [
        "customer phone what due days late ref",
        "kind customer contact phone what due days late ref",
        "kind customer contact phone what due days late owner last said ref",
    ]


def test_columns_empty_in_every_row_give_way() -> None:
    row = list(due())
    row[4] = row[11] = None
    assert shown(Listing(DUE, [row])).splitlines()[0].split() == [
        "kind", "customer", "phone", "what", "due", "days", "late", "owner", "ref",
    ]  # fmt: skip


def test_chosen_columns_all_stay() -> None:
    text = shown(Listing(DUE, [due()], chosen=True), STYLE._replace(width=80))
    heads = " ".join(text.partition("─")[0].split())
    assert heads == (
        "customer last due best kind id id customer contact phone what due days late owner level said ref at time"
    )


def test_keys_stay_whole_and_texts_fold_instead() -> None:
    row = ("callback.no_answer_limit", "3", "3", "tries", "unanswered tries after which the due list says so")
    other = ("work.spans", "mon-sat 09:00-12:00 13:00-18:00", "", "week", "spans a day, groups of days apart by ;")
    text = shown(Listing(SETTING, [row, other]), STYLE._replace(width=80))
    assert "callback.no_answer_limit  " in text
    assert max(map(cells_wide, text.splitlines())) <= 80


def test_a_very_long_phone_folds() -> None:
    fields = (Field("phone", "phone", "phone", shown=1),)
    assert shown(Listing(fields, [("1" * 90,)]), STYLE._replace(width=40)) == (
        "phone\n" + "─" * 40 + "\n" + "1" * 40 + "\n" + "1" * 40 + "\n" + "1" * 10 + "\n"
    )


def test_a_stream_that_cannot_draw_gets_ascii() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", errors="replace", newline="")
    for style in (STYLE, STYLE._replace(width=80)):
        write_list("table", Listing(TWO, [(1, "王记")]), style, stream)
    stream.flush()
    assert raw.getvalue() == b"id  name\n--------\n 1  ??\n" * 2


def test_gbk_draws_lines() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="gbk", errors="replace", newline="")
    for style in (STYLE, STYLE._replace(width=80)):
        write_list("table", Listing(TWO, [(1, "王记")]), style, stream)
    stream.flush()
    assert raw.getvalue().decode("gbk") == "id  name\n────────\n 1  王记\n" * 2


def test_record_is_the_same_on_a_wide_terminal() -> None:
    pipe, terminal = io.StringIO(), io.StringIO()
    fields = listing().fields
    write_record("table", fields, record(), STYLE, pipe)
    write_record("table", fields, record(), STYLE._replace(width=1000), terminal)
    assert terminal.getvalue() == pipe.getvalue()


def test_console_reads_no_markup() -> None:
    stream = io.StringIO()
    console(stream, STYLE._replace(width=30)).print("[/foo] [bold]x[/bold] :smile:")
    assert stream.getvalue() == "[/foo] [bold]x[/bold] :smile:\n"


def test_rich_is_for_terminals_only() -> None:
    code = (
        "import sys, io\n"
        "from csm.domain.time.instant import Zone\n"
        "from csm.domain.formats import WRITTEN\n"
        "from csm.render.formats import *\n"
        "from csm.domain.day.record import DUE\n"
        "row = (1,) * 5 + ('1',) * 2 + ('2026-01-01', 1) + ('x',) * 4 + (None, None)\n"
        "for form in WRITTEN: write_list(form, Listing(DUE, [row]), Style(Zone('UTC')), io.StringIO(newline=''))\n"
        "print([name for name in sys.modules if name.startswith('rich')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


def test_one_endless_text_does_not_pad_the_other_rows() -> None:
    fields = (Field("note", "note", shown=1), Field("id", "id", "integer", shown=1))
    lines = shown(Listing(fields, [("x" * 1000, 1), ("y", 2)])).splitlines()
    assert lines == ["note" + " " * 198 + "id", "─" * 204, "x" * 1000 + "   1", "y" + " " * 202 + "2"]


def test_titles_footers_and_headings_are_made_visible() -> None:
    listing = Listing((Field("x", "h\x1b", shown=1),), [("a",)], title="t\x9b", footer=("f\u202e",))
    text = "t<U+009B>\n\nh␛\n──\na\n\nf<U+202E>\n"
    assert shown(listing) == text
    assert shown(listing, STYLE._replace(width=80)) == text
