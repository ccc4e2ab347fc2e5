"""What happens to an error of the program itself."""

import sys
import traceback
from types import TracebackType

from nnviz.session.session import Session
from nnviz.ui.app import words


class ErrorReport:
    """Puts an error on the banner, and pauses learning; for `sys.excepthook`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(details)
        if self._session.state.running:
            self._session.runs.pause()
        self._session.say("error", words.went_wrong(kind.__name__), details=details)
