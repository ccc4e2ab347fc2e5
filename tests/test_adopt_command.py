"""`nnviz adopt`, and `nnviz evaluate` of what others trained, against who trained it."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from nnviz.data.digits import bundled_digits
from nnviz.networks.files import load
from tests.documents import HELP
from tests.learning.foreign_files import net, sums_here, write
from tests.program import ran_here, records

RECIPES = Path(__file__).resolve().parent / "recipes"


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    return write(tmp_path / "theirs.safetensors", net("relu", "-1..1").arrays)


def test_what_is_adopted_is_as_good_as_it_was_there(theirs: Path, tmp_path: Path) -> None:
    sums = net("relu", "-1..1").sums(bundled_digits().test_images)
    mistakes = int((sums.argmax(axis=1) != bundled_digits().test_labels).sum())
    out = tmp_path / "ours.safetensors"
    (told,) = records("adopt", str(theirs), "--out", str(out))
    assert (told["activation"], told["scaling"], told["order"]) == ("relu", "-1..1", "rows")
    for file in (theirs, out):
        (found,) = records("evaluate", str(file))
        assert found["mistakes"] == mistakes
        assert found["adopted"] == told
        assert found["learned_from"]["digits"] is None
    told_in_words = ran_here("evaluate", str(theirs))
    assert f"{theirs.name} guessed: ReLU, pixels -1..1" in told_in_words.err
    assert "guessed" not in ran_here("evaluate", str(out)).err


def test_what_is_said_is_not_guessed(theirs: Path) -> None:
    words = ("--activation", "tanh", "--output", "sigmoid", "--scaling", "-1..1", "--order", "rows")
    (told,) = records("adopt", str(theirs), *words)
    assert told["guessed"] == []
    assert (told["activation"], told["output"]) == ("tanh", "sigmoid")


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (
            ["--activation", "swish"],
            2,
            "--activation must be one of sigmoid, tanh, relu, leaky-relu",
        ),
        (["--scaling", "255"], 2, "--scaling says what black and white were"),
        (["--scaling", "0.5/0"], 2, "--scaling says"),
        (["--out", "/nowhere/at/all"], 1, "cannot be"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    theirs: Path, words: list[str], status: int, told: str
) -> None:
    done = ran_here("adopt", str(theirs), *words)
    assert done.status == status
    assert told in done.err
    assert not done.out


def test_a_network_of_ours_needs_no_adopting(theirs: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "ours.safetensors")
    ran_here("adopt", str(theirs), "--out", out)
    assert "is a network of nnviz already" in ran_here("adopt", out).err


def test_scikit_learn_says_the_same_of_every_digit(tmp_path: Path) -> None:
    digits = bundled_digits()
    theirs = MLPClassifier((12,), activation="logistic", random_state=0, max_iter=1, solver="sgd")
    for _ in range(2):
        theirs.partial_fit(digits.train_images / 255, digits.train_labels, classes=np.arange(10))
    file = tmp_path / "net.npz"
    np.savez(file, *theirs.coefs_, *theirs.intercepts_)
    words = ("--activation", "sigmoid", "--output", "softmax", "--scaling", "0..1")
    out = tmp_path / "ours.safetensors"
    ran_here("adopt", str(file), *words, "--order", "rows", "--out", str(out))
    here = sums_here(load(out), digits.test_images)
    there = theirs.predict_proba(digits.test_images / 255)
    np.testing.assert_allclose(here, there, atol=1e-6)


def test_the_recipes_of_the_help_are_those_that_were_run() -> None:
    page = (HELP / "others.md").read_text("utf-8")
    scripts = sorted(RECIPES.glob("of_*.py"))
    assert len(scripts) == 4
    for script in scripts:
        _, _, rest = script.read_text("utf-8").partition("# recipe\n")
        recipe, end, _ = rest.partition("# end\n")
        assert end
        assert f"```python\n{recipe}```\n" in page, script
        assert len([line for line in recipe.splitlines() if line]) <= 5
