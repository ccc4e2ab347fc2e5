"""Plays a lecture in the window: puts one scene after the other on screen."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QTimer

from nnviz.errors import Refusal
from nnviz.lectures.faults import Fault
from nnviz.lectures.lecture import Lecture, PlayFilm, Scene, Walk
from nnviz.lectures.line import Looked
from nnviz.lectures.looking import look, needs_digits
from nnviz.lectures.staging import scene_looked
from nnviz.lectures.walking import Place, Route
from nnviz.session.session import Session
from nnviz.session.slices import LectureShown
from nnviz.session.state import State
from nnviz.ui.app.lecture import playing_words as words
from nnviz.ui.app.lecture.acting import Acting
from nnviz.ui.app.lecture.ahead import Ahead
from nnviz.ui.app.lecture.keeping import Keeping
from nnviz.ui.app.lecture.mode import LectureMode
from nnviz.ui.app.lecture.reading import Reading, written_at
from nnviz.ui.app.page_stack import KINDS
from nnviz.ui.kit.preferences import preference

NUMBERED = "lecture/numbered"
"""Name of what is remembered"""
OF_A_STEP = 1000
"""Milliseconds that a step stays where a lecture goes on by itself."""


@dataclass(frozen=True)
class _Left:
    """A lecture that was left."""

    lecture: Lecture
    place: Place
    written: float
    """When its file was, seconds since 1970"""


class Player(QObject):
    """Has one lecture open at most. It alone writes `State.lecture`."""

    def __init__(
        self,
        session: Session,
        mode: LectureMode,
        keeping: Keeping,
        make_page: Callable[[str], object],
    ) -> None:
        super().__init__(mode)
        self._session = session
        self._mode = mode
        self._keeping = keeping
        self._lecture: Lecture | None = None
        self._route = Route((), lambda _: 0)
        self._place = Place()
        self._standing: int | None = None
        self._veiled = self._was_lecturing = self._keeps = False
        self._hides = False  # the line of the scene does, which asks nothing
        self._begun = False  # whether the action of the scene was
        self._first_step = self._steps = 0
        self._left: _Left | None = None
        self._reading = Reading(session, self)
        self._awaited: Looked | None = None  # what waits for its digits
        self._hands: dict[int, tuple[int | None, ...]] = {}
        self.numbered = preference(NUMBERED, True)
        """Whether the number of the scene is shown"""
        self.acting = Acting(session, self)
        self.acting.ended.connect(self._action_ended)
        self.ahead = Ahead(session, make_page, self._reading.check_next, self)
        self.pace = QTimer(self)
        """Where it goes on by itself, it does so whenever this runs out."""
        self.pace.setSingleShot(True)
        self.pace.timeout.connect(self.go_on_by_itself)
        self._starting = QTimer(self)
        self._starting.setSingleShot(True)
        self._starting.setInterval(0)
        self._starting.timeout.connect(self._begin_action)
        session.digits.opened.append(self._digits_came)

    # ---- what is played ------------------------------------------------------------------

    @property
    def on(self) -> bool:
        """Whether a lecture is open: Esc leads back to what was before it."""
        return self._session.aside.on

    @property
    def lecture(self) -> Lecture | None:
        """The lecture that is shown."""
        return self._lecture

    @property
    def place(self) -> Place:
        """Where it is."""
        return self._place

    @property
    def resumes(self) -> Lecture | None:
        """The lecture that was left last and can go on."""
        return None if self._left is None else self._left.lecture

    def open(self, path: Path, full_screen: bool = True) -> bool:
        """Plays a lecture from its beginning; -> whether it could be read."""

        def play(lecture: Lecture, faults: Iterable[Fault]) -> None:
            self.leave()
            self._hands = {}
            self._reading.begin(lecture, faults)
            self._begin(lecture, Place(), full_screen, anew=True)

        return self._reading.read(path, play)

    def resume(self, full_screen: bool = True) -> None:
        """Goes on where the lecture was left; one whose file has changed is read again."""
        left = self._left
        if left is None or self.on:
            return
        path, place = left.lecture.path, left.place

        def play(lecture: Lecture, faults: Iterable[Fault]) -> None:
            self._reading.begin(lecture, faults)
            self._begin(lecture, place, full_screen, anew=True)

        if path is None or written_at(path) in (0.0, left.written):
            self._begin(left.lecture, place, full_screen, anew=False)
        else:
            self._reading.read(path, play)

    def toggle(self) -> None:
        """F5: into the lecture that was left, else into lecture mode; or out of either."""
        if self.on:
            self.leave()
        elif self._mode.on or self._left is None:
            self._mode.toggle()
        else:
            self.resume()

    def close(self) -> None:
        """Leaves the lecture and forgets it: F5 is only lecture mode again."""
        self.leave()
        self._left = None

    def leave(self) -> None:
        """Back to exactly what was open before."""
        if not self.on:
            return
        before = self._session.aside.before
        with self._session.store.together():
            self._put_away(self._place)
            made = self._session.aside.end(self._keeps)
            faults = self._reading.all_faults()
            if faults and made.offer is None:
                self._session.change(notice=words.faults_notice(faults))
            if not self._was_lecturing:
                self._mode.leave()
            self._session.change(lecture=None, answer_hidden=before.answer_hidden)
        self._keeping.bring_back()

    def _put_away(self, place: Place) -> None:
        """Nothing of the lecture is shown any more; it can go on from a place."""
        self.pace.stop()
        self.ahead.end()
        self._leave_scene()
        lecture, self._lecture = self._lecture, None
        if lecture is None:  # somebody was at the page Draw
            self._session.aside.gather(None, "")
        else:
            written = 0.0 if lecture.path is None else written_at(lecture.path)
            self._left = _Left(lecture, place, written)

    def _begin(self, lecture: Lecture, place: Place, full_screen: bool, anew: bool) -> None:
        """`anew`: at the beginning of its scene, or of the last where there are fewer now."""
        self._keeping.keep()
        self._was_lecturing, self._keeps = self._mode.on, not lecture.loops
        self._lecture, self._standing = lecture, None
        self._route = Route(lecture.scenes, self._steps_of)
        with self._session.store.together():
            self._session.aside.begin()
            self._go(self._route.first_of(place.scene) if anew else place)
            self._mode.enter(full_screen)

    # ---- the way -------------------------------------------------------------------------

    def next(self) -> None:
        """What comes next: the answer, a step or a scene."""
        if self._may_move():
            self._go(self._route.after(self._place))

    def back(self) -> None:
        """What was before it."""
        if self._may_move():
            with self._session.store.together():  # to know its steps, the scene must stand
                self._go(self._route.before(self._place), coming_back=True)

    def jump(self, scene: int) -> None:
        """Shows a scene from its beginning; 0 is the first."""
        if self._lecture is not None and self._seen():
            with self._session.store.together():
                self._leave_scene()
                self._go(self._route.first_of(scene))

    def home(self) -> None:
        """Shows the first scene."""
        self.jump(0)

    def end(self) -> None:
        """Shows the last scene."""
        self.jump(self._route.end.scene)

    def toggle_answer(self) -> None:
        """Hides the answer, or shows it again: that of the question, or all that is said."""
        hidden = self._session.state.answer_hidden
        if not self._seen():  # else the answer would be there before anybody is asked
            return
        if self._lecture is None:
            self._session.change(answer_hidden=not hidden)
        elif not self._place.revealed:
            self._go(self._route.after(self._place))
        else:
            self._veil(not hidden)

    def number(self, numbered: bool) -> None:
        """Whether the number of the scene is shown."""
        self.numbered = numbered
        QSettings().setValue(NUMBERED, numbered)
        self._tell()

    def count_hands(self, scene: int, choice: int, hands: int | None) -> None:
        """How many hands a choice of a scene got."""
        if self._lecture is None or scene >= len(self._lecture.scenes):
            return
        counted = list(self._counted(scene))
        if choice < len(counted):
            counted[choice] = hands
            self._hands[scene] = tuple(counted)
            self._tell()

    def _may_move(self) -> bool:
        """Whether a press moves on; else it shows what was hidden from the room by hand."""
        if self._lecture is None or not self._seen():
            return False
        if self._veiled:
            self._veil(False)
            return False
        return True

    def _seen(self) -> bool:
        """Whether the screen shows anything; in the dark a press shows it again and no more."""
        if not self._mode.blank.lies:
            return True
        self._mode.blank.hide()
        return False

    def _veil(self, veiled: bool) -> None:
        self._veiled = veiled
        self._session.change(answer_hidden=veiled or not self._place.revealed)
        self._tell()

    def _go(self, place: Place, coming_back: bool = False) -> None:
        """Shows a place, and begins what its scene does."""
        assert self._lecture is not None
        scene = self._lecture.scenes[place.scene]
        acts = scene.action is not None and not isinstance(scene.action, Walk)
        with self._session.store.together():
            if self._begun and not place.revealed:
                self._leave_scene()  # what it did would tell the answer
            came = self._stand(place.scene)
            self._veiled, self._place = False, place
            if isinstance(scene.action, Walk):
                self._show_step(place.step)
            self._session.change(answer_hidden=self._hides or not place.revealed)
            if acts and place.revealed and not self._begun:
                self._begun = True
                if came and coming_back:
                    self._show_again(scene, place.scene)
                else:
                    self._starting.start()
            self._tell()
        if self._loops:
            self.pace.start(self._wait())

    def _stand(self, number: int) -> bool:
        """Puts a scene on screen as it is at its beginning; -> whether it was not there."""
        assert self._lecture is not None
        if number == self._standing:
            return False
        with self._session.store.together():
            self._leave_scene()
            self._session.aside.fresh()
            self._standing, self._begun, self._awaited = number, False, None
            scene = self._lecture.scenes[number]
            self._session.change(answer_hidden=False)
            self._look(scene)
            self._hides = self._session.state.answer_hidden and not scene.words.question
            self._session.aside.stands()
            self._count_steps(self._session.state)
        self.ahead.prepare(self._lecture, number)
        return True

    def _leave_scene(self) -> None:
        """Cuts short what the scene on screen does, and keeps what came of it."""
        self._starting.stop()
        self.acting.cut_short()
        if self._standing is not None and self._lecture is not None:
            name = self._lecture.scenes[self._standing].words.heading
            self._session.aside.gather(self._standing, name)
        self._standing = None

    def _look(self, scene: Scene) -> None:
        """Shows what the line of a scene says."""
        assert self._lecture is not None
        try:
            looked = scene_looked(self._lecture, scene, KINDS)
            if looked is not None and needs_digits(self._session.state, looked):
                assert looked.source is not None
                self._awaited = looked
                self._session.digits.open(looked.source)
            elif looked is not None:
                look(self._session, looked, KINDS)
        except Refusal as error:
            self._fault(scene.shows_line, str(error))

    def _digits_came(self) -> None:
        """Other digits are in use: perhaps those that the scene wants."""
        looked, state = self._awaited, self._session.state
        if looked is None or needs_digits(state, looked) or self._lecture is None:
            return
        self._awaited = None
        try:
            look(self._session, looked, KINDS)
        except Refusal as error:
            self._fault(self._lecture.scenes[self._place.scene].shows_line, str(error))
        self._session.aside.stands()
        self._count_steps(self._session.state)

    def _fault(self, line: int, sentence: str) -> None:
        """Remembers what is wrong with a scene; the rest runs."""
        path = self._lecture.path if self._lecture is not None else None
        fault = Fault(path or Path(), line, sentence)
        self._reading.add(fault)
        self._session.say("error", fault.placed)

    # ---- the steps of a walk -------------------------------------------------------------

    def _steps_of(self, number: int) -> int:
        """How many steps the walk of a scene has; to know it, the scene must stand."""
        self._stand(number)
        return self._steps

    def _count_steps(self, state: State) -> None:
        steps = KINDS[state.page].count_steps(state)
        self._first_step = min(state.step or 0, steps)
        self._steps = steps - self._first_step

    def _show_step(self, step: int) -> None:
        shown = self._first_step + step
        last = self._first_step + self._steps
        self._session.change(step=None if shown >= last else shown)

    # ---- actions -------------------------------------------------------------------------

    def _begin_action(self) -> None:
        """The scene stands, and does what it does by itself."""
        number = self._standing
        if self._lecture is None or number is None:
            return
        scene = self._lecture.scenes[number]
        if scene.action is not None:
            trouble = self.acting.begin(scene.action)
            if trouble:
                self._fault(scene.action_line, trouble)
        self._tell()

    def _show_again(self, scene: Scene, number: int) -> None:
        """What the action of a scene came to when it was here before; else it begins."""
        if isinstance(scene.action, PlayFilm):
            self.acting.show_end(scene.action)
        elif self._session.aside.show_again(number):
            self._session.aside.stands()
        else:
            self._starting.start()

    def _action_ended(self) -> None:
        self._tell()
        if self._loops:
            self.pace.start(self._wait())

    # ---- by itself -----------------------------------------------------------------------

    @property
    def _loops(self) -> bool:
        return self._lecture is not None and self._lecture.loops

    def go_on_by_itself(self) -> None:
        """One place on in a lecture that runs by itself; from the last to the first. What goes on
        is waited for."""
        if self._lecture is None or self._starting.isActive() or self.acting.on:
            return  # its end starts the clock again
        after = self._route.after(self._place)
        if after == self._place:
            self._leave_scene()
            after = self._route.first_of(0)
        self._go(after)

    def wake(self) -> bool:
        """Somebody touches the screen: a lecture that runs by itself makes room for the page
        Draw; -> whether one ran. Esc leads back to what was before."""
        if not self._loops:
            return False
        with self._session.store.together():
            self._put_away(self._route.first_of(0))
            self._session.aside.fresh()
            self._session.change(page="draw", lecture=None)
        return True

    def _wait(self) -> int:
        """Milliseconds that the place on screen stays."""
        assert self._lecture is not None
        whole = round(1000 * self._lecture.pause)
        place, question = self._place, self._lecture.scenes[self._place.scene].words.question
        if self._walks and place.revealed and place.step < self._steps:
            return min(OF_A_STEP, whole)
        return whole // 2 if question else whole

    @property
    def _walks(self) -> bool:
        assert self._lecture is not None
        return isinstance(self._lecture.scenes[self._place.scene].action, Walk)

    # ---- what is told --------------------------------------------------------------------

    def _counted(self, scene: int) -> Sequence[int | None]:
        assert self._lecture is not None
        choices = len(self._lecture.scenes[scene].words.choices)
        return self._hands.get(scene, ()) or (None,) * choices

    def _tell(self) -> None:
        """Says where the lecture is."""
        lecture = self._lecture
        if lecture is None:
            return
        here, scenes = self._place.scene, lecture.scenes
        shown = LectureShown(
            title=lecture.title,
            minutes=lecture.minutes,
            scene=here,
            scenes=len(scenes),
            words=scenes[here].words,
            upcoming=scenes[here + 1].words if here + 1 < len(scenes) else None,
            revealed=self._place.revealed and not self._veiled,
            hands=tuple(self._hands.get(here, ())),
            numbered=self.numbered,
            by_itself=lecture.loops,
            acting=self._starting.isActive() or self.acting.on,
        )
        if shown != self._session.state.lecture:
            self._session.change(lecture=shown)
