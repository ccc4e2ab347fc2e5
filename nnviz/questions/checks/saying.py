"""What is said of each check that holds: in a few words, and as a sentence with its figures."""

from collections.abc import Sequence

from nnviz.questions.checks.course import Course
from nnviz.questions.checks.holding import decides, stuck
from nnviz.verdicts.verdict import bit_names
from nnviz.words import listed, number, percent, plain, sentences, tr, tr_n

MOST_NAMED = 3
"""Outputs that are named; of more, how many they are."""


def diverges_said(course: Course) -> str:
    """By how much the cost grew."""
    first = course.first
    if course.diverged or first is None:
        return tr("The weights grew beyond all bounds.")
    return tr(
        "The cost grew from {first} at the start to {last}.",
        first=number(first.train_cost, 2),
        last=number(course.points[-1].train_cost, 2),
    )


def near_zero_said(course: Course) -> str:
    """For how many digits all outputs are near 0."""
    found = course.sure
    return tr(
        "All outputs stay near 0: for {share} of {digits} training digits none reaches {faint}.",
        share=percent(found.near_zero, 0),
        digits=found.digits,
        faint=plain(found.faint, 2),
    )


def never_title(course: Course) -> str:
    """Which outputs never fire."""
    outputs = stuck(course)
    names = _named(course, outputs)
    if decides(course.layout):
        if not names:
            return tr_n(
                "{count} network always says the same",
                "{count} networks always say the same",
                len(outputs),
            )
        return tr("Always the same answer: {names}", names=listed(names))
    if not names:
        return tr_n("{count} output never fires", "{count} outputs never fire", len(outputs))
    if len(names) == 1:
        return tr("Output {name} never fires", name=names[0])
    return tr("Outputs {names} never fire", names=listed(names))


def never_said(course: Course) -> str:
    """How far they come at most."""
    found, title = course.sure, never_title(course)
    if decides(course.layout):
        return tr(
            "{what}, whichever of the two it is, for {digits} training digits.",
            what=title,
            digits=found.digits,
        )
    return tr_n(
        "{what}: training digits that should make it fire bring it to {most} at most ({digits} "
        "were looked at).",
        "{what}: training digits that should make them fire bring them to {most} at most ({digits} "
        "were looked at).",
        len(found.never),
        what=title,
        most=plain(found.most, 1),
        digits=found.digits,
    )


def always_title(course: Course) -> str:
    """Which outputs always fire."""
    always = course.sure.always
    names = _named(course, always)
    if len(names) == 1:
        return tr("Output {name} always fires", name=names[0])
    if names:
        return tr("Outputs {names} always fire", names=listed(names))
    return tr_n("{count} output always fires", "{count} outputs always fire", len(always))


def always_said(course: Course) -> str:
    """How far from silent they stay."""
    return tr_n(
        "{what}: training digits that should silence it bring it to {least} at least ({digits} "
        "were looked at).",
        "{what}: training digits that should silence them bring them to {least} at least "
        "({digits} were looked at).",
        len(course.sure.always),
        what=always_title(course),
        least=plain(course.sure.least, 3),
        digits=course.sure.digits,
    )


def _named(course: Course, outputs: Sequence[int]) -> list[str]:
    """What outputs are called, unless they are many."""
    layout, names = course.layout, course.names
    if len(outputs) > MOST_NAMED or layout.heads:
        return []
    if layout.has_bits and not layout.one_hot:
        bits = bit_names(layout.table)
        return [bits[each] for each in outputs]
    if decides(layout):
        pairs = [(int(row.argmax()), int(row.argmin())) for row in layout.table[list(outputs)]]
        return [tr("{one} or {other}", one=names[a], other=names[b]) for a, b in pairs]
    own = [names[int(layout.table[each].argmax())] for each in outputs]
    if len(layout.table) == layout.classes:
        return own
    numbers = [int(layout.networks[each]) + 1 for each in outputs]
    return [
        tr("{name} of network {number}", name=name, number=each)
        for name, each in zip(own, numbers, strict=True)
    ]


def dead_title(course: Course) -> str:
    """How many hidden neurons are dead."""
    found = course.sure
    return tr_n(
        "{count} of {neurons} hidden neurons dead",
        "{count} of {neurons} hidden neurons dead",
        found.asleep,
        neurons=found.neurons,
    )


def dead_said(course: Course) -> str:
    """Over how many digits, and in how many networks."""
    found = course.sure
    said = tr_n(
        "{count} of {neurons} hidden neurons is dead: silent or saturated, and always the same, "
        "for all {digits} training digits looked at.",
        "{count} of {neurons} hidden neurons are dead: silent or saturated, and always the same, "
        "for all {digits} training digits looked at.",
        found.asleep,
        neurons=found.neurons,
        digits=found.digits,
    )
    networks = course.layout.network_count
    if networks == 1:
        return said
    within = tr_n(
        "They are in {count} of {networks} networks.",
        "They are in {count} of {networks} networks.",
        found.networks_asleep,
        networks=networks,
    )
    return sentences(said, within)


def noise_said(course: Course) -> str:
    """How much of the weight images is their start."""
    return tr(
        "The weight images are still noise: {share} of what they show is their random start.",
        share=percent(course.sure.start or 0.0, 0),
    )


def flat_said(course: Course) -> str:
    """How little the cost fell."""
    first, last = course.points[0], course.points[-1]
    return tr(
        "Hardly anything is learned: after {digits} digits the cost, {first} at the start, is "
        "{last}, and {share} of the training digits are read right.",
        digits=last.examples,
        first=number(first.train_cost, 2),
        last=number(last.train_cost, 2),
        share=percent(last.train_accuracy, 0),
    )


def gap_said(course: Course) -> str:
    """How far the accuracies are apart."""
    last = course.points[-1]
    return tr(
        "It knows its training digits ({taught} read right) far better than the test digits "
        "({tested}).",
        taught=percent(last.train_accuracy),
        tested=percent(last.test_accuracy),
    )
