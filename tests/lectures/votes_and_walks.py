"""What pairs and walks say of the bundled digits, and what studies say of such schemes."""

from functools import cache
from itertools import combinations

import numpy as np

from nnviz.data.arrays import Bools, Doubles, Indices
from nnviz.questions.votes import RULES
from nnviz.verdicts.answers import Answers, Options, Step
from nnviz.verdicts.pairwise import won
from nnviz.verdicts.readings import READINGS
from nnviz.verdicts.walks import departures, walk
from tests.lectures.claims import percent
from tests.lectures.facts import (
    CLASSES,
    TESTED,
    answers,
    better_worse,
    labels,
    right,
    test_labels,
    verdict,
)
from tests.lectures.facts import said as asked
from tests.lectures.finds import (
    PAIRS,
    TEN,
    WALK,
    ranked,
    rules_say,
)
from tests.lectures.measured import gains, line_of

ALL = 5_000
HERO = 150


def label(image: int) -> int:
    """Of a test digit."""
    return int(test_labels()[image])


def share(name: str, image: int, digit: int) -> str:
    """What is said for a digit, in percent."""
    return percent(float(asked(name).scores[image, digit]), 0)


def beats(image: int, row: int, column: int) -> float:
    """What their pair says for the row against the column."""
    return float(asked(PAIRS).pairs[image, row, column])


def total(image: int, digit: int) -> str:
    """The sum of what its pairs say for a digit."""
    return f"{asked(PAIRS).pair_sums[image, digit]:.2f}"


def by_rule(image: int) -> dict[str, int]:
    """Rule -> answer."""
    return dict(zip(RULES, rules_say()[image].tolist(), strict=True))


def rule_right(rule: str) -> Bools:
    """(5000,): whether the pairs, read by a rule, are right"""
    return np.asarray(answers(PAIRS, rule) == labels())


def steps(image: int) -> tuple[Step, ...]:
    """The walk of a test digit."""
    return verdict(WALK, image).steps


def at(step: Step, digit: int) -> str:
    """What a step says for a digit, in percent."""
    return percent(step.scores[step.in_play.index(digit)], 0)


@cache
def first_right() -> Bools:
    """(5000,): whether the head of all ten is right"""
    return np.asarray(first_heads() == labels())


@cache
def first_heads() -> Indices:
    """(5000,): what the head of all ten says"""
    return np.asarray(asked(WALK).head(tuple(range(CLASSES))).argmax(axis=1))


def turned(images: int) -> tuple[int, int, int, int]:
    """How many answers the walk changes, rescues, loses, and leaves wrong."""
    changed = (first_heads() != answers(WALK))[:images]
    before, after = first_right()[:images], right(WALK)[:images]
    wrong = changed & ~before & ~after
    return tuple(int(each.sum()) for each in (changed, after & ~before, before & ~after, wrong))  # type: ignore[return-value]


@cache
def walked(options: Options) -> Answers:
    """All walks of a kind."""
    return walk(asked(WALK), options)


def same_end(options: Options, images: int = ALL) -> int:
    """Walks that end where those do in which one leaves at a time."""
    return int((walked(options).classes == answers(WALK))[:images].sum())


def heads(options: Options, images: int = ALL) -> float:
    """Asked on average."""
    used = walked(options).heads_used
    assert used is not None
    return float(used[:images].mean())


def falls() -> Indices:
    """(steps,): how often the truth leaves at each step, of test digits; 0: never"""
    left = departures(asked(WALK))[:TESTED]
    return np.bincount(left[np.arange(TESTED), test_labels()], minlength=CLASSES)


@cache
def of_their_own(first: int, second: int) -> float:
    """How often a pair is right on its own two digits."""
    both = np.isin(labels(), (first, second))
    prefers = asked(PAIRS).pairs[both, first, second] > 0.5
    return float((prefers == (labels()[both] == first)).mean())


def pairs_right() -> Doubles:
    """(45,)"""
    return np.array([of_their_own(*each) for each in combinations(range(CLASSES), 2)])


def turns(kind: str, image: int) -> bool:
    """Whether elimination rescues or loses a digit, or leaves it wrong."""
    return image in [each.image for each in ranked(kind)]


def rule_against_adding(rule: str) -> list[int]:
    return list(better_worse(rule_right(rule), rule_right("summed")))


def unchanged() -> int:
    """Answers of the ten outputs that any other way to read them changes."""
    own = answers(TEN)
    others = ("summed", "votes", "coupling", "duels", "walk")
    return sum(
        int((READINGS[each].read(asked(TEN), Options()).classes != own).sum()) for each in others
    )


def gain(condition: str) -> str:
    return f"{gains('imbalance', 'All pairs', 'One network', condition).mean():.1f}"


def ahead(condition: str) -> list[int]:
    found = gains("imbalance", "All pairs", "One network", condition)
    return [int((found > 0).sum()), len(found)]


def blog(study: str, scheme: str) -> str:
    return f"{gains(study, scheme, 'One-vs-all', '0.01').mean():.1f}"


def interval() -> list[str]:
    ends_of = line_of("the-blog", "All pairs", "One-vs-all", "0.01").paired.spread.interval
    assert ends_of is not None
    return [f"{100 * each:.1f}" for each in ends_of]


def effect(pooled: bool = False) -> float:
    paired = line_of("the-blog", "All pairs", "One-vs-all", "0.01").paired
    effect = paired.d_pooled if pooled else paired.d_paired
    assert effect is not None
    return effect.d


TENTH, HUNDREDTH, TWO = Options(below=0.1), Options(below=0.01), Options(drop=2)
FIRST = "One network, outputs learned again"


def without_three() -> int:
    return sum(3 not in pair for pair in combinations(range(CLASSES), 2))


def right_by(image: int) -> list[str]:
    """Which of adding and counting are right."""
    return [each for each in ("summed", "votes") if by_rule(image)[each] == label(image)]


def ties() -> int:
    counts = won(asked(PAIRS).pairs).sum(axis=2)
    return int(((counts == counts.max(axis=1, keepdims=True)).sum(axis=1) > 1).sum())


def ahead_of(image: int, step: int, one: int, other: int) -> bool:
    found = steps(image)[step]
    scores = dict(zip(found.in_play, found.scores, strict=True))
    return scores[one] > scores[other]


def heads_gain() -> float:
    return float(gains("heads", "Drop 1", FIRST).mean())
