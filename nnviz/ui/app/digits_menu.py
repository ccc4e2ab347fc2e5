"""The menu of data sets: those that are here open at once, the others can be downloaded."""

from PySide6.QtWidgets import QMenu, QWidget

from nnviz.data.catalogue import DATA_SETS, is_fetched
from nnviz.data.digits import Source
from nnviz.data.download import host_of
from nnviz.session.fetching import Fetching
from nnviz.ui.app.files import Files
from nnviz.ui.pages.questions import ask


class DigitsMenu(QMenu):
    """Filled anew whenever it opens, because downloads come and go."""

    def __init__(self, window: QWidget, files: Files, fetching: Fetching) -> None:
        super().__init__(window)
        self.setObjectName("digits-menu")
        self.setToolTipsVisible(True)
        self._window = window
        self._files = files
        self._fetching = fetching
        self.aboutToShow.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """Looks which data sets are here."""
        self.clear()
        mnist = DATA_SETS["mnist"]
        action = self.addAction("Bundled: 5,000 MNIST digits")
        action.setToolTip(f"They come with the program. By {mnist.credit}; {mnist.licence}.")
        action.triggered.connect(lambda: self._files.open_digits(Source()))
        for name, data_set in DATA_SETS.items():
            here = is_fetched(name)
            text = f"{data_set.label}: {data_set.images}"
            if name == self._fetching.name:
                text = f"{data_set.label}: cancel its download"
            elif not here:
                text += f" (download {data_set.megabytes})…"
            action = self.addAction(text)
            action.setObjectName(f"digits-{name}")
            size = "Downloaded" if here else f"A download of {data_set.megabytes}"
            action.setToolTip(f"{size}. By {data_set.credit}; {data_set.licence}.")
            action.triggered.connect(lambda _=False, name=name: self._choose(name))
        self.addSeparator()
        action = self.addAction("Open a folder…")
        action.setToolTip("A folder with the four IDX files of a data set.")
        action.triggered.connect(lambda: self._files.choose_folder())

        self.addSeparator()
        action = self.addAction("Test on your own pictures…")
        action.setObjectName("own-pictures")
        action.setToolTip(
            "A folder of pictures, in one folder per class (7/a.png) or with names that begin "
            "with the class (7-a.png). What is open stays open."
        )
        action.triggered.connect(lambda: self._files.choose_pictures())
        action = self.addAction("Test on your own IDX file…")
        action.setObjectName("own-idx")
        action.setToolTip("An IDX file of images, with the file of its labels beside it.")
        action.triggered.connect(lambda: self._files.choose_idx())
        if self._files.own_tests:
            action = self.addAction("Back to the data set's test digits")
            action.setObjectName("own-back")
            action.setToolTip("What is open stays open.")
            action.triggered.connect(lambda: self._files.end_own_tests())

    def _choose(self, name: str) -> None:
        if name == self._fetching.name:
            self._fetching.cancel()
            return
        if is_fetched(name):
            self._files.open_digits(Source(name))
            return
        data_set = DATA_SETS[name]
        ask(
            self._window,
            f"Download {data_set.megabytes} of {data_set.label} from {host_of(name)}?\n\n"
            f"{data_set.images[0].upper()}{data_set.images[1:]} by {data_set.credit}; "
            f"{data_set.licence}.",
            "Download",
            lambda: self._fetching.start(name),
            lambda: None,
        )
