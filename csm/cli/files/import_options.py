"""Options that several verbs of `import` take."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer

from csm.cli.grammar import either
from csm.domain.formats import IMPORTED

File = Annotated[str, typer.Argument(metavar="FILE", help=f"A {either(IMPORTED)} file; - is standard input.")]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="COLUMN=FIELD", help="Which field a column fills; several may fill one. Repeat it."),
]
Set = Annotated[list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A value for all rows; repeat it.")]
Value = Annotated[
    list[str] | None,
    typer.Option(
        "--value",
        metavar="FIELD:TEXT=VALUE",
        help="In this field the text TEXT means VALUE; the text * is every other one. Repeat it.",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")]
Update = Annotated[bool, typer.Option("--update", help="Rows that differ from their record change it.")]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help="Import the good rows though others are bad.")]
Rejects = Annotated[
    str | None, typer.Option("--rejects", metavar="FILE", help="Write the bad rows here, with the reason.")
]
Encoding = Annotated[str | None, typer.Option("--encoding", help="How the file was saved, such as gb18030.")]
DateOrder = Annotated[
    str | None, typer.Option("--date-order", metavar="dmy|mdy|ymd", help="What 5/6/2026 means in the file.")
]
SkipLines = Annotated[
    int, typer.Option("--skip-lines", metavar="N", min=0, help="Lines above the headings to pass over (default: 0).")
]
Decimal = Annotated[
    str | None,
    typer.Option("--decimal", metavar=",|.", help="The sign before decimals in the file (default: .)."),
]
Round = Annotated[
    bool, typer.Option("--round", help="Round amounts with more decimals than are stored (default: refuse them).")
]
Input = Annotated[
    str | None, typer.Option("--input", metavar="FORMAT", help=f"{either(IMPORTED)}, where the name doesn't tell.")
]
# By the name of the parameter: the option and its default, in the order of the help pages.
OPTIONS: Final[dict[str, tuple[Any, Any]]] = {
    "map_": (Map, None),
    "set_": (Set, None),
    "value": (Value, None),
    "dry_run": (DryRun, False),
    "update": (Update, False),
    "skip_bad": (SkipBad, False),
    "rejects": (Rejects, None),
    "encoding": (Encoding, None),
    "date_order": (DateOrder, None),
    "skip_lines": (SkipLines, 0),
    "decimal": (Decimal, None),
    "round_": (Round, False),
    "input_": (Input, None),
}
ORDERS: Final = ("dmy", "mdy", "ymd")
DECIMALS: Final = (",", ".")
EXIT_REJECTED: Final = 6
SHOWN_ERRORS: Final = 10
# Encodings that aren't named: what a file of today is saved in, and that of an empty one.
USUAL: Final = ("", "utf-8")
