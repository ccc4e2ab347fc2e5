"""What many digits said, with what they were asked."""

from dataclasses import dataclass
from typing import Generic

from nnviz.questions.question import Found, Question, Subject


@dataclass(frozen=True, eq=False)
class Known(Generic[Found]):
    """An answer with its question."""

    question: Question[Found]
    result: Found

    @property
    def about(self) -> Subject:
        """The network that was asked."""
        found = self.question.about
        assert found is not None
        return found

    @property
    def run(self) -> int:
        """Whose network that was."""
        return self.about.run

    @property
    def examples(self) -> int:
        """Training digits that it had seen."""
        return self.about.examples
