"""The votes in sentences that a person would say."""

import math
from collections.abc import Sequence

from nnviz.questions.votes import VoteSurvey
from nnviz.ui.votes.vote_count import Count, VotesSeen

RULE_NAMES = {"summed": "Summed", "votes": "Votes", "coupling": "Coupling", "duels": "Duels"}
"""Short names of disagreement.RULES, for buttons."""
LONG = 14
"""Characters of two names that leave no room for them."""
MOST_DECIMALS = 4
LEAST_APART = {"summed": "0.0001", "votes": "a vote", "coupling": "0.0001 %"}
"""What two totals differ by that look alike with MOST_DECIMALS."""
BROKEN = (
    "The weights are no longer numbers: the run has diverged, so every pair counts as even. "
    "Reset, or learn at a lower rate."
)


def sentence(names: Sequence[str], counted: Count, broken: bool) -> str:
    """What the votes of this digit come to, as far as they are counted."""
    if broken:
        return BROKEN
    if not counted.complete:
        return _so_far(counted, names)
    return f"{_result(counted, names)}{_others(counted, names)}"


def _result(counted: Count, names: Sequence[str]) -> str:
    verdict = counted.verdict
    answer, second = names[verdict.answer], names[verdict.runner_up]
    if counted.duels:
        last = counted.steps[-1]
        won = max(last.scores)
        return (
            f"{answer} is left after {len(counted.steps)} duels; "
            f"{second} is the last to leave, {_by(won)}."
        )
    best = counted.scores[verdict.answer]
    next_best = counted.scores[verdict.runner_up]
    tied = counted.leaders
    if len(tied) > 1:
        how = "the larger sum decides" if counted.rule == "votes" else "the first one counts"
        said = total_in_words(counted.rule, best)
        votes = " votes" if counted.rule == "votes" else ""
        tie = f"{_listed([names[each] for each in tied])} tie at {said}{votes}"
        return f"{tie}; {how}: {answer}."
    decimals = decimals_apart(counted.rule, (best, next_best))
    first = total_in_words(counted.rule, best, decimals)
    rivals = counted.classes - 1
    of = "" if counted.rule == "coupling" else f" of {rivals}"
    votes = " votes" if counted.rule == "votes" else ""
    then = f"with {total_in_words(counted.rule, next_best, decimals)}"
    if decimals is None:
        then = f"by less than {LEAST_APART[counted.rule]} behind"
    even = [
        names[each]
        for each, score in counted.scores.items()
        if each != verdict.answer and math.isclose(score, next_best, abs_tol=1e-9)
    ]
    behind = f"{_listed(even)} are" if 1 < len(even) < 4 else f"{second} is"
    if len(even) >= 4:
        behind = f"{len(even)} others are"
    return f"{answer} wins with {first}{of}{votes}; {behind} next {then}."


def _so_far(counted: Count, names: Sequence[str]) -> str:
    if not counted.done:
        return "Nothing counted yet: PageDown or Play goes on."
    last = counted.last
    assert last is not None
    if counted.duels:
        low, high = last.rivals
        won = max(last.scores)
        return (
            f"Duel {counted.done} of {len(counted.steps)}, {names[low]} against {names[high]}: "
            f"{names[last.leaving[0]]} leaves, {_by(won)}."
        )
    decimals = decimals_apart(counted.rule, last.scores)
    total = total_in_words(counted.rule, max(last.scores), decimals)
    leaders = _listed([names[each] for each in counted.leaders])
    barely = "" if decimals is not None else f", by less than {LEAST_APART[counted.rule]}"
    ahead = (
        f"{leaders} leads with {total}{barely}"
        if len(counted.leaders) == 1
        else (f"{leaders} are even with {total}")
    )
    if counted.rule == "coupling":
        return f"Only {_listed([names[each] for each in last.in_play])}: {ahead}."
    against = names[last.rivals[0]]
    return f"Counted up to the column of {against}, {counted.done} of {counted.classes}: {ahead}."


def _others(counted: Count, names: Sequence[str]) -> str:
    """Rules that answer otherwise."""
    said = [
        f"{_listed([RULE_NAMES[rule].lower() for rule in rules])} "
        f"{'say' if len(rules) > 1 or rules[0] in ('votes', 'duels') else 'says'} {names[answer]}"
        for answer, rules in counted.others.items()
    ]
    words = ", ".join(said)
    return f" {words[0].upper()}{words[1:]}." if said else ""


def decimals_apart(rule: str, totals: Sequence[float]) -> int | None:
    """How many decimals (as written, at most MOST_DECIMALS) tell the largest two of these
    totals apart; None if no number of them does."""
    usual = 0 if rule == "coupling" else 2
    first, second = sorted(totals)[:-3:-1] if len(totals) > 1 else (1.0, 0.0)
    return next(
        (
            decimals
            for decimals in range(usual, MOST_DECIMALS + 1)
            if total_in_words(rule, first, decimals) != total_in_words(rule, second, decimals)
        ),
        None,
    )


def total_in_words(rule: str, total: float, decimals: int | None = None) -> str:
    """A total as short as its rule allows, or with so many decimals."""
    if rule == "coupling":
        return f"{100 * total:.{decimals or 0}f} %"
    if rule == "votes":
        whole, half = divmod(round(2 * total), 2)
        return f"{whole or ('' if half else 0)}{'½' if half else ''}"
    return f"{total:.{2 if decimals is None else decimals}f}"


def survey_sentence(view: VotesSeen) -> str:
    """What all test digits of a class say."""
    survey, label = view.survey, view.asked
    if survey is None:
        if view.engine == "starting":
            return "All test digits are asked as soon as the training process is there."
        return "All test digits are asked now."
    row = survey.means[label, label]
    rivals = [each for each in range(len(row)) if each != label]
    closest = min(rivals, key=lambda each: float(row[each]))
    return (
        f"All {survey.counts[label]:,} test digits of class {view.names[label]}, mean votes: "
        f"closest is {view.names[closest]}, {_by(float(row[closest]))} {view.when}".rstrip()
        + "."
    )


def pair_fact(survey: VoteSurvey | None, pair: tuple[int, int], names: Sequence[str]) -> str:
    """How often a pair is right on the digits of its two classes."""
    if survey is None:
        return ""
    right = survey.accuracy(*pair)
    if math.isnan(right):
        return f"no test digits of {names[pair[0]]} or {names[pair[1]]}"
    both = f"{names[pair[0]]} and {names[pair[1]]}"
    return f"right on {100 * right:.1f} % of {both if len(both) < LONG else 'both'}"


def _by(won: float) -> str:
    percent = round(100 * won)
    return f"{percent} to {100 - percent}"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
