"""Codes: which outputs fire for which class, edited by hand, and what a code is worth."""

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from nnviz.networks.codes import BITS, CODE_PRESETS, closest_pairs, code_of, smallest_distance
from nnviz.networks.experiments import EXPERIMENTS
from nnviz.questions.bits import SurveyBits
from nnviz.session.session import Session
from nnviz.session.slices import Words
from nnviz.session.state import State
from nnviz.ui.designs.code_findings import CodesSeen, finding
from nnviz.ui.designs.code_rows import (
    Tried,
    most_seen,
    table_of,
    tried,
    words_of_table,
)
from nnviz.ui.designs.code_table import CodeTable, CodeTableView, bit_names
from nnviz.ui.designs.result_list import ResultList, ResultView
from nnviz.ui.kit.buttons import button, name_undo, style_buttons
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import Page

TRAIN = "neurons-30"
"""The experiment that the button starts."""
BESIDE = 900
"""Width on the design grid from which the results stand beside the table."""
PAIRS_NAMED = 3


class CodesPage(Page):
    """A code table to edit, and experiments on what codes are worth."""

    id = "codes"
    title = "Codes"
    question = "Is there a code that makes four outputs enough? Try your own."

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-codes-page")
        self._tried: tuple[Tried, ...] = ()
        self._bar = QWidget()
        self._buttons = FlowLayout(self._bar)
        for name, preset in CODE_PRESETS.items():
            put = partial(self._put, preset.words)
            words = preset.label.split(",")[0]
            self._buttons.addWidget(button(words, preset.help, put, f"code-{name}"))
        parity = "One more bit: 1 where the number of ones is odd. Then edit it."
        self.fewer = button("− bit", "Take the last bit away.", self._fewer, "fewer-bits")
        self.more = button("+ bit", parity, self._more, "more-bits")
        self.undo = button(
            "Undo", "The table before the last change.", session.codes.undo, "undo-edit"
        )
        beside = "Train a network with this code, beside those that are open."
        self.train = button("Train this code", beside, self._train, "train-code")
        for made in (self.fewer, self.more, self.undo, self.train):
            self._buttons.addWidget(made)
        self.table = CodeTable(theme)
        self.table.toggled.connect(self._toggle)
        self.distance = _label("distance", "How well the code words can be told apart.")
        self.results = ResultList(theme)
        self.results.chosen.connect(self._choose)
        self.results.moved.connect(lambda: self._write_finding(self._seen))
        self.finding = _label("finding", "What the experiment asks, and what it shows.")
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._left.addWidget(self.table, 1)
        self._left.addWidget(self.distance)
        self._right.addWidget(self.results, 1)
        self._right.addWidget(self.finding)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.addLayout(self._left, 8)
        self._body.addLayout(self._right, 14)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._bar)
        self._column.addLayout(self._body, 1)
        self.setFocusProxy(self.table)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.setSpacing(theme.px(6))
        self._body.setSpacing(theme.px(18))
        style_buttons(self._bar, theme)
        for label in (self.distance, self.finding):
            label.setFont(theme.font(22))
            label.setMinimumHeight(theme.px(84))
        for part in (self.table, self.results):
            part.use_theme(theme)
        if self.isVisible():
            self.draw(self._seen, False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        beside = self.width() >= self.theme.px(BESIDE)
        self._body.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    # ---- the table -------------------------------------------------------------------

    def _put(self, words: Words) -> None:
        """Puts a code on the table."""
        state = self.session.state
        self.session.codes.put(words[: state.digits.classes], words_on_table(state))

    def _toggle(self, row: int, bit: int) -> None:
        words = list(words_on_table(self.session.state))
        turned = "0" if words[row][bit] == "1" else "1"
        words[row] = words[row][:bit] + turned + words[row][bit + 1 :]
        self._put(tuple(words))

    def _fewer(self) -> None:
        self._put(tuple(word[:-1] for word in words_on_table(self.session.state)))

    def _more(self) -> None:
        words = words_on_table(self.session.state)
        self._put(tuple(word + str(word.count("1") % 2) for word in words))

    # ---- the experiments -------------------------------------------------------------

    def _train(self) -> None:
        self._choose(list(EXPERIMENTS).index(TRAIN))

    def _choose(self, number: int) -> None:
        """Runs an experiment, or shows the network of an earlier code."""
        session, row = self.session, self._tried[number]
        behind = row.row(self.see(session.state), most_seen(self._tried)).behind
        if row.experiment is None:
            assert row.work is not None
            keys = [work.key for work in session.state.works]
            session.shelf.switch(keys.index(row.work.key))
        else:
            code = code_of(words_on_table(session.state))
            if not session.experiments.run(**row.experiment.settings(code)):
                return
        if behind and not session.state.running:
            session.runs.run()
        layout = session.state.layout
        if layout.has_bits:
            self._put(words_of_table(layout.words))
        shown = [one.work is session.state.work for one in self._tried]
        self.results.go_to(shown.index(True) if True in shown else number)

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> CodesSeen:
        return CodesSeen(
            running=state.running,
            engine=state.engine,
            digits=state.digits,
            place=state.place,
            race=state.race,
            trained=state.trained,
            words=words_on_table(state),
            history=state.codes.history,
            found=self.session.surveys.found(SurveyBits),
            works=state.works,
            work=state.work,
        )

    def draw(self, view: CodesSeen, only_moving: bool) -> None:
        if only_moving:  # numbers only as fast as they can be read
            return
        words = view.words
        equal = _equal(words)
        names, right = view.digits.class_names, self._accuracy(view)
        bits = bit_names(words)
        self.table.show_view(CodeTableView(names, words, bits, frozenset(equal), right))
        hardest = ""
        if right:
            bit = right.index(min(right))
            hardest = f" Hardest bit: {bits[bit]} ({100 * right[bit]:.1f} %)."
        self.distance.setText(_distance_in_words(words, names) + hardest)
        self.fewer.setEnabled(len(words[0]) > BITS.start)
        self.more.setEnabled(len(words[0]) < BITS.stop - 1)
        name_undo(self.undo, view.history)
        self.train.setEnabled(not equal)
        self._tried = tried(view)
        most = most_seen(self._tried)
        rows = tuple(row.row(view, most) for row in self._tried)
        self.results.show_view(ResultView(rows, rows[0].accuracy))
        self._write_finding(view)

    def _accuracy(self, view: CodesSeen) -> tuple[float, ...]:
        """How often each bit is right, if the network on screen has the code on the table."""
        layout = view.work.layout(view.digits.classes)
        if not layout.has_bits or words_of_table(layout.words) != view.words:
            return ()
        self.session.surveys.ask(SurveyBits)
        return () if view.found is None else view.found.result.right

    def _write_finding(self, view: CodesSeen) -> None:
        if not self._tried:
            return
        row = self._tried[self.results.current]
        shown = "" if row.work is None else finding(view, row.work)
        if shown and row.row(view).learning:
            shown = f"So far: {shown}"
        self.finding.setText(shown or row.row(view).help)


def words_on_table(state: State) -> Words:
    """The code words on the table: the last edit, else those on screen, else a preset."""
    classes, layout = state.digits.classes, state.layout
    if len(state.codes.words) == classes:
        return state.codes.words
    if layout.has_bits:
        return words_of_table(layout.words)
    return CODE_PRESETS["natural"].words[:classes]


def _equal(words: Words) -> list[int]:
    """The classes that share their word with another one."""
    return [row for row, word in enumerate(words) if words.count(word) > 1]


def _distance_in_words(words: Words, names: tuple[str, ...]) -> str:
    equal = _equal(words)
    if equal:
        word = words[equal[0]]
        same = [names[row] for row in equal if words[row] == word]
        return (
            f"✗ {', '.join(same[:-1])} and {same[-1]} have the same code word {word}: nothing "
            "could tell them apart."
        )
    table = table_of(words)
    least, pairs = smallest_distance(table), closest_pairs(table)
    every = len(pairs) == len(words) * (len(words) - 1) // 2
    named = (
        "all pairs"
        if every
        else ", ".join(f"{names[one]}–{names[other]}" for one, other in pairs[:PAIRS_NAMED])
    )
    more = f" and {len(pairs) - PAIRS_NAMED} more" if len(pairs) > PAIRS_NAMED and not every else ""
    harmless = (least - 1) // 2
    safe = {0: "one wrong bit can do harm", 1: "one wrong bit does no harm"}
    meaning = safe.get(harmless, f"{harmless} wrong bits do no harm")
    return f"Smallest distance {least}: {meaning}. Closest: {named}{more}."


def _label(name: str, tooltip: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setToolTip(tooltip)
    label.setWordWrap(True)
    return label
