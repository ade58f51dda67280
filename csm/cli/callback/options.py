"""Options that several verbs of `callback` take."""

from __future__ import annotations

from typing import Annotated

import typer

Text = Annotated[str | None, typer.Argument(metavar="[TEXT]", help="What was said.")]
Satisfaction = Annotated[
    str | None, typer.Option("-s", "--satisfaction", metavar="1..5", help="How satisfied they are.")
]
NoAnswer = Annotated[bool, typer.Option("--no-answer", help="Nobody answered: it stays open for the next working day.")]
Postponed = Annotated[
    str | None,
    typer.Option("--postponed", metavar="WHEN", help="They asked for another day or time: it stays open."),
]
Refused = Annotated[bool, typer.Option("--refused", help="They didn't want to talk.")]
Next = Annotated[str | None, typer.Option("--next", metavar="WHEN", help="Plan the next one for this day or time.")]
Suggestion = Annotated[str | None, typer.Option("--suggestion", metavar="TEXT", help="The suggestion they made.")]
Objection = Annotated[
    str | None, typer.Option("--objection", help="false-objection, not-understood, quality, price or not-now.")
]
Cost = Annotated[str | None, typer.Option("--cost", metavar="AMOUNT", help="What it cost us.")]
Channel = Annotated[str | None, typer.Option("--channel", help="How: phone, visit, wechat, email, ...")]
At = Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When it was; now unless told.")]
Complaint = Annotated[
    str | None, typer.Option("--complaint", metavar="SUMMARY", help="A problem was heard: open a complaint about it.")
]
Summary = Annotated[
    str | None,
    typer.Option("--summary", metavar="TEXT", help="Sums up the case that the satisfaction callback closes."),
]
Contact = Annotated[str | None, typer.Option("--contact", metavar="NAME", help="Whom: a contact's name or id.")]
Sale = Annotated[str | None, typer.Option("--sale", metavar="ID", help="The sale it is about: 12, sa12 or its bill.")]
