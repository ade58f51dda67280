"""Email addresses: what can be one at all.

A light check that catches slips of the keyboard. Whether anybody reads the mail there is not its matter.
"""

from __future__ import annotations

from csm.domain.errors import UsageFault

_LONGEST = 254
_FOREIGN = frozenset('<>()[],;:"\\')


def check_email(text: str) -> str:
    """Return the stripped address as typed: one @, no space, a domain with a dot, or localhost.

    Raises unreadable-email.
    """
    address = text.strip()
    local, _, domain = address.partition("@")
    labels = domain.split(".")
    sound = (
        local
        and len(address) <= _LONGEST
        and address.isprintable()
        and " " not in address
        and _FOREIGN.isdisjoint(address)
        and "@" not in domain
        and all(labels)
        and (len(labels) > 1 or domain.lower() == "localhost")
    )
    if not sound:
        raise UsageFault("unreadable-email", value=text)
    return address
