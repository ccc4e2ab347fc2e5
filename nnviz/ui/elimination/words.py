"""All that the Elimination page says."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from nnviz.ui.elimination.path import Walked
from nnviz.ui.pages.storage_words import both_ways
from nnviz.verdicts.answers import Options
from nnviz.verdicts.branches import place
from nnviz.verdicts.readings import READINGS
from nnviz.words import listed, number, percent, plain, raised, sentences, tr, tr_n

NO_NUMBERS = tr(
    "Learning has diverged: the weights are no longer numbers, so nothing can be said of the "
    "digit. Start again with a lower learning rate."
)
RESET, RESET_TIP = tr("Reset"), tr("Back to the random start of the same seed")
LEAVE_BRANCH = tr("Leave the branch")
LEAVE_BRANCH_TIP = tr("Back to the way that the rule takes (Esc)")
VARIANTS = tr("Who leaves at each step")
VARIANTS_TIP = tr(
    "How many classes leave at each step: the least likely ones, or all below a share."
)

WALK, WALK_QUESTION = tr("Walk"), tr("Who leaves at each step, and where does it end?")
TABLE = tr("Elimination, step by step")
TABLE_TIP = tr(
    "Click a row to go to its step; a class in the row with the frame to see what follows if it "
    "leaves instead."
)
CARD = tr("The step in large type")
CARD_TIP = tr("Click a dashed class to see what follows if it leaves instead.")
TRUE_CLASS, RIGHT, WRONG = tr("true class"), tr("right"), tr("wrong")
END = tr("end")
FIRST_STEP = tr("PageDown: the first step")
HAD_WON, HAD_LEFT = tr("if another had won:"), tr("if another had left:")

TREE = tr("Tree")
TREE_QUESTION = tr("Which of all heads are visited, and what if another class had left?")
TREE_NAME = tr("Tree of walks")
TREE_TIP = tr(
    "Down the middle are the classes in play, who leaves is crossed out. 6 → 4: if 6 had left "
    "here, 4 would be left in the end. Click a class beside the way to follow its branch, a set to "
    "go to its step."
)
OTHER_END = tr("another end")
COULD_HAVE_LEFT = tr("could have left instead")

HEAPS = tr("Rescued and lost")
HEAPS_QUESTION = tr(
    "Which answers of the first head, which judges all classes at once, does the walk make right, "
    "and which wrong?"
)

ALL_DIGITS = tr("All digits")
ALL_DIGITS_QUESTION = tr("At which step does each class leave, and where is the true one lost?")
ASKING = tr("Asking all test digits…")
HIDDEN = tr("What comes out is hidden: A shows it.")
DEPARTURES = tr("Step at which each class leaves")
DEPARTURES_TIP = tr(
    "Of 100 digits of the true class, how many see this class leave at this step. Click a cell "
    "for the digits behind it."
)
STEP, LEFT = tr("step"), tr("left")
SHEET = tr("Digits of the cell")
SHEET_TIP = tr("Click a digit to look at it on every page.")
UNIT = tr("The numbers are percent of these digits.")


# ---- numbers and names ---------------------------------------------------------------------


def probability(share: float) -> str:
    """Never 0 or 100 % for what only comes near."""
    if 0 < share < 0.001:
        return tr("<{share}", share=percent(0.001))
    if 0.999 < share < 1:
        return tr(">{share}", share=percent(0.999))
    fine = 0 < share < 0.0995 or 0.9905 < share < 1
    return percent(share, 1 if fine else 0)


def share_in_short(share: float) -> str:
    """Without its unit, see UNIT."""
    return number(100 * share) if share >= 0.005 else "<1"


def threshold(below: float) -> str:
    """With as many decimals as it has."""
    return tr("{number} %", number=plain(100 * below))


def variant_in_words(options: Options) -> str:
    """How many leave at each step."""
    if options.below is not None:
        return tr("all below {share}", share=threshold(options.below))
    return tr("{count} per step", count=options.drop)


def variant_in_short(options: Options) -> str:
    """The same beside a mark that says which kind it is."""
    return str(options.drop) if options.below is None else threshold(options.below)


def choice_of_variant(options: Options, classes: int) -> str:
    if options.asks_one_head(classes):
        return tr("leave: {variant}, no walk", variant=variant_in_words(options))
    return tr("leave: {variant}", variant=variant_in_words(options))


def label(name: str) -> str:
    return tr("label {name}", name=name)


def more(count: int) -> str:
    return tr("+{count}", count=count)


def leads_to(end: str) -> str:
    return tr("→ {end}", end=end)


def end_beside(gone: str, end: str) -> str:
    """Who would be left had another class left."""
    return tr("{gone} → {end}", gone=gone, end=end)


def same_end(end: str) -> str:
    """What those have in common that lead where the way leads."""
    return tr("had one of these left: still {end}", end=end)


def still(end: str) -> str:
    """The same where there is little room."""
    return tr("still {end}", end=end)


def in_play(count: int) -> str:
    return tr("{count} in play", count=count)


def leaves_set(count: int, names: Iterable[str]) -> str:
    """Who leaves a set of so many classes."""
    return tr("{count} − {names}", count=count, names=listed(names))


def falls(name: str) -> str:
    """Of the true class."""
    return tr("{name} falls", name=name)


def cell(name: str, row: int) -> str:
    return tr("{name} in row {row}.", name=name, row=row)


# ---- the walk ------------------------------------------------------------------------------


def step_in_words(found: Walked, at: int) -> str:
    """Who leaves in a step from 1, and with what probability."""
    step, steps = found.steps[at - 1], found.total
    scores, gone = dict(zip(step.in_play, step.scores, strict=True)), step.leaving[0]
    name, share = found.names[gone], probability(scores[gone])
    even = [each for each in step.rivals or step.in_play if scores[each] == scores[gone]]
    if len(step.leaving) > 1:
        names = listed(found.names[each] for each in step.leaving)
        return tr("Step {step} of {steps}: {names} leave.", step=at, steps=steps, names=names)
    if len(even) > 1 and gone == even[-1]:
        if len(even) == len(step.in_play):
            return tr(
                "Step {step} of {steps}: all are even, with {share}: the last one, {name}, leaves.",
                step=at,
                steps=steps,
                share=share,
                name=name,
            )
        return tr(
            "Step {step} of {steps}: {names} are even, with {share}: the last one, {name}, leaves.",
            step=at,
            steps=steps,
            names=listed(found.names[each] for each in even),
            share=share,
            name=name,
        )
    if found.duel:
        winner = next(each for each in step.rivals if each != gone)
        return tr(
            "Step {step} of {steps}: {other} beats {name} with {share}.",
            step=at,
            steps=steps,
            other=found.names[winner],
            name=name,
            share=probability(scores[winner]),
        )
    return tr(
        "Step {step} of {steps}: {name} leaves, with {share}.",
        step=at,
        steps=steps,
        name=name,
        share=share,
    )


def heading(found: Walked) -> str:
    """What the step shown is about."""
    if found.detours:
        at, gone = found.detours[-1]
        name, end, usual = found.names[gone], found.names[found.end], found.names[found.usual_end]
        if end == usual:
            said = tr(
                "If {name} had left in step {step}, the end would also be {end}. Esc goes back.",
                name=name,
                step=at,
                end=end,
            )
        else:
            said = tr(
                "If {name} had left in step {step}, the end would be {end}, not {usual}. Esc goes "
                "back.",
                name=name,
                step=at,
                end=end,
                usual=usual,
            )
        return said
    if not found.shown:
        count = found.layout.classes
        if found.duel:
            return tr("{count} classes are in play: first against last.", count=count)
        return tr("{count} classes are in play: the least likely leaves.", count=count)
    said = step_in_words(found, found.shown)
    return sentences(said, _outcome(found)) if found.complete else said


def _outcome(found: Walked) -> str:
    name = found.names[found.end]
    if found.label is None:
        return tr("{name} is left.", name=name)
    if found.end == found.label:
        return tr("{name} is left: right.", name=name)
    return tr("{name} is left: wrong.", name=name)


def place_of(name: str) -> str:
    return tr("place of {name}", name=name)


def place_of_true(found: Walked, number: int) -> str:
    """Where the true class stands in a step from 1; nothing where it is not known."""
    if found.label is None:
        return ""
    step = found.steps[number - 1]
    rank = place(step, found.label)
    if found.lost == number:
        return tr("falls here")
    if not rank:
        return ""
    if found.duel:
        return tr("wins") if found.label in step.rivals else tr("waits")
    return tr("{rank} of {count}", rank=rank, count=len(step.in_play))


def fate_of_true(found: Walked) -> str:
    """What becomes of the true class in the steps shown."""
    if found.label is None:
        return tr("Only you know what the drawing is.")
    name, lost = found.names[found.label], found.lost
    if lost and lost <= found.shown:
        return tr("The true class {name} falls in step {step}.", name=name, step=lost)
    if found.complete:
        return tr("The true class {name} is left.", name=name)
    return tr("The true class {name} is in play.", name=name)


def fate_of_pair(found: Walked) -> str:
    """Which of the two classes selected leaves first in the steps shown."""
    pair = found.seen.pair
    if pair is None:
        return ""
    one, other = (found.names[each] for each in pair)
    for at, step in enumerate(found.steps[: found.shown], 1):
        gone = [found.names[each] for each in pair if each in step.leaving]
        if len(gone) == 2:
            return tr(
                "{one} against {other}: both leave in step {step}.", one=one, other=other, step=at
            )
        if gone:
            return tr(
                "{one} against {other}: {first} leaves first, in step {step}.",
                one=one,
                other=other,
                first=gone[0],
                step=at,
            )
    return tr("{one} against {other}: both are in play.", one=one, other=other)


def steps_spared(count: int) -> str:
    return tr_n("{count} step spared", "{count} steps spared", count)


def description(found: Walked) -> str:
    """The walk as a person would tell it."""
    shown, total = found.shown, found.total
    kind = (
        tr("Duels, {shown} of {count} steps shown.", shown=shown, count=total)
        if found.duel
        else tr("Elimination, {shown} of {count} steps shown.", shown=shown, count=total)
    )
    end = tr("The end is {name}.", name=found.names[found.end]) if found.complete else ""
    return sentences(
        kind,
        *(step_in_words(found, at) for at in range(1, found.shown + 1)),
        fate_of_true(found),
        fate_of_pair(found),
        end,
        source_of_heads(found),
    )


# ---- the card ------------------------------------------------------------------------------


def beside_digit(found: Walked) -> tuple[str, ...]:
    """At most three short lines: what happens, and what the digit is."""
    known, step = found.label, found.current
    what = tr("your drawing") if known is None else label(found.names[known])
    if step is None:
        return what, in_play(found.layout.classes)
    scores = dict(zip(step.in_play, step.scores, strict=True))
    if found.duel:
        first, last = (probability(scores[each]) for each in step.rivals)
        if max(len(first), len(last)) > LONG_PERCENT:
            return tr("{first} to", first=first), last, what
        return tr("{first} : {last}", first=first, last=last), what
    if len(step.leaving) > 1:
        return tr("{count} leave", count=len(step.leaving)), what
    return tr("leaves, {share}", share=probability(scores[step.leaving[0]])), what


LONG_PERCENT = 5
"""Characters of a percentage from which two of them need a line each."""


def heads_asked(found: Walked) -> str:
    """How many of the heads that exist were visited so far."""
    shown, count = found.shown, found.heads_that_exist
    if found.duel:
        return tr("{shown} of {count} duels fought", shown=shown, count=count)
    if found.layout.heads:
        return tr("{shown} of {count} heads asked", shown=shown, count=count)
    return tr("{shown} of {count} sets asked", shown=shown, count=count)


def saved(found: Walked) -> tuple[str, ...]:
    """What was worked out, and what the variant saves against one class leaving per step."""
    classes, shown = found.layout.classes, found.shown
    if found.duel:
        return (tr("{shown} of {count} outputs of this walk", shown=shown, count=classes - 1),)
    asked = found.outputs(shown)
    words = (
        tr("{count} outputs worked out", count=asked)
        if found.layout.heads
        else tr("{count} probabilities worked out", count=asked)
    )
    if found.seen.options.asks_one_head(classes):
        return words, tr("One head decides: this is no walk.")
    whole, outputs = classes * (classes + 1) // 2 - 1, found.outputs(found.total)
    if outputs == whole:
        return (words,)
    if not found.layout.heads:
        return words, tr(
            "This variant saves {share} of them, but no multiply-adds.",
            share=percent(1 - outputs / whole, 0),
        )
    own = found.multiply_adds(outputs, found.total)
    return words, tr(
        "This variant saves {work} of the multiply-adds, {share} of the outputs.",
        work=percent(1 - own / found.multiply_adds(whole, classes - 1)),
        share=percent(1 - outputs / whole, 0),
    )


def source_of_heads(found: Walked) -> str:
    """Where the probabilities come from, if not from heads of their own; else nothing."""
    if found.derived:
        return tr("Derived from the class scores: leaving can never change the answer.")
    reading, pairs, other = found.seen.verdict.reading, "", ""
    if not found.layout.heads and not found.duel:
        pairs = tr("No heads for sets: the pairs of those in play are added up.")
    if reading != found.kind:
        name = READINGS[reading].label.lower()
        other = tr("The answer on the left is read by {reading}.", reading=name)
    return sentences(pairs, other)


def kept(found: Walked) -> str:
    """Of heads of their own, what these take to be kept."""
    if source_of_heads(found) or found.duel:
        return ""
    return both_ways(found.seen.design, found.layout, found.seen.verdict.evidence.network)


def card(found: Walked) -> str:
    """What the card says in the first place."""
    return sentences(fate_of_true(found), heads_asked(found))


# ---- the tree ------------------------------------------------------------------------------


def tree_heading(found: Walked) -> str:
    """What the tree is about in the step shown."""
    if found.detours:
        return heading(found)
    lecturing = found.seen.lecturing
    exist = "" if lecturing and found.shown else _how_many_exist(found)
    if not found.shown:
        return exist
    if not found.complete:
        return sentences(exist, step_in_words(found, found.shown))
    for at, step in enumerate(found.steps[: found.shown], 1):
        for gone, end in found.ends.beside(step).items():
            if end != found.usual_end != gone:
                other = tr(
                    "{gone} → {end}: had {gone} left in step {step}, {end} would have won.",
                    gone=found.names[gone],
                    step=at,
                    end=found.names[end],
                )
                return sentences(exist, other)
    name = found.names[found.usual_end]
    only = tr("Whoever else had left, {name} would still have won.", name=name)
    return sentences(exist, only)


def _how_many_exist(found: Walked) -> str:
    """How many heads there are, and how many are visited."""
    there, count = found.heads_that_exist, found.total
    if found.duel:
        if there == 1:
            return tr("One duel exists; it is fought.")
        return tr("{there} duels exist; {count} are fought.", there=there, count=count)
    if there == 1:
        return (
            tr("One head exists; it is visited.")
            if found.layout.heads
            else tr("One set exists; it is visited.")
        )
    fields = {"all": raised(2, found.layout.classes), "sets": 2**found.layout.classes}
    if found.layout.heads:
        return tr_n(
            "Of {all} = {sets} sets {there} need a head; {count} is asked.",
            "Of {all} = {sets} sets {there} need a head; {count} are asked.",
            count,
            there=there,
            **fields,
        )
    return tr_n(
        "Of {all} = {sets} sets {there} can be asked; {count} is.",
        "Of {all} = {sets} sets {there} can be asked; {count} are.",
        count,
        there=there,
        **fields,
    )


def what_exists(found: Walked) -> str:
    """What a step asks."""
    if found.duel:
        return tr("duels")
    return tr("heads") if found.layout.heads else tr("sets")


def one_of(count: int) -> str:
    """The node visited of a level."""
    return tr("1 of {count}", count=count)


# ---- all test digits -----------------------------------------------------------------------


def only_of_class(name: str) -> str:
    return tr("Only digits of the class {name}", name=name)


def lost(name: str) -> str:
    return tr("{name} lost", name=name)


def departure(name: str, step: int | None, share: str) -> str:
    """How often a class leaves in a step, or is left."""
    if step is None:
        return tr("{name} is left: {share}.", name=name, share=share)
    return tr("{name} leaves in step {step}: {share}.", name=name, step=step, share=share)


def how_many_right(count: int, right: int) -> str:
    return tr_n("{count} digit, {right} right", "{count} digits, {right} right", count, right=right)


def departures_heading(name: str, label: int, shares: NDArray[np.float64]) -> str:
    """How many digits of a class are lost, and where, by `shares` (classes, steps)."""
    gone = shares[label, :-1]
    if not gone.any():
        return sentences(tr("Of all test digits {name}, none is lost.", name=name), UNIT)
    worst = np.flatnonzero(np.isclose(gone, gone.max())) + 1
    said = tr_n(
        "Of all test digits {name}, {share} are lost, most often in step {steps}.",
        "Of all test digits {name}, {share} are lost, most often in steps {steps}.",
        len(worst),
        name=name,
        share=percent(float(gone.sum())),
        steps=listed(str(each) for each in worst.tolist()),
    )
    return sentences(said, UNIT)


def behind_cell(label: str, name: str, step: int | None, count: int, right: int) -> str:
    """Which digits of a label are listed: those for which a class leaves in a step, or is left."""
    if step is None:
        return tr_n(
            "Label {label}, {name} is left: {count} digit, {right} right.",
            "Label {label}, {name} is left: {count} digits, {right} right.",
            count,
            label=label,
            name=name,
            right=right,
        )
    return tr_n(
        "Label {label}, {name} leaves in step {step}: {count} digit, {right} right.",
        "Label {label}, {name} leaves in step {step}: {count} digits, {right} right.",
        count,
        label=label,
        name=name,
        step=step,
        right=right,
    )


def behind_lost(label: str, count: int) -> str:
    """That all digits of a label that are lost are listed."""
    return tr_n("Label {label}, lost: {count} digit.", "Label {label}, lost: {count} digits.",
                count, label=label)  # fmt: skip
