"""Specimens: images that are no digits, made from a seed, kind by kind.

A new kind is one entry in `KINDS`. Pillow is imported with the first image that needs it, which
the start of the window does not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes
from nnviz.data.catalogue import fetched_folder, is_fetched
from nnviz.data.digits import GREY, PARTS, Digits, Shape, existing
from nnviz.data.idx import DigitsError, read_idx
from nnviz.data.normalising import normalise
from nnviz.paths import RESOURCES
from nnviz.words import tr

SPECIMENS = 1000
"""How many of a kind are asked about."""
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZabcdefghjkmnpqrtuvwxy"
"""Without those that are drawn like a digit: I, O, S, i, l, o, s, z."""
FONTS = ("Inter-Regular.otf", "Inter-SemiBold.otf", "Inter-Bold.otf")
LARGE = 96
"""Pixels of a side at which letters and scribbles are drawn."""
GAP = 4
"""Blank pixels between two digits in one image, before they are made smaller."""
CLOTHES = "fashion-mnist"
Chance: TypeAlias = "np.random.Generator"
"""A name: importing it takes long at a start."""


@dataclass(frozen=True, eq=False)
class Material:
    """What some kinds are made from: test digits."""

    images: Bytes
    """(images, inputs), 0..255"""
    labels: Bytes
    """(images,), an index into class_names"""
    class_names: tuple[str, ...]
    shape: Shape
    name: str
    """Name of the data set."""

    def any_of(self, chance: Chance, class_name: str) -> Bytes:
        """(height, width): one of the digits of a class"""
        own = np.flatnonzero(self.labels == self.class_names.index(class_name))
        return np.asarray(self.images[chance.choice(own)].reshape(self.shape[:2]))


@dataclass(frozen=True)
class Kind:
    """One sort of images."""

    label: str
    """Words over a column."""
    help: str
    make: Callable[[Chance, Material, int], NDArray[Any]]
    """(chance, material, number) -> (inputs,) 0..255"""
    suits: Callable[[Material], bool] = lambda _: True
    """Whether it can be made beside these digits."""
    count: int = SPECIMENS
    """How many different ones are asked about."""
    digit: bool = False
    """Whether it is a digit, for comparison."""


@dataclass(frozen=True)
class SpecimenChoice:
    """The specimen that is looked at."""

    kind: str = "letters"
    """One of KINDS; where it cannot be made, the first is taken."""
    number: int = 0
    drawn: bool = False
    """Whether the drawing is asked about instead of a specimen, where there is one."""
    seed: int = 1
    measure: str = "sure"
    """What the table shows: one of `strangeness.MEASURES`."""
    reader: str | None = None
    """The reader that specimens of the kind fooled and that are listed (None: nobody's)."""


A_LETTER = SpecimenChoice()
"""What is looked at before anybody chooses."""


def material_of(digits: Digits) -> Material:
    """What specimens are made from."""
    images, labels = digits.test_images, digits.test_labels
    return Material(images, labels, digits.class_names, digits.shape, digits.name)


def kinds_for(material: Material) -> dict[str, Kind]:
    """The kinds that can be made beside these digits."""
    return {name: kind for name, kind in KINDS.items() if kind.suits(material)}


def specimen(kind: str, number: int, seed: int, material: Material) -> Bytes:
    """(inputs,): one image; the same numbers always give the same image."""
    chance = np.random.default_rng([seed, number])
    made = KINDS[kind].make(chance, material, number)
    return np.ascontiguousarray(made, np.uint8)


def _framed(ink: Bytes) -> Bytes:
    """(height, width) of ink of any size -> (784,) in the form of MNIST's digits."""
    found = normalise(ink)
    assert found is not None
    return found.image.ravel()


def _some_digit(chance: Chance, material: Material) -> Bytes:
    return np.asarray(material.images[chance.integers(len(material.images))])


def _letter(chance: Chance, _: Material, number: int) -> Bytes:
    from PIL import Image, ImageDraw

    page = Image.new("L", (LARGE, LARGE))
    font = _font(FONTS[int(chance.integers(len(FONTS)))])
    letter = LETTERS[number % len(LETTERS)]
    ImageDraw.Draw(page).text((LARGE / 2, LARGE / 2), letter, 255, font, "mm")
    tilted = page.rotate(float(chance.uniform(-8, 8)), Image.Resampling.BILINEAR)
    return _framed(np.asarray(tilted))


@lru_cache(maxsize=len(FONTS))
def _font(name: str) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(RESOURCES / "fonts" / name), LARGE // 2)


def _squeezed(names: Sequence[str]) -> Callable[[Chance, Material, int], Bytes]:
    """Digits of these classes side by side, as large as one digit together."""

    def make(chance: Chance, material: Material, _: int) -> Bytes:
        parts = []
        for name in names:
            ink = material.any_of(chance, name)
            used = np.flatnonzero(ink.any(axis=0))
            parts += [ink[:, used[0] : used[-1] + 1], np.zeros((len(ink), GAP), np.uint8)]
        return _framed(np.hstack(parts))

    return make


def _scribble(chance: Chance, _: Material, __: int) -> Bytes:
    """One line that turns as it likes."""
    from PIL import Image, ImageDraw

    steps = int(chance.integers(40, 90))
    turns = np.cumsum(chance.normal(0, 0.5, steps)) + chance.uniform(0, 2 * np.pi)
    points = np.cumsum(np.column_stack([np.cos(turns), np.sin(turns)]), axis=0)
    points -= points.min(axis=0)
    points *= (LARGE - 24) / max(1.0, float(points.max()))
    page = Image.new("L", (LARGE, LARGE))
    way = [(float(x) + 12, float(y) + 12) for x, y in points]
    ImageDraw.Draw(page).line(way, 255, 10, "curve")
    return _framed(np.asarray(page))


@lru_cache(maxsize=1)
def _clothes() -> Bytes:
    path = existing(fetched_folder(CLOTHES), PARTS["test"][0])
    images = read_idx(path, dimensions=3)[:SPECIMENS]
    return images.reshape(len(images), -1)


def _has_clothes(material: Material) -> bool:
    if material.shape != GREY or material.name == CLOTHES or not is_fetched(CLOTHES):
        return False
    try:
        return bool(len(_clothes()))
    except (DigitsError, OSError):
        return False


def _is_grey(material: Material) -> bool:
    return material.shape == GREY


def _has_one_and_nought(material: Material) -> bool:
    names = material.class_names
    known = {names[label] for label in np.flatnonzero(np.bincount(material.labels))}
    return _is_grey(material) and {"0", "1"} <= known


KINDS: Mapping[str, Kind] = {
    "digits": Kind(
        tr("digits"),
        tr("Test digits, for comparison."),
        lambda _, material, number: material.images[number % len(material.images)],
        digit=True,
    ),
    "letters": Kind(tr("letters"), tr("Printed letters, a little tilted."), _letter, _is_grey),
    "ten": Kind(
        "“10”",
        tr("A one and a nought squeezed into one image."),
        _squeezed(("1", "0")),
        _has_one_and_nought,
    ),
    "scribbles": Kind(tr("scribbles"), tr("One line that turns as it likes."), _scribble, _is_grey),
    "clothing": Kind(
        tr("clothing"),
        tr("Pictures of clothes (Fashion-MNIST)."),
        lambda _, __, number: _clothes()[number % len(_clothes())],
        _has_clothes,
    ),
    "inverted": Kind(
        tr("inverted"),
        tr("Test digits with ink and paper exchanged."),
        lambda chance, material, _: 255 - _some_digit(chance, material),
    ),
    "shuffled": Kind(
        tr("shuffled"),
        tr("Test digits whose pixels were put into any order: as much ink, no shape."),
        lambda chance, material, _: chance.permuted(_some_digit(chance, material)),
    ),
    "noise": Kind(
        tr("noise"),
        tr("Every pixel as dark as chance will have it."),
        lambda chance, material, _: chance.integers(0, 256, (material.images.shape[1],)),
    ),
    "empty": Kind(
        tr("empty"),
        tr("An empty page."),
        lambda _, material, __: np.zeros(material.images.shape[1]),
        count=1,
    ),
}
