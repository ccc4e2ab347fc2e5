"""Pictures ordered on the command line: what cannot be drawn is refused in one sentence."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from nnviz.cli.pictures import option_of
from nnviz.data.digits import bundled_digits
from nnviz.errors import Refusal
from nnviz.lectures.line import LineError
from nnviz.paths import TRAINED
from nnviz.ui.app.still import Picture, draw
from tests.program import ran_here

FOUR_BITS = TRAINED / "four-bits.safetensors"


def ordered(out: Path, **options: Any) -> Picture:
    """A picture as ordered by options of the command."""
    words = {name: str(value) for name, value in options.items() if value is not None}
    return Picture(out, {"page": "train"} | words, option_of)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"design": "all-pairs", "neuron": 8}, "--neuron must be between 0 and 7, not 8."),
        ({"image": 1000}, "--image must be between 0 and 999, not 1000."),
        (
            {"design": "elimination", "network": FOUR_BITS},
            "four-bits.safetensors is a network of the design four-bits, not elimination.",
        ),
        ({"view": "cake"}, "The page train has no views."),
        ({"page": "designs", "view": "cake"}, "has no view 'cake'; its views are compare, race"),
        ({"page": "cake"}, "--page must be one of train, "),
    ],
)
def test_a_wrong_order_is_one_sentence(tmp_path: Path, wanted: dict[str, Any], said: str) -> None:
    with pytest.raises(LineError) as caught:
        draw(ordered(tmp_path / "x.png", **wanted), bundled_digits())
    assert said in str(caught.value)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("design", [None, "four-bits", "ten-outputs"])
def test_a_network_that_does_not_fit_the_digits_is_refused_with_any_design(
    tmp_path: Path, design: str | None
) -> None:
    ten = bundled_digits()
    train, test = ten.train_labels < 2, ten.test_labels < 2
    two = replace(
        ten,
        class_names=("0", "1"),
        train_images=ten.train_images[train],
        train_labels=ten.train_labels[train],
        test_images=ten.test_images[test],
        test_labels=ten.test_labels[test],
    )
    with pytest.raises(Refusal, match="but the bundled digits are 0, 1"):
        draw(ordered(tmp_path / "x.png", network=FOUR_BITS, design=design), two)


def test_a_picture_file_is_put_on_the_draw_page(tmp_path: Path) -> None:
    digits = bundled_digits()
    row = np.hstack([digits.test_images[number].reshape(28, 28) for number in (0, 1)])
    Image.fromarray(255 - row).save(tmp_path / "row.png")
    pictures = []
    for drawing in (None, tmp_path / "row.png"):
        out = tmp_path / "x.png"
        more = [] if drawing is None else ["--drawing", str(drawing)]
        done = ran_here("picture", "--page", "draw", "--out", str(out), *more)
        assert done.status == 0, done.err
        pictures.append(np.asarray(Image.open(out).convert("L")))
    empty, drawn = (picture[200:550, 210:560] for picture in pictures)
    assert np.count_nonzero(drawn > 200) > 1.5 * np.count_nonzero(empty > 200)


def test_a_blank_picture_file_is_refused(tmp_path: Path) -> None:
    Image.new("L", (90, 90), 255).save(tmp_path / "blank.png")
    wanted = replace(ordered(tmp_path / "x.png", page="draw"), drawing=tmp_path / "blank.png")
    with pytest.raises(Refusal, match="shows no ink"):
        draw(wanted, bundled_digits())


def test_the_curves_of_a_run_are_in_its_picture(tmp_path: Path) -> None:
    draw(Picture(out=tmp_path / "train.png"), bundled_digits())
    picture = np.asarray(Image.open(tmp_path / "train.png").convert("L"))
    # among the axes of the accuracy, without their numbers
    assert (picture[484:568, 512:736] > 200).sum() > 150
