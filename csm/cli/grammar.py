"""How commands are made: nouns and verbs loaded on demand, options shared by all, options made from a record's fields.

A verb is a plain function with Typer's annotations. What every command takes (`-f`, `-o`), what lists take and the
options of a record's fields are added here, and only those that were typed are built: sixty options cost more than a
list of customers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from inspect import Parameter, Signature, get_annotations, getdoc
from typing import TYPE_CHECKING, Any, Final, Literal

from typer import Context as TyperContext
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_params_convertors_ctx_param_name_from_function

from csm.domain.errors import CsmError, FieldName, UsageFault
from csm.domain.formats import IN_FILES, WRITTEN, by_name
from csm.domain.value import Value
from csm.render.commands import option_of

if TYPE_CHECKING:
    from typer._click.core import Context

    from csm.domain.kinds import Field

HELP: Final = {"help_option_names": ["-h", "--help"]}


class Verb(Value):
    """One command of a noun: the function `run` of csm/cli/NOUN/VERB.py, which Typer reads.

    form: "list" adds --columns, --sort, --limit and --raw; "record" and "write" don't; "bare" has no format at all.
    setters: fields that become options to set.
    filters: fields that become options to filter by; they can be repeated.
    writes, reads: the parameters that name files which the command writes, and the one that it reads.
    private: what it writes with `-o` tells of people, so that only its owner may read it.
    """

    form: Literal["list", "record", "write", "bare"] = "record"
    setters: tuple[Field, ...] = ()
    filters: tuple[Field, ...] = ()
    writes: tuple[str, ...] = ()
    reads: str | None = None
    private: bool = True


class Given(Value):
    """What was typed for the options that `Verb` adds."""

    form: str
    output: str | None
    columns: str | None
    sort: str | None
    limit: str | None
    raw: bool
    fields: dict[str, list[str]]
    private: bool = True


class Option(Value):
    """An option that is only built where it was typed: its name in the code, how it is typed, what it is for."""

    name: str
    words: tuple[str, ...]
    about: str
    metavar: str | None = None
    flag: bool = False
    multiple: bool = False

    def build(self) -> TyperOption:
        """Return the option for Typer."""
        return TyperOption(
            param_decls=[self.name, *self.words],
            type=None if self.flag else str,
            is_flag=self.flag or None,
            default=False if self.flag else None,
            multiple=self.multiple,
            metavar=self.metavar,
            help=self.about,
        )


def either(names: Iterable[str]) -> str:
    """Return names as a help text enumerates them: `a, b or c`."""
    *first, last = names
    return f"{', '.join(first)} or {last}"


FORM: Final = (
    Option("form", ("-f", "--format"), f"{either(WRITTEN)}; else as the output file is called, else table."),
    Option("output", ("-o", "--output"), "Write to this file instead, whole or not at all."),
)
LIST: Final = (
    *FORM,
    Option("columns", ("--columns",), "Columns to print, a,b,c; an unknown one lists all."),
    Option("sort", ("--sort",), "Sort by this column; -column for descending."),
    Option("limit", ("--limit",), "At most so many rows; 0 is all.", "N"),
    Option("raw", ("--raw",), "Leave text that looks like a formula as it is in csv.", flag=True),
)
MINE: Final = Option("mine", ("--mine",), "Only your own work: --owner me.", flag=True)
ME: Final = "me"
SHARED: Final[dict[str, tuple[Option, ...]]] = {"list": LIST, "record": FORM, "write": FORM, "bare": ()}


def _field_option(field: Field, *, repeat: bool) -> Option:
    about = field.about or field.heading
    about = about[:1].upper() + about[1:]
    return Option(
        f"field_{field.name}",
        (option_of(field.name),),
        about + ("" if about.endswith((".", ")")) else "."),
        field.kind.upper(),
        multiple=repeat or field.kind == "tags",
    )


def _typed(args: Sequence[str]) -> set[str] | None:
    """Return the options that may have been typed in `args`; None is all of them, where help is asked for."""
    typed: set[str] = set()
    for word in args:
        if word.startswith("--"):
            typed.add(word.partition("=")[0])
        elif word.startswith("-"):
            typed.update("-" + sign for sign in word[1:])
    return None if not typed.isdisjoint(HELP["help_option_names"]) else typed


def _chosen(options: Sequence[Option], typed: set[str] | None) -> list[Option]:
    return [option for option in options if typed is None or not typed.isdisjoint(option.words)]


class Command(TyperCommand):
    """A verb; the options added to its own are only built where they were typed or help is asked for."""

    verb: Verb
    function: Callable[..., object]
    convertors: dict[str, Callable[[Any], Any]]
    own: list[Any]

    def invoke(self, ctx: Context) -> object:
        """Run the verb with what was typed, once it is sure that its output can go where it should."""
        root = ctx.find_root().command
        if isinstance(root, Root):
            root.check(ctx, self.verb)
        values = {
            name: self.convertors[name](value) if name in self.convertors else value
            for name, value in ctx.params.items()
        }
        try:
            return self.function(ctx, **values)
        except CsmError as error:
            # Which command was typed is known here alone; errors name fields.
            error.values.setdefault("command", ctx.command_path)
            for key, value in error.values.items():
                if isinstance(value, FieldName):
                    error.values[key] = self.typed_as(value)
            raise

    def typed_as(self, field: FieldName) -> str:
        """Return how a field is typed for this command: REF, --by, else the option of its name."""
        return next((typed_name(param) for param in self.own if param.name == field), option_of(field))

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Add the shared options and the field options, parse, and put what they said into `ctx.meta`."""
        typed = None if ctx.resilient_parsing else _typed(args)
        self.params = [*self.own, *[option.build() for option in self._added_options(typed)]]
        ctx.allow_extra_args = True
        rest: list[str] = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise UsageFault("unexpected-argument", value=rest[0], command=ctx.command_path)
        if ctx.params.pop(MINE.name, False):
            self._narrow_to_user(ctx.params)
        ctx.meta["given"] = self._given(ctx.params)
        return rest

    def _narrow_to_user(self, params: dict[str, Any]) -> None:
        """Let --mine be --owner me; raise values-exclude where somebody else is asked for too."""
        own = next((param for param in self.params if "--owner" in param.opts), None)
        name = own.name if own is not None else "field_owner"
        if params.get(str(name)):
            raise UsageFault("values-exclude", first="--mine", second="--owner")
        one = own is not None and not own.multiple
        params[str(name)] = ME if one else [ME]

    def _added_options(self, typed: set[str] | None) -> list[Option]:
        taken = {name for param in self.own for name in param.opts}
        fields = [
            _field_option(field, repeat=repeat)
            for repeat, fields in ((False, self.verb.setters), (True, self.verb.filters))
            for field in fields
            if (typed is None or option_of(field.name) in typed) and option_of(field.name) not in taken
        ]
        mine = _chosen([MINE], typed) if self._has_owner() else []
        return _chosen(SHARED[self.verb.form], typed) + fields + mine

    def _has_owner(self) -> bool:
        """Tell whether its rows can be narrowed to those of an owner."""
        if self.verb.form == "write":
            return False
        own = any("--owner" in param.opts for param in self.own)
        return own or any(field.name == "owner" for field in self.verb.filters)

    def all_options(self, ctx: Context) -> list[str]:
        """Return the name of every long option the command knows, typed or not."""
        built = [name for param in self.get_params(ctx) for name in param.opts]
        added = [name for option in self._added_options(None) for name in option.words]
        return [*dict.fromkeys(name for name in [*built, *added] if name.startswith("--"))]

    def _given(self, params: dict[str, Any]) -> Given:
        shared = [params.pop(option.name, None) for option in LIST]
        fields = {}
        for name in [name for name in params if name.startswith("field_")]:
            value = params.pop(name)
            if value is not None and value != ():
                fields[name.removeprefix("field_")] = [value] if isinstance(value, str) else list(value)
        form = shared[0] or ("table" if shared[1] is None else by_name("--output", shared[1], IN_FILES) or "table")
        return Given(form, shared[1], shared[2], shared[3], shared[4], bool(shared[5]), fields, self.verb.private)


def make(name: str, verb: Verb, package: str) -> Command:
    """Return the command of a verb in its package: Typer reads its function once, where `Typer.command` does twice."""
    function: Callable[..., object] = import_module(f"{package}.{name.replace('-', '_')}").run
    # Written down as text, annotations cost only where a command is called; Typer would evaluate each of them twice.
    function.__annotations__ = get_annotations(function, eval_str=True)
    params, convertors, _ = get_params_convertors_ctx_param_name_from_function(function)
    command = Command(name, params=list(params), help=getdoc(function), context_settings=HELP, rich_markup_mode=None)
    command.verb, command.function, command.convertors, command.own = verb, function, convertors, list(params)
    return command


def with_parameters(function: Callable[..., Any], about: str | None, parameters: Mapping[str, tuple[Any, Any]]) -> None:
    """Let Typer see `about` and `parameters` as those of a function: annotation and default by name, `...` is none."""
    made = []
    for name, (annotation, default) in {"ctx": (TyperContext, ...), **parameters}.items():
        usual = Parameter.empty if default is ... else default
        made.append(Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=usual))
    function.__doc__ = about
    function.__annotations__ = {parameter.name: parameter.annotation for parameter in made}
    vars(function)["__signature__"] = Signature(made)


class Noun(TyperGroup):
    """A group whose verbs stand in its package as `VERBS`; only the one called is imported and becomes a command."""

    verbs: dict[str, Verb]
    made: dict[str, Command]
    package: str

    def list_commands(self, ctx: Context) -> list[str]:
        """Return the verbs in the order of the table."""
        return list(self.verbs)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Return the command of one verb, the same one each time."""
        if cmd_name not in self.made and cmd_name in self.verbs:
            self.made[cmd_name] = make(cmd_name, self.verbs[cmd_name], self.package)
        return self.made.get(cmd_name)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command named first in `args`; raise unknown-command naming the nearest."""
        return _resolve(self, ctx, args)


class Root(TyperGroup):
    """The nouns and daily words, from a literal: nothing is imported to list them."""

    index: dict[str, tuple[str, str]]
    options: tuple[Option, ...]
    begin: Callable[..., None]
    check: Callable[[Context, Verb], None]
    made: dict[str, Command | Noun]

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the global options, of which only those typed are built."""
        self.params = [option.build() for option in _chosen(self.options, _typed(args) if args else None)]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Context) -> Any:
        """Take in the global options, then go on to the command named, or show the help where there is none."""
        self.begin(ctx, **ctx.params)

        def without_command(**_: object) -> None:
            if ctx.invoked_subcommand is None:
                print(ctx.get_help())  # noqa: T201

        self.callback = without_command
        return super().invoke(ctx)

    def list_commands(self, ctx: Context) -> list[str]:
        """Return nouns and daily words in the order of the literal."""
        return list(self.index)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | Noun | None:
        """Import and return one noun or daily word, the same one each time."""
        if cmd_name not in self.made and cmd_name in self.index:
            self.made[cmd_name] = self._made(cmd_name)
        return self.made.get(cmd_name)

    def _made(self, cmd_name: str) -> Command | Noun:
        package = f"csm.cli.{self.index[cmd_name][0]}"
        module = import_module(package)
        verbs: dict[str, Verb] = module.VERBS
        if cmd_name in verbs and getattr(module, "WORDS", False):
            return make(cmd_name, verbs[cmd_name], package)
        noun = Noun(
            name=cmd_name, help=module.__doc__, no_args_is_help=False, context_settings=HELP, rich_markup_mode=None
        )
        noun.verbs, noun.package, noun.made = verbs, package, {}
        return noun

    def format_commands(self, ctx: Context, formatter: Any) -> None:
        """Write the list of commands from the literal."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in self.index.items()])

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command named first in `args`; raise unknown-command naming the nearest."""
        return _resolve(self, ctx, args)


def _resolve(group: Noun | Root, ctx: Context, args: list[str]) -> tuple[str | None, Any, list[str]]:
    command = group.get_command(ctx, args[0])
    if command is None:
        if args[0].startswith("-"):
            raise UsageFault("unknown-option", option=args[0], command=ctx.command_path, near=[])
        near = nearest(args[0], group.list_commands(ctx))
        raise UsageFault("unknown-command", name=args[0], near=near, before=ctx.command_path)
    return args[0], command, args[1:]


def typed_name(param: Any) -> str:
    """Return how a parameter of a command is typed: --rejects, or FILE."""
    options: list[str] = [name for name in param.opts if name.startswith("-")]
    return options[-1] if options else str(param.metavar or param.name).strip("[]").upper()


def nearest(word: str, words: Iterable[str]) -> list[str]:
    """Return up to three of `words` that are spelt nearly like `word`."""
    return get_close_matches(word, list(words), n=3, cutoff=0.6)


def hoist(argv: Sequence[str], flags: frozenset[str], valued: frozenset[str]) -> list[str]:
    """Return `argv` with the global options moved to its front, so that they may stand anywhere before a `--`."""
    front: list[str] = []
    rest: list[str] = []
    position = 0
    while position < len(argv) and argv[position] != "--":
        word = argv[position]
        name, equals, _ = word.partition("=")
        if word in flags or (name in valued and equals):
            front.append(word)
        elif word in valued and position + 1 < len(argv):
            position += 1
            front += [word, argv[position]]
        else:
            rest.append(word)
        position += 1
    return [*front, *rest, *argv[position:]]


def make_root(
    name: str,
    begin: Callable[..., None],
    options: tuple[Option, ...],
    index: dict[str, tuple[str, str]],
    check: Callable[[Context, Verb], None],
) -> Root:
    """Return the root command: `begin` takes the global `options`, `index` names module and line of each command.

    `check` looks at what was typed before a verb runs.
    """
    root = Root(
        name=name, help=getdoc(begin), context_settings=HELP, rich_markup_mode=None, invoke_without_command=True
    )
    root.begin, root.options, root.index, root.check, root.made = begin, options, index, check, {}
    return root
