"""Options that several verbs of `staff` take."""

from __future__ import annotations

from typing import Annotated

import typer

Ref = Annotated[str, typer.Argument(metavar="NAME|ID", help="The member of staff.")]
