"""Exports of notes, payments, losses, pledges, staff and settings; the other kinds are in `commands.export`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from csm.cli.files import exporting
from csm.cli.files.exporting import Customer, Encoding, File
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.file_records import LOSS_ROW, NOTE_ROW, PAYMENT_ROW, PLEDGE_ROW, SETTING_ROW, STAFF_ROW

if TYPE_CHECKING:
    from csm.domain.records import Field


def _export(
    ctx: typer.Context,
    file: str,
    encoding: str | None,
    fields: tuple[Field, ...],
    view: str,
    customer: str | None,
    usual: str | None,
) -> None:
    """Write the rows of a view, those that are `usual`, SQL, unless that is None."""
    from csm.cli import filters, lists
    from csm.storage.listing import Condition

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, fields, given.fields, view=view) + exporting.of_customer(session, customer)
    subject = lists.Subject(view, fields, "v.id", "", {})
    left_out = [Condition(usual)] if usual is not None else []
    exporting.write(session, given, subject, conditions, file, encoding, usual=left_out)


def notes(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    everything: Annotated[bool, typer.Option("--all", help="Those on archived cards too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write the notes on customer cards, with their reminders.

    \b
    Example:
      csm export notes diary.csv --noted 2026-11-01..2026-11-30
    """
    _export(ctx, file, encoding, NOTE_ROW, "note_list", customer, None if everything else "v.archived_on IS NULL")


def payments(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    everything: Annotated[bool, typer.Option("--all", help="Those for cancelled sales too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write payments, a row each with the sale it was for.

    \b
    Example:
      csm export payments november.csv --paid 2026-11-01..2026-11-30
    """
    _export(
        ctx, file, encoding, PAYMENT_ROW, "payment_list", customer, None if everything else "v.cancelled_on IS NULL"
    )


def losses(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    everything: Annotated[bool, typer.Option("--all", help="Those of archived cards too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write which customers were lost, how and why, and whether they were won back.

    \b
    Example:
      csm export losses lost.csv --lost 2026-01-01..2026-12-31
    """
    _export(ctx, file, encoding, LOSS_ROW, "loss_list", customer, None if everything else "v.archived_on IS NULL")


def pledges(
    ctx: typer.Context,
    file: File,
    everything: Annotated[bool, typer.Option("--all", help="Retired ones too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write pledges, those in force unless --all.

    \b
    Example:
      csm export pledges pledges.csv --all
    """
    usual = None if everything or "retired_on" in ctx.meta["given"].fields else "v.retired_on IS NULL"
    _export(ctx, file, encoding, PLEDGE_ROW, "pledge_list", None, usual)


def staff(
    ctx: typer.Context,
    file: File,
    everything: Annotated[bool, typer.Option("--all", help="Those who have left too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write staff with their level of authority.

    \b
    Example:
      csm export staff people.csv --department warehouse
    """
    usual = None if everything or "retired_on" in ctx.meta["given"].fields else "v.retired_on IS NULL"
    _export(ctx, file, encoding, STAFF_ROW, "staff_list", None, usual)


def settings(
    ctx: typer.Context,
    file: File,
    everything: Annotated[bool, typer.Option("--all", help="The time zone and the currency of this file too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write the settings that were set in this file; those at their default aren't among them.

    \b
    Example:
      csm export settings team.csv
    """
    usual = None if everything else "v.key NOT LIKE 'file.%'"
    _export(ctx, file, encoding, SETTING_ROW, "setting_list", None, usual)
