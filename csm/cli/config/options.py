"""Options that several verbs of `config` take."""

from __future__ import annotations

from typing import Annotated, Final

import typer

MOVES_SHOWN: Final = 5
Key = Annotated[str, typer.Argument(metavar="KEY", help="The setting; csm config list shows them all.")]
Force = Annotated[
    bool, typer.Option("--force", help="Set the currency though the file has amounts; none of them is converted.")
]
