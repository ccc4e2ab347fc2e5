"""What must be known to read the table of a study, beside its numbers."""

import math
from collections.abc import Sequence

from nnviz.questions.comparison import SIGNIFICANT
from nnviz.study.lines import FEW, FEWEST_TRIALS, WIDEST_REACH, ComparisonLine, SchemeLine
from nnviz.study.plan import Study
from nnviz.study.rows import Row
from nnviz.study.saying import condition_in_words, names_of_conditions
from nnviz.study.statistics import BOOTSTRAP_FROM
from nnviz.words import listed, plain, sentences, tr, tr_n


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
        _coverage(study, rows),
        *judged,
        *_trial_notes(study, rows),
        *_wanted_notes(comparisons),
        *_alike_notes(study, schemes),
        _beyond(schemes),
        *_learning_notes(study, schemes),
        *_digit_notes(study, rows),
        *_machine_notes(rows),
    ]
    return tuple(note for note in found if note)


def _coverage(study: Study, rows: Sequence[Row]) -> str:
    tested = sum(next(iter(rows[0].outcomes.values())).tested)
    covered = tr_n(
        "Intervals (95 %) and p cover the chance of training: images drawn, initial weights, "
        "order, dropout; all that on one fixed set of {count} test image, and not which images "
        "are in it.",
        "Intervals (95 %) and p cover the chance of training: images drawn, initial weights, "
        "order, dropout; all that on one fixed set of {count} test images, and not which images "
        "are in it.",
        tested,
    )
    known = {each.word: each for each in study.conditions}
    drawn = [known[row.condition] for row in rows]
    if all(each.count or each.share < 1 for each in drawn):
        return covered
    return sentences(
        covered,
        tr(
            "Where all training images are learned from, no images are drawn: the trials share "
            "them."
        ),
    )


def _judging_notes(study: Study, comparisons: Sequence[ComparisonLine]) -> list[str]:
    planned = len(study.comparisons) * len(study.conditions)
    judging = tr_n(
        "A difference counts as found where p of the paired t test (of Wilcoxon's, where all "
        "differences are alike) is below {significant} after Holm's correction for the {count} "
        "comparison of the plan; as not found where its interval holds 0 and reaches at most "
        "{reach} points to either side of its mean; else, and with fewer than {fewest} trials, "
        "there are too few to tell.",
        "A difference counts as found where p of the paired t test (of Wilcoxon's, where all "
        "differences are alike) is below {significant} after Holm's correction for all {count} "
        "comparisons of the plan; as not found where its interval holds 0 and reaches at most "
        "{reach} points to either side of its mean; else, and with fewer than {fewest} trials, "
        "there are too few to tell.",
        planned,
        significant=plain(SIGNIFICANT),
        reach=plain(100 * WIDEST_REACH),
        fewest=FEWEST_TRIALS,
    )
    effects = tr(
        "d paired is the mean difference in units of the deviation of the differences; d pooled in "
        "units of the deviation within the schemes, as if the trials were not paired."
    )
    single = ""
    if planned > 1:
        single = tr(
            "Each interval stands for itself: it is not widened for the number of comparisons, and "
            "can leave out 0 where p after Holm's correction finds nothing."
        )
    each = tr(
        "McNemar's test asks in each trial by itself whether these two networks differ on the test "
        "images."
    )
    tested = any(line.per_trial is not None for line in comparisons)
    apart = tr("Every comparison is within one condition; no p speaks of two.")
    few = ""
    if all(len(line.trials) < BOOTSTRAP_FROM for line in comparisons):
        few = tr("BCa bootstrap intervals begin with {count} trials.", count=BOOTSTRAP_FROM)
    return [
        sentences(judging, single),
        sentences(effects, each if tested else ""),
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


def _beyond(schemes: Sequence[SchemeLine]) -> str:
    ends = [line.spread.interval for line in schemes if line.spread.interval is not None]
    if all(low >= 0 and high <= 1 for low, high in ends):
        return ""
    return tr(
        "An interval that reaches beyond what a share can be comes from few trials that scatter: "
        "Student's t takes a normal distribution for granted, which such shares do not have."
    )


def _learning_notes(study: Study, schemes: Sequence[SchemeLine]) -> list[str]:
    several = {line.scheme for line in schemes if line.models > 1}
    matched = {study.learning_of(each).matched for each in study.schemes if each.name in several}
    found = []
    if "as-published" in matched:
        found.append(
            tr(
                "As published, the models of different schemes take different numbers of updates: "
                "a difference can be one of training, not of schemes."
            )
        )
    if "epochs" in matched:
        found.append(
            tr(
                "Matched by epochs, a model that learns from fewer images takes fewer updates; all "
                "models of a scheme together may take more than one network."
            )
        )
    if "updates" in matched:
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
