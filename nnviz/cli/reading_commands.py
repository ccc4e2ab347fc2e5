"""The command that reads a picture of digits."""

from pathlib import Path
from typing import Annotated

import typer

from nnviz.cli.options import AsJson, one_of
from nnviz.questions.rows.scores import SCORES


def read(
    image: Annotated[
        Path, typer.Argument(metavar="IMAGE", help="A picture of a row of digits, of any size.")
    ],
    network: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="A network file; else the shipped one that knows non-digits."
        ),
    ] = None,
    score: Annotated[
        str,
        typer.Option(metavar="|".join(SCORES), help="What is made as large as can be."),
    ] = "mean",
    json: AsJson = False,
) -> None:
    """Read a row of digits by trying where to cut it."""
    one_of(score, tuple(SCORES), "--score")
    # imported here, so that `--help` is there at once
    from nnviz.cli.run_reading import run_reading

    run_reading(image, network, score, json)
