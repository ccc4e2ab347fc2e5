"""Whether another package's files lie among ours: two on the index install a module `nnviz`, too.

Asked at every start, so that only two folders are listed; what is installed is read only where
something is wrong.
"""

import os
from collections.abc import Iterator

import nnviz
from nnviz.errors import Refusal
from nnviz.words import commas, tr

INFORMATION = ".dist-info"
OURS = "nnviz-digits"
"""The name in `nnviz.DISTRIBUTION`, once more: the file that holds that may be another's."""
OWN_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OWN_NAMES = frozenset(
    {
        *("__init__.py", "__main__.py", "errors.py", "paths.py", "words.py", "writing.py"),
        *("cli", "data", "lectures", "networks", "questions", "session", "study", "training"),
        *("ui", "verdicts", "resources", "trained"),
    }
)
"""What a wheel of ours puts into its folder."""


class Mixed(Refusal):
    """Another package has replaced or removed files of ours; the message is one sentence."""


def what_lies_among_ours(folder: str = OWN_FOLDER) -> str:
    """A sentence about the files of others among those of the program in `folder`, or "".

    Raises Mixed where they have taken the place of ours, so that nothing can be relied on.
    """
    around = os.path.dirname(folder)
    others = [name for name in os.listdir(around) if name.endswith(INFORMATION)]
    own = [name for name in others if _project(name) == OURS]
    if not own:  # a checkout: what else lies there is its owner's
        return ""
    strange = [name for name in os.listdir(folder) if _is_strange(folder, name)]
    suspects = [name for name in others if _project(name).startswith("nnviz")]
    whole = getattr(nnviz, "DISTRIBUTION", "") == OURS
    if whole and not strange and suspects == own:
        return ""
    asked = suspects if whole and not strange else others
    owners = [name for name in asked if name not in own and _claims(around, name)]
    if not whole:
        raise Mixed(_in_words(owners, strange, folder, True))
    return _in_words(owners, strange, folder, False) if owners or strange else ""


def _is_strange(folder: str, name: str) -> bool:
    if name in OWN_NAMES:
        return False
    return name.endswith(".py") or os.path.exists(os.path.join(folder, name, "__init__.py"))


def _project(information: str) -> str:
    return information.removesuffix(INFORMATION).partition("-")[0].replace("_", "-").lower()


def _claims(around: str, information: str) -> bool:
    """Whether a package says that files in our folder are its own."""
    try:
        with open(os.path.join(around, information, "RECORD"), encoding="utf-8") as record:
            return any(line.startswith("nnviz/") for line in record)
    except (OSError, UnicodeError):
        return False


def _in_words(owners: list[str], strange: list[str], folder: str, replaced: bool) -> str:
    named = commas(_names(owners)) or commas(sorted(strange))
    if not named:
        return tr(
            "Files of nnviz are missing in {folder}, as if another package of that name had been "
            "removed: install {ours} again, in an environment of its own.",
            folder=folder,
            ours=OURS,
        )
    if replaced:
        return tr(
            "Another package ({names}) has replaced files of nnviz in {folder}: install {ours} in "
            "an environment of its own.",
            names=named,
            folder=folder,
            ours=OURS,
        )
    return tr(
        "Files of another package ({names}) lie among those of nnviz in {folder}: install {ours} "
        "in an environment of its own, as removing either breaks the other.",
        names=named,
        folder=folder,
        ours=OURS,
    )


def _names(owners: list[str]) -> Iterator[str]:
    for name in sorted(owners):
        project, _, version = name.removesuffix(INFORMATION).partition("-")
        yield f"{project.replace('_', '-')} {version}"
