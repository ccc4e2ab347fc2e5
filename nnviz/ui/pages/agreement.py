"""Which designs agree on a digit whose label nobody knows."""

from collections import Counter
from collections.abc import Mapping

from nnviz.learning.designs import DESIGNS
from nnviz.state import State


def who_agrees(state: State, answers: Mapping[str, int]) -> str:
    """Design -> its answer, of one at least, in words."""
    (answer, agreeing), *others = Counter(answers.values()).most_common()
    if not others:
        everyone = f"all {agreeing} designs say" if agreeing > 1 else "the only design says"
        return f"{everyone} {state.named(answer)}"
    parts = [f"{agreeing} of {len(answers)} designs say {state.named(answer)}"]
    for other, count in others:
        if count == 1:
            who = next(design for design, said in answers.items() if said == other)
            parts.append(f"{DESIGNS[who].label} says {state.named(other)}")
        else:
            parts.append(f"{count} say {state.named(other)}")
    return "; ".join(parts)
