"""Our own people and their level of authority."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer

from csm.cli.grammar import Given, Verb
from csm.cli.session import Session
from csm.domain.records import STAFF

SETTERS: Final = tuple(field for field in STAFF if field.given and field.name != "name")

Ref = Annotated[str, typer.Argument(metavar="NAME|ID", help="The member of staff.")]


def _values(session: Session, typed: dict[str, list[str]]) -> dict[str, Any]:
    from csm.cli import drafts

    values: dict[str, Any] = drafts.stored(session, STAFF, typed)
    if "level" in values:
        values["level"] = int(values["level"])
    return values


def _changed(ctx: typer.Context, sentence: str, staff_id: int) -> None:
    from csm.cli.output import changed
    from csm.storage import rows

    session: Session = ctx.obj
    changed(
        session,
        ctx.meta["given"],
        sentence,
        STAFF,
        rows.fetch(session.database.connection, "staff_list", staff_id) or {},
    )


def add(
    ctx: typer.Context, name: Annotated[str, typer.Argument(help="The name as written in cases and cards.")]
) -> None:
    """Add a staff member.

    \b
    Example:
      csm staff add "Wang Fang" --level 1 --department "customer service"
    """
    from csm.domain.errors import EmptyValue
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services.house import staff

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if not name.strip():
        raise EmptyValue(field="NAME")
    staff_id = staff.add(session, {"name": name.strip(), **_values(session, given.fields)})
    _changed(ctx, say("added staff member {name}", name=visible(name.strip())), staff_id)


def list_(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also those who have left.")] = False,
) -> None:
    """List staff with their level of authority.

    \b
    Example:
      csm staff list --level 1
    """
    from csm.cli import filters, lists
    from csm.i18n import say
    from csm.storage.listing import Condition

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, STAFF, given.fields, view="staff_list")
    if not everything and "retired_on" not in given.fields:
        conditions.append(Condition("v.retired_on IS NULL"))
    lists.show(session, given, lists.Subject("staff_list", STAFF, "v.name, v.id", say("no staff"), {}), conditions)


def edit(
    ctx: typer.Context,
    ref: Ref,
    name: Annotated[str | None, typer.Option("--name", help="The name.")] = None,
    clear: Annotated[
        list[str] | None, typer.Option("--clear", metavar="FIELD", help="Empty this field; repeat it.")
    ] = None,
) -> None:
    """Change a staff member.

    \b
    Example:
      csm staff edit "Wang Fang" --level 2
    """
    from csm.cli import drafts
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services.house import staff

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    row = staff.find(session, ref)
    values = _values(session, given.fields | ({"name": [name]} if name is not None else {}))
    for emptied in drafts.cleared(STAFF, clear or ()):
        values[emptied.name] = 0 if emptied.name == "level" else None
    done = staff.edit(session, row, values)
    shown = visible(str(values.get("name") or row["name"]))
    _changed(
        ctx,
        say("changed staff member {name}", name=shown) if done else say("nothing changed: {name}", name=shown),
        int(str(row["id"])),
    )


def retire(ctx: typer.Context, ref: Ref) -> None:
    """Note that somebody has left; their customers must be handed over first.

    \b
    Example:
      csm staff retire "Wang Fang"
    """
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services.house import staff

    session: Session = ctx.obj
    row = staff.find(session, ref)
    staff.retire(session, row)
    _changed(ctx, say("{name} is no longer on the staff", name=visible(str(row["name"]))), int(str(row["id"])))


VERBS: Final = {
    "add": Verb(add, "write", setters=SETTERS),
    "list": Verb(list_, "list", filters=tuple(field for field in STAFF if field.name not in ("id", "phone"))),
    "edit": Verb(edit, "write", setters=SETTERS),
    "retire": Verb(retire, "write"),
}
