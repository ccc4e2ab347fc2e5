"""Opening, saving and training further: what the session does with network files."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from nnviz.data.digits import ShownDigits, Source
from nnviz.networks.curves import Measured, Position
from nnviz.networks.files import NetworkFileError, TrainedNetwork, fitting, load, save
from nnviz.networks.film import Film
from nnviz.networks.settings import Settings
from nnviz.questions.accuracy import Measure, Timed, measured
from nnviz.session.shelf import Shelf
from nnviz.session.state import SHIPPED, Notice, Work

MEASURED_HERE = 50_000_000
"""Multiply-adds after which measuring is left to the training process."""


class Networks(Shelf):
    """Network files, on screen and on disk."""

    def set(self, **changes: Any) -> None:
        super().set(**changes)
        work = self._state.work
        fixed = work.layout(self._state.digits.classes).fixed is not None
        if fixed and work.learned and "bit_weights" in changes:
            self._have_measured(work)  # the same outputs spell other digits

    def open_network(self, path: Path) -> bool:
        """Shows the network of a file and takes over its settings; -> whether it could."""
        return self._open(path, path.name, None)

    def open_shipped(self, path: Path) -> bool:
        """Shows a network that comes with the program; the next run keeps its own settings."""
        return self._open(path, SHIPPED, self._state.settings)

    def _open(self, path: Path, name: str, settings: Settings | None) -> bool:
        try:
            trained = fitting(load(path), path, self._state.digits)
        except NetworkFileError as error:
            self.say("error", str(error))
            return False
        notice = Notice("error", trained.film_trouble) if trained.film_trouble else None
        self._show_file(trained, name, settings, notice=notice)
        return True

    def save_network(self, path: Path) -> bool:
        """Saves the network on screen; -> whether it could be saved."""
        work = self._state.work
        try:
            save(self.story, path)
        except NetworkFileError as error:
            self.say("error", str(error))
            return False
        if work.opened is None or not work.file:
            self.change(work=replace(work, file=path.name))
        self.say("info", f"Saved {path.name}.")
        return True

    @property
    def story(self) -> TrainedNetwork:
        """The network on screen as a file would hold it."""
        work = self._state.work
        return work.opened or self._story(work)

    def train_further(self) -> None:
        """Goes on training the network file on screen, from where its own run stood."""
        work, digits = self._state.work, self._state.digits
        if work.opened is None:
            self.run()
            return
        settings = work.opened.settings.change(speed=work.settings.speed)
        same = (work.opened.digits, work.opened.trained_on) == (digits.name, digits.train_count)
        if not same or work.opened.non_digits:
            work = replace(work, position=Position(), points=(), film=Film())
        self._show(replace(work, settings=settings, opened=None, file=""))
        self.run()

    def _story(self, work: Work, source: Source | None = None) -> TrainedNetwork:
        digits = self._state.digits
        return TrainedNetwork(
            work.network,
            work.settings,
            digits.class_names,
            digits.name,
            work.epoch_length(digits),
            len(digits.labels),
            "",
            work.position,
            work.points,
            source,
            work.film,
        )

    def _show_file(
        self, trained: TrainedNetwork, name: str, settings: Settings | None, **changes: Any
    ) -> None:
        digits = self._state.digits
        settings = settings or trained.settings.change(speed=self._state.settings.speed)
        work = Work(
            settings,
            trained.network,
            trained.position,
            trained.points,
            opened=trained,
            file=name,
            film=trained.film,
        )
        if len(digits.labels) * work.network.multiply_adds <= MEASURED_HERE:
            work = replace(work, measured=_measured_here(work, digits))
        self.put_beside(work, **changes)
        if work.measured is None:
            self._have_measured(self._state.work)

    def _have_measured(self, work: Work) -> None:
        """Asks the training process how good a network is."""
        self._ask(Measure(work.asked()), partial(self._take_measured, work.run))

    def _take_measured(self, run: int, told: Timed) -> None:
        state = self._state
        for work in state.works:
            if work.run == run:
                self.change(**self._replaced(_with(work, told)))
        for design, work in state.trained.items():
            if work.run == run:
                self.change(trained={**state.trained, design: _with(work, told)})


def _with(work: Work, told: Timed) -> Work:
    return replace(work, measured=told.measured, judging_seconds=told.seconds)


def _measured_here(work: Work, digits: ShownDigits) -> Measured:
    return measured(
        work.network,
        work.layout(digits.classes),
        work.readings[0],
        work.position.examples,
        digits.images,
        digits.labels,
    )
