"""The runs that earlier programs left, to go on with or to let go."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QScrollArea, QWidget

from nnviz.data.catalogue import label_of
from nnviz.networks.designs import DESIGNS
from nnviz.session.autosave import LeftBehind, age_in_words
from nnviz.session.survival import Survival
from nnviz.ui.app.words import CANCEL
from nnviz.ui.kit.controls import CheckBox, button, paragraph
from nnviz.ui.kit.layout import column, dress, flow, muted, shaped, sized
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.questions import ask
from nnviz.words import number, percent, tr, tr_n

NOTHING_LEFT = tr("No earlier nnviz has left a run to continue.")
TITLE = tr("Interrupted runs")
COLUMNS = (
    tr("learned last"),
    tr("design"),
    tr("test accuracy"),
    tr("epochs"),
    tr("digits"),
    tr("how it was left"),
)
INTERRUPTED, UNSAVED = tr("interrupted"), tr("left unsaved")
GO_ON = tr("Continue ticked")
GO_ON_TIP = tr("Open the ticked runs as they stood; Run goes on exactly from there.")
FORGET = tr("Forget ticked")
FORGET_TIP = tr("Take the files of the ticked runs away, after a question.")
LATER_TIP = tr("Leave them all for another time (Esc).")
WIDTH, LIST = 680, 320
"""Least width of the list on the design grid, and the height from which it scrolls."""


class LeftRuns(QDialog):
    """Lists the runs with ticks: what is ticked goes on or is forgotten, the rest stays."""

    def __init__(
        self,
        survival: Survival,
        window: QWidget,
        theme: Theme,
        take_up: Callable[[Sequence[LeftBehind]], object],
    ) -> None:
        """`take_up` is called with the runs to go on with."""
        super().__init__(window)
        self.setObjectName("left-runs")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(TITLE)
        self._survival, self._take_up = survival, take_up
        self.headline = paragraph("left-headline")
        inside = QWidget()
        self._grid = shaped(QGridLayout(inside), 6, (10, 8, 10, 8))
        for place, text in enumerate(COLUMNS):
            self._grid.addWidget(muted(QLabel(text)), 0, place)
        self.rows = [self._row(place, run) for place, run in enumerate(survival.left, start=1)]
        self._grid.setRowStretch(len(self.rows) + 1, 1)
        listed = QScrollArea()
        listed.setWidgetResizable(True)
        listed.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        listed.setWidget(inside)
        self.go_on = button(GO_ON, GO_ON_TIP, self._go_on, "left-go-on")
        self.forget = button(FORGET, FORGET_TIP, self._ask_forget, "left-forget")
        self.cancel = button(CANCEL, LATER_TIP, self.reject, "left-cancel")
        self.go_on.setDefault(True)
        column(
            sized(self.headline, bold=True),
            (listed, 1),
            flow(self.go_on, self.forget, self.cancel, spacing=8),
            spacing=12,
            margins=(16, 14, 16, 14),
            of=self,
        )
        self.rows[0][1].setChecked(True)
        self._show()
        dress(self, theme)
        self._grid.setHorizontalSpacing(theme.px(20))
        wanted = self._grid.sizeHint()
        bar = listed.verticalScrollBar().sizeHint().width() + 2 * listed.frameWidth()
        most = window.size() * 0.9
        listed.setMinimumWidth(
            min(max(wanted.width() + bar, theme.px(WIDTH)), most.width() - theme.px(32))
        )
        listed.setMinimumHeight(min(wanted.height() + bar, theme.px(LIST)))
        self.resize(self.sizeHint().boundedTo(most))

    @property
    def ticked(self) -> list[LeftBehind]:
        """The runs that are ticked."""
        return [run for run, box, _ in self.rows if box.isChecked()]

    def _row(self, place: int, run: LeftBehind) -> tuple[LeftBehind, CheckBox, list[QLabel]]:
        cells = cells_of(run)
        box = CheckBox(cells[0])
        box.setObjectName(f"left-{place}")
        said = tr(
            "{age}: {design}, test accuracy {accuracy}, {epochs} epochs of {digits}, {how}.",
            age=cells[0],
            design=cells[1],
            accuracy=cells[2],
            epochs=cells[3],
            digits=cells[4],
            how=cells[5],
        )
        box.setAccessibleName(said)
        explain(box, said)
        box.toggled.connect(self._show)
        labels = [QLabel(text) for text in cells[1:]]
        for at, widget in enumerate((box, *labels)):
            self._grid.addWidget(widget, place, at)
        return run, box, labels

    def _show(self) -> None:
        """Has headline and buttons say what is listed and ticked now."""
        self.headline.setText(
            tr_n(
                "{count} run of an earlier window is in no file.",
                "{count} runs of earlier windows are in no file.",
                len(self.rows),
            )
        )
        for each in (self.go_on, self.forget):
            each.setEnabled(bool(self.ticked))

    def _go_on(self) -> None:
        ticked = self.ticked
        self.accept()
        self._take_up(ticked)

    def _ask_forget(self) -> None:
        ticked = self.ticked
        question = tr_n(
            "Forget {count} run? It is in no file, and cannot be brought back.",
            "Forget {count} runs? They are in no file, and cannot be brought back.",
            len(ticked),
        )
        ask(self, question, FORGET, lambda: self._forget(ticked), lambda: None)

    def _forget(self, runs: Sequence[LeftBehind]) -> None:
        self._survival.forget(runs)
        for row in [row for row in self.rows if row[0] not in self._survival.left]:
            self.rows.remove(row)
            for widget in (row[1], *row[2]):
                self._grid.removeWidget(widget)
                widget.hide()
        if self.rows:
            self._show()
        else:
            self.accept()


def cells_of(run: LeftBehind) -> tuple[str, ...]:
    """What the list says of a run, in the order of COLUMNS."""
    trained = run.trained
    last = trained.curve[-1] if trained.curve else None
    accuracy = last.test_accuracy if last is not None else None
    return (
        age_in_words(run.when),
        DESIGNS[trained.settings.design].label,
        tr("– %") if accuracy is None else percent(accuracy, 1),
        number(trained.taught.epochs, 1),
        label_of(trained.digits),
        INTERRUPTED if run.interrupted else UNSAVED,
    )
