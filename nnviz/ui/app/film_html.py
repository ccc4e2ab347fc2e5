"""The film of a run as one page for a browser that needs no network. No Qt.

The weights are rounded to few levels, and of each moment only what has changed is written, packed
with what every browser unpacks. What is still too large goes on with fewer levels, then with fewer
moments, at last with fewer neurons, and the page says so.
"""

import base64
import html
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.digits import Shape
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import TrainedNetwork
from nnviz.paths import RESOURCES
from nnviz.ui.app import film_words as words
from nnviz.ui.app.film_gif import (
    Cancelled,
    GifError,
    Look,
    Still,
    Told,
    check_film,
    save_gif,
    stills,
)
from nnviz.ui.kit.colours import THEMES, Colours
from nnviz.ui.kit.weight_colours import LEVELS, weight_colours
from nnviz.words import said_now, tr
from nnviz.writing import check_writable, write

TEMPLATE = RESOURCES / "film" / "page.html"
PAGES = (".html", ".htm")
ROOM = 850_000
"""Of the weights in it, as text"""
FINENESS = (24, 16, 10, 6)
"""Levels between zero and the strongest weight of either sign"""
EVERY = (1, 2, 3, 4, 6, 8)
"""One in so many moments is shown"""
FEWER = (100, 50, 30)
"""Neurons shown where even that is too much"""
COMPRESSED = 9
MILLISECONDS = 250
"""From one moment to the next"""
Indices = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class _Packed:
    """What of a film fits into a page."""

    text: str
    levels: int
    moments: list[int]
    """Numbers of those shown"""
    neurons: int


def save_film(
    trained: TrainedNetwork,
    path: Path,
    inked: NDArray[np.bool_],
    shape: Shape,
    look: Look,
    told: Told,
) -> None:
    """Writes it as a whole or not at all; a page has its own look. Raises GifError, NotSaved,
    Cancelled."""
    ending = path.suffix.lower()
    if ending in PAGES:
        save_html(trained, path, inked, shape, told)
    elif ending == ".gif":
        save_gif(trained, path, inked, shape, look, told)
    else:
        raise GifError(tr("{file} must end in .gif or .html.", file=path.name))


def save_html(
    trained: TrainedNetwork,
    path: Path,
    inked: NDArray[np.bool_],
    shape: Shape,
    told: Told = lambda _done, _all: True,
) -> None:
    """Writes the film of a network as a whole or not at all. Raises GifError, NotSaved,
    Cancelled."""
    check_film(trained)
    check_writable(path)
    write(path, page(trained, inked, shape, told).encode())


def page(
    trained: TrainedNetwork,
    inked: NDArray[np.bool_],
    shape: Shape,
    told: Told = lambda _done, _all: True,
) -> str:
    """The page. Raises Cancelled."""
    shown: list[Still] = []
    wanted = stills(trained)
    for done, still in enumerate(wanted):
        if not told(done, len(wanted)):
            raise Cancelled
        shown.append(still())
    images = np.stack([_images(each, inked, shape) for each in shown])
    packed = _fitting(images)
    return _filled(trained, [shown[each] for each in packed.moments], packed, len(wanted), shape)


def _images(still: Still, inked: NDArray[np.bool_], shape: Shape) -> NDArray[np.float32]:
    """(neurons, pixels) in -1..1, as the animated picture has them."""
    height, width, channels = shape
    weights = still.weights.reshape(len(still.weights), height * width, channels)
    images: NDArray[np.float32] = weights.mean(axis=2)
    seen = inked.reshape(-1, channels).any(axis=1)
    limit = float(np.quantile(np.abs(images[:, seen]), 0.995)) or 1.0
    images = np.clip(images / np.float32(limit), -1, 1)
    images[:, ~seen] = 0
    return images


def _fitting(images: NDArray[np.float32]) -> _Packed:
    """As fine, as many moments and as many neurons as there is room for."""
    found = None
    for found in _tries(images):
        if len(found.text) <= ROOM:
            return found
    assert found is not None
    return found


def _tries(images: NDArray[np.float32]) -> Iterator[_Packed]:
    moments, neurons = images.shape[:2]
    for levels in FINENESS:
        yield _packed(images, levels, 1, neurons)
    for every, few in product(EVERY[1:], (neurons, *FEWER)):
        if few <= neurons and every < moments:
            yield _packed(images, FINENESS[-1], every, few)


def _packed(images: NDArray[np.float32], levels: int, every: int, neurons: int) -> _Packed:
    last = len(images) - 1
    kept = sorted({*range(0, last, every), last})
    colours = 2 * levels + 1
    places = levels + np.rint(images[kept, :neurons] * levels).astype(np.int16)
    changes = np.diff(places, axis=0, prepend=np.zeros_like(places[:1])) % colours
    content = zlib.compress(changes.astype(np.uint8).tobytes(), COMPRESSED)
    return _Packed(base64.b64encode(content).decode(), levels, kept, neurons)


def _filled(
    trained: TrainedNetwork, shown: Sequence[Still], packed: _Packed, moments: int, shape: Shape
) -> str:
    design = DESIGNS[trained.settings.design].label
    when = [words.when(each.epochs, each.examples) for each in shown]
    right = [words.right(trained.digits, each.accuracy) for each in shown]
    film = {
        "neurons": packed.neurons,
        "height": shape[0],
        "width": shape[1],
        "when": when,
        "right": right,
        "milliseconds": MILLISECONDS,
        "play": said_now(words.PLAY),
        "pause": said_now(words.PAUSE),
        "old": said_now(words.OLD_BROWSER),
        **{name: _inks(THEMES[name], packed.levels) for name in ("dark", "light")},
    }
    neurons = len(shown[0].weights)
    texts = {
        "language": "en",
        "title": words.title(design, trained.digits),
        "shows": words.shows(packed.neurons),
        "play": words.PLAY,
        "slider": words.SLIDER,
        "keys": words.KEYS,
        "left_out": words.left_out(len(shown), moments, packed.neurons, neurons),
        "source": words.source(trained.digits, trained.trained_on, trained.settings.seed),
        "without": words.WITHOUT_SCRIPTS,
        "table": words.TABLE,
    }
    parts = {name: html.escape(said_now(text)) for name, text in texts.items()} | {
        "dark": _variables(THEMES["dark"]),
        "light": _variables(THEMES["light"]),
        "last": str(len(shown) - 1),
        "headings": _cells("th", (words.WHEN, words.RIGHT)),
        "rows": "".join(f"<tr>{_cells('td', each)}</tr>" for each in zip(when, right, strict=True)),
        "film": json.dumps(film).replace("<", "\\u003c"),
        "packed": packed.text,
    }
    return _put(TEMPLATE.read_text("utf-8"), parts)


def _put(template: str, parts: dict[str, str]) -> str:
    """The template with each {{name}} replaced, once."""
    pieces = template.split("{{")
    made = [pieces[0]]
    for piece in pieces[1:]:
        name, _, rest = piece.partition("}}")
        made += [parts[name], rest]
    return "".join(made)


def _cells(tag: str, texts: Sequence[str]) -> str:
    return "".join(f"<{tag}>{html.escape(said_now(each))}</{tag}>" for each in texts)


def _variables(colours: Colours) -> str:
    named = ("background", "text", "muted", "right", "focus", "on_accent")
    return " ".join(f"--{name.replace('_', '-')}: {getattr(colours, name)};" for name in named)


def _inks(colours: Colours, levels: int) -> list[int]:
    """The colour of each level as 0xrrggbb."""
    steps = np.linspace(0, 2 * LEVELS, 2 * levels + 1).round().astype(int)
    found: list[Any] = (weight_colours(colours)[steps] & 0xFFFFFF).tolist()
    return found
