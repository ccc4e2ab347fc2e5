"""What is wrong with a command line, in our own sentences.

typer tells kinds of mistakes apart by classes, some of them by the words alone; what it says in
other words than are known here is said as it is, with a full stop.
"""

import re
from typing import TYPE_CHECKING, Any

from nnviz.errors import shortened
from nnviz.words import one_of_them, tr

if TYPE_CHECKING:  # typer takes a quarter of a second
    from typer import TyperException

QUOTED = re.compile(r"'(.*)'", re.DOTALL)
EXTRA = re.compile(r"extra argument(?:\(s\)|s)? \((.*)\)", re.DOTALL)


def sentence_of(error: "TyperException") -> str:
    """One sentence about a command line that cannot be, which says what to do."""
    teller = TELLERS.get(type(error).__name__)
    told = teller(error) if teller is not None else None
    if told is None:
        told = " ".join(error.format_message().split())
    return shortened(told if told.endswith(".") else f"{told}.")


def _command(error: Any) -> str:
    """The words of the command as they were typed, from nnviz on."""
    path = error.ctx.command_path if getattr(error, "ctx", None) else ""
    # the first word is the file that was started, such as main.py
    return " ".join(["nnviz", *path.split()[1:]])


def _no_option(error: Any) -> str:
    command = _command(error)
    shown = _shown_options(error)
    near = [each for each in error.possibilities or () if each in shown]
    if near:
        return tr(
            "{command} has no option {option}; perhaps {near} is meant.",
            command=command,
            option=error.option_name,
            near=one_of_them(near[:3]),
        )
    return tr(
        "{command} has no option {option}; {command} --help lists those that it has.",
        command=command,
        option=error.option_name,
    )


def _shown_options(error: Any) -> set[str]:
    """The options that the help lists."""
    if not getattr(error, "ctx", None):
        return set()
    shown = [each for each in error.ctx.command.params if not getattr(each, "hidden", False)]
    return {name for each in shown for name in (*each.opts, *each.secondary_opts)}


def _bad_value(error: Any) -> str:
    message = error.message.strip()
    # what is said here is a sentence of ours; what typer says is none
    name = _named(error)
    if message.endswith("."):
        return tr("{option}: {problem}", option=name, problem=message) if name else message
    kinds = {int: tr("a whole number"), float: tr("a number")}
    asked = getattr(getattr(error.param, "type_descriptor", None), "annotation", None)
    kind = kinds[asked] if asked in kinds else tr("another kind of value")
    return tr(
        "{option} takes {kind}; {command} --help tells more.",
        option=name,
        kind=kind,
        command=_command(error),
    )


def _named(error: Any) -> str:
    param = error.param
    if param is None:
        return str(error.param_hint or "")
    option = param.param_type_name == "option"
    return str(param.opts[0] if option else param.metavar or param.name)


def _missing(error: Any) -> str:
    command = _command(error)
    return tr(
        "{command} needs {what}; {command} --help tells what that is.",
        command=command,
        what=_named(error) or tr("one more word"),
    )


def _no_value(error: Any) -> str:
    return tr(
        "{option} needs a value after it; {command} --help tells which.",
        option=error.option_name,
        command=_command(error),
    )


def _misused(error: Any) -> str | None:
    message, command = error.message, _command(error)
    if message.startswith("No such command") and (name := QUOTED.search(message)):
        return tr("There is no command {name}; nnviz --help lists them all.", name=name.group(1))
    if found := EXTRA.search(message):
        return tr(
            "{command} takes no {words}; {command} --help tells what it takes.",
            command=command,
            words=found.group(1),
        )
    return None


TELLERS: dict[str, Any] = {
    "BadOptionUsage": _no_value,
    "BadParameter": _bad_value,
    "MissingParameter": _missing,
    "NoSuchOption": _no_option,
    "UsageError": _misused,
}
"""Kind of mistake -> what tells it"""
