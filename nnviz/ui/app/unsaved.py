"""What becomes of networks that no file holds, when something would close them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QGridLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from nnviz.networks.designs import DESIGNS
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.session.work import Work
from nnviz.ui.app import unsaved_words as words
from nnviz.ui.app.words import CANCEL, NETWORKS, SAVE_NETWORK
from nnviz.ui.kit.controls import CheckBox, button, paragraph
from nnviz.ui.kit.file_dialogs import ask_folder, ask_save
from nnviz.ui.kit.layout import column, dress, flow, muted, shaped, sized
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme

TITLE = 340
"""Width of the longest title on the design grid; a longer one ends in dots."""
WIDTH, LIST = 680, 400
"""Least width of the list on the design grid, and the height from which it scrolls."""
SMALLEST, STEP = 0.6, 0.1
"""Least scale, and the steps in which one is looked for that fits into the window."""
SHOWN_EVERY = 100
"""Milliseconds between two looks where the networks stand."""
LOOK_EVERY = 30
"""Milliseconds between two looks whether a run has come to rest."""
ENDING = ".safetensors"
Proceed = Callable[[Sequence[Work]], object]
"""Called with the networks that were given up, once nothing else is undecided."""


@dataclass
class Row:
    """One network of the list."""

    work: Work
    box: CheckBox
    labels: tuple[QLabel, ...]

    def show(self, state: State) -> None:
        """Has it say where the network stands now: it may learn on behind the list."""
        now = next((work for work in state.works if work.key == self.work.key), self.work)
        cells = words.unsaved_cells(state, now)
        for label, text in zip(self.labels, cells, strict=True):
            label.setText(text)
        name = words.unsaved_row(now.title, *cells)
        if name != self.box.accessibleName():
            self.box.setAccessibleName(name)
            explain(self.box, name)


class Unsaved(QDialog):
    """Lists networks with ticks; goes on once each is saved or given up, and else changes
    nothing."""

    def __init__(
        self,
        session: Session,
        window: QWidget,
        theme: Theme,
        works: Sequence[Work],
        ending: words.Ending,
        proceed: Proceed,
        saved: Callable[[Path], object],
    ) -> None:
        """`saved` is called with each file that was written."""
        super().__init__(window)
        self.setObjectName("unsaved")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words.UNSAVED)
        self._session, self._ending = session, ending
        self._proceed, self._saved = proceed, saved
        self._theme = theme
        self._given_up: list[Work] = []
        self._paused = self._waits = False
        self.headline = paragraph("unsaved-headline")
        self.trouble = paragraph("unsaved-trouble")
        self.trouble.hide()
        self._inside = QWidget()
        self._grid = shaped(QGridLayout(self._inside), 6, (10, 8, 10, 8))
        for place, text in enumerate(words.UNSAVED_COLUMNS):
            self._grid.addWidget(muted(QLabel(text)), 0, place, self._align(place))
        self.rows = [self._row(place, work) for place, work in enumerate(works, start=1)]
        self._grid.setColumnStretch(0, 1)
        self._grid.setRowStretch(len(works) + 1, 1)
        self._list = QScrollArea()
        self._list.setWidgetResizable(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ignored = QSizePolicy.Policy.Ignored  # it remembers what it needed in the last type
        self._list.setSizePolicy(ignored, ignored)
        self._list.setWidget(self._inside)
        self.save = button(words.SAVE_TICKED, words.SAVE_TICKED_TIP, self._save_ticked, "save")
        self.save_all = button(words.SAVE_ALL, words.SAVE_ALL_TIP, self._save_all, "save-all")
        self.drop = button(ending.drop, words.DROP_TIP, self._drop, "drop")
        self.cancel = button(CANCEL, words.KEEP_ALL_TIP, self.reject, "cancel")
        self.cancel.setDefault(True)
        self._buttons = (self.save, self.save_all, self.drop, self.cancel)
        made = column(
            sized(self.headline, bold=True),
            (self._list, 1),
            self.trouble,
            flow(*self._buttons, spacing=8),
            spacing=12,
            margins=(16, 14, 16, 14),
            of=self,
        )
        if len(works) == 1:
            self.rows[0].box.setChecked(True)
        self.rejected.connect(self._go_on)
        self._show()
        self._dress(made, window.size())
        fresh = QTimer(self)
        fresh.timeout.connect(self._show_moment)
        fresh.start(SHOWN_EVERY)
        self._dropped = QTimer(self)
        self._dropped.setSingleShot(True)
        self._dropped.timeout.connect(lambda: self.drop.setEnabled(not self._waits))
        for timer in (fresh, self._dropped):
            self.finished.connect(timer.stop)

    @property
    def ticked(self) -> list[Row]:
        """The networks that are ticked."""
        return [row for row in self.rows if row.box.isChecked()]

    # ---- what is listed --------------------------------------------------------------

    def _row(self, place: int, work: Work) -> Row:
        box = CheckBox("")
        box.setObjectName(f"run-{work.key}")
        box.toggled.connect(self._show)
        row = Row(work, box, tuple(QLabel() for _ in words.UNSAVED_COLUMNS[1:]))
        for at, widget in enumerate((box, *row.labels)):
            self._grid.addWidget(widget, place, at, self._align(at))
        row.show(self._session.state)
        return row

    @staticmethod
    def _align(place: int) -> Qt.AlignmentFlag:
        """Names begin at the left end of their columns, numbers end at the right one."""
        side = Qt.AlignmentFlag.AlignLeft if place < 2 else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter

    def _show(self) -> None:
        """Has headline and buttons say what is listed and ticked now."""
        count, ticked = len(self.rows), len(self.ticked)
        self.headline.setText(self._ending.headline(count))
        some = 0 < ticked < count
        self.save.setEnabled(bool(ticked))
        self.save.setText(words.SAVE_TICKED if count > 1 else words.SAVE_ONE)
        self.save_all.setVisible(count > 1)
        self.drop.setText(words.drop_ticked(ticked) if some else self._ending.drop)
        explain(self.drop, words.DROP_TICKED_TIP if some else words.DROP_TIP)
        for each in self._buttons:
            each.setAccessibleName(each.text())

    def _dress(self, made: QLayout, most: QSize) -> None:
        """Takes the theme, as much smaller as it takes to be no larger than that."""
        while True:
            dress(self, self._theme)
            self._grid.setHorizontalSpacing(self._theme.px(24))
            metrics = self.rows[0].box.fontMetrics()
            for row in self.rows:
                wide = self._theme.px(TITLE)
                row.box.setText(
                    metrics.elidedText(row.work.title, Qt.TextElideMode.ElideMiddle, wide)
                )
            self._grid.invalidate()
            inside, frame = self._grid.sizeHint(), 2 * self._list.frameWidth()
            bar = self._list.verticalScrollBar().sizeHint().width()
            self._list.setMinimumHeight(min(inside.height() + frame, self._theme.px(LIST)))
            self._list.setMinimumWidth(max(inside.width() + frame + bar, self._theme.px(WIDTH)))
            made.invalidate()
            hint = made.totalSizeHint()
            fits = hint.width() <= most.width() and hint.height() <= most.height()
            if fits or self._theme.scale <= SMALLEST:
                break
            self._theme = self._theme.at_most(self._theme.scale - STEP)
        self.resize(hint.boundedTo(most))

    def _show_moment(self) -> None:
        for row in self.rows:
            row.show(self._session.state)

    # ---- what is done ----------------------------------------------------------------

    def _save_ticked(self) -> None:
        self._at_rest(lambda: self._save_these(self.ticked))

    def _save_all(self) -> None:
        self._at_rest(lambda: self._save_these(self.rows))

    def _save_these(self, rows: Sequence[Row]) -> None:
        """Asks where, and saves; those saved leave the list."""
        names = names_for([row.work for row in rows])
        if len(rows) == 1:
            title, kinds = SAVE_NETWORK, NETWORKS
            path, _ = ask_save(self, "networks", title, names[0], kinds)
            found = [] if path is None else [path]
            paths = [each if each.suffix else each.with_suffix(ENDING) for each in found]
        else:
            folder = ask_folder(self, "networks", words.SAVE_FOLDER)
            paths = [] if folder is None else [free(folder / name) for name in names]
        done = []
        open_now = {work.key: work for work in self._session.state.works}
        for row, path in zip(rows if paths else (), paths, strict=True):
            if not self._session.files.save(path, open_now[row.work.key]):
                notice = self._session.state.notice
                self.trouble.setText(notice.sentence if notice is not None else "")
                self.trouble.show()
                break
            self._saved(path)
            done.append(row)
        if len(done) > 1:
            self._session.say("info", words.saved_several(len(done), paths[0].parent))
        self._leave_list(done)

    def _drop(self) -> None:
        """Gives up what is ticked, or all where nothing is or everything is."""
        ticked = self.ticked or list(self.rows)
        self._given_up += [row.work for row in ticked]
        self._leave_list(ticked)
        if self.rows:  # or a double click would give up the rest as well
            self.drop.setEnabled(False)
            self._dropped.start(QApplication.doubleClickInterval())

    def _leave_list(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self.rows.remove(row)
            for widget in (row.box, *row.labels):
                self._grid.removeWidget(widget)
                widget.hide()
        if self.rows:
            self._show()
        else:
            self.accept()
            self._proceed(self._given_up)

    def _at_rest(self, do: Callable[[], object]) -> None:
        """Does something once what learns has paused, so that what is saved is what is shown."""
        if self._session.state.running:
            self._session.runs.pause()
            self._paused = True
        self._enable(False)
        rest = QTimer(self)
        rest.timeout.connect(lambda: self._look(rest, do))
        rest.start(LOOK_EVERY)
        self._look(rest, do)

    def _look(self, rest: QObject, do: Callable[[], object]) -> None:
        if self._session.runs.settled and self._waits:
            rest.deleteLater()
            self._enable(True)
            do()

    def _enable(self, may: bool) -> None:
        self._waits = not may
        for each in self._buttons[:-1]:
            each.setEnabled(may)

    def _go_on(self) -> None:
        """Nothing is closed: what learned before learns on."""
        if self._paused:
            self._session.runs.run()


def names_for(works: Sequence[Work]) -> list[str]:
    """A file name for each, by its title and design; no two alike."""
    names: list[str] = []
    for work in works:
        title = re.sub(r"[^\w.+-]+", "-", f"{DESIGNS[work.design].label} {work.title}").strip("-.")
        stem = title.removesuffix(ENDING)
        same = sum(name == stem or name.startswith(f"{stem} (") for name in names)
        names.append(f"{stem} ({same + 1})" if same else stem)
    return [name + ENDING for name in names]


def free(path: Path) -> Path:
    """The path, or the next one with a number that no file has yet."""
    found, number = path, 2
    while found.exists():
        found, number = path.with_stem(f"{path.stem} ({number})"), number + 1
    return found
