"""What a study's table says of its rows: its verdicts, its sentence and its notes."""

import math
from dataclasses import replace

import numpy as np
import pytest

from nnviz.study.lines import BETTER, FEW, FEWEST_TRIALS, NONE, WIDEST_REACH, WORSE
from nnviz.study.plan import Comparison, Learning, SchemeEntry, StudyDigits
from nnviz.study.saying import condition_in_short, condition_in_words, options_of, p_in_words
from nnviz.study.statistics import holm_over_plan, paired_of, spread_of
from nnviz.study.table import table_of
from tests.study.made_rows import made_rows, made_study


def compared(differences, around=50, **study):
    """The only comparison of two schemes, b minus a, that differ so in images of 100."""
    base = [around + place % 3 for place in range(len(differences))]
    right = {"a": base, "b": [one + d for one, d in zip(base, differences, strict=True)]}
    table = table_of(made_study("a", "b", trials=len(differences), **study), made_rows(right))
    (line,) = table.comparisons
    return table, line


def notes(table) -> str:
    return " ".join(table.notes)


# ---- numbers -------------------------------------------------------------------------


def test_lines_hold_what_the_rows_say():
    study = made_study("a", "b", shares=(0.1, 1.0))
    few = made_rows({"a": [40, 45, 50], "b": [50, 44, 58]}, "0.1")
    many = made_rows({"a": [90, 91], "b": [92, 91]}, "1")
    table = table_of(study, [*many, *few[::-1]])
    assert [(line.condition, line.scheme) for line in table.schemes] == [
        ("0.1", "a"),
        ("0.1", "b"),
        ("1", "a"),
        ("1", "b"),
    ]
    line = table.scheme("b", "0.1")
    assert (line.trials, line.values) == ((1, 2, 3), (0.5, 0.44, 0.58))
    assert line.spread == spread_of([0.5, 0.44, 0.58])
    wrong = np.array([row.outcomes["b"].errors for row in few]) / few[0].outcomes["b"].tested
    assert line.class_errors == pytest.approx(wrong.mean(axis=0))
    assert table.comparisons[0].paired == paired_of([0.5, 0.44, 0.58], [0.4, 0.45, 0.5])
    assert table.scheme("b", "0.5") is None
    assert table_of(study, [*few, *many]) == table


def test_holms_correction_is_for_the_whole_plan_also_while_conditions_are_missing():
    study = made_study("a", "b", "c", shares=(0.1, 0.5, 1.0), trials=6)
    right = {"a": [40, 45, 50, 41, 40, 42], "b": [50, 56, 58, 49, 50, 55], "c": [41, 40] * 3}
    table = table_of(study, made_rows(right, "0.5"))
    ps = [line.paired.p for line in table.comparisons]
    assert [line.holm for line in table.comparisons] == holm_over_plan([*ps, *[None] * 4])[:2]
    assert table.comparisons[0].holm == pytest.approx(6 * ps[0])


def test_the_plan_says_what_is_compared_and_a_trial_done_twice_counts_once():
    plan = (Comparison("c", "b"), Comparison("a", "c"))
    study = made_study("a", "b", "c", plan=plan)
    rows = made_rows({"a": [50, 52], "b": [51, 51], "c": [60, 62]})
    again = made_rows({"a": [1, 1], "b": [1, 1], "c": [1, 1]})
    table = table_of(study, rows + again)
    assert [(line.first, line.second) for line in table.comparisons] == [("c", "b"), ("a", "c")]
    assert table.comparisons[0].paired.differences == (0.09, 0.11)


def test_mcnemars_test_reads_the_images_of_each_trial():
    rows = made_rows({"a": [10, 50], "b": [90, 50]})
    (line,) = table_of(made_study("a", "b"), rows).comparisons
    assert (line.per_trial.trials, line.per_trial.better, line.per_trial.worse) == (2, 1, 0)
    called = made_study("a", "b", measure="called", called=("1",))
    assert table_of(called, rows).comparisons[0].per_trial is None


# ---- verdicts ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("differences", "verdict"),
    [
        ([5, 6, 7, 5, 6, 7], BETTER),
        ([-5, -6, -7, -5, -6, -7], WORSE),
        ([5, 6, 7, 5, 6], FEW),  # no test without a distribution finds anything in five
        ([3] * 10, BETTER),
        ([-3] * 6, WORSE),
        ([3] * 5, FEW),
        ([0] * 10, NONE),
        ([0] * 5, FEW),
        ([1, 0, -1, 0, 1, -1, 0, 0], NONE),
        ([9, -9, 3, -2, 0, 5, -8, 4], FEW),
        ([1], FEW),
    ],
)
def test_the_verdict_follows_from_the_corrected_p_and_the_interval(differences, verdict):
    assert compared(differences)[1].verdict == verdict


def test_a_difference_that_one_comparison_would_find_is_lost_among_many():
    differences = [2, 0, 3, 1, 4, -1, 2, 3]
    (alone,) = compared(differences)[0].comparisons
    assert alone.verdict == BETTER
    _, line = compared(differences, digits=StudyDigits(shares=(0.1, 0.2, 0.3, 0.4, 1.0)))
    assert line.paired == alone.paired
    assert line.holm == pytest.approx(5 * alone.holm)
    assert line.paired.spread.interval[0] > 0
    assert line.verdict == FEW  # narrow as its interval is, it speaks for a difference


def test_so_many_trials_are_wanted_as_make_the_interval_narrow():
    line = compared([9, -9, 3, -2, 0, 5, -8, 4])[1]
    deviation = np.std(line.paired.differences, ddof=1)
    assert 1.9 < WIDEST_REACH * math.sqrt(line.wanted) / deviation < 2.1
    assert compared([0, 1, 0, 1, 0, 1])[1].wanted == 0
    assert compared([0, 1])[1].wanted >= FEWEST_TRIALS
    assert compared([5])[1].wanted == 0


def test_the_claim_of_the_blog_cannot_be_of_data_such_as_its_own():
    """29.9 deviations between accuracies near 30 %: within a hundredth of that they would have
    had to agree in all trials, when so few images are learned from."""
    chance = np.random.default_rng(2)
    right = {
        "One-vs-all": chance.normal(29.1, 5.9, 10).round().astype(int),
        "All pairs": chance.normal(35.1, 3.4, 10).round().astype(int),
    }
    (line,) = table_of(made_study(*right), made_rows(right)).comparisons
    assert line.paired.d_pooled.interval[1] < 5
    assert line.paired.d_paired.interval[1] < 5


# ---- words ---------------------------------------------------------------------------


def test_the_sentence_names_what_was_found_first():
    study = made_study("a", "b", "c", shares=(0.1, 1.0), trials=6)
    rows = made_rows({"a": [40] * 6, "b": [40, 41] * 3, "c": [51, 50, 52] * 2}, "0.1")
    rows += made_rows({"a": [90] * 6, "b": [80, 95, 70] * 2, "c": [85, 86] * 3}, "1")
    assert table_of(study, rows).sentence == (
        "With 10 % of the training images, c is better than a by 11.0 points (10.1 to 11.9); with "
        "all training images, c is worse than a by 4.5 points (3.9 to 5.1); with 10 % of the "
        "training images, no difference was found between b and a; with all training images, "
        "there are too few trials to tell b from a."
    )


def test_many_comparisons_are_counted():
    names = [f"s{place}" for place in range(14)]
    right = {name: [50 + place, 51 + place] * 5 for place, name in enumerate(names[:6])}
    right |= {name: [50, 51] * 5 for name in names[6:10]}
    right |= {name: [20, 91] * 5 for name in names[10:]}
    said = table_of(made_study(*names), made_rows(right)).sentence
    assert said == (
        "S5 is better than s0 by 5.00 points every time; s4 is better than s0 by 4.00 points every "
        "time; s3 is better than s0 by 3.00 points every time; 2 more differences were found; no "
        "difference was found in 4 comparisons; there are too few trials to tell in 4 comparisons."
    )


def test_without_trials_or_comparisons_the_sentence_says_so():
    assert table_of(made_study("a", "b"), []).sentence == "No trial has finished yet."
    assert table_of(made_study("a", "b"), []).notes == ()
    alone = table_of(made_study("a"), made_rows({"a": [50, 52]}))
    assert alone.sentence == "A is right about 51.0 % of the test images."


def test_what_is_called_something_is_said_so():
    study = made_study("child", "other", measure="called", called=("6", "9"), trials=2)
    table = table_of(study, made_rows({"child": [97, 99], "other": [3, 1]}))
    assert table.sentence == (
        "Child calls 98.0 % of the other images 6 or 9; other calls 2.0 % of the other images 6 or "
        "9."
    )


def test_the_notes_say_what_intervals_cover_and_how_it_was_judged():
    table, _ = compared([5, 6, 7, 5, 6, 7])
    assert "on one fixed set of 100 test images" in table.notes[0]
    assert "Holm's correction for the 1 comparison of the plan" in table.notes[1]
    assert "BCa bootstrap intervals begin with 20 trials." in table.notes
    assert "Every comparison is within one condition" not in notes(table)
    assert "Each interval stands for itself" not in notes(table)


def test_the_notes_say_what_intervals_leave_out():
    study = made_study("a", "b", "c", shares=(0.1, 1.0))
    few = made_rows({"a": [1, 9], "b": [5, 50], "c": [50, 51]}, "0.1")
    said = notes(table_of(study, few))
    assert "Each interval stands for itself: it is not widened" in said
    assert "reaches beyond what a share can be" in said
    assert "no images are drawn" not in said
    all_of_them = made_rows({"a": [50, 51], "b": [51, 50], "c": [50, 51]}, "1")
    assert "no images are drawn" in notes(table_of(study, [*few, *all_of_them]))
    assert "reaches beyond" not in notes(table_of(study, all_of_them))


def test_the_notes_count_trials_against_the_plan_in_each_condition():
    study = made_study("a", "b", shares=(0.1, 1.0), trials=3)
    rows = made_rows({"a": [40] * 4, "b": [41, 43, 45, 42]}, "0.1")
    said = notes(table_of(study, rows))
    assert "Fewer trials than planned: 0 of 3 with all training images." in said
    assert "More trials than planned: 4 of 3 with 10 % of the training images." in said
    assert "no p speaks of two" in said
    complete = made_rows({"a": [40] * 3, "b": [41, 43, 45]}, "1")
    assert "than planned" not in notes(table_of(study, rows[:3] + complete))


def test_the_notes_say_where_all_trials_gave_the_same():
    said = notes(table_of(made_study("a", "b"), made_rows({"a": [50] * 3, "b": [51, 52, 53]})))
    assert "no interval can be worked out: a with all training images." in said


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("engine", "torch 2.13.0", "different engines: numba 0.68.1 and torch 2.13.0."),
        ("processor", "another", "different processors: a processor and another."),
        ("device", "cuda", "different devices: cpu and cuda."),
        ("versions", {"nnviz": "0.2.0"}, "different versions of libraries."),
        ("digest", "train-other", "Not all trials were asked the same test images"),
    ],
)
def test_a_mixture_is_named(field, value, said):
    study, rows = made_study("a", "b"), made_rows({"a": [50, 52], "b": [51, 54]})
    assert said not in notes(table_of(study, rows))
    mixed = [rows[0], replace(rows[1], **{field: value})]
    assert said in notes(table_of(study, mixed))


def test_a_set_that_is_smaller_already_was_not_thinned_and_the_table_says_so():
    digits = StudyDigits(classes=("0", "1", "2"), per_class=500)
    right = {"a": [50, 52], "b": [51, 54]}
    table = table_of(made_study("a", "b", digits=digits), made_rows(right, thinned=False))
    assert "no more than 500 training images of a class" in notes(table)
    table = table_of(made_study("a", "b", digits=digits), made_rows(right))
    assert "thinned" not in notes(table)
    assert "thinned" not in notes(compared([1, 2])[0])


@pytest.mark.parametrize("matched", ["epochs", "updates", "as-published"])
def test_the_table_names_how_models_are_matched(matched):
    schemes = (SchemeEntry("a", "ten-outputs"), SchemeEntry("b", "all-pairs", trunk="frozen"))
    learning = Learning("adadelta", 1.0, 128, 12, matched=matched)
    study = made_study(schemes=schemes, network="lenet", learning=learning)
    rows = made_rows({"a": [50, 52], "b": [51, 54]})
    several = replace(rows[0].outcomes["b"], models=11)
    rows[0] = replace(rows[0], outcomes={**rows[0].outcomes, "b": several})
    table = table_of(study, rows)
    assert table.options["a"] == "LeNet, 12 epochs at batch 128, Adadelta with rate 1"
    assert table.options["b"].startswith(
        "LeNet, on the frozen hidden layers of the base network, "
        + {
            "epochs": "matched by epochs: each 12 at batch 128, Ada",
            "updates": "matched by updates: each as many as 12 epochs at batch 128, Ada",
            "as-published": "as published: base network 12 epochs at batch 128, the others 20 at ",
        }[matched]
    )
    assert {
        "epochs": "Matched by epochs, a model",
        "updates": "Matched by updates, every model",
        "as-published": "a difference can be one of training, not of schemes",
    }[matched] in notes(table)


def test_every_option_of_a_scheme_makes_its_words_different():
    usual = SchemeEntry("a", "all-pairs")
    study = made_study("a")
    changed = [
        replace(usual, trunk="frozen"),
        replace(usual, trunk="fine-tuned"),
        replace(usual, hidden=7),
        replace(usual, equal_parameters=True),
        replace(usual, reading="votes"),
        replace(usual, drop=2),
        replace(usual, below=0.1),
        replace(usual, code="gray"),
        replace(usual, members=5),
        replace(usual, balance="weight"),
        replace(usual, balance="sampling"),
        replace(usual, taught=("0", "1")),
        *(
            replace(usual, learning=(change,))
            for change in [
                ("optimiser", "adadelta"),
                ("rate", 0.5),
                ("batch", 3),
                ("epochs", 4),
                ("least_updates", 100),
                ("matched", "updates"),
                ("matched", "as-published"),
                ("initial", "keras"),
                ("cost", "quadratic"),
                ("decay", 0.1),
                ("bfloat16", True),
            ]
        ),
    ]
    said = {options_of(study, entry, True) for entry in (usual, *changed)}
    assert len(said) == 1 + len(changed)


def test_conditions_and_chances_in_words():
    study = made_study("a", digits=StudyDigits(counts=(1, 5)))
    one, five = study.conditions
    assert condition_in_words(one) == "1 training image of each class"
    assert condition_in_words(five) == "5 training images of each class"
    assert condition_in_short(five) == "5 a class"
    (part,) = made_study("a", shares=(0.015,)).conditions
    assert condition_in_words(part) == "1.5 % of the training images"
    shown = [p_in_words(p) for p in (None, 0.0, 1e-5, 0.0042, 0.05, 1.0)]
    assert shown == ["–", "below 0.0001", "below 0.0001", "0.0042", "0.050", "1.000"]
