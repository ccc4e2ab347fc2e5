"""Elimination and duels against walks by hand, image by image."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.networks.designs import DESIGNS
from nnviz.verdicts.answers import OptionError, Options
from nnviz.verdicts.evidence import evidence_of
from nnviz.verdicts.walks import duel_steps, duels, follow, walk, walk_steps
from tests.learning.made_networks import any_outputs, cut_out, layout, one_of, saying, shipped_base

WALKED = [name for name, entry in DESIGNS.items() if "walk" in entry.readings]
OPTIONS = st.builds(Options, st.integers(1, 11)) | st.builds(
    Options, below=st.sampled_from([0.0, 1e-3, 0.1, 0.3, 0.5, 1.0])
)


def by_hand(evidence, options):
    """One image: -> the answer, and the sets it asked a head for."""
    in_play, asked = list(range(evidence.layout.classes)), []
    while len(in_play) > 1:
        asked.append(tuple(in_play))
        shares = dict(zip(in_play, evidence.head(tuple(in_play))[0].tolist(), strict=True))
        # the likeliest first; of equal ones the first class
        ranked = sorted(in_play, key=lambda each: (-shares[each], each))
        if options.below is None:
            leaving = ranked[1:][-options.drop :]
        else:
            leaving = [each for each in ranked[1:] if shares[each] < options.below]
            leaving = leaving or ranked[-1:]
        in_play = [each for each in in_play if each not in leaving]
    return in_play[0], asked


@given(
    design=st.sampled_from(WALKED),
    classes=st.integers(2, 6) | st.just(10),
    seed=st.integers(0, 2**32),
    levels=st.sampled_from([1, 2, 3, 1000]),
    options=OPTIONS,
)
def test_walks_together_are_the_walks_one_by_one(design, classes, seed, levels, options):
    evidence = saying(design, any_outputs(design, seed, levels, classes), classes)
    together = walk(evidence, options)
    first = evidence.head(tuple(range(classes))).argmax(axis=1)
    for image in range(len(evidence)):
        alone = one_of(evidence, image)
        answer, asked = by_hand(alone, options)
        assert together.classes[image] == answer
        assert together.heads_used[image] == len(asked)
        assert together.changed[image] == (answer != first[image])
        assert [step.in_play for step in walk_steps(alone, options)] == asked
        assert walk(alone, options).classes == [answer]


def test_retrained_heads_can_change_the_answer(digits):
    network = cut_out(shipped_base(), "elimination", noise=0.3)
    evidence = evidence_of(network, layout("elimination"), digits.test_images)
    full = walk(evidence)
    assert 0 < full.changed.mean() < 0.1
    quick = walk(evidence, Options(below=0.01))
    assert 1 <= quick.heads_used.mean() < 3
    assert (quick.classes == full.classes).mean() > 0.98


def test_all_below_leave_and_otherwise_the_least_likely():
    outputs = np.array([[0.05, 0.3, 0.05, 0.6]])
    evidence = saying("ten-outputs", outputs, 4)
    steps = walk_steps(evidence, Options(below=0.1))
    assert [step.leaving for step in steps] == [(0, 2), (1,)]
    np.testing.assert_allclose(steps[1].scores, [1 / 3, 2 / 3], rtol=1e-6)


def test_a_branch_is_followed_from_any_classes():
    evidence = saying("elimination", any_outputs("elimination", 5, 1000, images=1))
    steps = walk_steps(evidence)
    for number, step in enumerate(steps):
        assert follow(evidence, step.in_play[::-1]) == steps[number:]
    branch = follow(evidence, (2, 5, 7))
    assert branch[0].in_play == (2, 5, 7)
    assert len(branch) == 2
    assert follow(evidence, (4,)) == ()


@given(
    seed=st.integers(0, 2**32),
    levels=st.sampled_from([1, 2, 1000]),
    classes=st.integers(2, 6) | st.just(10),
)
def test_duels_by_brute_force(seed, levels, classes):
    evidence = saying("all-pairs", any_outputs("all-pairs", seed, levels, classes), classes)
    found = duels(evidence)
    np.testing.assert_array_equal(found.heads_used, np.full(4, classes - 1))
    for image, beats in enumerate(evidence.pairs):
        fighters = list(range(classes))
        fights = []
        while len(fighters) > 1:
            first, last = fighters[0], fighters[-1]
            fights.append((first, last))
            fighters.remove(last if beats[first, last] >= 0.5 else first)
        assert found.classes[image] == fighters[0]
        steps = duel_steps(one_of(evidence, image))
        assert [step.rivals for step in steps] == fights
        assert steps[-1].staying == (fighters[0],)


def test_duels_can_begin_with_some_classes():
    evidence = saying("all-pairs", any_outputs("all-pairs", 5, 1000, images=1))
    steps = duel_steps(evidence, (7, 2, 5))
    assert steps[0].rivals == (2, 7)
    assert len(steps) == 2
    assert steps[0].scores[0] == evidence.pairs[0, 2, 7]


@pytest.mark.parametrize("wrong", [{"drop": 0}, {"drop": -1}, {"below": -0.1}, {"below": 1.5}])
def test_impossible_options_are_refused(wrong):
    with pytest.raises(OptionError):
        Options(**wrong)
