"""What learns a run: the table, what it names, and what happens where that is missing."""

import dataclasses

import numpy as np
import pytest

from nnviz.data.digits import DigitSet
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load, save
from nnviz.networks.learned_by import BEFORE, COMPILED, TORCH, LearnedBy, and_then, of_this_machine
from nnviz.networks.network import initial_network
from nnviz.networks.settings import ACTIVATIONS, BALANCES, Settings
from nnviz.networks.settings_line import as_line, from_line
from nnviz.training.engines import EngineMissing, state_of
from nnviz.training.table import TABLE, Kernels, Kind, best_engine, kind_of, would_learn
from nnviz.training.trainer import Trainer
from tests.learning.kernels import kinds_of_arguments
from tests.learning.runs import bits, learn, new_trainer, taken_up
from tests.program import records

INK_OF_DIGITS = 0.19
KINDS = [
    (design, cost, trunk)
    for design, entry in DESIGNS.items()
    for cost in entry.costs
    for trunk in entry.trunks
]
COMBINATIONS = [
    (*kind, activation, bool(row % 2))
    for row, kind in enumerate(KINDS)
    for activation in ACTIVATIONS
]


def settings_of(design: str, cost: str, trunk: str, **more: object) -> Settings:
    return Settings().change(design=design, cost=cost, trunk=trunk).change(hidden=9, **more)


def begun(settings: Settings, digits: DigitSet) -> Trainer:
    """A run at its start, on the trunk of a ten-output network where it is frozen."""
    trunk = Settings(hidden=settings.hidden, activation=settings.activation)
    copied = initial_network(trunk, digits.inputs, digits.classes)
    network = initial_network(settings, digits.inputs, digits.classes, copied)
    return Trainer(settings, digits, network, sample=1)


# ---- the table -----------------------------------------------------------------------


@pytest.mark.parametrize(("design", "cost", "trunk"), KINDS)
def test_digits_are_learned_by_the_compiled_engine_whatever_the_design(design, cost, trunk):
    assert best_engine(settings_of(design, cost, trunk), 10, INK_OF_DIGITS) == COMPILED


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_in_the_table_without_limits(kind):
    assert any(row.fits(Settings(hidden=1), kind, 1.0) for row in TABLE)


@pytest.mark.parametrize(
    ("hidden", "ink", "engine"),
    [(8, INK_OF_DIGITS, COMPILED), (8, 0.5, TORCH), (30, 0.5, COMPILED), (8, 1.0, TORCH)],
)
def test_many_narrow_networks_on_images_full_of_ink_are_learned_by_torch(hidden, ink, engine):
    together = Settings().change(design="one-vs-rest", hidden=hidden)
    assert best_engine(together, 10, ink) == engine
    assert best_engine(Settings(hidden=hidden), 10, ink) == COMPILED


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, Kind.ALONE),
        ({"design": "four-bits"}, Kind.ALONE),
        ({"design": "all-pairs", "trunk": "scratch"}, Kind.ALONE),
        ({"design": "plain-ensemble"}, Kind.TOGETHER),
        ({"design": "one-vs-rest"}, Kind.TOGETHER),
        ({"design": "elimination", "trunk": "scratch"}, Kind.SUBSETS),
        ({"design": "elimination", "trunk": "frozen"}, Kind.READ_OUT),
    ],
)
def test_what_learns_in_a_run_is_known_by_its_layout(changes, kind):
    assert kind_of(Settings().change(**changes), 10) is kind


@pytest.mark.parametrize("balance", BALANCES)
def test_networks_with_digits_of_their_own_are_each_alone(balance):
    settings = Settings().change(design="one-vs-rest", balance=balance)
    assert kind_of(settings, 10) is (Kind.TOGETHER if balance == "all" else Kind.ALONE)


def test_the_ink_of_a_set_is_that_of_its_first_training_digits(digits):
    assert digits.ink == np.mean(digits.train_images[:1000] > 0)
    assert digits.to_look_at().ink == digits.ink == pytest.approx(INK_OF_DIGITS, abs=0.01)


@pytest.mark.parametrize(
    ("device", "kernels", "expected"),
    [
        ("cpu", True, LearnedBy(COMPILED)),
        ("cpu", False, LearnedBy(TORCH)),
        ("cuda", True, LearnedBy(TORCH, device="cuda")),
    ],
)
def test_what_would_learn_now_depends_on_device_and_machine(device, kernels, expected):
    found = would_learn(Settings(device=device), 10, INK_OF_DIGITS, kernels)
    assert dataclasses.replace(found, version="") == expected
    assert found == of_this_machine(found.engine, device)
    assert found.version


# ---- what the table names is what learns ---------------------------------------------


@pytest.mark.parametrize(("design", "cost", "trunk", "activation", "nonnegative"), COMBINATIONS)
def test_what_the_table_gives_to_the_compiled_engine_is_learned_by_kernels_that_are_there(
    few, design, cost, trunk, activation, nonnegative
):
    for kernels in Kernels:
        state_of(COMPILED, kernels)  # ready, as a training process is
    ready = kinds_of_arguments()
    settings = settings_of(design, cost, trunk, activation=activation, nonnegative=nonnegative)
    # arrays as they may come: read-only, and of every second digit
    apart = dataclasses.replace(
        few, train_images=few.train_images[::2], train_labels=few.train_labels[::2]
    )
    apart.train_images.flags.writeable = False
    trainer = begun(settings.change(batch=32, decay=1.0), apart)
    learn(trainer, 3)
    learn(begun(settings.change(batch=20), few), 3)
    assert trainer.learned_by == (of_this_machine(COMPILED),)
    assert trainer.notes == ""
    assert kinds_of_arguments() == ready
    assert bits(trainer.network()) != bits(begun(settings, few).network())


def test_a_run_goes_on_with_the_engine_that_it_began_with(few):
    began = new_trainer(Settings(), few, learned_by=BEFORE)
    assert began.learned_by == BEFORE
    with_torch = learn(began, 20)
    assert with_torch.learned_by == (*BEFORE, of_this_machine(TORCH))
    # taken up in the middle, it is the same run bit for bit, and no other than with torch alone
    half = learn(new_trainer(Settings(), few, learned_by=BEFORE), 7)
    again = learn(taken_up(half, learned_by=half.learned_by), 20)
    assert again.learned_by == with_torch.learned_by
    assert bits(again.network()) == bits(with_torch.network())
    assert bits(again.network()) != bits(learn(new_trainer(Settings(), few), 20).network())


@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_a_device_that_is_not_there_is_refused_in_one_sentence(few, device):
    with pytest.raises(EngineMissing) as refused:
        new_trainer(Settings(device=device), few)
    assert f"no device {device} here" in str(refused.value)
    assert str(refused.value).endswith(".")


# ---- what is kept of it --------------------------------------------------------------


def test_another_engine_is_added_to_those_that_learned_before():
    one, other = LearnedBy(COMPILED, "1.0"), LearnedBy(COMPILED, "2.0")
    assert and_then((), one) == and_then((one,), one) == (one,)
    assert and_then((one,), other) == (one, other)


def test_a_line_tells_what_learned_and_asks_for_nothing():
    learned = (LearnedBy(COMPILED, "0.68.1"), LearnedBy(TORCH, "2.13.0", "cuda"))
    line = as_line(Settings(device="cuda"), "mnist", learned)
    assert "engine=numba-0.68.1 engine=torch-2.13.0@cuda" in line
    assert "device=cuda" in line
    assert from_line(line) == (Settings(device="cuda"), "mnist")
    assert "device" not in as_line(Settings(), "mnist")


def test_a_file_says_what_learned_it_and_one_of_before_that_it_was_torch(path, few):
    done = records("train", "--images", "100", "--epochs", "1", "--out", str(path))
    assert len(done) == 1
    trained = load(path)
    assert trained.learned_by == (of_this_machine(COMPILED),)
    begun_only = dataclasses.replace(trained, learned_by=())
    save(begun_only, path)
    assert load(path).learned_by == ()
