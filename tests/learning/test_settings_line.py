"""Settings as one line: what is copied is what comes back."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as some

from nnviz.networks.settings import PRESETS, SettingError, Settings
from nnviz.networks.settings_line import as_line, from_line


@pytest.mark.parametrize("preset", PRESETS)
def test_a_line_brings_back_every_setting_but_the_speed(preset: str) -> None:
    settings = Settings(seed=77, images=123, speed=5).change(**PRESETS[preset].changes)
    line = as_line(settings, "mnist")
    assert "\n" not in line
    assert from_line(line) == (dataclasses.replace(settings, speed=0), "mnist")


@given(
    rate=some.floats(0.0001, 100, allow_nan=False),
    decay=some.one_of(some.just(0.0), some.floats(0.01, 1000)),
    seed=some.integers(0, 999_999_999),
)
def test_numbers_come_back_bit_for_bit(rate: float, decay: float, seed: int) -> None:
    settings = Settings(rate=rate, decay=decay, seed=seed)
    assert from_line(as_line(settings, "bundled"))[0] == settings


def test_a_line_may_name_only_what_differs_from_the_defaults() -> None:
    assert from_line("  hidden=15\n seed=3 ") == (Settings(hidden=15, seed=3), "")
    assert from_line("cost=quadratic")[0].rate == 1.0


@pytest.mark.parametrize(
    "line",
    [
        "",
        "nnviz",
        "hidden",
        "hidden=many",
        "hidden=0",
        "colour=red",
        "nonnegative=maybe",
        "hidden=3 hidden=4",
        "rate=nan",
        "rate=inf",
        "cost=free",
    ],
)
def test_a_bad_line_is_refused_in_one_sentence(line: str) -> None:
    with pytest.raises(SettingError) as refused:
        from_line(line)
    assert "\n" not in str(refused.value)


@given(some.text(max_size=60))
def test_any_text_is_settings_or_refused(text: str) -> None:
    try:
        settings, digits = from_line(text)
    except SettingError:
        return
    assert isinstance(settings, Settings)
    assert isinstance(digits, str)
