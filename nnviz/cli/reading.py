"""`nnviz read`: the digits in a picture of a row of them. Needs no torch."""

import sys
from dataclasses import dataclass
from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from nnviz.cli.options import AsJson, one_of
from nnviz.data.digits import GREY
from nnviz.data.ink import find_ink
from nnviz.data.row_cuts import RowTooLong, row_of
from nnviz.networks.files import NetworkFileError, TrainedNetwork, load
from nnviz.networks.layouts import layout_of
from nnviz.paths import READER
from nnviz.questions.readers import EVEN
from nnviz.questions.rows import SCORES, ReadRow, Way, read_row


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
    as_json: AsJson = False,
) -> None:
    """Read a row of digits by trying where to cut it."""
    # Raises PictureError, also for a picture without ink, and NetworkFileError.
    one_of(score, tuple(SCORES), "--score")
    # Pillow: `--help` does without
    from nnviz.data.picture_files import PictureError, read_picture

    trained = _reader(network or READER)
    picture = read_picture(image)
    for note in picture.notes:
        print(f"nnviz: {note}", file=sys.stderr)
    ink = find_ink(picture.levels)
    try:
        row = None if ink is None else row_of(ink.picture)
    except RowTooLong as error:
        raise PictureError(f"{image}: {error}") from error
    if row is None:
        raise PictureError(
            f"{image} shows no ink: nothing stands out from its paper. Write larger or darker."
        )
    layout = layout_of(trained.settings, len(trained.class_names))
    found = read_row(row, trained.network, layout, SCORES[score])
    if not found.ways:
        raise PictureError(f"{image} cannot be cut into pieces that could be digits.")
    said = _Said(found, trained, picture.reduced)
    print(dumps(said.record() | {"score": score}) if as_json else said.words())


def _reader(path: Path) -> TrainedNetwork:
    trained = load(path)
    if trained.network.inputs != GREY[0] * GREY[1]:
        raise NetworkFileError(
            f"{path} wants {trained.network.inputs:,} inputs; digits of a row have "
            f"{GREY[0]} x {GREY[1]} grey pixels."
        )
    return trained


@dataclass(frozen=True)
class _Said:
    found: ReadRow
    trained: TrainedNetwork
    reduced: float
    """Pixels of the picture file along one pixel that was read."""

    def record(self) -> dict[str, object]:
        best, *others = self.found.ways
        sure = self.found.judged.confidences[list(best.pieces)]
        return {
            "string": self._string(best),
            "cuts": self._cuts(best),
            "scores": [round(each, 4) for each in sure.tolist()],
            "total": round(best.total, 4),
            "runners_up": [
                {"string": self._string(way), "total": round(way.total, 4)} for way in others
            ],
        }

    def words(self) -> str:
        best, *others = self.found.ways
        sure = self.found.judged.confidences[list(best.pieces)].tolist()
        names = [self.trained.class_names[digit] for digit in best.digits]
        each = ", ".join(f"{name} {value:.0%}" for name, value in zip(names, sure, strict=True))
        cuts = self._cuts(best)
        mean = sum(sure) / len(sure)
        doubt = f" (not sure: mean confidence {mean:.0%})" if mean < EVEN else ""
        lines = [
            f"{self._string(best)}{doubt}",
            f"{self.found.score.label} {best.total:.3f}: {each}",
        ]
        if cuts:
            lines.append(f"cut at columns {', '.join(map(str, cuts))}")
        if others:
            listed = ", ".join(f"{self._string(way)} ({way.total:.3f})" for way in others)
            lines.append(f"runners-up: {listed}")
        return "\n".join(lines)

    def _cuts(self, way: Way) -> list[int]:
        """Columns of the picture file."""
        columns = self.found.row.in_original(self.found.cuts(way))
        return [round(column * self.reduced) for column in columns]

    def _string(self, way: Way) -> str:
        names = [self.trained.class_names[digit] for digit in way.digits]
        return ("" if max(map(len, names)) == 1 else " ").join(names)
