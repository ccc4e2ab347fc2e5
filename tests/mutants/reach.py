"""Which lines of the program each test runs; needs coverage (`uv run --with coverage`)."""

import json
import time
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path

import pytest

Reached = dict[str, dict[str, list[int]]]
"""File of the program -> test -> lines, counted from 1"""


class Reach:
    """A plugin of pytest that writes down the lines of a package that each test runs."""

    def __init__(self, root: Path, into: Path) -> None:
        import coverage

        self._root, self._into = root, into
        self._coverage = coverage.Coverage(
            data_file=None, config_file=False, include=[str(root / "nnviz" / "*")]
        )
        self._seconds: dict[str, float] = {}

    def pytest_sessionstart(self) -> None:
        self._coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self._coverage.switch_context(item.nodeid)
        since = time.monotonic()
        try:
            return (yield)
        finally:
            self._seconds[item.nodeid] = time.monotonic() - since

    def pytest_sessionfinish(self) -> None:
        self._coverage.stop()
        data = self._coverage.get_data()
        reached: Reached = {}
        for file in sorted(data.measured_files()):
            by_test: dict[str, list[int]] = defaultdict(list)
            for line, tests in sorted(data.contexts_by_lineno(file).items()):
                for test in tests:
                    by_test[test].append(line)
            quickest = sorted(by_test.keys() - {""}, key=lambda test: self._seconds[test])
            path = str(Path(file).relative_to(self._root))
            reached[path] = {test: by_test[test] for test in quickest}
        self._into.write_text(json.dumps(reached), "utf-8")


def reaching(reached: Reached, path: Path, line: int) -> list[str]:
    """Tests that run a line (counted from 1), the quickest first."""
    return [test for test, lines in reached.get(str(path), {}).items() if line in lines]
