"""Elimination and duels against walks by hand, image by image."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.networks.designs import DESIGNS
from nnviz.networks.settings import Settings
from nnviz.questions.elimination import (
    VARIANTS,
    SurveyDepartures,
    SurveySavings,
    shares_of_departures,
    variants_of,
)
from nnviz.questions.question import Subject
from nnviz.verdicts.answers import OptionError, Options, Step
from nnviz.verdicts.branches import Ends, alternatives, instead, lost, path, place, rule
from nnviz.verdicts.evidence import evidence_of
from nnviz.verdicts.walks import duel_steps, duels, follow, outputs_asked, walk, walk_steps
from nnviz.verdicts.work_per_answer import Taken
from tests.learning.asking import answer_to, made_tests
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
        assert together.outputs_used[image] == sum(map(len, asked))
        assert len(asked) == 1 or not options.asks_one_head(classes)
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


# ---- surveys of elimination, and branches of it --------------------------------------


VARIED = [Options(), Options(drop=3), Options(below=0.1)]


@pytest.fixture(scope="module")
def asked(digits):
    network = cut_out(shipped_base(), "elimination", noise=0.3)
    images, labels = digits.test_images[:60], digits.test_labels[:60]
    settings = Settings().change(design="elimination")

    def ask(kind, options=Options()):
        asked = kind(Subject(network, settings, options=options))
        return answer_to(asked, made_tests(images, labels))

    evidence = evidence_of(network, layout("elimination"), images)
    return ask, [one_of(evidence, image) for image in range(60)], labels


def left_by_hand(steps):
    left = [0] * 10
    for number, step in enumerate(steps, 1):
        for each in step.leaving:
            left[each] = number
    return left


@pytest.mark.parametrize("options", VARIED)
def test_departures_are_those_of_each_walk(asked, options):
    ask, alone, _ = asked
    found = ask(SurveyDepartures, options)
    assert found.walk.tolist() == [left_by_hand(walk_steps(each, options)) for each in alone]
    assert found.duels.tolist() == [left_by_hand(duel_steps(each)) for each in alone]


def test_savings_count_heads_outputs_and_changed_answers_of_every_walk(asked):
    ask, alone, labels = asked
    first = np.array([each.head(tuple(range(10)))[0].argmax() for each in alone])
    savings = ask(SurveySavings)
    assert [saving.options for saving in savings] == [None, *VARIANTS]
    assert savings[0].accuracy == np.mean(first == labels)
    hidden, inputs = 30, 784
    assert savings[0].taken == Taken(hidden * (inputs + 10), 1, 10)
    assert savings[0].changed == 0
    for saving in savings[1:]:
        walks = [walk_steps(each, saving.options) for each in alone]
        answers = np.array([steps[-1].staying[0] for steps in walks])
        assert saving.accuracy == np.mean(answers == labels)
        assert saving.changed == np.mean(answers != first)
        assert saving.fixed == np.mean((answers == labels) & (first != labels))
        assert saving.broken == np.mean((answers != labels) & (first == labels))
        outputs = np.mean([sum(len(step.in_play) for step in steps) for steps in walks])
        work = hidden * (inputs + outputs)
        heads = np.mean([len(steps) for steps in walks])
        assert saving.taken == Taken(pytest.approx(work), heads, outputs)
    whole, tenth = savings[1].taken, savings[1 + VARIANTS.index(Options(below=0.1))].taken
    saved = tenth.saved(whole)
    assert (whole.multiply_adds, whole.heads, whole.outputs) == (25_140, 9, 54)
    assert saved.multiply_adds == pytest.approx(1 - tenth.multiply_adds / 25_140)
    assert saved.multiply_adds < 30 * 54 / 25_140 < 0.1 < saved.outputs < saved.heads


def test_without_heads_of_sets_a_walk_saves_no_multiply_adds(digits):
    subject = Subject(shipped_base(), Settings())
    few = made_tests(digits.test_images[:3], digits.test_labels[:3])
    for saving in answer_to(SurveySavings(subject), few):
        assert saving.taken.multiply_adds == 30 * (784 + 10)


def test_shares_of_a_class_are_counted_digit_by_digit():
    left = np.array([[1, 0, 2], [0, 2, 1], [1, 2, 0], [2, 1, 0]], np.uint8)
    labels = np.array([1, 1, 0, 1], np.uint8)
    shares = shares_of_departures(left, labels, 1)
    # rows: classes; columns: step 1, step 2, stays
    np.testing.assert_allclose(3 * shares, [[1, 1, 1], [1, 1, 1], [1, 1, 1]])
    shares = shares_of_departures(left, labels, 0)
    np.testing.assert_allclose(shares, [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    assert not shares_of_departures(left, labels, 2).any()
    assert outputs_asked(left).tolist() == [5, 5, 5, 5]
    assert outputs_asked(np.array([[1, 0, 1]], np.uint8)).tolist() == [3]


@given(
    seed=st.integers(0, 2**32),
    classes=st.integers(2, 6),
    kind=st.sampled_from(["walk", "duels"]),
    options=st.sampled_from(VARIED),
)
def test_every_branch_ends_where_following_it_by_hand_ends(seed, classes, kind, options):
    evidence = saying("elimination", any_outputs("elimination", seed, 1000, classes, 1), classes)
    follow_rule = rule(evidence, kind, options)
    ends = Ends(follow_rule)
    usual = path(follow_rule, classes)
    on_its_own = walk_steps(evidence, options) if kind == "walk" else duel_steps(evidence)
    assert usual == on_its_own
    for number, step in enumerate(usual, 1):
        for gone, end in ends.beside(step).items():
            branch = path(follow_rule, classes, ((number, gone),))
            assert branch[: number - 1] == usual[: number - 1]
            assert gone in branch[number - 1].leaving
            assert len(branch[number - 1].leaving) == len(step.leaving)
            assert branch[-1].staying == (end,)
            start = branch[number - 1].staying
            after = follow(evidence, start, options) if kind == "walk" else None
            assert branch[number:] == (duel_steps(evidence, start) if after is None else after)


def test_a_branch_can_leave_a_branch(digits):
    evidence = saying("elimination", any_outputs("elimination", 3, 1000, 6, 1), 6)
    follow_rule = rule(evidence, "walk", Options())
    first = alternatives(path(follow_rule, 6)[0])[0]
    one = path(follow_rule, 6, ((1, first),))
    second = alternatives(one[2])[0]
    both = path(follow_rule, 6, ((1, first), (3, second)))
    assert both[:2] == one[:2]
    assert (both[0].leaving, both[2].leaving) == ((first,), (second,))
    never = one[0].leaving[0]  # cannot leave twice
    assert path(follow_rule, 6, ((1, first), (3, never))) == one


def test_the_likeliest_of_those_that_leave_is_spared():
    step = Step((0, 1, 2, 3), (0.1, 0.2, 0.3, 0.4), (0, 1))
    assert instead(step, 3).leaving == (0, 3)
    duel = Step((0, 1, 2), (0.4, 0.0, 0.6), (0,), (0, 2))
    assert alternatives(duel) == (2,)
    assert instead(duel, 2).leaving == (2,)


def test_the_place_of_a_class_counts_those_as_likely():
    step = Step((0, 2, 5), (0.2, 0.6, 0.2), (5,))
    assert [place(step, each) for each in (2, 0, 5, 7)] == [1, 3, 3, 0]
    assert [lost((step,), each) for each in (5, 2)] == [1, 0]


@pytest.mark.parametrize("classes", range(2, 11))
def test_no_variant_is_one_head_that_decides_alone(classes):
    drops = [each.drop for each in variants_of(classes) if each.below is None]
    assert drops == ([1] if classes == 2 else [k for k in range(1, 6) if k < classes - 1])
    assert len(variants_of(classes)) == (1 if classes == 2 else len(drops) + 4)
