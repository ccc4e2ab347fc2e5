"""How often elimination changes the answer, and how many heads can be saved."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nnviz.data.digits import ShownDigits
from nnviz.questions.elimination import Saving, SurveySavings
from nnviz.session.known import Known
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.elimination import savings_words as words
from nnviz.ui.elimination.savings_figure import SavingsFigure, SavingsView
from nnviz.ui.elimination.words import ASKING, HIDDEN, probability, variant_in_words
from nnviz.ui.kit.canvas import LEFT, RIGHT
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.layout import column, row
from nnviz.ui.kit.table import Column, Row, Table, TableView, Words, number_cell
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import MOVING, LiveSurvey, Page, seen, when_asked
from nnviz.verdicts.answers import Options
from nnviz.words import number, percent, sentences

WIDTHS = (168, 104, 56, 70, 54, 66, 80)
"""Of the columns on the design grid."""
EDGE = 64
"""What the table is wider than its columns, on the design grid."""
IN_LECTURES = (0, 4, 5, 6)
"""Columns that are there before a room."""
TOLD = (Options(), Options(below=0.01), Options(below=0.1))
"""Rows that are there before a room."""
ROW = 38
"""Height of its rows on the design grid, at most."""


@dataclass(frozen=True)
class SavingsSeen:
    """All that the view shows of a state."""

    running: bool
    engine: str
    digits: ShownDigits
    heads: bool
    """Whether sets of classes have heads of their own."""
    options: Options
    lecturing: bool
    hidden: bool
    found: Known[tuple[Saving, ...]] | None
    when: str
    work: Work = field(metadata=MOVING)


class SavingsOfVariants(Page):
    """One figure, and the same numbers as a table whose rows choose the variant."""

    id = "savings"
    title = words.SAVINGS
    question = words.SAVINGS_QUESTION

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.live = LiveSurvey(session, SurveySavings)
        self.headline = Headline(theme)
        self.headline.set_lines(2)
        self.figure = SavingsFigure(theme)
        self.table = Table(
            theme, title=words.SAVINGS_TABLE, tip=words.SAVINGS_TABLE_TIP, id="savings-table"
        )
        self.table.chosen.connect(self._choose)
        both = row((self.figure, 1), self.table, spacing=10)
        column(self.headline, (both, 1), spacing=4, of=self)
        self.setFocusProxy(self.table)
        self.use_theme(theme)

    @staticmethod
    def ask(session: Session) -> None:
        session.surveys.ask(SurveySavings)

    def see(self, state: State) -> SavingsSeen:
        found, state = self.session.surveys.found(SurveySavings), state.here
        when = when_asked(state, found) if found is not None else ""
        heads, learns = bool(state.layout.heads), state.learns
        own = {"running": learns, "heads": heads, "hidden": state.answer_hidden}
        return seen(SavingsSeen, state, found=found, when=when, **own)

    def slow_tick(self, state: State) -> None:
        self.live.tick()

    def draw(self, view: SavingsSeen, only_moving: bool) -> None:
        if only_moving:  # a run that goes on is asked at slow ticks
            return
        self.ask(self.session)
        if view.found is None or view.hidden:
            self.table.show_nothing()
            self.figure.show_nothing()
            self.headline.say(HIDDEN if view.hidden else ASKING)
            return
        savings = view.found.result
        said = sentences(view.when, words.savings_heading(savings, view.heads))
        self.headline.say(said)
        shown, columns = savings, tuple(range(len(WIDTHS)))
        if view.lecturing:
            shown, columns = _for_a_room(savings, view.options), IN_LECTURES
        width = self.theme.px(sum(WIDTHS[each] for each in columns) + EDGE)
        self.table.setFixedWidth(width)
        self.figure.show_view(SavingsView(shown, view.options, said, alone=view.lecturing))
        table = table_of(shown, savings[1], view.options, view.digits.classes, said)
        self.table.show_view(of_columns(table, columns))

    def _choose(self, key: object) -> None:
        if isinstance(key, Options):
            self.session.change(options=key)


def _for_a_room(savings: tuple[Saving, ...], chosen: Options) -> tuple[Saving, ...]:
    """Three rows, and the one in use if it is another."""
    wanted = (*TOLD, chosen)
    return tuple(each for each in savings if each.options in wanted)


def of_columns(table: TableView, columns: Sequence[int]) -> TableView:
    """Some of the columns alone."""
    rows = tuple(
        replace(each, cells=tuple(each.cells[at] for at in columns)) for each in table.rows
    )
    return replace(table, columns=tuple(table.columns[at] for at in columns), rows=rows)


def table_of(
    savings: tuple[Saving, ...], whole: Saving, chosen: Options, classes: int, said: str
) -> TableView:
    """One row for each variant, with what it saves against `whole`; the one in use is selected."""
    columns = tuple(
        Column(heading, width, 0 if place else 1, RIGHT if place else LEFT, tip)
        for place, ((heading, tip), width) in enumerate(zip(words.COLUMNS, WIDTHS, strict=True))
    )
    rows = tuple(_row(saving, whole, chosen, classes) for saving in savings)
    return TableView(columns, rows, chosen, words=said, row_heights=(28, ROW))


def _row(saving: Saving, whole: Saving, chosen: Options, classes: int) -> Row:
    options, saved = saving.options, saving.taken.saved(whole.taken)
    name = words.no_walk(classes) if options is None else variant_in_words(options)
    numbers = (
        percent(saved.multiply_adds),
        percent(saved.heads, 0),
        percent(saved.outputs, 0),
        number(saving.taken.heads, 1),
        percent(saving.accuracy),
        probability(saving.changed),
    )
    return Row(
        options or name,
        (Words(name), *map(number_cell, numbers)),
        words=words.variant_with_numbers(name, numbers),
        frame="focus" if options == chosen else "",
    )
