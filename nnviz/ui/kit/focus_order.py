"""Tab comes to everything that takes the focus, in its order."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget


@contextmanager
def without_proxies(containers: Iterable[QWidget]) -> Iterator[None]:
    """Meanwhile none of them hands the focus on.

    With Tab, Qt goes on to the focus proxy of whatever comes next: with a page that hands the focus
    to its picture, past every control that stands before that. The chain itself is not walked here,
    as PySide takes what each widget names for its child.
    """
    proxies = [(each, each.focusProxy()) for each in containers]
    for each, proxy in proxies:
        if proxy is not None:
            each.setFocusProxy(None)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for each, proxy in proxies:
            if proxy is not None:
                each.setFocusProxy(proxy)
