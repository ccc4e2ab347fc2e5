"""Counts the processor seconds of each test, with those of the processes it started.

`uv run pytest --costs 30` lists the 30 costliest files and tests at the end. The clock on the
wall tells little where other programs run beside the tests; processor time tells the same.
"""

import json
import sys
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

if sys.platform != "win32":
    import resource


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--costs", type=int, metavar="N", help="list the N costliest files and tests at the end"
    )
    parser.addoption("--costs-file", type=Path, help="write the processor seconds of each test")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("costs") is not None or config.getoption("costs_file"):
        config.pluginmanager.register(Costs(config), "costs")


def spent() -> float:
    """Processor seconds of this process so far, and of its children that have ended."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


class Costs:
    """Marks each report with what was spent since the one before it, and adds them up."""

    def __init__(self, config: pytest.Config) -> None:
        self.last = spent()
        self.start = self.last
        self.of_tests: Counter[str] = Counter()
        self.growth: Counter[str] = Counter()
        self.largest = 0
        self.listed: int = config.getoption("costs") or 0
        self.file: Path | None = config.getoption("costs_file")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, Any, Any]:
        report = yield
        now = spent()
        report.cost, self.last = now - self.last, now
        report.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        report.growth, self.largest = report.memory - self.largest, report.memory
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.of_tests[report.nodeid] += getattr(report, "cost", 0.0)
        self.growth[report.nodeid] += getattr(report, "growth", 0.0)
        self.largest = max(self.largest, getattr(report, "memory", 0.0))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.file:
            self.file.write_text(json.dumps(self.of_tests, indent=0))
        for line in self._lines():
            terminalreporter.write_line(line)

    def _lines(self) -> Iterator[str]:
        files: Counter[str] = Counter()
        for test, seconds in self.of_tests.items():
            files[test.partition("::")[0]] += seconds
        for things in (files, self.of_tests):
            yield ""
            for thing, seconds in things.most_common(self.listed):
                yield f"{seconds:8.2f} s  {thing}"
        yield ""
        for test, megabytes in self.growth.most_common(min(self.listed, 10)):
            yield f"{megabytes:8.0f} MB more of memory at most after {test}"
        yield f"{self.largest:8.0f} MB at most in one of the processes that tested"
        yield f"{sum(files.values()):8.1f} s of processor time in the tests"
        yield f"{spent():8.1f} s of processor time in all"
