"""Modules that Typer imports and csm hardly ever uses, put off until one of their attributes is asked for.

Together they are a sixth of what `import typer` costs, and importing Typer is most of a short command's time. Nothing
else changes: who asks one of them for anything gets the real module's answer.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

# What Typer and the modules it needs only touch when a shell is asked for completion, a page is wrapped, a process
# started, a path of Windows taken apart or an archive opened.
RARELY_USED = (
    "bz2",
    "ipaddress",
    "locale",
    "lzma",
    "ntpath",
    "shellingham",
    "signal",
    "subprocess",
    "textwrap",
    "tokenize",
    "zlib",
)


class _Deferred(ModuleType):
    """Stands for a module that isn't imported yet."""

    def __getattr__(self, attribute: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), attribute)


def defer_rarely_used() -> None:
    """Put off those modules that nothing has imported yet."""
    for name in RARELY_USED:
        if name not in sys.modules:
            sys.modules[name] = _Deferred(name)
