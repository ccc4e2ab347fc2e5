"""Saving what a study found: table, report, figures."""

from nnviz.ui.kit.controls import button
from nnviz.ui.study import words


class Saving:
    def __init__(self, session, view):
        self.buttons = (
            button(*words.SAVE_TABLE, None, "study-save-table"),
            button(*words.SAVE_REPORT, None, "study-save-report"),
            button(*words.SAVE_FIGURES, None, "study-save-figures"),
        )

    def enable(self, on):
        for each in self.buttons:
            each.setEnabled(on)
