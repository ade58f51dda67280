"""A file made at random through the command line: every noun, every state, and texts that files spoil.

What a command refuses (a step out of order, a double) is left out; the tests that use this see to it that every table
was reached.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Final

from tests.desk import Desk

NASTY: Final = (
    "=1+1", "'=1+1", "'", "''", "'0057", "0057", "1-2", "3E5", "+86 138", "+n", "@sum", "＝全角", 'a "quoted" word',
    "line\nbreak", "carriage\r\nreturn", "tab\there", "semi;colon, comma", "王家，饭店；二楼", "😀 emoji 👍🏽", "ends with \\",
    "null", "true", "12.50", "2026-11-21", "00012345678901234567", "\u202eleft", "e\u0301 combining", "{\"a\": 1}", "[1,2]",
)  # fmt: skip
# How far the cases are taken, one after the other.
LENGTHS: Final = (9, 0, 3, 9, 6, 7, 9, 1, 4, 9, 2, 8)
STATUSES: Final = ("prospect", "active", "dormant", "lost")


class Maker:
    """Fills the file of a desk; the same seed makes the same file."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.dice = Random(seed)
        self.clock = datetime(2026, 11, 2, 9, 0)
        self.number = 0

    def text(self) -> str:
        """Return a text that nothing else in the file is."""
        self.number += 1
        return f"{self.dice.choice(NASTY)} {self.number}"

    def bare(self) -> str:
        """Return a text that begins and ends as it is in the list."""
        return self.dice.choice(NASTY)

    def run(self, *words: str) -> bool:
        """Type a command at the time of the story; tell whether it did something."""
        self.clock += timedelta(minutes=self.dice.randrange(1, 50))
        if self.clock.hour >= 18:
            self.clock = self.clock.replace(hour=9) + timedelta(days=1)
        self.desk.now = f"{self.clock:%Y-%m-%d %H:%M}"
        self.desk.user = self.dice.choice(("alice", "王芳", "=bob"))
        result = self.desk(*words)
        assert result.code in (0, 2, 3, 4), (words, result)
        return result.code == 0

    def some(self, *options: tuple[str, str]) -> list[str]:
        """Return about half of the options."""
        return [word for option in options if self.dice.random() < 0.5 for word in option]

    def fill(self) -> None:
        """Make one of everything, and of most things several."""
        self.house()
        for number in range(1, 7):
            self.customer(number)
        for number in range(1, 7):
            self.dealings(str(number))
        self.days_later()
        self.run("customer", "edit", "cu1", "--name", "王家酒楼")  # whose former name has a pinyin

    def house(self) -> None:
        """Set up staff, settings, holidays and pledges."""
        for name, level in (("alice", "0"), ("王芳", "1"), ("=bob", "2"), ("'boss", "3"), ("gone", "0")):
            self.run("staff", "add", "--level", level, "--department", self.text(), "--phone", "010-0057", "--", name)
        self.run("staff", "retire", "gone", "--to", "王芳")
        self.run("config", "set", "guarantee.repair.oven", "2y")
        self.run("config", "set", "checklist.repair", "=wiped;seal '0057;擦净")
        self.run("config", "set", "guarantee.terms", self.text())
        holidays = self.desk.folder / "holidays.csv"
        holidays.write_text("date,kind,name\n2026-12-25,holiday,=Christmas\n2026-12-26,workday,\n", encoding="utf-8")
        self.run("config", "holidays", "import", str(holidays))
        self.run("pledge", "add", self.text(), "--within", "2d", "--compensation", "200", "--conditions", self.text())
        self.run("pledge", "add", self.text(), "--scope", "whole")
        self.run("pledge", "retire", "2")

    def customer(self, number: int) -> None:
        """Make a card with everything that hangs on it."""
        phone = f"13{self.dice.randrange(10**9):09}"
        self.run(
            *("customer", "add", "--code", f"00{number}", "--phone", self.dice.choice((phone, f"+86 {phone}"))),
            *("--external-id", self.bare() + str(number), "--tag", "'=tag", "--tag", f"t{number}", "--field", "VAT=0057"),
            *("--field", f"颜色 {number % 3}={self.bare()}", "--region", self.bare(), "--status", self.dice.choice(STATUSES)),
            *self.some(
                ("--address", self.text()), ("--revenue", "1200.50"), ("--credit-limit", "300"), ("--terms", "monthly+15"),
                ("--relationship", "proactive"), ("--grade", "B"), ("--visit-every", "2w"), ("--route", self.bare()),
                ("--contract-start", "2026-01-31"), ("--contract-end", "2027-01-31"), ("--do-not-contact", "no"),
                ("--short-name", self.bare()), ("--key-account", self.text()), ("--attitude", "cool"),
                ("--size", "small"), ("--channel", "phone"), ("--email", f"a{number}@example.com"),
            ),
            *(("--parent", "cu2") if number == 3 else ()),
            "--", "王家饭店" if number == 1 else f"{self.bare()} {number}",
        )  # fmt: skip
        ref = f"cu{number}"
        for place in range(self.dice.randrange(1, 3)):
            self.run(
                *(
                    "customer",
                    "contact",
                    "add",
                    ref,
                    f"{self.bare()} p{number}{place}",
                    "--phone",
                    f"0{number}5-0057-{place}",
                ),
                *(
                    "--phone",
                    f"1390000{number}{place}00",
                    "--birthday",
                    self.dice.choice(("03-12", "1985-02-28", "闰六月初三")),
                ),
                *("--sign-off", self.dice.choice(("cashier", "finance-manager"))),
                *self.some(("--family", self.text()), ("--hobbies", self.text()), ("--faith", self.text())),
                *self.some(("--clubs", self.text()), ("--customs", self.text()), ("--remarks", self.text())),
            )
        self.run("customer", "note", ref, self.text(), "--remind", "+3d")
        self.run("customer", "note", ref, self.text(), "--pin")
        self.run("customer", "edit", ref, "--grade", self.dice.choice("ABC"), "--tag", "later")

    def dealings(self, number: str) -> None:
        """Let a customer buy, complain, be called and be promised things."""
        ref = f"cu{number}"
        self.run("sale", "add", ref, self.text(), "--amount", "1200.10", "--bill", f"00{number}-1", "--delivery", "+2d")
        self.run("sale", "add", ref, self.text(), "--amount", "0.05", "--serial", f"0{number}E5", "--line", "oven")
        self.run("sale", "add", ref, self.text(), "--amount", "-30", "--allow-negative", "--note", self.text())
        self.run("sale", "pay", f"00{number}-1", "200.10", "--note", self.text())
        self.run("sale", "deposit", ref, "77.07", "--note", self.text())
        self.run("sale", "pay", "--customer", ref, "100")
        for more in ([], ["--replace", "--reason", self.text()]):
            parts = ["--parts", "3", "--every", "2w", "--from", "+1w", "--note", self.text()]
            self.run("sale", "plan", ref, "--amount", "60.10", *parts, *more)
        self.run("sale", "pay", "--customer", ref, "25.15")
        self.run("sale", "signed", f"00{number}-1", "--by", f"p{number}0")
        if self.dice.random() < 0.4:
            self.run("sale", "cancel", f"00{number}-1", "--reason", self.text())
        kind = self.dice.choice(("delivery", "repair", "visit"))
        check = {"delivery": "on-time=no", "repair": "擦净=yes", "visit": "display=yes"}[kind]
        self.run("service", "add", ref, kind, "--check", check, "--cost", "12.30", "--message", self.text())
        self.run("callback", "add", ref, "--on", "+1d", "--every", "1m", "--note", self.text())
        self.run("callback", "add", ref, "--on", "+2d", "--contact", f"p{number}0", "--purpose", "thanks")
        self.run("callback", "log", ref, self.text(), "-s", "4")
        self.run("promise", "add", ref, self.text(), "--by", "+2d", "--compensation", "5.50")
        self.run("promise", "add", ref, self.text(), "--by", "+9d", "--theirs")
        self.run("promise", "add", ref, self.text(), "--by", "+9d", "--pledge", "1")
        self.run(
            *("survey", "add", ref, "--expect", "6,7,6,6,7", "--perceive", "5,,6,5,7", "--csat", "4", "--nps", "8"),
            *("--comment", self.text()),
        )
        items = ",".join(str(self.dice.randrange(1, 8)) for _ in range(22))
        self.run("survey", "add", ref, "--perceive-items", items, "--reverse", "--weights", "20,20,20,20,20")
        self.complaint(ref)

    def complaint(self, ref: str) -> None:
        """Open two cases about one problem and take each some steps."""
        for _ in range(2):
            severity = self.dice.choice(("general", "serious"))
            before = self.desk.sql("SELECT count(*) FROM complaint")[0][0]
            self.run(
                *(
                    "complaint",
                    "open",
                    ref,
                    self.text(),
                    "--problem",
                    "late-delivery",
                    "--severity",
                    severity,
                    "--details",
                ),
                *(self.text(), "--level", "complaint", *self.some(("--claim", "99.90"), ("--want", "fast"))),
                *("--content", "service"),
                *self.some(("--about", "=bob"), ("--found-by", "us")),
            )
            case = f"cp{before + 1}"
            self.steps(case, LENGTHS[before % len(LENGTHS)])

    def steps(self, case: str, most: int) -> None:
        """Take a case so many steps along its way."""
        way = (
            ("respond", case, self.text()),
            ("judge", case, "--founded", "--responsibility", "ours", "--reason", self.text()),
            ("assign", case, "--to", "王芳", "--route", self.dice.choice(("settle", "technical")), "--department", self.text(), "--points", self.text()),
            ("wait", case, "--for", self.text()),
            ("resume", case),
            ("analyse", case, "--failure", "process", "--cause", "company", "--finding", self.text()),
            ("propose", case, self.text(), "--compensation", "120.25", "--recovery", "equal"),
            ("approve", case, "--by", "王芳", "--remark", self.text()),
            ("implement", case, "--did", self.text(), "--outcome", "full"),
            ("close", case, "--summary", self.text(), "--lesson", self.text(), "-s", "5", "--prevent", self.text(),
             "--prevent-on", "+30d"),
        )  # fmt: skip
        for words in way[: most + 1]:
            self.run("complaint", *words)
        self.run("complaint", "note", case, self.text())
        if self.dice.random() < 0.3:
            self.run("complaint", "escalate", case, "--reason", self.text(), "--to-level", "2", "--reply-by", "+1d")
        if most >= 9 and self.dice.random() < 0.5:
            self.run("complaint", "reopen", case, "--reason", self.text())
        self.run("promise", "add", case, self.text(), "--by", "+1d", "--clock", "resolution")

    def days_later(self) -> None:
        """Let time pass: calls are done, missed, moved; promises kept and broken; customers lost, won back, put away."""
        self.clock += timedelta(days=4)
        for (callback,) in self.desk.sql("SELECT id FROM callback WHERE status = 'open' ORDER BY id"):
            what: tuple[str, ...] = self.dice.choice((
                ("done", f"cb{callback}", self.text(), "-s", "5", "--suggestion", self.text(), "--cost", "1.05"),
                ("done", f"cb{callback}", self.text(), "--no-answer"),
                ("done", f"cb{callback}", self.text(), "--postponed", "+2d"),
                ("done", f"cb{callback}", self.text(), "--refused", "--objection", "price"),
                ("skip", f"cb{callback}", "--reason", self.text()),
                ("move", f"cb{callback}", "+3d"),
            ))  # fmt: skip
            self.run("callback", *what)
        for (promise,) in self.desk.sql("SELECT id FROM promise WHERE status = 'open' ORDER BY id"):
            self.run("promise", self.dice.choice(("keep", "break", "release")), f"pr{promise}")
        self.run("complaint", "escalate", "--overdue")
        self.run("service", "message", "done", "sv1")
        self.run("sale", "delivered", "001-1")
        self.run("customer", "lost", "cu3", self.text(), "--kind", "competitor", "--cause", "price")
        self.run("customer", "lost", "cu4", "--kind", "natural")
        self.run("customer", "won-back", "cu4", self.text())
        self.run("customer", "handover", "alice", "王芳", "--until", "2026-12-24")
        self.run("customer", "archive", "cu5")
        self.run("customer", "edit", "cu6", "--name", self.text())
        self.run("customer", "contact", "remove", "ct2")
        self.run("done", "nt1", self.text())
        self.run("customer", "contact", "add", "cu6", "王小明", "--phone", "010-5550-0057")
        self.run("complaint", "open", "cu6", self.text(), "--level", "complaint", "--severity", "serious")
        self.run("config", "set", "complaint.problems", "cold-food 菜凉; wrong-size")
        self.run("complaint", "open", "cu6", self.text(), "--problem", "菜凉")
        last = self.desk.sql("SELECT max(id) FROM complaint")[0][0]
        self.run("complaint", "withdraw", f"cp{last}", "--double-of", f"cp{last - 1}", "--reason", self.text())
        self.run("complaint", "open", "cu6", self.text())
        self.run("complaint", "withdraw", f"cp{last + 1}", "--mistake")
        settled = ("--settled", self.text(), "--failure", "process", "--cause", "company", "--recovery", "equal")
        self.run("complaint", "open", "cu6", self.text(), *settled, "--recovery-time", "during")
        self.run("complaint", "close", f"cp{last + 2}", "--summary", self.text(), "--lesson", self.text(), "-s", "5")
        self.run("complaint", "open", "cu6", self.text())
        case = f"cp{last + 3}"
        self.run("complaint", "judge", case, "--founded", "--responsibility", "ours", "--reason", self.text())
        self.run("complaint", "assign", case, "--to", "王芳", "--route", "escalate", "--department", self.text())
        self.run("complaint", "correct", case, "--summary", self.text(), "--reason", self.text())
        self.run("customer", "edit", "cu6", "--name", f"龙门酒店 {self.text()}")
        self.run("customer", "edit", "cu6", "--name", self.text())
