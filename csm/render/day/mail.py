"""The page for the morning in markdown, and as the body of a mail, made to be read on a phone.

Styles stand in the tags and the layout is a table, since that is what mail programs keep. Nothing is loaded from
anywhere, and whatever a record holds is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Final, TextIO

from csm.i18n import say
from csm.render.day.due import last_line, ref
from csm.render.day.page import Reading, Section, closing, notices, routes, sections, title
from csm.render.day.table import day_and_weekday
from csm.render.listing import Listing, Style
from csm.render.markup import as_html, as_md, md_list, page

if TYPE_CHECKING:
    from csm.storage.day.due import Item

_HEAD: Final = ('<meta name="viewport" content="width=device-width, initial-scale=1">',)
_BODY: Final = '<body style="margin:0;padding:12px;background:#ffffff;color:#222222;font:16px/1.4 sans-serif">'
# The type is repeated for tables, which don't take it from the body in every mail program.
_TABLE: Final = (
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0"'
    ' style="max-width:640px;color:#222222;font:16px/1.4 sans-serif">'
)
_H1: Final = '<h1 style="margin:0 0 8px;font-size:20px">'
_H2: Final = '<h2 style="margin:20px 0 4px;font-size:17px">'
_NOTICE: Final = '<p style="margin:8px 0">'
_REF: Final = (
    '<td width="72" style="padding:8px 8px 8px 0;border-top:1px solid #dddddd;vertical-align:top;color:#666666">'
)
_CELL: Final = '<td style="padding:8px 0;border-top:1px solid #dddddd;vertical-align:top;word-break:break-word">'
_PHONE: Final = "font-size:18px;font-weight:bold"
_LATE: Final = "color:#b00020"
_FAINT: Final = "color:#666666"
_DIALLED: Final = re.compile(r"\+?[\d ()./\u00a0-]+", re.ASCII)


def write_md(reading: Reading, listings: Iterable[Listing], style: Style, stream: TextIO) -> None:
    """Write the page as markdown, its parts as pipe tables."""
    stream.write(f"# {as_md(title(reading.day))}\n")
    if lines := notices(reading.day):
        stream.write("\n" + "".join(f"- {as_md(line)}\n" for line in lines))
    for listing in listings:
        stream.write("\n")
        md_list(listing, style, stream)
    if last := closing(reading.day):
        stream.write(f"\n{as_md(last)}\n")


def write_mail(reading: Reading, style: Style, stream: TextIO) -> None:
    """Write the page as html for a mail."""
    day = reading.day
    parts = [f"{_H1}{as_html(title(day))}</h1>"]
    parts += [f"{_NOTICE}{as_html(line)}</p>" for line in notices(day)]
    for section in sections(day):
        parts += [f"{_H2}{as_html(section.title)}</h2>", _TABLE]
        parts += [_row(ref(item), _item(reading, section, item)) for item in section.items]
        parts.append("</table>")
    for section in routes(day):
        parts += [f"{_H2}{as_html(section.title)}</h2>", _TABLE]
        parts += [_row(str(item.route_order or ""), _visit(item)) for item in section.items]
        parts.append("</table>")
    if last := closing(day):
        parts.append(f'<p style="margin:20px 0 0">{as_html(last)}</p>')
    page(title(day), parts, style, stream, _HEAD, _BODY)


def _row(mark: str, lines: Sequence[str]) -> str:
    return f"<tr>{_REF}{as_html(mark)}</td>{_CELL}{'<br>'.join(lines)}</td></tr>"


def _item(reading: Reading, section: Section, item: Item) -> list[str]:
    lines = [_who(item), *_phone(item), as_html(reading.what(item))]
    late = reading.late(item)
    if late:
        lines.append(_styled(_LATE, f"{late}{say(', ')}{reading.due(item)}"))
    elif section.name == "coming":
        lines.append(_styled(_FAINT, day_and_weekday(reading.due(item))))
    elif item.due_at is not None:
        lines.append(_styled(_FAINT, reading.time(item)))
    if item.last_said:
        lines.append(_styled(_FAINT, last_line(item.last_said)))
    owner = reading.owner(item)
    if owner and reading.day.owner is None:
        lines.append(_styled(_FAINT, owner))
    return lines


def _visit(item: Item) -> list[str]:
    return [_who(item), *_phone(item), _styled(_FAINT, ref(item))]


def _who(item: Item) -> str:
    name = f"<strong>{as_html(item.customer)}</strong>"
    return f"{name}{say(', ')}{as_html(item.contact)}" if item.contact and item.contact != item.customer else name


def _phone(item: Item) -> list[str]:
    """Return the phone number as a link that dials it, where it begins with one that can be dialled."""
    if not item.phone:
        return []
    dialled = _DIALLED.match(item.phone)
    number = re.sub(r"[^+\d]", "", dialled[0], flags=re.ASCII) if dialled else ""
    if len(number) < 3:
        return [_styled(_PHONE, item.phone)]
    return [f'<a href="tel:{escape(number)}" style="{_PHONE}">{as_html(item.phone)}</a>']


def _styled(look: str, text: str) -> str:
    return f'<span style="{look}">{as_html(text)}</span>'
