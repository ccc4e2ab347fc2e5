"""The way into Qt: what the machine must have, said in one sentence if it lacks it."""

import ctypes
import importlib.util
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from nnviz.cli.progress import tell
from nnviz.errors import Refusal
from nnviz.words import one_of_them, tr


class SystemLacks(Refusal):
    """The machine lacks something; the message is one sentence for the user."""


QT_LIBRARIES = (
    *("libGL.so.1", "libEGL.so.1", "libfontconfig.so.1", "libdbus-1.so.3"),
    *("libglib-2.0.so.0", "libxkbcommon.so.0"),
)
X11_LIBRARIES = (
    *("libX11.so.6", "libX11-xcb.so.1", "libxkbcommon-x11.so.0", "libxcb-cursor.so.0"),
    *("libxcb-icccm.so.4", "libxcb-image.so.0", "libxcb-keysyms.so.1", "libxcb-randr.so.0"),
    *("libxcb-render-util.so.0", "libxcb-shape.so.0", "libxcb-shm.so.0", "libxcb-sync.so.1"),
    *("libxcb-util.so.1", "libxcb-xfixes.so.0", "libxcb-xkb.so.1"),
)


def open_window(
    data: str | None = None,
    network: Path | None = None,
    smoke: bool = False,
    images: str | None = None,
    show: str | None = None,
    lecture: Path | None = None,
    ways: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
    names_are_labels: bool = False,
) -> int:
    """Opens the window, and plays a lecture in it; -> exit status when it has been closed. `ways`:
    how the digits of `data` and those of `images` are turned. Raises Refusal."""
    with _ended_by_interruptions():
        check_qt()
        # Qt, which may not be there
        from nnviz.ui.app.start import run_window

        return run_window(data, network, smoke, images, show, lecture, ways, names_are_labels)


@contextmanager
def _ended_by_interruptions() -> Iterator[None]:
    """Ctrl+C ends the program at once, until the window closes with it: an exception in the midst
    of the import of Qt would abort the program."""
    before = signal.signal(signal.SIGINT, _end_at_once)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end_at_once(number: int, _frame: FrameType | None) -> None:
    tell(tr("Interrupted."))
    os._exit(128 + number)


def check_qt() -> None:
    """Refuses a Qt that cannot work here, before it aborts. Raises SystemLacks."""
    _check_qt_version()
    if sys.platform != "linux":
        return
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    # Qt takes Wayland where it can be reached, and X11 otherwise
    wayland = platform.startswith("wayland") or (
        not platform and bool(os.environ.get("WAYLAND_DISPLAY")) and _reaches_wayland()
    )
    x11 = platform.startswith("xcb") or not (platform or wayland)
    _check_libraries(QT_LIBRARIES + (X11_LIBRARIES if x11 and os.environ.get("DISPLAY") else ()))
    named = [name for name in ("DISPLAY", "WAYLAND_DISPLAY") if os.environ.get(name)]
    if (x11 and not _reaches_x11()) or (platform.startswith("wayland") and not _reaches_wayland()):
        if not named:
            raise SystemLacks(
                "There is no display to open a window on: start nnviz from a desktop, install xvfb "
                "and run it with xvfb-run, or use the commands that need no window (nnviz --help)."
            )
        raise SystemLacks(
            "The display ({displays}) cannot be reached: start nnviz from a desktop, install xvfb "
            "and run it with xvfb-run, or use the commands that need no window (nnviz --help).",
            displays=one_of_them(f"{name}={os.environ[name]}" for name in named),
        )


def _check_libraries(needed: Iterable[str]) -> None:
    missing = [package_of(library) for library in needed if not _loads(library)]
    if missing:
        raise SystemLacks(
            "Qt needs system libraries that are missing here: sudo apt install {packages} (Debian, "
            "Ubuntu) brings them.",
            packages=" ".join(missing),
        )


def package_of(library: str) -> str:
    """What Debian and Ubuntu call the package of a library: libxcb-util.so.1 -> libxcb-util1."""
    name, _, version = library.lower().replace("libglib-", "libglib").partition(".so.")
    return f"{name}-{version}" if name[-1].isdigit() else f"{name}{version}"


def _reaches_x11() -> bool:
    if not os.environ.get("DISPLAY"):
        return False
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))  # never null, also where it fails
    failed: int = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def _reaches_wayland() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    if not (os.environ.get("XDG_RUNTIME_DIR") or os.path.isabs(name)):
        return False  # the library would say so on standard error
    try:
        wayland = ctypes.CDLL("libwayland-client.so.0")
    except OSError:  # Qt needs it too
        return False
    wayland.wl_display_connect.restype = ctypes.c_void_p
    display: int | None = wayland.wl_display_connect(None)
    if display is None:
        return False
    wayland.wl_display_disconnect(ctypes.c_void_p(display))
    return True


def _check_qt_version() -> None:
    version = _version_of_pyside()
    if version is None:
        raise SystemLacks("PySide6 is not installed: pip install PySide6-Essentials brings it.")
    major, minor = (int(number) for number in version.split(".")[:2])
    if sys.version_info < (3, 12) and (major, minor) >= (6, 12):
        raise SystemLacks(
            "PySide6 {version} crashes on Python 3.11: install PySide6-Essentials<6.12 or use "
            "Python 3.12 or newer.",
            version=version,
        )
    if version == "6.10.1":
        raise SystemLacks("PySide6 6.10.1 crashes: install another version of PySide6-Essentials.")


def _version_of_pyside() -> str | None:
    """As its installation says, beside the package: importlib.metadata takes 20 ms to import."""
    package = importlib.util.find_spec("PySide6")
    for folder in (package and package.submodule_search_locations) or ():
        for name in os.listdir(os.path.dirname(folder)):
            project, _, version = name.removesuffix(".dist-info").partition("-")
            if name.endswith(".dist-info") and project.lower() == "pyside6_essentials":
                return version
    return _version_in_metadata()


def _version_in_metadata() -> str | None:
    # 20 ms, and hardly ever needed
    import importlib.metadata

    try:
        return importlib.metadata.version("PySide6-Essentials")
    except importlib.metadata.PackageNotFoundError:
        return None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
