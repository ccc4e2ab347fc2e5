"""Where the program's own files lie, in a checkout and in an installed package."""

import importlib.util
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """A folder that the wheel puts inside the package and a checkout has beside it."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


RESOURCES = _shipped("resources")
TRAINED = _shipped("trained")
READER = TRAINED / "row-reader.safetensors"
"""The network that reads rows: it was taught what is no digit."""


def user_data() -> Path:
    """The folder for this user's data sets (not created here)."""
    # imported here, as the first picture of the window needs none of it
    import platformdirs

    return Path(platformdirs.user_data_dir("nnviz", appauthor=False))


def user_cache() -> Path:
    """The folder for what can be made again at any time (not created here)."""
    # imported here for the same reason
    import platformdirs

    return Path(platformdirs.user_cache_dir("nnviz", appauthor=False))


def line_that_installs(*packages: str) -> str:
    """The command that installs packages where this program runs; "" where nothing can be."""
    if getattr(sys, "frozen", False):
        return ""
    if (_PACKAGE.parent / "pyproject.toml").is_file():
        return "uv sync"
    names = " ".join(packages)
    if importlib.util.find_spec("pip") is None:  # as in an environment that uv has made
        return f"uv pip install --python {sys.executable} {names}"
    return f"{sys.executable} -m pip install {names}"
