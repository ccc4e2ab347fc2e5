"""Your own test digits in place of those of the data set; open networks stay."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from nnviz.data.digits import ShownDigits, Source
from nnviz.data.own_digits import Progress
from nnviz.data.specimens import A_LETTER
from nnviz.data.written_row import NOTHING_WRITTEN
from nnviz.questions.listing import Listing
from nnviz.questions.morphs import FOUR_TO_NINE
from nnviz.session.autosave import Autosave
from nnviz.session.state import State
from nnviz.session.survival import Survival
from nnviz.training.engine import Engine
from nnviz.training.messages import DigitsOpened, OpenDigits, StopOpening


class OwnTests(Survival):
    """Takes other test digits, says how far their reading is, and what was left out."""

    def __init__(self, state: State, engine: Engine, autosave: Autosave | None) -> None:
        super().__init__(state, engine, autosave)
        self._opening = state.digits.source
        self._to_open: Path | None = None  # a network of digits that are still being opened

    def open_tests(self, path: Path | None) -> None:
        """Has your own digits (see `own_digits`) take the place of the test digits; None brings
        these back. Open networks stay."""
        source = self._state.digits.source
        self.open_digits(replace(source, tests=None if path is None else str(path)))

    def stop_opening(self) -> None:
        """Gives up what is being opened; the digits in use stay."""
        self._engine.ask(StopOpening())
        self._to_open = None
        self.change(notice=None)
        self._open_instead()

    def _open_instead(self) -> None:
        """What was being opened does not come: a process that starts needs digits all the same,
        those on screen or at least the set that they belong to."""
        shown, wanted = self._state.digits.source, self._opening
        self._opening = shown
        if self._state.engine == "starting":
            self._opening = shown.training if wanted == shown else shown
            if self._opening != wanted:
                self._engine.ask(OpenDigits(self._opening))

    def _use_tests(self, digits: ShownDigits, **changes: Any) -> None:
        """Other test digits, the same training digits: open networks stay, and are asked anew."""
        state = self._state
        work, *others = (replace(each, measured=None) for each in (state.work, *state.shelf))
        trained = {name: replace(each, measured=None) for name, each in state.trained.items()}
        anew = digits_anew(digits)
        anew |= {"shelf": tuple(others), "place": state.place, "race": state.race}
        self.change(
            **changes,
            **anew,
            work=work,
            trained=trained,
            running=False,
            surveys={},
            operated=None,
            comparison=None,
            departure=None,
        )
        for each in (work, *others, *trained.values()):
            if each.learned:
                self._have_measured(each)

    def _tell_progress(self, source: Source, progress: Progress) -> None:
        notice = self._state.notice
        if source == self._opening and notice is not None and notice.kind == "wait":
            self.say(
                "wait",
                f"Reading pictures: {progress.done:,} of {progress.total:,}.",
                action="stop_opening",
                action_label="Cancel",
            )

    def _tell_left_out(self, told: DigitsOpened) -> None:
        digits, left_out = told.digits, told.left_out
        if digits.source.tests is None or self._state.notice is not None:
            return
        words = f"{len(digits.labels):,} digits from {digits.source.tests} are the test digits now"
        if left_out:
            count = f"{len(left_out):,} {'was' if len(left_out) == 1 else 'were'} left out"
            words, details = f"{words}; {count}.", "\n".join(left_out)
            self.say("info", words, details=details)
        else:
            self.say("info", f"{words}.")


def digits_anew(digits: ShownDigits) -> dict[str, Any]:
    """The fields of the state that belong to the digits in use."""
    return {
        "digits": digits,
        "image": 0,
        "label": None,
        "output": None,
        "pair": None,
        "shelf": (),
        "place": 0,
        "race": (),
        "judged": {},
        "listing": Listing(),
        "neighbours": None,
        "ticked": frozenset(),
        "morph": FOUR_TO_NINE,
        "strange": A_LETTER,
        "row": NOTHING_WRITTEN,
        "row_cuts": None,
        "row_way": 0,
        "row_reader": None,
        "rows_before": (),
        "rows_undone": (),
    }
