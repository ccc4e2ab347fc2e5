"""Which designs agree on a digit whose label nobody knows."""

from collections import Counter
from collections.abc import Mapping
from typing import Protocol

from nnviz.networks.designs import DESIGNS
from nnviz.words import clauses, tr


class Names(Protocol):
    """Who knows the classes."""

    def named(self, answer: int) -> str: ...


def who_agrees(names: Names, answers: Mapping[str, int]) -> str:
    """Design -> its answer, of one at least, in words."""
    (answer, agreeing), *others = Counter(answers.values()).most_common()
    if len(answers) == 1:
        (name,) = answers
        return tr(
            "{design} says {answer}; no other design has a network yet",
            design=DESIGNS[name].label,
            answer=names.named(answer),
        )
    if not others:
        return tr("all {count} designs say {answer}", count=agreeing, answer=names.named(answer))
    parts = [
        tr(
            "{count} of {all} designs say {answer}",
            count=agreeing,
            all=len(answers),
            answer=names.named(answer),
        )
    ]
    for other, count in others:
        if count == 1:
            who = next(design for design, said in answers.items() if said == other)
            said = tr(
                "{design} says {answer}", design=DESIGNS[who].label, answer=names.named(other)
            )
        else:
            said = tr("{count} say {answer}", count=count, answer=names.named(other))
        parts.append(said)
    return clauses(parts)
