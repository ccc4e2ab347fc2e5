"""The choice of a part of the digits: some classes, every so many-th, a part of each class."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from nnviz.data.digits import ShownDigits, Source, thinned_places
from nnviz.ui.kit.controls import CheckBox, button, paragraph
from nnviz.ui.kit.layout import column, dress, flow, row, sized
from nnviz.ui.kit.number_field import NumberField
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme
from nnviz.words import tr

FEWEST = 2
"""Classes that a network tells apart, at least."""
FIRST = 5
"""Classes that one click takes: as many as the source of all-vs-all and elimination had."""
MOST_EVERY, PERCENT = 1_000, 100.0
LEAST_PERCENT = 0.01
DECIMALS = 12
"""Of a share: 12.3 % is 0.123, the same part as `--share 0.123`."""


class PartDialog(QDialog):
    """Tells `chosen` which part of the data set in use is wanted."""

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        digits: ShownDigits,
        chosen: Callable[[Source], object],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("part-of-digits")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Part of the digits"))
        self._digits, self._chosen = digits, chosen
        names = digits.all_names or digits.class_names
        self.classes = {name: self._box(name, name in digits.class_names) for name in names}
        self.first = button(
            tr("The first {count}", count=FIRST),
            tr("Only the first {count} classes.", count=FIRST),
            lambda: self._tick(FIRST),
            "part-first",
        )
        self.first.setVisible(len(names) > FIRST)
        self.everyone = button(
            tr("All"), tr("All classes."), lambda: self._tick(len(names)), "part-all"
        )
        self.every = NumberField(tr("One in so many training digits"), 1, MOST_EVERY)
        self.every.setObjectName("part-every")
        explain(self.every, tr("1 takes all training digits, 10 takes every tenth of them."))
        self.every.setValue(digits.source.every)
        self.share = NumberField(
            tr("Part of each class in percent"), LEAST_PERCENT, PERCENT, whole=False
        )
        self.share.setObjectName("part-share")
        explain(self.share, tr("Of each class only the first so many percent of those, but one."))
        self.share.setValue(round(PERCENT * digits.source.share, DECIMALS))
        self.told = paragraph("part-told")
        self.take = button(
            tr("Open"), tr("Opens this part; a new run begins on it."), self._take, "part-open"
        )
        self.take.setAutoDefault(True)
        self.cancel = button(tr("Cancel"), tr("All stays as it is."), self.reject, "part-cancel")
        for field in (self.every, self.share):
            field.valueChanged.connect(lambda _: self._tell())
            field.refused.connect(self.told.setText)
        column(
            paragraph("part-classes", text=tr("Classes to tell apart, two at least:")),
            flow(*self.classes.values(), spacing=12),
            flow(self.first, self.everyone),
            self._line(tr("Of the training digits, one in:"), self.every),
            self._line(tr("Of each class, only so many percent:"), self.share),
            (self.told, 1),
            row(1, self.take, self.cancel),
            spacing=14,
            margins=(20, 16, 20, 16),
            of=self,
        )
        dress(self, theme)
        self._tell()
        layout, width = self.layout(), theme.px(620)
        assert layout is not None
        self.setMinimumSize(width, layout.totalHeightForWidth(width))

    @property
    def wanted(self) -> Source:
        """The part that is chosen."""
        ticked = tuple(name for name, box in self.classes.items() if box.isChecked())
        return replace(
            self._digits.source,
            classes=() if len(ticked) == len(self.classes) else ticked,
            every=round(self.every.value()),
            share=round(self.share.value() / PERCENT, DECIMALS),
        )

    def _box(self, name: str, ticked: bool) -> CheckBox:
        box = CheckBox(name)
        box.setObjectName(f"part-class-{name}")
        box.setChecked(ticked)
        explain(box, tr("Whether a network learns and is asked about the class {name}.", name=name))
        box.toggled.connect(lambda _: self._tell())
        return box

    def _line(self, text: str, field: NumberField) -> QWidget:
        label = QLabel(text)
        label.setBuddy(field)
        return flow(label, sized(field, least_width=110))

    def _tick(self, count: int) -> None:
        for place, box in enumerate(self.classes.values()):
            box.setChecked(place < count)

    def _tell(self) -> None:
        """How many training digits that makes, where it can be counted; else why it cannot be."""
        wanted = self.wanted
        ticked = sum(box.isChecked() for box in self.classes.values())
        possible = ticked >= FEWEST
        if not possible:
            said = tr("A network tells at least two classes apart: tick two or more.")
        elif self._digits.source.whole != self._digits.source:
            said = tr("How many digits that makes is told when they are open.")
        else:
            counts = self._counts(wanted)
            possible = min(counts) > 0
            fields = {"count": sum(counts), "least": min(counts), "most": max(counts)}
            said = tr("{count} training digits, {least} to {most} of a class.", **fields)
            if min(counts) == max(counts):
                said = tr("{count} training digits, {least} of each class.", **fields)
            if not possible:
                said = tr(
                    "Of every {every} training digits one leaves none of some class: take more.",
                    every=wanted.every,
                )
        self.told.setText(said)
        self.take.setEnabled(possible)

    def _counts(self, wanted: Source) -> list[int]:
        """Training digits of each class that is ticked."""
        names = wanted.classes or self._digits.class_names
        kept = [self._digits.class_names.index(name) for name in names]
        labels = self._digits.train_labels
        labels = labels[np.isin(labels, kept)]
        labels = labels[thinned_places(labels, wanted.every, wanted.share)]
        return [int(np.count_nonzero(labels == label)) for label in kept]

    def _take(self) -> None:
        wanted = self.wanted
        self.accept()
        if wanted != self._digits.source:
            self._chosen(wanted)
