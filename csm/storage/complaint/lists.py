"""What lists and files of cases show that isn't stored: overdue, the kind of case, what a case has several of."""

from __future__ import annotations

from typing import Final

# A grievance has no severity of complaints where people read it.
KIND_OF_CASE: Final = (
    "(CASE WHEN v.level = 'complaint' THEN v.severity WHEN v.severity = 'general' THEN 'grievance'"
    " ELSE 'serious-grievance' END)"
)
# What a case has several of, each as one text of json.
NESTED: Final = {
    "events": "(SELECT json_group_array(json_object("
    "'at', at, 'by', by, 'step', step, 'text', text, 'level', level, 'data', json(data)))"
    " FROM (SELECT * FROM complaint_event WHERE complaint_id = v.id ORDER BY id))",
    "preventions": "(SELECT json_group_array(json_object('text', text, 'in_charge', in_charge, 'due_on', due_on,"
    " 'done_at', done_at, 'done_text', done_text, 'created_at', created_at))"
    " FROM (SELECT * FROM prevention WHERE complaint_id = v.id ORDER BY id))",
}


def overdue(now: str) -> str:
    """Return the SQL of whether a deadline of a case is past at an instant, UTC text."""
    return f"(coalesce(v.next_due_at < '{now}', 0))"
