"""The sentences about how two designs differ on the same digits."""

from nnviz.questions.comparison import SIGNIFICANT, Difference


def chance_in_words(p: float) -> str:
    """How often chance alone splits the digits so unevenly."""
    if p >= 0.995:
        return "chance alone always splits them at least as unevenly"
    if p >= 0.1:
        return f"chance alone splits them so in {100 * p:.0f} of 100 cases"
    if p >= 0.001:
        return f"chance alone splits them so in {1000 * p:.0f} of 1,000 cases"
    if p >= 1e-6:
        return f"chance alone splits them so in 1 of {_round(1 / p):,} cases"
    return "chance alone splits them so in less than 1 of a million cases"


def p_in_words(p: float) -> str:
    """The exact p as it is written."""
    if p >= 0.001:
        return f"p\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{p:.{2 if p >= 0.1 else 3}f}"
    if p < 1e-300:
        return "p\N{NO-BREAK SPACE}<\N{NO-BREAK SPACE}1e-300"
    return f"p\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{p:.1e}".replace("e-0", "e-")


def verdict_in_words(found: Difference, first: str, second: str) -> str:
    """Whether one of them is better, as far as these digits tell."""
    if not found.fixed and not found.broken:
        return f"{first} and {second} get the same digits right."
    sure = "" if found.p < SIGNIFICANT else "not "
    if found.fixed == found.broken:
        return f"{first} and {second} are equally good here: {chance_in_words(found.p)}."
    better, worse = (first, second) if found.fixed > found.broken else (second, first)
    return (
        f"{better} gets {abs(found.fixed - found.broken):,} more right than {worse}: "
        f"{chance_in_words(found.p)} ({p_in_words(found.p)}), so that is {sure}significant."
    )


def _round(number: float) -> int:
    """Two leading digits say enough."""
    digits = len(str(int(number)))
    return round(number, 2 - digits).__int__()
