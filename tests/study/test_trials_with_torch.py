"""One trial of LeNets, and what torch has to say about the few steps that are not torch's."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from nnviz.networks.layouts import layout_of
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import Settings
from nnviz.questions.accuracy import judge
from nnviz.study.digits import open_study_digits
from nnviz.study.expected import sizes_of
from nnviz.study.jobs import jobs_of
from nnviz.study.lenet_models import Lenets
from nnviz.study.plan import Learning, SchemeEntry
from nnviz.study.schemes import reading_of
from nnviz.study.trials import Cancelled, Task, run_trial
from nnviz.study.weighted import WeightedLearner
from nnviz.training.orders import order_of
from nnviz.training.with_torch.lenet import hidden_of
from tests.study.tiny_studies import (
    FIRST,
    images_of,
    lenets_of,
    networks_of,
    outcomes_of,
    part_of,
    study_of,
)

ONE = lenets_of()


@pytest.fixture(scope="module")
def outcomes():
    return outcomes_of(ONE)


def models_of(study, *numbers):
    lenets = Lenets(study, part_of(study), 1)
    return [lenets.models(study.schemes[number]) for number in numbers]


def test_lenets_reach_the_same_however_many_learn_at_once(outcomes) -> None:
    assert outcomes_of(ONE, threads=2) == outcomes


def test_lenets_take_the_steps_that_were_expected_of_them(outcomes) -> None:
    sizes = sizes_of(open_study_digits(ONE), ONE.conditions[0])
    for name, outcome in outcomes.items():
        jobs = jobs_of(ONE, ONE.scheme(name), sizes).values()
        counted = [sum(job.networks for job in jobs), sum(job.updates for job in jobs)]
        assert [name, *counted] == [name, outcome.models, outcome.updates + outcome.sub_updates]


def test_a_scheme_of_lenets_reaches_the_same_alone(outcomes) -> None:
    for entry in ONE.schemes[1:5:3]:
        assert outcomes_of(lenets_of(entry))[entry.name] == outcomes[entry.name]


def test_networks_of_lenets_answer_in_the_window_what_they_answered_here(
    outcomes, tmp_path
) -> None:
    digits = part_of(ONE)
    for name, trained in networks_of(ONE, tmp_path).items():
        entry, layout = ONE.scheme(name), layout_of(trained.settings, 3)
        answers = judge(trained.network, layout, digits.test_images, reading_of(entry))
        right = answers.classes == digits.test_labels
        assert outcomes[name].right_images.tolist() == right.tolist()
        assert outcomes[name].parameters == trained.network.parameters


def test_two_class_sets_of_elimination_serve_as_pairs(outcomes) -> None:
    pairs, sets = models_of(ONE, 1, 2)
    assert set(pairs) < set(sets)
    assert (outcomes["pairs"].models, outcomes["sets"].models) == (3, 4)
    assert (outcomes["pairs"].sub_updates, outcomes["sets"].sub_updates) == (3 * 2, 4 * 2)
    part = part_of(ONE)
    made = Lenets(ONE, part, 1)
    learned = {each: each.learn(part, None, lambda _: None) for each in pairs}
    own = (
        made.made(ONE.schemes[1], learned)
        .fired(part.test_images, slice(0, 12), lambda: None)
        .outputs
    )
    for number, each in enumerate(pairs):
        lenet = learned[each].weights
        hidden = hidden_of(lenet, part.test_images, part.shape)
        sums = hidden @ lenet.output_weights.T + lenet.output_biases
        shares = torch.softmax(torch.from_numpy(sums), 1)[:, 0].numpy()
        assert own[:, number] == pytest.approx(shares, abs=1e-5)


def test_heads_stand_on_the_base_network_and_take_its_place(outcomes) -> None:
    (heads,), (usual,), (tuned,) = models_of(ONE, 3, 0, 6)
    assert heads.start == tuned.start == usual
    assert outcomes["set heads"].models == 5
    assert outcomes["set heads"].updates == outcomes["usual"].updates == 2
    assert outcomes["set heads"].parameters == outcomes["usual"].parameters + 257 * 6
    hidden = 9216 * 256 + 26 * 26 * 9 * 32 + 24 * 24 * 9 * 32 * 64
    assert outcomes["set heads"].multiply_adds == hidden + 256 * 5
    assert outcomes["sets"].multiply_adds == 2 * hidden + 256 * 5
    assert outcomes["bit heads"].multiply_adds == hidden + 256 * 4


def test_positives_of_one_against_the_rest_are_made_to_weigh_as_much() -> None:
    balanced = [
        SchemeEntry(how or "plain", "one-vs-rest", balance=how)
        for how in ("", "weight", "sampling")
    ]
    study = lenets_of(*balanced, learning=Learning("sgd", rate=0.4, batch=3, epochs=3))
    (plain, *_), (weighted, *_), (sampled, *_) = models_of(study, 0, 1, 2)
    assert (plain.how.rate, plain.how.positive_weight, plain.images) == (0.4, 1.0, 6)
    # two positives of six: those count 1.5, the others 0.75
    assert weighted.how.positive_weight * weighted.how.rate / 0.4 == pytest.approx(1.5)
    assert weighted.how.rate / 0.4 == pytest.approx(0.75)
    assert (sampled.again, sampled.images, sampled.steps) == (2, 8, 3 * 2)
    assert sampled.words == ((1,), (0,), (0,))


def test_lenets_end_when_they_are_told_to() -> None:
    def tick(part: float) -> None:
        if part > 0.2:
            raise Cancelled

    for threads in (1, 2):
        with pytest.raises(Cancelled):
            run_trial(Task(ONE, FIRST, threads), images_of(ONE), tick)


def test_weighted_steps_follow_the_gradient_that_torch_finds() -> None:
    study = study_of(SchemeEntry("rest", "one-vs-rest"))
    digits = part_of(study)
    keep = np.append(np.arange(6), [7, 8, 9, 10])  # not as many of each class
    digits = replace(
        digits, train_images=digits.train_images[keep], train_labels=digits.train_labels[keep]
    )
    settings = Settings().change(design="one-vs-rest", hidden=3, seed=5)
    layout, network = layout_of(settings, 4), initial_network(settings, 784, 4)
    learner = WeightedLearner(network, settings, layout, digits)
    weights = {
        name: torch.tensor(array, dtype=torch.float64, requires_grad=True)
        for name, array in network.weights().items()
    }
    targets = torch.from_numpy(layout.table.T[digits.train_labels] > 0).double()
    counts = targets.sum(0)
    shares = torch.where(targets > 0, 10 / (2 * counts), 10 / (2 * (10 - counts)))
    assert shares.mean(0).tolist() == pytest.approx([1] * 4)
    inputs = torch.from_numpy(digits.train_images).double() / 255
    for epoch in range(2):
        order = order_of(5, epoch, 10)
        for begin in (0, 4, 8):
            rows = order[begin : begin + 4]
            sums = torch.einsum("bp,nkp->bnk", inputs[rows], weights["hidden_weights"])
            fired = torch.sigmoid(sums + weights["hidden_biases"])
            said = (fired * weights["output_weights"]).sum(2) + weights["output_biases"]
            cost = torch.nn.functional.binary_cross_entropy_with_logits(
                said, targets[rows], shares[rows], reduction="sum"
            )
            gradients = torch.autograd.grad(cost / len(rows), list(weights.values()))
            with torch.no_grad():
                for (name, each), gradient in zip(weights.items(), gradients, strict=True):
                    if name.endswith("_weights"):
                        each *= 0.9
                    each -= 0.7 * gradient
        learner.learn(epoch, 0, 1, 4, 0.7, 0.9, False)
        learner.learn(epoch, 4, 2, 4, 0.7, 0.9, False)
    found: Network = learner.copy()
    for name, array in found.weights().items():
        assert array == pytest.approx(weights[name].detach().numpy(), abs=2e-6)
    assert learner.finite()
