"""Ten in one: separate networks are one large network with most wires of the last layer cut."""

from dataclasses import dataclass, field

from nnviz.data.digits import ShownDigits
from nnviz.networks.designs import SEPARATE
from nnviz.networks.layouts import layout_of
from nnviz.networks.settings import Settings
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.designs import size_words as words
from nnviz.ui.designs.wires_picture import CUT, WiresPicture, WiresView
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, row
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import MOVING, Page, seen
from nnviz.ui.pages.player import Player, show_step


@dataclass(frozen=True)
class WiresSeen:
    """All that the view shows of a state."""

    running: bool
    digits: ShownDigits
    step: int | None
    work: Work | None = field(metadata=MOVING)
    """The network of the design, if there is one"""


class WiresOfSeparate(Page):
    """At first one network, after the last step ten."""

    id = "wires"
    title = words.WIRES
    question = words.WIRES_QUESTION

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-of-wires")
        self.told = Headline(theme, size=26)
        self.picture = WiresPicture(theme)
        self.player = Player(self._show)
        for_operator(self.player)
        column(self.told, (self.picture, 1), row(1, self.player), of=self)
        self.setFocusProxy(self.picture)
        self.use_theme(theme)

    def _show(self, step: int | None) -> None:
        show_step(self.session, step, CUT)

    def step(self, direction: int) -> None:
        stage = self.picture.view.stage + direction
        if 0 <= stage <= CUT:
            self._show(stage)
        else:
            super().step(direction)

    def see(self, state: State) -> WiresSeen:
        return seen(WiresSeen, state, work=state.representatives.get(SEPARATE))

    def draw(self, view: WiresSeen, only_moving: bool) -> None:
        if only_moving and self.picture.view is not None:
            return
        classes = view.digits.classes
        settings = Settings().change(design=SEPARATE) if view.work is None else view.work.judged_by
        layout = layout_of(settings, classes)
        shown = WiresView(
            view.digits.class_names,
            tuple(layout.networks.tolist()),
            settings.hidden,
            view.digits.inputs,
            CUT if view.step is None else min(view.step, CUT),
        )
        self.player.show_steps(shown.stage, CUT)
        self.told.say(self.picture.words(shown))
        self.picture.show_view(shown)
