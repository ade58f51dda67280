"""Every command with arguments that work, on a file with a record of every kind; every option it takes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Final, NamedTuple

from csm.cli.app import INDEX
from csm.cli.grammar import SHARED, Verb, make
from csm.render.commands import option_of
from tests.desk import Desk

# What a command needs to do its work on the file of `filled`; {out} is a file that isn't there, {in} one to import.
NEEDED: Final = {
    "today": "",
    "due": "",
    "done": "cb1|fine",
    "customer add": "New Shop",
    "customer list": "",
    "customer show": "1",
    "customer edit": "2|--region|West",
    "customer note": "1|asks for the list",
    "customer contact": "add|1|Zhou Min",
    "customer journey": "1",
    "customer lost": "1|--kind|natural|--cause|other",
    "customer won-back": "4",
    "customer grade": "",
    "customer rfm": "",
    "customer risk": "",
    "customer handover": "alice|bob",
    "customer archive": "2",
    "customer restore": "3",
    "sale add": "1|Oven|--amount|100",
    "sale list": "",
    "sale show": "1",
    "sale edit": "1|--bill|B7",
    "sale delivered": "1",
    "sale signed": "1|--by|Li Na",
    "sale pay": "1|10",
    "sale deposit": "1|10",
    "sale set-off": "2",
    "sale cancel": "2|--reason|wrong",
    "sale unpaid": "",
    "sale account": "1",
    "sale guarantee": "1",
    "sale stats": "",
    "sale plan": "1|--amount|10|--parts|2|--every|1m|--from|+1w",
    "service add": "1|information",
    "service list": "",
    "service show": "1",
    "service edit": "1|--note|mended",
    "service message": "done|1",
    "service checks": "",
    "callback add": "1|--on|2026-12-01",
    "callback list": "",
    "callback done": "cb1|fine",
    "callback log": "1|fine",
    "callback move": "cb1|2026-12-02",
    "callback skip": "cb1",
    "callback edit": "cb1|--note|ask again",
    "callback reopen": "cb3",
    "callback plan": "",
    "complaint open": "1|the oven smokes",
    "complaint list": "",
    "complaint show": "1",
    "complaint next": "1",
    "complaint judge": "1|--responsibility|ours|--reason|cold|--founded",
    "complaint assign": "2|--to|bob|--department|shop|--route|settle",
    "complaint analyse": "3|--failure|process|--cause|company|--finding|the gas was shut",
    "complaint propose": "4|a new oven|--compensation|0|--recovery|equal",
    "complaint approve": "5|--by|Boss|--remark|agreed",
    "complaint reject": "5|--by|Boss|--remark|too dear",
    "complaint implement": "6|--did|a new oven|--outcome|full",
    "complaint close": "7|--summary|mended|--lesson|look twice|-s|5",
    "complaint settle": "1|--did|mended|--failure|process|--cause|company",
    "complaint respond": "1|we are coming",
    "complaint note": "1|rang again",
    "complaint wait": "1|--for|photos",
    "complaint resume": "8",
    "complaint escalate": "1|--reason|asks for the boss|--reply-by|2026-11-23",
    "complaint reopen": "9|--reason|smokes again",
    "complaint withdraw": "1|--reason|all well",
    "complaint raise": "10",
    "complaint feedback-read": "11",
    "complaint correct": "1|--summary|the oven smokes",
    "complaint lessons": "",
    "promise add": "1|the manual|--by|2026-11-25",
    "promise list": "",
    "promise keep": "1",
    "promise break": "1",
    "promise release": "1",
    "promise move": "1|2026-11-28|--told",
    "pledge add": "on time or free",
    "pledge list": "",
    "pledge retire": "1",
    "survey add": "1|--csat|4",
    "survey list": "",
    "survey show": "1",
    "survey edit": "1|--csat|3",
    "survey remove": "1",
    "survey template": "",
    "staff add": "Anna",
    "staff list": "",
    "staff edit": "bob|--department|office",
    "staff retire": "Boss",
    "config list": "",
    "config get": "work.spans",
    "config set": "authority.level_0|300",
    "config unset": "authority.level_0",
    "config preset": "five-day",
    "config holidays": "list",
    "rules": "",
    "demo": "{out}",
    **{f"quality {verb}": "" for verb in import_module("csm.cli.quality").VERBS},
    **{f"import {kind}": "{in}" for kind in import_module("csm.cli.import").VERBS},
    **{f"export {kind}": "{out}" for kind in import_module("csm.cli.export").VERBS},
}


# What each import reads; its own kind of record, of customers that are there.
INPUT: Final = {
    "customers": "name,phone,region\nAda,138 0013 8001,East\n",
    "contacts": "customer,name,phone\nGolden Dragon,Ada,138 0013 8001\n",
    "callbacks": "customer,due_on,phone\nGolden Dragon,2026-12-05,x\n",
    "complaints": "customer,summary,received_at,phone\nGolden Dragon,too cold,2026-11-20 09:00,x\n",
    "promises": "customer,text,due_at,phone\nGolden Dragon,the lid,2026-12-05 18:00,x\n",
    "sales": "customer,product,amount,sold_on,phone\nGolden Dragon,Lamp,7,2026-11-05,x\n",
    "services": "customer,kind,done_on,phone\nGolden Dragon,repair,2026-11-05,x\n",
    "surveys": "customer,taken_on,csat,phone\nGolden Dragon,2026-11-05,3,x\n",
    "notes": "customer,text,phone\nGolden Dragon,gate 4,x\n",
    "payments": "customer,amount,paid_on,phone\nGolden Dragon,7,2026-11-05,x\n",
    "losses": "customer,lost_on,kind,phone\nRiver Gym,2026-11-05,natural,x\n",
    "pledges": "text,phone\nback in two days,x\n",
    "staff": "name,phone\nZoe,13800138009\n",
    "settings": "key,value,phone\nauthority.level_0,300,x\n",
}


class Taken(NamedTuple):
    """An option of a command: how it is typed, whether it is a flag, whether it may be repeated, what it is of.

    kind: "own", or the kind of the record's field; place: "own", "setter", "filter" or "shared".
    """

    word: str
    flag: bool
    repeated: bool
    kind: str
    place: str
    terms: str = ""


class Called(NamedTuple):
    """A command, the words that name it, and its options."""

    words: tuple[str, ...]
    verb: Verb
    options: tuple[Taken, ...]

    @property
    def title(self) -> str:
        """The words with spaces between."""
        return " ".join(self.words)

    def needed(self, **places: str) -> list[str]:
        """Return the arguments it needs, its files filled in."""
        text = NEEDED[self.title]
        for name, path in places.items():
            text = text.replace(f"{{{name}}}", path)
        return text.split("|") if text else []


@cache
def commands() -> list[Called]:
    """Return every command of the program, as its tables say."""
    found = []
    for word, (module, _) in INDEX.items():
        imported = import_module(f"csm.cli.{module}")
        table: dict[str, Verb] = imported.VERBS
        lone = getattr(imported, "WORDS", False)
        for name, verb in {word: table[word]}.items() if lone else table.items():
            words = (word,) if lone else (word, name)
            found.append(Called(words, verb, tuple(_options(name, verb, imported.__name__))))
    return found


def _options(name: str, verb: Verb, package: str) -> Iterator[Taken]:
    own = [param for param in make(name, verb, package).params if param.param_type_name == "option"]
    taken = {word for param in own for word in param.opts}
    for param in own:
        yield Taken(param.opts[0], bool(getattr(param, "is_flag", False)), bool(param.multiple), "own", "own")
    for place, fields in (("setter", verb.setters), ("filter", verb.filters)):
        for field in fields:
            if option_of(field.name) not in taken:
                taken.add(option_of(field.name))
                yield Taken(option_of(field.name), False, place == "filter", field.kind, place, field.terms or "")
    for option in SHARED[verb.form]:
        yield Taken(option.words[-1], option.flag, option.multiple, "own", "shared")


def filled(desk: Desk) -> Desk:
    """Fill a file with records of every kind, cases at every step among them."""
    for name, *more in (
        ("Golden Dragon", "--phone", "138 0013 8000", "--region", "East", "--contact", "Li Na;buyer;139 0000 0199"),
        ("River Gym", "--owner", "bob", "--tag", "gym", "--route", "R1"),
        ("Old Lamp", "--field", "floor=2", "--contact", "Wu"),
        ("Blue Cafe", "--relationship", "proactive"),
        ("Late Night", "--relationship", "partnership", "--owner", "bob"),
        ("Slow Boat", "--relationship", "partnership", "--owner", "bob", "--grade", "C"),
    ):
        desk.ok("customer", "add", name, *more)
    for command in (
        "customer|archive|3", "customer|edit|2|--parent|1", "customer|lost|4|--kind|natural|--cause|other", "customer|note|1|gate 3|--remind|2026-11-22",
        "staff|add|Boss|--level|3", "staff|add|bob|--level|1", "pledge|add|an answer in a day|--within|1d",
        "sale|add|1|Oven|--amount|500|--on|2026-11-01|--no-plan", "sale|add|1|Grill|--amount|90|--on|2026-11-02|--no-plan",
        "sale|add|2|Lid|--amount|30|--on|2026-03-02|--no-plan", "sale|cancel|3|--reason|wrong|--on|2026-03-03",
        "sale|add|2|Lid|--amount|40|--on|2026-03-02|--terms|365|--no-plan", "sale|pay|4|5|--on|2026-03-05", "sale|deposit|2|3|--on|2026-03-06",
        "config|set|checklist.repair|tools clean;on time", "config|set|checklist.inspection|x", "staff|add|Gone", "staff|retire|Gone",
        "service|add|1|repair|--message|ring me|--check|tools clean=yes|--check|on time=no|--on|2026-10-01",
        "service|add|2|inspection|--check|x=yes|--on|2026-11-07", "service|add|2|information|--place|ours|--term|long",
        "promise|add|1|the manual|--by|2026-11-24", "promise|add|2|the money|--by|2026-11-24|--theirs",
        "promise|add|1|the key|--by|2026-11-25", "promise|keep|3", "pledge|add|clean vans", "pledge|retire|2",
        "callback|add|1|--on|2026-11-20|--note|the new list", "callback|add|2|--on|2026-11-21|--purpose|offer",
        "callback|add|2|--on|2026-12-11|--purpose|news", "callback|skip|cb3",
        "survey|add|1|--expect|6,7,6,6,7|--perceive|5,6,6,5,7", "survey|add|2|--expect|7,7,7,7,7|--perceive|7,7,7,7,7|--csat|5",
    ):  # fmt: skip
        desk.ok(*command.split("|"))
    steps = [
        "judge|{}|--founded|--responsibility|ours|--reason|cold",
        "assign|{}|--to|bob|--department|shop|--route|settle",
        "analyse|{}|--failure|process|--cause|company|--finding|no gas",
        "propose|{}|a new one|--compensation|100|--recovery|equal",
        "approve|{}|--by|Boss|--remark|agreed",
        "implement|{}|--did|brought it|--outcome|full",
        "close|{}|--summary|well|--lesson|look|-s|5",
    ]
    for case, done in enumerate((0, 1, 2, 3, 4, 5, 6, 0, 7, 0, 1, 7), 1):
        level = ["--level", "grievance"] if case == 10 else []
        desk.ok("complaint", "open", "1", f"the oven is cold, number {case}", "--force", *level)
        for step in steps[:done]:
            desk.ok("complaint", *step.format(case).split("|"))
    desk.ok("complaint", "wait", "8", "--for", "photos")
    desk.ok("complaint", "assign", "11", "--to", "bob", "--department", "shop", "--route", "technical")
    return desk
