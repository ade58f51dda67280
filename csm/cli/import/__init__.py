"""Load records of one kind from a file, or a whole file from a folder."""

from __future__ import annotations

from typing import Final

from csm.cli.grammar import Verb

KINDS: Final = (
    *("customers", "contacts", "callbacks", "complaints", "promises", "sales", "services", "surveys"),
    *("notes", "payments", "losses", "pledges", "staff", "settings"),
)
VERBS: Final = {
    **{kind: Verb("write", reads="file", writes=("rejects",)) for kind in KINDS},
    "all": Verb("write"),
}
