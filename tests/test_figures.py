"""Figures that texts quote come from `resources/results.json`, and what texts claim is so."""

import re
from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pytest
from babel.messages.pofile import read_po

from nnviz.data.digits import bundled_digits
from nnviz.data.normalising import ink_box
from nnviz.data.results import Result, result, results
from nnviz.networks.designs import DESIGNS
from nnviz.networks.experiments import EXPERIMENTS
from nnviz.questions.readers import NAIVE
from nnviz.questions.rows import USUAL_WIDTH, WIDTH_SPREAD
from nnviz.words import percent
from tests.accuracy.rows import ROWS, families
from tests.documents import DOCUMENTS
from tests.hands import AS_THEY_ARE, HANDS
from tests.help import MADE
from tests.help_figures import FIGURES, read_out
from tests.words.templates import FILE

FIGURE = re.compile(
    r"\d[\d,.]*(?:\s?%|\s?points\b|x\b|\stimes\b)|\b\d+\.\d+|\bp [=<] [\d.]+"
    r"|\b(?:one|two|three|four|seven|nine)\b(?: \w+)? in (?:two|three|four|five|ten|\d+)\b"
    r"|\bthirds\b|\b\w+ times (?:larger|smaller|faster|slower)\b"
)
"""What looks measured: a share, a number with decimals, a ratio, a p, also in words."""
DEFINED: Mapping[str, str] = {
    # ---- windows and commands
    r"as in 16:0\.5|2\.16 is one|such as 0\.5": "how a value is typed",
    r"\b95 % intervals?|for 95 %|\*t\* = 1\.96": "the level of all intervals",
    r"p\s<\s0\.001|\*p\* is below 0\.05": "how small a p is written, and what is called one",
    r"(?:above|below|reaches|exceeds) 0\.[59]\b": "where an output says yes, and where it is sure",
    r"(?:no output is|outputs are) above 50 %|bars begin at 90 %": "where an output says yes",
    r"mean confidence below 50 %|sure of, above 90 %": "where the program says that it is not sure",
    r"When it says 80 %|[Ff]rom 80 %|80 % means 80 %": "an example, and where a curve begins",
    r"(?:Finer above|unsure \(7 to) 9[39] %": "the scale of a slider, the bins that are tested",
    r"(?:shares? of|Shares of|zero inks|Text at) 100 %|(?:[Uu]p to 200|Down to 80) %": "the scale",
    r"bias of −0\.5|Right output ≥ 0\.99, the others &lt; 0\.01|&gt; 0\.99 or &lt; 0\.01": (
        "the book's exercise"
    ),
    r"at least 1 % of the": "which pixels are counted",
    r"50 % is guessing": "what chance gives",
    r"\*k\* − 1 times": "a formula",
    r"15\.8 and 3\.8 are mean": "a constant of the formula, held against the digits below",
    r"×0\.01": "the size of a start",
    r"Intervals \(95 %\)": "the level of all intervals",
    r"10\.0\.0\.7": "an address, as an example",
    r"About \{count\} trials would tell 2 points|at most 2 points|below 0\.05(?= after Holm)": (
        "what counts as a difference"
    ),
    r"\*p\* = 2 / 2⁵ = 0\.0625": "a formula",
    r"1 % of them, or five|the images of 1 % are among those of 10 %": "an example",
    r"\*d\* = 29\.9": "what the blog says",
    # ---- versions and licences
    r"(?:nnviz|version|Python|torch|numpy|PySide6|PySide6-Essentials<) ?[\d.]+": "a version",
    r"(?:CC BY-SA|Open Font License) [\d.]+": "a licence",
}
"""What may stand in a text as it is -> why."""


def figures(text: str) -> list[str]:
    """What looks measured in a text, but for what is defined."""
    for known in DEFINED:
        text = re.sub(known, "", text)
    return [found[0] for found in FIGURE.finditer(text)]


def prose(text: str) -> str:
    """A page without what is made, and code."""
    text = MADE.sub("", text)
    text = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    return " ".join(re.sub(r"`[^`]*`", "", text).split())


def templates() -> Iterator[str]:
    """All that the program says."""
    with FILE.open("rb") as lines:
        for message in read_po(lines):
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            yield from map(str, ids)


def test_no_text_of_the_program_brings_a_measured_figure_of_its_own() -> None:
    assert not [(text, found) for text in templates() if (found := figures(text))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_no_page_brings_a_measured_figure_of_its_own(document) -> None:
    assert not figures(prose(document.read_text("utf-8")))


def test_every_exception_is_needed() -> None:
    texts = [*templates(), *(prose(each.read_text("utf-8")) for each in DOCUMENTS)]
    for known in DEFINED:
        assert any(re.search(known, text) for text in texts), known


@pytest.mark.parametrize(
    "text",
    [
        "93.5 % on all of MNIST.",
        "1.2 points better",
        "About one seed in five leaves an output off.",
        "three in ten touch",
        "6.95x",
        "two thirds of it",
        "They are ten times larger.",
    ],
)
def test_a_quoted_figure_is_found(text: str) -> None:
    assert figures(text)


def test_every_made_part_with_figures_stands_in_a_page() -> None:
    made = {name for each in DOCUMENTS for _, name, _ in MADE.findall(each.read_text("utf-8"))}
    assert FIGURES.keys() <= made


# ---- the file ------------------------------------------------------------------------


def test_every_result_names_its_command_and_has_one_value_for_each_seed() -> None:
    for name, each in results().items():
        assert each.command.startswith("uv run "), name
        assert each.values or each.figures or each.rows, name
        assert not each.seeds or len(each.seeds) == len(each.values), name


def test_what_experiments_found_is_what_was_measured() -> None:
    ids = {
        "ten-outputs": "ten-outputs",
        "natural": "four-bits",
        "gray": "any-code/gray",
        "separable": "any-code/separable",
        "error-correcting": "any-code/error-correcting",
        "neurons-60": "four-bits/60",
        "neurons-100": "four-bits/100",
        "read-out": "ten-outputs/on-four-bits",
        "bits-on-ten": "four-bits/on-ten-outputs",
        "code-on-ten": "any-code/on-ten-outputs",
    }
    told = {name: each.found for name, each in EXPERIMENTS.items() if each.found}
    assert told.keys() == ids.keys()
    for name, found in told.items():
        assert percent(result(ids[name]).mean) in found
    assert (result("four-bits").digits, result("four-bits").seeds) == ("MNIST", (1, 2, 3))


# ---- what is claimed beside the figures ----------------------------------------------

TEN, BITS, FULL = result("ten-outputs"), result("four-bits"), result("one-vs-rest/30")
LARGE = result("ten-outputs/297"), result("ten-outputs/300")


def shares(kind: str, share: str) -> dict[str, float]:
    names = [*DESIGNS, *NAIVE]
    return {name: result(f"non-digits/{name}").figures[f"{kind}/{share}"] for name in names}


def seeds(name: str, least: int = 1) -> list[int]:
    found: Result = result(name)
    return [seed for seed, off in zip(found.seeds, found.values, strict=True) if off >= least]


CLAIMS: Mapping[str, Callable[[], bool]] = {
    "gray is an average code too": lambda: abs(result("any-code/gray").mean - BITS.mean) < 0.005,
    "15 bits are below ten outputs": lambda: result("any-code/error-correcting").mean < TEN.mean,
    "so are bits with 100 neurons": lambda: result("four-bits/100").mean < TEN.mean,
    "most of the gap is the read-out": lambda: read_out() > 0.5,
    "bits do not stand in ten outputs' layer": lambda: (
        result("four-bits/on-ten-outputs").mean < BITS.mean - 0.1
    ),
    "a network as large as ten does as well": lambda: (
        min(each.mean for each in LARGE) > FULL.mean - 0.001
    ),
    "it is as large": lambda: (
        abs(LARGE[0].figures["parameters"] / FULL.figures["parameters"] - 1) < 0.01
    ),
    "no gain from a frozen trunk": lambda: (
        max(result(f"{design}/frozen").mean for design in ("all-pairs", "elimination"))
        < TEN.mean + 0.001
    ),
    "one seed of the book's": lambda: seeds("book/outputs-off") == [3],
    "one more was off and came back": lambda: seeds("book/5-epochs/outputs-off") == [3, 19],
    "on the bundled digits": lambda: (
        seeds("book/bundled/outputs-off") == [3, 7, 10, 16, 17, 19, 20]
    ),
    "19 leaves two off": lambda: seeds("book/bundled/outputs-off", 2) == [19],
    "ten networks reject noise": lambda: (
        shares("noise", "none")["one-vs-rest"] > shares("noise", "none")["ten-outputs"] + 0.4
    ),
    "but are no less sure of letters": lambda: (
        shares("letters", "sure")["one-vs-rest"] > shares("letters", "sure")["ten-outputs"] - 0.02
    ),
    "two are sure of an empty page": lambda: (
        [name for name, sure in shares("empty", "sure").items() if sure and name not in NAIVE]
        == ["bit-layer", "one-vs-rest"]
    ),
    "who knows sixes sees them": lambda: all(
        result("non-digits/only-six").figures[f"{kind}/sure"] > 0.99
        for kind in ("letters", "noise", "inverted")
    ),
    "the moved ink leaves half of the difference or less": lambda: all(
        result(f"morphs/move{end}").figures["points"]
        < 0.5 * result(f"morphs/fade{end}").figures["points"]
        for end in ("", "/mnist")
    ),
    "other hands are misread more often": lambda: all(
        result(f"hands/{design}").figures[hand]
        < result(f"hands/{design}").figures[f"{hand}/before"] - 0.03
        for design in DESIGNS
        for hand in HANDS.keys() - {AS_THEY_ARE}
    ),
    "fading does": lambda: (
        max(result(f"morphs/fade{end}").figures["p"] for end in ("", "/mnist")) < 0.001
    ),
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_what_texts_claim_is_so(claim: str) -> None:
    assert CLAIMS[claim]()


def test_usual_widths_are_those_of_digits() -> None:
    digits = bundled_digits()
    boxes = (ink_box(each.reshape(28, 28)) for each in digits.train_images)
    widths = [box.right - box.left for box in boxes if box]
    assert abs(np.mean(widths) - USUAL_WIDTH) < 0.2
    assert abs(np.std(widths) - WIDTH_SPREAD) < 0.2


def test_rows_are_learned_with_those_that_they_are_learned_on() -> None:
    together = families()
    assert sorted(row.id for each in together for row in each) == sorted(row.id for row in ROWS)
    for family in together:
        names = [row.name for row in family]
        for place, row in enumerate(family):
            assert {row.trunk, row.base} - {""} <= set(names[:place]), row.name
