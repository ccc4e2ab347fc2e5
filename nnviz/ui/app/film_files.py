"""The film of a run as the file that its name asks for: an animated picture, or a page."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.data.digits import Shape
from nnviz.networks.files import TrainedNetwork
from nnviz.ui.app.film_gif import GifError, Look, Told, save_gif
from nnviz.ui.app.film_html import save_html
from nnviz.words import tr

PAGES = (".html", ".htm")


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
