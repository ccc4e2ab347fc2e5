"""The settings table: every value in range is kept, every other one refused in one sentence."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as some
from hypothesis import strategies as st

from nnviz.networks.designs import COSTS, DESIGNS
from nnviz.networks.settings import LIVE, PRESETS, SETTING_TYPES, SETTINGS, SettingError, Settings
from nnviz.networks.settings_line import as_line, from_line

NUMBERS = [name for name, kind in SETTING_TYPES.items() if kind in (int, float)]
WORDS = [name for name, setting in SETTINGS.items() if setting.choices]


def allowed(name: str) -> st.SearchStrategy[Any]:
    """Values that a setting must take."""
    setting, kind = SETTINGS[name], SETTING_TYPES[name]
    if setting.choices:
        return st.sampled_from(list(setting.choices))
    if setting.suggestions:
        return st.sampled_from([*setting.suggestions, "0000,0001", "10000,01000,00100"])
    if kind is bool:
        return st.booleans()
    zero = st.just(kind(0)) if setting.zero else st.nothing()
    if kind is int:
        return zero | st.integers(int(setting.low), int(setting.high))
    return zero | st.floats(setting.low, setting.high)


def outside(name: str) -> st.SearchStrategy[Any]:
    """Numbers that a setting must refuse."""
    setting, kind = SETTINGS[name], SETTING_TYPES[name]
    anywhere = st.integers() if kind is int else st.floats(allow_subnormal=False)
    step = 1 if kind is int else 1e-6
    most = max(setting.high, setting.opened)  # of files
    near = (kind(setting.low) - step, kind(most) + step)
    numbers = anywhere | st.sampled_from([*near, 10**400, -(10**400)])
    return numbers.filter(
        lambda value: not (setting.low <= value <= most or (setting.zero and value == 0))
    )


def refusal(**changes: Any) -> str:
    with pytest.raises(SettingError) as caught:
        Settings(**changes)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


@tries(max_examples=200)
@given(data=st.data())
def test_every_value_in_range_is_kept(data):
    values = {name: data.draw(allowed(name), label=name) for name in SETTINGS}
    design = DESIGNS[values["design"]]
    values["cost"] = data.draw(st.sampled_from(list(design.costs)))
    values["trunk"] = data.draw(st.sampled_from(design.trunks))
    assert dataclasses.asdict(Settings(**values)) == values


@pytest.mark.parametrize("name", NUMBERS)
@tries(max_examples=60)
@given(data=st.data())
def test_every_number_out_of_range_is_refused_with_the_range(name, data):
    value = data.draw(outside(name))
    sentence = refusal(**{name: value})
    assert sentence.startswith(f"{SETTINGS[name].label} ({name}) must be between ")
    if SETTINGS[name].zero:
        assert f"or 0 for {SETTINGS[name].zero}" in sentence


@pytest.mark.parametrize("name", NUMBERS)
def test_both_ends_of_a_range_belong_to_it(name):
    kind = SETTING_TYPES[name]
    for end in (SETTINGS[name].low, SETTINGS[name].high):
        assert getattr(Settings(**{name: kind(end)}), name) == end


@pytest.mark.parametrize("name", WORDS)
def test_an_unknown_word_is_refused_with_those_that_are_known(name):
    sentence = refusal(**{name: "nonsense"})
    assert all(word in sentence for word in SETTINGS[name].choices)
    assert "nonsense" in sentence


@pytest.mark.parametrize("name", SETTINGS)
def test_a_value_of_another_kind_is_refused(name):
    for value in (None, [], {}, b"", 1.5, True, "ten", (1,)):
        if type(value) is not SETTING_TYPES[name]:
            assert f"({name}) must be" in refusal(**{name: value})


def test_a_whole_number_will_do_for_a_number():
    settings = Settings(rate=3, decay=20)
    assert (settings.rate, settings.decay) == (3.0, 20.0)
    assert type(settings.rate) is float


def test_the_refusal_shows_the_number_that_was_given():
    assert refusal(images=1_000_001).endswith("1,000,000, or 0 for all, not 1,000,001.")
    assert refusal(rate=0.00001).endswith("not 1e-05.")
    assert refusal(rate=float("nan")).endswith("not nan.")
    assert refusal(decay=-float("inf")).endswith("not -inf.")


def test_settings_cannot_be_changed_in_place():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().rate = 1.0


@pytest.mark.parametrize(
    ("changes", "rate"),
    [
        ({"cost": "quadratic"}, 1.0),
        ({"cost": "cross-entropy"}, 0.1),
        ({"cost": "quadratic", "rate": 7.0}, 7.0),
        ({"cost": "softmax"}, 5.0),
    ],
)
def test_a_new_cost_brings_the_rate_that_suits_it_unless_one_is_given(changes, rate):
    assert Settings(rate=5.0).change(**changes).rate == rate


def test_a_change_to_an_impossible_value_is_refused():
    with pytest.raises(SettingError, match="Hidden neurons"):
        Settings().change(hidden=501)
    with pytest.raises(SettingError, match="must be one of"):
        Settings().change(cost="hinge")


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("cost", COSTS)
def test_a_design_takes_the_costs_it_names_and_no_others(design, cost):
    if cost in DESIGNS[design].costs:
        assert Settings(design=design, cost=cost).cost == cost
    else:
        assert "does not go with" in refusal(design=design, cost=cost)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_says_what_it_is(name):
    setting = SETTINGS[name]
    assert setting.label
    assert setting.help.endswith(".")
    assert (
        setting.choices
        or setting.check
        or SETTING_TYPES[name] is bool
        or setting.low < setting.high
    )
    assert not setting.log or setting.low > 0


def test_what_may_change_while_it_runs():
    assert {"rate", "batch", "decay", "epochs", "speed", "bit_weights"} == LIVE


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_possible_and_says_all_that_matters(name):
    preset = PRESETS[name]
    settings = Settings(rate=0.7, hidden=99, decay=1.0, nonnegative=True).change(**preset.changes)
    assert all(getattr(settings, key) == value for key, value in preset.changes.items())
    of_designs = {"members", "trunk", "trunk_from", "balance", "code", "bit_weights"}
    others = {"design", "images", "device", "seed", "speed"} | of_designs
    assert set(preset.changes) == set(SETTINGS) - others
    assert preset.help.endswith(".")


def test_the_standard_preset_is_what_a_run_begins_with():
    assert Settings().change(**PRESETS["standard"].changes) == Settings()


def test_the_book_is_chapter_one_of_the_book():
    book = Settings().change(**PRESETS["book"].changes)
    assert (book.activation, book.cost, book.initial) == ("sigmoid", "quadratic", "normal")
    assert (book.rate, book.batch, book.hidden, book.decay) == (3.0, 10, 30, 0.0)


def test_clear_pictures_have_a_non_negative_first_layer_and_decay():
    clear = Settings().change(**PRESETS["clear"].changes)
    assert (clear.cost, clear.nonnegative, clear.decay, clear.epochs) == (
        "cross-entropy",
        True,
        20.0,
        10,
    )


# ---- settings as one line ------------------------------------------------------------


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
