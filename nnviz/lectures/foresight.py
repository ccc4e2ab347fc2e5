"""What scenes to come will ask of many digits: a session beside the one on screen tells it, in
which they stand before anybody sees them."""

from collections.abc import Callable, Generator, Sequence
from typing import Any

from nnviz.data.digits import Source
from nnviz.lectures.lecture import PlayFilm, Scene
from nnviz.lectures.line import Looked, Pages
from nnviz.lectures.looking import look, needs_digits
from nnviz.networks.settings import Settings
from nnviz.questions.question import Question
from nnviz.session.session import Session
from nnviz.training.engine import Died
from nnviz.training.messages import Ask, Asked, Told

FAR = 1 << 40
"""Runs of the session beside are numbered from here: no two networks have one number."""
Foreseen = tuple[Question[Any], ...]
AskFor = Callable[[Session], None]
"""Asks what a page shows."""


class Notes:
    """In the place of a training process: it notes what is asked, and tells nothing."""

    def __init__(self) -> None:
        self.asked: list[Question[Any]] = []

    def start(self) -> None:
        """There is nothing to start."""

    def stop(self) -> None:
        """There is nothing to stop."""

    def ask(self, asked: Asked) -> None:
        if isinstance(asked, Ask):
            self.asked.append(asked.question)

    def heard(self) -> Sequence[Told | Died]:
        return ()


class Foresight:
    """Puts scenes on a session of its own, which takes what is known from the one on screen."""

    def __init__(self, room: Session) -> None:
        self._room = room
        self._notes = Notes()
        self._own = Session(self._notes, room.state.digits, Settings())
        self._own.runs.number_from(FAR)
        self._own.change(engine="ready")
        self._own.aside.begin()

    def asked_by(
        self, scene: Scene, looked: Looked, pages: Pages, ask: AskFor, all_designs: bool
    ) -> Generator[None, None, Foreseen]:
        """What a scene that shows this asks and nobody has answered; worked out in pieces. Raises
        Refusal.

        `ask` is of its page; `all_designs`: that loads the networks of all designs.
        """
        own, room = self._own, self._room.state
        if room.digits.source != Source() or needs_digits(room, looked) or looked.study:
            return ()  # nobody asks digits that are not in use, nor a study
        self._notes.asked.clear()
        own.answers.lose()  # nothing is on its way here
        with own.store.together():
            own.aside.fresh()
            own.designs.forget()
            own.change(trained=room.trained, answers=room.answers, answer_hidden=False)
            own.change(lecturing=True, lecture=room.lecture)
            look(own, looked, pages)
        yield
        while all_designs and own.designs.load_next():
            yield
        ask(own)
        own.accuracies.ask_missing()
        if isinstance(scene.action, PlayFilm):
            yield
            self._show_end(scene.action)
            ask(own)
        return tuple(dict.fromkeys(each for each in self._notes.asked if _lasts(each)))

    def close(self) -> None:
        """Ends the session beside."""
        self._own.stop()

    def _show_end(self, film: PlayFilm) -> None:
        moments = self._own.state.work.film.moments
        if moments:
            self._own.change(moment=moments[min(film.last, len(moments) - 1)].number)


def _lasts(question: Question[Any]) -> bool:
    """Whether the scene asks about the very same network: a random start is made anew."""
    about = question.about
    return about is None or about.examples > 0 or not about.run
