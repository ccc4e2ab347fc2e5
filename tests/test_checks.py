"""Learning that goes wrong is told: of runs that have each fault, and of none that has not."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nnviz.data.digits import bundled_digits
from nnviz.networks.curves import Point
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load
from nnviz.networks.network import Network, as_inputs, hidden_activity, initial_network, outputs_of
from nnviz.networks.settings import ACTIVATIONS, INITIAL_WEIGHTS, SETTINGS, Settings
from nnviz.paths import TRAINED
from nnviz.questions.checks.checkup import CheckedUp, CheckUp, as_shown, share_of_start
from nnviz.questions.checks.course import Course, cost_of_nothing
from nnviz.questions.checks.table import CHECKS, findings
from nnviz.questions.checks.trying import DIGITS
from nnviz.questions.piecemeal import at_once
from nnviz.questions.question import Subject
from nnviz.session.checks import findings_of
from tests.checks.going import WRONG, Wrong, going, settings_of
from tests.program import ROOT, ran_here
from tests.sessions import begun, learned, until

BUNDLED = bundled_digits()
NAMES = BUNDLED.class_names


def keys(course: Course) -> list[str]:
    return [each.key for each in findings(course)]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: f"{wrong.key}-{wrong.changes}")
def test_a_run_that_goes_wrong_is_told_so_and_what_to_try(wrong: Wrong) -> None:
    settings = settings_of(wrong.preset, **wrong.changes)
    *_, (_, found) = going(settings, BUNDLED, wrong.epochs)
    (finding,) = [each for each in found if each.key == wrong.key]
    assert finding.in_a_line.endswith(f"Try {finding.tried.option}.")


@pytest.mark.parametrize("design", [name for name in DESIGNS if name != "elimination"])
def test_a_run_that_goes_well_is_told_nothing(design: str) -> None:
    settings = settings_of("standard", design=design, hidden=8)
    assert [found for _, found in going(settings, BUNDLED, 1) if found] == []


def by_hand(network: Network, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """-> activity (images, networks, hidden), outputs (images, outputs)"""
    activity = hidden_activity(network, as_inputs(BUNDLED.train_images[numbers]))
    return activity, outputs_of(network, activity)


def looked(network: Network, settings: Settings) -> CheckedUp:
    question = CheckUp(Subject(network, settings, examples=4000), settings)
    return at_once(question.work(BUNDLED, {}))


def test_what_is_looked_at_is_what_the_network_does() -> None:
    settings = Settings(cost="quadratic", initial="normal", hidden=12)
    network = initial_network(settings, BUNDLED.inputs, BUNDLED.classes)
    biases = network.output_biases.copy()
    biases[[2, 5]] = -300  # no digit brings these near anything
    biases[7] = 300
    dead = network.hidden_biases.copy()
    dead[0, [1, 4]], dead[0, 9] = 1000, -1000
    network = replace(network, output_biases=biases, hidden_biases=dead)
    found = looked(network, settings)
    numbers = np.arange(500) * 8
    activity, outputs = by_hand(network, numbers)
    ends = (activity > 0.99).all(axis=(0, 1)) | (activity < 0.01).all(axis=(0, 1))
    assert (found.digits, found.asleep, found.neurons) == (500, ends.sum(), 12)
    assert found.near_zero == np.mean(outputs.max(axis=1) < found.faint)
    assert {2, 5} <= set(found.never)
    assert 7 in found.always
    assert found.start == pytest.approx(1.0)
    labels = BUNDLED.train_labels[numbers]
    for output in range(10):
        own = outputs[labels == output, output].max()
        assert (output in found.never) == (own < 0.05)


def test_all_digits_are_looked_at_only_where_few_leave_a_doubt() -> None:
    trained = load(TRAINED / "ten-outputs.safetensors")
    found = looked(trained.network, trained.settings)
    assert (found.digits, found.near_zero, found.never, found.always) == (63, 0, (), ())
    assert found.asleep == 0
    # a neuron that fires for a digit which is not among the few
    pixels = BUNDLED.train_images / 255.0
    alike = pixels @ pixels[8] / np.linalg.norm(pixels[8])
    others = alike[::64].max()
    assert others < alike[8]
    weights, biases = trained.network.hidden_weights.copy(), trained.network.hidden_biases.copy()
    weights[0, 3] = 1000 * pixels[8] / np.linalg.norm(pixels[8])
    biases[0, 3] = -500 * (others + alike[8])
    network = replace(trained.network, hidden_weights=weights, hidden_biases=biases)
    found = looked(network, trained.settings)
    assert (found.digits, found.asleep) == (500, 0)


def test_of_an_ensemble_each_network_counts_and_of_bits_each_bit() -> None:
    settings = Settings().change(design="plain-ensemble", members=3, hidden=4)
    network = initial_network(settings, BUNDLED.inputs, BUNDLED.classes)
    biases = network.hidden_biases.copy()
    biases[2, 1] = 1000
    found = looked(replace(network, hidden_biases=biases), settings)
    assert (found.asleep, found.neurons, found.networks_asleep) == (1, 12, 1)
    bits = Settings().change(design="four-bits")
    network = initial_network(bits, BUNDLED.inputs, BUNDLED.classes)
    biases = network.output_biases.copy()
    biases[1] = -100
    found = looked(replace(network, output_biases=biases), bits)
    assert found.never == (1,)
    (told,) = [f for f in findings(course(bits, found)) if f.key == "output-never-fires"]
    assert told.title == "Output bit 4 never fires"


def course(settings: Settings, found: CheckedUp | None = None, **changes: Any) -> Course:
    points = changes.pop("points", (Point(0, 3.0, 3.0, 0.1, 0.1), Point(4000, 0.5, 0.5, 0.9, 0.9)))
    return replace(Course(settings, NAMES, "bundled", 4000, 1000, points, found), **changes)


def test_of_pairs_it_is_said_which_two() -> None:
    pairs = Settings().change(design="all-pairs")
    found = CheckedUp(4000, 500, 45, 0.05, 0, (0,), 0.01, (44,), 0.99, 360, 0, 0, 0.0)
    (told,) = findings(course(pairs, found))
    assert told.title == "Always the same answer: 0 or 1 and 8 or 9"


def test_the_start_is_found_again_in_weights_that_were_added_to_it() -> None:
    first = initial_network(Settings(initial="normal"), 784, 10)
    noise = np.random.default_rng(5).standard_normal(first.hidden_weights.shape)
    added = (first.hidden_weights + noise).astype(np.float32)
    share = share_of_start(
        replace(first, hidden_weights=added), as_shown(first, BUNDLED.inked), BUNDLED.inked
    )
    assert share == pytest.approx(0.5, abs=0.03)  # two variances as large


def test_knowing_nothing_costs_what_means_cost() -> None:
    ten, bits = Settings(), Settings().change(design="four-bits", cost="quadratic")
    assert cost_of_nothing(course(ten).layout, "softmax") == pytest.approx(np.log(10))
    ones = (course(bits).layout.table > 0).mean(axis=1)
    expected = 0.5 * (ones * (1 - ones)).sum()
    assert cost_of_nothing(course(bits).layout, "quadratic") == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("last", [float("nan"), float("inf"), 4.6])
def test_a_cost_that_grows_says_so_and_nothing_else(last: float) -> None:
    points = Point(0, 3.0, 3.0, 0.1, 0.1), Point(4000, last, last, 0.1, 0.1)
    assert keys(course(Settings(), points=points)) == ["diverged"]
    assert "nan" not in findings(course(Settings(), points=points))[0].title


def test_few_digits_are_told_only_of_what_chance_does_not_make() -> None:
    def gap(taught: float, tested: float, *counted: int) -> list[str]:
        return keys(course(Settings(), points=(Point(4000, 0.1, 0.1, taught, tested, *counted),)))

    assert gap(0.99, 0.93) == ["few-digits"]
    assert gap(0.96, 0.93) == []
    assert gap(0.80, 0.72, 100, 100) == []  # a difference of 1.3 standard errors
    own = course(Settings(), points=(Point(4000, 0.1, 0.1, 1.0, 0.5),), tested=0)
    assert keys(own) == []  # test digits of another kind


@settings(max_examples=25)
@given(
    design=st.sampled_from(tuple(DESIGNS)),
    rate=st.floats(0.0001, 100),
    batch=st.integers(1, 1000),
    decay=st.sampled_from([0.0, 0.5, 300.0]),
    initial=st.sampled_from(tuple(INITIAL_WEIGHTS)),
    activation=st.sampled_from(tuple(ACTIVATIONS)),
    images=st.sampled_from([0, 100]),
    data=st.sampled_from(["bundled", "MNIST"]),
)
def test_what_is_to_be_tried_is_another_value_that_can_be_had(
    design: str, images: int, data: str, **changes: Any
) -> None:
    start = Settings().change(design=design)
    chosen = start.change(images=images, **changes)
    assume(chosen.rate > SETTINGS["rate"].low)
    looked_at = course(chosen, data=data, taught=images or 4000)
    for check in CHECKS.values():
        tried = check.tried(looked_at)
        assert tried.label
        assert tried.why
        if tried.setting != DIGITS:
            assert chosen.change(**{tried.setting: tried.value}) != chosen


# ---- where they are said -------------------------------------------------------------


def test_the_command_says_each_once_and_names_those_that_hold(tmp_path: Path) -> None:
    done = ran_here("train", "--preset", "book", "--rate", "100", "--epochs", "2", "--json")
    told = [json.loads(line)["checks"] for line in done.out.splitlines()]
    assert [each[0] for each in told] == ["outputs-near-zero"] * 2
    assert done.err.count("All outputs stay near 0") == 1
    assert "Try --rate 3." in done.err
    done = ran_here("train", "--epochs", "1", "--json")
    assert (json.loads(done.out)["checks"], done.err) == ([], "")


def test_the_command_looks_again_when_a_run_has_seen_twice_as_much() -> None:
    done = ran_here("train", "--preset", "book", "--images", "2000", "--epochs", "4", "--json")
    noise = ["weights-noise" in json.loads(line)["checks"] for line in done.out.splitlines()]
    assert noise == [False, True, True, True]


def test_the_command_names_a_run_that_diverges() -> None:
    done = ran_here("train", "--rate", "10", "--decay", "1000", "--epochs", "1", "--json")
    assert done.status == 1
    assert json.loads(done.out) | {"seconds": 0} == {
        "epoch": json.loads(done.out)["epoch"],
        "examples": json.loads(done.out)["examples"],
        "cost": None,
        "train_accuracy": None,
        "test_accuracy": None,
        "seconds": 0,
        "checks": ["diverged"],
    }
    assert done.err.endswith("beyond all bounds. Try --decay 0.\n")


def test_the_help_has_a_row_for_each_key() -> None:
    text = (ROOT / "resources" / "help" / "runs.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert [row.split(" | ")[:2] for row in rows][: len(CHECKS)] == [
        [f"| `{key}`", check.help] for key, check in CHECKS.items()
    ]


def test_a_session_knows_it_of_a_run_and_of_a_moment_of_its_film() -> None:
    wrong = settings_of("book", rate=100.0, images=400, epochs=1)
    session = begun(wrong)
    session.runs.run()
    until(session, lambda state: not state.running and state.work.position.epoch == 1)
    learned(session, "batch")
    question = CheckUp(session.state.work.asked(), session.state.settings)
    until(session, lambda _: session.answers.get(question) is not None)
    assert "outputs-near-zero" in [each.key for each in findings_of(session.state)]
    session.change(moment=0)
    assert findings_of(session.state) == ()  # it had learned nothing then


def test_what_is_tried_begins_anew_learns_nothing_and_can_be_undone() -> None:
    session = begun(settings_of("book", rate=100.0, images=400, epochs=0))
    before = learned(session, "batch", 3)
    session.controls.try_out(rate=3.0)
    work = session.state.work
    assert (work.settings.rate, work.position.steps, session.state.running) == (3.0, 0, False)
    session.undo()
    assert session.state.work.network is before.network
    assert session.state.work.settings.rate == 100.0


def test_beside_the_network_of_a_file_what_is_tried_is_another_one() -> None:
    session = begun()
    session.files.open(TRAINED / "ten-outputs.safetensors")
    file = session.state.work
    session.controls.try_out(rate=0.5)
    assert session.state.work.settings == file.judged_by.change(rate=0.5, speed=0)
    assert file.network in [work.network for work in session.state.shelf]


def test_a_run_that_diverged_says_so_until_it_goes_on() -> None:
    session = begun(Settings(images=400, epochs=0, rate=10.0, decay=1000.0))
    session.runs.run()
    state = until(session, lambda state: state.work.diverged)
    assert not state.running
    assert "beyond all bounds" in state.notice.sentence
    assert [each.key for each in findings_of(state)] == ["diverged"]
    session.controls.try_out(rate=0.1)
    assert not session.state.work.diverged
