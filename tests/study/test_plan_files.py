"""A study as a file: what is written reads back equal, and every mistake is one sentence."""

import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from nnviz.errors import Refusal
from nnviz.paths import RESOURCES
from nnviz.study.checking import StudyError, check
from nnviz.study.files import (
    FOLDER,
    LONGEST,
    ORDER,
    digest_of_study,
    find_study,
    load_study,
    presets,
    study_from,
    toml_of,
)
from nnviz.study.plan import Comparison, Learning, SchemeEntry, Study, StudyDigits
from nnviz.study.schemes import SCHEMES
from tests.study.studies_drawn import studies

HEAD = 'name = "a"\nquestion = "b"\n'
ONE = '[[schemes]]\nname = "one"\nscheme = "ten-outputs"\n'
PAIRS = '[[schemes]]\nname = "pairs"\nscheme = "all-pairs"\n'


@settings(max_examples=15)
@given(studies())
def test_what_is_written_reads_back_equal(study: Study) -> None:
    check(study)
    assert study_from(toml_of(study)) == study


def test_a_file_says_only_what_differs_from_the_usual() -> None:
    study = Study("a", "b", (SchemeEntry("one", "ten-outputs"),))
    assert toml_of(study).split() == (HEAD + ONE).split()


def test_the_file_in_the_help_is_a_study() -> None:
    page = (RESOURCES / "help" / "studies.md").read_text("utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert study_from(shown).conditions[0].word == "n10"


def test_the_presets_are_all_files_in_order() -> None:
    assert set(presets()) == {path.stem for path in FOLDER.glob("*.toml")}
    assert tuple(presets()) == ORDER


@pytest.mark.parametrize("word", ORDER)
def test_every_preset_is_a_study_that_says_why(word: str) -> None:
    study = find_study(word)
    assert study_from(toml_of(study)) == study
    assert study.question.endswith("?")
    assert study.trials >= 10  # fewer tell little
    text = presets()[word].read_text("utf-8")
    assert text.startswith("# ")
    assert text.count("#") >= 3


def test_no_preset_gives_the_one_network_less_than_the_others() -> None:
    """But the one that repeats what was published."""
    unfair = {
        word
        for word in ORDER
        for study in [find_study(word)]
        if study.learning.matched == "as-published"
    }
    assert unfair == {"the-blog"}
    # where there are few images, it learns on until it has learned
    few = {word for word in ORDER if min(each.share for each in find_study(word).conditions) < 1}
    few |= {word for word in ORDER if find_study(word).digits.counts}
    assert all(find_study(word).learning.least_updates >= 100 for word in few - unfair)


def test_together_the_presets_use_every_scheme_and_trunk() -> None:
    entries = [entry for word in ORDER for entry in find_study(word).schemes]
    assert {entry.scheme for entry in entries} == SCHEMES.keys()
    assert {entry.trunk for entry in entries} == {"scratch", "fine-tuned", "frozen"}


BROKEN = [
    ("name =", "Line 1"),
    ("\n\n[digits\n", "Line 3"),
    ("a = " + "[" * 2000, "Line 1|too many brackets"),
    ("trials = " + "9" * 5000, "no TOML"),
    ("trials = 99999999999999999999", "trials must be a whole number, not so large a number"),
    ('nam = "x"', "nam is no key; .*Did you mean name?"),
    ('name = "x"', "question is missing"),
    ("name = 3", "name must be a text in quotation marks, not 3"),
    (HEAD + 'trials = "3"', "trials must be a whole number, not '3'"),
    (HEAD + "trials = true", "trials must be a whole number, not true"),
    (HEAD + "digits = 3", "digits must be a table"),
    (HEAD + "[digits]\nshares = 0.1", "digits.shares must be a list"),
    (HEAD + '[digits]\nshares = ["a"]', "digits.shares.1 must be a number, not 'a'"),
    (HEAD + "[learning]\nbfloat16 = 1", "learning.bfloat16 must be true or false, not 1"),
    (HEAD + "[learning]\nrate = nan", "learning.rate must be a number, not nan"),
    (HEAD + "[learning]\nrate = 1979-05-27", "learning.rate must be a number, not 1979-05-27"),
    (HEAD + "schemes = []", "one scheme or more"),
    (HEAD + ONE + "lerning = {}", "schemes.1.lerning is no key; .*Did you mean learning?"),
    (HEAD + ONE + "learning = { rat = 1 }", "schemes.1.learning.rat is no key; .*rate?"),
    (HEAD + ONE + "learning = { epochs = 1.5 }", "schemes.1.learning.epochs must be a whole"),
    (HEAD + ONE + "[[plan]]\nfirst = 'one'\nshare = 1", "never two shares"),
    (HEAD + ONE + "[[plan]]\nfirst = 'one'\nsecond = '1 %'", "never two shares"),
    (HEAD + ONE + PAIRS + "[[plan]]\nfirst = 'one'\nsecond = 'pair'", "Did you mean pairs?"),
    (HEAD + ONE + "[[plan]]\nfirst = 'one'\nsecond = 'one'", "with itself"),
    (HEAD + ONE + ONE, "Two schemes have the name 'one'"),
    (HEAD + ONE.replace("ten-outputs", "ten-output"), "not 'ten-output'. Did you mean ten-"),
    (HEAD + '[digits]\ndata = "emnist"\n' + ONE, "bundled, mnist.*Did you mean mnist?"),
    (HEAD + '[digits]\ndata = ""\n' + ONE, "must name its data"),
    (HEAD + '[digits]\nfolder = "a"\n' + ONE, "does not go with the bundled"),
    (HEAD + '[digits]\nclasses = ["1", "x"]\n' + ONE, "names the class 'x'"),
    (HEAD + '[digits]\nclasses = ["1", "1"]\n' + ONE, "names 1 twice"),
    (HEAD + '[digits]\nclasses = ["1"]\n' + ONE, "two or more"),
    (HEAD + "[digits]\nshares = [0.001]\n" + ONE, "A share of 0.001 leaves no image"),
    (HEAD + "[digits]\nper_class = 50\nshares = [0.005]\n" + ONE, "a class that has 50"),
    (HEAD + "[digits]\nshares = [1.5]\n" + ONE, "above 0 and not above 1"),
    (HEAD + "[digits]\nshares = []\n" + ONE, "one share or more"),
    (HEAD + "[digits]\nshares = [0.5]\ncounts = [3]\n" + ONE, "not both"),
    (HEAD + "[digits]\ncounts = [3, 3]\n" + ONE, "names 3 twice"),
    (HEAD + "[digits]\ncounts = [401]\n" + ONE, "401 images of each class, but one has only 400"),
    (HEAD + "seed = -1\n" + ONE, "seed must be between 0"),
    (HEAD + 'network = "lenett"\n' + ONE, "network must be one of .*lenet?"),
    (
        HEAD + 'network = "lenet"\n' + ONE + PAIRS + "equal_parameters = true",
        "all LeNets are alike",
    ),
    (HEAD + 'network = "lenet"\n' + ONE + "hidden = 3", "all LeNets are alike"),
    (HEAD + 'network = "lenet"\n[learning]\ndecay = 1\n' + ONE, "only goes with the three-layer"),
    (HEAD + "[learning]\nbfloat16 = true\n" + ONE, "only goes with LeNet"),
    (HEAD + '[learning]\noptimiser = "adadelta"\n' + ONE, "learns by learning.optimiser = sgd"),
    (
        HEAD + '[learning]\nmatched = "as-published"\nleast_updates = 3\n' + ONE,
        "least_updates does not go",
    ),
    (HEAD + ONE + "equal_parameters = true", "the first scheme has its own"),
    (HEAD + ONE + PAIRS + "equal_parameters = true", "even with one hidden neuron"),
    (HEAD + ONE + PAIRS + "equal_parameters = true\nhidden = 3", "leave out hidden"),
    (HEAD + ONE + PAIRS + 'trunk = "frozen"\nhidden = 3', "does not go with the trunk frozen"),
    (HEAD + ONE + "drop = 2", "drop makes no difference to the scheme ten-outputs"),
    (HEAD + ONE.replace("ten-", "ten-") + 'balance = "weight"', "balance makes no difference"),
    (HEAD + ONE.replace("ten-outputs", "elimination") + "drop = 2\nbelow = 0.1", "drop or below"),
    (HEAD + ONE.replace("ten-outputs", "any-code") + 'code = "01,10"', "must have 4 to 16 bits"),
    (HEAD + ONE.replace("ten-outputs", "any-code") + 'code = "0001,0010"', "has 2 words, but"),
    (HEAD + ONE.replace("ten-outputs", "plain-ensemble") + 'trunk = "frozen"', "one of scratch"),
    (HEAD + ONE + 'reading = "nearest-code"', "reading must be one of"),
    (HEAD + ONE + 'taught = ["6"]', "only the scheme one-vs-rest"),
    (HEAD + ONE + 'trunk = "frozen"\ntaught = ["6", "9"]', "knows all classes"),
    (HEAD + 'measure = "called"\n' + ONE, "needs the key called"),
    (HEAD + 'called = ["6"]\n' + ONE, "only goes with the measure called"),
]


@pytest.mark.parametrize(("text", "said"), BROKEN, ids=[said for _, said in BROKEN])
def test_a_mistake_is_one_sentence_that_names_file_and_key(text: str, said: str) -> None:
    with pytest.raises(StudyError) as caught:
        study_from(text, "mine.toml")
    sentence = str(caught.value)
    assert sentence.startswith("mine.toml: ")
    assert re.search(said.replace("?", r"\?"), sentence), sentence
    assert sentence.endswith((".", "?"))
    assert "\n" not in sentence
    assert len(sentence) < 400


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    bad, large = tmp_path / "bad.toml", tmp_path / "large.toml"
    bad.write_bytes(b"\xff\xfe")
    large.write_bytes(b"#" * (LONGEST + 1))
    for path, said in ((bad, "UTF-8"), (large, "too large"), (tmp_path, "cannot be read")):
        with pytest.raises(StudyError, match=said):
            load_study(path)
    with pytest.raises(StudyError, match=r"no file .*Did you mean the-blog\?"):
        find_study("the-blogg")


def test_a_file_is_found_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(HEAD + ONE, "utf-8")
    assert find_study(str(path)).name == "a"


# ---- what decides the numbers --------------------------------------------------------

STUDY = Study(
    "a",
    "b",
    (
        SchemeEntry("one", "ten-outputs"),
        SchemeEntry("pairs", "all-pairs", learning=(("epochs", 3),)),
        SchemeEntry("walk", "elimination", "frozen"),
    ),
    StudyDigits("mnist", shares=(0.1, 1.0)),
)
OTHERS: dict[str, dict[str, Any]] = {
    "the same": {
        "name": "another name",
        "question": "another question?",
        "trials": 99,
        "plan": (Comparison("walk", "pairs"),),
        "schemes": STUDY.schemes[::-1],
        "digits": StudyDigits("mnist", "/elsewhere", tuple("0123456789"), shares=(1.0, 0.1)),
    },
    "another": {
        "seed": 2,
        "hidden": 31,
        "network": "lenet",
        "learning": Learning(epochs=31),
        "digits": StudyDigits("mnist", shares=(0.1, 0.9)),
        "measure": "called",
        "device": "cuda",
        "schemes": STUDY.schemes[:2],
    },
}
CASES = [
    (kind == "the same", {key: value})
    for kind, each in OTHERS.items()
    for key, value in each.items()
]


@pytest.mark.parametrize(("same", "change"), CASES, ids=[str(*change) for _, change in CASES])
def test_the_digest_changes_if_and_only_if_the_numbers_do(
    same: bool, change: dict[str, Any]
) -> None:
    assert (digest_of_study(replace(STUDY, **change)) == digest_of_study(STUDY)) == same


ENTRIES = [
    ("pairs", {"reading": "summed"}, True),  # its usual one
    ("pairs", {"learning": (("batch", 10), ("epochs", 3))}, True),
    ("pairs", {"learning": (("epochs", 3), ("sub_epochs", 9))}, True),  # nothing is as published
    ("pairs", {"hidden": 30}, True),
    ("pairs", {"hidden": 8}, False),
    ("pairs", {"learning": (("epochs", 4),)}, False),
    ("walk", {"drop": 2}, False),
    ("walk", {"trunk": "scratch"}, False),
    ("one", {"taught": ("1", "2")}, False),
]


@pytest.mark.parametrize(("name", "change", "same"), ENTRIES)
def test_so_it_does_for_schemes(name: str, change: dict[str, Any], same: bool) -> None:
    changed = [replace(each, **change) if each.name == name else each for each in STUDY.schemes]
    assert (
        digest_of_study(replace(STUDY, schemes=tuple(changed))) == digest_of_study(STUDY)
    ) == same


def test_every_field_of_a_study_is_tried_above() -> None:
    tried = {key for each in OTHERS.values() for key in each} | {"called"}
    assert tried == {field.name for field in fields(Study)}
    assert issubclass(StudyError, Refusal)
