"""Opening, saving and training further: what the session does with network files."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from nnviz.data.catalogue import label_of
from nnviz.data.digits import ShownDigits, Source
from nnviz.networks.adopted import NOTHING_SAID, Adopted, Said
from nnviz.networks.curves import Position
from nnviz.networks.files import NetworkFileError, TrainedNetwork, fitting, is_new, load, save
from nnviz.networks.film import Film
from nnviz.networks.settings import SettingError, Settings, learns_here, must_be_learnable
from nnviz.questions.accuracy import measured
from nnviz.session.asking import Accuracies
from nnviz.session.runs import Runs
from nnviz.session.shelf import Shelf
from nnviz.session.state import Notice
from nnviz.session.store import Store
from nnviz.session.work import SHIPPED, Work, work_of
from nnviz.words import tr
from nnviz.writing import NotSaved, saved

MEASURED_HERE = 50_000_000
"""Multiply-adds after which measuring is left to the training process."""
HOW_READ = "files.open"
"""The action of a notice about a network that others trained; the user is asked how to read it."""


class Files:
    """Network files, on screen and on disk."""

    def __init__(self, store: Store, runs: Runs, shelf: Shelf, accuracies: Accuracies) -> None:
        self._store = store
        self._runs = runs
        self._shelf = shelf
        self._accuracies = accuracies

    def open(self, path: Path, said: Said = NOTHING_SAID) -> bool:
        """Shows the network of a file and takes over its settings; -> whether it could. `said` is
        what the user says of one that others trained."""
        return self._open(path, path.name, None, said)

    def open_shipped(self, path: Path) -> bool:
        """Shows a network that comes with the program; the next run keeps its own settings."""
        return self._open(path, SHIPPED, self._store.state.own_settings)

    def save(self, path: Path, work: Work | None = None) -> bool:
        """Saves the network on screen, or another one that is open; -> whether it could be
        saved."""
        work = work or self._store.state.work
        try:
            save(self._story(work), path)
        except NotSaved as error:
            self._store.say("error", str(error))
            return False
        if work.opened is None or not work.file:
            self._runs.renew(replace(work, file=path.name, path=str(path.resolve())))
        self._store.say("passing", saved(path))
        return True

    @property
    def story(self) -> TrainedNetwork:
        """The network on screen as a file would hold it."""
        return self._story(self._store.state.work)

    def _story(self, work: Work) -> TrainedNetwork:
        if work.opened is None:
            return self.story_of(work)
        return replace(work.opened, name=work.name)

    def story_of(self, work: Work, source: Source | None = None) -> TrainedNetwork:
        """A run as a file would hold it."""
        digits = self._store.state.digits
        taught = work.taught(digits)
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
            name=work.name,
            handed=taught.handed,
            before=taught.before,
            now=work.now,
            learned_by=work.learned_by,
        )

    def train_further(self) -> None:
        """Goes on training the network file on screen, from where its own run stood."""
        if not self._runs.can_learn():
            return
        work, digits = self._store.state.work, self._store.state.digits
        if work.opened is not None:
            settings = work.opened.settings.change(speed=work.settings.speed)
            try:
                must_be_learnable(settings)
            except SettingError as error:
                self._store.say("error", str(error))
                return
            taught = work.opened.taught
            if taught.handed != digits.handed(digits.train_count):
                work = replace(work, position=Position(), points=(), film=Film(), learned_by=())
                work = replace(work, taught_before=taught)
            self._runs.show(replace(work, settings=settings, opened=None, file=""))
        self._runs.run()

    def show(
        self,
        trained: TrainedNetwork,
        name: str,
        settings: Settings | None,
        path: str = "",
        **changes: Any,
    ) -> None:
        """Shows the network of a file of this name, with other settings for the next run if
        any are given."""
        work = self.work(trained, name, settings, path)
        self._shelf.put(work, **changes)
        if work.measured is None:
            self._accuracies.ask(self._store.state.work)

    def put_aside(self, trained: TrainedNetwork, work: Work) -> None:
        """Opens a network of a file that was open before, without showing it, as that was."""
        again = self.work(trained, work.file, work.settings, work.path)
        self._shelf.put_aside(replace(again, name=work.name), work.key)

    def work(
        self, trained: TrainedNetwork, name: str, settings: Settings | None, path: str = ""
    ) -> Work:
        """The network of a file as it would be shown, measured where that takes no time."""
        digits = self._store.state.digits
        settings = settings or settings_after(trained, self._store.state.own_settings)
        work = replace(work_of(trained, name), settings=settings, path=path)
        small = len(digits.labels) * work.network.multiply_adds <= MEASURED_HERE
        if not small or work.ends_behind(digits):
            return work
        told = measured(work.asked(), digits.images, digits.labels, digits.classes)
        return replace(work, measured=told)

    def _open(
        self, path: Path, name: str, settings: Settings | None, said: Said = NOTHING_SAID
    ) -> bool:
        digits = self._store.state.digits
        try:
            trained = fitting(load(path, digits, said), path, digits)
        except NetworkFileError as error:
            self._store.say("error", str(error))
            return False
        foreign = not work_of(trained, name).meant_for(digits)
        if foreign and name == SHIPPED:
            self._store.say("error", left_out(digits.name))
            return False
        notice = Notice("info", asked_about_others(trained, path, digits)) if foreign else None
        if trained.adopted is not None and is_new(trained, path):
            notice = how_read(trained.adopted)
        if trained.film_trouble:
            notice = Notice("error", trained.film_trouble)
        self.show(trained, name, settings, str(path.resolve()), notice=notice)
        return True


def settings_after(trained: TrainedNetwork, own: Settings) -> Settings:
    """Those that a run begins with after the network of a file: its own, or, where that can only
    learn in studies, what suits its design."""
    settings, usual = trained.settings, Settings()
    if not learns_here(settings) or trained.network.front is not None:
        settings = own if own.design == settings.design else usual.change(design=settings.design)
        settings = settings.change(seed=own.seed, images=own.images, device=own.device)
    return settings.change(speed=own.speed)


def left_out(digits: str) -> str:
    """Why none of the networks that come with the program is asked about a data set."""
    return tr(
        "The networks that come with nnviz learned from MNIST, so they are not asked about "
        "{digits}: Run trains one here.",
        digits=label_of(digits),
    )


def how_read(adopted: Adopted) -> Notice:
    """How the numbers of a network that others trained were read, to be changed."""
    kind = "error" if adopted.poor else "info"
    return Notice(kind, adopted.words, HOW_READ, tr("Change…"))


def asked_about_others(trained: TrainedNetwork, path: Path, digits: ShownDigits) -> str:
    """That the answers of the network of a file mean little on these images."""
    return tr(
        "{file} learned from {learned} and is asked about {digits}: it is not compared with "
        "networks that learned from these.",
        file=path.name,
        learned=label_of(trained.digits) or tr("digits that nobody knows"),
        digits=label_of(digits.name),
    )
