"""What a person would say of a morph, and of many."""

from collections.abc import Mapping, Sequence

import numpy as np

from nnviz.questions.comparison import SIGNIFICANT
from nnviz.questions.morphs import STEPS, Turn, Turns, Unequal, compared_places, compared_shares
from nnviz.questions.readers import EVEN, Reader
from nnviz.verdicts.answers import NOT_A_DIGIT_IN_WORDS

Names = tuple[str, ...]


def along(turn: Turn, names: Names) -> str:
    """What one design does on the way, to follow its name."""
    first, second = names[turn.first], names[turn.second]
    starts, ends = (_said(turn.stretches[place].answer, names) for place in (0, -1))
    if len(turn.stretches) == 1:
        return f"says {starts} all the way"
    if starts != first or ends != second:
        misread = first if starts != first else second
        said = starts if starts != first else ends
        return f"misreads the {misread} as {said}"
    where = place_in_words(turn)
    words = f"turns from {first} to {second} {'at' if turn.clean else 'between'} {where}"
    if turn.others:
        told = [
            f"{_said(each.answer, names)} {_between(each.start, each.end)}" for each in turn.others
        ]
        return f"{words}, with {', '.join(told)}"
    return words if turn.clean else f"{words}, wavering"


def place_in_words(turn: Turn) -> str:
    """Where it turns."""
    return f"{turn.place:.0f} %" if turn.clean else f"{turn.leaves} and {turn.arrives} %"


def headline(reader: Reader | None, turn: Turn | None, names: Names) -> str:
    """The design on screen; None if its network is a random start."""
    if reader is None or turn is None:
        return "The network on screen has learned nothing yet: press Run."
    return f"{reader.label} {along(turn, names)}."


def comparison(turns: Mapping[str, Turn], readers: Sequence[Reader]) -> str:
    """Who turns first and last, and who says something else on the way."""
    counting = [reader for reader in readers if turns[reader.name].reads_both_ends]
    parts = []
    if len(counting) > 1:
        ordered = sorted(counting, key=lambda reader: turns[reader.name].place)
        first, last = ordered[0], ordered[-1]
        places = [turns[each.name].place for each in (first, last)]
        parts.append(
            f"{first.label} turns first, at {places[0]:.0f} %, {last.label} last, at "
            f"{places[1]:.0f} %"
        )
    third = [reader.label for reader in counting if turns[reader.name].others]
    if third:
        parts.append(f"a third answer on the way: {', '.join(third)}")
    missed = [reader.label for reader in readers if reader not in counting]
    if missed and counting:
        parts.append(f"an end misread: {', '.join(missed)}")
    return f"{'; '.join(parts)}." if parts else ""


def here(turns: Mapping[str, Turn], readers: Sequence[Reader], step: int) -> str:
    """Whose answers nothing speaks for where one stands, as the lanes draw it."""
    if not readers:
        return ""
    weak = [reader.label for reader in readers if turns[reader.name].said.for_answer[step] < EVEN]
    if not weak:
        return "Each answer has an output above 0.5."
    return f"Answers with no output above 0.5: {', '.join(weak)}."


def answer_of_many(one: Reader, base: Reader, turns: Mapping[str, Turns]) -> str:
    """Whether one design turns elsewhere than the baseline."""
    found = compared_places(turns[one.name], turns[base.name])
    if one.name == base.name or not found.pairs:
        return f"{one.label}: no pair that both read right at both ends."
    if found.p >= SIGNIFICANT:
        return (
            f"{one.label} turns neither earlier nor later than {base.label} for sure: "
            f"{abs(found.difference):.1f} points, not significant ({_p(found)})."
        )
    later = "later" if found.more > found.less else "earlier"
    mean = "later" if found.difference > 0 else "earlier"
    return (
        f"{one.label} turns {later} than {base.label} in {max(found.more, found.less)} of "
        f"{found.pairs} pairs ({_p(found)}), on average {abs(found.difference):.1f} points {mean}."
    )


def shares_of_many(one: Reader, base: Reader, turns: Mapping[str, Turns]) -> str:
    """The same of third answers and of doubt half-way."""
    if one.name == base.name:
        return ""
    own, other = turns[one.name], turns[base.name]
    both = own.read & other.read
    if not both.any():
        return ""
    parts = []
    for name, words in (("third", "a third answer on the way"), ("unsure", "no output above 0.5")):
        found = compared_shares(own, other, name)
        shares = [100 * float(np.mean(getattr(each, name)[both])) for each in (own, other)]
        verdict = _p(found) if found.p < SIGNIFICANT else f"not significant, {_p(found)}"
        half = " half-way" if name == "unsure" else ""
        parts.append(f"{words}{half} in {shares[0]:.0f} % against {shares[1]:.0f} % ({verdict})")
    return f"In the {np.count_nonzero(both)} that both read right: {', '.join(parts)}."


def percent_of_step(step: int) -> str:
    """How far along, in words."""
    return f"{100 * step / (STEPS - 1):.0f} % of the way"


def _p(found: Unequal) -> str:
    if found.p < 0.001:
        return "p < 0.001"
    return f"p {found.p:.{3 if found.p < 0.1 else 2}f}"


def _said(answer: int, names: Names) -> str:
    return names[answer] if answer >= 0 else NOT_A_DIGIT_IN_WORDS


def _between(start: int, end: int) -> str:
    return f"at {start} %" if start == end else f"from {start} to {end} %"
