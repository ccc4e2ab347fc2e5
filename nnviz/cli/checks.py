"""What `nnviz train` says of learning that goes wrong."""

from typing import TYPE_CHECKING

from nnviz.cli.progress import tell
from nnviz.networks.curves import Diverged
from nnviz.questions.checks.checkup import CheckedUp, CheckUp
from nnviz.questions.checks.course import Course
from nnviz.questions.checks.table import Finding, finding_of, findings, holding_of
from nnviz.questions.piecemeal import at_once
from nnviz.questions.question import Kept, Subject
from nnviz.words import sentences

if TYPE_CHECKING:  # what learns takes long to import
    from nnviz.training.trainer import Trainer


GROWN = 2.0
"""Times the digits that a run had seen when it was last looked into, before it is again: what goes
wrong shows early, and stays."""


class Checking:
    """Looks at a run whenever it is measured, and says once of each check that it holds."""

    def __init__(self, trainer: "Trainer", kept: Kept) -> None:
        """`kept` is that of the trainer."""
        self._trainer, self._kept = trainer, kept
        self._told = set[str]()
        self._looked: CheckedUp | None = None

    def found(self) -> tuple[Finding, ...]:
        """What goes wrong where the run stands."""
        self._look_into()
        return findings(self._course(self._looked))

    def look(self, last: bool) -> tuple[str, ...]:
        """Which checks hold (see `table.CHECKS`), as far as the curves tell, and the weights when
        they were last looked into, which is now if this is the last time; says on standard error
        what is new."""
        known, examples = self._looked, self._trainer.position.examples
        if last or known is None or examples >= GROWN * known.examples:
            self._look_into()
        course = self._course(self._looked)
        keys = holding_of(course)
        for key in keys:
            if key not in self._told:
                self._told.add(key)
                tell(finding_of(key, course).in_a_line)
        return keys

    def of_diverged(self) -> tuple[Finding, ...]:
        """What goes wrong with a run that has diverged: no figure of it is known."""
        return findings(self._course(None, diverged=True))

    def with_advice(self, error: Diverged) -> Diverged:
        """What is said of such a run, with what to try."""
        advice = (each.option_to_try for each in self.of_diverged())
        return Diverged(sentences(str(error), *advice))

    def _look_into(self) -> None:
        trainer = self._trainer
        subject = Subject(trainer.network(), trainer.settings, examples=trainer.position.examples)
        asked = CheckUp(subject, trainer.settings)
        self._looked = at_once(asked.work(trainer.digits, self._kept))

    def _course(self, found: CheckedUp | None, diverged: bool = False) -> Course:
        trainer = self._trainer
        digits = trainer.digits
        return Course(
            trainer.settings,
            digits.class_names,
            digits.name,
            trainer.epoch_length,
            len(digits.test_labels),
            tuple(trainer.points),
            found,
            diverged,
        )
