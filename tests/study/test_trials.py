"""One trial of three-layer networks: what learns, from what, how long, and what it answers."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from nnviz.data.handed import digest_of
from nnviz.networks.files import load
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import as_inputs, initial_network
from nnviz.networks.settings import Settings
from nnviz.study.learning import Progress, teach, with_starts
from nnviz.study.made import evidence_in_numpy
from nnviz.study.plan import Learning, SchemeEntry, Study, StudyDigits
from nnviz.study.rows import Place
from nnviz.study.three_layer import ThreeLayers, side_by_side
from nnviz.study.trials import Cancelled, Task, run_trial
from nnviz.study.worker import work
from nnviz.training.trainer import Trainer
from nnviz.verdicts.answers import Options
from nnviz.verdicts.readings import READINGS
from tests.study.tiny_studies import FIRST, images_of, networks_of, outcomes_of, part_of, study_of

ONE = study_of()


@pytest.fixture(scope="module")
def networks(tmp_path_factory):
    """Name of the scheme -> its networks in the first trial."""
    return networks_of(ONE, tmp_path_factory.mktemp("networks"))


@pytest.fixture(scope="module")
def outcomes():
    return outcomes_of(ONE)


def learned_by_a_run(trained, trunk=None):
    """What a run of the window makes of the same settings and digits in as many steps."""
    digits, settings = part_of(ONE), trained.settings
    start = initial_network(settings, digits.inputs, digits.classes, trunk)
    trainer = Trainer(settings, digits, start)
    while trainer.position.steps < trained.position.steps:
        trainer.advance(trained.position.steps)
    assert trainer.position == replace(trained.position, seconds=trainer.position.seconds)
    return trainer.network()


@pytest.mark.parametrize(
    "name", ["usual", "rest", "sampled", "pairs", "bits", "code", "head", "pair heads", "set heads"]
)
def test_networks_learn_what_a_run_of_the_window_learns(networks, name) -> None:
    trained = networks[name]
    frozen = trained.settings.trunk == "frozen"
    same = learned_by_a_run(trained, networks["usual"].network if frozen else None)
    for array, other in zip(
        trained.network.weights().values(), same.weights().values(), strict=True
    ):
        assert np.array_equal(array, other)


def test_fine_tuned_networks_begin_with_the_hidden_layer_of_the_base_network() -> None:
    study = study_of(SchemeEntry("pairs", "all-pairs", trunk="fine-tuned"))
    models = ThreeLayers(study, part_of(study), 1)
    (pairs,) = models.models(study.schemes[0])
    learned = teach([replace(pairs, steps=0)], part_of(study), Progress(lambda _: None, 1))
    start = learned[replace(pairs, steps=0)].weights
    base = learned[pairs.start].weights
    assert start.networks == 6
    assert (start.hidden_weights == base.hidden_weights).all()
    assert not np.array_equal(base.hidden_weights, initial_network(pairs.start.settings, 784, 4))


# ---- what they answer, worked out once more by hand ----------------------------------


def said(network, member, outputs, image):
    """The weighted sums of some outputs of one of the networks, for one image."""
    inputs = image / 255
    sums = network.hidden_weights[member].astype(float) @ inputs + network.hidden_biases[member]
    fired = 1 / (1 + np.exp(-sums))
    return network.output_weights[outputs].astype(float) @ fired + network.output_biases[outputs]


def of_sigmoid(sums):
    return 1 / (1 + np.exp(-sums))


def of_softmax(sums):
    return np.exp(sums) / np.exp(sums).sum()


def answer_of_usual(network, image):
    return int(said(network, 0, slice(0, 4), image).argmax())


def answer_of_rest(network, image):
    return int(np.argmax([said(network, each, slice(each, each + 1), image) for each in range(4)]))


def answer_of_pairs(network, image):
    sums = np.zeros(4)
    for number, (first, second) in enumerate(combinations(range(4), 2)):
        member = number if network.networks > 1 else 0
        wins = of_sigmoid(said(network, member, slice(number, number + 1), image))[0]
        sums[first] += wins
        sums[second] += 1 - wins
    return int(sums.argmax())


def answer_of_sets(network, image):
    left = (0, 1, 2, 3)
    sets = [each for size in (2, 3, 4) for each in combinations(range(4), size)]
    while len(left) > 1:
        group = sets.index(left)
        outputs = np.flatnonzero(network.output_groups == group)
        shares = of_softmax(said(network, group if network.networks > 1 else 0, outputs, image))
        left = tuple(each for each, share in zip(left, shares, strict=True) if share > shares.min())
    return left[0]


def answer_of_bits(network, image):
    bits = of_sigmoid(said(network, 0, slice(0, 4), image))
    words = [[0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0], [0, 0, 1, 1]]
    return int(np.argmin([np.sum((bits - word) ** 2) for word in words]))


def answer_of_members(network, image):
    each = [of_softmax(said(network, k, slice(4 * k, 4 * k + 4), image)) for k in range(3)]
    return int(np.mean(each, axis=0).argmax())


BY_HAND = {
    "usual": answer_of_usual,
    "again": answer_of_usual,
    "head": answer_of_usual,
    "rest": answer_of_rest,
    "weighted": answer_of_rest,
    "sampled": answer_of_rest,
    "pairs": answer_of_pairs,
    "pair heads": answer_of_pairs,
    "sets": answer_of_sets,
    "tuned sets": answer_of_sets,
    "set heads": answer_of_sets,
    "bits": answer_of_bits,
    "members": answer_of_members,
}


@pytest.mark.parametrize("name", BY_HAND)
def test_answers_are_those_that_the_weights_give(networks, outcomes, name) -> None:
    digits, found = part_of(ONE), outcomes[name]
    network = networks[name].network
    answers = [BY_HAND[name](network, image) for image in digits.test_images]
    right = np.array(answers) == digits.test_labels
    assert found.right_images.tolist() == right.tolist()
    assert found.accuracy == right.mean()
    assert found.tested == (5, 5, 5, 5)
    wrong = [int((~right[digits.test_labels == each]).sum()) for each in range(4)]
    assert list(found.errors) == wrong
    assert found.parameters == sum(each.size for each in network.weights().values())


def test_they_answer_better_than_chance(outcomes) -> None:
    """So that what is compared above are not all the same answers."""
    assert all(0.4 < each.accuracy < 1 for name, each in outcomes.items() if name != "pair heads")
    assert len({each.right for each in outcomes.values()}) > 5


def test_heads_that_did_not_learn_anew_change_no_answer(networks) -> None:
    """Restricted to some classes, the shares of a softmax keep their order."""
    digits, base = part_of(ONE), networks["usual"]
    layout = layout_of(Settings().change(design="elimination", trunk="separate"), 4)
    own = [np.flatnonzero(layout.table[layout.networks == k].max(axis=0) > 0) for k in range(11)]
    alone = [
        replace(
            base.network,
            output_weights=base.network.output_weights[classes],
            output_biases=base.network.output_biases[classes],
        )
        for classes in own
    ]
    network = side_by_side(alone, layout)
    evidence = evidence_in_numpy(network, layout)(digits.test_images, slice(0, 20), lambda: None)
    usual = [answer_of_usual(base.network, image) for image in digits.test_images]
    for reading in ("walk", "summed", "votes", "duels", "best-match"):
        assert READINGS[reading].read(evidence, Options()).classes.tolist() == usual


# ---- how long they learn -------------------------------------------------------------


@pytest.mark.parametrize(
    ("learning", "base", "others"),
    [
        # 12 images of four classes: 3 steps an epoch of all, 2 of two classes, 2 of three
        (Learning(epochs=4, batch=5), 12, 6 * 4 * 2 + 4 * 4 * 2 + 4 * 3),
        (Learning(epochs=4, batch=5, matched="updates"), 12, 11 * 12),
        (Learning(epochs=4, batch=5, least_updates=14), 15, 6 * 5 * 2 + 4 * 5 * 2 + 5 * 3),
        (
            Learning(epochs=4, batch=5, matched="as-published", sub_epochs=7, sub_batch=4),
            12,
            6 * 7 * 2 + 4 * 7 * 3 + 7 * 3,
        ),
    ],
)
def test_models_take_as_many_steps_as_they_should(learning, base, others) -> None:
    schemes = (SchemeEntry("usual", "ten-outputs"), SchemeEntry("sets", "elimination"))
    found = outcomes_of(study_of(*schemes, learning=learning))
    assert (found["usual"].updates, found["usual"].sub_updates, found["usual"].models) == (
        base,
        0,
        1,
    )
    assert (found["sets"].updates, found["sets"].sub_updates, found["sets"].models) == (
        0,
        others,
        11,
    )


def test_a_model_that_two_schemes_want_learns_once() -> None:
    """Matched by epochs the set of all classes and the first member are the base network."""
    schemes = (
        SchemeEntry("usual", "ten-outputs"),
        SchemeEntry("sets", "elimination"),
        SchemeEntry("members", "plain-ensemble", members=2),
        SchemeEntry("heads", "elimination", trunk="frozen"),
    )
    study = study_of(*schemes, learning=Learning(epochs=2, batch=5))
    models = ThreeLayers(study, part_of(study), 1)
    wanted = [each for entry in schemes for each in models.models(entry)]
    assert len(wanted) == 1 + 11 + 2 + 1
    assert len(with_starts(wanted)) == 11 + 1 + 1
    published = replace(study, learning=Learning(epochs=2, batch=5, matched="as-published"))
    models = ThreeLayers(published, part_of(published), 1)
    wanted = [each for entry in schemes for each in models.models(entry)]
    assert len(with_starts(wanted)) == 1 + 11 + 1 + 1


def test_equal_parameters_are_nearly_equal() -> None:
    first = SchemeEntry("usual", "ten-outputs", hidden=20)
    study = study_of(
        first,
        SchemeEntry("rest", "one-vs-rest", equal_parameters=True),
        SchemeEntry("sets", "elimination", equal_parameters=True),
        learning=Learning(epochs=1),
    )
    found = outcomes_of(study)
    assert found["rest"].parameters == pytest.approx(found["usual"].parameters, rel=0.02)
    assert found["sets"].parameters == pytest.approx(found["usual"].parameters, rel=0.15)


# ---- chance --------------------------------------------------------------------------


def test_a_scheme_reaches_the_same_alone_and_after_other_trials(outcomes) -> None:
    outcomes_of(ONE, Place(1, 2))
    for entry in reversed(ONE.schemes):
        assert outcomes_of(study_of(entry))[entry.name] == outcomes[entry.name]


def test_all_schemes_of_a_trial_learn_from_the_images_of_its_row(tmp_path) -> None:
    row = run_trial(Task(ONE, Place(1, 2)), images_of(ONE))
    digits = part_of(ONE, Place(1, 2))
    train = digest_of(digits.train_images, digits.train_labels)
    assert row.digest == f"{train}-{digest_of(digits.test_images, digits.test_labels)}"
    assert (row.condition, row.trial, row.learned) == ("n6", 2, 24)
    assert row.engine.startswith("numba")
    assert row.processor
    assert row.versions.keys() >= {"nnviz", "python", "numpy", "numba"}
    for trained in networks_of(ONE, tmp_path, Place(1, 2)).values():
        assert trained.handed.data == digest_of(digits.train_images, digits.train_labels)


def test_another_trial_is_another(outcomes) -> None:
    other = outcomes_of(ONE, Place(0, 2))
    alike = [name for name in other if other[name].right == outcomes[name].right]
    assert len(alike) < len(other) / 2


# ---- on the way ----------------------------------------------------------------------


def test_it_tells_how_far_it_is_and_ends_when_it_is_told_to() -> None:
    parts: list[float] = []
    run_trial(Task(ONE, FIRST), images_of(ONE), parts.append)
    assert parts == sorted(parts)
    assert parts[0] == 0
    assert parts[-1] == 1
    assert len(set(parts)) > 10
    middle: list[float] = []

    def until_the_middle(part: float) -> None:
        middle.append(part)
        if part > 0.3:
            raise Cancelled

    with pytest.raises(Cancelled):
        run_trial(Task(ONE, FIRST), images_of(ONE), until_the_middle)
    assert middle == parts[: len(middle)]


def test_walks_that_ask_fewer_heads_say_what_they_save() -> None:
    study = study_of(
        SchemeEntry("whole", "elimination", trunk="frozen"),
        SchemeEntry("below", "elimination", trunk="frozen", below=0.4),
        SchemeEntry("two", "elimination", drop=2),
    )
    found = outcomes_of(study)
    whole, below, two = (found[name].figures for name in ("whole", "below", "two"))
    assert whole.keys() == {"heads", "overruled"}
    assert whole["heads"] == 3
    assert below["heads"] < 3
    hidden = 784 * 5
    assert found["whole"].multiply_adds == hidden + 5 * (4 + 3 + 2)
    assert below["saved"] == pytest.approx(
        1 - found["below"].multiply_adds / found["whole"].multiply_adds
    )
    assert two["heads"] == 2
    assert found["two"].multiply_adds == 2 * hidden + 5 * (4 + 2)
    assert two["saved"] == pytest.approx(1 - (2 * hidden + 30) / (3 * hidden + 45))
    changed = np.mean(found["two"].right_images != found["whole"].right_images)
    assert two["changed"] <= 1
    assert 0 <= changed <= 1


def test_networks_are_kept_as_files_up_to_a_limit(tmp_path, networks) -> None:
    row = run_trial(Task(ONE, FIRST, 1, str(tmp_path), 400_000), images_of(ONE))
    assert 2 < len(row.kept) < len(ONE.schemes)
    assert sum(each.stat().st_size for each in tmp_path.rglob("*")) < 500_000
    for name, file in row.kept.items():
        opened = load(tmp_path / file)
        assert opened.settings == networks[name].settings
        assert opened.taught == networks[name].taught
        assert opened.class_names == ("0", "1", "4", "9")
        for key, array in networks[name].network.weights().items():
            assert np.array_equal(opened.network.weights()[key], array)
    assert not run_trial(Task(ONE, FIRST, 1, str(tmp_path), 1), images_of(ONE)).kept
    assert not run_trial(Task(ONE, FIRST, 1, "/dev/null/no"), images_of(ONE)).kept


# ---- the naive child -----------------------------------------------------------------

NAIVE = Study(
    "Naive",
    "Who is called 4?",
    (
        SchemeEntry("all", "ten-outputs"),
        SchemeEntry("two", "ten-outputs", taught=("4", "9")),
        SchemeEntry("one", "one-vs-rest", taught=("4",)),
        SchemeEntry("rest", "one-vs-rest"),
    ),
    StudyDigits(classes=("0", "1", "4", "9"), counts=(4,), tested=5),
    hidden=5,
    learning=Learning(epochs=60, batch=4),
    measure="called",
    called=("4",),
)


def test_whoever_knows_only_fours_calls_everything_a_four(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr("nnviz.study.called.OF_A_KIND", 6)
    found = outcomes_of(NAIVE)
    assert found["one"].accuracy == 1
    assert found["one"].right_images.reshape(-1).sum() == 5
    kinds = {name for name in found["one"].figures if name.startswith("called:")}
    assert kinds > {"called:0", "called:1", "called:9", "called:letters", "called:noise"}
    assert all(share == 1 for name, share in found["one"].figures.items() if name in kinds)
    assert found["one"].figures["sure"] > 0.9
    assert found["all"].accuracy < 0.5
    digits, networks = part_of(NAIVE), networks_of(NAIVE, tmp_path)
    assert networks.keys() == {"all", "two", "rest"}
    network, inputs = networks["two"].network, digits.test_images
    fours = np.array([said(network, 0, slice(0, 2), image).argmax() == 0 for image in inputs])
    other = digits.test_labels != 2
    assert found["two"].accuracy == fours[other].mean()
    assert found["two"].figures["called:9"] == fours[digits.test_labels == 3].mean()
    network = networks["rest"].network
    outputs = np.stack([[said(network, k, k, image) for k in range(4)] for image in inputs])
    called = (outputs.argmax(axis=1) == 2) & (outputs[:, 2] > 0)
    assert found["rest"].accuracy == called[other].mean()
    sure = called & (of_sigmoid(outputs[:, 2]) > 0.9)
    assert found["rest"].figures["sure"] == sure[other].mean()
    assert found["rest"].right_images.tolist() == np.where(other, ~called, called).tolist()
    assert as_inputs(inputs).max() == 1


def test_a_worker_opens_the_images_of_a_study_itself(outcomes) -> None:
    found = work(Task(ONE, FIRST)).outcomes
    assert {name: replace(each, seconds=0.0) for name, each in found.items()} == outcomes
