"""The schemes of a study: a list in their order, and the fields of the one chosen."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from nnviz.session.session import Session
from nnviz.session.state import TYPED
from nnviz.study.plan import SchemeEntry, Study
from nnviz.study.schemes import SCHEMES
from nnviz.ui.kit.controls import button
from nnviz.ui.kit.folding import Folding
from nnviz.ui.kit.layout import column, flow
from nnviz.ui.kit.table import Column, Row, Table, TableView, Words
from nnviz.ui.kit.theme import Theme
from nnviz.ui.study import words
from nnviz.ui.study.field_grid import FieldGrid
from nnviz.ui.study.fields import (
    HOW_IT_IS_MADE,
    HOW_IT_LEARNS,
    OF_A_SCHEME,
    value_of,
    with_value_of,
)

LABELS = {field.place: field.label for field in OF_A_SCHEME}
BESIDE = 800
"""Width on the design grid from which list and fields stand side by side"""
COLUMNS = (HOW_IT_LEARNS, HOW_IT_IS_MADE)


class SchemeForm(QWidget):
    """Every change goes to the session, which shows the plan anew."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._study: Study | None = None
        self._chosen = 0
        self.list = Table(
            theme, id="scheme-list", title=words.SCHEME_LIST, tip=words.SCHEME_LIST_TIP
        )
        self.list.chosen.connect(session.studies.plan.look_at)
        self.add = button(*words.ADD, self._add, "scheme-add")
        self.remove = button(*words.REMOVE, self._remove, "scheme-remove")
        self.up = button(*words.UP, partial(self._move, -1), "scheme-up")
        self.down = button(*words.DOWN, partial(self._move, 1), "scheme-down")
        first = SchemeEntry("", next(iter(SCHEMES)))
        self.grids = tuple(
            FieldGrid([(field, field.kind(first)) for field in fields], "scheme")
            for fields in COLUMNS
        )
        for grid in self.grids:
            grid.entered.connect(self._enter)
            grid.refused.connect(lambda sentence: session.say("error", sentence, about=TYPED))
        buttons = flow(self.add, self.remove, self.up, self.down)
        fields = QWidget()
        inside = Folding(theme, *((grid, 1) for grid in self.grids), beside=520, spacing=24)
        column(inside, 1, of=fields)
        left = column((self.list, 1), buttons)
        column(Folding(theme, (left, 4), (fields, 6), beside=BESIDE, spacing=24), of=self)

    def show_plan(self, study: Study, chosen: int) -> None:
        """Shows the schemes of a study, and the fields of one of them."""
        self._study, self._chosen = study, chosen
        name, how, trunk = words.SCHEME_HEADINGS
        self.list.show_view(
            TableView(
                (Column(name, 130, 2), Column(how, 120, 1), Column(trunk, 118)),
                tuple(_row(number, entry) for number, entry in enumerate(study.schemes)),
                chosen,
                row_heights=(32, 40),
            )
        )
        entry = study.schemes[chosen]
        for grid, fields in zip(self.grids, COLUMNS, strict=True):
            for field in fields:
                value, matters = value_of(entry, field.place), field.matters(study, entry)
                grid.show_value(field.place, field.kind(entry), value, matters)
        self.remove.setEnabled(len(study.schemes) > 1)
        self.up.setEnabled(chosen > 0)
        self.down.setEnabled(chosen < len(study.schemes) - 1)

    def _enter(self, place: str, value: Any) -> None:
        if self._study is None:
            return
        entry = with_value_of(self._study.schemes[self._chosen], place, value)
        self._put(self._study.schemes, words.change_of(LABELS[place]), self._chosen, entry)

    def _put(
        self, schemes: tuple[SchemeEntry, ...], what: str, chosen: int, entry: SchemeEntry
    ) -> None:
        """Puts a scheme in the place of the one chosen; comparisons follow its name."""
        assert self._study is not None
        old = schemes[chosen].name
        schemes = (*schemes[:chosen], entry, *schemes[chosen + 1 :])
        plan = tuple(
            replace(
                each,
                first=entry.name if each.first == old else each.first,
                second=entry.name if each.second == old else each.second,
            )
            for each in self._study.plan
        )
        self._session.studies.plan.edit(what, chosen, schemes=schemes, plan=plan)

    def _add(self) -> None:
        if self._study is None:
            return
        schemes, here = self._study.schemes, self._chosen
        names = {each.name for each in schemes}
        name = next(
            name
            for number in range(2, len(schemes) + 3)
            if (name := words.copied(schemes[here].name, number)) not in names
        )
        added = replace(schemes[here], name=name)
        schemes = (*schemes[: here + 1], added, *schemes[here + 1 :])
        self._session.studies.plan.edit(words.ADDING, here + 1, schemes=schemes)

    def _remove(self) -> None:
        if self._study is None:
            return
        schemes, here = self._study.schemes, self._chosen
        name = schemes[here].name
        plan = tuple(each for each in self._study.plan if name not in (each.first, each.second))
        schemes = (*schemes[:here], *schemes[here + 1 :])
        chosen = min(here, len(schemes) - 1)
        self._session.studies.plan.edit(words.REMOVING, chosen, schemes=schemes, plan=plan)

    def _move(self, by: int) -> None:
        if self._study is None:
            return
        schemes, here = list(self._study.schemes), self._chosen
        schemes.insert(here + by, schemes.pop(here))
        self._session.studies.plan.edit(words.MOVING, here + by, schemes=tuple(schemes))


def _row(number: int, entry: SchemeEntry) -> Row:
    scheme, trunk = SCHEMES[entry.scheme].label, words.TRUNKS[entry.trunk]
    cells = (Words(entry.name, bold=True), Words(scheme), Words(trunk, ink="muted"))
    said = words.scheme_told(entry.name, scheme, trunk)
    return Row(number, cells, tip=SCHEMES[entry.scheme].help, words=said)
