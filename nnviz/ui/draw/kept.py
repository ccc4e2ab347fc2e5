"""Kept drawings: what each is meant to be, how it is read, and what can be done with it."""

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtWidgets import QComboBox

from nnviz.data.digits import GREY, ShownDigits
from nnviz.data.kept_drawings import KeptDrawing
from nnviz.networks.designs import DESIGNS
from nnviz.questions.judged import Judged, judge_images
from nnviz.questions.question import Subject
from nnviz.questions.reliability import Trust
from nnviz.session.session import Session
from nnviz.session.slices import KeptChoice
from nnviz.session.state import State
from nnviz.ui.draw import kept_words as words
from nnviz.ui.draw.asked_words import LEARN_FIRST
from nnviz.ui.draw.morph_end import ask_label
from nnviz.ui.kit.canvas import RIGHT
from nnviz.ui.kit.controls import button, combo_box, offer
from nnviz.ui.kit.folding import Scrolled
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, flow
from nnviz.ui.kit.seeing import Kept
from nnviz.ui.kit.table import (
    Column,
    ImageCell,
    MarkCell,
    Row,
    Table,
    TableView,
    Words,
    number_cell,
)
from nnviz.ui.kit.theme import BACK_ROW, Theme
from nnviz.ui.kit.weight_images import digit_image
from nnviz.ui.pages.page import MOVING, Page, choose_view_of
from nnviz.verdicts.answers import NOT_A_DIGIT, answer_in_words
from nnviz.words import number, percent, sentences

SIDE = 60, 72
"""Heights of a row on the design grid, least and most."""


@dataclass(frozen=True)
class KeptSeen:
    """All that the view shows of a state."""

    design: str
    digits: ShownDigits
    kept: KeptChoice
    trust: Trust
    alike: tuple[str, ...]
    """The entrants that can be compared with that on screen."""
    inked: bool
    """Whether there is anything on the pad."""
    answer_hidden: bool
    asked: dict[str, Subject] = field(metadata=MOVING)
    """Entrant -> its network, as it is asked."""


class KeptDrawingsView(Page):
    """A table of all drawings that were kept, and what is done with the one chosen."""

    id = "kept"
    of_digit = False
    title, question = words.KEPT

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-kept")
        self._judged = Kept[Judged]()
        self.headline = Headline(theme, BACK_ROW)
        self.keep = button(*words.KEEP, session.kept.keep, "keep-drawing")
        self.what: QComboBox = combo_box("kept-label", *words.WHAT, self._say_what)
        self.onto_pad = button(*words.ONTO_PAD, self._put, "kept-onto-pad")
        self.first = button(*words.MORPH_FROM, lambda: self._morph("first_kept"), "morph-from")
        self.second = button(*words.MORPH_TO, lambda: self._morph("second_kept"), "morph-to")
        self.strange = button(*words.NO_DIGIT, self._as_no_digit, "kept-no-digit")
        self.away = button(*words.TAKE_AWAY, self._take_away, "take-away")
        self.table = Table(theme, id="kept-table", title=words.TABLE, tip=words.TABLE_TIP)
        self.table.chosen.connect(session.kept.choose)
        of_one = (self.what, self.onto_pad, self.first, self.second, self.strange, self.away)
        self._of_one = of_one
        for_operator(self.keep, *of_one)
        bar = flow(self.keep, *of_one)
        column(self.headline, bar, (Scrolled(self.table), 1), spacing=6, of=self)
        self.setFocusProxy(self.table)
        self.use_theme(theme)

    # ---- the state -------------------------------------------------------------------

    def see(self, state: State) -> KeptSeen:
        works = {**state.entrants, state.design: state.seen}
        asked = {
            name: state.asked(*state.read_as(name))
            if name == state.design
            else work.asked(*state.read_as(name))
            for name, work in works.items()
            if work.learned
        }
        return KeptSeen(
            state.design,
            state.digits,
            state.kept,
            state.mistakes.trust,
            state.alike_to(state.design),
            not state.pad.drawing.empty,
            state.answer_hidden,
            asked,
        )

    def draw(self, view: KeptSeen, only_moving: bool) -> None:
        if only_moving and self.table.view is not None:
            return
        grey, names = view.digits.shape == GREY, view.digits.class_names
        self.keep.setEnabled(view.inked)
        drawings = view.kept.drawings if grey else ()
        chosen = next((each for each in drawings if each.name == view.kept.chosen), None)
        for part in self._of_one:
            part.setEnabled(chosen is not None)
            part.setVisible(bool(drawings))
        label = None if chosen is None else chosen.label(names)
        items = [(words.NOT_SAID, ""), *((name, name) for name in names)]
        offer(self.what, items, "" if label is None else names[label])
        judged = self._ask(view, drawings)
        self._say(view, drawings, judged)
        self.table.show_view(self._rows(view, drawings, judged))

    def _ask(self, view: KeptSeen, drawings: tuple[KeptDrawing, ...]) -> dict[str, Judged]:
        """Entrant -> what it says of the drawings, that on screen first."""
        if not drawings:
            return {}
        asked = {name: each for name, each in view.asked.items() if name in view.alike}
        if view.design in view.asked:
            asked = {view.design: view.asked[view.design], **asked}
        images, classes = np.stack([each.pixels for each in drawings]), view.digits.classes

        def judge(name: str, subject: Subject) -> Judged:
            parts = (subject, drawings, view.digits)
            return self._judged.get(name, parts, lambda: judge_images(subject, images, classes))

        return {name: judge(name, subject) for name, subject in asked.items()}

    def _say(
        self, view: KeptSeen, drawings: tuple[KeptDrawing, ...], judged: dict[str, Judged]
    ) -> None:
        own, names = judged.get(view.design), view.digits.class_names
        if not drawings:
            self.headline.say(words.EMPTY if view.digits.shape == GREY else words.NO_GREY)
        elif view.answer_hidden or own is None:
            self.headline.say(words.HIDDEN if view.answer_hidden else LEARN_FIRST)
        else:
            labels = [each.label(names) for each in drawings]
            right = sum(label == answer for label, answer in zip(labels, own.answers, strict=True))
            labelled = sum(label is not None for label in labels)
            told = words.headline(
                right, labelled, len(labels) - labelled, DESIGNS[view.design].label
            )
            threshold = words.threshold_told(percent(view.trust.threshold, 0))
            self.headline.say(sentences(told, threshold))

    def _rows(
        self, view: KeptSeen, drawings: tuple[KeptDrawing, ...], judged: dict[str, Judged]
    ) -> TableView:
        names, own = view.digits.class_names, judged.get(view.design)
        rows: list[Row] = []
        for place, each in enumerate(drawings):
            label = each.label(names)
            known = "" if label is None else names[label]
            image = digit_image(each.pixels, self.theme.grey_colours, view.digits.shape)
            if own is None or view.answer_hidden:
                nothing = (ImageCell(image), Words(known or words.NOT_SAID), *[None] * 6)
                rows.append(Row(each.name, nothing, words=known))
                continue
            answer = int(own.answers[place])
            sure = float(own.sureness(view.trust.by_shares)[place])
            same = sum(int(said.answers[place]) == answer for said in judged.values())
            answers = answer != NOT_A_DIGIT and sure >= view.trust.threshold
            cells = (
                ImageCell(image),
                Words(known or words.NOT_SAID, ink="text" if known else "muted"),
                Words(answer_in_words(answer, names), bold=True),
                MarkCell(answer == label) if known else None,
                number_cell(percent(sure, 0)),
                number_cell(f"{number(same)} / {number(len(judged))}"),
                None,
                Words(words.ANSWERED if answers else words.REFUSED),
            )
            said = words.row_told(place + 1, known, answer_in_words(answer, names), sure)
            rows.append(Row(each.name, cells, words=said))
        what, read, sure_heading, same_heading, at = words.HEADINGS
        columns = (
            Column(width=72),
            Column(what, width=110, stretch=1),
            Column(read, width=90, stretch=1),
            Column("", width=34),
            Column(sure_heading, width=80, align=RIGHT),
            Column(same_heading, width=200, align=RIGHT, spare=True),
            Column("", width=34),
            Column(at, width=150, stretch=1),
        )
        if not rows:
            return TableView(words=words.EMPTY)
        return TableView(columns, tuple(rows), view.kept.chosen, row_heights=SIDE)

    # ---- what is done ----------------------------------------------------------------

    @property
    def _chosen(self) -> str:
        return self.session.state.kept.chosen

    def _say_what(self, class_name: str) -> None:
        self.session.kept.say_what(self._chosen, class_name)

    def _put(self) -> None:
        found = self.session.kept.found(self._chosen)
        if found is not None:
            self.session.pad.put_drawing(found.drawing)
            self.view_asked.emit("pad")

    def _morph(self, end: str) -> None:
        """Asks what it is unless that is known, and shows the morph."""

        def begin(name: str) -> None:
            self.session.choose("morph", many=False, **{end: name})
            self.view_asked.emit("morph")

        ask_label(self, self.session, self._chosen, begin)

    def _as_no_digit(self) -> None:
        found = self.session.kept.found(self._chosen)
        if found is not None:
            self.session.pad.put_drawing(found.drawing)
            self.session.picking.look_at_specimen(drawn=True)
            choose_view_of(self.session, "draw", "strange")

    def _take_away(self) -> None:
        self.session.kept.take_away(self._chosen)
