"""What a study's table says in words: its result, its verdicts, what stands behind its numbers."""

import math
from collections.abc import Iterable, Sequence

from nnviz.questions.comparison import SIGNIFICANT
from nnviz.study.lines import (
    BETTER,
    FEW,
    FEWEST_TRIALS,
    NONE,
    WIDEST_REACH,
    WORSE,
    ComparisonLine,
    SchemeLine,
)
from nnviz.study.plan import Condition, Learning, SchemeEntry, Study
from nnviz.study.rows import Row
from nnviz.study.statistics import BOOTSTRAP_FROM, Interval, Spread
from nnviz.words import (
    clauses,
    commas,
    listed,
    number,
    one_of_them,
    percent,
    plain,
    sentences,
    signed,
    tr,
    tr_n,
)

MOST_NAMED = 3
"""Comparisons of one verdict that the sentence names"""
OPTIMISERS = {"sgd": tr("stochastic gradient descent"), "adadelta": tr("Adadelta")}


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
        _called_clauses(study, schemes)
        if study.measure == "called"
        else _difference_clauses(study, comparisons) or _accuracy_clauses(study, schemes)
    )
    return tr("{result}.", result=said[:1].upper() + said[1:])


def _called_clauses(study: Study, schemes: Sequence[SchemeLine]) -> list[str]:
    names = names_of_conditions(study)
    return [
        tr(
            "{scheme}, taught with {condition}, calls {share} of the other images {classes}",
            scheme=line.scheme,
            condition=names[line.condition],
            share=percent(line.spread.mean),
            classes=one_of_them(study.called),
        )
        for line in schemes
    ]


def _accuracy_clauses(study: Study, schemes: Sequence[SchemeLine]) -> list[str]:
    names = names_of_conditions(study)
    return [
        tr(
            "with {condition}, {scheme} is right about {share} of the test images",
            condition=names[line.condition],
            scheme=line.scheme,
            share=percent(line.spread.mean),
        )
        for line in schemes
    ]


def _difference_clauses(study: Study, comparisons: Sequence[ComparisonLine]) -> list[str]:
    names = names_of_conditions(study)
    by_verdict = {
        verdict: [line for line in comparisons if line.verdict in verdict]
        for verdict in ((BETTER, WORSE), (NONE,), (FEW,))
    }
    sure, none, few = by_verdict.values()
    sure.sort(key=lambda line: -abs(line.paired.spread.mean))
    said = [_sure_clause(line, names[line.condition]) for line in sure[:MOST_NAMED]]
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
        said += [_none_clause(line, names[line.condition]) for line in none]
    if len(few) > MOST_NAMED:
        said.append(tr("there are too few trials to tell in {count} comparisons", count=len(few)))
    else:
        said += [_few_clause(line, names[line.condition]) for line in few]
    return said


def _sure_clause(line: ComparisonLine, condition: str) -> str:
    spread = line.paired.spread
    decimals = decimals_of(spread)
    fields = {
        "condition": condition,
        "first": line.first,
        "second": line.second,
        "points": number(abs(100 * spread.mean), decimals),
    }
    if spread.interval is None and line.verdict == BETTER:
        return tr(
            "with {condition}, {first} is better than {second} by {points} points in every trial",
            **fields,
        )
    if spread.interval is None:
        return tr(
            "with {condition}, {first} is worse than {second} by {points} points in every trial",
            **fields,
        )
    ends = sorted(abs(100 * end) for end in spread.interval)
    fields["interval"] = between((ends[0], ends[1]), 1, decimals)
    if line.verdict == BETTER:
        return tr(
            "with {condition}, {first} is better than {second} by {points} points ({interval})",
            **fields,
        )
    return tr(
        "with {condition}, {first} is worse than {second} by {points} points ({interval})", **fields
    )


def _none_clause(line: ComparisonLine, condition: str) -> str:
    return tr(
        "with {condition}, no difference was found between {first} and {second}",
        condition=condition,
        first=line.first,
        second=line.second,
    )


def _few_clause(line: ComparisonLine, condition: str) -> str:
    return tr(
        "with {condition}, there are too few trials to tell {first} from {second}",
        condition=condition,
        first=line.first,
        second=line.second,
    )


# ---- what stands behind the numbers --------------------------------------------------


def notes_of(
    study: Study,
    rows: Sequence[Row],
    schemes: Sequence[SchemeLine],
    comparisons: Sequence[ComparisonLine],
) -> tuple[str, ...]:
    """What must be known to read the table, one sentence or a few each; none without rows."""
    if not rows:
        return ()
    judged = _judging_notes(study, comparisons) if comparisons else []
    found = [
        _coverage(rows),
        *judged,
        *_trial_notes(study, rows),
        *_wanted_notes(comparisons),
        *_alike_notes(study, schemes),
        *_learning_notes(study, schemes),
        *_digit_notes(study, rows),
        *_machine_notes(rows),
    ]
    return tuple(note for note in found if note)


def _coverage(rows: Sequence[Row]) -> str:
    tested = sum(next(iter(rows[0].outcomes.values())).tested)
    return tr_n(
        "Intervals (95 %) and p cover the chance of training: images drawn, initial weights, "
        "order, dropout; all that on one fixed set of {count} test image, and not which images "
        "are in it.",
        "Intervals (95 %) and p cover the chance of training: images drawn, initial weights, "
        "order, dropout; all that on one fixed set of {count} test images, and not which images "
        "are in it.",
        tested,
    )


def _judging_notes(study: Study, comparisons: Sequence[ComparisonLine]) -> list[str]:
    planned = len(study.comparisons) * len(study.conditions)
    judging = tr_n(
        "A difference counts as found where p of the paired t test (of Wilcoxon's, where all "
        "differences are alike) is below {significant} after Holm's correction for the {count} "
        "comparison of the plan; as not found where its interval reaches at most {reach} points "
        "to either side; else, and with fewer than {fewest} trials, there are too few to tell.",
        "A difference counts as found where p of the paired t test (of Wilcoxon's, where all "
        "differences are alike) is below {significant} after Holm's correction for all {count} "
        "comparisons of the plan; as not found where its interval reaches at most {reach} points "
        "to either side; else, and with fewer than {fewest} trials, there are too few to tell.",
        planned,
        significant=plain(SIGNIFICANT),
        reach=plain(100 * WIDEST_REACH),
        fewest=FEWEST_TRIALS,
    )
    effects = tr(
        "d paired is the mean difference in units of the deviation of the differences; d pooled in "
        "units of the deviation within the schemes, as if the trials were not paired. McNemar's "
        "test asks in each trial by itself whether these two networks differ on the test images."
    )
    apart = tr("Every comparison is within one condition; no p speaks of two.")
    few = ""
    if all(len(line.trials) < BOOTSTRAP_FROM for line in comparisons):
        few = tr("BCa bootstrap intervals begin with {count} trials.", count=BOOTSTRAP_FROM)
    return [
        judging,
        effects,
        apart if len(study.conditions) > 1 else "",
        few,
    ]


def _trial_notes(study: Study, rows: Sequence[Row]) -> list[str]:
    """Fewer trials than planned, or more."""
    fewer, more = [], []
    for condition in study.conditions:
        done = sum(row.condition == condition.word for row in rows)
        said = tr(
            "{done} of {planned} with {condition}",
            done=done,
            planned=study.trials,
            condition=condition_in_words(condition),
        )
        if done < study.trials:
            fewer.append(said)
        elif done > study.trials:
            more.append(said)
    found = []
    if fewer:
        found.append(
            tr(
                "Fewer trials than planned: {conditions}. Whoever stops as soon as a difference is "
                "found finds more of them than there are.",
                conditions=listed(fewer),
            )
        )
    if more:
        found.append(
            tr(
                "More trials than planned: {conditions}. If they were added because of what the "
                "first ones showed, p is too small.",
                conditions=listed(more),
            )
        )
    return found


def _wanted_notes(comparisons: Sequence[ComparisonLine]) -> list[str]:
    wanted = [line.wanted for line in comparisons if line.verdict == FEW and line.wanted]
    if not wanted:
        return []
    return [
        tr(
            "Where there are too few trials to tell, about {count} each would bring the interval "
            "down to {reach} points to either side.",
            count=_rounded(max(wanted)),
            reach=plain(100 * WIDEST_REACH),
        )
    ]


def _alike_notes(study: Study, schemes: Sequence[SchemeLine]) -> list[str]:
    names = names_of_conditions(study)
    alike = [
        tr("{scheme} with {condition}", scheme=line.scheme, condition=names[line.condition])
        for line in schemes
        if line.spread.alike
    ]
    if not alike:
        return []
    return [
        tr(
            "All trials gave exactly the same value, from which no interval can be worked out: "
            "{schemes}.",
            schemes=listed(alike),
        )
    ]


def _learning_notes(study: Study, schemes: Sequence[SchemeLine]) -> list[str]:
    several = {line.scheme for line in schemes if line.models > 1}
    options = [
        tr("{scheme}: {options}", scheme=each.name, options=options)
        for each in study.schemes
        for options in (options_of(study, each, each.name in several),)
    ]
    matched = {study.learning_of(each).matched for each in study.schemes if each.name in several}
    found = [tr("{options}.", options=clauses(options))]
    if "as-published" in matched:
        found.append(
            tr(
                "As published, the models of different schemes take different numbers of updates: "
                "a difference can be one of training, not of schemes."
            )
        )
    elif "epochs" in matched:
        found.append(
            tr(
                "Matched by epochs, a model that learns from fewer images takes fewer updates; all "
                "models of a scheme together may take more than one network."
            )
        )
    elif "updates" in matched:
        found.append(
            tr(
                "Matched by updates, every model takes as many steps; one that learns from fewer "
                "images sees each of them more often, and all models of a scheme together take "
                "more than one network."
            )
        )
    return found


def _digit_notes(study: Study, rows: Sequence[Row]) -> list[str]:
    found = []
    if study.digits.per_class and not all(row.thinned for row in rows):
        found.append(
            tr_n(
                "The data set has no more than {count} training image of a class, so it was not "
                "thinned.",
                "The data set has no more than {count} training images of a class, so it was not "
                "thinned.",
                study.digits.per_class,
            )
        )
    # of training images, and of test images after a dash
    tests = {row.digest.rpartition("-")[2] for row in rows if "-" in row.digest}
    if len(tests) > 1:
        found.append(tr("Not all trials were asked the same test images: the table mixes them."))
    return found


def _machine_notes(rows: Sequence[Row]) -> list[str]:
    engines = sorted({row.engine for row in rows})
    processors = sorted({row.processor for row in rows})
    devices = sorted({row.device for row in rows})
    versions = {tuple(sorted(row.versions.items())) for row in rows}
    found = []
    if len(engines) > 1:
        found.append(
            tr("Trials were learned by different engines: {engines}.", engines=listed(engines))
        )
    if len(processors) > 1:
        found.append(
            tr("Trials ran on different processors: {processors}.", processors=listed(processors))
        )
    if len(devices) > 1:
        found.append(tr("Trials ran on different devices: {devices}.", devices=listed(devices)))
    if len(versions) > 1:
        found.append(tr("Trials ran with different versions of libraries."))
    if found:
        found.append(
            tr("The same seed gives the same numbers on one kind of processor and engine only.")
        )
    return [sentences(*found)] if found else []


def _rounded(count: int) -> int:
    """Two figures, upwards: it is an estimate"""
    step = int(10 ** max(0, math.floor(math.log10(count)) - 1))
    return math.ceil(count / step) * step
