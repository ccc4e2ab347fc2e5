"""Everything that is open stands aside while a lecture shows what it wants, and comes back exactly
as it was; what was made meanwhile is kept."""

from collections.abc import Hashable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from typing import Any

from nnviz.data.digits import Source, are_pictures, bundled_digits
from nnviz.data.drawing import Drawing
from nnviz.data.written_row import WrittenRow
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.networks.story import IN_A_LECTURE
from nnviz.session.designs import Designs
from nnviz.session.known import AllKnown
from nnviz.session.process import Process
from nnviz.session.runs import Runs
from nnviz.session.shelf import Shelf
from nnviz.session.slices import Row, StudyChoice
from nnviz.session.state import Notice, State, Work, still_waiting
from nnviz.session.store import Store
from nnviz.training.messages import Go
from nnviz.words import speak_of, tr, tr_n

BEGINS_WITH = "ten-outputs"
"""The design whose network a scene shows that names none."""
LIVE = frozenset(
    {"engine", "no_kernels", "download", "running", "resting", "awaiting", "trained", "studies"}
    | {"past", "verdict", "lecturing", "lecture"}
)
"""Fields of the state that say how things are now, or follow from others."""


@dataclass(frozen=True)
class Made:
    """What somebody made while everything stood aside."""

    works: tuple[Work, ...] = ()
    """Networks that learned."""
    drawing: Drawing | None = None
    row: WrittenRow | None = None

    @property
    def drawn(self) -> bool:
        """Whether anything was drawn."""
        return self.drawing is not None or self.row is not None

    @property
    def offer(self) -> Notice | None:
        """Says what there is; nothing where nothing was made."""
        count = len(self.works)
        if count and self.drawn:
            said = tr_n(
                "What was drawn in the lecture and the {count} network that learned there are "
                "kept.",
                "What was drawn in the lecture and the {count} networks that learned there are "
                "kept.",
                count,
            )
        elif count:
            said = tr_n(
                "The {count} network that learned in the lecture is kept beside the others.",
                "The {count} networks that learned in the lecture are kept beside the others.",
                count,
            )
        elif self.drawn:
            said = tr("What was drawn in the lecture is kept.")
        else:
            return None
        return Notice("info", said, "aside.take", tr("Show it"))


@dataclass(frozen=True)
class _Kept:
    """All that stands aside."""

    state: State
    going: Go | None
    """What was being learned."""
    learning: frozenset[int]
    """Numbers of the runs that learned."""
    begun: frozenset[int]
    """Numbers of the runs that the training process had."""


class Aside:
    """Puts everything that is open aside, and brings it back."""

    def __init__(
        self, store: Store, runs: Runs, shelf: Shelf, process: Process, designs: Designs
    ) -> None:
        self._store = store
        self._runs = runs
        self._shelf = shelf
        self._process = process
        self._designs = designs
        self._kept: _Kept | None = None
        self._first: Mapping[str, Any] = {}
        self._learned: dict[Hashable, tuple[Work, ...]] = {}
        self._by_hand: dict[int, Work] = {}
        self._drawn = Made()
        self._stood = store.state
        self.made = Made()
        """What was made the last time."""

    @property
    def on(self) -> bool:
        """Whether anything stands aside."""
        return self._kept is not None

    @property
    def before(self) -> State:
        """What stands aside, or is on screen if nothing does."""
        return self._store.state if self._kept is None else self._kept.state

    def begin(self) -> None:
        """Puts everything aside; on screen is what every scene begins with: the bundled digits and
        a network that comes with the program."""
        if self._kept is not None:
            return
        runs = self._runs
        self._kept = _Kept(self._store.state, runs.going, frozenset(runs.learning), runs.begun)
        self._learned, self._by_hand, self._drawn = {}, {}, Made()
        with self._store.together():
            self._runs.rest()
            self._use_bundled()
            self._designs.load(BEGINS_WITH)
            state = self._store.state
            self._first = _first_values() | {
                "row": Row(reader=state.row.reader),
                "digits": state.digits,
                "work": self._runs.numbered(_first_work(state)),
            }
            self.fresh()

    def fresh(self) -> None:
        """The same again, whatever was shown meanwhile."""
        with self._store.together():
            self._runs.rest()
            self._use_bundled()
            first = dict(self._first)
            work, now = first.pop("work"), self._store.state.trained.get(BEGINS_WITH)
            if now is not None and now.network is work.network:
                work = replace(work, measured=now.measured)
            self._runs.show(work, **first)
            self.stands()

    def stands(self) -> None:
        """What is on screen now was put there, not made by anybody."""
        self._stood = self._store.state

    def taught(self, *works: Work) -> None:
        """Networks that the lecture has learn by itself."""
        own = (replace(w, experiment=IN_A_LECTURE, touched=False, before=None) for w in works)
        self._runs.renew(*own)

    def gather(self, scene: Hashable, name: str) -> None:
        """Takes up what was made since it stood, in a scene of this name."""
        state = self._store.state
        learned = [work for work in state.works if work.opened is None and work.position.steps]
        own = [work for work in learned if work.experiment == IN_A_LECTURE and not work.touched]
        if own:
            self._learned[scene] = tuple(replace(work, name=name[:40]) for work in own)
        self._by_hand |= {work.key: work for work in learned if work not in own}
        drawing, written = state.pad.drawing, state.row.written
        if drawing is not self._stood.pad.drawing and not drawing.empty:
            self._drawn = replace(self._drawn, drawing=drawing)
        if written is not self._stood.row.written and not written.empty:
            self._drawn = replace(self._drawn, row=written)

    def show_again(self, scene: Hashable) -> bool:
        """Shows what learned when a scene stood here last; -> whether anything did."""
        works = self._learned.get(scene, ())
        if not works:
            return False
        shown = next((w for w in works if w.design == self._store.state.design), works[0])
        others = tuple(work for work in works if work is not shown)
        race = tuple(work.key for work in works) if others else ()
        self._runs.show(shown, shelf=others, place=0, race=race, notice=None)
        return True

    def end(self, keeps: bool = True) -> Made:
        """Everything as it was, and what was made beside it, if that is wanted."""
        kept, self._kept = self._kept, None
        if kept is None:
            return Made()
        before = kept.state
        learned = [work for works in self._learned.values() for work in works] if keeps else []
        learned += [replace(work, touched=True) for work in self._by_hand.values()]
        if before.digits.source.training != self._store.state.digits.source.training:
            learned = []  # they have no place beside networks of other digits
        works = tuple(replace(w, experiment=IN_A_LECTURE, shown=0, before=None) for w in learned)
        self.made = replace(self._drawn, works=works)
        with self._store.together():
            self._runs.rest()
            self._bring_back(kept, works)
            if kept.going is not None:
                self._runs.go_on(kept.going)
            waits = still_waiting(self._store.state.notice)
            self._store.change(notice=self.made.offer or waits or before.notice)
        self._learned, self._by_hand, self._first = {}, {}, {}
        return self.made

    def take(self) -> None:
        """Shows what was made: the drawing on its pad, and the network that learned last."""
        made, self.made = self.made, Made()
        self._store.change(notice=None)
        here = [work.key for work in made.works]
        if any(work.key in here for work in self._store.state.works):
            self._shelf.visit(here[-1])
        what = tr("the drawing of the lecture")
        state = self._store.state
        if made.drawing is not None:
            pad = state.pad
            history = pad.history.after(pad.drawing, what)
            self._store.choose("pad", drawing=made.drawing, history=history, shown=True)
        if made.row is not None:
            row = state.row
            line = row.history.after((row.written, row.cuts, row.left_out), what)
            self._store.choose(
                "row", written=made.row, cuts=None, left_out=None, way=0, history=line
            )
        if made.drawn:
            self._store.change(page="draw")

    def _use_bundled(self) -> None:
        state = self._store.state
        if state.digits.source == Source():
            return
        digits = self._first.get("digits") or bundled_digits().to_look_at()
        self._process.open_shown(Source())
        self._designs.forget()
        speak_of(are_pictures(digits))
        settings = _first_settings()
        start = Work(settings, initial_network(settings, digits.inputs, digits.classes))
        alone: dict[str, Any] = {"shelf": (), "place": 0, "race": (), "beside": ()}
        self._store.change(digits=digits, work=start, answers=AllKnown(), **alone)

    def _bring_back(self, kept: _Kept, works: tuple[Work, ...]) -> None:
        before, now = kept.state, self._store.state
        names = [item.name for item in fields(State) if item.name not in LIVE]
        back = {name: getattr(before, name) for name in names}
        back["studies"] = _studies(before.studies, now.studies)
        if now.digits.source != before.digits.source:
            self._process.open_shown(before.digits.source)
            self._designs.forget()
            speak_of(are_pictures(before.digits))
            back["trained"] = before.trained
        # what the training process had it has no more, once it was given something else
        gone = kept.begun - self._runs.begun
        anew = {w.run: self._runs.numbered(w) for w in before.works if w.run in gone}
        back["work"] = anew.get(before.work.run, before.work)
        back["shelf"] = (*(anew.get(work.run, work) for work in before.shelf), *works)
        if before.beside:
            again = {run: work.run for run, work in anew.items()}
            self._runs.learning |= {again.get(run, run) for run in kept.learning}
        self._store.change(**back, running=False, resting=False, awaiting=False)


def _first_values() -> dict[str, Any]:
    """Field of the state -> what it is where nobody has chosen anything."""
    own = LIVE | {"digits", "work", "answers", "row"}
    return {
        item.name: item.default if item.default is not MISSING else {}
        for item in fields(State)
        if item.name not in own
    }


def _first_work(state: State) -> Work:
    """The network that comes with the program, or without it a random start."""
    settings = _first_settings()
    found = state.trained.get(BEGINS_WITH)
    if found is not None:
        return replace(found, settings=settings, key=0)
    return Work(settings, initial_network(settings, state.digits.inputs, state.digits.classes))


def _first_settings() -> Settings:
    return Settings().change(design=BEGINS_WITH, speed=0)


def _studies(before: StudyChoice, now: StudyChoice) -> StudyChoice:
    """The study that was looked at, while one that runs has gone on."""
    if now.plan is before.plan:
        return replace(now, scheme=before.scheme, condition=before.condition, trial=before.trial)
    return replace(
        before,
        begun=now.begun,
        running=now.running,
        progress=now.progress,
        remaking=now.remaking,
    )
