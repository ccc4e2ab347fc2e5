"""Collects garbage between tests only, among what is new.

A collection that deletes a window while Qt delivers an event to it would end the process. What
has been imported is set aside: each collection, and each look at what lives, leaves it out.
"""

import atexit
import gc
import sys
from collections.abc import Generator

import pytest


class SetAside:
    """What collections leave out, since it stays until the end."""

    def __init__(self) -> None:
        self._modules = 0
        self._too_much = False

    def at_rest(self) -> None:
        """Between two files: nothing lives but what stays."""
        if self._too_much:
            gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._modules, self._too_much = len(sys.modules), False

    def after_a_test(self) -> None:
        """Within a file: a window of all its tests may live, and must be let go with the file."""
        if len(sys.modules) > self._modules:
            gc.collect()
            gc.freeze()
            self._modules = len(sys.modules)
            self._too_much = self._too_much or _windows_live()


def _windows_live() -> bool:
    widgets = sys.modules.get("PySide6.QtWidgets")
    return widgets is not None and bool(widgets.QApplication.topLevelWidgets())


set_aside = SetAside()


def pytest_collection_finish() -> None:
    gc.disable()
    set_aside.at_rest()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, object, object]:
    gc.disable()
    try:
        return (yield)
    finally:
        if nextitem is None or nextitem.path != item.path:
            set_aside.at_rest()
        else:
            set_aside.after_a_test()


def pytest_unconfigure() -> None:
    """Python tidies up at its end; pytest's last collections before it need not look at all."""
    atexit.register(gc.unfreeze)
    gc.enable()
