"""The sentences about cells of the confusion matrix that are chosen together."""

from collections.abc import Mapping, Sequence

from nnviz.data.arrays import Indices
from nnviz.questions.listing import MatrixCells, both_ways, most_mixed_up
from nnviz.verdicts.answers import answer_in_words
from nnviz.words import commas, listed, tr, tr_n

MOST_NAMED = 3
"""Cells that are named; of more it is said how many."""
PAIRS = 12
"""Pairs of classes that are offered, those mixed up most often."""
TOGETHER = (
    tr("Mixed up"),
    tr(
        "Only digits of two classes that are taken for each other, both ways; Ctrl+click adds any "
        "cell of the matrix. Designs disagree counts those of these classes that are read right "
        "or mixed up so."
    ),
)
ANY_MISTAKE = tr("any mistake")


def cells_named(cells: MatrixCells, names: Sequence[str]) -> str:
    """Which digits cells hold, names of the classes (classes,)."""
    if len(cells) == 2 and cells == both_ways(*cells[0]):
        first, second = cells[0]
        return tr("{first} and {second}, both ways", first=names[first], second=names[second])
    if len(cells) > MOST_NAMED:
        return tr("{count} cells", count=len(cells))
    return commas(
        [
            tr("{label} as {answer}", label=names[label], answer=answer_in_words(answer, names))
            for label, answer in cells
        ]
    )


def cells_offered(
    counts: Indices | None, chosen: MatrixCells, names: Sequence[str]
) -> Mapping[str, MatrixCells]:
    """What the box offers: words -> cells; the pairs mixed up most often by the counts (classes,
    columns), and what is chosen."""
    pairs = () if counts is None else most_mixed_up(counts, PAIRS)
    several = [*pairs] if not chosen or chosen in pairs else [chosen, *pairs]
    return {ANY_MISTAKE: (), **{cells_named(cells, names): cells for cells in several}}


def cells_told(counts: Sequence[tuple[str, str, int]], judge: str) -> str:
    """How many digits each of several cells holds: true class, answer, digits."""
    parts = [
        tr_n(
            "{count} digit of class {name} read as {answer}",
            "{count} digits of class {name} read as {answer}",
            count,
            name=name,
            answer=answer,
        )
        for name, answer, count in counts
    ]
    return tr("{judge}: {cells}", judge=judge, cells=listed(parts))


def only_counted(cells: MatrixCells, names: Sequence[str], counted: int, everyone: int) -> str:
    """Which test digits are counted where only some mistakes are looked at."""
    return tr(
        "Only {cells}: {counted} of {all} digits.",
        cells=cells_named(cells, names),
        counted=counted,
        all=everyone,
    )
