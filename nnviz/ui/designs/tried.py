"""The experiments and the codes tried in this window, each with the network that ran it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.networks.codes import CODE_PRESETS, Codes, code_of
from nnviz.networks.experiments import CODE_DESIGN, EXPERIMENTS, Experiment
from nnviz.networks.settings import SettingError, Settings
from nnviz.session.slices import Words
from nnviz.session.state import Work
from nnviz.ui.designs.code_findings import CodesSeen, is_learning
from nnviz.ui.designs.result_list import ResultRow

TEN_DIGITS = tuple("0123456789")
"""Names of the classes that the figures measured on MNIST are about."""


@dataclass(frozen=True)
class Tried:
    """One row: an experiment, or a code that is no longer on the table."""

    experiment: Experiment | None
    work: Work | None
    """The network that ran it, if one did."""

    def row(self, view: CodesSeen, most: int = 0) -> ResultRow:
        """How it is drawn; `most` is how many digits the runs beside it have seen."""
        work, experiment = self.work, self.experiment
        label, help = "", ""
        if experiment is not None:
            label, help = experiment.label, experiment.help
            if view.digits.class_names == TEN_DIGITS:
                help = f"{help} {experiment.found}".rstrip()
        elif work is not None:
            label, help = _own_label(work), f"The code {work.settings.code}."
        if work is None or not work.learned:
            return ResultRow(label, help)
        learning = is_learning(view, work)
        return ResultRow(
            label,
            help,
            None if work.measured is None else work.measured.accuracy,
            work.position.examples,
            learning,
            work.key == view.work.key,
            not learning and most - work.position.examples > work.settings.batch,
        )


def most_seen(rows: Sequence[Tried]) -> int:
    """Training digits that the longest of these runs has seen."""
    return max((row.work.position.examples for row in rows if row.work is not None), default=0)


def tried(view: CodesSeen) -> tuple[Tried, ...]:
    """All experiments, then the other codes that were tried, in the order of the networks."""
    code, found, used = code_of(view.words), [], set()
    runs = [work for work in view.works if work.opened is None and work.learned]
    for experiment in EXPERIMENTS.values():
        work = next((run for run in reversed(runs) if _ran(run, experiment, code)), None)
        found.append(Tried(experiment, work))
        used.add(None if work is None else work.key)
    others = [run for run in runs if run.design == CODE_DESIGN and run.key not in used]
    return (*found, *(Tried(None, run) for run in others))


def _ran(work: Work, experiment: Experiment, code: str) -> bool:
    """Whether a network came from an experiment, whatever else was set."""
    try:
        wanted = Settings().change(**experiment.settings(code))
    except SettingError:  # equal code words: nothing can have run it
        return False
    own = work.settings
    alike = (own.design, own.trunk) == (wanted.design, wanted.trunk)
    if wanted.trunk == "frozen":
        alike = alike and own.trunk_from == wanted.trunk_from
    else:
        alike = alike and own.hidden == wanted.hidden
    if wanted.design == CODE_DESIGN:
        alike = alike and code_of(own.code.split(",")) == wanted.code
    return alike


def _own_label(work: Work) -> str:
    code = work.settings.code
    preset = CODE_PRESETS.get(code_of(code.split(",")))
    bits = len(work.network.output_biases)
    name = f"{work.title}: {bits} bits" if preset is None else preset.label.split(",")[0]
    trunk = " on a trunk" if work.settings.trunk == "frozen" else ""
    return f"{name}, {work.network.hidden} neurons{trunk}"


def words_of_table(table: Codes) -> Words:
    """(bits, classes) of +1 and -1 -> one word for each class."""
    return tuple("".join("1" if bit > 0 else "0" for bit in column) for column in table.T)


def table_of(words: Words) -> Codes:
    """The reverse."""
    bits = np.array([[int(bit) for bit in word] for word in words], np.int8)
    return np.ascontiguousarray(2 * bits.T - 1)
