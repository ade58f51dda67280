"""A sale as a record: what json, csv, md and html are given; the page for people is `csm.render.sale.page`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from csm.domain.records import CALLBACK, COMPLAINT, Field
from csm.domain.sale.guarantee import Guarantee
from csm.domain.sale.page import SaleFile
from csm.domain.trade_records import GUARANTEE, PAYMENT, SALE, SERVICE, SIGNATURE
from csm.render.listing import Nested

# The sale that the records belong to needn't be said again, nor its customer.
_OF_SALE: Final = frozenset({"sale_id", "bill", "product", "balance", "customer_id", "customer"})
_PAYMENT: Final = tuple(field for field in PAYMENT if field.name not in _OF_SALE)
_SIGNATURE: Final = tuple(field for field in SIGNATURE if field.name not in _OF_SALE)


def sale_record(file: SaleFile) -> tuple[tuple[Field, ...], dict[str, Any]]:
    """Return the sale for `write_record`: every field, then what belongs to it, by kind."""
    return SALE, {
        **file.sale,
        "payments": _nested(_PAYMENT, file.payments),
        "signatures": _nested(_SIGNATURE, file.signatures),
        "callbacks": _nested(_listed(CALLBACK), file.callbacks),
        "complaints": _nested(_listed(COMPLAINT), file.complaints),
        "services": _nested(_listed(SERVICE), file.services),
        "guarantee": _nested(_listed(GUARANTEE), [guarantee_values(one) for one in file.guarantees]),
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


def _nested(fields: Sequence[Field], records: Sequence[Mapping[str, Any]]) -> Nested:
    seen = [field._replace(shown=0 if field.name in _OF_SALE else field.shown) for field in fields]
    return Nested(seen, [[record[field.name] for field in fields] for record in records])
