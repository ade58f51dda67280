"""What is to keep a case from happening again, once it has been done (handbook 6.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csm.domain.errors import NotFound
from csm.services.complaint.recording import File
from csm.storage import rows
from csm.storage.complaint import rows as complaints

if TYPE_CHECKING:
    from csm.services.work import Work


def done(work: Work, complaint_id: int, text: str | None = None) -> dict[str, Any]:
    """Note that the prevention of a case that is due first was done, also after the case is closed; return its row.

    Raises no-such-record where the case, or an open prevention of it, isn't there.
    """
    with work.database.writing(work.command) as connection:
        file = File(work, connection, complaint_id)
        if not file.row:
            raise NotFound("no-such-record", kind="complaint", ref=f"cp{complaint_id}")
        due = [row for row in complaints.preventions(connection, complaint_id) if row["done_at"] is None]
        if not due:
            raise NotFound("no-such-record", kind="prevention", ref=f"cp{complaint_id}")
        first = int(due[0]["id"])
        file.catch_up()
        rows.update(connection, "prevention", first, {"done_at": work.now_text, "done_text": text})
        file.add("prevention", text or due[0]["text"], {"prevention_id": first})
        file.store()
        return rows.fetch(connection, "prevention", first) or {}
