"""The measures of whole networks, and the messages by which the training process works them out."""

import dataclasses

import numpy as np
import pytest

from nnviz.data.digits import DigitSet, Shape, Source
from nnviz.networks.files import TrainedNetwork, load
from nnviz.networks.network import Network, as_inputs, hidden_activity, initial_network
from nnviz.networks.operations import NO_OPERATIONS, Operations
from nnviz.networks.settings import Settings
from nnviz.questions.bits import SurveyBits
from nnviz.questions.detectors.measures import (
    KEPT_DIGITS,
    Detector,
    Detectors,
    MeasureNeurons,
    measuring,
    selectivity,
)
from nnviz.questions.detectors.report import against_chance, looks_like, matters, selective
from nnviz.questions.detectors.shapes import bars_in
from nnviz.questions.elimination import SurveyDepartures
from nnviz.questions.kept_activity import KeptActivity, Operate, Operated
from nnviz.questions.piecemeal import at_once
from nnviz.questions.question import Subject
from nnviz.training.loop import TrainingLoop
from nnviz.training.messages import Answered, Ask, OpenDigits
from tests.idx_files import write_folder
from tests.learning.asking import answer_to, made_tests
from tests.learning.made_networks import TRAINED
from tests.learning.runs import part_of_set

IMAGES = 300


def kept_of(network: Network, settings: Settings, digits: DigitSet) -> KeptActivity:
    images, labels = digits.test_images[:IMAGES], digits.test_labels[:IMAGES]
    return KeptActivity(Subject(network, settings), images, labels, digits.classes)


def detectors_of(kept: KeptActivity, inked: np.ndarray, shape: Shape) -> Detectors:
    return at_once(measuring(kept, inked, shape))


@pytest.fixture(scope="module")
def shipped() -> TrainedNetwork:
    return load(TRAINED / "ten-outputs.safetensors")


@pytest.fixture(scope="module")
def measured(shipped, digits) -> Detectors:
    return detectors_of(
        kept_of(shipped.network, shipped.settings, digits), digits.inked, digits.shape
    )


# ---- reference: 784-30-10, trained 30 epochs, and untrained ---------------------------


def test_trained_neurons_are_smooth_and_untrained_ones_are_noise(measured, digits):
    settings = Settings()
    untrained = initial_network(settings, 784, 10)
    noise = detectors_of(kept_of(untrained, settings, digits), digits.inked, digits.shape).means()
    trained = measured.means()
    assert abs(noise["moran"]) < 0.03
    assert trained["moran"] > 0.5
    assert trained["blob_share"] > 0.4 > 0.2 > noise["blob_share"]
    assert noise["stroke_fit"] == pytest.approx(0.02, abs=0.005)
    assert noise["stroke_null"] == pytest.approx(0.02, abs=0.005)
    assert trained["stroke_fit"] > 0.2 > trained["stroke_null"] > 0.1
    assert trained["selectivity"] > 0.3 > 0.1 > noise["selectivity"]
    assert 0.4 < np.mean(measured.nulls_beaten == 10) < 0.7
    assert 3 < measured.pieces.mean() < 6
    assert 0.001 < trained["ablation"] < 0.02


@pytest.mark.parametrize("design", ["all-pairs", "elimination", "four-bits"])
def test_every_neuron_of_every_network_is_measured(design, digits):
    trained = load(TRAINED / f"{design}.safetensors")
    few = part_of_set(digits, 100, 60)
    kept = kept_of(trained.network, trained.settings, few)
    found = detectors_of(kept, digits.inked, digits.shape)
    assert found.shape == trained.network.hidden_biases.shape
    for item in dataclasses.fields(Detectors):
        value = np.asarray(getattr(found, item.name))
        assert np.isfinite(value).all(), item.name
        assert value.shape[:2] in (found.shape, ())
    assert found.accuracy > 0.8


def test_the_fraction_done_grows_to_1(shipped, digits):
    few = part_of_set(digits, 100, 60)
    told: list[float] = []
    kept = kept_of(shipped.network, shipped.settings, few)
    at_once(measuring(kept, digits.inked, digits.shape), told.append)
    assert told == sorted(set(told))
    assert told[-1] == 1


def test_the_digits_that_fire_a_neuron_most_and_least(measured, shipped, digits):
    activity = hidden_activity(shipped.network, as_inputs(digits.test_images[:IMAGES]))[:, 0, 7]
    most, least = activity[measured.most[0, 7]], activity[measured.least[0, 7]]
    assert len(most) == len(least) == KEPT_DIGITS
    ordered = np.sort(activity)
    np.testing.assert_allclose(most, ordered[::-1][:KEPT_DIGITS], atol=1e-6)
    np.testing.assert_allclose(least, ordered[:KEPT_DIGITS], atol=1e-6)


def test_a_class_without_a_digit_does_not_count(shipped, digits):
    without = digits.test_labels[:IMAGES] != 1
    kept = KeptActivity(
        Subject(shipped.network, shipped.settings, "best-match"),
        digits.test_images[:IMAGES][without],
        digits.test_labels[:IMAGES][without],
        10,
    )
    found = detectors_of(kept, digits.inked, digits.shape)
    assert not found.class_means[..., 1].any()
    others = np.delete(found.class_means, 1, axis=-1)
    np.testing.assert_array_equal(found.selectivity, selectivity(others))


# ---- words ---------------------------------------------------------------------------

PLAIN = Detector(0.6, 0.4, 3, 0.3, 0.1, 10, 1, 45.0, 0.25, 2, 0.003)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "one bar, leaning right"),
        ({"sign": -1, "angle": 90.0}, "one bar against it, upright"),
        (
            {"sign": -1, "angle": 157.5, "stroke_null": 0.2},
            "three pieces, smooth, with a bar against it, falling to the right",
        ),
        ({"stroke_null": 0.2, "angle": 0.0}, "three pieces, smooth, with a bar lying flat"),
        ({"nulls_beaten": 9}, "three pieces, smooth"),
        ({"nulls_beaten": 9, "pieces": 1, "moran": 0.2}, "one piece, grainy"),
        ({"moran": 0.05}, "noise"),
        ({"moran": 0.0, "stroke_fit": 0.0}, "nothing"),
    ],
)
def test_what_a_neuron_looks_like_in_words(changes, words):
    assert looks_like(dataclasses.replace(PLAIN, **changes)) == words


def test_the_sentences_about_a_neuron():
    assert "explains 30 % of the image, 10 % of a random one" in against_chance(PLAIN)
    assert "more than in any of ten" in against_chance(PLAIN)
    for beaten, words in ((4, "six of ten"), (0, "all ten"), (9, "one of ten")):
        weak = dataclasses.replace(PLAIN, nulls_beaten=beaten)
        assert f": {words} such reach that by chance." in against_chance(weak)
    assert selective(PLAIN) == "Selectivity 0.25, on for two classes."
    assert matters(PLAIN, 1000) == "Held at its mean, 3 fewer of 1,000 digits are right."
    helped = dataclasses.replace(PLAIN, ablation=-0.01)
    assert matters(helped, 1000).startswith("Held at its mean, 10 more of 1,000 digits are right")
    assert matters(PLAIN, 10) == "Held at its mean, nothing is lost."


def test_every_measured_neuron_has_words(measured, digits):
    for neuron in range(measured.shape[1]):
        one = measured.of(0, neuron)
        assert looks_like(one)
        assert selective(one)


# ---- the training process ------------------------------------------------------------


@pytest.fixture
def loop(tmp_path, digits):
    """A training loop with 1,000 test digits; -> the loop and what it tells"""
    source = Source("folder", str(write_folder(tmp_path / "set", digits)))
    told: list[object] = []
    made = TrainingLoop(told.append)
    made.hear(OpenDigits(source))
    told.clear()
    return made, told


def asked_about(trained: TrainedNetwork, operations: Operations = NO_OPERATIONS) -> Subject:
    return Subject(trained.network, trained.settings, operations=operations)


def work(loop: TrainingLoop) -> None:
    while loop.work() is not None:
        pass


def test_a_survey_measures_the_network_on_all_test_digits(loop, shipped, digits):
    made, told = loop
    asked = MeasureNeurons(asked_about(shipped))
    made.hear(Ask(3, asked))
    work(made)
    (answered,) = told
    assert isinstance(answered, Answered)
    assert answered.number == 3
    assert answered.result.means() == answer_to(asked, digits).means()
    assert answered.result.accuracy == pytest.approx(0.97, abs=0.01)


def test_operations_are_judged_in_the_training_process(loop, shipped, digits):
    made, told = loop
    operations = Operations().change(0, 4, off=True)
    for each in (NO_OPERATIONS, operations):
        made.hear(Ask(1, Operate(asked_about(shipped, each))))
        work(made)
    plain, operated = (each.result for each in told)
    assert isinstance(plain, Operated)
    assert isinstance(operated, Operated)
    assert plain.accuracy == plain.before == operated.before > operated.accuracy
    assert operated.accuracy == np.mean(operated.answers == digits.test_labels)
    assert operated.means.shape == (1, 30)


def test_the_forward_pass_is_made_once_for_each_network(loop, shipped, monkeypatch):
    made, told = loop
    passes = []
    filling = KeptActivity.filling
    monkeypatch.setattr(KeptActivity, "filling", lambda kept: passes.append(kept) or filling(kept))
    for neuron in range(3):
        made.hear(Ask(1, Operate(asked_about(shipped, Operations().change(0, neuron)))))
        work(made)
    assert (len(passes), len(told)) == (1, 3)
    other = dataclasses.replace(shipped.network, output_biases=np.zeros(10, np.float32))
    made.hear(Ask(1, Operate(Subject(other, shipped.settings))))
    work(made)
    assert len(passes) == 2


def test_of_many_operations_only_the_one_under_way_and_the_newest_are_judged(loop, shipped):
    made, told = loop
    scales = [0.5, 0.4, 0.3, 0.2]
    for number, scale in enumerate(scales):
        operations = Operations().change(0, 4, scale=scale)
        made.hear(Ask(number, Operate(asked_about(shipped, operations))))
    work(made)
    assert [scales[each.number] for each in told] == [0.5, 0.2]


def test_a_survey_under_way_waits_for_operations_and_ends_as_it_would_have(loop, shipped):
    made, told = loop
    surveys = [SurveyDepartures(asked_about(shipped)), SurveyBits(asked_about(shipped))]
    made.hear(Ask(0, surveys[0]))
    work(made)
    for number, survey in enumerate(surveys, 1):
        made.hear(Ask(number, survey))
    made.work()  # one block of the first survey
    made.hear(Ask(3, Operate(asked_about(shipped))))
    work(made)
    alone, operated, interrupted, last = told
    assert isinstance(operated.result, Operated)
    assert [alone.number, operated.number, interrupted.number, last.number] == [0, 3, 1, 2]
    for field, value in vars(alone.result).items():
        np.testing.assert_array_equal(getattr(interrupted.result, field), value)


# ---- colour --------------------------------------------------------------------------


def test_networks_for_colour_images_are_measured_too():
    random = np.random.default_rng(0)
    images = random.integers(0, 256, (40, 3072), dtype=np.uint8)
    labels = np.arange(40, dtype=np.uint8) % 10
    settings = Settings(hidden=4)
    asked = MeasureNeurons(Subject(initial_network(settings, 3072, 10), settings))
    found = answer_to(asked, made_tests(images, labels))
    assert found.shape == (1, 4)
    assert np.abs(found.moran).max() < 0.2
    assert found.stroke_fit == pytest.approx(found.stroke_null, abs=0.02)
    assert bars_in(np.ones((32, 32), bool)).centres.max() < 32
