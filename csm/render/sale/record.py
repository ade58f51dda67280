"""A sale as a record: what json, csv, md and html get; the page for people is `csm.render.sale.page`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from csm.domain.callback.record import CALLBACK
from csm.domain.complaint.record import COMPLAINT
from csm.domain.kinds import Field
from csm.domain.sale.guarantee import Guarantee
from csm.domain.sale.page import SaleFile
from csm.domain.sale.record import GUARANTEE, PAYMENT, SALE, SIGNATURE
from csm.domain.service.record import SERVICE
from csm.render.listing import nested

# The sale that the records belong to isn't repeated, nor its customer.
_OF_SALE: Final = frozenset({"sale_id", "bill", "product", "balance", "customer_id", "customer"})
_PAYMENT: Final = tuple(field for field in PAYMENT if field.name not in _OF_SALE)
_SIGNATURE: Final = tuple(field for field in SIGNATURE if field.name not in _OF_SALE)


def sale_record(file: SaleFile) -> tuple[tuple[Field, ...], dict[str, Any]]:
    """Return the sale for `write_record`: every field, then what belongs to it, by kind."""
    return SALE, {
        **file.sale,
        "payments": nested(_PAYMENT, file.payments, _OF_SALE),
        "signatures": nested(_SIGNATURE, file.signatures, _OF_SALE),
        "callbacks": nested(_listed(CALLBACK), file.callbacks, _OF_SALE),
        "complaints": nested(_listed(COMPLAINT), file.complaints, _OF_SALE),
        "services": nested(_listed(SERVICE), file.services, _OF_SALE),
        "guarantee": nested(_listed(GUARANTEE), [guarantee_values(one) for one in file.guarantees], _OF_SALE),
    }


def guarantee_values(one: Guarantee) -> dict[str, Any]:
    """Return a guarantee by the names of its fields."""
    return {
        "kind": one.kind,
        "holds": int(one.holds),
        "until": one.until.isoformat() if one.until is not None else None,
        "length": one.length,
        "counted_from": one.counted_from.isoformat(),
    }


def _listed(fields: Sequence[Field]) -> list[Field]:
    return [field for field in fields if field.listed]
