"""Rule against rule: which digits one way to count the pairs rescues, and which it loses."""

from dataclasses import dataclass, field

from nnviz.data.digits import ShownDigits
from nnviz.networks.designs import DESIGNS, ONE_NETWORK
from nnviz.questions.comparison import Said
from nnviz.questions.heaps import heaps_of
from nnviz.questions.judged import Judge, Judged
from nnviz.questions.votes import RULES, SurveyVotes, VoteSurvey
from nnviz.session.known import Known
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.kit.controls import combo_box, offer
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, row
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.against_one import UNLIKE, no_base
from nnviz.ui.pages.conclusion import answer_to
from nnviz.ui.pages.heaps import HeapsPanel, HeapsView
from nnviz.ui.pages.page import MOVING, Page
from nnviz.ui.votes import words

NAMES = {**words.RULE_NAMES, ONE_NETWORK: DESIGNS[ONE_NETWORK].label}


@dataclass(frozen=True)
class AgainstSeen:
    """All that the view shows of a state."""

    running: bool
    engine: str
    digits: ShownDigits
    test_digit: int
    compared: tuple[str, str]
    """Two of RULES, or ONE_NETWORK."""
    found: Known[VoteSurvey] | None
    judged: Judged | None
    """What ONE_NETWORK says, where it is compared."""
    hidden: bool
    base: Work | None
    """The network that stands for ONE_NETWORK."""
    work: Work = field(metadata=MOVING)


class RuleAgainstRule(Page):
    """Two heaps; two boxes choose what is compared."""

    id = "rules"
    title = words.VIEWS["rules"]
    question = words.VIEWS_AND_HELP["rules"][1]

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.last = combo_box("last-rule", words.LAST_RULE, words.LAST_RULE_TIP, self._choose)
        self.first = combo_box("first-rule", words.FIRST_RULE, words.FIRST_RULE_TIP, self._choose)
        self.panel = HeapsPanel(theme, "votes")
        self.panel.heaps.chosen.connect(lambda image: session.change(image=image))
        for_operator(self.last, self.first)
        column(row(self.last, self.first, 1), (self.panel, 1), spacing=4, of=self)
        self.setFocusProxy(self.panel)
        self.use_theme(theme)

    def _choose(self, _chosen: object) -> None:
        both = self.first.currentData(), self.last.currentData()
        self.session.choose("votes", compared=both)

    @staticmethod
    def ask(session: Session) -> None:
        session.surveys.ask(SurveyVotes)
        if ONE_NETWORK in session.state.votes.compared:
            session.designs.load_once(ONE_NETWORK)
            state = session.state.here
            base = state.representatives.get(ONE_NETWORK)
            if base is not None and base.learned and not state.learns:
                session.answers.get(Judge(base.asked()))

    def see(self, state: State) -> AgainstSeen:
        state, found = state.here, self.session.surveys.found(SurveyVotes)
        compared, base = state.votes.compared, state.representatives.get(ONE_NETWORK)
        asked = ONE_NETWORK in compared and base is not None and base.learned
        return AgainstSeen(
            running=state.learns,
            engine=state.engine,
            digits=state.digits,
            test_digit=state.test_digit,
            compared=compared,
            found=found,
            judged=answer_to(self.session, Judge(base.asked())) if base and asked else None,
            hidden=state.answer_hidden,
            base=base,
            work=state.work,
        )

    def draw(self, view: AgainstSeen, only_moving: bool) -> None:
        if only_moving:  # a run that goes on is asked at slow ticks
            return
        first, last = view.compared
        items = [(name, key) for key, name in NAMES.items()]
        offer(self.first, items, first)
        offer(self.last, items, last)
        self.ask(self.session)
        sides = self._said(view, first), self._said(view, last)
        heaps, why = None, words.ASKING
        if sides[0] is not None and sides[1] is not None:
            heaps, why = heaps_of(sides[0], sides[1], view.digits.labels), UNLIKE
        elif ONE_NETWORK in view.compared and view.base is None:
            why = no_base(ONE_NETWORK)
        shown = HeapsView(view.digits, heaps, view.test_digit, view.hidden)
        self.panel.show_heaps(shown, why, words.instead(NAMES[first], NAMES[last]))

    def _said(self, view: AgainstSeen, name: str) -> Said | None:
        """What is said of all digits under a name, as far as it is known."""
        if name in RULES:
            found = view.found
            if found is None:
                return None
            answers = found.result.answers[:, RULES.index(name)]
            return Said(answers, view.work.taught(view.digits), view.work.network)
        if view.judged is None or view.base is None:
            return None
        return Said(view.judged.answers, view.base.taught(view.digits), view.base.network)
