"""A sale as it is shown with all that hangs on it (handbook 8)."""

from __future__ import annotations

from typing import Any

from csm.domain.sale.guarantee import Guarantee
from csm.domain.value import Value

Row = dict[str, Any]


class NextSigner(Value):
    """Who signs next so that a sale is paid: the contact, its place in the chain, its phone, and since what day."""

    name: str
    sign_off: str
    phone: str | None
    since: str


class SaleFile(Value):
    """Everything about one sale; rows hold exact values by the names of their fields, amounts in cents.

    sale: of `csm.domain.sale.record.SALE`. callbacks: those that it planned and those made for it.
    guarantees: as they stand today, none where the sale has no guarantee. terms: scope and terms of these, may be "".
    on_account: whether the customer has anything with us; else a repayment plan asks for what isn't asked of the sale.
    """

    sale: Row
    payments: list[Row]
    signatures: list[Row]
    next_signer: NextSigner | None
    callbacks: list[Row]
    complaints: list[Row]
    services: list[Row]
    guarantees: list[Guarantee]
    terms: str
    on_account: bool
