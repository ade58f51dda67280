"""Options that several verbs of `service` take."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from csm.domain.kinds import Field

CHECK: Final = (Field("item", "checks", "choice", "check_item", shown=1), Field("met", "items met", "flag", shown=1))
BY: Final = ("item", "person", "customer")
Ref = Annotated[str, typer.Argument(metavar="ID", help="The service: 12 or sv12.")]
Check = Annotated[
    list[str] | None,
    typer.Option("--check", metavar="ITEM=yes|no", help="An item of the kind's checklist, met or not; repeat it."),
]
Sale = Annotated[str | None, typer.Option("--sale", metavar="ID", help="The sale that it belongs to.")]
On = Annotated[str | None, typer.Option("--on", metavar="WHEN", help="The day it was done; today unless told.")]
