"""What each output looks for: shapes of digits beside shapes of bits."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from PySide6.QtWidgets import QWidget

from nnviz.data.arrays import Bytes, Floats
from nnviz.data.digits import ShownDigits
from nnviz.networks.network import Network
from nnviz.networks.templates import LINEARISATIONS, templates
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.designs import words
from nnviz.ui.designs.code_table import bit_names
from nnviz.ui.designs.template_images import Panel, TemplateImages, TemplatesShown
from nnviz.ui.designs.tried import words_of_table
from nnviz.ui.kit.controls import choices, paragraph
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, row
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import own_limits, shared_limit
from nnviz.ui.pages.output_words import marks_of, shows_bits
from nnviz.ui.pages.page import MOVING, Page, seen
from nnviz.verdicts.verdict import Row, Verdict
from nnviz.words import percent, said_now

USUAL = "mean"
"""One of LINEARISATIONS."""
SHOWN = (0, 3, 8)
"""The classes that a room sees beside bits: of all ten none could be seen from the back."""


@dataclass(frozen=True)
class TemplatesSeen:
    """All that the view shows of a state."""

    running: bool
    design: str
    digits: ShownDigits
    pixels: Bytes
    shown_label: int | None
    output: int | None
    member: int
    own_scales: bool
    lecturing: bool
    answer_hidden: bool
    line: str
    """One of LINEARISATIONS, which stands for the hidden activation."""
    works: tuple[Work, ...] = field(metadata=MOVING)
    """The networks side by side."""
    seen: Work = field(metadata=MOVING)
    """The one of them on screen."""
    sure_verdict: Verdict = field(metadata=MOVING)
    """What that says of the digit."""


class TemplatesView(Page):
    """The read-out of two designs seen through their hidden layers."""

    id = "templates"
    title = words.TEMPLATES
    question = words.TEMPLATES_QUESTION
    of_weight_images = True

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-of-templates")
        self._line = USUAL
        self._slopes: dict[str, tuple[Network, str, Floats]] = {}
        self._panels: tuple[Panel, ...] = ()
        lines = {name: (each.label, each.help) for name, each in LINEARISATIONS.items()}
        self.choices = choices(lines, "line", self.choose_line, self)
        self.choices[self._line].setChecked(True)
        self.words = paragraph("template-words", plain=True)
        self.images = TemplateImages(theme)
        self.images.chosen.connect(lambda key: self._select(*key))
        bar = QWidget()
        bar.setLayout(row(*self.choices.values(), (self.words, 1), spacing=6))
        for_operator(bar)
        column(bar, (self.images, 1), of=self)
        self.setFocusProxy(self.images)
        self.use_theme(theme)

    def choose_line(self, name: str) -> None:
        """Has another of LINEARISATIONS stand for the hidden activation."""
        self._line = name
        self.choices[name].setChecked(True)
        self.look(self.session.state)

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> TemplatesSeen:
        line = USUAL if state.lecturing else self._line
        return seen(TemplatesSeen, state, line=line, works=_pair(state))

    def draw(self, view: TemplatesSeen, only_moving: bool) -> None:
        works, digits = view.works, view.digits
        verdicts = [_verdict(view, work) for work in works]
        rows = [_some_rows(view, each) for each in verdicts]
        if not only_moving:
            self._slopes.clear()
            self.words.setText(said_now(LINEARISATIONS[view.line].help))
            each = zip(works, verdicts, rows, strict=True)
            self._panels = tuple(_panel(view, *one) for one in each)
        found = [self._templates(view, *each) for each in zip(works, rows, strict=True)]
        limit = own_limits if view.own_scales else shared_limit
        limits = tuple(limit(each, digits.inked) for each in found)
        self.images.show_view(
            TemplatesShown(self._panels, tuple(found), limits, digits.inked, digits.shape)
        )

    def _templates(self, view: TemplatesSeen, work: Work, rows: Sequence[Row]) -> Floats:
        network = work.network
        outputs = np.array([row.output for row in rows], np.intp)
        signs = np.array([row.sign for row in rows], np.float32)
        return signs[:, None] * templates(network, self._slopes_of(view, work), outputs)

    def _slopes_of(self, view: TemplatesSeen, work: Work) -> Floats:
        """Those of the last slow tick: a mean over many digits is too much for every frame."""
        known = self._slopes.get(work.design)
        if known is None or known[1] != view.line or known[2].shape[1] != work.network.hidden:
            line = LINEARISATIONS[view.line]
            slopes = line.slopes(work.network, view.pixels, view.digits.images)
            known = (work.network, view.line, slopes)
            self._slopes[work.design] = known
        return known[2]

    def _select(self, design: str, output: int) -> None:
        state = self.session.state
        if design != state.design:
            self.session.designs.choose(design)
        self.session.change(output=None if self.session.state.output == output else output)


def _pair(state: State) -> tuple[Work, ...]:
    """The design on screen, and for contrast one that has classes for bits, or bits for classes."""
    shown = state.seen
    works = state.representatives.items()
    found = {name: work for name, work in works if work.network.front is None}
    classes = state.digits.classes

    def reads_bits(work: Work) -> bool:
        layout = work.layout(classes)
        return layout.has_bits and layout.fixed is None

    base = found.get(state.baseline)
    if reads_bits(shown):
        others = [base] if base and not reads_bits(base) else []
        others += [work for work in found.values() if not reads_bits(work)]
        return (*others[:1], shown)
    return (shown, *[work for work in found.values() if reads_bits(work)][:1])


def _verdict(view: TemplatesSeen, work: Work) -> Verdict:
    if work is view.seen:
        return view.sure_verdict
    return work.look(view.pixels, view.digits.classes)


def _some_rows(view: TemplatesSeen, verdict: Verdict) -> Sequence[Row]:
    """The outputs that are shown of a network."""
    rows = verdict.rows(view.digits.class_names, view.member)
    one_each = len(rows) == view.digits.classes > len(SHOWN)
    if not view.lecturing or not one_each:
        return rows
    return [rows[each] for each in SHOWN if each < len(rows)]


def _for_a_room(view: TemplatesSeen, panel: Panel, verdict: Verdict, rows: Sequence[Row]) -> Panel:
    """Without what the network says of the digit; below each bit the classes that have it."""
    names, layout = view.digits.class_names, verdict.evidence.layout
    everyone = [row.name for row in verdict.rows(names, view.member)]
    below = ("",) * len(rows)
    if layout.has_bits and len(layout.words) == len(rows):
        below = tuple(
            " ".join(name for name, bit in zip(names, word, strict=True) if bit > 0)
            for word in layout.words.tolist()
        )
    keys = tuple(everyone.index(row.name) for row in rows)
    none = (None,) * len(rows)
    return replace(panel, values=("",) * len(rows), marks=none, chosen=None, below=below, keys=keys)


def _panel(view: TemplatesSeen, work: Work, verdict: Verdict, rows: Sequence[Row]) -> Panel:
    layout, digits = verdict.evidence.layout, view.digits
    looks = "classes" if digits.shape[2] > 1 else "digits"
    names = [row.name for row in rows]
    if shows_bits(layout, rows):
        looks = "bits"
        if not view.lecturing:  # below small images there is room for their numbers alone
            names = list(bit_names(words_of_table(layout.words)))[: len(rows)]
    if layout.has_pairs and not layout.heads:
        names = [_against(digits, layout.table[row.output], row) for row in rows]
        looks = "pairs"
    panel = Panel(
        work.design,
        words.panel(work.design, looks, work.learned),
        tuple(names),
        tuple(percent(row.value, 0) for row in rows),
        marks_of(layout, rows, verdict.answer, view.shown_label),
        view.output if work.design == view.design else None,
    )
    if view.lecturing:
        return _for_a_room(view, panel, verdict, rows)
    if view.answer_hidden:
        return replace(panel, values=("",) * len(rows), marks=(None,) * len(rows))
    return panel


def _against(digits: ShownDigits, asked: np.ndarray, row: Row) -> str:
    """The two classes of a pair, the one of the row first."""
    rival = int((asked * row.sign).argmin())
    return f"{row.name} | {digits.class_names[rival]}"
