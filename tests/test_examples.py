"""The files in `examples/` are what they say they are, and work with the commands as they are."""

from __future__ import annotations

import base64
import csv
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import Result, run_at_home

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
CRONTAB = (EXAMPLES / "crontab").read_text(encoding="utf-8")
POSIX = pytest.mark.skipif(shutil.which("sh") is None, reason="needs a POSIX shell")


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CSM_", "LC_", "LANG"))}
    told = {
        "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TZ": "Asia/Shanghai", "CSM_NOW": "2026-11-24 07:30",
        "CSM_DB": str(folder / "csm.db"), "HOME": str(folder), "CSM_USER": "tester",
    }  # fmt: skip
    return kept | told | more


def run(command: list[str], folder: Path, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=environment(folder, **more), input=stdin, capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip


def csm(folder: Path, *arguments: str) -> Result:
    return run_at_home(folder, environment(folder), *arguments)


def counted(done: Result) -> tuple[int, int, int, int, int]:
    assert done.code == 0, done.err
    told = json.loads(done.out)
    return told["read"], told["inserted"], told["updated"], told["unchanged"], told["rejected"]


def script(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def home(tmp_path: Path, demo_file: Path) -> Path:
    """A home folder with a demo file in it, and `csm` and the tools of a plain machine on its own PATH, `bin`."""
    shutil.copy(demo_file, tmp_path / "csm.db")
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "date", "mktemp", "rm", "cat", "id", "base64", "fold"):
        found = shutil.which(name)
        if found:
            (tools / name).symlink_to(found)
    script(tools / "csm", f'#!/bin/sh\nexec "{sys.executable}" -m csm "$@"\n')
    (tmp_path / "csm").mkdir()
    shutil.copy(EXAMPLES / "mail_today.sh", tmp_path / "csm" / "mail_today.sh")
    return tmp_path


# --- tables ----------------------------------------------------------------------------------------------------------


def rows_of(name: str, encoding: str) -> list[list[str]]:
    with open(EXAMPLES / name, encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def test_the_english_table_is_as_a_spreadsheet_saves_it() -> None:
    content = (EXAMPLES / "customers_utf8.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfCode,Customer name,Phone,")
    assert content.count(b"\r\n") == content.count(b"\n") == 21
    names = [row[1] for row in rows_of("customers_utf8.csv", "utf-8-sig")[1:]]
    assert len(names) == 20
    assert sum(1 for name in names if re.search("[一-鿿]", name)) == 8


def test_the_chinese_table_is_gb18030_and_nothing_else() -> None:
    content = (EXAMPLES / "customers_gb18030.csv").read_bytes()
    for encoding in ("utf-8", "gbk", "gb2312"):
        with pytest.raises(UnicodeDecodeError):
            content.decode(encoding)
    heading, *rows = rows_of("customers_gb18030.csv", "gb18030")
    assert heading == [
        "客户编号", "客户名称", "电话", "地区", "地址", "行业", "规模", "等级", "关系类型", "负责人", "联系人", "职务",
        "联系人电话", "生日", "路线", "路序", "首选渠道", "标签", "来源", "备注",
    ]  # fmt: skip
    assert len(rows) == 20
    assert all(re.fullmatch("139000001[2-4][0-9]", row[2]) for row in rows)
    assert "𠮷祥便利店" in [row[1] for row in rows]


@pytest.mark.parametrize("name", ["customers_utf8.csv", "customers_gb18030.csv"])
def test_customers_are_imported_and_the_second_time_unchanged(name: str, tmp_path: Path) -> None:
    path = str(EXAMPLES / name)
    assert counted(csm(tmp_path, "import", "customers", path, "-f", "json")) == (20, 20, 0, 0, 0)
    assert counted(csm(tmp_path, "import", "customers", path, "-f", "json")) == (20, 0, 0, 20, 0)


def test_terms_in_chinese_become_the_stable_values(tmp_path: Path) -> None:
    csm(tmp_path, "import", "customers", str(EXAMPLES / "customers_gb18030.csv"))
    card = json.loads(csm(tmp_path, "customer", "show", "LX-19", "-f", "json").out)
    wanted = {
        "name": "仇记饺子馆", "phone": "13900000139", "region": "园区", "size": "small", "grade": "B",
        "relationship": "partnership", "owner": "何静", "tags": ["包装"],
    }  # fmt: skip
    assert {key: card[key] for key in wanted} == wanted
    assert [contact["name"] for contact in card["contacts"]] == ["仇英"]


def test_callbacks_of_both_tables_are_planned(tmp_path: Path) -> None:
    for name in ("customers_utf8.csv", "customers_gb18030.csv"):
        csm(tmp_path, "import", "customers", str(EXAMPLES / name))
    path = str(EXAMPLES / "callbacks.csv")
    assert counted(csm(tmp_path, "import", "callbacks", path, "-f", "json")) == (10, 10, 0, 0, 0)
    assert counted(csm(tmp_path, "import", "callbacks", path, "-f", "json")) == (10, 0, 0, 10, 0)
    planned = json.loads(csm(tmp_path, "callback", "list", "-f", "json").out)
    first = planned[0]
    assert (first["customer"], first["due_on"], first["purpose"]) == ("邻家超市", "2026-11-27", "payment")
    assert sorted(row["every"] for row in planned if row["every"]) == ["1m", "2w", "2w", "2w", "30d"]


def test_the_sales_are_imported_once_and_say_who_owes_what(tmp_path: Path) -> None:
    csm(tmp_path, "import", "customers", str(EXAMPLES / "customers_utf8.csv"))
    path = str(EXAMPLES / "sales.csv")
    assert counted(csm(tmp_path, "import", "sales", path, "-f", "json")) == (23, 23, 0, 0, 0)
    assert counted(csm(tmp_path, "import", "sales", path, "-f", "json")) == (23, 0, 0, 23, 0)
    unpaid = json.loads(csm(tmp_path, "sale", "unpaid", "-f", "json").out)
    # R-114 was paid in part: 2,160 - 1,000; the other five not at all.
    assert [(row["bill"], row["balance"]) for row in unpaid] == [
        ("R-114", 1160.0), ("R-117", 5400.0), ("R-118", 1140.0), ("R-120", 1440.0), ("R-121", 450.0), ("R-122", 5400.0),
    ]  # fmt: skip


def test_the_tables_can_join_the_demo(home: Path) -> None:
    for name in ("customers_utf8.csv", "customers_gb18030.csv"):
        assert counted(csm(home, "import", "customers", str(EXAMPLES / name), "-f", "json"))[1] == 20


# --- cron ------------------------------------------------------------------------------------------------------------


def settings_and_jobs() -> tuple[dict[str, str], list[tuple[str, str]]]:
    lines = [line for line in CRONTAB.splitlines() if line and not line.startswith("#")]
    settings = dict(line.split("=", 1) for line in lines if re.match("[A-Z_]+=", line))
    jobs = [line.split("  ", 1) for line in lines if not re.match("[A-Z_]+=", line)]
    return settings, [(times, command.replace("\\%", "%")) for times, command in jobs]


def test_the_crontab_says_what_cron_needs() -> None:
    settings, jobs = settings_and_jobs()
    assert list(settings) == ["SHELL", "PATH", "CSM_DB", "CSM_USER", "LANG", "MAILTO"]
    assert not any("$" in value or "~" in value for value in settings.values())
    assert [times for times, _ in jobs] == [
        "30 7 * * 1-6",
        "0 9-18 * * 1-6",
        "15 1 * * *",
        "0 20 * * 0",
        "*/10 * * * *",
        "0 17 * * 5",
    ]
    assert re.search(r"(?<!\\)%", "\n".join(line for line in CRONTAB.splitlines() if line[:1] not in "#ABCDE")) is None


def job(number: int, home: Path) -> subprocess.CompletedProcess[str]:
    return run(["sh", "-c", settings_and_jobs()[1][number][1]], home, PATH=str(home / "bin"))


@POSIX
def test_the_hourly_job_speaks_only_when_something_is_late(home: Path) -> None:
    late = job(1, home)
    assert (late.returncode, late.stderr) == (0, "")
    assert "康宁大药房 Kangning Pharmacy" in late.stdout
    for item in json.loads(csm(home, "due", "--overdue", "-f", "json").out):
        if item["kind"] in ("callback", "visit", "reminder", "promise", "prevention"):
            csm(home, "done", item["ref"], "settled")
        elif item["kind"] == "payment":
            sale = json.loads(csm(home, "sale", "show", item["ref"], "-f", "json").out)
            csm(home, "sale", "pay", item["ref"], str(sale["balance"]))
        elif item["kind"] == "delivery":
            csm(home, "sale", "delivered", item["ref"])
        else:
            csm(home, "complaint", "withdraw", item["ref"], "--reason", "settled")
    quiet = job(1, home)
    assert (quiet.returncode, quiet.stderr) == (0, "")
    assert quiet.stdout == ""


@POSIX
def test_the_nightly_job_is_silent_and_can_be_repeated(home: Path) -> None:
    for _ in range(2):
        done = job(2, home)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@POSIX
def test_the_ladder_is_climbed_once_and_silently_from_then_on(home: Path) -> None:
    # An hour of the next day by when something has passed that nothing had recorded.
    later = {"CSM_NOW": "+3d"}
    first = run(["sh", "-c", settings_and_jobs()[1][4][1]], home, PATH=str(home / "bin"), **later)
    assert (first.returncode, first.stderr) == (0, "")
    assert "miss" in first.stdout
    second = run(["sh", "-c", settings_and_jobs()[1][4][1]], home, PATH=str(home / "bin"), **later)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")


@POSIX
def test_the_weekly_job_leaves_a_table(home: Path) -> None:
    done = job(3, home)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (table,) = (home / "csm").glob("customers-20??-??-??.csv")
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")


@POSIX
def test_the_friday_job_leaves_a_page_to_hand_on(home: Path) -> None:
    done = job(5, home)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    page = (home / "csm" / "quality.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")


# --- mail ------------------------------------------------------------------------------------------------------------


@POSIX
def test_the_page_is_mailed_as_html(home: Path) -> None:
    script(home / "bin" / "sendmail", f'#!/bin/sh\necho "$@" >"{home}/arguments"\ncat >"{home}/mail"\n')
    done = job(0, home)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (home / "arguments").read_text() == "-t -oi\n"
    head, _, body = (home / "mail").read_text(encoding="ascii").partition("\n\n")
    assert re.sub("20[0-9-]{8}", "DAY", head).splitlines() == [
        "To: alice@example.com",
        "Subject: csm DAY",
        "MIME-Version: 1.0",
        "Content-Type: text/html; charset=utf-8",
        "Content-Transfer-Encoding: base64",
    ]
    assert max(map(len, body.splitlines())) == 76
    assert base64.b64decode(body).decode("utf-8") == csm(home, "today", "-f", "html").out


@POSIX
def test_without_sendmail_the_plain_page_goes_by_mail(home: Path) -> None:
    if shutil.which("sendmail", path="/usr/sbin:/usr/lib"):
        pytest.skip("this machine has sendmail where the script looks for it")
    script(home / "bin" / "mail", f'#!/bin/sh\necho "$@" >"{home}/arguments"\ncat >"{home}/mail"\n')
    done = run(["sh", str(EXAMPLES / "mail_today.sh"), "bo@example.com", "Zhou Wei"], home, PATH=str(home / "bin"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert re.fullmatch("-s csm 20[0-9-]{8} bo@example.com\n", (home / "arguments").read_text())
    assert (home / "mail").read_text(encoding="utf-8") == csm(home, "today", "--owner", "Zhou Wei").out


@POSIX
def test_without_any_mail_program_the_page_is_printed(home: Path) -> None:
    if shutil.which("sendmail", path="/usr/sbin:/usr/lib"):
        pytest.skip("this machine has sendmail where the script looks for it")
    done = run(["sh", str(EXAMPLES / "mail_today.sh")], home, PATH=str(home / "bin"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == csm(home, "today").out


@POSIX
def test_nothing_is_mailed_when_csm_fails(home: Path) -> None:
    script(home / "bin" / "sendmail", f'#!/bin/sh\ncat >"{home}/mail"\n')
    done = run(["sh", str(EXAMPLES / "mail_today.sh"), "a@example.com"], home, PATH=str(home / "bin"), CSM_DB="none.db")
    assert done.returncode == 5
    assert done.stderr.startswith("csm: there is no csm file yet: none.db\n")
    assert not (home / "mail").exists()


@POSIX
@pytest.mark.parametrize("recipient", ["-oX/tmp/log", "a@example.com\nBcc: b@example.com"])
def test_a_recipient_is_never_an_option_or_a_header(recipient: str, home: Path) -> None:
    done = run(["sh", str(EXAMPLES / "mail_today.sh"), recipient], home, PATH=str(home / "bin"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"mail_today.sh: '{recipient}' is no address\n"


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck isn't installed")
def test_the_shell_script_is_clean() -> None:
    done = subprocess.run(["shellcheck", str(EXAMPLES / "mail_today.sh")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


# --- the list by owner -----------------------------------------------------------------------------------------------


def item(owner: str | None, customer: str, due: str, days_late: int, kind: str = "callback") -> dict[str, object]:
    return {"kind": kind, "customer": customer, "due": due, "days_late": days_late, "owner": owner}


def test_a_line_for_each_owner(tmp_path: Path) -> None:
    items = [
        item("Chen Lan", "康宁大药房", "2026-11-20", 4),
        item("Zhou Wei", "River Gym", "2026-11-23", 1, "reminder"),
        item("Chen Lan", "Old Rain Books", "2026-11-19", 5),
        item("Anna Fischer", "Park Dental", "2026-11-24", 0),
        item(None, "Nobody's", "2026-11-01", 23),
        item("Zhou Wei", "Müller, Hans", "2026-11-30", -6, "birthday"),
    ]
    wanted = (
        "Chen Lan: 2 late, the oldest by 5 days (callback, Old Rain Books, due 2026-11-19)\n"
        "Zhou Wei: 1 late, the oldest by 1 day (reminder, River Gym, due 2026-11-23)\n"
        "nobody: 1 late, the oldest by 23 days (callback, Nobody's, due 2026-11-01)\n"
    )
    command = [sys.executable, str(EXAMPLES / "overdue_by_owner.py")]
    (tmp_path / "due.json").write_text(json.dumps(items), encoding="utf-8")
    for done in (run(command, tmp_path, json.dumps(items, ensure_ascii=False)), run([*command, "due.json"], tmp_path)):
        assert (done.returncode, done.stdout, done.stderr) == (0, wanted, "")
    assert run(command, tmp_path, "[]").stdout == ""


def test_what_is_no_list_is_said(tmp_path: Path) -> None:
    done = run([sys.executable, str(EXAMPLES / "overdue_by_owner.py"), "missing.json"], tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("overdue_by_owner.py: ")


def test_it_reads_what_csm_writes(home: Path) -> None:
    listed = csm(home, "due", "--overdue", "-f", "json").out
    done = run([sys.executable, str(EXAMPLES / "overdue_by_owner.py")], home, listed)
    assert done.returncode == 0
    owners = [line.partition(":")[0] for line in done.stdout.splitlines()]
    assert owners[:2] == ["Chen Lan", "Zhou Wei"]
    assert set(owners) <= {row["name"] for row in json.loads(csm(home, "staff", "list", "-f", "json").out)}
