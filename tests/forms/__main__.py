"""Measures how small digits are best brought to 28 x 28: `python -m tests.forms` prints how many
the network that comes with the program reads, scaled as a whole and by their ink.

8 x 8 are scikit-learn's; 16 x 16 are the 1,000 bundled test digits, their ink made as large as
USPS's frame; 14 x 14 and 64 x 64 are the same digits as a whole.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import sklearn
from PIL import Image

from nnviz.data.digits import bundled_digits
from nnviz.data.forms.sizes import as_a_whole, by_ink
from nnviz.data.normalising import ink_box
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load
from nnviz.networks.layouts import layout_of
from nnviz.paths import TRAINED
from nnviz.questions.accuracy import judge

DESIGN = "ten-outputs"
WAYS: Mapping[str, Callable[[np.ndarray], np.ndarray]] = {
    "as a whole": as_a_whole,
    "by their ink": by_ink,
}


def in_a_frame(image: np.ndarray) -> np.ndarray:
    """16 x 16: the ink of a digit as large as it has room."""
    box = ink_box(image)
    ink = Image.fromarray(image[box.top : box.bottom, box.left : box.right])
    ink = ink.resize([max(1, round(side * 16 / max(ink.size))) for side in ink.size])
    frame = Image.new("L", (16, 16))
    frame.paste(ink, ((16 - ink.width) // 2, (16 - ink.height) // 2))
    return np.asarray(frame)


def resized_to(side: int) -> Callable[[np.ndarray], np.ndarray]:
    return lambda image: np.asarray(Image.fromarray(image).resize((side, side), 1))


def small_sets() -> Mapping[str, tuple[np.ndarray, np.ndarray]]:
    """Images (images, side, side) and labels."""
    path = Path(sklearn.__file__).parent / "datasets" / "data" / "digits.csv.gz"
    table = np.loadtxt(path, delimiter=",")
    eight = np.rint(table[:, :64] * 255 / 16).astype(np.uint8).reshape(-1, 8, 8)
    digits = bundled_digits()
    images, labels = digits.test_images.reshape(-1, 28, 28), digits.test_labels
    made = {"16 x 16": in_a_frame, "14 x 14": resized_to(14), "64 x 64": resized_to(64)}
    found = {name: (np.stack([do(each) for each in images]), labels) for name, do in made.items()}
    return {"8 x 8": (eight, table[:, 64].astype(int)), **found}


def main() -> None:
    trained = load(TRAINED / f"{DESIGN}.safetensors")
    layout, reading = layout_of(trained.settings, 10), DESIGNS[DESIGN].readings[0]
    for size, (images, labels) in small_sets().items():
        for name, scaled in WAYS.items():
            flat = np.stack([scaled(each) for each in images]).reshape(len(images), -1)
            read = judge(trained.network, layout, flat, reading).classes == labels
            print(f"{size} {name}: {read.mean():.1%} of {len(labels):,}")


if __name__ == "__main__":
    main()
