"""The training process: started, asked, and heard of when it dies."""

from collections.abc import Callable, Sequence

from nnviz.data.digits import Source
from nnviz.session.state import Notice
from nnviz.session.store import Store
from nnviz.training.engine import Died, Engine
from nnviz.training.messages import Asked, Broken, OpenDigits, Told


class Process:
    """Knows which digits the training process has or is about to open."""

    def __init__(self, store: Store, engine: Engine) -> None:
        self._store = store
        self._engine = engine
        self.opening = store.state.digits.source
        """What was last asked to be opened."""
        self._coming = [self.opening]
        self.last_words: Broken | None = None
        self.begins_late: Notice | None = None
        """What is said while it cannot begin a run yet."""
        self.forgetting: list[Callable[[], None]] = []
        """Called when it has no run any more."""
        self.renewed: list[Callable[[], None]] = []
        """Called when it knows of no question any more: it has started again, or has other
        digits."""

    def start(self, source: Source | None = None) -> None:
        """Starts it, with another data set if one is named."""
        self.forget_runs()
        self.last_words = None
        self.begins_late = None
        if self._store.state.engine == "dead":
            self._store.change(notice=None)
        self._store.change(engine="starting")
        self._coming.clear()
        self._engine.start()
        self.open(source or self._store.state.digits.source)

    def stop(self) -> None:
        """Ends it. May be called twice."""
        self._engine.stop()

    def ask(self, asked: Asked) -> None:
        """Sends a message without waiting."""
        self._engine.ask(asked)

    def heard(self) -> Sequence[Told | Died]:
        """What it told since the last call, oldest first."""
        return self._engine.heard()

    def open(self, source: Source) -> None:
        """Has it take a data set."""
        self.opening = source
        self._coming.append(source)
        self.ask(OpenDigits(source))

    def open_shown(self, source: Source) -> None:
        """Has it take a data set that is on screen already; until then nobody asks anything."""
        engine = self._store.state.engine
        if engine == "ready":
            self._store.change(engine="starting")
        if engine != "dead":  # which opens them once it starts again
            self.open(source)

    @property
    def awaited(self) -> Source | None:
        """The data set that is on its way, the last of several; None where none is."""
        return self._coming[-1] if self._coming else None

    def arrived(self, source: Source) -> None:
        """A data set is there, and those asked for before it do not come any more."""
        if source in self._coming:
            del self._coming[: self._coming.index(source) + 1]

    def refused(self) -> None:
        """The first of the data sets on their way does not come."""
        del self._coming[:1]

    def given_up(self) -> None:
        """None of the digits on their way that are opened in pieces come any more."""
        self._coming = [source for source in self._coming if not source.in_pieces]

    def expect_nothing(self) -> None:
        """No data set is on its way any more."""
        self._coming.clear()

    def forget_runs(self) -> None:
        """It has none of the runs any more."""
        for forget in self.forgetting:
            forget()

    def forget_all(self) -> None:
        """It has no run and knows of no question any more."""
        self.forget_runs()
        for forget in self.renewed:
            forget()
