"""What a person would say of images that are no digits."""

from collections.abc import Mapping, Sequence

from nnviz.data.specimens import KINDS
from nnviz.questions.readers import EVEN, SURE, Reader, Said
from nnviz.questions.strangeness import MEASURES, Taken, says_most

DIGITS = next(name for name, kind in KINDS.items() if kind.digit)
"""The kind that others are told from."""


def of_specimen(readers: Sequence[Reader], said: Mapping[str, Said]) -> str:
    """How the readers take the image on screen."""
    strongest = [float(said[reader.name].strongest[0]) for reader in readers]
    sure = sum(value > SURE for value in strongest)
    silent = sum(value < EVEN for value in strongest)
    yes = f"each has an output above {EVEN}"
    if silent:
        yes = f"{silent} {'has' if silent == 1 else 'have'} no output above {EVEN}"
    return f"{_count(sure, len(readers))} sure of an answer (above {SURE}); {yes}."


def of_cell(reader: Reader, kind: str, taken: Mapping[str, Taken]) -> str:
    """How a reader takes a kind."""
    found, digits, words = taken[kind], taken[DIGITS], KINDS[kind].label
    shares = {name: 100 * measure.of(found, digits) for name, measure in MEASURES.items()}
    if KINDS[kind].count == 1:
        strength = f"{float(found.strongest[0]):.2f}"
        return f"{reader.label}, {words}: its strongest output reaches {strength}."
    most, share = says_most(found)
    often = f", mostly {reader.named(most)} ({100 * share:.0f} %)" if most >= 0 else ""
    told = "" if kind == DIGITS else f"; told apart: {shares['auroc']:.0f} %"
    return (
        f"{reader.label} is sure of {shares['sure']:.0f} % of {len(found.answers):,} {words}"
        f"{often}; none above {EVEN}: {shares['none']:.0f} %{told}."
    )


def of_kind(
    readers: Sequence[Reader], kind: str, measure: str, taken: Mapping[str, Mapping[str, Taken]]
) -> str:
    """Who is at both ends of a column."""
    known = [reader for reader in readers if reader.name in taken]
    values = {
        reader.name: MEASURES[measure].of(taken[reader.name][kind], taken[reader.name][DIGITS])
        for reader in known
    }
    if not known or KINDS[kind].count == 1:
        return KINDS[kind].help
    low = min(known, key=lambda reader: values[reader.name])
    high = max(known, key=lambda reader: values[reader.name])
    counted = f"{MEASURES[measure].label} ({MEASURES[measure].counts})"
    return (
        f"{KINDS[kind].help} {counted}: from {100 * values[low.name]:.0f} % "
        f"({low.label}) to {100 * values[high.name]:.0f} % ({high.label})."
    )


def _count(some: int, everyone: int) -> str:
    if some == everyone:
        return f"All {everyone} are"
    return f"{some or 'None'} of {everyone} {'is' if some == 1 else 'are'}"
