"""What the coach says and asks in every situation of a case: six moves of a talk, two taboos, forbidden phrases.

Only sentences stand here, those for the customer with the names of their places, and the one that is read back after
listening; `csm.render.complaint.coach` chooses and fills the others (source: handbook 6.2, 6.3, 11).
"""

from __future__ import annotations

from typing import Final

from csm.domain.complaint.questions import QUESTIONS, Question
from csm.domain.terms import TERMS
from csm.domain.value import Value
from csm.i18n import marked, say
from csm.render.commands import typed_as


class Ask(Value):
    """A question of a step to write down the answer to, with what the coach calls it.

    label: an English sentence in `ASKS`, in `Advice` in the language in use. needed: the step isn't done without it.
    """

    question: Question
    label: str
    needed: bool

    @property
    def option(self) -> str:
        """Return how the answer is typed."""
        return typed_as(self.question)

    @property
    def terms(self) -> str:
        """Return the name of the closed list that has the answers, "" for free text."""
        return self.question.terms

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the values of that list."""
        return TERMS[self.terms] if self.terms else ()


class Talk(Value):
    """What is right in a situation: a sentence for the customer, one that isn't, and a hint.

    `without` is the sentence where no time can be named, else "". verb is None where the next step is meant.
    """

    move: str
    say: str
    never: str
    hint: str
    without: str = ""
    verb: str | None = None


MOVES: Final = {
    "listen": marked("listen"),
    "sympathise": marked("sympathise"),
    "apologise": marked("apologise"),
    "propose": marked("propose a solution"),
    "carry-out": marked("carry out"),
    "reflect": marked("reflect"),
}


_SUMMARY: Final = marked("the case in a sentence or two")
_LESSON: Final = marked("what we learn from it")
_APOLOGISED: Final = marked("did you apologise?")
# What the coach calls the questions of each step; one without words here is left to whoever types the command.
_WORDS: Final[dict[str, dict[str, str]]] = {
    "respond": {
        "text": marked("what was said"),
        "apologised": _APOLOGISED,
    },
    "settle": {
        "did": marked("what you did about it"),
    },
    "judge": {
        "founded": marked("is the complaint founded?"),
        "responsibility": marked("whose responsibility is it?"),
        "reason": marked("why you judge so"),
        "explanation": marked("if unfounded: what you explained to the customer"),
    },
    "assign": {
        "to": marked("who takes charge of it"),
        "department": marked("which department"),
        "route": marked("which way it goes"),
        "points": marked("the points to settle"),
    },
    "escalate": {
        "reason": marked("why it goes up"),
        "reply_by": marked("by when at the latest the customer hears from us"),
    },
    "analyse": {
        "failure": marked("did the outcome fail, or the process?"),
        "cause": marked("where the cause lies"),
        "finding": marked("what you found"),
    },
    "propose": {
        "remedy": marked("the remedy"),
        "compensation": marked("what it costs us, 0 for nothing"),
        "recovery": marked("how much it makes up for"),
        "recovery_time": marked("during the service, or after it"),
    },
    "approve": {
        "by": marked("who decides"),
        "remark": marked("their remark"),
    },
    "implement": {
        "did": marked("what was done"),
        "outcome": marked("what came of it"),
        "apologised": _APOLOGISED,
    },
    "close": {
        "summary": _SUMMARY,
        "lesson": _LESSON,
        "satisfaction": marked("how satisfied the customer is"),
        "reason": marked("if unknown: why nobody knows"),
        "prevent": marked("what keeps it from happening again"),
        "prevent_by": marked("if something is to keep it from happening again: who does it"),
        "prevent_on": marked("if something is to keep it from happening again: by which day"),
        "apologised": _APOLOGISED,
    },
    "explain": {
        "summary": _SUMMARY,
        "lesson": _LESSON,
    },
    "unresolved": {
        "unresolved": marked("why no remedy is possible"),
        "by": marked("the leader who decides, level 1 or above"),
        "lesson": _LESSON,
        "apologised": _APOLOGISED,
    },
    "resume": {},
    "reopen": {
        "reason": marked("why it is opened again"),
    },
}
ASKS: Final[dict[str, tuple[Ask, ...]]] = {
    step: tuple(
        Ask(question, words[question.name], question.needed) for question in QUESTIONS[step] if question.name in words
    )
    for step, words in _WORDS.items()
}

TALKS: Final[dict[str, Talk]] = {
    "late": Talk(
        "apologise",
        marked(
            "{name}, I am sorry that you had to wait for our call. This is about: {summary}. I am taking care of it"
            " now; please tell me what happened."
        ),
        marked("My colleague forgot to call you."),
        marked("the first response is overdue: call now, even when you don't know the answer yet"),
        verb="respond",
    ),
    "grievance": Talk(
        "apologise",
        marked("Thank you for telling us, {name}. I am sorry about that, and I will put it right at once."),
        marked("That's the rule here."),
        marked("settle it with a word on what you did; if it can't be settled so, raise it to a complaint"),
    ),
    "judge": Talk(
        "listen",
        marked(
            "Thank you for telling us, {name}; I am sorry that this happened to you. Please tell me what happened from"
            " the beginning, I am writing it down."
        ),
        marked("Impossible, that never happens here."),
        marked("let them finish, and take nothing of it personally; you judge the matter, not the customer"),
    ),
    "assign": Talk(
        "sympathise",
        marked(
            "I understand how annoying this is, {name}. I am handing it to the colleague who can settle it, and you"
            " will hear from us by {due}."
        ),
        marked("That's not my business, ask the maker; I only sell."),
        marked("name one person in charge, so that the customer needn't tell it twice"),
        marked(
            "I understand how annoying this is, {name}. I am handing it to the colleague who can settle it, and I"
            " will tell you today when you hear from us."
        ),
    ),
    "escalate": Talk(
        "listen",
        marked(
            "{name}, this needs somebody who can decide more than I can, and I am asking them at once. You will hear"
            " from us by the time that I tell you now. By which number do we reach you best?"
        ),
        marked("I can't do anything about that, you will have to wait."),
        marked("pass it on at once, and tell the customer the latest time of reply; it becomes a promise"),
    ),
    "analyse": Talk(
        "sympathise",
        marked(
            "{name}, we are looking into how this happened. I don't want to guess: you will hear from me what we"
            " found by {due}. By which number do I reach you best?"
        ),
        marked("I'm not too sure."),
        marked("look for what failed, not for who is to blame; blame no colleague and no department"),
        marked(
            "{name}, we are looking into how this happened. I don't want to guess: I will find out and call you back."
            " By which number do I reach you best?"
        ),
    ),
    "reopened": Talk(
        "apologise",
        marked(
            "{name}, I am sorry that this isn't settled yet. We are going through it once more from the cause on;"
            " please tell me what is still missing."
        ),
        marked("I never said that."),
        marked("the last remedy wasn't enough: ask what is missing before you look for another"),
    ),
    "ours": Talk(
        "propose",
        marked(
            "{name}, the mistake was ours, and I apologise for it. I would like to put it right; may I suggest how?"
        ),
        marked("You get what you pay for."),
        marked("apologise and propose a solution; promise only what is approved and what can be done"),
    ),
    "misunderstanding": Talk(
        "propose",
        marked(
            "{name}, I see how it came to look that way; we should have said it more clearly. May I explain it, and"
            " suggest what we can do for you all the same?"
        ),
        marked("A child would understand that."),
        marked("explain calmly, never prove the customer wrong, and still propose a solution"),
    ),
    "third-party": Talk(
        "propose",
        marked(
            "{name}, I am sorry for the trouble. You needn't run after anybody: I will see to it with the others, and"
            " I would like to suggest what we can do for you meanwhile."
        ),
        marked("That wasn't us, you have to ask them."),
        marked("whoever's fault it is: thank, regret, and propose what lies in our hands"),
    ),
    "rejected": Talk(
        "propose",
        marked("{name}, we are still looking for the best way to settle this, and I am working on another proposal."),
        marked("I would gladly do it, but my boss is against it."),
        marked("read the remark of the rejection in the case file, and propose something else"),
    ),
    "not-yet": Talk(
        "propose",
        marked(
            "{name}, what we did hasn't settled it yet, and I am sorry about that. I would like to suggest a further"
            " step; is that all right with you?"
        ),
        marked("We have done everything, there is nothing more to do."),
        marked("say openly what is still open, and propose the next step towards it"),
    ),
    "approve": Talk(
        "propose",
        marked("{name}, our proposal is with the person who decides it. You will hear from me by {due}."),
        marked("It will surely go through."),
        marked("promise the time of the answer, never the answer"),
        marked("{name}, our proposal is with the person who decides it. I will ask today, and call you back."),
    ),
    "implement": Talk(
        "carry-out",
        marked(
            "{name}, it is decided, and we are carrying it out now. I will stay with it until it is done; does that"
            " suit you?"
        ),
        marked("I don't know how to do that."),
        marked("do it as it was agreed, then ask whether that settles it, and write down what came of it"),
    ),
    "close": Talk(
        "reflect",
        marked(
            "{name}, is everything settled to your satisfaction? On a scale of 1 to 5, how satisfied are you with the"
            " way we handled it? Thank you for telling us about it."
        ),
        marked("Then everything is all right now, isn't it?"),
        marked("1 or 2 opens the case again, which is no failure; ask what is left"),
    ),
    "unfounded": Talk(
        "sympathise",
        marked(
            "Thank you for asking about it, {name}. I have looked into it with care; may I explain what we found? If"
            " anything is unclear or I can help in another way, please tell me."
        ),
        marked("You see, you were wrong."),
        marked("explain calmly what was found and how you know; write the explanation down, then close"),
    ),
    "cannot": Talk(
        "apologise",
        marked(
            "{name}, I am sorry: we have tried everything that is in our hands, and we can't settle this as you wish."
            " I would rather tell you so openly than promise what we can't do."
        ),
        marked("Those are our rules, there is nothing to talk about."),
        marked("a leader of level 1 or above decides this with a reason; it is counted apart, never as a success"),
    ),
    "waiting": Talk(
        "listen",
        marked(
            "{name}, so that we can go on with it, we still need something from you. Is there anything I can help you"
            " with to make that easier?"
        ),
        marked("As long as you don't deliver, nothing happens."),
        marked("the clocks of proposal and resolution stand still; as soon as it is there, go on with the case"),
    ),
    "closed": Talk(
        "reflect",
        marked("{name}, thank you for telling us; it helps us to do better. Please call me if anything is left."),
        marked("But that is long settled."),
        marked("nothing is left to do; if the customer isn't satisfied after all, open it again with the reason"),
    ),
}

# --- what is read back ------------------------------------------------------------------------------------------------

_WANTS: Final = {
    "fast": marked("You would like a fast and simple solution."),
    "respect": marked("It matters to you that we understand you and take you seriously."),
    "account": marked("You would like to know how it came about and who answers for it."),
    "compensation": marked("You would like us to make up for what it cost you."),
    "prevention": marked("You would like it never to happen again."),
}


def bare(summary: str) -> str:
    """Return a summary without the stop at its end, for a sentence that has its own."""
    return summary.strip().rstrip(".。!！ ")


def read_back(name: str, summary: str, want: str | None) -> str:
    """Return the sentence that says back what the customer said, so that they know they were heard.

    The texts are in it as they are stored: whoever prints it makes it visible. Source: handbook 6.2.
    """
    repeated = bare(summary)
    if want not in _WANTS:
        return say("{name}, you tell us: {summary}. Have I understood you right?", name=name, summary=repeated)
    return say(
        "{name}, you tell us: {summary}. {want} Have I understood you right?",
        name=name,
        summary=repeated,
        want=say(_WANTS[want]),
    )
