"""A window of Qt with nothing in it, as large as the program's; says when it is painted.

With the word numpy it imports that first, and the names that every program of Qt needs.
"""

import json
import sys

from PySide6.QtWidgets import QApplication, QMainWindow

from tests.speed.first_paint import FirstPaint

WIDTH, HEIGHT = 1280, 720


def main() -> None:
    if "numpy" in sys.argv:
        import numpy  # noqa: F401
        from PySide6.QtCore import Qt  # noqa: F401 - a whole namespace of enumerations
    application = QApplication(["bare"])
    window = QMainWindow()
    window.resize(WIDTH, HEIGHT)

    def painted(moment: float) -> None:
        sys.stdout.write(json.dumps({"painted": moment}) + "\n")
        window.close()

    FirstPaint(window, painted)
    window.show()
    application.exec()


if __name__ == "__main__":
    main()
