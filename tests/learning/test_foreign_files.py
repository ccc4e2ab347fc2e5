"""Networks that others trained: opened with any names, orders and shapes, and read truly."""

import dataclasses
import json

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from nnviz.data.digits import bundled_digits
from nnviz.networks.adopted import Said
from nnviz.networks.files import WITHOUT_FRONT, load, save
from nnviz.networks.settings import SETTINGS, SettingError, Settings
from nnviz.networks.taught import alike
from tests.learning.foreign_files import HIDDEN, net, of_the_book, softmax, sums_here, write
from tests.learning.network_files import (
    assembled,
    loaded_unless_refused,
    parts,
    refusal,
    same_story,
)
from tests.learning.runs import bits

IMAGES = bundled_digits().test_images
SOME = IMAGES[:50]
BIASES = (lambda row: row), (lambda row: row[:, None]), (lambda row: row[None])


def close(found, expected):
    np.testing.assert_allclose(found, expected, atol=2e-5)


# ---- shapes, names and orders --------------------------------------------------------


@tries(max_examples=12)
@given(data=st.data(), suffix=st.sampled_from([".safetensors", ".npz", ".json"]))
def test_shapes_say_which_array_is_which(tmp_path_factory, data, suffix):
    made = net("tanh")
    turned = data.draw(st.tuples(st.booleans(), st.booleans()))
    bias = data.draw(st.sampled_from(BIASES))
    weights = [
        each.T if turn else each for each, turn in zip((made.w1, made.w2), turned, strict=True)
    ]
    arrays = [*weights, bias(made.b1), bias(made.b2)]
    kind = data.draw(st.sampled_from([np.float32, np.float64])) if suffix != ".json" else float
    names = data.draw(
        st.lists(st.text("abcxyz_.", min_size=1, max_size=6), min_size=4, max_size=4, unique=True)
    )
    order = data.draw(st.permutations(range(4)))
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    write(path, {names[at]: arrays[at].astype(kind) for at in order})
    trained = load(path, said=Said("tanh", "softmax", "0..1", "rows"))
    close(sums_here(trained, SOME), softmax(made.sums(SOME)))
    assert trained.settings.hidden == HIDDEN


@pytest.mark.parametrize("hidden", [10, 784])
def test_square_matrices_and_biases_of_one_length_are_told_apart_by_what_they_read(
    tmp_path, hidden
):
    made = net("sigmoid", hidden=hidden)
    arrays = [made.b2, made.w2.T, made.b1, made.w1.T]
    path = write(tmp_path / "n.npz", {f"arr_{at}": each for at, each in enumerate(arrays)})
    close(
        sums_here(load(path, said=Said("sigmoid", "softmax", "0..1")), SOME),
        softmax(made.sums(SOME)),
    )


def test_halves_of_float32_are_read(tmp_path):
    """NumPy knows no bfloat16."""
    made = net()
    header, numbers = {}, b""
    for name, array in made.arrays.items():
        content = (array.view(np.uint32) >> 16).astype("<u2").tobytes()
        ends = [len(numbers), len(numbers) + len(content)]
        header[name] = {"dtype": "BF16", "shape": list(array.shape), "data_offsets": ends}
        numbers += content
    path = tmp_path / "b.safetensors"
    path.write_bytes(assembled(header, numbers))
    trained = load(path)
    weights = (made.arrays["0.weight"].view(np.uint32) >> 16 << 16).view(np.float32)
    np.testing.assert_array_equal(trained.network.hidden_weights[0], weights)
    assert trained.adopted.way.activation == "relu"


def test_layers_without_biases_have_zeros_and_it_is_said(tmp_path):
    made = dataclasses.replace(net("sigmoid"), b1=np.zeros(HIDDEN), b2=np.zeros(10))
    path = write(tmp_path / "n.npz", {"a": made.w1, "b": made.w2})
    trained = load(path, said=Said("sigmoid"))
    assert trained.adopted.words.endswith("It has no biases: they are 0.")
    close(
        sums_here(load(path, said=Said("sigmoid", "softmax", "0..1")), SOME),
        softmax(made.sums(SOME)),
    )


def test_what_an_optimiser_kept_and_what_is_no_layer_is_left_aside_and_named(tmp_path):
    made = net("tanh")
    kept = {f"optimizer.{name}.exp_avg": each + 1 for name, each in made.arrays.items()}
    counts = {"epoch": np.array(7), "step": np.array(3.0), "losses": np.ones(21)}
    trained = load(
        write(tmp_path / "kept.npz", counts | kept | made.arrays),
        said=Said("tanh", "softmax", "0..1", "rows"),
    )
    close(sums_here(trained, SOME), softmax(made.sums(SOME)))
    assert "Left aside, as of neither layer: optimizer" in trained.adopted.words
    save(trained, tmp_path / "ours.safetensors")
    assert load(tmp_path / "ours.safetensors").adopted == trained.adopted


def test_what_reads_as_many_otherwise_is_named_and_what_is_said_is_not_guessed(tmp_path):
    path = write(tmp_path / "n.npz", net("relu").arrays)
    found = load(path).adopted
    assert found.way.activation == "relu"
    assert {"leaky-relu"} <= dict(found.alike).keys()
    assert "It reads about as many with" in found.words
    said = load(path, said=Said("leaky-relu")).adopted
    assert said.way.activation == "leaky-relu"
    assert "about as many" not in said.words


def test_the_book_says_what_its_networks_are(path):
    made = net("sigmoid", outputs="sigmoid")
    path.write_text(of_the_book(made, cost="QuadraticCost"))
    trained = load(path)
    close(sums_here(trained, SOME), 1 / (1 + np.exp(-made.sums(SOME))))
    assert (trained.settings.cost, trained.settings.activation) == ("quadratic", "sigmoid")
    assert trained.adopted.guessed == ("scaling", "order")
    np.testing.assert_array_equal(trained.network.hidden_weights[0], made.w1.astype(np.float32))


# ---- what is guessed -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("activation", "scaling", "turned", "outputs"),
    [
        ("relu", "0..1", False, "softmax"),
        ("relu", "0.1307/0.3081", False, "softmax"),
        ("sigmoid", "-1..1", False, "sigmoid"),
        ("tanh", "1..0", True, "softmax"),
        ("tanh", "0..255", False, "sigmoid"),
    ],
)
def test_the_way_it_was_trained_is_found_and_undone(path, activation, scaling, turned, outputs):
    made = net(activation, scaling, turned, outputs)
    safetensors.numpy.save_file(made.arrays, path)
    trained = load(path)
    adopted = trained.adopted
    found = adopted.way.activation, adopted.way.scaling, adopted.way.order == "columns"
    assert (*found, adopted.output) == (activation, scaling, turned, outputs)
    sums = made.sums(IMAGES)
    right = np.mean(sums.argmax(axis=1) == bundled_digits().test_labels)
    assert adopted.way.right == right > 0.6
    assert adopted.second.right <= right + 0.02
    shares = softmax(sums) if outputs == "softmax" else 1 / (1 + np.exp(-sums))
    np.testing.assert_allclose(sums_here(trained, IMAGES), shares, atol=2e-4)


def test_matrices_that_safetensors_has_stored_turned_are_put_right(path):
    """Its module for NumPy writes transposed arrays as they lie in memory."""
    made = net("relu", "-1..1")
    arrays = made.arrays | {"0.weight": np.asfortranarray(made.arrays["0.weight"])}
    safetensors.numpy.save_file(arrays, path)
    assert (safetensors.numpy.load_file(path)["0.weight"] != made.arrays["0.weight"]).any()
    trained = load(path)
    assert trained.adopted.mended
    assert trained.adopted.way.scaling == "-1..1"
    np.testing.assert_allclose(sums_here(trained, SOME), softmax(made.sums(SOME)), atol=2e-4)


def test_outputs_of_tanh_are_shown_from_0_to_1(path):
    made = net()
    safetensors.numpy.save_file(made.arrays, path)
    trained = load(path, said=Said("relu", "tanh", "0..1", "rows"))
    close(sums_here(trained, SOME), (np.tanh(made.sums(SOME)) + 1) / 2)
    assert trained.adopted.guessed == ()
    assert "read as told" in trained.adopted.words


def test_what_fits_no_way_is_said_to(path):
    chance = np.random.default_rng(1)
    arrays = {name: chance.normal(size=each.shape) for name, each in net().arrays.items()}
    write(path, arrays)
    assert "fits no way that is tried" in load(path).adopted.words


def test_a_part_of_the_classes_is_guessed_with_those(path):
    made = net()
    part = bundled_digits().only(["3", "8"])
    two = dataclasses.replace(made, w2=made.w2[[3, 8]], b2=made.b2[[3, 8]])
    safetensors.numpy.save_file(two.arrays, path)
    assert "has 2 outputs, but the bundled digits are of 10 classes" in refusal(path)
    trained = load(path, part)
    assert trained.class_names == ("3", "8")
    assert trained.adopted.images == len(part.test_labels)
    safetensors.numpy.save_file(made.arrays, path)
    assert load(path, part).class_names == bundled_digits().class_names


# ---- as a file of ours ---------------------------------------------------------------


def test_it_is_saved_with_its_origin_and_compared_with_none(tmp_path):
    path = write(tmp_path / "theirs.npz", net().arrays)
    trained = load(path)
    save(trained, tmp_path / "ours")
    again = load(tmp_path / "ours")
    assert same_story(again, trained)
    assert again.adopted.file == "theirs.npz"
    assert bits(again.network) == bits(trained.network)
    assert not alike(again.taught, trained.taught)
    story = json.loads(parts((tmp_path / "ours").read_bytes())[0]["__metadata__"]["nnviz"])
    assert story["version"] > WITHOUT_FRONT
    for changes in ({"trained_on": 5}, {"adopted": None}, {"adopted": {}}):
        content = (tmp_path / "ours").read_bytes()
        header, numbers = parts(content)
        header["__metadata__"]["nnviz"] = json.dumps(story | changes)
        (tmp_path / "spoilt").write_bytes(assembled(header, numbers))
        assert "is damaged" in refusal(tmp_path / "spoilt")


def test_more_neurons_than_learn_here_are_opened_but_not_offered(tmp_path):
    made = net(hidden=512)
    path = write(tmp_path / "wide.safetensors", made.arrays)
    assert load(path).settings.hidden == 512
    with pytest.raises(SettingError, match="between 1 and 500, not 512"):
        Settings().change(hidden=512)
    most = int(SETTINGS["hidden"].opened)
    wider = {"a": np.zeros((most + 1, 784)), "b": np.zeros((10, most + 1))}
    assert f"nnviz shows up to {most:,}" in refusal(write(tmp_path / "wider.npz", wider))


# ---- refused -------------------------------------------------------------------------

ONES = {"a": np.ones((784, 30)), "b": np.ones(30), "c": np.ones((30, 10)), "d": np.ones(10)}
NORM = {"bn.weight": np.ones(30), "bn.running_mean": np.ones(30), "bn.steps": np.array(7)}


@pytest.mark.parametrize(
    ("arrays", "told"),
    [
        ({"a": np.ones((784, 10)), "b": np.ones(10)}, "784-10 without a hidden layer"),
        (ONES | {"c": np.ones((20, 10))}, "that fit together: a 784 x 30, b 30, c 20 x 10, d 10."),
        (ONES | {"b": np.ones(29)}, "fit together"),
        (ONES | {"b": np.array(["x"])}, "b holds no numbers that weights could be"),
        (ONES | {"b": np.ones(30, complex)}, "b holds no numbers"),
        (ONES | {"d": np.full(10, np.nan)}, "weights that are no numbers"),
        (ONES | {"d": np.full(10, -np.inf)}, "weights that are no numbers"),
        (ONES | {"d": np.full(10, 1e20)}, "beyond ±1e+16"),
        (ONES | NORM, "what belongs to bn.weight, bn.running_mean (as"),
        (ONES | {"m": np.ones((784, 30)), "v": np.ones(3)}, "several arrays of one shape (a, m)"),
        (ONES | {"e": np.ones((10, 10)), "f": np.ones(10)}, "784-30-10-10 with 2 hidden layers"),
        (
            {"conv": np.ones((8, 1, 3, 3)), "fc": np.ones((10, 1352))},
            "(conv), as convolutions have",
        ),
    ],
)
def test_arrays_that_are_no_such_network_are_refused_by_what_they_are(tmp_path, arrays, told):
    assert told in refusal(write(tmp_path / "n.npz", arrays))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "is damaged, or no network file"),
        ("[" * 100_000, "is damaged, or no network file"),
        ('{"name": "mine"}', "is JSON, but neither"),
        ('{"weights": [[1, 2], [3]]}', "holds no two layers"),
        (of_the_book(net("sigmoid"), sizes=[784, 30, 20, 10]), "with the layers 784-30-20-10"),
        (of_the_book(net("sigmoid"), weights=[[[1]], "x"]), "weights must be two lists of numbers"),
        (of_the_book(net("sigmoid"), biases=[[[float("nan")]] * HIDDEN, [[0]] * 10]), "no numbers"),
        (of_the_book(net("sigmoid"), biases=[[[10**400]] * HIDDEN, [[0]] * 10]), "no numbers"),
    ],
)
def test_json_that_is_no_such_network_is_refused(path, content, told):
    path.write_text(content)
    assert told in refusal(path)


@tries(max_examples=40)
@given(data=st.data())
def test_damaged_archives_open_or_are_refused(tmp_path_factory, data):
    path = write(
        tmp_path_factory.getbasetemp() / "d.npz", {"a": np.ones((3, 784)), "b": np.ones((10, 3))}
    )
    content = bytearray(path.read_bytes())
    for where in data.draw(st.lists(st.integers(2, len(content) - 1), min_size=1, max_size=3)):
        content[where] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    loaded_unless_refused(path)
