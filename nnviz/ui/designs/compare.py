"""All designs on the digit on screen, and what tells them apart on all test digits."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout

from nnviz.networks.designs import DESIGNS
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.designs.design_numbers import (
    NUMBERS,
    DesignsSeen,
    as_shown,
    origin_of,
    origins_in_words,
)
from nnviz.ui.kit.design_rows import Column, DesignRow
from nnviz.ui.kit.design_table import DesignTable
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.agreement import who_agrees
from nnviz.ui.pages.output_words import ratios_in_words
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.verdicts_of_designs import VerdictsOfDesigns
from nnviz.verdicts.verdict import Verdict
from nnviz.verdicts.work_per_answer import BY_BITS
from nnviz.words import sentences, tr

COLUMNS = tuple(number.column for number in NUMBERS.values())


@dataclass(frozen=True, eq=False)
class DesignVerdict:
    """What the network of a design says of the digit on screen."""

    work: Work
    verdict: Verdict
    bits: bool
    values: Sequence[float]


class CompareView(Page):
    """One row for each design; a click shows it, or makes it the baseline."""

    id = "compare"
    title = "All designs"
    question = "What does each design say of this digit, how good is it, and what does it cost?"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-of-all-designs")
        self.summary = QLabel()
        self.summary.setObjectName("designs-summary")
        self.table = DesignTable(theme, COLUMNS)
        self.table.activated.connect(self._activate)
        self.origins = QLabel()
        self.origins.setObjectName("designs-origins")
        for label in (self.summary, self.origins):
            label.setTextFormat(Qt.TextFormat.PlainText)
            # long words are cut off rather than make the page wider
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part, stretch in ((self.summary, 0), (self.table, 1), (self.origins, 0)):
            self._column.addWidget(part, stretch)
        self.setFocusProxy(self.table)
        self._sorted = ("", False)
        self._order: tuple[str, ...] = tuple(DESIGNS)
        self._judged: dict[str, DesignVerdict] = {}
        self._verdicts = VerdictsOfDesigns()
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setSpacing(theme.px(4))
        self.summary.setFont(theme.font(28, bold=True))
        self.origins.setFont(theme.font())
        self.table.use_theme(theme)

    def see(self, state: State) -> DesignsSeen:
        return DesignsSeen(
            running=state.running,
            engine=state.engine,
            digits=state.digits,
            label=state.shown_label,
            baseline=state.baseline,
            sorted_by=self._sorted,
            film=state.past is not None,
            operations=state.operations,
            operated=state.known_operated,
            comparison=state.comparison,
            seen=state.seen,
            representatives=state.representatives,
            verdicts=self._verdicts.of(state),
        )

    def draw(self, view: DesignsSeen, only_moving: bool) -> None:
        self._judge(view)
        if not only_moving:
            self._write(view)
        self.table.show_values([self._values(design) for design in self._order])

    # ---- what the designs say --------------------------------------------------------

    def _judge(self, view: DesignsSeen) -> None:
        """Asks the networks anew whose weights or digit are not those of the last time."""
        for design, (work, verdict) in view.verdicts.items():
            if work is view.seen:
                work = as_shown(view)
            known = self._judged.get(design)
            if known and known.work is work and known.verdict is verdict:
                continue
            bits = verdict.evidence.layout.has_bits and verdict.reading in BY_BITS
            values = (
                verdict.bits.tolist()
                if bits
                else [row.value for row in verdict.rows(view.digits.class_names)]
            )
            self._judged[design] = DesignVerdict(work, verdict, bits, values)
        self._judged = {
            design: each for design, each in self._judged.items() if design in view.verdicts
        }

    def _values(self, design: str) -> Sequence[float]:
        found = self._judged.get(design)
        return () if found is None else found.values

    # ---- words -----------------------------------------------------------------------

    def _write(self, view: DesignsSeen) -> None:
        self.session.comparisons.compare()
        self._order = self._sorted_designs(view)
        columns = tuple(_named_baseline(column, view) for column in COLUMNS)
        rows = [self._row(view, design) for design in self._order]
        self.table.show_rows(columns, rows, view.digits.class_names, view.sorted_by)
        self.summary.setText(self._summary(view))
        self.origins.setText(origins_in_words(view))

    def _row(self, view: DesignsSeen, design: str) -> DesignRow:
        judged, entry = self._judged.get(design), DESIGNS[design]
        if judged is None:
            return DesignRow(design, entry.label, "no network yet")
        verdict, work = judged.verdict, judged.work
        own = work.run == view.seen.run
        base = self._judged.get(view.baseline)
        marks: tuple[bool | None, ...] = ()
        label = view.label
        if judged.bits and label is None:
            marks = (None,) * len(judged.values)
        elif judged.bits:
            wanted = verdict.evidence.layout.words[:, label] > 0
            pairs = zip(judged.values, wanted.tolist(), strict=True)
            marks = tuple((value > 0.5) == bit for value, bit in pairs)
        return DesignRow(
            design,
            entry.label,
            origin_of(work, view.digits, own and view.film, own and bool(view.operations)),
            view.named(verdict.answer),
            None if label is None else verdict.answer == label,
            f"{100 * verdict.confidence:.0f} %",
            base is not None and base.verdict.answer != verdict.answer,
            judged.bits,
            marks,
            tuple(number.words(view, work) for number in NUMBERS.values()),
            design == view.seen.design,
            design == view.baseline,
            _learns_from(view, work),
        )

    def _summary(self, view: DesignsSeen) -> str:
        label = view.label
        answers = {name: each.verdict.answer for name, each in self._judged.items()}
        if label is None:
            return sentences(tr("Your drawing:"), who_agrees(view, answers))
        said = Counter(answers.values())
        right, everyone = said.pop(label, 0), len(self._judged)
        of_all = f"all {everyone}" if right == everyone else f"{right} of {everyone}"
        judged = f"{of_all} designs {'is' if right == 1 else 'are'} right"
        if everyone == 1:
            judged = f"the only design is {'right' if right else 'wrong'}"
        start = f"Label {view.digits.class_names[label]}: {judged}"
        others = said.most_common()
        told = [
            f"{count} {'says' if count == 1 else 'say'} {view.named(answer)}"
            for answer, count in others
        ]
        if len(others) == 1 and others[0][1] == 1:
            odd = next(d for d, each in self._judged.items() if each.verdict.answer == others[0][0])
            told = [f"{DESIGNS[odd].label} says {view.named(others[0][0])}"]
        return f"{start}; {', '.join(told)}." if told else f"{start}."

    # ---- order and clicks ------------------------------------------------------------

    def _sorted_designs(self, view: DesignsSeen) -> tuple[str, ...]:
        column, descending = view.sorted_by
        if column not in NUMBERS:
            return tuple(DESIGNS)
        found = {
            design: NUMBERS[column].value(view, work)
            for design, work in view.representatives.items()
        }
        sign = -1 if descending else 1
        known = {design: sign * value for design, value in found.items() if value is not None}
        return tuple(sorted(DESIGNS, key=lambda d: (d not in known, known.get(d, 0.0))))

    def _activate(self, row: int, column: int) -> None:
        if row < 0:
            self._sort(COLUMNS[column - 1].id if column else "")
            return
        design = self._order[row]
        if column and COLUMNS[column - 1].id == "difference":
            self.session.comparisons.choose_baseline(design)
            return
        had_network = design in self.session.state.representatives
        self.session.designs.choose(design)
        if not had_network:
            self.session.runs.run()

    def _sort(self, column: str) -> None:
        largest_first = bool(column) and NUMBERS[column].largest_first
        again = column == self._sorted[0]
        self._sorted = (column, not self._sorted[1] if again else largest_first)
        self.look(self.session.state)


def _named_baseline(column: Column, view: DesignsSeen) -> Column:
    """The heading of the difference names the design that it is to."""
    if column.id != "difference":
        return column
    return replace(column, heading=("against", DESIGNS[view.baseline].label))


def _learns_from(view: DesignsSeen, work: Work) -> str:
    """What each output learns from, where that differs."""
    ratios = ratios_in_words(view.digits, work)
    told = [
        f"{name}: {ratio}" for name, ratio in zip(view.digits.class_names, ratios, strict=False)
    ]
    return f"Outputs learn from unequal numbers of digits. {', '.join(told)}." if told else ""
