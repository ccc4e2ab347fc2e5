"""The way into Qt: looks first whether it can work here, and says so if not."""

from pathlib import Path

from nnviz.cli.system import check_qt


def open_window(
    data: str | None = None,
    network: Path | None = None,
    smoke: bool = False,
    images: str | None = None,
) -> int:
    """Opens the window; -> exit status when it has been closed. Raises Refusal."""
    check_qt()
    from nnviz.ui.start import run_window

    return run_window(data, network, smoke, images)
