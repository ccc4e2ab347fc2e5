"""A window of Qt with nothing in it, as large as the program's; says when it is painted."""

import json
import sys

from PySide6.QtWidgets import QApplication, QMainWindow

from tests.speed.first_paint import FirstPaint

WIDTH, HEIGHT = 1280, 720


def main() -> None:
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
