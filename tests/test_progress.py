"""The progress bar of the commands: seen on a terminal, and never on standard output."""

import io
import sys

import pytest

from nnviz.cli.progress import progress


class Terminal(io.StringIO):
    """A terminal that keeps what was written."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(params=["percent", "count", "bytes"])
def shown_as(request: pytest.FixtureRequest) -> str:
    return request.param


def work(shown_as: str) -> None:
    with progress("learning", 3, shown_as) as bar:
        bar.reach(1)
        bar.print('{"epoch": 1}')
        bar.begin("seed 2")
        sys.stdout.write("result\n")
        bar.reach(3)


@pytest.mark.parametrize("width", ["20", "80"])
def test_results_are_all_that_stands_on_standard_output(
    shown_as: str,
    width: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", width)
    monkeypatch.setattr(sys, "stderr", terminal)
    work(shown_as)
    assert capsys.readouterr().out == '{"epoch": 1}\nresult\n'
    assert "learning" in terminal.getvalue()
    assert "seed 2" in terminal.getvalue()
    end = {"percent": "100%", "count": "3/3", "bytes": "3/3 bytes"}
    assert width == "20" or end[shown_as] in terminal.getvalue()


def test_a_file_holds_what_begins_and_no_bar(
    shown_as: str, capsys: pytest.CaptureFixture[str]
) -> None:
    work(shown_as)
    assert tuple(capsys.readouterr()) == ('{"epoch": 1}\nresult\n', "seed 2\n")
