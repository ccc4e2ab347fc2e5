"""What the machine must have before a window can open, said in one sentence if it lacks it."""

import ctypes
import importlib.metadata
import os
import sys

from nnviz.learning.refusal import Refusal


class SystemLacks(Refusal):
    """The machine lacks something; the message is one sentence for the user."""


# library -> Debian / Ubuntu package
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
X11_LIBRARIES = {
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


def check_qt() -> None:
    """Refuses a Qt that cannot work here, before it aborts. Raises SystemLacks."""
    _check_qt_version()
    if sys.platform != "linux":
        return
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if not platform and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise SystemLacks(
            "There is no display to open a window on: start nnviz from a desktop, install "
            "xvfb and run it with xvfb-run, or use the commands that need no window "
            "(nnviz --help)."
        )
    needed = dict(QT_LIBRARIES)
    on_wayland = not platform and os.environ.get("WAYLAND_DISPLAY")
    if platform.startswith("xcb") or not (platform or on_wayland):
        needed |= X11_LIBRARIES
    missing = [package for library, package in needed.items() if not _loads(library)]
    if missing:
        raise SystemLacks(
            "Qt needs system libraries that are missing here: "
            f"sudo apt install {' '.join(missing)} (Debian, Ubuntu) brings them."
        )


def _check_qt_version() -> None:
    try:
        version = importlib.metadata.version("PySide6-Essentials")
    except importlib.metadata.PackageNotFoundError:
        raise SystemLacks(
            "PySide6 is not installed: pip install PySide6-Essentials brings it."
        ) from None
    major, minor = (int(number) for number in version.split(".")[:2])
    if sys.version_info < (3, 12) and (major, minor) >= (6, 12):
        raise SystemLacks(
            f"PySide6 {version} crashes on Python 3.11: install PySide6-Essentials<6.12 "
            "or use Python 3.12 or newer."
        )
    if version == "6.10.1":
        raise SystemLacks("PySide6 6.10.1 crashes: install another version of PySide6-Essentials.")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
