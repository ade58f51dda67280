"""`csm complaint approve`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.complaint.options import Ref
from csm.cli.complaint.results import decide


def run(
    ctx: typer.Context,
    ref: Ref,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who approves; their level is on the staff list.")],
    remark: Annotated[str, typer.Option("--remark", metavar="TEXT", help="What they remark.")],
) -> None:
    """Step 6: approve a proposal, by somebody whose authority covers its cost.

    \b
    Example:
      csm complaint approve cp12 --by "Wang Fang" --remark "fair"
    """
    decide(ctx, ref, "approve", by, remark)
