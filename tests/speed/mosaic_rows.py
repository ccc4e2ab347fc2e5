"""Measures what a redraw of 100 weight images costs; prints its row as JSON."""

import numpy as np
import pyqtgraph as pg

from nnviz.data.arrays import Floats
from nnviz.ui.app.application import make_application
from nnviz.ui.detectors.mosaic import Mosaic, MosaicView
from nnviz.ui.kit.theme import Theme
from tests.speed.rounds import ratios, time_steps
from tests.speed.row import Row

IMAGES, SIDE = 100, 28
ROOM = (1078, 720)
REDRAWS = 60
SHARE = 0.4
MOMENTS = 5
"""Different weights, shown in turn."""


class OurMosaic:
    """Bars, gaps and all, on the widget of the window."""

    def __init__(self, moments: list[Floats]) -> None:
        self.widget = Mosaic(Theme())
        activity = np.linspace(0, 1, IMAGES, dtype=np.float32)
        names = tuple(str(number + 1) for number in range(IMAGES))
        words, signs = ("for 3",) * IMAGES, (0,) * IMAGES
        said = (("fires 0.5", "for 3"),) * IMAGES
        inked, shape = np.ones(SIDE * SIDE, np.bool_), (SIDE, SIDE, 1)
        self._views = [
            MosaicView(each, 3.0, inked, shape, activity, names, words, signs, said)
            for each in moments
        ]
        self.widget.resize(*ROOM)
        self.widget.show_view(self._views[0])
        self.widget.show()

    def learn(self, steps: int) -> None:
        for step in range(steps):
            self.widget.show_view(self._views[step % MOMENTS])
            self.widget.repaint(self.widget.inside.toAlignedRect())  # at once, and once


class ImageItemMosaic:
    """The same images in the same number of columns, as one picture of the plot library."""

    def __init__(self, moments: list[Floats], columns: int) -> None:
        rows = -(-IMAGES // columns)
        self._pictures = []
        for each in moments:
            grid = np.zeros((rows * columns, SIDE, SIDE), np.float32)
            grid[:IMAGES] = each.reshape(IMAGES, SIDE, SIDE)
            grid = grid.reshape(rows, columns, SIDE, SIDE).swapaxes(1, 2)
            self._pictures.append(np.ascontiguousarray(grid.reshape(rows * SIDE, columns * SIDE)))
        self.widget = pg.GraphicsLayoutWidget()
        self.widget.resize(*ROOM)
        view = self.widget.addViewBox(lockAspect=True)
        self._item = pg.ImageItem(axisOrder="row-major")
        self._item.setLookupTable(np.arange(256 * 3, dtype=np.int64).reshape(256, 3).astype("u1"))
        view.addItem(self._item)
        self._item.setImage(self._pictures[0], levels=(-3, 3), autoLevels=False)
        self.widget.show()

    def learn(self, steps: int) -> None:
        for step in range(steps):
            picture = self._pictures[step % MOMENTS]
            self._item.setImage(picture, levels=(-3, 3), autoLevels=False)
            self.widget.viewport().repaint()  # at once, and once


def measure(rounds: int) -> list[Row]:
    application = make_application()
    generator = np.random.default_rng(0)
    moments = [
        generator.standard_normal((IMAGES, SIDE * SIDE)).astype(np.float32) for _ in range(MOMENTS)
    ]
    ours = OurMosaic(moments)
    application.processEvents()
    theirs = ImageItemMosaic(moments, ours.widget.places.columns)
    application.processEvents()
    drawn = {"ours": ours, "image item": theirs}
    taken = time_steps(drawn, dict.fromkeys(drawn, REDRAWS), rounds)
    return [
        Row(
            "mosaic",
            f"redraw of {IMAGES} weight images with their activities, {ROOM[0]} x {ROOM[1]}",
            "one pyqtgraph ImageItem of the same mosaic",
            "x",
            ratios(taken["ours"], taken["image item"]),
            SHARE,
        )
    ]
