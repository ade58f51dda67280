"""The sentence to read back to a customer after listening, so that they know they were heard (handbook 6.2)."""

from __future__ import annotations

from typing import Final

from csm.i18n import marked, say


def bare(summary: str) -> str:
    """Return a summary without the stop at its end, for a sentence that has its own."""
    return summary.strip().rstrip(".。!！ ")


_WANTS: Final = {
    "fast": marked("You would like a fast and simple solution."),
    "respect": marked("It matters to you that we understand you and take you seriously."),
    "account": marked("You would like to know how it came about and who answers for it."),
    "compensation": marked("You would like us to make up for what it cost you."),
    "prevention": marked("You would like it never to happen again."),
}


def read_back(name: str, summary: str, want: str | None) -> str:
    """Return the sentence that says back what the customer said, so that they know they were heard.

    The texts are in it as they were given: whoever prints it makes it visible. Source: handbook 6.2.
    """
    told = bare(summary)
    if want not in _WANTS:
        return say("{name}, you tell us: {summary}. Have I understood you right?", name=name, summary=told)
    return say(
        "{name}, you tell us: {summary}. {want} Have I understood you right?",
        name=name,
        summary=told,
        want=say(_WANTS[want]),
    )
