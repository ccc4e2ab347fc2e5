"""Not a digit: what each design answers to images that are none."""

from collections.abc import Mapping
from functools import lru_cache, partial

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from nnviz.data.arrays import Bytes
from nnviz.data.digits import ShownDigits
from nnviz.data.specimens import KINDS, SPECIMENS, SpecimenChoice, kinds_for, material_of, specimen
from nnviz.questions.readers import Said
from nnviz.questions.strangeness import MEASURES, JudgeSpecimens, Taken, fooled
from nnviz.session.asking import Inquiry, readers_of
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.draw import strange_words
from nnviz.ui.draw.specimen_strip import SpecimenStrip
from nnviz.ui.draw.strange_rows import (
    Answer,
    StrangeSeen,
    answers_to,
    kind_of,
    strange_rows,
)
from nnviz.ui.draw.strange_table import StrangeColumn, StrangeTable
from nnviz.ui.kit.buttons import button, style_buttons
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.image_panel import ImagePanel
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import digit_image
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.scrolled import Scrolled

LARGE = 92
"""Width of the image that all are asked about, on the design grid."""
TITLE = 27
MOST_LISTED = 40


class StrangeView(Page):
    """An image, what all say of it, and how they take a thousand of each kind."""

    id = "strange"
    title = "Not a digit"
    question = "What does each design answer to an image that is no digit?"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-strange")
        self._answers: dict[str, Answer] = {}
        self._listed: tuple[int, ...] = ()
        self.image = ImagePanel(
            theme, title="The image on screen", tip="All designs are asked about it"
        )
        self.previous = button("‹", "The image before (PageUp)", lambda: self.step(-1))
        self.previous.setAccessibleName("Previous image")
        self.next = button("›", "The next image of the kind (PageDown)", lambda: self.step(1))
        self.next.setAccessibleName("Next image")
        self.measures: dict[str, QWidget] = {}
        self._group = QButtonGroup(self)
        self._bar = QWidget()
        self._flow = FlowLayout(self._bar)
        for made in (self.previous, self.next):
            self._flow.addWidget(made)
        for name, measure in MEASURES.items():
            made = button(measure.label, measure.help, name=f"measure-{name}")
            made.setCheckable(True)
            made.clicked.connect(
                lambda _=False, name=name: session.picking.look_at_specimen(measure=name)
            )
            self._group.addButton(made)
            self._flow.addWidget(made)
            self.measures[name] = made
        self.others = button(
            "Other images",
            "Makes other images of all kinds from another seed, and asks all designs again.",
            self._make_others,
            "other-specimens",
        )
        self._flow.addWidget(self.others)
        self.drawing = button(
            "Your drawing",
            "Asks all about what is on the pad of the first view.",
            lambda: session.picking.look_at_specimen(drawn=not session.state.strange.drawn),
            "strange-drawing",
        )
        self.drawing.setCheckable(True)
        self._flow.addWidget(self.drawing)
        self.headline = Headline(theme)
        self.words = QLabel()
        self.words.setObjectName("strange-words")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.words.setSizePolicy(policy)
        self.table = StrangeTable(theme)
        self.table.chosen.connect(self._choose)
        self.strip = SpecimenStrip(theme)
        self.strip.chosen.connect(self._choose_listed)
        self.strip.resized.connect(lambda: self._list(self.see(self.session.state)))
        beside = QVBoxLayout()
        for part in (self._bar, self.headline, self.words):
            beside.addWidget(part)
        beside.addStretch(1)
        self._beside = beside
        self._top = QHBoxLayout()
        self._top.addWidget(self.image, 0, Qt.AlignmentFlag.AlignTop)
        self._top.addLayout(beside, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._top)
        self._column.addWidget(Scrolled(self.table), 1)
        self._column.addWidget(self.strip)
        self.setFocusProxy(self.table)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setSpacing(theme.px(5))
        self._top.setSpacing(theme.px(12))
        self._beside.setSpacing(theme.px(2))
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setSpacing(theme.px(6))
        self.words.setFont(theme.font())
        self.image.setFixedSize(theme.px(LARGE), theme.px(LARGE + TITLE))
        for part in (self.image, self.headline, self.table, self.strip):
            part.use_theme(theme)
        style_buttons(self._bar, theme)

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> StrangeSeen:
        return StrangeSeen(
            running=state.running,
            engine=state.engine,
            design=state.design,
            digits=state.digits,
            strange=state.strange,
            kind=kind_of(state),
            drawing=state.drawn,
            found=self.session.inquiries.answers(_question(state.strange), naive=True),
            readers=readers_of(state, naive=True),
        )

    def draw(self, view: StrangeSeen, only_moving: bool) -> None:
        if not only_moving:
            self._draw(view)

    def _draw(self, view: StrangeSeen) -> None:
        self.session.inquiries.ask(_question(view.strange), naive=True)
        taken = {name: one.result for name, one in view.found.items()}
        readers = view.readers
        kind, measure = view.kind, view.strange.measure
        number = view.strange.number % KINDS[kind].count
        image = _made(view.digits, kind, number, view.strange.seed)
        title = KINDS[kind].label if KINDS[kind].count == 1 else f"no. {number}"
        if view.drawing is not None and view.drawn:
            image, title = view.drawing, "yours"
        self.drawing.setEnabled(view.drawing is not None)
        self.drawing.setChecked(view.drawn)
        self.image.show_ink((image / 255).astype(np.float32), view.digits.shape)
        self.image.say(title)
        for name, made in zip(MEASURES, self._group.buttons(), strict=True):
            made.setChecked(name == measure)
        for way in (self.previous, self.next):
            way.setEnabled(KINDS[kind].count > 1)
        self._answers = answers_to(image, readers, self._answers)
        said = {name: answer.said for name, answer in self._answers.items()}
        self._show_table(view, said, taken)
        self.headline.say(
            strange_words.of_specimen(readers, said) if readers else "No network has learned yet."
        )
        self.words.setText(self._sentence(view, taken))
        self.table.setAccessibleDescription(f"{self.headline.text} {self.words.text()}")
        self._list(view)

    def _show_table(
        self,
        view: StrangeSeen,
        said: Mapping[str, Said],
        taken: Mapping[str, Mapping[str, Taken]],
    ) -> None:
        kinds = kinds_for(material_of(view.digits))
        columns = [
            StrangeColumn(name, kind.label, self._picture(view, name, 0))
            for name, kind in kinds.items()
        ]
        rows = strange_rows(view, said, taken)
        names = [reader.name for reader in view.readers]
        chosen = view.strange.reader
        row = names.index(chosen) if chosen in names else -1
        self.table.show_table(columns, rows, (row, list(kinds).index(view.kind)))

    def _sentence(
        self,
        view: StrangeSeen,
        taken: Mapping[str, Mapping[str, Taken]],
    ) -> str:
        readers = view.readers
        waiting = [reader.label for reader in readers if reader.name not in taken]
        if waiting:
            if view.engine == "starting":
                return "The training process asks about a thousand of each, and is not there yet."
            done = len(readers) - len(waiting)
            return (
                f"Asking about {SPECIMENS:,} of each kind: {done} of {len(readers)} have answered…"
            )
        kind, chosen = view.kind, view.strange.reader
        reader = next((one for one in readers if one.name == chosen), None)
        if reader is not None:
            return strange_words.of_cell(reader, kind, taken[reader.name])
        return strange_words.of_kind(readers, kind, view.strange.measure, taken)

    # ---- images of a kind ------------------------------------------------------------

    def _list(self, view: StrangeSeen) -> None:
        """Those that fooled the chosen reader, else the first of the kind."""
        kind, chosen = view.kind, view.strange.reader
        room = min(MOST_LISTED, self.strip.capacity)
        found = view.found
        numbers = list(range(min(room, KINDS[kind].count)))
        captions = [""] * len(numbers)
        words = f"The first {len(numbers)} images of the kind {KINDS[kind].label}."
        if chosen is not None and chosen in found:
            taken: Taken = found[chosen].result[kind]
            reader = next(r for r in view.readers if r.name == chosen)
            numbers = fooled(taken)[:room].tolist()
            captions = [reader.named(int(taken.answers[number])) or "–" for number in numbers]
            words = f"{len(numbers)} images that {reader.label} is sure about."
        self._listed = tuple(numbers)
        shown = view.strange.number
        self.strip.show_images(
            [self._picture(view, kind, number) for number in numbers],
            captions,
            numbers.index(shown) if shown in numbers and not view.drawn else -1,
            words,
        )

    def _picture(self, view: StrangeSeen, kind: str, number: int) -> QImage:
        image = _made(view.digits, kind, number, view.strange.seed)
        return digit_image(image, self.theme.grey_colours, view.digits.shape)

    def _choose(self, row: int, column: int) -> None:
        """A heading shows the kind, a cell those that fooled the reader, a name its design."""
        state, view = self.session.state, self.see(self.session.state)
        readers = view.readers
        if column < 0:
            if row >= 0 and readers[row].name in state.representatives:
                self.session.designs.choose(readers[row].name)
            return
        kind = list(kinds_for(material_of(state.digits)))[column]
        reader = readers[row].name if row >= 0 else None
        found = view.found
        number = 0 if kind != view.kind else state.strange.number
        if reader is not None and reader in found:
            most = fooled(found[reader].result[kind])
            number = int(most[0]) if most.size else number
        self.session.picking.look_at_specimen(kind=kind, reader=reader, number=number)

    def _choose_listed(self, place: int) -> None:
        if place < len(self._listed):
            self.session.picking.look_at_specimen(number=self._listed[place])

    def _make_others(self) -> None:
        seed = self.session.state.strange.seed
        self.session.picking.look_at_specimen(seed=seed + 1, number=0, reader=None)

    def step(self, direction: int) -> None:
        """PageDown and PageUp: the next and the previous image of those that are listed."""
        state = self.session.state
        count, here = KINDS[kind_of(state)].count, state.strange.number
        if state.strange.reader is not None and here in self._listed:
            place = self._listed.index(here) + direction
            if 0 <= place < len(self._listed):
                self.session.picking.look_at_specimen(number=self._listed[place])
            return
        self.session.picking.look_at_specimen(number=(here + direction) % count)


def _question(strange: SpecimenChoice) -> Inquiry[Mapping[str, Taken]]:
    return partial(JudgeSpecimens, seed=strange.seed)


@lru_cache(maxsize=256)
def _made(digits: ShownDigits, kind: str, number: int, seed: int) -> Bytes:
    """A specimen, made once while it is in sight."""
    return specimen(kind, number, seed, material_of(digits))
