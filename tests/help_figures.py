"""What of the help is made from `resources/results.json`: tables, and sentences with figures.

A sentence says more than numbers; `tests/test_figures.py` holds what it claims against them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from nnviz.data.results import Result, result, results
from nnviz.data.row_making import GAPS
from nnviz.data.specimens import KINDS as SPECIMENS
from nnviz.networks.designs import DESIGNS
from nnviz.questions.readers import EVEN, NAIVE
from nnviz.questions.row_doubts import AS_GOOD, BROAD, CLOSE, SHORT, WEAK
from nnviz.words import listed, number, percent, plain
from tests.accuracy.rows import ROWS
from tests.clearness.lines import LINES
from tests.hands import AS_THEY_ARE, HANDS
from tests.non_digits import SHARES, SHOWN
from tests.results.lines import FEW, SHIPPED, TRAININGS
from tests.rows.__main__ import RULES
from tests.speed.row import LIMITS_OF_STEPS

WIDTH = 100
_SPACE = "\N{NO-BREAK SPACE}"
"""Stands for a space that no line is broken at."""
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
REACHED: Mapping[str, str] = {
    "standard/5-epochs": "Standard (softmax, η = 0.1)",
    "standard": "Standard",
    "book": "The book",
    "clear": "Clear pictures",
    "standard/bundled": "Standard",
    "book/bundled": "The book",
    "clear/bundled": "Clear pictures",
    "shipped": "the shipped network",
    "shipped/bundled": "the shipped network",
}
"""Result -> how the table calls it."""
ASKED: Mapping[str, str] = {
    "shipped": "MNIST's 10,000",
    "shipped/bundled": "the 5,000 bundled, all unseen",
}
CLEARNESS = [
    line
    for line in LINES
    if line.design in ("ten-outputs", "four-bits")
    and line.activation == "sigmoid"
    and (line.initial, line.decay) not in {("tiny", 1), ("faint", 1)}
]
"""Of the starts and decays, those that are shown."""
PHOTOGRAPHED: Mapping[str, str] = {
    "plain": "nothing",
    "minus": "a minus sign",
    "hyphen": "a hyphen, as in 0171-2345",
    "date-": "dashes of a date, as in 3-11-2026",
    "date.": "points of a date",
    "slash": "slashes of a date",
    "point": "a decimal point",
    "comma": "a comma",
    "colon": "a colon",
    "plus": "a plus and a hyphen",
    "label": "a printed label, as *Tel.*",
    "unit": "a printed unit, as *EUR*",
    "base line": "a base line that digits touch",
    "underline": "an underline",
    "ruled": "ruled paper",
    "squared": "squared paper",
    "boxes": "a box round each, adjoining",
    "boxes apart": "a box round each, apart",
    "comb": "cells that are open above",
    "shadow": "the shadow of a phone",
}
"""Kind of a photographed row -> what is in the picture besides its digits."""
ROW_READER = "row-reader"
ROW_NETWORKS: Mapping[str, str] = {ROW_READER: "row reader", "ten-outputs": "ten outputs"}


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table in Markdown; a bar in a cell is none of it."""
    lines = [list(heads)]
    lines += [["---"] * len(lines[0]), *(list(map(str, row)) for row in rows)]
    return "\n".join(
        f"| {' | '.join(each.replace('|', chr(92) + '|') for each in line)} |" for line in lines
    )


def _wrapped(text: str) -> str:
    """Lines of at most `WIDTH` letters; code is not broken."""
    whole = re.sub(r"`[^`]*`", lambda code: code[0].replace(" ", _SPACE), text)
    lines = [""]
    for word in whole.split(" "):
        if len(lines[-1]) + len(word) >= WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines).replace(_SPACE, " ")


def _dated(table: str, *names: str) -> str:
    """A table, the day on which the last of its results was measured, and what had learned."""
    day = date.fromisoformat(max(result(name).measured for name in names))
    engines = sorted({engine for name in names if (engine := result(name).engine)})
    learned = f"; the networks learned with {listed(engines)}" if engines else ""
    return f"{table}\n\nMeasured on {day.day} {MONTHS[day.month - 1]} {day.year}{learned}."


def _each(found: Result, decimals: int, seeds: Iterable[int]) -> str:
    """The values of some seeds, and one sign for percent."""
    by_seed = dict(zip(found.seeds, found.values, strict=True))
    shares = [number(100 * by_seed[seed], decimals) for seed in seeds]
    return f"{', '.join(shares)} %"


# ---- one network of ten outputs ------------------------------------------------------


def reached() -> str:
    heads = ("settings", "digits learned / tested", "epochs", "accuracy", "command")
    return _dated(table(heads, (_line(*each) for each in REACHED.items())), *REACHED)


def _line(name: str, label: str) -> tuple[object, ...]:
    found = result(name)
    shipped = name in SHIPPED
    command = f"nnviz {(SHIPPED if shipped else _TRAIN)[name].replace('FOLDER', 'MNIST')}"
    learned, tested = f"{found.learned:,}", f"{found.tested:,}"
    asked = f"{learned} / {ASKED[name]}" if shipped else f"{found.digits}, {learned} / {tested}"
    decimals = 2 if found.tested > 1000 else 1
    seeds = found.seeds if shipped else FEW
    return label, asked, found.epochs, _each(found, decimals, seeds), f"`{command}`"


_TRAIN = {name: training.line for name, training in TRAININGS.items()}


def book() -> str:
    ends = ("/bundled", "/5-epochs", "")
    bundled, early, whole = (result(f"book{end}/outputs-off") for end in ends)
    two = listed(str(seed) for seed in _off(bundled, 2))
    return _wrapped(
        "The book's start is a gamble: with weights from N(0, 1) and the quadratic cost some seeds "
        "leave an output off (no test digit brings it above one half), and the network "
        f"then misses the digits of that class. Of the seeds {bundled.seeds[0]} to "
        f"{bundled.seeds[-1]}, {len(_off(bundled))} do on the bundled digits "
        f"after {bundled.epochs} epochs ({listed(map(str, _off(bundled)))}; {two} leaves two off); "
        f"on the first {whole.learned:,} digits of MNIST {len(_off(early))} do after "
        f"{early.epochs} epochs ({listed(map(str, _off(early)))}), and after {whole.epochs} epochs "
        f"{len(_off(whole))} still does ({listed(map(str, _off(whole)))}), as "
        "`uv run python -m tests.results MNIST --only book` counts. "
        "`nnviz train --preset book --seed 7 --out book.safetensors` and `nnviz mistakes "
        "book.safetensors` show it. The book warns of it in a footnote; smaller initial weights do "
        "not have it."
    )


def _off(found: Result, least: int = 1) -> list[int]:
    """The seeds that leave so many outputs off, or more."""
    return [seed for seed, off in zip(found.seeds, found.values, strict=True) if off >= least]


def clearness() -> str:
    """What starts and decays cost, and how clear they make the images."""
    rows = []
    for line in CLEARNESS:
        found = result(line.name)
        rows.append(
            (
                DESIGNS[line.design].label,
                f"{found.digits}, {found.learned:,}",
                f"`{line.initial}`",
                plain(line.decay),
                percent(found.figures["first_epoch"]),
                percent(found.mean, 2),
                number(found.figures["moran"], 2),
                number(found.figures["stroke_fit"], 2),
            )
        )
    heads = ("design", "digits learned", "initial weights", "λ", "after 1 epoch", "after 30")
    made = table((*heads, "Moran's I", "stroke fit"), rows)
    return _dated(made, *(line.name for line in CLEARNESS))


def clearness_said() -> str:
    def on_bundled(start: str, design: str = "ten-outputs") -> Result:
        return result(f"clearness/{design}/bundled/{start}-0")

    lost = points(on_bundled("scaled", "one-vs-rest"), on_bundled("faint", "one-vs-rest"))
    relu, faint_relu = (
        result(f"clearness/ten-outputs/bundled/relu/{start}-0") for start in ("scaled", "faint")
    )
    silent = percent(faint_relu.figures["silent"], 0)
    fewer = percent(relu.figures["silent"], 0)
    first = on_bundled("tiny").figures["first_epoch"]
    return _wrapped(
        "What is learned shows as soon as the random start of the hidden layer is small beside it. "
        "On the few bundled digits the start decides; on all of MNIST, where learning takes more "
        "steps, the weight decay does, since it also removes what no digit needs. With both layers "
        f"a hundredth as large the network says nothing at first (after one epoch {percent(first)} "
        "on the bundled digits); a faint hidden layer under a read-out of the usual size learns "
        "from the first step. Two keep the larger start, as the seeds say: one-vs-rest, which "
        f"would lose {lost} points on the bundled digits, and ReLUs, which would lose "
        f"{points(relu, faint_relu)}: {silent} of them fall silent, {fewer} otherwise."
    )


# ---- designs -------------------------------------------------------------------------


def designs_reached() -> str:
    rows = []
    for row in ROWS:
        found = result(row.id)
        reference = found.figures.get("reference")
        rows.append(
            (
                row.name,
                f"{found.figures['parameters']:,}",
                _each(found, 2, found.seeds).removesuffix(" %"),
                percent(found.mean, 2),
                "" if reference is None else percent(reference, 2),
            )
        )
    heads = ("design", "parameters", "accuracy", "mean", "reference")
    return _dated(table(heads, rows), *(row.id for row in ROWS))


def designs_said() -> str:
    ten, bits, three = result("ten-outputs"), result("four-bits"), result("one-vs-rest/3")
    full = result("one-vs-rest/30")
    as_large, as_wide = result("ten-outputs/297"), result("ten-outputs/300")
    on_bits, on_ten = result("ten-outputs/on-four-bits"), result("four-bits/on-ten-outputs")
    return _wrapped(
        f"One network of ten outputs beats four bits by {points(ten, bits)} points, and ten "
        f"networks of three neurons, which have as many parameters, by {points(ten, three)}. Ten "
        f"full networks ({percent(full.mean, 2)}) are better because they are ten times larger: a "
        "single network with as many parameters does as well, with 297 hidden neurons "
        f"({percent(as_large.mean, 2)}; with as many neurons, 300, {percent(as_wide.mean, 2)}). "
        "A frozen trunk gains nothing by votes or elimination; the ten outputs' hidden layer does "
        f"not hold the bits ({percent(on_ten.mean)}), but the bits' hidden layer nearly holds the "
        f"ten digits ({percent(on_bits.mean)}): {percent(read_out(), 0)} of what four bits lose, "
        "they lose in the read-out."
    )


def points(more: Result, less: Result) -> str:
    return number(100 * (more.mean - less.mean), 1)


def read_out() -> float:
    """How much of what four bits lose against ten outputs is won back by ten outputs on their
    hidden layer."""
    ten, bits = result("ten-outputs").mean, result("four-bits").mean
    return (result("ten-outputs/on-four-bits").mean - bits) / (ten - bits)


def savings_said() -> str:
    whole, walk = result("walk").figures, result("walk/below-0.1").figures
    outputs = sum(range(2, 11))
    return _wrapped(
        "so that what a variant **saves** depends on what is counted. With *n* = 30 and ten "
        f"classes one class a step takes {number(whole['multiply_adds'])} multiply-adds, and "
        f"{number(whole['multiply_adds'] - 30 * outputs)} of them are those of the hidden layer, "
        "which every walk takes once. On the bundled digits *all below 10 %* saves "
        f"{_saved('heads_used', 0)} of the heads and {_saved('outputs_used', 0)} of their outputs, "
        f"but {_saved('multiply_adds', 1)} of the multiply-adds (it asks "
        f"{number(walk['heads_used'], 2)} heads a digit): "
        "`nnviz evaluate trained/elimination.safetensors --below 0.1`. Where *k* − 1 or more "
        "classes leave at once, or all below more than one half, one head decides and there is "
        "**no walk**."
    )


def _saved(what: str, decimals: int) -> str:
    whole, walk = result("walk").figures, result("walk/below-0.1").figures
    return percent(1 - walk[what] / whole[what], decimals)


# ---- images that are no digits, morphs, rows -----------------------------------------


def non_digits() -> str:
    labels = {name: design.label for name, design in DESIGNS.items()}
    labels |= {name: naive.label for name, naive in NAIVE.items()}
    rows = []
    for name, label in labels.items():
        figures = result(f"non-digits/{name}").figures
        cells = [
            " / ".join(f"{100 * figures[f'{kind}/{share}']:.0f}" for share in SHARES)
            for kind in SHOWN
        ]
        rows.append((label, *cells))
    heads = ("reader", *(SPECIMENS[kind].label for kind in SHOWN))
    return _dated(table(heads, rows), *(f"non-digits/{name}" for name in labels))


def hands() -> str:
    """How digits are read in other hands."""
    rows = []
    altered = [hand for hand in HANDS if hand != AS_THEY_ARE]
    for name, design in DESIGNS.items():
        figures = result(f"hands/{name}").figures
        cells = (
            f"{percent(figures[f'{hand}/before'])} → {percent(figures[hand])}" for hand in altered
        )
        rows.append((design.label, *cells))
    made = table(("design", *(HANDS[hand].label for hand in altered)), rows)
    zeros = percent(result("hands/zeros").figures["two-holes"])
    dated = _dated(made, *(f"hands/{name}" for name in DESIGNS))
    return f"{dated} Zeros with two holes or more: {zeros}."


def morphs_said() -> str:
    fade, move = result("morphs/fade").figures, result("morphs/move").figures
    whole = {name: result(f"morphs/{name}/mnist").figures for name in ("fade", "move")}
    return _wrapped(
        "Does a 4 turn into a 9 elsewhere for ten separate networks than for one? In the plain "
        "morph, where one digit fades out while the other fades in, one-vs-rest turns earlier than "
        f"ten outputs in {fade['earlier']} of {fade['pairs']} pairs of the bundled test digits, by "
        f"{_way(fade)} of the way (exact sign test, {_p(fade)}; of MNIST's test digits by "
        f"{_way(whole['fade'])}, {_p(whole['fade'])}). Where the ink moves instead, which keeps it "
        "as dark as that of real digits, half of the difference is left or less "
        f"({_way(move)}, {_p(move)}; MNIST {_way(whole['move'])}, {_p(whole['move'])}): it was at "
        "least partly the grey of the fading that they took differently. Four bits say a third "
        f"digit on the way in {fade['third']} of {fade['read']} pairs: the code words of 4 and 9 "
        "differ in three bits, which do not turn together. `uv run python -m tests.non_digits` "
        "makes these numbers, and with the folder of MNIST those of its test digits."
    )


def _way(figures: Mapping[str, float]) -> str:
    return f"{number(figures['points'], 1)} points"


def _p(figures: Mapping[str, float]) -> str:
    p = figures["p"]
    return "p < 0.001" if p < 0.001 else f"p = {number(p, 2)}"


def rows_read() -> str:
    """The rules of each network, its best one first and bold, rows of other sizes last."""
    made: list[tuple[str, ...]] = []
    for network, label in ROW_NETWORKS.items():
        own = f"rows/{network}/"
        rules = [name.removeprefix(own) for name in results() if name.startswith(own)]
        usual = [rule for rule in RULES if rule in rules]
        larger = sorted((rule for rule in rules if rule.startswith("mean/")), key=_factor)
        lines = [(_rule(rule), *_cells(own + rule)) for rule in (*usual, *larger)]
        if network == ROW_READER:
            lines.insert(1, ("reference", *_cells("rows/reference")))
            lines[0] = tuple(f"**{cell}**" for cell in lines[0])
        made += [(label if line is lines[0] else "", *line) for line in lines]
    names = [name for name in results() if name.startswith("rows/")]
    return _dated(table(("network", "rule", *GAPS), made), *names)


def photographed_rows() -> str:
    """Kinds of rows, and how many are read right with and without their marks."""
    before, now = (result(f"photographed-rows/{name}") for name in ("all-ink", "marks-left-out"))
    made = [
        (told, percent(before.figures[kind], 0), percent(now.figures[kind], 0))
        for kind, told in PHOTOGRAPHED.items()
    ]
    names = "photographed-rows/all-ink", "photographed-rows/marks-left-out"
    heads = "besides the digits", "all ink read", "marks left out"
    return _dated(table(heads, made), *names)


def unsure_rows() -> str:
    """How often what is wrong is called unsure."""
    found = result("unsure-rows/held-out")
    wrong, right = (percent(found.figures[name], 0) for name in ("wrong", "right"))
    mean = percent(found.figures["wrong by the mean"], 0)
    return _wrapped(
        "A reading is called *not sure*, with the reason, if its pieces are less than "
        f"{percent(EVEN, 0)} sure on average, or one of them less than {percent(WEAK, 0)}; if a "
        f"piece has a second answer less than {percent(CLOSE, 0)} behind; if a piece is less than "
        f"{percent(SHORT, 0)} as high as most, or more than {number(BROAD, 2)} times as wide as "
        "high; or if another string has a mean confidence that is less by no more than "
        f"{percent(AS_GOOD, 0)}. "
        f"Of {number(found.tested)} rows of all kinds that no limit was chosen on, {wrong} of the "
        f"wrong strings are called *not sure*, and {right} of the right ones. The mean confidence "
        f"alone, as it was judged before, finds {mean} of the wrong ones."
    )


def _factor(rule: str) -> int:
    return int(rule.partition("/enlarged-")[2] or 1)


def _rule(rule: str) -> str:
    id, _, factor = rule.partition("/enlarged-")
    name = RULES.get(id, id)
    return f"{name}, rows enlarged {factor} times" if factor else name


def _cells(name: str) -> list[str]:
    found = result(name)
    decimals = 0 if name == "rows/reference" else 1
    return [number(100 * found.figures[gaps], decimals) for gaps in GAPS]


def pictures_read() -> str:
    """How many pictures of each kind are read right."""
    name = "pictures/ten-outputs"
    found = result(name)
    rows = [(kind, f"{right:.0f} of {found.tested}") for kind, right in found.figures.items()]
    return _dated(table(("what is photographed", "read right"), rows), name)


def rows_said() -> str:
    single = result("row-reader").mean
    return _wrapped(
        "Added up, confidences always favour more pieces: every sliver adds something. Logarithms "
        "added up favour fewer. The mean favours neither, but only a network that knows what is no "
        "digit makes the pieces pay for themselves. Vertical cuts cannot part digits that lie "
        f"above each other, and errors multiply: with {percent(single)} of single digits right, "
        f"six in a row are at most {percent(single**6, 0)}. The non-digits come from the same kind "
        "of rows as the test, so handwriting found elsewhere will do worse."
    )


# ---- speed ---------------------------------------------------------------------------


SPEED = ("speed/revision", "speed/peers", "speed")


def speed_said() -> str:
    """Beside which revision, when and where."""
    found = result(SPEED[0])
    day = date.fromisoformat(found.measured)
    return _wrapped(
        f"Measured on {day.day} {MONTHS[day.month - 1]} {day.year} beside revision "
        f"`{found.against}`, by `{found.command}`: {found.conditions}."
    )


def _speed(name: str) -> Callable[[], str]:
    heads = ("measured", "against", "median (min to max)", "limit", "kept", "details")
    return lambda: table(heads, result(name).rows)


def speed_limits() -> str:
    """How long each step takes at least; below it, where the time of one goes."""
    found = result("speed/limits")
    parts = found.figures
    told = (
        f"Of the {_micro(parts['step'])} of a step 784-30-10 with batches of 10, "
        f"{_micro(parts['one_neuron'])} are what a step with a single hidden neuron takes: the "
        "lists of pixels, the read-out, the softmax and looping. The other 29 neurons take "
        f"{_micro(parts['other_neurons'])}."
    )
    if "digits_out_of_the_cache" in parts:
        extra = _micro(parts["digits_out_of_the_cache"])
        told += f" Where 60,000 digits do not fit into the cache, it takes {extra} more."
    return f"{table(LIMITS_OF_STEPS, found.rows)}\n\n{_wrapped(told)}"


def _micro(micro: float) -> str:
    return f"{number(micro, 1)} µs"


FIGURES: Mapping[str, Callable[[], str]] = {
    "reached": reached,
    "book": book,
    "clearness": clearness,
    "clearness_said": clearness_said,
    "designs_reached": designs_reached,
    "designs_said": designs_said,
    "savings_said": savings_said,
    "non_digits": non_digits,
    "hands": hands,
    "morphs_said": morphs_said,
    "pictures_read": pictures_read,
    "rows_read": rows_read,
    "photographed_rows": photographed_rows,
    "unsure_rows": unsure_rows,
    "rows_said": rows_said,
    "speed_said": speed_said,
    "speed_revision": _speed("speed/revision"),
    "speed_peers": _speed("speed/peers"),
    "speed": _speed("speed"),
    "speed_limits": speed_limits,
}
"""Name -> the made part, in Markdown."""
