"""Saving what a study found: its table as CSV, its figures, and a report of one page."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from nnviz.errors import Refusal
from nnviz.session.session import Session
from nnviz.ui.kit.controls import Menu, button
from nnviz.ui.kit.export import save, svg
from nnviz.ui.kit.file_dialogs import ask_save
from nnviz.ui.kit.file_names import name_of
from nnviz.ui.kit.telling import explain
from nnviz.ui.study import words
from nnviz.ui.study.figure_files import figures_of, report_pdf
from nnviz.writing import saved, write


class Saving:
    """A button with a menu, each entry of which asks for a file; what went wrong is said on the
    banner."""

    def __init__(self, session: Session, view: QWidget) -> None:
        self._session, self._view = session, view
        self.button = button(*words.SAVING, name="study-saving")
        self._menu = Menu(self.button)
        self._menu.setToolTipsVisible(True)
        for (text, tip), ask in (
            (words.SAVE_REPORT, self._ask_report),
            (words.SAVE_TABLE, self._ask_table),
            (words.SAVE_TRIALS, self._ask_trials),
            (words.SAVE_FIGURES, self._ask_figures),
        ):
            action = self._menu.addAction(text)
            explain(action, tip)
            action.triggered.connect(ask)
        self.button.setMenu(self._menu)

    # ---- files -----------------------------------------------------------------------

    def save_table(self, path: Path) -> None:
        """Every number of the table, as CSV."""
        # imported with the first file that is wanted
        from nnviz.study.report import csv_of

        table = self._session.state.studies.table
        if table is not None:
            self._write(path, lambda: write(path, csv_of(table)))

    def save_trials(self, path: Path) -> None:
        """What each scheme reached in each trial, as CSV."""
        from nnviz.study.report import csv_of_rows  # as above

        studies = self._session.state.studies
        table = studies.table
        if table is not None:
            self._write(path, lambda: write(path, csv_of_rows(table, studies.rows)))

    def save_report(self, path: Path) -> None:
        """One page with all that is known, as HTML or as PDF, as the name of the file says."""
        from nnviz.study.report import html_of  # as above

        studies = self._session.state.studies
        table = studies.table
        if table is None:
            return

        def report() -> None:
            with figures_of(table) as figures:
                drawn = {each.title: svg(each) for each in figures.values()}
                page = html_of(table.study, studies.rows, table, drawn)
                if path.suffix.lower() == ".pdf":
                    page = report_pdf(page, figures, table.study.name)
                write(path, page)

        self._write(path, report)

    def save_figures(self, path: Path) -> None:
        """Each figure in a file of its own, with its name behind that of the file."""
        table = self._session.state.studies.table
        if table is None:
            return

        def figures() -> None:
            with figures_of(table) as found:
                for name, painting in found.items():
                    save(path.with_stem(f"{path.stem}-{name}"), painting, ratio=2)

        self._write(path, figures)

    def _write(self, path: Path, do: Callable[[], object]) -> None:
        try:
            do()
        except Refusal as error:
            self._session.say("error", str(error))
        else:
            self._session.say("passing", saved(path))

    # ---- dialogs ---------------------------------------------------------------------

    def _ask_table(self) -> None:
        self._ask(words.SAVE_TABLE[1], "results.csv", words.TABLE_FILES, self.save_table)

    def _ask_trials(self) -> None:
        self._ask(words.SAVE_TRIALS[1], "trials.csv", words.TABLE_FILES, self.save_trials)

    def _ask_report(self) -> None:
        self._ask(words.SAVE_REPORT[1], "report.html", words.REPORT_FILES, self.save_report)

    def _ask_figures(self) -> None:
        self._ask(words.SAVE_FIGURES[1], "figure.svg", words.FIGURE_FILES, self.save_figures)

    def _ask(self, title: str, name: str, files: str, do: Callable[[Path], None]) -> None:
        table = self._session.state.studies.table
        held, ending = (name.partition(".")[0], Path(name).suffix)
        proposed = name_of("study", "" if table is None else table.study.name, held) + ending
        path, chosen = ask_save(self._view, "studies", title, proposed, files)
        if path is not None:
            ending = chosen.rpartition("(*")[2].rstrip(")") or Path(name).suffix
            do(path if path.suffix else path.with_suffix(ending))
