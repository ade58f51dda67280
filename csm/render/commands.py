"""How fields are typed as options, and the command lines that go on with a case.

Domain and services name fields and actions; here these become what one types. tests/cli/test_proposals.py checks every
command line against the table of verbs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from csm.domain.complaint.questions import Question

# By action: a verb of complaints, or one way to do it; explain and unresolved close a case.
COMMANDS: Final = {
    "settle": 'csm complaint settle {id} --did "..."',
    "judge": 'csm complaint judge {id} --founded --responsibility ours --reason "..."',
    "judge-malicious": (
        'csm complaint judge {id} --founded --responsibility ours --reason "..." --severity malicious --by "..."'
    ),
    "assign": 'csm complaint assign {id} --to "..." --department "..." --route settle',
    "escalate": 'csm complaint escalate {id} --reason "..." --reply-by "..."',
    "analyse": 'csm complaint analyse {id} --failure process --cause service --finding "..."',
    "propose": 'csm complaint propose {id} "..." --compensation 0 --recovery symbolic',
    "approve": 'csm complaint approve {id} --by "..." --remark "..."',
    "reject": 'csm complaint reject {id} --by "..." --remark "..."',
    "implement": 'csm complaint implement {id} --did "..." --outcome full',
    "close": 'csm complaint close {id} --summary "..." --lesson "..." --satisfaction 5',
    "explain": 'csm complaint close {id} --summary "..."',
    "unresolved": 'csm complaint close {id} --unresolved "..." --by "..."',
    "reopen": 'csm complaint reopen {id} --reason "..."',
    "reopen-unfounded": 'csm complaint reopen {id} --reason "..." --by "..."',
    "resume": "csm complaint resume {id}",
    "raise": "csm complaint raise {id}",
    "respond": 'csm complaint respond {id} "..."',
    "feedback-read": 'csm complaint feedback-read {id} --by "..."',
    "open": 'csm complaint open REF "..."',
}


def option_of(field: str) -> str:
    """Return the long option that sets or filters a field; a value behind a space stays: `respondent manager`."""
    name, space, value = field.partition(" ")
    return "--" + name.removesuffix("_on").replace("_", "-") + space + value


def command_line(action: str, case_id: int) -> str:
    """Return the command line that does `action`, a key of `COMMANDS`, in a case; "" for none."""
    return COMMANDS[action].format(id=case_id) if action else ""


def typed_as(question: Question) -> str:
    """Return how the answer to a step's question is typed: an option, a pair of flags, TEXT for the argument."""
    from csm.domain.terms import TERMS

    if question.kind == "argument":
        return "TEXT"
    names = TERMS[question.terms] if question.kind == "either" else (question.name.replace("_", "-"),)
    return "/".join("--" + name for name in names)
