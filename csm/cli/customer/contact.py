"""`csm customer contact`."""

from __future__ import annotations

from typing import Annotated

import typer


def run(
    ctx: typer.Context,
    action: Annotated[str, typer.Argument(metavar="add|edit|leave|move|remove|list", help="What to do.")],
    ref: Annotated[
        str | None, typer.Argument(metavar="REF", help="The contact: id or name; for add and list the customer.")
    ] = None,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="For add the contact's name, for move the new customer.")
    ] = None,
    rename: Annotated[str | None, typer.Option("--name", help="The contact's name.")] = None,
    phone: Annotated[list[str] | None, typer.Option("--phone", help="Phone number (repeatable).")] = None,
    clear: Annotated[
        list[str] | None, typer.Option("--clear", metavar="FIELD", help="For edit: empty this field (repeatable).")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="WHEN", help="For leave and move: since when (default: today).")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="For list: also those who have left, and those of archived customers.")
    ] = False,
) -> None:
    """Add, edit, move, remove or list contacts, or note that one has left.

    A contact that a callback, a complaint or a sale names isn't removed: it has left, or moves to another customer
    with all that is personal. The name stays on everything at the old one.

    \b
    Example:
      csm customer contact add "Golden Dragon" "Li Na" --role buyer --phone "138 0013 8000" --birthday 03-12
      csm customer contact leave 12 --on 2026-11-15
      csm customer contact move 12 "Jade Garden"
    """
    from csm.cli.customer.contacts import Typed, act

    act(ctx, action, Typed(ref, name, rename, phone, clear, on, everything))
