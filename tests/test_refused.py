"""Command lines that cannot be: one sentence of ours, status 2, and nothing else."""

import re
from collections.abc import Iterator

import pytest

from nnviz.errors import LONGEST, Refusal, shortened
from tests.program import kept_commands, ran_here, shipped

NOT_OURS = re.compile(
    r"Errno|invalid literal|Error\b|Input should|Invalid value|could not convert|No such|"
    r"deserializ|Got unexpected|Missing argument|requires an argument"
)


def numeric_options() -> Iterator[tuple[str, ...]]:
    """Each option of each command that takes a number, with its command."""
    for name, command in kept_commands().commands.items():
        needed = [each for each in command.params if each.param_type_name == "argument"]
        for param in command.params:
            number = param.type_descriptor.annotation in (int, float)
            if param.param_type_name == "option" and number:
                files = [shipped("ten-outputs") for each in needed if each.required]
                yield (name, *files, param.opts[0])


def refused(*words: str) -> str:
    done = ran_here(*words)
    assert (done.status, done.out) == (2, "")
    said = done.err.removeprefix("nnviz: ").strip()
    assert len(said.splitlines()) == 1
    assert said.endswith(".")
    assert not NOT_OURS.search(said), said
    return said


def test_no_option_takes_a_word_for_a_number() -> None:
    options = list(numeric_options())
    assert len(options) > 10
    for words in options:
        for value in ("five", "", "0x10", "1_0e"):
            assert words[-1] in refused(*words, value)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nonsense"], "There is no command nonsense; nnviz --help lists them all."),
        (["train", "--epoch", "3"], "perhaps --epochs is meant."),
        (["train", "--wxyz"], "train --help lists those that it has."),
        (["evaluate"], "evaluate --help tells what that is."),
        (["train", "too", "much"], "nnviz train takes no too much;"),
        (["train", "--epochs"], "--epochs needs a value after it;"),
        (["--smok"], "nnviz has no option --smok;"),
    ],
)
def test_a_mistake_in_the_line_is_told_in_our_words(words: list[str], told: str) -> None:
    said = refused(*words)
    assert told in said
    assert "--smoke" not in said  # no user is to know of it


def test_a_long_pasted_text_is_shown_by_its_ends() -> None:
    said = refused("train", "--design", "a" + "x" * 10_000 + "b")
    assert len(said) < 500
    assert "…" in said
    assert said.endswith("xb'.")


def test_only_overlong_words_are_shortened() -> None:
    fits = "x" * LONGEST
    assert str(Refusal("{path} is damaged.", path=fits)) == f"{fits} is damaged."
    assert shortened("y" * 1000).count("y") == LONGEST


def test_a_file_that_is_no_network_is_refused_in_our_words(tmp_path) -> None:
    path = tmp_path / "none.safetensors"
    path.write_text("No network at all.")
    for file in (str(path), str(tmp_path), str(tmp_path / "no" / "such")):
        done = ran_here("evaluate", file)
        assert done.status == 1
        assert not NOT_OURS.search(done.err)
        assert done.err.strip().endswith(".")
