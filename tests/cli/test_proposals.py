"""The commands that hints and other sentences propose: each is in the table of verbs, with options that it takes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final, NamedTuple

import pytest

import csm
from csm.cli.app import GLOBALS, INDEX, VALUED
from csm.cli.customer.contacts import ACTIONS
from csm.cli.grammar import MINE, SHARED, Verb, make
from csm.cli.messages import MESSAGES
from csm.render.commands import COMMANDS, command_line, option_of
from tests.i18n.catalogue import stored

PACKAGE = Path(csm.__file__).parent
GLOBAL_OPTIONS: Final = {"--help", *(word for option in GLOBALS for word in option.words)}
# Words that follow the name of the program in a sentence about it, and its version.
PROSE: Final = {
    *("can't", "command", "file", "has", "itself", "knows", "left", "on", "schema", "works", "wrote", "{}"),
    csm.__version__,
}


class Proposal(NamedTuple):
    """A command in a text: its words after `csm`, and where the text stands."""

    place: str
    words: tuple[str, ...]


def proposals(place: str, text: str) -> Iterator[Proposal]:
    for part in re.split(r"(?<![\w./-])csm (?=[!-~])", text)[1:]:
        words = []
        for word in re.split(r"\s+", part):
            found = re.match("[!-~]*", word)
            words.append(found[0].strip(",;:.()`'") if found is not None else "")
            if re.search("[;)；）。]", word):
                break
        if words[0] not in PROSE:
            yield Proposal(place, tuple(words))


def texts(source: str) -> Iterator[str]:
    """Return the texts of a module, its docstrings aside; what is filled in an f-string is {}."""
    tree = ast.parse(source)
    apart = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    apart |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)  # type: ignore[misc]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            yield node.value


def all_proposals() -> Iterator[Proposal]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for text in texts(path.read_text(encoding="utf-8")):
            yield from proposals(str(path.relative_to(PACKAGE)), text)
    for message in stored():
        for string in [message.string] if isinstance(message.string, str) else message.string or ():
            yield from proposals(f"Chinese of {message.id!r}", string)


PROPOSALS = list(all_proposals())


@cache
def verbs(noun: str) -> dict[str, Verb]:
    table: dict[str, Verb] = import_module(f"csm.cli.{INDEX[noun][0]}").VERBS
    return table


@cache
def options(noun: str, verb: str) -> frozenset[str]:
    entry = verbs(noun)[verb]
    own = [word for param in make(verb, entry, f"csm.cli.{INDEX[noun][0]}").own for word in param.opts]
    own += [word for param in make(verb, entry, f"csm.cli.{INDEX[noun][0]}").own for word in param.secondary_opts]
    fields = [option_of(field.name) for field in (*entry.setters, *entry.filters)]
    shared = [word for option in (*SHARED[entry.form], MINE) for word in option.words]
    return frozenset([*own, *fields, *shared])


def wrong(proposal: Proposal) -> str:
    """Return what a proposal names that doesn't exist, "" for a right one."""
    words = list(proposal.words)
    while words and words[0].startswith("--"):
        option = words.pop(0)
        if option not in GLOBAL_OPTIONS:
            return option
        if option in VALUED:
            words.pop(0)
    if not words:
        return ""
    noun = words.pop(0)
    if noun not in INDEX:
        return noun
    verb = noun
    if noun not in verbs(noun):
        verb = words.pop(0) if words else "--help"
        if verb.startswith(("--", "{")):
            return "" if verb == "--help" or verb.startswith("{") else verb
        if verb not in verbs(noun):
            return f"{noun} {verb}"
    known = options(noun, verb) | GLOBAL_OPTIONS
    typed = [found[0] for word in words if (found := re.match("--?[a-z][a-z-]*", word))]
    return " ".join(word for word in typed if word not in known)


@pytest.mark.parametrize("noun", INDEX)
def test_proposals_are_of_verbs_and_options_that_exist(noun: str) -> None:
    found = [one for one in PROPOSALS if noun in one.words[:3]]
    assert [(one, wrong(one)) for one in found if wrong(one)] == []


def test_every_proposal_names_a_noun() -> None:
    assert [one for one in PROPOSALS if not set(one.words[:3]) & {*INDEX, "--help"}] == []


@pytest.mark.parametrize("action", COMMANDS)
def test_the_command_of_every_action_exists(action: str) -> None:
    (found,) = proposals(action, command_line(action, 3))
    assert wrong(found) == ""


def test_actions_of_the_code_have_a_command() -> None:
    named = set()
    for path in [*(PACKAGE / "services").rglob("*.py"), *(PACKAGE / "domain").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "authority_of":
                last = node.args[-1]
                named |= {last.value} if isinstance(last, ast.Constant) else set()
    assert named
    assert named <= set(COMMANDS)


def test_options_of_messages_exist() -> None:
    known = set(GLOBAL_OPTIONS)
    for noun in INDEX:
        for verb in verbs(noun):
            known |= options(noun, verb)
    found = {
        word
        for message in MESSAGES.values()
        for text in (message.sentence, message.hint, message.in_file or "")
        for word in re.findall(r"(?<!\S)--[a-z][a-z-]*", text)
    }
    assert len(found) > 20
    assert found - known == {"--upgrade"}, "that of pip"


def test_wrong_proposals_are_found() -> None:
    told = (
        "csm complaint close 3 --sumary; csm complaint clos 3; csm custmer list; csm sale list --owner me; csm --dbb x"
    )
    assert [wrong(one) for one in proposals("", told)] == ["--sumary", "complaint clos", "custmer", "", "--dbb"]


def test_actions_on_contacts_exist() -> None:
    found = [one.words[2] for one in PROPOSALS if one.words[:2] == ("customer", "contact") and len(one.words) > 2]
    assert found
    assert set(found) <= set(ACTIONS)
