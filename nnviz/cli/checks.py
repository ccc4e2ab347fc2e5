"""What `nnviz train` says of learning that goes wrong."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nnviz.cli.progress import tell
from nnviz.networks.curves import Diverged
from nnviz.questions.checks import Course, Finding, findings
from nnviz.questions.checkup import CheckedUp, CheckUp
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

    def look(self) -> tuple[Finding, ...]:
        """What goes wrong where the run stands; says on standard error what is new."""
        trainer = self._trainer
        subject = Subject(trainer.network(), trainer.settings, examples=trainer.position.examples)
        asked = CheckUp(subject, trainer.settings)
        found = findings(self._course(at_once(asked.work(trainer.digits, self._kept))))
        self._tell(found)
        return found

    def of_diverged(self, error: Diverged) -> tuple[tuple[Finding, ...], Diverged]:
        """The same of a run that has diverged, and the error with what to try."""
        found = findings(self._course(None, diverged=True))
        return found, Diverged(sentences(str(error), *(each.option_to_try for each in found)))

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

    def _tell(self, found: Iterable[Finding]) -> None:
        for each in found:
            if each.key not in self._told:
                self._told.add(each.key)
                tell(each.in_a_line)
