"""How commands are made: nouns and verbs loaded on demand, options shared by all, options made from a record's fields.

A verb is a plain function with Typer's annotations. What every command takes (`-f`, `-o`), what lists take and the
options of a record's fields are added here, and only those that were typed are built: sixty options cost more than a
list of customers.
"""

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from inspect import getdoc
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_params_convertors_ctx_param_name_from_function

from csm.domain.records import Field

if TYPE_CHECKING:
    from typer._click.core import Context

HELP: Final = {"help_option_names": ["-h", "--help"]}


class Verb(NamedTuple):
    """One command of a noun.

    run: the function that Typer reads.
    form: "list" adds --columns, --sort, --limit and --raw; "record" and "write" don't; "bare" has no format at all.
    setters: fields that become options to set.
    filters: fields that become options to filter by; they can be repeated.
    """

    run: Callable[..., object]
    form: Literal["list", "record", "write", "bare"] = "record"
    setters: tuple[Field, ...] = ()
    filters: tuple[Field, ...] = ()


class Given(NamedTuple):
    """What was typed for the options that `Verb` adds."""

    form: str
    output: str | None
    columns: str | None
    sort: str | None
    limit: int | None
    raw: bool
    fields: dict[str, list[str]]


SHARED: Final = ("form", "output", "columns", "sort", "limit", "raw")


def _shared_options(form: str) -> list[TyperOption]:
    if form == "bare":
        return []
    options = [
        TyperOption(
            param_decls=["form", "-f", "--format"],
            type=str,
            default="table",
            help="table, csv, tsv, json, jsonl, md or html.",
            show_default=True,
        ),
        TyperOption(
            param_decls=["output", "-o", "--output"], type=str, help="Write to this file instead, whole or not at all."
        ),
    ]
    if form == "list":
        options += [
            TyperOption(
                param_decls=["columns", "--columns"],
                type=str,
                help="Columns to print, a,b,c; an unknown one lists all.",
            ),
            TyperOption(param_decls=["sort", "--sort"], type=str, help="Sort by this column; -column for descending."),
            TyperOption(param_decls=["limit", "--limit"], type=int, help="At most so many rows; 0 is all."),
            TyperOption(
                param_decls=["raw", "--raw"],
                is_flag=True,
                default=False,
                help="Leave text that looks like a formula as it is in csv.",
            ),
        ]
    return options


def _field_option(field: Field, *, repeat: bool) -> TyperOption:
    about = field.about[:1].upper() + field.about[1:]
    return TyperOption(
        param_decls=[f"field_{field.name}", field.option],
        type=str,
        multiple=repeat or field.kind == "tags",
        help=about + ("" if about.endswith((".", ")")) else "."),
        metavar=field.kind.upper(),
    )


class Command(TyperCommand):
    """A verb; builds the options made from fields only where they were typed or help is asked for."""

    verb: Verb
    convertors: dict[str, Callable[[Any], Any]]

    def invoke(self, ctx: "Context") -> object:
        """Run the verb with what was typed."""
        values = {
            name: self.convertors[name](value) if name in self.convertors else value
            for name, value in ctx.params.items()
        }
        return self.verb.run(ctx, **values)

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Add the shared options and the field options, parse, and put what they said into `ctx.meta`."""
        self.params = [
            *self.params,
            *_shared_options(self.verb.form),
            *self._field_options(args, ctx.resilient_parsing),
        ]
        ctx.allow_extra_args = True
        rest: list[str] = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            from csm.domain.errors import UnexpectedArgument

            raise UnexpectedArgument(value=rest[0], command=ctx.command_path)
        ctx.meta["given"] = self._given(ctx.params)
        return rest

    def _field_options(self, args: list[str], everything: bool) -> list[TyperOption]:
        typed = {word.partition("=")[0] for word in args if word.startswith("--")}
        everything = everything or not typed.isdisjoint({"--help"}) or "-h" in args
        taken = {name for param in self.params for name in param.opts}
        return [
            _field_option(field, repeat=repeat)
            for field, repeat in self._field_table()
            if (everything or field.option in typed) and field.option not in taken
        ]

    def _field_table(self) -> list[tuple[Field, bool]]:
        return [(field, False) for field in self.verb.setters] + [(field, True) for field in self.verb.filters]

    def all_options(self, ctx: "Context") -> list[str]:
        """Return the name of every long option the command knows, typed or not."""
        built = [name for param in self.get_params(ctx) for name in param.opts if name.startswith("--")]
        return [*dict.fromkeys([*built, *(field.option for field, _ in self._field_table())])]

    def _given(self, params: dict[str, Any]) -> Given:
        shared = [params.pop(name, None) for name in SHARED]
        fields = {}
        for name in [name for name in params if name.startswith("field_")]:
            value = params.pop(name)
            if value is not None and value != ():
                fields[name.removeprefix("field_")] = [value] if isinstance(value, str) else list(value)
        return Given(shared[0] or "table", shared[1], shared[2], shared[3], shared[4], bool(shared[5]), fields)


def make(name: str, verb: Verb) -> Command:
    """Return the command of `verb`: Typer reads its function once, which `Typer.command` would do twice."""
    params, convertors, _ = get_params_convertors_ctx_param_name_from_function(verb.run)
    command = Command(name, params=list(params), help=getdoc(verb.run), context_settings=HELP, rich_markup_mode=None)
    command.verb, command.convertors = verb, convertors
    return command


class Noun(TyperGroup):
    """A group whose verbs stand in its module as `VERBS`; only the one called becomes a command."""

    verbs: dict[str, Verb]

    def list_commands(self, ctx: "Context") -> list[str]:
        """Return the verbs in the order of the module."""
        return list(self.verbs)

    def get_command(self, ctx: "Context", cmd_name: str) -> Command | None:
        """Return the command of one verb."""
        verb = self.verbs.get(cmd_name)
        return None if verb is None else make(cmd_name, verb)

    def resolve_command(self, ctx: "Context", args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command named first in `args`; raise UnknownCommand naming the nearest."""
        return _resolve(self, ctx, args)


class Root(TyperGroup):
    """The nouns and daily words, from a literal: nothing is imported to list them."""

    index: dict[str, tuple[str, str]]
    begin: Callable[..., None]

    def invoke(self, ctx: "Context") -> Any:
        """Take in the global options, then go on to the command named, or show the help where there is none."""
        self.begin(ctx, **ctx.params)

        def without_command(**_: object) -> None:
            if ctx.invoked_subcommand is None:
                print(ctx.get_help())  # noqa: T201

        self.callback = without_command
        return super().invoke(ctx)

    def list_commands(self, ctx: "Context") -> list[str]:
        """Return nouns and daily words in the order of the literal."""
        return list(self.index)

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | Noun | None":
        """Import and return one noun or daily word."""
        if cmd_name not in self.index:
            return None
        module = import_module(f"csm.cli.commands.{self.index[cmd_name][0]}")
        verbs: dict[str, Verb] = module.VERBS
        if cmd_name in verbs and getattr(module, "WORDS", False):
            return make(cmd_name, verbs[cmd_name])
        noun = Noun(
            name=cmd_name, help=module.__doc__, no_args_is_help=False, context_settings=HELP, rich_markup_mode=None
        )
        noun.verbs = verbs
        return noun

    def format_commands(self, ctx: "Context", formatter: Any) -> None:
        """Write the list of commands from the literal."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in self.index.items()])

    def resolve_command(self, ctx: "Context", args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command named first in `args`; raise UnknownCommand naming the nearest."""
        return _resolve(self, ctx, args)


def _resolve(group: "Noun | Root", ctx: "Context", args: list[str]) -> tuple[str | None, Any, list[str]]:
    command = group.get_command(ctx, args[0])
    if command is None:
        from csm.domain.errors import UnknownCommand, UnknownOption

        if args[0].startswith("-"):
            raise UnknownOption(option=args[0], command=ctx.command_path, near=[])
        near = nearest(args[0], group.list_commands(ctx))
        raise UnknownCommand(name=args[0], near=near, before=ctx.command_path)
    return args[0], command, args[1:]


def nearest(word: str, words: Iterable[str]) -> list[str]:
    """Return up to three of `words` that are spelt nearly like `word`."""
    from difflib import get_close_matches

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


def make_root(name: str, begin: Callable[..., None], index: dict[str, tuple[str, str]]) -> Root:
    """Return the root command: `begin` takes the global options, `index` names module and line of each command."""
    params, _, _ = get_params_convertors_ctx_param_name_from_function(begin)
    root = Root(
        name=name,
        params=list(params),
        help=getdoc(begin),
        context_settings=HELP,
        rich_markup_mode=None,
        invoke_without_command=True,
    )
    root.begin, root.index = begin, index
    return root
