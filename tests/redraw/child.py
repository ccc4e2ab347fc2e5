"""Prints as JSON what every page of the tree that it is started in costs to draw.

Only what every revision has is used, so that older ones can be asked as well: `python child.py`
in the root of a tree.
"""

import importlib
import json
import os
import sys
from time import process_time

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, os.getcwd())
SIZE = (1280, 720)
IMAGES = range(10, 22)
REPEATED = 8


def found(name: str, *modules: str) -> object:
    """Something by its name, in the first of the modules that there is."""
    for module in modules:
        try:
            return getattr(importlib.import_module(module), name)
        except ModuleNotFoundError:
            continue
    raise ModuleNotFoundError(f"{name} is in none of {', '.join(modules)}")


def main() -> None:
    from PySide6.QtWidgets import QApplication

    from nnviz.data.digits import bundled_digits

    of = "nnviz.ui.app"
    application = found("make_application", f"{of}.application", "nnviz.ui.application")()
    make_session = found("make_session", f"{of}.first_session", "nnviz.ui.first_session")
    engine_kind = found("StillEngine", f"{of}.first_session", "nnviz.ui.still")
    pages = found("PAGES", f"{of}.pages", "nnviz.ui.pages")
    window_kind = found("Window", f"{of}.window", "nnviz.ui.window")
    digits = bundled_digits()
    shown = digits.to_look_at()
    session = make_session(engine_kind(shown, digits), shown)
    session.process.start()
    while session.designs.load_next():
        pass
    session.designs.choose(sys.argv[1])
    window = window_kind(session, "dark", 1.0)
    window.resize(*SIZE)
    window.show()
    window.load_late()

    def settle() -> None:
        for _ in range(3):
            window.parts.clock.tick()
            session.refresh()
            application.processEvents()

    taken = {}
    for kind in pages:
        session.change(page=kind.id)
        for view in kind.views or ("",):
            if view:
                window.page.choose_view(view)
            for image in (0, 1):
                session.change(image=image)
                settle()
            begun = process_time()
            for image in IMAGES:
                session.change(image=image)
                QApplication.processEvents()
            followed = process_time()
            for _ in range(REPEATED):
                window.page.grab()
            painted = process_time()
            name = f"{kind.id} {view}".strip()
            taken[f"{name}, another digit"] = 1000 * (followed - begun) / len(IMAGES)
            taken[f"{name}, painted again"] = 1000 * (painted - followed) / REPEATED
    json.dump(taken, sys.stdout)
    window.close()


if __name__ == "__main__":
    main()
