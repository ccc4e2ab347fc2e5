"""Plays a lecture on screens as a file describes them, and tells what became of the speaker's
window; run by `test_speaker_screens` in a process of its own, since Qt reads the file only once."""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from nnviz.data.digits import bundled_digits
from nnviz.ui.app.application import make_application
from nnviz.ui.app.first_session import StillEngine, make_session
from nnviz.ui.app.window import Window

LECTURE = """---
title: Two scenes
minutes: 10
---
## One
First.

```nnviz
page=train
```

## Two
Second.

```nnviz
page=votes
```
"""


def where(window: Window) -> dict[str, object]:
    """On which screens the windows are."""
    shown = window.parts.speaker.shown
    return {
        "room": window.screen().name(),
        "speaker": None if shown is None else shown.screen().name(),
        "fills": shown is not None and bool(shown.isMaximized()),
        "whole room": window.isFullScreen(),
        "place": QRect.getRect(window.geometry()),
        "bars": window.parts.top_bar.isVisible(),
    }


def main(folder: Path) -> None:
    """Writes what is seen before, in and after a lecture, with the screens swapped in between."""
    application = make_application()
    digits = bundled_digits()
    shown = digits.to_look_at()
    session = make_session(StillEngine(shown, digits), shown)
    session.process.start()
    window = Window(session)
    window.show()

    def settle() -> dict[str, object]:
        for _ in range(4):
            QApplication.processEvents()
        return where(window)

    told = {"before": settle()}
    file = folder / "two.md"
    file.write_text(LECTURE, "utf-8")
    window.parts.player.open(file)
    told["in it"] = settle()
    if window.parts.speaker.shown is not None:
        window.parts.speaker.swap()
        told["swapped"] = settle()
        window.parts.speaker.shown.close()
        told["closed"] = settle()
    window.parts.speaker.toggle()
    told["asked for"] = settle()
    window.parts.speaker.toggle()
    window.parts.player.leave()
    told["after"] = settle()
    window.leave()
    application.processEvents()
    (folder / "told.json").write_text(json.dumps(told), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
