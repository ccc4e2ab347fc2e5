"""What of the help is made from the rows of studies that come with the program."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nnviz.study.files import load_study, presets
from nnviz.study.grids import grids_of
from nnviz.study.lines import BETTER, FEW, NONE, ComparisonLine
from nnviz.study.saying import between, condition_in_words, decimals_of, p_in_words, points
from nnviz.study.shipped import shipped_rows
from nnviz.study.statistics import Effect
from nnviz.study.table import Table, table_of
from nnviz.words import commas, plain
from tests.help_figures import table as markdown_table

SHOWN = 3
"""Grids of a study that the page shows: differences, what was reached, and tests"""
ORDER = (
    "the-blog",
    "the-blog-matched",
    "transfer-or-scratch",
    "imbalance",
    "heads",
    "few-examples",
    "ten-or-four",
    "equal-parameters",
    "one-or-ten",
    "hidden-neurons",
    "naive-child",
)
"""How the page goes through the presets"""


@dataclass(frozen=True)
class Claim:
    """What somebody says that a comparison comes out like."""

    who: str
    says: str
    study: str
    first: str
    second: str
    condition: str
    """See `Condition.word`"""
    verdict: str
    """Of `ComparisonLine.verdict`: what it would be, if they are right"""
    d: float | None = None
    """The effect that they name"""


CLAIMS = (
    Claim(
        *("The blog", "1 % of CIFAR-10: all-vs-all beats one-vs-all (p < .0001, d = 29.9)"),
        *("the-blog", "All pairs", "One-vs-all", "0.01", BETTER),
        d=29.9,
    ),
    Claim(
        *("The blog", "1 %: elimination beats one-vs-all"),
        *("the-blog", "Elimination", "One-vs-all", "0.01", BETTER),
    ),
    Claim(
        *("The blog", "100 %: all-vs-all does not differ from one-vs-all (p = .28, d = .25)"),
        *("the-blog", "All pairs", "One-vs-all", "1", NONE),
        d=0.25,
    ),
    Claim(
        *("Asked here", "The same at 1 %, where all take equally many updates: all-vs-all"),
        *("the-blog-matched", "All pairs", "One-vs-all", "0.01", BETTER),
    ),
    Claim(
        *("Asked here", "The same at 1 %, where all take equally many updates: elimination"),
        *("the-blog-matched", "Elimination", "One-vs-all", "0.01", BETTER),
    ),
    Claim(
        *("The book", "Ten outputs are better than four bits"),
        *("ten-or-four", "Ten sigmoids", "Four bits", "1", BETTER),
    ),
    Claim(
        *("The book", "... with its own cost"),
        *("ten-or-four", "Ten sigmoids, quadratic", "Four bits, quadratic", "1", BETTER),
    ),
    Claim(
        *("Often heard", "Ten networks are better than one"),
        *("one-or-ten", "Ten networks", "One network", "1", BETTER),
    ),
    Claim(
        *("Often heard", "... also than one that is as large as the ten"),
        *("one-or-ten", "Ten networks", "One network, 300 neurons", "1", BETTER),
    ),
)
"""In the order of the page"""
OUTCOMES: Mapping[bool | None, str] = {
    True: "reproduced",
    False: "**not reproduced**",
    None: "too few trials to tell",
}


@cache
def found(word: str) -> Table | None:
    """What a preset found; None where no trial of it comes with the program."""
    study = load_study(presets()[word])
    rows = shipped_rows(study)
    return table_of(study, rows) if rows else None


def outcome(claim: Claim) -> bool | None:
    """Whether a claim was reproduced; None where nobody can tell. It was not where the effect that
    it names lies outside both intervals of d."""
    line = line_of(claim)
    if line is None:
        return None
    effects = [each for each in (line.paired.d_paired, line.paired.d_pooled) if each is not None]
    if claim.d is not None and effects and not any(_holds(each, claim.d) for each in effects):
        return False
    if line.verdict == FEW:
        return None
    return line.verdict == claim.verdict


def _holds(effect: Effect, d: float) -> bool:
    low, high = effect.interval
    return low <= d <= high


def line_of(claim: Claim) -> ComparisonLine | None:
    """The comparison that a claim is about, as far as it was made."""
    table = found(claim.study)
    lines = table.comparisons if table is not None else ()
    asked = claim.first, claim.second, claim.condition
    return next((x for x in lines if (x.first, x.second, x.condition) == asked), None)


def claims() -> str:
    """Every claim beside what was found."""
    told = "From the rows that come along, as `nnviz study the-blog` and the others find them:"
    return f"{told}\n\n" + markdown_table(
        ("who", "says", "found here, in points", "d paired", "p after Holm", "trials", "so"),
        [_judged(claim) for claim in CLAIMS],
    )


def _judged(claim: Claim) -> tuple[str, ...]:
    line = line_of(claim)
    if line is None:
        return (claim.who, claim.says, "–", "–", "–", "0", OUTCOMES[None])
    spread = line.paired.spread
    decimals = decimals_of(spread)
    interval = between(spread.interval, 100, decimals)
    effect = line.paired.d_paired
    return (
        claim.who,
        claim.says,
        f"{points(spread.mean, decimals)} ({interval})",
        "–" if effect is None else plain(round(effect.d, 2)),
        p_in_words(line.holm),
        str(spread.trials),
        OUTCOMES[outcome(claim)],
    )


def studies() -> str:
    """Every preset that was run: its question, result, figures and tables."""
    return "\n\n".join(part for word in ORDER for part in _study(word))


def _study(word: str) -> Iterator[str]:
    table = found(word)
    if table is None:
        return
    study, rows = table.study, shipped_rows(table.study)
    yield f"### {study.name}"
    yield f"*{study.question}*"
    yield table.sentence
    for name in pictures_of(word):
        yield f"![{study.name}: {name}](pictures/{file_of(word, name)})"
    for grid in grids_of(table)[:SHOWN]:
        yield f"**{grid.title}** (`nnviz study {word}`)\n\n{markdown_table(grid.heads, grid.rows)}"
    yield "\n".join(f"- {note}" for note in table.notes)
    conditions = commas(condition_in_words(each) for each in table.conditions)
    trials = sorted({row.trial for row in rows})
    engines = commas(sorted({row.engine for row in rows}))
    yield (
        f"Trials {trials[0]} to {trials[-1]} of seed {study.seed} on {conditions}; learned by "
        f"{engines}."
    )


# ---- figures -------------------------------------------------------------------------


@cache
def pictures_of(word: str) -> tuple[str, ...]:
    """What the figures of a preset show."""
    from nnviz.ui.app.application import make_application
    from nnviz.ui.study.figure_files import figures_of

    make_application()
    table = found(word)
    if table is None:
        return ()
    with figures_of(table) as figures:
        return tuple(figures)


def file_of(word: str, name: str) -> str:
    """The file of a figure."""
    return f"study-{word}-{'-'.join(name.lower().split())}.png"


def draw(folder: Path) -> None:
    """Draws the figures of all presets that were run, and removes those of others."""
    from nnviz.ui.app.application import make_application
    from nnviz.ui.kit.export import png
    from nnviz.ui.study.figure_files import figures_of

    make_application()
    for path in folder.glob("study-*.png"):
        path.unlink()
    for word in ORDER:
        table = found(word)
        if table is None:
            continue
        with figures_of(table) as figures:
            for name, painting in figures.items():
                (folder / file_of(word, name)).write_bytes(png(painting))


STUDIES: Mapping[str, Callable[[], str]] = {"claims": claims, "studies": studies}
"""Name -> the made part, in Markdown"""
