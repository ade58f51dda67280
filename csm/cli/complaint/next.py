"""`csm complaint next`."""

from __future__ import annotations

import typer

from csm.cli.complaint.options import Ref


def run(ctx: typer.Context, ref: Ref) -> None:
    """Say what comes next in a case: what to ask, what to say, what to write down; on a terminal, ask and do it.

    \b
    Example:
      csm complaint next cp12
    """
    from csm.cli.complaint.coaching import coach

    coach(ctx, ref)
