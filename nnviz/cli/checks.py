"""What `nnviz train` says of learning that goes wrong."""

from typing import TYPE_CHECKING

from nnviz.cli.progress import tell
from nnviz.networks.curves import Diverged
from nnviz.questions.checks.checkup import CheckedUp, CheckUp
from nnviz.questions.checks.course import Course
from nnviz.questions.checks.table import Finding, findings
from nnviz.questions.piecemeal import at_once
from nnviz.questions.question import Kept, Subject
from nnviz.words import sentences

if TYPE_CHECKING:  # what learns takes long to import
    from nnviz.training.trainer import Trainer


class Checking:
    """Looks at a run whenever it is measured, and says once of each check that it holds."""

    def __init__(self, trainer: "Trainer", kept: Kept) -> None:
        """`kept` is that of the trainer."""
        self._trainer, self._kept = trainer, kept
        self._told = set[str]()

    def found(self, diverged: bool = False) -> tuple[Finding, ...]:
        """What goes wrong where the run stands; of one that has diverged no figure is known."""
        trainer, looked = self._trainer, None
        if not diverged:
            examples = trainer.position.examples
            subject = Subject(trainer.network(), trainer.settings, examples=examples)
            asked = CheckUp(subject, trainer.settings)
            looked = at_once(asked.work(trainer.digits, self._kept))
        return findings(self._course(looked, diverged))

    def look(self) -> tuple[Finding, ...]:
        """The same; says on standard error what is new."""
        found = self.found()
        for each in found:
            if each.key not in self._told:
                self._told.add(each.key)
                tell(each.in_a_line)
        return found

    def with_advice(self, error: Diverged) -> Diverged:
        """What is said of a run that has diverged, with what to try."""
        found = self.found(diverged=True)
        return Diverged(sentences(str(error), *(each.option_to_try for each in found)))

    def _course(self, found: CheckedUp | None, diverged: bool) -> Course:
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
