"""A session on which scenes of a lecture are put one after the other, without training."""

from nnviz.data.digits import bundled_digits
from nnviz.lectures.lecture import Lecture, PlayFilm, Scene, Walk
from nnviz.lectures.looking import look, needs_digits
from nnviz.lectures.staging import scene_looked
from nnviz.session.slices import LectureShown
from nnviz.session.state import State
from nnviz.ui.app.first_session import StillEngine, make_session
from nnviz.ui.app.page_stack import KINDS
from nnviz.ui.app.still import hear_all, refuse_trouble


class Stage:
    """Shows what scenes show, whatever was there before."""

    def __init__(self, lecture: Lecture) -> None:
        """Raises Refusal."""
        digits = bundled_digits()
        self.lecture = lecture
        self._engine = StillEngine(digits.to_look_at(), digits)
        self.session = make_session(self._engine, digits.to_look_at())
        refuse_trouble(self.session)
        self.session.process.start()
        self.hear_all()

    def hear_all(self) -> None:
        """Waits for all that was asked."""
        hear_all(self.session, self._engine)

    def put(self, scene: Scene) -> State:
        """Shows what a scene shows once it stands; -> what is looked at then. Raises Refusal."""
        self.session.change(notice=None)  # of a scene that could not be shown
        looked = scene_looked(self.lecture, scene, KINDS)
        if looked is not None:
            if needs_digits(self.session.state, looked):
                assert looked.source is not None
                self.session.digits.open(looked.source)
                self.hear_all()
                refuse_trouble(self.session)
            look(self.session, looked, KINDS)
            refuse_trouble(self.session)
        return self.session.state

    def end(self, scene: Scene) -> None:
        """Shows what there is once the action of the scene on stage is over, where that needs no
        training, and the answer to its question."""
        state = self.session.state
        if scene.words.question:
            self.session.change(answer_hidden=False)
        if isinstance(scene.action, PlayFilm) and scene.action.last < len(state.work.film):
            moment = state.work.film.moments[scene.action.last]
            self.session.change(moment=moment.number)
        elif isinstance(scene.action, Walk):
            self.session.change(step=None)

    def say(self, scene: Scene) -> None:
        """Says the words of a scene to the room, as at its end."""
        scenes = self.lecture.scenes
        place = scenes.index(scene)
        upcoming = scenes[place + 1].words if place + 1 < len(scenes) else None
        self.session.change(
            lecture=LectureShown(
                title=self.lecture.title,
                minutes=self.lecture.minutes,
                scene=place,
                scenes=len(scenes),
                words=scene.words,
                upcoming=upcoming,
            ),
        )
