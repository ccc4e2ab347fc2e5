"""Not a digit: what each design answers to images that are none."""

from collections.abc import Mapping
from functools import partial

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from nnviz.data.arrays import Bytes
from nnviz.data.specimens import KINDS, SpecimenChoice
from nnviz.questions.readers import NAIVE, SURE, Reader, Said, said_by
from nnviz.questions.strangeness import MEASURES, JudgeSpecimens, Taken, fooled
from nnviz.session.asking import Inquiry, readers_of
from nnviz.session.entrants import name_now
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.draw import asked_words as words
from nnviz.ui.draw.likeness import LikenessBars, LikenessView, likeness
from nnviz.ui.draw.shown_to_room import DIGITS, for_room_with_naive
from nnviz.ui.draw.strange_seen import StrangeSeen, kind_of
from nnviz.ui.draw.strange_table import (
    Place,
    StrangeCell,
    StrangeColumn,
    StrangeRow,
    strange_table,
)
from nnviz.ui.kit.controls import button, choices
from nnviz.ui.kit.folding import Scrolled
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.image_panel import ImagePanel
from nnviz.ui.kit.in_lectures import for_operator, for_picture
from nnviz.ui.kit.layout import column, flow, low, row
from nnviz.ui.kit.seeing import Kept
from nnviz.ui.kit.strip import Strip, StripImage, StripView
from nnviz.ui.kit.table import Table
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.weight_images import digit_image
from nnviz.ui.pages.agreement import not_counted
from nnviz.ui.pages.compared import compare_button
from nnviz.ui.pages.page import Page, seen
from nnviz.words import number, percent, sentences

LARGE, LARGEST, TITLE = 70, 110, 27
"""Width of the image that all are asked about, also as it is shown to a room, and the height of
its title, on the design grid."""
LISTED = StripView(side=40, beside=24)
"""Sizes of the images of a kind, and of the answers beside them."""
MOST_LISTED = 40


class StrangeView(Page):
    """An image, what all say of it, and how they take a thousand of each kind."""

    id = "strange"
    of_digit = False
    title, question = words.STRANGE

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-strange")
        self._said = Kept[Said]()
        look = session.picking.look_at_specimen
        self.image = ImagePanel(theme, title=words.IMAGE[0], tip=words.IMAGE[1])
        self.previous = button("‹", words.PREVIOUS_TIP, lambda: self.step(-1), "strange-previous")
        self.previous.setAccessibleName(words.PREVIOUS)
        self.next = button("›", words.NEXT_TIP, lambda: self.step(1), "strange-next")
        self.next.setAccessibleName(words.NEXT)
        self.measures = choices(
            {name: (measure.label, measure.help) for name, measure in MEASURES.items()},
            "measure",
            lambda name: look(measure=name),
            self,
        )
        self.others = button(
            *words.OTHER_IMAGES,
            lambda: look(seed=session.state.strange.seed + 1, number=0, reader=None),
            "other-specimens",
        )
        self.drawing = button(
            *words.YOUR_DRAWING,
            lambda: look(drawn=not session.state.strange.drawn),
            "strange-drawing",
        )
        self.drawing.setCheckable(True)
        self.networks = low(compare_button(session))
        self.headline = Headline(theme)
        self.words = Headline(theme, TEXT, bold=False)
        self.columns: tuple[StrangeColumn, ...] = ()
        self.rows: tuple[StrangeRow, ...] = ()
        """Of the table."""
        title, tip = words.STRANGE_TABLE, words.STRANGE_TIP
        self.table = Table(theme, title=title, tip=tip, id="strange-table")
        self.table.chosen.connect(self._choose)
        self.strip = Strip(
            theme, LISTED, title=words.STRIP, tip=words.STRIP_TIP, id="specimen-strip"
        )
        self.strip.chosen.connect(lambda number: look(number=number))
        self.strip.resized.connect(lambda: self._list(self.see(session.state)))
        self.likeness = LikenessBars(theme)
        self.likeness.hide()
        ways = (self.previous, self.next)
        for_operator(*self.measures.values(), self.others, self.drawing, self.networks)
        for_picture(*ways)
        bar = flow(*ways, *self.measures.values(), self.others, self.drawing)
        head = row((self.headline, 1), self.networks)
        beside = column(bar, head, self.words, 1, spacing=2)
        top = row(self.image, (beside, 1), spacing=12)
        top.setAlignment(self.image, Qt.AlignmentFlag.AlignTop)
        parts = top, (Scrolled(self.table), 3), (self.likeness, 2), self.strip
        column(*parts, spacing=5, of=self)
        self.setFocusProxy(self.table)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self.image.setFixedSize(*self._image_size(self.session.state.lecturing))

    # ---- drawing ---------------------------------------------------------------------

    @staticmethod
    def ask(session: Session) -> None:
        session.inquiries.ask(_question(session.state.strange), naive=True)

    def see(self, state: State) -> StrangeSeen:
        readers = readers_of(state, naive=True)
        return seen(
            StrangeSeen,
            state,
            kind=kind_of(state),
            drawing=state.drawn,
            found=self.session.inquiries.answers(_question(state.strange), naive=True),
            alike=state.alike_to(state.design),
            chosen=_chosen(state),
            readers=for_room_with_naive(readers, state.design) if state.lecturing else readers,
        )

    def draw(self, view: StrangeSeen, only_moving: bool) -> None:
        if only_moving:
            return
        self.ask(self.session)
        image, title = view.image(view.kind, view.number), words.image_title(view.kind, view.number)
        if view.drawn is not None:
            image, title = view.drawn, words.YOURS
        self.drawing.setEnabled(view.drawing is not None)
        self.drawing.setChecked(view.drawn is not None)
        self.image.show_ink((image / 255).astype(np.float32), view.digits.shape)
        self.image.say(title)
        for name, made in self.measures.items():
            made.setChecked(name == view.strange.measure)
        for way in (self.previous, self.next):
            way.setEnabled(KINDS[view.kind].count > 1)
        large = view.lecturing and _bars(view) is None
        self.image.setFixedSize(*self._image_size(large))
        said = {reader.name: self._answer(reader, image) for reader in view.readers}
        self._say(view, said)
        self.words.setVisible(not view.lecturing)
        told = sentences(self.headline.text, self.words.text)
        self.columns = tuple(
            StrangeColumn(name, kind.label, self._picture(view, name, 0), name == view.kind)
            for name, kind in view.kinds.items()
        )
        self.rows = strange_rows(view, said)
        chosen = "" if view.reader is None else view.reader.name, view.kind
        self.table.show_view(strange_table(self.columns, self.rows, chosen, told))
        self._list(view)

    def _say(self, view: StrangeSeen, said: Mapping[str, Said]) -> None:
        """The sentences above the table."""
        counted = view.counted
        others = not_counted(len(view.readers) - len(counted))
        if view.answer_hidden:
            self.headline.say(words.HIDDEN)
            self.words.say(KINDS[view.kind].help)
        else:
            self.headline.say(sentences(words.of_specimen(counted, said), others))
            self.words.say(_sentence(view))

    def _image_size(self, large: bool) -> tuple[int, int]:
        side = self.theme.px(LARGEST if large else LARGE)
        return side, side + self.theme.px(TITLE)

    def _answer(self, reader: Reader, image: Bytes) -> Said:
        """What a reader says of an image (inputs,); asked again only where something differs."""
        parts = (reader, image.tobytes())
        return self._said.get(reader.name, parts, lambda: said_by(reader, image[None]))

    # ---- images of a kind ------------------------------------------------------------

    def _list(self, view: StrangeSeen) -> None:
        """Those that fooled the chosen reader, else the first of the kind."""
        kind, reader = view.kind, None if view.answer_hidden else view.reader
        bars = _bars(view)
        if bars is not None:
            self.likeness.show_view(bars)
        self.likeness.setVisible(bars is not None)
        self.strip.setVisible(bars is None and not view.lecturing)
        room = min(MOST_LISTED, self.strip.capacity)
        numbers = list(range(min(room, KINDS[kind].count)))
        captions, told = [""] * len(numbers), words.first_of_kind(kind, len(numbers))
        if reader is not None and reader.name in view.found:
            taken = view.taken[reader.name][kind]
            numbers = fooled(taken)[:room].tolist()
            captions = [reader.named(int(taken.answers[number])) or "–" for number in numbers]
            told = words.fooling(reader, len(numbers))
        images = tuple(
            StripImage(
                number,
                self._picture(view, kind, number),
                caption,
                read_out=words.image_title(kind, number),
            )
            for number, caption in zip(numbers, captions, strict=True)
        )
        chosen = view.strange.number if view.drawn is None else None
        self.strip.show_view(
            StripView(images, chosen, told, side=LISTED.side, beside=LISTED.beside)
        )

    def _picture(self, view: StrangeSeen, kind: str, number: int) -> QImage:
        greys = self.theme.grey_colours
        return digit_image(view.image(kind, number), greys, view.digits.shape)

    def _choose(self, place: str | Place) -> None:
        """A heading shows the kind, a cell those that fooled the reader, a name its design."""
        state, view = self.session.state, self.see(self.session.state)
        if place in state.entrants:
            self.session.designs.choose(str(place))
            return
        name, kind = ("", place) if isinstance(place, str) else place
        if kind not in view.kinds:  # the name of a network that is no design
            return
        number = 0 if kind != view.kind else state.strange.number
        if name in view.found:
            most = fooled(view.taken[name][kind])
            number = int(most[0]) if most.size else number
        reader = state.keeping(name) if name else None
        self.session.picking.look_at_specimen(kind=kind, reader=reader, number=number)

    def step(self, direction: int) -> None:
        """PageDown and PageUp: the next and the previous image of those that are listed."""
        state, look = self.session.state, self.session.picking.look_at_specimen
        here, listed = state.strange.number, [each.key for each in self.strip.view.images]
        if _chosen(state) and here in listed:
            place = listed.index(here) + direction
            if 0 <= place < len(listed):
                look(number=listed[place])
            return
        kinds, kind = list(self.see(state).kinds), kind_of(state)
        count = KINDS[kind].count
        if count > 1:
            look(number=(here + direction) % count)
        else:  # the next kind
            look(kind=kinds[(kinds.index(kind) + direction) % len(kinds)], number=0)


def _bars(view: StrangeSeen) -> LikenessView | None:
    """What the chosen reader says of each digit, where it knows two and digits are looked at."""
    reader, kind = None if view.answer_hidden else view.reader, view.kind
    if reader is None or reader.name not in view.taken or not KINDS[kind].digit:
        return None
    return likeness(reader, view.taken[reader.name][kind], view.digits)


def _sentence(view: StrangeSeen) -> str:
    """How readers take a thousand of the kind."""
    readers, taken, reader = view.readers, view.taken, view.reader
    answered = sum(each.name in taken for each in readers)
    if answered < len(readers):
        return words.strange_asking(view.engine, answered, len(readers))
    if reader is not None:
        return words.of_cell(reader, view.kind, taken[reader.name])
    return words.of_kind(view.counted, view.kind, view.strange.measure, taken)


def strange_rows(view: StrangeSeen, said: Mapping[str, Said]) -> tuple[StrangeRow, ...]:
    """A row for each reader: what it says of the image on screen, and how it takes all kinds."""
    listed = view.chosen, view.kind
    first_naive = next((reader.name for reader in view.readers if reader.name in NAIVE), "")
    a_digit = KINDS[view.kind].digit or view.drawn is not None
    rows: list[StrangeRow] = []
    for reader in view.readers:
        one, taken = said[reader.name], view.taken.get(reader.name)
        strongest = float(one.strongest[0])
        knows_all = reader.only is None and reader.class_names == view.digits.class_names
        rows.append(
            StrangeRow(
                reader.name,
                reader.label,
                words.UNKNOWN if view.answer_hidden else reader.named(int(one.answers[0])),
                "" if view.answer_hidden else words.strength(strongest),
                strongest > SURE and not a_digit and not view.answer_hidden,
                tuple(
                    _cell(
                        view.strange.measure, kind, taken, knows_all, listed == (reader.name, kind)
                    )
                    for kind in view.kinds
                )
                if not view.answer_hidden
                else (None,) * len(view.kinds),
                reader.name == view.design,
                reader.name == first_naive and bool(rows),
                view.own_names.get(reader.name, ""),
            )
        )
    return tuple(rows)


def _cell(
    measure: str, kind: str, taken: Mapping[str, Taken] | None, knows_all: bool, chosen: bool
) -> StrangeCell | None:
    """`knows_all`: to who knows some classes only, most digits are as strange as the rest."""
    if taken is None or kind not in taken:
        return None
    if measure == "auroc" and kind == DIGITS:
        return StrangeCell("–", 0, True, chosen)
    value = MEASURES[measure].of(taken[kind], taken[DIGITS])
    shown, amount = percent(value, 0), value
    if measure == "auroc":
        amount = 2 * value - 1
    elif KINDS[kind].count == 1:
        shown = words.YES if value else words.NO
    good = MEASURES[measure].bad == (KINDS[kind].digit and knows_all)
    return StrangeCell(shown, amount, good, chosen, number(100 * value))


def _chosen(state: State) -> str:
    """The reader that was chosen, as it is called now."""
    wanted = state.strange.reader or ""
    return wanted if wanted in NAIVE else name_now(wanted, state.entrants)


def _question(strange: SpecimenChoice) -> Inquiry[Mapping[str, Taken]]:
    return partial(JudgeSpecimens, seed=strange.seed)
