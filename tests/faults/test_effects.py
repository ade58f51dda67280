"""Every option of every command does something: what is accepted and ignored is a lie about what was kept.

Each option is set in a call that works without it. The call with it must change the record, the output or the words,
or be refused; where it must match what is there to be seen, two values are tried.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.faults.commands import INPUT, Called, Taken, commands, filled

# A value that differs from what the file of `filled` has, by how an option is called, else by the kind of its field.
BY_WORD = {
    "--contact": "Li Na", "--field": "floor=3", "--on": "2026-11-20", "--to": "2026-11-10", "--from": "2026-11-05",
    "--month": "2026-10", "--quarter": "2026-q3", "--year": "2025", "--until": "2026-12-31", "--next": "2026-12-09",
    "--postponed": "2026-12-09", "--remind": "2026-12-09", "--received": "2026-11-20 10:00", "--by": "Boss",
    "--at": "2026-11-21 08:30", "--days": "20", "--within": "2d", "--columns": "id", "--sort": "-id", "--limit": "1",
    "--format": "json", "--customer": "2", "--sale": "1", "--complaint": "the lid broke", "--pledge": "1",
    "--callback": "cb1", "--satisfaction": "2", "--outcome": "full", "--failure": "outcome", "--cause": "customer",
    "--kind": "company", "--months": "1", "--band": "current", "--reason": "complaint", "--segment": "champions",
    "--touch": "sale", "--route": "R1", "--per-day": "1", "--purpose": "offer", "--objection": "price", "--cost": "5",
    "--channel": "visit", "--quantity": "7", "--item": "Lid;2;5", "--install": "yes", "--compensation": "5",
    "--recovery": "equal", "--trigger": "media", "--to-level": "2", "--reply-by": "2026-11-24", "--severity": "serious",
    "--prevent-on": "2026-12-01", "--clock": "resolution", "--expect": "7,7,7,7,7", "--perceive": "7,7,7,7,7",
    "--expect-items": "q1=7", "--perceive-items": "q1=7", "--respondents": "3", "--scale": "5", "--section": "promises",
    "--status": "done", "--owner": "bob", "--region": "West", "--tag": "new", "--untag": "gym", "--check": "x=yes",
    "--encoding": "gb18030", "--date-order": "dmy", "--input": "jsonl", "--map": "phone=short_name", "--set": "region=West",
    "--value": "region:East=West", "--rejects": "bad.csv", "--phone": "139 0000 0555", "--color-by": "region",
    "--clear": "phone", "--prevent-by": "bob", "--amount": "7", "--level": "2", "--unresolved": "too dear",
}  # fmt: skip
BY_KIND = {
    "date": "2026-11-19", "instant": "2026-11-19", "money": "123", "integer": "7", "phone": "139 0000 0555",
    "email": "x@example.com", "tags": "new", "flag": "yes", "interval": "9d", "settlement": "half-monthly",
    "birthday": "03-12", "quantity": "7", "score": "6", "share": "0.5", "json": "x", "text": "something else",
    "own": "something else", "customer": "5",
}  # fmt: skip
# Where one value alone may be what is there anyway.
OTHERS = {
    "--recovery": ["symbolic"], "--outcome": ["partial"], "--failure": ["process"], "--band": ["1-30"], "--on": ["2026-11-12", "2026-11-05"], "--sort": ["id"],
    "--region": ["East"], "--severity": ["general"], "--months": ["12"], "--clear": ["tags", "department", "csat", "note"],
    "--reason": ["silent"], "--segment": ["hibernating"], "--untag": ["east"], "--kind": ["delivery"], "--route": ["settle"],
    "--compensation": ["0"], "--purpose": ["usage"], "--from": ["2026-11-20"], "--to": ["2026-02-01"], "--score": ["5"],
    "--by": ["alice", "Li Na", "2026-12-01", "month", "owner", "region", "person"], "--until": ["2026-11-22"],
}  # fmt: skip
# Accepted and seen nowhere on this file, each for its reason; every one of them has a test where it matters.
NO_DIFFERENCE = {
    "--raw": "only csv and tsv are guarded, and the file has no text that looks like a formula",
    "--force": "insists where something would be refused, and here nothing is",
    "--allow": "lets in more than is open",
    "--allow-negative": "lets in an amount below zero",
    "--strict": "refuses more than the credit limit",
    "--color-by": "colours, on a terminal only",
    "--update": "for rows that differ from their record",
    "--skip-bad": "for bad rows",
    "--rejects": "for bad rows",
    "--encoding": "for characters that encodings write in different ways",
    "--date-order": "for dates that can be read in two ways",
    "--round": "for amounts with more decimals than are kept",
    "--decimal": "for amounts with decimals",
    "--skip-lines": "for lines above the headings",
    "--dry-run": "where the import is refused anyway",
    "--incomplete": "every card here lacks something",
    "--told": "is needed",
}
SHORT = {"--sort", "--limit"}  # of a list of one row or none


# Options of one command that this file shows nothing of.
IDLE = {
    "complaint feedback-read": {"--by", "--format"},  # refused: no feedback waits
    "import all": {"--format"},  # refused: its input is a folder
    # Nothing of these hangs on an archived card or a cancelled sale.
    **{f"export {kind}": {"--all"} for kind in ("services", "surveys", "notes")},
    "sale plan": {"--replace"},  # no plan is open here
    **{f"config {verb}": {"--force"} for verb in ("set", "unset")},  # it isn't the currency
    "export losses": {"--all", "--customer"},  # one loss
    "export payments": {"--all", "--customer"},  # one payment
}
LAST = [0]  # the last command that made the file


def value_of(option: Taken) -> str:
    if option.place in ("setter", "filter"):
        return BY_KIND[option.kind]
    return BY_WORD.get(option.word, BY_KIND["own"])


def values_of(option: Taken) -> list[str]:
    """Return values of which one at least must matter: all of a closed list, else two."""
    if option.terms:
        from csm.domain.terms import TERMS

        return list(TERMS[option.terms])
    if option.kind == "flag":
        return ["yes", "no"]
    return [value_of(option), *OTHERS.get(option.word, ())]


def done(desk: Desk, folder: Path, content: bytes, words: list[str]) -> tuple[object, ...]:
    """Return all that a call leaves behind: code, output, words, files, and the changes of the file."""
    desk.restore(content)
    out = folder / "out.csv"
    if out.is_dir():
        shutil.rmtree(out)
    out.unlink(missing_ok=True)
    result = desk(*words)
    rows = desk.sql("SELECT table_name, row_id, before, after FROM change WHERE command_id > ? ORDER BY id", LAST[0])
    written = sorted(
        (path.name, path.read_bytes())
        for path in folder.rglob("*.*")
        if path.is_file() and not path.name.startswith("shop.db")
    )
    return result.code, result.out, result.err, rows, written


ALL = [command for command in commands() if command.title != "demo"]


@pytest.mark.parametrize("command", ALL, ids=lambda command: command.title)
def test_every_option_has_an_effect(
    command: Called, full: tuple[Desk, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, content = full
    folder = desk.folder
    monkeypatch.chdir(folder)
    source = folder / "in.csv"
    source.write_text(INPUT.get(command.words[-1], ""), encoding="utf-8")
    words = [*command.words, *command.needed(**{"out": str(folder / "out.csv"), "in": str(source)})]
    plain = done(desk, folder, content, words)
    idle = []
    for option in command.options:
        if option.word in ("--output", *NO_DIFFERENCE):
            continue
        if option.word in words and option.flag:
            continue
        tries = [option.word] if option.flag else [f"{option.word}={value}" for value in values_of(option)]
        if all(done(desk, folder, content, [*words, typed]) == plain for typed in tries):
            idle.append(option.word)
    assert set(idle) - (SHORT if str(plain[1]).count("\n") < 4 else set()) - IDLE.get(command.title, set()) == set()


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, bytes]:
    """Return a desk and the content of a file with records of every kind."""
    desk = filled(Desk(tmp_path_factory.mktemp("full")))
    LAST[:] = desk.sql("SELECT max(id) FROM command")[0]
    return desk, desk.path.read_bytes()
