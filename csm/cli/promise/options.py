"""Options that several verbs of `promise` take."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from csm.domain.promise.record import PROMISE

LISTED: Final = [field for field in PROMISE if field.listed]
Ref = Annotated[str, typer.Argument(metavar="ID", help="The promise.")]
HowItEnded = Annotated[str | None, typer.Argument(metavar="[TEXT]", help="How it ended.")]
