"""The digits in use: other ones are opened, your own take the place of the test digits."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from nnviz.data.digits import ShownDigits, Source, are_pictures
from nnviz.data.own_digits import Progress
from nnviz.errors import Refusal
from nnviz.networks.files import NetworkFileError, fits, load, takes_part_of
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.session.asking import Accuracies
from nnviz.session.designs import Designs
from nnviz.session.files import Files, left_out
from nnviz.session.known import AllKnown
from nnviz.session.process import Process
from nnviz.session.runs import Runs
from nnviz.session.store import Store
from nnviz.session.work import Work
from nnviz.training.messages import DigitsOpened, StopOpening, Trouble
from nnviz.words import commas, sentences, speak_of, tr, tr_n


class DigitsInUse:
    """Has digits opened, and says how far that is and what was left out."""

    def __init__(
        self,
        store: Store,
        process: Process,
        runs: Runs,
        designs: Designs,
        files: Files,
        accuracies: Accuracies,
    ) -> None:
        self._store = store
        self._process = process
        self._runs = runs
        self._designs = designs
        self._files = files
        self._accuracies = accuracies
        speak_of(are_pictures(store.state.digits))
        self._to_open: Path | None = None  # a network of digits that are still being opened
        self._given_up: frozenset[int] = frozenset()  # keys
        self._fallen: tuple[str, ...] = ()  # what other digits have ended the comparison of
        self._in_doubt = store.state.digits.source
        self.upright: Source | None = None
        """The digits in use, turned so that they are read better, where that was measured"""
        self.made_way: list[Callable[[Work, bool], None]] = []
        """Called with each network that other digits have closed, and whether it was given up."""
        self.opened: list[Callable[[], None]] = []
        """Called when the training process has digits in use."""

    def open(self, source: Source, given_up: Sequence[Work] = ()) -> None:
        """Has the training process take another data set; then all open networks make way.

        Those given up are dropped; what others have learned that no file holds is kept for the
        next start.
        """
        self._given_up = frozenset(work.key for work in given_up)
        self._runs.withdraw()
        if self._store.state.engine == "dead":
            self._process.start(source)
        else:
            self._process.open(source)
        where = source.tests or source.folder or source.digits
        self._store.say("wait", tr("Opening the digits in {where}.", where=where), about="digits")

    def open_tests(self, path: Path | None) -> None:
        """Has your own digits (see `own_digits`) take the place of the test digits; None brings
        these back. Open networks stay."""
        source = self._store.state.digits.source
        self.open(replace(source, tests=None if path is None else str(path)))

    def take_numbers(self) -> None:
        """Has numbers in the names of your own pictures that may only count be their labels."""
        self.open(replace(self._in_doubt, numbers_are_labels=True))

    def turn(self, given_up: Sequence[Work] = ()) -> None:
        """Has the digits in use opened anew, turned so that they are read better."""
        if self.upright is not None:
            self.open(self.upright, given_up)

    @property
    def as_stored(self) -> Source | None:
        """The digits in use as they are stored, where they are turned."""
        source = self._store.state.digits.source
        stored = replace(source, turned=(), tests_turned=())
        return None if stored == source else stored

    def open_network_then(self, path: Path) -> None:
        """Shows the network of a file as soon as the digits being opened are there."""
        self._to_open = path

    def part_for(self, path: Path) -> Source | None:
        """The digits of just those classes that the network of a file tells apart; None where
        these are in use, the data set in use lacks one, or the file cannot be read."""
        digits = self._store.state.digits
        try:
            trained = load(path, digits)
        except NetworkFileError:
            return None
        names, everyone = trained.class_names, digits.all_names or digits.class_names
        if names == digits.class_names or trained.network.inputs != digits.inputs:
            return None
        if names == everyone:
            return replace(digits.source, classes=())
        part = takes_part_of(trained, everyone, digits.inputs)
        return replace(digits.source, classes=names) if part else None

    def open_part(self, part: Source, path: Path, given_up: Sequence[Work] = ()) -> None:
        """Has a part of the digits opened as `open` does, and then the network of a file that
        wants just it."""
        self.open(part, given_up)
        self.open_network_then(path)

    def stop_opening(self) -> None:
        """Gives up what is being opened; the digits in use stay."""
        self._process.ask(StopOpening())
        self._to_open, self._given_up = None, frozenset()
        self._store.end_wait("digits")
        self._process.given_up()
        self._open_instead()
        self._runs.go_on()

    def take(self, told: DigitsOpened) -> None:
        """Uses the digits that the training process has opened, unless those on screen are on
        their way after them."""
        shown, source = self._store.state.digits.source, told.digits.source
        if source != shown == self._process.awaited:
            self._process.arrived(source)
            return
        self.upright = None if told.upright is None else told.upright.source
        self._use(told.digits)
        self._tell_left_out(told)
        self._tell_how_they_stand(told)
        self._tell_fallen()

    def refused(self, told: Trouble) -> None:
        """The digits that were asked for cannot be had; says why, and asks whether numbers that
        may only count are labels where there are such."""
        self._in_doubt = self._process.opening
        self._to_open, self._given_up = None, frozenset()
        self._process.refused()
        if self._process.awaited is None:  # else others are on their way already
            self._open_instead()
        if self._process.awaited is None and self._store.state.engine == "starting":
            self._runs.withdraw()  # there is nothing to learn from
        self._runs.go_on()
        asked = _asked_about_numbers() if told.counted else {}
        self._store.say("error", told.sentence, details=told.details, **asked)

    def tell_progress(self, source: Source, progress: Progress) -> None:
        """Says how far digits are that take long to open."""
        notice = self._store.state.notice
        if source == self._process.opening and notice is not None and notice.about == "digits":
            self._store.say(
                "wait",
                tr(
                    "Reading pictures: {done} of {total}.", done=progress.done, total=progress.total
                ),
                action="digits.stop_opening",
                action_label=tr("Cancel"),
                about="digits",
            )

    def _use(self, digits: ShownDigits) -> None:
        go = self._runs.asked_for  # pressed since the digits were
        self._process.forget_all()
        speak_of(are_pictures(digits))
        changes: dict[str, Any] = {"engine": "ready"}
        shown = self._store.state.digits
        self._process.arrived(digits.source)
        if self._process.awaited is None:  # others may be on their way already
            self._store.end_wait("digits")
        if digits.source == shown.source and _same(digits, shown):
            # whoever waits for an answer asks again: nothing is on its way any more
            self._store.change(engine="starting", running=False)
            self._store.change(**changes)
        elif digits.source.training == shown.source.training:
            self._use_tests(digits, **changes)
        else:
            self._use_other(digits, **changes)
        if self._to_open is not None:
            path, self._to_open = self._to_open, None
            self._open_network(path)
        for watcher in self.opened:
            watcher()
        self._runs.go_on(go)

    def _open_network(self, path: Path) -> None:
        part = self.part_for(path)
        if part is not None:
            self.open_part(part, path)
        elif self._files.open(path):
            self.tell_part(path)

    def tell_part(self, path: Path) -> None:
        """Says that a network asks only for some classes, where it does."""
        digits = self._store.state.digits
        if digits.source.classes and self._store.state.notice is None:
            said = tr(
                "{file} tells {count} classes apart, so only the digits {classes} are in use. "
                "“All of these digits” in the digits menu leads back.",
                file=path.name,
                count=digits.classes,
                classes=commas(digits.class_names),
            )
            self._store.say("info", said)

    def _use_other(self, digits: ShownDigits, **changes: Any) -> None:
        """Another data set: what was open makes way for a random start, but for what is on screen
        or compared besides and learned from images like these."""
        state = self._store.state
        shown, works, compared = state.work, state.works, self._compared()
        given_up, self._given_up = self._given_up, frozenset()
        again = shown.opened is not None and _suits(shown, digits)
        self._designs.forget()
        alone: dict[str, Any] = {"shelf": (), "place": 0, "answers": AllKnown()}
        alone |= {"race": (), "beside": (), "besides": replace(state.besides, keys=())}
        start = self._start_on(digits)
        if again:
            start = replace(start, key=shown.key)  # which will make way for it
        self._runs.show(start, **changes, **alone, digits=digits)
        for work in works:
            for watcher in self.made_way:
                watcher(work, work.key in given_up)
        if shown.opened is not None and again:
            self._files.show(shown.opened, shown.file, shown.settings, shown.path)
        elif shown.opened is not None and shown.shipped and not self._store.state.notice:
            self._store.say("info", left_out(digits.name))
        self._go_on_comparing(compared)

    def _compared(self) -> Sequence[tuple[str, Work]]:
        """The networks that are compared besides, and what they are called; a run of this window
        that a file holds, as that file would be opened."""
        state = self._store.state
        labels = {work.key: state.labels[name] for name, work in state.entrants.items()}
        works = {work.key: work for work in state.works}
        found = []
        for key in filter(works.__contains__, state.besides.keys):
            work = works[key]
            if work.opened is None and work.file:
                work = replace(work, opened=self._files.story_of(work))
            found.append((labels.get(key, work.full_title), work))
        return found

    def _go_on_comparing(self, compared: Sequence[tuple[str, Work]]) -> None:
        """Compares those again that learned from images like those in use; the others fall away."""
        state, kept = self._store.state, []
        for name, work in compared:
            if work.opened is None or not _suits(work, state.digits):
                self._fallen = (*self._fallen, name)
                continue
            kept.append(work.key)
            if work.key != state.work.key:
                self._files.put_aside(work.opened, work)
        self._store.choose("besides", keys=tuple(kept))

    def _use_tests(self, digits: ShownDigits, **changes: Any) -> None:
        """Other test digits, the same training digits: open networks stay, and are asked anew."""
        state = self._store.state
        work, *others = (replace(each, measured=None) for each in (state.work, *state.shelf))
        trained = {name: replace(each, measured=None) for name, each in state.trained.items()}
        self._store.change(
            **changes,
            digits=digits,
            work=work,
            shelf=tuple(others),
            trained=trained,
            running=False,
            answers=AllKnown(),
        )
        for each in (work, *others, *trained.values()):
            if each.learned:
                self._accuracies.ask(each)

    def _open_instead(self) -> None:
        """What was being opened does not come: a process that starts needs digits all the same,
        those on screen or at least the set that they belong to."""
        shown, wanted = self._store.state.digits.source, self._process.opening
        instead = shown
        if self._store.state.engine == "starting":
            instead = shown.training if wanted == shown else shown
            if instead != wanted:
                self._process.open(instead)
        self._process.opening = instead

    def _tell_left_out(self, told: DigitsOpened) -> None:
        digits, left_out = told.digits, told.left_out
        if self._store.state.notice is not None:
            return
        if digits.source.tests is None:
            self._tell_how_read(told)
            return
        count, where = len(digits.labels), digits.source.tests
        details = "\n".join([*left_out, *_labels_taken(digits)])
        if left_out:
            said = _used_without(count, where, len(left_out))
            self._in_doubt = digits.source
            asked = _asked_about_numbers() if digits.counted else {}
            self._store.say("info", said, details=details, **asked)
        elif count == 1:
            self._store.say(
                "info",
                tr("1 digit from {where} is the only test digit now.", where=where),
                details=details,
            )
        else:
            self._store.say(
                "info",
                tr(
                    "{count} digits from {where} are the test digits now.", count=count, where=where
                ),
                details=details,
            )

    def _tell_how_read(self, told: DigitsOpened) -> None:
        """What must be said of a data set of pictures where some were left out."""
        if told.left_out:
            said = tr_n(
                "{count} of its pictures or files was left out.",
                "{count} of its pictures or files were left out.",
                len(told.left_out),
            )
            details = "\n".join(told.left_out)
            self._store.say("info", sentences(*told.digits.notes, said), details=details)

    def _tell_how_they_stand(self, told: DigitsOpened) -> None:
        """Offers to turn digits that are read better so; else says how they were read."""
        notice, notes = self._store.state.notice, told.digits.notes
        if notice is not None and notice.kind != "info":
            return
        before = () if notice is None else (notice.sentence,)
        details = "\n".join((*before, *notes, *told.left_out))
        if told.upright is not None:
            how = tr("They were read by the network of 10 outputs that comes with nnviz.")
            self._store.say(
                "info",
                told.upright.sentence,
                action="digits.turn",
                action_label=tr("Turn them"),
                details="\n".join([how, *filter(None, [details])]),
            )
        elif notes:
            sentence = notes[0] if notice is None else notice.sentence
            more = details if len(notes) > 1 or notice is not None else ""
            self._store.say("info", sentence, details=more)

    def _tell_fallen(self) -> None:
        """Says which networks are compared no longer."""
        fallen, self._fallen = self._fallen, ()
        if not fallen:
            return
        said = tr(
            "Compared no longer, since other digits are in use: {networks}.",
            networks=commas(fallen),
        )
        notice = self._store.state.notice
        if notice is None:
            self._store.say("info", said)
        elif notice.kind == "info":
            self._store.change(notice=replace(notice, sentence=sentences(notice.sentence, said)))
        else:
            details = "\n".join(filter(None, (notice.details, said)))
            self._store.change(notice=replace(notice, details=details))

    def _start_on(self, digits: ShownDigits) -> Work:
        """A random start on digits that are not on screen yet."""
        settings = self._store.state.own_settings
        try:
            network = initial_network(settings, digits.inputs, digits.classes)
        except Refusal:  # no trunk of that size, or a code with too few words
            usual = Settings()
            settings = usual.change(seed=settings.seed, speed=settings.speed)
            network = initial_network(settings, digits.inputs, digits.classes)
        work = self._store.state.work
        return Work(settings, network, touched=work.touched and work.opened is None)


def _suits(work: Work, digits: ShownDigits) -> bool:
    """Whether the network of a file can judge these digits and learned from images like them."""
    return work.opened is not None and fits(work.opened, digits) and work.meant_for(digits)


def _asked_about_numbers() -> dict[str, str]:
    """What a notice offers where numbers in names may be labels."""
    return {"action": "digits.take_numbers", "action_label": tr("They are labels")}


def _labels_taken(digits: ShownDigits) -> list[str]:
    """A line for each picture that is a test digit: its name and its label."""
    return [
        tr("{file}: {label}", file=file, label=digits.class_names[int(label)])
        for file, label in zip(digits.files, digits.labels, strict=False)
    ]


def _used_without(count: int, where: str, left_out: int) -> str:
    """That so many digits are in use, and so many were not fit for it."""
    if count == 1:
        return tr_n(
            "1 digit from {where} is the only test digit now; {count} was left out.",
            "1 digit from {where} is the only test digit now; {count} were left out.",
            left_out,
            where=where,
        )
    return tr_n(
        "{digits} digits from {where} are the test digits now; {count} was left out.",
        "{digits} digits from {where} are the test digits now; {count} were left out.",
        left_out,
        digits=count,
        where=where,
    )


def _same(digits: ShownDigits, others: ShownDigits) -> bool:
    """Whether the test digits are alike: files may have changed since they were read."""
    pairs = (digits.images, others.images), (digits.labels, others.labels)
    return all(np.array_equal(*pair) for pair in pairs)
