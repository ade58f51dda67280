"""`csm complaint reject`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.complaint.options import Ref
from csm.cli.complaint.results import decide


def run(
    ctx: typer.Context,
    ref: Ref,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who rejects; their level is on the staff list.")],
    remark: Annotated[str, typer.Option("--remark", metavar="TEXT", help="Why, and what to propose instead.")],
) -> None:
    """Step 6: reject a proposal; it stays on record, and another one is to be made.

    \b
    Example:
      csm complaint reject cp12 --by "Wang Fang" --remark "too little after the second time"
    """
    decide(ctx, ref, "reject", by, remark)
