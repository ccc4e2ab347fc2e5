"""From ten outputs to four bits by the book's exercise, without learning anything."""

from dataclasses import dataclass, field, replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from nnviz.data.arrays import Bytes
from nnviz.data.digits import ShownDigits
from nnviz.networks.bit_layer import BIT_WEIGHTS, bit_layer, guarantee, met
from nnviz.networks.designs import DESIGNS
from nnviz.questions.bits import BitLayerSurvey, SurveyBitLayer
from nnviz.session.known import Known
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.kit.bit_layer_picture import BitLayerPicture, BitLayerView, natural_bit_names
from nnviz.ui.kit.buttons import button
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import MOVING, Page
from nnviz.verdicts.verdict import Verdict

SHOWN = next(name for name, design in DESIGNS.items() if design.fixed is not None)
"""The design that has such a layer."""
BESIDE = 900
"""Width on the design grid from which the promise stands beside the switch."""
HELP = {
    "plus-minus": "Weight +1 where the bit is set, −1 where it is not, and no bias.",
    "zero-one": "Weight 1 where the bit is set, else 0, and a bias of −0.5.",
}
NOTHING = (
    "No network with one output for each digit is open: choose such a design in the switch above."
)


@dataclass(frozen=True)
class BitLayerSeen:
    """All that the view shows of a state."""

    running: bool
    engine: str
    digits: ShownDigits
    pixels: Bytes
    label: int | None
    kind: str
    """One of BIT_WEIGHTS."""
    found: Known[BitLayerSurvey] | None
    work: Work | None = field(metadata=MOVING)
    """The network whose outputs the layer gets, if there is one."""
    verdict: Verdict | None = field(metadata=MOVING)
    """What it says of the digit, where it is the one on screen."""


class BitLayerPage(Page):
    """The layer with the digit's own numbers, its promise, and how often that holds."""

    id = SHOWN
    title = DESIGNS[SHOWN].label
    question = "Can an untrained layer turn ten outputs into four bits? The book's exercise."

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-bit-layer-page")
        self._choices = QButtonGroup(self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._switch = QHBoxLayout()
        self._row.addLayout(self._switch)
        for kind, words in BIT_WEIGHTS.items():
            choice = button(words, HELP[kind], name=f"bit-weights-{kind}")
            choice.setCheckable(True)
            choice.clicked.connect(
                lambda _=False, kind=kind: session.controls.set(bit_weights=kind)
            )
            self._choices.addButton(choice)
            self._switch.addWidget(choice)
        self._switch.addStretch(1)
        self.promise = _label("promise", "Under the exercise's assumption.")
        self._row.addWidget(self.promise, 1)
        self.picture = BitLayerPicture(theme)
        self.nothing = _label("nothing", NOTHING)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setText(NOTHING)
        self.nothing.hide()
        self._panel = QFrame()
        self._panel.setAutoFillBackground(True)
        self._panel.setBackgroundRole(QPalette.ColorRole.Button)
        self._facts = QHBoxLayout(self._panel)
        self.met = _label("met", "How often real outputs are what the exercise assumes.")
        self.accuracy = _label("bit-accuracy", "Test digits right, on the same outputs.")
        self.lost = _label("lost", "Where the textbook's layer of 0 and 1 fails.")
        for fact, stretch in ((self.met, 4), (self.accuracy, 4), (self.lost, 5)):
            self._facts.addWidget(fact, stretch)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        self._column.addWidget(self.picture, 1)
        self._column.addWidget(self.nothing, 1)
        self._column.addWidget(self._panel)
        self.setFocusProxy(self.picture)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._row.setSpacing(theme.px(8))
        self._switch.setSpacing(theme.px(8))
        self._facts.setContentsMargins(theme.px(14), theme.px(4), theme.px(14), theme.px(4))
        self._facts.setSpacing(theme.px(24))
        for choice in self._choices.buttons():
            choice.setStyleSheet(theme.button_style())
        for label in (self.promise, self.met, self.accuracy, self.lost):
            label.setFont(theme.font())
        self.nothing.setFont(theme.font(28))
        self._panel.setMinimumHeight(theme.px(92))
        self.picture.use_theme(theme)
        if self.isVisible():
            self._write(self._seen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        beside = self.width() >= self.theme.px(BESIDE)
        self._row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    def see(self, state: State) -> BitLayerSeen:
        work, survey = _one_hot_work(state), self.session.surveys.found
        return BitLayerSeen(
            running=state.running,
            engine=state.engine,
            digits=state.digits,
            pixels=state.pixels,
            label=state.shown_label,
            kind=state.settings.bit_weights,
            found=None if work is None else survey(SurveyBitLayer, work),
            work=work,
            verdict=state.sure_verdict if work is state.seen else None,
        )

    def draw(self, view: BitLayerSeen, only_moving: bool) -> None:
        shown, work = self.picture.view, view.work
        if only_moving and shown is not None and work is not None:
            # bars follow at once; numbers only as fast as they can be read
            self.picture.show_view(replace(shown, bars=_outputs(view, work)))
            return
        self.picture.setVisible(work is not None)
        self.nothing.setVisible(work is None)
        self._panel.setVisible(work is not None)
        self.picture.show_view(None if work is None else _picture(view, work))
        self.picture.setAccessibleDescription(self.picture.in_words())
        self._write(view)

    def _write(self, view: BitLayerSeen) -> None:
        kind, classes, work, told = view.kind, view.digits.classes, view.work, view.found
        for name, choice in zip(BIT_WEIGHTS, self._choices.buttons(), strict=True):
            choice.setChecked(name == kind)
        promised = guarantee(kind, classes)
        self.promise.setText(
            f"Right output ≥ 0.99, the others &lt; 0.01: "
            f"all sums ≥ <b>{promised.margin:.2f}</b> from 0, and "
            f"weights × <b>{promised.scale:.2f}</b> make each bit &gt; 0.99 or &lt; 0.01."
        )
        if work is None:
            return
        self.session.surveys.ask(SurveyBitLayer, work=work)
        if told is None:
            waits = "Asking all test digits …" if work.learned else "Not trained yet: press Run."
            self.met.setText(waits)
            self.accuracy.clear()
            self.lost.clear()
        else:
            self._write_survey(told.result, kind)

    def _write_survey(self, found: BitLayerSurvey, kind: str) -> None:
        big = f'<span style="font-size:{self.theme.px(34)}px; font-weight:600">'
        self.met.setText(
            f"{big}{_percent(found.met, found.images, 0)}</span> of {found.images:,} "
            f"test digits meet that assumption"
        )
        rows = [
            (f"{words.split(',')[0]}", found.right[name], name == kind)
            for name, words in BIT_WEIGHTS.items()
        ]
        rows.append(("strongest output", found.strongest_right, False))
        self.accuracy.setText(
            "<table>"
            + "".join(
                f"<tr><td>{_bold(words, chosen)}&nbsp;&nbsp;</td>"
                f"<td align=right>{_bold(_percent(right, found.images), chosen)}</td></tr>"
                for words, right, chosen in rows
            )
            + "</table>"
        )
        if found.lost:
            them = "of them " if found.lost > 1 else ""
            faint = f"in {_percent(found.lost_faint, found.lost, 0)} {them}no output exceeds 0.5"
        else:
            faint = "the sums always suffice"
        digits = "digit" if found.lost == 1 else "digits"
        self.lost.setText(
            f"{big}{found.lost:,}</span> {digits}: the strongest output is right, "
            f"0 and 1 is wrong; {faint}"
        )


def _percent(part: int, whole: int, places: int = 1) -> str:
    return f"{100 * part / whole:.{places}f} %"


def _bold(words: str, bold: bool) -> str:
    return f"<b>{words}</b>" if bold else words


def _label(name: str, tooltip: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setToolTip(tooltip)
    label.setWordWrap(True)
    return label


def _one_hot_work(state: State) -> Work | None:
    """The network on screen if each output speaks for one class, else that of a design with
    a layer of its own."""
    if state.layout.one_hot:
        return state.seen
    everyone = state.representatives.values()
    fixed = (work for work in everyone if work.layout(state.digits.classes).fixed is not None)
    return next(fixed, None)


def _outputs(view: BitLayerSeen, work: Work) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """(classes,): what speaks for each, of the digit on screen."""
    verdict = view.verdict or work.look(view.pixels, view.digits.classes)
    return verdict.scores.astype(np.float32)


def _picture(view: BitLayerSeen, work: Work) -> BitLayerView:
    outputs, label, digits = _outputs(view, work), view.label, view.digits
    # of a drawing, whose class nobody knows, the strongest output is to come through
    wanted = int(outputs.argmax()) if label is None else label
    layer = bit_layer(view.kind, digits.classes, 1.0)
    return BitLayerView(
        digits.class_names,
        outputs,
        outputs,
        layer,
        natural_bit_names(len(layer.biases)),
        guarantee(view.kind, digits.classes),
        label,
        bool(met(outputs[None], np.array([wanted], np.uint8))[0]),
    )
