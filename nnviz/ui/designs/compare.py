"""All designs on the digit on screen, and what tells them apart on all test digits."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from nnviz.networks.designs import DESIGNS
from nnviz.questions.learned_from import learned_from
from nnviz.session.entrants import design_of
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.designs import words
from nnviz.ui.designs.numbers import (
    NUMBERS,
    TELLING,
    DesignsSeen,
    as_shown,
    besides,
    epochs_told,
    origins,
    storage_in_words,
)
from nnviz.ui.kit.controls import button
from nnviz.ui.kit.design_table import DesignRow, design_table, room_table
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, low, row, size, sized
from nnviz.ui.kit.more import more
from nnviz.ui.kit.table import Column, Table
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.pages.agreement import not_counted, origin_of, who_agrees
from nnviz.ui.pages.compared import compare_button
from nnviz.ui.pages.output_words import ratios_in_words
from nnviz.ui.pages.page import Page, seen
from nnviz.ui.pages.verdicts_of_designs import VerdictsOfDesigns, outputs_of, read_in_short
from nnviz.verdicts.verdict import Verdict
from nnviz.words import percent, sentences

MOST_TO_ROOM = 8
"""Rows that have room in large type."""
LEAST = 1050
"""Width of the table on the design grid, a little less than its columns ask for."""


@dataclass(frozen=True, eq=False)
class DesignVerdict:
    """What an entrant says of the digit on screen."""

    work: Work
    verdict: Verdict
    bits: bool
    values: Sequence[float]


class CompareView(Page):
    """One row for each design; a click shows it, or makes it the baseline."""

    id = "compare"
    title = words.COMPARE
    question = words.COMPARE_QUESTION

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-of-all-designs")
        self.summary = Headline(theme, size=26)
        table = Table(theme, title=words.COMPARE_TABLE, id="design-table")
        self.table = sized(table, least_width=LEAST)
        self.table.chosen.connect(self._choose)
        self.origins = Headline(theme, TEXT, bold=False)
        self.alike = low(button(words.ALIKE, words.ALIKE_TIP, session.alike.train, "train-alike"))
        self.alike.hide()  # until something is offered it takes no room
        self.more = low(more("designs"))
        self.more.toggled.connect(lambda _: self.look(session.state))
        self.networks = low(compare_button(session))
        for_operator(self.origins, self.alike, self.networks, self.more)
        above = row((self.summary, 1), self.networks)
        below = row((self.origins, 1), self.alike, self.more, spacing=10)
        column(above, (self.table, 1), below, spacing=2, of=self)
        self.setFocusProxy(self.table)
        self._sorted = ("", False)
        self.rows: tuple[DesignRow, ...] = ()
        self._columns: tuple[Column, ...] = ()
        self._judged: dict[str, DesignVerdict] = {}
        self._verdicts = VerdictsOfDesigns()
        self.use_theme(theme)

    @staticmethod
    def ask(session: Session) -> None:
        session.comparisons.compare()

    def see(self, state: State) -> DesignsSeen:
        film, verdicts = state.past is not None, self._verdicts.of(state)
        return seen(
            DesignsSeen,
            state,
            sorted_by=self._sorted,
            film=film,
            verdicts=verdicts,
            offered=self.session.alike.offered,
            rows=state.designs.rows,
            everything=self.more.isChecked(),
        )

    def draw(self, view: DesignsSeen, only_moving: bool) -> None:
        if only_moving and self.rows:
            return
        self._judge(view)
        self._write(view)
        names, values = view.digits.class_names, self.values()
        size(sized(self.table, least_width=0 if view.lecturing else LEAST), self.theme)
        if view.lecturing:
            self.table.show_view(room_table(self._columns, self.rows))
            return
        by = ("", False) if view.answer_hidden else view.sorted_by
        self.table.show_view(design_table(self._columns, self.rows, values, names, by))

    # ---- what the designs say --------------------------------------------------------

    def _judge(self, view: DesignsSeen) -> None:
        """Asks the networks anew whose weights or digit are not those of the last time."""
        judged = {}
        for design, (work, verdict) in view.verdicts.items():
            if work is view.seen:
                work = as_shown(view)
            known = self._judged.get(design)
            if known is None or known.work is not work or known.verdict is not verdict:
                outputs = outputs_of(verdict, view.digits.class_names)
                known = DesignVerdict(work, verdict, *outputs)
            judged[design] = known
        self._judged = judged

    def values(self) -> list[Sequence[float]]:
        """Outputs or bits of each row, 0..1."""
        shown = [None if row.hidden else row.design for row in self.rows]
        known = [None if each is None else self._judged.get(each) for each in shown]
        return [() if each is None else each.values for each in known]

    def _write(self, view: DesignsSeen) -> None:
        self.ask(self.session)
        against = words.against(view.own_names.get(view.base) or view.labels[view.base])
        self._columns = tuple(
            replace(NUMBERS[key].column, heading=against)
            if key == "difference"
            else NUMBERS[key].column
            for key in view.columns
        )
        self.rows = tuple(self._row(view, design) for design in self._order(view))
        self.summary.say("" if view.answer_hidden else self._summary(view))
        self.origins.say(origins(view))
        self.alike.setVisible(bool(view.offered))
        if view.offered:
            _, aim = self.session.alike.aim
            explain(self.alike, words.alike_tip(view.offered, learned_from(aim)))

    def _row(self, view: DesignsSeen, design: str) -> DesignRow:
        judged, name = self._judged.get(design), words.label_of(design_of(design))
        if judged is None:
            return DesignRow(design, name, words.NO_NETWORK)
        verdict, work, label = judged.verdict, judged.work, view.shown_label
        own, grey = design == view.seen.design, design in view.unlike
        if view.answer_hidden:
            return self._hidden_row(view, work, design)
        base = self._judged.get(view.base)
        marks: tuple[bool | None, ...] = ()
        if judged.bits and label is None:
            marks = (None,) * len(judged.values)
        elif judged.bits:
            wanted = verdict.evidence.layout.words[:, label] > 0
            pairs = zip(judged.values, wanted.tolist(), strict=True)
            marks = tuple((value > 0.5) == bit for value, bit in pairs)
        origin = origin_of(work, view.digits, own and view.film, own and bool(view.operations))
        return DesignRow(
            design,
            name,
            view.own_names.get(design)
            or read_in_short(verdict, design)
            or epochs_told(view, design)
            or origin,
            view.named(verdict.answer),
            None if label is None else verdict.answer == label,
            percent(verdict.confidence, 0),
            base is not None and not grey and base.verdict.answer != verdict.answer,
            judged.bits,
            marks,
            tuple(NUMBERS[key].words(view, work) for key in view.columns),
            own,
            sentences(
                words.learns_from(view.digits.class_names, ratios_in_words(view.digits, work)),
                storage_in_words(view, work),
            ),
            besides=besides(view, design, origin),
            grey=grey,
            called=view.labels[design] if design in view.own_names else "",
        )

    @staticmethod
    def _hidden_row(view: DesignsSeen, work: Work, design: str) -> DesignRow:
        """A design of which it is not told what it says and how good it is."""
        cells = (
            words.UNKNOWN if key in TELLING else NUMBERS[key].words(view, work)
            for key in view.columns
        )
        origin = origin_of(work, view.digits, False, False)
        shown = design == view.seen.design
        return DesignRow(
            design,
            words.label_of(design_of(design)),
            view.own_names.get(design) or origin,
            words.UNKNOWN,
            cells=tuple(cells),
            shown=shown,
            called=view.labels[design] if design in view.own_names else "",
            hidden=True,
        )

    def _summary(self, view: DesignsSeen) -> str:
        """Counts the designs that can be compared with the baseline."""
        rows = {row.design for row in self.rows}
        judged = {name: each for name, each in self._judged.items() if name in rows}
        answers = {
            view.labels[name]: each.verdict.answer
            for name, each in judged.items()
            if name not in view.unlike
        }
        label, grey = view.shown_label, not_counted(len(judged) - len(answers))
        if label is None:
            told = who_agrees(view, answers, bool(view.own_names))
            return sentences(words.your_drawing(told), grey)
        others = {name: view.named(said) for name, said in answers.items() if said != label}
        right = [name for name in answers if name not in others]
        name = view.digits.class_names[label]
        told = words.judged(name, right, others, not grey, bool(view.own_names))
        return sentences(told, grey)

    # ---- order and clicks ------------------------------------------------------------

    def _order(self, view: DesignsSeen) -> tuple[str, ...]:
        key, descending = view.sorted_by
        everyone = view.listed_entrants
        if view.lecturing and view.rows:
            chosen = [name for name in view.rows if name in DESIGNS]
            beside = [name for name in everyone if name not in DESIGNS]
            return (*chosen, *(name for name in beside if design_of(name) in chosen))
        if view.lecturing:
            first = dict.fromkeys((view.seen.design, view.base, *view.own_names, *everyone))
            seen_by_room = list(first)[:MOST_TO_ROOM]
            return tuple(name for name in everyone if name in seen_by_room)
        if key not in view.columns or view.answer_hidden:  # an order could tell which is best
            return everyone
        found = {name: NUMBERS[key].value(view, work) for name, work in view.entrants.items()}
        sign = -1 if descending else 1
        known = {name: sign * value for name, value in found.items() if value is not None}
        return tuple(sorted(everyone, key=lambda name: (name not in known, known.get(name, 0.0))))

    def _choose(self, key: Hashable) -> None:
        """A heading, a design, or a number of a design."""
        design, number = key if isinstance(key, tuple) else (key, "")
        if design_of(design) not in DESIGNS:
            self._sort(str(design))
        elif number == "difference":
            self.session.comparisons.choose_baseline(design)
        else:
            had_network = design in self.session.state.entrants
            self.session.designs.choose(design)
            if not had_network:
                self.session.runs.run()

    def _sort(self, key: str) -> None:
        largest_first = key in NUMBERS and NUMBERS[key].largest_first
        again = key == self._sorted[0]
        self._sorted = (key, not self._sorted[1] if again else largest_first)
        self.look(self.session.state)
