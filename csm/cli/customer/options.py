"""Options that several verbs of `customer` take."""

from __future__ import annotations

from typing import Annotated

import typer

Ref = Annotated[str, typer.Argument(metavar="REF", help="Id, code, phone, name, or a part of the name or its pinyin.")]
Force = Annotated[bool, typer.Option("--force", help="Insist, though it looks like a customer that is here already.")]
Tags = Annotated[list[str] | None, typer.Option("--tag", help="A word to group by; repeat it.")]
OwnFields = Annotated[
    list[str] | None, typer.Option("--field", metavar="KEY=VALUE", help="A field of your own; repeat it.")
]


WithBranches = Annotated[
    bool, typer.Option("--with-branches", help="The customer and all branches below it, added up.")
]
Customer = Annotated[str, typer.Argument(metavar="REF", help="The customer.")]
Text = Annotated[str | None, typer.Argument(metavar="[TEXT]", help="What happened.")]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="The same as an option.")]
