"""What a study sets out to judge: every scheme against the first, or pairs of one's own."""

from PySide6.QtWidgets import QLabel, QWidget

from nnviz.session.session import Session
from nnviz.study.plan import Comparison, Study
from nnviz.ui.kit.controls import button, combo_box, offer, paragraph
from nnviz.ui.kit.layout import column, flow, sized
from nnviz.ui.kit.table import Column, Row, Table, TableView, Words
from nnviz.ui.kit.theme import Theme
from nnviz.ui.study import words


class ComparisonForm(QWidget):
    """Pairs are chosen by two boxes, and taken out of the list."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._study: Study | None = None
        self._chosen = 0
        self._first, self._second = "", ""
        self.first = combo_box("comparison-first", *words.FIRST_SCHEME, self._choose_first)
        self.second = combo_box("comparison-second", *words.SECOND_SCHEME, self._choose_second)
        self.add = button(*words.ADD_PAIR, self._add, "comparison-add")
        self.remove = button(*words.REMOVE_PAIR, self._remove, "comparison-remove")
        self.usual = button(*words.USUAL_PAIRS, self._use_all, "comparison-usual")
        self.list = Table(
            theme, id="comparison-list", title=words.COMPARISON_LIST, tip=words.COMPARISON_TIP
        )
        self.list.chosen.connect(self._look_at)
        minus = QLabel(words.MINUS)
        for box in (self.first, self.second):
            sized(box, least_width=150)
        column(
            flow(self.first, minus, self.second, self.add, self.remove, self.usual),
            (self.list, 1),
            paragraph("comparison-words", text=words.HOLM, plain=True),
            of=self,
        )

    def show_plan(self, study: Study) -> None:
        """Shows what a study compares."""
        self._study = study
        pairs = study.comparisons
        self._chosen = max(0, min(self._chosen, len(pairs) - 1))
        names = [each.name for each in study.schemes]
        if self._first not in names:
            self._first = names[-1]
        if self._second not in names:
            self._second = names[0]
        items = [(name, name) for name in names]
        offer(self.first, items, self._first)
        offer(self.second, items, self._second)
        heading = words.compared_with_first(names[0]) if not study.plan else words.CHOSEN_PAIRS
        self.list.show_view(
            TableView(
                (Column(heading, 300, 1),),
                tuple(_row(number, each) for number, each in enumerate(pairs)),
                self._chosen,
                words="" if pairs else words.NO_PAIRS,
                row_heights=(32, 40),
            )
        )
        pair = Comparison(self._first, self._second)
        turned = Comparison(self._second, self._first)
        self.add.setEnabled(self._first != self._second and not {pair, turned} & set(pairs))
        self.remove.setEnabled(len(pairs) > 1)
        self.usual.setEnabled(bool(study.plan))

    def _choose_first(self, name: str) -> None:
        self._first = name
        self._show_again()

    def _choose_second(self, name: str) -> None:
        self._second = name
        self._show_again()

    def _look_at(self, number: int) -> None:
        self._chosen = number
        self._show_again()

    def _show_again(self) -> None:
        if self._study is not None:
            self.show_plan(self._study)

    def _edit(self, pairs: tuple[Comparison, ...]) -> None:
        self._session.studies.plan.edit(words.PAIRS, plan=pairs)

    def _add(self) -> None:
        if self._study is not None:
            self._edit((*self._study.comparisons, Comparison(self._first, self._second)))

    def _remove(self) -> None:
        if self._study is not None:
            pairs = self._study.comparisons
            self._edit((*pairs[: self._chosen], *pairs[self._chosen + 1 :]))

    def _use_all(self) -> None:
        self._edit(())


def _row(number: int, pair: Comparison) -> Row:
    said = words.pair(pair.first, pair.second)
    return Row(number, (Words(said),), words=said)
