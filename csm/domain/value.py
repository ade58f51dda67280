"""Values under names, for classes that every command loads.

The class statement of a NamedTuple or a dataclass takes longer than anything a command does with it: it compiles a
constructor. These take a tenth of that, and the type checker knows their fields, their defaults and that they don't
change.
"""

from typing import Any, ClassVar, Final, Self, dataclass_transform

_REQUIRED: Final = object()


@dataclass_transform(frozen_default=True)
class Value:
    """The annotations of a class and of its parents are its fields, its class attributes their defaults.

    Values of one class are equal if all their fields are.
    """

    _fields: ClassVar[dict[str, Any]] = {}  # their defaults by their names

    def __init_subclass__(cls) -> None:
        """Collect the fields, those of the parent first."""
        own = cls.__dict__.get
        cls._fields = fields = {name: own(name, default) for name, default in cls._fields.items()}
        for name in cls.__annotations__:
            fields[name] = own(name, _REQUIRED)

    def __init__(self, *values: Any, **named: Any) -> None:
        """Set the fields; raise TypeError for one that is missing, unknown or passed twice, or a value too many."""
        fields = self._fields
        self.__dict__ = own = fields | named
        if values:
            own.update(zip(fields, values))  # noqa: B905 (strict= would take longer than all the rest)
            if len(values) > len(fields) or (named and not named.keys().isdisjoint(list(fields)[: len(values)])):
                raise TypeError(self._mistake(values, named))
        if len(own) > len(fields) or _REQUIRED in own.values():
            raise TypeError(self._mistake(values, named))

    def _mistake(self, values: tuple[Any, ...], named: dict[str, Any]) -> str:
        """Return what is wrong with these arguments, in the words of Python."""
        names = list(self._fields)
        if len(values) > len(names):
            wrong = f"takes {len(names)} positional arguments but {len(values)} were given"
        elif unknown := [name for name in named if name not in names]:
            wrong = f"got an unexpected keyword argument {unknown[0]!r}"
        elif twice := [name for name in names[: len(values)] if name in named]:
            wrong = f"got multiple values for argument {twice[0]!r}"
        else:
            missing = [repr(name) for name in names if self.__dict__[name] is _REQUIRED]
            wrong = f"missing {len(missing)} required arguments: {', '.join(missing)}"
        return f"{type(self).__name__}() {wrong}"

    def __eq__(self, other: object) -> bool:
        return self.__dict__ == other.__dict__ if type(other) is type(self) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join([f'{name}={value!r}' for name, value in self.__dict__.items()])})"

    def _replace(self, **changes: Any) -> Self:
        """Return a copy with other values for some of the fields, as a NamedTuple does."""
        return type(self)(**{**self.__dict__, **changes})
