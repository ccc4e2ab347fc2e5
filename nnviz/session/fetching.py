"""Downloads of the window: one at a time, its progress in the state, its end in words."""

from collections.abc import Callable

from nnviz.data.catalogue import DATA_SETS
from nnviz.data.download import Download
from nnviz.data.download_process import Failed, Fetched, Received
from nnviz.session.session import Session
from nnviz.session.state import Transfer
from nnviz.words import tr


class Fetching:
    """Starts and ends the download, and tells the session what the window should show."""

    def __init__(self, session: Session, arrived: Callable[[str], object]) -> None:
        """`arrived` is called with the name of a data set that is complete."""
        self._session = session
        self._arrived = arrived
        self._download: Download | None = None
        self._opens = True

    def start(self, name: str, opens: bool = True) -> None:
        """Begins a download, and `opens` it in the end where nothing would be lost; refused while
        another one is under way."""
        if self._download is not None:
            label = self._download.data_set.label
            self._session.say(
                "passing", tr("{label} is still on its way: one download at a time.", label=label)
            )
            return
        self._download, self._opens = Download(name), opens
        self._session.change(download=Transfer(name, 0), notice=None)

    def cancel(self) -> None:
        """Ends the download; nothing of it is kept."""
        if self._download is not None:
            label = self._download.data_set.label
            self.stop()
            self._session.say("passing", tr("The download of {label} was cancelled.", label=label))

    def stop(self) -> None:
        """Ends the download without a word. May be called twice."""
        if self._download is not None:
            self._download.cancel()
            self._download = None
            self._session.change(download=None)

    def refresh(self) -> None:
        """Takes in what the download told since the last time."""
        download = self._download
        for report in download.heard() if download is not None else ():
            match report:
                case Received(size):
                    self._session.change(download=Transfer(self._under_way, size))
                case Failed(sentence):
                    self.stop()
                    self._session.say("error", sentence)
                case Fetched():
                    name = self._under_way
                    self.stop()
                    self._arrive(name)

    @property
    def name(self) -> str | None:
        """The data set under way."""
        return self._download.name if self._download is not None else None

    @property
    def _under_way(self) -> str:
        assert self._download is not None
        return self._download.name

    def _arrive(self, name: str) -> None:
        lost = any(work.would_be_lost for work in self._session.state.works)
        if lost or not self._opens:
            label = DATA_SETS[name].label
            self._session.say(
                "info",
                tr("{label} has arrived: the menu of digits at the foot opens it.", label=label),
            )
        else:
            self._arrived(name)
