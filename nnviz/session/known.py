"""What many digits said, with what they were asked."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic

from nnviz.networks.network import Network
from nnviz.questions.question import Found, Question, Subject
from nnviz.session.work import Work


@dataclass(frozen=True, eq=False)
class Known(Generic[Found]):
    """An answer with its question."""

    question: Question[Found]
    result: Found
    order: int = 0
    """The larger, the later."""

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


@dataclass(frozen=True, eq=False)
class AllKnown:
    """Every answer that is kept."""

    by_question: Mapping[Question[Any], Known[Any]] = field(default_factory=dict)
    """The newest last"""

    @cached_property
    def _newest(self) -> Mapping[Hashable, Known[Any]]:
        return {at(known.question): known for known in self.by_question.values()}

    def same(self, question: Question[Found]) -> Known[Found] | None:
        """The answer to exactly this, if of another copy of the weights."""
        found = self.by_question.get(question) or self._newest.get(at(question))
        return found if found is not None and question.is_same(found.question) else None

    def newest(self, question: Question[Found]) -> Known[Found] | None:
        """The same, else the last answer to a question of its place about the same run, however
        it was read and whatever the run has learned since."""
        return self.same(question) or self._newest.get(at(question))

    def told(self, known: Known[Any], open_works: Collection[Work]) -> "AllKnown":
        """With one more, and without the oldest where there are many, but of open networks the
        last ones. What a run said before is of no more use once it has moved on; what it says now
        still is, where a moment of its film was asked."""
        question, about = known.question, known.question.about
        networks = {work.network for work in open_works}
        kept = {
            other: each
            for other, each in self.by_question.items()
            if other != question
            and not (at(other) == at(question) and _moved_on(other.about, about, networks))
        }
        own = [other for other in kept if type(other) is type(question)]
        last = {at(other): other for other in own}
        runs = {0} | {work.run for work in open_works}
        unused = [
            other
            for other in own
            if last[at(other)] is not other
            or (other.about and other.about.run not in runs and other.about.network not in networks)
        ]
        for other in unused[: max(0, len(own) + 1 - question.kept)]:
            del kept[other]
        return AllKnown({**kept, question: known})


def at(question: Question[Any]) -> Hashable:
    """Of questions that agree in this a newer one takes the place of an older one."""
    about = question.about
    return question.place, about.run if about is not None else 0


def _moved_on(before: Subject | None, now: Subject | None, open_now: Collection[Network]) -> bool:
    if before is None or now is None or before.network is now.network:
        return False
    return before.network not in open_now
