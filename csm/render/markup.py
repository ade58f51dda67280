"""The formats for chats, wikis and mails: markdown and html.

Whatever a record holds is text in them, never markup of theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final, TextIO

from csm.domain.kinds import Field
from csm.i18n import heading, language
from csm.render.columns import Column, columns_of, nested_of, pairs_of
from csm.render.listing import Listing, Row, Style
from csm.render.text import visible

# --- markdown -------------------------------------------------------------------------------------------------

_MD: Final = str.maketrans(
    {character: "\\" + character for character in "\\`*_[]|~"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "<br>"}
)


def md_list(listing: Listing, style: Style, stream: TextIO) -> int:
    """Write a list as a pipe table under its title; return the number of rows."""
    rows = list(listing.rows)
    blocks = [f"## {as_md(listing.title)}"] if listing.title else []
    blocks += [as_md(line) for line in listing.lead]
    if rows:
        blocks.append(_md_table(columns_of(listing, rows, style.zone, lines=True)))
    elif listing.empty:
        blocks.append(as_md(listing.empty))
    blocks += [as_md(line) for line in listing.footer]
    stream.write("\n\n".join(blocks) + "\n")
    if rows and listing.below:
        stream.write("\n")
        md_list(listing.below(), style, stream)
    return len(rows)


def md_record(fields: Sequence[Field], record: Mapping[str, Any], style: Style, stream: TextIO, title: str) -> None:
    """Write a record as a pipe table of field and value, with its nested records as tables below."""
    lines = [_md_row([heading("field"), heading("value")]), "| --- | --- |"]
    lines += [_md_row(pair) for pair in pairs_of(fields, record, style.zone)]
    stream.write((f"## {as_md(title)}\n\n" if title else "") + "\n".join(lines) + "\n")
    for listing in nested_of(record):
        stream.write("\n")
        md_list(listing, style, stream)


def as_md(text: str) -> str:
    """Return a stored text as markdown, nothing in it marked."""
    return visible(text, lines=True).translate(_MD)


def _md_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join([as_md(cell) for cell in cells]) + " |"


def _md_table(columns: Sequence[Column]) -> str:
    lines = [_md_row([column.heading for column in columns])]
    lines.append("| " + " | ".join("---:" if column.right else "---" for column in columns) + " |")
    lines += [_md_row(cells) for cells in zip(*[column.cells for column in columns], strict=True)]
    return "\n".join(lines)


# --- html -----------------------------------------------------------------------------------------------------

# Table attributes in addition to the style sheet, since many mail programs drop the sheet.
_TABLE: Final = '<table border="1" cellpadding="4" cellspacing="0">'
_SHEET: Final = (
    "body { font-family: sans-serif; } "
    "table { border-collapse: collapse; } "
    "th { text-align: left; vertical-align: top; background: #eee; } "
    "td { vertical-align: top; } "
    ".n { text-align: right; }"
)
_TAGS: Final = {"en": "en", "zh": "zh-CN"}


def html_list(listing: Listing, style: Style, stream: TextIO) -> int:
    """Write a list as an html page with one table; return the number of rows."""
    rows = list(listing.rows)
    parts = _html_blocks(listing, rows, style, "h1")
    below, more = listing, rows
    while more and below.below:
        below = below.below()
        more = list(below.rows)
        parts += _html_blocks(below, more, style, "h2")
    page(listing.title, parts, style, stream)
    return len(rows)


def html_record(fields: Sequence[Field], record: Mapping[str, Any], style: Style, stream: TextIO, title: str) -> None:
    """Write a record as an html page with a table of field and value, and a table for each kind of nested record."""
    parts = [f"<h1>{as_html(title)}</h1>"] if title else []
    parts.append(_TABLE)
    for name, text in pairs_of(fields, record, style.zone):
        parts.append(f"<tr><th>{as_html(name)}</th><td>{as_html(text)}</td></tr>")
    parts.append("</table>")
    for listing in nested_of(record):
        parts += _html_blocks(listing, list(listing.rows), style, "h2")
    page(title, parts, style, stream)


def as_html(text: str) -> str:
    """Return a stored text as html, its line breaks kept."""
    return escape(visible(text, lines=True)).replace("\n", "<br>")


def _html_blocks(listing: Listing, rows: Sequence[Row], style: Style, tag: str) -> list[str]:
    parts = [f"<{tag}>{as_html(listing.title)}</{tag}>"] if listing.title else []
    parts += [f"<p>{as_html(line)}</p>" for line in listing.lead]
    if rows:
        parts += _html_table(columns_of(listing, rows, style.zone, lines=True))
    elif listing.empty:
        parts.append(f"<p>{as_html(listing.empty)}</p>")
    return parts + [f"<p>{as_html(line)}</p>" for line in listing.footer]


def _html_table(columns: Sequence[Column]) -> list[str]:
    heads = [f"<th{_attributes(column)}>{as_html(column.heading)}</th>" for column in columns]
    openings = [f"<td{_attributes(column)}>" for column in columns]
    parts = [_TABLE, f"<tr>{''.join(heads)}</tr>"]
    for cells in zip(*[column.cells for column in columns], strict=True):
        row = "".join([f"{opening}{as_html(cell)}</td>" for opening, cell in zip(openings, cells, strict=True)])
        parts.append(f"<tr>{row}</tr>")
    return [*parts, "</table>"]


def _attributes(column: Column) -> str:
    return ' class="n" align="right"' if column.right else ""


# A page is all there is of it: it loads nothing and runs nothing, whatever was typed into the file.
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(
    title: str,
    parts: Sequence[str],
    style: Style,
    stream: TextIO,
    head: Sequence[str] = (f"<style>{_SHEET}</style>",),
    body: str = "<body>",
) -> None:
    """Write a whole html page around `parts`, in characters that `stream` can write; `head` ends its head."""
    tag = _TAGS.get(language(), language())
    start = [
        "<!doctype html>",
        f'<html lang="{tag}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{escape(visible(title) or 'csm')}</title>",
        *head,
        "</head>",
        body,
    ]
    text = "\n".join([*start, *parts, "</body>", "</html>"]) + "\n"
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if style.ascii_only or not encoding.lower().startswith("utf"):
        # the page says it is UTF-8, so on any other stream it keeps to what is the same in both
        text = text.encode("ascii", "xmlcharrefreplace").decode("ascii")
    stream.write(text)
