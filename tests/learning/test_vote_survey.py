"""The survey of the votes, against brute force over every digit and every pair."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from nnviz.data.digits import bundled_digits
from nnviz.networks.settings import Settings
from nnviz.questions.question import BLOCK, Subject
from nnviz.questions.votes import MOST, RULES, SurveyVotes, answers_by_rule, disagree, searched
from nnviz.verdicts.answers import Options
from nnviz.verdicts.evidence import evidence_of
from nnviz.verdicts.pairwise import DECISIVE, coupling, summed, votes
from nnviz.verdicts.readings import READINGS
from nnviz.verdicts.walks import duels
from tests.learning.asking import answer_to, made_tests
from tests.learning.made_networks import cut_out, layout, random_pairs, shipped_base

DESIGNS = ("all-pairs", "elimination", "ten-outputs", "four-bits")


class Saying:
    """What `duels` asks of evidence."""

    def __init__(self, pairs: np.ndarray) -> None:
        self.pairs = pairs
        self.layout = layout("ten-outputs", pairs.shape[1])

    def __len__(self) -> int:
        return len(self.pairs)


def answer(rule: str, pairs: np.ndarray) -> int:
    if rule == "duels":
        return int(duels(Saying(pairs[None])).classes[0])
    if rule == "summed":
        return int(summed(pairs[None].sum(axis=2)).classes[0])
    read = {"votes": votes, "coupling": coupling}[rule]
    return int(read(pairs[None]).classes[0])


def brute_force(rule: str, pairs: np.ndarray) -> list[list[bool]]:
    """Swaps every pair of every image and asks the rule anew."""
    found = []
    for said in pairs:
        usual, decides = answer(rule, said), []
        for i, j in combinations(range(len(said)), 2):
            swapped = said.copy()
            swapped[i, j], swapped[j, i] = said[j, i], said[i, j]
            decides.append(answer(rule, swapped) != usual)
        found.append(decides)
    return found


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("classes", [2, 3, 5, 10])
def test_a_pair_is_decisive_if_swapping_it_changes_the_answer(rule: str, classes: int) -> None:
    pairs = random_pairs(classes, 10**6, images=40, classes=classes)
    expected = brute_force(rule, pairs)
    assert any(any(row) for row in expected)
    np.testing.assert_array_equal(DECISIVE[rule](pairs), expected)


@pytest.mark.parametrize("rule", ["summed", "votes", "duels"])
def test_also_where_pairs_are_even_or_sure(rule: str) -> None:
    pairs = random_pairs(7, 2, images=60, classes=5)
    np.testing.assert_array_equal(DECISIVE[rule](pairs), brute_force(rule, pairs))


@pytest.fixture(scope="module")
def bundled():
    digits = bundled_digits()
    return digits.test_images[::2], digits.test_labels[::2]


@pytest.fixture(scope="module", params=DESIGNS)
def case(request, bundled):
    """-> design, evidence of all images at once, labels, survey by blocks"""
    from nnviz.networks.network import initial_network
    from nnviz.questions import question

    design = request.param
    if design in ("all-pairs", "elimination"):
        network = cut_out(shipped_base(), design, noise=0.3)
    elif design == "ten-outputs":
        network = shipped_base()
    else:
        network = initial_network(Settings().change(design=design), 784, 10)
    images, labels = bundled
    patch = pytest.MonkeyPatch()
    patch.setattr(question, "BLOCK", 170)
    asked = SurveyVotes(Subject(network, Settings().change(design=design)))
    result = answer_to(asked, made_tests(images, labels))
    patch.undo()
    return design, evidence_of(network, layout(design), images), labels, result


def test_the_means_are_those_of_the_digits_of_each_class(case) -> None:
    _, evidence, labels, survey = case
    for label in range(10):
        mean = evidence.pairs[labels == label].mean(axis=0)
        np.testing.assert_allclose(survey.means[label], mean, atol=1e-5)
    assert survey.counts.tolist() == [int((labels == label).sum()) for label in range(10)]


def test_the_accuracy_of_a_pair_is_over_the_digits_of_its_two_classes(case) -> None:
    _, evidence, labels, survey = case
    for i, j in combinations(range(10), 2):
        of_i, of_j = evidence.pairs[labels == i, i, j], evidence.pairs[labels == j, j, i]
        both = np.concatenate([of_i, of_j])
        right = np.count_nonzero(both > 0.5) + np.count_nonzero(both == 0.5) / 2
        assert survey.accuracy(i, j) == pytest.approx(right / len(both), abs=0.005)
        assert survey.accuracy(i, j) == survey.accuracy(j, i)
    worst = survey.worst(45)
    assert len(set(worst)) == 45
    accuracies = [survey.accuracy(*pair) for pair in worst]
    assert accuracies == sorted(accuracies)


def test_the_answers_are_those_of_the_readings(case) -> None:
    _, evidence, _, survey = case
    for place, rule in enumerate(RULES):
        read = READINGS[rule].read(evidence, Options()).classes
        # rounding in blocks of another size may turn an answer that hangs by a thread
        assert np.count_nonzero(survey.answers[:, place] != read) <= 1


def test_decisive_pairs_are_counted_over_all_digits(case) -> None:
    _, evidence, _, survey = case
    for rule in RULES:
        total = DECISIVE[rule](evidence.pairs).sum(axis=0)
        assert np.abs(survey.decisive[rule] - total).max() <= 1
        ranked = survey.most_decisive(rule, 5)
        assert [often for _, often in ranked] == sorted(survey.decisive[rule], reverse=True)[:5]


def test_the_confused_digits_are_those_that_say_least_for_their_own_class(case) -> None:
    _, evidence, labels, survey = case
    for row, column in ((4, 9), (9, 4), (3, 5)):
        images = np.flatnonzero(labels == row)
        expected = np.sort(evidence.pairs[images, row, column])[:MOST]
        np.testing.assert_allclose(survey.said[row, column], expected, atol=1e-5)
        assert set(labels[survey.confused[row, column]].tolist()) == {row}
    both = survey.confused_of(4, 9, 6)
    assert len(both) == 6
    assert [said for _, said in both] == sorted(said for _, said in both)
    assert {int(labels[image]) for image, _ in both} <= {4, 9}


def test_classes_without_any_digit_say_nothing() -> None:
    asked = SurveyVotes(Subject(shipped_base(), Settings()))
    images, labels = np.zeros((6, 784), np.uint8), np.array([1, 1, 1, 2, 2, 2], np.uint8)
    survey = answer_to(asked, made_tests(images, labels))
    assert np.isnan(survey.accuracy(4, 9))
    assert (4, 9) not in survey.worst(45)
    assert (survey.confused[4] == -1).all()
    assert survey.confused_of(4, 9, 3) == []
    assert (survey.means[4] == 0).all()


def test_weights_that_are_no_numbers_make_every_pair_even() -> None:
    base = cut_out(shipped_base(), "all-pairs")
    network = replace(base, output_weights=np.full_like(base.output_weights, np.nan))
    images = np.zeros((BLOCK + 3, 784), np.uint8)
    labels = np.arange(BLOCK + 3, dtype=np.uint8) % 10
    asked = SurveyVotes(Subject(network, Settings().change(design="all-pairs")))
    survey = answer_to(asked, made_tests(images, labels))
    assert survey.accuracy(4, 9) == 0.5
    assert all((survey.decisive[rule] == 0).all() for rule in RULES)


def test_the_search_finds_the_next_digit_where_rules_disagree(bundled) -> None:
    images, _ = bundled
    network, made = cut_out(shipped_base(), "all-pairs", noise=0.6), layout("all-pairs")
    differ = disagree(answers_by_rule(evidence_of(network, made, images)))
    places = np.flatnonzero(differ)
    assert len(places)
    for start in (0, int(places[0]) + 1, int(places[-1]) + 1):
        order = np.roll(np.arange(len(images)), -start)
        found = list(searched(network, made, images, order))
        assert found[:-1] == [None] * (len(found) - 1)
        assert found[-1] == next(image for image in order.tolist() if differ[image])


def test_the_search_ends_without_a_digit_where_rules_always_agree() -> None:
    blank = np.zeros((230, 784), np.uint8)
    found = list(searched(shipped_base(), layout("ten-outputs"), blank, np.arange(230)))
    assert found == [None, None, None]
