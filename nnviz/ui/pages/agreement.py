"""Which designs agree on a digit whose label nobody knows."""

from collections import Counter
from collections.abc import Mapping
from typing import Protocol

from nnviz.networks.designs import DESIGNS


class Names(Protocol):
    """Who knows the classes."""

    def named(self, answer: int) -> str: ...


def who_agrees(names: Names, answers: Mapping[str, int]) -> str:
    """Design -> its answer, of one at least, in words."""
    (answer, agreeing), *others = Counter(answers.values()).most_common()
    if len(answers) == 1:
        (name,) = answers
        said = f"{DESIGNS[name].label} says {names.named(answer)}"
        return f"{said}; no other design has a network yet"
    if not others:
        return f"all {agreeing} designs say {names.named(answer)}"
    parts = [f"{agreeing} of {len(answers)} designs say {names.named(answer)}"]
    for other, count in others:
        if count == 1:
            who = next(design for design, said in answers.items() if said == other)
            parts.append(f"{DESIGNS[who].label} says {names.named(other)}")
        else:
            parts.append(f"{count} say {names.named(other)}")
    return "; ".join(parts)
