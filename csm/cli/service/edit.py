"""`csm service edit`."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from csm.cli import drafts
from csm.cli.grammar import Given
from csm.cli.service import EDITED
from csm.cli.service import messages as service_words
from csm.cli.service.options import Check, On, Ref, Sale
from csm.cli.service.results import checks, print_changed, record_lines, record_of
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.kinds import Field, named
from csm.domain.service.record import SERVICE
from csm.i18n import say
from csm.render.commands import option_of
from csm.services.service import writing as services_rendered

CLEARABLE: Final = (
    *(named(SERVICE, name) for name in ("minutes", "by", "message", "note", "external_id")),
    Field("sale", "sale"),
)


def run(
    ctx: typer.Context,
    ref: Ref,
    on: On = None,
    sale: Sale = None,
    check: Check = None,
    clear: Annotated[
        list[str] | None, typer.Option("--clear", metavar="FIELD", help="Empty this field; repeat it.")
    ] = None,
) -> None:
    """Change a service, or tick more of its checklist; an item that is ticked again is replaced.

    \b
    Example:
      csm service edit sv3 --check on-time=no --minutes 30 --technical no
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    stored = drafts.stored(session, EDITED, given.fields) | record_lines(session, on, sale)
    for emptied in drafts.cleared(CLEARABLE, clear or ()):
        column = {"sale": "sale_id"}.get(emptied.name, emptied.name)
        if column in stored:
            raise UsageFault("values-exclude", first=option_of(emptied.name), second=f"--clear {emptied.name}")
        stored[column] = None
    ticked = checks(check)
    if not stored and not ticked:
        raise UsageFault("nothing-to-change")
    noted = services_rendered.edit(session, ref, stored, ticked)
    print_changed(ctx, say("changed sv{id}", id=noted.id) if noted.changed else say("nothing changed"), noted.id)
    if ticked or "kind" in stored:
        service_words.tell_checklist(session, noted)
    if "message" in stored:
        service_words.tell_message(session, record_of(session, noted.id))
