"""The line of what is looked at, on the clipboard and off it."""

import dataclasses

from PySide6.QtGui import QGuiApplication

from nnviz.errors import Refusal
from nnviz.lectures.line import Looked, line_of, looked_at, settings_of_line
from nnviz.lectures.looking import look, needs_digits
from nnviz.session.session import Session
from nnviz.ui.app import words
from nnviz.ui.app.files import Files
from nnviz.ui.app.page_stack import KINDS


class Lines:
    """Copies what is looked at as a line, and shows what a line says."""

    def __init__(self, session: Session, files: Files) -> None:
        self._session = session
        self._files = files
        self._awaited: Looked | None = None
        session.digits.opened.append(self._go_on)

    def copy(self) -> None:
        """Puts what is looked at as one line on the clipboard."""
        state = self._session.state
        line = line_of(state)
        QGuiApplication.clipboard().setText(line)
        frozen = state.work.opened is None and state.settings.trunk == "frozen"
        self._session.say("passing", words.copied(line, frozen))

    def paste(self) -> None:
        """Shows what a line on the clipboard says."""
        self.show(QGuiApplication.clipboard().text())

    def show(self, line: str) -> None:
        """Shows what a line says; one of settings alone starts a new run."""
        try:
            looked = looked_at(line, KINDS)
            if not looked.page:
                self._take_settings(line)
            elif needs_digits(self._session.state, looked):
                assert looked.source is not None
                self.await_digits(looked)
                self._files.open_digits(looked.source)
            else:
                look(self._session, looked, KINDS)
        except Refusal as error:
            self._session.say("error", str(error))

    def await_digits(self, looked: Looked) -> None:
        """Shows what a line says as soon as its digits are there."""
        self._awaited = looked

    def _go_on(self) -> None:
        """Digits are in use: perhaps those of the line."""
        looked, self._awaited = self._awaited, None
        if looked is None or needs_digits(self._session.state, looked):
            return
        try:
            look(self._session, looked, KINDS)
        except Refusal as error:
            self._session.say("error", str(error))

    def _take_settings(self, line: str) -> None:
        settings, digits = settings_of_line(line)
        settings = settings.change(speed=self._session.state.settings.speed)
        here = self._session.state.digits.name

        def take() -> None:
            self._session.controls.set(**dataclasses.asdict(settings))
            if digits not in ("", here):
                self._session.say("info", words.other_digits(digits, here))

        if settings.design == self._session.state.settings.design:
            self._files.unless_new_run(take)
        else:
            take()  # the run on screen stays open
