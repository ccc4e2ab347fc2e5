"""Which designs agree on a digit whose label nobody knows."""

from collections import Counter
from collections.abc import Mapping

from nnviz.networks.designs import DESIGNS
from nnviz.session.state import State


def who_agrees(state: State, answers: Mapping[str, int]) -> str:
    """Design -> its answer, of one at least, in words."""
    (answer, agreeing), *others = Counter(answers.values()).most_common()
    if len(answers) == 1:
        (name,) = answers
        said = f"{DESIGNS[name].label} says {state.named(answer)}"
        return f"{said}; no other design has a network yet"
    if not others:
        return f"all {agreeing} designs say {state.named(answer)}"
    parts = [f"{agreeing} of {len(answers)} designs say {state.named(answer)}"]
    for other, count in others:
        if count == 1:
            who = next(design for design, said in answers.items() if said == other)
            parts.append(f"{DESIGNS[who].label} says {state.named(other)}")
        else:
            parts.append(f"{count} say {state.named(other)}")
    return "; ".join(parts)
