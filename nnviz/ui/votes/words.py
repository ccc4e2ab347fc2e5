"""All that the Votes page says."""

import math
from collections.abc import Sequence

from nnviz.questions.votes import VoteSurvey
from nnviz.ui.votes.count import Count, VotesSeen
from nnviz.words import listed, number, percent, sentences, tr, tr_n

VIEWS = {
    "digit": tr("This digit"),
    "all": tr("All digits"),
    "rules": tr("Rule against rule"),
}
VIEWS_AND_HELP = {
    "digit": (VIEWS["digit"], tr("The votes of the digit on screen.")),
    "all": (
        VIEWS["all"],
        tr("The mean votes of all test digits, the pairs most often wrong and those that decide."),
    ),
    "rules": (
        VIEWS["rules"],
        tr("Which digits one rule gets right and another one wrong, as two heaps."),
    ),
}
RULE_NAMES = {
    "summed": tr("Summed"),
    "votes": tr("Votes"),
    "coupling": tr("Coupling"),
    "duels": tr("Duels"),
}
"""Short names of RULES, for buttons."""
RULE_TIP = tr(
    "It is how this network is read on every page, until it is pressed again: then it is read as "
    "usual."
)
SEARCH, SEARCHING = tr("Next where they differ"), tr("Searching … stop")
SEARCH_TIP = tr(
    "The next test digit that the four rules do not all read alike; ≠ marks a rule that answers "
    "otherwise than the one chosen."
)
NOT_YET = tr("Nothing is counted yet.")
FIRST_RULE, FIRST_RULE_TIP = tr("Answers held against"), tr("Whose answers are replaced.")
LAST_RULE, LAST_RULE_TIP = (
    tr("Answers in their place"),
    tr("What is rescued is right only with these answers, what is lost only with the others."),
)
ASKING = tr("Asking all test digits…")
SAME = tr("The pairs are derived from the class scores, so the four rules always agree.")
DECISIVE = tr("decisive: the answer changes if this pair alone says the opposite")
TABLE, TABLE_TIP = tr("Table"), tr("The numbers as a table, for screen readers too (T).")
TABLE_TITLE = tr("Votes as a table")
TABLE_NAME = tr("Percent for the row's class against the column's")

MATRIX = tr("Votes: each row's class against each column's")
MATRIX_TIP = tr(
    "Percent for the row's class against the column's; filled: the row wins. Click a cell, or use "
    "the arrow keys, to see what decides between the two; the name of a row for its class."
)
ROW_WINS, COLUMN_WINS = tr("row wins"), tr("column wins")
ROW, COLUMN = tr("row"), tr("column")
OF_PAIRS, DERIVED = tr("percent for the row"), tr("derived from the class scores")
MEAN, MEAN_DERIVED = tr("mean percent"), tr("derived, mean percent")

TOTALS, TOTALS_TIP = tr("Totals, ranked"), tr("What each class has in all, ranked.")
WORST, WORST_TIP = (
    tr("Pairs most often wrong"),
    tr("How often a pair is wrong on the test digits of its two classes."),
)
DECIDING = tr("Pairs that decide most often")
DECIDING_TIP = tr(
    "For how many test digits the answer would be another one if this pair alone said the opposite."
)
WORST_TITLE = tr("pairs most often wrong")
NO_TOTAL = tr("–")

PAIR = tr("What decides between two classes")
PAIR_TIP = tr(
    "Orange pixels speak for the first class, blue ones for the second. Click a neuron to select "
    "it, a confused digit to show it."
)
NO_EVIDENCE = tr("The weights are no longer numbers: there is no evidence to draw.")
WEIGHTS, ON_THIS_DIGIT = tr("weights"), tr("on this digit")
MOST_CONFUSED = tr("most confused digits:")
OWN_HEAD, OWN_NETWORK, OWN_OUTPUT = tr("own head"), tr("own network"), tr("own output")

BROKEN = tr(
    "The weights are no longer numbers: the run has diverged, so every pair counts as even. "
    "Reset, or learn at a lower rate."
)
LONG = 14
"""Characters of two names that leave no room for them."""
MOST_DECIMALS = 4
LEAST_APART = {"summed": number(0.0001, MOST_DECIMALS), "coupling": percent(1e-6, MOST_DECIMALS)}
"""What two totals differ by at most that look alike with MOST_DECIMALS."""


# ---- the buttons ---------------------------------------------------------------------------


def rule_and_answer(rule: str, answer: str, same: bool) -> str:
    """On a button; `same`: as the rule chosen answers."""
    if same:
        return tr("{rule} {answer}", rule=RULE_NAMES[rule], answer=answer)
    return tr("{rule} {answer} ≠", rule=RULE_NAMES[rule], answer=answer)


def rule_and_answer_aloud(rule: str, answer: str, same: bool) -> str:
    if same:
        return rule_and_answer(rule, answer, same)
    return tr("{rule} {answer}, differs", rule=RULE_NAMES[rule], answer=answer)


def instead(first: str, last: str) -> str:
    """Which answers stand in the place of which."""
    return tr("{last} instead of {first}:", first=first, last=last)


def pair_in_short(one: str, other: str) -> str:
    return tr("{one} | {other}", one=one, other=other)


def what_decides(one: str, other: str) -> str:
    return tr("What decides between {one} and {other}.", one=one, other=other)


def against(one: str, other: str) -> str:
    return tr("{one} against {other}", one=one, other=other)


def read_alike(label: str | None) -> str:
    """That the search among the digits with a label, or all, found none."""
    if label is None:
        return tr("The four rules read every other test digit alike.")
    return tr("The four rules read every other test digit with the label {name} alike.", name=label)


# ---- the sentence --------------------------------------------------------------------------


def sentence(names: Sequence[str], counted: Count, broken: bool) -> str:
    """What the votes of this digit come to, as far as they are counted."""
    if broken:
        return BROKEN
    if not counted.done:
        return tr("Nothing counted yet: PageDown or Play goes on.")
    if not counted.complete:
        return _duel_so_far(counted, names) if counted.duels else _so_far(counted, names)
    result = _duels if counted.duels else _result
    others = (
        _says([RULE_NAMES[rule] for rule in rules], rules[0], names[answer])
        for answer, rules in counted.others.items()
    )
    return sentences(result(counted, names), *others)


def _says(rules: Sequence[str], first: str, answer: str) -> str:
    if len(rules) == 1 and first in ("summed", "coupling"):
        return tr("{rule} says {answer}.", rule=rules[0], answer=answer)
    return tr("{rules} say {answer}.", rules=listed(rules), answer=answer)


def _duels(counted: Count, names: Sequence[str]) -> str:
    won, lost = _by(max(counted.steps[-1].scores))
    return tr_n(
        "{answer} is left after {count} duel; {second} is the last to leave, {won} to {lost}.",
        "{answer} is left after {count} duels; {second} is the last to leave, {won} to {lost}.",
        len(counted.steps),
        answer=names[counted.verdict.answer],
        second=names[counted.verdict.runner_up],
        won=won,
        lost=lost,
    )


def _duel_so_far(counted: Count, names: Sequence[str]) -> str:
    last = counted.steps[counted.done - 1]
    low, high = last.rivals
    won, lost = _by(max(last.scores))
    return tr(
        "Duel {step} of {steps}, {low} against {high}: {name} leaves, {won} to {lost}.",
        step=counted.done,
        steps=len(counted.steps),
        low=names[low],
        high=names[high],
        name=names[last.leaving[0]],
        won=won,
        lost=lost,
    )


def _result(counted: Count, names: Sequence[str]) -> str:
    """Who wins by the totals, and who is next."""
    rule, verdict, scores = counted.rule, counted.verdict, counted.scores
    answer, best, second = names[verdict.answer], scores[verdict.answer], scores[verdict.runner_up]
    tied = listed(names[each] for each in counted.leaders)
    decimals = decimals_apart(rule, (best, second))
    total, rivals = total_in_words(rule, best, decimals), counted.classes - 1
    if len(counted.leaders) > 1:
        total = total_in_words(rule, best)
        if rule == "votes":
            return tr(
                "{names} tie at {total} votes; the larger sum decides: {answer}.",
                names=tied,
                total=total,
                answer=answer,
            )
        return tr(
            "{names} tie at {total}; the first one counts: {answer}.",
            names=tied,
            total=total,
            answer=answer,
        )
    if rule == "coupling":
        wins = tr("{answer} wins with {total}.", answer=answer, total=total)
    elif rule == "votes":
        wins = tr(
            "{answer} wins with {total} of {rivals} votes.",
            answer=answer,
            total=total,
            rivals=rivals,
        )
    else:
        wins = tr(
            "{answer} wins with {total} of {rivals}.", answer=answer, total=total, rivals=rivals
        )
    even = [
        names[each]
        for each, score in scores.items()
        if each != verdict.answer and math.isclose(score, second, abs_tol=1e-9)
    ]
    if decimals is None:
        return sentences(wins, _barely_next(even, LEAST_APART[rule], names[verdict.runner_up]))
    then = total_in_words(rule, second, decimals)
    return sentences(wins, _next(even, then, names[verdict.runner_up]))


def _next(even: Sequence[str], total: str, second: str) -> str:
    if len(even) >= 4:
        return tr("Next are {count} others with {total}.", count=len(even), total=total)
    if len(even) > 1:
        return tr("Next are {names} with {total}.", names=listed(even), total=total)
    return tr("Next is {name} with {total}.", name=second, total=total)


def _barely_next(even: Sequence[str], least: str, second: str) -> str:
    if len(even) >= 4:
        return tr(
            "Next are {count} others, less than {least} behind.", count=len(even), least=least
        )
    if len(even) > 1:
        return tr("Next are {names}, less than {least} behind.", names=listed(even), least=least)
    return tr("Next is {name}, less than {least} behind.", name=second, least=least)


def _so_far(counted: Count, names: Sequence[str]) -> str:
    last = counted.steps[counted.done - 1]
    if counted.rule == "coupling":
        upto = tr("Only {names} are counted.", names=listed(names[each] for each in last.in_play))
    else:
        upto = tr(
            "Counted up to the column of {name}, {step} of {steps}.",
            name=names[last.rivals[0]],
            step=counted.done,
            steps=counted.classes,
        )
    decimals = decimals_apart(counted.rule, last.scores)
    total = total_in_words(counted.rule, max(last.scores), decimals)
    ahead = listed(names[each] for each in counted.leaders)
    if len(counted.leaders) > 1:
        leads = tr("{names} are even with {total}.", names=ahead, total=total)
    elif decimals is not None:
        leads = tr("{name} leads with {total}.", name=ahead, total=total)
    else:
        leads = tr(
            "{name} leads with {total}, by less than {least}.",
            name=ahead,
            total=total,
            least=LEAST_APART[counted.rule],
        )
    return sentences(upto, leads)


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
        return percent(total, decimals or 0)
    if rule == "votes":
        whole, half = divmod(round(2 * total), 2)
        return f"{whole or ''}½" if half else number(whole)
    return number(total, 2 if decimals is None else decimals)


def _by(won: float) -> tuple[int, int]:
    """Percent for the winner and for the loser."""
    share = round(100 * won)
    return share, 100 - share


# ---- the matrix and the totals -------------------------------------------------------------


def turn(at: int) -> str:
    """Which duel was fought in a cell."""
    return tr("{number}.", number=at)


def row(name: str) -> str:
    return tr("The row of {name}.", name=name)


def cell(one: str, other: str, share: float | None) -> str:
    if share is None:
        return tr("{one} against {other}.", one=one, other=other)
    return pair(one, other, share)


def title_of_totals(rule: str, rivals: int) -> str:
    """What the classes are ranked by."""
    if rule == "summed":
        return tr("sum, of {count}", count=rivals)
    if rule == "votes":
        return tr("votes, of {count}", count=rivals)
    return tr("probability") if rule == "coupling" else tr("duels")


def place_in_duels(done: int, stayed: int) -> str:
    return tr("in") if stayed == done else tr("out {step}.", step=stayed + 1)


def title_of_decisive(rule: str) -> str:
    return tr("decisive ({rule})", rule=RULE_NAMES[rule].lower())


# ---- a pair --------------------------------------------------------------------------------


def pair(one: str, other: str, beats: float) -> str:
    return tr("{one} against {other}: {share}.", one=one, other=other, share=percent(beats, 0))


def shares(one: str, other: str, beats: float) -> tuple[str, str]:
    """What each of the two classes has."""
    won, lost = _by(beats)
    return (
        tr("{name}: {share}", name=one, share=percent(won / 100, 0)),
        tr("{name}: {share}", name=other, share=percent(lost / 100, 0)),
    )


def share(said: float) -> str:
    return percent(said, 0)


def neurons(one: str, other: str) -> str:
    return tr("neurons for {one} (+), {other} (−)", one=one, other=other)


def neuron(at: int) -> str:
    return tr("Neuron {number}.", number=at)


def confused(name: str, said: float) -> str:
    return tr("Label {name}, {share}.", name=name, share=percent(said, 0))


def source(outputs: int) -> str:
    """How many outputs compare two classes."""
    return tr_n("{count} output", "{count} outputs", outputs)


def pair_fact(survey: VoteSurvey | None, pair: tuple[int, int], names: Sequence[str]) -> str:
    """How often a pair is right on the digits of its two classes."""
    if survey is None:
        return ""
    right, one, other = survey.accuracy(*pair), names[pair[0]], names[pair[1]]
    if math.isnan(right):
        return tr("no test digits of {one} or {other}", one=one, other=other)
    if len(tr("{one} and {other}", one=one, other=other)) >= LONG:
        return tr("right on {share} of both", share=percent(right))
    return tr("right on {share} of {one} and {other}", share=percent(right), one=one, other=other)


def survey_sentence(view: VotesSeen) -> str:
    """What all test digits of a class say."""
    survey, label = view.survey, view.asked
    if survey is None:
        if view.engine == "starting":
            return tr("All test digits are asked as soon as the training process is there.")
        return tr("All test digits are asked now.")
    means = survey.means[label, label]
    rivals = [each for each in range(len(means)) if each != label]
    closest = min(rivals, key=lambda each: float(means[each]))
    won, lost = _by(float(means[closest]))
    said = tr(
        "All {count} test digits of class {name}, mean votes: closest is {closest}, {won} to "
        "{lost}.",
        count=int(survey.counts[label]),
        name=view.names[label],
        closest=view.names[closest],
        won=won,
        lost=lost,
    )
    return sentences(view.when, said)
