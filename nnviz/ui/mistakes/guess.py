"""Your guess: a digit alone, and what it could be; only then what it is and who says so."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.digits import ShownDigits
from nnviz.session.session import Session
from nnviz.session.slices import LectureShown
from nnviz.session.state import State, Work
from nnviz.ui.kit.layout import column
from nnviz.ui.kit.theme import Theme
from nnviz.ui.mistakes import guess_words as words
from nnviz.ui.mistakes.guess_picture import Choice, GuessPicture, GuessView
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.verdicts_of_designs import VerdictsOfDesigns
from nnviz.verdicts.answers import answer_in_words
from nnviz.verdicts.readings import READINGS
from nnviz.verdicts.verdict import Verdict

MOST = 4
"""Choices."""


@dataclass(frozen=True)
class GuessSeen:
    """All that the view shows of a state."""

    digits: ShownDigits
    pixels: Bytes
    label: int | None
    """The class of the digit; None for a drawing."""
    test_digit: int
    """Its number; -1 for a drawing."""
    guess: int | None
    """The class that was guessed of this digit."""
    hidden: bool
    """Whether the answer is not to be told."""
    lecture: LectureShown | None
    networks: tuple[Work, ...]
    """The entrants."""
    reading: str

    @property
    def tells(self) -> bool:
        """Whether the answer is shown."""
        return not self.hidden and (self.lecture is not None or self.guess is not None)


class Guess(Page):
    """In a lecture the choices are those of its scene; else one clicks what one thinks it is."""

    id = "guess"
    title, question = words.GUESS

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-guess")
        self.picture = GuessPicture(theme)
        self.picture.chosen.connect(self._guess)
        self._verdicts = VerdictsOfDesigns()
        column((self.picture, 1), of=self)
        self.setFocusProxy(self.picture)
        self.use_theme(theme)

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> GuessSeen:
        return GuessSeen(
            digits=state.digits,
            pixels=state.pixels,
            label=state.shown_label,
            test_digit=state.test_digit,
            guess=_guessed(state),
            hidden=state.answer_hidden,
            lecture=state.lecture,
            networks=tuple(state.entrants.values()),
            reading=state.shown_reading,
        )

    def draw(self, view: GuessSeen, only_moving: bool) -> None:
        if only_moving:
            return
        found = self._verdicts.of(self.session.state)
        said = {name: verdict for name, (work, verdict) in found.items() if work.learned}
        lecture = view.lecture
        choices = _of_digit(view, said) if lecture is None else _of_scene(view, lecture)
        told = _told(view, said) if view.tells else ()
        self.picture.show_view(GuessView(view.pixels, view.digits.shape, choices, told))

    def asks_first(self, state: State) -> bool:
        return state.lecture is None and _guessed(state) is None

    # ---- choosing --------------------------------------------------------------------

    def _guess(self, chosen: int) -> None:
        self.session.choose("mistakes", guess=(self.session.state.test_digit, chosen))

    def leave(self) -> bool:
        """Takes the guess back, else goes back to the list looked at last."""
        if _guessed(self.session.state) is not None:
            self.session.choose("mistakes", guess=None)
        else:
            self.view_asked.emit(self.session.state.mistakes.list_shown)
        return True

    def step(self, direction: int) -> None:
        """The next and the previous digit of the list looked at last."""
        if not self.session.mistakes.walk(direction):
            super().step(direction)


def _guessed(state: State) -> int | None:
    guess = state.mistakes.guess
    return guess[1] if guess is not None and guess[0] == state.test_digit else None


def likeliest(view: GuessSeen, said: Mapping[str, Verdict]) -> list[int]:
    """The label, and the classes that the designs hold likeliest, in an order that tells nothing:
    always the same for one digit."""
    classes = view.digits.classes
    shares = np.zeros(classes)
    for verdict in said.values():
        shares += READINGS[verdict.reading].probabilities(verdict.evidence)[0]
    order = np.argsort(-shares, kind="stable").tolist()
    own = [] if view.label is None else [view.label]
    chosen = list(dict.fromkeys((*own, *order)))[:MOST]
    found: list[int] = np.random.default_rng(view.test_digit + 1).permutation(chosen).tolist()
    return found


def _of_digit(view: GuessSeen, said: Mapping[str, Verdict]) -> tuple[Choice, ...]:
    names, answers = view.digits.class_names, Counter(each.answer for each in said.values())
    tells = view.tells
    return tuple(
        Choice(
            each,
            names[each],
            words.said_by(answers[each], len(said)) if tells and said else "",
            each == view.label if tells and view.label is not None else None,
            each == view.guess,
        )
        for each in likeliest(view, said)
    )


def _of_scene(view: GuessSeen, lecture: LectureShown) -> tuple[Choice, ...]:
    scene, hands = lecture.words, (*lecture.hands, *(None,) * len(lecture.words.choices))
    right = scene.right if view.tells else None
    return tuple(
        Choice(
            None,
            name,
            "" if count is None else words.hands_in_words(count),
            None if right is None else place == right,
        )
        for place, (name, count) in enumerate(zip(scene.choices[:MOST], hands, strict=False))
    )


def _told(view: GuessSeen, said: Mapping[str, Verdict]) -> tuple[str, ...]:
    names = view.digits.class_names
    label = words.label_told(None if view.label is None else names[view.label])
    counts = Counter(each.answer for each in said.values()).most_common()
    told = [(answer_in_words(answer, names), count) for answer, count in counts]
    return tuple(each for each in (label, words.designs_told(told)) if each)
