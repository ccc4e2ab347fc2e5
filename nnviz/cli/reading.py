"""`nnviz read`: the digits in a picture of a row of them. Needs no torch."""

from dataclasses import dataclass
from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from nnviz.cli.options import AsJson, one_of
from nnviz.cli.progress import tell
from nnviz.data.digits import GREY, size_of
from nnviz.data.ink import find_ink
from nnviz.data.row_cuts import RowTooLong, row_of
from nnviz.data.row_marks import Signs, signs_of
from nnviz.networks.files import NetworkFileError, TrainedNetwork, is_new, load
from nnviz.networks.layouts import layout_of
from nnviz.paths import READER
from nnviz.questions.row_doubts import Doubt, doubts_of
from nnviz.questions.row_signs import lines_told, marks_told, with_labels_found
from nnviz.questions.rows import SCORES, ReadRow, Way, read_row
from nnviz.words import commas, number, percent, tr


def read(
    image: Annotated[
        Path, typer.Argument(metavar="IMAGE", help=tr("A picture of a row of digits, of any size."))
    ],
    network: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=tr("A network file; else the shipped one that knows non-digits.")
        ),
    ] = None,
    score: Annotated[
        str,
        typer.Option(metavar="|".join(SCORES), help=tr("What is made as large as can be.")),
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
        tell(note)
    ink = find_ink(picture.levels, "row")
    signs = None if ink is None else signs_of(ink.all_ink)
    layout = layout_of(trained.settings, len(trained.class_names))
    if signs is not None:
        signs = with_labels_found(signs, trained.network, layout)
    try:
        row = None if signs is None else row_of(signs.without(signs.marks), signs.height)
    except RowTooLong as error:
        raise PictureError("{file}: {sentence}", file=image, sentence=str(error)) from error
    if row is None or signs is None:
        raise PictureError(
            "{image} shows no ink: nothing stands out from its paper. Write larger or darker.",
            image=image,
        )
    found = read_row(row, trained.network, layout, SCORES[score])
    if not found.ways:
        raise PictureError("{image} cannot be cut into pieces that could be digits.", image=image)
    said = _Said(found, trained, picture.reduced, signs)
    print(dumps(said.record() | {"score": score}) if as_json else said.words())


def _reader(path: Path) -> TrainedNetwork:
    trained = load(path)
    if trained.adopted is not None and is_new(trained, path):
        tell(trained.adopted.words)
    if trained.network.inputs != GREY[0] * GREY[1]:
        raise NetworkFileError(
            "{path} wants {inputs} inputs; digits of a row have {size} grey pixels.",
            path=path,
            inputs=trained.network.inputs,
            size=size_of(GREY[:2]),
        )
    return trained


def _rounded(value: float) -> float:
    """To four decimals; never -0.0."""
    return round(value, 4) + 0.0


@dataclass(frozen=True)
class _Said:
    found: ReadRow
    trained: TrainedNetwork
    reduced: float
    """Pixels of the picture file along one pixel that was read."""
    signs: Signs

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What speaks against the best way."""
        pieces, names = self.found.ways[0].pieces, self.trained.class_names
        return doubts_of(self.found.judged, self.found.row, pieces, self.found, names)

    def record(self) -> dict[str, object]:
        best, *others = self.found.ways
        sure = self.found.judged.confidences[list(best.pieces)]
        return {
            "string": self._string(best),
            "cuts": self._cuts(best),
            "scores": [_rounded(each) for each in sure.tolist()],
            "total": _rounded(best.total),
            "runners_up": [
                {"string": self._string(way), "total": _rounded(way.total)} for way in others
            ],
            "unsure": [
                {"reason": each.kind, "piece": each.piece, "value": _rounded(each.value)}
                for each in self.doubts
            ],
            "left_out": [
                {"kind": sign.kind, "columns": self._in_file(sign.box.left, sign.box.right)}
                for sign in self.signs.signs
                if sign.kind != "digit"
            ],
            "lines": self.signs.lines,
        }

    def words(self) -> str:
        best, *others = self.found.ways
        sure = self.found.judged.confidences[list(best.pieces)].tolist()
        names = [self.trained.class_names[digit] for digit in best.digits]
        each = commas(
            tr("{digit} {share}", digit=name, share=percent(value, 0))
            for name, value in zip(names, sure, strict=True)
        )
        digits = self._string(best)
        doubts = self.doubts
        if doubts:
            reasons = commas(each.told() for each in doubts)
            digits = tr("{digits} (not sure: {reasons})", digits=digits, reasons=reasons)
        score = self.found.score.label
        lines = [
            digits,
            tr("{score} {total}: {digits}", score=score, total=number(best.total, 3), digits=each),
        ]
        marks = [self.signs.signs[number].kind for number in sorted(self.signs.marks)]
        lines += [said for said in (marks_told(marks), lines_told(self.signs.lines)) if said]
        cuts = self._cuts(best)
        if cuts:
            lines.append(tr("cut at columns {columns}", columns=commas(map(str, cuts))))
        if others:
            rows = commas(
                tr("{digits} ({total})", digits=self._string(way), total=number(way.total, 3))
                for way in others
            )
            lines.append(tr("runners-up: {rows}", rows=rows))
        return "\n".join(lines)

    def _cuts(self, way: Way) -> list[int]:
        """Columns of the picture file."""
        return self._in_file(*self.found.row.in_original(self.found.cuts(way)))

    def _in_file(self, *columns: int) -> list[int]:
        """Columns of the picture that was read -> of its file."""
        return [round(column * self.reduced) for column in columns]

    def _string(self, way: Way) -> str:
        names = [self.trained.class_names[digit] for digit in way.digits]
        return ("" if max(map(len, names)) == 1 else " ").join(names)
