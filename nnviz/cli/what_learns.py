"""`nnviz system`: what learns on this machine, in which versions, and what learned a network."""

import platform
from json import dumps
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

import nnviz
from nnviz.cli.options import AsJson
from nnviz.networks.files import load
from nnviz.networks.learned_by import BRINGS, DEVICES, in_words, version_of
from nnviz.words import commas, tr


def system(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE...]", help=tr("Network files."))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what learns on this machine, and what learned saved networks. Raises
    NetworkFileError."""
    trained = {str(path): load(path) for path in files or ()}
    record: dict[str, Any] = {
        "nnviz": nnviz.__version__,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "engines": [_engine(engine) for engine in BRINGS],
    }
    if as_json:
        print(dumps(record))
    else:
        print(
            tr(
                "nnviz {nnviz}, Python {python}, numpy {numpy}",
                nnviz=nnviz.__version__,
                python=platform.python_version(),
                numpy=np.__version__,
            )
        )
        for engine in record["engines"]:
            print(_in_words(engine))
    for path, each in trained.items():
        learned = [by.word for by in each.learned_by]
        if as_json:
            print(dumps({"file": path, "engines": learned}))
        elif each.adopted is not None:
            print(tr("{file}: nobody knows what learned it.", file=path))
        else:
            print(_of_file(path, in_words(each.learned_by)))


def _engine(engine: str) -> dict[str, Any]:
    # both take seconds to import
    from nnviz.training.engines import devices, state_of

    state = state_of(engine)
    return {
        "package": BRINGS[engine],
        "version": version_of(BRINGS[engine]),
        "learns": state.works,
        "reason": state.reason,
        "devices": devices(engine) if state.works else [],
    }


def _in_words(engine: dict[str, Any]) -> str:
    package = f"{engine['package']} {engine['version']}".rstrip()
    if engine["reason"]:
        return tr(
            "{package} does not learn here: {reason}.", package=package, reason=engine["reason"]
        )
    return tr(
        "{package} learns on: {devices}.",
        package=package,
        devices=commas(DEVICES[device] for device in engine["devices"]),
    )


def _of_file(path: str, learned_by: str) -> str:
    if not learned_by:
        return tr("{file}: has learned nothing.", file=path)
    return tr("{file}: learned by {engine}.", file=path, engine=learned_by)
