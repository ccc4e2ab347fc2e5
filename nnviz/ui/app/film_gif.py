"""The film of a run as an animated GIF: its weight images with epoch and accuracy. No Qt."""

import io
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from nnviz.data.digits import Shape
from nnviz.errors import Refusal
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import TrainedNetwork
from nnviz.networks.network import Network
from nnviz.paths import RESOURCES
from nnviz.ui.app import words
from nnviz.ui.kit.colours import THEMES
from nnviz.ui.kit.weight_colours import LEVELS, weight_colours
from nnviz.words import tr
from nnviz.writing import check_writable, write

GREATEST = 24
"""Place in the palette between zero and the strongest weight of either sign."""
ZERO = GREATEST
INK = 2 * GREATEST + 1
"""Where the palette goes on from the background to the colour of text."""
HELD = 2500
"""Milliseconds that the last picture stays."""
SIZES = ("640x360", "960x540", "1280x720", "1920x1080")
SIDES = range(160, 2161)
FPS = range(1, 51)
Told = Callable[[int, int], bool]
"""Called with pictures made and wanted; whether to go on."""
Indices = NDArray[np.uint8]


class GifError(Refusal):
    """There is no film, or its file is misnamed; the message is one sentence for the user."""


class Cancelled(Exception):
    """Nobody wants the file any more."""


@dataclass(frozen=True)
class Look:
    """How the pictures look."""

    width: int = 960
    height: int = 540
    theme: str = "dark"
    fps: int = 10
    """Pictures per second."""


PLAIN = Look()


@dataclass(frozen=True, eq=False)
class Still:
    """What one picture shows."""

    weights: NDArray[np.float32]
    """(neurons, inputs)"""
    epochs: float
    examples: int
    accuracy: float | None


def save_gif(
    trained: TrainedNetwork,
    path: Path,
    inked: NDArray[np.bool_],
    shape: Shape,
    look: Look = PLAIN,
    told: Told = lambda _done, _all: True,
) -> None:
    """Writes the film of a network as a whole or not at all. Raises GifError, NotSaved,
    Cancelled."""
    check_film(trained)
    check_writable(path)
    write(path, _gif(trained, inked, shape, look, told))


def check_film(trained: TrainedNetwork) -> None:
    """Raises GifError where a network has no film to show."""
    if trained.network.front is not None:
        raise GifError(tr("A LeNet has no film: its hidden neurons have no weight images to show."))
    if not trained.film:
        raise GifError(tr("This network carries no film."))


def stills(trained: TrainedNetwork) -> list[Callable[[], Still]]:
    """The moments of the film and, if it has gone on from there, the present."""

    def seen(network: Network, examples: int, point: int) -> Still:
        known = 0 <= point < len(trained.curve) and trained.curve[point].examples == examples
        accuracy = trained.curve[point].test_accuracy if known else None
        epochs = examples / max(1, trained.epoch_length)
        return Still(network.hidden_weights[0], epochs, examples, accuracy)

    found: list[Callable[[], Still]] = [
        lambda each=each: seen(  # type: ignore[misc]
            each.network(trained.network), each.position.examples, each.number
        )
        for each in trained.film.moments
    ]
    present = trained.position.examples
    if trained.film.moments[-1].position.examples == present:
        found.pop()
    found.append(lambda: seen(trained.network, present, len(trained.curve) - 1))
    return found


def _gif(
    trained: TrainedNetwork, inked: NDArray[np.bool_], shape: Shape, look: Look, told: Told
) -> bytes:
    wanted = stills(trained)
    canvas = _Canvas(DESIGNS[trained.settings.design].label, trained.digits, inked, shape, look)

    def pictures() -> Iterator[Image.Image]:
        for done, still in enumerate(wanted):
            if not told(done, len(wanted)):
                raise Cancelled
            yield canvas.picture(still(), done / max(1, len(wanted) - 1))

    made = pictures()
    content = io.BytesIO()
    pause = round(1000 / look.fps)
    next(made).save(
        content,
        "GIF",
        save_all=True,
        append_images=made,
        duration=[*[pause] * (len(wanted) - 1), max(pause, HELD)],
        loop=0,
        optimize=False,
    )
    return content.getvalue()


class _Canvas:
    """Draws in places of one palette, so that every colour is that of the theme."""

    def __init__(
        self, title: str, digits: str, inked: NDArray[np.bool_], shape: Shape, look: Look
    ) -> None:
        self._title, self._digits, self._shape = title, digits, shape
        self._inked = inked.reshape(-1, shape[2]).any(axis=1)
        self._width, self._height = look.width, look.height
        self._margin = round(look.height * 0.025)
        self._head = round(look.height * 0.12)
        self._font = ImageFont.truetype(
            RESOURCES / "fonts" / "Inter-SemiBold.otf", round(look.height * 0.06)
        )
        self._palette = _palette(look.theme)

    def picture(self, still: Still, far: float) -> Image.Image:
        """`far` is the place in the film, 0..1."""
        places = np.full((self._height, self._width), INK, np.uint8)
        self._draw_weights(places, still.weights)
        bar = max(3, self._margin // 3)
        places[-bar:, : round(far * self._width)] = 255
        head = Image.new("L", (self._width, self._head), 0)
        draw = ImageDraw.Draw(head)
        middle = self._head // 2
        title = words.film_title(self._title, still.epochs, still.examples)
        draw.text((self._margin, middle), title, 255, self._font, anchor="lm")
        if still.accuracy is not None:
            draw.text(
                (self._width - self._margin, middle),
                words.film_accuracy(self._digits, still.accuracy),
                255,
                self._font,
                anchor="rm",
            )
        ink = np.asarray(head, np.float32) * ((255 - INK) / 255)
        places[: self._head] = INK + np.rint(ink).astype(np.uint8)
        picture = Image.fromarray(places, "L")
        picture.putpalette(self._palette)
        return picture

    def _draw_weights(self, places: Indices, weights: NDArray[np.float32]) -> None:
        height, width, channels = self._shape
        images = weights.reshape(len(weights), height * width, channels).mean(axis=2)
        limit = float(np.quantile(np.abs(images[:, self._inked]), 0.995)) or 1.0
        amounts = np.clip(images * (GREATEST / limit), -GREATEST, GREATEST)
        amounts[:, ~self._inked] = 0
        indices = (ZERO + np.rint(amounts)).astype(np.uint8).reshape(-1, height, width)
        top, gap = self._head, max(2, self._margin // 3)
        room = self._width - 2 * self._margin, self._height - top - 2 * self._margin
        columns, side = _grid(len(indices), *room, gap)
        rows = math.ceil(len(indices) / columns)
        left = (self._width - columns * (side + gap) + gap) // 2
        top += self._margin + (room[1] - rows * (side + gap) + gap) // 2
        down, across = np.arange(side) * height // side, np.arange(side) * width // side
        for number, image in enumerate(indices):
            row, column = divmod(number, columns)
            y, x = top + row * (side + gap), left + column * (side + gap)
            if y + side <= self._height - self._margin:
                places[y : y + side, x : x + side] = image[down[:, None], across]


def _grid(count: int, width: int, height: int, gap: int) -> tuple[int, int]:
    """Columns and side of so many squares, as large as they can be (at least 8 pixels)."""

    def side(columns: int) -> int:
        rows = math.ceil(count / columns)
        across, down = (width + gap) // columns - gap, (height + gap) // rows - gap
        return min(across, down)

    columns = max(range(1, count + 1), key=side)
    return columns, max(8, side(columns))


def _palette(theme: str) -> bytes:
    """256 colours, red, green and blue of each in turn."""
    colours = THEMES[theme]
    steps = np.linspace(0, 2 * LEVELS, INK).round().astype(int)
    packed = weight_colours(colours)[steps]
    weights = np.stack([packed >> 16 & 255, packed >> 8 & 255, packed & 255], axis=1)
    first, last = (
        np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)])
        for colour in (colours.background, colours.text)
    )
    ink = np.linspace(first, last, 256 - INK).round()
    return np.concatenate([weights, ink]).astype(np.uint8).tobytes()
