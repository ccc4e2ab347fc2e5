"""Proves the checks of learning: what a run that goes wrong is told, whether what is to be tried
helps, and what runs that go well are told, which should be nothing.

`nice -n 19 uv run python -m tests.checks` takes some ten minutes on one core; `--data FOLDER`, with
the complete MNIST, more.
"""

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from nnviz.data.digits import DigitSet, Source, bundled_digits, open_digits
from nnviz.networks.designs import DESIGNS
from nnviz.networks.settings import PRESETS
from nnviz.questions.checks.trying import DIGITS
from tests.checks.going import WRONG, going, settings_of

FEW = "few-digits"


def main() -> None:
    """Prints both tables in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m tests.checks", description=__doc__)
    parser.add_argument("--data", type=Path, help="the complete MNIST")
    parser.add_argument("--designs", nargs="+", default=tuple(DESIGNS), choices=tuple(DESIGNS))
    parser.add_argument("--presets", nargs="+", default=tuple(PRESETS), choices=tuple(PRESETS))
    parser.add_argument("--hidden", type=int, nargs="+", default=[10, 30, 100])
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--epochs", type=int, default=30)
    asked = parser.parse_args()
    digits = bundled_digits()
    if asked.data is None:
        told_of_wrong(digits)
    else:
        digits = open_digits(Source(folder=str(asked.data)))
    print(f"\n| run on {digits.name} | seeds | check | in seeds | epochs |\n|---|---|---|---|---|")
    for design in asked.designs:
        for preset in asked.presets:
            for hidden in asked.hidden:
                told_of_good(digits, design, preset, hidden, asked.seeds, asked.epochs)


def told_of_wrong(digits: DigitSet) -> None:
    """What each run is told that has a check, and whether that goes with what is to be tried."""
    print("| run | told | first | to try | after that |\n|---|---|---|---|---|")
    for wrong in WRONG:
        settings = settings_of(wrong.preset, **wrong.changes)
        assert settings is not None
        told = list(going(settings, digits, wrong.epochs))
        first = next(epoch for epoch, found in told if wrong.key in [each.key for each in found])
        finding = next(each for each in told[-1][1] if each.key == wrong.key)
        tried = finding.tried
        if tried.setting != DIGITS:
            again = settings.change(**{tried.setting: tried.value})
            *_, (_, found) = going(again, digits, wrong.epochs)
            after = "still" if wrong.key in [each.key for each in found] else "gone"
        else:
            after = "another set"
        name = " ".join([wrong.preset, *(f"{k}={v}" for k, v in wrong.changes.items())])
        print(
            f"| {name} | {wrong.key} | epoch {first:.2f} | {tried.option} | {after} |", flush=True
        )


def told_of_good(
    digits: DigitSet, design: str, preset: str, hidden: int, seeds: int, epochs: int
) -> None:
    """What runs of a preset are told."""
    at: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for seed in range(1, seeds + 1):
        changes = {"design": design, "hidden": hidden, "seed": seed}
        if DESIGNS[design].trunks[0] == "frozen":
            changes.pop("hidden")  # it is that of the trunk
        settings = settings_of(preset, **changes)
        if settings is None:
            return
        for epoch, found in going(settings, digits, epochs):
            for each in found:
                at[each.key][seed].append(epoch)
    row = f"| {design}, {preset}, {hidden} hidden | {seeds} |"
    for key, per_seed in at.items():
        print(row, f"{key} | {len(per_seed)} | {_span(per_seed.values())} |", flush=True)
    if not at:
        print(row, "none | | |", flush=True)


def _span(epochs: Sequence[Sequence[float]]) -> str:
    every = [each for one in epochs for each in one]
    return f"{min(every):.2g} to {max(every):.2g}"


if __name__ == "__main__":
    main()
