"""The rows that come with the program, and what the help makes of them."""

import dataclasses

import pytest

from nnviz.study.files import load_study, presets
from nnviz.study.lines import BETTER, FEW, NONE
from nnviz.study.plan import Comparison
from tests.help_studies import CLAIMS, Claim, found, line_of, outcome
from tests.studies.__main__ import adds, same_schemes
from tests.study.made_rows import made_rows


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.says)
def test_every_claim_is_about_a_comparison_that_its_study_plans(claim: Claim) -> None:
    study = load_study(presets()[claim.study])
    assert Comparison(claim.first, claim.second) in study.comparisons
    assert claim.condition in {each.word for each in study.conditions}
    assert claim.verdict in (BETTER, NONE)


def test_nothing_counts_as_reproduced_that_too_few_trials_say() -> None:
    judged = [claim for claim in CLAIMS if line_of(claim) is not None]
    assert judged
    for claim in judged:
        line = line_of(claim)
        assert line is not None
        assert not (line.verdict == FEW and outcome(claim))


def test_an_effect_far_from_the_one_that_is_named_is_not_reproduced() -> None:
    claim = next(each for each in CLAIMS if each.study == "ten-or-four")
    assert outcome(claim)
    assert outcome(dataclasses.replace(claim, d=1000.0)) is False


def test_a_study_of_some_schemes_adds_to_the_rows_of_the_whole_one() -> None:
    study = load_study(presets()["one-or-ten"])
    part = dataclasses.replace(study, schemes=study.schemes[1:3], plan=())
    names = [each.name for each in part.schemes]
    assert dict(same_schemes(study, part)) == dict(zip(names, names, strict=True))
    (row,) = made_rows({each.name: [90 - n] for n, each in enumerate(study.schemes)})
    some = dataclasses.replace(row, outcomes={name: row.outcomes[name] for name in names})
    others = {name: each for name, each in row.outcomes.items() if name not in names}
    kept = {(row.condition, row.trial): dataclasses.replace(row, outcomes=others)}
    assert adds(study, part, [some], kept)
    (joined,) = kept.values()
    assert list(joined.outcomes) == [each.name for each in study.schemes]
    assert joined.outcomes == row.outcomes


@pytest.mark.parametrize("change", [{"seed": 2}, {"measure": "called"}, {"device": "cuda"}])
def test_a_study_of_other_numbers_adds_nothing(change: dict[str, object]) -> None:
    study = load_study(presets()["one-or-ten"])
    assert not same_schemes(study, dataclasses.replace(study, **change))  # type: ignore[arg-type]


def test_whatever_was_run_is_told() -> None:
    assert any(found(word) is not None for word in presets())
