"""The measures of whole networks, and the messages by which the training process works them out."""

import dataclasses
import functools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from nnviz.data.digits import DigitSet, Shape, Source, bundled_digits
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import TrainedNetwork, load
from nnviz.networks.network import Network, as_inputs, hidden_activity, initial_network, outputs_of
from nnviz.networks.operations import (
    HELD,
    MOST_SCALE,
    NO_OPERATIONS,
    UNCHANGED,
    Operation,
    OperationError,
    Operations,
    operated,
)
from nnviz.networks.settings import Settings
from nnviz.questions import kept_activity
from nnviz.questions.accuracy import judge
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
from nnviz.verdicts.answers import Options
from nnviz.verdicts.evidence import Evidence
from nnviz.verdicts.readings import READINGS
from tests.idx_files import write_folder
from tests.learning.asking import answer_to, made_tests
from tests.learning.made_networks import TRAINED
from tests.learning.runs import part_of_set

FEW = 300


def kept_few(network: Network, settings: Settings, digits: DigitSet) -> KeptActivity:
    images, labels = digits.test_images[:FEW], digits.test_labels[:FEW]
    return KeptActivity(Subject(network, settings), images, labels, digits.classes)


def detectors_of(kept: KeptActivity, inked: np.ndarray, shape: Shape) -> Detectors:
    return at_once(measuring(kept, inked, shape))


@pytest.fixture(scope="module")
def shipped() -> TrainedNetwork:
    return load(TRAINED / "ten-outputs.safetensors")


@pytest.fixture(scope="module")
def measured(shipped, digits) -> Detectors:
    return detectors_of(
        kept_few(shipped.network, shipped.settings, digits), digits.inked, digits.shape
    )


# ---- reference: 784-30-10, trained 30 epochs, and untrained ---------------------------


def test_trained_neurons_are_smooth_and_untrained_ones_are_noise(measured, digits):
    settings = Settings()
    untrained = initial_network(settings, 784, 10)
    noise = detectors_of(kept_few(untrained, settings, digits), digits.inked, digits.shape).means()
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
    kept = kept_few(trained.network, trained.settings, few)
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
    kept = kept_few(shipped.network, shipped.settings, few)
    at_once(measuring(kept, digits.inked, digits.shape), told.append)
    assert told == sorted(set(told))
    assert told[-1] == 1


def test_the_digits_that_fire_a_neuron_most_and_least(measured, shipped, digits):
    activity = hidden_activity(shipped.network, as_inputs(digits.test_images[:FEW]))[:, 0, 7]
    most, least = activity[measured.most[0, 7]], activity[measured.least[0, 7]]
    assert len(most) == len(least) == KEPT_DIGITS
    ordered = np.sort(activity)
    np.testing.assert_allclose(most, ordered[::-1][:KEPT_DIGITS], atol=1e-6)
    np.testing.assert_allclose(least, ordered[:KEPT_DIGITS], atol=1e-6)


def test_a_class_without_a_digit_does_not_count(shipped, digits):
    without = digits.test_labels[:FEW] != 1
    kept = KeptActivity(
        Subject(shipped.network, shipped.settings, "best-match"),
        digits.test_images[:FEW][without],
        digits.test_labels[:FEW][without],
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
    assert "explains 30 % of this image, more than of any of ten" in against_chance(PLAIN)
    assert "just as smooth (10 % on average)" in against_chance(PLAIN)
    for beaten, words in ((4, "six of ten"), (0, "all ten"), (9, "one of ten")):
        weak = dataclasses.replace(PLAIN, nulls_beaten=beaten)
        assert f"of {words} random images just as smooth" in against_chance(weak)
    assert selective(PLAIN) == (
        "It fires much for two classes (selectivity 0.25: 0 is all classes alike, 1 a single one)."
    )
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


# ---- operating on neurons ------------------------------------------------------------


IMAGES = 400

operation = st.builds(
    Operation,
    off=st.booleans(),
    held=st.booleans(),
    scale=st.sampled_from([1.0, 0.0, -1.0, 2.5]),
    shift=st.sampled_from([0.0, 1.0, -3.0]),
)
several = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 500), operation), min_size=1, max_size=4
)


@functools.cache
def kept_of(design: str) -> KeptActivity:
    trained, digits = load(TRAINED / f"{design}.safetensors"), bundled_digits()
    return filled(Subject(trained.network, trained.settings), digits)


def filled(subject: Subject, digits, images: int = IMAGES) -> KeptActivity:
    kept = KeptActivity(subject, digits.test_images[:images], digits.test_labels[:images], 10)
    at_once(kept.filling())
    return kept


def slowly(kept: KeptActivity, network, digits) -> np.ndarray:
    """The answers by a forward pass of everything."""
    images = digits.test_images[: len(kept)]
    return judge(network, kept.layout, images, kept.reading, Options()).classes


@pytest.mark.parametrize("design", DESIGNS)
@tries(max_examples=12)
@given(chosen=several)
def test_judging_by_the_read_out_is_judging_everything(design, chosen):
    kept, digits = kept_of(design), bundled_digits()
    networks, hidden = kept.network.hidden_biases.shape
    operations = Operations()
    for network, neuron, each in chosen:
        operations = operations.put(network % networks, neuron % hidden, each)
    expected = slowly(kept, operated(kept.network, operations, kept.means), digits)
    found = kept.judge(operations)
    np.testing.assert_array_equal(found, expected)
    assert kept.accuracy_of(found) == np.mean(expected == kept.labels)


@pytest.mark.parametrize("design", DESIGNS)
@tries(max_examples=10)
@given(neuron=st.integers(0, 500), network=st.integers(0, 500))
def test_what_is_lost_without_a_neuron_is_what_is_lost_when_its_activity_is_its_mean(
    design, neuron, network
):
    kept, digits = kept_of(design), bundled_digits()
    networks, hidden = kept.network.hidden_biases.shape
    place = network % networks, neuron % hidden
    activity = hidden_activity(kept.network, as_inputs(digits.test_images[: len(kept)]))
    activity[(slice(None), *place)] = activity[(slice(None), *place)].mean()
    evidence = Evidence(kept.network, kept.layout, activity)
    answers = READINGS[kept.reading].read(evidence, Options()).classes
    before = np.mean(slowly(kept, kept.network, digits) == kept.labels)
    assert at_once(kept.lost_without(place)) == pytest.approx(
        before - np.mean(answers == kept.labels)
    )


@pytest.mark.parametrize("design", ["ten-outputs", "all-pairs"])
def test_activity_that_is_too_much_to_keep_is_worked_out_again(design, monkeypatch):
    kept, digits = kept_of(design), bundled_digits()
    monkeypatch.setattr(kept_activity, "MOST_KEPT", 0)
    lean = filled(kept.subject, digits)
    operations = Operations().change(0, 1, held=True).change(0, 2, shift=2, scale=3)
    np.testing.assert_array_equal(lean.judge(operations), kept.judge(operations))
    np.testing.assert_allclose(lean.activity_of((0, 3)), kept.activity_of((0, 3)), atol=1e-6)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_the_outputs_hear_what_an_operation_says(activation, digits):
    settings = Settings(activation=activation)
    network = initial_network(settings, 784, 10)
    inputs = as_inputs(digits.test_images[:50])
    activity = hidden_activity(network, inputs)
    means = activity.mean(axis=0).astype(np.float64)
    shifted = replace(network, hidden_biases=network.hidden_biases + np.float32(1.5))
    heard = {
        Operation(off=True): 0 * activity[:, 0, 4],
        Operation(scale=-2): -2 * activity[:, 0, 4],
        Operation(held=True, shift=1.5): means[0, 4] + 0 * activity[:, 0, 4],
        Operation(held=True, scale=0.5): means[0, 4] / 2 + 0 * activity[:, 0, 4],
        Operation(shift=1.5): hidden_activity(shifted, inputs)[:, 0, 4],
        Operation(shift=1.5, scale=3): 3 * hidden_activity(shifted, inputs)[:, 0, 4],
        Operation(held=True, off=True): 0 * activity[:, 0, 4],
    }
    for each, expected in heard.items():
        changed = activity.copy()
        changed[:, 0, 4] = expected
        other = operated(network, Operations().put(0, 4, each), means)
        found = outputs_of(other, hidden_activity(other, inputs))
        np.testing.assert_allclose(found, outputs_of(network, changed), atol=1e-5)


def test_the_network_itself_stays_as_it_is():
    kept = kept_of("one-vs-rest")
    before = {name: array.copy() for name, array in kept.network.arrays().items()}
    operations = Operations().change(3, 4, off=True, shift=1.0).change(1, 0, held=True)
    other = operated(kept.network, operations, kept.means)
    kept.judge(operations)
    for name, array in kept.network.arrays().items():
        np.testing.assert_array_equal(array, before[name])
    np.testing.assert_array_equal(other.hidden_weights, kept.network.hidden_weights)
    changed = np.argwhere(other.output_weights != kept.network.output_weights)
    assert changed.tolist() == [[1, 0], [3, 4]]
    assert operated(kept.network, Operations(), kept.means) is kept.network


def test_operations_are_a_value():
    one = Operations().change(0, 3, off=True).change(0, 1, scale=2.0)
    other = Operations().change(0, 1, scale=2.0).change(0, 3, off=True)
    assert one == other
    assert hash(one) == hash(other)
    assert one.at(0, 3) == Operation(off=True)
    assert one.at(0, 0) == UNCHANGED
    assert not one.change(0, 3, off=False).change(0, 1, scale=1.0)
    assert one.put(0, 3, HELD).at(0, 3) == HELD


@pytest.mark.parametrize(
    "values", [{"scale": 2 * MOST_SCALE}, {"scale": float("nan")}, {"shift": float("inf")}]
)
def test_impossible_values_are_refused(values):
    with pytest.raises(OperationError, match="not "):
        Operation(**values)


def test_neurons_that_a_network_lacks_are_passed_over():
    kept = kept_of("ten-outputs")
    operations = Operations().change(7, 0, off=True).change(0, 999, held=True)
    np.testing.assert_array_equal(kept.judge(operations), kept.judge(Operations()))


def test_kept_means_are_means():
    kept, digits = kept_of("ten-outputs"), bundled_digits()
    activity = hidden_activity(kept.network, as_inputs(digits.test_images[: len(kept)]))[:, 0]
    np.testing.assert_allclose(kept.means[0], activity.mean(axis=0), atol=1e-5)
    for label in range(10):
        expected = activity[kept.labels == label].mean(axis=0)
        np.testing.assert_allclose(kept.class_means[0, :, label], expected, atol=1e-5)


def test_a_kept_network_is_known_again():
    kept = kept_of("ten-outputs")
    subject, network = kept.subject, kept.network
    same = replace(network, hidden_biases=network.hidden_biases.copy())
    other = replace(network, hidden_biases=network.hidden_biases + np.float32(1e-3))
    assert kept.is_of(replace(subject, network=same), kept.labels)
    assert not kept.is_of(replace(subject, network=other), kept.labels)
    assert not kept.is_of(replace(subject, reading="votes"), kept.labels)
    assert not kept.is_of(replace(subject, options=Options(drop=2)), kept.labels)
    assert not kept.is_of(subject, kept.labels.copy())
