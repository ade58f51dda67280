"""The rules of the work: the texts of this folder, split into sections, and searched.

One file a chapter, written as `README.md` says. Nothing here prints, and nothing but `csm rules` needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from csm.domain.settings import SETTINGS
from csm.domain.values.folding import folded

FOLDER: Final = Path(__file__).parent
_HEADING: Final = re.compile(r"^##? (\d+(?:\.\d+)?) (.+)$", re.M)
_SOURCE: Final = re.compile(r"^- \[([A-Z])\] (.+)$", re.M)
_CITED: Final = re.compile(r"\b([A-ES])\b(?=[^\[\]]*\])")
_TABLE: Final = "|"
_RULE_OF_TABLE: Final = 2  # a table begins with its headings and the line below them


class Section(NamedTuple):
    """A numbered section.

    settings: keys, or families of keys such as `clock.*`, that change what it says.
    blocks: its paragraphs, bullets and tables; only a table has more than one line.
    """

    number: str
    heading: str
    source: str
    settings: tuple[str, ...]
    blocks: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return all it says as markdown."""
        text = "".join(f"{block}\n" if block.startswith("- ") else f"\n{block}\n\n" for block in self.blocks)
        return re.sub(r"\n{3,}", "\n\n", text).strip()

    @property
    def keys(self) -> list[str]:
        """Return the settings that change what it says, one by one."""
        return [setting.key for setting in SETTINGS if any(fnmatchcase(setting.key, name) for name in self.settings)]

    @property
    def cited(self) -> list[str]:
        """Return the letters of the sources that it names, in alphabetical order."""
        return sorted(set(_CITED.findall(self.source + self.text)))

    def holding(self, word: str) -> Section | None:
        """Return the section with the blocks that hold `word` alone, of a table the rows; None where none does."""
        found = tuple(part for block in self.blocks if (part := _part(block, word)))
        return self._replace(blocks=found) if found else None


class Found(NamedTuple):
    """What a word finds: whole sections or parts of them, and the numbers of others whose text holds the word."""

    sections: list[Section]
    others: list[str]


@cache
def sections() -> tuple[Section, ...]:
    """Return every section in its order."""
    return tuple(
        section
        for path in sorted(FOLDER.glob("[0-9][0-9]-*.md"))
        for section in _read(path.read_text(encoding="utf-8"))
    )


def sources() -> dict[str, str]:
    """Return the title of every source by its letter."""
    return dict(_SOURCE.findall((FOLDER / "README.md").read_text(encoding="utf-8")))


def find(word: str) -> Found:
    """Return the sections that `word` names: by number, else by heading or setting, else by their text.

    The number of a chapter names its sections too. Nothing is found where none of them holds the word.
    """
    word = word.strip()
    numbered = [section for section in sections() if f"{section.number}.".startswith(f"{word}.")]
    if numbered:
        return Found(numbered, [])
    named = [section for section in sections() if _names(section, word)]
    holding = _holding(word)
    if not named:
        return Found(holding, [])
    whole = {section.number for section in named}
    return Found(named, [part.number for part in holding if part.number not in whole])


def near(word: str) -> list[str]:
    """Return up to three headings, with their numbers, that are spelt nearly like `word`."""
    words = {
        part: f"{section.number} {section.heading}"
        for section in sections()
        for part in re.findall(r"\w+", folded(f"{section.number} {section.heading}"))
    }
    return list(dict.fromkeys(words[close] for close in get_close_matches(folded(word), words, n=3, cutoff=0.6)))


def _read(text: str) -> Iterator[Section]:
    _, *parts = _HEADING.split(text)
    for number, heading, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        head, _, rest = body.strip().partition("\n\n")
        said = dict(line.split(": ", 1) for line in head.split("\n"))
        settings = said.get("Settings", "")
        yield Section(number, heading, said["Source"], tuple(settings.split(", ")) if settings else (), _blocks(rest))


def _blocks(text: str) -> tuple[str, ...]:
    blocks: list[str] = []
    for paragraph in filter(None, text.split("\n\n")):
        if paragraph.startswith(_TABLE):
            blocks.append(paragraph.strip())
            continue
        # What is wrapped in the file is one line here.
        lines = re.sub(r"\n(?!- )\s*", " ", paragraph.strip())
        blocks += lines.split("\n")
    return tuple(blocks)


def _names(section: Section, word: str) -> bool:
    keys = section.keys
    return _holds(section.heading, word) or any(key == word or key.startswith(f"{word.rstrip('.')}.") for key in keys)


def _holding(word: str) -> list[Section]:
    """Return the parts of sections whose text holds `word`."""
    return [part for part in (section.holding(word) for section in sections()) if part is not None]


def _part(block: str, word: str) -> str:
    """Return what of `block` holds `word`: all of it, or of a table the headings and the rows that do."""
    if not block.startswith(_TABLE):
        return block if _holds(block, word) else ""
    lines = block.split("\n")
    rows = [line for line in lines[_RULE_OF_TABLE:] if _holds(line, word)]
    return "\n".join([*lines[:_RULE_OF_TABLE], *rows]) if rows else ""


def _holds(text: str, word: str) -> bool:
    """Tell whether a word of `text` begins with `word`; between Chinese signs every place is a beginning."""
    sought = folded(word)
    start = r"(?<![a-z0-9])" if sought[:1].isascii() else ""
    return bool(sought) and re.search(start + re.escape(sought), folded(text)) is not None
