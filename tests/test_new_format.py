"""A format is one line in `csm.domain.formats`, and every list of formats has it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE, STDOUT

from csm.domain import formats

PROJECT = Path(__file__).resolve().parents[1]

# A process in which the registry has one more line, and the module of that format is made up too.
WITH_NOTES = """
import sys, types
source = open({path!r}, encoding="utf-8").read()
line = 'Format("notes", ("notes", "nts"), "made_up", exported=True, imported=True, sign="~"),'
made = types.ModuleType("csm.domain.formats")
exec(source.replace("FORMATS: Final = (", "FORMATS: Final = (" + line), vars(made))
sys.modules["csm.domain.formats"] = made
import csm.render
writer = types.ModuleType("csm.render.made_up")
def notes_list(listing, style, stream):
    rows, place = list(listing.rows), [field.name for field in listing.fields].index("name")
    stream.write("".join("~ " + row[place] + chr(10) for row in rows))
    return len(rows)
writer.notes_list = notes_list
sys.modules["csm.render.made_up"] = writer
from csm.cli.app import run
for words in {commands!r}:
    print("$", *words[2:], flush=True)
    run(words)
    sys.stdout.flush()
"""


def result(folder: Path, *commands: str) -> dict[str, list[str]]:
    """Run commands where there is a format `notes`; return the lines of each."""
    words = [["--db", "shop.db", *command.split()] for command in commands]
    code = WITH_NOTES.format(path=formats.__file__, commands=words)
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "COLUMNS": "200", "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, stdout=PIPE, stderr=STDOUT, text=True, check=True
    )
    lines = done.stdout.split("$ ")[1:]
    return {command: text.splitlines()[1:] for command, text in zip(commands, lines, strict=True)}


def test_a_new_line_of_the_registry_is_in_every_list_of_formats(tmp_path: Path) -> None:
    found = result(
        tmp_path,
        "customer add Dragon",
        "customer list -f notes",
        "customer list -o cards.notes",
        "export customers cards.nts",
        "customer list -f odt",
        "customer list -o cards.odt",
        "export customers cards.odt",
        "customer list --help",
        "export customers --help",
        "import customers --help",
        "import customers cards.csv --input odt",
    )
    assert found["customer list -f notes"] == ["~ Dragon"]
    assert (tmp_path / "cards.notes").read_text() == "~ Dragon\n"
    assert (tmp_path / "cards.nts").read_text() == "~ Dragon\n"
    files = "csv, tsv, json, jsonl"
    assert found["customer list -f odt"] == [
        "csm: --format can't be 'odt'",
        f"hint: it is one of: notes, table, {files}, md, html",
    ]
    assert found["customer list -o cards.odt"] == [
        "csm: --output cards.odt: no format is called .odt",
        f"hint: end the name in one of notes, {files}, md, html, or name the format with --format",
    ]
    assert found["export customers cards.odt"] == [
        "csm: FILE cards.odt: no format is called .odt",
        f"hint: end the name in one of notes, {files}, or name the format with --format",
    ]
    assert found["import customers cards.csv --input odt"] == [
        "csm: format can't be 'odt'",
        f"hint: it is one of: notes, {files}",
    ]
    for command, line in (
        ("customer list --help", "-f, --format <str> notes, table, csv, tsv, json, jsonl, md or html;"),
        ("export customers --help", "FILE A notes, csv, tsv, json or jsonl file; - is standard output."),
        ("import customers --help", "FILE A notes, csv, tsv, json or jsonl file; - is standard input."),
        ("import customers --help", "--input FORMAT notes, csv, tsv, json or jsonl, where the name"),
    ):
        assert line in [" ".join(one.split()) for one in found[command]]
