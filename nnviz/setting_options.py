"""One command-line option for every setting."""

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from nnviz.learning.settings import SETTING_TYPES, SETTINGS, Setting


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Replaces the parameter `changes` by one option for every entry of the settings table."""

    def run(**given: Any) -> None:
        changes = {name: given.pop(name) for name in SETTINGS}
        command(changes={k: v for k, v in changes.items() if v is not None}, **given)

    own = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for parameter in inspect.signature(command).parameters.values()
        if parameter.name != "changes"
    ]
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    options = [_option(name, setting) for name, setting in SETTINGS.items()]
    parameters = own + options
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def _option(name: str, setting: Setting) -> inspect.Parameter:
    kind = SETTING_TYPES[name]
    more: dict[str, Any] = {}
    if setting.choices:
        more["metavar"] = "|".join(setting.choices)
    elif kind is str:
        more["metavar"] = "TEXT"
    elif kind is not bool:
        zero = f" or 0 ({setting.zero})" if setting.zero else ""
        more["metavar"] = f"{setting.low:g}..{setting.high:.10g}{zero}"
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[kind | None, typer.Option(help=setting.help, **more)],
    )
