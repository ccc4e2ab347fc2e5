"""What a study's table says in words: its numbers, verdicts and options, and its result."""

from collections.abc import Iterable, Sequence

from nnviz.study.lines import (
    BETTER,
    FEW,
    NONE,
    WORSE,
    ComparisonLine,
    SchemeLine,
)
from nnviz.study.plan import Condition, Learning, SchemeEntry, Study
from nnviz.study.statistics import Interval, Spread
from nnviz.words import (
    clauses,
    commas,
    listed,
    number,
    one_of_them,
    percent,
    plain,
    signed,
    tr,
    tr_n,
)

OPTIMISERS = {"sgd": tr("stochastic gradient descent"), "adadelta": tr("Adadelta")}
MOST_NAMED = 3
"""Comparisons of one verdict that the sentence names"""


# ---- names and numbers ---------------------------------------------------------------


def condition_in_words(condition: Condition) -> str:
    """1 % of the training images, or 5 training images of each class."""
    if condition.count:
        return tr_n(
            "{count} training image of each class",
            "{count} training images of each class",
            condition.count,
        )
    if condition.share == 1:
        return tr("all training images")
    share = tr("{number} %", number=plain(100 * condition.share))
    return tr("{share} of the training images", share=share)


def condition_in_short(condition: Condition) -> str:
    """1 %, or 5 a class: over a column."""
    if condition.count:
        return tr("{count} a class", count=condition.count)
    return tr("{number} %", number=plain(100 * condition.share))


def names_of_conditions(study: Study) -> dict[str, str]:
    """`Condition.word` -> `condition_in_words`"""
    return {each.word: condition_in_words(each) for each in study.conditions}


def verdict_in_words(line: ComparisonLine, measure: str) -> str:
    """better, worse, no difference was found, too few trials to tell."""
    if line.verdict == FEW:
        return tr("too few trials to tell")
    if line.verdict == NONE:
        return tr("no difference was found")
    if measure == "called":
        return tr("more often") if line.verdict == BETTER else tr("less often")
    return tr("better") if line.verdict == BETTER else tr("worse")


def decimals_of(spread: Spread) -> int:
    """Of percent: two where trials differ by less than half a point, else one."""
    return 2 if spread.deviation is not None and spread.deviation < 0.005 else 1


def points(share: float, decimals: int) -> str:
    """+5.3, of 0.053: percentage points"""
    return signed(100 * share, decimals)


def between(interval: Interval | None, scale: float, decimals: int) -> str:
    """3.1 to 8.9; a dash where there is none"""
    if interval is None:
        return "–"
    low, high = (number(scale * end, decimals) for end in interval)
    return tr("{low} to {high}", low=low, high=high)


def p_in_words(p: float | None) -> str:
    """0.012, or below 0.0001; a dash where there is none"""
    if p is None:
        return "–"
    if p < 0.0001:
        return tr("below {p}", p=plain(0.0001))
    return number(p, 4 if p < 0.01 else 3)


# ---- how a scheme is made -------------------------------------------------------------


def options_of(study: Study, entry: SchemeEntry, several: bool) -> str:
    """How a scheme is made and read here; `several`: whether it has more than one network."""
    learning = study.learning_of(entry)
    return commas(
        [
            *_model_options(study, entry, several),
            *_learning_options(learning, several),
            *_reading_options(entry),
        ]
    )


def _model_options(study: Study, entry: SchemeEntry, several: bool) -> Iterable[str]:
    if study.network == "lenet":
        yield tr("LeNet")
    elif entry.equal_parameters:
        yield tr("three-layer, as many parameters as the first scheme")
    else:
        yield tr_n(
            "three-layer with {count} hidden neuron",
            "three-layer with {count} hidden neurons",
            entry.hidden or study.hidden,
        )
    if several and entry.trunk == "scratch":
        yield tr("each from scratch")
    elif entry.trunk == "frozen":
        yield tr("on the frozen hidden layers of the base network")
    elif entry.trunk == "fine-tuned":
        yield tr("fine-tuned from the base network")
    if entry.members:
        yield tr_n("{count} member", "{count} members", entry.members)
    if entry.balance == "weight":
        yield tr("positives and negatives balanced by weight")
    elif entry.balance == "sampling":
        yield tr("positives and negatives balanced by sampling")
    if entry.taught:
        yield tr("taught only {classes}", classes=listed(entry.taught))


def _learning_options(learning: Learning, several: bool) -> Iterable[str]:
    said = {"epochs": learning.epochs, "batch": learning.batch}
    if not several:
        yield tr("{epochs} epochs at batch {batch}", **said)
    elif learning.matched == "epochs":
        yield tr("matched by epochs: each {epochs} at batch {batch}", **said)
    elif learning.matched == "updates":
        yield tr("matched by updates: each as many as {epochs} epochs at batch {batch}", **said)
    else:
        yield tr(
            "as published: base network {epochs} epochs at batch {batch}, the others {others} at "
            "batch {smaller}",
            others=learning.sub_epochs,
            smaller=learning.sub_batch,
            **said,
        )
    if learning.least_updates:
        yield tr("at least {updates} updates of the base network", updates=learning.least_updates)
    optimiser = OPTIMISERS[learning.optimiser]
    if learning.rate:
        yield tr("{optimiser} with rate {rate}", optimiser=optimiser, rate=plain(learning.rate))
    else:
        yield optimiser
    if learning.initial:
        yield tr("initial weights {initial}", initial=learning.initial)
    if learning.cost:
        yield tr("cost {cost}", cost=learning.cost)
    if learning.decay:
        yield tr("weight decay {decay}", decay=plain(learning.decay))
    if learning.bfloat16:
        yield tr("bfloat16")


def _reading_options(entry: SchemeEntry) -> Iterable[str]:
    if entry.code:
        yield tr("code {code}", code=entry.code)
    if entry.reading:
        yield tr("read by {reading}", reading=entry.reading)
    if entry.below:
        yield tr("all below {share} leave", share=percent(entry.below))
    elif entry.drop > 1:
        yield tr("{count} classes leave at each step", count=entry.drop)


# ---- the result in one sentence ------------------------------------------------------


def sentence_of(
    study: Study, schemes: Sequence[SchemeLine], comparisons: Sequence[ComparisonLine]
) -> str:
    """The result; what no trial has been done for is not mentioned."""
    if not schemes:
        return tr("No trial has finished yet.")
    said = clauses(
        _value_clauses(study, schemes)
        if study.measure == "called" or not comparisons
        else _difference_clauses(study, comparisons)
    )
    return tr("{result}.", result=said[:1].upper() + said[1:])


def _value_clauses(study: Study, schemes: Sequence[SchemeLine]) -> list[str]:
    """What each scheme reached."""
    said = []
    for line in schemes:
        share = percent(line.spread.mean, decimals_of(line.spread))
        if study.measure == "called":
            finding = tr(
                "{scheme} calls {share} of the other images {classes}",
                scheme=line.scheme,
                share=share,
                classes=one_of_them(study.called),
            )
        else:
            finding = tr(
                "{scheme} is right about {share} of the test images",
                scheme=line.scheme,
                share=share,
            )
        said.append(_under(study, line.condition, finding))
    return said


def _under(study: Study, condition: str, finding: str) -> str:
    """Where there are several conditions, under which."""
    if len(study.conditions) == 1:
        return finding
    name = names_of_conditions(study)[condition]
    return tr("with {condition}, {finding}", condition=name, finding=finding)


def _difference_clauses(study: Study, comparisons: Sequence[ComparisonLine]) -> list[str]:
    """First what was found, the largest before the others."""
    sure, none, few = (
        [line for line in comparisons if line.verdict in verdicts]
        for verdicts in ((BETTER, WORSE), (NONE,), (FEW,))
    )
    sure.sort(key=lambda line: -abs(line.paired.spread.mean))
    said = [_under(study, line.condition, _sure(line)) for line in sure[:MOST_NAMED]]
    if len(sure) > MOST_NAMED:
        said.append(
            tr_n(
                "{count} more difference was found",
                "{count} more differences were found",
                len(sure) - MOST_NAMED,
            )
        )
    if len(none) > MOST_NAMED:
        said.append(tr("no difference was found in {count} comparisons", count=len(none)))
    else:
        said += [_under(study, line.condition, _none(line)) for line in none]
    if len(few) > MOST_NAMED:
        said.append(tr("there are too few trials to tell in {count} comparisons", count=len(few)))
    else:
        said += [_under(study, line.condition, _few(line)) for line in few]
    return said


def _sure(line: ComparisonLine) -> str:
    spread, better = line.paired.spread, line.verdict == BETTER
    decimals = decimals_of(spread)
    fields = {
        "first": line.first,
        "second": line.second,
        "points": number(abs(100 * spread.mean), decimals),
    }
    if spread.interval is None:
        if better:
            return tr("{first} is better than {second} by {points} points every time", **fields)
        return tr("{first} is worse than {second} by {points} points every time", **fields)
    low, high = sorted(abs(100 * end) for end in spread.interval)
    fields["interval"] = between((low, high), 1, decimals)
    if better:
        return tr("{first} is better than {second} by {points} points ({interval})", **fields)
    return tr("{first} is worse than {second} by {points} points ({interval})", **fields)


def _none(line: ComparisonLine) -> str:
    return tr(
        "no difference was found between {first} and {second}",
        first=line.first,
        second=line.second,
    )


def _few(line: ComparisonLine) -> str:
    return tr(
        "there are too few trials to tell {first} from {second}",
        first=line.first,
        second=line.second,
    )
