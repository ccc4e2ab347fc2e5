"""The sentences of the elimination page."""

from nnviz.ui.elimination.path import Walked, heads_that_exist, outputs_of_steps
from nnviz.verdicts.answers import Options, Step
from nnviz.verdicts.branches import place
from nnviz.verdicts.readings import READINGS

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def percent(share: float) -> str:
    """A probability as it is written: never 0 or 100 % for what only comes near."""
    if 0 < share < 0.001:
        return "<0.1 %"
    if 0.999 < share < 1:
        return ">99.9 %"
    digits = 1 if share < 0.0995 or share > 0.9905 else 0
    return f"{100 * share:.{digits}f} %".replace("100.0", "100").replace("0.0 ", "0 ")


def listed(words: list[str]) -> str:
    """a, b and c"""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def variant_in_words(options: Options) -> str:
    """How many leave at each step."""
    if options.below is not None:
        return f"all below {100 * options.below:g} %"
    return f"{options.drop} per step"


def who_leaves(found: Walked, step: Step) -> str:
    """Who leaves, and with what probability."""
    names = [found.names[each] for each in step.leaving]
    scores = dict(zip(step.in_play, step.scores, strict=True))
    if found.duel:
        winner = next(each for each in step.rivals if each not in step.leaving)
        if scores[winner] == scores[step.leaving[0]]:
            return (
                f"{found.names[winner]} and {names[0]} are even: the last one, {names[0]}, leaves"
            )
        return f"{found.names[winner]} beats {names[0]} with {percent(scores[winner])}"
    if len(names) > 1:
        return f"{listed(names)} leave"
    share = percent(scores[step.leaving[0]])
    even = [each for each in step.in_play if scores[each] == scores[step.leaving[0]]]
    if len(even) == 1 or step.leaving[0] != even[-1]:
        return f"{names[0]} leaves, with {share}"
    who = "all" if len(even) == len(step.in_play) else listed([found.names[each] for each in even])
    return f"{who} are even, with {share}: the last one, {names[0]}, leaves"


def heading(found: Walked) -> str:
    """What the step shown is about."""
    if found.detours:
        at, gone = found.detours[-1]
        name, end, usual = found.names[gone], found.names[found.end], found.names[found.usual_end]
        outcome = f"also be {end}" if end == usual else f"be {end}, not {usual}"
        return f"If {name} had left in step {at}, the end would {outcome}. Esc goes back."
    count = found.layout.classes
    many = COUNTS[count].capitalize() if count < len(COUNTS) else str(count)
    if found.current is None:
        rule = "first against last" if found.duel else "the least likely leaves"
        return f"{many} classes are in play: {rule}."
    sentence = f"Step {found.shown} of {found.total}: {who_leaves(found, found.current)}."
    if found.complete:
        verdict = ": right" if found.end == found.label else ": wrong"
        left = f"{sentence} {found.names[found.end]} is left"
        return f"{left}{verdict if found.label is not None else ''}."
    return sentence


def place_of_true(found: Walked, number: int) -> str:
    """Where the true class stands in a step from 1; nothing where it is not known."""
    if found.label is None:
        return ""
    step = found.steps[number - 1]
    rank = place(step, found.label)
    if found.lost == number:
        return "falls here"
    if not rank:
        return ""
    if found.duel:
        return "wins" if found.label in step.rivals else "waits"
    return f"{rank} of {len(step.in_play)}"


def fate_of_true(found: Walked) -> str:
    """What becomes of the true class in the steps shown."""
    if found.label is None:
        return "Only you know what the drawing is."
    name, lost = found.names[found.label], found.lost
    if lost and lost <= found.shown:
        return f"The true class {name} falls in step {lost}."
    if found.complete:
        return f"The true class {name} is left."
    return f"The true class {name} is in play."


def fate_of_pair(found: Walked) -> str:
    """Which of the two classes selected leaves first in the steps shown."""
    if found.seen.pair is None:
        return ""
    one, other = (found.names[each] for each in found.seen.pair)
    for number, step in enumerate(found.steps[: found.shown], 1):
        gone = [found.names[each] for each in found.seen.pair if each in step.leaving]
        if len(gone) == 2:
            return f"{one} against {other}: both leave in step {number}."
        if gone:
            return f"{one} against {other}: {gone[0]} leaves first, in step {number}."
    return f"{one} against {other}: both are in play."


def heads_asked(found: Walked) -> str:
    """How many of the heads that exist were visited so far."""
    done = "fought" if found.duel else "asked"
    return f"{found.shown} of {heads_that_exist(found):,} {what_exists(found)} {done}"


def how_many_exist(found: Walked) -> str:
    """How many of them there are, and how many are visited."""
    there, verb = heads_that_exist(found), "fought" if found.duel else "visited"
    what = what_exists(found)
    exist = f"{there:,} {what} exist" if there > 1 else f"One {what.removesuffix('s')} exists"
    return f"{exist}; {found.total} {'are' if found.total > 1 else 'is'} {verb}."


def what_exists(found: Walked) -> str:
    """What a step asks."""
    if found.duel:
        return "duels"
    return "heads" if found.layout.heads else "sets"


def saved(found: Walked) -> tuple[str, ...]:
    """What was worked out, and what the variant saves against one class leaving per step."""
    classes = found.layout.classes
    if found.duel:
        return (f"{found.shown} of {classes - 1} outputs of this walk",)
    asked = outputs_of_steps(found, found.steps[: found.shown])
    one_by_one = classes * (classes + 1) // 2 - 1
    whole = outputs_of_steps(found, found.steps)
    what = "outputs" if found.layout.heads else "probabilities"
    words = (f"{asked} {what} worked out",)
    if whole == one_by_one:
        return words
    return (*words, f"{100 * (1 - whole / one_by_one):.0f} % saved by this variant")


def source_of_heads(found: Walked) -> str:
    """Where the probabilities come from, if not from heads of their own; else nothing."""
    if found.derived:
        return "Derived from the class scores: leaving can never change the answer."
    if found.layout.heads or found.duel:
        return _other_reading(found)
    words = "No heads for sets: the pairs of those in play are added up."
    return f"{words} {_other_reading(found)}".strip()


def _other_reading(found: Walked) -> str:
    reading = found.seen.verdict.reading
    if reading == found.kind:
        return ""
    return f"The answer on the left is read by {READINGS[reading].label.lower()}."


def description(found: Walked) -> str:
    """The walk as a person would tell it."""
    kind = "Duels" if found.duel else "Elimination"
    told = [f"{kind}, {found.shown} of {found.total} steps shown."]
    for number, step in enumerate(found.steps[: found.shown], 1):
        told.append(f"Step {number}: {who_leaves(found, step)}.")
    told.append(fate_of_true(found))
    if pair := fate_of_pair(found):
        told.append(pair)
    if found.complete:
        told.append(f"The end is {found.names[found.end]}.")
    if source := source_of_heads(found):
        told.append(source)
    return " ".join(told)
