"""Bits apart: mistakes by how many bits lie between truth and answer, four bits against ten
outputs."""

from dataclasses import replace
from typing import Any

import numpy as np

from nnviz.data.arrays import Bools, Bytes
from nnviz.data.digits import ShownDigits
from nnviz.networks.designs import DESIGNS
from nnviz.questions.bits_apart import binary_words, by_chance, counted_apart
from nnviz.questions.judged import Judged
from nnviz.session.judging import apart_compared, words_apart
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.controls import combo_box, keep_box_width, offer, paragraph
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, flow
from nnviz.ui.kit.theme import Theme
from nnviz.ui.mistakes import bits_words, words
from nnviz.ui.mistakes.apart_bars import ApartBars, ApartRow, ApartView
from nnviz.ui.mistakes.bit_bags import MOST_BITS, BagsView, BitBags
from nnviz.ui.mistakes.digit_list import DigitList
from nnviz.ui.mistakes.seen import JudgedSeen, see_judged
from nnviz.ui.pages.output_words import natural_bit_names
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.untrained import is_untrained
from nnviz.verdicts.answers import NOT_A_DIGIT
from nnviz.words import said_now, sentences


class BitsApart(Page):
    """Two rows of bars, the digits of one bar, and which digits have which bit."""

    id = "bits"
    of_digit = False
    title, question = bits_words.BITS_APART

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-bits")
        self.first = combo_box(
            "upper-design", *bits_words.UPPER, lambda name: self._compare(upper=name)
        )
        self.second = combo_box(
            "lower-design", *bits_words.LOWER, lambda name: self._compare(lower=name)
        )
        for_operator(self.first, self.second)
        self.sentence = paragraph("bits-sentence", bits_words.SENTENCE_TIP, plain=True)
        self.bars = ApartBars(theme)
        self.bars.chosen.connect(lambda bar: self._choose(row=bar[0], apart=bar[1]))
        self.bags = BitBags(theme)
        self.digits = DigitList(self)
        left = column(
            flow(self.first, self.second, spacing=8),
            (self.bars, 1),
            self.sentence,
            spacing=6,
        )
        self.digits.beside(self, left, (58, 42), below=self.bags)
        self.setFocusProxy(self.bars)
        self._bagged: tuple[object, ...] = ()
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        for box in (self.first, self.second):
            keep_box_width(box, (design.label for design in DESIGNS.values()))

    # ---- drawing ---------------------------------------------------------------------

    @staticmethod
    def ask(session: Session) -> None:
        session.judgements.ask()

    def see(self, state: State) -> JudgedSeen:
        return see_judged(self.session, state)

    def draw(self, view: JudgedSeen, only_moving: bool) -> None:
        if self.digits.due(view, only_moving):
            state = self.session.state
            two = apart_compared(state)
            code = words_apart(state, two[0])
            for box, chosen in zip((self.first, self.second), two, strict=True):
                offer(box, [(view.labels[name], name) for name in view.designs], chosen)
            self.sentence.setVisible(not view.lecturing)  # a room reads the bars
            self._show_bars(view, two, code)
            self._show_bags(view, code)
            self._list(view, two)

    def slow_tick(self, state: State) -> None:
        if not is_untrained(state):
            self.session.judgements.ask()

    def _show_bars(self, view: JudgedSeen, two: tuple[str, str], code: Bools) -> None:
        known = [view.known[each] for each in two if each in view.known]
        if len(known) < len([each for each in two if each]):
            self.bars.show_nothing()
            self.sentence.setText(said_now(words.WAITING[view.engine]))
            return
        names = [view.labels[each] for each in two if each]
        labels, wanted = view.digits.labels, view.mistakes.apart
        rows = tuple(
            apart_row(name, each, labels, code) for name, each in zip(names, known, strict=True)
        )
        hidden = view.hidden
        chosen = None if hidden else (wanted.row, wanted.apart)
        self.bars.show_view(ApartView(rows, chosen, hidden))
        told = [bits_words.one_bit_of(row.design, row.counts[0], row.mistakes) for row in rows]
        chance = bits_words.chance_told(float(by_chance(code)[0]))
        rejected = [
            bits_words.rejected_told(name, int(np.count_nonzero(each.answers == NOT_A_DIGIT)))
            for name, each in zip(names, known, strict=True)
        ]
        alone = "" if two[1] else bits_words.NO_SECOND
        self.sentence.setText("" if hidden else sentences(*told, chance, *rejected, alone))

    def _show_bags(self, view: JudgedSeen, code: Bools) -> None:
        self.bags.setVisible(len(code) <= MOST_BITS)
        wanted = view.digits, code.tobytes()
        if self._bagged != wanted and len(code) <= MOST_BITS:
            self._bagged = wanted
            self.bags.show_view(bags_of(view.digits, code))

    def _list(self, view: JudgedSeen, two: tuple[str, str]) -> None:
        wanted, images = view.mistakes.apart, self.session.mistakes.listed(self.id)
        own = view.known.get(two[wanted.row])
        if images is None or own is None:
            self.digits.show_nothing(said_now(words.WAITING[view.engine]))
            return
        design = view.labels[two[wanted.row]]
        told = bits_words.listed_in_words(design, wanted.apart, len(images))
        self.digits.show_digits(
            view,
            images,
            own,
            lambda image: words.sure_in_words(own, image),
            wanted,
            heading=told,
            empty=told,
        )

    def step(self, direction: int) -> None:
        """The next and the previous digit of the list."""
        if not self.session.mistakes.walk(direction):
            super().step(direction)

    # ---- choosing --------------------------------------------------------------------

    def _compare(self, **one: str) -> None:
        self._choose(**{place: self.session.state.keeping(name) for place, name in one.items()})

    def _choose(self, **changes: Any) -> None:
        apart = replace(self.session.state.mistakes.apart, **changes)
        self.session.choose("mistakes", apart=apart)


def apart_row(name: str, judged: Judged, labels: Bytes, code: Bools) -> ApartRow:
    """The mistakes of one design by the bits of code words (bits, classes)."""
    counts = counted_apart(judged.answers, labels, code)
    evenly = by_chance(code) * counts.sum()
    return ApartRow(name, tuple(counts.tolist()), tuple(evenly.tolist()))


def bags_of(digits: ShownDigits, code: Bools) -> BagsView:
    """Which classes have each bit of code words (bits, classes), with the first test digit of
    each."""
    natural = np.array_equal(code, binary_words(digits.classes))
    names = [bits_words.BIT.format(bit=each) for each in natural_bit_names(len(code))]
    if not natural:
        places = range(1, len(code) + 1)
        names = [bits_words.BIT_BY_PLACE.format(bit=place) for place in places]
    firsts = [int(np.argmax(digits.labels == each)) for each in range(digits.classes)]
    return BagsView(
        tuple(
            (name, tuple(np.flatnonzero(bit).tolist()))
            for name, bit in zip(names, code, strict=True)
        ),
        tuple(digits.class_names),
        digits.images[firsts],
        digits.shape,
    )
