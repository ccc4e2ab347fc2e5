"""Codes: which outputs fire for which class, edited by hand, and what a code is worth."""

from functools import partial

from PySide6.QtWidgets import QLabel, QWidget

from nnviz.networks.codes import BITS, CODE_PRESETS, closest_pairs, code_of, smallest_distance
from nnviz.networks.experiments import EXPERIMENTS
from nnviz.networks.story import SETTINGS_COMPARED
from nnviz.questions.bits import SurveyBits
from nnviz.session.session import Session
from nnviz.session.slices import Words
from nnviz.session.state import State, Work
from nnviz.ui.designs import code_words as words
from nnviz.ui.designs.code_table import CodeTable, CodeTableView, bit_names
from nnviz.ui.designs.findings import CodesSeen, finding
from nnviz.ui.designs.tried import (
    Tried,
    for_a_room,
    most_seen,
    results_view,
    table_of,
    tried,
    words_of_table,
)
from nnviz.ui.kit.controls import button, name_undo, paragraph
from nnviz.ui.kit.folding import Folding
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, flow, row, sized
from nnviz.ui.kit.table import Table
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import Page, seen
from nnviz.words import said_now, sentences

TRAIN = "neurons-30"
"""The experiment that the button starts."""
BESIDE = 900
"""Width on the design grid from which the results stand beside the table."""
PAIRS_NAMED = 3


class CodesPage(Page):
    """A code table to edit, and experiments on what codes are worth."""

    id = "codes"
    of_digit = False
    title = words.CODES
    question = words.CODES_QUESTION

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-codes-page")
        self.tried: tuple[Tried, ...] = ()
        """The rows of the experiments."""
        self._row = 0
        presets = [
            button(
                preset.label.split(",")[0],
                preset.help,
                partial(self._put, preset.words),
                f"code-{name}",
            )
            for name, preset in CODE_PRESETS.items()
        ]
        self.fewer = button(words.FEWER, words.FEWER_TIP, self._fewer, "fewer-bits")
        self.more = button(words.MORE, words.MORE_TIP, self._more, "more-bits")
        self.undo = button(words.UNDO, words.UNDO_TIP, session.codes.undo, "undo-edit")
        self.train = button(words.TRAIN, words.TRAIN_TIP, self._train, "train-code")
        self.show_network = button(words.SHOW, words.SHOW_TIP, self._show, "show-network")
        self.table = CodeTable(theme)
        self.table.chosen.connect(lambda key: self._toggle(*key))
        self.distance = self._paragraph("distance", words.DISTANCE_TIP)
        self.results = Table(theme, title=words.RESULTS, tip=words.RESULTS_TIP, id="result-list")
        sized(self.results, least_width=220)
        self.results.chosen.connect(self.choose)
        self.results.walked.connect(self.go_to)
        self.finding = self._paragraph("finding", words.FINDING_TIP)
        bar = flow(*presets, self.fewer, self.more, self.undo, self.train)
        for_operator(bar)
        self._own, self._others, self._below = QWidget(), QWidget(), QWidget()
        column((self.table, 1), self.distance, of=self._own)
        self._below.setLayout(row((self.finding, 1), self.show_network))
        column((self.results, 1), self._below, of=self._others)
        both = Folding(theme, (self._own, 8), (self._others, 14), beside=BESIDE, spacing=18)
        column(bar, (both, 1), of=self)
        self.setFocusProxy(self.table)
        self.use_theme(theme)

    def _paragraph(self, id: str, tip: str) -> QLabel:
        return sized(paragraph(id, tip), text=22, least_height=84)

    # ---- the table -------------------------------------------------------------------

    def _put(self, code: Words) -> None:
        """Puts a code on the table."""
        state = self.session.state
        self.session.codes.put(code[: state.digits.classes], words_on_table(state))

    def _toggle(self, row: int, bit: int) -> None:
        code = list(words_on_table(self.session.state))
        turned = "0" if code[row][bit] == "1" else "1"
        code[row] = code[row][:bit] + turned + code[row][bit + 1 :]
        self._put(tuple(code))

    def _fewer(self) -> None:
        self._put(tuple(word[:-1] for word in words_on_table(self.session.state)))

    def _more(self) -> None:
        code = words_on_table(self.session.state)
        self._put(tuple(word + str(word.count("1") % 2) for word in code))

    # ---- the experiments -------------------------------------------------------------

    def _train(self) -> None:
        self.choose(list(EXPERIMENTS).index(TRAIN))

    def choose(self, number: int) -> None:
        """Runs an experiment beside the network on screen, or goes on with it, and puts its code
        on the table."""
        session, row = self.session, self.tried[number]
        behind = row.behind(self.see(session.state), most_seen(self.tried))
        self.go_to(number)
        work: Work | None = row.work
        if work is not None and (behind or row.experiment is None):
            if behind or work.experiment:
                session.experiments.go_on(work)
        else:
            assert row.experiment is not None
            code = code_of(words_on_table(session.state))
            work = session.experiments.run(**row.experiment.settings(code))
        if work is None:
            return
        layout = work.layout(session.state.digits.classes)
        if layout.has_bits:
            self._put(words_of_table(layout.words))
        known = [one.work is not None and one.work.key == work.key for one in self.tried]
        self.go_to(known.index(True) if True in known else number)

    def _show(self) -> None:
        """Has the network of a row on screen."""
        work = self.tried[self._row].work
        if work is not None:
            self.session.shelf.visit(work.key)

    def go_to(self, number: int) -> None:
        """Writes about a row of the experiments."""
        self._row = number
        self.results.at = number
        self._write_results(self.see(self.session.state))

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> CodesSeen:
        code, history = words_on_table(state), state.codes.history
        spelled = _spelling(state, code)
        found = None if spelled is None else self.session.surveys.found(SurveyBits, spelled)
        works = tuple(work for work in state.works if work.experiment != SETTINGS_COMPARED)
        results = state.designs.results
        own = {"works": works, "words": code, "history": history, "results": results}
        return seen(CodesSeen, state, **own, found=found, spelled=spelled)

    def draw(self, view: CodesSeen, only_moving: bool) -> None:
        if only_moving:  # numbers only as fast as they can be read
            return
        self._make_room(view)
        code, names, right = view.words, view.digits.class_names, self._accuracy(view)
        equal, bits = _equal(code), bit_names(code)
        self.table.show_view(CodeTableView(names, code, bits, frozenset(equal), right))
        least = min(right, default=0.0)
        hardest = words.hardest(bits[right.index(least)], least) if right else ""
        self.distance.setText(sentences(_distance(code, names), hardest))
        self.fewer.setEnabled(len(code[0]) > BITS.start)
        self.more.setEnabled(len(code[0]) < BITS.stop - 1)
        name_undo(self.undo, view.history)
        self.train.setEnabled(not equal)
        self.tried = tried(view)
        self._write_results(view)

    def _make_room(self, view: CodesSeen) -> None:
        """A room sees the code, or what codes reach."""
        both = not view.lecturing
        self._own.setVisible(both or not view.results)
        self._others.setVisible(both or view.results)
        self.distance.setVisible(both)
        self._below.setVisible(both)
        self.setFocusProxy(self.results if self._own.isHidden() else self.table)

    def _accuracy(self, view: CodesSeen) -> tuple[float, ...]:
        """How often each bit is right, if a network has the code on the table."""
        if view.spelled is None or view.answer_hidden or view.lecturing:
            return ()
        self.session.surveys.ask(SurveyBits, work=view.spelled)
        return () if view.found is None else view.found.result.right

    def _write_results(self, view: CodesSeen) -> None:
        if not self.tried:
            return
        self._row = min(self._row, len(self.tried) - 1)
        if view.lecturing:
            self.results.show_view(for_a_room(view, self.tried))
            return
        self.results.show_view(results_view(view, self.tried, self._row))
        row = self.tried[self._row]
        shown = "" if row.work is None or view.answer_hidden else finding(view, row.work)
        if shown and row.learning(view):
            shown = words.so_far(shown)
        self.finding.setText(said_now(shown or row.help(view)))
        there = row.work is not None and row.work.learned
        self.show_network.setEnabled(there and row.work is not view.work)


def _spelling(state: State, code: Words) -> Work | None:
    """The network that has the code on the table: the one on screen, else the newest."""
    runs = sorted((work for work in state.works if work.opened is None), key=lambda w: -w.key)
    for work in (state.work, *runs):
        layout = work.layout(state.digits.classes)
        if work.learned and layout.has_bits and words_of_table(layout.words) == code:
            return work
    return None


def words_on_table(state: State) -> Words:
    """The code words on the table: the last edit, else those on screen, else a preset."""
    classes, layout = state.digits.classes, state.layout
    if len(state.codes.words) == classes:
        return state.codes.words
    if layout.has_bits:
        return words_of_table(layout.words)
    return CODE_PRESETS["natural"].words[:classes]


def _equal(code: Words) -> list[int]:
    """The classes that share their word with another one."""
    return [row for row, word in enumerate(code) if code.count(word) > 1]


def _distance(code: Words, names: tuple[str, ...]) -> str:
    """How well the code words can be told apart."""
    equal = _equal(code)
    if equal:
        word = code[equal[0]]
        return words.same_words([names[row] for row in equal if code[row] == word], word)
    table = table_of(code)
    least, pairs = smallest_distance(table), closest_pairs(table)
    every = len(pairs) == len(code) * (len(code) - 1) // 2
    named = [(names[one], names[other]) for one, other in pairs[:PAIRS_NAMED]]
    return words.distance(least, named, len(pairs) - len(named), every)
