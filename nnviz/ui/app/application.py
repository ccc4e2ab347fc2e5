"""The Qt application: its name, its settings file, and the look that every page is made for."""

from PySide6.QtCore import QSettings
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from nnviz.paths import RESOURCES


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
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    application = QApplication.instance() or QApplication(["nnviz"])
    assert isinstance(application, QApplication)
    return application


def dress_application(application: QApplication) -> None:
    """Style, and the shipped font, so that pages look the same on every machine."""
    application.setStyle("Fusion")
    for path in sorted((RESOURCES / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))
