"""`nnviz adopt`: a network that others trained becomes a network file of this program."""

from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from nnviz.cli.options import AsJson, Classes, Data, Digits, digits_of, one_of
from nnviz.cli.progress import tell
from nnviz.networks.adopted import ORDERS, OUTPUTS, Said
from nnviz.networks.files import NetworkFileError, load, save
from nnviz.networks.foreign.refusals import ForeignError
from nnviz.networks.foreign.scalings import SCALINGS, scaling_of
from nnviz.networks.settings import ALL_ACTIVATIONS, SettingError
from nnviz.words import tr
from nnviz.writing import check_writable, saved


def adopt(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=tr("A network that another program has saved."))
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help=tr("Save it as a network file here."))
    ] = None,
    activation: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(ALL_ACTIVATIONS), help=tr("That of the hidden neurons; else guessed.")
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(metavar="|".join(OUTPUTS), help=tr("That of the outputs; else guessed.")),
    ] = None,
    scaling: Annotated[
        str | None,
        typer.Option(
            metavar="LOW..HIGH|MEAN/DEVIATION",
            help=tr(
                "What black and white were for it, such as 0..255 or -1..1, or the mean and "
                "deviation of its pixels, such as {example}; else guessed.",
                example=SCALINGS[3],
            ),
        ),
    ] = None,
    order: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(ORDERS),
            help=tr("Whether its pixels followed each other by rows or by columns; else guessed."),
        ),
    ] = None,
    digits: Digits = None,
    data: Data = None,
    classes: Classes = None,
    as_json: AsJson = False,
) -> None:
    """Make a network that others trained one of nnviz. Raises NetworkFileError, NotSaved."""
    one_of(activation, tuple(ALL_ACTIVATIONS), "--activation")
    one_of(output, tuple(OUTPUTS), "--output")
    one_of(order, tuple(ORDERS), "--order")
    if scaling is not None:
        try:
            scaling_of(scaling)
        except ForeignError as error:
            raise SettingError("{sentence}", sentence=str(error)) from error
    if out is not None:
        check_writable(out)
    said = Said(activation or "", output or "", scaling or "", order or "")
    trained = load(file, digits_of(digits, data, None, classes), said)
    adopted = trained.adopted
    if adopted is None or adopted.file != file.name:
        raise NetworkFileError("{path} is a network of nnviz already.", path=file)
    if as_json:
        print(dumps(adopted.record()))
    else:
        print(adopted.words)
    if out is not None:
        save(trained, out)
        tell(saved(out))
