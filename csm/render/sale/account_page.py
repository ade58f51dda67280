"""A statement of account as a page to hand over: one html file that loads nothing, for a phone, a desk and A4 paper.

Whatever is stored is text in it, never markup. It speaks to the customer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final, TextIO

from csm.domain.kinds import Field, named
from csm.domain.sale.record import ACCOUNT
from csm.domain.sale.statement import Account
from csm.domain.value import Value
from csm.domain.values.money import group_cents
from csm.i18n import heading, say
from csm.render.cells import human
from csm.render.columns import columns_of
from csm.render.frame import FRAME, PAPER, head
from csm.render.listing import Style
from csm.render.markup import as_html, page
from csm.render.phrases import listed, titled
from csm.render.sale.account import account_rows, bands_listing, period

# On a phone a row stands in three lines, and each amount has its name in front.
_SHEET: Final = """
body{max-width:900px}
.house{font-weight:600;margin:0 0 14px}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,260px),1fr));gap:14px 40px;align-items:start}
address{font-style:normal}
address p:first-child{font-weight:600}
.sum{background:var(--panel);border:1px solid var(--rule);border-radius:8px;padding:10px 14px}
.sum p{margin:0}
.sum .value{font-size:22px;font-weight:700;line-height:1.3}
th,td{text-align:left}
th:first-child{padding-left:0}
.n{text-align:right;white-space:nowrap}
th[scope=row],.kind,.ref{white-space:nowrap}
.bands{max-width:520px}
.last th[scope=row],.last td{font-weight:600}
@media (max-width:600px){
body{padding:12px}
.account thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.account,.account tbody{display:block}
.account tr{display:flex;flex-wrap:wrap;gap:1px 12px;padding:7px 0;border-bottom:1px solid var(--rule)}
.account th,.account td{display:block;padding:0;border:0}
.account .kind,.account .amount{flex:1 0 auto}
.account .text,.account .customer{flex:0 0 100%}
.account .amount{text-align:left}
.account .balance{margin-left:auto}
.account .n:empty::before{content:none}
.account .n::before{content:attr(data-name) " ";color:var(--faint)}
.bands{font-size:13px}
.bands th,.bands td{padding:5px 4px}
}
"""
_PRINTED: Final = """
@media print{
.account th,.account td{padding:3px 6px}
.sum{padding:6px 10px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.sum .value{font-size:14pt}
.sum,.bands,.pay{break-inside:avoid}
}
"""
_HEAD: Final = head(FRAME + _SHEET + PAPER + _PRINTED)
_COLUMNS: Final = ("on", "kind", "ref", "text", "amount", "balance")  # where there are branches, whose it is too


class Letterhead(Value):
    """Our name and how to pay us, both "" where a team has set none; currency: the code of all amounts."""

    name: str
    payment_details: str
    currency: str


def write_account(account: Account, letterhead: Letterhead, style: Style, stream: TextIO, today: date) -> None:
    """Write the page."""
    title = say("Statement of account")
    parts = [
        "<header>",
        *([f'<p class="house">{as_html(letterhead.name)}</p>'] if letterhead.name else []),
        f"<h1>{as_html(title)}</h1>",
        f'<p class="faint">{as_html(period(account))}</p>',
        "</header>",
        "<main>",
        '<section class="two">',
        *_address(account),
        *_sum(account, letterhead.currency),
        "</section>",
        *_rows(account, style),
        *_bands(account, style),
        *_details(letterhead.payment_details),
        "</main>",
        f'<footer class="faint">{as_html(say("made by csm on {day}", day=today.isoformat()))}</footer>',
    ]
    names = [letterhead.name, title, account.customer["name"], period(account)]
    page(listed(names), parts, style, stream, _HEAD)


def _address(account: Account) -> Iterator[str]:
    """Yield whom the statement is for."""
    card = account.customer
    yield "<address>"
    name = card["name"] if account.branches is None else say("{name} and its branches", name=card["name"])
    for line in (name, card["address"], card["phone"]):
        if line:
            yield f"<p>{as_html(line)}</p>"
    yield "</address>"


def _sum(account: Account, currency: str) -> Iterator[str]:
    """Yield the closing balance and in whose favour it is."""
    cents = account.statement.closing
    favour = say("to be paid") if cents > 0 else say("in your favour") if cents else say("nothing to be paid")
    amount = say("{amount} {currency}", amount=group_cents(abs(cents)), currency=currency)
    yield '<div class="sum">'
    yield f"<p>{as_html(say('Balance on {day}', day=account.last))}</p>"
    yield f'<p class="value">{as_html(amount)}</p>'
    yield f"<p>{as_html(favour)}</p>"
    yield "</div>"


def _rows(account: Account, style: Style) -> Iterator[str]:
    rows = account_rows(account, say, people=True)
    columns = _COLUMNS if account.branches is None else (*_COLUMNS, "customer")
    yield "<section>"
    if rows:
        fields = [named(ACCOUNT, name) for name in columns]
        places = [ACCOUNT.index(field) for field in fields]
        yield '<table class="account">'
        yield f"<thead>{_heads(fields)}</thead>"
        yield "<tbody>"
        for row in rows:
            yield _row(fields, [row[place] for place in places], style)
        yield "</tbody>"
        yield "</table>"
    else:
        yield f'<p class="faint">{as_html(say("no entries"))}</p>'
    yield "</section>"


def _heads(fields: Sequence[Field]) -> str:
    cells = [f'<th scope="col"{_look(field)}>{as_html(heading(field.heading))}</th>' for field in fields]
    return f"<tr>{''.join(cells)}</tr>"


def _look(field: Field) -> str:
    name = field.name
    return f' class="n {name}"' if field.kind == "money" else f' class="{name}"'


def _row(fields: Sequence[Field], row: Sequence[Any], style: Style) -> str:
    cells = []
    for place, field in enumerate(fields):
        text = "" if row[place] is None else as_html(human(field, style.zone, lines=True)(row[place]))
        if place == 0:
            cells.append(f'<th scope="row">{text}</th>')
        elif field.kind == "money":
            number = f'<span class="whole">{text}</span>' if text else ""
            cells.append(f'<td{_look(field)} data-name="{as_html(heading(field.heading))}">{number}</td>')
        else:
            cells.append(f"<td{_look(field)}>{text}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _bands(account: Account, style: Style) -> Iterator[str]:
    """Yield what is open by how late it is on the last day of the statement."""
    if not account.bands:
        return
    listing = bands_listing(account.bands, account.on_account)
    columns = columns_of(listing, list(listing.rows), style.zone)
    lines = list(zip(*[column.cells for column in columns], strict=True))
    yield "<section>"
    yield f"<h2>{as_html(titled(say('open bills by days late on {day}', day=account.last)))}</h2>"
    yield '<table class="bands">'
    heads = [f'<th scope="col"{_place(place)}>{as_html(column.heading)}</th>' for place, column in enumerate(columns)]
    yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    yield "<tbody>"
    for place, (first, *cells) in enumerate(lines, 1):
        last = ' class="last"' if place == len(lines) else ""
        numbers = "".join(f'<td class="n">{as_html(cell)}</td>' for cell in cells)
        yield f'<tr{last}><th scope="row">{as_html(first)}</th>{numbers}</tr>'
    yield "</tbody>"
    yield "</table>"
    yield "</section>"


def _place(place: int) -> str:
    return ' class="n"' if place else ""


def _details(text: str) -> list[str]:
    """Return how to pay us, where a team has set it."""
    if not text:
        return []
    return [
        '<section class="pay">',
        f"<h2>{as_html(titled(say('how to pay')))}</h2>",
        f"<p>{as_html(text)}</p>",
        "</section>",
    ]
