"""What tests of pages that are handed over share: a checker of their markup, and what they may load, which is nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


class Checker(HTMLParser):
    """Every tag that is opened is closed, in order; texts and tags are kept."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def check_alone(page: str, spoken: str) -> list[tuple[str, dict[str, str | None]]]:
    """Hold that a page loads and runs nothing and says its language; return its tags."""
    tags = Checker(page).tags
    assert re.search(r"https?:|url\(|@import|//[a-z]", page) is None
    assert not {"script", "link", "img", "iframe", "object", "a"} & {tag for tag, _ in tags}
    assert not any(name.startswith("on") or name in ("src", "href") for _, attributes in tags for name in attributes)
    assert tags[0] == ("html", {"lang": "en" if spoken == "en" else "zh-CN"})
    assert ("meta", {"charset": "utf-8"}) in tags
    assert f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' in page
    return tags
