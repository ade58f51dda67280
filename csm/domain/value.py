"""A few values under names, for classes that every command loads.

The class statement of a NamedTuple takes longer than anything a command does with it: it compiles a constructor.
These take a tenth of that, and the type checker knows their fields, their defaults and that they don't change.
"""

from types import SimpleNamespace
from typing import Any, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Value(SimpleNamespace):
    """The annotations of a subclass are its fields, its class attributes their defaults."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(**dict(zip(self.__annotations__, given, strict=False)), **named)

    def _replace(self, **changes: Any) -> Self:
        """Return these values with others under some of the names, as a NamedTuple does."""
        return type(self)(**{**self.__dict__, **changes})
