"""All that the view Savings says."""

from collections.abc import Sequence

from nnviz.questions.elimination import Saving
from nnviz.ui.elimination.words import probability, threshold
from nnviz.verdicts.answers import Options
from nnviz.words import percent, sentences, tr

SAVINGS = tr("Savings")
SAVINGS_QUESTION = tr("How often does the top choice change, and how much can be saved?")
SAVINGS_TABLE = tr("Variants of elimination on all test digits")
SAVINGS_TABLE_TIP = tr("Click a row to use the variant.")
COLUMNS: Sequence[tuple[tuple[str, ...], str]] = (
    ((tr("leave"),), tr("How many classes leave at each step.")),
    (
        (tr("multiply-"), tr("adds saved")),
        tr(
            "Multiply-adds saved against one class per step. Most of them are those of the hidden "
            "layer, which every walk takes once: what is left to save is small."
        ),
    ),
    ((tr("heads"), tr("saved")), tr("Heads not asked, of those of one class per step.")),
    ((tr("outputs"), tr("saved")), tr("Outputs of these heads that are not worked out.")),
    ((tr("heads"), tr("asked")), tr("Heads asked per digit.")),
    ((tr("right"),), tr("Share of the test digits answered right.")),
    (
        (tr("changed"),),
        tr("Share of the digits whose answer differs from that of the head of all classes."),
    ),
)
"""Headings and tips of the table of savings."""
FIGURE = tr("Accuracy and changed answers against heads asked")
FIGURE_TIP = tr(
    "Each mark is one variant of the walk on all test digits. The dashed line is the head of all "
    "classes alone."
)
ACCURACY, CHANGED_ANSWERS = tr("accuracy"), tr("answers changed by the walk")
HEADS_AXIS, LEGEND = tr("heads asked per digit"), tr("● per step, ■ all below")
HEAD_ALONE = tr("head of all classes")


def no_walk(classes: int) -> str:
    """All but the likeliest leave by the head of all classes."""
    return tr("{count} at once: no walk", count=classes - 1)


def variant_at_the_beginning(options: Options) -> str:
    """The same where a sentence begins."""
    if options.below is not None:
        return tr("All below {share}", share=threshold(options.below))
    return tr("{count} per step", count=options.drop)


def savings_heading(savings: Sequence[Saving], heads: bool) -> str:
    """The answer to: how often does the top choice change, and how much can be saved? `heads`:
    sets of classes have heads of their own."""
    whole = savings[1]
    if whole.taken.heads <= 1:
        return tr("Of two classes one head decides: there is no walk, and nothing to save.")
    return sentences(_changes_in_words(savings), _saved_in_words(savings, heads))


def _changes_in_words(savings: Sequence[Saving]) -> str:
    whole = savings[1]
    if not any(saving.changed for saving in savings):
        return tr("No variant ever changes the answer.")
    return tr(
        "The walk changes {share} of the answers ({fixed} become right, {broken} wrong).",
        share=probability(whole.changed),
        fixed=probability(whole.fixed),
        broken=probability(whole.broken),
    )


def _saved_in_words(savings: Sequence[Saving], heads: bool) -> str:
    if not heads:
        return tr(
            "No multiply-adds are saved: all outputs are worked out before the first class leaves."
        )
    whole = savings[1]
    as_good = [saving for saving in savings[1:] if saving.accuracy >= whole.accuracy]
    best = min(as_good, key=lambda saving: saving.taken.multiply_adds)
    saved = best.taken.saved(whole.taken)
    if best is whole or best.options is None or saved.multiply_adds <= 0:
        return tr("No variant that is right as often saves anything.")
    return tr(
        "{variant} saves {heads} of the heads and {outputs} of their outputs, but only {work} of "
        "all multiply-adds.",
        variant=variant_at_the_beginning(best.options),
        work=percent(saved.multiply_adds),
        heads=percent(saved.heads, 0),
        outputs=percent(saved.outputs, 0),
    )


def variant_with_numbers(name: str, numbers: Sequence[str]) -> str:
    """A row of the table of savings, read out."""
    work, of_heads, outputs, heads, right, changed = numbers
    return tr(
        "{name}: {work} of the multiply-adds saved, {of_heads} of the heads, {outputs} of their "
        "outputs; {heads} heads asked; {right} right, {changed} changed.",
        name=name,
        heads=heads,
        work=work,
        of_heads=of_heads,
        outputs=outputs,
        right=right,
        changed=changed,
    )
