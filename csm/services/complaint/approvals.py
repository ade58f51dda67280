"""Whose decision a proposal waits for, when the amounts that a level may approve have changed (handbook 6.6)."""

from __future__ import annotations

import sqlite3

from csm.domain.complaint import authority
from csm.domain.complaint.case import Case
from csm.domain.settings import Policy
from csm.services.complaint.recording import read_event
from csm.storage.complaint import rows as complaints
from csm.storage.house import settings


def pass_on(connection: sqlite3.Connection) -> None:
    """Let every proposal that waits for approval wait for the level that may decide it by the settings stored now."""
    policy = Policy(settings.load(connection))
    for complaint_id in complaints.waiting_for_approval(connection):
        case = Case.of(read_event(row) for row in complaints.events(connection, complaint_id))
        complaints.set_approval_level(connection, complaint_id, authority.level_for(case.proposed_cents or 0, policy))
