"""Measures how fast pages are redrawn and all test digits surveyed."""

from dataclasses import replace
from statistics import median

import numpy as np
from PySide6.QtWidgets import QApplication

from nnviz.data.digits import bundled_digits
from nnviz.questions.votes import SurveyVotes
from nnviz.ui.app.application import make_application
from nnviz.ui.kit.theme import Theme
from nnviz.ui.votes.matrix import MatrixView, VoteMatrix
from nnviz.ui.votes.page import VotesPage
from tests.speed.rounds import microseconds, ratios, time_steps
from tests.speed.row import Row
from tests.speed.windows import DIGITS, still_window

FRAMES = 60
SIDE = 520
"""Pixels of the matrix."""
TIMES_CHEAPER = 5
SURVEY_SECONDS = 2.0


def measure(rounds: int) -> list[Row]:
    application = make_application()
    votes = some_votes()
    pictures = {
        "ours": Matrix(application, votes),
        "live": Matrix(application, votes, only_moving=True),
        "pyqtgraph": TextItems(application, votes),
        "page": Page(application),
    }
    taken = time_steps(pictures, dict.fromkeys(pictures, FRAMES), rounds)
    task = f"draw a 10 x 10 matrix of votes with its numbers, {SIDE} pixels"
    return [
        Row(
            "matrix",
            task,
            "pyqtgraph: one ImageItem, one TextItem per cell",
            "x",
            ratios(taken["pyqtgraph"], taken["ours"]),
            TIMES_CHEAPER,
            at_least=True,
            note=microseconds(taken, "pyqtgraph"),
        ),
        Row(
            "matrix-live",
            f"{task}, cells new, numbers as they were",
            "-",
            "ms",
            [micro / 1e3 for micro in taken["live"]],
        ),
        Row(
            "votes-page",
            "one frame of the Votes page while 45 networks learn: verdict, cells, weights",
            "-",
            "ms",
            [micro / 1e3 for micro in taken["page"]],
        ),
        survey_row(rounds),
    ]


def some_votes() -> list[np.ndarray]:
    """Matrices that differ in every cell."""
    upper = [np.triu(r, 1) for r in np.random.default_rng(1).random((8, 10, 10))]
    return [one + np.tril(1 - one.T, -1) for one in upper]


class Matrix:
    """The widget of the program."""

    def __init__(
        self, application: QApplication, votes: list[np.ndarray], only_moving: bool = False
    ) -> None:
        self._application, self._votes, self._only_moving = application, votes, only_moving
        shown = ~np.eye(10, dtype=bool)
        names = tuple(map(str, range(10)))
        turns = np.zeros((10, 10), np.intp)
        marks = (None,) * 10
        self._view = MatrixView(votes[0], names, shown, turns, None, 3, 5, marks, (3, 5), "percent")
        self.widget = VoteMatrix(Theme())
        self.widget.resize(SIDE, SIDE)
        self.widget.show_view(self._view)
        self.widget.show()
        application.processEvents()

    def learn(self, steps: int) -> None:
        """Draws so many frames."""
        for frame in range(steps):
            beats = self._votes[frame % len(self._votes)]
            what = "newest" if self._only_moving else "beats"
            self.widget.show_view(replace(self._view, **{what: beats}))
            self._application.processEvents()


class TextItems:
    """The usual way: a plot with an image and a text item for every cell."""

    def __init__(self, application: QApplication, votes: list[np.ndarray]) -> None:
        import pyqtgraph as pg

        self._application, self._votes = application, votes
        self.widget = pg.PlotWidget()
        self.widget.resize(SIDE, SIDE)
        self.widget.getPlotItem().hideButtons()
        self._image = pg.ImageItem(votes[0].astype(np.float32), levels=(0, 1))
        self._image.setLookupTable(pg.colormap.get("CET-D1A").getLookupTable(nPts=256))
        self.widget.addItem(self._image)
        self._texts = {}
        for row in range(10):
            for column in range(10):
                if row != column:
                    text = pg.TextItem("", anchor=(0.5, 0.5))
                    text.setFont(Theme().font(24, bold=True))
                    text.setPos(column + 0.5, row + 0.5)
                    self.widget.addItem(text)
                    self._texts[row, column] = text
        self.widget.setRange(xRange=(0, 10), yRange=(0, 10), padding=0)
        self.widget.show()
        application.processEvents()

    def learn(self, steps: int) -> None:
        """Draws so many frames."""
        for frame in range(steps):
            beats = self._votes[frame % len(self._votes)]
            self._image.setImage(beats.astype(np.float32), levels=(0, 1), autoLevels=False)
            for place, text in self._texts.items():
                text.setText(f"{100 * beats[place]:.0f}")
            self._application.processEvents()


class Page:
    """The page in its window, at 1280 x 720, with other weights in every frame."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self.window = still_window()
        self._session = self.window.session
        self._session.designs.choose("all-pairs")
        self._session.change(page="votes")
        self.window.show()
        assert isinstance(self.window.page, VotesPage)
        self._session.change(running=True)
        network = self._session.state.work.network
        weights = network.hidden_weights
        self._networks = [
            replace(network, hidden_weights=weights * np.float32(scale)) for scale in (1, 0.9, 0.8)
        ]
        application.processEvents()

    def learn(self, steps: int) -> None:
        """Draws so many frames."""
        for frame in range(steps):
            network = self._networks[frame % len(self._networks)]
            self._session.change(work=replace(self._session.state.work, network=network))
            self._application.processEvents()


class Survey:
    """All test digits, a block at a time."""

    def __init__(self) -> None:
        digits = bundled_digits()
        self._digits = replace(
            digits,
            test_images=np.resize(digits.train_images, (DIGITS, digits.inputs)),
            test_labels=np.resize(digits.train_labels, DIGITS),
        )
        session = still_window().session
        session.designs.choose("all-pairs")
        self._work = session.state.work

    def learn(self, steps: int) -> None:
        """Asks them so many times."""
        for _ in range(steps):
            for _block in SurveyVotes(self._work.asked()).work(self._digits, {}):
                pass


def survey_row(rounds: int) -> Row:
    taken = time_steps({"ours": Survey()}, {"ours": 1}, rounds)["ours"]
    return Row(
        "vote-survey",
        f"survey the votes of {DIGITS:,} digits, 45 networks of 8 neurons, from pixels",
        "-",
        "s",
        [micro / 1e6 for micro in taken],
        SURVEY_SECONDS,
        note=f"median {median(taken) / 1e6:.2f} s",
    )
