"""The Qt application: its name, its settings file, and the look that every page is made for."""

from PySide6.QtCore import QLocale, QSettings
from PySide6.QtGui import QFontDatabase, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from nnviz.paths import RESOURCES
from nnviz.words import AS_IN_THE_CODE, LANGUAGE

GRID = (1280, 720)
"""The window size that all sizes in pixels are made for."""
SMALLEST = (800, 560)
SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
"""The user's choices of text size."""
BAR_ZOOM = 1.3
"""How much the text of the bars grows at most, so that they leave room for the page."""
LECTURE_ZOOM = 1.4
"""How much larger the type is in lecture mode."""
MENU_TEXT = 17


def make_application() -> QApplication:
    """The Qt application with the look that every page is made for."""
    application = name_application()
    dress_application(application)
    return application


def name_application() -> QApplication:
    """The Qt application as far as an opening picture needs it."""
    QGuiApplication.setApplicationName("nnviz")
    QGuiApplication.setOrganizationName("nnviz")
    QGuiApplication.setApplicationDisplayName("nnviz")
    QGuiApplication.setDesktopFileName("nnviz")  # under which Wayland finds the icon
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    application = QApplication.instance() or QApplication(["nnviz"])
    assert isinstance(application, QApplication)
    if LANGUAGE != AS_IN_THE_CODE:  # numbers are typed in the signs of the texts around them
        QLocale.setDefault(QLocale(LANGUAGE))
    return application


def dress_application(application: QApplication) -> None:
    """Style, and the shipped font, so that pages look the same on every machine."""
    application.setStyle("Fusion")
    application.setWindowIcon(own_icon())
    for path in sorted((RESOURCES / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))


def own_icon() -> QIcon:
    """The icon of the program, in the sizes that desktops ask for."""
    icon = QIcon()
    for path in (RESOURCES / "desktop").glob("*.png"):
        icon.addFile(str(path))
    return icon
