"""Readers: what they say of images, of specimens and of the morphs between two digits."""

import dataclasses
import gzip

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import roc_auc_score

from nnviz.data import specimens
from nnviz.data.catalogue import fetched_folder
from nnviz.data.ink_transport import transport_plan
from nnviz.data.specimens import KINDS, Material, kinds_for, material_of, specimen
from nnviz.data.strokes import leaning
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load
from nnviz.paths import TRAINED
from nnviz.questions.morphs import (
    BLENDS,
    STEPS,
    FindTurns,
    Turn,
    compared_places,
    compared_shares,
    pairs_of,
    turn_of,
    turns_of,
    usual_ends,
)
from nnviz.questions.piecemeal import at_once
from nnviz.questions.readers import EVEN, NAIVE, Reader, Said, auroc, naive_reader, said_by
from nnviz.questions.strangeness import MEASURES, JudgeSpecimens, Taken, fooled, says_most
from nnviz.verdicts.verdict import look
from tests.idx_files import write_folder
from tests.learning.asking import answer_to

IMAGES = 40


def shipped(design: str, reading: str = "") -> Reader:
    trained = load(TRAINED / f"{design}.safetensors")
    classes = trained.class_names
    return Reader(
        trained.network,
        trained.settings,
        reading,
        name=design,
        label=design,
        class_names=classes,
    )


@pytest.mark.parametrize("design", DESIGNS)
def test_a_reader_answers_as_its_verdicts_do(design, digits):
    images = digits.test_images[:IMAGES]
    reader = shipped(design)
    said = said_by(reader, images)
    for image, answer, support in zip(images, said.answers, said.support, strict=True):
        verdict = look(reader.network, reader.layout, image, reader.used_reading)
        assert verdict.answer == answer
        expected = verdict.scores
        if reader.layout.has_bits:
            expected = verdict.evidence.word_probabilities[0]
        np.testing.assert_allclose(support, expected, atol=1e-5)


def test_what_speaks_for_bits_is_not_shared_out(digits):
    said = said_by(shipped("four-bits"), digits.test_images)
    totals = said.support.sum(axis=1)
    assert totals.max() <= 1 + 1e-5
    assert totals.min() < 0.5


def test_of_one_class_alone_the_others_say_nothing(digits):
    reader = naive_reader("only-six")
    everything = said_by(shipped("one-vs-rest"), digits.test_images[:IMAGES])
    said = said_by(reader, digits.test_images[:IMAGES])
    assert (np.delete(said.support, 6, axis=1) == 0).all()
    assert (np.delete(everything.support, 6, axis=1) > 0).any()
    assert said.for_answer.tolist() == said.strongest.tolist()


def test_who_only_knows_six_says_six_to_everything(digits):
    noise = np.random.default_rng(1).integers(0, 256, (100, 784)).astype(np.uint8)
    for images in (digits.test_images, noise):
        said = said_by(naive_reader("only-six"), images)
        assert (said.answers == 6).all()
        assert (said.strongest > 0.9).all()


def test_who_knows_two_digits_tells_them_apart_and_is_sure_of_the_others_too(digits):
    reader = naive_reader("six-or-nine")
    assert reader.class_names == ("6", "9")
    said = said_by(reader, digits.test_images)
    named = np.array([reader.named(answer) for answer in said.answers.tolist()])
    known = np.isin(digits.test_labels, (6, 9))
    right = named[known] == digits.test_labels[known].astype(str)
    assert right.mean() > 0.98
    assert (said.strongest[~known] > 0.9).mean() > 0.6


@pytest.mark.parametrize("name", NAIVE)
def test_the_naive_have_not_seen_the_bundled_digits(name):
    trained = load(TRAINED / "naive" / f"{NAIVE[name].file}.safetensors")
    assert (trained.digits, trained.left_out) == ("mnist", "bundled")


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=30),
    st.lists(st.integers(0, 5), min_size=1, max_size=30),
)
def test_auroc_is_that_of_scikit_learn(higher, lower):
    values = np.array([*higher, *lower], np.float64)
    truth = np.array([1] * len(higher) + [0] * len(lower))
    found = auroc(np.array(higher, np.float64), np.array(lower, np.float64))
    assert found == pytest.approx(roc_auc_score(truth, values))


# ---- what specimens are made of ------------------------------------------------------


@pytest.fixture
def material(digits) -> Material:
    return material_of(digits)


def made(kind: str, material: Material, seed: int = 1, count: int = 30) -> np.ndarray:
    return np.stack([specimen(kind, number, seed, material) for number in range(count)])


@pytest.mark.parametrize("kind", [name for name in KINDS if name != "clothing"])
def test_a_seed_makes_the_same_again(kind, material):
    assert kind in kinds_for(material)
    first = made(kind, material)
    assert first.shape == (30, 784)
    assert first.dtype == np.uint8
    np.testing.assert_array_equal(first, made(kind, material))
    if kind not in ("empty", "digits"):
        assert (first != made(kind, material, seed=2)).any()


@pytest.mark.parametrize("kind", ["letters", "ten", "scribbles"])
def test_what_is_drawn_has_the_form_of_mnist(kind, material):
    for image in made(kind, material).reshape(-1, 28, 28).astype(np.float64):
        rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
        assert max(np.ptp(rows), np.ptp(columns)) + 1 in (19, 20)
        mass = image.sum()
        assert abs((image.sum(axis=1) @ np.arange(28)) / mass - 14) <= 0.5 + 1e-9
        assert abs((image.sum(axis=0) @ np.arange(28)) / mass - 14) <= 0.5 + 1e-9


def test_ten_is_as_wide_as_two_digits(material):
    images = made("ten", material).reshape(-1, 28, 28)
    pieces = [np.flatnonzero(np.diff(image.any(axis=0).astype(int)) == 1) for image in images]
    assert np.mean([len(each) >= 2 for each in pieces]) > 0.8


def test_inverted_digits_are_digits_again_when_inverted(material):
    known = {image.tobytes() for image in material.images}
    assert {(255 - image).tobytes() for image in made("inverted", material)} <= known


def test_shuffling_keeps_the_ink(material):
    known = {np.sort(image).tobytes() for image in material.images}
    images = made("shuffled", material)
    assert {np.sort(image).tobytes() for image in images} <= known
    assert not {image.tobytes() for image in images} & {each.tobytes() for each in material.images}


def test_noise_has_every_darkness_and_an_empty_page_none(material):
    noise = made("noise", material)
    assert set(range(256)) == set(noise.ravel().tolist())
    assert not made("empty", material).any()


@pytest.mark.parametrize("zipped", [False, True])
def test_clothes_are_there_once_they_are_fetched(material, few, monkeypatch, tmp_path, zipped):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    specimens._clothes.cache_clear()
    assert "clothing" not in kinds_for(material)
    folder = fetched_folder("fashion-mnist")
    folder.mkdir(parents=True)
    write_folder(folder, few)
    if zipped:
        for path in folder.glob("*-ubyte"):
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
            path.unlink()
    assert "clothing" in kinds_for(material)
    np.testing.assert_array_equal(specimen("clothing", 3, 1, material), few.test_images[3])
    specimens._clothes.cache_clear()


def test_beside_colours_and_clothes_only_what_can_be_made_is_offered(material):
    colour = dataclasses.replace(
        material,
        images=np.zeros((5, 3072), np.uint8),
        shape=(32, 32, 3),
        labels=material.labels[:5],
    )
    assert set(kinds_for(colour)) == {"digits", "inverted", "shuffled", "noise", "empty"}
    names = tuple("abcdefghij")
    assert "ten" not in kinds_for(dataclasses.replace(material, class_names=names))


# ---- morphs, and where readers turn --------------------------------------------------


# ---- images --------------------------------------------------------------------------


@pytest.fixture
def ends(digits):
    """The images of the first four and the first nine."""
    return [digits.test_images[np.argmax(digits.test_labels == label)] for label in (4, 9)]


@pytest.mark.parametrize("blend", BLENDS)
def test_a_morph_begins_and_ends_with_the_digits(blend, ends):
    images = BLENDS[blend].images(*ends)
    assert images.shape == (STEPS, 784)
    for image, end in zip((images[0], images[-1]), ends, strict=True):
        assert np.abs(image.astype(int) - end).max() <= 1


@pytest.mark.parametrize("blend", BLENDS)
def test_ink_and_its_middle_change_evenly(blend, ends):
    images = BLENDS[blend].images(*ends).reshape(STEPS, 28, 28).astype(np.float64)
    ink = images.sum(axis=(1, 2))
    # ink that would be darker than black is lost where strokes cross
    np.testing.assert_allclose(ink, np.linspace(ink[0], ink[-1], STEPS), rtol=0.02)
    for axis in (1, 2):
        middle = images.sum(axis=3 - axis) @ np.arange(28) / ink
        assert abs(middle - 14).max() < 0.75


def test_moved_ink_stays_dark_while_faded_ink_turns_grey(ends):
    grey = {}
    for blend in BLENDS:
        image = BLENDS[blend].images(*ends)[STEPS // 2].astype(np.float64)
        grey[blend] = float((image**2).sum() / image.sum())  # how dark the ink is on average
    assert grey["move"] > grey["fade"] + 20


@tries(max_examples=30)
@given(st.integers(0, 10_000))
def test_the_plan_is_the_best_there_is(seed):
    chance = np.random.default_rng(seed)
    count = 6
    pages = []
    for _ in range(2):
        page = np.zeros((9, 9))
        page.ravel()[chance.choice(81, count, replace=False)] = 1 / count
        pages.append(page)
    blur = 0.2  # the least whose kernel is no zero over the whole page
    plan = transport_plan(pages[0], pages[1], blur, scalings=2000)
    np.testing.assert_allclose(plan.sum(axis=1), 1 / count)
    np.testing.assert_allclose(plan.sum(axis=0), 1 / count)
    starts, ends = (np.argwhere(page) for page in pages)
    costs = ((starts[:, None] - ends[None]) ** 2).sum(axis=2)
    best = costs[linear_sum_assignment(costs)].mean()
    assert (plan * costs).sum() == pytest.approx(best, abs=blur * np.log(count))


def test_an_empty_page_fades_in(digits):
    empty = np.zeros(784, np.uint8)
    images = BLENDS["move"].images(empty, digits.test_images[0])
    np.testing.assert_array_equal(images[-1], digits.test_images[0])
    assert not images[0].any()


def test_the_usual_ends_are_a_four_and_a_nine(digits):
    labels, images = digits.test_labels, digits.test_images
    assert [labels[number] for number in usual_ends(labels, images)] == [4, 9]
    few, own = labels[labels < 3], images[labels < 3]
    assert [int(few[number]) for number in usual_ends(few, own)] == [0, 2]


def test_digits_that_lean_are_no_usual_ends(digits):
    """A bar that leans by known columns, and the ends of the bundled digits."""
    bar = np.zeros((3, 28, 28), np.uint8)
    for number, lean in enumerate((0.0, 0.5, -0.25)):
        for row in range(4, 24):
            bar[number, row, round(14 - lean * (row - 13.5))] = 255
    np.testing.assert_allclose(leaning(bar), [0, 0.5, -0.25], atol=0.02)
    labels = np.array([4, 4, 4, 9, 9], np.uint8)
    images = bar[[1, 2, 0, 2, 1]].reshape(5, -1)
    assert usual_ends(labels, images) == (2, 3)
    found = digits.test_images[list(usual_ends(digits.test_labels, digits.test_images))]
    assert (np.abs(leaning(found.reshape(-1, 28, 28))) <= 0.1).all()


# ---- turns ---------------------------------------------------------------------------


def made_turn(*answers: int, first: int = 4, second: int = 9) -> Turn:
    said = Said(np.array(answers, np.int8), np.zeros((len(answers), 10), np.float32))
    return Turn(said, first, second)


def test_a_clean_turn_has_one_place():
    turn = made_turn(4, 4, 9, 9, 9)
    assert (turn.leaves, turn.arrives, turn.place) == (2, 2, 2)
    assert turn.reads_both_ends
    assert not turn.others


def test_a_third_answer_lies_between():
    turn = made_turn(4, 8, 8, 4, 9, 9)
    assert (turn.leaves, turn.arrives, turn.place) == (1, 4, 2.5)
    assert [(each.answer, each.start, each.end) for each in turn.others] == [(8, 1, 2)]


@pytest.mark.parametrize("answers", [(4, 4, 4), (9, 9, 9), (8, 9, 9), (4, 9, 4)])
def test_a_turn_counts_only_if_both_ends_are_read_right(answers):
    assert not made_turn(*answers).reads_both_ends


def test_pairs_use_no_digit_twice(digits):
    pairs = pairs_of(digits.test_labels, 4, 9, seed=3)
    assert len(pairs) == 100
    assert set(digits.test_labels[pairs[:, 0]]) == {4}
    assert set(digits.test_labels[pairs[:, 1]]) == {9}
    assert len(np.unique(pairs)) == 200
    assert not np.array_equal(pairs, pairs_of(digits.test_labels, 4, 9, seed=4))


def test_only_pairs_that_both_read_right_are_compared():
    one = turns_of([made_turn(4, 4, 9), made_turn(4, 9, 9), made_turn(9, 9, 9)], np.zeros((3, 2)))
    other = turns_of([made_turn(4, 9, 9), made_turn(4, 4, 9), made_turn(4, 9, 9)], np.zeros((3, 2)))
    found = compared_places(one, other)
    assert (found.more, found.less, found.pairs, found.difference) == (1, 1, 2, 0)
    third = dataclasses.replace(one, third=np.array([True, True, True]))
    assert compared_shares(third, other, "third").more == 2


# ---- inquiries -----------------------------------------------------------------------


def test_the_many_morphs_are_those_of_each_pair(digits):
    reader = shipped("one-vs-rest")
    turns = answer_to(FindTurns(reader, 4, 9, "fade", seed=5), digits)
    for number in (0, 17, 99):
        first, second = (digits.test_images[image] for image in turns.pairs[number])
        images = BLENDS["fade"].images(first, second)
        turn = turn_of(reader, images, 4, 9)
        assert turns.read[number] == turn.reads_both_ends
        assert turns.places[number] == turn.place
        assert turns.third[number] == bool(turn.others)
        assert turns.unsure[number] == (turn.said.strongest[50] < EVEN)


@pytest.fixture(scope="module")
def kept() -> dict[object, object]:
    """What questions about specimens leave behind for the next: the specimens, drawn once."""
    return {}


def test_every_kind_is_taken_as_its_specimens_are(digits, kept):
    reader = shipped("one-vs-rest")
    found = at_once(JudgeSpecimens(reader, 2).work(digits, kept))
    assert list(found) == list(kinds_for(material_of(digits)))
    for kind, taken in found.items():
        assert len(taken.answers) == KINDS[kind].count
        image = specimen(kind, len(taken.answers) - 1, 2, material_of(digits))
        said = said_by(reader, image[None])
        assert taken.answers[-1] == said.answers[0]
        assert taken.strongest[-1] == pytest.approx(said.strongest[0], abs=1e-5)


def test_ten_networks_reject_noise_and_one_network_does_not(digits, kept):
    """algorithms.md, section 8: of ten networks none reaches 0.5 on 99 % of the noise."""
    none = {}
    for design in ("ten-outputs", "one-vs-rest"):
        taken = at_once(JudgeSpecimens(shipped(design), 2).work(digits, kept))
        none[design] = {
            kind: MEASURES["none"].of(each, taken["digits"]) for kind, each in taken.items()
        }
    assert none["one-vs-rest"]["noise"] > 0.9 > 0.6 > none["ten-outputs"]["noise"]
    assert none["one-vs-rest"]["ten"] > 0.6 > 0.5 > none["ten-outputs"]["ten"]
    assert none["one-vs-rest"]["digits"] < 0.05


def test_who_was_fooled_most_comes_first():
    taken = Taken(np.array([3, 5, 5, -1], np.int8), np.array([0.95, 0.99, 0.2, 0.91], np.float32))
    assert fooled(taken).tolist() == [1, 0, 3]
    assert says_most(taken) == (3, pytest.approx(1 / 3))
    assert says_most(Taken(np.array([1], np.int8), np.array([0.1], np.float32))) == (-1, 0)
